//! A sheet as it is to be written, whoever writes it: its columns, rows, cells and page.

use std::borrow::Cow;

use super::{looks::Style, rules::Rule};
use crate::cell::column_name;

/// A sheet before it is written.
#[derive(Debug)]
pub(super) struct Sheet<'a> {
    pub(super) name: String,
    /// Width of each column, in characters of the default font.
    pub(super) widths: &'a [f64],
    /// Height of each row, in points.
    pub(super) heights: Vec<f64>,
    /// By row, then column; they do not overlap.
    pub(super) cells: Vec<Cell<'a>>,
    pub(super) page: Page,
    /// What may be typed in, and where.
    pub(super) rules: Vec<(Place, Rule)>,
}

/// A cell, or a merged range.
#[derive(Debug)]
pub(super) struct Cell<'a> {
    pub(super) place: Place,
    pub(super) style: Style,
    pub(super) value: Value<'a>,
}

/// What a cell holds.
#[derive(Debug)]
pub(super) enum Value<'a> {
    Blank,
    Text(Cow<'a, str>),
    Number(f64),
    /// A formula without its `=`, and its value.
    Formula(String, String),
}

/// Where a cell is: its rows and columns.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) first_row: u32,
    pub(super) last_row: u32,
    pub(super) first_col: u16,
    pub(super) last_col: u16,
}

impl Place {
    pub(super) fn single(row: u32, col: u16) -> Self {
        Self { first_row: row, last_row: row, first_col: col, last_col: col }
    }

    pub(super) fn is_single(self) -> bool {
        self.first_row == self.last_row && self.first_col == self.last_col
    }

    /// The name of its first cell.
    pub(super) fn name(self) -> String {
        format!("{}{}", column_name(self.first_col.into()), self.first_row + 1)
    }
}

/// How a sheet is printed: on A4, one page wide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Page {
    /// A form: upright, with its first rows on every page.
    Form {
        /// The last row that repeats.
        header: u32,
        /// The last row that is printed.
        last: u32,
    },
    /// The sheet 合计核对: across.
    Totals,
}
