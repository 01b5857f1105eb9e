//! A placeholder of the blank form that nobody filled in.

use super::{Rule, Subject};
use crate::{
    diagnostic::{Code, Diagnostic, Severity},
    model::{
        field_path::{Column, FieldPath},
        target::{self, Reading},
    },
};

/// X101 `placeholder-left`.
pub(super) static RULE: Rule = Rule {
    code: &Code {
        id: "X101",
        name: "placeholder-left",
        severity: Severity::Error,
        explanation: "\
## What it checks
A target that still holds XX.
## Why
The form's placeholder was not filled in, so the target says nothing.
## How to fix
Type the target.
",
    },
    run,
};

fn run(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    for (at, indicator) in subject.of.indicators.iter().enumerate() {
        let targets = [
            (Column::PeriodTarget, &indicator.period_target),
            (Column::AnnualTarget, &indicator.annual_target),
        ];
        for (column, target) in targets {
            // Only what says nothing measurable can be a placeholder.
            let Some(target) =
                target.as_ref().filter(|target| target.reading == Reading::Qualitative)
            else {
                continue;
            };
            if target::is_placeholder(&target.text) {
                let text = &target.text;
                let message = message!("`{text}` is a placeholder", "`{text}` 是未填写的占位符");
                found.push(RULE.code.at(FieldPath::Indicator(at, column), message));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::{
        check::check_rule,
        model::{Indicator, target},
    };

    #[test]
    fn names_the_target_not_filled_in() {
        check_rule(
            &RULE,
            |of| {
                let annual_target = target::read("≥XX%", target::Context::default());
                of.indicators =
                    vec![Indicator { level3: "甲".into(), annual_target, ..Indicator::default() }];
            },
            &["indicators[0].annual_target: error X101 `≥XX%` is a placeholder"],
        );
    }
}
