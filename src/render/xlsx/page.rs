//! Columns, rows and print set-up of a form's sheet: A4, one page wide.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::heights::Rows;
use crate::{form::Edition, render::drawing::Drawing};

const A4: u8 = 9;
/// Inches: left, right, top, bottom, header, footer.
const MARGINS: [f64; 6] = [0.3, 0.3, 0.6, 0.65, 0.3, 0.3];

pub(super) fn set_up(
    sheet: &mut Worksheet,
    edition: &Edition,
    drawing: &Drawing<'_>,
    rows: &Rows,
) -> Result<(), XlsxError> {
    for (col, width) in (0..).zip(&edition.layout.widths) {
        sheet.set_column_width(col, *width)?;
    }
    for (row, height) in (0..).zip(&rows.heights) {
        sheet.set_row_height(row, *height)?;
    }
    let [left, right, top, bottom, header, footer] = MARGINS;
    sheet.set_paper_size(A4);
    sheet.set_portrait();
    sheet.set_margins(left, right, top, bottom, header, footer);
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_print_center_horizontally(true);
    sheet.set_footer("&C第 &P 页 共 &N 页");
    sheet.set_repeat_rows(0, rows.last(drawing.header_through))?;
    let last_row = rows.last(drawing.rows.saturating_sub(1));
    sheet.set_print_area(0, 0, last_row, drawing.columns.saturating_sub(1))?;
    Ok(())
}
