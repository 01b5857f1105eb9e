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
A task without content whose amount is the sum of two or more tasks right behind it or right before it, or of all tasks above it; a task whose amount is the sum of the numbered ones below it, （1）, （2）.
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
        let mut sums = Sums::above(list, &subject.of.key_tasks);
        for (at, task) in tasks.iter().enumerate() {
            let (above, below) = (&tasks[..at], &tasks[at + 1..]);
            let beside = bare_amount(task).and_then(|amount| {
                let behind = adding_up(below.iter(), amount);
                let before = || adding_up(above.iter().rev(), amount);
                behind.or_else(before).or_else(|| sums.come_to(amount))
            });
            sums.add(task);
            let Some(count) = beside.or_else(|| numbered_parts(task, below)) else { continue };
            let message = message!(
                "it is the sum of {count} other tasks but counts as a task of its own; is it a subtotal?",
                "该金额等于另外 {count} 项任务之和，却按一项任务计入，是否为小计？"
            );
            found.push(RULE.code.at(FieldPath::Task(list, at, Column::Funding), message));
        }
    }
}

/// What the first list, and all tasks above one of the second, come to; none where an amount is not known.
struct Sums {
    first: Option<(usize, Money)>,
    all: Option<(usize, Money)>,
}

impl Sums {
    /// The sums above the first task of a list.
    fn above(list: TaskList, key: &[Task]) -> Self {
        let sum = key.iter().try_fold((0, Money::ZERO), plus);
        let first = sum.filter(|_| list == TaskList::Other);
        Self { first, all: first }
    }

    fn add(&mut self, task: &Task) {
        self.all = self.all.and_then(|sum| plus(sum, task));
    }

    /// How many tasks, two or more, come to an amount.
    fn come_to(&self, wanted: Money) -> Option<usize> {
        let mut sums = [self.first, self.all].into_iter().flatten();
        sums.find(|(count, sum)| *count > 1 && *sum == wanted).map(|(count, _)| count)
    }
}

fn plus((count, sum): (usize, Money), task: &Task) -> Option<(usize, Money)> {
    Some((count + 1, sum.checked_add(*task.funding.known()?)?))
}

/// How many of the next tasks are numbered as parts, （1） or ①, where a task that is not comes to their sum.
fn numbered_parts(task: &Task, below: &[Task]) -> Option<usize> {
    let is_part = |task: &Task| {
        let name = task.name.as_deref().unwrap_or_default();
        let number = name.strip_prefix(['（', '(']).map(|rest| rest.split(['）', ')']).next());
        let digits = |number: &str| !number.is_empty() && number.chars().all(char::is_numeric);
        number.flatten().is_some_and(digits) || name.starts_with(|c| ('①'..='⑳').contains(&c))
    };
    let amount = *task.funding.known()?;
    if is_part(task) || amount == Money::ZERO {
        return None;
    }
    let parts = below.iter().take_while(|task| is_part(task)).count();
    adding_up(below[..parts].iter(), amount).filter(|count| *count == parts)
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
