//! Levels of the indicators that stand on every row, in the middle of their block, nowhere, or dressed with numbers and
//! marks.

use jixiao::model::Return;

use super::{Form, check_all, check_form, findings, messages, one, sound};

/// The town's form without merges, with other levels beside its indicators.
fn with_levels(levels: &[(&str, &str); 7]) -> Form {
    let mut form = Form::town();
    form.merges.clear();
    for (row, (level1, level2)) in (19..).zip(levels) {
        form.set(&format!("B{row}"), *level1);
        form.set(&format!("C{row}"), *level2);
    }
    form
}

/// The levels that are read of a form.
fn read_levels(form: &Form, what: &str) -> Vec<(String, String)> {
    let found = one(form.text(',').as_bytes(), what);
    let text = |level: &Option<String>| level.clone().unwrap_or_default();
    let levels = found.of.indicators.iter().map(|of| (text(&of.level1), text(&of.level2)));
    levels.collect()
}

#[test]
fn a_first_level_on_every_row_takes_no_second_level_away() {
    let levels = [
        ("产出指标", "数量指标"),
        ("产出指标", ""),
        ("产出指标", "质量指标"),
        ("产出指标", "时效指标"),
        ("效益指标", "社会效益指标"),
        ("效益指标", "可持续影响指标"),
        ("满意度指标", "服务对象满意度指标"),
    ];
    let form = with_levels(&levels);
    check_form("filled down", &form, |_| {}, &[]);
    let mut merged = form.clone();
    merged.merges.push((18, 2, 19, 2));
    check_form("merged second level", &merged, |_| {}, &[]);
    let mut page = form.clone();
    page.insert_row(20, &[]);
    check_form("behind a page", &page, |_| {}, &[]);
    // Only the rows whose second level is merged repeat the first one.
    let mut twice = with_levels(&[("", ""); 7].map(|_| ("", "")));
    for (row, (level1, level2)) in (19..).zip(levels) {
        twice.set(&format!("B{row}"), if row == 20 || level2.is_empty() { "" } else { level1 });
        twice.set(&format!("C{row}"), level2);
    }
    check_form("once", &twice, |_| {}, &[]);
}

#[test]
fn a_first_level_over_both_columns_ends_the_second_one() {
    let mut form = with_levels(&[
        ("产出指标", "数量指标"),
        ("产出指标", ""),
        ("产出指标", "质量指标"),
        ("", "时效指标"),
        ("效益指标", "社会效益指标"),
        ("", "可持续影响指标"),
        ("满意度指标", "服务对象满意度指标"),
    ]);
    form.merges.push((19, 1, 19, 2));
    let none = |of: &mut Return| of.indicators[1].level2 = None;
    check_form("over both columns", &form, none, &[]);
    form.merges.clear();
    form.set("C20", "/");
    check_form("a nil mark", &form, none, &[]);
}

#[test]
fn a_first_level_in_the_middle_or_the_last_row_of_its_block_names_all_of_it() {
    let middle = [
        ("", "数量指标"),
        ("产出指标", ""),
        ("", "质量指标"),
        ("", "时效指标"),
        ("", "社会效益指标"),
        ("效益指标", "可持续影响指标"),
        ("满意度指标", "服务对象满意度指标"),
    ];
    let last = [
        ("", "数量指标"),
        ("", ""),
        ("", "质量指标"),
        ("产出指标", "时效指标"),
        ("", "社会效益指标"),
        ("效益指标", "可持续影响指标"),
        ("满意度指标", "服务对象满意度指标"),
    ];
    for (what, levels) in [("in the middle", middle), ("in the last row", last)] {
        check_form(what, &with_levels(&levels), |_| {}, &[]);
        let text = with_levels(&levels).text('\t');
        super::assert_same(&one(text.as_bytes(), what).of, &sound(), what);
    }
    // The label stands on a row whose second level goes on.
    let within = |f: &mut Form| {
        f.merges.clear();
        f.set("B23", "");
        f.insert_row(24, &["", "效益指标", "", "接待人次", "≥9人次", "≥9人次"]);
    };
    let mut form = Form::town();
    within(&mut form);
    assert_eq!(
        read_levels(&form, "within")[4..7],
        [
            ("效益指标", "社会效益指标"),
            ("效益指标", "社会效益指标"),
            ("效益指标", "可持续影响指标")
        ]
        .map(|(one, two)| (one.to_owned(), two.to_owned()))
    );
}

#[test]
fn a_second_level_under_a_first_one_that_is_not_its_own_is_told() {
    let missing = |f: &mut Form| {
        f.merges.retain(|merge| merge.1 != 1 || merge.0 < 18);
        f.set("B23", "");
    };
    let under_output = |of: &mut Return| {
        of.indicators[4].level1 = Some("产出指标".to_owned());
        of.indicators[5].level1 = Some("产出指标".to_owned());
    };
    check_all("no label", missing, under_output, &["L129 C23", "L129 C24"]);
    // A merge leaves no doubt, and neither does a label on the same row.
    let mut form = Form::town();
    form.merges.retain(|merge| *merge != (18, 1, 21, 1) && *merge != (22, 1, 23, 1));
    form.merges.push((18, 1, 23, 1));
    form.set("B23", "");
    check_form("merged", &form, under_output, &[]);
}

