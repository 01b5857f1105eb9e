//! Where outputs may stand: never among the sources, beside whatever is there, and nothing is read or counted twice.

use std::fs;

use super::{Place, of, small_tree};

#[test]
fn outputs_never_stand_among_the_sources() {
    for line in [
        "normalize 2024 2025 -o .",
        "normalize 2024/a.xlsx -o 2024",
        "normalize --files-from list -o .",
        "normalize src -o .",
    ] {
        let place = Place::new();
        for (source, copy) in [("甲局", "2024/a.xlsx"), ("乙局", "2025/b.xlsx")] {
            // Just what the run would write there.
            place.put("one.csv", of(source));
            place.put(copy, "");
            fs::remove_file(place.path(copy)).unwrap();
            assert_eq!(place.line(&format!("convert one.csv -o {copy}")).status, 0);
        }
        place.put("list", "2024/a.xlsx\n2025/b.xlsx\n");
        place.put("src/src/c.csv", of("丙局"));
        let sources = || ["2024", "2025", "src"].map(|name| place.outputs(name));
        let bytes = || [place.get("2024/a.xlsx"), place.get("2025/b.xlsx")];
        let (names, before) = (sources(), bytes());
        for again in ["", " --totals none"] {
            let run = place.line(&format!("{line}{again}"));
            assert_eq!(run.status, 2, "{line}: {}", run.err);
            assert!(run.err.contains("among the sources"), "{line}: {}", run.err);
            assert_eq!(sources(), names, "{line}");
            assert!(bytes() == before, "{line}");
        }
    }
}

#[test]
fn a_file_that_is_named_twice_is_read_once() {
    let place = Place::new();
    place.put("in/a.csv", of("甲局"));
    place.put("in/sub/b.csv", of("乙局"));
    place.put("list", "in/a.csv\n./in/a.csv\nin/../in/a.csv\nin/sub/b.csv\n");
    for (sources, want) in [
        ("in in", 2),
        ("in ./in/", 2),
        ("in in/sub", 2),
        ("in/sub in", 2),
        ("in/a.csv in", 2),
        ("in/a.csv ./in/a.csv", 1),
        ("--files-from list", 2),
    ] {
        let run = place.line(&format!("normalize {sources} -o out --take-over"));
        assert_eq!(run.status, 0, "{sources}: {}", run.err);
        let totals = place.json("out/report.json")["totals"].clone();
        assert_eq!(totals["returns"], want, "{sources}");
        if !sources.starts_with("--") {
            let checked = place.line(&format!("check {sources}"));
            assert!(checked.err.contains(&format!("{want} return")), "{sources}: {}", checked.err);
            let lines = place.line(&format!("summarize {sources} --to csv"));
            assert_eq!(lines.out.lines().count(), want + 1, "{sources}");
        }
    }
}

#[test]
fn a_place_that_can_not_be_stops_no_other() {
    let place = Place::new();
    place.put("in/a.csv", of("甲局"));
    place.put("in/sub/b.csv", of("乙局"));
    place.put("in/report.xlsx/c.csv", of("丙局"));
    place.put("in/manifest.jsonl/d.csv", of("丁局"));
    // Somebody's file where a folder is to be.
    place.put("out/sub", "somebody's");
    for line in ["normalize in -o out --dry-run", "normalize in -o out"] {
        let run = place.line(line);
        assert_eq!(run.status, 1, "{line}: {}", run.err);
        assert!(run.err.contains("sub/b.csv: `sub` is there already"), "{line}: {}", run.err);
    }
    let run = place.line("normalize in -o out");
    assert!(run.err.contains("1 not written"), "{}", run.err);
    let written = ["_manifest.jsonl/d.xlsx", "_report.xlsx/c.xlsx", "a.xlsx", "sub"];
    assert_eq!(place.outputs("out"), written);
    fs::remove_file(place.path("out/sub")).unwrap();
    assert_eq!(place.line("normalize in -o out").status, 0);
    assert!(place.outputs("out").contains(&"sub/b.xlsx".to_owned()));
    // What an earlier run left there gives way.
    fs::rename(place.path("in/a.csv"), place.path("a.csv")).unwrap();
    place.put("in/a.xlsx/e.csv", of("戊局"));
    let run = place.line("normalize in -o out");
    assert_eq!(run.status, 0, "{}", run.err);
    assert!(run.err.contains("removed: a.xlsx"), "{}", run.err);
    place.line("normalize in -o clean");
    assert_eq!(place.outputs("out"), place.outputs("clean"));
    // In a list as in a tree.
    place.put("list", "in/sub/b.csv\nin/sub/b.xlsx/f.csv\n");
    place.put("in/sub/b.xlsx/f.csv", of("己局"));
    let run = place.line("normalize --files-from list -o listed");
    assert_eq!(run.status, 0, "{}", run.err);
    assert_eq!(place.outputs("listed"), ["in/sub/b (2).xlsx", "in/sub/b.xlsx/f.xlsx"]);
}

