//! A sound form in which a test breaks one thing: what is read must stay the same, and the findings say what was broken.

mod amounts;
mod below;
mod beside;
mod blocks;
mod columns;
mod editions;
mod filled;
mod foreign;
mod labels;
mod levels;
mod lines;
mod losses;
mod moved;
mod national;
mod noted;
mod notes;
mod pages;

mod pairs;
mod places;
mod province;
mod refused;
mod rivals;

mod shared;
mod sheet;
mod sheets;
mod silent;
mod slipped;
mod sums;
mod targets;
mod texts;
mod three_columns;
mod totals;
mod units;
mod unused;
mod words;
mod years;

use jixiao::{
    diagnostic::Severity,
    model::Return,
    pipeline::{self, Found, Reading, Settings},
};
pub(crate) use national::form as national_form;
pub(crate) use sheet::{Cell, Form, Look, book};

/// Takes the units out of the heads of the form of a town.
pub(crate) fn without_units(form: &mut Form) {
    form.replace("（万元）", "");
    form.replace("（元）", "");
}

/// Writes its tasks' amounts in 万元.
pub(crate) fn tasks_in_ten_thousands(form: &mut Form) {
    for (at, amount) in [("D13", "972.5"), ("D14", "70.92"), ("D15", "20"), ("E17", "10")] {
        form.set(at, amount);
    }
}

/// Reads a file's bytes with nothing said about them.
pub(crate) fn read(bytes: &[u8]) -> Reading<'static> {
    pipeline::read(bytes, &Settings { account: true, ..Settings::default() }).unwrap()
}

/// The findings that a user sees without asking for more: code and cell.
pub(crate) fn findings(found: &Found<'_>) -> Vec<String> {
    let shown = found.diagnostics.iter().filter(|finding| finding.severity != Severity::Info);
    let cell = |finding| found.map.cell_of(finding).map_or("-".to_owned(), |cell| cell.to_string());
    shown.map(|finding| format!("{} {}", finding.code.id, cell(finding))).collect()
}

/// Fails with the lines in which two returns differ.
pub(crate) fn assert_same(got: &Return, want: &Return, what: &str) {
    if got == want {
        return;
    }
    let (got, want) = (format!("{got:#?}"), format!("{want:#?}"));
    let missing =
        want.lines().filter(|line| !got.contains(line)).take(12).collect::<Vec<_>>().join("\n");
    let extra =
        got.lines().filter(|line| !want.contains(line)).take(12).collect::<Vec<_>>().join("\n");
    panic!("{what}\nwanted, not there:\n{missing}\nthere, not wanted:\n{extra}\nall:\n{got}");
}

/// The return of the town's sound form.
pub(crate) fn sound() -> Return {
    static SOUND: std::sync::LazyLock<Return> =
        std::sync::LazyLock::new(|| one(&Form::town().xlsx(), "sound").of);
    SOUND.clone()
}

/// The only return of a file.
pub(crate) fn one(bytes: &[u8], what: &str) -> Found<'static> {
    let mut reading = pipeline::read(bytes, &Settings { account: true, ..Settings::default() })
        .unwrap_or_else(|error| panic!("{what}: {error}"));
    assert_eq!(
        reading.returns.len(),
        1,
        "{what}: {:?}",
        reading.returns.iter().map(|r| r.range.map(|r| r.to_string())).collect::<Vec<_>>()
    );
    reading.returns.remove(0)
}

/// Breaks the sound form and compares what is read with the sound return after `change`, and the findings.
pub(crate) fn check(
    what: &str,
    breaks: impl Fn(&mut Form),
    change: impl Fn(&mut Return),
    want: &[&str],
) {
    let mut form = Form::town();
    breaks(&mut form);
    check_form(what, &form, change, want);
}

/// As [`check`], for a form already broken.
pub(crate) fn check_form(what: &str, form: &Form, change: impl Fn(&mut Return), want: &[&str]) {
    attempt(|| {
        let found = one(&form.xlsx(), what);
        let mut expected = sound();
        change(&mut expected);
        assert_same(&found.of, &expected, what);
        assert_eq!(findings(&found), want, "{what}: {:#?}", messages(&found));
        let beneath = found.diagnostics.iter().filter(|finding| finding.code.id == "L106").count();
        assert_eq!(found.account.len() + beneath, form.cells(), "{what}: cells without an account");
    });
}

/// One case of a table. `DIRT_ALL=1 cargo test -- --show-output` shows every failing case instead of the first.
fn attempt(case: impl FnOnce()) {
    if std::env::var_os("DIRT_ALL").is_none() {
        return case();
    }
    // The hook has shown the failure.
    let _ = std::panic::catch_unwind(std::panic::AssertUnwindSafe(case));
}

/// As [`check`], and the same from text with tabs and with commas; text has no merges and no cell formats.
pub(crate) fn check_all(
    what: &str,
    breaks: impl Fn(&mut Form),
    change: impl Fn(&mut Return),
    want: &[&str],
) {
    check(what, &breaks, &change, want);
    let mut form = Form::town();
    breaks(&mut form);
    let mut expected = sound();
    change(&mut expected);
    for delimiter in ['\t', ','] {
        let what = format!("{what}, as text with {delimiter:?}");
        attempt(|| {
            let found = one(form.text(delimiter).as_bytes(), &what);
            assert_same(&found.of, &expected, &what);
            assert_eq!(findings(&found), want, "{what}: {:#?}", messages(&found));
        });
    }
}

/// Every message of a return, for a failure.
pub(crate) fn messages(found: &Found<'_>) -> Vec<String> {
    found
        .diagnostics
        .iter()
        .map(|finding| format!("{} {}: {}", finding.code.id, finding.path, finding.message.en))
        .collect()
}

#[test]
fn the_sound_form_has_no_findings() {
    let found = one(&Form::town().xlsx(), "sound");
    assert_eq!(findings(&found), Vec::<String>::new(), "{:#?}", messages(&found));
    let of = &found.of;
    assert_eq!(of.edition, "shatian");
    assert_eq!((of.key_tasks.len(), of.other_tasks.len(), of.indicators.len()), (3, 1, 7));
    assert_eq!(of.budget.basic_expenditure.known().unwrap().to_string(), "4024900.00");
    assert_eq!(of.key_tasks[0].funding.known().unwrap().to_string(), "9725000.00");
    assert_eq!(of.indicators[6].level2.as_deref(), Some("服务对象满意度指标"));
    for delimiter in ['\t', ',', ';'] {
        let text = one(Form::town().text(delimiter).as_bytes(), "text");
        assert_same(&text.of, of, "as text");
        assert_eq!(findings(&text), Vec::<String>::new(), "{:#?}", messages(&text));
    }
}
