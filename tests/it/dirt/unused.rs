//! Lines of the form that were not needed: crossed out, by whatever mark; lines that are headings.

use super::{Form, check, check_all, one};

#[test]
fn a_line_that_is_crossed_out_is_no_task_and_no_indicator() {
    for (mark, nil) in [
        ("/", "/"),
        ("／", ""),
        ("\\", "\\"),
        ("无", "0"),
        ("不适用", "不适用"),
        ("N/A", "N/A"),
        ("无此项", "无"),
        ("—", "0.00"),
    ] {
        let crossed_out = |form: &mut Form| {
            form.insert_row(23, &["", "", "", mark, mark, mark]);
            form.insert_row(18, &["", mark, mark, "", nil]);
            form.insert_row(16, &["", mark, mark, nil, mark]);
        };
        check_all(mark, crossed_out, |_| {}, &[]);
    }
}

#[test]
fn a_list_that_says_it_is_empty_has_no_task() {
    let none = |form: &mut Form| {
        form.set("B17", "无");
        form.set("C17", "");
        form.set("E17", "0");
    };
    check_all("no other task", none, |of| of.other_tasks.clear(), &[]);
}

#[test]
fn what_has_an_amount_or_a_target_is_not_crossed_out() {
    let filled = |form: &mut Form| {
        form.insert_row(23, &["", "", "", "无", "≥1场", "≥1场"]);
        form.insert_row(18, &["", "无", "无", "", "5"]);
    };
    let found = one(&Form::town_with(filled).xlsx(), "filled");
    assert_eq!((found.of.other_tasks.len(), found.of.indicators.len()), (2, 8));
    // 无 may be the last word of a text that a page cut.
    let cut = |form: &mut Form| {
        form.set("E14", "纸质档案从有到");
        form.insert_row(15, &[]);
        form.insert_row(16, &["", "", "", "", "无"]);
    };
    let whole =
        |of: &mut jixiao::model::Return| of.key_tasks[1].outcome = Some("纸质档案从有到无".into());
    check("cut", cut, whole, &[]);
}

#[test]
fn a_text_merged_over_the_whole_table_is_a_heading() {
    let heading = |text: &'static str, row: usize| {
        move |form: &mut Form| {
            form.insert_row(row, &["", text]);
            form.merges.extend(Form::of("", &format!("B{row}:F{row}")).merges);
        }
    };
    check("of key tasks", heading("一、民生类", 13), |_| {}, &["L102 B13"]);
    check("of other tasks", heading("（一）修缮", 17), |_| {}, &["L102 B17"]);
    check("none", heading("无", 18), |_| {}, &[]);
    check("a total", heading("合计：10634200元", 16), |_| {}, &[]);
    check("a name not filled in", heading("任务4：", 16), |_| {}, &[]);
}
