//! Rows of tables: which cell of a row stands in which column.

use super::{
    amounts,
    columns::Start,
    edition::{Edition, Lines, Role},
    furniture, head,
    label::Label,
    locate::{Mode, Search},
    located::LocatedRow,
};
use crate::{grid::Value, model::field_path::Column};

impl Search<'_, '_> {
    /// Takes the label of another table whose head never comes: nothing of its row is a line of this one.
    fn headless_block(&mut self, block: usize, row: u32, cells: &[usize]) -> bool {
        let first = self.starts.first().map_or(0, |(col, _)| *col);
        let label = cells.first().filter(|index| self.sheet.cell(**index).at.col < first);
        let other = label.and_then(|index| head::block_role(self.sheet, self.edition, *index));
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
        let nil = |index: &usize| {
            self.sheet
                .text(*index)
                .is_some_and(|text| matches!(text, "无" | "/" | "-" | "—" | "——" | "／"))
        };
        for (at, index) in cells.iter().enumerate() {
            let list =
                if at == 0 || nil(index) { &mut self.found.labels } else { &mut self.found.strays };
            list.push(*index);
        }
        true
    }

    /// Whether a row further down is the head of a block.
    fn head_follows(&self, block: usize, row: u32) -> bool {
        let mut first = 0;
        self.sheet.grid.rows().any(|(at, cells)| {
            let indices: Vec<usize> = (first..first + cells.len()).collect();
            first += cells.len();
            let head = || head::table_head(self.sheet, self.edition, &indices, None, None);
            at > row && head().is_some_and(|head| head.block == block)
        })
    }

