//! Key tasks and other tasks.

use super::{
    context::Context,
    fields::between,
    halves, layout,
    sums::{self, Lines},
};
use crate::{
    form::{
        edition::Table,
        located::{Join, LocatedRow, LocatedTable},
    },
    model::{
        Return, Split, Task,
        canonical::{self, append},
        entry::Entry,
        field_path::{Column, FieldPath, TaskList},
        money::Unit,
        totals::Declared,
    },
};

/// Marks with which no text begins.
const MARKS: [char; 8] = ['，', '。', '、', '；', '）', ',', ';', ')'];

impl Context<'_, '_> {
    /// Reads the rows of a table of tasks into the return; the totals that it states come back.
    pub(super) fn tasks(
        &mut self,
        list: TaskList,
        spec: &Table,
        table: &LocatedTable,
        unit: Unit,
        into: &mut Return,
    ) -> Vec<(Declared, FieldPath)> {
        let mut declared = Vec::new();
        self.report_merged(list, spec, table);
        let above = match list {
            TaskList::Key => None,
            TaskList::Other => sums::sum(&into.key_tasks, Column::Funding),
        };
        let is_paid = |row: &LocatedRow| {
            let mut slots = row.slots.iter().zip(&spec.columns);
            slots.any(|(slot, column)| slot.is_some() && column.column.is_amount())
        };
        let paid = table.rows.iter().any(is_paid);
        let lines = Lines { list, spec, table, unit, paid, above };
        // The last row down to which the last name is merged.
        let mut named_to = 0;
        // The first task behind the last row of totals.
        let mut group = into.tasks(list).len();
        // Rows still to come that are parts of the amount above.
        let mut parts = 0;
        let mut below_total = false;
        for (at, row) in table.rows.iter().enumerate() {
            let mended = self.mended(spec, row, FieldPath::Tasks(list));
            let row = mended.as_ref().unwrap_or(row);
            let rest = &table.rows[at + 1..];
            if self.is_carried_over(spec, row) {
                self.place_as_label(row);
                continue;
            }
            if self.is_total_row(spec, row)
                || self.is_remarked_total(lines, row, into.tasks(list), group)
            {
                if !self.closes_group(lines, row, into.tasks(list), group, rest) {
                    self.declare(lines, row, into.tasks(list), &mut declared);
                }
                self.set_remarks_aside(lines, row);
                group = into.tasks(list).len();
                below_total = true;
                continue;
            }
            below_total = below_total && self.is_part_of_total(lines, row);
            if below_total {
                self.set_part_aside(row);
                continue;
            }
            if let Some(heading) = self.heading(table, row) {
                self.set_heading_aside(heading);
                continue;
            }
            if parts == 0 {
                parts = self.parts_of_task(lines, &table.rows[at..], into.tasks(list).last());
            }
            if parts > 0 {
                parts -= 1;
                self.set_part_aside(row);
                continue;
            }
            if self.is_nameless_sum(lines, row, into.tasks(list)) {
                // More below it: the sum so far.
                if rest.iter().all(|row| self.is_total_row(spec, row)) {
                    self.declare(lines, row, into.tasks(list), &mut declared);
                } else {
                    self.place_as_label(row);
                }
                continue;
            }
            self.set_before_aside(row);
            let begins = self.begins_next(spec, row, rest.first(), into.tasks(list).last());
            let known = into.tasks(list).len();
            self.task_row(lines, row, begins, into);
            let name = spec.position(Column::Name).and_then(|at| row.slots[at]);
            if into.tasks(list).len() > known {
                let is_named = name.is_some() || row.row <= named_to;
                self.doubt_task(lines, row, into.tasks(list), is_named);
            }
            named_to = name.map_or(named_to, |name| self.sheet.cell(name).span.end.row);
        }
        declared
    }

