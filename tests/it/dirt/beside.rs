//! Columns that a department added beside the indicators, with heads of its own wording and rows that lost a cell.

use jixiao::{diagnostic::Severity, model::Return};

use super::{Form, check_form, findings, messages, national::SPLIT, one, sound};

/// The town's form with a column of weights.
fn weighed() -> Form {
    let mut form = Form::town();
    form.merges.clear();
    form.set("G18", "权重");
    (19..=25).for_each(|row| form.set(&format!("G{row}"), "10"));
    form
}

/// The findings on the weights.
fn weights(but: usize) -> Vec<String> {
    (18..=25).filter(|row| *row != but).map(|row| format!("L102 G{row}")).collect()
}

fn check_weighed(what: &str, form: &Form, change: impl Fn(&mut Return), more: &[&str], but: usize) {
    let found = one(form.text(',').as_bytes(), what);
    let mut want = sound();
    change(&mut want);
    super::assert_same(&found.of, &want, what);
    let mut got = findings(&found);
    let mut all = weights(but);
    all.extend(more.iter().map(|more| (*more).to_owned()));
    got.sort();
    all.sort();
    assert_eq!(got, all, "{what}: {:#?}", messages(&found));
}

#[test]
fn a_row_that_lost_a_cell_moves_back_beside_a_column_of_another_use() {
    check_weighed("sound", &weighed(), |_| {}, &[], 0);
    let rows: [(usize, &[&str], &str); 4] = [
        (21, &["", "质量指标", "著录合格率", "≥90%", "≥90%", "10"], "L103 B21"),
        (20, &["", "", "培训场次", "≥3场", "≥1场", "10"], "L103 C20"),
        (23, &["效益指标", "社会效益指标", "查询服务覆盖率", "≥90%", "≥90%", "10"], "L103 A23"),
        (22, &["", "时效指标", "查询响应时间", "≤120分钟", "≤120分钟"], "L103 B22"),
    ];
    for (row, cells, told) in rows {
        let mut form = weighed();
        form.rows[row - 1] = cells.iter().map(|cell| (*cell).into()).collect();
        let weight = format!("L102 F{row}");
        let more: &[&str] = if cells.len() == 6 { &[told, &weight] } else { &[told] };
        check_weighed(told, &form, |_| {}, more, row);
    }
    for (row, cells, told) in [
        (21, &["", "", "", "质量指标", "著录合格率", "≥90%", "≥90%", "10"][..], "L103 D21"),
        (
            23,
            &["", "", "效益指标", "社会效益指标", "查询服务覆盖率", "≥90%", "≥90%", "10"],
            "L103 C23",
        ),
    ] {
        let mut form = weighed();
        form.rows[row - 1] = cells.iter().map(|cell| (*cell).into()).collect();
        check_weighed(told, &form, |_| {}, &[told, &format!("L102 H{row}")], row);
    }
    let mut form = weighed();
    form.rows[20] =
        ["", "质量指标", "著录合格率", "≥90%", "≥90%", "办公室"].map(Into::into).to_vec();
    check_weighed("words", &form, |_| {}, &["L103 B21", "L102 F21"], 21);
    // A weight that is blank moves nothing.
    let mut form = weighed();
    form.set("G21", "");
    check_weighed("no weight", &form, |_| {}, &[], 21);
}

#[test]
fn a_row_that_lost_a_cell_moves_back_where_the_years_target_stands_first() {
    let mut form = Form::town();
    form.merges.clear();
    for row in 18..=25 {
        let (period, annual) = (form.text_at(&format!("E{row}")), form.text_at(&format!("F{row}")));
        form.set(&format!("E{row}"), annual);
        form.set(&format!("F{row}"), period);
    }
    check_form("sound", &form, |_| {}, &[]);
    form.rows[20] = ["", "质量指标", "著录合格率", "≥90%", "≥90%"].map(Into::into).to_vec();
    check_form("a second level", &form, |_| {}, &["L103 B21"]);
}

