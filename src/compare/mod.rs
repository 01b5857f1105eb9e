//! Two returns side by side: what changed, field by field. Tasks and indicators are matched by name, not by position.

mod matching;
mod words;

use rust_decimal::Decimal;

use crate::model::{
    Return, Task,
    entry::Entry,
    field_path::{BudgetField, TaskList},
    money::Money,
    target::Target,
    totals::{Total, total},
};

pub use words::{Word, words};

/// One thing that changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The part of the form.
    pub part: &'static str,
    /// The task or the indicator, by its name; empty for a field that stands once.
    pub item: String,
    /// The field, as the form prints it.
    pub field: &'static str,
    /// What stood there; `None` where the item is new.
    pub old: Option<String>,
    /// What stands there; `None` where the item is gone.
    pub new: Option<String>,
    /// The difference, where both are amounts or one of them is blank.
    pub amount: Option<Difference>,
    /// The texts word by word, where both are long.
    pub words: Vec<Word>,
}

/// The difference of two amounts in yuan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The new amount less the old one.
    pub yuan: Decimal,
    /// The difference in percent of the old amount, with two decimals; `None` where that was zero.
    pub percent: Option<Decimal>,
}

/// Texts from this length on are compared word by word.
const LONG: usize = 8;

/// Everything that changed between two returns.
pub fn compare(old: &Return, new: &Return) -> Vec<Change> {
    let mut found = Changes::default();
    head(old, new, &mut found);
    for field in BudgetField::ALL {
        let pair = (old.budget.get(field), new.budget.get(field));
        found.amount("预算整体情况", "", budget_name(field), pair.0, pair.1);
    }
    for which in
        [Total::Expenditure, Total::Income, Total::Development, Total::ByLevel, Total::Tasks]
    {
        let sum = |of: &Return| total(of, which).known().map_or(Entry::Blank, Entry::Known);
        found.amount("合计", "", total_name(which), &sum(old), &sum(new));
    }
    let objective = |of: &Return| of.overall_objective.clone();
    found.text("总体绩效目标", "", "总体绩效目标", objective(old), objective(new));
    tasks(old, new, TaskList::Key, &mut found);
    tasks(old, new, TaskList::Other, &mut found);
    indicators(old, new, &mut found);
    found.text("备注", "", "表外说明", joined(&old.notes), joined(&new.notes));
    found.0
}

fn joined(notes: &[String]) -> Option<String> {
    (!notes.is_empty()).then(|| notes.join("\n"))
}

fn head(old: &Return, new: &Return, found: &mut Changes) {
    let part = "基本信息";
    found.text(part, "", "标题", old.title.clone(), new.title.clone());
    let year = |of: &Return| of.year.map(|year| year.to_string());
    found.text(part, "", "年度", year(old), year(new));
    found.text(part, "", "批复单位", old.approver.clone(), new.approver.clone());
    found.text(part, "", "部门名称", old.department.clone(), new.department.clone());
    found.count(part, "财政供养人员数", &old.funded_headcount, &new.funded_headcount);
    found.count(part, "下属二级单位数", &old.subordinate_units, &new.subordinate_units);
}

fn tasks(old: &Return, new: &Return, list: TaskList, found: &mut Changes) {
    let (part, content) = match list {
        TaskList::Key => ("年度重点工作任务", "主要实施内容"),
        TaskList::Other => ("其他需完成的任务", "目标内容"),
    };
    let names = |of: &Return| of.tasks(list).iter().map(task_key).collect::<Vec<_>>();
    for (one, other) in matching::pairs(&names(old), &names(new)) {
        let before = one.and_then(|at| old.tasks(list).get(at));
        let after = other.and_then(|at| new.tasks(list).get(at));
        let item = after.or(before).map(task_name).unwrap_or_default();
        match (before, after) {
            (Some(before), Some(after)) => {
                found.text(part, &item, "名称", before.name.clone(), after.name.clone());
                let activities = (before.activities.clone(), after.activities.clone());
                found.text(part, &item, content, activities.0, activities.1);
                found.amount(part, &item, "拟投入的资金", &before.funding, &after.funding);
                let outcome = (before.outcome.clone(), after.outcome.clone());
                found.text(part, &item, "期望达到的目标", outcome.0, outcome.1);
            }
            (Some(before), None) => found.whole(part, &item, Some(&before.funding), true),
            (None, Some(after)) => found.whole(part, &item, Some(&after.funding), false),
            (None, None) => {}
        }
    }
}

/// What of a task's name is compared: its number is left out.
fn task_key(task: &Task) -> String {
    let name = task.name.as_deref().unwrap_or_default();
    let behind = name.strip_prefix("任务").map(|rest| {
        rest.trim_start_matches(|c: char| c.is_numeric() || "一二三四五六七八九十百".contains(c))
    });
    match behind.and_then(|rest| rest.strip_prefix(['：', ':', '、', '.', ' '])) {
        Some(rest) if !rest.trim().is_empty() => rest.trim().to_owned(),
        _ => name.to_owned(),
    }
}

fn task_name(task: &Task) -> String {
    task.name.clone().unwrap_or_else(|| "（未命名）".to_owned())
}

