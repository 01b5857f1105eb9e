//! Sums among the tasks: told from tasks, whatever they are called and wherever they stand.

use jixiao::model::{Return, Task, entry::Entry, money::Money};

use super::{Form, check, check_all, check_form, findings, messages, one};

/// A row below the third key task.
fn below(cells: &[&str]) -> impl Fn(&mut Form) {
    move |form| form.insert_row(16, cells)
}

#[test]
fn a_total_is_no_task_whatever_it_is_called() {
    for name in ["合计", "共计", "总额", "合计：3项", "合计（元）", "本页合计", "任务小计"]
    {
        let (right, wrong) = (["", name, "", "10634200"], ["", name, "", "10634201"]);
        check_all(name, below(&right), |_| {}, &[]);
        check_all(&format!("{name}, wrong"), below(&wrong), |_| {}, &["T104 D16"]);
    }
}

#[test]
fn a_total_states_its_own_unit() {
    check_all("in 万元", below(&["", "合计（万元）", "", "1063.42"]), |_| {}, &[]);
}

#[test]
fn the_sum_of_a_group_says_nothing_of_the_whole() {
    let groups = |form: &mut Form| {
        form.insert_row(15, &["", "小计", "", "10434200"]);
        form.insert_row(17, &["", "小计", "", "200000"]);
    };
    check_all("groups", groups, |_| {}, &[]);
    let whole = |form: &mut Form| {
        groups(form);
        form.insert_row(18, &["", "合计", "", "10634200"]);
    };
    check_all("groups and the whole", whole, |_| {}, &[]);
    let wrong = |form: &mut Form| {
        groups(form);
        form.insert_row(18, &["", "合计", "", "10634201"]);
    };
    check_all("groups and a wrong whole", wrong, |_| {}, &["T104 D18"]);
}

#[test]
fn an_amount_without_a_name_is_a_sum_or_a_fault() {
    check_all("the sum", below(&["", "", "", "10634200"]), |_| {}, &["L127 D16"]);
    let lost = |of: &mut Return| {
        let amount = of.key_tasks[2].funding.clone();
        of.key_tasks.push(Task { funding: amount, ..Task::default() });
    };
    check_all("another amount", below(&["", "", "", "200000"]), lost, &["L127 D16"]);
    let moved = |form: &mut Form| {
        form.set("D15", "");
        form.insert_row(16, &["", "", "", "200000"]);
    };
    let parted = |of: &mut Return| {
        lost(of);
        of.key_tasks[2].funding = Entry::Blank;
    };
    check_all("below its task", moved, parted, &["L127 D16"]);
}

#[test]
fn a_part_of_an_amount_is_no_task() {
    let parts = |form: &mut Form| {
        form.insert_row(14, &["", "", "其中：财政拨款", "9000000"]);
        form.insert_row(15, &["", "", "其他资金", "725000"]);
    };
    check_all("of which", parts, |_| {}, &["L102 C14", "L102 D14", "L102 C15", "L102 D15"]);
}

#[test]
fn the_sum_beside_the_heading_of_a_group_is_told() {
    let heading = |form: &mut Form| form.insert_row(14, &["", "一、宣传类", "", "909200"]);
    let added = |of: &mut Return| {
        let funding = Entry::Known(Money::from_yuan(909_200.into()).unwrap());
        let name = Some("一、宣传类".to_owned());
        of.key_tasks.insert(1, Task { name, funding, ..Task::default() });
    };
    check_all("a group", heading, added, &["T107 D14"]);
}

#[test]
fn what_is_merged_over_two_tasks_is_told() {
    let cases: [(&str, &[&str], &str); 2] =
        [("E13:F14", &["L120 E13"], "E14"), ("B13:B14", &["L120 B13"], "B14")];
    for (range, want, clear) in cases {
        let mut form = Form::town();
        form.set(clear, "");
        form.merges.retain(|(top, left, ..)| !((12..14).contains(top) && *left == 4));
        form.merges.extend(Form::of("", range).merges);
        let lose = |of: &mut Return| match clear {
            "E14" => of.key_tasks[1].outcome = None,
            _ => of.key_tasks[1].name = None,
        };
        check_form(range, &form, lose, want);
    }
}

#[test]
fn a_unit_below_the_head_speaks_for_its_column() {
    let below_head = |text: &'static str| {
        move |form: &mut Form| {
            form.set("D12", "拟投入的资金");
            form.insert_row(13, &["", "", "", text]);
            for (at, amount) in [("D14", "972.5"), ("D15", "70.92"), ("D16", "20")] {
                form.set(at, amount);
            }
        }
    };
    for text in ["单位：万元", "（单位：万元）", "（万元）"] {
        let found = one(&Form::town_with(below_head(text)).xlsx(), text);
        let amounts = found.of.key_tasks.iter().map(|task| task.funding.known().unwrap());
        let amounts: Vec<String> = amounts.map(ToString::to_string).collect();
        assert_eq!(amounts, ["9725000.00", "709200.00", "200000.00"], "{text}");
        assert_eq!(findings(&found), Vec::<String>::new(), "{:#?}", messages(&found));
    }
}

#[test]
fn the_numbers_of_the_columns_are_no_line() {
    for row in [
        ["栏次", "1", "2", "3", "4", ""],
        ["", "1", "2", "3", "4", ""],
        ["", "（1）", "（2）", "（3）", "（4）", ""],
        ["", "①", "②", "③", "④", ""],
    ] {
        let numbers = |form: &mut Form| {
            form.merges.clear();
            form.insert_row(13, &row);
        };
        check_all("of tasks", numbers, |_| {}, &[]);
    }
    let of_indicators = |form: &mut Form| form.insert_row(19, &["", "1", "2", "3", "4", "5=1+4"]);
    check("of indicators", of_indicators, |_| {}, &[]);
}

