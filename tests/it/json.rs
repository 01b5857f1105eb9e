//! JSON of a return, version 1: its shape is a promise.

use jixiao::{
    form, json,
    model::{Return, entry::Entry},
    pipeline::{self, Settings},
    render,
};
use proptest::{
    strategy::{Strategy as _, ValueTree as _},
    test_runner::TestRunner,
};
use serde_json::{Value, json};

use crate::{
    arbitrary::{carried, edition_of},
    cli::{Folder, words},
    golden::assert_golden,
    sample,
};

/// Something done to the JSON of a return.
type Change = fn(&mut Value);

fn json_of(of: &Return) -> String {
    String::from_utf8(render::json::render([(of, None)].into_iter()).unwrap()).unwrap()
}

fn read(text: &str) -> Return {
    pipeline::read(text.as_bytes(), &Settings::default()).unwrap().returns.remove(0).of
}

fn refusal(text: &str) -> String {
    pipeline::read(text.as_bytes(), &Settings::default()).map(|_| ()).unwrap_err().to_string()
}

/// The sample with something unreadable, a year and every kind of target.
fn full() -> String {
    let text =
        sample::broken("402.49", "约四百万").replace("沙田镇部门整体", "2025年沙田镇部门整体");
    let more = "\
,,数量指标,覆盖率,5%-8%,每季度不少于1次
,,时效指标,完成时间,12月底前,每年12月31日前
,,质量指标,政务服务的便利性,有效促进,—
,产出指标,质量指标,";
    let text = text.replacen(",,质量指标,", more, 1);
    assert!(text.contains("5%-8%"));
    text
}

#[test]
fn the_shape_is_that_of_the_design() {
    let folder = Folder::new();
    folder.put("full.csv", full());
    let run = folder.run(words("convert full.csv --to json"));
    assert_golden("full.json", run.text());
}

#[test]
fn keys_stand_in_their_order() {
    let text = json_of(&read(sample::SOUND));
    let order = [
        "title",
        "edition",
        "year",
        "level",
        "approver",
        "department",
        "funded_headcount",
        "subordinate_units",
        "units",
        "budget",
        "basic_expenditure",
        "project_expenditure",
        "fiscal_appropriation",
        "other_funds",
        "special_funds",
        "other_development",
        "own_level",
        "transfers",
        "totals",
        "expenditure",
        "income",
        "development",
        "by_level",
        "key_tasks",
        "other_tasks",
        "tasks",
        "overall_objective",
        "key_tasks",
        "name",
        "activities",
        "funding",
        "outcome",
        "other_tasks",
        "name",
        "content",
        "funding",
        "indicators",
        "level1",
        "level2",
        "level3",
        "period_target",
        "text",
        "kind",
        "op",
        "value",
        "unit",
        "per",
        "annual_target",
        "notes",
        "unreadable",
    ];
    let mut rest = text.as_str();
    for key in order {
        let at = rest.find(&format!("\"{key}\":"));
        rest = &rest[at.unwrap_or_else(|| {
            panic!("`{key}` does not stand in its place; what is left: {rest}")
        })..][1..];
    }
}

#[test]
fn every_key_stands_also_in_an_empty_return() {
    let blank = form::by_name("shatian").unwrap().blank();
    let got: Value =
        serde_json::from_str(&json_of(&Return { title: None, level: None, ..blank })).unwrap();
    let nothing = json!({
        "basic_expenditure": null, "project_expenditure": null, "fiscal_appropriation": null, "other_funds": null,
        "special_funds": null, "other_development": null, "own_level": null, "transfers": null
    });
    let want = json!([{
        "title": null, "edition": "shatian", "year": null, "level": null, "approver": null, "department": null,
        "funded_headcount": null, "subordinate_units": null, "units": {"budget": "万元", "tasks": "元"}, "budget": nothing,
        "totals": {"expenditure": "0.00", "income": "0.00", "development": "0.00", "by_level": "0.00", "key_tasks": "0.00",
                   "other_tasks": "0.00", "tasks": "0.00"},
        "overall_objective": null, "key_tasks": [], "other_tasks": [], "indicators": [], "notes": [], "unreadable": {}
    }]);
    assert_eq!(got, want);
}

