//! Units of amounts that only a note states in words.

use jixiao::model::money::Unit;

use super::{Form, findings, messages, one, sound, tasks_in_ten_thousands, without_units};

/// The budget's amounts in 元.
fn budget_in_yuan(form: &mut Form) {
    for (at, amount) in [
        ("C6", "4024900"),
        ("E6", "21608000"),
        ("C7", "17583100"),
        ("C10", "2101100"),
        ("E9", "21608000"),
    ] {
        form.set(at, amount);
    }
}

/// Where notes stand: above, among the fields, between the tables, below.
const ROWS: [usize; 5] = [2, 3, 12, 16, 26];

fn amounts(found: &jixiao::pipeline::Found<'_>) -> Vec<String> {
    let of = &found.of;
    let tasks =
        of.key_tasks.iter().chain(&of.other_tasks).map(|task| format!("{:?}", task.funding));
    std::iter::once(format!("{:?}", of.budget)).chain(tasks).collect()
}

#[test]
fn a_note_states_the_unit_where_no_head_does() {
    let want = amounts(&one(&Form::town().xlsx(), "sound"));
    for row in ROWS {
        for note in ["注：金额单位为万元", "说明：本表金额单位均为万元。", "本表金额单位均为万元"]
        {
            let mut form = Form::town();
            without_units(&mut form);
            tasks_in_ten_thousands(&mut form);
            form.insert_row(row, &[note]);
            let what = format!("{note} in row {row}");
            let found = one(&form.xlsx(), &what);
            assert_eq!(amounts(&found), want, "{what}: {:#?}", messages(&found));
            assert_eq!(findings(&found), Vec::<String>::new(), "{what}: {:#?}", messages(&found));
            assert!(found.of.notes.iter().any(|kept| kept == note), "{what}");
        }
        let mut form = Form::town();
        without_units(&mut form);
        budget_in_yuan(&mut form);
        form.insert_row(row, &["注：", "金额单位为元"]);
        let found = one(&form.xlsx(), "yuan");
        assert_eq!(amounts(&found), want, "row {row}: {:#?}", messages(&found));
        assert_eq!(found.of.units.budget, Some(Unit::Yuan));
        assert_eq!(findings(&found), Vec::<String>::new(), "row {row}: {:#?}", messages(&found));
    }
}

#[test]
fn a_note_that_gives_both_units_speaks_for_each_block() {
    let mut form = Form::town();
    without_units(&mut form);
    form.insert_row(26, &["注：预算以万元为单位，任务以元为单位"]);
    let found = one(&form.xlsx(), "both");
    assert_eq!((&found.of.budget, &found.of.key_tasks), (&sound().budget, &sound().key_tasks));
    assert_eq!(found.of.other_tasks, sound().other_tasks);
    assert_eq!(findings(&found), Vec::<String>::new(), "{:#?}", messages(&found));
    let mut form = Form::town();
    without_units(&mut form);
    budget_in_yuan(&mut form);
    tasks_in_ten_thousands(&mut form);
    form.set("E17", "100000");
    form.insert_row(
        26,
        &["说明：1.预算金额单位为元；2.重点工作任务资金单位为万元；3.其他任务资金单位为元。"],
    );
    let found = one(&form.xlsx(), "three");
    assert_eq!((&found.of.budget, &found.of.key_tasks), (&sound().budget, &sound().key_tasks));
    assert_eq!(found.of.other_tasks, sound().other_tasks, "{:#?}", messages(&found));
    assert_eq!(findings(&found), Vec::<String>::new(), "{:#?}", messages(&found));
}

#[test]
fn a_note_that_contradicts_a_head_is_told_and_the_head_counts() {
    let mut form = Form::town();
    form.insert_row(26, &["注：金额单位为元"]);
    let found = one(&form.xlsx(), "against the budget");
    assert_eq!(found.of.budget, sound().budget);
    assert_eq!(findings(&found), ["V114 A26"], "{:#?}", messages(&found));
    assert_eq!(
        messages(&found),
        [
            "V114 return: `注：金额单位为元` states 元 but head or unit line of the budget says 万元, which counts"
        ]
    );
    let mut form = Form::town();
    form.insert_row(26, &["注：预算以万元为单位，任务以元为单位"]);
    assert_eq!(findings(&one(&form.xlsx(), "agrees")), Vec::<String>::new());
    let mut form = Form::town();
    without_units(&mut form);
    tasks_in_ten_thousands(&mut form);
    form.insert_row(26, &["单位：万元"]);
    form.insert_row(27, &["注：预算金额单位为元"]);
    let found = one(&form.xlsx(), "a unit line");
    assert_eq!(found.of.budget, sound().budget);
    assert_eq!(findings(&found), ["V114 A27"], "{:#?}", messages(&found));
}

