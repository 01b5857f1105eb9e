//! Merged ranges that were taken apart and filled: each cell says what the range said.

use super::{Cell, Form, check_form, findings, one, sound};

/// The form without merges, each cell of them filled with the value.
fn filled(mut form: Form) -> Form {
    for (top, left, bottom, right) in std::mem::take(&mut form.merges) {
        let value = form.rows[top][left].clone();
        for row in top..=bottom {
            let cells = &mut form.rows[row];
            cells.resize(cells.len().max(right + 1), Cell::Blank);
            cells[left..=right].fill(value.clone());
        }
    }
    form
}

#[test]
fn a_filled_form_reads_as_the_merged_one() {
    check_form("filled", &filled(Form::town()), |_| {}, &[]);
}

#[test]
fn two_columns_that_differ_below_are_none_of_one() {
    let mut form = filled(Form::town());
    form.set("F6", "2160.90");
    let found = one(&form.xlsx(), "one cell differs");
    assert!(findings(&found).iter().any(|got| got.starts_with("L124")), "{:?}", findings(&found));
}

#[test]
fn targets_that_say_the_same_are_two() {
    let found = one(&filled(Form::town()).xlsx(), "targets");
    let last = found.of.indicators.last().unwrap();
    assert_eq!(last.period_target, last.annual_target);
    assert_eq!(found.of.indicators, sound().indicators);
}

#[test]
fn a_column_of_targets_that_says_what_the_other_says_is_kept() {
    let mut form = Form::town();
    let first = form.rows.len() - 7;
    for row in &mut form.rows[first..] {
        row[5] = row[4].clone();
    }
    let want = one(&form.xlsx(), "merged").of;
    let found = one(&filled(form).xlsx(), "filled");
    assert_eq!(found.of, want);
    assert!(want.indicators.iter().all(|of| of.annual_target == of.period_target));
}

#[test]
fn equal_amounts_of_two_years_are_two() {
    let mut form = Form::town();
    form.merges.clear();
    form.set("A1", "2025年沙田镇部门整体预算绩效目标表");
    for (row, cells) in form.rows.iter_mut().enumerate().skip(4).take(6) {
        let pair = |amount: &Cell| match row {
            4 | 7 => ["2024年预算（万元）", "2025年预算（万元）"].map(Cell::from),
            _ => [amount.clone(), amount.clone()],
        };
        let (left, right) = (pair(&cells[2]), pair(&cells[4]));
        let mut wide = vec![cells[0].clone(), cells[1].clone()];
        wide.extend(left);
        wide.push(cells[3].clone());
        wide.extend(right);
        *cells = wide;
    }
    let found = one(&form.xlsx(), "two years");
    assert_eq!(found.of.budget, sound().budget, "{:?}", findings(&found));
}

#[test]
fn a_name_repeated_as_its_targets_is_kept() {
    let mut form = Form::town();
    for at in ["D20", "E20", "F20"] {
        form.set(at, "完成上级交办的任务");
    }
    let found = one(&form.xlsx(), "a name as targets");
    let of = &found.of.indicators[1];
    let text = |target: &Option<jixiao::model::target::Target>| target.clone().map(|of| of.text);
    assert_eq!(text(&of.period_target).as_deref(), Some("完成上级交办的任务"));
    assert_eq!(text(&of.annual_target).as_deref(), Some("完成上级交办的任务"));
}

#[test]
fn a_department_and_its_label_in_one_cell_that_was_filled_over_the_row_begins_one_form() {
    let line = "部门名称：东莞市沙田镇档案中心";
    let mut form = Form::town();
    form.merges.retain(|(top, ..)| *top != 2);
    for at in ["A3", "B3", "C3", "D3", "E3", "F3"] {
        form.set(at, line);
    }
    check_form("filled", &form, |_| {}, &[]);
}

#[test]
fn a_blank_column_within_a_filled_form_makes_no_second_form() {
    let mut form = filled(Form::town());
    form.insert_column(4);
    let found = one(&form.xlsx(), "a blank column");
    assert_eq!(found.of, sound());
    assert!(findings(&found).iter().all(|got| got.starts_with("L102")), "{:?}", findings(&found));
}
