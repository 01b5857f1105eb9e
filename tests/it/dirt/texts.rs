//! Text and JSON: encodings, delimiters, quotes, and what JSON says in its own way.

use super::{Form, findings, messages, one, sound};
use jixiao::{
    model::{Return, entry::Entry},
    pipeline::{self, Settings},
    render,
};

#[test]
fn text_is_read_in_every_encoding() {
    let text = Form::town().text('\t');
    let utf16 = |big: bool| {
        let units = std::iter::once(0xfeff).chain(text.encode_utf16());
        units
            .flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() })
            .collect::<Vec<u8>>()
    };
    let (gbk, _, lost) = encoding_rs::GB18030.encode(&text);
    assert!(!lost);
    let cases: [(&str, Vec<u8>); 6] = [
        ("utf-8", text.clone().into_bytes()),
        ("utf-8 with a mark", format!("\u{feff}{text}").into_bytes()),
        ("gb18030", gbk.into_owned()),
        ("utf-16le", utf16(false)),
        ("utf-16be", utf16(true)),
        ("crlf", text.replace('\n', "\r\n").into_bytes()),
    ];
    for (what, bytes) in cases {
        let found = one(&bytes, what);
        super::assert_same(&found.of, &sound(), what);
        assert!(findings(&found).is_empty(), "{what}: {:#?}", messages(&found));
    }
    let (gbk, _, _) = encoding_rs::GBK.encode(&text);
    let settings = Settings { encoding: Some("gbk".to_owned()), ..Settings::default() };
    assert_eq!(pipeline::read(&gbk, &settings).unwrap().returns[0].of, sound());
}

#[test]
fn trailing_delimiters_and_quotes_say_nothing() {
    let text = Form::town().text(',');
    let padded = text.lines().map(|line| format!("{line},,,\n")).collect::<String>();
    super::assert_same(&one(padded.as_bytes(), "padded").of, &sound(), "padded");
    let quoted = |line: &str| {
        line.split('\t').map(|field| format!("\"{field}\"")).collect::<Vec<_>>().join(",")
    };
    let quoted =
        Form::town().text('\t').lines().map(|line| quoted(line) + "\r\n").collect::<String>();
    super::assert_same(&one(quoted.as_bytes(), "quoted").of, &sound(), "quoted");
    let mut form = Form::town();
    form.set("C13", "“一窗通办”，\"试点\"，\n推广");
    let found = one(form.text(',').as_bytes(), "quotes inside");
    assert_eq!(found.of.key_tasks[0].activities.as_deref(), Some("“一窗通办”，\"试点\"，\n推广"));
}

fn json_of(of: &Return) -> String {
    String::from_utf8(render::json::render(std::iter::once((of, None))).unwrap()).unwrap()
}

#[test]
fn json_is_read_as_it_was_written() {
    let text = json_of(&sound());
    let found = one(text.as_bytes(), "json");
    super::assert_same(&found.of, &sound(), "json");
    let mut of = sound();
    of.key_tasks[0].funding = Entry::Unreadable("约二十万".to_owned());
    of.notes = vec!["填表人：张三".to_owned()];
    let found = one(json_of(&of).as_bytes(), "unreadable");
    super::assert_same(&found.of, &of, "unreadable");
}

#[test]
fn json_text_is_tidied_like_a_cells() {
    let text = json_of(&sound());
    let dirty = text
        .replace("\"东莞市沙田镇档案中心\"", "\" <p>东莞市沙田镇档案中心</p>\\u200b\"")
        .replace("\"年均大于或等于10卷\"", "\"年均大于或等于10卷&nbsp;\"")
        .replace("\"整理档案卷数\"", "\"指标1：整理档案卷数\"");
    assert_ne!(text, dirty);
    super::assert_same(&one(dirty.as_bytes(), "dirty").of, &sound(), "dirty");
}

#[test]
fn json_that_breaks_the_schema_names_the_key() {
    let text = json_of(&sound());
    let cases = [
        ("\"department\"", "\"departement\"", "departement"),
        ("\"4024900.00\"", "4024900.00", "4024900"),
        ("\"4024900.00\"", "\"4,024,900\"", "basic_expenditure"),
        ("\"level\": \"town\"", "\"level\": \"village\"", "village"),
        ("\"edition\": \"shatian\"", "\"edition\": \"nowhere\"", "nowhere"),
        (
            "\"unreadable\": {}",
            "\"unreadable\": {\"key_tasks[9].funding\": \"x\"}",
            "key_tasks[9].funding",
        ),
    ];
    for (old, new, key) in cases {
        assert!(text.contains(old), "{old} in {text}");
        let error = pipeline::read(text.replacen(old, new, 1).as_bytes(), &Settings::default())
            .unwrap_err()
            .to_string();
        assert!(error.contains(key), "{new}: {error}");
    }
}
