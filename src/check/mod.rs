//! The rules of a review. A rule sees the return, the totals that its source stated and the edition's identities;
//! it never sees a cell.

mod declared_total_differs;
mod development_exceeds_project;
mod duplicate_task;
mod expenditure_income_mismatch;
mod identity;
mod level_split_mismatch;
mod negative_amount;
mod placeholder_left;
mod sub_fen_amount;
mod subtotal_suspect;
mod task_split_mismatch;
mod unit_suspect;

use crate::{
    diagnostic::{Code, Diagnostic},
    model::{
        Return,
        field_path::{BudgetField, Column, FieldPath, TaskList},
        money::{Money, Unit},
        totals::{Declared, Identities},
    },
};

/// What a rule looks at.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The return.
    pub of: &'a Return,
    /// The totals that the source states.
    pub declared: &'a [Declared],
    /// The totals that must agree.
    pub identities: &'a Identities,
}

/// A rule: its code and the function that looks for the fault.
#[derive(Debug)]
pub struct Rule {
    /// What it finds.
    pub code: &'static Code,
    run: fn(&Subject<'_>, &mut Vec<Diagnostic>),
}

/// Every rule, in the order in which they run.
pub(super) static RULES: &[&Rule] = &[
    &negative_amount::RULE,
    &sub_fen_amount::RULE,
    &expenditure_income_mismatch::RULE,
    &level_split_mismatch::RULE,
    &development_exceeds_project::RULE,
    &task_split_mismatch::RULE,
    &declared_total_differs::RULE,
    &subtotal_suspect::RULE,
    &unit_suspect::RULE,
    &placeholder_left::RULE,
    &duplicate_task::RULE,
];

/// Runs every rule.
pub fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for rule in RULES {
        (rule.run)(subject, &mut found);
    }
    found
}

/// Every known amount of a return with its path and the unit that it is printed in.
fn amounts(of: &Return) -> Vec<(FieldPath, Money, Unit)> {
    let mut all = Vec::new();
    let budget = of.units.budget.unwrap_or(Unit::TenThousand);
    for field in BudgetField::ALL {
        all.extend(
            of.budget.get(field).known().map(|money| (FieldPath::from(field), *money, budget)),
        );
    }
    let unit = of.units.tasks.unwrap_or(Unit::Yuan);
    for list in [TaskList::Key, TaskList::Other] {
        for (at, task) in of.tasks(list).iter().enumerate() {
            let mut add = |column, money: Option<&Money>| {
                all.extend(money.map(|money| (FieldPath::Task(list, at, column), *money, unit)));
            };
            add(Column::Funding, task.funding.known());
            if let Some(split) = &task.split {
                add(Column::FiscalAppropriation, split.fiscal_appropriation.known());
                add(Column::OtherFunds, split.other_funds.known());
            }
        }
    }
    all
}

/// How far two sums of printed amounts may differ by rounding alone: 50 yuan for each amount printed in 万元.
fn rounding(amounts: usize, unit: Unit) -> Money {
    let each = if unit == Unit::TenThousand { 50 } else { 0 };
    let yuan = i64::try_from(amounts).unwrap_or(i64::MAX / 100) * each;
    Money::from_yuan(yuan.into()).unwrap_or_default()
}

/// Runs one rule on a clean return in which the test breaks one thing, and compares the findings as text.
#[cfg(test)]
fn check_rule(rule: &Rule, breaks: impl Fn(&mut Return), want: &[&str]) {
    check_with(rule, breaks, Vec::new(), want);
}

#[cfg(test)]
fn check_with(rule: &Rule, breaks: impl Fn(&mut Return), declared: Vec<Declared>, want: &[&str]) {
    use crate::model::{Units, entry::Entry, totals::Total};
    let yuan = |amount: i64| Entry::Known(Money::from_yuan(amount.into()).unwrap());
    let units = Units { budget: Some(Unit::TenThousand), tasks: Some(Unit::Yuan) };
    let mut of = Return { units, ..Return::default() };
    of.budget.basic_expenditure = yuan(400_000);
    of.budget.project_expenditure = yuan(600_000);
    of.budget.fiscal_appropriation = yuan(1_000_000);
    of.budget.other_funds = yuan(0);
    of.budget.special_funds = yuan(0);
    of.budget.other_development = yuan(100_000);
    of.budget.own_level = yuan(1_000_000);
    of.budget.transfers = yuan(0);
    breaks(&mut of);
    let identities = Identities {
        equal: vec![(Total::Expenditure, Total::Income), (Total::Expenditure, Total::ByLevel)],
        development_within_project: true,
    };
    let mut found = Vec::new();
    (rule.run)(&Subject { of: &of, declared: &declared, identities: &identities }, &mut found);
    let shown: Vec<String> = found
        .iter()
        .map(|d| format!("{}: {} {} {}", d.path, d.severity.name(), d.code.id, d.message.en))
        .collect();
    assert_eq!(shown, want);
}
