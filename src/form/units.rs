//! Units of amounts: in heads, in lines of their own, in the title, and for which amounts each of them speaks.

use super::{
    columns::differs,
    edition::Lines,
    furniture,
    locate::{Mode, Search},
    located::UnitLine,
    noted,
};
use crate::model::{field_path::Field, money::Unit};

impl Search<'_, '_> {
    /// Notes the unit that a head over a column of amounts states.
    pub(super) fn unit_over(&mut self, col: u32, unit: Option<Unit>) {
        let Some(unit) = unit else { return };
        self.amount_units.retain(|(known, _)| *known != col);
        self.amount_units.push((col, unit));
    }

    /// The unit that the head of amounts over a column states.
    pub(super) fn unit_above(&self, col: u32) -> Option<Unit> {
        let left =
            self.amount_units.iter().filter(|(head, _)| *head <= col).max_by_key(|(head, _)| *head);
        let head = left.or_else(|| self.amount_units.first()).map(|(_, unit)| *unit);
        head.or(self.block_unit).or(self.section_unit)
    }

    /// Takes a unit that stands outside the heads. It speaks for what follows; above all amounts or below them, for the
    /// whole form.
    pub(super) fn take_unit(&mut self, index: usize, unit: Option<Unit>) {
        let Some(unit) = unit else { return };
        let amounts = self.found.fields.iter().any(|field| matches!(field.field, Field::Budget(_)));
        let tasks = self.found.tables.iter().any(|table| table.lines != Lines::Indicators);
        let below = match self.mode {
            Mode::Below => true,
            Mode::Table(table) => self.found.tables[table].lines == Lines::Indicators,
            Mode::Above | Mode::Fields => false,
        };
        if below || !(amounts || tasks) {
            self.found.unit = self.found.unit.or(Some(unit));
        }
        // Right under a head it speaks for the columns of that head which state none.
        let heads = match self.mode {
            Mode::Table(table) if !below && self.under_head => Some(table),
            _ => None,
        };
        if let Some(table) = heads {
            self.default_units(table, Some(unit));
            if self.found.tables[table].units.iter().flatten().all(|known| *known == unit) {
                return;
            }
        }
        // Within a list of tasks it is printed again with the page, and says again what it said.
        let within_tasks = !below && heads.is_none() && matches!(self.mode, Mode::Table(_));
        let again = self.found.unit_lines.iter().any(|line| line.unit == unit);
        if !within_tasks && !again {
            self.found.unit_lines.push(UnitLine { cell: index, unit, below });
        }
        self.section_unit = Some(unit);
    }

    /// Takes a unit out of a row that stands in two cells: 单位： | 万元.
    pub(super) fn take_parted_unit(&mut self, cells: &mut Vec<usize>) {
        let parted = cells.windows(2).position(|pair| {
            let (Some(label), Some(unit)) = (self.sheet.text(pair[0]), self.sheet.text(pair[1]))
            else {
                return false;
            };
            label.len() + unit.len() < 60
                && label.contains('位')
                && furniture::unit_line(&format!(
                    "{}:{unit}",
                    label.trim_end_matches([':', '：', ' '])
                ))
                .is_some()
        });
        let Some(at) = parted.filter(|_| self.mode != Mode::Below) else { return };
        let unit = self.sheet.text(cells[at + 1]).and_then(furniture::bare_unit);
        self.take_unit(cells[at + 1], unit);
        self.found.labels.extend(cells.drain(at..at + 2));
    }

    /// Takes a row of nothing but units: （万元） under the heads of amounts, or on a line of its own.
    pub(super) fn row_of_units(&mut self, cells: &[usize]) -> bool {
        let unit_of = |index: &usize| self.sheet.text(*index).and_then(furniture::bare_unit);
        let Some(units) = cells.iter().map(unit_of).collect::<Option<Vec<Unit>>>() else {
            return false;
        };
        match self.mode {
            Mode::Table(table) if self.under_head => self.units_of_columns(table, cells, &units),
            Mode::Fields if !self.amount_heads.is_empty() => {
                for (index, unit) in cells.iter().zip(units) {
                    self.unit_over(self.sheet.cell(*index).at.col, Some(unit));
                }
            }
            Mode::Above | Mode::Fields => {
                for (index, unit) in cells.iter().zip(units) {
                    self.take_unit(*index, Some(unit));
                }
            }
            Mode::Table(_) | Mode::Below => return false,
        }
        self.found.labels.extend_from_slice(cells);
        true
    }

    /// Whether a row is nothing but a text that states the unit of amounts.
    pub(super) fn states_units(&self, cells: &[usize]) -> bool {
        match cells {
            [only] => self.sheet.text(*only).is_some_and(noted::is_statement),
            _ => false,
        }
    }

    /// Reads what the notes around the form say of the unit of amounts, and what found no place.
    pub(super) fn heed_notes(&mut self) {
        let strays = self.found.strays.iter().map(std::slice::from_ref);
        let lines = self.found.notes.iter().map(Vec::as_slice).chain(strays);
        let says = |line: &[usize]| {
            let mut text = String::new();
            for piece in line.iter().filter_map(|index| self.sheet.text(*index)) {
                // 金额单位： | 元 is one statement, in two cells.
                if !text.is_empty() && !text.trim_end().ends_with([':', '：', '位']) {
                    text.push('，');
                }
                text.push_str(piece);
            }
            Some((*line.first()?, noted::says(&text)?))
        };
        self.found.noted = lines.filter_map(says).collect();
    }

    /// Units below the heads of a table: each for the column that it stands in, or for all where that has no amounts.
    fn units_of_columns(&mut self, table: usize, cells: &[usize], units: &[Unit]) {
        let Some(columns) = self.edition.columns(self.found.tables[table].block) else { return };
        for (index, unit) in cells.iter().zip(units) {
            let at = self.sheet.cell(*index).at;
            let start = self.starts.iter().rev().find(|(start, _)| *start <= at.col);
            match start.and_then(|(_, column)| *column) {
                Some(column) if columns[column].column.is_amount() => {
                    let located = &mut self.found.tables[table];
                    if differs(&self.head_units, column, *unit) {
                        self.found.other_units.push(*index);
                    }
                    if located.rows.is_empty() {
                        located.units[column] = Some(*unit);
                    } else {
                        located.state_unit(column, *unit, at.row);
                    }
                }
                _ => self.default_units(table, Some(*unit)),
            }
        }
    }
}
