//! Sixty key tasks, 150 indicators and texts longer than a printed page's row.

use std::fmt::Write as _;

use super::FILLED_IN_BY;
use crate::department::{Department, Indicator, Task, task};

const DISTRICTS: [&str; 10] = [
    "东湖区",
    "西岭区",
    "南江区",
    "北塔区",
    "高新区",
    "云港新区",
    "青石县",
    "白水县",
    "梅坑县",
    "长桥县",
];

/// A kind of work: its name, its unit, what is done in a place, what it is good for.
const WORKS: [[&str; 4]; 6] = [
    [
        "道路清扫保洁",
        "万平方米",
        "配足环卫作业人员和机械化车辆，主干道每日两扫全天保洁，背街小巷每日一扫，逐路段公示责任人",
        "路面整洁、果皮箱完好",
    ],
    [
        "生活垃圾分类收运",
        "吨",
        "优化收运线路，更换破损桶箱，对投放点实行定时督导，分类后的垃圾分车运输、分别处理",
        "分类投放准确、收运日产日清",
    ],
    [
        "公园绿地养护",
        "公顷",
        "按养护等级开展修剪、施肥和病虫害防治，补植缺株，检修园路、座椅和照明设施",
        "绿地无黄土裸露、设施安全可用",
    ],
    [
        "市政照明维护",
        "盏",
        "巡查路灯及控制设备，更换老旧灯具为节能光源，对未亮路段实行限时修复",
        "主次干道亮灯正常、能耗下降",
    ],
    [
        "排水管渠清疏",
        "公里",
        "汛前完成雨水口、检查井和管渠清淤，汛期加密巡查，封堵错接混接点",
        "管渠排水通畅、无长时间积水",
    ],
    [
        "占道经营整治",
        "处",
        "划定疏导点和经营时段，开展错峰巡查和普法宣传，对屡劝不改者依法查处",
        "主要路口通行有序、投诉减少",
    ],
];

/// 云城市城市管理和综合执法局
pub(crate) fn city_management_bureau() -> Department {
    Department {
        edition: "guangdong",
        title: "2025年云城市部门整体支出绩效目标表".to_owned(),
        year: Some(2025),
        approver: "云城市财政局".to_owned(),
        name: "云城市城市管理和综合执法局".to_owned(),
        headcount: "1368".to_owned(),
        units: "23".to_owned(),
        own_level: "市级使用资金",
        task_unit: "万元",
        budget: [
            "36520.00",
            "83480.00",
            "118000.00",
            "2000.00",
            "41000.00",
            "12600.00",
            "96000.00",
            "24000.00",
        ]
        .map(str::to_owned),
        objective: objective(),
        key_tasks: key_tasks(),
        other_tasks: vec![task(
            "城市管理领域安全生产检查",
            "对燃气、桥梁、户外广告和垃圾处理设施开展季度检查，建立隐患清单，明确整改期限和责任人。",
            "960.00",
            "",
        )],
        indicators: all_indicators(),
        notes: vec![FILLED_IN_BY.to_owned()],
    }
}

fn objective() -> String {
    let mut text = "深入推进城市精细化管理，统筹市容环卫、园林绿化、市政设施和综合执法，分区域、分类别落实年度任务：".to_owned();
    for (at, district) in DISTRICTS.iter().enumerate() {
        let (cover, share) = (90 + at % 6, 60 + 3 * at);
        write!(text, "\n{}. {district}：重点区域精细化管理覆盖率达到{cover}%，机械化清扫率达到{share}%，市容问题按期处置率不低于{}%。", at + 1, 91 + at % 7).ok();
    }
    text
}

fn key_tasks() -> Vec<Task> {
    let pairs =
        WORKS.iter().flat_map(|work| DISTRICTS.iter().map(move |district| (work, *district)));
    pairs.enumerate().map(|(at, (work, district))| key_task(at, work, district)).collect()
}

