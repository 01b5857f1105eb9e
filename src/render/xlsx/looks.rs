//! Formats of the cells: faces, borders, alignment, number formats.

use std::{cell::RefCell, collections::HashMap};

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder};

use super::fit::Face;
use crate::{
    form::edition::Layout,
    render::drawing::Look,
};

/// The character set of simplified Chinese fonts.
const GB2312: u8 = 134;
/// Decimals that an amount shows where its value has them.
const OPTIONAL_DECIMALS: u32 = 4;

/// What a format depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Style {
    pub(super) look: Look,
    /// Whether text stands where an amount or a count is expected.
    pub(super) text: bool,
    /// Decimals that the value has.
    pub(super) decimals: u32,
}

/// The formats of one edition, each made once.
pub(super) struct Looks<'a> {
    layout: &'a Layout,
    made: RefCell<HashMap<Style, Format>>,
}

impl<'a> Looks<'a> {
    pub(super) fn new(layout: &'a Layout) -> Self {
        Self { layout, made: RefCell::default() }
    }

    pub(super) fn get(&self, style: Style) -> Format {
        self.made.borrow_mut().entry(style).or_insert_with(|| make(self.layout, style)).clone()
    }
}

/// Face, and levels of indent, of a look.
pub(super) fn face(layout: &Layout, look: Look) -> (Face, u8) {
    match look {
        Look::Title => (Face { size: layout.title_size, bold: false }, 0),
        Look::Text => (Face { size: layout.size, bold: false }, 1),
        Look::Note => (Face { size: layout.note_size, bold: false }, 0),
        _ => (Face { size: layout.size, bold: false }, 0),
    }
}

fn make(layout: &Layout, style: Style) -> Format {
    let (face, indent) = face(layout, style.look);
    let name = match style.look {
        Look::Title | Look::Label => &layout.head_font,
        _ => &layout.font,
    };
    let mut format = Format::new()
        .set_font_name(name)
        .set_font_size(face.size)
        .set_font_family(if name.contains('宋') { 3 } else { 2 })
        .set_font_charset(GB2312)
        .set_align(FormatAlign::VerticalCenter);
    if !matches!(style.look, Look::Title | Look::Line | Look::Year | Look::Note) {
        format = format.set_border(FormatBorder::Thin);
    }
    if indent > 0 {
        format = format.set_indent(indent);
    }
    match style.look {
        Look::Title | Look::Label | Look::Centred => format.set_align(FormatAlign::Center).set_text_wrap(),
        Look::Line | Look::Text | Look::Note => format.set_align(FormatAlign::Left).set_text_wrap(),
        Look::Year => format.set_align(FormatAlign::Right),
        Look::Amount(_) | Look::Count if style.text => format.set_align(FormatAlign::Center).set_text_wrap(),
        Look::Count => format.set_align(FormatAlign::Center).set_num_format("0"),
        Look::Amount(_) => format.set_align(FormatAlign::Right).set_indent(1).set_shrink().set_num_format(amount_format(style.decimals)),
    }
}

/// `#,##0.00####`, with more places where the value has more, so that none of it is hidden.
fn amount_format(decimals: u32) -> String {
    let optional = decimals.saturating_sub(2).max(OPTIONAL_DECIMALS);
    format!("#,##0.00{}", "#".repeat(usize::try_from(optional).unwrap_or(4)))
}
