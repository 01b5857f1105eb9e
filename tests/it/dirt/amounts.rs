//! Amounts: typed as numbers and as text, in units of their own, calculated and not.

use super::{Cell, Form, check, check_all, check_form, findings, messages, one};
use jixiao::model::{
    Return,
    entry::Entry,
    money::{Money, Unit},
};

fn known(yuan: &str) -> Entry<Money> {
    Entry::Known(Money::from_yuan(yuan.parse().unwrap()).unwrap())
}

/// Whatever the cell of 其他事业发展性支出 holds, in 万元.
fn development(entry: Entry<Money>) -> impl Fn(&mut Return) {
    move |of: &mut Return| of.budget.other_development = entry.clone()
}

#[test]
fn amounts_are_read_from_text() {
    let cases = [
        ("210.11", "2101100"),
        ("２１０．１１", "2101100"),
        ("1,210.11", "12101100"),
        ("1，210.11", "12101100"),
        ("¥210.11", "2101100"),
        ("￥ 210.11", "2101100"),
        ("RMB 210.11", "2101100"),
        ("'210.11", "2101100"),
        ("1 210.11", "12101100"),
        ("210.11万元", "2101100"),
        ("210.11 万元", "2101100"),
        ("\u{a0}210.11\u{3000}", "2101100"),
        ("0", "0"),
        ("210.110001", "2101100.01"),
    ];
    for (text, yuan) in cases {
        check_all(text, |f| f.set("C10", text), development(known(yuan)), &[]);
    }
    for (text, yuan) in [
        ("(12.5)", "-125000"),
        ("－12.5", "-125000"),
        ("（12.5）", "-125000"),
        ("-12.5", "-125000"),
    ] {
        check_all(text, |f| f.set("C10", text), development(known(yuan)), &["V103 C10"]);
    }
    for (text, yuan) in
        [("2101100元", "2101100"), ("0.021亿元", "2100000"), ("2101.1千元", "2101100")]
    {
        check_all(text, |f| f.set("C10", text), development(known(yuan)), &["V102 C10"]);
    }
    for text in ["-", "—", "/", "无", "——"] {
        check_all(text, |f| f.set("C10", text), development(Entry::Blank), &[]);
    }
    for text in ["约20", "12+3", "贰拾万元", "二十万", "210.11.3", "见附表"] {
        check_all(
            text,
            |f| f.set("C10", text),
            development(Entry::Unreadable(text.to_owned())),
            &["V101 C10"],
        );
    }
}

#[test]
fn number_cells_are_exact() {
    let cases = [(210.11, "2101100"), (0.1 + 0.2, "3000"), (2_160.799_999_999_999_7, "21608000")];
    for (number, yuan) in cases {
        let want: &[&str] = if number > 2000.0 { &["T103 -"] } else { &[] };
        check(&number.to_string(), |f| f.set("C10", number), development(known(yuan)), want);
    }
    for format in ["#,##0.00", "0", "General", "¥#,##0.00", "#,##0.00_ "] {
        check(
            format,
            |f| f.set("C10", Cell::Shown(210.11, format)),
            development(known("2101100")),
            &[],
        );
    }
    check(
        "in its own unit",
        |f| f.set("C10", Cell::Shown(2_101_100.0, "#,##0\"元\"")),
        development(known("2101100")),
        &["V102 C10"],
    );
    check(
        "a percentage",
        |f| f.set("C10", Cell::Shown(0.9, "0%")),
        development(Entry::Unreadable("90%".into())),
        &["V101 C10"],
    );
    check(
        "a date",
        |f| f.set("C10", Cell::Shown(46022.0, "yyyy-mm-dd")),
        development(Entry::Unreadable("2025-12-31".into())),
        &["V101 C10"],
    );
    for format in ["\"合计\"0.00", "0.00\"整\"", "\"金额\"0.00"] {
        check(
            format,
            |f| f.set("C10", Cell::Shown(210.11, format)),
            development(known("2101100")),
            &[],
        );
    }
    for (value, format, text) in [
        (0.354_166_666_666_667, "h:mm", "8:30"),
        (1.5, "[h]:mm", "36:00"),
        (0.5, "h\"时\"mm\"分\"", "12时00分"),
        (210.11, "-0.00", "-210.11"),
        (210.11, "\\(0.00\\)", "(210.11)"),
        (210.11, "0.00\"左右\"", "210.11左右"),
        (210.11, "\"≥\"0.00", "≥210.11"),
        (210.11, "0.00\"人\"", "210.11人"),
        (210.11, "[$USD] 0.00", "USD 210.11"),
        (210.11, "0.00\"%\"", "210.11%"),
    ] {
        let unread = development(Entry::Unreadable(text.into()));
        check(text, |f| f.set("C10", Cell::Shown(value, format)), unread, &["V101 C10"]);
    }
}

