//! The face of a cell's text in the workbooks that hold no form: lists, summaries, comparisons.

use rust_xlsxwriter::Format;

/// The character set of GB 2312, which Excel asks a Chinese font for.
pub(super) const GB2312: u8 = 134;

/// A face of this name and of so many points.
pub(super) fn face(name: &str, size: f64) -> Format {
    Format::new().set_font_name(name).set_font_size(size).set_font_charset(GB2312)
}