fn key_task(at: usize, work: &[&str; 4], district: &str) -> Task {
    let [name, unit, activities, use_of_it] = work;
    let amount = 120 + 37 * (at % 13) + 11 * at;
    // One task in fifteen lists every street section, longer than Excel's highest row shows.
    let activities = if at % 15 == 7 {
        sections(district, name, activities)
    } else {
        format!("在{district}{activities}。")
    };
    task(
        &format!("任务{}：{district}{name}", at + 1),
        &activities,
        &format!("{}.{:02}", 320 + 29 * (at % 17) + 7 * at, (at * 13) % 100),
        &format!(
            "{district}完成{name}{amount}{unit}，月度考核得分不低于{}分，{use_of_it}。",
            80 + at % 16
        ),
    )
}

fn sections(district: &str, name: &str, activities: &str) -> String {
    const ROADS: [&str; 12] = [
        "人民路",
        "建设路",
        "文昌路",
        "环城路",
        "新港大道",
        "体育路",
        "学府路",
        "工业大道",
        "滨江路",
        "站前路",
        "府前街",
        "中兴街",
    ];
    let mut text = format!("{district}按路段分解任务，{activities}。具体路段如下：");
    for at in 0..48 {
        let (road, part) = (ROADS[at % 12], at / 12 + 1);
        let (from, length) = (1 + at * 40, 380 + 35 * (at % 9));
        write!(text, "\n（{}）{road}第{part}标段：{from}号起，长{length}米，承担{name}任务，配备作业人员{}名，每周由街道组织一次检查并登记台账；", at + 1, 4 + at % 5).ok();
    }
    text.push_str("\n以上路段的检查结果按月汇总，作为养护经费结算依据。");
    text
}

/// A group of indicators: first level, second level, name, target; the number in the target is the first district's.
const GROUPS: [(&str, &str, &str, &str, u32, &str); 15] = [
    ("产出指标", "数量指标", "道路清扫保洁面积", "≥", 260, "万平方米"),
    ("产出指标", "数量指标", "生活垃圾清运量", "≥", 8600, "吨"),
    ("产出指标", "数量指标", "公园绿地养护面积", "≥", 140, "公顷"),
    ("产出指标", "数量指标", "路灯维护数量", "≥", 5200, "盏"),
    ("产出指标", "数量指标", "排水管渠清疏长度", "≥", 95, "公里"),
    ("产出指标", "质量指标", "道路保洁考核合格率", "≥", 90, "%"),
    ("产出指标", "质量指标", "主次干道亮灯率", "≥", 89, "%"),
    ("产出指标", "质量指标", "树木成活率", "≥", 88, "%"),
    ("产出指标", "时效指标", "市容问题处置时间", "≤", 24, "小时"),
    ("产出指标", "时效指标", "路灯故障修复时间", "≤", 30, "小时"),
    ("产出指标", "成本指标", "每吨垃圾处理费用", "≤", 180, "元/吨"),
    ("效益指标", "社会效益指标", "垃圾分类设施覆盖率", "≥", 86, "%"),
    ("效益指标", "生态效益指标", "建成区绿化覆盖率", "≥", 40, "%"),
    ("效益指标", "可持续影响指标", "机械化清扫率", "≥", 75, "%"),
    ("满意度指标", "服务对象满意度指标", "居民满意度", "≥", 85, "%"),
];

fn all_indicators() -> Vec<Indicator> {
    let mut rows = Vec::with_capacity(GROUPS.len() * DISTRICTS.len());
    let (mut level1, mut level2) = ("", "");
    for (one, two, name, sign, least, unit) in GROUPS {
        for (district, more) in DISTRICTS.iter().zip(0u32..) {
            let target = format!("{sign}{}{unit}", least + more);
            let new = |level: &str, known: &str| {
                if level == known { String::new() } else { level.to_owned() }
            };
            rows.push(Indicator {
                level1: new(one, level1),
                level2: new(two, level2),
                level3: format!("{district}{name}"),
                period: target.clone(),
                annual: target,
            });
            (level1, level2) = (one, two);
        }
    }
    rows
}
