//! The columns of the tables: in another order, more of them, heads that only their place tells.

use super::{Cell, Form, check_all, check_form, one};

#[test]
fn columns_may_stand_in_another_order() {
    let mut form = Form::town();
    form.merges.retain(|m| m.0 < 11);
    for row in 11..15 {
        form.rows[row].swap(2, 3);
    }
    check_form("funding before activities", &form, |_| {}, &[]);
    let mut form = Form::town();
    for row in 17..25 {
        form.rows[row].swap(4, 5);
    }
    check_form("annual before period", &form, |_| {}, &[]);
}

#[test]
fn an_extra_column_is_reported() {
    let mut form = Form::town();
    form.set("G18", "备注");
    form.set("G20", "新增");
    check_form("remarks", &form, |_| {}, &["L102 G18", "L102 G20"]);
    let mut form = Form::town();
    form.set("G18", "权重");
    for row in 19..=25 {
        form.set(&format!("G{row}"), "10");
    }
    let found = one(&form.xlsx(), "weights");
    assert_eq!(found.of, super::sound());
    assert_eq!(super::findings(&found).len(), 8, "{:?}", super::findings(&found));
    let mut form = Form::town();
    form.merges.retain(|m| m.0 < 11);
    form.set("F12", "责任人");
    form.set("F13", "张三");
    check_form("a responsible person", &form, |_| {}, &["L102 F12", "L102 F13"]);
}

#[test]
fn beside_its_blocks_label_a_head_needs_no_known_word() {
    let heads = |cells: &'static [(&'static str, &'static str)]| {
        move |form: &mut Form| cells.iter().for_each(|(at, text)| form.set(at, *text))
    };
    let tasks = heads(&[("B16", "工作名称"), ("C16", "工作内容"), ("E16", "资金（元）")]);
    check_all("other tasks", tasks, |_| {}, &["L111 B16", "L111 C16", "L111 E16"]);
    let indicators = heads(&[
        ("B18", "一级"),
        ("C18", "二级"),
        ("D18", "三级"),
        ("E18", "实施周期"),
        ("F18", "年度"),
    ]);
    let want = ["L111 B18", "L111 C18", "L111 D18", "L111 E18", "L111 F18"];
    check_all("indicators", indicators, |_| {}, &want);
}

#[test]
fn of_targets_of_two_years_the_plans_counts() {
    let mut form = Form::town();
    form.set("A1", "2025年沙田镇部门整体预算绩效目标表");
    form.set("F18", "2024年度指标值");
    form.set("G18", "2025年度指标值");
    let first = form.rows.len() - 7;
    for row in &mut form.rows[first..] {
        let annual = row[5].clone();
        row.resize(7, Cell::Blank);
        row[6] = annual;
        row[5] = Cell::from("≥1个");
    }
    let found = one(&form.xlsx(), "two years");
    assert_eq!(found.of.indicators, super::sound().indicators);
    let got = super::findings(&found);
    assert!(got.iter().all(|got| got.starts_with("L102 F")) && got.len() == 8, "{got:?}");
}
