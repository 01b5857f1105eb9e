//! Several forms on a sheet, several sheets in a workbook, and sheets that are something else.

use super::{Form, Look, book, check_form, findings, messages, one, read, sound};

/// The form of another department.
fn second() -> Form {
    let mut form = Form::town();
    form.replace("档案中心", "图书馆");
    form.replace("2160.80", "1160.80");
    form.replace("1758.31", "758.31");
    form
}

fn names(bytes: &[u8]) -> Vec<(String, String)> {
    let reading = read(bytes);
    let of = |found: &jixiao::pipeline::Found<'_>| {
        assert!(findings(found).is_empty(), "{:#?}", messages(found));
        let department = found.of.department.clone().unwrap_or_default();
        (department, found.range.map(|range| range.to_string()).unwrap_or_default())
    };
    reading.returns.iter().map(of).collect()
}

fn pair(one: &str, other: &str) -> Vec<(String, String)> {
    vec![
        ("东莞市沙田镇档案中心".to_owned(), one.to_owned()),
        ("东莞市沙田镇图书馆".to_owned(), other.to_owned()),
    ]
}

#[test]
fn forms_below_each_other() {
    for gap in [0, 1, 3] {
        let both = Form::town().with(&second().moved(25 + gap, 0));
        let want = pair("A1:F25", &format!("A{}:F{}", 26 + gap, 50 + gap));
        assert_eq!(names(&both.xlsx()), want, "{gap} rows between");
        assert_eq!(read(&both.xlsx()).returns[0].of, sound());
        assert_eq!(names(both.text('\t').as_bytes()).len(), 2, "{gap} rows between, as text");
    }
    let three = Form::town().with(&second().moved(27, 0)).with(&Form::town().moved(54, 0));
    assert_eq!(read(&three.xlsx()).returns.len(), 3);
}

#[test]
fn the_same_form_twice_is_two_returns() {
    let twice = Form::town().with(&Form::town().moved(26, 0));
    let reading = read(&twice.xlsx());
    assert_eq!(reading.returns.len(), 2);
    for found in &reading.returns {
        super::assert_same(&found.of, &sound(), "twice");
    }
    let text = read(twice.text('\t').as_bytes());
    assert_eq!(text.returns.len(), 2);
    // Without its title the second form's labels are repeated fields, each quoted, and no lines of the table above.
    let mut bare = Form::town();
    bare.delete_rows(1, 4);
    bare.replace("402.49", "999");
    let found = one(&Form::town().with(&bare.moved(25, 0)).xlsx(), "a second budget");
    assert_eq!(found.of.indicators.len() % 7, 0, "{:#?}", messages(&found));
}

#[test]
fn forms_beside_each_other() {
    for gap in [0, 1, 2] {
        let both = Form::town().with(&second().moved(0, 6 + gap));
        let found = names(&both.xlsx());
        assert_eq!(
            found.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(),
            ["东莞市沙田镇档案中心", "东莞市沙田镇图书馆"],
            "{gap} columns between"
        );
        assert_eq!(read(&both.xlsx()).returns[0].of, sound());
        let text = read(both.text('\t').as_bytes());
        assert_eq!(text.returns.len(), 2, "{gap} columns between, as text");
    }
    let lower = Form::town().with(&second().moved(2, 7));
    assert_eq!(names(&lower.xlsx()).len(), 2, "the second one lower");
    for (rows, gap) in [(1, 0), (3, 0), (3, 1), (12, 0)] {
        let lower = Form::town().with(&second().moved(rows, 6 + gap));
        let want = pair(
            "A1:F25",
            &format!(
                "{}:{}",
                ["G", "H"][gap].to_owned() + &(rows + 1).to_string(),
                ["L", "M"][gap].to_owned() + &(rows + 25).to_string()
            ),
        );
        assert_eq!(names(&lower.xlsx()), want, "{rows} rows lower, {gap} columns between");
        let higher = Form::town().moved(rows, 0).with(&second().moved(0, 6 + gap));
        assert_eq!(names(&higher.xlsx()).len(), 2, "{rows} rows higher, {gap} columns between");
        let text = read(lower.text('\t').as_bytes());
        assert_eq!(text.returns.len(), 2, "{rows} rows lower, as text");
    }
}

