//! Several pairs of a label and a value in one cell, and the names of the department's label.

use jixiao::model::Return;

use super::{Form, check, check_all, one};

const DEPARTMENT: &str = "东莞市沙田镇档案中心";
const APPROVER: &str = "东莞市财政局沙田分局";

fn noted(note: &'static str) -> impl Fn(&mut Return) {
    move |of| of.notes = vec![note.to_owned()]
}

#[test]
fn what_stands_behind_the_department_on_its_line_is_no_part_of_it() {
    for (line, note) in [
        (
            format!("填报单位（盖章）：{DEPARTMENT}    填报日期：2025年1月15日    单位：万元"),
            "填报日期：2025年1月15日",
        ),
        (
            format!("单位名称：{DEPARTMENT}          联系电话：0769-88888888"),
            "联系电话：0769-88888888",
        ),
        (format!("填报单位：{DEPARTMENT}；填表人：张三，联系电话：1"), "填表人：张三  联系电话：1"),
        (format!("填报单位：{DEPARTMENT}　部门编码：101001"), "部门编码：101001"),
    ] {
        let on_its_line = |form: &mut Form| {
            form.set("A3", line.as_str());
            form.set("B3", "");
        };
        check_all(&line, on_its_line, noted(note), &[]);
    }
    let in_its_cell =
        |form: &mut Form| form.set("B3", format!("{DEPARTMENT}    填报日期：2025年1月15日"));
    check_all("in its cell", in_its_cell, noted("填报日期：2025年1月15日"), &[]);
}

#[test]
fn what_stands_behind_the_approver_is_no_part_of_it() {
    let dated = |form: &mut Form| {
        form.set("A2", format!("批复单位：{APPROVER}  填报日期：2025年1月1日"));
    };
    check_all("a date", dated, noted("填报日期：2025年1月1日"), &[]);
    let blank = |form: &mut Form| form.set("A2", "批复单位：    填报日期：2025年1月1日");
    let none = |of: &mut Return| {
        noted("填报日期：2025年1月1日")(of);
        of.approver = None;
    };
    check_all("no approver", blank, none, &[]);
    for line in [format!("批复单位 {APPROVER}"), format!("批复单位　　{APPROVER}")] {
        check_all(&line, |form| form.set("A2", line.as_str()), |_| {}, &[]);
    }
}

#[test]
fn two_fields_may_share_a_cell() {
    let line = |form: &mut Form| {
        form.set("A2", format!("批复单位：{APPROVER}　　填报单位：{DEPARTMENT}"));
        form.delete_rows(3, 3);
    };
    check_all("approver and department", line, |_| {}, &[]);
    let counts = |form: &mut Form| {
        form.set("B4", "财政供养人员数：20人；下属二级单位数：0个");
        for at in ["C4", "D4", "E4"] {
            form.set(at, "");
        }
    };
    check_all("counts", counts, |_| {}, &[]);
}

#[test]
fn the_department_has_many_labels() {
    for name in ["申报单位", "编制单位", "部门（单位）", "部门", "单位", "单位："]
    {
        check_all(name, |form| form.set("A3", name), |_| {}, &[]);
    }
    for name in ["申报单位", "部门", "单位"] {
        let on_its_line = |form: &mut Form| {
            form.set("A3", format!("{name}：{DEPARTMENT}"));
            form.set("B3", "");
        };
        check_all(name, on_its_line, |_| {}, &[]);
    }
    // Elsewhere these words say less.
    let unit = |form: &mut Form| form.insert_row(3, &["", "", "", "", "单位", "万元"]);
    check("a unit", unit, |_| {}, &[]);
    let heads = |form: &mut Form| {
        form.delete_rows(3, 3);
        form.insert_row(3, &["部门", "联系人姓名", "职务名称"]);
    };
    let found = one(&Form::town_with(heads).xlsx(), "heads of columns");
    assert_eq!(found.of.department, None);
}

#[test]
fn what_a_hand_wrote_behind_a_colon_stays() {
    for name in ["东莞市沙田镇档案中心 （原：档案馆）", "沙田镇 档案中心"] {
        let change = |of: &mut Return| of.department = Some(name.to_owned());
        check_all(name, |form| form.set("B3", name), change, &[]);
    }
}
