//! `normalize`: names, formats, reports.

use std::path::Path;

use calamine::{Data, Reader as _, Xlsx};

use super::{Place, of, small_tree};
use crate::sample;

#[test]
fn a_tree_becomes_a_tree_of_the_same_shape_with_a_report() {
    let place = Place::new();
    small_tree(&place);
    let run = place.line("normalize in -o out");
    assert_eq!(run.status, 1, "{}", run.err);
    assert_eq!(place.outputs("out"), ["a/one.xlsx", "a/two.xlsx", "b/three.xlsx", "four.xlsx"]);
    assert!(run.err.contains("b/torn.xlsx: the zip file is damaged"), "{}", run.err);
    let report = place.json("out/report.json");
    let totals = &report["totals"];
    for (key, want) in [("files", 6), ("written", 4), ("unread", 1), ("skipped", 1), ("returns", 4)]
    {
        assert_eq!(totals[key], want, "{key}");
    }
    // One of the four returns has an amount that can't be read.
    assert_eq!(totals["expenditure"]["known"], "64824000.00");
    assert_eq!(totals["expenditure"]["without"], 1);
    assert_eq!(totals["codes"]["V101"], 1);
    let files = report["files"].as_array().unwrap();
    let named: Vec<&str> = files.iter().map(|file| file["source"].as_str().unwrap()).collect();
    assert_eq!(
        named,
        ["a/one.csv", "a/two.txt", "b/notes.md", "b/three.csv", "b/torn.xlsx", "four.xlsx"]
    );
    assert_eq!(files[3]["findings"][0]["cell"], "C6");
    assert!(files[4]["reason"]["zh"].as_str().unwrap().contains("已损坏"));
    // 甲局 was handed in twice.
    assert_eq!(report["repeated"][0]["kind"], "twice");
    assert_eq!(report["repeated"][0]["places"].as_array().unwrap().len(), 2);
    let page = String::from_utf8(place.get("out/report.html")).unwrap();
    assert!(page.contains("b/torn.xlsx") && page.contains("甲局") && !page.contains("<script"));
    assert!(place.get("out/report.xlsx").starts_with(b"PK"));
}

#[test]
fn outputs_are_what_convert_writes() {
    let place = Place::new();
    small_tree(&place);
    place.line("normalize in -o out");
    place.run(["convert", "in/b/three.csv", "-o", "single.xlsx"]);
    assert_eq!(place.get("out/b/three.xlsx"), place.get("single.xlsx"));
}

#[test]
fn sources_that_would_meet_in_one_name_keep_their_whole_names() {
    let place = Place::new();
    for name in ["a.csv", "a.txt", "b.csv", "report.csv", "manifest.csv"] {
        place.put(format!("in/{name}"), of(name));
    }
    place.run(["convert", "in/b.csv", "-o", "in/a.xlsx"]);
    let run = place.line("normalize in -o out --to xlsx,json");
    assert_eq!(run.status, 0, "{}", run.err);
    let stems = ["a.csv", "a", "a.txt", "b", "manifest", "_report"];
    let mut want: Vec<String> =
        stems.iter().flat_map(|stem| [format!("{stem}.json"), format!("{stem}.xlsx")]).collect();
    want.sort();
    assert_eq!(place.outputs("out"), want);
    let report = place.json("out/report.json");
    let renamed = |name: &str| {
        let files = report["files"].as_array().unwrap();
        files.iter().find(|file| file["source"] == name).unwrap()["renamed"] == true
    };
    assert!(renamed("a.csv") && renamed("a.txt") && renamed("report.csv"));
    assert!(!renamed("a.xlsx") && !renamed("b.csv"));
}

#[test]
fn several_folders_keep_a_folder_each() {
    let place = Place::new();
    place.put("x/2024/a.csv", of("甲"));
    place.put("y/2024/a.csv", of("乙"));
    place.put("z/b.csv", of("丙"));
    let run = place.line("normalize x/2024 y/2024 z/b.csv -o out");
    assert_eq!(run.status, 0, "{}", run.err);
    assert_eq!(place.outputs("out"), ["2024/a.xlsx", "2024 (2)/a.xlsx", "b.xlsx"]);
}

