//! Targets in three columns, 计算符号 · 指标值 · 计量单位: put together for reading, split again for writing.

use super::{
    Form, findings, messages,
    national::{SPLIT, round_trip, texts},
    one,
};

/// The split form with one target, and what is found of it.
fn target(sign: &str, value: &str, unit: &str) -> (Option<String>, Vec<String>) {
    let mut form = Form::of(SPLIT, "");
    for (at, text) in [("F10", sign), ("G10", value), ("H10", unit)] {
        form.set(at, text);
    }
    let what = format!("{sign}|{value}|{unit}");
    let found = one(&form.xlsx(), &what);
    assert_eq!(found.account.len(), form.cells(), "{what}: {:#?}", messages(&found));
    let codes = findings(&found);
    if codes.is_empty() {
        round_trip(&found.of);
    }
    (texts(&found.of)[0].map(str::to_owned), codes)
}

#[test]
fn a_sign_in_words_becomes_the_sign_and_is_split_again() {
    for sign in
        ["≥", "≧", "大于等于", "大于或等于", "不低于", "不少于", ">=", "＞＝", "≥（大于等于）"]
    {
        assert_eq!(target(sign, "95", "%"), (Some("≥95%".to_owned()), Vec::new()), "{sign}");
    }
    for sign in ["=", "＝", "等于"] {
        assert_eq!(target(sign, "95", "％"), (Some("=95%".to_owned()), Vec::new()), "{sign}");
    }
    let mut form = Form::of(SPLIT, "");
    form.set("F11", "大于等于");
    let of = one(&form.xlsx(), "words").of;
    let edition = jixiao::form::by_name(&of.edition).unwrap();
    let csv = jixiao::render::csv::render(std::iter::once((&of, edition))).unwrap();
    assert!(String::from_utf8(csv).unwrap().contains("著录合格率,≥,95,%"));
}

#[test]
fn parts_that_make_no_target_are_kept_and_told() {
    let cases = [
        ("≥", "1万", "人", Some("≥1万人"), ""),
        ("≤", "2020年12月底", "前", Some("2020年12月底前"), ""),
        ("", "12", "某某", Some("12某某"), ""),
        ("文字描述", "显著提升", "", Some("显著提升"), ""),
        ("≥", "90", "无", Some("≥90"), ""),
        ("≥", "90", "/", Some("≥90"), ""),
        ("≥", "XX", "%", Some("≥XX%"), "X101 G10"),
        ("≥", "", "%", Some("≥%"), "X101 F10"),
        ("不低于", "", "", Some("≥"), "X101 F10"),
        ("定性", "", "", Some("定性"), "X101 F10"),
        ("", "", "%", None, "L102 H10"),
        ("≤", "1万", "万元", Some("≤1万"), "L102 H10"),
    ];
    for (sign, value, unit, text, want) in cases {
        let (got, codes) = target(sign, value, unit);
        assert_eq!((got.as_deref(), codes.join(" ")), (text, want.to_owned()));
    }
}

#[test]
fn a_target_that_was_never_filled_in_reads_back_as_it_was() {
    let mut form = Form::of(SPLIT, "");
    form.set("G10", "");
    form.set("G11", "XX");
    let of = one(&form.xlsx(), "blanks").of;
    assert_eq!(texts(&of)[..2], [Some("≥卷"), Some("≥XX%")]);
    let edition = jixiao::form::by_name(&of.edition).unwrap();
    let xlsx =
        jixiao::render::xlsx::render(&[(&of, edition)], jixiao::render::xlsx::Options::default());
    super::assert_same(&one(&xlsx.unwrap(), "written").of, &of, "through xlsx");
}
