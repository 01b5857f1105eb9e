//! Expenditure = income.

use super::{Rule, Subject, identity};
use crate::{
    diagnostic::{Code, Diagnostic, Severity},
    model::totals::Total,
};

/// T101 `expenditure-income-mismatch`.
pub(super) static RULE: Rule = Rule {
    code: &Code {
        id: "T101",
        name: "expenditure-income-mismatch",
        severity: Severity::Error,
        explanation: "\
## What it checks
基本支出 + 项目支出 = 财政拨款 + 其他资金. A difference of at most 50 元 per amount printed in 万元 is rounding, a warning.
## Why
A department's budget is balanced: what it spends is what it is given.
## How to fix
Find the amount that is wrong or missing; `jixiao inspect` shows where each one was read.
",
    },
    run,
};

fn run(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    found.extend(identity::compare(subject, RULE.code, Total::Expenditure, Total::Income));
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::{
        check::check_rule,
        model::{entry::Entry, money::Money},
    };

    fn yuan(amount: i64) -> Entry<Money> {
        Entry::Known(Money::from_yuan(amount.into()).unwrap())
    }

    #[test]
    fn names_the_difference() {
        check_rule(
            &RULE,
            |of| of.budget.other_funds = yuan(5_000),
            &[
                "totals.expenditure: error T101 基本支出＋项目支出 is 100.00 万元 but 财政拨款＋其他资金 is 100.50 万元, a difference of -0.50",
            ],
        );
    }

    #[test]
    fn a_slight_difference_is_rounding() {
        check_rule(
            &RULE,
            |of| of.budget.other_funds = yuan(200),
            &[
                "totals.expenditure: warning T101 基本支出＋项目支出 is 100.00 万元 but 财政拨款＋其他资金 is 100.02 万元, a difference of -0.02",
            ],
        );
    }

    #[test]
    fn is_silent_on_what_could_not_be_read() {
        check_rule(&RULE, |of| of.budget.other_funds = Entry::Unreadable("约二十".into()), &[]);
    }
}
