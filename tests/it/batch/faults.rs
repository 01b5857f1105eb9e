//! What a run must survive.

use std::fs;

use super::{Place, of, small_tree};

#[test]
fn an_output_folder_inside_the_source_is_not_read() {
    let place = Place::new();
    small_tree(&place);
    place.line("normalize in -o in/out");
    let first = place.tree("in/out");
    place.line("normalize in -o in/out");
    assert!(place.tree("in/out") == first);
    assert!(place.outputs("in/out").iter().all(|name| !name.contains("out")));
}

#[test]
fn the_output_folder_of_another_run_is_left_out_and_told_unless_it_is_named() {
    let place = Place::new();
    small_tree(&place);
    place.line("normalize in -o clean");
    place.line("normalize in -o in/b/made");
    place.line("normalize in -o in/b/begun");
    // One that was killed has no manifest yet, one that was copied may have nothing else.
    fs::remove_file(place.path("in/b/begun/manifest.jsonl")).unwrap();
    fs::remove_dir_all(place.path("in/b/made/.jixiao")).unwrap();
    let run = place.line("normalize in -o out");
    for folder in ["b/begun", "b/made"] {
        let told = format!("{folder}: left out: the output folder of a run");
        assert_eq!(run.err.matches(&told).count(), 1, "{}", run.err);
    }
    assert_eq!(place.outputs("out"), place.outputs("clean"));
    let files = place.json("out/report.json")["files"].clone();
    let skipped: Vec<&str> = files
        .as_array()
        .unwrap()
        .iter()
        .filter(|file| file["state"] == "skipped")
        .map(|file| file["source"].as_str().unwrap())
        .collect();
    assert_eq!(skipped, ["b/begun", "b/made", "b/notes.md"]);
    let chinese = place.line("normalize in -o out --lang zh");
    assert!(chinese.err.contains("b/made: 未读取：这是 normalize 的输出文件夹"), "{}", chinese.err);
    // In a stream, which has no line for it.
    let run = place.line("normalize in --to jsonl");
    assert_eq!(run.out.lines().count(), 5, "{}", run.out);
    assert!(run.err.contains("b/made: left out"), "{}", run.err);
    // Named, it is read, without the reports; below the other folder nobody misses it.
    let run = place.line("normalize in in/b/made -o both");
    let made = |name: &&String| name.starts_with("made/");
    let outputs = place.outputs("both");
    assert_eq!(outputs.iter().filter(made).count(), 4, "{outputs:?}");
    assert!(!run.err.contains("b/made") && run.err.contains("b/begun"), "{}", run.err);
    assert!(!run.err.contains("made/report."), "{}", run.err);
}

#[test]
fn a_folder_is_checked_as_its_files_are_and_without_the_outputs_of_runs_below() {
    let place = Place::new();
    small_tree(&place);
    let alone = place.line("check in --format json -v");
    place.line("normalize in -o in/b/made");
    let whole = place.line("check in --format json -v");
    assert!(whole.err.contains("in/b/made: left out"), "{}", whole.err);
    assert_eq!((whole.status, &whole.out), (alone.status, &alone.out));
    // File by file it is the same list, in the order of the names.
    let sources = ["in/a/one.csv", "in/b/three.csv"];
    let each = place.line(&format!("check {} --format json -v", sources.join(" ")));
    let of = |out: &str| serde_json::from_str::<Vec<serde_json::Value>>(out).unwrap();
    let mut of_both = of(&whole.out);
    of_both.retain(|finding| sources.contains(&finding["file"].as_str().unwrap()));
    assert!(!of_both.is_empty());
    assert_eq!(of(&each.out), of_both);
    // Of a run's own folder its copies are checked, not its reports.
    let copies = place.line("check in/b/made -v");
    assert!(!copies.err.contains("report."), "{}", copies.err);
    assert!(copies.out.contains("in/b/made/"), "{}", copies.out);
}

#[test]
fn a_foreign_file_is_never_overwritten() {
    let place = Place::new();
    small_tree(&place);
    place.put("out/four.xlsx", "somebody's");
    let run = place.line("normalize in -o out");
    assert_eq!((run.status, place.get("out/four.xlsx")), (1, b"somebody's".to_vec()));
    let state = place.json("out/report.json");
    assert_eq!(state["totals"]["refused"], 1);
    place.put("other/report.html", "somebody's");
    let run = place.line("normalize in -o other");
    assert_eq!((run.status, place.get("other/report.html")), (2, b"somebody's".to_vec()));
    assert!(run.err.contains("report or a manifest"), "{}", run.err);
    assert!(!place.path("other/.jixiao").exists());
}

#[test]
fn two_runs_at_once_into_one_folder_are_refused() {
    let place = Place::new();
    small_tree(&place);
    fs::create_dir_all(place.path("out/.jixiao")).unwrap();
    let lock = fs::File::create(place.path("out/.jixiao/lock")).unwrap();
    lock.lock().unwrap();
    let run = place.line("normalize in -o out");
    assert_eq!(run.status, 2);
    assert!(run.err.contains("another run is writing into `out`"), "{}", run.err);
    drop(lock);
    assert_eq!(place.line("normalize in -o out").status, 1);
}

