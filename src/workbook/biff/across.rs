//! Texts centred across the cells behind them, which is what workbooks without merged ranges have instead.

use std::collections::HashSet;

use super::super::builder::{Builder, Draft};
use crate::error::Result;

/// Blank cells are noted up to this many runs, so that a broken sheet of nothing else fits into memory.
const MOST_RUNS: usize = 100_000;

/// The cells of a sheet that are aligned so.
#[derive(Default)]
pub(super) struct Across {
    /// Cells with a text, by row and column.
    texts: HashSet<(u16, u16)>,
    /// Runs of blank cells: row, first and last column.
    blanks: Vec<(u16, u16, u16)>,
}

impl Across {
    pub(super) fn text(&mut self, row: u16, col: u16) {
        if self.texts.len() < MOST_RUNS {
            self.texts.insert((row, col));
        }
    }

    pub(super) fn blank(&mut self, row: u16, col: u16) {
        let count = self.blanks.len();
        match self.blanks.last_mut() {
            Some((last_row, _, last)) if *last_row == row && last.checked_add(1) == Some(col) => {
                *last = col;
            }
            _ if count < MOST_RUNS => self.blanks.push((row, col, col)),
            _ => {}
        }
    }

    /// Merges each text with the blank cells behind it.
    pub(super) fn merge(mut self, book: &Builder<'_>, draft: &mut Draft) -> Result<()> {
        self.blanks.sort_unstable();
        let mut at = 0;
        while let Some((row, first, mut last)) = self.blanks.get(at).copied() {
            at += 1;
            while let Some((_, _, end)) = self
                .blanks
                .get(at)
                .filter(|(next_row, next, _)| *next_row == row && *next <= last.saturating_add(1))
            {
                last = last.max(*end);
                at += 1;
            }
            let Some(text) = first.checked_sub(1).filter(|col| self.texts.contains(&(row, *col)))
            else {
                continue;
            };
            let row = u64::from(row);
            book.merge(draft, (row, row), (u64::from(text), u64::from(last)))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbook::limits::Limits;

    #[test]
    fn a_text_takes_the_blank_cells_behind_it() {
        let limits = Limits::default();
        let mut book = Builder::new(&limits);
        let mut draft = book.sheet(None, false).unwrap();
        let mut across = Across::default();
        // A1 over C1, D1 over E1; F3 has nothing before it; A4 has a gap.
        across.text(0, 0);
        across.text(0, 3);
        across.text(3, 0);
        for (row, col) in [(0, 4), (0, 1), (0, 2), (2, 5), (3, 2)] {
            across.blank(row, col);
        }
        across.merge(&book, &mut draft).unwrap();
        book.finish(draft);
        let merges = book.workbook().sheets[0].grid.merges().to_vec();
        assert_eq!(merges, ["A1:C1", "D1:E1"].map(|merge| merge.parse().unwrap()));
    }
}
