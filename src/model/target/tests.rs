//! Tables of wordings and what they say.

mod amounts;
mod dates_and_ranges;
mod garbage;

use super::{Context, Doubt, Per, Reading, doubts, read};

/// A reading on one line: `>= 10 宗 year`, `5..8 %`, `date <= 2025-12-31`, `-` for words, `null` for nothing.
fn show(text: &str, context: Context<'_>) -> String {
    let Some(target) = read(text, context) else { return "null".to_owned() };
    assert_eq!(target.text, text.trim());
    let parts = match target.reading {
        Reading::Quantity { op, value, unit, per } => {
            vec![
                op.symbol().to_owned(),
                value,
                unit.unwrap_or_default(),
                per.map_or("", Per::name).to_owned(),
            ]
        }
        Reading::Range { low, high, unit } => {
            vec![format!("{low}..{high}"), unit.unwrap_or_default()]
        }
        Reading::Date { op, date, per } => {
            vec![
                "date".to_owned(),
                op.symbol().to_owned(),
                date,
                per.map_or("", Per::name).to_owned(),
            ]
        }
        Reading::Qualitative => vec!["-".to_owned()],
    };
    parts.iter().filter(|part| !part.is_empty()).map(String::as_str).collect::<Vec<_>>().join(" ")
}