#[test]
fn a_pattern_names_a_file_for_each_return() {
    let place = Place::new();
    let two = format!("{}\n\n{}", of("甲/局"), of("乙局"));
    place.put("in/both.csv", two);
    place.put("in/other.csv", of("乙局"));
    let run = place.run([
        "normalize",
        "in",
        "-o",
        "out",
        "--year",
        "2025",
        "--name",
        "{year}/{department}",
    ]);
    assert_eq!(run.status, 0, "{}", run.err);
    assert_eq!(place.outputs("out"), ["2025/乙局 (2).xlsx", "2025/乙局.xlsx", "2025/甲_局.xlsx"]);
    let wrong = place.run(["normalize", "in", "-o", "out", "--name", "{dept}"]);
    assert_eq!(wrong.status, 2);
    assert!(wrong.err.contains("`{dept}` is no field; there are department"), "{}", wrong.err);
}

#[test]
fn globs_choose_files() {
    let place = Place::new();
    small_tree(&place);
    place.put("in/c/odd.dat", of("戊局"));
    let run = place.run([
        "normalize",
        "in",
        "-o",
        "out",
        "--include",
        "*.csv",
        "--include",
        "c/*.dat",
        "--exclude",
        "b",
    ]);
    assert_eq!(run.status, 0, "{}", run.err);
    assert_eq!(place.outputs("out"), ["a/one.xlsx", "c/odd.dat.xlsx"]);
}

#[test]
fn globs_mean_what_people_mean() {
    // A pattern, and which of `a.CSV`, `sub/b.csv` and `deep/sub/c.csv` are left without, and taken with it.
    let cases = [
        ("*.csv", "", "abc"),
        ("SUB/", "a", "bc"),
        ("./sub/", "ac", "b"),
        ("./sub/**", "ac", "b"),
        ("sub/**", "ac", "b"),
        ("deep/sub/", "ab", "c"),
        ("./*.Csv", "bc", "a"),
    ];
    for (pattern, without, with) in cases {
        let place = Place::new();
        for (name, department) in
            [("a.CSV", "甲局"), ("sub/b.csv", "乙局"), ("deep/sub/c.csv", "丙局")]
        {
            place.put(format!("in/{name}"), of(department));
        }
        for (option, want) in [("--exclude", without), ("--include", with)] {
            let out = format!("out{option}");
            place.run(["normalize", "in", "-o", &out, option, pattern]);
            let stem = |path: &String| Path::new(path).file_stem().unwrap().to_owned();
            let mut found: Vec<_> = place.outputs(&out).iter().map(stem).collect();
            found.sort();
            let found: String = found.iter().map(|stem| stem.to_str().unwrap()).collect();
            assert_eq!(found, want, "{option} {pattern}");
        }
    }
    let place = Place::new();
    place.put("in/a.csv", of("甲局"));
    for pattern in ["", "/", "./"] {
        let run = place.run(["normalize", "in", "-o", "out", "--exclude", pattern]);
        assert_eq!(run.status, 2, "{pattern:?}");
        assert!(run.err.contains("it names nothing"), "{pattern:?}: {}", run.err);
    }
}

#[test]
fn a_file_of_several_returns_stands_in_the_report_with_their_sum() {
    let place = Place::new();
    let line = |text: String| {
        place.put("a.csv", text);
        place.line("convert a.csv --to jsonl -q").out
    };
    let [one, other] = [line(of("甲局")), line(of("乙局"))];
    let unknown = line(sample::broken("402.49", "约四百万"));
    place.put("in/1.jsonl", one.clone() + &other);
    place.put("in/2.jsonl", one + &unknown);
    place.line("normalize in -o out");
    let mut book: Xlsx<_> = Xlsx::new(std::io::Cursor::new(place.get("out/report.xlsx"))).unwrap();
    let rows = book.worksheet_range("Files").unwrap();
    let cell = |row| rows.get_value((row, 4)).unwrap().clone();
    assert_eq!(cell(1), Data::Float(2.0 * 21_608_000.0));
    // A part is no sum.
    assert_eq!(cell(2), Data::String("—".to_owned()));
}

#[test]
fn a_dry_run_writes_nothing() {
    let place = Place::new();
    small_tree(&place);
    let run = place.line("normalize in -o out --dry-run");
    assert_eq!(run.status, 1, "{}", run.err);
    assert!(run.out.contains("a/one.csv -> a/one.xlsx\n"), "{}", run.out);
    assert!(!place.path("out").exists());
}

