//! Sheets on paper into workbooks: through the writer's crate, or as the bare package that a web system exports.

use std::{
    fmt::Write as _,
    io::{Cursor, Write as _},
};

use jixiao::cell::CellRange;
use quick_xml::escape::escape;
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatBorder, Formula, Note, Workbook, Worksheet,
};
use zip::{CompressionMethod, DateTime, ZipWriter, write::SimpleFileOptions};

use crate::{
    Result,
    paper::{Content, Paper, PlacedCell},
};

/// A named sheet of a workbook.
pub(crate) struct Sheet<'a> {
    pub(crate) name: &'a str,
    pub(crate) paper: &'a Paper,
    pub(crate) hidden: bool,
}

/// A workbook of one sheet.
pub(crate) fn xlsx(paper: &Paper) -> Result<Vec<u8>> {
    workbook(&[Sheet { name: "Sheet1", paper, hidden: false }])
}

/// A workbook of several sheets.
pub(crate) fn workbook(sheets: &[Sheet<'_>]) -> Result<Vec<u8>> {
    let mut workbook = Workbook::new();
    // No clock: the same sample gives the same bytes on any day.
    let made = ExcelDateTime::from_ymd(2025, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&made));
    for sheet in sheets {
        let mut page = workbook_sheet(sheet.paper)?;
        page.set_name(sheet.name)?.set_hidden(sheet.hidden);
        workbook.push_worksheet(page);
    }
    Ok(workbook.save_to_buffer()?)
}

fn workbook_sheet(paper: &Paper) -> Result<Worksheet> {
    let mut page = Worksheet::new();
    for (col, width) in [(0, 12), (1, 18), (2, 30), (3, 20), (4, 22), (5, 22)] {
        page.set_column_width(col, width)?;
    }
    for cell in paper.visible() {
        write_cell(&mut page, cell)?;
    }
    for row in &paper.hidden_rows {
        page.set_row_hidden(*row)?;
    }
    for (cell, text) in &paper.comments {
        let note = Note::new(*text).set_author("审核岗").add_author_prefix(false);
        page.insert_note(cell.row, u16::try_from(cell.col)?, &note)?;
    }
    Ok(page)
}

fn write_cell(page: &mut Worksheet, cell: &PlacedCell) -> Result<()> {
    let CellRange { start, end } = cell.range;
    let (row, col) = (start.row, u16::try_from(start.col)?);
    let mut format = Format::new().set_border(FormatBorder::Thin).set_text_wrap();
    if let Content::Number(_, number_format) = &cell.content {
        format = format.set_num_format(*number_format);
    }
    if !cell.range.is_single() {
        page.merge_range(row, col, end.row, u16::try_from(end.col)?, "", &format)?;
    }
    match &cell.content {
        Content::Text(text) if text.is_empty() => page.write_blank(row, col, &format)?,
        Content::Text(text) => page.write_string_with_format(row, col, text, &format)?,
        Content::Number(number, _) => page.write_number_with_format(row, col, *number, &format)?,
        Content::Formula(formula, cached) => {
            let cached = cached.ok_or("this writer saves a value with every formula")?;
            page.write_formula_with_format(
                row,
                col,
                Formula::new(*formula).set_result(cached),
                &format,
            )?
        }
    };
    Ok(())
}

const DECLARATION: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const TYPE: &str = "application/vnd.openxmlformats";

/// A workbook of one sheet with no more in it than must be: texts in the cells, no styles, no saved values.
pub(crate) fn bare_xlsx(paper: &Paper) -> Result<Vec<u8>> {
    let sheet_type = format!("{TYPE}-officedocument.spreadsheetml");
    let parts = [
        (
            "[Content_Types].xml",
            format!(
                r#"<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="{TYPE}-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="{sheet_type}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="{sheet_type}.worksheet+xml"/></Types>"#
            ),
        ),
        (
            "_rels/.rels",
            format!(
                r#"<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                r#"<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>"#
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                r#"<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#
            ),
        ),
        ("xl/worksheets/sheet1.xml", bare_sheet(paper)?),
    ];
    let mut package = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    for (name, xml) in parts {
        package.start_file(name, options)?;
        package.write_all(format!("{DECLARATION}\n{xml}").as_bytes())?;
    }
    Ok(package.finish()?.into_inner())
}

fn bare_sheet(paper: &Paper) -> Result<String> {
    let mut cells: Vec<&PlacedCell> = paper.visible().collect();
    cells.sort_by_key(|cell| cell.range.start);
    let mut xml = format!(r#"<worksheet xmlns="{MAIN}"><sheetData>"#);
    for line in cells.chunk_by(|one, next| one.range.start.row == next.range.start.row) {
        let row = line[0].range.start.row;
        let hidden = if paper.hidden_rows.contains(&row) { r#" hidden="1""# } else { "" };
        write!(xml, r#"<row r="{}"{hidden}>"#, row + 1)?;
        for cell in line {
            let at = cell.range.start;
            match &cell.content {
                Content::Text(text) => {
                    write!(
                        xml,
                        r#"<c r="{at}" t="inlineStr"><is><t xml:space="preserve">{}</t></is></c>"#,
                        escape(text)
                    )?;
                }
                Content::Number(number, _) => write!(xml, r#"<c r="{at}"><v>{number}</v></c>"#)?,
                Content::Formula(formula, cached) => {
                    write!(
                        xml,
                        r#"<c r="{at}"><f>{}</f>"#,
                        escape(formula.trim_start_matches('='))
                    )?;
                    if let Some(value) = cached {
                        write!(xml, "<v>{value}</v>")?;
                    }
                    xml.push_str("</c>");
                }
            }
        }
        xml.push_str("</row>");
    }
    xml.push_str("</sheetData>");
    let merges: Vec<&CellRange> =
        cells.iter().map(|cell| &cell.range).filter(|range| !range.is_single()).collect();
    if !merges.is_empty() {
        write!(xml, r#"<mergeCells count="{}">"#, merges.len())?;
        for range in merges {
            write!(xml, r#"<mergeCell ref="{range}"/>"#)?;
        }
        xml.push_str("</mergeCells>");
    }
    xml.push_str("</worksheet>");
    Ok(xml)
}