fn assert_reads(cases: &[(&str, &str)], context: Context<'_>) {
    let wrong: Vec<String> = cases
        .iter()
        .map(|(text, want)| (text, want, show(text, context)))
        .filter(|(_, want, got)| *want != got)
        .map(|(text, want, got)| format!("{text}: want {want}, got {got}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

const YEAR_2025: Context<'static> = Context { year: Some(2025), level3: "", unit: None };

#[test]
fn reads_the_specification() {
    // Every row of the table of target values that comes as text.
    let cases = [
        ("大于或等于10宗", ">= 10 宗"),
        ("年均大于或等于10宗", ">= 10 宗 year"),
        ("≥90%", ">= 90 %"),
        ("≧ 90 ％", ">= 90 %"),
        ("＞=95%", ">= 95 %"),
        ("=>3次", ">= 3 次"),
        ("》90%", "> 90 %"),
        ("小于或等于1%", "<= 1 %"),
        ("≤120分钟", "<= 120 分钟"),
        ("=100%", "= 100 %"),
        ("100.00%", "= 100.00 %"),
        ("3", "= 3"),
        ("90%", "= 90 %"),
        ("0%", "= 0 %"),
        ("不少于4期", ">= 4 期"),
        ("不低于85分", ">= 85 分"),
        ("90%以上", ">= 90 %"),
        ("90%及以上", ">= 90 %"),
        ("达到90%", ">= 90 %"),
        ("控制在5%以内", "<= 5 %"),
        ("24小时内", "<= 24 小时"),
        ("3个工作日内", "<= 3 工作日"),
        ("不超过50万元", "<= 50 万元"),
        ("超13万元/年", "> 13 万元 year"),
        ("13969.56标箱", "= 13969.56 标箱"),
        ("≥１，２００人", ">= 1200 人"),
        ("≥1.5万人次", ">= 1.5 万人次"),
        ("5%-8%", "5..8 %"),
        ("3～5次", "3..5 次"),
        ("45%至60%", "45..60 %"),
        ("≥90%且≤100%", "90..100 %"),
        ("±3%以内", "-3..3 %"),
        ("-5%", "= -5 %"),
        ("≤300元/人", "<= 300 元/人"),
        ("每月2次", "= 2 次 month"),
        ("每季度不少于1次", ">= 1 次 quarter"),
        ("一次", "= 1 次"),
        ("不少于十二场", ">= 12 场"),
        ("百分之九十以上", ">= 90 %"),
        ("提高2个百分点", "= 2 百分点"),
        ("较上年增长5%以上", ">= 5 %"),
        ("约200人", "~ 200 人"),
        ("8成以上", ">= 80 %"),
        ("2025年12月31日前", "date <= 2025-12-31"),
        ("12月底前", "date <= 2025-12-31"),
        ("2025年6月底前", "date <= 2025-06-30"),
        ("2025年12月31日", "date = 2025-12-31"),
        ("有效促进", "-"),
        ("较大提高", "-"),
        ("及时", "-"),
        ("优秀", "-"),
        ("控制在预算内", "-"),
        ("三级等保", "-"),
        ("/", "null"),
        ("—", "null"),
        ("不适用", "null"),
        ("无", "-"),
        ("XX", "-"),
        ("≥XX%", "-"),
        ("》 亩", "-"),
        ("定性", "-"),
        ("≥90%，≤2小时", "-"),
        ("优良率≥90%", ">= 90 %"),
        ("镇（街）机关事业单位、村（社区）党群服务中心政务外网覆盖率达到90%", ">= 90 %"),
    ];
    assert_reads(&cases, YEAR_2025);
    assert_eq!(show("12月底前", Context::default()), "date <= --12-31");
}

#[test]
fn takes_a_missing_unit_from_around() {
    let cases = [
        ("90", "预算执行率（%）", None, "= 90 %"),
        ("≥90", "预算执行率(％)", None, ">= 90 %"),
        ("≥90", "镇（街）预算执行率（%）", None, ">= 90 %"),
        ("90", "培训人次", Some("人次"), "= 90 人次"),
        ("90", "预算执行率（%）", Some("/"), "= 90 %"),
        ("90", "预算执行率（%）", Some("人"), "= 90 人"),
        ("90分", "预算执行率（%）", Some("%"), "= 90 分"),
        ("2", "巡查", Some("次/年"), "= 2 次 year"),
        ("3", "办理时限（个工作日）", None, "= 3 工作日"),
        ("300", "补助标准（单位：元/人）", None, "= 300 元/人"),
        ("5-8", "增长率（%）", None, "5..8 %"),
        ("90", "覆盖数（镇街全部）", None, "= 90"),
        ("90", "覆盖数（按2025年计划完成情况确定）", None, "= 90"),
        ("90", "完成数（", None, "= 90"),
        ("优秀", "等级（%）", Some("%"), "-"),
        ("2025-12-31", "时间（%）", Some("%"), "date = 2025-12-31"),
    ];
    for (text, level3, unit, want) in cases {
        assert_eq!(
            show(text, Context { year: None, level3, unit }),
            want,
            "{text} {level3} {unit:?}"
        );
    }
}

#[test]
fn reads_misprints_and_other_signs() {
    let cases = [
        ("90℅", "= 90 %"),
        ("≥90℅", ">= 90 %"),
        ("≈90%", "~ 90 %"),
        ("~90%", "~ 90 %"),
        ("3~5次", "3..5 次"),
        ("=≥60场", ">= 60 场"),
        ("=≤3天", "<= 3 天"),
        ("截至2025年12月31日", "date <= 2025-12-31"),
        ("截止2025年12月底", "date <= 2025-12-31"),
        ("截至2025年12月31日前", "date <= 2025-12-31"),
        ("2025.12前", "date <= 2025-12-31"),
    ];
    assert_reads(&cases, YEAR_2025);
}

#[test]
fn doubts_the_wording() {
    let cases: [(&str, &[Doubt]); 60] = [
        ("》90%", &[Doubt::MistypedSign]),
        ("》=90%", &[Doubt::MistypedSign]),
        ("《办法》3项", &[]),
        ("约200人", &[Doubt::Approximate]),
        ("90%左右", &[Doubt::Approximate]),
        ("约3-5次", &[Doubt::Approximate]),
        ("节约5%", &[]),
        ("预约3次", &[]),
        ("≥90%，≤2小时", &[Doubt::TwoTargets]),
        ("≥90%≤2小时", &[Doubt::TwoTargets]),
        ("≥90%\n≤2小时", &[Doubt::TwoTargets]),
        ("制定1个方案、开展2场培训", &[Doubt::TwoTargets]),
        ("2025年12月底前完成，合格率≥90%", &[Doubt::TwoTargets]),
        ("≥90%且≤100%", &[]),
        ("＞90%且＜100%", &[]),
        ("完成1,200人培训", &[]),
        ("12345热线畅通，及时响应", &[]),
        ("加强监管，提高质量", &[]),
        ("XX", &[Doubt::Placeholder]),
        ("≥XX%", &[Doubt::Placeholder]),
        ("≥X%", &[Doubt::Placeholder]),
        ("××镇", &[Doubt::Placeholder]),
        ("》 亩", &[Doubt::Placeholder]),
        ("定性", &[Doubt::Placeholder]),
        ("……", &[Doubt::Placeholder]),
        ("有效促进", &[]),
        ("≤预算", &[]),
        ("0≤x<5", &[]),
        ("1、≥90%", &[]),
        ("指标1：", &[Doubt::Placeholder]),
        ("2场培训，3个方案", &[Doubt::TwoTargets]),
        ("-", &[]),
        ("2025.12", &[Doubt::Month]),
        ("2025.1", &[Doubt::Month]),
        ("2025.13", &[]),
        ("2025.12万元", &[]),
        ("≤￥300", &[Doubt::Unread]),
        ("≥3-5次", &[Doubt::Unread]),
        ("≥95%（2025年）", &[Doubt::Unread]),
        ("每半年1次", &[Doubt::Unread]),
        ("人均300元", &[Doubt::Unread]),
        ("90%≥", &[Doubt::Unread]),
        ("20250630", &[Doubt::Month]),
        ("20251530", &[]),
        ("10%/5%", &[Doubt::Unread]),
        ("95±2%", &[Doubt::Unread]),
        ("2、3次", &[Doubt::Unread]),
        ("1-6月", &[]),
        ("2、3级", &[]),
        ("1：3", &[]),
        ("三级等保", &[]),
        ("7×24小时", &[]),
        ("力争100%", &[]),
        ("1村1品", &[]),
        ("≥2024年水平", &[]),
        ("≈90%", &[Doubt::Approximate]),
        ("~90%", &[Doubt::Approximate]),
        ("=≥60场", &[]),
        ("90℅", &[]),
        ("截至2025年12月31日", &[]),
    ];
    for (text, want) in cases {
        assert_eq!(doubts(text), want, "{text}");
    }
}
