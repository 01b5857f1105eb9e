//! The national form as a built-in edition, in both of its layouts.

use super::{Form, findings, messages, one};
use jixiao::{
    form,
    model::{Return, entry::Entry, money::Money, target::Reading},
    render::{self, xlsx},
};

pub(super) const FORM: &str = "
部门（单位）整体支出绩效目标申报表|||||||
（2020年度）|||||||
|||||||
部门（单位）名称|||岭江省档案馆||||
年度主要任务|任务名称||主要内容||预算金额（万元）||
|||||总额|财政拨款|其他资金
|档案整理||清点库存||100.5|100|0.5
|宣传||举办活动||20|20|0
|金额合计||||120.5|120|0.5
年度总体目标|目标1：整理库存。 目标2：方便查询。||||||
年度绩效指标|一级指标||二级指标||三级指标|指标值|
|产出指标||数量指标||整理档案卷数|≥10卷|
|||质量指标||著录合格率|≥90%|
|效益指标||社会效益指标||查询覆盖率|≥90%|
|满意度指标||||群众满意度|≥90%|
";

const MERGES: &str = "A1:H1 A2:H2 A4:C4 D4:H4 A5:A9 B5:C6 D5:E6 F5:H5 B7:C7 D7:E7 B8:C8 D8:E8 B9:E9 B10:H10 A11:A15 B11:C11 D11:E11 G11:H11 \
    B12:C13 D12:E12 G12:H12 D13:E13 G13:H13 B14:C14 D14:E14 G14:H14 B15:E15 G15:H15";

pub(crate) fn form() -> Form {
    Form::of(FORM, MERGES)
}

/// The same form with its targets in three columns, typed without merges.
pub(super) const SPLIT: &str = "
部门（单位）整体支出绩效目标申报表|||||||
（2020年度）|||||||
部门（单位）名称|||岭江省档案馆||||
年度主要任务|任务名称|||主要内容|预算金额（万元）||
|||||总额|财政拨款|其他资金
|档案整理|||清点库存|100.5|100|0.5
|金额合计||||100.5|100|0.5
年度总体目标|整理库存。||||||
年度绩效指标|一级指标|二级指标||三级指标|计算符号|指标值|计量单位
|产出指标|数量指标||整理档案卷数|≥|10|卷
||质量指标||著录合格率|≥|95|%
||时效指标||完成时间|不适用|2020年12月31日前|
|效益指标|社会效益指标||利用水平|定性|优|
|满意度指标|服务对象满意度指标||群众满意度||≥90%|
";

pub(super) fn round_trip(of: &Return) {
    let edition = form::by_name(&of.edition).unwrap();
    let xlsx = xlsx::render(&[(of, edition)], xlsx::Options::default()).unwrap();
    let found = one(&xlsx, "written");
    super::assert_same(&found.of, of, "through xlsx");
    assert_eq!(findings(&found), Vec::<String>::new(), "{:#?}", messages(&found));
    let csv = render::csv::render(std::iter::once((of, edition))).unwrap();
    super::assert_same(&one(&csv, "csv").of, of, "through csv");
    let json = render::json::render([(of, None)].into_iter()).unwrap();
    super::assert_same(&one(&json, "json").of, of, "through json");
}

pub(super) fn texts(of: &Return) -> Vec<Option<&str>> {
    of.indicators
        .iter()
        .map(|indicator| indicator.annual_target.as_ref().map(|target| target.text.as_str()))
        .collect()
}

#[test]
fn the_national_form_is_recognised_and_read() {
    for (form, what) in
        [(form(), "merged"), (Form::of(FORM, ""), "not merged"), (form().moved(3, 2), "moved")]
    {
        let found = one(&form.xlsx(), what);
        let of = &found.of;
        assert_eq!(findings(&found), Vec::<String>::new(), "{what}: {:#?}", messages(&found));
        assert_eq!((of.edition.as_str(), of.year), ("national", Some(2020)), "{what}");
        assert_eq!(of.department.as_deref(), Some("岭江省档案馆"), "{what}");
        assert_eq!((of.key_tasks.len(), of.indicators.len()), (2, 4), "{what}");
        assert_eq!(
            of.overall_objective.as_deref(),
            Some("目标1：整理库存。 目标2：方便查询。"),
            "{what}"
        );
        let last = &of.indicators[3];
        assert_eq!((last.level1.as_deref(), last.level2.as_deref()), (Some("满意度指标"), None));
        assert_eq!(found.declared.len(), 3, "{what}");
        round_trip(of);
    }
    let text = one(Form::of(FORM, "").text('\t').as_bytes(), "text");
    super::assert_same(&text.of, &one(&form().xlsx(), "cells").of, "as text");
}

