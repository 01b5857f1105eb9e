//! JSON that is wrong: a refusal names the field, and what was computed before is compared.

use jixiao::{
    model::{Return, field_path::FieldPath},
    pipeline::{self, Settings},
    render,
};
use serde_json::{Value, json};

use crate::sample;

/// Breaks one thing of a return.
type Break = fn(&mut Value);
/// Puts a text into a field.
type Put = fn(&mut Value, Value);

fn sound() -> Value {
    let of: Return = pipeline::read(sample::SOUND.as_bytes(), &Settings::default())
        .unwrap()
        .returns
        .remove(0)
        .of;
    let bytes = render::json::render([(&of, None)].into_iter()).unwrap();
    serde_json::from_slice(&bytes).unwrap()
}

fn refusal(value: &Value) -> String {
    let text = serde_json::to_string_pretty(value).unwrap();
    pipeline::read(text.as_bytes(), &Settings::default()).map(|_| ()).unwrap_err().to_string()
}

#[test]
fn a_refusal_names_the_field_and_what_was_expected() {
    let faults: [(Break, &str, &str); 6] = [
        (
            |of| of["key_tasks"][1]["funding"] = json!(5),
            "`key_tasks[1].funding`",
            "expected a string",
        ),
        (|of| of["budget"]["transfers"] = json!(1.5), "`budget.transfers`", "expected a string"),
        (
            |of| of["funded_headcount"] = json!("20"),
            "`funded_headcount`",
            "expected a whole number that is not negative",
        ),
        (|of| of["level"] = json!("village"), "`level`", "expected one of"),
        (
            |of| of["indicators"][0]["annual_target"] = json!("≥10"),
            "`indicators[0].annual_target`",
            "expected an object",
        ),
        (
            |of| drop(of["key_tasks"][0].as_object_mut().unwrap().remove("name")),
            "`key_tasks",
            "missing field `name`",
        ),
    ];
    for (change, path, expected) in faults {
        let mut value = sound();
        change(&mut value[0]);
        let got = refusal(&value);
        assert!(got.contains(path) && got.contains(expected), "{path}, {expected}: {got}");
        assert!(got.contains("return 1: "), "{got}");
        let second = json!([sound()[0], value[0]]);
        assert!(refusal(&second).contains("return 2: "), "{}", refusal(&second));
    }
}

/// Code and path of what is found in a return.
fn found(value: &Value) -> Vec<String> {
    let text = value.to_string();
    let reading = pipeline::read(text.as_bytes(), &Settings::default()).unwrap();
    let findings = reading.returns[0].diagnostics.iter();
    findings.map(|finding| format!("{} {}", finding.code.id, finding.path)).collect()
}

#[test]
fn a_stated_total_that_differs_is_reported() {
    assert_eq!(found(&sound()), Vec::<String>::new());
    for total in ["income", "key_tasks", "tasks"] {
        for wrong in ["1.00", "a lot"] {
            let mut value = sound();
            value[0]["totals"][total] = json!(wrong);
            assert_eq!(found(&value), [format!("T104 totals.{total}")]);
        }
        let mut value = sound();
        value[0]["totals"][total] = Value::Null;
        assert_eq!(found(&value), Vec::<String>::new());
    }
}

#[test]
fn an_amount_of_too_many_digits_has_its_reason_in_json_and_in_text() {
    let many = "123456789012.345678";
    let mut value = sound();
    value[0]["budget"]["basic_expenditure"] = many.into();
    value[0]["key_tasks"][0]["funding"] = many.into();
    let text = crate::sample::SOUND.replacen("402.49", many, 1);
    for source in [value.to_string(), text] {
        let reading = pipeline::read(source.as_bytes(), &Settings::default()).unwrap();
        let told: Vec<_> = reading.returns[0]
            .diagnostics
            .iter()
            .filter(|finding| finding.code.id == "V101")
            .map(|finding| (finding.message.en.as_ref(), finding.message.zh.as_ref()))
            .collect();
        let want = (
            "`123456789012.345678` is not an amount: it has 18 significant digits, and a spreadsheet keeps no more than 15",
            "`123456789012.345678` 不是可识别的金额：有 18 位有效数字，而电子表格最多只保留 15 位",
        );
        assert!(!told.is_empty() && told.iter().all(|told| *told == want), "{told:?}");
    }
}

#[test]
fn control_characters_are_reported() {
    let places: [(&str, Put); 4] = [
        ("key_tasks[0].name", |of, text| of["key_tasks"][0]["name"] = text),
        ("overall_objective", |of, text| of["overall_objective"] = text),
        ("indicators[0].level3", |of, text| of["indicators"][0]["level3"] = text),
        ("indicators[0].annual_target", |of, text| {
            of["indicators"][0]["annual_target"]["text"] = text;
        }),
    ];
    for (path, put) in places {
        assert!(path.parse::<FieldPath>().is_ok(), "{path}");
        let mut value = sound();
        put(&mut value[0], json!("10\u{1}宗\u{7}"));
        assert!(found(&value).contains(&format!("V106 {path}")), "{path}: {:?}", found(&value));
        put(&mut value[0], json!("10\t宗"));
        assert!(!found(&value).contains(&format!("V106 {path}")), "{path}: {:?}", found(&value));
    }
}
