//! The level of government, the year, and the edition that a return follows.

use super::{Form, check_all, findings, messages, one};
use jixiao::pipeline::{self, Settings};

#[test]
fn the_own_level_label_states_the_level() {
    let cases = [
        ("镇本级使用资金", "shatian", "town"),
        ("镇级使用资金", "shatian", "town"),
        ("市/镇本级使用资金", "shatian", "town"),
        ("省级使用资金", "guangdong", "province"),
        ("市级使用资金", "guangdong", "city"),
        ("市本级使用资金", "guangdong", "city"),
        ("县级使用资金", "guangdong", "county"),
        ("区级使用资金", "guangdong", "county"),
    ];
    for (label, edition, level) in cases {
        let mut form = Form::town();
        form.set("D9", label);
        let found = one(&form.xlsx(), label);
        assert_eq!(
            (found.of.edition.as_str(), found.of.level.map(jixiao::model::level::Level::name)),
            (edition, Some(level)),
            "{label}"
        );
        assert_eq!(findings(&found), Vec::<String>::new(), "{label}: {:#?}", messages(&found));
    }
}

#[test]
fn approver_and_title_state_the_level_where_the_label_does_not() {
    let cases = [
        ("批复单位：广东省财政厅", "部门整体支出绩效目标表", Some("province")),
        ("批复单位：东莞市财政局", "部门整体支出绩效目标表", Some("city")),
        ("批复单位：惠东县财政局", "部门整体支出绩效目标表", Some("county")),
        ("批复单位：广州市天河区财政局", "部门整体支出绩效目标表", Some("county")),
        ("批复单位：东莞市财政局沙田分局", "部门整体支出绩效目标表", Some("town")),
        ("批复单位：", "惠东县部门整体支出绩效目标表", Some("county")),
        ("批复单位：", "2025年广东省省级部门整体支出绩效目标申报表", Some("province")),
        ("批复单位：", "部门整体支出绩效目标表", None),
    ];
    for (approver, title, level) in cases {
        let mut form = Form::town();
        form.set("A1", title);
        form.set("A2", approver);
        form.set("D9", "本级使用资金");
        form.set("D12", "拟投入的资金（万元）");
        form.set("E16", "拟投入的资金（万元）");
        let found = one(&form.xlsx(), title);
        assert_eq!(
            found.of.level.map(jixiao::model::level::Level::name),
            level,
            "{approver} {title}"
        );
        assert_eq!(found.of.edition, "guangdong", "{approver} {title}");
    }
}

#[test]
fn title_line_and_names_state_the_year() {
    let cases: &[(&str, &str, &str, &str, Option<i32>)] = &[
        ("2025年沙田镇部门整体预算绩效目标表", "", "Sheet1", "a.xlsx", Some(2025)),
        (
            "沙田镇部门整体预算绩效目标表（2025年度）",
            "（2024年度）",
            "2023年",
            "2022年.xlsx",
            Some(2025),
        ),
        ("沙田镇部门整体预算绩效目标表", "（2025年度）", "2023年", "2022年.xlsx", Some(2025)),
        ("沙田镇部门整体预算绩效目标表", "二〇二五年度", "Sheet1", "a.xlsx", Some(2025)),
        ("沙田镇部门整体预算绩效目标表", "2025年", "Sheet1", "a.xlsx", Some(2025)),
        ("沙田镇部门整体预算绩效目标表", "", "2025年", "2022年.xlsx", Some(2025)),
        ("沙田镇部门整体预算绩效目标表", "", "2025年度目标", "a.xlsx", Some(2025)),
        ("沙田镇部门整体预算绩效目标表", "", "Sheet1", "/2024年/档案中心2025年.xlsx", Some(2025)),
        ("沙田镇部门整体预算绩效目标表", "", "Sheet1", "/2024年/档案中心.xlsx", None),
        ("沙田镇部门整体预算绩效目标表", "", "Sheet1", "C:\\2024年\\档案中心.xlsx", None),
        ("沙田镇部门整体预算绩效目标表", "填报日期：2025年1月10日", "Sheet1", "a.xlsx", None),
        ("沙田镇部门整体预算绩效目标表", "2025年1月10日", "Sheet1", "a.xlsx", None),
        ("沙田镇部门整体预算绩效目标表", "", "2025", "2025.xlsx", None),
    ];
    for (title, line, sheet, file, want) in cases {
        let mut form = Form::town().named(sheet);
        form.set("A1", *title);
        if !line.is_empty() {
            form.insert_row(2, &[line]);
        }
        let settings = Settings { file: Some((*file).to_owned()), ..Settings::default() };
        let reading = pipeline::read(&form.xlsx(), &settings).unwrap();
        assert_eq!(reading.returns[0].of.year, *want, "{title} {line} {sheet} {file}");
        let contradicts = *line == "（2024年度）";
        let told = if contradicts { vec!["L112 A2"] } else { Vec::new() };
        assert_eq!(findings(&reading.returns[0]), told, "{title} {line}");
        let settings = Settings { year: Some(2030), ..settings };
        assert_eq!(pipeline::read(&form.xlsx(), &settings).unwrap().returns[0].of.year, Some(2030));
    }
}

