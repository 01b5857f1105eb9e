use super::*;
use crate::model::{Budget, Indicator, Split, Task, Units, entry::Entry, money::Unit};

fn yuan(amount: i64) -> Entry<Money> {
    Entry::Known(Money::from_yuan(amount.into()).unwrap())
}

fn task(name: &str, funding: Entry<Money>) -> Task {
    Task { name: Some(name.into()), funding, ..Task::default() }
}

fn said(changes: &[Change]) -> Vec<String> {
    changes
        .iter()
        .map(|change| {
            let side = |side: &Side| match side {
                Side::Missing => "∅".to_owned(),
                Side::Blank => String::new(),
                Side::Text(text) => text.clone(),
                Side::Unreadable(text) => format!("?{text}"),
                Side::Unknown => "?".to_owned(),
                Side::Amount(money) => money.to_string(),
            };
            let amount = change.amount.map_or_else(String::new, |amount| {
                let percent = amount.percent.map_or_else(String::new, |share| format!(" {share}%"));
                format!(" ({}{percent})", amount.yuan)
            });
            let (old, new) = (side(&change.old), side(&change.new));
            format!("{}|{}|{}: {old} -> {new}{amount}", change.part, change.item, change.field)
        })
        .collect()
}

#[test]
fn equal_returns_have_no_changes() {
    let of = Return { key_tasks: vec![task("甲", yuan(1))], ..Return::default() };
    assert!(compare(&of, &of).is_empty());
}

#[test]
fn amounts_have_a_difference_and_a_percentage() {
    let mut old = Return::default();
    let mut new = Return::default();
    old.budget.basic_expenditure = yuan(300);
    new.budget.basic_expenditure = yuan(400);
    new.budget.other_funds = yuan(5);
    old.budget.transfers = Entry::Unreadable("约十万".into());
    new.budget.transfers = yuan(5);
    let want = [
        "预算整体情况||基本支出: 300.00 -> 400.00 (100 33.33%)",
        "预算整体情况||其他资金:  -> 5.00 (5)",
        "预算整体情况||拟用于对下转移支付资金: ?约十万 -> 5.00",
    ];
    assert_eq!(said(&compare(&old, &new)), want);
}

#[test]
fn a_move_is_no_change_and_the_number_of_a_task_is_no_part_of_its_name() {
    let old = Return {
        key_tasks: vec![task("任务一：甲项工作", yuan(1)), task("任务二：乙项工作", yuan(2))],
        ..Return::default()
    };
    let new = Return {
        key_tasks: vec![task("任务一：乙项工作", yuan(3)), task("任务二：丙", yuan(4))],
        ..Return::default()
    };
    let want = [
        "年度重点工作任务|任务一：乙项工作|名称: 任务二：乙项工作 -> 任务一：乙项工作",
        "年度重点工作任务|任务一：乙项工作|拟投入的资金: 2.00 -> 3.00 (1 50.00%)",
        "年度重点工作任务|任务二：丙|: ∅ -> 4.00 (4)",
        "年度重点工作任务|任务一：甲项工作|: 1.00 -> ∅ (-1 -100.00%)",
    ];
    let changes = compare(&old, &new);
    let tasks: Vec<Change> =
        changes.into_iter().filter(|change| change.part == "年度重点工作任务").collect();
    assert_eq!(said(&tasks), want);
}

#[test]
fn indicators_are_matched_by_their_levels() {
    let indicator = |level3: &str, target: &str| Indicator {
        level1: Some("产出指标".into()),
        level2: Some("数量指标".into()),
        level3: level3.into(),
        annual_target: crate::model::target::read(target, crate::model::target::Context::default()),
        ..Indicator::default()
    };
    let old = Return {
        indicators: vec![indicator("办件量", "≥10宗"), indicator("退件率", "≤1%")],
        ..Return::default()
    };
    let new = Return {
        indicators: vec![indicator("退件率", "≤2%"), indicator("办件量", "≥10宗")],
        ..Return::default()
    };
    assert_eq!(said(&compare(&old, &new)), ["绩效指标|退件率|年度指标值: ≤1% -> ≤2%"]);
}

/// A return whose form prints the whole budget block.
fn budgeted(basic: Entry<Money>, project: Entry<Money>) -> Return {
    let units = Units { budget: Some(Unit::TenThousand), tasks: Some(Unit::Yuan) };
    let budget =
        Budget { basic_expenditure: basic, project_expenditure: project, ..Budget::default() };
    Return { units, budget, ..Return::default() }
}

#[test]
fn a_total_that_can_not_be_known_is_neither_blank_nor_nothing() {
    let unread = || Entry::Unreadable("约四百万".into());
    let known = budgeted(yuan(7), yuan(5));
    let unknown = budgeted(unread(), yuan(5));
    let want = ["预算整体情况||基本支出: 7.00 -> ?约四百万", "合计||部门预算支出: 12.00 -> ?"];
    assert_eq!(said(&compare(&known, &unknown)), want);
    // Of two totals that can't be known nobody can say that they differ.
    let other = budgeted(unread(), yuan(6));
    let want = ["预算整体情况||项目支出: 5.00 -> 6.00 (1 20.00%)"];
    assert_eq!(said(&compare(&unknown, &other)), want);
    let large = Entry::Known(
        Money::from_unit(999_999_999_999_999_i64.into(), Unit::HundredMillion).unwrap(),
    );
    let small = Entry::Known(Money::from_yuan(rust_decimal::Decimal::new(1, 20)).unwrap());
    let overflow = compare(&budgeted(large.clone(), Entry::Blank), &budgeted(large, small));
    assert_eq!(said(&overflow)[1], "合计||部门预算支出: 99999999999999900000000.00 -> ?");
}

#[test]
fn a_percentage_is_rounded_away_from_zero_and_nothing_has_no_sign() {
    let cases = [
        (1600, 1602, "0.13"),
        (1600, 1598, "-0.13"),
        (-4, 4, "200.00"),
        (1_000_000, 999_999, "0.00"),
    ];
    for (before, after, want) in cases {
        let of = |amount| Return {
            budget: Budget { transfers: yuan(amount), ..Budget::default() },
            ..Return::default()
        };
        let change = compare(&of(before), &of(after)).remove(0);
        assert_eq!(change.amount.unwrap().percent.unwrap().to_string(), want, "{before} {after}");
    }
}

#[test]
fn money_of_a_task_by_source_is_compared() {
    let of = |fiscal, other| {
        let split = Split { fiscal_appropriation: fiscal, other_funds: other };
        Return {
            key_tasks: vec![Task { split: Some(split), ..task("甲", yuan(9)) }],
            ..Return::default()
        }
    };
    let want = [
        "合计||全部任务财政拨款: 9.00 -> 4.00 (-5 -55.56%)",
        "合计||全部任务其他资金: 0.00 -> 5.00 (5)",
        "年度重点工作任务|甲|财政拨款: 9.00 -> 4.00 (-5 -55.56%)",
        "年度重点工作任务|甲|其他资金:  -> 5.00 (5)",
    ];
    assert_eq!(said(&compare(&of(yuan(9), Entry::Blank), &of(yuan(4), yuan(5)))), want);
    // A column that is blank says no more than one that is not there.
    let without = Return { key_tasks: vec![task("甲", yuan(9))], ..Return::default() };
    let tasks =
        |changes: Vec<Change>| changes.into_iter().filter(|change| change.part != "合计").count();
    assert_eq!(tasks(compare(&without, &of(Entry::Blank, Entry::Blank))), 0);
    assert_eq!(tasks(compare(&without, &of(yuan(9), Entry::Blank))), 1);
}