#[test]
fn a_level_two_that_is_missing_is_a_merge_over_both_columns() {
    let of = one(&form().xlsx(), "merged").of;
    let edition = form::by_name("national").unwrap();
    let bytes = xlsx::render(&[(&of, edition)], xlsx::Options::default()).unwrap();
    let written = crate::sheet::FileBook::open(&bytes);
    let cell = written.sheets[0].cells.iter().find(|cell| cell.value == "满意度指标").unwrap();
    let merge = written.sheets[0].merges.iter().find(|merge| merge.start == cell.at).unwrap();
    assert_eq!(merge.to_string(), format!("B{0}:E{0}", cell.at.row + 1));
}

#[test]
fn json_has_no_budget_and_the_money_of_a_task_by_source() {
    let of = one(&form().xlsx(), "merged").of;
    let json = render::json::render([(&of, None)].into_iter()).unwrap();
    let json: serde_json::Value = serde_json::from_slice(&json).unwrap();
    let of = &json[0];
    assert!(of["budget"].as_object().unwrap().values().all(serde_json::Value::is_null));
    assert_eq!(of["budget"].as_object().unwrap().len(), 8);
    assert_eq!(of["units"], serde_json::json!({ "budget": null, "tasks": "万元" }));
    assert_eq!(
        of["key_tasks"][0],
        serde_json::json!({ "name": "档案整理", "activities": "清点库存", "funding": "1005000.00",
            "outcome": null, "fiscal_appropriation": "1000000.00", "other_funds": "5000.00" })
    );
    assert_eq!(
        of["totals"],
        serde_json::json!({ "expenditure": null, "income": null, "development": null, "by_level": null,
            "key_tasks": "1205000.00", "other_tasks": null, "tasks": "1205000.00",
            "fiscal_appropriation": "1200000.00", "other_funds": "5000.00" })
    );
    assert_eq!(of["indicators"][0]["period_target"], serde_json::Value::Null);
    let blank = form::by_name("national").unwrap().blank();
    let json = render::json::render([(&blank, None)].into_iter()).unwrap();
    let json: serde_json::Value = serde_json::from_slice(&json).unwrap();
    assert_eq!(json[0]["totals"]["other_funds"], "0.00");
}

#[test]
fn placeholders_are_no_tasks_and_no_indicators() {
    let mut form = Form::of(FORM, "");
    form.replace("著录合格率", "指标1：著录合格率");
    form.insert_row(13, &["", "", "", "", "", "指标2：", "", ""]);
    form.insert_row(14, &["", "", "", "", "", "……", "", ""]);
    form.insert_row(9, &["", "任务3", "", "", "", "", "", ""]);
    form.insert_row(10, &["", "……", "", "……", "", "", "", ""]);
    form.insert_row(11, &["", "任务 4：", "", "⋯⋯", "", "", "", ""]);
    let found = one(&form.xlsx(), "placeholders");
    assert_eq!(findings(&found), Vec::<String>::new(), "{:#?}", messages(&found));
    assert_eq!(found.account.len(), form.cells());
    super::assert_same(&found.of, &one(&Form::of(FORM, "").xlsx(), "sound").of, "placeholders");
}

#[test]
fn findings_behind_a_placeholder_cite_their_own_row() {
    let mut form = form();
    form.insert_row(8, &["", "任务3", "", "", "", "-", "-", "-"]);
    form.set("F9", "999999");
    let found = one(&form.xlsx(), "placeholder");
    assert!(findings(&found).contains(&"T106 F9".to_owned()), "{:#?}", messages(&found));
}

