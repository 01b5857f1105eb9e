//! The fields of a return, each compared. The parts of the model are taken apart whole, so that none is forgotten.

use super::{Change, Side, changes::Changes, matching};
use crate::model::{
    Budget, Indicator, Return, Split, Task, Units,
    entry::Entry,
    field_path::TaskList,
    level::Level,
    money::Money,
    target::Target,
    totals::{Total, total},
};

const INDICATORS: &str = "绩效指标";

pub(super) fn compare(old: &Return, new: &Return) -> Vec<Change> {
    let Return {
        title,
        edition,
        year,
        level,
        approver,
        department,
        funded_headcount,
        subordinate_units,
        units,
        // What the edition's form prints: its name is compared, and so is which totals it has.
        prints: _,
        budget,
        overall_objective,
        key_tasks,
        other_tasks,
        indicators,
        notes,
    } = old;
    let mut found = Changes::default();
    let head = ("基本信息", "");
    found.field(head, "标题", title, &new.title);
    found.name(head, "表样", text(edition), text(&new.edition));
    found.field(head, "年度", year_of(*year), year_of(new.year));
    found.name(head, "级次", level_of(*level), level_of(new.level));
    found.field(head, "批复单位", approver, &new.approver);
    found.field(head, "部门名称", department, &new.department);
    found.field(head, "财政供养人员数", funded_headcount, &new.funded_headcount);
    found.field(head, "下属二级单位数", subordinate_units, &new.subordinate_units);
    found.name(head, "金额单位", units_of(*units), units_of(new.units));
    for ((name, before), (_, after)) in amounts(budget).into_iter().zip(amounts(&new.budget)) {
        found.field(("预算整体情况", ""), name, before, after);
    }
    for which in Total::ALL {
        found.field(("合计", ""), total_name(which), total(old, which), total(new, which));
    }
    let objective = ("总体绩效目标", "");
    found.field(objective, "总体绩效目标", overall_objective, &new.overall_objective);
    tasks(key_tasks, &new.key_tasks, TaskList::Key, &mut found);
    tasks(other_tasks, &new.other_tasks, TaskList::Other, &mut found);
    all_indicators(indicators, &new.indicators, &mut found);
    found.field(("备注", ""), "表外说明", lines(notes), lines(&new.notes));
    found.0
}

fn text(text: &str) -> Side {
    if text.is_empty() { Side::Blank } else { Side::Text(text.to_owned()) }
}

fn lines(notes: &[String]) -> Side {
    text(&notes.join("\n"))
}

fn year_of(year: Option<i32>) -> Side {
    year.map_or(Side::Blank, |year| Side::Text(year.to_string()))
}

fn level_of(level: Option<Level>) -> Side {
    level.map_or(Side::Blank, |level| Side::Text(level.in_chinese().to_owned()))
}

/// The printed units in one text, as a form of another edition may differ in both.
fn units_of(Units { budget, tasks }: Units) -> Side {
    let named = [("预算", budget), ("任务", tasks)];
    let named =
        named.iter().filter_map(|(block, unit)| Some(format!("{block}{}", unit.as_ref()?.name())));
    text(&named.collect::<Vec<_>>().join("，"))
}

/// The amounts of the budget block with their names.
fn amounts(budget: &Budget) -> [(&'static str, &Entry<Money>); 8] {
    let Budget {
        basic_expenditure,
        project_expenditure,
        fiscal_appropriation,
        other_funds,
        special_funds,
        other_development,
        own_level,
        transfers,
    } = budget;
    [
        ("基本支出", basic_expenditure),
        ("项目支出", project_expenditure),
        ("财政拨款", fiscal_appropriation),
        ("其他资金", other_funds),
        ("财政专项资金", special_funds),
        ("其他事业发展性支出", other_development),
        ("本级使用资金", own_level),
        ("拟用于对下转移支付资金", transfers),
    ]
}

fn total_name(total: Total) -> &'static str {
    match total {
        Total::Expenditure => "部门预算支出",
        Total::Income => "收入来源",
        Total::Development => "事业发展性支出",
        Total::ByLevel => "按预算级次划分",
        Total::KeyTasks => "年度重点工作任务资金",
        Total::OtherTasks => "其他需完成的任务资金",
        Total::Tasks => "全部任务资金",
        Total::TasksFiscalAppropriation => "全部任务财政拨款",
        Total::TasksOtherFunds => "全部任务其他资金",
    }
}

