//! What the readers of the containers fill: the cells of one sheet after the other, under the limits.

use super::{
    Sheet, SheetKind, Workbook,
    limits::{Limit, Limits},
};
use crate::{
    cell::{CellRange, CellRef, MAX_COLUMNS, MAX_ROWS},
    error::Result,
    grid::{Cell, Grid, OWN_SHEET_MARK, Value},
};

/// How many references outside the grid are named; a broken file may have millions.
const MAX_OUTSIDE: usize = 20;

/// A workbook in the making.
pub(super) struct Builder<'a> {
    limits: &'a Limits,
    cells: u64,
    /// Bytes of text in the cells: a file holds a text once that stands in many of them.
    text: u64,
    done: Vec<Sheet>,
}

/// A sheet in the making.
#[derive(Default)]
pub(super) struct Draft {
    /// All but the grid.
    pub(super) sheet: Sheet,
    cells: Vec<Cell>,
    merges: Vec<CellRange>,
}

impl<'a> Builder<'a> {
    pub(super) fn new(limits: &'a Limits) -> Self {
        Self { limits, cells: 0, text: 0, done: Vec::new() }
    }

    /// A new sheet, to be given back to [`Builder::finish`].
    pub(super) fn sheet(&self, name: Option<String>, hidden: bool) -> Result<Draft> {
        let count = self.done.len() as u64 + 1;
        self.limits
            .check(Limit::Sheets, count, || message!("{count} sheets", "有 {count} 个工作表"))?;
        Ok(Draft { sheet: Sheet { name, hidden, ..Sheet::default() }, ..Draft::default() })
    }

    /// Puts a value into a cell, row and column from 0. A blank text is no value; a place outside the grid is noted.
    pub(super) fn put(
        &mut self,
        draft: &mut Draft,
        row: u64,
        col: u64,
        value: Value,
    ) -> Result<()> {
        self.put_struck(draft, row, col, value, false)
    }

    /// As [`Builder::put`], with whether the text is struck through.
    pub(super) fn put_struck(
        &mut self,
        draft: &mut Draft,
        row: u64,
        col: u64,
        value: Value,
        struck: bool,
    ) -> Result<()> {
        if let Value::Text(text) = &value {
            if text.trim().is_empty() {
                return Ok(());
            }
            let length = text.len() as u64;
            self.limits.check(Limit::TextLength, length, || {
                message!("{length} bytes in a cell", "有单元格长 {length} 字节")
            })?;
            self.text += length;
            let all = || message!("more text in the cells", "单元格文字总量更大");
            self.limits.check(Limit::InflatedSize, self.text, all)?;
        }
        let Some(at) = place(row, col) else {
            draft.outside(row, col);
            return Ok(());
        };
        let (row, col) = (row + 1, col + 1);
        self.limits.check(Limit::Rows, row, || {
            message!("row {row} holds something", "第 {row} 行有内容")
        })?;
        self.limits.check(Limit::Columns, col, || {
            message!("column {col} holds something", "第 {col} 列有内容")
        })?;
        self.cells += 1;
        self.limits.check(Limit::Cells, self.cells, || {
            message!("more in this workbook", "工作簿中还有更多")
        })?;
        draft.cells.push(Cell { struck, ..Cell::new(at, value) });
        Ok(())
    }

    /// Merges a range, first and last row and column from 0, both included. A single cell is no merge.
    pub(super) fn merge(
        &self,
        draft: &mut Draft,
        rows: (u64, u64),
        cols: (u64, u64),
    ) -> Result<()> {
        let Some(start) = place(rows.0, cols.0) else {
            draft.outside(rows.0, cols.0);
            return Ok(());
        };
        let Some(end) = place(rows.1, cols.1) else {
            draft.outside(rows.1, cols.1);
            return Ok(());
        };
        if start != end {
            draft.merges.push(CellRange::new(start, end));
            let count = draft.merges.len() as u64;
            self.limits.check(Limit::Merges, count, || {
                message!("more on one sheet", "一个工作表中还有更多")
            })?;
        }
        Ok(())
    }

