//! The money of a task = its parts by source.

use super::{Rule, Subject, rounding};
use crate::{
    diagnostic::{Code, Diagnostic, Severity},
    model::{
        entry::Entry,
        field_path::{Column, FieldPath, TaskList},
        money::{Money, Unit},
        totals::{Sum, Total, sum},
    },
};

/// T106 `task-split-mismatch`.
pub(super) static RULE: Rule = Rule {
    code: &Code {
        id: "T106",
        name: "task-split-mismatch",
        severity: Severity::Error,
        explanation: "\
## What it checks
总额 = 财政拨款 + 其他资金, for each task and in a 合计 row that the source states. A difference of at most 50 元 per amount
printed in 万元 is rounding, a warning; so is a 总额 of which neither part is stated.
## Why
Every yuan of a task has a source; parts that don't add up show that one of the three amounts is wrong.
## How to fix
Correct the amount that is wrong. The 合计 row is computed from the tasks.
",
    },
    run,
};

fn run(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let unit = subject.of.units.tasks.unwrap_or(Unit::Yuan);
    for list in [TaskList::Key, TaskList::Other] {
        for (at, task) in subject.of.tasks(list).iter().enumerate() {
            let Some(split) = &task.split else { continue };
            let parts = [&split.fiscal_appropriation, &split.other_funds];
            let path = FieldPath::Task(list, at, Column::Funding);
            found.extend(compare(path, &task.funding, parts, unit));
        }
    }
    let declared = |wanted: Total| subject.declared.iter().find(|of| of.total == wanted);
    let parts = (declared(Total::TasksFiscalAppropriation), declared(Total::TasksOtherFunds));
    // Where both lists print a total, the parts are those of one of them, and nothing can be compared.
    let wholes = (declared(Total::KeyTasks), declared(Total::OtherTasks));
    let ((Some(whole), None) | (None, Some(whole))) = wholes else { return };
    if let (Some(fiscal), Some(other)) = parts {
        let path = FieldPath::Total(whole.total);
        found.extend(compare(path, &whole.amount, [&fiscal.amount, &other.amount], whole.unit));
    }
}

fn compare(
    path: FieldPath,
    whole: &Entry<Money>,
    parts: [&Entry<Money>; 2],
    unit: Unit,
) -> Option<Diagnostic> {
    let stated = !parts.iter().all(|part| part.is_blank());
    let amount = match whole {
        Entry::Known(amount) => *amount,
        Entry::Blank if stated => Money::ZERO,
        Entry::Blank | Entry::Unreadable(_) => return None,
    };
    let Sum::Known(added) = sum(parts.into_iter()) else { return None };
    if amount == added {
        return None;
    }
    let slight = amount.checked_sub(added)?.abs() <= rounding(3, unit);
    let severity = if slight || !stated { Severity::Warning } else { Severity::Error };
    let (amount, added, unit) = (amount.printed(unit), added.printed(unit), unit.name());
    let message = match (whole.is_blank(), stated) {
        (true, _) => message!(
            "总额 is blank but 财政拨款＋其他资金 is {added} {unit}",
            "总额未填，而 财政拨款＋其他资金 为 {added} {unit}"
        ),
        (_, false) => message!(
            "总额 is {amount} {unit} but neither 财政拨款 nor 其他资金 is stated",
            "总额为 {amount} {unit}，但未填财政拨款和其他资金"
        ),
        _ => message!(
            "总额 is {amount} {unit} but 财政拨款＋其他资金 is {added} {unit}",
            "总额为 {amount} {unit}，而 财政拨款＋其他资金 为 {added} {unit}"
        ),
    };
    Some(RULE.code.at(path, message).as_severity(severity))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::{
        check::{check_rule, check_with},
        model::{
            Return, Split, Task,
            entry::Entry,
            money::{Money, Unit},
            totals::{Declared, Total},
        },
    };

    fn yuan(amount: i64) -> Entry<Money> {
        Entry::Known(Money::from_yuan(amount.into()).unwrap())
    }

    fn task(
        funding: Entry<Money>,
        fiscal: Entry<Money>,
        other: Entry<Money>,
    ) -> impl Fn(&mut Return) {
        move |of| {
            let split = Split { fiscal_appropriation: fiscal.clone(), other_funds: other.clone() };
            let funding = funding.clone();
            of.units.tasks = Some(Unit::TenThousand);
            of.key_tasks = vec![Task { funding, split: Some(split), ..Task::default() }];
        }
    }

    #[test]
    fn names_the_task_whose_parts_do_not_add_up() {
        check_rule(
            &RULE,
            task(yuan(1_005_000), yuan(1_000_000), yuan(0)),
            &[
                "key_tasks[0].funding: error T106 总额 is 100.50 万元 but 财政拨款＋其他资金 is 100.00 万元",
            ],
        );
        check_rule(&RULE, task(yuan(1_005_000), yuan(1_000_000), yuan(5_000)), &[]);
    }

    #[test]
    fn a_blank_part_adds_nothing_and_an_unreadable_one_is_left_alone() {
        check_rule(&RULE, task(yuan(10_000), yuan(10_000), Entry::Blank), &[]);
        check_rule(&RULE, task(yuan(10_000), yuan(1), Entry::Unreadable("若干".into())), &[]);
        check_rule(
            &RULE,
            task(Entry::Blank, yuan(10_000), Entry::Blank),
            &["key_tasks[0].funding: error T106 总额 is blank but 财政拨款＋其他资金 is 1.00 万元"],
        );
        check_rule(
            &RULE,
            task(yuan(10_000), Entry::Blank, Entry::Blank),
            &[
                "key_tasks[0].funding: warning T106 总额 is 1.00 万元 but neither 财政拨款 nor 其他资金 is stated",
            ],
        );
    }

    #[test]
    fn a_slight_difference_is_rounding() {
        check_rule(
            &RULE,
            task(yuan(10_100), yuan(5_000), yuan(5_000)),
            &[
                "key_tasks[0].funding: warning T106 总额 is 1.01 万元 but 财政拨款＋其他资金 is 1.00 万元",
            ],
        );
    }

    #[test]
    fn the_row_of_totals_that_the_source_states_is_compared_too() {
        let declared = |total, amount| Declared { total, amount, unit: Unit::TenThousand };
        check_with(
            &RULE,
            |_| {},
            vec![
                declared(Total::KeyTasks, yuan(1_200_000)),
                declared(Total::TasksFiscalAppropriation, yuan(1_000_000)),
                declared(Total::TasksOtherFunds, yuan(0)),
            ],
            &[
                "totals.key_tasks: error T106 总额 is 120.00 万元 but 财政拨款＋其他资金 is 100.00 万元",
            ],
        );
    }
}
