//! Cells that something swallowed or moved: what is left must not be read into the wrong field.

use super::{
    Cell, Form, check, check_all, check_form, findings, messages, one, sheet::edited, sound,
};
use jixiao::model::{
    Return,
    entry::Entry,
    money::{Money, Unit},
};

fn known(yuan: &str) -> Entry<Money> {
    Entry::Known(Money::from_yuan(yuan.parse().unwrap()).unwrap())
}

#[test]
fn a_lost_label_gives_its_amount_to_nobody() {
    let none = |of: &mut Return| {
        of.budget.fiscal_appropriation = Entry::Blank;
        of.budget.basic_expenditure = Entry::Blank;
    };
    let lost = |f: &mut Form| {
        f.set("C6", "");
        f.set("D6", "");
    };
    let mut form = Form::town();
    lost(&mut form);
    let found = one(&form.xlsx(), "lost");
    let mut want = sound();
    none(&mut want);
    super::assert_same(&found.of, &want, "the right half's label is lost");
    assert!(findings(&found).contains(&"L102 E6".to_owned()), "{:#?}", messages(&found));
    let unknown = |f: &mut Form| f.set("D7", "调入款");
    let found = one(
        &{
            let mut f = Form::town();
            unknown(&mut f);
            f
        }
        .xlsx(),
        "unknown",
    );
    assert!(found.of.budget.other_funds.is_blank());
    assert_eq!(findings(&found), ["L102 D7", "L102 E7"], "{:#?}", messages(&found));
}

#[test]
fn a_head_moved_to_the_left_is_moved_back() {
    for (row, cells) in [(12, 4), (16, 5), (18, 5)] {
        let moved = |f: &mut Form| {
            f.merges.clear();
            f.shift(&format!("A{row}"), &format!("A{}", row + 1));
            f.rows[row - 1].remove(0);
            assert!(f.rows[row - 1].len() >= cells);
        };
        check_all(&format!("the head of row {row}"), moved, |_| {}, &[&format!("L103 A{row}")]);
    }
}

#[test]
fn a_form_without_a_column_of_block_labels_is_read() {
    let mut form = Form::town();
    form.merges.clear();
    for row in 11..25 {
        form.rows[row].remove(0);
    }
    form.set("A11", "总体绩效目标");
    check_form("no block labels, tables at the left", &form, |_| {}, &[]);
}

#[test]
fn a_block_without_its_head_is_no_line_of_the_one_above() {
    let none = |of: &mut Return| of.other_tasks.clear();
    for nil in ["无", "/", "—"] {
        let bare = |f: &mut Form| {
            f.delete_rows(16, 17);
            f.insert_row(16, &["其他需完成的任务（可选填）", nil]);
        };
        check_all(nil, bare, none, &[]);
    }
    let words = |f: &mut Form| {
        f.delete_rows(16, 17);
        f.insert_row(16, &["其他需完成的任务（可选填）", "库房修缮"]);
    };
    check_all("words", words, none, &["L102 B16"]);
    let early = |f: &mut Form| {
        f.merges.clear();
        f.shift("A16", "A15");
    };
    check_all("a label one row early", early, |_| {}, &[]);
}

#[test]
fn indicators_go_on_behind_the_foot_of_a_page() {
    for foot in [
        &["填表人：张三", "", "", "联系电话：88881234"][..],
        &["东莞市沙田镇档案中心"],
        &["", "（接下页）"],
    ] {
        let page = |f: &mut Form| {
            f.merges.clear();
            f.insert_row(21, foot);
        };
        let mut form = Form::town();
        page(&mut form);
        let found = one(&form.xlsx(), "foot");
        assert_eq!(found.of.indicators, sound().indicators, "{foot:?}: {:#?}", messages(&found));
    }
}

#[test]
fn blocks_may_stand_in_another_order() {
    let mut form = Form::town();
    let indicators: Vec<_> = form.rows.drain(17..25).collect();
    form.merges.clear();
    form.rows.splice(10..10, indicators);
    check_form("indicators before the objective", &form, |_| {}, &[]);
    let mut form = Form::town();
    let budget: Vec<_> = form.rows.drain(4..10).collect();
    form.merges.clear();
    form.rows.extend(budget);
    check_form("the budget last", &form, |_| {}, &[]);
}

#[test]
fn a_value_below_its_label_is_read() {
    let below = |f: &mut Form| {
        f.merges.retain(|m| m.0 != 10);
        f.shift("B11", "A11");
        let text = f.text_at("A11");
        f.set("A11", "总体绩效目标");
        f.insert_row(12, &[&text]);
    };
    check_all("an objective below its label", below, |_| {}, &[]);
    let rows = |f: &mut Form| {
        f.set("B11", "做好档案的收集、整理和利用，");
        f.insert_row(12, &["", "方便群众查询。"]);
    };
    let joined = |of: &mut Return| {
        of.overall_objective = Some("做好档案的收集、整理和利用，\n方便群众查询。".to_owned());
    };
    check_all("an objective in two rows", rows, joined, &["L104 B12"]);
}

