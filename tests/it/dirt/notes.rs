//! Lines around the form: kept, or known as printed matter, and never taken for a field.

use super::{Form, check, check_all, check_form, findings, messages, one};

#[test]
fn a_telephone_number_is_no_target() {
    // A name and a number under the columns of indicator and target, without a word that says what they are.
    for (cells, want) in [
        (["", "", "", "李四", "13800138000"], "李四  13800138000"),
        (["", "", "", "李四", "0769-12345678"], "李四  0769-12345678"),
    ] {
        let below = |f: &mut Form| {
            f.insert_row(26, &cells);
            f.insert_row(26, &[]);
        };
        check_all(want, below, |of| of.notes = vec![want.to_owned()], &[]);
    }
}

#[test]
fn lines_below_are_notes() {
    let lines: &[(&[&str], &str)] = &[
        (&["填表人：张三"], "填表人：张三"),
        (
            &["填表人：张三", "", "联系电话：0769-12345678", "", "填报日期：2025年1月10日"],
            "填表人：张三  联系电话：0769-12345678  填报日期：2025年1月10日",
        ),
        (&["填表人", "张三", "联系电话", "13800138000"], "填表人  张三  联系电话  13800138000"),
        (&["", "填表说明：1. 本表一式两份。"], "填表说明：1. 本表一式两份。"),
        (&["注：金额保留两位小数。"], "注：金额保留两位小数。"),
        (
            &["单位负责人（签字）：", "", "", "财务负责人：李四"],
            "单位负责人（签字）：  财务负责人：李四",
        ),
        (&["2025年1月10日"], "2025年1月10日"),
        (&["东莞市沙田镇档案中心（公章）"], "东莞市沙田镇档案中心（公章）"),
        (&["（以下无正文）"], "（以下无正文）"),
        (&["审核意见", "同意上报。"], "审核意见  同意上报。"),
        (&["", "", "", "", "2025年1月10日"], "2025年1月10日"),
        (&["", "", "", "制表：王五"], "制表：王五"),
        (&["填报单位（盖章）：", "", "", "负责人：李四"], "填报单位（盖章）：  负责人：李四"),
        (
            &["填表人：张三", "审核人：李四", "", "", "", "日期：2025-01-10"],
            "填表人：张三  审核人：李四  日期：2025-01-10",
        ),
    ];
    for (cells, want) in lines {
        let note = |of: &mut jixiao::model::Return| of.notes = vec![(*want).to_owned()];
        check_all(want, |f| f.insert_row(26, cells), note, &[]);
        let gap = |f: &mut Form| {
            f.insert_row(26, cells);
            f.insert_row(26, &[]);
        };
        check_all(&format!("{want} below a blank row"), gap, note, &[]);
        let merged = |f: &mut Form| {
            f.insert_row(26, cells);
            if cells.len() == 1 {
                f.merges.push((25, 0, 25, 5));
            }
        };
        check(&format!("{want} merged"), merged, note, &[]);
    }
}

#[test]
fn several_lines_below_stay_several() {
    let lines = |f: &mut Form| {
        f.insert_row(26, &["填表说明："]);
        f.insert_row(27, &["1. 本表由部门填写。"]);
        f.insert_row(28, &["2. 金额单位为万元，产出指标须量化。"]);
        f.insert_row(29, &["填表人：张三", "", "", "", "电话：88881234"]);
    };
    let want = [
        "填表说明：",
        "1. 本表由部门填写。",
        "2. 金额单位为万元，产出指标须量化。",
        "填表人：张三  电话：88881234",
    ];
    // What it says of the unit is not true of the tasks, whose heads say 元.
    let told = ["V114 A28", "V114 A28"];
    check_all("a block of notes", lines, |of| of.notes = want.map(str::to_owned).to_vec(), &told);
    let long = "说明：".to_owned() + &"本部门承担的各项职责。".repeat(40);
    let want = |of: &mut jixiao::model::Return| of.notes = vec![long.clone()];
    check_all("a long note", |f| f.insert_row(26, &[&long]), want, &[]);
}

#[test]
fn lines_above_are_notes_or_printed_matter() {
    for line in [
        "附件2",
        "附件2：",
        "附表1-2",
        "附件",
        "附录一",
        "（附件3）",
        "单位：万元",
        "金额单位：万元",
        "第1页",
    ] {
        check_all(&format!("{line} above the title"), |f| f.insert_row(1, &[line]), |_| {}, &[]);
        check_all(
            &format!("{line} under the title"),
            |f| f.insert_row(2, &["", "", "", "", "", line]),
            |_| {},
            &[],
        );
    }
    let lines: &[(&[&str], &str)] = &[
        (&["填报单位编码：441900"], "填报单位编码：441900"),
        (&["填报日期：2025年1月10日"], "填报日期：2025年1月10日"),
        (&["联系人：张三", "", "联系电话：88881234"], "联系人：张三  联系电话：88881234"),
        (&["部门编号", "301001"], "部门编号  301001"),
        (
            &["填表人：张三", "", "", "填报日期：2025年1月10日", "", ""],
            "填表人：张三  填报日期：2025年1月10日",
        ),
    ];
    for (cells, want) in lines {
        let note = |of: &mut jixiao::model::Return| of.notes = vec![(*want).to_owned()];
        check_all(&format!("{want} under the title"), |f| f.insert_row(2, cells), note, &[]);
        check_all(&format!("{want} under the approver"), |f| f.insert_row(3, cells), note, &[]);
    }
    let beside = |f: &mut Form| {
        f.merges.retain(|m| m.0 != 1);
        f.set("E2", "填报日期：2025年1月10日");
    };
    check(
        "a date beside the approver",
        beside,
        |of| of.notes = vec!["填报日期：2025年1月10日".to_owned()],
        &[],
    );
    let unit = |f: &mut Form| {
        f.merges.retain(|m| m.0 != 1);
        f.set("F2", "单位：万元");
    };
    check_all("a unit beside the approver", unit, |_| {}, &[]);
}

