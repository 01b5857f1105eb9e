//! `diff`: which return is compared with which.

use calamine::{Reader as _, Xlsx};
use serde_json::{Value, json};

use super::{Place, of};

/// A return of a year by a finance body, with the amount of its first task.
fn return_of(department: &str, year: &str, approver: &str, amount: &str) -> String {
    of(department)
        .replacen("沙田镇部门整体", &format!("{year}沙田镇部门整体"), 1)
        .replacen("东莞市财政局沙田分局", approver, 1)
        .replacen("9,725,000.00", amount, 1)
}

const BODY: &str = "东莞市财政局沙田分局";

/// The pairs as `department old -> new state`.
fn pairs(place: &Place, old: &str, new: &str) -> Vec<String> {
    let run = place.run(["diff", old, new, "--to", "json"]);
    let json: Value = serde_json::from_str(&run.out).unwrap_or_else(|_| panic!("{}", run.err));
    let side = |value: &Value| value.as_str().unwrap_or("∅").to_owned();
    let line = |one: &Value| {
        let [department, old, new, state] =
            ["department", "old", "new", "state"].map(|key| side(&one[key]));
        format!("{department} {old} -> {new} {state}")
    };
    json.as_array().unwrap().iter().map(line).collect()
}

#[test]
fn folders_are_matched_by_department() {
    let place = Place::new();
    place.put("old/x.csv", of("甲局"));
    place.put("old/y.csv", of("乙局"));
    place.put("new/1.csv", of("乙局"));
    place.put("new/2.csv", of("丙 局"));
    let run = place.line("diff old new --to json");
    assert_eq!(run.status, 1, "{}", run.err);
    let want =
        ["丙 局 ∅ -> 2.csv only-new", "乙局 y.csv -> 1.csv equal", "甲局 x.csv -> ∅ only-old"];
    assert_eq!(pairs(&place, "old", "new"), want);
    assert_eq!(place.line("diff old missing").status, 2);
    place.put("spaced/1.csv", of("丙局"));
    place.put("spaced/2.csv", of("丁局"));
    let want = ["丁局 ∅ -> 2.csv only-new", "丙局 2.csv -> 1.csv changed"];
    assert_eq!(pairs(&place, "new", "spaced")[..2], want);
    // Nor does the width of characters make another department.
    place.put("wide/1.csv", of("甲局（本级）"));
    place.put("wide/2.csv", of("ＡＢ局"));
    place.put("narrow/1.csv", of("甲局(本级)"));
    place.put("narrow/2.csv", of("AB局"));
    let want = ["AB局 2.csv -> 2.csv changed", "甲局(本级) 1.csv -> 1.csv changed"];
    assert_eq!(pairs(&place, "wide", "narrow"), want);
}

#[test]
fn two_files_are_a_pair_whatever_their_departments_are_called_and_folders_of_one_return_are_not() {
    let place = Place::new();
    place.put("old/a.csv", of("甲局"));
    place.put("new/a.csv", of("乙局"));
    assert_eq!(pairs(&place, "old/a.csv", "new/a.csv"), ["乙局 a.csv -> a.csv changed"]);
    let alone = ["乙局 ∅ -> a.csv only-new", "甲局 a.csv -> ∅ only-old"];
    assert_eq!(pairs(&place, "old", "new"), alone);
    assert_eq!(pairs(&place, "old", "new/a.csv"), alone);
    // A manifest stands for the folder that it lies in.
    for folder in ["old", "new"] {
        assert_eq!(place.line(&format!("normalize {folder} -o out-{folder} -q")).status, 0);
    }
    assert_eq!(pairs(&place, "out-old/manifest.jsonl", "out-new/manifest.jsonl"), alone);
}

#[test]
fn of_several_returns_of_a_department_those_of_one_year_are_compared() {
    let place = Place::new();
    place.put("old/a.csv", return_of("甲局", "2024年", BODY, "1.00"));
    place.put("old/b.csv", return_of("甲局", "2025年", BODY, "2.00"));
    place.put("new/c.csv", return_of("甲局", "2025年", BODY, "2.00"));
    let want = ["甲局 b.csv -> c.csv equal", "甲局 a.csv -> ∅ only-old"];
    assert_eq!(pairs(&place, "old", "new"), want);
    let json: Value = serde_json::from_str(&place.line("diff old new --to json").out).unwrap();
    assert_eq!([&json[1]["old_year"], &json[1]["new_year"]], [&json!(2024), &Value::Null]);
    for format in ["text", "html"] {
        let out = place.line(&format!("diff old new --to {format} --lang zh")).out;
        assert!(out.contains("仅在旧的一方（2024年度）"), "{out}");
    }
    // Also where the other year agrees in all else.
    place.put("new/c.csv", return_of("甲局", "2025年", BODY, "1.00"));
    let want = ["甲局 b.csv -> c.csv changed", "甲局 a.csv -> ∅ only-old"];
    assert_eq!(pairs(&place, "old", "new"), want);
}

