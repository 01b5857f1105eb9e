//! The laid-out form as the cells and merges that a reader finds on its sheet.

use super::{
    csv::shown,
    drawing::{Content, draw},
};
use crate::{
    cell::{CellRange, CellRef},
    form::Edition,
    grid::{Cell, Grid, Value},
    model::Return,
};

/// The form of a return as a grid, its amounts as text.
pub fn render(of: &Return, edition: &Edition) -> Grid {
    let drawing = draw(of, edition, false);
    let (mut cells, mut merges) = (Vec::new(), Vec::new());
    for cell in &drawing.cells {
        let at = CellRef::new(cell.row, cell.at.first.into());
        let last = CellRef::new(cell.row + cell.rows.max(1) - 1, cell.at.last.into());
        let span = CellRange::new(at, last);
        if !span.is_single() {
            merges.push(span);
        }
        let text = shown(&cell.content);
        if !text.is_empty() && !matches!(cell.content, Content::Blank) {
            cells.push(Cell { at, value: Value::Text(text), struck: false, span });
        }
    }
    Grid::new(cells, merges)
}
