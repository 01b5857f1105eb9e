//! Formats of the cells: faces, borders, alignment, number formats.

use std::{cell::RefCell, collections::HashMap, rc::Rc};

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder};

use super::fit::Face;
use crate::{
    form::edition::Layout,
    render::{drawing::Look, face::GB2312},
};

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
    /// Whether it shrinks to fit.
    pub(super) shrinks: bool,
}

/// The formats of one edition, each made once.
pub(super) struct Looks<'a> {
    layout: &'a Layout,
    made: RefCell<HashMap<Style, Rc<Format>>>,
}

impl<'a> Looks<'a> {
    pub(super) fn new(layout: &'a Layout) -> Self {
        Self { layout, made: RefCell::default() }
    }

    pub(super) fn get(&self, style: Style) -> Rc<Format> {
        let mut made = self.made.borrow_mut();
        Rc::clone(made.entry(style).or_insert_with(|| Rc::new(make(self.layout, style))))
    }
}

/// The face of a look.
pub(super) fn face(layout: &Layout, look: Look) -> Face {
    let size = match look {
        Look::Title => layout.title_size,
        Look::Note => layout.note_size,
        _ => layout.size,
    };
    Face { size, bold: false }
}

/// Levels of indent, so that text does not touch the rules.
pub(super) fn indent(look: Look) -> u8 {
    u8::from(look == Look::Text)
}

fn make(layout: &Layout, style: Style) -> Format {
    let (face, indent) = (face(layout, style.look), indent(style.look));
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
    if !matches!(style.look, Look::Title | Look::Line | Look::Year | Look::YearLine | Look::Note) {
        format = format.set_border(FormatBorder::Thin);
    }
    match style.look {
        Look::Title | Look::Label | Look::Centred => {
            format.set_align(FormatAlign::Center).set_text_wrap()
        }
        Look::Text => format.set_align(FormatAlign::Left).set_indent(indent).set_text_wrap(),
        Look::Line | Look::Note => format.set_align(FormatAlign::Left).set_text_wrap(),
        Look::Year => format.set_align(FormatAlign::Right),
        Look::YearLine => format.set_align(FormatAlign::Center),
        Look::Amount(_) | Look::Count if style.text => {
            format.set_align(FormatAlign::Center).set_text_wrap()
        }
        Look::Count => format.set_align(FormatAlign::Center).set_num_format("0"),
        Look::Amount(_) => {
            let format =
                format.set_align(FormatAlign::Right).set_num_format(amount_format(style.decimals));
            if style.shrinks { format.set_shrink() } else { format }
        }
    }
}

/// `#,##0.00####_0`, with more places where the value has more, so that none of it is hidden. `_0` is the room of a digit
/// between the amount and the rule: LibreOffice leaves an indent out of a cell that may shrink, and of one beside a
/// label with a line break.
pub(super) fn amount_format(decimals: u32) -> String {
    let optional = decimals.saturating_sub(2).max(OPTIONAL_DECIMALS);
    format!("#,##0.00{}_0", "#".repeat(usize::try_from(optional).unwrap_or(4)))
}
