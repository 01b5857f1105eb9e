//! Texts into the cells of workbooks, whatever they look like.

use rust_xlsxwriter::{Format, Worksheet, XlsxError};

/// Whether `rust_xlsxwriter` takes a text for the markup of rich text and writes it as it stands, which breaks the workbook.
pub(super) fn is_taken_for_markup(text: &str) -> bool {
    text.starts_with("<r>") && text.ends_with("</r>")
}

/// Writes a text as it is.
pub(super) fn write_text<'a>(
    sheet: &'a mut Worksheet,
    row: u32,
    col: u16,
    text: &str,
    format: &Format,
) -> Result<&'a mut Worksheet, XlsxError> {
    if is_taken_for_markup(text) {
        // As rich text of one run, whose markup the library writes itself.
        sheet.write_rich_string_with_format(row, col, &[(&Format::default(), text)], format)
    } else {
        sheet.write_string_with_format(row, col, text, format)
    }
}
