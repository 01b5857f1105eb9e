//! JSON and JSON lines into returns. What the text breaks of the schema is an error that names the key; what it says
//! beyond the printed form is a finding.

use std::str::FromStr;

use rust_decimal::Decimal;
use serde_json::error::Category;

use super::{
    place,
    v1::{AmountV1, IndicatorV1, KeyTaskV1, OtherTaskV1, ReturnV1, TargetV1, TotalsV1, UnitsV1},
};
use crate::{
    diagnostic::Diagnostic,
    error::{Error, Result},
    extract::{self, amount_from_text, count_from_text},
    form::Edition,
    message::{Message, serde_in_chinese, serde_in_english},
    model::{
        Budget, Indicator, Return, Split, Task, Units,
        entry::Entry,
        field_path::{BudgetField, Column, Field, FieldPath, TaskList},
        money::{Money, Unit},
        target,
        totals::{Declared, Total},
    },
};

/// A return read from JSON, with what was found on the way.
#[derive(Debug)]
pub struct Read {
    /// The return, in canonical form.
    pub of: Return,
    /// What the source offered beyond the canonical form.
    pub diagnostics: Vec<Diagnostic>,
    /// The totals that the source states.
    pub declared: Vec<Declared>,
}

/// Reads every return of a text: one object, an array of objects, or one object a line.
///
/// # Errors
/// [`Error::Json`] with line and key where the text breaks the schema; [`Error::UnknownEdition`].
pub fn read<'e>(text: &str, edition: impl Fn(&str) -> Result<&'e Edition>) -> Result<Vec<Read>> {
    let records = parse(text)?;
    records
        .into_iter()
        .enumerate()
        .map(|(at, record)| {
            let edition = edition(&record.edition)?;
            one(record, edition)
                .map_err(|reason| Error::Json { reason: reason.after(&number_of(at + 1)) })
        })
        .collect()
}

fn parse(text: &str) -> Result<Vec<ReturnV1>> {
    let text = text.trim_start_matches('\u{feff}');
    let broken = |error: serde_json::Error| broken(text, &error);
    if text.trim_start().starts_with('[') {
        return serde_json::from_str(text).map_err(broken);
    }
    serde_json::Deserializer::from_str(text)
        .into_iter::<ReturnV1>()
        .collect::<std::result::Result<_, _>>()
        .map_err(broken)
}

/// Where a text breaks the schema, and how: the library's words in English, the kind of the fault in Chinese.
fn broken(text: &str, error: &serde_json::Error) -> Error {
    let (line, column) = (error.line(), error.column());
    let (number, path) = place::at(text, line, column);
    let said = error.to_string();
    let place = format!(" at line {line} column {column}");
    let fault = match error.classify() {
        Category::Data => serde_in_chinese(said.trim_end_matches(&place)),
        Category::Eof => "内容中途断开".to_owned(),
        Category::Syntax | Category::Io => {
            format!("不是合格的 JSON（{}）", said.trim_end_matches(&place))
        }
    };
    let en = serde_in_english(&said);
    let what = message!("{en}", "第 {line} 行第 {column} 列：{fault}");
    let what = match path {
        Some(path) => what.after(&message!("`{path}`", "`{path}`")),
        None => what,
    };
    Error::Json { reason: what.after(&number_of(number)) }
}

fn number_of(number: usize) -> Message {
    message!("return {number}", "第 {number} 份")
}