#[test]
fn formulas_count_with_their_result_only() {
    check("calculated", |f| f.set("C10", Cell::Formula("=200+10.11", "210.11")), |_| {}, &[]);
    check(
        "not calculated",
        |f| f.set("C10", Cell::Formula("=C9+1", "")),
        development(Entry::Unreadable("=C9+1".into())),
        &["V101 C10"],
    );
    for at in ["C4", "E4"] {
        let mut form = Form::town();
        form.set(at, Cell::Formula("=C9+1", ""));
        let found = super::one(&form.xlsx(), at);
        let messages = messages(&found);
        let told = |message: &String| {
            message.starts_with("V105")
                && message.ends_with("`=C9+1` was not calculated; expected a whole number")
        };
        assert!(messages.iter().any(told), "{messages:?}");
    }
    check(
        "a faulty one",
        |f| f.set("C10", Cell::Formula("=#REF!+1", "#REF!")),
        development(Entry::Unreadable("#REF!".into())),
        &["V101 C10"],
    );
}

#[test]
fn units_are_read_where_they_stand() {
    let in_yuan = |f: &mut Form| {
        f.replace("预算金额（万元）", "预算金额（元）");
        for (old, new) in [
            ("402.49", "4024900"),
            ("1758.31", "17583100"),
            ("2160.80", "21608000"),
            ("210.11", "2101100"),
        ] {
            f.replace(old, new);
        }
    };
    check_all("元", in_yuan, |of| of.units.budget = Some(Unit::Yuan), &[]);
    let line = |f: &mut Form| {
        f.replace("（万元）", "");
        f.insert_row(3, &["", "", "", "", "", "单位：万元"]);
    };
    check_all("a unit line", line, |_| {}, &[]);
    let line = |f: &mut Form| {
        f.replace("（万元）", "");
        f.insert_row(1, &["金额单位：万元"]);
    };
    check_all("a unit line on top", line, |_| {}, &[]);
    let one_head = |f: &mut Form| {
        for at in ["E5", "C8", "E8"] {
            f.set(at, "预算金额");
        }
    };
    check_all("one head only", one_head, |_| {}, &[]);
    let thousands = |f: &mut Form| {
        f.set("D12", "拟投入的资金（千元）");
        for (at, amount) in [("D13", "9725"), ("D14", "709.2"), ("D15", "200")] {
            f.set(at, amount);
        }
    };
    let found = one(
        &{
            let mut f = Form::town();
            thousands(&mut f);
            f
        }
        .xlsx(),
        "千元",
    );
    assert_eq!(found.of.key_tasks[1].funding, known("709200"));
    assert_eq!(found.of.other_tasks[0].funding, known("100000"), "其他任务 keep their own unit");
    let hundreds = |f: &mut Form| {
        f.replace("预算金额（万元）", "预算金额（亿元）");
        for (old, new) in [
            ("402.49", "0.040249"),
            ("1758.31", "0.175831"),
            ("2160.80", "0.21608"),
            ("210.11", "0.021011"),
        ] {
            f.replace(old, new);
        }
    };
    check_all("亿元", hundreds, |of| of.units.budget = Some(Unit::HundredMillion), &[]);
    let label = |f: &mut Form| {
        f.replace("（万元）", "");
        for label in
            ["基本支出", "项目支出", "财政拨款", "其他资金", "财政专项资金", "镇本级使用资金"]
        {
            for cell in f.rows.iter_mut().flatten().filter(|cell| **cell == Cell::from(label)) {
                *cell = Cell::from(format!("{label}（万元）"));
            }
        }
        f.set("B10", "其他事业发展性支出（万元）");
        f.set("D10", "拟用于对下转移支付资金（万元）");
    };
    check_all("in the labels", label, |_| {}, &[]);
    let block = |f: &mut Form| {
        f.replace("（万元）", "");
        f.set("A5", "预算整体情况（万元）");
    };
    check_all("in the block's label", block, |_| {}, &[]);
    let none = |f: &mut Form| f.replace("（万元）", "");
    check_all("nowhere", none, |_| {}, &["V112 C6"]);
    let tasks = |f: &mut Form| f.replace("（元）", "");
    let mut form = Form::town();
    tasks(&mut form);
    check_form("no unit of the tasks", &form, |_| {}, &["V112 B12", "V112 B16"]);
}

