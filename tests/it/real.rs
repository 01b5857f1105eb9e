//! The published return of 沙田镇, 2024, where it is at hand: read whole, row by row.

use std::path::Path;

use jixiao::{
    diagnostic::Severity,
    model::{Return, entry::Entry, level::Level, money::Money},
    pipeline::{self, Settings},
    render::xlsx,
};

/// The text of the return; none where the folder beside the repository is not there.
fn text() -> Option<Vec<u8>> {
    let text = std::fs::read(
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/real/shatian-2024.txt"),
    )
    .ok();
    if text.is_none() {
        eprintln!("skipped: ../shared/real/shatian-2024.txt is not there");
    }
    text
}

fn yuan(amount: &Entry<Money>) -> String {
    amount.known().map_or("-".to_owned(), Money::to_string)
}

#[test]
fn comes_out_whole() {
    let Some(text) = text() else { return };
    let reading = pipeline::read(&text, &Settings::default()).unwrap();
    assert_eq!(reading.returns.len(), 1);
    let of = &reading.returns[0].of;
    assert_eq!(of.title.as_deref(), Some("沙田镇部门整体预算绩效目标表"));
    assert_eq!(
        (of.edition.as_str(), of.year, of.level.map(Level::name)),
        ("shatian", None, Some("town"))
    );
    assert_eq!(of.approver.as_deref(), Some("东莞市财政局沙田分局"));
    assert_eq!(of.department.as_deref(), Some("东莞市沙田镇政务服务中心"));
    assert_eq!(
        (&of.funded_headcount, &of.subordinate_units),
        (&Entry::Known(20), &Entry::Known(0))
    );
    assert_eq!((of.key_tasks.len(), of.other_tasks.len(), of.indicators.len()), (7, 1, 14));
    let objective = of.overall_objective.as_deref().unwrap();
    assert!(objective.starts_with("为全面落实国务院") && !objective.contains('<'), "{objective}");
}

#[test]
fn has_every_amount() {
    let Some(text) = text() else { return };
    let of = pipeline::read(&text, &Settings::default()).unwrap().returns.remove(0).of;
    let budget = &of.budget;
    let got = [
        &budget.basic_expenditure,
        &budget.project_expenditure,
        &budget.fiscal_appropriation,
        &budget.other_funds,
        &budget.special_funds,
        &budget.other_development,
        &budget.own_level,
        &budget.transfers,
    ]
    .map(yuan);
    let want = [
        "4024900.00",
        "17583100.00",
        "21608000.00",
        "0.00",
        "0.00",
        "2101100.00",
        "21608000.00",
        "0.00",
    ];
    assert_eq!(got, want);
    let stated: Vec<String> = amounts_of_tasks(std::str::from_utf8(&text).unwrap());
    let got: Vec<String> = of.key_tasks.iter().map(|task| yuan(&task.funding)).collect();
    assert_eq!(got, stated);
    let total =
        jixiao::model::totals::total(&of, jixiao::model::totals::Total::Tasks).known().unwrap();
    assert_eq!(total.to_string(), "12151550.00");
    assert!(of.other_tasks[0].funding.is_blank());
}

/// The amounts of the key tasks as the text prints them, fourth field of each line that has 任务 in its second.
fn amounts_of_tasks(text: &str) -> Vec<String> {
    let fields = text.lines().map(|line| line.split('\t').collect::<Vec<_>>());
    fields
        .filter(|fields| fields.get(1).is_some_and(|name| name.starts_with("任务")))
        .map(|fields| fields[3].replace(',', ""))
        .collect()
}

#[test]
fn has_every_indicator_under_its_levels() {
    let Some(text) = text() else { return };
    let of = pipeline::read(&text, &Settings::default()).unwrap().returns.remove(0).of;
    let shown: Vec<String> = of
        .indicators
        .iter()
        .map(|indicator| {
            let level = |level: &Option<String>| level.clone().unwrap_or("-".into());
            let target =
                indicator.annual_target.as_ref().map_or("-", |target| target.text.as_str());
            let target: String = target.chars().take(10).collect();
            format!(
                "{} {} {} {target}",
                level(&indicator.level1),
                level(&indicator.level2),
                indicator.level3
            )
        })
        .collect();
    let want = [
        "产出指标 数量指标 代办项目总量 大于或等于10宗",
        "产出指标 数量指标 新增“视频办”服务事项 大于或等于50项",
        "产出指标 数量指标 数据安全培训 大于或等于1场",
        "产出指标 数量指标 12345热线服务处理量 大于或等于7000件",
        "产出指标 质量指标 一体化平台退件率 小于或等于1%",
        "产出指标 质量指标 安全测评通过率 大于或等于90%",
        "产出指标 时效指标 群众等候超时率 小于或等于5%",
        "产出指标 时效指标 系统故障修复响应时间 ≤120分钟",
        "产出指标 成本指标 预算执行率（%） 大于或等于90%",
        "效益指标 社会效益指标 党群服务中心莞家政务自助终端机“视频办”服务覆盖率 大于或等于90%",
        "效益指标 社会效益指标 政务服务个人和企业的便利性 有效促进",
        "效益指标 社会效益指标 政务外网接入率 镇（街）机关事业单位",
        "效益指标 可持续影响指标 提升基层政务服务能力 较大提高",
        "服务对象满意度指标 - 群众满意度 大于或等于90%",
    ];
    assert_eq!(shown, want);
}

#[test]
fn joins_what_the_page_cut_and_mends_the_shifted_rows() {
    let Some(text) = text() else { return };
    let reading = pipeline::read(&text, &Settings::default()).unwrap();
    let found = &reading.returns[0];
    let other = &found.of.other_tasks[0];
    assert_eq!(other.name.as_deref(), Some("打造“莞爱”政务服务大厅"));
    let content = other.activities.as_deref().unwrap();
    assert!(
        content.starts_with("在政务服务大厅营造")
            && content.contains("百科全书")
            && !content.contains('\n'),
        "{content}"
    );
    let count =
        |code: &str| found.diagnostics.iter().filter(|finding| finding.code.id == code).count();
    assert_eq!(
        (count("L103"), count("L105"), count("V106")),
        (2, 1, 1),
        "shifts, a joined text, a stripped tag"
    );
    let errors: Vec<&str> = found
        .diagnostics
        .iter()
        .filter(|finding| finding.severity == Severity::Error)
        .map(|finding| finding.message.en.as_ref())
        .collect();
    assert!(errors.is_empty(), "{errors:?}");
}

#[test]
fn goes_through_every_output_and_back() {
    let Some(text) = text() else { return };
    let mut reading = pipeline::read(&text, &Settings::default()).unwrap();
    let found = reading.returns.remove(0);
    let of: &Return = &found.of;
    let xlsx = xlsx::render(&[(of, found.edition)], xlsx::Options::default()).unwrap();
    let csv = jixiao::render::csv::render([(of, found.edition)].into_iter()).unwrap();
    let json = jixiao::render::json::render([(of, None)].into_iter()).unwrap();
    for bytes in [xlsx, csv, json] {
        let back = pipeline::read(&bytes, &Settings::default()).unwrap();
        assert!(back.returns[0].of == *of);
        assert!(
            back.returns[0].diagnostics.iter().all(|finding| finding.severity != Severity::Error)
        );
    }
}
