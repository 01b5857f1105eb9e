//! An amount typed in yuan under a head of 万元.

use rust_decimal::Decimal;

use super::{Rule, Subject, amounts};
use crate::{
    diagnostic::{Code, Diagnostic, Severity},
    model::{
        field_path::{BudgetField, FieldPath},
        money::{Money, Unit},
        totals::{Total, total},
    },
};

/// T105 `unit-suspect`.
pub(super) static RULE: Rule = Rule {
    code: &Code {
        id: "T105",
        name: "unit-suspect",
        severity: Severity::Warning,
        explanation: "\
## What it checks
An amount of ten billion yuan or more that is printed in 万元, 千元 or 亿元, or an amount of the budget with which two totals agree once it is divided
by 10,000.
## Why
Ten billion yuan are rare in one line of a department; the amount was probably typed in a smaller unit. It was read as printed.
## How to fix
Type the amount in the unit of the head.
",
    },
    run,
};

fn run(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let limit = Decimal::from(10_000_000_000_i64);
    let mut reported: Vec<FieldPath> = Vec::new();
    for (path, money, unit) in amounts(subject.of) {
        if unit != Unit::Yuan && money.yuan().abs() >= limit {
            found.push(RULE.code.at(path, suspicion(money, unit)));
            reported.push(path);
        }
    }
    for field in BudgetField::ALL {
        let path = FieldPath::from(field);
        if !reported.contains(&path)
            && let Some(money) = agrees_once_divided(subject, field)
        {
            found.push(RULE.code.at(path, suspicion(money, Unit::TenThousand)));
        }
    }
}

fn suspicion(money: Money, unit: Unit) -> crate::diagnostic::Message {
    let (printed, name) = (money.printed(unit), unit.name());
    let smaller = if unit == Unit::HundredMillion { "元 or 万元" } else { "元" };
    let zh = smaller.replace(" or ", "或");
    message!(
        "{printed} {name} may have been typed in {smaller}",
        "{printed} {name}可能是按{zh}填写的"
    )
}

/// The amount with which an identity holds only after division by 10,000.
fn agrees_once_divided(subject: &Subject<'_>, field: BudgetField) -> Option<Money> {
    if subject.of.units.budget != Some(Unit::TenThousand) {
        return None;
    }
    let money = *subject.of.budget.get(field).known()?;
    let divided = Money::from_yuan(money.yuan() / Decimal::from(10_000))?;
    if money == divided {
        return None;
    }
    let gap = divided.checked_sub(money)?;
    for (one, other) in &subject.identities.equal {
        let (first, second) =
            (total(subject.of, *one).known()?, total(subject.of, *other).known()?);
        let mended = |total: Total, sum: Money| {
            if total.parts().contains(&field) { sum.checked_add(gap) } else { Some(sum) }
        };
        let agree = mended(*one, first)? == mended(*other, second)?;
        if first != second && agree {
            return Some(money);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::{
        check::check_rule,
        model::{
            entry::Entry,
            money::{Money, Unit},
        },
    };

    fn yuan(amount: i64) -> Entry<Money> {
        Entry::Known(Money::from_yuan(amount.into()).unwrap())
    }

    #[test]
    fn sees_an_amount_ten_thousand_times_too_large() {
        check_rule(
            &RULE,
            |of| of.budget.fiscal_appropriation = yuan(10_000_000_000),
            &[
                "budget.fiscal_appropriation: warning T105 1,000,000.00 万元 may have been typed in 元",
            ],
        );
    }

    #[test]
    fn knows_that_amounts_in_larger_units_are_smaller() {
        check_rule(
            &RULE,
            |of| {
                of.units.budget = Some(Unit::HundredMillion);
                of.budget.own_level = yuan(482_000_000_000_000);
            },
            &["budget.own_level: warning T105 4,820,000.00 亿元 may have been typed in 元 or 万元"],
        );
    }

    #[test]
    fn sees_an_identity_that_holds_only_once_divided() {
        check_rule(
            &RULE,
            |of| {
                of.budget.fiscal_appropriation = yuan(990_000);
                of.budget.other_funds = yuan(100_000_000);
            },
            &["budget.other_funds: warning T105 10,000.00 万元 may have been typed in 元"],
        );
    }
}