    /// A row below the indicators: a note, unless only the foot of a page stood between their lines.
    pub(super) fn below(&mut self, row: u32, cells: Vec<usize>) {
        let note = self.sheet.text(cells[0]).is_some_and(furniture::is_note);
        let table = self.found.tables.iter().position(|table| table.lines == Lines::Indicators);
        if let Some(table) = table.filter(|table| !note && self.is_indicator(*table, &cells)) {
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

    /// Whether a row is a line of the indicators for certain: a name, and a level or all targets.
    fn is_indicator(&self, table: usize, cells: &[usize]) -> bool {
        let Some(columns) = self.edition.columns(self.found.tables[table].block) else {
            return false;
        };
        let column_of = |index: &usize| {
            let col = self.sheet.cell(*index).at.col;
            self.starts
                .iter()
                .rev()
                .find(|(start, _)| *start <= col)
                .and_then(|(_, column)| *column)
        };
        let filled = |wanted: Column| {
            cells
                .iter()
                .any(|index| column_of(index).is_some_and(|at| columns[at].column == wanted))
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
        filled(Column::Level3) && !dated && (cells.iter().any(is_level) || targets.all(filled))
    }

    /// Whether a row belongs to a block of fields although a table is in hand: a field's label stands left of the
    /// table's first column, or two labels of fields share the row with nothing but amounts.
    pub(super) fn leaves_table(&self, cells: &[usize]) -> bool {
        let first =
            self.starts.iter().find(|(_, column)| column.is_some()).map_or(0, |(col, _)| *col);
        let fields = cells.iter().filter(|index| self.prints_field(**index)).count();
        let labelled = cells.first().is_some_and(|index| {
            let left = self.sheet.cell(*index).at.col < first;
            let block = || head::fields_block_role(self.sheet, self.edition, *index);
            left && (self.field_role(*index).is_some()
                || block()
                || self.inline_field(*index).is_some())
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

    /// Whether a cell is a label of a field, or the head of a group of amounts.
    pub(super) fn prints_field(&self, index: usize) -> bool {
        let group = |label: &Label| {
            let roles = self.edition.roles(&label.key);
            roles.iter().any(|role| matches!(role, Role::Group(_) | Role::AmountHead))
        };
        self.field_role(index).is_some() || self.sheet.label(index).is_some_and(group)
    }

    pub(super) fn table_row(&mut self, table: usize, row: u32, cells: Vec<usize>) {
        let block = self.found.tables[table].block;
        let lines = self.found.tables[table].lines;
        if self.is_note_row(lines, &cells) {
            self.found.notes.push(cells);
            return;
        }
        if self.headless_block(block, row, &cells) {
            return;
        }
        self.mend_head(block, &cells);
        let shifted = self.stands_right(table, &cells);
        let mut slots: Vec<Option<usize>> = vec![None; self.found.tables[table].shown.len()];
        let (mut before, mut between, mut unit) = (None, None, None);
        let mut from_right = shifted;
        for index in cells {
            // The block's label stands where it stood, be it in the first column.
            let col = self.sheet.cell(index).at.col.saturating_sub(u32::from(shifted));
            match self.starts.iter().rev().find(|(start, _)| *start <= col) {
                Some((_, Some(column))) if slots[*column].is_none() => slots[*column] = Some(index),
                Some((start, None)) if unit.is_none() && Some(*start) == self.unit_start => {
                    unit = Some(index);
                }
                None if head::is_block_label(self.sheet, self.edition, block, index) => {
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
        if lines == Lines::Indicators && self.ends_indicators(&slots, before) {
            let all =
                before.into_iter().chain(between).chain(slots.into_iter().flatten()).chain(unit);
            self.found.notes.push(all.collect());
            self.mode = Mode::Below;
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

    /// Whether a row among the lines of a table is a note: it begins like one and holds no line, or it is nothing but
    /// a date below the indicators.
    pub(super) fn is_note_row(&self, lines: Lines, cells: &[usize]) -> bool {
        let dated = || match cells {
            [only] => self.sheet.text(*only).is_some_and(furniture::is_date),
            _ => false,
        };
        let note = |index: &usize| self.sheet.text(*index).is_some_and(furniture::is_note);
        // 填报单位（盖章）： | 负责人：李四
        let signed = || {
            let unfilled = self
                .sheet
                .text(cells[0])
                .is_some_and(|text| text.trim_end().ends_with([':', '：']));
            unfilled && cells.get(1).is_some_and(note)
        };
        let foot = lines == Lines::Indicators && (dated() || signed());
        self.states_units(cells) || (note(&cells[0]) || foot) && (dated() || !self.has_line(cells))
    }

    /// Whether a row that begins like a note holds a line of the table all the same: its first cell is the name.
    fn has_line(&self, cells: &[usize]) -> bool {
        let first = self.sheet.cell(cells[0]);
        let under_first = self.starts.first().is_some_and(|(col, _)| first.at.col >= *col);
        under_first && cells.len() >= 3
    }

    /// Whether the row stands below the indicators: text left of the first column that is no level's name, or a text
    /// over several columns.
    fn ends_indicators(&self, slots: &[Option<usize>], before: Option<usize>) -> bool {
        let is_level = |index: usize| {
            self.sheet.text(index).is_some_and(|text| self.edition.is_level_name(text))
        };
        let filled = slots.iter().flatten().count();
        if let Some(before) = before {
            return !(is_level(before) && filled > 0);
        }
        if self.broken && slots.iter().flatten().any(|index| self.is_telephone(*index)) {
            return true;
        }
        let Some(only) = slots.iter().flatten().next().copied().filter(|_| filled == 1) else {
            return false;
        };
        let span = self.sheet.cell(only).span;
        let under = |start: &&Start| span.start.col <= start.0 && start.0 <= span.end.col;
        span.end.col - span.start.col >= 2
            && self.starts.iter().filter(under).count() >= 3
            && !is_level(only)
    }
}

impl Search<'_, '_> {
    /// Whether a cell holds a telephone number, which no target is: eleven digits, or an area code and a number.
    fn is_telephone(&self, index: usize) -> bool {
        let text = match &self.sheet.cell(index).value {
            Value::Text(text) => text.trim().to_owned(),
            Value::Number(number) if number.shown.is_none() => number.value.to_string(),
            _ => return false,
        };
        let (digits, dashes): (Vec<char>, Vec<char>) = text.chars().partition(char::is_ascii_digit);
        match (digits.len(), dashes.as_slice()) {
            (11, []) => digits[0] == '1',
            (10..=12, ['-']) => digits[0] == '0',
            _ => false,
        }
    }
}

impl Edition {
    /// Whether a text is the name of a first or second level of the printed taxonomies.
    pub fn is_level_name(&self, text: &str) -> bool {
        text.len() < 120
            && self.taxonomies.iter().any(|taxonomy| {
                taxonomy.branch(text).is_some() || taxonomy.branch_of_level2(text).is_some()
            })
    }
}
