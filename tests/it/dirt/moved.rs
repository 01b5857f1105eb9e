//! Rows that stand one column too far right or two too far left: read as if moved back, and told.

use jixiao::model::{Return, entry::Entry, money::Money};

use super::{Form, check_all, check_form, findings, messages, one, sound};

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

#[test]
fn indicators_one_column_too_far_right_move_back_though_nothing_is_crowded() {
    let levels = ["", "", "效益指标", "社会效益指标", "查询服务覆盖率", "≥90%"];
    let blank = |at: usize| move |of: &mut Return| of.indicators[at].annual_target = None;
    check_form("both levels", &with_row(23, &levels), blank(4), &["L103 C23"]);
    let second = ["", "", "", "质量指标", "著录合格率", "≥90%"];
    check_form("the second level", &with_row(21, &second), blank(2), &["L103 D21"]);
    // A placeholder of the printed taxonomy is no indicator, wherever it stands.
    let gone = |at: usize| move |of: &mut Return| drop(of.indicators.remove(at));
    check_form("a placeholder", &with_row(21, &second[..4]), gone(2), &["L103 D21"]);
    check_form("both levels alone", &with_row(23, &levels[..4]), gone(4), &["L103 C23"]);
}

#[test]
fn a_printed_level_alone_one_column_too_far_left_stays_a_placeholder() {
    let mut form = Form::town();
    form.insert_row(25, &["", "生态效益指标"]);
    check_form("a second level", &form, |_| {}, &["L103 B25"]);
}

#[test]
fn a_name_of_a_level_as_an_indicator_is_not_moved() {
    let mut form = Form::town();
    form.set("D23", "社会效益指标");
    let want = |of: &mut Return| of.indicators[4].level3 = "社会效益指标".to_owned();
    check_form("an indicator", &form, want, &[]);
}

#[test]
fn another_task_whose_name_lost_its_column_takes_it_back() {
    let content = "更换库房门窗，保证防火防潮。";
    let names = with_row(17, &["", "", "库房修缮", content, "100000.00"]);
    check_form("two texts in one column", &names, |_| {}, &["L103 C17"]);
    let alone = with_row(17, &["", "", "库房修缮", "", "", "100000.00"]);
    check_form("no content", &alone, |of| of.other_tasks[0].activities = None, &["L103 C17"]);
    let nameless = with_row(17, &["", "", content, "", "100000.00"]);
    check_form("no name", &nameless, |of| of.other_tasks[0].name = None, &["L127 C17"]);
}

#[test]
fn a_row_of_the_budget_off_its_heads_is_read_by_its_labels() {
    let cases: [(&str, &[&str], &str); 3] = [
        ("right", &["", "", "基本支出", "402.49", "财政拨款", "2160.80"], "L103 C6"),
        ("left", &["基本支出", "402.49", "财政拨款", "2160.80"], "L103 A6"),
        ("a cell added within", &["", "基本支出", "", "402.49", "财政拨款", "2160.80"], "L103 B6"),
    ];
    for (what, cells, told) in cases {
        check_form(what, &with_row(6, cells), |_| {}, &[told]);
    }
}

#[test]
fn an_amount_of_the_budget_that_has_no_field_is_an_error() {
    let cases: [(&str, &[&str], &str, bool); 5] = [
        ("its label is empty", &["", "基本支出", "402.49", "", "2160.80"], "L102 E6", true),
        ("its label is unknown", &["", "基本支出", "402.49", "调入款", "2160.80"], "L102 E6", true),
        ("its label is unknown", &["", "基本支出", "402.49", "调入款", "0.00"], "L102 E6", false),
        ("a label was lost", &["", "402.49", "财政拨款", "2160.80"], "L102 B6", true),
        ("it is a second one", &["", "基本支出", "", "财政拨款", "", "2160.80"], "", false),
    ];
    for (what, cells, told, error) in cases {
        let found = one(&with_row(6, cells).xlsx(), what);
        let errors = found.diagnostics.iter().filter(|finding| finding.code.id == "L102");
        let errors =
            errors.filter(|finding| finding.severity == jixiao::diagnostic::Severity::Error);
        assert_eq!(errors.count() > 0, error, "{what}: {:#?}", messages(&found));
        if !told.is_empty() {
            assert!(findings(&found).contains(&told.to_owned()), "{what}: {:#?}", messages(&found));
        }
    }
}

