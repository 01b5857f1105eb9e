//! Merged ranges that were taken apart, each of whose cells was filled with the value: what stands again right of itself.

use super::{
    edition::Lines,
    locate::{Mode, Search},
};
use crate::{
    cell::CellRef,
    grid::{Cell, Value},
};

impl Search<'_, '_> {
    /// Takes cells out of a row that only repeat the one at their left. In a table two columns may have the same value;
    /// there a column repeats the other only if its head does and nothing below differs.
    pub(super) fn take_repeats(&mut self, row: u32, cells: &mut Vec<usize>) {
        let mut repeats: Vec<usize> = Vec::new();
        let mut heads: Vec<u32> = Vec::new();
        for pair in cells.windows(2) {
            let (left, right) = (self.sheet.cell(pair[0]), self.sheet.cell(pair[1]));
            if left.span.end.col + 1 != right.at.col || left.value != right.value {
                continue;
            }
            let col = right.at.col;
            let named = !self.named.roles(pair[1]).is_empty();
            let again = if named {
                self.repeats_below(row, col)
            } else {
                let of_fields = self.mode == Mode::Above || self.mode == Mode::Fields;
                let below = || self.found.tables.iter().any(|of| of.lines == Lines::Indicators);
                self.twins.contains(&col) || of_fields && says_something(right) && !below()
            };
            if again {
                repeats.push(pair[1]);
                heads.extend(named.then_some(col));
            }
        }
        if cells.iter().any(|index| !self.named.roles(*index).is_empty()) {
            let again = |col: &u32| heads.contains(col) || self.repeats_below(row, *col);
            let kept: Vec<u32> = self.twins.iter().copied().filter(again).collect();
            self.twins = heads.into_iter().chain(kept).collect();
        }
        cells.retain(|index| !repeats.contains(index));
        self.found.labels.extend(repeats);
    }

    /// Whether a column says nothing else than the one at its left, from the row below on to where other labels begin.
    fn repeats_below(&self, row: u32, col: u32) -> bool {
        let Some(beside) = col.checked_sub(1) else { return false };
        for (row, _) in self.sheet.grid.rows(row + 1, self.last) {
            let at = |col: u32| self.sheet.grid.index_of(CellRef::new(row, col));
            let Some(right) = at(col) else { continue };
            let left = at(beside);
            let same = left
                .is_some_and(|left| self.sheet.cell(left).value == self.sheet.cell(right).value);
            if same {
                continue;
            }
            let named = |index: usize| !self.named.roles(index).is_empty();
            return named(right) && left.is_some_and(named);
        }
        true
    }
}

/// Whether a cell holds a number or words; a mark such as / may stand in any cell.
fn says_something(cell: &Cell) -> bool {
    match &cell.value {
        Value::Text(text) => text.chars().any(char::is_alphanumeric),
        _ => true,
    }
}
