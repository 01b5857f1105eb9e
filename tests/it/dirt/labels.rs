//! Every wording of a label, and every way of writing it.

use super::{Cell, Form, check, check_all, one};

/// The wordings of published forms by the cell of the town's form whose label they replace.
const ALIASES: &[(&str, &[&str])] = &[
    (
        "A3",
        &[
            "预算部门名称",
            "部门（单位）名称",
            "单位名称",
            "预算单位",
            "填报单位（盖章）",
            "填报单位",
            "部门(单位)名称",
        ],
    ),
    ("B4", &["财政供养人数", "财政供养人员数（人）"]),
    ("D4", &["下属二级预算单位数", "下属单位数", "下属二级单位数（个）"]),
    ("B6", &["基本支出预算", "基本支出（预算）"]),
    ("B7", &["项目支出预算", "项目支出（预算）"]),
    ("D6", &["财政拨款收入", "财政资金", "其中：财政拨款", "财政拨款（收入）"]),
    ("D7", &["其他收入"]),
    (
        "D10",
        &[
            "对下转移支付",
            "对下转移支付资金",
            "拟用于对下转移支付",
            "（拟用于）对下转移支付（资金）",
        ],
    ),
    ("A11", &["年度总体目标", "整体绩效目标", "年度绩效目标", "总体目标"]),
    ("A12", &["年度主要任务", "主要任务"]),
    ("B12", &["任务名称"]),
    ("C12", &["主要内容"]),
    ("D12", &["预算金额（元）", "总额（元）", "总金额（元）"]),
    ("E12", &["期望达到的目标", "预期目标"]),
    (
        "A16",
        &["其他任务", "其他需完成的任务", "其他需完成的任务(可选填)", "其他需完成的任务（可选"],
    ),
    ("B16", &["任务名称"]),
    ("D18", &["三级指标名称", "三级指标（名称）", "三级绩效指标", "指标名称", "指标内容"]),
    ("E18", &["中期指标值", "总体指标值"]),
    (
        "F18",
        &["指标值", "计划指标值", "（计划）指标值（或计划水平）", "指标值（或计划水平）", "目标值"],
    ),
];

#[test]
fn aliases_are_labels_of_the_town() {
    for (at, names) in ALIASES {
        for name in *names {
            check_all(&format!("{at} is {name}"), |f| f.set(at, *name), |_| {}, &[]);
        }
    }
    for name in ["批复部门", "批复单位"] {
        check_all(name, |f| f.set("A2", format!("{name}：东莞市财政局沙田分局")), |_| {}, &[]);
    }
}

#[test]
fn aliases_are_labels_of_the_levels_above() {
    let mut base = Form::town();
    base.replace("镇本级使用资金", "市级使用资金");
    base.replace("（元）", "（万元）");
    base.replace("9725000.00", "972.5");
    base.replace("709200.00", "70.92");
    let want = one(&base.xlsx(), "city").of;
    assert_eq!(
        (want.edition.as_str(), want.level.map(jixiao::model::level::Level::name)),
        ("guangdong", Some("city"))
    );
    for (at, names) in ALIASES {
        for name in *names {
            let mut form = base.clone();
            form.set(at, name.replace("（元）", "（万元）"));
            let found = one(&form.xlsx(), name);
            super::assert_same(&found.of, &want, &format!("{at} is {name}"));
        }
    }
}

#[test]
fn a_label_may_be_written_in_many_ways() {
    let ways: &[(&str, &[&str])] = &[
        (
            "A3",
            &[
                "部 门 名 称",
                "部门\n名称",
                "部门名称：",
                "部门名称:",
                "*部门名称",
                "★部门名称",
                "　部门名称　",
                "【部门名称】部门名称",
                "部\u{a0}门名称",
                "部门名称\u{200b}",
                "部門名稱",
            ],
        ),
        ("B4", &["财政供养\n人员数", "財政供養人員數", "财政供养人员数：", "财政供养人员数*"]),
        ("A5", &["预算整体\n情况", "預算整體情況", "预算\r\n整体情况", "预 算 整 体 情 况"]),
        (
            "C5",
            &[
                "预算金额(万元)",
                "预算金额[万元]",
                "预算金额［万元］",
                "预算金额〔万元〕",
                "预算金额【万元】",
                "预算金额\n（万元）",
                "預算金額（萬元）",
                "预算金额（单位：万元）",
                "预算金额 （ 万 元 ）",
                "预算金额（万元",
                "预算金额万元",
            ],
        ),
        ("A11", &["总体绩效\n目标", "總體績效目標", "总体绩效目标："]),
        (
            "A12",
            &[
                "年度重点\n工作\n任务",
                "年度重点⼯作任务",
                "年度重點工作任務",
                "年度重点工作任务（必填）",
            ],
        ),
        (
            "D12",
            &[
                "拟投入的资金(元)",
                "拟投入的资金\n（元）",
                "擬投入的資金（元）",
                "拟投入的资金［元］",
                "拟投入的资金（单位：元）",
                "拟投入的资金（人民币元）",
            ],
        ),
        ("E12", &["期望达到的目标[概述]", "期望达到的目标\n(概述)", "期望達到的目標（概述）"]),
        (
            "A16",
            &[
                "其他需完成\n的任务\n（可选填）",
                "其他需完成的任务（可选）填)",
                "其他需完成的任务〔可选填〕",
            ],
        ),
        ("B18", &["一级\n指标", "一級指標", "一级指标："]),
        ("F18", &["年度\n指标值", "年度指標值", "年度指标值："]),
    ];
    for (at, names) in ways {
        for name in *names {
            check(&format!("{at} is {name:?}"), |f| f.set(at, *name), |_| {}, &[]);
        }
    }
}