#[test]
fn what_cannot_be_decided_is_an_error_where_no_head_states_a_unit() {
    use jixiao::diagnostic::Severity;
    let grave = |found: &jixiao::pipeline::Found<'_>| {
        let of = found.diagnostics.iter().filter(|finding| finding.code.id == "V114");
        of.map(|finding| finding.severity == Severity::Error).collect::<Vec<_>>()
    };
    for notes in [
        &["注：金额单位为元或万元"][..],
        &["注：除任务外金额单位为万元"],
        &["注：金额单位为百万元"],
        &["注：金额单位为元", "说明：金额单位为万元"],
    ] {
        let mut form = Form::town();
        without_units(&mut form);
        for (at, note) in notes.iter().enumerate() {
            form.insert_row(26 + at, &[note]);
        }
        let found = one(&form.xlsx(), notes[0]);
        let told = findings(&found);
        for want in ["V112 C6", "V112 B12", "V112 B16", "V114 A26"] {
            assert!(told.iter().any(|got| got == want), "{notes:?}: {told:?}");
        }
        assert!(grave(&found).iter().all(|grave| *grave), "{notes:?}: {:#?}", messages(&found));
        let mut form = Form::town();
        for (at, note) in notes.iter().enumerate() {
            form.insert_row(26 + at, &[note]);
        }
        let found = one(&form.xlsx(), notes[0]);
        assert_eq!(found.of.budget, sound().budget);
        assert!(!grave(&found).is_empty(), "{notes:?}: {:#?}", messages(&found));
        assert!(grave(&found).iter().all(|grave| !grave), "{notes:?}: {:#?}", messages(&found));
    }
}

#[test]
fn a_line_that_contradicts_heads_or_another_line_is_told() {
    let told = |form: &mut Form, what: &str| {
        let found = one(&form.xlsx(), what);
        let of_units = found.diagnostics.iter().filter(|finding| finding.code.id == "V114");
        let severities: Vec<&str> = of_units.map(|finding| finding.severity.name()).collect();
        (severities, amounts(&found))
    };
    let want = amounts(&one(&Form::town().xlsx(), "sound"));
    for (row, line, severities) in [
        (2, "单位：元", vec!["warning"]),
        (2, "单位：万元", vec![]),
        (12, "单位：万元", vec!["warning"]),
        (12, "单位：元", vec![]),
        (26, "单位：万元", vec![]),
        (26, "单位：元", vec!["warning"]),
    ] {
        let mut form = Form::town();
        form.insert_row(row, &[line]);
        let what = format!("{line} in row {row}");
        assert_eq!(told(&mut form, &what), (severities, want.clone()), "{what}");
    }
    for (rows, lines) in
        [([2, 3], ["单位：元", "单位：万元"]), ([2, 27], ["单位：元", "金额单位：万元"])]
    {
        let mut form = Form::town();
        without_units(&mut form);
        for (row, line) in rows.into_iter().zip(lines) {
            form.insert_row(row, &[line]);
        }
        assert_eq!(told(&mut form, "two lines").0, ["error"], "{lines:?}");
    }
}

#[test]
fn a_line_of_two_units_is_told_and_none_of_them_counts_for_both() {
    for line in [
        "金额单位：万元（任务：元）",
        "单位：万元（单价：元）",
        "金额单位：元（万元）",
        "单位：元 单位：万元",
    ] {
        let mut form = Form::town();
        without_units(&mut form);
        form.insert_row(3, &[line]);
        let found = one(&form.xlsx(), line);
        assert_eq!(found.of.budget, sound().budget, "{line}");
        let told = findings(&found);
        assert!(told.contains(&"V114 A3".to_owned()), "{line}: {told:?}");
        assert!(told.contains(&"V112 B13".to_owned()), "{line}: {told:?}");
    }
    for line in ["单位：万元，任务资金以元为单位", "单位：万元（任务资金单位：元）"]
    {
        let mut form = Form::town();
        without_units(&mut form);
        form.insert_row(3, &[line]);
        let found = one(&form.xlsx(), line);
        assert_eq!(amounts(&found), amounts(&one(&Form::town().xlsx(), "sound")), "{line}");
        assert_eq!(findings(&found), Vec::<String>::new(), "{line}: {:#?}", messages(&found));
    }
}

#[test]
fn a_date_or_a_precision_beside_the_unit_changes_nothing() {
    for line in [
        "编制日期：2025.1.3     单位：万元",
        "填报日期：2025年1月3日 金额单位：万元",
        "单位：万元（精确到元）",
    ] {
        let mut form = Form::town();
        without_units(&mut form);
        tasks_in_ten_thousands(&mut form);
        form.insert_row(3, &[line]);
        let found = one(&form.xlsx(), line);
        assert_eq!(amounts(&found), amounts(&one(&Form::town().xlsx(), "sound")), "{line}");
        assert_eq!(findings(&found), Vec::<String>::new(), "{line}: {:#?}", messages(&found));
    }
}

#[test]
fn words_that_say_how_funding_is_filled_in_state_its_unit() {
    let mut form = Form::town();
    form.insert_row(26, &["说明：拟投入的资金以万元填列"]);
    let found = one(&form.xlsx(), "against the heads");
    assert_eq!(findings(&found), ["V114 A26", "V114 A26"], "{:#?}", messages(&found));
}

#[test]
fn what_a_bracket_adds_to_its_unit_takes_nothing_away() {
    for unit in [
        "（万元，不是元）",
        "（万元，请勿填元）",
        "（万元，1万元=10000元）",
        "（万元，含上级资金500万元）",
        "（万元；补助标准为元/人）",
    ] {
        let mut form = Form::town();
        form.set("D12", format!("拟投入的资金{unit}").as_str());
        for (at, amount) in [("D13", "972.5"), ("D14", "70.92"), ("D15", "20")] {
            form.set(at, amount);
        }
        let found = one(&form.xlsx(), unit);
        assert_eq!(amounts(&found), amounts(&one(&Form::town().xlsx(), "sound")), "{unit}");
        assert_eq!(findings(&found), Vec::<String>::new(), "{unit}: {:#?}", messages(&found));
    }
}
