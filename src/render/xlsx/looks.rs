//! Formats of the cells: faces, borders, alignment, number formats.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder};

use super::{fit::Face, totals_sheet};
use crate::{
    form::edition::Layout,
    render::{drawing::Look, face::GB2312},
};

/// Decimals that an amount shows where its value has them.
const OPTIONAL_DECIMALS: u32 = 4;

/// What a format depends on, besides the edition's faces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Style {
    /// A look of a form that depends on nothing else.
    Plain(Look),
    /// A long text over several rows, which begins at the top.
    Tall,
    Amount {
        /// Decimals that show where the value has them.
        optional: u32,
        /// Whether it shrinks to fit.
        shrinks: bool,
    },
    /// A cell of the sheet 合计核对.
    Totals(totals_sheet::Look),
}

impl Style {
    /// The style of a form's cell: `text` where text stands in it, with the decimals that its value has.
    pub(super) fn of(look: Look, text: bool, decimals: u32, shrinks: bool) -> Self {
        match look {
            // Text where an amount or a count is expected.
            Look::Amount(_) | Look::Count if text => Self::Plain(Look::Centred),
            Look::Amount(_) => Self::Amount {
                optional: decimals.saturating_sub(2).max(OPTIONAL_DECIMALS),
                shrinks,
            },
            look => Self::Plain(look),
        }
    }

    /// The format, in the faces of a form.
    pub(super) fn format(self, layout: &Layout) -> Format {
        match self {
            Self::Plain(look) => plain(layout, look),
            Self::Tall => plain(layout, Look::Text).set_align(FormatAlign::Top),
            Self::Amount { optional, shrinks } => {
                let format = boxed(base(&layout.font, layout.size))
                    .set_align(FormatAlign::Right)
                    .set_num_format(amount_format(optional));
                // LibreOffice leaves the indent out of a cell that may shrink.
                if shrinks { format.set_shrink() } else { format.set_indent(INDENT) }
            }
            Self::Totals(look) => look.format(),
        }
    }
}

fn plain(layout: &Layout, look: Look) -> Format {
    let font = match look {
        Look::Title | Look::Label => &layout.head_font,
        _ => &layout.font,
    };
    let format = base(font, face(layout, look).size);
    let centred = |format: Format| format.set_align(FormatAlign::Center);
    match look {
        Look::Title => centred(format).set_text_wrap(),
        Look::Line | Look::Note => format.set_align(FormatAlign::Left).set_text_wrap(),
        Look::Year => format.set_align(FormatAlign::Right),
        Look::YearLine => centred(format),
        Look::Text => boxed(format).set_align(FormatAlign::Left).set_indent(INDENT).set_text_wrap(),
        Look::Count => boxed(centred(format)).set_num_format("0"),
        Look::Label | Look::Centred | Look::Amount(_) => boxed(centred(format)).set_text_wrap(),
    }
}

fn base(font: &str, size: f64) -> Format {
    Format::new()
        .set_font_name(font)
        .set_font_size(size)
        .set_font_family(if font.contains('宋') { 3 } else { 2 })
        .set_font_charset(GB2312)
        .set_align(FormatAlign::VerticalCenter)
}

fn boxed(format: Format) -> Format {
    format.set_border(FormatBorder::Thin)
}

/// Levels of indent, so that text does not touch the rules.
const INDENT: u8 = 1;

/// The face of a look.
pub(super) fn face(layout: &Layout, look: Look) -> Face {
    let size = match look {
        Look::Title => layout.title_size,
        Look::Note => layout.note_size,
        _ => layout.size,
    };
    Face { size, bold: false }
}

/// Levels of indent of a look.
pub(super) fn indent(look: Look, text: bool) -> u8 {
    match look {
        Look::Text => INDENT,
        Look::Amount(_) if !text => INDENT,
        _ => 0,
    }
}

/// `#,##0.00####`, with more places where the value has more, so that none of it is hidden.
fn amount_format(optional: u32) -> String {
    format!("#,##0.00{}", "#".repeat(usize::try_from(optional).unwrap_or(4)))
}
