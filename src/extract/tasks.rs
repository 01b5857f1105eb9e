//! Key tasks and other tasks.

use super::{
    amount::{Amount, read_amount},
    context::Context,
    fields::between,
    layout,
};
use crate::{
    form::{
        edition::Table,
        located::{Join, LocatedRow, LocatedTable},
    },
    grid::Value,
    model::{
        Return, Split, Task,
        canonical::{self, append},
        entry::Entry,
        field_path::{Column, FieldPath, TaskList},
        money::Unit,
        target,
        totals::{Declared, Total},
    },
};

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
        self.report_merged_amounts(list, spec, table);
        for row in &table.rows {
            let mended = self.mended(spec, row, FieldPath::Tasks(list));
            let row = mended.as_ref().unwrap_or(row);
            if self.is_total_row(spec, row) {
                self.declare(list, spec, table, row, unit, &mut declared);
                continue;
            }
            self.set_before_aside(row);
            self.task_row(list, spec, table, row, unit, into);
        }
        declared
    }

    /// Says of amounts that are merged over several tasks that they count once.
    fn report_merged_amounts(&mut self, list: TaskList, spec: &Table, table: &LocatedTable) {
        let amounts: Vec<usize> =
            (0..spec.columns.len()).filter(|at| spec.columns[*at].column.is_amount()).collect();
        for (above, row) in table.rows.iter().zip(table.rows.iter().skip(1)) {
            for at in &amounts {
                let (Some(index), None) = (above.slots[*at], row.slots[*at]) else { continue };
                let named = row.slots.iter().flatten().next().is_some();
                if !named || self.sheet.cell(index).span.end.row < row.row {
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

    /// Whether a row states totals: 合计 as its name, and no text beside it.
    fn is_total_row(&self, spec: &Table, row: &LocatedRow) -> bool {
        let is_total = |index: usize| {
            let label = self.sheet.label(index);
            label.is_some_and(|label| self.edition.names_total(&label.key))
                || self.inline_total(index).is_some()
        };
        let words =
            spec.columns.iter().enumerate().filter(|(_, column)| !column.column.is_amount());
        let words: Vec<usize> = row
            .before
            .into_iter()
            .chain(row.between)
            .chain(words.filter_map(|(at, _)| row.slots[at]))
            .collect();
        let Some(named) = words.iter().find(|index| is_total(**index)) else { return false };
        words.iter().all(|index| {
            let text = self.plain(*index);
            index == named || is_total(*index) || text.chars().count() < 2 || target::is_nil(&text)
        })
    }

    /// The amount behind the label of a total in its own cell: 资金合计：10634200元.
    fn inline_total(&self, index: usize) -> Option<&str> {
        let (label, value) = self.sheet.inline(index)?;
        let amount = matches!(read_amount(value), Amount::Known { .. });
        (amount && self.edition.names_total(&label.key)).then_some(value)
    }

    fn declare(
        &mut self,
        list: TaskList,
        spec: &Table,
        table: &LocatedTable,
        row: &LocatedRow,
        unit: Unit,
        declared: &mut Vec<(Declared, FieldPath)>,
    ) {
        for (at, column) in spec.columns.iter().enumerate() {
            let Some(index) = row.slots[at] else { continue };
            let total = match (column.column, list) {
                (Column::Funding, TaskList::Key) => Total::KeyTasks,
                // 总计 under 小计 is the sum of both lists.
                (Column::Funding, TaskList::Other)
                    if declared.iter().any(|(known, _)| known.total == Total::OtherTasks) =>
                {
                    Total::Tasks
                }
                (Column::Funding, TaskList::Other) => Total::OtherTasks,
                (Column::FiscalAppropriation, _) => Total::TasksFiscalAppropriation,
                (Column::OtherFunds, _) => Total::TasksOtherFunds,
                _ => continue,
            };
            let unit = table.unit_at(at, row.row).unwrap_or(unit);
            declared.push(self.declared(total, index, unit));
        }
        let all: Vec<usize> = row
            .before
            .into_iter()
            .chain(row.between)
            .chain(row.slots.iter().copied().flatten())
            .collect();
        let inline =
            all.iter().find_map(|index| Some((*index, self.inline_total(*index)?.to_owned())));
        if let Some((index, text)) = inline {
            let again = declared.iter().any(|(known, _)| known.total == Total::OtherTasks);
            let total = match list {
                TaskList::Key => Total::KeyTasks,
                TaskList::Other if again => Total::Tasks,
                TaskList::Other => Total::OtherTasks,
            };
            let at = spec.position(Column::Funding).and_then(|at| table.unit_at(at, row.row));
            let value = Value::Text(text);
            declared.push(self.declared_value(total, index, &value, at.unwrap_or(unit)));
        }
        for index in all {
            self.places[index].get_or_insert(super::account::Place::Label);
        }
    }

    /// A total that a cell states.
    pub(super) fn declared(
        &mut self,
        total: Total,
        index: usize,
        unit: Unit,
    ) -> (Declared, FieldPath) {
        let value = self.value(index).clone();
        self.declared_value(total, index, &value, unit)
    }

    fn declared_value(
        &mut self,
        total: Total,
        index: usize,
        value: &Value,
        unit: Unit,
    ) -> (Declared, FieldPath) {
        let path = FieldPath::Total(total);
        // What can't be read is no fault of its own here: it is recomputed, and reported as different.
        let quiet = self.diagnostics.len();
        self.book(index, path);
        let amount = self.amount_of(value, path, unit);
        self.diagnostics.truncate(quiet);
        self.places[index] = Some(super::account::Place::Total(total));
        (Declared { total, amount, unit }, path)
    }

    fn task_row(
        &mut self,
        list: TaskList,
        spec: &Table,
        table: &LocatedTable,
        row: &LocatedRow,
        unit: Unit,
        into: &mut Return,
    ) {
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
                true if !twice => Some(Join::Page),
                _ if !name && !money => Some(Join::Line),
                _ => None,
            }
        });
        let at = if join.is_some() { count - 1 } else { count };
        let task = self.task(list, spec, table, row, unit, at);
        if task.is_empty() || canonical::is_placeholder(&task) {
            for index in row.slots.iter().flatten() {
                self.unbook(*index);
            }
            return;
        }
        match join {
            None => into.tasks_mut(list).push(task),
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
    task.name = task.name.take().or(more.name);
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
