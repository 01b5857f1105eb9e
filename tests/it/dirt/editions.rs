//! The wording of the levels above the town, and an edition of a user's own: the national form.

use super::{Form, findings, messages, one};
use jixiao::{
    form,
    model::{
        Return,
        entry::Entry,
        totals::{self, Total},
    },
    pipeline::{self, Settings},
    render,
};

/// The form of a city's bureau: 合计 rows, tasks in 万元, four first levels.
fn city() -> Form {
    let mut form = Form::town();
    form.replace("沙田镇部门整体预算绩效目标表", "2025年云城市部门整体支出绩效目标申报表");
    form.replace("东莞市财政局沙田分局", "云城市财政局");
    form.replace("镇本级使用资金", "市级使用资金");
    form.replace("（元）", "（万元）");
    for (old, new) in
        [("9725000.00", "972.5"), ("709200.00", "70.92"), ("200000.00", "20"), ("100000.00", "10")]
    {
        form.replace(old, new);
    }
    form.insert_row(
        26,
        &["", "成本指标", "经济成本指标", "预算控制数", "≤2160.80万元", "≤2160.80万元"],
    );
    form.insert_row(18, &["", "合计", "", "", "10", ""]);
    form.insert_row(16, &["", "合计", "", "1063.42", "", ""]);
    form.insert_row(11, &["", "合计", "210.11", "合计", "2160.80"]);
    form.insert_row(8, &["", "合计", "2160.80", "合计", "2160.80"]);
    form
}

fn yuan(entry: &Entry<jixiao::model::money::Money>) -> Option<String> {
    entry.known().map(ToString::to_string)
}

/// Written in every form and read again, with an edition or without.
fn round_trip(of: &Return, edition: &'static form::Edition, settings: &Settings<'static>) {
    let xlsx = render::xlsx::render(&[(of, edition)], render::xlsx::Options::default()).unwrap();
    let again = pipeline::read(&xlsx, settings).unwrap();
    super::assert_same(&again.returns[0].of, of, "through xlsx");
    assert!(findings(&again.returns[0]).is_empty(), "{:#?}", messages(&again.returns[0]));
    let csv = render::csv::render(std::iter::once((of, edition))).unwrap();
    let again = pipeline::read(&csv, settings).unwrap();
    super::assert_same(&again.returns[0].of, of, "through csv");
}

#[test]
fn a_citys_form_is_read() {
    let found = one(&city().xlsx(), "city");
    let of = &found.of;
    assert_eq!(findings(&found), Vec::<String>::new(), "{:#?}", messages(&found));
    assert_eq!(
        (of.edition.as_str(), of.level.map(jixiao::model::level::Level::name), of.year),
        ("guangdong", Some("city"), Some(2025))
    );
    assert_eq!(yuan(&of.key_tasks[1].funding).as_deref(), Some("709200.00"));
    assert_eq!((of.key_tasks.len(), of.other_tasks.len(), of.indicators.len()), (3, 1, 8));
    assert_eq!(of.indicators[7].level1.as_deref(), Some("成本指标"));
    let declared: Vec<Total> = found.declared.iter().map(|declared| declared.total).collect();
    assert_eq!(
        declared,
        [
            Total::Expenditure,
            Total::Income,
            Total::Development,
            Total::ByLevel,
            Total::KeyTasks,
            Total::OtherTasks
        ]
    );
    let text = one(city().text('\t').as_bytes(), "city as text");
    super::assert_same(&text.of, of, "as text");
    round_trip(of, form::by_name("guangdong").unwrap(), &Settings::default());
}

#[test]
fn every_level_is_read_in_its_wording() {
    let cases = [
        ("省级使用资金", "广东省财政厅", "province"),
        ("县级使用资金", "惠东县财政局", "county"),
        ("区本级使用资金", "天河区财政局", "county"),
        ("中央本级使用资金", "财政部", "central"),
        ("镇级使用资金", "沙田镇财政所", "town"),
    ];
    for (label, approver, level) in cases {
        let mut form = city();
        form.replace("市级使用资金", label);
        form.replace("云城市财政局", approver);
        let found = one(&form.xlsx(), label);
        assert_eq!(found.of.level.map(jixiao::model::level::Level::name), Some(level), "{label}");
        assert_eq!(found.of.edition, "guangdong", "{label}");
        assert_eq!(findings(&found), Vec::<String>::new(), "{label}: {:#?}", messages(&found));
        round_trip(&found.of, form::by_name("guangdong").unwrap(), &Settings::default());
    }
}