#[test]
fn a_department_that_stands_once_on_each_side_is_compared_across_years() {
    let place = Place::new();
    for (name, department) in [("a", "甲局"), ("b", "乙局")] {
        place.put(format!("old/{name}.csv"), return_of(department, "2024年", BODY, "1.00"));
        place.put(format!("new/{name}{name}.csv"), return_of(department, "2025年", BODY, "1.00"));
    }
    let want = ["乙局 b.csv -> bb.csv changed", "甲局 a.csv -> aa.csv changed"];
    assert_eq!(pairs(&place, "old", "new"), want);
}

#[test]
fn namesakes_of_different_finance_bodies_are_told_apart() {
    let place = Place::new();
    let [one, other] = ["甲市财政局", "乙市财政局"];
    place.put("old/a.csv", return_of("民政局", "2025年", one, "1.00"));
    place.put("old/b.csv", return_of("民政局", "2025年", other, "2.00"));
    place.put("new/a.csv", return_of("民政局", "2025年", other, "2.00"));
    place.put("new/b.csv", return_of("民政局", "2025年", one, "1.00"));
    let want = ["民政局 b.csv -> a.csv equal", "民政局 a.csv -> b.csv equal"];
    assert_eq!(pairs(&place, "old", "new"), want);
    // The next year, and with every amount changed.
    place.put("new/a.csv", return_of("民政局", "2026年", other, "1.00"));
    place.put("new/b.csv", return_of("民政局", "2026年", one, "2.00"));
    let want = ["民政局 b.csv -> a.csv changed", "民政局 a.csv -> b.csv changed"];
    assert_eq!(pairs(&place, "old", "new"), want);
}

#[test]
fn returns_that_nothing_tells_apart_are_compared_with_those_that_agree_most() {
    let place = Place::new();
    place.put("old/a.csv", return_of("甲局", "", BODY, "1.00"));
    place.put("old/b.csv", return_of("甲局", "", BODY, "2.00"));
    place.put("new/a.csv", return_of("甲局", "", BODY, "2.00").replacen("优化服务", "优化办事", 1));
    place.put("new/b.csv", return_of("甲局", "", BODY, "1.00").replacen("优化服务", "优化办事", 1));
    let want = ["甲局 b.csv -> a.csv changed", "甲局 a.csv -> b.csv changed"];
    assert_eq!(pairs(&place, "old", "new"), want);
}

#[test]
fn files_that_were_not_read_stand_in_every_format() {
    let place = Place::new();
    for (file, department) in [("old/a.csv", "甲局"), ("old/b.csv", "乙局"), ("new/a.csv", "甲局")]
    {
        place.put(file, of(department));
    }
    place.put("new/b.xlsx", b"PK\x03\x04 and no more");
    let run = place.line("diff old new");
    assert_eq!(run.status, 1, "{}", run.err);
    for said in [
        "only on the old side, or in a file that was not read\n",
        "\nnot read, on the new side: b.xlsx: ",
        "0 changed, 1 unchanged, 1 only old, 0 only new, 1 file not read\n",
    ] {
        assert!(run.out.contains(said), "{said}: {}", run.out);
    }
    let page = place.line("diff old new --to html --lang zh").out;
    let row = "<td>新的一方未能读取</td><td>b.xlsx</td><td>";
    assert!(page.contains(row) && page.contains("，或在未能读取的文件中"), "{page}");
    place.line("diff new old -o 对比.xlsx --lang zh");
    let bytes = std::io::Cursor::new(place.get("对比.xlsx"));
    let rows = Xlsx::new(bytes).unwrap().worksheet_range("对比").unwrap();
    let cell = |col: u32| rows.get_value((3, col)).unwrap().to_string();
    let first: Vec<String> = (0..9).map(cell).collect();
    assert_eq!((first[1].as_str(), first[2].as_str()), ("旧的一方未能读取", "b.xlsx"));
    assert!(!first[4].is_empty() && first[5].is_empty(), "{first:?}");
    let run = place.line("diff old new --to json");
    let json: Vec<Value> = serde_json::from_str(&run.out).unwrap();
    let unread = json.iter().find(|one| one["state"] == "unread").unwrap();
    assert_eq!((&unread["old"], &unread["new"]), (&Value::Null, &Value::from("b.xlsx")));
    assert!(unread["reason"]["en"].is_string() && unread["reason"]["zh"].is_string(), "{unread}");
    assert_eq!(json.len(), 3, "{json:?}");
    assert!(json.iter().filter(|one| one.get("reason").is_some()).count() == 1, "{json:?}");
    // What `normalize` read and did not write is told apart.
    place.put("new/b.xlsx", of("乙局").replace("402.49", "约四百万"));
    place.line("normalize new -o out --strict");
    let run = place.line("diff old out");
    assert!(
        run.out.contains("\nnot written by normalize, on the new side: b.xlsx: "),
        "{}",
        run.out
    );
    assert!(run.err.ends_with("0 tidied, 1 not written\n"), "{}", run.err);
}
