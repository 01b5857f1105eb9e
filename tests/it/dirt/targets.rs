//! Target cells: numbers with formats, dates, runs, doubts and nil marks.

use super::{Cell, Form, check, check_all};
use jixiao::model::{
    Return,
    target::{self, Target},
};

fn target(text: &str, level3: &str) -> Option<Target> {
    target::read(text, target::Context { year: None, level3, unit: None })
}

/// The annual target of the third indicator.
fn annual(text: &'static str) -> impl Fn(&mut Return) {
    move |of: &mut Return| of.indicators[2].annual_target = target(text, "著录合格率")
}

#[test]
fn a_number_cell_is_what_it_shows() {
    let cases: &[(f64, &str, &str, &[&str])] = &[
        (0.9, "0%", "90%", &[]),
        (0.905, "0.0%", "90.5%", &[]),
        (1.0, "0.00%", "100.00%", &[]),
        (12.0, "0\"个\"", "12个", &[]),
        (0.9, "General", "0.9", &[]),
        (1200.0, "#,##0", "1,200", &[]),
        (95.0, "0.00", "95.00", &[]),
        (90.0, "\"≥\"0", "≥90", &[]),
        (0.9, "\"≥\"0%", "≥90%", &[]),
        (46022.0, "yyyy\"年\"m\"月\"d\"日\"", "2025年12月31日", &[]),
        (46022.0, "yyyy-mm-dd", "2025-12-31", &[]),
        (45659.0, "m\"月\"d\"日\"", "1月2日", &["V107 F21"]),
    ];
    for (number, format, text, want) in cases {
        check(
            &format!("{number} as {format}"),
            |f| f.set("F21", Cell::Shown(*number, format)),
            annual(text),
            want,
        );
    }
    check("a bare number", |f| f.set("F21", 46022.0), annual("46022"), &[]);
}

#[test]
fn wordings_are_kept_and_read() {
    let plain = [
        "≥90%",
        "≧ 90 ％",
        "＞=95%",
        "=>95%",
        "大于等于90%",
        "90%以上",
        "不低于90%",
        "达到90%",
        "100.00%",
        "≥９０％",
        "优",
        "有效提升",
        "无",
        "控制在5%以内",
        "≥90%且≤100%",
        "3～5次",
        "较上年增长5%以上",
        "百分之九十以上",
    ];
    for text in plain {
        check_all(text, |f| f.set("F21", text), annual(text), &[]);
    }
    for text in ["》90%", "约90%", "≥90%，≤2小时"] {
        check_all(text, |f| f.set("F21", text), annual(text), &["V108 F21"]);
    }
    for text in ["-", "—", "——", "－", "/", "／", "不适用"] {
        check_all(text, |f| f.set("F21", text), |of| of.indicators[2].annual_target = None, &[]);
    }
}

#[test]
fn runs_are_one_text() {
    let runs = |f: &mut Form| f.set("F21", Cell::Rich(vec!["≥".into(), "9".into(), "0%".into()]));
    check("a target in runs", runs, |_| {}, &[]);
    let runs = |f: &mut Form| {
        f.set(
            "B11",
            Cell::Rich(vec![
                "做好档案的收集、".into(),
                "整理和利用，".into(),
                "方便群众查询。".into(),
            ]),
        );
    };
    check("an objective in runs", runs, |_| {}, &[]);
    let runs = |f: &mut Form| f.set("A3", Cell::Rich(vec!["部门".into(), "名称".into()]));
    check("a label in runs", runs, |_| {}, &[]);
    check(
        "a struck amount",
        |f| f.set("B13", Cell::Struck("任务一：整理库存档案。".into())),
        |_| {},
        &["V110 B13"],
    );
}

#[test]
fn placeholders_are_no_indicators() {
    let gone = |of: &mut Return| drop(of.indicators.remove(1));
    for name in ["指标1：", "指标2", "……", "...", "—", ""] {
        let empty = |f: &mut Form| {
            f.set("D20", name);
            f.set("E20", "");
            f.set("F20", "");
        };
        check_all(&format!("{name} without targets"), empty, gone, &[]);
    }
    let named = |f: &mut Form| f.set("D20", "指标1：培训场次");
    check_all("a name behind its number", named, |_| {}, &[]);
    check_all("targets without a name", |f| f.set("D20", ""), gone, &["L116 E20", "L116 F20"]);
    let blank_row = |f: &mut Form| {
        f.merges.retain(|m| m.0 < 22 || m.1 != 1);
        f.insert_row(24, &["", "", "生态效益指标"]);
    };
    check_all("a printed name alone", blank_row, |_| {}, &[]);
    let crowded = |f: &mut Form| {
        f.set("D20", "培训场次\n培训人数");
        f.set("E20", "≥3场\n≥90人");
        f.set("F20", "≥1场\n≥30人");
    };
    let want = |of: &mut Return| {
        of.indicators[1].level3 = "培训场次\n培训人数".to_owned();
        of.indicators[1].period_target = target("≥3场\n≥90人", "培训场次\n培训人数");
        of.indicators[1].annual_target = target("≥1场\n≥30人", "培训场次\n培训人数");
    };
    let mut form = Form::town();
    crowded(&mut form);
    let found = super::one(&form.xlsx(), "crowded");
    let mut expected = super::sound();
    want(&mut expected);
    super::assert_same(&found.of, &expected, "two indicators in one row");
    assert!(
        super::findings(&found).contains(&"L115 D20".to_owned()),
        "{:#?}",
        super::messages(&found)
    );
}

#[test]
fn scores_and_spaces_in_levels_do_not_count() {
    let spaced = |f: &mut Form| f.set("C21", "质 量 指 标");
    check_all("spaces", spaced, |_| {}, &[]);
    let scored = |f: &mut Form| f.set("B23", "效益指标（30分）");
    check_all(
        "a score",
        scored,
        |of| (4..6).for_each(|at| of.indicators[at].level1 = Some("效益指标（30分）".to_owned())),
        &[],
    );
    let broken = |f: &mut Form| f.set("C24", "可持续\n影响指标");
    check("a line break", broken, |_| {}, &[]);
}

#[test]
fn a_target_merged_over_both_columns_is_taken_for_either() {
    let mut form = super::Form::town();
    form.set("F21", "");
    form.merges.push((20, 4, 20, 5));
    super::check_form("merged", &form, |_| {}, &["L120 E21"]);
}

#[test]
fn a_name_alone_behind_a_blank_row_is_told() {
    let mut form = super::Form::town();
    form.insert_row(20, &["", "", "", "并按时编目"]);
    form.insert_row(20, &[]);
    let found = super::one(&form.xlsx(), "alone");
    assert_eq!(found.of.indicators[1].level3, "并按时编目");
    assert_eq!(super::findings(&found), ["L125 D21"], "{:#?}", super::messages(&found));
}

#[test]
fn a_head_that_says_something_of_all_targets_is_told_where_targets_lack_it() {
    for (head, target, want) in [
        ("年度指标值（≥）", "90%", &["V108 F18"][..]),
        ("年度指标值（不低于）", "90%", &["V108 F18"]),
        ("年度指标值（%）", "≥90", &["V108 F18"]),
        ("年度指标值（2025年）", "90%", &[]),
    ] {
        check(
            &format!("{target} under {head}"),
            |form| {
                form.set("F18", head);
                form.set("F21", target);
            },
            annual(target),
            want,
        );
    }
}

#[test]
fn a_format_that_hides_a_target_takes_none_away() {
    check("hidden", |f| f.set("F21", Cell::Shown(95.0, ";;;")), annual("95"), &[]);
}
