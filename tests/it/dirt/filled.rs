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
