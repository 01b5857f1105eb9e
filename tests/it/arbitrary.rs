//! Arbitrary returns: every field blank, usual, odd or huge, in every edition, as far as the edition can carry.

use jixiao::{
    extract,
    form::{self, Edition},
    model::{
        Budget, Indicator, Return, Split, Task, Units,
        entry::Entry,
        field_path::BudgetField,
        level::Level,
        money::{Money, Unit},
        target::{self, Target},
        year,
    },
};
use proptest::{collection::vec, option, prelude::*, sample::select};
use rust_decimal::Decimal;

/// A return that its edition can carry.
pub(crate) fn carried() -> impl Strategy<Value = Return> {
    select(form::built_in().iter().collect::<Vec<_>>()).prop_flat_map(|edition| {
        returns(edition).prop_map(move |of| extract::settle(of, edition).0)
    })
}

/// The edition of a return.
pub(crate) fn edition_of(of: &Return) -> &'static Edition {
    form::by_name(&of.edition).unwrap()
}

/// A return that need not be canonical.
pub(crate) fn returns(edition: &'static Edition) -> impl Strategy<Value = Return> {
    let head = (
        title(),
        option::of(1990..2100),
        option::of(select(Level::ALL.to_vec())),
        option::of(line()),
        option::of(line()),
    );
    let counts = (entry(0..1_000_000_u64), entry(0..40_u64));
    let units = (unit(), unit());
    let lists =
        (vec(task(true), 0..6), vec(task(false), 0..4), vec(indicator(), 0..9), vec(note(), 0..4));
    (head, counts, units, budget(), option::of(text()), lists).prop_map(
        move |(head, counts, units, budget, objective, lists)| {
            let (title, year, level, approver, department) = head;
            let mut of = Return {
                title,
                edition: edition.name.clone(),
                year,
                level,
                approver,
                department,
                funded_headcount: counts.0,
                subordinate_units: counts.1,
                units: Units { budget: Some(units.0), tasks: Some(units.1) },
                prints: edition.prints(),
                budget,
                overall_objective: objective,
                key_tasks: lists.0,
                other_tasks: lists.1,
                indicators: lists.2,
                notes: lists.3,
            };
            read_again(&mut of);
            of
        },
    )
}

/// Reads what stands in texts as the reader would, now that unit, year and third level are known.
fn read_again(of: &mut Return) {
    // A printed form shows one year, and its title's counts.
    let title = of.title.as_deref().map(|title| jixiao::model::text::clean(title).text);
    of.year = title.as_deref().and_then(year::in_title).or(of.year);
    let (budget, tasks, year) = (of.units.budget.unwrap(), of.units.tasks.unwrap(), of.year);
    for field in BudgetField::ALL {
        reread(of.budget.get_mut(field), budget);
    }
    for task in of.key_tasks.iter_mut().chain(&mut of.other_tasks) {
        reread(&mut task.funding, tasks);
        if let Some(split) = &mut task.split {
            reread(&mut split.fiscal_appropriation, tasks);
            reread(&mut split.other_funds, tasks);
        }
    }
    for count in [&mut of.funded_headcount, &mut of.subordinate_units] {
        if let Entry::Unreadable(text) = count.clone() {
            *count = extract::count_from_text(&jixiao::model::text::clean(&text).text);
        }
    }
    // The name as it is kept tells the unit.
    of.indicators =
        Return { indicators: of.indicators.clone(), ..Return::default() }.canonical().indicators;
    for indicator in &mut of.indicators {
        let Indicator { level3, period_target, annual_target, .. } = indicator;
        for target in [period_target, annual_target] {
            let text = target.take().map(|target| jixiao::model::text::clean(&target.text).text);
            *target = text
                .and_then(|text| target::read(&text, target::Context { year, level3, unit: None }));
        }
    }
}

fn reread(entry: &mut Entry<Money>, unit: Unit) {
    if let Entry::Unreadable(text) = entry.clone() {
        *entry = extract::amount_from_text(&jixiao::model::text::clean(&text).text, unit);
    }
}

