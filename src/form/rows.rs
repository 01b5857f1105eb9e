//! Heads and rows of tables: which cell of a row stands in which column.

use super::{
    edition::{Edition, Lines, Role},
    furniture, head,
    label::Label,
    locate::{Mode, Search},
    located::{LocatedRow, LocatedTable},
};
use crate::{
    grid::Value,
    model::{field_path::Column, money::Unit},
};

/// A first column of the sheet and the column of the table that begins there; none under a head that is no column's.
pub(super) type Start = (u32, Option<usize>);

impl Search<'_, '_> {
    pub(super) fn begin_table(&mut self, cells: &[usize], matched: &head::Matched) {
        let block = matched.block;
        let at = self.table_of(matched);
        let labels = cells
            .iter()
            .filter(|index| head::block_role(self.sheet, self.edition, **index).is_some());
        let of_label = labels.clone().find_map(|index| self.sheet.label(*index)?.unit);
        for index in labels {
            if let Some(block) = head::block_role(self.sheet, self.edition, *index) {
                self.found.blocks[block] = true;
            }
        }
        self.starts.clear();
        for (index, column) in &matched.columns {
            self.starts.push((self.sheet.cell(*index).at.col, Some(*column)));
            let stated = self.sheet.label(*index).and_then(|label| label.unit);
            self.show_column(at, *column, stated);
        }
        for (index, columns) in &matched.groups {
            let stated = self.sheet.label(*index).and_then(|label| label.unit);
            self.starts.push((self.sheet.cell(*index).at.col, columns.first().copied()));
            for column in columns {
                self.show_column(at, *column, stated);
            }
        }
        for index in &matched.foreign {
            self.starts.push((self.sheet.cell(*index).at.col, None));
        }
        self.starts.sort_unstable();
        let fallback = of_label.or(self.section_unit);
        self.default_units(at, fallback);
        self.head_at_left = self.at_left(cells);
        self.found.blocks[block] = true;
        self.found.unknown_heads.extend_from_slice(&matched.unknown);
        self.found.strays.extend_from_slice(&matched.foreign);
        self.found.labels.extend(cells.iter().filter(|index| !matched.foreign.contains(index)));
        self.mode = Mode::Table(at);
        self.under_head = true;
        self.settle_pending();
    }

    /// The first cell of a head without a block's label, where it stands in the column of those labels.
    fn at_left(&self, cells: &[usize]) -> Option<usize> {
        let first = cells.first().copied()?;
        let labels = self.found.fields.iter().map(|field| field.label.col).min()?;
        let unlabelled =
            cells.iter().all(|index| head::block_role(self.sheet, self.edition, *index).is_none());
        (unlabelled && self.sheet.cell(first).at.col == labels).then_some(first)
    }

    /// Moves the columns of a head to the right by one where its first line stands so: a converter lost the empty cell
    /// of the block's label.
    fn mend_head(&mut self, block: usize, cells: &[usize]) {
        let Some(head) = self.head_at_left.take() else { return };
        let values = cells
            .iter()
            .filter(|index| !head::is_block_label(self.sheet, self.edition, block, **index));
        let cols: Vec<u32> = values.map(|index| self.sheet.cell(*index).at.col).collect();
        let moved = cols.len() == self.starts.len()
            && cols.iter().zip(&self.starts).all(|(col, (start, _))| *col == start + 1);
        if moved {
            self.starts.iter_mut().for_each(|(start, _)| *start += 1);
            self.found.moved_heads.push(head);
        }
    }

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
            let head = || head::table_head(self.sheet, self.edition, &indices, None);
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

    /// The table of a head: the one that a page cut, or a new one.
    fn table_of(&mut self, matched: &head::Matched) -> usize {
        let width = matched.table.columns.len();
        let known = self.found.tables.iter().position(|table| table.block == matched.block);
        self.broken = known.is_some();
        known.unwrap_or_else(|| {
            self.found.tables.push(LocatedTable {
                block: matched.block,
                lines: matched.table.lines,
                units: vec![None; width],
                shown: vec![false; width],
                rows: Vec::new(),
                head: self.sheet.cell(matched.columns[0].0).at,
            });
            self.found.tables.len() - 1
        })
    }

