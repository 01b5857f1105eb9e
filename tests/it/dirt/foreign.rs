//! Tables that are none of the form: above it and beside it.

use jixiao::model::{Return, entry::Entry};

use super::{Cell, Form, check, check_form, findings, messages, one, sound};

/// Rows of another table with other amounts of the budget.
const OTHER: [[&str; 4]; 3] = [
    ["部门预算收支总表", "", "", ""],
    ["基本支出", "500", "财政拨款", "1600"],
    ["项目支出", "1141", "其他资金", "41"],
];

#[test]
fn a_table_above_the_title_is_none_of_the_form() {
    for blank in 0..3 {
        let mut form = Form::town();
        for _ in 0..blank {
            form.insert_row(1, &[]);
        }
        for row in OTHER.iter().rev() {
            form.insert_row(1, row);
        }
        let found = one(&form.xlsx(), "a table above");
        assert_eq!(found.of, sound(), "{:#?}", messages(&found));
        let got = findings(&found);
        assert!(got.iter().all(|finding| finding.starts_with("L102")), "{got:?}");
        assert_eq!(got.len(), 9, "{got:?}");
    }
}

#[test]
fn figures_beside_the_form_are_none_of_it() {
    let beside = |form: &mut Form| {
        for (at, text) in [
            ("H4", "2023年预算（万元）"),
            ("H5", "基本支出"),
            ("I5", "500"),
            ("H6", "财政拨款"),
            ("I6", "1600"),
        ] {
            form.set(at, text);
        }
    };
    let want = ["L102 H4", "L102 H5", "L102 I5", "L102 H6", "L102 I6"];
    check_form("filled in", &Form::town_with(beside), |_| {}, &want);
    let blank = |form: &mut Form| {
        beside(form);
        form.set("C6", "");
        form.set("E6", "");
    };
    let found = one(&Form::town_with(blank).xlsx(), "not filled in");
    let budget = &found.of.budget;
    assert_eq!(
        (&budget.basic_expenditure, &budget.fiscal_appropriation),
        (&Entry::Blank, &Entry::Blank)
    );
}

#[test]
fn a_form_wider_than_its_title_keeps_its_columns() {
    // A spacer column right of the title, and the columns of the tables beyond it.
    let mut form = Form::town();
    for row in &mut form.rows {
        row.resize(6, Cell::Blank);
        row.insert(4, Cell::Blank);
    }
    form.merges.clear();
    form.merges.push((0, 0, 0, 3));
    check_form("a spacer", &form, |_: &mut Return| {}, &[]);
}

#[test]
fn lines_of_the_department_may_stand_above_the_title() {
    for line in [["填报单位：东莞市沙田镇档案中心", ""], ["部门名称", "东莞市沙田镇档案中心"]]
    {
        let mut form = Form::town();
        form.insert_row(1, &line);
        let found = one(&form.xlsx(), line[0]);
        assert_eq!(found.of, sound(), "{:#?}", messages(&found));
    }
}

#[test]
fn a_line_above_the_second_title_is_of_the_second_form() {
    let (mut first, second) = (Form::town(), Form::town());
    first.set("A3", "部门名称");
    first.set("B3", "东莞市沙田镇规划办");
    // The approver above the title.
    let turned = |mut form: Form| {
        form.rows.swap(0, 1);
        form.merges.clear();
        form
    };
    let (mut form, mut below) = (turned(first), turned(second));
    below.set("A1", "批复单位：东莞市财政局");
    form.rows.push(Vec::new());
    form.rows.append(&mut below.rows);
    let reading = super::read(&form.xlsx());
    let approvers: Vec<_> = reading.returns.iter().map(|of| of.of.approver.as_deref()).collect();
    assert_eq!(approvers, [Some("东莞市财政局沙田分局"), Some("东莞市财政局")]);
}

#[test]
fn a_date_above_the_title_is_a_note() {
    let mut form = Form::town();
    for row in [["2024年1月10日", ""], ["部门名称", "东莞市沙田镇档案中心"]] {
        form.insert_row(1, &row);
    }
    let found = one(&form.xlsx(), "a date");
    let mut want = sound();
    want.notes.insert(0, "2024年1月10日".into());
    assert_eq!(found.of, want, "{:#?}", messages(&found));
}

#[test]
fn a_first_column_of_sources_is_no_label() {
    for (head, source) in [("资金来源", "财政拨款"), ("类型", "项目支出"), ("", "财政拨款")]
    {
        let sources = |form: &mut Form| {
            form.insert_column(1);
            form.merges.clear();
            form.set("B12", head);
            for row in 13..=15 {
                form.set(&format!("B{row}"), source);
            }
        };
        let mut want = vec!["L102 B12", "L102 B13", "L102 B14", "L102 B15"];
        if head.is_empty() {
            want.remove(0);
        }
        check(source, sources, |_| {}, &want);
    }
    let two = |form: &mut Form| {
        form.insert_column(1);
        form.merges.clear();
        form.set("B14", "财政拨款");
        form.set("D14", "项目支出");
    };
    let change = |of: &mut Return| of.key_tasks[1].activities = Some("项目支出".to_owned());
    check("two labels", two, change, &["L102 B14"]);
}

#[test]
fn the_amount_of_a_task_that_is_no_line_is_an_error() {
    let sources = |form: &mut Form| {
        form.insert_column(1);
        form.merges.clear();
        form.set("B14", "财政拨款");
        form.set("C14", "");
        form.set("D14", "");
    };
    let found = one(&Form::town_with(sources).xlsx(), "no name");
    let lost = found
        .diagnostics
        .iter()
        .filter(|finding| finding.severity == jixiao::diagnostic::Severity::Error);
    let cells: Vec<_> = lost.filter_map(|finding| found.map.cell_of(finding)).collect();
    let cells: Vec<String> = cells.iter().map(ToString::to_string).collect();
    assert_eq!(
        (cells, found.of.key_tasks.len()),
        (vec!["E14".to_owned()], 2),
        "{:#?}",
        messages(&found)
    );
}

#[test]
fn a_list_of_departments_above_the_title_names_no_department() {
    let mut form = Form::town();
    form.insert_row(1, &["目  录"]);
    form.insert_row(2, &["序号", "部门名称", "页码"]);
    form.insert_row(3, &["1", "东莞市沙田镇档案中心", "1"]);
    let found = one(&form.xlsx(), "a list above");
    assert_eq!(found.of.department, sound().department);
    assert!(findings(&found).contains(&"L102 C2".to_owned()), "{:?}", findings(&found));
}

#[test]
fn a_line_of_the_department_above_the_title_stays_where_none_stands_below() {
    let mut form = Form::town();
    form.insert_row(1, &["填报单位：东莞市沙田镇档案中心"]);
    let found = one(&form.xlsx(), "twice the same");
    assert_eq!(found.of.department, sound().department);
    assert_eq!(findings(&found), Vec::<String>::new(), "{:#?}", messages(&found));
    for blank in ["", "/"] {
        form.set("B4", blank);
        let found = one(&form.xlsx(), "blank below");
        assert_eq!(found.of.department, sound().department, "{blank:?}");
    }
}
