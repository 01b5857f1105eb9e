//! A second run does only what changed, and a killed one leaves nothing wrong.

use std::{
    fs,
    thread::sleep,
    time::{Duration, Instant},
};

use super::{Place, of, small_tree};

fn many(place: &Place, count: usize) {
    for number in 0..count {
        place.put(format!("in/{}/{number}.csv", number % 7), of(&format!("第{number}局")));
    }
    place.put("in/3/torn.xlsx", b"PK\x03\x04");
}

#[test]
fn a_second_run_does_nothing() {
    let place = Place::new();
    small_tree(&place);
    place.line("normalize in -o out");
    let before = place.tree("out");
    let stamp = |name: &str| fs::metadata(place.path(name)).unwrap().modified().unwrap();
    let times = [stamp("out/a/one.xlsx"), stamp("out/report.xlsx"), stamp("out/manifest.jsonl")];
    let run = place.line("normalize in -o out");
    assert!(run.err.contains("6 done before"), "{}", run.err);
    assert!(place.tree("out") == before);
    let again = [stamp("out/a/one.xlsx"), stamp("out/report.xlsx"), stamp("out/manifest.jsonl")];
    assert_eq!(times, again);
}

#[test]
fn a_second_run_does_what_changed() {
    let place = Place::new();
    small_tree(&place);
    place.line("normalize in -o out");
    place.put("in/a/one.csv", of("新甲局"));
    place.put("in/new.csv", of("新局"));
    fs::remove_file(place.path("in/a/two.txt")).unwrap();
    let run = place.line("normalize in -o out");
    assert!(run.err.contains("4 done before"), "{}", run.err);
    assert!(run.err.contains("removed: a/two.xlsx"), "{}", run.err);
    assert_eq!(place.outputs("out"), ["a/one.xlsx", "b/three.xlsx", "four.xlsx", "new.xlsx"]);
    let report = place.json("out/report.json");
    assert_eq!(
        (report["totals"]["gone"].as_u64(), report["totals"]["files"].as_u64()),
        (Some(1), Some(6))
    );
    // What is gone stays told, and is told no more when it is back.
    let before = place.tree("out");
    place.line("normalize in -o out");
    assert!(place.tree("out") == before);
    place.put("in/a/two.txt", of("乙局").replace(',', "\t"));
    place.line("normalize in -o out");
    place.line("normalize in -o clean");
    place.assert_same("out", "clean");
}

#[test]
fn a_manifest_whose_lines_stand_in_another_order_makes_no_source_gone() {
    // The first line is the head, the last one that of the reports.
    type Shuffle = fn(&mut [&str]);
    let orders: [(&str, Shuffle); 4] = [
        ("two swapped", |lines| lines.swap(0, 1)),
        ("the last one first", |lines| lines.rotate_right(1)),
        ("the first one last", |lines| lines.rotate_left(1)),
        ("reversed", |lines| lines.reverse()),
    ];
    let place = Place::new();
    small_tree(&place);
    place.line("normalize in -o out");
    let before = place.tree("out");
    let text = String::from_utf8(place.get("out/manifest.jsonl")).unwrap();
    for (order, shuffle) in orders {
        let mut lines: Vec<&str> = text.lines().collect();
        let last = lines.len() - 1;
        shuffle(&mut lines[1..last]);
        place.put("out/manifest.jsonl", lines.join("\n") + "\n");
        let run = place.line("normalize in -o out");
        assert!(!run.err.contains("no longer among the sources"), "{order}: {}", run.err);
        assert!(place.tree("out") == before, "{order}");
    }
}

#[test]
fn options_that_shape_an_output_are_part_of_its_key() {
    let place = Place::new();
    small_tree(&place);
    place.line("normalize in -o out");
    let with = place.get("out/four.xlsx");
    let run = place.line("normalize in -o out --totals none");
    assert!(run.err.contains("0 done before"), "{}", run.err);
    assert_ne!(place.get("out/four.xlsx"), with);
    place.line("normalize in -o out --to json");
    assert_eq!(place.outputs("out"), ["a/one.json", "a/two.json", "b/three.json", "four.json"]);
    place.line("normalize in -o clean --to json");
    place.assert_same("out", "clean");
}

