//! The rows of the tables: their columns, and what a return puts into them.

use rust_decimal::Decimal;

use crate::model::{
    Return,
    entry::Entry,
    field_path::{BudgetField, TaskList},
    money::Money,
    totals::{Sum, Total, total},
};
use crate::render::drawing::UNKNOWN_TOTAL;

/// A column of a table.
#[derive(Debug)]
pub struct Column {
    /// Its name in csv and JSON lines.
    pub key: &'static str,
    /// Its head in the workbook.
    pub head: &'static str,
    /// Its width in the workbook.
    pub width: f64,
    /// Whether it holds amounts in yuan or counts, which the workbook adds up.
    pub sum: bool,
}

const fn column(key: &'static str, head: &'static str, width: f64, sum: bool) -> Column {
    Column { key, head, width, sum }
}

/// What stands in a cell of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Nothing.
    Blank,
    /// A text.
    Text(String),
    /// A whole number.
    Count(u64),
    /// An amount in yuan.
    Amount(Decimal),
    /// An amount that can't be read, as it was typed, or a total over one.
    Unreadable(String),
}

/// A return of the tables, with what is known of its source.
#[derive(Debug)]
pub struct Row<'a> {
    /// Its number, from 1; it links the tables.
    pub number: u64,
    /// The return.
    pub of: &'a Return,
    /// The file it was read from.
    pub file: &'a str,
    /// The worksheet.
    pub sheet: Option<&'a str>,
    /// Findings of severity error.
    pub errors: u64,
    /// Findings of severity warning.
    pub warnings: u64,
}

/// The columns of the table of departments.
#[rustfmt::skip]
pub const DEPARTMENTS: &[Column] = &[
    column("number",               "序号", 5.0, false),
    column("department",           "部门名称", 22.0, false),
    column("year",                 "年度", 6.0, false),
    column("level",                "级次", 8.0, false),
    column("approver",             "批复单位", 18.0, false),
    column("edition",              "表样", 10.0, false),
    column("funded_headcount",     "财政供养人员数", 8.0, true),
    column("subordinate_units",    "下属二级单位数", 8.0, true),
    column("basic_expenditure",    "基本支出", 14.0, true),
    column("project_expenditure",  "项目支出", 14.0, true),
    column("expenditure",          "部门预算支出合计", 14.0, true),
    column("fiscal_appropriation", "财政拨款", 14.0, true),
    column("other_funds",          "其他资金", 14.0, true),
    column("income",               "收入来源合计", 14.0, true),
    column("special_funds",        "财政专项资金", 14.0, true),
    column("other_development",    "其他事业发展性支出", 14.0, true),
    column("development",          "事业发展性支出合计", 14.0, true),
    column("own_level",            "本级使用资金", 14.0, true),
    column("transfers",            "拟用于对下转移支付资金", 14.0, true),
    column("by_level",             "按预算级次合计", 14.0, true),
    column("key_tasks",            "重点任务数", 6.0, true),
    column("key_tasks_funding",    "重点任务资金", 14.0, true),
    column("other_tasks",          "其他任务数", 6.0, true),
    column("other_tasks_funding",  "其他任务资金", 14.0, true),
    column("tasks_funding",        "全部任务资金", 14.0, true),
    column("indicators",           "指标数", 6.0, true),
    column("errors",               "错误", 5.0, true),
    column("warnings",             "提醒", 5.0, true),
    column("file",                 "来源文件", 44.0, false),
    column("sheet",                "工作表", 12.0, false),
];

/// The columns of the table of tasks.
#[rustfmt::skip]
pub const TASKS: &[Column] = &[
    column("number",     "序号", 5.0, false),
    column("department", "部门名称", 20.0, false),
    column("year",       "年度", 6.0, false),
    column("list",       "类别", 9.0, false),
    column("name",       "任务名称", 26.0, false),
    column("activities", "主要实施内容", 46.0, false),
    column("funding",    "拟投入的资金", 14.0, true),
    column("outcome",    "期望达到的目标", 40.0, false),
    column("file",       "来源文件", 44.0, false),
];

/// The columns of the table of indicators.
#[rustfmt::skip]
pub const INDICATORS: &[Column] = &[
    column("number",        "序号", 5.0, false),
    column("department",    "部门名称", 24.0, false),
    column("year",          "年度", 6.0, false),
    column("level1",        "一级指标", 11.0, false),
    column("level2",        "二级指标", 14.0, false),
    column("level3",        "三级指标", 32.0, false),
    column("period_target", "实施周期指标值", 24.0, false),
    column("annual_target", "年度指标值", 24.0, false),
    column("file",          "来源文件", 44.0, false),
];

/// Totals of the table of departments with their parts, by column.
pub const SUMS: [(&str, [&str; 2]); 5] = [
    ("expenditure", ["basic_expenditure", "project_expenditure"]),
    ("income", ["fiscal_appropriation", "other_funds"]),
    ("development", ["special_funds", "other_development"]),
    ("by_level", ["own_level", "transfers"]),
    ("tasks_funding", ["key_tasks_funding", "other_tasks_funding"]),
];

