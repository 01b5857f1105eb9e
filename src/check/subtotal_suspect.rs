//! A subtotal among the tasks, which doubles their money.

use super::{Rule, Subject};
use crate::{
    diagnostic::{Code, Diagnostic, Severity},
    model::{
        Task,
        field_path::{Column, FieldPath, TaskList},
        money::Money,
    },
};

/// T107 `subtotal-suspect`.
pub(super) static RULE: Rule = Rule {
    code: &Code {
        id: "T107",
        name: "subtotal-suspect",
        severity: Severity::Warning,
        explanation: "\
## What it checks
A task without content whose amount is the sum of two or more tasks right behind it or right before it.
## Why
The heading of a group (一、民生类) with the sum of its tasks is read as a task, and their money counts twice.
## How to fix
Delete the amount beside the heading, or write 小计 there.
",
    },
    run,
};

/// So many tasks at most are added up.
const MOST: usize = 200;

fn run(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    for list in [TaskList::Key, TaskList::Other] {
        let tasks = subject.of.tasks(list);
        for (at, task) in tasks.iter().enumerate() {
            let Some(amount) = bare_amount(task) else { continue };
            let behind = adding_up(tasks[at + 1..].iter(), amount);
            let Some(count) = behind.or_else(|| adding_up(tasks[..at].iter().rev(), amount)) else {
                continue;
            };
            let message = message!(
                "it is the sum of the {count} tasks beside it but counts as a task of its own; is it a subtotal?",
                "该金额等于相邻 {count} 项任务之和，却按一项任务计入，是否为小计？"
            );
            found.push(RULE.code.at(FieldPath::Task(list, at, Column::Funding), message));
        }
    }
}

/// The amount of a task that says nothing but its name.
fn bare_amount(task: &Task) -> Option<Money> {
    let bare = task.activities.is_none() && task.outcome.is_none();
    task.funding.known().copied().filter(|amount| bare && *amount != Money::ZERO)
}

/// How many of the next tasks, two or more, come to an amount.
fn adding_up<'a>(tasks: impl Iterator<Item = &'a Task>, wanted: Money) -> Option<usize> {
    let mut sum = Money::ZERO;
    for (at, task) in tasks.take(MOST).enumerate() {
        sum = sum.checked_add(*task.funding.known()?)?;
        if sum == wanted && at > 0 {
            return Some(at + 1);
        }
    }
    None
}
