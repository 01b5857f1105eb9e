//! What stands among the indicators and below them: headings, seals, the department's name, remarks, the rest of a name.

use jixiao::model::{Return, target};

use super::{Form, check_all, check_form, findings, messages, national::SPLIT, one};

/// The sound form with a note.
fn noted(note: &str) -> impl Fn(&mut Return) + '_ {
    move |of| of.notes.push(note.to_owned())
}

#[test]
fn printed_levels_below_a_heading_among_the_indicators_are_levels() {
    for heading in ["共性指标", "其中：", "备注", "以下为个性指标"] {
        let set = |f: &mut Form| {
            f.insert_row(23, &[heading]);
            f.merges.retain(|merge| merge.0 < 17);
            f.merges.push((22, 0, 22, 5));
            f.set("B24", "");
            f.set("C24", "");
            f.insert_row(24, &["", "效益指标", "经济效益指标"]);
            f.set("C25", "社会效益指标");
        };
        let mut form = Form::town();
        set(&mut form);
        check_form(heading, &form, noted(heading), &[]);
    }
    // A name and one target are an indicator there too.
    let mut form = Form::town();
    form.insert_row(20, &["共性指标"]);
    form.merges.retain(|merge| merge.0 < 17);
    form.merges.push((19, 0, 19, 5));
    form.set("F21", "");
    let want = |of: &mut Return| {
        of.indicators[1].annual_target = None;
        of.notes.push("共性指标".to_owned());
    };
    check_form("one target", &form, want, &[]);
}

#[test]
fn seals_and_the_end_of_the_table_are_no_indicators() {
    for (text, column) in [
        ("以下空白", 3),
        ("（以下空白）", 3),
        ("单位（盖章）：", 3),
        ("（公章）", 3),
        ("填报单位公章", 3),
        ("（盖章）", 5),
        ("东莞市沙田镇档案中心", 3),
        ("东莞市沙田镇档案中心", 5),
    ] {
        let what = format!("`{text}` in column {column}");
        let mut line = vec![""; column];
        line.push(text);
        check_all(&what, |f| f.insert_row(26, &line), noted(text), &[]);
        let parted = |f: &mut Form| {
            f.insert_row(26, &[]);
            f.insert_row(27, &line);
        };
        check_all(&format!("{what} behind a blank row"), parted, noted(text), &[]);
        let signed = |f: &mut Form| {
            f.insert_row(26, &["填表人：王某某"]);
            f.insert_row(27, &[]);
            f.insert_row(28, &line);
        };
        let both = |of: &mut Return| of.notes = vec!["填表人：王某某".into(), text.into()];
        check_all(&format!("{what} below the signatures"), signed, both, &[]);
    }
    // What a name is, is no seal.
    let names = |f: &mut Form| f.set("D25", "公章管理规范率");
    let want = |of: &mut Return| of.indicators[6].level3 = "公章管理规范率".to_owned();
    check_all("a name", names, want, &[]);
}

#[test]
fn what_stands_below_the_signatures_is_a_note() {
    for (line, note) in [
        (["", "", "", "本表一式两份", "", ""], "本表一式两份"),
        (["", "", "", "", "", "沙田镇财政分局"], "沙田镇财政分局"),
        (["", "", "", "王某某", "2025年1月10日", ""], "王某某  2025年1月10日"),
    ] {
        let set = |f: &mut Form| {
            f.insert_row(26, &["填表人：王某某 联系电话：0769-1234567"]);
            f.insert_row(27, &line);
        };
        let want = |of: &mut Return| {
            of.notes = vec!["填表人：王某某 联系电话：0769-1234567".into(), note.into()];
        };
        check_all(note, set, want, &[]);
    }
    // The foot of a page between indicators ends nothing.
    let page = |f: &mut Form| {
        f.merges.clear();
        f.insert_row(21, &["填表人：王某某"]);
        f.insert_row(24, &["填表人：王某某"]);
    };
    let want = |of: &mut Return| of.notes = vec!["填表人：王某某".into(); 2];
    check_all("pages", page, want, &[]);
}

#[test]
fn a_name_alone_below_a_whole_indicator_is_told() {
    let rest = |f: &mut Form| f.insert_row(20, &["", "", "", "（含数字化）"]);
    let want = |of: &mut Return| {
        let mut more = of.indicators[0].clone();
        more.level3 = "（含数字化）".to_owned();
        (more.period_target, more.annual_target) = (None, None);
        of.indicators.insert(1, more);
    };
    check_all("the rest of a name", rest, want, &["L125 D20"]);
}

/// The findings on the split form after a change, its notes, and its fourth indicator.
fn split(change: impl Fn(&mut Form)) -> (Return, Vec<String>) {
    let mut form = Form::of(SPLIT, "A1:H1");
    change(&mut form);
    let found = one(&form.xlsx(), "split");
    assert_eq!(found.account.len(), form.cells(), "{:#?}", messages(&found));
    let codes = findings(&found);
    (found.of, codes)
}

#[test]
fn a_row_of_the_split_form_one_column_too_far_right_moves_back() {
    let sound = split(|_| {}).0;
    for (row, cells, cell) in [
        (12, ["", "", "", "时效指标", "", "完成时间", "不适用", "2020年12月31日前"], "D12"),
        (12, ["", "", "", "时效指标", "", "完成时间", "", "2020年12月31日前"], "D12"),
        (11, ["", "", "", "质量指标", "", "著录合格率", "≥", "95"], "D11"),
    ] {
        let (of, codes) = split(|f| {
            f.rows[row - 1] = cells.iter().map(|cell| (*cell).into()).collect();
            if row == 11 {
                f.set("I11", "%");
            }
        });
        super::assert_same(&of, &sound, cell);
        assert_eq!(codes, [format!("L103 {cell}")]);
    }
}

#[test]
fn nothing_beside_a_missing_name_of_the_split_form_is_lost() {
    let (of, codes) = split(|f| {
        f.insert_row(15, &["", "", "", "", "", "（公章）"]);
        f.insert_row(16, &["", "", "", "", "", "", "", "岭江省档案馆"]);
    });
    assert_eq!(of.notes, ["（公章）", "岭江省档案馆"]);
    assert_eq!(codes, Vec::<String>::new());
    let (of, codes) = split(|f| {
        f.insert_row(12, &["", "", "", "", "", "按季度统计", "", ""]);
        f.insert_row(13, &["", "", "", "", "", "", "", "见附表三"]);
    });
    assert_eq!(of.notes, Vec::<String>::new());
    assert_eq!(codes, ["L102 F12", "L102 H13"]);
    // A sign or a unit prepared beside a printed level says nothing yet.
    let (_, codes) = split(|f| f.insert_row(12, &["", "", "成本指标", "", "", "≤", "", "万元"]));
    assert_eq!(codes, Vec::<String>::new());
}

#[test]
fn a_remark_right_of_the_split_form_is_no_unit() {
    let (of, codes) = split(|f| f.set("I12", "如遇汛期顺延"));
    let target = of.indicators[2].annual_target.as_ref().unwrap();
    assert_eq!(target.text, "2020年12月31日前");
    assert!(matches!(target.reading, target::Reading::Date { .. }));
    assert_eq!(codes, ["L102 I12"]);
}
