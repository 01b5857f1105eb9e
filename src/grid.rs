//! The cells and merged ranges of one worksheet, in memory.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::cell::{CellRange, CellRef};

/// The line in one of its first cells by which a sheet of totals is known as our own, whatever its name. Such a sheet
/// is no part of a return, and its cells are not read.
pub const OWN_SHEET_MARK: &str = "本表由 jixiao 按报送表各分项自动计算，仅供核对，不属于报送内容。";

/// What a cell holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Value {
    /// Text, as typed.
    Text(String),
    /// A number or a date.
    Number(Number),
    /// A truth value.
    Boolean(bool),
    /// An error value such as `#REF!`.
    Error(String),
    /// A formula that was never calculated: its text, with the leading `=`.
    Formula(String),
}

/// A number cell.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Number {
    /// The stored number.
    pub value: f64,
    /// How it shows, where its number format is not the general one.
    pub shown: Option<Shown>,
}

/// How a number cell shows on the sheet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shown {
    /// The text on the sheet.
    pub text: String,
    /// Whether it shows as a percentage.
    pub percent: bool,
    /// Year, month and day where it shows as a date.
    pub date: Option<(i32, u32, u32)>,
    /// The shown number is the stored one divided by this power of ten (`0.00,` → 3).
    pub power: u32,
}

/// A cell with something in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cell {
    /// Where it stands.
    pub at: CellRef,
    /// What it holds.
    pub value: Value,
    /// Whether its text is struck through.
    pub struck: bool,
    /// The range it covers: its merged range, else itself.
    pub span: CellRange,
}

/// Something about a grid that a reader set aside.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Aside {
    /// A value beneath a merged range, which no program shows.
    Stale(CellRef, Value),
    /// A merged range that overlaps another one.
    OverlappingMerge(CellRange),
    /// Another value of a cell that has one already.
    Twice(CellRef, Value),
}

/// Cells and merges of one worksheet. Blank cells are not stored.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Grid {
    cells: Vec<Cell>,
    /// Where each row's cells start in `cells`, with the row's number.
    rows: Vec<(u32, usize)>,
    merges: Vec<CellRange>,
    /// What had to be set aside while the grid was made.
    pub asides: Vec<Aside>,
}

impl Grid {
    /// Builds a grid from cells in any order and merged ranges. A value beneath a merge, a merge that overlaps an
    /// earlier one and the second value of a cell are set aside.
    pub fn new(mut cells: Vec<Cell>, merges: Vec<CellRange>) -> Self {
        let by_place = |cell: &Cell| (cell.at.row, cell.at.col);
        if !cells.is_sorted_by_key(by_place) {
            cells.sort_by_key(by_place);
        }
        let mut asides = Vec::new();
        cells.dedup_by(|cell, first| {
            let twice = cell.at == first.at;
            if twice && cell.value != first.value {
                asides.push(Aside::Twice(cell.at, cell.value.clone()));
            }
            twice
        });
        let merges = without_overlaps(merges, &mut asides);
        let cells = spread(cells, &merges, &mut asides);
        let mut rows: Vec<(u32, usize)> = Vec::new();
        for (index, cell) in cells.iter().enumerate() {
            if rows.last().is_none_or(|(row, _)| *row != cell.at.row) {
                rows.push((cell.at.row, index));
            }
        }
        Self { cells, rows, merges, asides }
    }

    /// Every cell that holds something, by row, then column.
    pub fn cells(&self) -> &[Cell] {
        &self.cells
    }

    /// The merged ranges, by their first row.
    pub fn merges(&self) -> &[CellRange] {
        &self.merges
    }

    /// The rows from `first` to `last` that hold something, with the indices of their cells.
    pub fn rows(&self, first: u32, last: u32) -> impl Iterator<Item = (u32, Range<usize>)> {
        let from = self.rows.partition_point(|(row, _)| *row < first);
        let to = self.rows.partition_point(|(row, _)| *row <= last);
        (from..to.max(from)).map(|at| {
            let (row, start) = self.rows[at];
            (row, start..self.rows.get(at + 1).map_or(self.cells.len(), |(_, next)| *next))
        })
    }

    /// The indices of the cells in the rows from `first` to `last`.
    pub fn indices(&self, first: u32, last: u32) -> Range<usize> {
        let from = self.cells.partition_point(|cell| cell.at.row < first);
        let to = self.cells.partition_point(|cell| cell.at.row <= last);
        from..to.max(from)
    }

    /// The index of the cell at an address, if something stands there.
    pub fn index_of(&self, at: CellRef) -> Option<usize> {
        self.cells.binary_search_by_key(&(at.row, at.col), |c| (c.at.row, c.at.col)).ok()
    }

    /// The cell at an address, if something stands there.
    pub fn get(&self, at: CellRef) -> Option<&Cell> {
        self.index_of(at).map(|index| &self.cells[index])
    }

