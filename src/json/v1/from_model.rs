//! A return of the model as one of version 1.

use std::collections::BTreeMap;

use super::types::{
    AmountText, BudgetV1, IndicatorV1, KeyTaskV1, LevelV1, OtherTaskV1, ReturnV1, SourceV1,
    TargetV1, TotalsV1, UnitV1, UnitsV1,
};
use crate::model::{
    Indicator, Return, Task,
    entry::Entry,
    field_path::{BudgetField, Column, Field, FieldPath, TaskList},
    money::Money,
    target::{Reading, Target},
    totals::{self, Sum, Total},
};

impl ReturnV1 {
    /// The return in version 1.
    pub fn new(of: &Return, source: Option<SourceV1>) -> Self {
        let amount = |field| of.budget.get(field).known().map(text);
        Self {
            title: of.title.clone(),
            edition: of.edition.clone(),
            year: of.year,
            level: of.level.map(LevelV1::from),
            approver: of.approver.clone(),
            department: of.department.clone(),
            funded_headcount: of.funded_headcount.known().copied(),
            subordinate_units: of.subordinate_units.known().copied(),
            units: Some(UnitsV1 {
                budget: of.units.budget.map(UnitV1::from),
                tasks: of.units.tasks.map(UnitV1::from),
            }),
            budget: BudgetV1 {
                basic_expenditure: amount(BudgetField::BasicExpenditure),
                project_expenditure: amount(BudgetField::ProjectExpenditure),
                fiscal_appropriation: amount(BudgetField::FiscalAppropriation),
                other_funds: amount(BudgetField::OtherFunds),
                special_funds: amount(BudgetField::SpecialFunds),
                other_development: amount(BudgetField::OtherDevelopment),
                own_level: amount(BudgetField::OwnLevel),
                transfers: amount(BudgetField::Transfers),
            },
            totals: Some(totals(of)),
            overall_objective: of.overall_objective.clone(),
            key_tasks: of.key_tasks.iter().map(key_task).collect(),
            other_tasks: of.other_tasks.iter().map(other_task).collect(),
            indicators: of.indicators.iter().map(indicator).collect(),
            notes: of.notes.clone(),
            unreadable: unreadable(of),
            source,
        }
    }
}

fn text(money: &Money) -> AmountText {
    AmountText(money.to_string())
}

fn totals(of: &Return) -> TotalsV1 {
    let sum = |total| totals::total(of, total).known().as_ref().map(text);
    let split = |total| match totals::total(of, total) {
        Sum::Absent => None,
        other => Some(other.known().as_ref().map(text)),
    };
    TotalsV1 {
        expenditure: sum(Total::Expenditure),
        income: sum(Total::Income),
        development: sum(Total::Development),
        by_level: sum(Total::ByLevel),
        key_tasks: sum(Total::KeyTasks),
        other_tasks: sum(Total::OtherTasks),
        tasks: sum(Total::Tasks),
        fiscal_appropriation: split(Total::TasksFiscalAppropriation),
        other_funds: split(Total::TasksOtherFunds),
    }
}

fn key_task(task: &Task) -> KeyTaskV1 {
    let split = task.split.as_ref();
    KeyTaskV1 {
        name: task.name.clone(),
        activities: task.activities.clone(),
        funding: task.funding.known().map(text),
        outcome: task.outcome.clone(),
        fiscal_appropriation: split.map(|split| split.fiscal_appropriation.known().map(text)),
        other_funds: split.map(|split| split.other_funds.known().map(text)),
    }
}

fn other_task(task: &Task) -> OtherTaskV1 {
    let split = task.split.as_ref();
    OtherTaskV1 {
        name: task.name.clone(),
        content: task.activities.clone(),
        funding: task.funding.known().map(text),
        fiscal_appropriation: split.map(|split| split.fiscal_appropriation.known().map(text)),
        other_funds: split.map(|split| split.other_funds.known().map(text)),
    }
}

fn indicator(indicator: &Indicator) -> IndicatorV1 {
    IndicatorV1 {
        level1: indicator.level1.clone(),
        level2: indicator.level2.clone(),
        level3: indicator.level3.clone(),
        period_target: indicator.period_target.as_ref().map(target),
        annual_target: indicator.annual_target.as_ref().map(target),
    }
}

fn target(target: &Target) -> TargetV1 {
    let plain = |kind: &str| TargetV1 {
        text: target.text.clone(),
        kind: Some(kind.to_owned()),
        ..TargetV1::default()
    };
    match &target.reading {
        Reading::Quantity { op, value, unit, per } => TargetV1 {
            op: Some(op.symbol().to_owned()),
            value: Some(value.clone()),
            unit: unit.clone(),
            per: per.map(|per| per.name().to_owned()),
            ..plain("quantity")
        },
        Reading::Range { low, high, unit } => TargetV1 {
            low: Some(low.clone()),
            high: Some(high.clone()),
            unit: unit.clone(),
            ..plain("range")
        },
        Reading::Date { op, date, per } => TargetV1 {
            op: Some(op.symbol().to_owned()),
            date: Some(date.clone()),
            per: per.map(|per| per.name().to_owned()),
            ..plain("date")
        },
        Reading::Qualitative => plain("qualitative"),
    }
}

fn unreadable(of: &Return) -> BTreeMap<String, String> {
    let mut texts = BTreeMap::new();
    let mut add = |path: FieldPath, text: Option<&str>| {
        if let Some(text) = text {
            texts.insert(path.to_string(), text.to_owned());
        }
    };
    add(Field::FundedHeadcount.into(), of.funded_headcount.unreadable());
    add(Field::SubordinateUnits.into(), of.subordinate_units.unreadable());
    for field in BudgetField::ALL {
        add(field.into(), of.budget.get(field).unreadable());
    }
    for list in [TaskList::Key, TaskList::Other] {
        for (at, task) in of.tasks(list).iter().enumerate() {
            add(FieldPath::Task(list, at, Column::Funding), task.funding.unreadable());
            let split = task.split.as_ref();
            let part = |of: fn(&crate::model::Split) -> &Entry<Money>| {
                split.and_then(|split| of(split).unreadable())
            };
            add(
                FieldPath::Task(list, at, Column::FiscalAppropriation),
                part(|split| &split.fiscal_appropriation),
            );
            add(FieldPath::Task(list, at, Column::OtherFunds), part(|split| &split.other_funds));
        }
    }
    texts
}

macro_rules! same_names {
    ($one:ty, $other:ty, $($one_name:ident = $other_name:ident),*) => {
        impl From<$one> for $other {
            fn from(from: $one) -> Self {
                match from { $(<$one>::$one_name => Self::$other_name),* }
            }
        }
        impl From<$other> for $one {
            fn from(from: $other) -> Self {
                match from { $(<$other>::$other_name => Self::$one_name),* }
            }
        }
    };
}

same_names!(
    crate::model::level::Level,
    LevelV1,
    Central = Central,
    Province = Province,
    City = City,
    County = County,
    Town = Town
);
same_names!(
    crate::model::money::Unit,
    UnitV1,
    Yuan = 元,
    Thousand = 千元,
    TenThousand = 万元,
    HundredMillion = 亿元
);
