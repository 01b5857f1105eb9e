//! Development expenditure is part of programme expenditure.

use super::{Rule, Subject, identity::words};
use crate::{
    diagnostic::{Code, Diagnostic, Severity},
    model::{
        field_path::FieldPath,
        money::Unit,
        totals::{Total, total},
    },
};

/// T103 `development-exceeds-project`.
pub(super) static RULE: Rule = Rule {
    code: &Code {
        id: "T103",
        name: "development-exceeds-project",
        severity: Severity::Warning,
        explanation: "\
## What it checks
财政专项资金 + 其他事业发展性支出 is at most 项目支出, in editions where the one is part of the other.
## Why
A part can't be larger than the whole; above the town it may lie outside the department's budget.
## How to fix
Correct the amounts under 事业发展性支出, or 项目支出.
",
    },
    run,
};

fn run(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    if !subject.identities.development_within_project {
        return;
    }
    let (Some(development), Some(project)) = (
        total(subject.of, Total::Development).known(),
        subject.of.budget.project_expenditure.known(),
    ) else {
        return;
    };
    if development > *project {
        let unit = subject.of.units.budget.unwrap_or(Unit::TenThousand);
        let (sum, a, b) =
            (words(Total::Development), development.printed(unit), project.printed(unit));
        let unit = unit.name();
        let message = message!(
            "{sum} is {a} {unit}, more than 项目支出 of {b} {unit}",
            "{sum} 合计 {a} {unit}，超过项目支出 {b} {unit}"
        );
        found.push(RULE.code.at(FieldPath::Total(Total::Development), message));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::{
        check::check_rule,
        model::{entry::Entry, money::Money},
    };

    #[test]
    fn names_both_amounts() {
        check_rule(
            &RULE,
            |of| of.budget.special_funds = Entry::Known(Money::from_yuan(600_000.into()).unwrap()),
            &[
                "totals.development: warning T103 财政专项资金＋其他事业发展性支出 is 70.00 万元, more than 项目支出 of 60.00 万元",
            ],
        );
    }
}
