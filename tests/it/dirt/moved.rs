//! Rows that stand one column too far right or two too far left: read as if moved back, and told.

use jixiao::model::{Return, entry::Entry, money::Money};

use super::{Form, check_form, findings, messages, one, sound};

fn with_row(row: usize, cells: &[&str]) -> Form {
    let mut form = Form::town();
    form.merges.clear();
    form.rows[row - 1] = cells.iter().map(|cell| (*cell).into()).collect();
    form
}

#[test]
fn a_row_one_column_too_far_right_moves_back() {
    let task = [
        "",
        "",
        "任务二：数字化扫描",
        "1. 采购服务；2. 扫描质检。",
        "709200.00",
        "重点档案完成数字化。",
    ];
    check_form("a task", &with_row(14, &task), |_| {}, &["L103 C14"]);
    let other = ["", "", "库房修缮", "更换库房门窗，保证防火防潮。", "", "100000.00"];
    check_form("another task", &with_row(17, &other), |_| {}, &["L103 C17"]);
    let whole = ["", "", "效益指标", "社会效益指标", "查询服务覆盖率", "≥90%", "≥90%"];
    check_form("a row of indicators", &with_row(23, &whole), |_| {}, &["L103 C23"]);
    let second = ["", "", "", "质量指标", "著录合格率", "≥90%", "≥90%"];
    check_form("a second level", &with_row(21, &second), |_| {}, &["L103 D21"]);
}

#[test]
fn a_row_two_columns_too_far_left_moves_back() {
    // The form stands further right, so that there is room.
    let moved = |row: usize, cells: &[&str]| {
        let mut form = Form::town();
        form.merges.clear();
        let mut form = form.moved(0, 2);
        form.rows[row - 1] = cells.iter().map(|cell| (*cell).into()).collect();
        form
    };
    let task = [
        "",
        "任务二：数字化扫描",
        "1. 采购服务；2. 扫描质检。",
        "709200.00",
        "重点档案完成数字化。",
    ];
    check_form("a task", &moved(14, &task), |_| {}, &["L103 B14"]);
    let whole = ["", "效益指标", "社会效益指标", "查询服务覆盖率", "≥90%", "≥90%"];
    check_form("a row of indicators", &moved(23, &whole), |_| {}, &["L103 B23"]);
    let second = ["", "", "质量指标", "著录合格率", "≥90%", "≥90%"];
    check_form("a second level", &moved(21, &second), |_| {}, &["L103 C21"]);
}

#[test]
fn a_remark_beside_a_line_moves_nothing() {
    let task = ["", "", "清点", "709200.00", "重点档案完成数字化。", "", "备注一"];
    let found = one(&with_row(14, &task).xlsx(), "a nameless task");
    assert_eq!(found.of.key_tasks[1].funding, sound().key_tasks[1].funding);
    let line = ["", "", "", "培训场次", "≥3场", "≥1场", "见附表"];
    check_form("an indicator", &with_row(20, &line), |_| {}, &["L102 G20"]);
}

#[test]
fn another_task_moves_back_whatever_its_amount_is() {
    let content = "更换库房门窗，保证防火防潮。";
    let label = "其他需完成的任务（可选填）";
    let cases: [(&str, &str, Entry<Money>, &[&str]); 5] = [
        ("", "100000.00", sound().other_tasks[0].funding.clone(), &["L103 C17"]),
        (label, "100000.00", sound().other_tasks[0].funding.clone(), &["L103 C17"]),
        ("", "", Entry::Blank, &["L103 C17"]),
        ("", "/", Entry::Blank, &["L103 C17"]),
        ("", "约十万", Entry::Unreadable("约十万".to_owned()), &["L103 C17", "V101 F17"]),
    ];
    for (first, amount, funding, told) in cases {
        let form = with_row(17, &[first, "", "库房修缮", content, "", amount]);
        let want = |of: &mut Return| of.other_tasks[0].funding = funding.clone();
        check_form(&format!("`{amount}` behind `{first}`"), &form, want, told);
    }
    // Below a task that stands where it should, it is a task of its own.
    for amount in ["50000", "", "/"] {
        let mut form = Form::town();
        form.insert_row(18, &["", "", "设备维护", "维护扫描设备。", "", amount]);
        let found = one(&form.xlsx(), amount);
        let names: Vec<_> = found.of.other_tasks.iter().map(|task| task.name.as_deref()).collect();
        assert_eq!(names, [Some("库房修缮"), Some("设备维护")], "{:#?}", messages(&found));
        assert_eq!(found.of.other_tasks[0], sound().other_tasks[0]);
        assert!(findings(&found).contains(&"L103 C18".to_owned()), "{:#?}", messages(&found));
    }
}
