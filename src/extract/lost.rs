//! A budget of which nothing was read though its rows hold amounts.

use super::{context::Context, layout};
use crate::{
    diagnostic::Severity,
    form::located::{Located, LocatedField},
    model::field_path::Field,
};

impl Context<'_, '_> {
    /// Reports that no amount of the budget was read though its rows hold some: they stand where no head is.
    pub(super) fn lost_budget(&mut self, located: &Located) {
        let budget = located.fields.iter().filter(|field| matches!(field.field, Field::Budget(_)));
        let budget: Vec<&LocatedField> = budget.collect();
        if budget.iter().any(|field| !field.value.is_empty() || field.inline.is_some()) {
            return;
        }
        let is_amount = |index: &&usize| {
            let in_its_rows = budget.iter().any(|field| field.label.row == self.at(**index).row);
            in_its_rows && self.plain(**index).starts_with(|c: char| c.is_ascii_digit())
        };
        if let Some(index) = located.strays.iter().find(is_amount) {
            let quoted = self.quoted(*index);
            let message = message!(
                "no amount of the budget was read, though {quoted} stands in its rows: move the amounts below their heads",
                "未读到任何预算金额，而其所在行中有 {quoted}：请把金额移到对应栏名之下"
            );
            let finding = layout::UNPLACED.on(self.at(*index), message);
            self.diagnostics.push(finding.as_severity(Severity::Error));
        }
    }
}