#[test]
fn a_blank_department_takes_no_note() {
    let note = |of: &mut Return| {
        of.department = None;
        of.notes = vec!["填表人：张三".to_owned()];
    };
    let beside = |f: &mut Form| {
        f.merges.retain(|m| m.0 != 2);
        f.set("A3", "填报单位（盖章）：");
        f.set("B3", "");
        f.set("D3", "填表人：张三");
    };
    check_all("a note beside it", beside, note, &[]);
    let dated = |f: &mut Form| {
        f.merges.retain(|m| m.0 != 1);
        f.set("D2", "填报日期");
        f.set("E2", "2025年1月10日");
    };
    check_all(
        "a date in two cells",
        dated,
        |of| of.notes = vec!["填报日期  2025年1月10日".to_owned()],
        &[],
    );
}

#[test]
fn overlapping_merges_are_reported() {
    let bytes = edited(&Form::town().xlsx(), |xml| {
        xml.replace(
            "<mergeCell ref=\"B11:F11\"/>",
            "<mergeCell ref=\"B11:F11\"/><mergeCell ref=\"E11:F13\"/>",
        )
    });
    let found = one(&bytes, "overlapping");
    assert_eq!(found.of, sound());
    assert_eq!(findings(&found).len(), 1, "{:#?}", messages(&found));
    assert!(findings(&found)[0].starts_with("L107"), "{:?}", findings(&found));
}

#[test]
fn odd_cells_are_read_as_they_show() {
    check(
        "a numeric name",
        |f| f.set("B14", 12345.0),
        |of| of.key_tasks[1].name = Some("12345".to_owned()),
        &[],
    );
    check(
        "an uncalculated name",
        |f| f.set("B14", Cell::Formula("=A1&\"x\"", "")),
        |of| of.key_tasks[1].name = Some("=A1&\"x\"".to_owned()),
        &["V111 B14"],
    );
    check(
        "an error as an outcome",
        |f| f.set("E14", Cell::Formula("=A1", "#N/A")),
        |of| of.key_tasks[1].outcome = Some("#N/A".to_owned()),
        &["V111 E14"],
    );
}

#[test]
fn each_half_of_the_budget_keeps_its_own_unit() {
    let mixed = |f: &mut Form| {
        f.set("E5", "预算金额（元）");
        f.set("E6", "21608000");
        f.set("E7", "0");
    };
    check_all("元 at the right", mixed, |_| {}, &["V115 E6"]);
    let second = |f: &mut Form| {
        f.set("C8", "预算金额（元）");
        f.set("C9", "0");
        f.set("C10", "2101100");
    };
    check_all("元 in the lower left", second, |_| {}, &["V115 C9"]);
    let tasks = |f: &mut Form| {
        f.set("E16", "拟投入的资金（万元）");
        f.set("E17", "10");
    };
    check_all("万元 for the other tasks", tasks, |_| {}, &[]);
    let heads_win = |f: &mut Form| f.insert_row(2, &["单位：元"]);
    check_all("a unit line beside heads that state theirs", heads_win, |_| {}, &["V114 A2"]);
    let section = |f: &mut Form| {
        f.replace("（元）", "");
        f.insert_row(12, &["", "", "", "", "", "单位：元"]);
    };
    check_all("a unit line above the tasks", section, |_| {}, &[]);
    let label = |f: &mut Form| {
        f.replace("（元）", "");
        f.set("A12", "年度重点工作任务（元）");
    };
    let yuan = |of: &mut Return| of.units.tasks = Some(Unit::Yuan);
    check_all("a unit in the tasks' label", label, yuan, &["V112 B16"]);
    assert_eq!(sound().key_tasks[1].funding, known("709200"));
}

#[test]
fn further_columns_go_nowhere_else() {
    let numbered = |f: &mut Form| {
        f.merges.clear();
        for row in 0..25 {
            if (11..15).contains(&row) {
                f.rows[row].insert(1, Cell::Blank);
            }
        }
        f.set("B12", "序号");
        for (row, number) in [(13, "1"), (14, "2"), (15, "3")] {
            f.set(&format!("B{row}"), number);
        }
    };
    check_all(
        "numbers before the names",
        numbered,
        |_| {},
        &["L102 B12", "L102 B13", "L102 B14", "L102 B15"],
    );
    let weighted = |f: &mut Form| {
        f.merges.clear();
        for row in 17..25 {
            f.rows[row].insert(4, Cell::Blank);
        }
        f.set("E18", "权重");
        f.set("E20", "10");
    };
    check_all("weights before the targets", weighted, |_| {}, &["L102 E18", "L102 E20"]);
    let one_target = |f: &mut Form| {
        for row in 17..25 {
            f.rows[row].remove(4);
        }
        f.set("E18", "指标值");
    };
    let none = |of: &mut Return| {
        of.indicators.iter_mut().for_each(|indicator| indicator.period_target = None);
    };
    check_all("one column of targets", one_target, none, &[]);
}

#[test]
fn two_values_of_one_cell_are_an_error() {
    let form = Form::town();
    let twice = |second: &'static str| {
        edited(&form.xlsx(), move |sheet| {
            let end = sheet.find("</row>").unwrap();
            let mut sheet = sheet;
            sheet.insert_str(end, &format!(r#"<c r="E7"><v>{second}</v></c>"#));
            sheet
        })
    };
    let found = one(&twice("12"), "twice");
    assert_eq!(findings(&found), ["L126 E7", "T101 -"], "{:#?}", messages(&found));
}