#[test]
fn an_example_left_in_the_form_is_told() {
    let example = |form: &mut Form| {
        form.insert_row(13, &["", "例：XX任务", "示例", "100.00", "示例", ""]);
    };
    let found = one(&Form::town_with(example).xlsx(), "an example");
    let got = findings(&found);
    assert!(got.contains(&"X101 B13".to_owned()), "{:#?}", messages(&found));
}

#[test]
fn a_total_may_have_a_remark_beside_it() {
    for remark in ["共3项", "全部达标", "以上三项任务合计"] {
        check_all(remark, below(&["", "合计", remark, "10634200"]), |_| {}, &[]);
        let wrong = ["", "合计", remark, "10634300"];
        check_all(&format!("{remark}, wrong"), below(&wrong), |_| {}, &["T104 D16"]);
    }
    // One that says something else than the sum may be a task.
    let found = one(&Form::town_with(below(&["", "合计", "开会", "5"])).xlsx(), "a task");
    assert_eq!(found.of.key_tasks.len(), 4, "{:#?}", messages(&found));
}

#[test]
fn a_task_named_as_a_source_of_money_is_a_task() {
    for (name, amount) in [("财政拨款", "300000"), ("其他资金", "100"), ("三、其他资金", "200000")]
    {
        let added = |of: &mut Return| {
            let funding = Entry::Known(Money::from_yuan(amount.parse().unwrap()).unwrap());
            of.key_tasks.push(Task { name: Some(name.into()), funding, ..Task::default() });
        };
        check_all(name, below(&["", name, "", amount]), added, &[]);
    }
}

#[test]
fn the_last_total_is_that_of_the_whole() {
    let wrong = |form: &mut Form| {
        form.insert_row(15, &["", "小计", "", "10434200"]);
        // What the rest comes to, under the name of the whole.
        form.insert_row(17, &["", "合计", "", "200000"]);
    };
    let found = one(&Form::town_with(wrong).xlsx(), "a wrong total");
    assert!(findings(&found).iter().any(|got| got.starts_with("T104")), "{:?}", findings(&found));
}

#[test]
fn remarks_under_the_heads_are_no_line() {
    let remarks = |form: &mut Form| {
        form.merges.clear();
        form.insert_row(13, &["", "（必填）", "（不超过200字）", "（数字）", "（必填）"]);
    };
    check_all("remarks", remarks, |_| {}, &[]);
}

#[test]
fn a_total_with_a_task_below_it_was_not_brought_up_to_date() {
    for name in ["合计", "总计"] {
        let late = |form: &mut Form| form.insert_row(15, &["", name, "", "10434200"]);
        check_all(name, late, |_| {}, &["T104 D15"]);
    }
}

#[test]
fn a_blank_line_with_nothing_but_zero_is_no_fault() {
    for nil in ["-", "—", "/"] {
        check_all(nil, below(&["", "", "", nil]), |_| {}, &[]);
    }
    let found = one(&Form::town_with(below(&["", "", "", "0"])).xlsx(), "zero");
    assert_eq!(findings(&found), Vec::<String>::new(), "{:#?}", messages(&found));
}

#[test]
fn what_makes_up_the_whole_with_a_part_is_a_part() {
    let parts = |form: &mut Form| {
        form.insert_row(14, &["", "其中：中央资金", "", "9000000"]);
        form.insert_row(15, &["", "省级资金", "", "725000"]);
    };
    check_all("parts", parts, |_| {}, &["L102 B14", "L102 D14", "L102 B15", "L102 D15"]);
}

#[test]
fn a_task_in_brackets_is_no_remark() {
    let bracketed = |form: &mut Form| {
        form.merges.clear();
        form.insert_row(13, &["", "（上年结转项目）", "（详见附件）", "", "（详见附件）"]);
    };
    let found = one(&Form::town_with(bracketed).xlsx(), "in brackets");
    assert_eq!(found.of.key_tasks[0].name.as_deref(), Some("（上年结转项目）"));
}

#[test]
fn a_total_below_the_other_tasks_may_be_that_of_both_lists() {
    let both = |form: &mut Form| form.insert_row(18, &["", "总计", "含重点任务", "", "10734200"]);
    check_all("both lists", both, |_| {}, &[]);
    let wrong = |form: &mut Form| form.insert_row(18, &["", "总计", "", "", "10734300"]);
    check_all("another sum", wrong, |_| {}, &["T104 E18"]);
}

#[test]
fn a_running_sum_says_nothing_of_the_whole() {
    let running = |form: &mut Form| form.insert_row(15, &["", "", "", "10434200"]);
    check_all("a running sum", running, |_| {}, &["L127 D15"]);
}

#[test]
fn a_total_beside_a_single_task_is_no_task() {
    let below = |name: &'static str, remark: &'static str, amount: &'static str| {
        move |form: &mut Form| form.insert_row(18, &["", name, remark, "", amount])
    };
    for name in ["合计数", "累计", "汇总", "总数", "总和", "共", "“合计”", "共1项"]
    {
        check_all(name, below(name, "", "100000"), |_| {}, &[]);
    }
    check_all("a remark", below("合计", "按提前下达数填报", "100000"), |_| {}, &["L102 C18"]);
    let other = one(&Form::town_with(below("合计", "按提前下达数填报", "100001")).xlsx(), "other");
    assert!(findings(&other).contains(&"L127 B18".to_owned()), "{:#?}", messages(&other));
}