#[test]
fn other_wordings_are_read() {
    for (printed, other) in [
        ("总额", "资金总额"),
        ("总额", "总金额"),
        ("财政拨款", "财政资金"),
        ("金额合计", "合计"),
        ("年度主要任务", "年度重点工作任务"),
        ("主要内容", "主要实施内容"),
        ("年度总体目标", "总体绩效目标"),
        ("指标值", "目标值"),
        ("三级指标", "指标内容"),
        ("部门（单位）名称", "预算单位"),
    ] {
        let mut form = form();
        form.replace(printed, other);
        let found = one(&form.xlsx(), other);
        assert_eq!(findings(&found), Vec::<String>::new(), "{other}: {:#?}", messages(&found));
        super::assert_same(&found.of, &one(&self::form().xlsx(), "sound").of, other);
    }
    // Every word of the head of two rows unknown but two.
    let mut form = form();
    for (printed, other) in [
        ("预算金额（万元）", "经费（万元）"),
        ("总额", "资金"),
        ("财政拨款", "财政经费"),
        ("其他资金", "别的"),
    ] {
        form.replace(printed, other);
    }
    let found = one(&form.xlsx(), "both rows");
    assert_eq!(findings(&found), ["L111 F5", "L111 F6", "L111 G6", "L111 H6"]);
    super::assert_same(&found.of, &one(&self::form().xlsx(), "sound").of, "both rows");
}

#[test]
fn a_lower_head_that_its_place_does_not_tell_is_missed_by_name() {
    // Two cells over three columns: nothing says which one the unknown word heads.
    let mut form = Form::of(FORM, "");
    form.set("F6", "资金");
    form.set("H6", "");
    let found = one(&form.xlsx(), "two of three");
    assert!(findings(&found).contains(&"L102 F6".to_owned()), "{:#?}", messages(&found));
    assert_eq!(found.of.key_tasks[0].funding, Entry::Blank);
    assert_eq!(found.of.key_tasks.len(), 2);
    // A first task without a name is no head.
    let mut form = Form::of(FORM, "");
    for (at, text) in [("B7", ""), ("D7", ""), ("F7", "若干1"), ("G7", "若干2"), ("H7", "若干3")]
    {
        form.set(at, text);
    }
    let found = one(&form.xlsx(), "a task");
    assert!(
        !findings(&found).iter().any(|found| found.starts_with("L111")),
        "{:#?}",
        messages(&found)
    );
}

#[test]
fn four_first_levels_are_drawn_as_they_came() {
    let mut form = Form::of(FORM, "");
    form.insert_row(14, &["", "成本指标", "", "经济成本指标", "", "单位成本", "≤5万元", ""]);
    let found = one(&form.xlsx(), "four");
    assert_eq!(findings(&found), Vec::<String>::new(), "{:#?}", messages(&found));
    assert_eq!(found.of.indicators[2].level1.as_deref(), Some("成本指标"));
    round_trip(&found.of);
}

#[test]
fn the_parts_of_a_tasks_money_must_add_up() {
    let broken = |at: &str, typed: &str| {
        let mut form = form();
        form.set(at, typed);
        let found = one(&form.xlsx(), at);
        findings(&found)
    };
    assert_eq!(broken("G7", "90"), ["T106 F7", "T104 G9"]);
    assert_eq!(broken("G9", "121"), ["T106 F9", "T104 G9"]);
    assert_eq!(broken("F9", "121"), ["T106 F9", "T104 F9"]);
    assert_eq!(broken("G7", "若干"), ["V101 G7", "T104 G9"]);
}

