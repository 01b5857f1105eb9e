//! Rows of tasks of which something stands in another column or row, and rows that are no tasks: told, and never counted in
//! silence.

use jixiao::model::{Return, entry::Entry};

use super::{Form, check, findings, messages, one, sheet::Cell};

fn of(change: impl Fn(&mut Form)) -> (Return, Vec<String>) {
    let found = one(&Form::town_with(change).xlsx(), "slipped");
    let told = findings(&found);
    (found.of, told)
}

#[test]
fn an_amount_in_a_column_of_texts_is_an_error_where_the_task_has_none() {
    for (to, blank, column) in
        [("E15", "D15", "outcome"), ("C15", "D15", "content"), ("B15", "D15", "name")]
    {
        for amount in [Cell::Shown(200_000.0, "#,##0.00"), Cell::Text("200000元".to_owned())] {
            let (of, told) = of(|form| {
                form.set(blank, "");
                form.set(to, amount.clone());
            });
            assert!(of.key_tasks[2].funding.is_blank(), "{column}");
            assert_eq!(told, [format!("L128 {to}")], "{column}");
        }
    }
    let (_, told) = of(|form| form.shift("E17", "C17"));
    assert_eq!(told, ["L128 C17"]);
}

#[test]
fn a_number_beside_an_amount_and_a_date_are_texts() {
    let (_, told) = of(|form| form.set("E15", "30"));
    assert_eq!(told, Vec::<String>::new());
    let (_, told) = of(|form| {
        form.set("D15", "");
        form.set("E15", Cell::Shown(46_022.0, "yyyy/m/d"));
    });
    assert_eq!(told, Vec::<String>::new());
}

#[test]
fn totals_of_both_lists_and_odd_names_of_totals_are_no_tasks() {
    for name in [
        "Total",
        "ＴＯＴＡＬ",
        "合计/Total",
        "合计 3项",
        "共3项",
        "共3项任务",
        "计",
        "∑",
        "合计∶",
        "全部任务资金",
        "总投入资金",
    ] {
        let (of, told) = of(|form| form.insert_row(16, &["", name, "", "10000000"]));
        assert_eq!((of.key_tasks.len(), told), (3, vec!["T104 D16".to_owned()]), "{name}");
    }
    for name in ["重点工作任务与其他任务合计", "重点任务和其他任务合计", "所有任务资金"]
    {
        let (of, told) = of(|form| form.insert_row(18, &["", name, "", "", "10734200"]));
        assert_eq!((of.other_tasks.len(), told), (1, vec![]), "{name}");
    }
}

#[test]
fn a_task_that_is_the_sum_of_the_list_above_or_of_its_numbered_parts_is_told() {
    let (_, told) = of(|form| form.insert_row(18, &["", "经费来源", "", "", "10634200"]));
    assert_eq!(told, ["T107 E18"]);
    let (_, told) = of(|form| {
        form.insert_row(14, &["", "（1）清点库存", "清点。", "9000000", "完成。"]);
        form.insert_row(15, &["", "（2）编目上架", "编目。", "725000", "完成。"]);
    });
    assert_eq!(told, ["T107 D13"]);
    let (_, told) = of(|form| {
        form.insert_row(14, &["", "（1）清点库存", "清点。", "9000000", "完成。"]);
        form.insert_row(15, &["", "（2）编目上架", "编目。", "700000", "完成。"]);
    });
    assert_eq!(told, Vec::<String>::new());
}

#[test]
fn a_part_that_is_larger_than_its_whole_is_no_task_but_an_error() {
    let (of, told) = of(|form| form.insert_row(16, &["", "其中：上年结转", "", "1500000"]));
    assert_eq!((of.key_tasks.len(), told.first().map(String::as_str)), (3, Some("L127 B16")));
    // A name may begin with the same characters.
    let (of, told) = of_named("其中心校改造", "1500000");
    assert_eq!((of.key_tasks.len(), told), (4, vec![]));
    let (of, told) = of_named("其中心校改造", "15000");
    assert_eq!((of.key_tasks.len(), told), (4, vec![]));
}

fn of_named(name: &str, amount: &str) -> (Return, Vec<String>) {
    of(|form| form.insert_row(16, &["", name, "改造。", amount, "完成。"]))
}

#[test]
fn parts_below_a_total_are_parts_of_the_total() {
    let (of, told) = of(|form| {
        form.insert_row(16, &["", "合计", "", "10634200"]);
        form.insert_row(17, &["", "其中：财政拨款", "", "10000000"]);
        form.insert_row(18, &["", "其他资金", "", "634200"]);
    });
    assert_eq!(of.key_tasks.len(), 3);
    assert_eq!(told, ["L102 B17", "L102 D17", "L102 B18", "L102 D18"]);
}

#[test]
fn a_total_whose_amount_slipped_is_an_error_and_no_task() {
    let (of, told) = of(|form| form.insert_row(16, &["", "合计", "", "", "10000000"]));
    assert_eq!((of.key_tasks.len(), told), (3, vec!["L127 E16".to_owned(), "L102 E16".to_owned()]));
}

#[test]
fn a_name_in_the_row_above_its_task_is_told() {
    let (of, told) = of(|form| {
        form.insert_row(15, &["", "任务三：开展宣传活动"]);
        form.set("B16", "");
    });
    assert_eq!(of.key_tasks[2].funding, Entry::Blank);
    assert_eq!(told, ["L125 B15", "L127 C16"]);
}

#[test]
fn a_heading_among_tasks_is_told_and_words_for_nothing_are_none() {
    let (of, told) = of(|form| form.insert_row(14, &["", "一、民生类"]));
    assert_eq!((of.key_tasks.len(), told), (4, vec!["L125 B14".to_owned()]));
    for word in ["暂无", "无其他任务", "本年无", "没有", "以下空白", "——以下空白——", "空"]
    {
        check(word, |form| form.insert_row(18, &["", word]), |_| {}, &[]);
    }
}

#[test]
fn a_task_that_stands_there_twice_is_an_error() {
    let found = one(
        &Form::town_with(|form| {
            form.insert_row(14, &["", "任务一:　整理库存档案。", "清点。", "9725000", "完成。"]);
        })
        .xlsx(),
        "twice",
    );
    assert_eq!(findings(&found), ["X102 B14"], "{:#?}", messages(&found));
}

#[test]
fn what_a_page_comes_to_is_no_task_and_no_total_of_the_whole() {
    let (of, told) = of(|form| {
        form.insert_row(15, &["", "过次页", "", "10434200"]);
        form.insert_row(16, &["", "承前页", "", "10434200"]);
        form.insert_row(18, &["", "合计", "", "10634200"]);
    });
    assert_eq!((of.key_tasks.len(), told), (3, vec![]));
}

#[test]
fn few_digits_among_the_texts_are_a_warning_and_no_error() {
    use jixiao::diagnostic::Severity;
    for (text, severity) in
        [("100", Severity::Warning), ("2025.6", Severity::Warning), ("200000", Severity::Error)]
    {
        let found = one(
            &Form::town_with(|form| {
                form.set("D15", "");
                form.set("E15", text);
            })
            .xlsx(),
            text,
        );
        let of = found.diagnostics.iter().find(|finding| finding.code.id == "L128").unwrap();
        assert_eq!(of.severity, severity, "{text}");
    }
}