fn indicators(old: &Return, new: &Return, found: &mut Changes) {
    let part = "绩效指标";
    let names = |of: &Return| {
        let key = |of: &crate::model::Indicator| {
            let level = |level: &Option<String>| level.clone().unwrap_or_default();
            format!("{}/{}/{}", level(&of.level1), level(&of.level2), of.level3)
        };
        of.indicators.iter().map(key).collect::<Vec<_>>()
    };
    for (one, other) in matching::pairs(&names(old), &names(new)) {
        let before = one.and_then(|at| old.indicators.get(at));
        let after = other.and_then(|at| new.indicators.get(at));
        let Some(item) = after.or(before).map(|of| of.level3.clone()) else { continue };
        let target = |of: &Option<Target>| of.as_ref().map(|target| target.text.clone());
        match (before, after) {
            (Some(before), Some(after)) => {
                found.text(part, &item, "一级指标", before.level1.clone(), after.level1.clone());
                found.text(part, &item, "二级指标", before.level2.clone(), after.level2.clone());
                let level3 = (Some(before.level3.clone()), Some(after.level3.clone()));
                found.text(part, &item, "三级指标", level3.0, level3.1);
                let pair = (target(&before.period_target), target(&after.period_target));
                found.text(part, &item, "实施周期指标值", pair.0, pair.1);
                let pair = (target(&before.annual_target), target(&after.annual_target));
                found.text(part, &item, "年度指标值", pair.0, pair.1);
            }
            (Some(_), None) => found.whole(part, &item, None, true),
            _ => found.whole(part, &item, None, false),
        }
    }
}

#[derive(Default)]
struct Changes(Vec<Change>);

impl Changes {
    fn text(
        &mut self,
        part: &'static str,
        item: &str,
        field: &'static str,
        old: Option<String>,
        new: Option<String>,
    ) {
        if old == new {
            return;
        }
        let words = match (&old, &new) {
            (Some(old), Some(new)) if old.chars().count().max(new.chars().count()) >= LONG => {
                words(old, new)
            }
            _ => Vec::new(),
        };
        self.0.push(Change {
            part,
            item: item.to_owned(),
            field,
            old: Some(old.unwrap_or_default()),
            new: Some(new.unwrap_or_default()),
            amount: None,
            words,
        });
    }

    fn count(
        &mut self,
        part: &'static str,
        field: &'static str,
        old: &Entry<u64>,
        new: &Entry<u64>,
    ) {
        let said = |of: &Entry<u64>| match of {
            Entry::Blank => None,
            Entry::Unreadable(text) => Some(text.clone()),
            Entry::Known(count) => Some(count.to_string()),
        };
        self.text(part, "", field, said(old), said(new));
    }

    fn amount(
        &mut self,
        part: &'static str,
        item: &str,
        field: &'static str,
        old: &Entry<Money>,
        new: &Entry<Money>,
    ) {
        if old == new {
            return;
        }
        let change = Change {
            part,
            item: item.to_owned(),
            field,
            old: Some(said(old)),
            new: Some(said(new)),
            amount: difference(old, new),
            words: Vec::new(),
        };
        self.0.push(change);
    }

    /// An item that is gone or new as a whole.
    fn whole(
        &mut self,
        part: &'static str,
        item: &str,
        funding: Option<&Entry<Money>>,
        gone: bool,
    ) {
        let text = funding.map_or_else(String::new, said);
        let amount = funding.and_then(|funding| {
            if gone {
                difference(funding, &Entry::Blank)
            } else {
                difference(&Entry::Blank, funding)
            }
        });
        let (old, new) = if gone { (Some(text), None) } else { (None, Some(text)) };
        self.0.push(Change {
            part,
            item: item.to_owned(),
            field: "",
            old,
            new,
            amount,
            words: Vec::new(),
        });
    }
}

fn said(entry: &Entry<Money>) -> String {
    match entry {
        Entry::Blank => String::new(),
        Entry::Unreadable(text) => text.clone(),
        Entry::Known(money) => money.to_string(),
    }
}

/// The difference of two entries, of which a blank one is nothing; `None` where one can't be read.
fn difference(old: &Entry<Money>, new: &Entry<Money>) -> Option<Difference> {
    let value = |of: &Entry<Money>| match of {
        Entry::Blank => Some(Decimal::ZERO),
        Entry::Known(money) => Some(money.yuan()),
        Entry::Unreadable(_) => None,
    };
    let (old, new) = (value(old)?, value(new)?);
    let yuan = new.checked_sub(old)?;
    let share =
        yuan.checked_mul(Decimal::ONE_HUNDRED).and_then(|share| share.checked_div(old.abs()));
    Some(Difference { yuan, percent: share.map(|share| share.round_dp(2)) })
}

fn budget_name(field: BudgetField) -> &'static str {
    match field {
        BudgetField::BasicExpenditure => "基本支出",
        BudgetField::ProjectExpenditure => "项目支出",
        BudgetField::FiscalAppropriation => "财政拨款",
        BudgetField::OtherFunds => "其他资金",
        BudgetField::SpecialFunds => "财政专项资金",
        BudgetField::OtherDevelopment => "其他事业发展性支出",
        BudgetField::OwnLevel => "本级使用资金",
        BudgetField::Transfers => "拟用于对下转移支付资金",
    }
}

fn total_name(total: Total) -> &'static str {
    match total {
        Total::Expenditure => "部门预算支出",
        Total::Income => "收入来源",
        Total::Development => "事业发展性支出",
        Total::ByLevel => "按预算级次划分",
        _ => "全部任务资金",
    }
}

#[cfg(test)]
mod tests;
