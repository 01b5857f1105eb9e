//! No amount is finer than a fen.

use super::{Rule, Subject, amounts};
use crate::diagnostic::{Code, Diagnostic, Severity};

/// V104 `sub-fen-amount`.
pub(super) static RULE: Rule = Rule {
    code: &Code {
        id: "V104",
        name: "sub-fen-amount",
        severity: Severity::Warning,
        explanation: "\
## What it checks
No amount has more than two decimals in yuan.
## Why
Nobody pays less than a fen; the amount is probably a computed share or in the wrong unit.
## How to fix
Round the amount to whole fen.
",
    },
    run,
};

fn run(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    for (path, money, _) in amounts(subject.of) {
        if money.yuan().normalize().scale() > 2 {
            let message = message!("{money} 元 is finer than a fen", "{money} 元精确到了分以下");
            found.push(RULE.code.at(path, message));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::check_rule;

    #[test]
    fn names_the_amount_below_a_fen() {
        let odd =
            crate::model::money::Money::from_yuan(rust_decimal::Decimal::new(12_345, 3)).unwrap();
        check_rule(
            &RULE,
            |of| of.budget.transfers = crate::model::entry::Entry::Known(odd),
            &["budget.transfers: warning V104 12.345 元 is finer than a fen"],
        );
    }
}
