//! What shares a line or a cell with something else: a year, a unit, lines under one merged cell, a form without a title.

use jixiao::pipeline::{self, Settings};

use super::{Form, assert_same, findings, one, read, sound};
use crate::sample::{SOUND, broken};

/// The sound return with one line in another wording: the same return, but for what `change` says.
fn reads_as(what: &str, by: &str, year: Option<i32>) {
    let sound = one(SOUND.as_bytes(), "sound").of;
    let found = one(broken(what, by).as_bytes(), by);
    assert_same(&found.of, &jixiao::model::Return { year, ..sound }, by);
    assert_eq!(findings(&found), [""; 0], "{by}");
}

#[test]
fn a_year_or_a_unit_at_the_right_of_a_line_is_no_part_of_its_value() {
    let approver = "批复单位：东莞市财政局沙田分局,";
    for (by, year) in [
        ("批复单位：东莞市财政局沙田分局    单位：万元,", None),
        ("批复单位：东莞市财政局沙田分局　（2025年度）,", Some(2025)),
        ("批复单位：东莞市财政局沙田分局 （2025年度） 单位：万元,", Some(2025)),
        ("（2025年度） 单位：万元\n批复单位：东莞市财政局沙田分局,", Some(2025)),
    ] {
        reads_as(approver, by, year);
    }
}

#[test]
fn a_target_merged_over_two_lines_counts_for_both_and_an_amount_once() {
    let mut form = super::Form::town();
    let sound = one(&form.xlsx(), "sound").of;
    // The last columns of 整理档案卷数 and 培训场次; the amounts of tasks two and three.
    form.set("F20", "");
    form.merges.push((18, 5, 19, 5));
    form.set("D15", "");
    form.merges.push((13, 3, 14, 3));
    let found = one(&form.xlsx(), "merged");
    let mut want = sound;
    want.indicators[1].annual_target = want.indicators[0].annual_target.clone();
    want.key_tasks[2].funding = jixiao::model::entry::Entry::Blank;
    assert_same(&found.of, &want, "merged");
    let told: Vec<String> =
        findings(&found).into_iter().filter(|finding| finding.starts_with("L120")).collect();
    assert_eq!(told, ["L120 D14", "L120 F19"]);
}

#[test]
fn another_department_below_is_a_form_of_its_own_without_a_title() {
    let body = SOUND.split_once("部门名称").unwrap().1;
    let second = body.replace("沙田镇某服务中心", "沙田镇另一中心").replace("402.49", "400.00");
    let reading = read(format!("{SOUND}部门名称{second}").as_bytes());
    let amounts: Vec<_> = reading
        .returns
        .iter()
        .map(|found| {
            let amount = found.of.budget.basic_expenditure.known().unwrap();
            let amount = format!("{:.2}", amount.yuan());
            (found.of.department.clone().unwrap(), amount)
        })
        .collect();
    let want = [("沙田镇某服务中心", "4024900.00"), ("沙田镇另一中心", "4000000.00")];
    assert_eq!(amounts, want.map(|(name, amount)| (name.to_owned(), amount.to_owned())));
}

#[test]
fn one_head_of_a_self_assessment_among_the_indicators_tells_it() {
    let text = broken("年度指标值", "实际完成值");
    let error = pipeline::read(text.as_bytes(), &Settings::default()).unwrap_err();
    assert!(error.to_string().contains("self-assessment"), "{error}");
}

#[test]
fn a_column_of_what_was_reached_beside_the_targets_of_a_return_is_told_and_set_aside() {
    let found = one(
        &Form::town_with(|form| {
            form.set("G18", "完成值");
            form.set("G19", "12卷");
        })
        .xlsx(),
        "完成值",
    );
    assert_eq!(found.of, sound());
    assert_eq!(findings(&found), ["L102 G18", "L102 G19"]);
    let scored = Form::town_with(|form| form.set("G18", "得分")).xlsx();
    let error = pipeline::read(&scored, &Settings::default()).unwrap_err();
    assert!(error.to_string().contains("self-assessment"), "{error}");
}

#[test]
fn levels_in_traditional_characters_are_known() {
    let found = one(broken("产出指标", "產出指標").as_bytes(), "traditional");
    assert_eq!(findings(&found), [""; 0]);
    assert_eq!(found.of.indicators[0].level1.as_deref(), Some("產出指標"));
}

#[test]
fn a_stray_tab_in_a_comma_separated_text_is_no_delimiter() {
    let found = one(broken("走访企业。", "走访\t企业。").as_bytes(), "tab");
    assert_eq!(found.of.key_tasks[1].activities.as_deref(), Some("走访\t企业。"));
}
