//! A table while its rows come in: where each cell stands on the table's grid.

use std::collections::HashMap;

use crate::{
    cell::{MAX_COLUMNS, MAX_ROWS},
    workbook::flow::{Cell, Content, Table},
};

/// How a cell is merged with the one above it or to its left.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) enum Merge {
    #[default]
    Not,
    Starts,
    Goes,
}

impl Merge {
    /// Of an element without a value, a merge goes on.
    pub(super) fn of(value: Option<&str>) -> Self {
        if value == Some("restart") { Self::Starts } else { Self::Goes }
    }
}

/// What the properties of a cell say.
#[derive(Debug, Default)]
pub(super) struct CellProperties {
    pub(super) columns: Option<u64>,
    pub(super) vertical: Merge,
    pub(super) horizontal: Merge,
    /// Whether a tracked change takes it out.
    pub(super) deleted: bool,
}

/// What the properties of a row say.
#[derive(Debug, Default)]
pub(super) struct RowProperties {
    pub(super) deleted: bool,
    pub(super) hidden: bool,
}

/// A table that is not closed yet.
#[derive(Debug, Default)]
pub(super) struct OpenTable {
    number: u32,
    cells: Vec<Cell>,
    row: u64,
    /// The column behind the last cell of the row.
    col: u64,
    width: u64,
    /// The first cell of the row.
    first: usize,
    /// The cell that a vertical merge of a column began in.
    merged: HashMap<u64, usize>,
    hidden_rows: Vec<u64>,
    pub(super) row_properties: RowProperties,
    pub(super) cell: Option<CellProperties>,
}

impl OpenTable {
    pub(super) fn new(number: u32) -> Self {
        Self { number, ..Self::default() }
    }

    pub(super) fn open_row(&mut self) {
        self.row_properties = RowProperties::default();
        self.col = 0;
        self.first = self.cells.len();
    }

    /// Leaves out columns before the first cell.
    pub(super) fn skip(&mut self, columns: u64) {
        if self.first == self.cells.len() {
            self.col = columns.min(u64::from(MAX_COLUMNS));
        }
    }

    pub(super) fn close_row(&mut self) {
        if self.row_properties.deleted {
            self.cells.truncate(self.first);
            for cell in &mut self.cells {
                cell.span.0 = cell.span.0.min(self.row.saturating_sub(cell.at.0)).max(1);
            }
            self.merged.retain(|_, index| *index < self.first);
            return;
        }
        if self.row_properties.hidden && self.row < u64::from(MAX_ROWS) {
            self.hidden_rows.push(self.row);
        }
        self.row += 1;
    }

    /// Closes the open cell. A blank one is kept only where it may be merged; whether it was kept.
    pub(super) fn close_cell(
        &mut self,
        content: Content,
        struck: bool,
        comments: Vec<String>,
    ) -> bool {
        let Some(properties) = self.cell.take() else { return false };
        if properties.deleted {
            return false;
        }
        let columns = properties.columns.unwrap_or(1).clamp(1, MAX_COLUMNS.into());
        let at = (self.row, self.col);
        self.col = self.col.saturating_add(columns);
        if properties.horizontal == Merge::Goes && self.cells.len() > self.first {
            if let Some(left) = self.cells.last_mut() {
                left.span.1 = at.1.saturating_sub(left.at.1).saturating_add(columns);
            }
        } else {
            self.width = self.width.max(at.1 + 1);
        }
        let beneath = self.join(at, properties.vertical);
        let blank = matches!(content, Content::Blank) && comments.is_empty();
        let merges = columns > 1
            || properties.horizontal == Merge::Starts
            || properties.vertical == Merge::Starts;
        if blank && (beneath || !merges) {
            return false;
        }
        if properties.vertical == Merge::Starts {
            self.merged.insert(at.1, self.cells.len());
        }
        // What stands beneath a merge is kept for the report, but merges nothing.
        let span = (1, if beneath { 1 } else { columns });
        self.cells.push(Cell { at, span, content, struck, comments });
        true
    }

    /// Lets a vertical merge go on into a cell; whether there is one.
    fn join(&mut self, at: (u64, u64), merge: Merge) -> bool {
        if merge != Merge::Goes {
            self.merged.remove(&at.1);
            return false;
        }
        let above = self.merged.get(&at.1).and_then(|index| self.cells.get_mut(*index));
        match above {
            Some(above) if above.at.0 + above.span.0 == at.0 => {
                above.span.0 += 1;
                true
            }
            _ => false,
        }
    }

    /// The table.
    pub(super) fn close(self) -> Table {
        Table::new(self.number, (self.row, self.width), self.cells)
            .hiding(self.hidden_rows, Vec::new())
    }
}
