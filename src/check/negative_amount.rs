//! No amount is negative.

use super::{Rule, Subject, amounts};
use crate::diagnostic::{Code, Diagnostic, Severity};

/// V103 `negative-amount`.
pub(super) static RULE: Rule = Rule {
    code: &Code {
        id: "V103",
        name: "negative-amount",
        severity: Severity::Error,
        explanation: "\
## What it checks
Every amount of the budget and of the tasks is zero or more.
## Why
A budget states what is to be spent; a negative amount is a slip, or a correction that belongs elsewhere.
## How to fix
Correct the amount.
",
    },
    run,
};

fn run(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    for (path, money, unit) in amounts(subject.of) {
        if money.is_negative() {
            let (printed, unit) = (money.printed(unit), unit.name());
            let message = message!("{printed} {unit} is negative", "{printed} {unit}为负数");
            found.push(RULE.code.at(path, message));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::check_rule;

    #[test]
    fn names_the_negative_amount() {
        let minus = crate::model::money::Money::from_yuan((-125_000).into()).unwrap();
        check_rule(
            &RULE,
            |of| of.budget.other_funds = crate::model::entry::Entry::Known(minus),
            &["budget.other_funds: error V103 -12.50 万元 is negative"],
        );
    }
}