fn tasks(old: &[Task], new: &[Task], list: TaskList, found: &mut Changes) {
    let (part, content) = match list {
        TaskList::Key => ("年度重点工作任务", "主要实施内容"),
        TaskList::Other => ("其他需完成的任务", "目标内容"),
    };
    for (before, after) in matching::pairs(old, new, task_key, task_agreement) {
        let Some(item) = after.or(before).map(task_name) else { continue };
        let place = (part, item.as_str());
        let (Some(before), Some(after)) = (before, after) else {
            // Its texts are not repeated: the item as a whole is the change.
            for (task, gone) in [(before, true), (after, false)] {
                let Some(task) = task else { continue };
                found.whole(place, "", Side::from(&task.funding), gone);
                for (field, amount) in sources(task) {
                    if !matches!(amount, Side::Missing | Side::Blank) {
                        found.whole(place, field, amount, gone);
                    }
                }
            }
            continue;
        };
        let Task { name, activities, funding, split: _, outcome } = before;
        found.field(place, "名称", name, &after.name);
        found.field(place, content, activities, &after.activities);
        found.field(place, "拟投入的资金", funding, &after.funding);
        for ((field, before), (_, after)) in sources(before).into_iter().zip(sources(after)) {
            found.field(place, field, before, after);
        }
        found.field(place, "期望达到的目标", outcome, &after.outcome);
    }
}

/// The money of a task by source, missing where its edition does not split it.
fn sources(task: &Task) -> [(&'static str, Side); 2] {
    let names = ["财政拨款", "其他资金"];
    let Some(Split { fiscal_appropriation, other_funds }) = &task.split else {
        return names.map(|name| (name, Side::Missing));
    };
    [(names[0], fiscal_appropriation.into()), (names[1], other_funds.into())]
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

/// How well two tasks of one name agree: by their money first, then by what they do.
fn task_agreement(one: &Task, other: &Task) -> u64 {
    agreement(&[
        one.name == other.name,
        one.outcome == other.outcome,
        one.activities == other.activities,
        one.split == other.split,
        one.funding == other.funding,
    ])
}

/// What agrees, as a number: what stands last counts for more than all before it.
fn agreement(agree: &[bool]) -> u64 {
    (0..).zip(agree).map(|(at, agrees)| u64::from(*agrees) << at).sum()
}

fn task_name(task: &Task) -> String {
    task.name.clone().unwrap_or_else(|| "（未命名）".to_owned())
}

fn all_indicators(old: &[Indicator], new: &[Indicator], found: &mut Changes) {
    let key = |of: &Indicator| {
        let level = |level: &Option<String>| level.clone().unwrap_or_default();
        format!("{}/{}/{}", level(&of.level1), level(&of.level2), of.level3)
    };
    for (before, after) in matching::pairs(old, new, key, indicator_agreement) {
        let Some(item) = after.or(before).map(|of| &of.level3) else { continue };
        let place = (INDICATORS, item.as_str());
        let (Some(before), Some(after)) = (before, after) else {
            for (indicator, gone) in [(before, true), (after, false)] {
                let Some(indicator) = indicator else { continue };
                let period = target(indicator.period_target.as_ref());
                let annual = target(indicator.annual_target.as_ref());
                let is_another = period != Side::Blank && period != annual;
                found.whole(place, "", annual, gone);
                if is_another {
                    found.whole(place, "实施周期指标值", period, gone);
                }
            }
            continue;
        };
        let Indicator { level1, level2, level3, period_target, annual_target } = before;
        found.field(place, "一级指标", level1, &after.level1);
        found.field(place, "二级指标", level2, &after.level2);
        found.field(place, "三级指标", text(level3), text(&after.level3));
        found.field(
            place,
            "实施周期指标值",
            target(period_target.as_ref()),
            target(after.period_target.as_ref()),
        );
        found.field(
            place,
            "年度指标值",
            target(annual_target.as_ref()),
            target(after.annual_target.as_ref()),
        );
    }
}

/// How well two indicators of one name agree: by their targets.
fn indicator_agreement(one: &Indicator, other: &Indicator) -> u64 {
    let pairs =
        [(&one.period_target, &other.period_target), (&one.annual_target, &other.annual_target)];
    agreement(&pairs.map(|(one, other)| target(one.as_ref()) == target(other.as_ref())))
}

fn target(of: Option<&Target>) -> Side {
    // What a target says follows from its wording, and from the year where that says only a day.
    let wording = |Target { text, reading: _ }: &Target| Side::Text(text.clone());
    of.map_or(Side::Blank, wording)
}
