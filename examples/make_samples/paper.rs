//! A sheet as a list of cells and merges that can be broken in the ways that clerks and converters break sheets.

use std::{error::Error, str::FromStr};

use jixiao::cell::{CellRange, CellRef};
use rust_decimal::Decimal;

use crate::Result;

/// What stands in a cell.
#[derive(Clone, Debug)]
pub(crate) enum Content {
    Text(String),
    /// A number and the format that shows it.
    Number(f64, &'static str),
    /// A formula and the value saved with it, if one was.
    Formula(&'static str, Option<&'static str>),
}

/// A cell or a merged range with its content.
#[derive(Clone, Debug)]
pub(crate) struct PlacedCell {
    pub(crate) range: CellRange,
    pub(crate) content: Content,
}

/// One sheet on paper.
#[derive(Clone, Debug, Default)]
pub(crate) struct Paper {
    pub(crate) cells: Vec<PlacedCell>,
    /// Hidden rows, from 0.
    pub(crate) hidden_rows: Vec<u32>,
    /// Comments: the cell and what it says.
    pub(crate) comments: Vec<(CellRef, &'static str)>,
}

/// The format of amounts.
pub(crate) const AMOUNT: &str = "#,##0.00";

impl Content {
    /// A typed value: a number where only digits and a point were typed, else text.
    pub(crate) fn typed(value: &str) -> Self {
        let plain = !value.is_empty()
            && value.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','));
        let number = plain.then(|| value.replace(',', "").parse().ok()).flatten();
        let format = if value.contains('.') { AMOUNT } else { "0" };
        number.map_or_else(|| Self::Text(value.to_owned()), |number| Self::Number(number, format))
    }

    fn is_blank(&self) -> bool {
        matches!(self, Self::Text(text) if text.is_empty())
    }

    /// Whether this is the text, and no more.
    pub(crate) fn says(&self, wanted: &str) -> bool {
        matches!(self, Self::Text(text) if text == wanted)
    }

    /// The text that a text file shows.
    fn shown(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Number(number, AMOUNT) => format!("{number:.2}"),
            Self::Number(number, _) => number.to_string(),
            Self::Formula(formula, cached) => cached.unwrap_or(formula).to_owned(),
        }
    }
}

/// The cell of an address such as `B7`.
pub(crate) fn at(address: &str) -> Result<CellRef> {
    CellRef::from_str(address).map_err(|_| format!("`{address}` is no cell").into())
}

impl Paper {
    /// Writes into one cell, or into the merged range that begins there.
    pub(crate) fn put(&mut self, address: &str, content: Content) -> Result<()> {
        let cell = at(address)?;
        match self.cells.iter_mut().find(|placed| placed.range.start == cell) {
            Some(placed) => placed.content = content,
            None => self.cells.push(PlacedCell { range: CellRange::new(cell, cell), content }),
        }
        Ok(())
    }

    /// Writes text, or a number where it is one.
    pub(crate) fn type_in(&mut self, address: &str, value: &str) -> Result<()> {
        self.put(address, Content::typed(value))
    }

    /// Adds a range of rows and columns, both from 0, that is merged where it has more than one cell.
    pub(crate) fn place(&mut self, rows: (u32, u32), cols: (u32, u32), content: Content) {
        let range = CellRange::new(CellRef::new(rows.0, cols.0), CellRef::new(rows.1, cols.1));
        self.cells.push(PlacedCell { range, content });
    }

    /// The row behind the last one.
    pub(crate) fn height(&self) -> u32 {
        self.cells.iter().map(|cell| cell.range.end.row + 1).max().unwrap_or(0)
    }

    /// The row, from 0, in which a text stands.
    pub(crate) fn row_of(&self, text: &str) -> Result<u32> {
        let shows =
            |cell: &&PlacedCell| matches!(&cell.content, Content::Text(own) if own.contains(text));
        let found = self.cells.iter().find(shows).map(|cell| cell.range.start.row);
        found.ok_or_else(|| Box::<dyn Error>::from(format!("no cell says `{text}`")))
    }

    /// Inserts blank rows before row `before`, from 0; merges that cover the place grow.
    pub(crate) fn insert_rows(&mut self, before: u32, count: u32) {
        for cell in &mut self.cells {
            cell.range.start.row += if cell.range.start.row >= before { count } else { 0 };
            cell.range.end.row += if cell.range.end.row >= before { count } else { 0 };
        }
        for row in &mut self.hidden_rows {
            *row += if *row >= before { count } else { 0 };
        }
    }

    /// Inserts a blank column before column `before`, from 0.
    pub(crate) fn insert_column(&mut self, before: u32) {
        for cell in &mut self.cells {
            cell.range.start.col += u32::from(cell.range.start.col >= before);
            cell.range.end.col += u32::from(cell.range.end.col >= before);
        }
    }

    /// Undoes every merge as a web system's export does: the label of a block goes to its last row, all else stays
    /// in its first cell.
    pub(crate) fn unmerge(&mut self) {
        for cell in &mut self.cells {
            let is_block_label =
                cell.range.start.col == 0 && cell.range.end.row > cell.range.start.row;
            if is_block_label {
                cell.range.start.row = cell.range.end.row;
            }
            cell.range = CellRange::new(cell.range.start, cell.range.start);
        }
    }

    /// Puts another sheet's cells on this one, moved by rows and columns.
    pub(crate) fn join(&mut self, other: &Self, rows: u32, cols: u32) {
        let moved = |cell: CellRef| CellRef::new(cell.row + rows, cell.col + cols);
        self.cells.extend(other.cells.iter().map(|cell| PlacedCell {
            range: CellRange::new(moved(cell.range.start), moved(cell.range.end)),
            content: cell.content.clone(),
        }));
    }

    /// The rows of a text file; what a merge covers is empty.
    pub(crate) fn text_rows(&self) -> Result<Vec<Vec<String>>> {
        let width = self.cells.iter().map(|cell| cell.range.end.col + 1).max().unwrap_or(0);
        let mut rows =
            vec![vec![String::new(); usize::try_from(width)?]; usize::try_from(self.height())?];
        for cell in &self.cells {
            let (row, col) =
                (usize::try_from(cell.range.start.row)?, usize::try_from(cell.range.start.col)?);
            rows[row][col] = cell.content.shown();
        }
        Ok(rows)
    }

    /// The cells that hold something, or that a merge makes.
    pub(crate) fn visible(&self) -> impl Iterator<Item = &PlacedCell> {
        self.cells.iter().filter(|cell| !cell.content.is_blank() || !cell.range.is_single())
    }
}

/// The sum of typed amounts, as it would be typed.
pub(crate) fn sum<'a>(typed: impl Iterator<Item = &'a String>) -> String {
    let numbers = typed.filter_map(|typed| Decimal::from_str(&typed.replace(',', "")).ok());
    format!("{:.2}", numbers.sum::<Decimal>())
}