    /// Whether a merged range that starts above `row` reaches into it.
    pub fn continues_into(&self, row: u32) -> bool {
        self.merges
            .iter()
            .take_while(|merge| merge.start.row < row)
            .any(|merge| merge.end.row >= row)
    }

    /// The smallest range that holds every cell.
    pub fn used(&self) -> Option<CellRange> {
        let mut cells = self.cells.iter();
        let first = cells.next()?.span;
        Some(cells.fold(first, |range, cell| range.union(&cell.span)))
    }
}

/// Sorts merges, drops single cells and sets overlapping ones aside.
fn without_overlaps(mut merges: Vec<CellRange>, asides: &mut Vec<Aside>) -> Vec<CellRange> {
    merges.retain(|merge| !merge.is_single());
    merges.sort_unstable();
    merges.dedup();
    let mut kept: Vec<CellRange> = Vec::with_capacity(merges.len());
    let mut active: Vec<CellRange> = Vec::new();
    for merge in merges {
        active.retain(|other| other.end.row >= merge.start.row);
        if active.iter().any(|other| other.overlaps(&merge)) {
            asides.push(Aside::OverlappingMerge(merge));
            continue;
        }
        active.push(merge);
        kept.push(merge);
    }
    kept
}

/// Gives each cell the range it covers and sets aside the values beneath merges.
fn spread(cells: Vec<Cell>, merges: &[CellRange], asides: &mut Vec<Aside>) -> Vec<Cell> {
    let mut kept = Vec::with_capacity(cells.len());
    let mut next = 0;
    let mut active: Vec<CellRange> = Vec::new();
    let mut row = None;
    for mut cell in cells {
        if row != Some(cell.at.row) {
            row = Some(cell.at.row);
            active.retain(|merge| merge.end.row >= cell.at.row);
            while let Some(merge) = merges.get(next).filter(|m| m.start.row <= cell.at.row) {
                next += 1;
                if merge.end.row >= cell.at.row {
                    active.push(*merge);
                }
            }
        }
        match active.iter().find(|merge| merge.contains(cell.at)) {
            Some(merge) if merge.start == cell.at => cell.span = *merge,
            Some(_) => {
                asides.push(Aside::Stale(cell.at, cell.value));
                continue;
            }
            None => cell.span = CellRange::single(cell.at),
        }
        kept.push(cell);
    }
    kept
}

impl Cell {
    /// A cell of its own, outside any merge.
    pub fn new(at: CellRef, value: Value) -> Self {
        Self { at, value, struck: false, span: CellRange::single(at) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid(cells: &[(&str, &str)], merges: &[&str]) -> Grid {
        let cell = |(at, text): &(&str, &str)| {
            Cell::new(at.parse().unwrap(), Value::Text((*text).to_owned()))
        };
        let merges = merges.iter().map(|merge| merge.parse().unwrap()).collect();
        Grid::new(cells.iter().map(cell).collect(), merges)
    }

    #[test]
    fn values_beneath_a_merge_are_set_aside() {
        let grid = grid(&[("B1", "999"), ("A1", "title"), ("A3", "x")], &["A1:C2"]);
        assert_eq!(grid.cells().len(), 2);
        assert_eq!(grid.cells()[0].span, "A1:C2".parse().unwrap());
        let stale = Aside::Stale("B1".parse().unwrap(), Value::Text("999".into()));
        assert_eq!(grid.asides, [stale]);
        assert!(grid.continues_into(1) && !grid.continues_into(2));
    }

    #[test]
    fn of_two_values_of_one_cell_the_first_holds() {
        let grid = grid(&[("A1", "x"), ("B1", "1"), ("A1", "x"), ("B1", "2")], &[]);
        assert_eq!(grid.cells().len(), 2);
        assert_eq!(grid.get("B1".parse().unwrap()).unwrap().value, Value::Text("1".into()));
        assert_eq!(grid.asides, [Aside::Twice("B1".parse().unwrap(), Value::Text("2".into()))]);
    }

    #[test]
    fn of_two_overlapping_merges_the_first_holds() {
        let grid = grid(&[("A1", "x"), ("B2", "y")], &["B2:C3", "A1:B2", "D1:D1"]);
        assert_eq!(grid.merges(), ["A1:B2".parse().unwrap()]);
        assert!(grid.asides.contains(&Aside::OverlappingMerge("B2:C3".parse().unwrap())));
    }

    #[test]
    fn rows_come_in_order_with_their_cells() {
        let grid = grid(&[("C5", "c"), ("A1", "a"), ("B1", "b")], &[]);
        let rows = |first, last| grid.rows(first, last).collect::<Vec<_>>();
        assert_eq!(rows(0, u32::MAX), [(0, 0..2), (4, 2..3)]);
        assert_eq!(rows(1, 4), [(4, 2..3)]);
        assert_eq!(rows(5, 3), []);
        assert_eq!(grid.indices(1, 9), 2..3);
        assert_eq!(grid.used(), Some("A1:C5".parse().unwrap()));
    }
}