#[test]
#[cfg(target_os = "linux")] // whose file systems tell case
fn an_output_whose_name_changes_case_is_moved() {
    let place = Place::new();
    place.put("in/A.csv", of("甲局"));
    place.put("in/B/x.csv", of("乙局"));
    place.line("normalize in -o out");
    fs::rename(place.path("in/A.csv"), place.path("in/a.csv")).unwrap();
    fs::rename(place.path("in/B"), place.path("in/b")).unwrap();
    let run = place.line("normalize in -o out");
    assert_eq!(run.status, 0, "{}", run.err);
    assert_eq!(place.outputs("out"), ["a.xlsx", "b/x.xlsx"]);
}

#[test]
fn a_dry_run_tells_what_a_run_would_do() {
    let place = Place::new();
    place.put("in/a.csv", of("甲局"));
    place.put("in/b.csv", of("乙局"));
    place.put("in/c.csv", of("丙局"));
    place.line("normalize in -o out");
    let before = place.tree("out");
    place.put("in/a.csv", of("又一局"));
    fs::remove_file(place.path("in/c.csv")).unwrap();
    let run = place.line("normalize in -o out --dry-run");
    assert_eq!((run.status, run.out.as_str()), (0, "a.csv -> a.xlsx\n"), "{}", run.err);
    assert!(run.err.contains("would be removed: c.xlsx"), "{}", run.err);
    assert!(place.tree("out") == before);
}

#[test]
fn a_dry_run_foresees_what_a_run_would_refuse_and_tells_that_its_lines_are_lost() {
    let place = Place::new();
    place.put("in/a.csv", of("甲局"));
    place.put("out/report.html", "of somebody else");
    for line in ["normalize in -o out --dry-run", "normalize in -o out"] {
        let run = place.line(line);
        assert_eq!((run.status, run.out.as_str()), (2, ""), "{line}: {}", run.err);
        assert!(run.err.contains("not of an earlier run"), "{line}: {}", run.err);
    }
    #[cfg(target_os = "linux")]
    {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let run = place.command(["normalize", "in", "-o", "new", "-n"]).stdout(full).output();
        assert_eq!(run.unwrap().status.code(), Some(2));
    }
}

#[test]
fn a_dash_is_standard_output_and_never_a_file() {
    let place = Place::new();
    place.put("in/a.csv", of("甲局"));
    for (line, plain) in [
        ("summarize in --to csv -o -", "summarize in --to csv"),
        ("diff in in -o -", "diff in in"),
        ("diff in in --to html -o -", "diff in in --to html"),
        ("normalize in --to jsonl -o -", "normalize in --to jsonl"),
    ] {
        let [dash, without] = [line, plain].map(|line| place.line(line));
        assert_eq!((dash.status, &dash.out), (without.status, &without.out), "{line}");
        assert!(dash.status == 0 && !dash.out.is_empty(), "{line}: {}", dash.err);
    }
    for line in ["summarize in -o -", "diff in in --to xlsx -o -", "normalize in -o -"] {
        assert_eq!(place.line(line).status, 2, "{line}");
    }
    assert!(!place.path("-").exists());
}

