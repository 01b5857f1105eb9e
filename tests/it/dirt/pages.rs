//! Pages: text cut in two, heads and titles printed again, page numbers between the rows.

use jixiao::model::Return;

use super::{Form, check_all, findings, one};

#[test]
fn a_text_cut_by_a_page_is_joined() {
    // The row, how many characters stay on the first page, and the column of the text.
    for (row, col, at) in [(13, "C", 6), (13, "E", 9), (14, "E", 3), (15, "C", 4)] {
        let cell = format!("{col}{row}");
        let cut = |f: &mut Form| {
            let text = f.text_at(&cell);
            let head: String = text.chars().take(at).collect();
            f.set(&cell, head.as_str());
            let rest: String = text.chars().skip(at).collect();
            f.insert_row(row + 1, &[]);
            f.insert_row(row + 2, &[]);
            f.set(&format!("{col}{}", row + 2), rest);
        };
        check_all(&format!("{cell} cut"), cut, |_| {}, &[]);
    }
    let content = |f: &mut Form| {
        f.set("C17", "更换库房门窗，保证");
        f.insert_row(18, &[]);
        f.insert_row(19, &["", "", "防火防潮。"]);
    };
    check_all("content cut", content, |_| {}, &[]);
    let head_first = |f: &mut Form| {
        f.insert_row(17, &["", "", "更换库房"]);
        f.insert_row(18, &[]);
        f.set("C19", "门窗，保证防火防潮。");
    };
    check_all("name on the second page", head_first, |_| {}, &[]);
}

#[test]
fn a_line_cut_in_all_its_cells_is_joined() {
    let task = |f: &mut Form| {
        f.insert_row(15, &[]);
        f.insert_row(16, &["", "扫描", "2. 扫描质检。", "709200.00", "，完成数字化。"]);
        for (at, text) in
            [("B14", "任务二：数字化"), ("C14", "1. 采购服务；"), ("D14", ""), ("E14", "重点档案")]
        {
            f.set(at, text);
        }
    };
    let joined = |of: &mut Return| of.key_tasks[1].outcome = Some("重点档案，完成数字化。".into());
    check_all("a task", task, joined, &[]);
    let first_half = |f: &mut Form| {
        f.insert_row(14, &["", "", "1. 采购服务；", "", ""]);
        f.insert_row(15, &[]);
        f.set("C16", "2. 扫描质检。");
    };
    check_all("the name on the second page", first_half, |_| {}, &[]);
    let indicator = |f: &mut Form| {
        f.insert_row(20, &[]);
        f.insert_row(21, &["", "", "", "案卷数", "等于10卷", "于10卷"]);
        for (at, text) in [("D19", "整理档"), ("E19", "年均大于或"), ("F19", "大于或等")]
        {
            f.set(at, text);
        }
    };
    check_all("an indicator", indicator, |_| {}, &[]);
}

