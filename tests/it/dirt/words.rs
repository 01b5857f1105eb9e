//! Names and texts that are words of the printed form: they stay what they are, or the loss is told.

use jixiao::{
    diagnostic::Severity,
    form,
    model::{Return, Task, entry::Entry, money::Money},
    render,
};

use super::{assert_same, check_all, findings, messages, one, sound};

/// The return as its JSON is read, with the errors of that, and as what is written from it reads back.
fn through(of: &Return) -> (Return, Vec<String>, Return) {
    let json = render::json::render([(of, None)].into_iter()).unwrap();
    let given = one(&json, "json");
    let errors = given.diagnostics.iter().filter(|finding| finding.severity == Severity::Error);
    let errors = errors.map(|finding| format!("{} {}", finding.code.id, finding.path)).collect();
    let edition = form::by_name(&given.of.edition).unwrap();
    let xlsx = render::xlsx::render(&[(&given.of, edition)], render::xlsx::Options::default());
    let back = one(&xlsx.unwrap(), "xlsx").of;
    let csv = render::csv::render(std::iter::once((&given.of, edition))).unwrap();
    assert_same(&one(&csv, "csv").of, &back, "csv reads as xlsx does");
    (given.of, errors, back)
}

/// Puts a text into a field.
type Put = fn(&mut Return, String);

const WORDS: [&str; 12] = [
    "合计",
    "小计",
    "名称",
    "续表",
    "第2页",
    "基本支出",
    "单位：万元",
    "部门名称",
    "注：见附表",
    "产出指标",
    "（2024年度）",
    "元",
];

#[test]
fn a_task_named_like_a_label_is_kept_or_told() {
    for word in WORDS {
        let mut of = sound();
        of.key_tasks[1].name = Some(word.to_owned());
        let (given, errors, back) = through(&of);
        if errors.is_empty() {
            assert_same(&back, &given, word);
            assert_same(&back, &of, word);
        }
        of.key_tasks[1].activities = None;
        of.key_tasks[1].outcome = None;
        let (given, errors, back) = through(&of);
        assert!(!errors.is_empty() || (back == given && given == of), "{word}: {errors:?}");
    }
}

#[test]
fn a_task_with_texts_of_its_own_is_no_total_whatever_its_name() {
    for word in ["合计", "小计", "续表", "名称"] {
        let mut of = sound();
        of.key_tasks[1].name = Some(word.to_owned());
        let (_, errors, back) = through(&of);
        assert_eq!((errors, &back), (Vec::new(), &of), "{word}");
        check_all(
            word,
            |form| form.set("B14", word),
            |of| of.key_tasks[1].name = Some(word.to_owned()),
            &[],
        );
    }
    let mut of = sound();
    of.key_tasks.push(Task {
        name: Some("合计".to_owned()),
        activities: Some("开会".to_owned()),
        funding: Entry::Known(Money::from_yuan("5".parse().unwrap()).unwrap()),
        ..Task::default()
    });
    let (_, errors, back) = through(&of);
    assert_eq!((errors, &back), (Vec::new(), &of), "two characters are a text");
}

#[test]
fn texts_like_labels_elsewhere_are_kept_or_told() {
    for word in WORDS {
        let places: [(&str, Put); 5] = [
            ("objective", |of, word| of.overall_objective = Some(word)),
            ("activities", |of, word| of.key_tasks[0].activities = Some(word)),
            ("outcome", |of, word| of.key_tasks[2].outcome = Some(word)),
            ("level3", |of, word| of.indicators[1].level3 = word),
            ("content", |of, word| of.other_tasks[0].activities = Some(word)),
        ];
        for (what, put) in places {
            let mut of = sound();
            put(&mut of, word.to_owned());
            let (given, errors, back) = through(&of);
            assert!(!errors.is_empty() || back == given, "{word} as {what}: {errors:?}");
            assert!(
                !errors.is_empty() || given == of,
                "{word} as {what}: changed without an error"
            );
        }
    }
    let found = one(&render::json::render([(&sound(), None)].into_iter()).unwrap(), "sound");
    assert_eq!(findings(&found), Vec::<String>::new(), "{:#?}", messages(&found));
}

#[test]
fn an_amount_whose_row_would_be_a_total_is_an_error() {
    let mut of = sound();
    of.key_tasks.push(Task {
        name: Some("合计".to_owned()),
        funding: Entry::Known(Money::from_yuan("5".parse().unwrap()).unwrap()),
        ..Task::default()
    });
    let (given, errors, _) = through(&of);
    // The totals that its JSON states count it, too.
    let want = ["L117 key_tasks[3].name", "T104 totals.key_tasks", "T104 totals.tasks"];
    assert_eq!((given.key_tasks.len(), errors), (3, want.map(str::to_owned).to_vec()));
}

#[test]
fn notes_and_amounts_that_cannot_be_read_are_kept_or_told() {
    let more = ["批复单位：某局", "年度", "（2025）", "绩效目标", "预算金额（元）", "续表", "附件"];
    for word in WORDS.iter().copied().chain(more) {
        let places: [(&str, Put); 3] = [
            ("note", |of, word| of.notes.push(word)),
            ("amount", |of, word| of.budget.basic_expenditure = Entry::Unreadable(word)),
            ("funding", |of, word| of.key_tasks[1].funding = Entry::Unreadable(word)),
        ];
        for (what, put) in places {
            let mut of = sound();
            put(&mut of, word.to_owned());
            let (given, errors, back) = through(&of);
            let is_told = errors.iter().any(|error| error.starts_with("L117"));
            assert!(is_told || back == given, "{word} as {what}: {errors:?}");
        }
    }
    let mut of = sound();
    of.title = Some("绩效自评表".to_owned());
    let found = one(&render::json::render([(&of, None)].into_iter()).unwrap(), "another form");
    assert_eq!(findings(&found), ["L117 -"], "{:#?}", messages(&found));
}