#[test]
fn notes_among_the_blocks_are_kept() {
    for row in [4, 5, 11, 12, 16, 18] {
        let note = |of: &mut jixiao::model::Return| {
            of.notes = vec!["注：以上数据来自预算系统。".to_owned()];
        };
        check_all(
            &format!("a note before row {row}"),
            |f| f.insert_row(row, &["注：以上数据来自预算系统。"]),
            note,
            &[],
        );
    }
}

#[test]
fn text_beside_the_form_is_quoted() {
    let mut form = Form::town();
    form.set("H8", "请核对");
    let found = one(&form.xlsx(), "beside");
    super::assert_same(&found.of, &super::sound(), "beside");
    assert_eq!(super::findings(&found), ["L102 H8"]);
    let mut form = Form::town();
    form.set("H13", "财政所意见：同意");
    check_form("beside a task", &form, |_| {}, &["L102 H13"]);
    let mut form = Form::town();
    form.set("H20", "待核");
    check_form("beside an indicator", &form, |_| {}, &["L102 H20"]);
    let mut form = Form::town();
    form.set("I3", "校验码");
    form.set("J3", "8842");
    check_form("beside the department", &form, |_| {}, &["L102 I3", "L102 J3"]);
}

#[test]
fn a_form_without_its_title_takes_none_from_a_note() {
    let found = one(
        &{
            let mut f = Form::town();
            f.set("A1", "填表说明：本表为部门整体预算绩效目标表");
            f
        }
        .xlsx(),
        "note",
    );
    assert_eq!(found.of.title, None);
    assert_eq!(found.of.notes.len(), 1);
}

#[test]
fn a_line_of_a_table_is_no_note_whatever_stands_before_it() {
    for mark in ["（新增）", "注：新增", "2025年度", "（三）"] {
        let mut form = Form::town();
        form.merges.clear();
        form.insert_row(20, &[mark, "", "", "整理天数", "≥11天", "≥12天"]);
        let found = one(&form.xlsx(), mark);
        assert_eq!(found.of.indicators.len(), 8, "{mark}: {:#?}", messages(&found));
        assert_eq!(found.of.indicators[1].level3, "整理天数", "{mark}");
        assert_eq!(findings(&found), ["L102 A20"], "{mark}: {:#?}", messages(&found));
        assert!(found.of.notes.is_empty());
    }
    for mark in ["注：本年新增", "填表人：张三", "备注：本年新增"] {
        let mut form = Form::town();
        form.merges.clear();
        form.insert_row(14, &[mark, "任务甲", "内容", "777", "完成"]);
        let found = one(&form.xlsx(), mark);
        let funding = found.of.key_tasks[1].funding.known().unwrap().to_string();
        assert_eq!((found.of.key_tasks.len(), funding.as_str()), (4, "777.00"), "{mark}");
        assert_eq!(findings(&found), ["L102 A14"], "{mark}: {:#?}", messages(&found));
    }
    let mut form = Form::town();
    form.insert_row(14, &["", "备注：建设", "", "777"]);
    let found = one(&form.xlsx(), "a name that begins like a note");
    assert_eq!(found.of.key_tasks[1].name.as_deref(), Some("备注：建设"));
    assert!(found.of.notes.is_empty());
}

#[test]
fn a_foot_of_many_cells_stays_a_note() {
    for cells in [
        ["填表人：张三", "", "", "电话", "12345678", ""],
        ["负责人签字：", "", "", "联系人", "李四", ""],
        ["经办人：", "", "", "日期", "2025年1月10日", ""],
    ] {
        let mut form = Form::town();
        form.rows.push(cells.iter().map(|cell| (*cell).into()).collect());
        let found = one(&form.xlsx(), cells[0]);
        assert_eq!(found.of.indicators.len(), 7, "{:#?}", found.of.indicators);
        assert_eq!(found.of.notes.len(), 1, "{:#?}", messages(&found));
    }
}

#[test]
fn what_stands_below_the_indicators_is_no_note_where_it_states_a_target() {
    let mut form = Form::town();
    form.merges.clear();
    form.insert_row(20, &["（年均）", "≥11宗"]);
    let found = one(&form.xlsx(), "a piece of a line");
    assert_eq!(findings(&found), ["L102 A20", "L102 B20"], "{:#?}", messages(&found));
    assert_eq!((found.of.indicators.len(), found.of.notes.len()), (7, 0));
}
