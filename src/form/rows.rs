//! Rows of tables: which cell of a row stands in which column.

use super::{
    amounts,
    edition::{Lines, Role},
    furniture, head,
    locate::{Mode, Search},
    located::LocatedRow,
};
use crate::model::{canonical::is_crossed_out, field_path::Column};

impl Search<'_, '_> {
    /// Takes the label of another table whose head never comes: nothing of its row is a line of this one.
    fn headless_block(&mut self, block: usize, row: u32, cells: &[usize]) -> bool {
        let first = self.starts.first().map_or(0, |(col, _)| *col);
        let label = cells.first().filter(|index| self.sheet.cell(**index).at.col < first);
        let other = label.and_then(|index| head::block_role(&self.named, *index));
        let Some(other) =
            other.filter(|other| *other != block && self.edition.columns(*other).is_some())
        else {
            return false;
        };
        if self.found.tables.iter().any(|table| table.block == other)
            || self.head_follows(other, row)
        {
            return false;
        }
        self.found.blocks[other] = true;
        let nil = |index: &usize| self.sheet.text(*index).is_some_and(is_crossed_out);
        for (at, index) in cells.iter().enumerate() {
            let list =
                if at == 0 || nil(index) { &mut self.found.labels } else { &mut self.found.strays };
            list.push(*index);
        }
        true
    }

    /// Whether a row further down is the head of a block.
    fn head_follows(&self, block: usize, row: u32) -> bool {
        self.sheet.grid.rows(row + 1, self.last).any(|(_, cells)| {
            let cells: Vec<usize> = cells.collect();
            head::table_head(&self.named, &cells, None, None)
                .is_some_and(|head| head.block == block)
        })
    }

    /// A row below the indicators: a note, unless only the foot of a page stood between their lines.
    pub(super) fn below(&mut self, row: u32, cells: Vec<usize>) {
        let note = self.sheet.text(cells[0]).is_some_and(furniture::is_note);
        let table = self.found.tables.iter().position(|table| table.lines == Lines::Indicators);
        let is_line =
            |table: &usize| self.is_indicator(*table, &cells) || self.is_levels(*table, &cells);
        if let Some(table) = table.filter(|table| !note && is_line(table)) {
            self.mode = Mode::Table(table);
            self.table_row(table, row, cells);
            return;
        }
        let new = |index: &usize| match self.field_role(*index) {
            Some(Role::Field(field)) => self.found.fields.iter().all(|known| known.field != field),
            _ => false,
        };
        if !note && cells.iter().any(new) {
            self.mode = Mode::Fields;
            self.only_repeats(&cells);
            return;
        }
        self.found.notes.push(cells);
    }

    /// Whether a row holds nothing but printed levels, each in a column of levels.
    pub(super) fn is_levels(&self, table: usize, cells: &[usize]) -> bool {
        let columns = self.edition.columns(self.found.tables[table].block).unwrap_or_default();
        cells.iter().all(|index| {
            let column = self.column_at(*index).map(|at| columns[at].column);
            matches!(column, Some(Column::Level1 | Column::Level2))
                && self.sheet.text(*index).is_some_and(|text| self.edition.is_level_name(text))
        })
    }

    /// Whether a row is a line of the indicators for certain: a name, and a level, all targets or a measured one.
    pub(super) fn is_indicator(&self, table: usize, cells: &[usize]) -> bool {
        let Some(columns) = self.edition.columns(self.found.tables[table].block) else {
            return false;
        };
        let filled = |wanted: Column| {
            let mut places = cells.iter().filter_map(|index| self.column_at(*index));
            places.any(|at| columns[at].column == wanted)
        };
        let is_level = |index: &usize| {
            self.sheet.text(*index).is_some_and(|text| self.edition.is_level_name(text))
        };
        let is_target =
            |column: Column| matches!(column, Column::PeriodTarget | Column::AnnualTarget);
        let mut targets =
            columns.iter().map(|column| column.column).filter(|column| is_target(*column));
        let dated =
            cells.iter().any(|index| self.sheet.text(*index).is_some_and(furniture::is_date));
        let measured = || {
            let is = |index: &usize| {
                let column = self.column_at(*index).map(|at| columns[at].column);
                column.is_some_and(is_target) && self.is_measured(*index)
            };
            cells.iter().any(is)
        };
        filled(Column::Level3)
            && !dated
            && (cells.iter().any(is_level) || targets.all(filled) || measured())
    }

    /// Whether a row belongs to a block of fields although a table is in hand: a field's label stands left of the
    /// table's first column, or two labels of fields share the row with nothing but amounts.
    pub(super) fn leaves_table(&self, cells: &[usize]) -> bool {
        let first =
            self.starts.iter().find(|(_, column)| column.is_some()).map_or(0, |(col, _)| *col);
        let fields = cells.iter().filter(|index| self.prints_field(**index)).count();
        let labelled = cells.first().is_some_and(|index| {
            let left = self.sheet.cell(*index).at.col < first;
            // 财政拨款 before a task that has its own amount is the source of its money.
            let of_task = || self.is_paid_task(cells);
            let block = || head::fields_block_role(&self.named, *index);
            let is_label = || {
                self.field_role(*index).is_some() || block() || self.inline_field(*index).is_some()
            };
            left && is_label() && !of_task()
        });
        let is_amount = |index: &usize| {
            self.sheet
                .label(*index)
                .is_none_or(|label| label.key.chars().all(|c| !c.is_alphabetic()))
        };
        let others_are_amounts =
            || cells.iter().all(|index| self.prints_field(*index) || is_amount(index));
        labelled || (fields >= 2 && others_are_amounts())
    }