fn one(record: ReturnV1, edition: &Edition) -> std::result::Result<Read, Message> {
    if let Some(year) = record.year.filter(|year| !crate::model::year::YEARS.contains(year)) {
        return Err(message!(
            "`year`: {year} is no budget year; expected 1950 to 2199 or null",
            "`year`：{year} 不是预算年度，应为 1950 至 2199 或 null"
        ));
    }
    let units = units(record.units.as_ref(), edition);
    let declared = record.totals.as_ref().map(declared).unwrap_or_default();
    let mut controls = extract::control_characters(targets(&record.indicators));
    let mut of = Return {
        title: record.title,
        edition: edition.name.clone(),
        year: record.year,
        level: record.level.map(Into::into),
        approver: record.approver,
        department: record.department,
        funded_headcount: known(record.funded_headcount),
        subordinate_units: known(record.subordinate_units),
        units,
        prints: edition.prints(),
        budget: Budget::default(),
        overall_objective: record.overall_objective,
        key_tasks: Vec::new(),
        other_tasks: Vec::new(),
        indicators: Vec::new(),
        notes: record.notes,
    };
    let parts = [
        (BudgetField::BasicExpenditure, &record.budget.basic_expenditure),
        (BudgetField::ProjectExpenditure, &record.budget.project_expenditure),
        (BudgetField::FiscalAppropriation, &record.budget.fiscal_appropriation),
        (BudgetField::OtherFunds, &record.budget.other_funds),
        (BudgetField::SpecialFunds, &record.budget.special_funds),
        (BudgetField::OtherDevelopment, &record.budget.other_development),
        (BudgetField::OwnLevel, &record.budget.own_level),
        (BudgetField::Transfers, &record.budget.transfers),
    ];
    for (field, text) in parts {
        *of.budget.get_mut(field) = amount(text, field.into())?;
    }
    for (at, task) in record.key_tasks.into_iter().enumerate() {
        of.key_tasks.push(key_task(task, at)?);
    }
    for (at, task) in record.other_tasks.into_iter().enumerate() {
        of.other_tasks.push(other_task(task, at)?);
    }
    for (path, text) in record.unreadable {
        put_unreadable(&mut of, &path, &text)?;
    }
    of.indicators =
        record.indicators.into_iter().map(|record| indicator(record, of.year)).collect();
    let cut = extract::too_long(&of);
    controls.extend(extract::control_characters(extract::texts(&of).into_iter()));
    let (of, mut diagnostics) = extract::settle(of, edition);
    diagnostics.extend(cut);
    diagnostics.extend(controls);
    Ok(Read { of, diagnostics, declared })
}

/// The texts of the targets, as they stand.
fn targets(indicators: &[IndicatorV1]) -> impl Iterator<Item = (FieldPath, &str)> {
    indicators.iter().enumerate().flat_map(|(at, of)| {
        let pair =
            [(Column::PeriodTarget, &of.period_target), (Column::AnnualTarget, &of.annual_target)];
        pair.into_iter().filter_map(move |(column, target)| {
            Some((FieldPath::Indicator(at, column), target.as_ref()?.text.as_str()))
        })
    })
}

/// The totals that a text states, each to be compared with the computed one.
fn declared(totals: &TotalsV1) -> Vec<Declared> {
    let stated = [
        (Total::Expenditure, Some(&totals.expenditure)),
        (Total::Income, Some(&totals.income)),
        (Total::Development, Some(&totals.development)),
        (Total::ByLevel, Some(&totals.by_level)),
        (Total::KeyTasks, Some(&totals.key_tasks)),
        (Total::OtherTasks, Some(&totals.other_tasks)),
        (Total::Tasks, Some(&totals.tasks)),
        (Total::TasksFiscalAppropriation, totals.fiscal_appropriation.as_ref()),
        (Total::TasksOtherFunds, totals.other_funds.as_ref()),
    ];
    let declared = |(total, text): (Total, Option<&AmountV1>)| {
        let text = text?;
        let unreadable =
            || text.as_ref().map_or(Entry::Blank, |text| Entry::Unreadable(text.0.clone()));
        let amount = amount(text, FieldPath::Total(total)).unwrap_or_else(|_| unreadable());
        (!amount.is_blank()).then_some(Declared { total, amount, unit: Unit::Yuan })
    };
    stated.into_iter().filter_map(declared).collect()
}

fn known<T>(value: Option<T>) -> Entry<T> {
    value.map_or(Entry::Blank, Entry::Known)
}

fn units(record: Option<&UnitsV1>, edition: &Edition) -> Units {
    let stated = |unit: Option<super::v1::UnitV1>| unit.map(Unit::from);
    match record {
        Some(units) => Units {
            budget: stated(units.budget).or(edition.units.budget),
            tasks: stated(units.tasks).or(edition.units.tasks),
        },
        None => edition.units,
    }
}

fn amount(text: &AmountV1, path: FieldPath) -> std::result::Result<Entry<Money>, Message> {
    let Some(text) = text else { return Ok(Entry::Blank) };
    let plain = text.0.strip_prefix('-').unwrap_or(&text.0);
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let sound = match plain.split_once('.') {
        Some((whole, cents)) => digits(whole) && digits(cents),
        None => digits(plain),
    };
    if !sound {
        let text = &text.0;
        return Err(message!(
            "`{path}`: `{text}` is no decimal string such as \"4024900.00\"",
            "`{path}`：`{text}` 不是 \"4024900.00\" 这样的小数字符串"
        ));
    }
    // More digits than a spreadsheet holds: unreadable, the text kept.
    let money = Decimal::from_str_exact(&text.0).ok().and_then(Money::from_yuan);
    Ok(money.map_or_else(|| Entry::Unreadable(text.0.clone()), Entry::Known))
}

