//! Tasks whose row shows that something of them stands elsewhere: an amount among the texts, a name without anything else,
//! an amount without a name.

use super::{
    amount::{Amount, read_amount},
    context::Context,
    layout,
    sums::Lines,
};
use crate::{
    diagnostic::Severity,
    form::located::LocatedRow,
    grid::Value,
    model::{
        Task,
        field_path::{Column, FieldPath},
        money,
    },
};

impl Context<'_, '_> {
    /// Tells what is doubtful about the last of these tasks, which a row has just given; `is_named` where a name stands
    /// there, be it one that is merged down from above, which is told by itself.
    pub(super) fn doubt_task(
        &mut self,
        lines: Lines<'_>,
        row: &LocatedRow,
        tasks: &[Task],
        is_named: bool,
    ) {
        let Some((task, before)) = tasks.split_last() else { return };
        let at = before.len();
        if !task.has_money() {
            self.amounts_among_texts(lines, row, at);
        }
        let says_more = task.activities.is_some() || task.outcome.is_some();
        match &task.name {
            Some(_) if !task.has_money() && !says_more => self.name_alone(lines, row, at),
            None if task.has_money() && says_more && !is_named => {
                self.without_name(lines, row, before.last(), at);
            }
            _ => {}
        }
    }

    /// Errors for amounts in the columns of texts of a task that has none: they are kept as texts, and nobody adds them up.
    fn amounts_among_texts(&mut self, lines: Lines<'_>, row: &LocatedRow, at: usize) {
        for (slot, column) in row.slots.iter().zip(&lines.spec.columns) {
            let Some(index) = slot.filter(|index| self.is_amount_alone(*index)) else { continue };
            let (quoted, cell) = (self.quoted(index), self.at(index));
            let message = message!(
                "{quoted} is an amount in a column of texts, and the task has none in its own column; kept as a text, not counted",
                "{quoted} 是金额，却在文字栏内，而本任务的金额栏为空；按文字保留，未计入"
            );
            let path = FieldPath::Task(lines.list, at, column.column);
            let finding = layout::AMOUNT_AMONG_TEXTS.at(path, message).in_cell(cell);
            let grave = !is_count_or_year(&self.plain(index));
            self.diagnostics.push(if grave {
                finding
            } else {
                finding.as_severity(Severity::Warning)
            });
        }
    }

    /// Whether a cell holds an amount and nothing else: a number that is no date and no percentage, or a text that reads as one.
    pub(super) fn is_amount_alone(&self, index: usize) -> bool {
        match self.value(index) {
            Value::Number(number) => {
                let shown = number.shown.as_ref();
                shown.is_none_or(|shown| !shown.percent && shown.date.is_none())
                    && money::decimal_of(number.value).is_some_and(|it| !it.is_zero())
            }
            Value::Text(text) => {
                matches!(read_amount(text.trim()), Amount::Known { number, .. } if !number.is_zero())
            }
            _ => false,
        }
    }

    /// A warning for a row that holds nothing but a name among tasks with amounts: a heading, or the name of the next row.
    fn name_alone(&mut self, lines: Lines<'_>, row: &LocatedRow, at: usize) {
        let name = lines.spec.position(Column::Name).and_then(|at| row.slots[at]);
        let Some(index) = name.filter(|_| lines.paid) else { return };
        let (quoted, cell) = (self.quoted(index), self.at(index));
        let message = message!(
            "{quoted} stands alone in its row, without an amount; read as a task of its own",
            "{quoted} 独占一行，没有金额，按单独的一项任务读取"
        );
        let path = FieldPath::Task(lines.list, at, Column::Name);
        self.diagnostics.push(layout::LONE_NAME.at(path, message).in_cell(cell));
    }

    /// A finding for a task without a name: an error where the row above is a name that lacks all else.
    fn without_name(
        &mut self,
        lines: Lines<'_>,
        row: &LocatedRow,
        above: Option<&Task>,
        at: usize,
    ) {
        let Some(index) = row.slots.iter().copied().flatten().next() else { return };
        let is_bare =
            |task: &&Task| !task.has_money() && task.activities.is_none() && task.outcome.is_none();
        let name = above.filter(is_bare).and_then(|task| task.name.as_deref());
        let (quoted, cell) = (self.quoted(index), self.at(index));
        let path = FieldPath::Task(lines.list, at, Column::Name);
        let finding = if let Some(name) = name {
            let message = message!(
                "the row of {quoted} has no name, and the one above is nothing but a name, `{name}`; read as two tasks",
                "{quoted} 所在行没有任务名称，而上一行只有名称 `{name}`；按两项任务读取"
            );
            layout::LONE_AMOUNT.at(path, message).as_severity(Severity::Error)
        } else {
            let message = message!(
                "the row of {quoted} has an amount but no name; read as a task without a name",
                "{quoted} 所在行有金额而没有任务名称，按一项无名称的任务读取"
            );
            layout::LONE_AMOUNT.at(path, message)
        };
        self.diagnostics.push(finding.in_cell(cell));
    }
}

/// Whether a number may be a count or a year and month as well as an amount: a few digits and no more, 100, 2025.6.
fn is_count_or_year(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let text = text.trim().trim_end_matches('.');
    match text.split_once('.') {
        Some((year, month)) => year.len() == 4 && month.len() <= 2 && digits(year) && digits(month),
        None => text.len() <= 4 && digits(text),
    }
}
