//! Units of amounts: where they may stand, for which amounts they speak, and where none is stated.

use jixiao::model::money::Unit;

use super::{
    Form, check_all, findings, messages, one, sound, tasks_in_ten_thousands, without_units,
};

/// Puts a unit somewhere.
type Place = fn(&mut Form);

#[test]
fn a_unit_may_stand_in_the_title_or_in_a_cell_of_its_own() {
    let places: [(&str, Place); 4] = [
        ("title", |form| form.set("A1", "沙田镇部门整体预算绩效目标表（单位：万元）")),
        ("two cells", |form| form.insert_row(3, &["", "", "", "", "单位：", "万元"])),
        ("two cells without a colon", |form| {
            form.insert_row(3, &["", "", "", "", "金额单位", "万元"]);
        }),
        ("in brackets", |form| form.insert_row(3, &["", "", "", "", "", "（万元）"])),
    ];
    for (what, place) in places {
        let mut form = Form::town();
        without_units(&mut form);
        tasks_in_ten_thousands(&mut form);
        place(&mut form);
        let found = one(&form.xlsx(), what);
        let (of, want) = (&found.of, sound());
        assert_eq!((&of.budget, &of.other_tasks), (&want.budget, &want.other_tasks), "{what}");
        assert_eq!(of.key_tasks, want.key_tasks, "{what}: {:#?}", messages(&found));
        assert_eq!(findings(&found), Vec::<String>::new(), "{what}: {:#?}", messages(&found));
    }
}

#[test]
fn units_on_a_row_below_the_heads_are_those_of_the_columns() {
    let breaks = |form: &mut Form| {
        without_units(form);
        form.insert_row(17, &["", "", "", "", "（元）", ""]);
        form.insert_row(13, &["", "", "", "（元）", "", ""]);
        form.insert_row(6, &["", "", "（万元）", "", "（万元）", ""]);
    };
    check_all("below the heads", breaks, |_| {}, &[]);
    let breaks = |form: &mut Form| {
        form.replace("预算金额（万元）", "预算金额");
        form.insert_row(6, &["", "", "", "", "", "万元"]);
    };
    check_all("at the right", breaks, |_| {}, &[]);
}

#[test]
fn a_unit_speaks_for_its_own_block_and_the_others_are_told() {
    let cases: [(&str, Place, &[&str]); 4] = [
        (
            "of the budget's label",
            |form| form.set("A5", "预算整体情况（万元）"),
            &["V112 B12", "V112 B16"],
        ),
        (
            "of the key tasks",
            |form| form.set("D12", "拟投入的资金（元）"),
            &["V112 C6", "V112 B16"],
        ),
        (
            "of the other tasks",
            |form| form.set("E16", "拟投入的资金（元）"),
            &["V112 C6", "V112 B12"],
        ),
        (
            "above the tasks",
            |form| form.insert_row(12, &["", "", "", "", "", "单位：元"]),
            &["V112 C6"],
        ),
    ];
    for (what, place, want) in cases {
        let mut form = Form::town();
        without_units(&mut form);
        place(&mut form);
        let found = one(&form.xlsx(), what);
        assert_eq!(found.of, sound(), "{what}: {:#?}", messages(&found));
        assert_eq!(findings(&found), want, "{what}: {:#?}", messages(&found));
        assert_eq!(found.of.units.budget, Some(Unit::TenThousand), "{what}");
    }
}

#[test]
fn a_unit_below_a_head_that_states_another_is_told() {
    let mut form = Form::town();
    form.insert_row(13, &["", "", "", "（万元）"]);
    for (at, amount) in [("D14", "972.5"), ("D15", "70.92"), ("D16", "20")] {
        form.set(at, amount);
    }
    let found = one(&form.xlsx(), "two units");
    assert_eq!(found.of.key_tasks, sound().key_tasks);
    assert_eq!(findings(&found), ["V115 D13"], "{:#?}", messages(&found));
}