fn split(
    fiscal: Option<&AmountV1>,
    other: Option<&AmountV1>,
    list: TaskList,
    at: usize,
) -> std::result::Result<Option<Split>, Message> {
    if fiscal.is_none() && other.is_none() {
        return Ok(None);
    }
    let part = |text: Option<&AmountV1>, column| match text {
        Some(text) => amount(text, FieldPath::Task(list, at, column)),
        None => Ok(Entry::Blank),
    };
    Ok(Some(Split {
        fiscal_appropriation: part(fiscal, Column::FiscalAppropriation)?,
        other_funds: part(other, Column::OtherFunds)?,
    }))
}

fn key_task(task: KeyTaskV1, at: usize) -> std::result::Result<Task, Message> {
    Ok(Task {
        funding: amount(&task.funding, FieldPath::Task(TaskList::Key, at, Column::Funding))?,
        split: split(
            task.fiscal_appropriation.as_ref(),
            task.other_funds.as_ref(),
            TaskList::Key,
            at,
        )?,
        name: task.name,
        activities: task.activities,
        outcome: task.outcome,
    })
}

fn other_task(task: OtherTaskV1, at: usize) -> std::result::Result<Task, Message> {
    Ok(Task {
        funding: amount(&task.funding, FieldPath::Task(TaskList::Other, at, Column::Funding))?,
        split: split(
            task.fiscal_appropriation.as_ref(),
            task.other_funds.as_ref(),
            TaskList::Other,
            at,
        )?,
        name: task.name,
        activities: task.content,
        outcome: None,
    })
}

fn indicator(record: IndicatorV1, year: Option<i32>) -> Indicator {
    let level3 = record.level3;
    let target = |target: Option<TargetV1>| {
        let text = crate::model::text::clean(&target?.text).text;
        target::read(&text, target::Context { year, level3: level3.trim(), unit: None })
    };
    Indicator {
        period_target: target(record.period_target),
        annual_target: target(record.annual_target),
        level1: record.level1,
        level2: record.level2,
        level3,
    }
}

/// Puts a text that could not be read into its field; a text that can be read after all is read, as a cell would be.
fn put_unreadable(of: &mut Return, path: &str, text: &str) -> std::result::Result<(), Message> {
    let unknown = || {
        message!(
            "`unreadable`: `{path}` is no field of this return that could be unreadable",
            "`unreadable`：`{path}` 不是这份目标表中可能无法读取的栏目"
        )
    };
    let field = FieldPath::from_str(path).map_err(|_| unknown())?;
    let units = of.units;
    let (slot, unit) = match field {
        FieldPath::Field(Field::FundedHeadcount) => {
            return put_count(&mut of.funded_headcount, path, text);
        }
        FieldPath::Field(Field::SubordinateUnits) => {
            return put_count(&mut of.subordinate_units, path, text);
        }
        FieldPath::Field(Field::Budget(field)) => (of.budget.get_mut(field), units.budget),
        FieldPath::Task(list, at, column) => {
            let task = of.tasks_mut(list).get_mut(at).ok_or_else(unknown)?;
            let slot = match (column, &mut task.split) {
                (Column::Funding, _) => &mut task.funding,
                (Column::FiscalAppropriation, Some(split)) => &mut split.fiscal_appropriation,
                (Column::OtherFunds, Some(split)) => &mut split.other_funds,
                _ => return Err(unknown()),
            };
            (slot, units.tasks)
        }
        _ => return Err(unknown()),
    };
    if !slot.is_blank() {
        return Err(twice(path));
    }
    *slot = amount_from_text(text, unit.unwrap_or(Unit::Yuan));
    Ok(())
}

fn twice(path: &str) -> Message {
    message!(
        "`unreadable`: `{path}` has a value as well; expected null there",
        "`unreadable`：`{path}` 另有值，该处应为 null"
    )
}

fn put_count(slot: &mut Entry<u64>, path: &str, text: &str) -> std::result::Result<(), Message> {
    if !slot.is_blank() {
        return Err(twice(path));
    }
    *slot = count_from_text(text);
    Ok(())
}