    /// Says of cells that are merged over several tasks that they count for the first only.
    fn report_merged(&mut self, list: TaskList, spec: &Table, table: &LocatedTable) {
        for (above, row) in table.rows.iter().zip(table.rows.iter().skip(1)) {
            let holds = |wanted: fn(Column) -> bool| {
                let mut slots = row.slots.iter().zip(&spec.columns);
                slots.any(|(slot, column)| slot.is_some() && wanted(column.column))
            };
            let (named, paid) = (holds(|column| column == Column::Name), holds(Column::is_amount));
            for (at, column) in spec.columns.iter().enumerate() {
                let (Some(index), None) = (above.slots[at], row.slots[at]) else { continue };
                let another = match column.column {
                    // What has neither a name nor an amount goes on with the task above.
                    Column::Name => paid,
                    column if column.is_amount() => row.slots.iter().any(Option::is_some),
                    _ => named,
                };
                if !another || self.sheet.cell(index).span.end.row < row.row {
                    continue;
                }
                let quoted = self.quoted(index);
                let message = message!(
                    "{quoted} is merged over several tasks; it counts once, for the first",
                    "{quoted} 跨多项任务合并，只计入第一项"
                );
                let cell = self.at(index);
                let path = FieldPath::Tasks(list);
                self.diagnostics.push(layout::MERGED_LINES.at(path, message).in_cell(cell));
            }
        }
    }

    /// Whether a named row behind a page break is the rest of the task above, of which it lacks the amount or has it: its
    /// name was cut too, and a text goes on in the middle of a sentence, or each of them does below a name with a number.
    fn is_second_half(&self, spec: &Table, row: &LocatedRow, last: &Task, money: bool) -> bool {
        if money && last.has_money() {
            return false;
        }
        let texts = row.slots.iter().zip(&spec.columns).filter_map(|(slot, column)| {
            let above = match column.column {
                Column::Activities | Column::Content => &last.activities,
                Column::Outcome => &last.outcome,
                _ => return None,
            };
            Some((above.as_deref(), self.plain((*slot)?)))
        });
        let texts: Vec<(Option<&str>, String)> = texts.collect();
        let cut = |(above, rest): &(Option<&str>, String)| {
            above.is_some_and(|above| !halves::ends_a_sentence(above))
                && halves::ends_a_sentence(rest)
        };
        texts.iter().any(|(_, rest)| rest.starts_with(MARKS))
            || self.loses_its_number(spec, row, last) && !texts.is_empty() && texts.iter().all(cut)
    }

    /// Whether a row's name lacks the number that the one above has.
    fn loses_its_number(&self, spec: &Table, row: &LocatedRow, last: &Task) -> bool {
        let name = spec.position(Column::Name).and_then(|at| row.slots[at]);
        last.name.as_deref().is_some_and(halves::is_numbered)
            && name.is_some_and(|index| !halves::is_numbered(&self.plain(index)))
    }

    /// Says of a task behind a page break that it may be the rest of the one above.
    fn doubt_second_half(&mut self, spec: &Table, row: &LocatedRow, last: &Task, path: FieldPath) {
        let Some(index) = spec.position(Column::Name).and_then(|at| row.slots[at]) else { return };
        let open = |text: &Option<String>| text.as_deref().is_some_and(halves::is_open);
        if !(self.loses_its_number(spec, row, last)
            || open(&last.activities)
            || open(&last.outcome))
        {
            return;
        }
        let (quoted, cell) = (self.quoted(index), self.at(index));
        let above = last.name.as_deref().unwrap_or_default();
        let message = message!(
            "{quoted} stands behind a break; read as a task of its own, not as the rest of `{above}`",
            "{quoted} 位于断行之后，按单独的任务读取，未并入 `{above}`"
        );
        self.diagnostics.push(layout::LONE_NAME.at(path, message).in_cell(cell));
    }

    /// Whether a row of nothing but text is the first half of the task that is named behind the page break: that goes on
    /// in the middle of a sentence, or with the list that the row begins.
    fn begins_next(
        &self,
        spec: &Table,
        row: &LocatedRow,
        next: Option<&LocatedRow>,
        last: Option<&Task>,
    ) -> bool {
        const FIRST: [&str; 8] = ["1.", "1、", "1．", "（1）", "(1)", "①", "一、", "（一）"];
        const NEXT: [&str; 10] = ["2", "3", "（2", "(2", "（3", "②", "③", "二、", "三、", "（二"];
        let Some(next) = next.filter(|next| next.after_break) else { return false };
        let named = |row: &LocatedRow| {
            let slots = || row.slots.iter().zip(&spec.columns).filter(|(slot, _)| slot.is_some());
            slots().any(|(_, column)| column.column == Column::Name || column.column.is_amount())
        };
        if named(row) || !named(next) {
            return false;
        }
        // 主要内容如下： asks for what follows.
        let ends_open = |text: &Option<String>| text.as_deref().is_some_and(halves::is_open);
        let unfinished =
            last.is_some_and(|task| ends_open(&task.activities) || ends_open(&task.outcome));
        let pairs = row.slots.iter().zip(&next.slots);
        pairs.filter_map(|(one, other)| Some(((*one)?, (*other)?))).any(|(one, other)| {
            self.plain(other).starts_with(MARKS)
                || !unfinished
                    && FIRST.iter().any(|mark| self.plain(one).starts_with(mark))
                    && NEXT.iter().any(|mark| self.plain(other).starts_with(mark))
        })
    }