#[test]
fn targets_in_three_columns_are_one_target() {
    for form in [Form::of(SPLIT, ""), Form::of(SPLIT, "").moved(2, 1)] {
        let found = one(&form.xlsx(), "three columns");
        let of = &found.of;
        assert_eq!(findings(&found), Vec::<String>::new(), "{:#?}", messages(&found));
        assert_eq!(of.edition, "national-split");
        assert_eq!(texts(of), ["≥10卷", "≥95%", "2020年12月31日前", "优", "≥90%"].map(Some),);
        assert!(matches!(
            of.indicators[2].annual_target.as_ref().unwrap().reading,
            Reading::Date { .. }
        ));
        assert_eq!(found.account.len(), form.cells());
        round_trip(of);
    }
    let of = one(&Form::of(SPLIT, "").xlsx(), "three columns").of;
    let edition = form::by_name("national-split").unwrap();
    let csv = render::csv::render(std::iter::once((&of, edition))).unwrap();
    let csv = String::from_utf8(csv).unwrap();
    for line in ["≥,95,%", "定性,优,", ",2020年12月31日前,", "≥,90,%"] {
        assert!(csv.contains(line), "{line}: {csv}");
    }
}

#[test]
fn a_sign_or_a_unit_that_does_not_fit_is_quoted() {
    let mut form = Form::of(SPLIT, "");
    form.set("H10", "");
    form.set("G10", "≤10卷");
    form.set("H13", "级");
    let found = one(&form.xlsx(), "contradictions");
    assert_eq!(findings(&found), ["L102 F10", "L102 H13"], "{:#?}", messages(&found));
    assert_eq!(texts(&found.of)[0], Some("≤10卷"));
}

#[test]
fn a_column_of_units_gives_the_unit_in_any_edition() {
    let mut town = Form::town();
    town.merges.clear();
    let head = town.rows.iter().position(|row| row.contains(&"年度指标值".into())).unwrap() + 1;
    town.set(&format!("G{head}"), "计量单位");
    for (row, unit) in [(1, "宗"), (2, "—"), (3, "人")] {
        town.set(&format!("G{}", head + row), unit);
    }
    town.set(&format!("F{}", head + 1), "≥10");
    let found = one(&town.xlsx(), "town");
    let of = &found.of;
    assert_eq!(of.edition, "shatian");
    assert_eq!(texts(of)[0], Some("≥10宗"), "{:#?}", messages(&found));
    assert!(matches!(&of.indicators[0].annual_target.as_ref().unwrap().reading,
        Reading::Quantity { unit: Some(unit), .. } if unit == "宗"));
    let mut form = Form::of(FORM, "");
    form.set("H11", "单位");
    form.set("G12", "≥10");
    form.set("H12", "卷");
    let found = one(&form.xlsx(), "national");
    assert_eq!(found.of.edition, "national");
    assert_eq!(texts(&found.of)[0], Some("≥10卷"));
    assert_eq!(findings(&found), Vec::<String>::new(), "{:#?}", messages(&found));
}

#[test]
fn an_unfilled_year_is_printed_matter() {
    let mut form = form();
    form.replace("（2020年度）", "（    年度）");
    let found = one(&form.xlsx(), "no year");
    assert_eq!((found.of.year, findings(&found)), (None, Vec::new()));
    assert!(found.of.notes.is_empty());
}

#[test]
fn an_unreadable_amount_leaves_the_typed_total_reported() {
    let mut form = form();
    form.set("F7", "约一百");
    let found = one(&form.xlsx(), "unreadable");
    assert_eq!(found.of.key_tasks[0].funding, Entry::<Money>::Unreadable("约一百".into()));
    assert_eq!(findings(&found), ["V101 F7", "T104 F9"], "{:#?}", messages(&found));
}

#[test]
fn an_unknown_head_is_known_by_its_place() {
    for (printed, other) in [
        ("任务名称", "重点项目"),
        ("主要内容", "工作内容"),
        ("预算金额（万元）", "经费（万元）"),
        ("总额", "资金"),
        ("财政拨款", "财政经费"),
        ("其他资金", "别的"),
        ("三级指标", "指标"),
        ("指标值", "标准"),
    ] {
        let mut form = form();
        form.replace(printed, other);
        let found = one(&form.xlsx(), other);
        let got = findings(&found);
        assert!(got.len() == 1 && got[0].starts_with("L111"), "{other}: {:#?}", messages(&found));
        super::assert_same(&found.of, &one(&self::form().xlsx(), "sound").of, other);
    }
}
