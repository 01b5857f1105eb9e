//! Totals that rows of tasks and the budget state, to be compared with the computed ones.

use super::{
    account::Place,
    context::Context,
    sums::{Lines, cells, sum},
};
use crate::{
    form::located::LocatedRow,
    grid::Value,
    model::{
        Task,
        field_path::{Column, FieldPath, TaskList},
        money::{Money, Unit},
        totals::{Declared, Total},
    },
};

impl Context<'_, '_> {
    /// Notes the totals that a row states.
    pub(super) fn declare(
        &mut self,
        lines: Lines<'_>,
        row: &LocatedRow,
        tasks: &[Task],
        declared: &mut Vec<(Declared, FieldPath)>,
    ) {
        let Lines { list, spec, .. } = lines;
        // 总计 below the other tasks may be the sum of both lists.
        let stated = lines.above.filter(|above| *above != Money::ZERO).and_then(|above| {
            let both = sum(tasks, Column::Funding).and_then(|sum| sum.checked_add(above));
            self.funding_of(lines, row).filter(|stated| both == Some(*stated))
        });
        for (at, column) in spec.columns.iter().enumerate() {
            let Some(index) = row.slots[at] else { continue };
            let total = match (column.column, list) {
                (Column::Funding, TaskList::Key) => Total::KeyTasks,
                // 总计 under 小计 is the sum of both lists.
                (Column::Funding, TaskList::Other)
                    if stated.is_some()
                        || declared.iter().any(|(known, _)| known.total == Total::OtherTasks) =>
                {
                    Total::Tasks
                }
                (Column::Funding, TaskList::Other) => Total::OtherTasks,
                (Column::FiscalAppropriation, _) => Total::TasksFiscalAppropriation,
                (Column::OtherFunds, _) => Total::TasksOtherFunds,
                _ => continue,
            };
            let unit = self.unit_of_total(lines, row, at);
            declared.push(self.declared(total, index, unit));
        }
        let all = cells(row);
        let inline =
            all.iter().find_map(|index| Some((*index, self.inline_total(*index)?.to_owned())));
        if let Some((index, text)) = inline {
            let again = declared.iter().any(|(known, _)| known.total == Total::OtherTasks);
            let total = match list {
                TaskList::Key => Total::KeyTasks,
                TaskList::Other if again => Total::Tasks,
                TaskList::Other => Total::OtherTasks,
            };
            let at = spec.position(Column::Funding).unwrap_or(0);
            let unit = self.unit_of_total(lines, row, at);
            let value = Value::Text(text);
            declared.push(self.declared_value(total, index, &value, unit));
        }
        for index in all {
            self.places[index].get_or_insert(Place::Label);
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
        self.places[index] = Some(Place::Total(total));
        (Declared { total, amount, unit }, path)
    }
}
