//! How the cells of the report look.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

use crate::render::face::face;

/// The formats of the cells.
pub(super) struct Looks {
    pub(super) title: Format,
    pub(super) head: Format,
    pub(super) text: Format,
    pub(super) number: Format,
    pub(super) amount: Format,
    pub(super) wrong: Format,
    pub(super) doubtful: Format,
}

impl Looks {
    pub(super) fn new() -> Self {
        let cell = || {
            face("宋体", 10.0)
                .set_border(FormatBorder::Thin)
                .set_border_color(Color::RGB(0xBF_BFBF))
                .set_align(FormatAlign::VerticalCenter)
        };
        Self {
            title: face("黑体", 16.0),
            head: face("黑体", 10.0)
                .set_border(FormatBorder::Thin)
                .set_align(FormatAlign::Center)
                .set_align(FormatAlign::VerticalCenter)
                .set_background_color(Color::RGB(0xDD_E7F3))
                .set_text_wrap(),
            text: cell().set_text_wrap().set_align(FormatAlign::Left).set_indent(1),
            number: cell().set_num_format("#,##0"),
            amount: cell().set_num_format("#,##0.00####").set_shrink(),
            wrong: cell().set_font_color(Color::RGB(0xC0_0000)).set_text_wrap(),
            doubtful: cell().set_font_color(Color::RGB(0x9C_5700)).set_text_wrap(),
        }
    }
}