    fn show_column(&mut self, table: usize, column: usize, stated: Option<Unit>) {
        let table = &mut self.found.tables[table];
        table.shown[column] = true;
        table.units[column] = table.units[column].or(stated);
    }

    /// Gives a unit to the columns of amounts whose heads state none.
    fn default_units(&mut self, table: usize, unit: Option<Unit>) {
        let Some(unit) = unit else { return };
        let table = &mut self.found.tables[table];
        let Some(columns) = self.edition.columns(table.block) else { return };
        for (column, known) in columns.iter().zip(&mut table.units) {
            if column.column.is_amount() {
                known.get_or_insert(unit);
            }
        }
    }

    /// A second row of heads directly under the first: 总额, 财政拨款, 其他资金 under 预算金额.
    pub(super) fn second_head_row(&mut self, table: usize, cells: &[usize]) -> bool {
        let block = self.found.tables[table].block;
        let (mut columns, mut foreign) = (Vec::new(), Vec::new());
        for index in cells {
            match head::column_role(self.sheet, self.edition, block, *index, &columns) {
                Some(column) => columns.push((*index, column)),
                None if head::is_block_label(self.sheet, self.edition, block, *index) => {}
                // 财政拨款 under 预算金额 in an edition that does not split the money.
                None if self.field_role(*index).is_some() => foreign.push(*index),
                None => return false,
            }
        }
        let lower = |column: usize| {
            let spec = self.edition.columns(block).and_then(|columns| columns.get(column));
            let amounts = spec.is_some_and(|spec| {
                spec.under.is_some() || (spec.column.is_amount() && columns.len() == 1)
            });
            amounts || !self.found.tables[table].shown[column]
        };
        if !columns.iter().any(|(_, column)| lower(*column)) {
            return false;
        }
        for (index, column) in &columns {
            let col = self.sheet.cell(*index).at.col;
            self.starts.retain(|(start, known)| *start != col && *known != Some(*column));
            self.starts.push((col, Some(*column)));
            let stated = self.sheet.label(*index).and_then(|label| label.unit);
            let located = &mut self.found.tables[table];
            located.shown[*column] = true;
            located.units[*column] = stated.or(located.units[*column]);
        }
        for index in &foreign {
            self.starts.push((self.sheet.cell(*index).at.col, None));
        }
        self.starts.sort_unstable();
        self.found.labels.extend(cells.iter().filter(|index| !foreign.contains(index)));
        self.found.strays.extend(foreign);
        true
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
    fn prints_field(&self, index: usize) -> bool {
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
        let mut slots: Vec<Option<usize>> = vec![None; self.found.tables[table].shown.len()];
        let mut before = None;
        for index in cells {
            let col = self.sheet.cell(index).at.col;
            match self.starts.iter().rev().find(|(start, _)| *start <= col) {
                Some((_, Some(column))) if slots[*column].is_none() => slots[*column] = Some(index),
                None if head::is_block_label(self.sheet, self.edition, block, index) => {
                    self.found.labels.push(index);
                    let unit = self.sheet.label(index).and_then(|label| label.unit);
                    self.default_units(table, unit);
                }
                None if before.is_none() => before = Some(index),
                Some(_) | None => self.found.strays.push(index),
            }
        }
        if slots.iter().all(Option::is_none) && before.is_none() {
            return;
        }
        if lines == Lines::Indicators && self.ends_indicators(&slots, before) {
            let all = before.into_iter().chain(slots.into_iter().flatten());
            self.found.notes.push(all.collect());
            self.mode = Mode::Below;
            return;
        }
        let after_break = self.broken;
        self.found.tables[table].rows.push(LocatedRow { row, slots, before, after_break });
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
        (note(&cells[0]) || foot) && (dated() || !self.has_line(cells))
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
