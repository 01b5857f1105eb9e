//! What a department reports, as it is typed; a sound one becomes a [`Return`], any becomes a sheet of cells.

use jixiao::{
    form,
    model::{
        self, Return, Units,
        entry::Entry,
        field_path::BudgetField,
        level::Level,
        money::{Money, Unit},
        target::{self, Context},
    },
};
use rust_decimal::Decimal;

use crate::Result;

/// The contents of one return, every value as typed.
#[derive(Clone, Default)]
pub(crate) struct Department {
    pub(crate) edition: &'static str,
    pub(crate) title: String,
    pub(crate) year: Option<i32>,
    pub(crate) approver: String,
    pub(crate) name: String,
    pub(crate) headcount: String,
    pub(crate) units: String,
    /// The printed label of 本级使用资金.
    pub(crate) own_level: &'static str,
    /// The printed unit of the tasks.
    pub(crate) task_unit: &'static str,
    /// 基本, 项目, 财政拨款, 其他资金, 专项, 其他事业发展, 本级, 转移支付; in 万元.
    pub(crate) budget: [String; 8],
    pub(crate) objective: String,
    pub(crate) key_tasks: Vec<Task>,
    /// Other tasks; their outcome is empty.
    pub(crate) other_tasks: Vec<Task>,
    pub(crate) indicators: Vec<Indicator>,
    pub(crate) notes: Vec<String>,
}

/// One task.
#[derive(Clone, Default)]
pub(crate) struct Task {
    pub(crate) name: String,
    pub(crate) activities: String,
    pub(crate) funding: String,
    pub(crate) outcome: String,
}

/// One indicator; levels that the row above states are empty.
#[derive(Clone, Default)]
pub(crate) struct Indicator {
    pub(crate) level1: String,
    pub(crate) level2: String,
    pub(crate) level3: String,
    pub(crate) period: String,
    pub(crate) annual: String,
}

/// A key task.
pub(crate) fn task(name: &str, activities: &str, funding: &str, outcome: &str) -> Task {
    let [name, activities, funding, outcome] =
        [name, activities, funding, outcome].map(str::to_owned);
    Task { name, activities, funding, outcome }
}

/// Indicators, one row each: the three levels, the target of the period, the target of the year.
pub(crate) fn indicators(rows: &[[&str; 5]]) -> Vec<Indicator> {
    let one = |row: &[&str; 5]| {
        let [level1, level2, level3, period, annual] = row.map(str::to_owned);
        Indicator { level1, level2, level3, period, annual }
    };
    rows.iter().map(one).collect()
}

impl Department {
    /// The return that a sound department's contents say.
    pub(crate) fn to_return(&self) -> Result<Return> {
        let task_unit = Unit::from_name(self.task_unit);
        let mut of = Return {
            title: stated(&self.title),
            edition: form::by_name(self.edition)?.name.clone(),
            year: self.year,
            level: self.level(),
            approver: stated(&self.approver),
            department: stated(&self.name),
            funded_headcount: count(&self.headcount)?,
            subordinate_units: count(&self.units)?,
            units: Units { budget: Some(Unit::TenThousand), tasks: task_unit },
            overall_objective: stated(&self.objective),
            key_tasks: tasks(&self.key_tasks, task_unit)?,
            other_tasks: tasks(&self.other_tasks, task_unit)?,
            indicators: self.filled_indicators(),
            notes: self.notes.clone(),
            ..Return::default()
        };
        for (field, typed) in BudgetField::ALL.into_iter().zip(&self.budget) {
            *of.budget.get_mut(field) = amount(typed, Some(Unit::TenThousand))?;
        }
        Ok(of.canonical())
    }

    fn level(&self) -> Option<Level> {
        let words = [
            ('省', Level::Province),
            ('市', Level::City),
            ('县', Level::County),
            ('镇', Level::Town),
        ];
        words
            .into_iter()
            .find(|(word, _)| self.own_level.starts_with(*word))
            .map(|(_, level)| level)
    }

    fn filled_indicators(&self) -> Vec<model::Indicator> {
        let (mut level1, mut level2) = (None, None);
        let mut filled = Vec::with_capacity(self.indicators.len());
        for row in &self.indicators {
            if !row.level1.is_empty() {
                (level1, level2) = (Some(row.level1.clone()), None);
            }
            level2 = stated(&row.level2).or(level2);
            let context = Context { year: self.year, level3: &row.level3, unit: None };
            filled.push(model::Indicator {
                level1: level1.clone(),
                level2: level2.clone(),
                level3: row.level3.clone(),
                period_target: target::read(&row.period, context),
                annual_target: target::read(&row.annual, context),
            });
        }
        filled
    }
}

fn stated(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

fn count(typed: &str) -> Result<Entry<u64>> {
    Ok(if typed.is_empty() { Entry::Blank } else { Entry::Known(typed.parse()?) })
}

fn amount(typed: &str, unit: Option<Unit>) -> Result<Entry<Money>> {
    if typed.is_empty() {
        return Ok(Entry::Blank);
    }
    let number: Decimal = typed.replace(',', "").parse()?;
    let money = unit.and_then(|unit| Money::from_unit(number, unit));
    money
        .map(Entry::Known)
        .ok_or_else(|| format!("`{typed}` is no amount of a sound return").into())
}

fn tasks(typed: &[Task], unit: Option<Unit>) -> Result<Vec<model::Task>> {
    let one = |task: &Task| {
        Ok(model::Task {
            name: stated(&task.name),
            activities: stated(&task.activities),
            funding: amount(&task.funding, unit)?,
            split: None,
            outcome: stated(&task.outcome),
        })
    };
    typed.iter().map(one).collect()
}
