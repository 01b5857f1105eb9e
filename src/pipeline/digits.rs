//! Why an amount is unreadable that is plainly a number: no spreadsheet keeps so many digits.

use crate::{
    diagnostic::{Diagnostic, Message},
    model::{
        Return,
        entry::Entry,
        field_path::{Column, Field, FieldPath},
        money::{MOST_DIGITS, Money, excess_digits},
    },
};

/// The finding whose reason is told.
const UNREADABLE_AMOUNT: &str = "unreadable-amount";

/// Tells the reason behind findings of unreadable amounts, where it is the number of their digits.
pub(super) fn tell(of: &Return, found: &mut [Diagnostic]) {
    for finding in found.iter_mut().filter(|finding| finding.code.name == UNREADABLE_AMOUNT) {
        let Some(Entry::Unreadable(text)) = amount(of, finding.path) else { continue };
        let Some(digits) = excess_digits(text) else { continue };
        let Message { en, zh } = &finding.message;
        finding.message = message!(
            "{en}: it has {digits} significant digits, and a spreadsheet keeps no more than {MOST_DIGITS}",
            "{zh}：有 {digits} 位有效数字，而电子表格最多只保留 {MOST_DIGITS} 位"
        );
    }
}

/// The amount of a path.
fn amount(of: &Return, path: FieldPath) -> Option<&Entry<Money>> {
    let (list, at, column) = match path {
        FieldPath::Field(Field::Budget(field)) => return Some(of.budget.get(field)),
        FieldPath::Task(list, at, column) => (list, at, column),
        _ => return None,
    };
    let task = of.tasks(list).get(at)?;
    let split = task.split.as_ref();
    match column {
        Column::Funding => Some(&task.funding),
        Column::FiscalAppropriation => split.map(|split| &split.fiscal_appropriation),
        Column::OtherFunds => split.map(|split| &split.other_funds),
        _ => None,
    }
}
