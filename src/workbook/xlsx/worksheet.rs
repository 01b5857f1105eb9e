//! The part of one worksheet, in one pass: its cells, and what the sheet says around them.

use super::{
    super::{
        builder::{self, Builder, Draft},
        tags::{Tag, Tags},
    },
    cell::{Open, place},
    tables::Tables,
};
use crate::{cell::CellRange, error::Result};

/// What a pass over a worksheet tells besides what it puts into the draft.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Whether the part did not end in the middle.
    pub(super) whole: bool,
    /// Whether the sheet has comments or drawings, which stand in parts of their own.
    pub(super) beside: bool,
}

/// Puts a worksheet into a draft.
pub(super) fn read(
    xml: &str,
    tables: &Tables,
    book: &mut Builder<'_>,
    draft: &mut Draft,
) -> Result<Found> {
    let mut tags = Tags::new(xml);
    let mut found = Found::default();
    let mut open: Option<Open<'_>> = None;
    let mut in_cells = false;
    // The row being read, and the column behind its last cell: a writer may leave the addresses out.
    let (mut row, mut next): (Option<u64>, u64) = (None, 0);
    while let Some(tag) = tags.next() {
        match tag.name {
            "c" if in_cells => {
                if let Some(cell) = open.take().filter(|_| tag.end) {
                    put(cell, tables, book, draft)?;
                    // Of a sheet of totals of our own only the first cells.
                    if draft.is_ours() {
                        return Ok(Found { whole: true, beside: false });
                    }
                }
                if !tag.end {
                    let cell = Open::at(&tag, row.unwrap_or(0), next);
                    next = cell.col.saturating_add(1);
                    open = Some(cell).filter(|_| !tag.is_empty());
                }
            }
            "row" if in_cells && !tag.end => {
                let stated = tag.raw("r").and_then(|r| place(r).1);
                row = Some(stated.unwrap_or_else(|| row.map_or(0, |row| row.saturating_add(1))));
                next = 0;
                if is_hidden(&tag, "ht") {
                    draft.sheet.hidden_rows.extend(row.and_then(|row| u32::try_from(row).ok()));
                }
            }
            "sheetData" => {
                in_cells = !tag.end && !tag.is_empty();
                found.whole |= !in_cells;
            }
            _ if in_cells => {
                if let Some(cell) = &mut open {
                    cell.take(&tags, &tag);
                }
            }
            "worksheet" => found.whole |= tag.end,
            "col" if is_hidden(&tag, "width") => {
                draft.sheet.hidden_cols.extend(columns(&tag));
            }
            "mergeCell" if !tag.end => merge(&tag, book, draft)?,
            "drawing" | "legacyDrawing" => found.beside = true,
            _ => {}
        }
    }
    Ok(found)
}

fn put(cell: Open<'_>, tables: &Tables, book: &mut Builder<'_>, draft: &mut Draft) -> Result<()> {
    let (row, col) = (cell.row, cell.col);
    if tables.linked && cell.formula.as_ref().is_some_and(|formula| formula.contains('[')) {
        draft.sheet.external.extend(builder::place(row, col));
    }
    match cell.value(tables) {
        Some((value, struck)) => book.put_struck(draft, row, col, value, struck),
        None => Ok(()),
    }
}

/// Whether a row or a column is hidden: it says so, or its height or width is 0.
fn is_hidden(tag: &Tag<'_>, size: &str) -> bool {
    tag.attributes().any(|(name, value)| match name {
        "hidden" => matches!(value, "1" | "true" | "on"),
        _ if name == size => {
            value.starts_with('0') && value.parse::<f64>().is_ok_and(|size| size == 0.0)
        }
        _ => false,
    })
}

fn columns(tag: &Tag<'_>) -> Option<(u32, u32)> {
    let number = |name: &str| tag.attribute(name)?.parse::<u32>().ok()?.checked_sub(1);
    Some((number("min")?, number("max")?))
}

fn merge(tag: &Tag<'_>, book: &Builder<'_>, draft: &mut Draft) -> Result<()> {
    let Some(name) = tag.text("ref") else { return Ok(()) };
    let Ok(CellRange { start, end }) = name.parse::<CellRange>() else {
        draft.sheet.outside.push(name.into_owned());
        return Ok(());
    };
    let rows = (start.row.into(), end.row.into());
    book.merge(draft, rows, (start.col.into(), end.col.into()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{cell::CellRef, grid::Value, workbook::limits::Limits};

    #[test]
    fn one_pass_sees_cells_and_what_stands_around_them() {
        let xml = r#"<worksheet><cols><col min="2" max="3" hidden="1"/><col min="6" max="6" width="0"/></cols><sheetData>
            <row r="2" hidden="1"><c r="A2"><f>B1+1</f></c><c r="B2"><f>C1</f><v></v></c><c r="C2"><f>C1</f><v>3</v></c>
            <c t="str"><f>C1</f><v></v></c><c><f>C1</f></c></row><row hidden="1"><c><f>A1</f></c></row>
            <row r="5" ht="0" customHeight="1"/><row r="6" ht="12.5"/></sheetData><mergeCells count="9"><mergeCell ref="A1:C1"/><mergeCell ref="ZZZZ1:A2"/></mergeCells></worksheet>"#;
        let limits = Limits::default();
        let mut book = Builder::new(&limits);
        let mut draft = book.sheet(None, false).unwrap();
        let found = read(xml, &Tables::default(), &mut book, &mut draft).unwrap();
        assert!(found.whole && !found.beside);
        book.finish(draft);
        let workbook = book.workbook();
        let sheet = &workbook.sheets[0];
        assert_eq!(sheet.hidden_cols, [(1, 2), (5, 5)]);
        assert_eq!(sheet.hidden_rows, [1, 2, 4]);
        let uncalculated = |cell: &&crate::grid::Cell| matches!(cell.value, Value::Formula(_));
        let at: Vec<CellRef> =
            sheet.grid.cells().iter().filter(uncalculated).map(|c| c.at).collect();
        assert_eq!(at, ["A2", "B2", "E2", "A3"].map(|at| at.parse().unwrap()));
        assert_eq!(sheet.grid.merges(), ["A1:C1".parse().unwrap()]);
        assert_eq!(sheet.outside, ["ZZZZ1:A2"]);
    }
}
