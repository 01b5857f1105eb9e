//! Totals, from the parts only, never from a typed total.

use super::{
    Return,
    entry::Entry,
    field_path::{BudgetField, TaskList},
    money::Money,
};

/// A total of the return.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Total {
    /// 部门预算支出 = 基本支出 + 项目支出
    Expenditure,
    /// 收入来源 = 财政拨款 + 其他资金
    Income,
    /// 事业发展性支出 = 财政专项资金 + 其他事业发展性支出
    Development,
    /// 按预算级次划分 = 本级使用资金 + 拟用于对下转移支付资金
    ByLevel,
    /// Funding of the key tasks.
    KeyTasks,
    /// Funding of the other tasks.
    OtherTasks,
    /// Funding of all tasks.
    Tasks,
    /// 财政拨款 of all tasks, where the edition splits the money.
    TasksFiscalAppropriation,
    /// 其他资金 of all tasks, where the edition splits the money.
    TasksOtherFunds,
}

impl Total {
    /// The totals of the budget block, in the order of the printed form.
    pub const BUDGET: [Self; 4] =
        [Self::Expenditure, Self::Income, Self::Development, Self::ByLevel];
    /// Every total, in the order of JSON.
    pub const ALL: [Self; 9] = [
        Self::Expenditure,
        Self::Income,
        Self::Development,
        Self::ByLevel,
        Self::KeyTasks,
        Self::OtherTasks,
        Self::Tasks,
        Self::TasksFiscalAppropriation,
        Self::TasksOtherFunds,
    ];

    /// The total's name in JSON and in edition files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Expenditure => "expenditure",
            Self::Income => "income",
            Self::Development => "development",
            Self::ByLevel => "by_level",
            Self::KeyTasks => "key_tasks",
            Self::OtherTasks => "other_tasks",
            Self::Tasks => "tasks",
            Self::TasksFiscalAppropriation => "fiscal_appropriation",
            Self::TasksOtherFunds => "other_funds",
        }
    }

    /// The total of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|total| total.name() == name)
    }

    /// The amounts of the budget block that add up to this total; none for the totals of tasks.
    pub fn parts(self) -> &'static [BudgetField] {
        match self {
            Self::Expenditure => &[BudgetField::BasicExpenditure, BudgetField::ProjectExpenditure],
            Self::Income => &[BudgetField::FiscalAppropriation, BudgetField::OtherFunds],
            Self::Development => &[BudgetField::SpecialFunds, BudgetField::OtherDevelopment],
            Self::ByLevel => &[BudgetField::OwnLevel, BudgetField::Transfers],
            _ => &[],
        }
    }
}

/// A computed total.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sum {
    /// The edition has no such total.
    Absent,
    /// A part could not be read, so the total is unknown; never a partial sum.
    Unknown,
    /// The sum; blank parts add nothing.
    Known(Money),
}

impl Sum {
    /// The sum, if one is known.
    pub fn known(self) -> Option<Money> {
        match self {
            Self::Known(money) => Some(money),
            Self::Absent | Self::Unknown => None,
        }
    }
}

/// Computes one total of a return, in yuan.
pub fn total(of: &Return, total: Total) -> Sum {
    match total {
        Total::KeyTasks => sum(of.key_tasks.iter().map(|task| &task.funding)),
        Total::OtherTasks if !of.prints.other_tasks && of.other_tasks.is_empty() => Sum::Absent,
        Total::OtherTasks => sum(of.other_tasks.iter().map(|task| &task.funding)),
        Total::Tasks => sum(all_tasks(of).map(|task| &task.funding)),
        Total::TasksFiscalAppropriation => split_sum(of, |split| &split.fiscal_appropriation),
        Total::TasksOtherFunds => split_sum(of, |split| &split.other_funds),
        _ if of.units.budget.is_none() || !is_printed(of, total) => Sum::Absent,
        _ => sum(total.parts().iter().map(|field| of.budget.get(*field))),
    }
}