#[test]
fn a_long_name_is_cut_and_still_told_apart() {
    let place = Place::new();
    let long = "绩".repeat(83);
    place.put(format!("in/{long}a.csv"), of("甲"));
    place.put(format!("in/{long}b.csv"), of("乙"));
    let run = place.line("normalize in -o out");
    assert_eq!((run.status, place.outputs("out").len()), (0, 2), "{}", run.err);
}

#[test]
fn a_long_path_is_written() {
    let place = Place::new();
    let deep = format!("in/{}", ["很长的文件夹名称"; 14].join("/"));
    assert!(deep.len() > 300);
    place.put(format!("{deep}/a.csv"), of("甲"));
    let run = place.line("normalize in -o out");
    assert_eq!((run.status, place.outputs("out").len()), (0, 1), "{}", run.err);
}

#[cfg(target_os = "linux")]
mod linux {
    use std::{
        ffi::OsStr,
        os::unix::{ffi::OsStrExt as _, fs::PermissionsExt as _},
        process::Command,
        time::Duration,
    };

    use super::*;

    #[test]
    fn names_that_are_no_text_are_kept_and_told_reversibly() {
        let place = Place::new();
        let name = OsStr::from_bytes(b"\xbc\xa8\xb1\xed\n\\'\" &<.csv");
        place.put(std::path::Path::new("in").join(name), of("甲"));
        let run = place.line("normalize in -o out --to json");
        assert_eq!(run.status, 0, "{}", run.err);
        let report = place.json("out/report.json");
        let shown = report["files"][0]["source"].as_str().unwrap();
        assert_eq!(shown, "\\xBC\\xA8\\xB1\\xED\\x0A\\\\'\" &<.csv");
        assert_eq!(jixiao::batch::name::path_of(shown).as_os_str(), name);
        let output = OsStr::from_bytes(b"\xbc\xa8\xb1\xed\n\\'\" &<.json");
        assert!(place.path("out").join(output).exists());
        let before = place.tree("out");
        place.line("normalize in -o out --to json");
        assert!(place.tree("out") == before);
    }