/// The place of a column.
pub fn place(columns: &[Column], key: &str) -> usize {
    columns.iter().position(|column| column.key == key).unwrap_or(0)
}

fn text(text: Option<&str>) -> Value {
    text.map_or(Value::Blank, |text| Value::Text(text.to_owned()))
}

fn year(of: &Return) -> Value {
    of.year.and_then(|year| u64::try_from(year).ok()).map_or(Value::Blank, Value::Count)
}

fn amount(entry: &Entry<Money>) -> Value {
    match entry {
        Entry::Blank => Value::Blank,
        Entry::Unreadable(text) => Value::Unreadable(text.clone()),
        Entry::Known(money) => Value::Amount(money.yuan()),
    }
}

fn count(entry: &Entry<u64>) -> Value {
    match entry {
        Entry::Blank => Value::Blank,
        Entry::Unreadable(text) => Value::Unreadable(text.clone()),
        Entry::Known(count) => Value::Count(*count),
    }
}

fn sum(of: &Return, which: Total) -> Value {
    match total(of, which) {
        Sum::Absent => Value::Blank,
        Sum::Unknown => Value::Unreadable(UNKNOWN_TOTAL.to_owned()),
        Sum::Known(money) => Value::Amount(money.yuan()),
    }
}

/// The row of a department.
pub fn department(row: &Row<'_>) -> Vec<Value> {
    let of = row.of;
    let part = |field| amount(of.budget.get(field));
    vec![
        Value::Count(row.number),
        text(of.department.as_deref()),
        year(of),
        text(of.level.map(crate::model::level::Level::name)),
        text(of.approver.as_deref()),
        text(Some(&of.edition)),
        count(&of.funded_headcount),
        count(&of.subordinate_units),
        part(BudgetField::BasicExpenditure),
        part(BudgetField::ProjectExpenditure),
        sum(of, Total::Expenditure),
        part(BudgetField::FiscalAppropriation),
        part(BudgetField::OtherFunds),
        sum(of, Total::Income),
        part(BudgetField::SpecialFunds),
        part(BudgetField::OtherDevelopment),
        sum(of, Total::Development),
        part(BudgetField::OwnLevel),
        part(BudgetField::Transfers),
        sum(of, Total::ByLevel),
        Value::Count(of.key_tasks.len() as u64),
        sum(of, Total::KeyTasks),
        Value::Count(of.other_tasks.len() as u64),
        sum(of, Total::OtherTasks),
        sum(of, Total::Tasks),
        Value::Count(of.indicators.len() as u64),
        Value::Count(row.errors),
        Value::Count(row.warnings),
        text(Some(row.file)),
        text(row.sheet),
    ]
}

/// The rows of a return's tasks.
pub fn tasks(row: &Row<'_>) -> Vec<Vec<Value>> {
    let lists = [(TaskList::Key, "重点任务"), (TaskList::Other, "其他任务")];
    let tasks = lists
        .into_iter()
        .flat_map(|(list, name)| row.of.tasks(list).iter().map(move |task| (name, task)));
    tasks
        .map(|(list, task)| {
            vec![
                Value::Count(row.number),
                text(row.of.department.as_deref()),
                year(row.of),
                text(Some(list)),
                text(task.name.as_deref()),
                text(task.activities.as_deref()),
                amount(&task.funding),
                text(task.outcome.as_deref()),
                text(Some(row.file)),
            ]
        })
        .collect()
}

/// The rows of a return's indicators.
pub fn indicators(row: &Row<'_>) -> Vec<Vec<Value>> {
    let target =
        |of: &Option<crate::model::target::Target>| text(of.as_ref().map(|of| of.text.as_str()));
    row.of
        .indicators
        .iter()
        .map(|indicator| {
            vec![
                Value::Count(row.number),
                text(row.of.department.as_deref()),
                year(row.of),
                text(indicator.level1.as_deref()),
                text(indicator.level2.as_deref()),
                text(Some(&indicator.level3)),
                target(&indicator.period_target),
                target(&indicator.annual_target),
                text(Some(row.file)),
            ]
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_has_a_value_for_each_column() {
        let of = Return {
            key_tasks: vec![crate::model::Task::default()],
            indicators: vec![crate::model::Indicator::default()],
            ..Return::default()
        };
        let row = Row { number: 1, of: &of, file: "a", sheet: None, errors: 0, warnings: 0 };
        assert_eq!(department(&row).len(), DEPARTMENTS.len());
        assert_eq!(tasks(&row)[0].len(), TASKS.len());
        assert_eq!(indicators(&row)[0].len(), INDICATORS.len());
        for (sum, parts) in SUMS {
            for key in [sum, parts[0], parts[1]] {
                assert_eq!(DEPARTMENTS[place(DEPARTMENTS, key)].key, key);
            }
        }
    }
}