    /// Closes a sheet. One of totals that this program wrote keeps none of its cells.
    pub(super) fn finish(&mut self, mut draft: Draft) {
        draft.sheet.ours = draft.is_marked(4);
        if !draft.sheet.ours {
            draft.sheet.grid = Grid::new(draft.cells, draft.merges);
        }
        self.done.push(draft.sheet);
    }

    /// Closes a sheet that is a chart, a dialog or macros.
    pub(super) fn finish_other(&mut self, draft: Draft) {
        self.done.push(Sheet { kind: SheetKind::Other, ..draft.sheet });
    }

    /// The workbook.
    pub(super) fn workbook(self) -> Workbook {
        Workbook { sheets: self.done }
    }
}

impl Draft {
    /// Whether the sheet begins as one of totals that this program wrote; told by its first cells only.
    pub(super) fn is_ours(&self) -> bool {
        self.cells.len() <= 4 && self.is_marked(4)
    }

    /// Whether the sheet holds cells that are not this program's own totals.
    pub(super) fn says_something(&self) -> bool {
        !self.cells.is_empty() && !self.is_ours()
    }

    fn is_marked(&self, first: usize) -> bool {
        let mut cells = self.cells.iter().take(first);
        cells.any(|cell| matches!(&cell.value, Value::Text(text) if text.trim() == OWN_SHEET_MARK))
    }

    fn outside(&mut self, row: u64, col: u64) {
        if self.sheet.outside.len() < MAX_OUTSIDE {
            let (row, col) = (row.saturating_add(1), col.saturating_add(1));
            self.sheet.outside.push(format!("row {row}, column {col}"));
        }
    }
}

/// The cell at a row and column from 0, inside the grid.
pub(super) fn place(row: u64, col: u64) -> Option<CellRef> {
    let row = u32::try_from(row).ok().filter(|row| *row < MAX_ROWS)?;
    let col = u32::try_from(col).ok().filter(|col| *col < MAX_COLUMNS)?;
    Some(CellRef::new(row, col))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_and_merges_outside_the_grid_are_noted() {
        let limits = Limits::default();
        let mut book = Builder::new(&limits);
        let mut sheet = book.sheet(Some("表".into()), false).unwrap();
        book.put(&mut sheet, 0, 0, Value::Text("x".into())).unwrap();
        book.put(&mut sheet, 0, 1, Value::Text(" ".into())).unwrap();
        book.put(&mut sheet, 1 << 40, 0, Value::Text("far".into())).unwrap();
        book.merge(&mut sheet, (0, 0), (0, 3)).unwrap();
        book.merge(&mut sheet, (0, 0), (0, 16_384)).unwrap();
        book.finish(sheet);
        let sheet = &book.workbook().sheets[0];
        assert_eq!(sheet.grid.cells().len(), 1);
        assert_eq!(sheet.grid.merges(), ["A1:D1".parse().unwrap()]);
        assert_eq!(sheet.outside, ["row 1099511627777, column 1", "row 1, column 16385"]);
    }

    #[test]
    fn rows_and_columns_are_limited() {
        let mut limits = Limits::default();
        limits.set("rows=10").unwrap();
        limits.set("columns=5").unwrap();
        for (row, col, want) in [(9, 4, None), (10, 0, Some("rows")), (0, 5, Some("columns"))] {
            let mut book = Builder::new(&limits);
            let mut sheet = book.sheet(None, false).unwrap();
            // What holds nothing counts for nothing.
            book.put(&mut sheet, row + 1, col + 1, Value::Text(" ".into())).unwrap();
            let error = book.put(&mut sheet, row, col, Value::Boolean(true)).err();
            let message = error.map(|error| error.to_string());
            let got = message.as_deref().and_then(|message| message.split('`').nth(1));
            assert_eq!(got, want, "{message:?}");
        }
    }
}
