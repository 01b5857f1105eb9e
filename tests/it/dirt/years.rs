//! The year, however a clerk prints it above the form.

use super::{Cell, Form, check_form, findings, messages, one};

#[test]
fn a_year_above_the_form_is_read_in_every_dress() {
    let places: [(&str, Cell); 7] = [
        ("a number shown with words", Cell::Shown(2025.0, "0\"年度\"")),
        ("a date of which the year shows", Cell::Shown(45_658.0, "yyyy\"年\"")),
        ("digits in brackets", "（2025）".into()),
        ("a label of its own", "编制年度：2025".into()),
        ("another label", "预算年度:2025年".into()),
        ("Chinese digits", "（二〇二五年度）".into()),
        ("the year alone", "2025年度".into()),
    ];
    for (what, cell) in places {
        for at in ["A2", "F2"] {
            let mut form = Form::town();
            form.insert_row(2, &[]);
            form.set(at, cell.clone());
            check_form(what, &form, |of| of.year = Some(2025), &[]);
        }
    }
}

#[test]
fn a_year_and_its_label_may_stand_in_two_cells() {
    for number in
        [Cell::Number(2025.0), "2025".into(), "2025年".into(), Cell::Shown(2025.0, "0\"年\"")]
    {
        let mut form = Form::town();
        form.insert_row(2, &["", "", "", "预算年度："]);
        form.set("E2", number);
        check_form("two cells", &form, |of| of.year = Some(2025), &[]);
    }
}

#[test]
fn other_numbers_above_the_form_are_no_year() {
    for text in ["国发〔2024〕3号", "（2025）3号", "填报日期：2025年1月10日", "12025"]
    {
        let mut form = Form::town();
        form.insert_row(2, &[text]);
        let found = one(&form.xlsx(), text);
        assert_eq!(found.of.year, None, "{text}: {:?} {:#?}", findings(&found), messages(&found));
    }
}

#[test]
fn a_line_that_contradicts_the_title_is_told() {
    for (line, want) in [
        ("（2025年度）", &["L112 A2"][..]),
        ("预算年度：2025", &["L112 A2"]),
        ("（2024年度）", &[]),
        ("编制年度：2023", &[]),
    ] {
        let mut form = Form::town();
        form.insert_row(2, &[line]);
        form.set("A1", "2024年沙田镇部门整体预算绩效目标表");
        let change = |of: &mut jixiao::model::Return| {
            of.title = Some("2024年沙田镇部门整体预算绩效目标表".to_owned());
            of.year = Some(2024);
        };
        check_form(line, &form, change, want);
    }
}