fn title() -> impl Strategy<Value = Option<String>> {
    let usual = select(vec![
        "沙田镇部门整体预算绩效目标表",
        "2024年沙田镇部门整体预算绩效目标表",
        "部门整体支出绩效目标申报表（2025年度）",
        "云城市部门（单位）整体支出绩效目标表",
        "二〇二六年度部门整体支出绩效目标表",
    ]);
    prop_oneof![6 => usual.prop_map(|title| Some(title.to_owned())), 2 => Just(None), 1 => line().prop_map(Some)]
}

fn unit() -> impl Strategy<Value = Unit> {
    select(vec![Unit::Yuan, Unit::Thousand, Unit::TenThousand, Unit::HundredMillion])
}

/// Amounts of 0 to 15 digits, negative ones, ones with parts of a fen.
pub(crate) fn money() -> impl Strategy<Value = Money> {
    let digits =
        (0..=15_u32).prop_flat_map(|digits| 0..=10_i64.pow(digits) - i64::from(digits > 0));
    let usual = (0..10_000_000_000_i64).prop_map(|fen| Decimal::new(fen, 2));
    let odd = (digits, 0..=8_u32, any::<bool>()).prop_map(|(number, scale, negative)| {
        Decimal::new(if negative { -number } else { number }, scale)
    });
    prop_oneof![3 => usual, 2 => odd, 1 => Just(Decimal::ZERO)]
        .prop_map(|yuan| Money::from_yuan(yuan).expect("15 digits at most"))
}

fn entry<T: std::fmt::Debug + Clone + 'static>(
    known: impl Strategy<Value = T> + 'static,
) -> impl Strategy<Value = Entry<T>> {
    let unreadable = prop_oneof![
        select(vec![
            "约二十万",
            "=C6+C7",
            "#REF!",
            "待定",
            "12+3",
            "贰拾万元",
            "1234567890.1234567",
            "-",
            "无",
            "1,2,3",
            "50%",
            "±3",
            "约20",
            "含无法识别的金额",
            "12 34a",
            "TRUE",
        ])
        .prop_map(str::to_owned),
        line(),
    ];
    prop_oneof![2 => Just(Entry::Blank), 6 => known.prop_map(Entry::Known), 2 => unreadable.prop_map(Entry::Unreadable)]
}

fn budget() -> impl Strategy<Value = Budget> {
    vec(entry(money()), 8).prop_map(|entries| {
        let mut budget = Budget::default();
        for (field, entry) in BudgetField::ALL.into_iter().zip(entries) {
            *budget.get_mut(field) = entry;
        }
        budget
    })
}

fn task(key: bool) -> impl Strategy<Value = Task> {
    let split = (entry(money()), entry(money())).prop_map(|(fiscal_appropriation, other_funds)| {
        Split { fiscal_appropriation, other_funds }
    });
    let texts = (option::weighted(0.9, line()), option::of(text()), option::of(text()));
    (texts, entry(money()), option::of(split)).prop_map(
        move |((name, activities, outcome), funding, split)| Task {
            name,
            activities,
            funding,
            split,
            outcome: outcome.filter(|_| key),
        },
    )
}

fn indicator() -> impl Strategy<Value = Indicator> {
    let level1 = prop_oneof![
        8 => select(vec!["产出指标", "效益指标", "满意度指标", "服务对象满意度指标", "成本指标"]).prop_map(str::to_owned),
        1 => line(),
    ];
    let level2 = prop_oneof![
        8 => select(vec![
            "数量指标", "质量指标", "时效指标", "成本指标", "社会效益指标", "生态效益指标", "可持续影响指标", "服务对象满意度指标",
            "经济成本指标", "履职效能",
        ])
        .prop_map(str::to_owned),
        1 => line(),
    ];
    (option::weighted(0.9, level1), option::weighted(0.8, level2), level3(), target(), target())
        .prop_map(|(level1, level2, level3, period_target, annual_target)| Indicator {
            level1,
            level2,
            level3,
            period_target,
            annual_target,
        })
}

fn level3() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => select(vec!["代办项目总量", "预算执行率（%）", "指标1：培训场次", "完成时间", "响应时间（分钟）", "群众满意度"])
            .prop_map(str::to_owned),
        2 => line(),
    ]
}

