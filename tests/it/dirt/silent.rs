//! Figures that could go wrong without a word: each is told, and none is made up.

use jixiao::{
    diagnostic::Severity,
    model::{
        entry::Entry,
        money::{Money, Unit},
    },
};

use super::{Cell, Form, book, findings, messages, one, read, sheet::edited};

fn told(form: &Form, what: &str, want: &[&str]) {
    let found = one(&form.xlsx(), what);
    let got = findings(&found);
    for want in want {
        assert!(got.iter().any(|got| got == want), "{what}: {got:?}, {:#?}", messages(&found));
    }
}

#[test]
fn struck_and_raised_figures_are_no_digits_of_the_number_beside_them() {
    const STRUCK: &str = "<r><rPr><strike/></rPr><t>30000</t></r><r><t>9725000</t></r>";
    const RAISED: &str =
        "<r><t>9725000</t></r><r><rPr><vertAlign val=\"superscript\"/></rPr><t>1</t></r>";
    const BOLD: &str = "<r><rPr><b/></rPr><t>97</t></r><r><t>25000</t></r>";
    for (runs, want, text) in [
        (STRUCK, &["V101 D13", "V110 D13"][..], Some("30000\n9725000")),
        (RAISED, &["V101 D13"], Some("9725000\n1")),
        (BOLD, &[], None),
    ] {
        let mut form = Form::town();
        form.set("D13", 123.0);
        let bytes = edited(&form.xlsx(), |xml| {
            let start = xml.find("<c r=\"D13\"").unwrap();
            let end = start + xml[start..].find("</c>").unwrap() + "</c>".len();
            let cell = format!("<c r=\"D13\" t=\"inlineStr\"><is>{runs}</is></c>");
            format!("{}{cell}{}", &xml[..start], &xml[end..])
        });
        let found = one(&bytes, runs);
        let got = findings(&found);
        let of_cell: Vec<&String> = got.iter().filter(|got| got.ends_with("D13")).collect();
        assert_eq!(of_cell.len(), want.len(), "{got:?}");
        assert!(want.iter().all(|want| got.iter().any(|got| got == want)), "{got:?}");
        let want = match text {
            Some(text) => Entry::Unreadable(text.to_owned()),
            None => Entry::Known(Money::from_unit(9_725_000.into(), Unit::Yuan).unwrap()),
        };
        assert_eq!(found.of.key_tasks[0].funding, want);
    }
}

#[test]
fn tags_that_strike_or_raise_figures_do_the_same() {
    for text in ["<del>30000</del>9725000", "<s>1</s>9725000", "9725000<sup>1</sup>"] {
        let mut form = Form::town();
        form.set("D13", text);
        told(&form, text, &["V101 D13"]);
        form.set("D13", "9725000");
        form.set("C4", text);
        told(&form, text, &["V105 C4"]);
    }
}

#[test]
fn a_number_format_that_says_more_is_no_plain_amount() {
    for format in ["0.000\"百万元\"", "[$US$-409]#,##0.00", "\"约\"0", "0\"欧元\""] {
        let mut form = Form::town();
        form.set("D13", Cell::Shown(9_725.0, format));
        told(&form, format, &["V101 D13"]);
    }
    let mut form = Form::town();
    form.set("D13", Cell::Shown(9_725_000.0, "\"¥\"#,##0.00\"元\""));
    let found = one(&form.xlsx(), "yuan");
    assert!(!findings(&found).iter().any(|got| got.starts_with("V101")), "{:?}", findings(&found));
}

#[test]
fn a_row_of_the_budget_that_stands_twice_is_told() {
    let mut form = Form::town();
    form.insert_row(8, &["", "基本支出", "999", "财政拨款", "5", ""]);
    // Both as numbers: those of two rows are no more the same than their texts.
    for (cell, number) in [("C6", 402.49), ("E6", 2160.8), ("C8", 999.0), ("E8", 5.0)] {
        form.set(cell, number);
    }
    told(&form, "twice", &["L112 C8", "L112 E8"]);
}

#[test]
fn a_head_printed_again_states_the_unit_of_the_rows_below() {
    let mut form = Form::town();
    form.insert_row(
        15,
        &[
            "年度重点工作任务",
            "名称",
            "主要实施内容",
            "拟投入的资金（万元）",
            "期望达到的目标（概述）",
            "",
        ],
    );
    form.set("D16", 20.0);
    let found = one(&form.xlsx(), "restated");
    let yuan: Vec<String> = found
        .of
        .key_tasks
        .iter()
        .map(|task| task.funding.known().map_or("—".to_owned(), ToString::to_string))
        .collect();
    assert_eq!(yuan, ["9725000.00", "709200.00", "200000.00"], "{:#?}", messages(&found));
}

#[test]
fn a_unit_that_no_form_has_is_an_error() {
    for unit in ["百万元", "万美元", "USD"] {
        let mut form = Form::town();
        form.replace("拟投入的资金（元）", &format!("拟投入的资金（{unit}）"));
        told(&form, unit, &["V113 D12"]);
    }
}

#[test]
fn a_sheet_with_a_title_of_a_return_that_is_not_read_is_an_error() {
    let town = Form::town();
    for (title, want) in [
        ("2024年\u{3000}部门整体预算绩效目标表", Severity::Error),
        ("部门整体预算绩效目标表目录", Severity::Warning),
        ("办公设备清单", Severity::Warning),
    ] {
        let torn = Form::of(&format!("{title}|\n乱|12\n"), "").named("torn");
        let reading = read(&book(&[&town, &torn]));
        let got: Vec<(&str, Severity)> =
            reading.skipped.iter().map(|(_, found)| (found.code.id, found.severity)).collect();
        assert_eq!(got, [("L109", want)], "{title}");
    }
}