#[test]
fn counts_are_whole_numbers() {
    let count = |entry: Entry<u64>| move |of: &mut Return| of.funded_headcount = entry.clone();
    for (text, number) in [
        ("20", 20),
        ("２０", 20),
        ("1,020", 1020),
        ("20人", 20),
        ("20.0", 20),
        ("0", 0),
        (" 20 ", 20),
    ] {
        check_all(text, |f| f.set("C4", text), count(Entry::Known(number)), &[]);
    }
    for text in ["/", "—", "无"] {
        check_all(text, |f| f.set("C4", text), count(Entry::Blank), &[]);
    }
    for text in ["约20", "20.5", "-3", "二十余"] {
        check_all(
            text,
            |f| f.set("C4", text),
            count(Entry::Unreadable(text.to_owned())),
            &["V105 C4"],
        );
    }
    check("a number", |f| f.set("C4", 20.0), |_| {}, &[]);
}

#[test]
fn markup_is_stripped() {
    let cases = [
        "<p>做好档案的收集、整理和利用，方便群众查询。</p>",
        "做好档案的收集、整理和利用，方便群众查询。&nbsp;",
        "<p style=\"x\"><span>做好档案的收集、整理和利用，</span>方便群众查询。</p>",
        "做好档案的收集、整理和利用，方便群众查询。_x000D_",
        "\u{feff}做好档案的收集、整理\u{200b}和利用，方便群众查询。\u{ad}",
    ];
    for text in cases {
        check_all(text, |f| f.set("B11", text), |_| {}, &[]);
    }
    check_all("a label in tags", |f| f.set("A3", "<b>部门名称</b>"), |_| {}, &[]);
    check_all("an amount in tags", |f| f.set("C10", "<p>210.11</p>"), |_| {}, &[]);
    check_all("a level in tags", |f| f.set("C21", "<p>质量指标</p>"), |_| {}, &[]);
    check_all(
        "a title in tags",
        |f| f.set("A1", "<p>沙田镇部门整体预算绩效目标表</p>"),
        |_| {},
        &[],
    );
    check_all(
        "an approver in tags",
        |f| f.set("A2", "<p>批复单位：东莞市财政局沙田分局</p>"),
        |_| {},
        &[],
    );
    let found = one(&Form::town().xlsx(), "none");
    assert!(findings(&found).is_empty(), "{:#?}", messages(&found));
}

#[test]
fn an_amount_merged_over_two_rows_of_the_budget_is_told() {
    let merged = |ranges: &'static str, blank: &'static [&'static str]| {
        move |form: &mut Form| {
            for at in blank {
                form.set(at, "");
            }
            form.merges.extend(Form::of("", ranges).merges);
        }
    };
    let lose = |of: &mut jixiao::model::Return| of.budget.project_expenditure = Entry::Blank;
    let want = ["L120 C6", "T101 -", "T102 -"];
    check("of expenditure", merged("C6:C7", &["C7"]), lose, &want);
    // A label that reaches over two rows with its amount, or the other half's amount blank.
    let own = |form: &mut Form| {
        form.insert_row(7, &[]);
        form.merges.retain(|(top, left, ..)| (*top, *left) != (5, 4));
        form.merges.extend(Form::of("", "B6:B7 C6:C7 D6:D7 E6:F7").merges);
    };
    check("its own rows", own, |_| {}, &[]);
}