#[test]
fn an_output_that_is_missing_is_written_again_and_one_that_was_changed_is_not_overwritten() {
    let place = Place::new();
    small_tree(&place);
    place.line("normalize in -o out");
    let before = place.get("out/four.xlsx");
    fs::remove_file(place.path("out/four.xlsx")).unwrap();
    place.put("out/a/one.xlsx", "by hand");
    let run = place.line("normalize in -o out");
    assert_eq!(place.get("out/four.xlsx"), before);
    assert_eq!(place.get("out/a/one.xlsx"), b"by hand");
    assert!(run.err.contains("`a/one.xlsx` is there already"), "{}", run.err);
    assert_eq!(run.status, 1);
    fs::remove_file(place.path("out/a/one.xlsx")).unwrap();
    place.line("normalize in -o out");
    place.line("normalize in -o clean");
    place.assert_same("out", "clean");
}

#[test]
fn a_folder_that_lost_its_outputs_is_removed_with_them() {
    let place = Place::new();
    many(&place, 3);
    place.line("normalize in -o out --name {year}/{source}");
    let folder = place.path("out").join(place.outputs("out")[0].split('/').next().unwrap());
    // As after a kill between the removal of the last output and that of its folder.
    for output in place.outputs("out") {
        fs::remove_file(place.path(format!("out/{output}"))).unwrap();
    }
    assert!(folder.is_dir());
    place.line("normalize in -o out --dry-run");
    assert!(folder.is_dir(), "a dry run removes nothing");
    place.line("normalize in -o out");
    assert_eq!(place.outputs("out").len(), 3);
    assert!(!folder.exists(), "{}", folder.display());
}

#[test]
fn names_that_shift_are_followed() {
    // A new source takes a name that another had.
    let place = Place::new();
    place.put("in/b.csv", of("甲"));
    place.put("in/c.csv", of("甲").replace("优化", "改善"));
    let args = ["normalize", "in", "-o", "out", "--name", "{department}"];
    assert_eq!(place.run(args).status, 0);
    place.put("in/a.csv", of("甲").replace("优化", "提升"));
    let run = place.run(args);
    assert_eq!(run.status, 0, "{}", run.err);
    assert_eq!(place.outputs("out"), ["甲 (2).xlsx", "甲 (3).xlsx", "甲.xlsx"]);
    place.run(["normalize", "in", "-o", "clean", "--name", "{department}"]);
    place.assert_same("out", "clean");
    fs::remove_file(place.path("in/b.csv")).unwrap();
    place.run(args);
    assert_eq!(place.outputs("out"), ["甲 (2).xlsx", "甲.xlsx"]);
}

#[test]
fn a_run_that_is_killed_at_any_moment_and_run_again_is_as_one_clean_run() {
    let place = Place::new();
    many(&place, 120);
    let begun = Instant::now();
    place.line("normalize in -o clean --jobs 2");
    let whole = begun.elapsed();
    // Eight folders, each killed three times: at moments all over the run, told by the folders that are begun, then soon after its start.
    let mut killed = 0;
    for round in 0..24_u32 {
        let out = format!("out{}", round % 8);
        if round == 12 {
            // A change between two kills.
            place.put("in/2/2.csv", of("改名局"));
        }
        let args = ["normalize", "in", "-o", &out, "--jobs", "2"];
        let mut child = place.command(args).spawn().unwrap();
        if round < 8 {
            let folder = if round == 0 { ".jixiao".to_owned() } else { (round - 1).to_string() };
            let mark = place.path(&out).join(folder);
            while child.try_wait().unwrap().is_none() && !mark.exists() {
                sleep(Duration::from_millis(1));
            }
        } else {
            sleep(whole.mul_f64(if round < 16 { 0.3 } else { 0.15 }));
        }
        killed += u32::from(child.try_wait().unwrap().is_none());
        let _ = child.kill();
        child.wait().unwrap();
    }
    assert!(killed >= 8, "only {killed} of the runs were killed");
    place.put("in/2/2.csv", of("第2局"));
    for number in 0..8 {
        let out = format!("out{number}");
        let run = place.run(["normalize", "in", "-o", &out]);
        assert_eq!(run.status, 1, "{}", run.err);
        place.assert_same(&out, "clean");
    }
}