#[test]
fn a_task_cut_in_all_its_texts_is_joined_or_told() {
    let cut = |amounts: [&'static str; 2], outcome: &'static str| {
        move |f: &mut Form| {
            f.insert_row(15, &[]);
            f.insert_row(16, &["", "字化扫描", "扫描质检。", amounts[1], "完成数字化。"]);
            for (at, text) in [
                ("B14", "任务二：数"),
                ("C14", "1. 采购服务；2. "),
                ("D14", amounts[0]),
                ("E14", outcome),
            ] {
                f.set(at, text);
            }
        }
    };
    let joined =
        |of: &mut Return| of.key_tasks[1].activities = Some("1. 采购服务；2.扫描质检。".into());
    for amounts in [["709200", ""], ["", "709200"]] {
        check_all("joined", cut(amounts, "重点档案"), joined, &[]);
        let told = Form::town_with(cut(amounts, "重点档案有序。"));
        let found = one(&told.xlsx(), "told");
        assert_eq!(found.of.key_tasks.len(), 4);
        assert!(findings(&found).contains(&"L125 B16".to_owned()), "{:?}", findings(&found));
    }
    // With an amount of its own it is another task.
    let found = one(&Form::town_with(cut(["709200", "5"], "重点档案")).xlsx(), "another");
    assert!(findings(&found).iter().all(|finding| !finding.starts_with("L125")));
}

#[test]
fn an_objective_cut_by_a_page_is_joined() {
    let below = |f: &mut Form| {
        f.set("B11", "做好档案的收集、整理");
        f.insert_row(12, &[]);
        f.insert_row(13, &["", "和利用，方便群众查询。"]);
    };
    check_all("the rest below", below, |_| {}, &[]);
    let above = |f: &mut Form| {
        f.merges.retain(|m| m.0 != 10);
        f.insert_row(11, &["", "做好档案的收集、整理"]);
        f.insert_row(12, &[]);
        f.set("B13", "和利用，方便群众查询。");
    };
    check_all("the label on the second page", above, |_| {}, &[]);
    let three = |f: &mut Form| {
        f.set("B11", "做好档案的收集、");
        f.insert_row(12, &[]);
        f.insert_row(13, &["", "整理和利用，"]);
        f.insert_row(14, &["第2页"]);
        f.insert_row(15, &["", "方便群众查询。"]);
    };
    check_all("in three", three, |_| {}, &[]);
    let labelled_again = |f: &mut Form| {
        f.set("B11", "做好档案的收集、整理");
        f.insert_row(12, &[]);
        f.insert_row(13, &["总体绩效目标", "和利用，方便群众查询。"]);
    };
    check_all("the label printed again", labelled_again, |_| {}, &[]);
}

#[test]
fn a_target_cut_by_a_page_is_joined() {
    let cut = |f: &mut Form| {
        f.set("E19", "年均大于或等");
        f.set("F19", "大于或");
        f.insert_row(20, &[]);
        f.insert_row(21, &["", "", "", "", "于10卷", "等于10卷"]);
    };
    check_all("both targets", cut, |_| {}, &[]);
    let labelled = |f: &mut Form| {
        f.set("F24", "提高2个");
        f.insert_row(25, &[]);
        f.insert_row(26, &["绩效指标", "", "", "", "", "百分点"]);
        f.merges.clear();
    };
    check_all("the block's label beside the rest", labelled, |_| {}, &[]);
}

#[test]
fn heads_printed_again_say_nothing() {
    let heads: &[(usize, &[&str])] = &[
        (
            14,
            &[
                "年度重点工作任务",
                "名称",
                "主要实施内容",
                "拟投入的资金（元）",
                "期望达到的目标（概述）",
                "",
            ],
        ),
        (
            15,
            &[
                "年度重点工作任务（续）",
                "名称",
                "主要实施内容",
                "拟投入的资金（元）",
                "期望达到的目标（概述）",
                "",
            ],
        ),
        (22, &["绩效指标", "一级指标", "二级指标", "三级指标", "实施周期指标值", "年度指标值"]),
        (24, &["", "一级指标", "二级指标", "三级指标", "实施周期指标值", "年度指标值"]),
    ];
    for (row, head) in heads {
        let again = |f: &mut Form| {
            f.merges.clear();
            f.insert_row(*row, head);
        };
        check_all(&format!("a head before row {row}"), again, |_| {}, &[]);
        let page = |f: &mut Form| {
            f.merges.clear();
            f.insert_row(*row, head);
            f.insert_row(*row, &["沙田镇部门整体预算绩效目标表（续）"]);
            f.insert_row(*row, &["第 2 页，共 3 页"]);
            f.insert_row(*row, &[]);
        };
        check_all(&format!("a page before row {row}"), page, |_| {}, &[]);
    }
    for mark in [
        "续表",
        "（续表）",
        "第2页",
        "- 2 -",
        "第 2 页 共 3 页",
        "接上页",
        "附件2",
        "单位：万元",
        "沙田镇部门整体预算绩效目标表",
    ] {
        let between = |f: &mut Form| {
            f.merges.retain(|m| m.1 > 0);
            f.insert_row(14, &[mark]);
        };
        check_all(&format!("{mark} between tasks"), between, |_| {}, &[]);
        check_all(
            &format!("{mark} between indicators"),
            |f| f.insert_row(22, &["", "", "", mark]),
            |_| {},
            &[],
        );
        check_all(
            &format!("{mark} between blocks"),
            |f| f.insert_row(16, &["", "", mark]),
            |_| {},
            &[],
        );
        check_all(
            &format!("{mark} at the end"),
            |f| f.insert_row(26, &["", "", "", "", "", mark]),
            |_| {},
            &[],
        );
    }
}

#[test]
fn levels_go_on_behind_a_page() {
    let again = |f: &mut Form| {
        f.merges.clear();
        f.insert_row(20, &[]);
        f.set("B21", "产出指标");
        f.set("C21", "数量指标");
    };
    check_all("both levels printed again", again, |_| {}, &[]);
    let first = |f: &mut Form| {
        f.merges.clear();
        f.insert_row(20, &[]);
        f.set("B21", "产出指标");
    };
    check_all("the first level printed again", first, |_| {}, &[]);
}

#[test]
fn a_row_of_text_only_goes_on_with_the_task_above() {
    let more = |f: &mut Form| f.insert_row(14, &["", "", "3. 编写目录。"]);
    let want = |of: &mut jixiao::model::Return| {
        of.key_tasks[0].activities = Some("1. 清点库存；2. 编目上架。\n3. 编写目录。".to_owned());
    };
    check_all("activities go on", more, want, &["L104 C14"]);
    let both = |f: &mut Form| f.insert_row(14, &["", "", "3. 编写目录。", "", "目录可查。"]);
    let want = |of: &mut jixiao::model::Return| {
        of.key_tasks[0].activities = Some("1. 清点库存；2. 编目上架。\n3. 编写目录。".to_owned());
        of.key_tasks[0].outcome =
            Some("库存档案全部编目，查询时间明显缩短。\n目录可查。".to_owned());
    };
    check_all("activities and outcome go on", both, want, &["L104 C14"]);
}

#[test]
fn a_page_inside_a_block_of_fields_says_nothing() {
    for row in 4..=10 {
        let page = |f: &mut Form| {
            f.merges.clear();
            f.insert_row(row, &["部门名称", "东莞市沙田镇档案中心"]);
            f.insert_row(row, &["批复单位：东莞市财政局沙田分局"]);
            f.insert_row(row, &["沙田镇部门整体预算绩效目标表"]);
            f.insert_row(row, &[]);
        };
        check_all(&format!("the heading printed again before row {row}"), page, |_| {}, &[]);
    }
    let tasks = |f: &mut Form| {
        f.merges.clear();
        f.insert_row(14, &["部门名称", "东莞市沙田镇档案中心"]);
        f.insert_row(14, &["批复单位：东莞市财政局沙田分局"]);
        f.insert_row(14, &["沙田镇部门整体预算绩效目标表"]);
        f.insert_row(14, &[]);
    };
    check_all("the heading printed again among the tasks", tasks, |_| {}, &[]);
}

#[test]
fn a_title_printed_on_every_page_begins_no_form() {
    let titles = |f: &mut Form| {
        for row in [22, 19, 14] {
            f.insert_row(row, &["沙田镇部门整体预算绩效目标表"]);
        }
        f.merges.clear();
    };
    check_all("three pages", titles, |_| {}, &[]);
}

#[test]
fn an_unfinished_text_goes_on_in_the_next_row() {
    let open = |f: &mut Form| {
        f.set("C13", "主要内容如下：");
        f.insert_row(14, &["", "", "1. 清点库存"]);
        f.insert_row(15, &[]);
    };
    let joined =
        |of: &mut Return| of.key_tasks[0].activities = Some("主要内容如下：\n1. 清点库存".into());
    check_all("a list", open, joined, &["L104 C14"]);
}

#[test]
fn a_list_of_one_task_is_not_the_beginning_of_the_next() {
    let list = |f: &mut Form| {
        f.merges.clear();
        f.set("C13", "整理两类档案。");
        f.insert_row(14, &["", "", "1. 清点库存；2. 编目上架。"]);
        f.insert_row(15, &["第2页"]);
    };
    let joined = |of: &mut Return| {
        of.key_tasks[0].activities = Some("整理两类档案。\n1. 清点库存；2. 编目上架。".into());
    };
    check_all("a list", list, joined, &["L104 C14"]);
}

#[test]
fn an_amount_alone_behind_a_page_is_that_of_the_task_above() {
    let amount = |f: &mut Form| {
        f.set("D14", "");
        f.insert_row(15, &[]);
        f.insert_row(16, &["", "", "", "709200.00"]);
    };
    check_all("an amount", amount, |_| {}, &[]);
}
