//! A table while its rows come in: which column each cell stands in, beside the cells that reach down from above.

use crate::{
    cell::{MAX_COLUMNS, MAX_ROWS},
    error::Result,
    workbook::{
        flow::{Cell, Content, Table},
        limits::{Limit, Limits},
    },
};

/// Browsers take no more of a span.
const MOST_COLUMNS: u64 = 1000;
const MOST_ROWS: u64 = 65_534;

/// Slots that all the tables of a page may walk over, for each cell that a workbook may have. It takes spans over
/// spans to get there.
const SLOTS_A_CELL: u64 = 100;

/// A table that is not closed yet.
#[derive(Debug)]
pub(super) struct OpenTable {
    number: u32,
    cells: Vec<Cell>,
    /// The row that is open, or would be next.
    row: u64,
    in_row: bool,
    /// The column behind the last cell of the row.
    col: u64,
    /// For each column the row where it is free again.
    busy: Vec<u64>,
    /// The first cell of the group of rows, which no span leaves.
    group: usize,
    group_hidden: bool,
    hidden_rows: Vec<u64>,
    hidden_cols: Vec<(u64, u64)>,
    /// Columns that `<col>` has told of.
    cols: u64,
    /// How many columns there are up to the last that a cell begins in.
    width: u64,
    /// The cell that is open.
    pub(super) cell: Option<OpenCell>,
}

/// A cell that is not closed yet.
#[derive(Debug)]
pub(super) struct OpenCell {
    at: (u64, u64),
    span: (u64, u64),
}

/// The slots walked over so far.
#[derive(Debug, Default)]
pub(super) struct Walked(u64);

impl Walked {
    fn walk(&mut self, slots: u64, limits: &Limits) -> Result<()> {
        self.0 = self.0.saturating_add(slots);
        if self.0 > limits.most(Limit::Cells).saturating_mul(SLOTS_A_CELL) {
            let walked = self.0;
            let found = message!(
                "{walked} places beneath spans of rows and columns",
                "合并单元格覆盖 {walked} 个位置"
            );
            return Err(limits.over(Limit::Cells, found));
        }
        Ok(())
    }
}

impl OpenTable {
    pub(super) fn new(number: u32) -> Self {
        Self {
            number,
            cells: Vec::new(),
            row: 0,
            in_row: false,
            col: 0,
            busy: Vec::new(),
            group: 0,
            group_hidden: false,
            hidden_rows: Vec::new(),
            hidden_cols: Vec::new(),
            cols: 0,
            width: 0,
            cell: None,
        }
    }

    /// Its number, and the number of its last row from 1.
    pub(super) fn place(&self) -> (u32, u64) {
        (self.number, self.row.saturating_add(u64::from(self.in_row)).max(1))
    }

    pub(super) fn in_row(&self) -> bool {
        self.in_row
    }

    pub(super) fn open_group(&mut self, hidden: bool) {
        self.close_group();
        self.group_hidden = hidden;
    }

    pub(super) fn close_group(&mut self) {
        self.close_row();
        let row = self.row;
        for cell in self.cells.iter_mut().skip(self.group) {
            cell.span.0 = cell.span.0.clamp(1, row.saturating_sub(cell.at.0).max(1));
        }
        self.group = self.cells.len();
        self.group_hidden = false;
        self.busy.clear();
    }

    pub(super) fn open_row(&mut self, hidden: bool) {
        self.close_row();
        self.in_row = true;
        self.col = 0;
        if (hidden || self.group_hidden) && self.row < u64::from(MAX_ROWS) {
            self.hidden_rows.push(self.row);
        }
    }

    pub(super) fn close_row(&mut self) {
        if std::mem::take(&mut self.in_row) {
            self.row += 1;
        }
    }

    /// A `<col>` or a `<colgroup>` without one.
    pub(super) fn column(&mut self, span: Option<&str>, hidden: bool) {
        let span = number(span).clamp(1, MOST_COLUMNS);
        if hidden && self.cols < u64::from(MAX_COLUMNS) {
            self.hidden_cols.push((self.cols, self.cols + span - 1));
        }
        self.cols = self.cols.saturating_add(span);
    }