#[test]
fn a_numbered_level_shows_that_its_row_was_moved() {
    let row = ["（二）效益指标", "社会效益指标", "查询服务覆盖率", "≥90%", "≥90%"];
    check_form("a first level", &with_row(23, &row), |_| {}, &["L103 A23"]);
}

#[test]
fn a_lost_cell_moves_a_row_back() {
    // Rows that a converter moved one column to the left, as in the published text.
    let cost = |f: &mut Form| {
        f.merges.clear();
        f.insert_row(23, &["", "成本指标", "预算执行率（%）", "≥90%", "≥90%", ""]);
    };
    let found = one(
        &{
            let mut f = Form::town();
            cost(&mut f);
            f
        }
        .xlsx(),
        "cost",
    );
    let indicator = &found.of.indicators[4];
    assert_eq!(
        (indicator.level1.as_deref(), indicator.level2.as_deref(), indicator.level3.as_str()),
        (Some("产出指标"), Some("成本指标"), "预算执行率（%）")
    );
    assert_eq!(super::findings(&found), ["L103 B23"]);
    let mut form = Form::town();
    form.merges.clear();
    form.rows[24] =
        ["服务对象满意度指标", "", "群众满意度", "≥90%", "≥90%"].map(Into::into).to_vec();
    let want = |of: &mut jixiao::model::Return| {
        of.indicators[6].level1 = Some("服务对象满意度指标".to_owned());
        of.indicators[6].level2 = None;
    };
    check_form("a first level over two columns", &form, want, &["L103 A25"]);
    let mut form = Form::town();
    form.merges.clear();
    form.rows[13] =
        ["任务二：数字化扫描", "1. 采购服务；2. 扫描质检。", "709200.00", "重点档案完成数字化。"]
            .map(Into::into)
            .to_vec();
    check_form("a task", &form, |_| {}, &["L103 A14"]);
    let text = one(form.text('\t').as_bytes(), "a task in text");
    assert_eq!(text.of, super::sound());
    let mut form = Form::town();
    form.merges.clear();
    form.rows[20] = ["", "质量指标", "著录合格率", "≥90%", "≥90%"].map(Into::into).to_vec();
    check_form("a second level", &form, |_| {}, &["L103 B21"]);
    let mut form = Form::town();
    form.merges.clear();
    form.rows[22] =
        ["效益指标", "社会效益指标", "查询服务覆盖率", "≥90%", "≥90%"].map(Into::into).to_vec();
    check_form("a whole row of indicators", &form, |_| {}, &["L103 A23"]);
    let mut form = Form::town();
    form.merges.clear();
    form.rows[19] = ["", "", "培训场次", "≥3场", "≥1场"].map(Into::into).to_vec();
    check_form("a row without levels", &form, |_| {}, &["L103 C20"]);
}

#[test]
fn a_sound_row_is_not_moved() {
    use jixiao::model::Return;
    let no_annual = |at: usize| move |of: &mut Return| of.indicators[at].annual_target = None;
    for (cell, at) in [("F19", 0), ("F20", 1), ("F21", 2), ("F23", 4), ("F25", 6)] {
        check_all(&format!("{cell} blank"), |f| f.set(cell, ""), no_annual(at), &[]);
    }
    let no_period = |of: &mut Return| of.indicators[2].period_target = None;
    check_all("E21 blank", |f| f.set("E21", ""), no_period, &[]);
    let neither = |of: &mut Return| {
        of.indicators[3].period_target = None;
        of.indicators[3].annual_target = None;
    };
    check_all(
        "both blank",
        |f| {
            f.set("E22", "");
            f.set("F22", "");
        },
        neither,
        &[],
    );
    let no_outcome = |of: &mut Return| of.key_tasks[1].outcome = None;
    check_all("no outcome", |f| f.set("E14", ""), no_outcome, &[]);
    let numbered = |of: &mut Return| {
        of.key_tasks[1].outcome = None;
        of.key_tasks[1].activities = Some("3".to_owned());
    };
    check_all(
        "activities that are a number",
        |f| {
            f.set("E14", "");
            f.set("C14", "3");
        },
        numbered,
        &[],
    );
    let unfunded = |of: &mut Return| of.other_tasks[0].funding = jixiao::model::entry::Entry::Blank;
    check_all("no funding of another task", |f| f.set("E17", ""), unfunded, &[]);
}