/// Whether the form prints any part of a total of the budget.
fn is_printed(of: &Return, total: Total) -> bool {
    let mut all = Total::BUDGET.iter().zip(of.prints.budget);
    all.any(|(known, printed)| *known == total && printed)
}

/// Adds entries: a blank one adds nothing, an unreadable one makes the sum unknown.
pub fn sum<'a>(entries: impl Iterator<Item = &'a Entry<Money>>) -> Sum {
    let mut sum = Money::ZERO;
    for entry in entries {
        match entry {
            Entry::Blank => {}
            Entry::Unreadable(_) => return Sum::Unknown,
            Entry::Known(money) => match sum.checked_add(*money) {
                Some(next) => sum = next,
                None => return Sum::Unknown,
            },
        }
    }
    Sum::Known(sum)
}

fn all_tasks(of: &Return) -> impl Iterator<Item = &super::Task> {
    [TaskList::Key, TaskList::Other].into_iter().flat_map(|list| of.tasks(list))
}

fn split_sum(of: &Return, part: fn(&super::Split) -> &Entry<Money>) -> Sum {
    if !of.prints.split && all_tasks(of).all(|task| task.split.is_none()) {
        return Sum::Absent;
    }
    sum(all_tasks(of).filter_map(|task| task.split.as_ref()).map(part))
}

/// Which totals must agree; data of an edition.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Identities {
    /// Pairs of totals that are equal.
    pub equal: Vec<(Total, Total)>,
    /// Whether 事业发展性支出 is part of 项目支出.
    pub development_within_project: bool,
}

/// Totals that the source had typed in, kept only to compare them with the computed ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declared {
    /// The total that the source states.
    pub total: Total,
    /// What stands there.
    pub amount: Entry<Money>,
    /// The unit that it is printed in.
    pub unit: super::money::Unit,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Prints, Task, Units, money::Unit};

    fn yuan(amount: i64) -> Entry<Money> {
        Entry::Known(Money::from_yuan(amount.into()).unwrap())
    }

    fn sample() -> Return {
        let task = |amount| Task { funding: amount, ..Task::default() };
        Return {
            units: Units { budget: Some(Unit::TenThousand), tasks: Some(Unit::Yuan) },
            key_tasks: vec![task(yuan(30)), task(Entry::Blank)],
            other_tasks: vec![task(yuan(12))],
            ..Return::default()
        }
    }

    #[test]
    fn blanks_add_nothing() {
        let of = sample();
        assert_eq!(total(&of, Total::Expenditure), Sum::Known(Money::ZERO));
        assert_eq!(total(&of, Total::KeyTasks).known().unwrap().to_string(), "30.00");
        assert_eq!(total(&of, Total::Tasks).known().unwrap().to_string(), "42.00");
    }

    #[test]
    fn an_unreadable_part_makes_the_total_unknown() {
        let mut of = sample();
        of.budget.basic_expenditure = yuan(5);
        of.budget.project_expenditure = Entry::Unreadable("约二十万".into());
        assert_eq!(total(&of, Total::Expenditure), Sum::Unknown);
        assert_eq!(total(&of, Total::Income), Sum::Known(Money::ZERO));
    }

    #[test]
    fn an_edition_without_a_budget_has_no_budget_totals() {
        let mut of = sample();
        of.units.budget = None;
        assert_eq!(total(&of, Total::Income), Sum::Absent);
        assert_eq!(total(&of, Total::TasksOtherFunds), Sum::Absent);
    }

    #[test]
    fn what_the_form_prints_says_which_totals_of_tasks_there_are() {
        let mut of = Return {
            prints: Prints { other_tasks: false, split: true, ..Prints::default() },
            ..sample()
        };
        of.other_tasks.clear();
        assert_eq!(total(&of, Total::OtherTasks), Sum::Absent);
        assert_eq!(total(&of, Total::Tasks).known().unwrap().to_string(), "30.00");
        assert_eq!(total(&of, Total::TasksOtherFunds), Sum::Known(Money::ZERO));
    }
}
