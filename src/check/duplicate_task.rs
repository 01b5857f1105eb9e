//! A task that stands on its list twice, so that its money counts twice.

use std::collections::HashMap;

use super::{Rule, Subject};
use crate::{
    diagnostic::{Code, Diagnostic, Severity},
    model::{
        field_path::{Column, FieldPath, TaskList},
        names,
    },
};

/// X102 `duplicate-task`.
pub(super) static RULE: Rule = Rule {
    code: &Code {
        id: "X102",
        name: "duplicate-task",
        severity: Severity::Error,
        explanation: "\
## What it checks
Two tasks of one list with the same name, white space and width aside.
## Why
A row that was copied, or a merged one that was taken apart and filled, counts its money twice. Finance bureaus refuse repeated names.
## How to fix
Delete the row, or give each task its own name.
",
    },
    run,
};

fn run(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    for list in [TaskList::Key, TaskList::Other] {
        let mut known: HashMap<String, usize> = HashMap::new();
        for (at, task) in subject.of.tasks(list).iter().enumerate() {
            let Some(name) = task.name.as_deref().map(names::key) else { continue };
            if let Some(first) = known.get(&name) {
                let number = first + 1;
                let message = message!(
                    "`{name}` is the name of task {number} of this list too; both count",
                    "`{name}` 与本表第 {number} 项任务同名，两项均已计入"
                );
                found.push(RULE.code.at(FieldPath::Task(list, at, Column::Name), message));
            } else {
                known.insert(name, at);
            }
        }
    }
}
