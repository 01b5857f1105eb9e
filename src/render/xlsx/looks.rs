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
    Title,
    Line,
    Year,
    YearLine,
    Label,
    Centred,
    Text,
    Note,
    Count,
    Amount {
        /// Decimals that show where the value has them.
        optional: u32,
        /// Whether it shrinks to fit.
        shrinks: bool,
    },
    /// Text where an amount or a count is expected.
    Misfit,
    /// A cell of the sheet 合计核对.
    Totals(totals_sheet::Look),
}

impl Style {
    /// The style of a form's cell: `text` where text stands in it, with the decimals that its value has.
    pub(super) fn of(look: Look, text: bool, decimals: u32, shrinks: bool) -> Self {
        match look {
            Look::Title => Self::Title,
            Look::Line => Self::Line,
            Look::Year => Self::Year,
            Look::YearLine => Self::YearLine,
            Look::Label => Self::Label,
            Look::Centred => Self::Centred,
            Look::Text => Self::Text,
            Look::Note => Self::Note,
            Look::Amount(_) | Look::Count if text => Self::Misfit,
            Look::Count => Self::Count,
            Look::Amount(_) => Self::Amount {
                optional: decimals.saturating_sub(2).max(OPTIONAL_DECIMALS),
                shrinks,
            },
        }
    }

    /// The format, in the faces of a form.
    pub(super) fn format(self, layout: &Layout) -> Format {
        if let Self::Totals(look) = self {
            return look.format();
        }
        let (name, size) = match self {
            Self::Title => (&layout.head_font, layout.title_size),
            Self::Label => (&layout.head_font, layout.size),
            Self::Note => (&layout.font, layout.note_size),
            _ => (&layout.font, layout.size),
        };
        let mut format = Format::new()
            .set_font_name(name)
            .set_font_size(size)
            .set_font_family(if name.contains('宋') { 3 } else { 2 })
            .set_font_charset(GB2312)
            .set_align(FormatAlign::VerticalCenter);
        if !matches!(self, Self::Title | Self::Line | Self::Year | Self::YearLine | Self::Note) {
            format = format.set_border(FormatBorder::Thin);
        }
        match self {
            Self::Title | Self::Label | Self::Centred | Self::Misfit => {
                format.set_align(FormatAlign::Center).set_text_wrap()
            }
            Self::Text => format.set_align(FormatAlign::Left).set_indent(INDENT).set_text_wrap(),
            Self::Line | Self::Note => format.set_align(FormatAlign::Left).set_text_wrap(),
            Self::Year => format.set_align(FormatAlign::Right),
            Self::YearLine => format.set_align(FormatAlign::Center),
            Self::Count => format.set_align(FormatAlign::Center).set_num_format("0"),
            Self::Amount { optional, shrinks } => {
                let format =
                    format.set_align(FormatAlign::Right).set_num_format(amount_format(optional));
                // LibreOffice leaves the indent out of a cell that may shrink.
                if shrinks { format.set_shrink() } else { format.set_indent(INDENT) }
            }
            Self::Totals(_) => format,
        }
    }
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