#[test]
fn forms_on_one_sheet_without_titles() {
    let bare = |mut form: Form| {
        form.delete_rows(1, 1);
        form
    };
    let below = bare(Form::town()).with(&bare(second()).moved(25, 0));
    let reading = read(&below.xlsx());
    assert_eq!(
        reading.returns.iter().map(|r| r.of.department.clone().unwrap()).collect::<Vec<_>>(),
        ["东莞市沙田镇档案中心", "东莞市沙田镇图书馆"]
    );
    for found in &reading.returns {
        assert_eq!(findings(found), ["L114 -"], "{:#?}", messages(found));
        assert_eq!(found.of.approver.as_deref(), Some("东莞市财政局沙田分局"));
    }
    let beside = bare(Form::town()).with(&bare(second()).moved(0, 7));
    let reading = read(&beside.xlsx());
    assert_eq!(reading.returns.len(), 2);
    for found in &reading.returns {
        assert_eq!(findings(found), ["L114 -"], "{:#?}", messages(found));
    }
}

#[test]
fn forms_beside_each_other_with_titles_anywhere_over_them() {
    let centred = |mut form: Form| {
        form.merges.retain(|m| m.0 > 0);
        form.shift("A1", "C1");
        form
    };
    let both = centred(Form::town()).with(&centred(second()).moved(0, 7));
    assert_eq!(names(&both.xlsx()).len(), 2, "centred");
    assert_eq!(read(&both.xlsx()).returns[0].of, sound());
    check_form("a centred title", &centred(Form::town()), |_| {}, &[]);
}

#[test]
fn notes_between_forms_belong_to_the_one_above() {
    let mut first = Form::town();
    first.insert_row(26, &["填表人：张三"]);
    let mut other = second();
    other.insert_row(26, &["填表人：李四"]);
    let both = first.with(&other.moved(28, 0));
    let reading = read(&both.xlsx());
    assert_eq!(reading.returns[0].of.notes, ["填表人：张三"]);
    assert_eq!(reading.returns[1].of.notes, ["填表人：李四"]);
}

#[test]
fn every_sheet_is_read_or_named() {
    let contents = Form::of("目录\n1|档案中心\n2|图书馆", "").named("目录");
    let blank = Form::default().named("Sheet3");
    let hidden = Form { look: Look::HiddenSheet, ..second().named("旧表") };
    let reading = read(&book(&[
        &contents,
        &Form::town().named("档案中心"),
        &second().named("图书馆"),
        &blank,
        &hidden,
    ]));
    assert_eq!(reading.returns.len(), 2);
    assert_eq!(reading.returns[1].sheet.as_deref(), Some("图书馆"));
    let skipped: Vec<&str> = reading.skipped.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(skipped, ["目录", "Sheet3", "旧表"]);
    let reading = read(&book(&[
        &Form::of("2024年部门决算\n支出|100", "").named("决算"),
        &Form::town().named("目标"),
    ]));
    assert_eq!((reading.returns.len(), reading.skipped.len()), (1, 1));
}

#[test]
fn our_own_sheet_of_totals_is_passed_over() {
    let of = sound();
    let edition = jixiao::form::by_name(&of.edition).unwrap();
    let bytes =
        jixiao::render::xlsx::render(&[(&of, edition)], jixiao::render::xlsx::Options::default())
            .unwrap();
    let reading = read(&bytes);
    assert_eq!((reading.returns.len(), reading.skipped.len()), (1, 0));
    super::assert_same(&reading.returns[0].of, &of, "read back");
    assert!(findings(&reading.returns[0]).is_empty());
}

#[test]
fn comments_and_stale_values_are_reported() {
    let mut form = Form::town();
    form.comments.push((5, 2, "请财务核对".to_owned()));
    check_form("a comment", &form, |_| {}, &["L110 C6"]);
    // Values beneath a merge: the writer would refuse them, so the merge is moved over them.
    let mut form = Form::town();
    form.set("C3", "旧部门");
    form.set("F13", "旧目标");
    check_form("stale values", &form, |_| {}, &["L106 C3", "L106 F13"]);
}

#[test]
fn a_form_may_have_a_sheet_of_its_own_name() {
    for name in ["Sheet1", "档案中心", "绩效目标", "附表2", "表11"] {
        let found = one(&book(&[&Form::town().named(name)]), name);
        assert_eq!(found.of, sound(), "{name}");
    }
}
