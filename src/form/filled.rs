//! Merged ranges that were taken apart, each of whose cells was filled with the value: what stands again right of itself.

use super::{
    edition::Lines,
    furniture,
    locate::{Mode, Search},
};
use crate::{cell::CellRef, grid::Value};

impl Search<'_, '_> {
    /// Takes cells out of a row that only repeat the one at their left. In a table two columns may have the same value, and
    /// under heads of amounts as well; there a column repeats the other only if its head does and nothing below differs.
    pub(super) fn take_repeats(&mut self, row: u32, cells: &mut Vec<usize>) {
        if !cells.windows(2).any(|pair| self.repeats(pair)) {
            return self.end_twins(cells, &[]);
        }
        let labelled = cells.iter().any(|index| self.is_named(*index));
        let of_fields = match self.mode {
            Mode::Above => true,
            Mode::Fields => self.found.tables.iter().all(|table| table.lines != Lines::Indicators),
            Mode::Table(_) => self.leaves_table(cells),
            Mode::Below => false,
        };
        let one_text = cells.len() > 2 && cells.windows(2).all(|pair| self.repeats(pair));
        let of_foot = |text| self.mode == Mode::Below || furniture::is_note(text);
        let one_text = one_text && self.sheet.text(cells[0]).is_some_and(of_foot);
        let (mut repeats, mut heads) = (Vec::new(), Vec::new());
        for pair in cells.windows(2).filter(|pair| self.repeats(pair)) {
            let right = self.sheet.cell(pair[1]);
            let col = right.at.col;
            let named = self.is_named(pair[1]);
            let again = match &right.value {
                _ if named => self.repeats_below(row, col),
                _ if self.twins.contains(&col) || one_text => true,
                Value::Text(text) if text.chars().any(char::is_alphabetic) => of_fields,
                // Two amounts under two heads may be the same.
                Value::Text(text) if !text.chars().any(char::is_numeric) => false,
                _ => of_fields && labelled && self.amount_heads.is_empty(),
            };
            if again {
                repeats.push(pair[1]);
                heads.extend(named.then_some(col));
            }
        }
        self.end_twins(cells, &heads);
        cells.retain(|index| !repeats.contains(index));
        self.found.labels.extend(repeats);
    }

    /// Forgets the columns that repeat another one where a row of labels says something else in them.
    fn end_twins(&mut self, cells: &[usize], heads: &[u32]) {
        if self.twins.is_empty() && heads.is_empty() {
            return;
        }
        if cells.iter().any(|index| self.is_named(*index)) {
            let at = |col: u32| {
                let found = cells.iter().find(|index| self.sheet.cell(**index).at.col == col);
                found.map(|index| &self.sheet.cell(*index).value)
            };
            let same = |col: &u32| at(*col).is_none() || at(*col) == at(col.saturating_sub(1));
            let kept: Vec<u32> = self.twins.iter().copied().filter(same).collect();
            self.twins = kept;
        }
        self.twins.extend(heads);
    }

    /// Whether the second of two cells stands right beside the first and says the same.
    fn repeats(&self, pair: &[usize]) -> bool {
        let (left, right) = (self.sheet.cell(pair[0]), self.sheet.cell(pair[1]));
        left.span.end.col + 1 == right.at.col && left.value == right.value
    }

    fn is_named(&self, index: usize) -> bool {
        !self.named.roles(index).is_empty()
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
            return self.is_named(right) && left.is_some_and(|left| self.is_named(left));
        }
        true
    }
}
