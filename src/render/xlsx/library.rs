//! Sheets written by `rust_xlsxwriter`.

use std::collections::HashMap;

use rust_xlsxwriter::{DocProperties, Format, Formula, Workbook, Worksheet, XlsxError};

use super::{
    fit,
    looks::Style,
    sheet::{Page, Place, Sheet, Value},
};
use crate::{
    form::edition::Layout,
    render::{epoch::Epoch, text_cell::write_text},
};

/// Deflate level: the quickest; a form takes a few kilobytes more than at the usual one.
pub(super) const DEFLATE: u8 = 1;

const A4: u8 = 9;
/// Inches: left, right, top, bottom, header, footer.
const MARGINS: [f64; 6] = [0.3, 0.3, 0.6, 0.65, 0.3, 0.3];

/// Writes a workbook of sheets, each in the faces of a layout.
pub(super) fn workbook(sheets: &[(Sheet<'_>, &Layout)], title: &str) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_zip_compression_level(DEFLATE);
    let (font, size) = fit::DEFAULT_FONT;
    let (height, width) = fit::DEFAULT_PIXELS;
    let face = Format::new().set_font_name(font).set_font_size(size);
    workbook.set_default_format(&face, height, width)?;
    // Properties without a clock: the same return gives the same bytes on any day.
    let properties = DocProperties::new().set_title(self::title(title));
    workbook.set_properties(&properties.set_creation_datetime(Epoch));
    for (sheet, layout) in sheets {
        workbook.push_worksheet(worksheet(sheet, layout)?);
    }
    workbook.save_to_buffer()
}

/// A title as the document's properties state it.
pub(super) fn title(title: &str) -> String {
    title.chars().take(200).collect()
}

fn worksheet(sheet: &Sheet<'_>, layout: &Layout) -> Result<Worksheet, XlsxError> {
    let mut worksheet = Worksheet::new();
    worksheet.set_name(&sheet.name)?;
    set_up(&mut worksheet, sheet)?;
    let mut formats: HashMap<Style, Format> = HashMap::new();
    for cell in &sheet.cells {
        let format = formats.entry(cell.style).or_insert_with(|| cell.style.format(layout));
        write(&mut worksheet, cell.place, &cell.value, format)?;
    }
    for (at, rule) in &sheet.rules {
        let rule = rule.validation()?;
        worksheet.add_data_validation(
            at.first_row,
            at.first_col,
            at.last_row,
            at.last_col,
            &rule,
        )?;
    }
    Ok(worksheet)
}

/// Columns, rows and page.
fn set_up(worksheet: &mut Worksheet, sheet: &Sheet<'_>) -> Result<(), XlsxError> {
    for (col, width) in (0..).zip(sheet.widths) {
        worksheet.set_column_width(col, *width)?;
    }
    for (row, height) in (0..).zip(&sheet.heights) {
        worksheet.set_row_height(row, *height)?;
    }
    worksheet.set_paper_size(A4);
    worksheet.set_print_fit_to_pages(1, 0);
    match sheet.page {
        Page::Totals => {
            worksheet.set_landscape();
        }
        Page::Form { header, last } => {
            let [left, right, top, bottom, head, foot] = MARGINS;
            worksheet.set_portrait();
            worksheet.set_margins(left, right, top, bottom, head, foot);
            worksheet.set_print_center_horizontally(true);
            worksheet.set_footer("&C第 &P 页 共 &N 页");
            worksheet.set_repeat_rows(0, header)?;
            let columns = u16::try_from(sheet.widths.len()).unwrap_or(u16::MAX);
            worksheet.set_print_area(0, 0, last, columns.saturating_sub(1))?;
        }
    }
    Ok(())
}

fn write(
    worksheet: &mut Worksheet,
    at: Place,
    value: &Value<'_>,
    format: &Format,
) -> Result<(), XlsxError> {
    let (row, col) = (at.first_row, at.first_col);
    if !at.is_single() {
        worksheet.merge_range(row, col, at.last_row, at.last_col, "", format)?;
    }
    match value {
        Value::Blank if !at.is_single() => {}
        Value::Blank => drop(worksheet.write_blank(row, col, format)?),
        Value::Text(text) => drop(write_text(worksheet, row, col, text, format)?),
        Value::Number(number) => {
            worksheet.write_number_with_format(row, col, *number, format)?;
        }
        Value::Formula(formula, result) => {
            let formula = Formula::new(format!("={formula}")).set_result(result);
            worksheet.write_formula_with_format(row, col, formula, format)?;
        }
    }
    Ok(())
}