    /// Opens a cell in the first free column.
    pub(super) fn open_cell(
        &mut self,
        colspan: Option<&str>,
        rowspan: Option<&str>,
        walked: &mut Walked,
        limits: &Limits,
    ) -> Result<()> {
        if !self.in_row {
            self.open_row(false);
        }
        let columns = number(colspan).clamp(1, MOST_COLUMNS);
        let rows = match rowspan.map(str::trim) {
            // To the end of the group.
            Some("0") => MOST_ROWS,
            rows => number(rows).clamp(1, MOST_ROWS),
        };
        let row = self.row;
        let is_busy = |busy: &[u64], col: u64| {
            let until = usize::try_from(col).ok().and_then(|col| busy.get(col));
            until.is_some_and(|until| *until > row)
        };
        let from = self.col;
        while is_busy(&self.busy, self.col) {
            self.col += 1;
        }
        let at = (row, self.col);
        // A cell may run into one that reaches down from above; it ends there.
        let reach = (self.busy.len() as u64).saturating_sub(at.1).min(columns);
        let blocked = (1..reach).find(|more| is_busy(&self.busy, at.1 + more));
        let span = (rows, blocked.unwrap_or(columns));
        walked.walk(self.col - from + reach + if rows > 1 { columns } else { 0 }, limits)?;
        if rows > 1 && self.col < u64::from(MAX_COLUMNS) {
            self.occupy(at.1, span.1, row + rows);
        }
        self.col = self.col.saturating_add(columns);
        self.cell = Some(OpenCell { at, span });
        Ok(())
    }

    fn occupy(&mut self, first: u64, columns: u64, until: u64) {
        let end = first.saturating_add(columns).min(u64::from(MAX_COLUMNS));
        let (Ok(first), Ok(end)) = (usize::try_from(first), usize::try_from(end)) else { return };
        if self.busy.len() < end {
            self.busy.resize(end, 0);
        }
        for slot in self.busy.iter_mut().take(end).skip(first) {
            *slot = (*slot).max(until);
        }
    }

    /// Closes the open cell. A blank one is kept only for its span; whether it was kept.
    pub(super) fn close_cell(
        &mut self,
        content: Content,
        struck: bool,
        comments: Vec<String>,
    ) -> bool {
        let Some(OpenCell { at, span }) = self.cell.take() else { return false };
        self.width = self.width.max(at.1 + 1);
        let kept = !matches!(content, Content::Blank) || !comments.is_empty() || span != (1, 1);
        if kept {
            self.cells.push(Cell { at, span, content, struck, comments });
        }
        kept
    }

    /// The table.
    pub(super) fn close(mut self) -> Table {
        self.close_group();
        let table = Table::new(self.number, (self.row, self.width), self.cells);
        table.hiding(self.hidden_rows, self.hidden_cols)
    }
}

/// A number as browsers read it: digits up to anything else; 0 where there is none.
fn number(text: Option<&str>) -> u64 {
    let text = text.unwrap_or_default().trim_start();
    let text = text.strip_prefix('+').unwrap_or(text);
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let digits = text.get(..digits).unwrap_or_default();
    digits.parse().unwrap_or(if digits.is_empty() { 0 } else { u64::MAX })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// For each cell its spans, columns first.
    type Row<'a> = &'a [(&'a str, &'a str)];

    fn places(rows: &[Row<'_>]) -> Vec<String> {
        let mut table = OpenTable::new(1);
        let (mut walked, limits) = (Walked::default(), Limits::default());
        for row in rows {
            table.open_row(false);
            for (colspan, rowspan) in *row {
                table.open_cell(Some(colspan), Some(rowspan), &mut walked, &limits).unwrap();
                table.close_cell(Content::Value(crate::grid::Value::Boolean(true)), false, vec![]);
            }
        }
        table.close_group();
        let show =
            |cell: &Cell| format!("{},{} {}x{}", cell.at.0, cell.at.1, cell.span.0, cell.span.1);
        table.cells.iter().map(show).collect()
    }

    #[test]
    fn spans_take_the_columns_that_browsers_give_them() {
        let cases: [(&[Row<'_>], &[&str]); 4] = [
            (
                &[&[("1", "2"), ("2", "")], &[("", "x"), ("", "")]],
                &["0,0 2x1", "0,1 1x2", "1,1 1x1", "1,2 1x1"],
            ),
            // To the end, or over it.
            (
                &[&[("", "0"), ("", "99999999999999999999")], &[("", "")]],
                &["0,0 2x1", "0,1 2x1", "1,2 1x1"],
            ),
            // Over one from above: cut short, what follows keeps its column.
            (
                &[&[("", ""), ("", "2"), ("", "")], &[("3", ""), ("", "")]],
                &["0,0 1x1", "0,1 2x1", "0,2 1x1", "1,0 1x1", "1,3 1x1"],
            ),
            (&[&[("9999", ""), ("", "")]], &["0,0 1x1000", "0,1000 1x1"]),
        ];
        for (rows, want) in cases {
            assert_eq!(places(rows), want);
        }
    }

    #[test]
    fn spans_over_spans_come_to_an_end() {
        let mut limits = Limits::default();
        limits.set("cells=10").unwrap();
        let (mut table, mut walked) = (OpenTable::new(1), Walked::default());
        let mut open = || {
            table.open_row(false);
            table.open_cell(Some("1000"), Some("65534"), &mut walked, &limits)
        };
        let error = (0..20).find_map(|_| open().err()).unwrap().to_string();
        assert!(error.starts_with("over the limit `cells` of 10: "), "{error}");
    }
}
