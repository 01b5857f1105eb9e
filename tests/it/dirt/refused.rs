//! What is no return: refused by name, with sheet and cell, or read as far as it goes.

use super::{Form, book, findings, messages, one};
use jixiao::{
    error::Error,
    pipeline::{self, Settings},
};

fn refusal(bytes: &[u8]) -> String {
    match pipeline::read(bytes, &Settings::default()) {
        Err(error) => error.to_string(),
        Ok(reading) => panic!(
            "read: {:#?}",
            reading.returns.iter().map(|r| (&r.of, r.range)).collect::<Vec<_>>()
        ),
    }
}

const ASSESSMENT: &str = "
2024年度部门整体支出绩效自评表||||||
部门名称|沙田镇档案中心|||||
预算执行情况（万元）||年初预算数|全年执行数|分值|执行率|得分
|资金总额|100|98|10|98%|9.8
年度总体目标|预期目标||实际完成情况|||
|做好档案工作||已完成|||
绩效指标|一级指标|二级指标|三级指标|年度指标值|实际完成值|得分
|产出指标|数量指标|整理卷数|≥10卷|12卷|10
";

const PROJECT: &str = "
项目支出绩效目标申报表|||||
（2025年度）|||||
项目名称|档案数字化|||主管部门|沙田镇
项目资金（万元）|年度资金总额：|70|||
|其中：财政拨款|70|||
总体目标|完成重点档案数字化||||
绩效指标|一级指标|二级指标|三级指标|指标值|
|产出指标|数量指标|扫描页数|≥10万页|
";

#[test]
fn other_forms_are_refused_by_name() {
    let cases = [(ASSESSMENT, "Sheet1!A1", "self-assessment"), (PROJECT, "Sheet1!A1", "project")];
    for (text, place, kind) in cases {
        let refused = refusal(&Form::of(text, "").xlsx());
        assert!(refused.contains(place) && refused.contains(kind), "{refused}");
        let text = refusal(Form::of(text, "").text('\t').as_bytes());
        assert!(text.contains("A1") && text.contains(kind), "{text}");
    }
    let untitled = ASSESSMENT.replacen("2024年度部门整体支出绩效自评表", "部门整体支出绩效表", 1);
    assert!(refusal(&Form::of(&untitled, "").xlsx()).contains("self-assessment"));
    let monitor = ASSESSMENT.replacen("自评表", "运行监控表", 1);
    assert!(refusal(&Form::of(&monitor, "").xlsx()).contains("monitoring"));
    let reading =
        super::read(&book(&[&Form::of(ASSESSMENT, "").named("自评"), &Form::town().named("目标")]));
    assert_eq!((reading.returns.len(), reading.skipped.len()), (1, 1));
}

#[test]
fn a_task_about_an_assessment_is_no_assessment() {
    use jixiao::model::Return;
    let change = |of: &mut Return| {
        of.key_tasks[1].activities =
            Some("开展项目支出绩效自评，填报项目支出绩效自评表".to_owned());
    };
    super::check_all(
        "activities",
        |f| f.set("C14", "开展项目支出绩效自评，填报项目支出绩效自评表"),
        change,
        &[],
    );
    let change =
        |of: &mut Return| of.key_tasks[1].name = Some("完成部门整体支出绩效自评表".to_owned());
    super::check_all("a name", |f| f.set("B14", "完成部门整体支出绩效自评表"), change, &[]);
    let change = |of: &mut Return| of.indicators[2].level3 = "项目绩效目标表".to_owned();
    super::check_all("an indicator", |f| f.set("D21", "项目绩效目标表"), change, &[]);
    let change = |of: &mut Return| of.indicators[2].level3 = "绩效自评得分".to_owned();
    super::check_all("a score", |f| f.set("D21", "绩效自评得分"), change, &[]);
}

#[test]
fn what_is_no_form_is_refused_with_its_first_cell() {
    let cases = [
        ("姓名|年龄\n张三|20", "姓名"),
        ("沙田镇部门整体预算绩效目标表", "沙田镇"),
        (
            "关于做好2025年部门预算编制工作的通知\n各部门：\n请于月底前报送部门整体预算绩效目标表。",
            "通知",
        ),
        ("科目|基本支出|项目支出|合计\n教育|100|200|300", "科目"),
    ];
    for (text, found) in cases {
        let refused = refusal(&Form::of(text, "").xlsx());
        assert!(
            refused.contains("Sheet1") && refused.contains("A1") && refused.contains(found),
            "{refused}"
        );
        let refused = refusal(Form::of(text, "").text('\t').as_bytes());
        assert!(refused.contains("A1"), "{refused}");
    }
    assert!(refusal(&book(&[&Form::default().named("空表")])).contains("空表"));
}

#[test]
fn half_a_form_is_read_with_an_error_for_each_missing_block() {
    let mut form = Form::town();
    form.delete_rows(12, 25);
    let found = one(&form.xlsx(), "no tasks, no indicators");
    assert_eq!(findings(&found), ["L101 -", "L101 -"], "{:#?}", messages(&found));
    let mut form = Form::town();
    form.delete_rows(2, 11);
    let found = one(&form.xlsx(), "only tasks and indicators");
    assert_eq!(found.of.key_tasks.len(), 3);
    assert_eq!(findings(&found), ["L101 -"; 4], "{:#?}", messages(&found));
    let mut form = Form::town();
    form.delete_rows(5, 10);
    let found = one(&form.xlsx(), "no budget");
    assert_eq!(findings(&found), ["L101 -"], "{:#?}", messages(&found));
    let mut form = Form::town();
    form.delete_rows(18, 25);
    let found = one(&form.xlsx(), "no indicators");
    assert_eq!(findings(&found), ["L101 -"], "{:#?}", messages(&found));
}

#[test]
fn broken_bytes_have_an_error_of_their_own() {
    let empty = pipeline::read(b"", &Settings::default());
    assert!(matches!(empty, Err(Error::Empty)));
    let blank = pipeline::read(b" \n\n", &Settings::default());
    assert!(matches!(blank, Err(Error::NoForm { .. })), "{blank:?}");
    let list = pipeline::read("清单,数量\n电脑,3\n".as_bytes(), &Settings::default());
    let chinese = list.unwrap_err().in_chinese();
    assert!(!chinese.contains("expected") && !chinese.contains("sheet"), "{chinese}");
    let mut bytes = Form::town().xlsx();
    bytes.truncate(bytes.len() / 2);
    assert!(matches!(pipeline::read(&bytes, &Settings::default()), Err(Error::Damaged { .. })));
    for text in ["{", "[{}]", "[]", "{\"title\": 3}", "[{\"edition\": \"x\"}]"] {
        let refused = refusal(text.as_bytes());
        assert!(!refused.is_empty(), "{text}");
    }
}
