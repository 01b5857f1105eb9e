//! Hidden rows, which a file may state in runs of a million.

use crate::cell::MAX_ROWS;

/// The runs of hidden rows of one sheet, and how far the sheet is used.
#[derive(Default)]
pub(super) struct HiddenRows {
    runs: Vec<(u64, u64)>,
    last: u64,
}

impl HiddenRows {
    /// Hides rows from the first to the last, from 0.
    pub(super) fn hide(&mut self, first: u64, last: u64) {
        self.runs.push((first, last));
    }

    /// Something stands in this row.
    pub(super) fn holds(&mut self, row: u64) {
        self.last = self.last.max(row);
    }

    /// The hidden rows, each once. Those below all that the sheet holds hide nothing.
    pub(super) fn rows(mut self) -> Vec<u32> {
        self.runs.sort_unstable();
        let end = self.last.min(u64::from(MAX_ROWS) - 1);
        let (mut rows, mut next) = (Vec::new(), 0);
        for (first, last) in self.runs {
            let run = first.max(next)..=last.min(end);
            next = next.max(last.saturating_add(1));
            rows.extend(run.filter_map(|row| u32::try_from(row).ok()));
        }
        rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_row_is_hidden_once_and_none_below_the_last_one_used() {
        let mut hidden = HiddenRows::default();
        hidden.hide(7, u64::MAX);
        hidden.hide(2, 3);
        hidden.hide(3, 4);
        hidden.holds(8);
        assert_eq!(hidden.rows(), [2, 3, 4, 7, 8]);
    }
}
