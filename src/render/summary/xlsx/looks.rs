//! How the cells of the workbook look.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

use crate::render::face::face;

/// The formats of the cells.
pub(super) struct Looks {
    pub(super) title: Format,
    pub(super) head: Format,
    pub(super) text: Format,
    pub(super) count: Format,
    pub(super) amount: Format,
    pub(super) unreadable: Format,
    pub(super) total: Format,
    pub(super) total_count: Format,
    pub(super) total_text: Format,
}

impl Looks {
    pub(super) fn new() -> Self {
        let face = |name, size| face(name, size).set_align(FormatAlign::VerticalCenter);
        let cell = || face("宋体", 10.0).set_border(FormatBorder::Thin);
        let total = || {
            face("黑体", 10.0)
                .set_border(FormatBorder::Thin)
                .set_background_color(Color::RGB(0xFF_F2CC))
        };
        Self {
            title: face("黑体", 16.0),
            head: face("黑体", 10.0)
                .set_border(FormatBorder::Thin)
                .set_align(FormatAlign::Center)
                .set_background_color(Color::RGB(0xDD_E7F3))
                .set_text_wrap(),
            text: cell().set_text_wrap().set_align(FormatAlign::Left).set_indent(1),
            count: cell().set_num_format("0"),
            amount: cell().set_num_format("#,##0.00####").set_shrink(),
            unreadable: cell().set_font_color(Color::RGB(0xC0_0000)).set_text_wrap(),
            total: total().set_num_format("#,##0.00####").set_shrink(),
            total_count: total().set_num_format("#,##0"),
            total_text: total(),
        }
    }
}