#[test]
fn fail_fast_ends_at_the_first_file_that_cannot_be_read() {
    let place = Place::new();
    small_tree(&place);
    let run = place.line("normalize in -o out --fail-fast --jobs 1");
    assert_eq!(run.status, 1, "{}", run.err);
    assert!(!place.path("out/report.json").exists() && !place.path("out/four.xlsx").exists());
    assert!(run.err.contains("--fail-fast"), "{}", run.err);
}

#[test]
fn the_number_of_workers_changes_nothing() {
    let place = Place::new();
    small_tree(&place);
    for number in 0..60 {
        place.put(format!("in/many/{number}.csv"), of(&format!("第{number}局")));
    }
    place.line("normalize in -o one --jobs 1");
    place.line("normalize in -o four --jobs 4");
    place.assert_same("one", "four");
}

#[test]
fn strict_writes_no_file_with_an_error() {
    let place = Place::new();
    small_tree(&place);
    let run = place.line("normalize in -o out --strict");
    assert_eq!(run.status, 1);
    assert_eq!(place.outputs("out"), ["a/one.xlsx", "a/two.xlsx", "four.xlsx"]);
    assert!(run.err.contains("b/three.csv: it has errors"), "{}", run.err);
}

#[test]
fn namesakes_are_told_from_one_department_twice() {
    // The approver of each return of 财政所（本级）, and what is told: the kind with its files.
    let cases: [(&[&str], &[&str]); 6] = [
        (&["沙田分局"], &[]),
        (&["沙田分局", "虎门分局"], &["namesakes ab"]),
        (&["沙田分局", "虎门分局", "沙田分局"], &["twice ac", "namesakes abc"]),
        (&["沙田分局", "沙田 分局"], &["twice ab"]),
        (&["沙田分局", ""], &["twice ab"]),
        (&["沙田分局（一）", "沙田分局(一)", "虎门分局"], &["twice ab", "namesakes abc"]),
    ];
    for (approvers, want) in cases {
        let place = Place::new();
        // Neither space nor width makes another department.
        let names = ["财政所（本级）", "财政所(本级)", "财政所 （本级）"];
        for ((file, approver), name) in "abc".chars().zip(approvers).zip(names) {
            let text = of(name).replace("东莞市财政局沙田分局", approver);
            place.put(format!("in/{file}.csv"), text);
        }
        let run = place.line("normalize in -o out");
        let report = place.json("out/report.json");
        let files = |one: &serde_json::Value| -> String {
            let places = one["places"].as_array().unwrap().iter();
            places.map(|place| place["source"].as_str().unwrap().replace(".csv", "")).collect()
        };
        let told =
            |one: &serde_json::Value| format!("{} {}", one["kind"].as_str().unwrap(), files(one));
        let told: Vec<String> = report["repeated"].as_array().unwrap().iter().map(told).collect();
        assert_eq!(told, want, "{approvers:?}");
        // The terminal says so too, and again when there was nothing to do.
        let again = "1 department stands more than once in a year: see the report\n";
        let is_twice = want.iter().any(|told| told.starts_with("twice"));
        for run in [run, place.line("normalize in -o out")] {
            assert_eq!(run.err.contains(again), is_twice, "{approvers:?}: {}", run.err);
        }
    }
}

#[test]
fn exit_status_tells_clean_findings_and_failure() {
    let place = Place::new();
    place.put("clean/a.csv", of("甲"));
    place.put("faulty/a.csv", sample::broken("402.49", "约四百万"));
    place.put("none/a.csv", "a,b\n");
    std::fs::create_dir(place.path("empty")).unwrap();
    for (line, want) in [
        ("normalize clean -o o1", 0),
        ("normalize faulty -o o2", 1),
        ("normalize none -o o3", 2),
        ("normalize empty -o o4", 2),
        ("normalize clean none -o o5", 1),
        ("normalize missing -o o6", 2),
        ("normalize clean", 2),
        ("normalize -o o7", 2),
        ("normalize clean -o clean", 2),
    ] {
        let run = place.line(line);
        assert_eq!(run.status, want, "{line}: {}", run.err);
    }
}