#[test]
fn numbers_before_a_label_do_not_count() {
    for (at, name) in [
        ("A5", "一、预算整体情况"),
        ("A11", "二、总体绩效目标"),
        ("A11", "四、部门整体绩效目标"),
        ("A12", "三、年度重点工作任务"),
        ("A18", "（五）绩效指标"),
        ("B6", "1.基本支出"),
        ("B7", "2、项目支出"),
        ("B6", "其中：基本支出"),
        ("D7", "其中:其他资金"),
        ("D6", "（1）财政拨款"),
        ("A3", "1．部门名称"),
    ] {
        check_all(name, |f| f.set(at, name), |_| {}, &[]);
    }
}

#[test]
fn a_head_may_have_two_rows() {
    let amounts = |f: &mut Form| {
        f.merges.clear();
        f.set("D12", "预算金额（元）");
        f.insert_row(13, &["", "", "", "总额"]);
    };
    check_all("the amount in two", amounts, |_| {}, &[]);
    let targets = |f: &mut Form| {
        f.merges.clear();
        f.set("E18", "指标值");
        f.set("F18", "");
        f.insert_row(19, &["", "", "", "", "实施周期指标值", "年度指标值"]);
    };
    check_all("the targets in two", targets, |_| {}, &[]);
    let split = |f: &mut Form| {
        f.merges.clear();
        for row in 11..15 {
            f.rows[row].insert(4, Cell::Blank);
            f.rows[row].insert(4, Cell::Blank);
        }
        f.set("D12", "预算金额（元）");
        f.insert_row(13, &["", "", "", "总额", "财政拨款", "其他资金"]);
        f.set("E14", "9000000");
        f.set("F14", "725000");
    };
    check_all(
        "the money of a task in three",
        split,
        |_| {},
        &["L102 E13", "L102 F13", "L102 E14", "L102 F14"],
    );
}

#[test]
fn an_unknown_head_is_placed_by_its_neighbours() {
    // Every head of a table but the ones that the others can't place.
    let heads = [
        ("C12", "具体举措"),
        ("D12", "经费安排（元）"),
        ("E12", "拟取得成效"),
        ("C16", "具体事项"),
        ("B18", "指标大类"),
        ("D18", "名目"),
        ("E18", "三年总值"),
        ("F18", "本年数值"),
    ];
    for (at, name) in heads {
        check_all(
            &format!("{at} is {name}"),
            |f| f.set(at, name),
            |_| {},
            &[&format!("L111 {at}")],
        );
    }
}

#[test]
fn label_and_value_may_share_a_cell() {
    check_all(
        "department",
        |f| {
            f.set("A3", "部门名称：东莞市沙田镇档案中心");
            f.set("B3", "");
            f.merges.retain(|m| m.0 != 2);
        },
        |_| {},
        &[],
    );
    check_all(
        "headcount",
        |f| {
            f.set("B4", "财政供养人员数：20");
            f.set("C4", "");
        },
        |_| {},
        &[],
    );
    check_all(
        "amount",
        |f| {
            f.set("B6", "基本支出：402.49");
            f.set("C6", "");
        },
        |_| {},
        &[],
    );
    check_all(
        "objective",
        |f| {
            f.set("A11", "总体绩效目标：做好档案的收集、整理和利用，方便群众查询。");
            f.set("B11", "");
        },
        |_| {},
        &[],
    );
    check_all(
        "approver in the next cell",
        |f| {
            f.set("A2", "批复单位：");
            f.set("B2", "东莞市财政局沙田分局");
            f.merges.retain(|m| m.0 != 1);
        },
        |_| {},
        &[],
    );
    check_all(
        "approver without a colon",
        |f| {
            f.set("A2", "批复单位");
            f.set("B2", "东莞市财政局沙田分局");
            f.merges.retain(|m| m.0 != 1);
        },
        |_| {},
        &[],
    );
    check_all(
        "approver with colon and gap",
        |f| {
            f.set("A2", "批复单位： 东莞市财政局沙田分局");
        },
        |_| {},
        &[],
    );
    check_all(
        "own level",
        |f| {
            f.set("D9", "镇本级使用资金：2160.80");
            f.set("E9", "");
        },
        |_| {},
        &[],
    );
}

#[test]
fn values_that_look_like_labels_are_values() {
    use jixiao::model::Return;
    let name =
        |text: &'static str| move |of: &mut Return| of.key_tasks[1].name = Some(text.to_owned());
    for text in [
        "基本支出",
        "项目支出",
        "其他任务",
        "绩效指标",
        "名称",
        "其他资金",
        "部门名称",
        "数量指标",
        "注：重点任务",
        "总体目标",
        "收入来源",
    ] {
        check_all(&format!("a task named {text}"), |f| f.set("B14", text), name(text), &[]);
    }
    let level3 =
        |text: &'static str| move |of: &mut Return| of.indicators[2].level3 = text.to_owned();
    for text in [
        "成本指标",
        "指标内容达标率",
        "数量指标完成率",
        "满意度",
        "产出合格率",
        "基本支出",
        "服务对象满意度",
        "备注：合格率",
    ] {
        check_all(&format!("an indicator named {text}"), |f| f.set("D21", text), level3(text), &[]);
    }
    let outcome =
        |text: &'static str| move |of: &mut Return| of.key_tasks[2].outcome = Some(text.to_owned());
    for text in ["其他收入", "年度绩效目标", "合计"] {
        check_all(&format!("an outcome {text}"), |f| f.set("E15", text), outcome(text), &[]);
    }
}
