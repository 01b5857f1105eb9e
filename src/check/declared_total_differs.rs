//! A typed total = the computed one.

use super::{Rule, Subject, identity::words, rounding};
use crate::{
    diagnostic::{Code, Diagnostic, Message, Severity},
    model::{
        Return,
        entry::Entry,
        field_path::{FieldPath, TaskList},
        money::{Money, Unit},
        totals::{Declared, Sum, Total, total},
    },
};

/// T104 `declared-total-differs`.
pub(super) static RULE: Rule = Rule {
    code: &Code {
        id: "T104",
        name: "declared-total-differs",
        severity: Severity::Error,
        explanation: "\
## What it checks
A 合计 that the source states against the sum of its parts. A difference of at most 50 元 per amount printed in 万元 is
rounding, a warning.
## Why
Totals are always recomputed; a typed one that differs shows that a part or the total was changed and the other was not.
## How to fix
The output holds the computed total. Make sure that the parts are right.
",
    },
    run,
};

fn run(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    for declared in subject.declared {
        let computed = total(subject.of, declared.total);
        let path = FieldPath::Total(declared.total);
        match (&declared.amount, computed) {
            (Entry::Blank, _) | (_, Sum::Absent) => {}
            (Entry::Known(typed), Sum::Known(sum)) if is_sum(*typed, sum, declared.unit) => {}
            (Entry::Known(typed), Sum::Known(sum)) => {
                let parts = number_of_parts(subject.of, declared.total) + 1;
                let slight = typed
                    .checked_sub(sum)
                    .is_some_and(|gap| gap.abs() <= rounding(parts, declared.unit));
                let severity = if slight { Severity::Warning } else { Severity::Error };
                let message = differs(declared, &typed.printed(declared.unit), sum);
                found.push(RULE.code.at(path, message).as_severity(severity));
            }
            // Some programs write formulas and leave it to the next one to calculate them.
            (Entry::Unreadable(text), Sum::Known(sum)) if text.starts_with('=') => {
                let message = uncalculated(text, declared, sum);
                found.push(RULE.code.at(path, message).as_severity(Severity::Warning));
            }
            // A sum may have more digits than an amount that is read.
            (Entry::Unreadable(text), Sum::Known(sum)) if sum.is_stated_by(text, declared.unit) => {
            }
            (Entry::Unreadable(text), Sum::Known(sum)) => {
                found.push(RULE.code.at(path, differs(declared, text, sum)));
            }
            // The part that can't be read has its own finding; the typed total may well be right.
            (Entry::Known(typed), Sum::Unknown) => {
                let message = unknown(declared, &typed.printed(declared.unit));
                found.push(RULE.code.at(path, message).as_severity(Severity::Warning));
            }
            (Entry::Unreadable(text), Sum::Unknown) => {
                found.push(
                    RULE.code.at(path, unknown(declared, text)).as_severity(Severity::Warning),
                );
            }
        }
    }
}

/// Whether a typed total is the sum, or what a cell keeps of it.
fn is_sum(typed: Money, sum: Money, unit: Unit) -> bool {
    typed == sum || sum.kept_in_cell(unit) == Some(typed)
}

fn number_of_parts(of: &Return, total: Total) -> usize {
    match total {
        Total::KeyTasks => of.tasks(TaskList::Key).len(),
        Total::OtherTasks => of.tasks(TaskList::Other).len(),
        Total::Tasks | Total::TasksFiscalAppropriation | Total::TasksOtherFunds => {
            of.tasks(TaskList::Key).len() + of.tasks(TaskList::Other).len()
        }
        _ => total.parts().len(),
    }
}

fn differs(declared: &Declared, typed: &str, sum: Money) -> Message {
    let (words, computed, unit) =
        (words(declared.total), sum.printed(declared.unit), declared.unit.name());
    message!(
        "the source states {typed} {unit} but {words} is {computed} {unit}; the computed total is written",
        "原表合计为 {typed} {unit}，而 {words} 应为 {computed} {unit}；输出采用计算值"
    )
}

fn uncalculated(formula: &str, declared: &Declared, sum: Money) -> Message {
    let (sum, unit) = (sum.printed(declared.unit), declared.unit.name());
    message!(
        "the source holds the formula {formula} without a result; the computed total, {sum} {unit}, is written",
        "原表合计为公式 {formula}，未保存计算结果；输出采用计算值 {sum} {unit}"
    )
}

fn unknown(declared: &Declared, typed: &str) -> Message {
    let (words, unit) = (words(declared.total), Unit::name(declared.unit));
    message!(
        "the source states {typed} {unit}, but a part of {words} can't be read; no total is written",
        "原表合计为 {typed} {unit}，但 {words} 中有无法识别的金额；输出不写合计数"
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::{
        check::check_with,
        model::{
            entry::Entry,
            money::{Money, Unit},
            totals::{Declared, Total},
        },
    };

    fn typed(yuan: i64) -> Vec<Declared> {
        let amount = Entry::Known(Money::from_yuan(yuan.into()).unwrap());
        vec![Declared { total: Total::Income, amount, unit: Unit::TenThousand }]
    }

    #[test]
    fn names_the_old_and_the_new_in_one_unit() {
        check_with(
            &RULE,
            |_| {},
            typed(1_100_000),
            &[
                "totals.income: error T104 the source states 110.00 万元 but 财政拨款＋其他资金 is 100.00 万元; the computed total is written",
            ],
        );
        check_with(&RULE, |_| {}, typed(1_000_000), &[]);
    }

    #[test]
    fn a_total_over_an_unreadable_part_is_reported_too() {
        check_with(
            &RULE,
            |of| of.budget.other_funds = Entry::Unreadable("若干".into()),
            typed(1_000_000),
            &[
                "totals.income: warning T104 the source states 100.00 万元, but a part of 财政拨款＋其他资金 can't be read; no total is written",
            ],
        );
    }

    #[test]
    fn a_sum_of_more_digits_than_an_amount_has_is_no_disagreement() {
        let yuan = |text: &str| Entry::Known(Money::from_yuan(text.parse().unwrap()).unwrap());
        let of = |amount| vec![Declared { total: Total::Income, amount, unit: Unit::TenThousand }];
        let stated = |text: &str| of(Entry::Unreadable(text.into()));
        let cases = [
            (stated("19,999,999,999.99998"), vec![]),
            // What a cell keeps of it.
            (of(yuan("200000000000000")), vec![]),
            (
                stated("19,999,999,999.99997"),
                vec![
                    "totals.income: error T104 the source states 19,999,999,999.99997 万元 but 财政拨款＋其他资金 is 19,999,999,999.99998 万元; the computed total is written",
                ],
            ),
        ];
        for (declared, want) in cases {
            let wide = |of: &mut crate::model::Return| {
                of.budget.fiscal_appropriation = yuan("99999999999999.9");
                of.budget.other_funds = yuan("99999999999999.9");
            };
            check_with(&RULE, wide, declared, &want);
        }
    }
}
