//! Labels of totals and of amounts as they are typed: with numbers before them, with their amount behind a colon.

use jixiao::model::{entry::Entry, totals::Total};

use super::{Form, check, check_all, findings, messages, one, sound};

#[test]
fn a_row_of_a_total_is_no_task_however_it_is_named() {
    for name in ["任务小计：", "资金合计", "任务资金合计：", "本页小计", "一、合计"]
    {
        let total = |f: &mut Form| f.insert_row(16, &["", name, "", "10634200"]);
        check_all(name, total, |_| {}, &[]);
    }
    for name in ["资金合计：10634200元", "合计：10,634,200.00", "任务小计: 1063.42万元"]
    {
        let total = |f: &mut Form| f.insert_row(16, &["", name]);
        check_all(name, total, |_| {}, &[]);
    }
    let mut form = Form::town();
    form.insert_row(16, &["", "资金合计：10634201元"]);
    let found = one(&form.xlsx(), "a wrong total");
    let stated = found.declared.iter().find(|total| total.total == Total::KeyTasks).unwrap();
    assert_eq!(stated.amount.known().unwrap().to_string(), "10634201.00");
    assert!(findings(&found).iter().any(|got| got.starts_with("T104")), "{:#?}", messages(&found));
}

#[test]
fn a_task_whose_name_only_begins_with_a_total_is_a_task() {
    for name in ["合计工作", "统计小计", "合计：做好统计"] {
        check(name, |f| f.set("B14", name), |of| of.key_tasks[1].name = Some(name.to_owned()), &[]);
    }
}

#[test]
fn numbers_before_labels_say_nothing() {
    let numbered = |marks: [&'static str; 4]| {
        move |f: &mut Form| {
            f.set("B6", format!("{}基本支出", marks[0]));
            f.set("B7", format!("{}项目支出", marks[1]));
            f.set("D6", format!("{}财政拨款", marks[2]));
            f.set("D7", format!("{}其他资金", marks[3]));
        }
    };
    for marks in [
        ["① ", "② ", "① ", "②"],
        ["1.", "2.", "1.", "2．"],
        ["（一）", "（二）", "⑴", "⑵"],
        ["1 ", "2 ", "一、", "二、"],
    ] {
        check_all(marks[0], numbered(marks), |_| {}, &[]);
    }
    // A year is no number of a label.
    let mut form = Form::town();
    form.set("B6", "2023基本支出");
    assert_eq!(one(&form.xlsx(), "a year").of.budget.basic_expenditure, Entry::Blank);
}

#[test]
fn zeros_before_an_amount_are_told() {
    check_all("zeros", |f| f.set("D13", "0009725000"), |_| {}, &["V106 D13"]);
    let of = one(&Form::town().xlsx(), "sound").of;
    assert_eq!(of, sound());
}

#[test]
fn a_colon_within_the_bracket_of_a_label_is_no_end_of_it() {
    check_all(
        "a name",
        |f| f.set("B14", "扫描（合计：主要）"),
        |of| of.key_tasks[1].name = Some("扫描（合计：主要）".to_owned()),
        &[],
    );
    check_all("a label", |f| f.set("A3", "部门（单位：全称）名称"), |_| {}, &[]);
}
