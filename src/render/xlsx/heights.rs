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
/// Lines in each of the rows of a text that is too tall for one: few, so that a page is filled before the next one
/// begins.
const LINES_OF_PIECE: f64 = 8.0;
/// Heights are written in whole pixels, in points.
const PIXEL: f64 = 0.75;
/// Air above and below a text over several rows together, in points: it begins at the top of the first of them, so that
/// they end between two of its lines.
const AIR_OF_PIECES: f64 = 2.0;
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
        // The line of the tallest text of each row.
        let mut tallest =
            vec![fit::printed_line(looks::face(&edition.layout, Look::Text)); needs.len()];
        for cell in drawing.cells.iter().filter(|cell| cell.rows == 1) {
            let room = if blank && cell.look == Look::Text { TO_WRITE } else { 0.0 };
            let need = need(cell, edition).max(room);
            let row = usize::try_from(cell.row).unwrap_or(0);
            if need > needs[row] {
                needs[row] = need;
                tallest[row] = printed_line(cell, edition);
            }
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
        for (need, line) in needs.into_iter().zip(tallest) {
            rows.push(need, line);
        }
        rows
    }

    /// Adds a drawn row, as several physical ones where it is too tall for one: each of whole lines, so that a page
    /// ends between two of them.
    fn push(&mut self, need: f64, line: f64) {
        if need > TALLEST {
            // Rounded from the top, so that the pixels never add up to a part of a line.
            let pixels = |points: f64| (points / PIXEL).round() * PIXEL;
            let (mut top, mut lines) = (0.0, LINES_OF_PIECE);
            // No row is left that is lower than others are.
            while pixels(lines * line) + LOWEST.max(2.0 * line) < need {
                self.heights.push(pixels(lines * line) - top);
                top = pixels(lines * line);
                lines += LINES_OF_PIECE;
            }
            self.heights.push(((need - top) / PIXEL).ceil() * PIXEL);
        } else {
            // Programs keep heights in quarters of a point.
            self.heights.push((need * 4.0).ceil() / 4.0);
        }
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

fn printed_line(cell: &DrawnCell<'_>, edition: &Edition) -> f64 {
    fit::printed_line(looks::face(&edition.layout, cell.look))
}

/// The height that a cell's text needs.
fn need(cell: &DrawnCell<'_>, edition: &Edition) -> f64 {
    let text = match &cell.content {
        Content::Text(text) => text.as_ref(),
        Content::Total(_, Sum::Unknown, _) => UNKNOWN_TOTAL,
        _ => return 0.0,
    };
    let (face, indent) = (looks::face(&edition.layout, cell.look), looks::indent(cell.look, true));
    let widths = &edition.layout.widths[usize::from(cell.at.first)..=usize::from(cell.at.last)];
    if cell.look == Look::Year {
        return 0.0;
    }
    let lines = fit::lines(text, widths, indent, face);
    // Of many lines the print is the higher one.
    let printed = f64::from(lines) * fit::printed_line(face) + AIR_OF_PIECES;
    let height = (fit::height(lines, face) + AIR).max(printed);
    if cell.look == Look::Title { height.max(TITLE) } else { height }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_a_tall_text_end_between_its_lines() {
        let line = fit::printed_line(fit::Face { size: 9.0, bold: false });
        for lines in [32_u32, 300, 2_000] {
            let mut rows = Rows { starts: vec![0], heights: Vec::new() };
            let need = f64::from(lines) * line + AIR_OF_PIECES;
            rows.push(need, line);
            let (mut end, mut whole) = (0.0, 0.0);
            for height in &rows.heights[..rows.heights.len() - 1] {
                end += height;
                whole += LINES_OF_PIECE * line;
                assert!((end - whole).abs() <= PIXEL / 2.0 + 0.001, "{lines}: {end} for {whole}");
            }
            let all = rows.heights.iter().sum::<f64>();
            assert!((need..need + PIXEL).contains(&all), "{lines}: {all} for {need}");
            assert!(rows.heights.iter().all(|height| (LOWEST..132.0).contains(height)), "{lines}");
        }
    }
}
