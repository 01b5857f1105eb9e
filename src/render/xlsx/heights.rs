//! Heights of the rows. A merged cell fits itself in no program, so every height is computed from the lines that the
//! text takes; a text too long for one row stays one value in a vertical merge over several.

use super::{fit, looks};
use crate::{
    form::Edition,
    model::totals::Sum,
    render::drawing::{Content, Drawing, DrawnCell, Look, UNKNOWN_TOTAL},
};

/// The tallest row that Excel allows, in points.
const TALLEST: f64 = 409.5;
/// The height of the rows of a text that is too tall for one, in points: small, so that a page is filled before the
/// next one begins.
const PIECE: f64 = 130.0;
/// A row of a form is never lower than this, in points.
const LOWEST: f64 = 20.0;
/// A row to be filled in, in points.
const TO_WRITE: f64 = 26.0;
/// Air above and below the text together, in points; less than a line.
const AIR: f64 = 5.0;
/// The row of the title, in points.
const TITLE: f64 = 36.0;

/// The physical rows of a drawing and their heights.
#[derive(Debug)]
pub(super) struct Rows {
    /// The first physical row of each drawn row, and behind the last one the number of physical rows.
    starts: Vec<u32>,
    /// The height of each physical row, in points.
    pub(super) heights: Vec<f64>,
}

impl Rows {
    /// Fits the rows of a drawing. Rows of a blank form leave room to write.
    pub(super) fn fit(drawing: &Drawing<'_>, edition: &Edition, blank: bool) -> Self {
        let mut needs = vec![LOWEST; usize::try_from(drawing.rows).unwrap_or(0)];
        for cell in drawing.cells.iter().filter(|cell| cell.rows == 1) {
            let room = if blank && cell.look == Look::Text { TO_WRITE } else { 0.0 };
            let need = need(cell, edition).max(room);
            let row = usize::try_from(cell.row).unwrap_or(0);
            needs[row] = needs[row].max(need);
        }
        for cell in drawing.cells.iter().filter(|cell| cell.rows > 1) {
            let (first, last) = (cell.row as usize, (cell.row + cell.rows - 1) as usize);
            let short = need(cell, edition) - needs[first..=last].iter().sum::<f64>();
            if short > 0.0 {
                // Spread, so that no single row stands out.
                let each = short / f64::from(cell.rows);
                needs[first..=last].iter_mut().for_each(|need| *need += each);
            }
        }
        let mut rows = Self { starts: vec![0], heights: Vec::with_capacity(needs.len()) };
        for need in needs {
            rows.push(need);
        }
        rows
    }

    /// Adds a drawn row, as several physical ones of one height where it is too tall for one.
    fn push(&mut self, need: f64) {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        // a small positive number
        let count = if need > TALLEST { (need / PIECE).ceil() as u32 } else { 1 };
        // Programs keep heights in quarters of a point.
        let each = (need / f64::from(count) * 4.0).ceil() / 4.0;
        self.heights.extend((0..count).map(|_| each.min(TALLEST)));
        self.starts.push(u32::try_from(self.heights.len()).unwrap_or(u32::MAX));
    }

    /// The first physical row of a drawn row.
    pub(super) fn first(&self, row: u32) -> u32 {
        self.starts.get(row as usize).copied().unwrap_or(0)
    }

    /// The last physical row of a drawn row.
    pub(super) fn last(&self, row: u32) -> u32 {
        self.first(row + 1).saturating_sub(1)
    }
}

/// The height that a cell's text needs.
fn need(cell: &DrawnCell<'_>, edition: &Edition) -> f64 {
    let text = match &cell.content {
        Content::Text(text) => text.as_ref(),
        Content::Total(_, Sum::Unknown, _) => UNKNOWN_TOTAL,
        _ => return 0.0,
    };
    let (face, indent) = (looks::face(&edition.layout, cell.look), looks::indent(cell.look));
    let widths = &edition.layout.widths[usize::from(cell.at.first)..=usize::from(cell.at.last)];
    if cell.look == Look::Year {
        return 0.0;
    }
    let height = fit::height(fit::lines(text, widths, indent, face), face) + AIR;
    if cell.look == Look::Title { height.max(TITLE) } else { height }
}