#[test]
fn prose_and_names_of_departments_state_no_year() {
    use jixiao::model::Return;
    let objective = "落实国发〔2024〕3号文件，2024年完成一期。";
    let change = |of: &mut Return| of.overall_objective = Some(objective.to_owned());
    check_all("in the objective", |f| f.set("B11", objective), change, &[]);
    let department = "2024年全国运动会筹备办公室";
    let mut form = Form::town().named("2024年全国运动会筹备办");
    form.set("B3", department);
    assert_eq!(one(&form.xlsx(), department).of.year, None);
    check_all(
        "a year at the right of the approver",
        |f| {
            f.merges.retain(|m| m.0 != 1);
            f.set("F2", "（2025年度）");
        },
        |of| of.year = Some(2025),
        &[],
    );
    check_all(
        "a year in the approver's cell",
        |f| f.insert_row(2, &["", "", "（ 2025 年度 ）"]),
        |of| of.year = Some(2025),
        &[],
    );
}

#[test]
fn total_rows_and_units_tell_the_edition() {
    let mut form = Form::town();
    form.insert_row(8, &["", "合计", "2160.80", "合计", "2160.80"]);
    let found = one(&form.xlsx(), "a total row in a town");
    assert_eq!(found.of.edition, "guangdong");
    assert_eq!(found.of.level.map(jixiao::model::level::Level::name), Some("town"));
    let mut form = Form::town();
    form.replace("（元）", "（万元）");
    let found = one(&form.xlsx(), "tasks in 万元");
    assert_eq!(found.of.edition, "guangdong");
    assert_eq!(found.of.units.tasks.map(jixiao::model::money::Unit::name), Some("万元"));
    let mut form = Form::town();
    form.insert_row(23, &["", "成本指标", "经济成本指标", "支出控制数", "≤100万元", "≤100万元"]);
    form.merges.retain(|m| m.0 < 18);
    let found = one(&form.xlsx(), "a first level 成本指标");
    assert_eq!(found.of.edition, "guangdong");
    assert_eq!(found.of.indicators[4].level1.as_deref(), Some("成本指标"));
    assert_eq!(found.of.indicators[5].level1.as_deref(), Some("效益指标"));
}

#[test]
fn an_unknown_level_is_kept_and_reported() {
    let change =
        |of: &mut jixiao::model::Return| of.indicators[0].level2 = Some("管理效率".to_owned());
    let set = |f: &mut Form| {
        f.merges.retain(|m| m.1 != 2 || m.0 < 18);
        f.set("C19", "管理效率");
        f.set("C20", "数量指标");
    };
    check_all("a second level", set, change, &["L113 C19"]);
}
