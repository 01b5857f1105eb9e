//! Tasks: the columns that the edition prints, and names that are read as totals.

use super::Settling;
use crate::{
    diagnostic::Severity,
    form::{edition::Lines, label},
    model::{
        Split, Task,
        field_path::{Column, FieldPath, TaskList},
    },
};

impl Settling<'_> {
    pub(super) fn tasks(&mut self) {
        for list in [TaskList::Key, TaskList::Other] {
            let tasks = std::mem::take(self.of.tasks_mut(list));
            let mut kept = Vec::with_capacity(tasks.len());
            for task in tasks {
                let at = kept.len();
                kept.extend(self.task(list, at, task));
            }
            *self.of.tasks_mut(list) = kept;
        }
    }

    fn task(&mut self, list: TaskList, at: usize, mut task: Task) -> Option<Task> {
        let path = |column| FieldPath::Task(list, at, column);
        let name = task.name.clone().unwrap_or_default();
        let Some(table) = self.edition.table(Lines::Tasks(list)) else {
            self.drop(path(Column::Name), &name);
            return None;
        };
        let has = |column| table.columns.iter().any(|spec| spec.column == column);
        if !has(Column::Outcome)
            && let Some(text) = task.outcome.take()
        {
            self.drop(path(Column::Outcome), &text);
        }
        // Such a row would be the total of the tasks above it. The amount is lost with it.
        if self.is_total(&name) && task.activities.is_none() && task.outcome.is_none() {
            self.drop(path(Column::Name), &name);
            if task.has_money()
                && let Some(last) = self.found.pop()
            {
                self.found.push(last.as_severity(Severity::Error));
            }
            return None;
        }
        let splits = has(Column::FiscalAppropriation);
        if let Some(split) = task.split.take_if(|_| !splits) {
            for (column, amount) in [
                (Column::FiscalAppropriation, split.fiscal_appropriation),
                (Column::OtherFunds, split.other_funds),
            ] {
                if !amount.is_blank() {
                    self.drop(path(column), &amount.shown());
                }
            }
        }
        if splits {
            let split = task.split.get_or_insert_with(Split::default).clone();
            self.report_unreadable(&split.fiscal_appropriation, path(Column::FiscalAppropriation));
            self.report_unreadable(&split.other_funds, path(Column::OtherFunds));
        }
        self.report_unreadable(&task.funding, path(Column::Funding));
        Some(task)
    }

    fn is_total(&self, name: &str) -> bool {
        let total =
            |text: &str| label::normal(text).is_some_and(|of| self.edition.names_total(&of.key));
        total(name) || label::split_inline(name).is_some_and(|(before, _)| total(before))
    }
}