    fn task_row(&mut self, lines: Lines<'_>, row: &LocatedRow, begins: bool, into: &mut Return) {
        let Lines { list, spec, table, unit, .. } = lines;
        let filled = |wanted: fn(Column) -> bool| {
            spec.columns
                .iter()
                .enumerate()
                .any(|(at, c)| wanted(c.column) && row.slots[at].is_some())
        };
        let (name, money) = (filled(|c| c == Column::Name), filled(Column::is_amount));
        let count = into.tasks(list).len();
        let join = into.tasks(list).last().and_then(|last| {
            let twice = (name && last.name.is_some()) || (money && last.has_money());
            match row.after_break {
                true if !twice || self.is_second_half(spec, row, last, money) => Some(Join::Page),
                _ if !name && !money && !begins => Some(Join::Line),
                _ => None,
            }
        });
        let at = if join.is_some() { count - 1 } else { count };
        let known = self.diagnostics.len();
        let task = self.task(list, spec, table, row, unit, at);
        // 无 may be the last word of a sentence that a page cut.
        let is_rest = join == Some(Join::Page) && !name && !money;
        if task.is_empty() || canonical::is_placeholder(&task) && !is_rest {
            self.diagnostics.truncate(known);
            for index in row.slots.iter().flatten() {
                self.unbook(*index);
            }
            return;
        }
        match join {
            None => {
                let last = into.tasks(list).last().filter(|_| row.after_break && name);
                if let Some(last) = last.filter(|last| !(money && last.has_money())) {
                    self.doubt_second_half(
                        spec,
                        row,
                        last,
                        FieldPath::Task(list, at, Column::Name),
                    );
                }
                into.tasks_mut(list).push(task);
            }
            Some(join) => {
                let first = row
                    .slots
                    .iter()
                    .zip(&spec.columns)
                    .find_map(|(slot, column)| Some(((*slot)?, column.column)));
                if let Some((index, column)) = first {
                    self.report_join(index, FieldPath::Task(list, at, column), join);
                }
                if let Some(last) = into.tasks_mut(list).last_mut() {
                    join_task(last, task, join);
                }
            }
        }
    }

    fn task(
        &mut self,
        list: TaskList,
        spec: &Table,
        table: &LocatedTable,
        row: &LocatedRow,
        unit: Unit,
        at: usize,
    ) -> Task {
        let mut task = Task::default();
        let splits = spec.columns.iter().any(|column| column.column == Column::FiscalAppropriation);
        task.split = splits.then(Split::default);
        for (slot, column) in spec.columns.iter().enumerate() {
            let Some(index) = row.slots[slot] else { continue };
            let path = FieldPath::Task(list, at, column.column);
            let unit = table.unit_at(slot, row.row).unwrap_or(unit);
            match column.column {
                Column::Name => {
                    task.name = self.text(index, path).filter(|name| !canonical::is_dots(name));
                }
                Column::Activities | Column::Content => task.activities = self.text(index, path),
                Column::Outcome => task.outcome = self.text(index, path),
                Column::Funding => task.funding = self.amount(index, path, unit),
                Column::FiscalAppropriation => {
                    let amount = self.amount(index, path, unit);
                    task.split.get_or_insert_default().fiscal_appropriation = amount;
                }
                Column::OtherFunds => {
                    let amount = self.amount(index, path, unit);
                    task.split.get_or_insert_default().other_funds = amount;
                }
                _ => {}
            }
        }
        task
    }
}

/// Adds the second half of a task to the first.
fn join_task(task: &mut Task, more: Task, join: Join) {
    append(&mut task.activities, more.activities, between(join));
    append(&mut task.outcome, more.outcome, between(join));
    append(&mut task.name, more.name, between(join));
    fill(&mut task.funding, more.funding);
    if let Some(more) = more.split {
        let split = task.split.get_or_insert_default();
        fill(&mut split.fiscal_appropriation, more.fiscal_appropriation);
        fill(&mut split.other_funds, more.other_funds);
    }
}

fn fill<T>(entry: &mut Entry<T>, more: Entry<T>) {
    if entry.is_blank() {
        *entry = more;
    }
}
