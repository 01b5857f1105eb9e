use super::*;
use crate::model::Indicator;

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
            let side = |side: &Option<String>| side.clone().unwrap_or_else(|| "∅".into());
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
        "预算整体情况||拟用于对下转移支付资金: 约十万 -> 5.00",
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
        "年度重点工作任务|任务一：乙项工作|拟投入的资金: 2.00 -> 3.00 (1 50%)",
        "年度重点工作任务|任务二：丙|: ∅ -> 4.00 (4)",
        "年度重点工作任务|任务一：甲项工作|: 1.00 -> ∅ (-1 -100%)",
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
