//! Two amounts where the form has one: the head tells which is the plan's, and where it doesn't, that is said.

use jixiao::model::entry::Entry;

use super::{Form, assert_same, findings, messages, one, sound};

/// The town's form with a column of other amounts beside each of the budget's, under these heads.
fn beside(left: &str, right: &str) -> Form {
    let mut form = Form::town();
    form.merges.retain(|(top, ..)| !(4..10).contains(top));
    for (row, cells) in form.rows.iter_mut().enumerate().skip(4).take(6) {
        let heads = matches!(row, 4 | 7);
        let other = |text: &str| super::Cell::from(if heads { text } else { "7.00" });
        let amounts = [cells[2].clone(), cells[4].clone()];
        let amount = |at: usize, head: &str| {
            if heads { super::Cell::from(head) } else { amounts[at].clone() }
        };
        *cells = vec![
            cells[0].clone(),
            cells[1].clone(),
            other(left),
            amount(0, right),
            cells[3].clone(),
            other(left),
            amount(1, right),
        ];
    }
    form
}

#[test]
fn of_two_amounts_in_the_budget_the_one_under_the_plans_head_counts() {
    for (left, right) in [
        ("上年预算数", "预算金额（万元）"),
        ("预算金额（上年）", "预算金额（万元）"),
        ("上年预算数（元）", "本年预算数（万元）"),
        ("2023年（万元）", "2024年（万元）"),
        ("执行数", "预算数（万元）"),
    ] {
        let mut form = beside(left, right);
        form.set("A1", "2024年沙田镇部门整体预算绩效目标表");
        let found = one(&form.xlsx(), left);
        assert_eq!(found.of.budget, sound().budget, "{left}, {right}: {:#?}", messages(&found));
        assert!(findings(&found).iter().any(|got| got == "L102 C6"), "{:?}", findings(&found));
        assert!(
            !findings(&found).iter().any(|got| got.starts_with("L124") || got.starts_with("V112")),
            "{:?}",
            messages(&found)
        );
    }
}

#[test]
fn a_foreign_column_keeps_its_head_below_the_next_group() {
    let mut form = beside("上年预算数", "预算金额（万元）");
    form.set("C8", "");
    form.set("F8", "");
    let found = one(&form.xlsx(), "one head for both groups");
    assert_eq!(found.of.budget, sound().budget, "{:#?}", messages(&found));
    let got = findings(&found);
    assert!(got.iter().all(|got| got.starts_with("L102")), "{got:?}");
}

#[test]
fn two_amounts_in_the_budget_whose_heads_do_not_decide_are_an_error() {
    for (left, right) in [
        ("预算金额（万元）", "预算金额（万元）"),
        ("2023年（万元）", "2024年（万元）"),
        ("年初预算数（万元）", "调整预算数（万元）"),
        ("", ""),
    ] {
        let form = beside(left, right);
        let found = one(&form.xlsx(), left);
        let got = findings(&found);
        for cell in ["L124 D6", "L124 G10"] {
            assert!(got.iter().any(|got| got == cell), "{left}, {right}: {got:?}");
        }
    }
}

#[test]
fn a_plan_left_blank_is_not_filled_from_the_year_before() {
    let mut form = beside("上年预算数", "预算金额（万元）");
    form.set("D6", "");
    let found = one(&form.xlsx(), "blank");
    assert_eq!(found.of.budget.basic_expenditure, Entry::Blank);
    assert!(findings(&found).iter().any(|got| got == "L102 C6"), "{:?}", findings(&found));
    let mut form = Form::town();
    form.replace("预算金额（万元）", "上年预算数（万元）");
    let found = one(&form.xlsx(), "only last year's");
    assert!(findings(&found).iter().any(|got| got == "L124 C6"), "{:?}", findings(&found));
}

/// The town's form with a second column of money before that of the key tasks.
fn tasks(left: &str, right: &str) -> Form {
    let mut form = Form::town();
    form.set("A1", "2024年沙田镇部门整体预算绩效目标表");
    form.merges.retain(|(top, ..)| !(11..15).contains(top));
    for (row, cells) in form.rows.iter_mut().enumerate().skip(11).take(4) {
        let heads = row == 11;
        if heads {
            cells[3] = right.into();
        }
        cells.insert(3, if heads { left.into() } else { "7.00".into() });
        cells.truncate(6);
    }
    form
}

#[test]
fn of_two_columns_of_money_among_the_tasks_the_plans_counts() {
    for (left, right) in [
        ("上年投入资金（元）", "拟投入的资金（元）"),
        ("预算金额（上年，元）", "拟投入的资金（元）"),
        ("2023年预算金额（元）", "2024年预算金额（元）"),
        ("2023年（元）", "2024年（元）"),
    ] {
        let found = one(&tasks(left, right).xlsx(), left);
        let mut want = sound();
        want.title = found.of.title.clone();
        want.year = Some(2024);
        assert_same(&found.of, &want, left);
        let got = findings(&found);
        assert!(got.iter().any(|got| got == "L102 D13"), "{got:?}");
        assert!(!got.iter().any(|got| got.starts_with("L124")), "{got:?}");
    }
}

#[test]
fn two_columns_of_money_among_the_tasks_that_do_not_decide_are_an_error() {
    for (left, right) in [
        ("拟投入的资金（元）", "预算金额（元）"),
        ("2022年（元）", "2025年（元）"),
        ("年初资金（元）", "调整后资金（元）"),
    ] {
        let found = one(&tasks(left, right).xlsx(), left);
        let got = findings(&found);
        let told = |got: &String| ["L124 E12", "L124 D12", "L124 E13"].contains(&got.as_str());
        assert!(got.iter().any(told), "{left}, {right}: {got:?}");
    }
    // One head over both columns.
    let mut form = tasks("拟投入的资金（元）", "");
    form.merges.push((11, 3, 11, 4));
    let found = one(&form.xlsx(), "one head");
    assert!(findings(&found).iter().any(|got| got == "L124 E13"), "{:?}", findings(&found));
}

#[test]
fn last_years_amounts_where_the_plans_are_all_blank_are_errors() {
    let mut form = beside("上年预算数", "预算金额（万元）");
    for row in [6, 7, 9, 10] {
        form.set(&format!("D{row}"), "");
        form.set(&format!("G{row}"), "");
    }
    let found = one(&form.xlsx(), "a blank plan");
    let grave = |code: &str| {
        let of = found.diagnostics.iter().filter(|finding| finding.code.id == code);
        of.filter(|finding| finding.severity == jixiao::diagnostic::Severity::Error).count()
    };
    assert!(grave("L102") > 0, "{:#?}", messages(&found));
    assert!(found.of.budget.basic_expenditure.is_blank());
}