#[test]
fn a_moved_row_follows_the_first_levels_of_its_form() {
    let mut form = city();
    form.merges.clear();
    let at = form.rows.iter().position(|row| row.contains(&"社会效益指标".into())).unwrap();
    form.rows
        .insert(at, ["", "成本指标", "预算执行率（%）", "≥90%", "≥90%"].map(Into::into).to_vec());
    let found = one(&form.xlsx(), "成本指标 as a first level");
    let of = found.of.indicators.iter().find(|of| of.level3 == "预算执行率（%）").unwrap();
    assert_eq!((of.level1.as_deref(), of.level2.as_deref()), (Some("成本指标"), None));
    assert_eq!(found.of.indicators[5].level1.as_deref(), Some("效益指标"));
}

#[test]
fn a_wrong_total_is_reported() {
    // The cell of each typed total, and the finding.
    for at in ["C8", "E8", "C12", "E12", "D18", "E21"] {
        let mut form = city();
        let was = form.text_at(at);
        form.set(at, "9999.99");
        let found = one(&form.xlsx(), at);
        assert_eq!(
            findings(&found),
            [format!("T104 {at}")],
            "{was} at {at}: {:#?}",
            messages(&found)
        );
    }
}

#[test]
fn totals_may_stand_elsewhere() {
    let beside_heads = |right: &str| {
        let mut form = Form::town();
        form.replace("镇本级使用资金", "市级使用资金");
        form.merges.retain(|m| m.0 != 4 && m.0 != 7);
        for row in [5, 8] {
            form.set(&format!("E{row}"), "2160.80");
            form.set(&format!("C{row}"), if row == 5 { right } else { "210.11" });
        }
        form.insert_row(5, &["", "", "预算金额（万元）", "", "预算金额（万元）"]);
        form
    };
    let found = one(&beside_heads("2160.80").xlsx(), "totals in the heads' row");
    assert_eq!(found.declared.len(), 4);
    assert_eq!(findings(&found), Vec::<String>::new(), "{:#?}", messages(&found));
    let found = one(&beside_heads("2000").xlsx(), "a wrong one");
    assert_eq!(findings(&found), ["T104 C6"], "{:#?}", messages(&found));
    for label in ["合计", "总计", "小计", "合 计", "资金总额", "金额合计", "合计："]
    {
        let mut form = city();
        form.replace("合计", label);
        let found = one(&form.xlsx(), label);
        assert_eq!(found.declared.len(), 6, "{label}: {:#?}", messages(&found));
        assert_eq!(findings(&found), Vec::<String>::new(), "{label}: {:#?}", messages(&found));
    }
    let mut form = city();
    form.merges.retain(|m| m.1 > 0);
    form.shift("B18", "A18");
    form.shift("B21", "A21");
    let found = one(&form.xlsx(), "total rows labelled at the left");
    assert_eq!(found.declared.len(), 6, "{:#?}", messages(&found));
    assert_eq!(findings(&found), Vec::<String>::new(), "{:#?}", messages(&found));
}

const NATIONAL: &str = include_str!("national.toml");

const NATIONAL_FORM: &str = "
部门（单位）整体支出绩效目标申报表|||||||
（2025年度）|||||||
部门（单位）名称|||国家档案中心||||
年度主要任务|任务名称||主要内容||预算金额（万元）||
|||||总额|财政拨款|其他资金
|任务1：整理||清点库存||100.5|100|0.5
|任务2：宣传||举办活动||20|20|0
|金额合计||||120.5|120|0.5
年度总体目标|目标1：整理库存。 目标2：方便查询。||||||
年度绩效指标|一级指标|二级指标||三级指标||指标值|
|产出指标|数量指标||整理档案卷数||≥10卷|
||质量指标||著录合格率||≥90%|
|效益指标|社会效益指标||查询覆盖率||≥90%|
|满意度指标|服务对象满意度指标||群众满意度||≥90%|
";

