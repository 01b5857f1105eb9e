//! Own level + transfers = expenditure.

use super::{Rule, Subject, identity};
use crate::{
    diagnostic::{Code, Diagnostic, Severity},
    model::{level::Level, totals::Total},
};

/// T102 `level-split-mismatch`.
pub(super) static RULE: Rule = Rule {
    code: &Code {
        id: "T102",
        name: "level-split-mismatch",
        severity: Severity::Error,
        explanation: "\
## What it checks
本级使用资金 + 拟用于对下转移支付资金 = 基本支出 + 项目支出; above the town a difference is a warning.
## Why
The split by level of government divides the same money. Above the town, money may pass through without being spent.
## How to fix
Correct the amounts under 按预算级次划分.
",
    },
    run,
};

fn run(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let Some(difference) =
        identity::compare(subject, RULE.code, Total::Expenditure, Total::ByLevel)
    else {
        return;
    };
    let town = subject.of.level.is_none_or(|level| level == Level::Town);
    let severity = if town { difference.severity } else { Severity::Warning };
    found.push(difference.as_severity(severity));
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::{
        check::check_rule,
        model::{entry::Entry, level::Level, money::Money},
    };

    fn break_it(of: &mut crate::model::Return) {
        of.budget.transfers = Entry::Known(Money::from_yuan(10_000.into()).unwrap());
    }

    #[test]
    fn a_town_must_agree() {
        check_rule(
            &RULE,
            break_it,
            &[
                "totals.expenditure: error T102 基本支出＋项目支出 is 100.00 万元 but 本级使用资金＋对下转移支付 is 101.00 万元, a difference of -1.00",
            ],
        );
    }

    #[test]
    fn above_the_town_it_is_a_warning() {
        check_rule(
            &RULE,
            |of| {
                of.level = Some(Level::Province);
                break_it(of);
            },
            &[
                "totals.expenditure: warning T102 基本支出＋项目支出 is 100.00 万元 but 本级使用资金＋对下转移支付 is 101.00 万元, a difference of -1.00",
            ],
        );
    }
}