#[test]
fn a_run_that_did_not_end_is_not_added_up() {
    let place = Place::new();
    small_tree(&place);
    place.line("normalize in -o out");
    place.put("out/.jixiao/journal.jsonl", "{\"jixiao-manifest\":1}\n");
    for line in
        ["summarize out --to csv", "diff out in", "summarize in out/manifest.jsonl --to csv"]
    {
        let run = place.line(line);
        assert_eq!((run.status, run.out.as_str()), (2, ""), "{line}");
        assert!(run.err.contains("did not come to its end"), "{line}: {}", run.err);
    }
    place.line("normalize in -o out");
    assert_eq!(place.line("summarize out --to csv").status, 1);
}

#[test]
fn a_new_output_folder_hides_no_returns() {
    let place = Place::new();
    place.put("in/a.csv", of("甲局"));
    place.put("in/2025/t.csv", of("乙局"));
    let run = place.line("normalize in -o in/2025");
    assert_eq!(run.status, 2);
    assert!(run.err.contains("would not be read"), "{}", run.err);
    assert_eq!(place.outputs("in"), ["2025/t.csv", "a.csv"]);
}

#[test]
fn one_department_spelt_with_spaces_is_the_same() {
    let place = Place::new();
    place.put("in/a.csv", of("丙局"));
    place.put("in/b.csv", of("丙 局"));
    place.line("normalize in -o out");
    let repeated = place.json("out/report.json")["repeated"].clone();
    assert_eq!(repeated[0]["department"], "丙局");
    assert_eq!(repeated[0]["places"].as_array().unwrap().len(), 2);
}

#[cfg(unix)]
mod on_unix {
    use std::{os::unix::ffi::OsStrExt, process::Command};

    use super::{super::Place, of};

    #[test]
    fn a_pipe_among_the_names_is_told_and_not_waited_for() {
        let place = Place::new();
        place.put("a.csv", of("甲局"));
        assert!(Command::new("mkfifo").arg(place.path("p.xls")).status().unwrap().success());
        place.put("list", "p.xls\na.csv\n");
        for line in [
            "normalize p.xls a.csv -o out",
            "normalize --files-from list -o listed",
            "normalize --files-from list --to jsonl",
        ] {
            let run = place.line(line);
            assert_eq!(run.status, 1, "{line}: {}", run.err);
            assert!(run.err.contains("p.xls: no regular file"), "{line}: {}", run.err);
        }
    }

    #[test]
    fn a_check_shows_names_so_that_no_byte_is_lost() {
        let place = Place::new();
        for name in [b"\xbc\xa8.csv".as_slice(), b"\xbd\xa1.csv", b"new\nline.csv"] {
            place.put(
                std::ffi::OsStr::from_bytes(name),
                crate::sample::broken("402.49", "约四百万"),
            );
        }
        let run = place.line("check . --format json");
        let found: serde_json::Value = serde_json::from_str(&run.out).unwrap();
        let mut names: Vec<&str> =
            found.as_array().unwrap().iter().map(|one| one["file"].as_str().unwrap()).collect();
        names.dedup();
        assert_eq!(names, ["./new\\x0Aline.csv", "./\\xBC\\xA8.csv", "./\\xBD\\xA1.csv"]);
        let text = place.line("check .");
        assert!(text.out.starts_with("./new\\x0Aline.csv:C6:"), "{}", text.out);
    }
}

#[test]
fn folders_of_reserved_names_never_share_a_folder_with_others() {
    for name in ["report.xlsx", "report.html", "manifest.jsonl"] {
        let place = Place::new();
        place.put(format!("in/{name}/b.csv"), of("甲局"));
        let whole = |out: &str| {
            let run = place.line(&format!("normalize in -o {out}"));
            assert_eq!(run.status, 0, "{name}: {}", run.err);
            place.outputs(out)
        };
        assert_eq!(whole("out"), [format!("_{name}/b.xlsx")]);
        place.put(format!("in/_{name}/b.csv"), of("乙局"));
        let both = [format!("_{name}/b.xlsx"), format!("_{name} (2)/b.xlsx")];
        assert_eq!(whole("out"), both);
        assert_eq!(whole("clean"), both);
        for output in &both {
            assert!(place.get(&format!("out/{output}")) == place.get(&format!("clean/{output}")));
        }
        // Two folders of the command line are no other.
        let run = place.line(&format!("normalize in/{name} in/_{name} -o two"));
        assert_eq!((run.status, place.outputs("two")), (0, both.to_vec()), "{}", run.err);
    }
}