    #[test]
    fn ctrl_c_finishes_the_files_in_hand_and_the_next_run_goes_on() {
        let place = Place::new();
        for number in 0..400 {
            place.put(format!("in/{number:03}.csv"), of(&format!("第{number}局")));
        }
        let mut child =
            place.command(["normalize", "in", "-o", "out", "--jobs", "2"]).spawn().unwrap();
        while !place.path("out/000.xlsx").exists() {
            assert!(child.try_wait().unwrap().is_none());
            std::thread::sleep(Duration::from_millis(5));
        }
        let asked = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
        assert!(asked.success());
        let output = child.wait_with_output().unwrap();
        let err = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(130), "{err}");
        assert!(err.contains("interrupted; run the same command again"), "{err}");
        assert!(!place.path("out/report.json").exists());
        let run = place.line("normalize in -o out");
        assert_eq!(run.status, 0, "{}", run.err);
        place.line("normalize in -o clean");
        place.assert_same("out", "clean");
    }

    #[test]
    fn ctrl_c_ends_a_run_that_waits_for_a_list_which_nobody_writes_on() {
        use std::io::{BufRead as _, BufReader, Write as _};
        let place = Place::new();
        small_tree(&place);
        let interrupt = |line: &str, begun: &mut dyn FnMut(&mut std::process::Child)| {
            let mut command = place.command(line.split(' '));
            let mut child = command.stdin(std::process::Stdio::piped()).spawn().unwrap();
            let mut list = child.stdin.take().unwrap();
            list.write_all(b"in/four.xlsx\n").unwrap();
            begun(&mut child);
            let asked =
                Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
            assert!(asked.success());
            // Far more time than it needs; without an end it would wait for ever.
            for _ in 0..1500 {
                if child.try_wait().unwrap().is_some() {
                    break;
                }
                std::thread::sleep(Duration::from_millis(20));
            }
            let _ = child.kill();
            assert_eq!(child.wait().unwrap().code(), Some(130), "{line}");
            drop(list);
        };
        interrupt("normalize --files-from - --to jsonl", &mut |child| {
            let mut line = String::new();
            BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
            assert!(line.contains("in/four.xlsx"), "{line}");
        });
        // Of a part of a list nothing is made, and nothing is gone.
        place.put("list", "in/four.xlsx\nin/a/one.csv\n");
        place.line("normalize --files-from list -o out");
        let before = place.tree("out");
        let pipe = Command::new("mkfifo").arg(place.path("pipe")).status().unwrap();
        assert!(pipe.success());
        for list in ["-", "pipe"] {
            interrupt(&format!("normalize --files-from {list} -o out"), &mut |child| {
                // It listens to Ctrl-C before it reads the list.
                let status = format!("/proc/{}/status", child.id());
                while caught(&status) & 2 == 0 {
                    std::thread::sleep(Duration::from_millis(5));
                }
            });
            assert!(place.tree("out") == before);
        }
        // Nor of a list that can't be read.
        let run = place.line("normalize --files-from in -o out");
        assert_eq!((run.status, run.err.contains("in`")), (2, true), "{}", run.err);
        assert!(place.tree("out") == before);
    }

    #[test]
    fn links_are_not_followed_and_are_told() {
        let place = Place::new();
        small_tree(&place);
        std::os::unix::fs::symlink("a/one.csv", place.path("in/soft.csv")).unwrap();
        std::os::unix::fs::symlink("..", place.path("in/a/up")).unwrap();
        place.line("normalize in -o out");
        assert_eq!(place.json("out/report.json")["totals"]["skipped"], 3);
        // A link in the place of an output is not written through.
        place.put("kept.xlsx", "kept");
        std::fs::create_dir(place.path("out2")).unwrap();
        std::os::unix::fs::symlink("../kept.xlsx", place.path("out2/four.xlsx")).unwrap();
        let run = place.line("normalize in -o out2");
        assert_eq!((run.status, place.get("kept.xlsx")), (1, b"kept".to_vec()));
    }

    #[test]
    fn a_full_disk_ends_the_run_with_a_clear_error() {
        // A limit on the size of files stands for the disk: the report is larger than what is allowed.
        let place = Place::new();
        small_tree(&place);
        let line = format!(
            "ulimit -f 8; trap '' XFSZ; exec '{}' normalize in -o out",
            env!("CARGO_BIN_EXE_jixiao")
        );
        let output = Command::new("bash")
            .args(["-c", &line])
            .current_dir(place.path(""))
            .env("JIXIAO_LANG", "en")
            .output()
            .unwrap();
        let err = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{err}");
        assert!(err.contains("cannot write `out"), "{err}");
        assert!(place.outputs("out").is_empty(), "a torn file stands");
        assert_eq!(place.line("normalize in -o out").status, 1);
        place.line("normalize in -o clean");
        place.assert_same("out", "clean");
    }

    /// The signals that a process listens to, a bit each; the first is that of signal 1.
    fn caught(status: &str) -> u64 {
        let status = std::fs::read_to_string(status).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("SigCgt:")).unwrap();
        u64::from_str_radix(line.trim(), 16).unwrap()
    }

    /// Whether the system refuses this user anything; it refuses the superuser nothing.
    fn is_refused(place: &Place) -> bool {
        let path = place.put("probe", "x");
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o0)).unwrap();
        std::fs::read(path).is_err()
    }

    #[test]
    fn what_may_not_be_read_or_written_is_told() {
        let place = Place::new();
        small_tree(&place);
        if !is_refused(&place) {
            eprintln!("the superuser may read and write everything; not tried");
            return;
        }
        let closed = place.put("in/a/closed.csv", of("甲"));
        std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(0o0)).unwrap();
        let run = place.line("normalize in -o out");
        assert_eq!(run.status, 1);
        assert!(run.err.contains("a/closed.csv: cannot read"), "{}", run.err);
        std::fs::create_dir(place.path("locked")).unwrap();
        let read_only = std::fs::Permissions::from_mode(0o555);
        std::fs::set_permissions(place.path("locked"), read_only).unwrap();
        let run = place.line("normalize in -o locked/out");
        assert_eq!(run.status, 2);
        assert!(run.err.contains("cannot write `locked/out"), "{}", run.err);
    }
}

#[test]
fn what_the_folder_commands_wrote_is_refused_by_name_as_a_return() {
    let place = Place::new();
    place.put("old.csv", of("甲局"));
    place.put("new.csv", of("甲局").replace("402.49", "400"));
    place.put("in/甲.csv", of("甲局"));
    for (lang, name) in [("en", "comparison"), ("zh", "绩效目标表对比")] {
        for ending in ["xlsx", "html"] {
            fs::create_dir_all(place.path("d")).unwrap();
            let run = place.line(&format!("diff old.csv new.csv -o d/对比.{ending} --lang {lang}"));
            assert_eq!(run.status, 1, "{}", run.err);
            let run = place.line(&format!("summarize d --to csv --lang {lang}"));
            assert_eq!((run.status, run.out.lines().count()), (2, 1), "{ending}: {}", run.err);
            assert!(run.err.contains(name), "{ending}: {}", run.err);
            fs::remove_file(place.path(format!("d/对比.{ending}"))).unwrap();
        }
        place.line(&format!("normalize in -o out-{lang} --lang {lang}"));
        for ending in ["xlsx", "html"] {
            let report = place.get(&format!("out-{lang}/report.{ending}"));
            place.put(format!("d/目标.{ending}"), report);
        }
        let run = place.line("normalize d -o e");
        assert_eq!((run.status, place.outputs("e").len()), (2, 0), "{}", run.err);
        assert_eq!(run.err.matches("the report of a folder").count(), 2, "{}", run.err);
        let run = place.line("normalize d -o e --lang zh");
        assert_eq!(run.err.matches("这是目标表处理报告").count(), 2, "{}", run.err);
    }
}