#[test]
fn a_row_of_the_split_form_that_lost_a_cell_moves_back() {
    let sound = one(Form::of(SPLIT, "").text(',').as_bytes(), "split").of;
    let rows: [(usize, &[&str], &str); 4] = [
        (11, &["", "质量指标", "", "著录合格率", "≥", "95", "%"], "L103 B11"),
        (12, &["", "时效指标", "", "完成时间", "不适用", "2020年12月31日前"], "L103 B12"),
        (10, &["产出指标", "数量指标", "", "整理档案卷数", "≥", "10", "卷"], "L103 A10"),
        (13, &["效益指标", "社会效益指标", "", "利用水平", "定性", "优"], "L103 A13"),
    ];
    for (row, cells, told) in rows {
        let mut form = Form::of(SPLIT, "");
        form.rows[row - 1] = cells.iter().map(|cell| (*cell).into()).collect();
        let found = one(form.text(',').as_bytes(), told);
        super::assert_same(&found.of, &sound, told);
        assert_eq!(findings(&found), [told], "{:#?}", messages(&found));
    }
    let mut form = Form::of(SPLIT, "");
    form.insert_row(11, &["", "", "", "培训场次", "≥", "3", "场"]);
    let found = one(form.text(',').as_bytes(), "no level");
    assert_eq!(found.of.indicators[1].level3, "培训场次");
    assert_eq!(found.of.indicators[1].level2.as_deref(), Some("数量指标"));
    assert_eq!(found.of.indicators[1].annual_target.as_ref().unwrap().text, "≥3场");
    assert_eq!(findings(&found), ["L103 D11"], "{:#?}", messages(&found));
}

#[test]
fn a_row_that_may_have_lost_a_cell_is_told_as_one() {
    let mut form = Form::town();
    form.merges.clear();
    form.rows[20] = ["", "质量指标", "著录合格率", "优良", "较好"].map(Into::into).to_vec();
    let found = one(form.text(',').as_bytes(), "qualitative");
    assert_eq!(findings(&found), ["L113 B21", "L113 C21"]);
    assert!(messages(&found)[0].contains("too far left"), "{:#?}", messages(&found));
}

#[test]
fn an_unknown_head_has_its_place_beside_a_column_of_another_use() {
    for extra in ["权重", "权重（%）", "分值", "备注", "评（扣）分标准", "数据来源"]
    {
        for (cell, head) in [("B18", "指标类别"), ("F18", "本年度值"), ("D18", "考核点")]
        {
            let mut form = weighed();
            form.set("G18", extra);
            form.set(cell, head);
            check_weighed(&format!("{head} {extra}"), &form, |_| {}, &[&format!("L111 {cell}")], 0);
        }
    }
}

#[test]
fn signs_under_an_unknown_head_are_signs() {
    let mut form = Form::of(SPLIT, "");
    let sound = one(&form.xlsx(), "sound").of;
    form.set("F9", "指标性质");
    form.set("I9", "权重（%）");
    form.set("I10", "20");
    let found = one(&form.xlsx(), "weights");
    super::assert_same(&found.of, &sound, "weights");
    assert_eq!(findings(&found), ["L111 F9", "L102 I9", "L102 I10"], "{:#?}", messages(&found));
    // Where no place tells the column, a sign that is not read is an error.
    form.set("J9", "主管领导");
    form.set("J10", "办公室");
    let found = one(&form.xlsx(), "another column");
    let errors = found.diagnostics.iter().filter(|of| of.severity == Severity::Error);
    let cells: Vec<String> =
        errors.filter_map(|of| found.map.cell_of(of)).map(|cell| cell.to_string()).collect();
    assert_eq!(cells, ["F10", "F11"], "{:#?}", messages(&found));
}

#[test]
fn targets_under_an_unknown_head_without_a_place_are_an_error() {
    let mut form = weighed();
    form.set("F18", "本年度值");
    form.set("H18", "主管领导");
    let found = one(form.text(',').as_bytes(), "two columns");
    let errors = found.diagnostics.iter().filter(|of| of.severity == Severity::Error);
    let cells: Vec<String> =
        errors.filter_map(|of| found.map.cell_of(of)).map(|cell| cell.to_string()).collect();
    assert_eq!(cells, ["F18"], "{:#?}", messages(&found));
}

#[test]
fn without_a_column_of_first_levels_the_second_ones_tell_them() {
    let mut form = weighed();
    form.set("B18", "类别");
    form.set("H18", "主管领导");
    let found = one(form.text(',').as_bytes(), "no first levels");
    let want = sound();
    for (got, want) in found.of.indicators.iter().zip(&want.indicators) {
        assert_eq!(got.level1, want.level1, "{:#?}", messages(&found));
    }
}
