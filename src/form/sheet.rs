//! A grid with each cell's text read as a label, once for all editions.

use super::{
    furniture,
    label::{self, Label},
};
use crate::grid::{Cell, Grid, Value};

/// A grid and the labels that its texts could be.
#[derive(Debug)]
pub struct Sheet<'g> {
    /// The grid.
    pub grid: &'g Grid,
    labels: Vec<Option<Label>>,
    titles: Vec<bool>,
}

impl<'g> Sheet<'g> {
    /// Reads every short text of the grid as a label.
    pub fn new(grid: &'g Grid) -> Self {
        let labels = grid.cells().iter().map(|cell| label::normal(text(cell)?)).collect();
        let titles = grid.cells().iter().map(|cell| text(cell).is_some_and(furniture::is_title)).collect();
        Self { grid, labels, titles }
    }

    /// The cell of an index.
    pub fn cell(&self, index: usize) -> &'g Cell {
        &self.grid.cells()[index]
    }

    /// The text of a cell.
    pub fn text(&self, index: usize) -> Option<&'g str> {
        text(self.cell(index))
    }

    /// Whether the cell's text is the title of a form.
    pub fn is_title(&self, index: usize) -> bool {
        self.titles[index]
    }

    /// The cell's text as a label.
    pub fn label(&self, index: usize) -> Option<&Label> {
        self.labels[index].as_ref()
    }
}

/// The text of a text cell.
pub fn text(cell: &Cell) -> Option<&str> {
    match &cell.value {
        Value::Text(text) => Some(text),
        _ => None,
    }
}