const NATIONAL_MERGES: &str = "A1:H1 A2:H2 A3:C3 D3:H3 A4:A8 B4:C5 D4:E5 F4:H4 B6:C6 D6:E6 B7:C7 D7:E7 B8:E8 B9:H9 A10:A14 C10:D10 E10:F10 G10:H10 \
    B11:B12 C11:D11 E11:F11 G11:H11 C12:D12 E12:F12 G12:H12 C13:D13 E13:F13 G13:H13 C14:D14 E14:F14 G14:H14";

fn national() -> &'static form::Edition {
    Box::leak(Box::new(form::parse(NATIONAL).unwrap()))
}

#[test]
fn the_national_form_is_an_edition_of_a_users_own() {
    let edition = national();
    let settings = Settings { edition: Some(edition), ..Settings::default() };
    for (form, what) in [
        (Form::of(NATIONAL_FORM, NATIONAL_MERGES), "merged"),
        (Form::of(NATIONAL_FORM, ""), "not merged"),
        (Form::of(NATIONAL_FORM, NATIONAL_MERGES).moved(3, 2), "moved"),
    ] {
        let reading = pipeline::read(&form.xlsx(), &settings)
            .unwrap_or_else(|error| panic!("{what}: {error}"));
        let found = &reading.returns[0];
        let of = &found.of;
        assert_eq!(findings(found), Vec::<String>::new(), "{what}: {:#?}", messages(found));
        assert_eq!(
            (of.year, of.department.as_deref()),
            (Some(2025), Some("国家档案中心")),
            "{what}"
        );
        assert_eq!(
            (of.units.budget, of.units.tasks.map(jixiao::model::money::Unit::name)),
            (None, Some("万元")),
            "{what}"
        );
        assert_eq!(of.key_tasks.len(), 2, "{what}");
        let split = of.key_tasks[0].split.as_ref().unwrap();
        let amounts =
            [&of.key_tasks[0].funding, &split.fiscal_appropriation, &split.other_funds].map(yuan);
        assert_eq!(
            amounts,
            ["1005000.00", "1000000.00", "5000.00"].map(|text| Some(text.to_owned())),
            "{what}"
        );
        assert_eq!(of.indicators.len(), 4, "{what}");
        assert!(of.indicators.iter().all(
            |indicator| indicator.period_target.is_none() && indicator.annual_target.is_some()
        ));
        assert_eq!(totals::total(of, Total::Expenditure), totals::Sum::Absent);
        assert_eq!(found.declared.len(), 3, "{what}");
        round_trip(of, edition, &settings);
    }
    let wrong = NATIONAL_FORM.replace("|120.5|120|0.5", "|120.5|121|0.5");
    let reading = pipeline::read(&Form::of(&wrong, NATIONAL_MERGES).xlsx(), &settings).unwrap();
    assert_eq!(findings(&reading.returns[0]), ["T106 F8", "T104 G8"]);
    let text =
        pipeline::read(Form::of(NATIONAL_FORM, "").text('\t').as_bytes(), &settings).unwrap();
    assert_eq!(text.returns[0].of.key_tasks.len(), 2);
}

#[test]
fn a_faulty_edition_names_the_key() {
    let cases = [
        ("unit = \"tasks\"", "unit = \"euro\"", "unit"),
        ("lines = \"indicators\"", "lines = \"goals\"", "lines"),
        ("kind = \"table\"", "kind = \"grid\"", "kind"),
        ("tasks = \"万元\"", "tasks = \"美元\"", "units.tasks"),
        ("header_through = \"department\"", "header_through = \"x\"", "header_through"),
        ("label = \"level1\"", "label = \"levelX\"", "levelX"),
        ("name = \"national\"", "nam = \"national\"", "nam"),
        ("at = \"A\"", "at = \"Z\"", "at"),
    ];
    for (old, new, key) in cases {
        let error = form::parse(&NATIONAL.replacen(old, new, 1)).unwrap_err().to_string();
        assert!(error.contains(key), "{new}: {error}");
    }
}
