//! `diff`: every field of a return and every total is compared.

use jixiao::{
    compare::compare,
    model::{Return, totals::Total},
    pipeline::{self, Settings},
};
use serde_json::{Value, json};

use super::of;

/// The JSON of a return.
fn json_of(of: &Return) -> Value {
    let bytes = jixiao::render::json::render([(of, None)].into_iter()).unwrap();
    serde_json::from_slice(&bytes).unwrap()
}

/// The sample on a form that has no budget and splits the money of its tasks, as JSON with something done to it.
pub(super) fn split(change: impl FnOnce(&mut Value)) -> String {
    let mut json = json_of(&read(&of("甲局")));
    json[0].as_object_mut().unwrap().remove("totals");
    json[0]["edition"] = json!("national");
    json[0]["units"] = json!({ "budget": null, "tasks": "元" });
    json[0]["other_tasks"] = json!([]);
    json[0]["budget"]
        .as_object_mut()
        .unwrap()
        .values_mut()
        .for_each(|amount| *amount = json!(null));
    json[0]["key_tasks"][0]["fiscal_appropriation"] = json!("9725000.00");
    json[0]["key_tasks"][0]["other_funds"] = json!("0.00");
    json[0]["key_tasks"][1]["fiscal_appropriation"] = json!("2426550.00");
    json[0]["key_tasks"][1]["other_funds"] = json!(null);
    change(&mut json[0]);
    json.to_string()
}

fn read(text: &str) -> Return {
    let mut reading = pipeline::read(text.as_bytes(), &Settings::default())
        .unwrap_or_else(|error| panic!("{error}: {text}"));
    reading.returns.remove(0).of
}

/// Pointers to every value of a return that is read: totals and what a target says follow from others.
fn leaves(json: &Value, at: &str, found: &mut Vec<String>) {
    const DERIVED: [&str; 9] =
        ["source", "unreadable", "kind", "op", "value", "unit", "per", "low", "high"];
    match json {
        Value::Object(fields) => fields
            .iter()
            .filter(|(key, _)| !DERIVED.contains(&key.as_str()))
            .for_each(|(key, value)| leaves(value, &format!("{at}/{key}"), found)),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .for_each(|(index, value)| leaves(value, &format!("{at}/{index}"), found)),
        _ => found.push(at.to_owned()),
    }
}

#[test]
fn every_value_of_a_return_is_compared() {
    let mut compared = Vec::new();
    let city = of("甲局").replacen("镇本级", "市本级", 1);
    for of in [read(&of("甲局")), read(&city), read(&split(|_| ()))] {
        let mut json = json_of(&of);
        json[0].as_object_mut().unwrap().remove("totals");
        let mut pointers = Vec::new();
        leaves(&json, "", &mut pointers);
        for pointer in pointers {
            let mut other = json.clone();
            let value = other.pointer_mut(&pointer).unwrap();
            *value = match value.as_str() {
                _ if pointer.ends_with("/edition") => json!("guangdong"),
                _ if pointer.ends_with("/level") => json!("county"),
                _ if pointer.ends_with("/year") => json!(2031),
                _ if pointer.contains("/units/") => json!("千元"),
                Some(text) if text.parse::<f64>().is_ok() => json!("7.25"),
                Some(text) => json!(format!("{text}改")),
                _ if pointer.ends_with("/period_target") => json!({ "text": "≥1" }),
                None if pointer.ends_with("_headcount") || pointer.ends_with("_units") => json!(7),
                None if value.is_number() => json!(value.as_i64().unwrap() + 1),
                None => json!("8.25"),
            };
            let other = read(&other.to_string());
            // What a form has no place for is not kept.
            if other == of {
                continue;
            }
            assert!(!compare(&of, &other).is_empty(), "{pointer}");
            assert!(!compare(&other, &of).is_empty(), "{pointer}");
            assert!(compare(&other, &other).is_empty(), "{pointer}");
            compared.push(pointer);
        }
    }
    let wanted = "title edition year level approver department funded_headcount subordinate_units units/budget units/tasks budget/basic_expenditure budget/transfers overall_objective key_tasks/0/activities key_tasks/0/outcome key_tasks/0/fiscal_appropriation key_tasks/1/other_funds other_tasks/0/content indicators/0/level2 indicators/0/period_target/text notes/0";
    for pointer in wanted.split(' ') {
        assert!(compared.contains(&format!("/0/{pointer}")), "{pointer}: {compared:?}");
    }
}

#[test]
fn every_total_of_the_json_is_compared() {
    for (of, totals, zeros) in [(read(&of("甲局")), 7, 0), (read(&split(|_| ())), 9, 6)] {
        let json = json_of(&of);
        let names = json[0]["totals"].as_object().unwrap();
        assert_eq!(names.len(), totals);
        assert!(names.keys().all(|name| Total::from_name(name).is_some()), "{names:?}");
        let mut other = of.clone();
        other.budget = jixiao::model::Budget::default();
        other.key_tasks.clear();
        other.other_tasks.clear();
        let changes = compare(&of, &other);
        let changed = changes.iter().filter(|change| change.part == "合计").count();
        // What the form has not, or what is zero, can't change so.
        assert_eq!(changed, totals - zeros);
    }
}
