//! Cell addresses and ranges, with A1 notation both ways.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// Rows in a worksheet of Excel 2007 and later.
pub const MAX_ROWS: u32 = 1_048_576;
/// Columns in a worksheet of Excel 2007 and later.
pub const MAX_COLUMNS: u32 = 16_384;

/// The address of a cell; row and column count from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CellRef {
    /// Row, from 0.
    pub row: u32,
    /// Column, from 0.
    pub col: u32,
}

impl CellRef {
    /// The cell in row `row` and column `col`, both from 0.
    pub const fn new(row: u32, col: u32) -> Self {
        Self { row, col }
    }
}

impl fmt::Display for CellRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", column_name(self.col), u64::from(self.row) + 1)
    }
}

impl FromStr for CellRef {
    type Err = NotACell;

    fn from_str(text: &str) -> Result<Self, NotACell> {
        let text = text.trim();
        let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
        let (name, digits) = text.split_at(letters);
        let col = column_index(name).ok_or(NotACell)?;
        let row: u32 = digits.parse().map_err(|_| NotACell)?;
        if row == 0 || row > MAX_ROWS || digits.starts_with('+') {
            return Err(NotACell);
        }
        Ok(Self::new(row - 1, col))
    }
}

/// The text is no address in A1 notation inside the largest worksheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotACell;

/// The letters of a column: 0 is `A`, 26 is `AA`.
pub fn column_name(col: u32) -> String {
    let mut name = Vec::with_capacity(3);
    let mut rest = u64::from(col) + 1;
    while rest > 0 {
        let digit = u8::try_from((rest - 1) % 26).unwrap_or(0);
        name.push(char::from(b'A' + digit));
        rest = (rest - 1) / 26;
    }
    name.iter().rev().collect()
}

/// The column that letters name, in either case: `A` is 0.
pub fn column_index(name: &str) -> Option<u32> {
    if name.is_empty() || name.len() > 3 {
        return None;
    }
    let mut index = 0;
    for byte in name.bytes() {
        if !byte.is_ascii_alphabetic() {
            return None;
        }
        index = index * 26 + u32::from(byte.to_ascii_uppercase() - b'A') + 1;
    }
    (index <= MAX_COLUMNS).then(|| index - 1)
}

/// A rectangle of cells, both corners included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CellRange {
    /// Top left cell.
    pub start: CellRef,
    /// Bottom right cell.
    pub end: CellRef,
}

impl CellRange {
    /// The rectangle between two corners, in any order.
    pub fn new(one: CellRef, other: CellRef) -> Self {
        Self {
            start: CellRef::new(one.row.min(other.row), one.col.min(other.col)),
            end: CellRef::new(one.row.max(other.row), one.col.max(other.col)),
        }
    }

    /// The range of one cell.
    pub const fn single(cell: CellRef) -> Self {
        Self { start: cell, end: cell }
    }

    /// Whether `cell` lies in the range.
    pub fn contains(&self, cell: CellRef) -> bool {
        (self.start.row..=self.end.row).contains(&cell.row)
            && (self.start.col..=self.end.col).contains(&cell.col)
    }

    /// Whether the two ranges share a cell.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.start.row <= other.end.row
            && other.start.row <= self.end.row
            && self.start.col <= other.end.col
            && other.start.col <= self.end.col
    }

    /// Whether the range is one cell.
    pub fn is_single(&self) -> bool {
        self.start == self.end
    }

    /// The smallest range that holds both.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        Self {
            start: CellRef::new(
                self.start.row.min(other.start.row),
                self.start.col.min(other.start.col),
            ),
            end: CellRef::new(self.end.row.max(other.end.row), self.end.col.max(other.end.col)),
        }
    }
}

impl fmt::Display for CellRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_single() {
            return self.start.fmt(f);
        }
        write!(f, "{}:{}", self.start, self.end)
    }
}

impl FromStr for CellRange {
    type Err = NotACell;

    fn from_str(text: &str) -> Result<Self, NotACell> {
        match text.split_once(':') {
            Some((start, end)) => Ok(Self::new(start.parse()?, end.parse()?)),
            None => Ok(Self::single(text.parse()?)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_and_reads_a1_names() {
        // Column names roll over at Z, ZZ and end at XFD, Excel's last column.
        let cases = [
            ((0, 0), "A1"),
            ((0, 25), "Z1"),
            ((0, 26), "AA1"),
            ((9, 701), "ZZ10"),
            ((0, 702), "AAA1"),
            ((1_048_575, 16_383), "XFD1048576"),
        ];
        for ((row, col), want) in cases {
            assert_eq!(CellRef::new(row, col).to_string(), want, "({row}, {col})");
            assert_eq!(want.parse(), Ok(CellRef::new(row, col)), "{want}");
        }
    }

    #[test]
    fn refuses_what_is_no_cell() {
        // A row 0, a column behind XFD, a row behind the last, signs, blanks inside.
        for text in ["", "A", "1", "A0", "XFE1", "A1048577", "A+1", "A 1", "ZZZ4000000000", "项1"]
        {
            assert_eq!(text.parse::<CellRef>(), Err(NotACell), "{text}");
        }
    }

    #[test]
    fn ranges_join_and_meet() {
        let range: CellRange = "C3:B2".parse().unwrap();
        assert_eq!(range.to_string(), "B2:C3");
        assert!(range.overlaps(&"C3".parse().unwrap()));
        assert!(!range.overlaps(&"D3:D9".parse().unwrap()));
        assert_eq!(range.union(&"E1".parse().unwrap()).to_string(), "B1:E3");
    }
}
