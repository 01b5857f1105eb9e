//! Where the form stands on the sheet, and where its cells stand in the form.

use super::{Form, Look, check, check_all, check_form, one, sound};

#[test]
fn merges_say_nothing_that_the_places_do_not() {
    // All merges, none, those of the labels gone, a label's merge a row short and a row long, and a level's.
    check("no merges", |f| f.merges.clear(), |_| {}, &[]);
    check("no merged labels", |f| f.merges.retain(|m| m.1 > 0), |_| {}, &[]);
    check("no merged values", |f| f.merges.retain(|m| m.1 == 0), |_| {}, &[]);
    for (old, new) in
        [((11, 14), (11, 13)), ((17, 24), (17, 22)), ((4, 9), (4, 7)), ((15, 16), (15, 15))]
    {
        let cut = |f: &mut Form| {
            f.merges.retain(|m| m.1 > 0 || m.0 != old.0);
            if new.0 != new.1 {
                f.merges.push((new.0, 0, new.1, 0));
            }
        };
        check(&format!("A{}:A{} instead of {old:?}", new.0 + 1, new.1 + 1), cut, |_| {}, &[]);
    }
    let long = |f: &mut Form| {
        f.merges.retain(|m| m.1 > 0 || (m.0 != 11 && m.0 != 15));
        f.merges.push((11, 0, 15, 0));
        f.set("A16", "");
    };
    check("a label merged over the next block's head", long, |_| {}, &[]);
    let level_short = |f: &mut Form| {
        f.merges.retain(|m| m.0 < 18);
        f.merges.push((18, 1, 19, 1));
    };
    check("levels merged too short", level_short, |_| {}, &[]);
}

#[test]
fn the_form_may_stand_anywhere() {
    for (rows, cols) in [(4, 2), (0, 1), (1, 0), (30, 12)] {
        check_form(
            &format!("{rows} down, {cols} right"),
            &Form::town().moved(rows, cols),
            |_| {},
            &[],
        );
        let text = one(Form::town().moved(rows, cols).text('\t').as_bytes(), "text");
        assert_eq!(text.of, sound(), "{rows} {cols}");
    }
}

#[test]
fn blank_rows_and_columns_say_nothing() {
    for row in 2..=25 {
        check_all(
            &format!("a blank row before row {row}"),
            |f| f.insert_row(row, &[]),
            |_| {},
            &[],
        );
    }
    let everywhere = |f: &mut Form| (2..=25).rev().for_each(|row| f.insert_row(row, &[]));
    check_all("blank rows everywhere", everywhere, |_| {}, &[]);
    for column in 1..=5 {
        check_all(
            &format!("a spacer before column {column}"),
            |f| f.insert_column(column),
            |_| {},
            &[],
        );
        let unmerged = |f: &mut Form| {
            f.insert_column(column);
            f.merges.clear();
        };
        check(&format!("a spacer before column {column}, no merges"), unmerged, |_| {}, &[]);
    }
    let spaced = |f: &mut Form| (1..=5).rev().for_each(|column| f.insert_column(column));
    check_all("spacers everywhere", spaced, |_| {}, &[]);
}

#[test]
fn hidden_rows_and_columns_are_read_and_reported() {
    check("a hidden task", |f| f.look = Look::HiddenRow(13), |_| {}, &["L108 A14"]);
    check("a hidden column", |f| f.look = Look::HiddenColumn(3), |_| {}, &["L108 D1"]);
    check("a hidden blank column", |f| f.look = Look::HiddenColumn(9), |_| {}, &[]);
}

#[test]
fn a_block_label_stands_in_any_row_of_its_block() {
    let blocks = [("A5", 6..=10), ("A12", 13..=15), ("A16", 17..=17), ("A18", 19..=25)];
    for (from, rows) in blocks {
        for row in rows {
            let to = format!("A{row}");
            let moved = |f: &mut Form| {
                f.merges.clear();
                f.shift(from, &to);
            };
            check_all(&format!("{from} moved to {to}"), moved, |_| {}, &[]);
        }
        check_all(&format!("{from} missing"), |f| f.set(from, ""), |_| {}, &[]);
    }
}

#[test]
fn a_block_label_may_be_cut_over_several_rows() {
    for (at, first, second) in
        [("A5", "预算整", "体情况"), ("A12", "年度重点", "工作任务"), ("A18", "绩效", "指标")]
    {
        let cut = |f: &mut Form| {
            f.merges.clear();
            f.set(at, first);
            f.set(&format!("A{}", at[1..].parse::<u32>().unwrap() + 1), second);
        };
        check_all(&format!("{at} in two"), cut, |_| {}, &[]);
    }
}

#[test]
fn an_optional_block_may_be_missing() {
    let none = |of: &mut jixiao::model::Return| of.other_tasks.clear();
    check_all("no other tasks", |f| f.delete_rows(16, 17), none, &[]);
    check_all("a head of other tasks only", |f| f.delete_rows(17, 17), none, &[]);
    check_all("no approver", |f| f.delete_rows(2, 2), |of| of.approver = None, &[]);
    check_all("no title", |f| f.delete_rows(1, 1), |of| of.title = None, &["L114 -"]);
}

#[test]
fn a_label_without_a_value_takes_no_other_label() {
    check_all("a blank department", |f| f.set("B3", ""), |of| of.department = None, &[]);
    let none =
        |of: &mut jixiao::model::Return| of.funded_headcount = jixiao::model::entry::Entry::Blank;
    check_all("a blank headcount", |f| f.set("C4", ""), none, &[]);
    let none = |of: &mut jixiao::model::Return| {
        of.budget.basic_expenditure = jixiao::model::entry::Entry::Blank;
    };
    check_all("a blank amount", |f| f.set("C6", ""), none, &["T101 -", "T102 -"]);
    check_all("a blank objective", |f| f.set("B11", ""), |of| of.overall_objective = None, &[]);
}

#[test]
fn fields_beside_each_other_may_stand_below_each_other() {
    let stacked = |f: &mut Form| {
        f.merges.clear();
        f.shift("D4", "G4");
        f.shift("E4", "H4");
        f.insert_row(5, &["", "下属二级单位数", "0"]);
        f.set("G4", "");
        f.set("H4", "");
    };
    check_all("units under the headcount", stacked, |_| {}, &[]);
    let beside = |f: &mut Form| {
        f.merges.clear();
        f.set("C3", "批复单位");
        f.set("D3", "东莞市财政局沙田分局");
        f.delete_rows(2, 2);
    };
    check_all("approver beside the department", beside, |_| {}, &[]);
}
