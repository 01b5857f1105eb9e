//! In which columns the cells of a row stand. One without an index stands behind the last one; whether it passes over
//! the columns that a merge from above covers is left open: Excel always writes the index there, `LibreOffice` leaves
//! it out, other writers put cells beneath the merge.

use std::collections::BTreeMap;

/// A row that passes over more merges than this does it to be a nuisance.
const MOST_PASSED: usize = 64;

/// The index that a cell states, how many columns more it covers, whether it holds something.
pub(super) type Claim = (Option<u64>, u64, bool);

/// What the rows so far say of the next one.
#[derive(Default)]
pub(super) struct Places {
    /// Merges that reach down, by their first column: last column and last row.
    merges: BTreeMap<u64, (u64, u64)>,
    /// How many columns are used.
    width: u64,
}

impl Places {
    /// A merge that reaches down to a row.
    pub(super) fn merge(&mut self, cols: (u64, u64), last_row: u64) {
        self.merges.insert(cols.0, (cols.1, last_row));
    }

    /// The columns of a row's cells.
    pub(super) fn of(&mut self, row: u64, claims: &[Claim]) -> Vec<u64> {
        let plain = placed(claims, Some).unwrap_or_default();
        // What stands beneath a merge nobody sees; so the cells are meant to pass over it, if they then still fit.
        let hides = plain.iter().zip(claims).any(|(col, (index, _, holds))| {
            *holds && index.is_none() && self.covered(row, *col).is_some()
        });
        let passing = hides.then(|| {
            let mut left = MOST_PASSED;
            placed(claims, |mut col| {
                while let Some(last) = self.covered(row, col) {
                    left = left.checked_sub(1)?;
                    col = last.saturating_add(1);
                }
                Some(col)
            })
        });
        let fits = |cols: &Vec<u64>| end(cols, claims) <= self.width;
        let cols = passing.flatten().filter(fits).unwrap_or(plain);
        self.width = self.width.max(end(&cols, claims));
        cols
    }

    /// The last column of the merge from above that covers a place.
    fn covered(&self, row: u64, col: u64) -> Option<u64> {
        let (_, (last_col, last_row)) = self.merges.range(..=col).next_back()?;
        (*last_col >= col && *last_row >= row).then_some(*last_col)
    }
}

fn placed(claims: &[Claim], mut free: impl FnMut(u64) -> Option<u64>) -> Option<Vec<u64>> {
    let mut next = 0_u64;
    let place = |(index, across, _): &Claim| {
        let col = match index {
            Some(index) => *index,
            None => free(next)?,
        };
        next = col.saturating_add(*across).saturating_add(1);
        Some(col)
    };
    claims.iter().map(place).collect()
}

/// The first column behind all that hold something.
fn end(cols: &[u64], claims: &[Claim]) -> u64 {
    let ends = cols.iter().zip(claims).filter(|(_, (.., holds))| *holds);
    ends.map(|(col, (_, across, _))| col.saturating_add(*across).saturating_add(1))
        .max()
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOLDS: Claim = (None, 0, true);
    const BLANK: Claim = (None, 0, false);

    fn below_a_merge(width: usize) -> Places {
        let mut places = Places::default();
        places.of(0, &vec![HOLDS; width]);
        places.merge((0, 1), 3);
        places
    }

    #[test]
    fn cells_stand_side_by_side_or_where_they_say() {
        let claims = [HOLDS, (Some(3), 1, true), HOLDS];
        assert_eq!(Places::default().of(0, &claims), [0, 3, 5]);
    }

    #[test]
    fn cells_pass_over_a_merge_from_above() {
        assert_eq!(below_a_merge(4).of(1, &[HOLDS, HOLDS]), [2, 3]);
        assert_eq!(below_a_merge(4).of(4, &[HOLDS, HOLDS]), [0, 1], "the merge has ended");
        assert_eq!(below_a_merge(4).of(1, &[(Some(2), 0, true), HOLDS]), [2, 3]);
    }

    #[test]
    fn a_row_that_holds_cells_beneath_the_merge_passes_over_nothing() {
        assert_eq!(below_a_merge(4).of(1, &[BLANK, BLANK, HOLDS, HOLDS]), [0, 1, 2, 3]);
        assert_eq!(below_a_merge(4).of(1, &[HOLDS; 4]), [0, 1, 2, 3], "it would not fit");
    }
}
