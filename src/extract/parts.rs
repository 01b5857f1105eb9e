//! Rows of parts below a task, whose amount counts them already: 其中：财政拨款.

use super::{
    context::Context,
    layout,
    sums::{Lines, cells, words},
};
use crate::{
    diagnostic::Severity,
    form::{edition::Role, located::LocatedRow},
    model::{
        Task,
        field_path::{BudgetField, Field, FieldPath},
        money::Money,
    },
};

/// Whether a text is introduced as a part of what stands above: 其中：财政拨款, but not 其中心校.
fn says_of_which(text: &str) -> bool {
    text.strip_prefix("其中")
        .is_some_and(|rest| rest.trim_start().starts_with([':', '：', '、', ',', '，']))
}

impl Context<'_, '_> {
    /// How many of the next rows are parts of the last task's amount, which counts there already: 其中：财政拨款, or rows of
    /// 财政拨款 and 其他资金 that come to it.
    pub(super) fn parts_of_task(
        &mut self,
        lines: Lines<'_>,
        rows: &[LocatedRow],
        last: Option<&Task>,
    ) -> usize {
        let whole = last.and_then(|task| task.funding.known()).copied();
        let Some(whole) = whole else { return 0 };
        let (mut count, mut parts, mut sum) = (0, 0, Money::ZERO);
        let mut marked = false;
        for (at, row) in rows.iter().enumerate() {
            let words = words(lines.spec, row);
            let Some((first, others)) = words.split_first() else { break };
            let text = self.plain(*first);
            let among = says_of_which(&text) || text.starts_with("其中") && others.is_empty();
            let part = among || self.names_part(*first);
            marked |= among && at == 0;
            if !(part || marked) || !(others.is_empty() || among) {
                break;
            }
            let stated = self.funding_of(lines, row);
            let amount = stated.and_then(|amount| sum.checked_add(amount));
            let Some(amount) = amount.filter(|sum| *sum <= whole) else {
                if at == 0 && stated.is_some() && says_of_which(&self.plain(*first)) {
                    self.larger_than_its_whole(lines, *first);
                    return 1;
                }
                break;
            };
            sum = amount;
            // What is called neither 其中 nor by a source of money is a part if it makes up the whole.
            if marked && part && count == at {
                count = at + 1;
            }
            if sum == whole && (marked || at > 0) {
                parts = at + 1;
                break;
            }
        }
        count.max(parts)
    }

    /// Whether a row below a total is a part of it: 其中：财政拨款, or a source of money without any other words.
    pub(super) fn is_part_of_total(&self, lines: Lines<'_>, row: &LocatedRow) -> bool {
        let words = words(lines.spec, row);
        words.split_first().is_some_and(|(first, others)| {
            says_of_which(&self.plain(*first)) || self.names_part(*first) && others.is_empty()
        })
    }

    fn larger_than_its_whole(&mut self, lines: Lines<'_>, index: usize) {
        let (quoted, cell) = (self.quoted(index), self.at(index));
        let message = message!(
            "{quoted} says that it is a part, but its amount is larger than the one above; not counted as a task",
            "{quoted} 写明是其中数，但金额大于上一行，未按任务计入"
        );
        let finding = layout::LONE_AMOUNT.at(FieldPath::Tasks(lines.list), message);
        self.diagnostics.push(finding.as_severity(Severity::Error).in_cell(cell));
    }

    fn names_part(&self, index: usize) -> bool {
        let part = |role: &Role| {
            matches!(
                role,
                Role::Field(Field::Budget(
                    BudgetField::FiscalAppropriation | BudgetField::OtherFunds
                ))
            )
        };
        self.sheet.label(index).is_some_and(|label| self.edition.roles(&label.key).iter().any(part))
    }

    /// Sets a row aside that is a part of the amount above.
    pub(super) fn set_part_aside(&mut self, row: &LocatedRow) {
        for index in cells(row) {
            let quoted = self.quoted(index);
            let message = message!(
                "{quoted} is a part of the amount above; not kept",
                "{quoted} 是上一行金额的其中数，未保留"
            );
            self.set_aside(&layout::UNPLACED, index, message);
        }
    }
}