#[test]
fn every_json_of_any_return_follows_the_schema() {
    let schema: Value = serde_json::from_slice(&render::json::schema().unwrap()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let mut runner = TestRunner::deterministic();
    let mut texts: Vec<String> =
        (0..200).map(|_| json_of(&carried().new_tree(&mut runner).unwrap().current())).collect();
    let folder = Folder::new();
    folder.put("full.csv", full());
    texts.push(folder.run(words("convert full.csv --to json")).text().to_owned());
    texts.push(folder.run(words("convert sound.csv --to json")).text().to_owned());
    for path in crate::promises::samples() {
        let run = folder.run([
            std::ffi::OsStr::new("convert"),
            path.as_os_str(),
            "--to".as_ref(),
            "json".as_ref(),
        ]);
        texts.extend((!run.out.is_empty()).then(|| run.text().to_owned()));
    }
    for text in texts {
        let value: Value = serde_json::from_str(&text).unwrap();
        let faults: Vec<String> =
            validator.iter_errors(&value).map(|error| error.to_string()).collect();
        assert!(faults.is_empty(), "{}\n{text}", faults.join("\n"));
    }
    let printed = folder.run(["schema"]);
    assert_eq!(printed.out, render::json::schema().unwrap());
}

#[test]
fn the_schema_itself_refuses_what_the_reader_refuses() {
    let schema: Value = serde_json::from_slice(&render::json::schema().unwrap()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let sound: Value = serde_json::from_str(&json_of(&read(sample::SOUND))).unwrap();
    assert!(validator.is_valid(&sound));
    let faults: [(&str, Change); 8] = [
        ("an unknown key", |of| of["colour"] = json!("red")),
        ("an unknown key inside", |of| of["budget"]["reserve"] = json!("1.00")),
        ("a key that is missing", |of| drop(of.as_object_mut().unwrap().remove("approver"))),
        ("an amount as a number", |of| of["budget"]["transfers"] = json!(1.5)),
        ("an amount with separators", |of| of["budget"]["transfers"] = json!("1,000.00")),
        ("a count below zero", |of| of["funded_headcount"] = json!(-1)),
        ("an unknown level", |of| of["level"] = json!("village")),
        ("an indicator without a name", |of| of["indicators"][0]["level3"] = json!(null)),
    ];
    for (fault, change) in faults {
        let mut broken = sound.clone();
        change(&mut broken[0]);
        assert!(!validator.is_valid(&broken), "the schema takes {fault}");
        let text = serde_json::to_string(&broken).unwrap();
        assert!(
            pipeline::read(text.as_bytes(), &Settings::default()).is_err(),
            "the reader takes {fault}"
        );
    }
}

#[test]
fn optional_keys_may_be_missing_and_computed_ones_are_computed_again() {
    let of = read(&full());
    let sound: Value = serde_json::from_str(&json_of(&of)).unwrap();
    let changes: [(&str, Change); 6] = [
        ("no units", |of| drop(of.as_object_mut().unwrap().remove("units"))),
        ("no totals", |of| drop(of.as_object_mut().unwrap().remove("totals"))),
        ("no source", |of| drop(of.as_object_mut().unwrap().remove("source"))),
        ("wrong totals", |of| of["totals"]["income"] = json!("1.00")),
        ("a wrongly parsed target", |of| {
            of["indicators"][0]["annual_target"]["value"] = json!("99");
        }),
        ("only the text of a target", |of| {
            let text = of["indicators"][0]["annual_target"]["text"].clone();
            of["indicators"][0]["annual_target"] = json!({ "text": text });
        }),
    ];
    for (change, make) in changes {
        let mut changed = sound.clone();
        make(&mut changed[0]);
        assert!(
            read(&serde_json::to_string(&changed).unwrap()) == of,
            "{change} changes what is read"
        );
    }
}

#[test]
fn unreadable_texts_go_round_through_every_output() {
    let text = sample::broken("402.49", "约四百万")
        .replace("\"9,725,000.00\"", "待定")
        .replace(",20,", ",二十人,");
    let text = text.replace(",\"1,000.00\",", ",#REF!,");
    let of = read(&text);
    let want = json!({
        "budget.basic_expenditure": "约四百万", "funded_headcount": "二十人", "key_tasks[0].funding": "待定",
        "other_tasks[0].funding": "#REF!",
    });
    let value: Value = serde_json::from_str(&json_of(&of)).unwrap();
    assert_eq!(value[0]["unreadable"], want);
    assert_eq!(value[0]["totals"]["expenditure"], Value::Null);
    assert_eq!(value[0]["totals"]["key_tasks"], Value::Null);
    assert_eq!(value[0]["totals"]["income"], "21608000.00");
    assert!(read(&json_of(&of)) == of);
    assert_eq!(of.key_tasks[0].funding, Entry::Unreadable("待定".into()));
}

#[test]
fn a_text_in_unreadable_that_can_be_read_is_read() {
    let mut value: Value = serde_json::from_str(&json_of(&read(sample::SOUND))).unwrap();
    value[0]["budget"]["transfers"] = Value::Null;
    value[0]["unreadable"] = json!({ "budget.transfers": "12.5" });
    let of = read(&value.to_string());
    assert_eq!(of.budget.transfers.known().unwrap().to_string(), "125000.00");
    value[0]["budget"]["transfers"] = json!("1.00");
    assert!(refusal(&value.to_string()).contains("budget.transfers"), "a value and a text at once");
}

#[test]
fn a_refusal_names_key_and_return() {
    let sound = json_of(&read(sample::SOUND));
    let pair = |second: &str| {
        format!("{}\n{second}", sound.trim().trim_start_matches('[').trim_end_matches(']'))
    };
    let second = pair("{}");
    assert!(refusal(&second).contains("title"), "{}", refusal(&second));
    let cases = [
        (sound.replacen("\"department\"", "\"departement\"", 1), "departement"),
        (sound.replacen("\"op\"", "\"operator\"", 1), "operator"),
        (
            sound.replacen("\"4024900.00\"", "\"four\"", 1),
            "return 1: `budget.basic_expenditure`: `four`",
        ),
    ];
    for (text, wanted) in cases {
        assert!(refusal(&text).contains(wanted), "{wanted}: {}", refusal(&text));
    }
}

#[test]
fn json_lines_hold_one_return_each() {
    let returns: Vec<Return> = {
        let mut runner = TestRunner::deterministic();
        (0..5)
            .map(|_| carried().prop_map(|of| of).new_tree(&mut runner).unwrap().current())
            .collect()
    };
    let bytes = render::jsonl::render(returns.iter().map(|of| (of, None))).unwrap();
    let text = std::str::from_utf8(&bytes).unwrap();
    assert_eq!(text.lines().count(), 5);
    assert!(text.ends_with('\n'));
    let read = json::read(text, form::by_name).unwrap();
    for ((want, got), line) in returns.iter().zip(&read).zip(text.lines()) {
        assert!(got.of == *want);
        let record: Value = serde_json::from_str(line).unwrap();
        assert_eq!(record["edition"], edition_of(want).name.as_str());
    }
}