/// Targets of every kind, blank ones and nil marks too.
fn target() -> impl Strategy<Value = Option<Target>> {
    let usual = select(vec![
        "大于或等于10宗",
        "年均大于或等于10宗",
        "≥90%",
        "≤120分钟",
        "》90%",
        "=100%",
        "100.00%",
        "3",
        "控制在5%以内",
        "3个工作日内",
        "≥１，２００人",
        "5%-8%",
        "±3%以内",
        "每月2次",
        "每季度不少于1次",
        "百分之九十以上",
        "约200人",
        "2025年12月31日前",
        "12月底前",
        "每年12月31日前",
        "有效促进",
        "/",
        "—",
        "不适用",
        "无",
        "XX",
        "≥XX%",
        "≥90%，≤2小时",
        "-5%",
        "0.9",
        "45%至60%",
        "覆盖率达到90%",
        "<5%",
        "1-2",
        "2025.6",
        "≥90\n%",
        "≥1,200人",
        "=5",
        "≥ 90 %",
        "优",
        "定性",
        "≥优良",
        "12次",
    ]);
    prop_oneof![1 => Just(None), 8 => usual.prop_map(|text| Some(text.to_owned())), 1 => text().prop_map(Some)].prop_map(|text| {
        text.and_then(|text| target::read(&text, target::Context::default()))
    })
}

fn note() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => select(vec!["填表人：张三", "联系电话：0769-88881234", "注：本表一式两份。", "填报日期：2025年1月8日", "附件2", "第2页"])
            .prop_map(str::to_owned),
        2 => line().prop_map(|line| format!("注：{line}")),
        1 => line(),
    ]
}

/// Pieces of which texts are made: usual words, and what trips readers and writers. No piece alone is a printed label or
/// a page number: as the whole text of a field, that is a label.
const PIECES: &[&str] = &[
    "推动",
    "政务服务",
    "提升",
    "1. ",
    "；",
    "。",
    "，",
    ",",
    "(",
    "）",
    "（",
    ")",
    "“",
    "”",
    "\"",
    "'",
    "=",
    "+",
    "-",
    "@",
    "=SUM(A1)",
    "<5%",
    "<",
    ">",
    "&",
    "&amp;",
    "&nbsp;",
    "<p>",
    "<br>",
    "<b>",
    "😀",
    "👨‍👩‍👧",
    "e\u{301}",
    "Ａ１",
    "ＡＢＣ",
    "％",
    "\t",
    "\n",
    "\r\n",
    "  ",
    " ",
    "\u{3000}",
    "\u{a0}",
    "\u{200b}",
    "\u{feff}",
    "\u{ad}",
    "合计数",
    "任务一：",
    "名称、",
    "：",
    ":",
    "—",
    "/",
    "\\",
    "|",
    "∣",
    ";",
    "`",
    "#",
    "%",
    "\u{1}",
    "_x000D_",
    "_x0041_",
    "Latin words",
    "https://example.cn/a?b=c&d=e",
    "2025年的",
    "第2页的",
    "部门名称等",
    "……",
    "{",
    "}",
    "[",
    "]",
    "𠮷",
    "ﬁ",
    "⼯",
    "\u{202e}",
    "0",
    "100",
    "万元",
    "\u{fffd}",
    "\u{85}",
    "\u{2028}",
];

/// A text of a line or so.
fn line() -> impl Strategy<Value = String> {
    let words = select(vec![
        "推动代办扩面提质增效",
        "沙田镇政务服务中心",
        "东莞市财政局",
        "任务二：数据安全",
        "任务3",
        "搭建审前服务体系。",
    ]);
    prop_oneof![4 => words.prop_map(str::to_owned), 6 => vec(select(PIECES.to_vec()), 1..8).prop_map(|pieces| pieces.concat())]
}

/// A text of any length that a cell holds, and sometimes a little more.
fn text() -> impl Strategy<Value = String> {
    let pieces =
        |sizes| vec(select(PIECES.to_vec()), sizes).prop_map(|pieces: Vec<&str>| pieces.concat());
    let long =
        (pieces(10..40), 200..4000_usize).prop_map(|(piece, length)| repeated(&piece, length));
    let longest =
        (pieces(5..20), 32_740..32_800_usize).prop_map(|(piece, length)| repeated(&piece, length));
    prop_oneof![30 => line(), 20 => pieces(1..40), 4 => long, 1 => longest]
}

fn repeated(piece: &str, length: usize) -> String {
    if piece.is_empty() { String::new() } else { piece.chars().cycle().take(length).collect() }
}