    /// Whether a row has a name, behind its first cell, and an amount where the table of tasks in hand has them.
    fn is_paid_task(&self, cells: &[usize]) -> bool {
        let is_value =
            |index: &usize| amounts::is_amount(self.sheet, *index) || self.prints_field(*index);
        if cells.get(1).is_none_or(is_value) {
            return false;
        }
        let Mode::Table(table) = self.mode else { return false };
        let Some(columns) = self.edition.columns(self.found.tables[table].block) else {
            return false;
        };
        let named = |index: &usize| {
            self.column_at(*index).is_some_and(|at| columns[at].column == Column::Name)
        };
        let tasks = matches!(self.found.tables[table].lines, Lines::Tasks(_));
        tasks && cells.iter().any(named) && self.fills_line(table, cells)
    }

    /// Whether a cell is a label of a field, or the head of a group of amounts.
    pub(super) fn prints_field(&self, index: usize) -> bool {
        self.field_role(index).is_some() || self.heads_amounts(index)
    }

    pub(super) fn table_row(&mut self, table: usize, row: u32, cells: Vec<usize>) {
        let block = self.found.tables[table].block;
        let lines = self.found.tables[table].lines;
        if self.is_note_row(table, &cells) {
            let text = self.sheet.text(cells[0]);
            self.below_foot |= text.is_some_and(|text| !furniture::is_remark(text));
            self.found.notes.push(cells);
            return;
        }
        if lines == Lines::Indicators && self.is_of_foot(table, &cells) {
            self.found.notes.push(cells);
            return;
        }
        self.below_foot = false;
        if self.headless_block(block, row, &cells) {
            return;
        }
        self.mend_head(block, &cells);
        let shifted = self.stands_right(table, &cells);
        let mut slots: Vec<Option<usize>> = vec![None; self.found.tables[table].shown.len()];
        let (mut before, mut between, mut unit) = (None, None, None);
        let mut from_right = shifted;
        for index in cells.iter().copied() {
            // The block's label stands where it stood, be it in the first column.
            let col = self.sheet.cell(index).at.col.saturating_sub(u32::from(shifted));
            match self.starts.iter().rev().find(|(start, _)| *start <= col) {
                Some((_, Some(column))) if self.is_beyond(block, *column, col) => {
                    self.found.strays.push(index);
                }
                Some((_, Some(column))) if slots[*column].is_none() => slots[*column] = Some(index),
                Some((start, None)) if unit.is_none() && Some(*start) == self.unit_start => {
                    unit = Some(index);
                }
                None if head::is_block_label(&self.named, block, index) => {
                    self.found.labels.push(index);
                    let unit = self.sheet.label(index).and_then(|label| label.unit);
                    self.default_units(table, unit);
                }
                None if before.is_none() => before = Some(index),
                None if between.is_none() => between = Some(index),
                Some((_, Some(column)))
                    if before.is_none() && self.name_is_right(block, *column, &slots) =>
                {
                    slots[0] = slots[1].replace(index);
                    from_right = true;
                }
                Some((_, Some(column)))
                    if self.is_second_amount(block, *column, slots[*column], index) =>
                {
                    self.found.doubts.push(index);
                }
                Some(_) | None => self.found.strays.push(index),
            }
        }
        if slots.iter().all(Option::is_none) && before.is_none() {
            self.found.strays.extend(unit);
            return;
        }
        if lines == Lines::Indicators
            && self.ends_indicators(&slots, before)
            && !(before.is_some() && self.fills_line(table, &cells))
        {
            self.below_indicators(cells);
            return;
        }
        let after_break = self.broken;
        self.found.tables[table].rows.push(LocatedRow {
            row,
            slots,
            unit,
            before,
            between,
            from_right,
            after_break,
        });
    }

    /// Whether a cell of the last column stands right of the form: a remark there would become the unit of a target.
    fn is_beyond(&self, block: usize, column: usize, col: u32) -> bool {
        let columns = self.edition.columns(block).unwrap_or_default();
        col > self.edge && columns[column].column == Column::TargetUnit
    }

    /// Whether a cell is an amount behind another one in a column of amounts.
    fn is_second_amount(
        &self,
        block: usize,
        column: usize,
        first: Option<usize>,
        index: usize,
    ) -> bool {
        let amounts = self.edition.columns(block).is_some_and(|all| all[column].column.is_amount());
        let is_amount = |index: usize| amounts::is_amount(self.sheet, index);
        amounts && is_amount(index) && first.is_some_and(is_amount)
    }
}