#[test]
fn a_second_level_that_begins_below_its_block_is_told() {
    let late = |f: &mut Form| {
        f.merges.clear();
        f.set("C23", "");
    };
    let want = |of: &mut Return| of.indicators[4].level2 = None;
    check_all("the first row has none", late, want, &["L129 C24"]);
}

#[test]
fn without_a_label_of_first_levels_the_second_ones_tell_them() {
    let second = [
        "数量指标",
        "",
        "质量指标",
        "时效指标",
        "社会效益指标",
        "可持续影响指标",
        "服务对象满意度指标",
    ];
    check_form("none", &with_levels(&second.map(|level2| ("", level2))), |_| {}, &[]);
    let form = with_levels(&second.map(|level2| ("", level2)));
    let found = one(form.text('\t').as_bytes(), "none");
    super::assert_same(&found.of, &sound(), "as text");
}

#[test]
fn an_indicator_above_all_levels_is_told() {
    let mut levels = [("", ""); 7];
    levels[1] = ("产出指标", "数量指标");
    levels[2] = ("", "质量指标");
    levels[3] = ("", "时效指标");
    levels[4] = ("效益指标", "社会效益指标");
    levels[5] = ("", "可持续影响指标");
    levels[6] = ("满意度指标", "服务对象满意度指标");
    let none = |of: &mut Return| (of.indicators[0].level1, of.indicators[0].level2) = (None, None);
    check_form("both in the last row", &with_levels(&levels), none, &["L129 D19"]);
}

#[test]
fn numbers_marks_and_words_of_a_page_go_from_printed_levels() {
    for (row, level1, level2) in [
        (19, "一、产出指标", "1.数量指标"),
        (19, "（一）产出指标", "（1）数量指标"),
        (19, "产出指标：", "数量指标:"),
        (19, "★产出指标", "*数量指标"),
        (19, "产出指标*", "① 数量指标"),
        (23, "二、效益指标", "2、社会效益指标"),
        (25, "三、满意度指标", "服务对象满意度指标★"),
    ] {
        let dressed = |f: &mut Form| {
            f.set(&format!("B{row}"), level1);
            f.set(&format!("C{row}"), level2);
        };
        check_all(&format!("{level1} {level2}"), dressed, |_| {}, &[]);
    }
    let page = |f: &mut Form| {
        f.merges.clear();
        f.insert_row(20, &[]);
        f.set("B21", "产出指标（续）");
    };
    check_all("behind a page", page, |_| {}, &[]);
    // What is no printed level stays as it stands.
    let other = |f: &mut Form| {
        f.merges.clear();
        f.set("C19", "1.管理效率");
        f.set("C20", "数量指标");
    };
    let want = |of: &mut Return| of.indicators[0].level2 = Some("1.管理效率".to_owned());
    check_all("another level", other, want, &["L113 C19"]);
}

#[test]
fn a_weight_behind_a_printed_level_is_kept_and_makes_it_no_other() {
    for weight in ["(50)", "（50分）", "（50%）"] {
        let name = format!("产出指标{weight}");
        let weighed = |f: &mut Form| f.set("B19", name.as_str());
        let want = |of: &mut Return| {
            of.indicators[..4].iter_mut().for_each(|of| of.level1 = Some(name.clone()));
        };
        check_all(weight, weighed, want, &[]);
    }
}

#[test]
fn ditto_means_the_level_above() {
    for ditto in ["同上", "〃", "″", "\"", "（同上）"] {
        let set = |f: &mut Form| {
            f.merges.clear();
            for row in [20, 21, 22] {
                f.set(&format!("B{row}"), ditto);
            }
            f.set("C20", ditto);
            f.set("B24", ditto);
        };
        check_all(ditto, set, |_| {}, &[]);
    }
}

#[test]
fn what_is_written_of_levels_reads_back() {
    use jixiao::{form, render};
    let mut of = sound();
    of.indicators[1].level2 = None;
    of.indicators[4].level1 = Some("产出指标（50分）".to_owned());
    of.indicators[5].level1 = Some("产出指标".to_owned());
    of.indicators[5].level2 = None;
    let edition = form::by_name(&of.edition).unwrap();
    let xlsx = render::xlsx::render(&[(&of, edition)], render::xlsx::Options::default()).unwrap();
    let found = one(&xlsx, "xlsx");
    super::assert_same(&found.of, &of, "xlsx");
    assert_eq!(findings(&found), Vec::<String>::new(), "{:#?}", messages(&found));
    let csv = render::csv::render(std::iter::once((&of, edition))).unwrap();
    let found = one(&csv, "csv");
    super::assert_same(&found.of, &of, "csv");
    assert_eq!(findings(&found), Vec::<String>::new(), "{:#?}", messages(&found));
}

#[test]
fn the_objective_may_be_called_as_a_title_is() {
    for label in ["部门整体绩效目标", "四、部门整体绩效目标", "4.总体绩效目标"]
    {
        let mut form = Form::town();
        form.insert_column(1);
        form.set("A11", label);
        check_form(label, &form, |_| {}, &[]);
    }
}
