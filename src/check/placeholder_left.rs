//! A placeholder of the blank form that nobody filled in, an example or an instruction that nobody took out.

use super::{Rule, Subject};
use crate::{
    diagnostic::{Code, Diagnostic, Severity},
    model::{
        field_path::{Column, FieldPath, TaskList},
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
A target or the name of a task that still holds XX, and words of a task that are an example (示例, 例：…) or tell how to fill
the form in (请填写…, （简述…）).
## Why
The form's placeholder was not filled in, or the row of an example was left and its amount counts.
## How to fix
Type what belongs there, or delete the row.
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
                found.push(finding(FieldPath::Indicator(at, column), &target.text));
            }
        }
    }
    for list in [TaskList::Key, TaskList::Other] {
        for (at, task) in subject.of.tasks(list).iter().enumerate() {
            let words = [
                (Column::Name, &task.name),
                (Column::Activities, &task.activities),
                (Column::Outcome, &task.outcome),
            ];
            for (column, text) in words {
                let Some(text) = text else { continue };
                // 示例村建设 may be a name, 建设XX is none.
                let blank = column == Column::Name
                    && !text.contains("示例")
                    && target::is_placeholder(text);
                if blank || is_instruction(text) {
                    found.push(finding(FieldPath::Task(list, at, column), text));
                }
            }
        }
    }
}

fn finding(path: FieldPath, text: &str) -> Diagnostic {
    RULE.code.at(path, message!("`{text}` is a placeholder", "`{text}` 是未填写的占位符"))
}

/// Whether a short text is an example or tells how to fill the form in.
fn is_instruction(text: &str) -> bool {
    const LONGEST: usize = 24;
    const EXAMPLES: [&str; 4] = ["例", "示例", "样例", "举例"];
    const REQUESTS: [&str; 5] = ["请填", "请简", "请概", "请在", "请按"];
    const WORDS: [&str; 4] = ["简述", "填写", "概述", "主要做法"];
    if text.len() > LONGEST * 3 || text.chars().count() > LONGEST {
        return false;
    }
    let inner = text.strip_prefix(['（', '(']).and_then(|text| text.strip_suffix(['）', ')']));
    // 示例：…, 示例1, but not 示例村建设.
    let is_example = EXAMPLES.iter().any(|word| {
        text.strip_prefix(word).is_some_and(|rest| {
            rest.starts_with(['：', ':'])
                || *word != "例" && rest.chars().all(|c| c.is_ascii_digit())
        })
    });
    let requests = |text: &str| REQUESTS.iter().any(|word| text.starts_with(word));
    is_example
        || requests(text)
        || inner
            .is_some_and(|inner| requests(inner) || WORDS.iter().any(|word| inner.contains(word)))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::{
        check::check_rule,
        model::{Indicator, Task, target},
    };

    #[test]
    fn names_the_example_that_was_left() {
        check_rule(
            &RULE,
            |of| {
                of.key_tasks = [
                    ("例：XX任务", "示例"),
                    ("示例村建设", "（简述）"),
                    ("（申请业务受理）", "请示办理"),
                ]
                .map(|(name, activities)| Task {
                    name: Some(name.into()),
                    activities: Some(activities.into()),
                    ..Task::default()
                })
                .into();
            },
            &[
                "key_tasks[0].name: error X101 `例：XX任务` is a placeholder",
                "key_tasks[0].activities: error X101 `示例` is a placeholder",
                "key_tasks[1].activities: error X101 `（简述）` is a placeholder",
            ],
        );
    }

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
