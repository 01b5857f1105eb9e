//! Sources, workers and disks that go away while a run is on.

use std::{
    fs,
    io::Write as _,
    path::Path,
    process::Child,
    sync::atomic::{AtomicBool, Ordering},
    thread::sleep,
    time::Duration,
};

use jixiao::{batch::load, error::Error, workbook::Limits};
use sha2::{Digest as _, Sha256};

use super::{Place, of};

/// So many returns, and a run over them with one worker that has written its first output.
fn begun(place: &Place, count: usize) -> Child {
    for number in 0..count {
        place.put(format!("in/{number:03}.csv"), of(&format!("第{number}局")));
    }
    let mut child = place.command(["normalize", "in", "-o", "out", "--jobs", "1"]).spawn().unwrap();
    while !place.path("out/000.xlsx").exists() {
        assert!(child.try_wait().unwrap().is_none());
        sleep(Duration::from_millis(2));
    }
    child
}

#[test]
fn a_source_that_vanishes_after_it_was_listed_is_told_and_the_next_run_forgets_it() {
    let place = Place::new();
    let child = begun(&place, 300);
    for number in 290..300 {
        fs::remove_file(place.path(format!("in/{number}.csv"))).unwrap();
    }
    let output = child.wait_with_output().unwrap();
    let err = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{err}");
    assert!(err.contains("299.csv: cannot read `299.csv`"), "{err}");
    let totals = &place.json("out/report.json")["totals"];
    assert_eq!((&totals["written"], &totals["unread"]), (&290.into(), &10.into()));
    assert_eq!(place.outputs("out").len(), 290);
    place.line("normalize in -o out");
    place.line("normalize in -o clean");
    place.assert_same("out", "clean");
}

fn digits(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Lets somebody write while a file is read so many times.
fn read_while(
    path: &Path,
    times: usize,
    write: impl FnOnce(&AtomicBool) + Send,
) -> Vec<Result<load::Steady, Error>> {
    let stop = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| write(&stop));
        let read = (0..times).map(|_| load::steady(path, &Limits::default())).collect();
        stop.store(true, Ordering::Relaxed);
        read
    })
}

#[test]
fn a_source_that_is_saved_while_it_is_read_is_never_taken_half() {
    let place = Place::new();
    let path = place.put("in.csv", vec![b'a'; 1 << 20]);
    // No two versions are of one size.
    let save = |stop: &AtomicBool| {
        for size in (1 << 20).. {
            if stop.load(Ordering::Relaxed) {
                return;
            }
            let byte = b'a' + u8::try_from(size % 26).unwrap();
            fs::write(&path, vec![byte; size]).unwrap();
        }
    };
    for found in read_while(&path, 100, save).into_iter().flatten() {
        let size = usize::try_from(found.size).unwrap();
        let letter = |number: usize| b'a' + u8::try_from(number % 26).unwrap();
        let of_one_version =
            (size..size + 26).any(|number| digits(&vec![letter(number); size]) == found.sha256);
        assert!(of_one_version, "torn");
    }
    assert!(load::steady(&path, &Limits::default()).is_ok());
}

#[test]
fn a_source_too_large_to_be_held_is_the_same_as_a_small_one() {
    let place = Place::new();
    let small = of("甲局");
    place.put("in/1.csv", &small);
    place.put("in/2.csv", small.replace('甲', "乙") + &",,,,,\n".repeat(1 << 18));
    place.line("normalize in -o out");
    let report = place.json("out/report.json");
    let [first, second] = [0, 1].map(|at| report["files"][at].clone());
    for key in ["state", "kind", "counts"] {
        assert_eq!(first[key], second[key], "{key}: {second:#}");
    }
    let bytes = fs::read(place.path("in/2.csv")).unwrap();
    let digits: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(
        (second["sha256"].as_str().unwrap(), second["size"].as_u64()),
        (digits.as_str(), Some(bytes.len() as u64))
    );
    assert_eq!(second["returns"][0]["department"], "乙局");
    let again = place.line("normalize in -o out");
    assert!(again.err.contains("2 done before and unchanged"), "{again:?}");
    // Its formats are made one after the other.
    place.line("normalize in -o all --to csv,xlsx,json");
    let read = |path: &str| fs::read(place.path(path)).unwrap();
    assert_eq!(read("all/2.xlsx"), read("out/2.xlsx"));
    let one = place.line("convert in/2.csv --to csv");
    assert_eq!(String::from_utf8(read("all/2.csv")).unwrap(), one.out);
    assert_eq!(place.json("all/2.json")[0]["department"], "乙局");
    let again = place.line("normalize in -o all --to csv,xlsx,json");
    assert!(again.err.contains("2 done before and unchanged"), "{again:?}");
}

#[test]
fn a_source_that_grows_all_the_time_is_refused_and_told() {
    let place = Place::new();
    let path = place.put("in.csv", "");
    // So long that no reader is through before the next byte comes.
    let mut file = fs::OpenOptions::new().append(true).open(&path).unwrap();
    file.set_len(60 << 20).unwrap();
    let grow = |stop: &AtomicBool| {
        while !stop.load(Ordering::Relaxed) {
            file.write_all(b"a").unwrap();
            // Never beyond the largest size that is read, however slow a reader is.
            std::thread::sleep(std::time::Duration::from_millis(1));
        }
    };
    let read = read_while(&path, 4, grow);
    let refused: Vec<String> = read
        .iter()
        .filter_map(|read| Some(std::error::Error::source(read.as_ref().err()?)?.to_string()))
        .collect();
    assert!(!refused.is_empty(), "it was never caught");
    assert!(refused[0].contains("changes while it is read"), "{}", refused[0]);
}

#[cfg(target_os = "linux")]
mod linux {
    use std::{
        os::unix::{fs::PermissionsExt as _, process::CommandExt as _},
        process::{Command, Stdio},
    };

    use super::*;
    use crate::batch::small_tree;

    /// The process that a run has for opening files.
    fn worker_of(run: u32) -> Option<u32> {
        let tasks = fs::read_dir(format!("/proc/{run}/task")).ok()?;
        tasks.flatten().find_map(|task| {
            let children = fs::read_to_string(task.path().join("children")).ok()?;
            children.split_whitespace().next()?.parse().ok()
        })
    }

    #[test]
    fn a_worker_that_dies_is_started_again_and_costs_at_most_its_file() {
        let place = Place::new();
        let mut child = begun(&place, 300);
        let mut killed = Vec::new();
        while child.try_wait().unwrap().is_none() && killed.len() < 8 {
            if let Some(worker) = worker_of(child.id()).filter(|worker| !killed.contains(worker)) {
                let pid = worker.to_string();
                assert!(Command::new("kill").args(["-KILL", &pid]).status().unwrap().success());
                killed.push(worker);
            }
            sleep(Duration::from_millis(10));
        }
        let output = child.wait_with_output().unwrap();
        let err = String::from_utf8(output.stderr).unwrap();
        assert!(killed.len() > 1, "no second worker: {err}");
        let report = place.json("out/report.json");
        let unread = report["totals"]["unread"].as_u64().unwrap();
        assert!(unread <= killed.len() as u64, "{unread} lost, {} killed", killed.len());
        assert_eq!(report["files"].as_array().unwrap().len(), 300);
        assert_eq!(output.status.code(), Some(i32::from(unread > 0)), "{err}");
        // What was lost with a worker is not lost for good.
        fs::remove_dir_all(place.path("out")).unwrap();
        assert_eq!(place.line("normalize in -o out").status, 0);
        assert_eq!(place.outputs("out").len(), 300);
    }

    #[test]
    fn two_real_runs_at_once_into_one_folder_are_one_run() {
        let place = Place::new();
        let child = begun(&place, 200);
        let second = place.line("normalize in -o out");
        assert_eq!(second.status, 2);
        assert!(second.err.contains("another run is writing into `out`"), "{}", second.err);
        assert_eq!(child.wait_with_output().unwrap().status.code(), Some(0));
        assert_eq!(place.outputs("out").len(), 200);
    }

    #[test]
    fn a_stream_into_a_full_disk_ends_with_a_clear_error() {
        let place = Place::new();
        small_tree(&place);
        let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let mut command = place.command(["normalize", "in", "--to", "jsonl"]);
        let output = command.stdout(Stdio::from(full)).output().unwrap();
        let err = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{err}");
        assert!(err.contains("cannot write `-`: No space left"), "{err}");
    }

    /// Runs a command line as a user to whom the system refuses things: this one, or nobody where this is the superuser.
    fn as_nobody(place: &Place, line: &str) -> super::super::Ran {
        let program = place.path("jixiao");
        if !program.exists() {
            fs::copy(env!("CARGO_BIN_EXE_jixiao"), &program).unwrap();
            fs::set_permissions(place.path(""), fs::Permissions::from_mode(0o777)).unwrap();
        }
        let mut command = Command::new(&program);
        command.args(line.split_whitespace()).current_dir(place.path(""));
        command.env("JIXIAO_LANG", "en").stdin(Stdio::null());
        let superuser = fs::read_to_string("/proc/self/status")
            .is_ok_and(|status| status.contains("\nUid:\t0\t"));
        if superuser {
            command.uid(65534).gid(65534);
        }
        let output = command.output().unwrap();
        super::super::Ran {
            status: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    fn set_mode(place: &Place, name: &str, mode: u32) {
        fs::set_permissions(place.path(name), fs::Permissions::from_mode(mode)).unwrap();
    }

    #[test]
    fn files_and_folders_without_permission_are_told_and_stop_nothing() {
        let place = Place::new();
        small_tree(&place);
        place.put("in/a/closed.csv", of("甲"));
        place.put("in/shut/inside.csv", of("乙"));
        set_mode(&place, "in/a/closed.csv", 0o000);
        set_mode(&place, "in/shut", 0o000);
        let run = as_nobody(&place, "normalize in -o out");
        assert_eq!(run.status, 1, "{}", run.err);
        assert!(run.err.contains("a/closed.csv: cannot read `a/closed.csv`"), "{}", run.err);
        assert!(run.err.contains("shut: cannot read `shut`"), "{}", run.err);
        assert_eq!(place.json("out/report.json")["totals"]["written"], 4);
        set_mode(&place, "in/shut", 0o755);
        // What was made of a folder before it was shut is not told as gone.
        as_nobody(&place, "normalize in -o out");
        set_mode(&place, "in/shut", 0o000);
        let run = as_nobody(&place, "normalize in -o out");
        let told = "shut/inside.csv: its folder can't be read now";
        assert!(run.err.contains(told), "{}", run.err);
        assert!(run.err.contains("removed: shut/inside.xlsx"), "{}", run.err);
        set_mode(&place, "in/shut", 0o755);
        as_nobody(&place, "normalize in -o out");
        as_nobody(&place, "normalize in -o clean");
        place.assert_same("out", "clean");
    }

    #[test]
    fn an_output_folder_that_may_not_be_written_is_a_clear_error_and_stays_as_it_is() {
        let place = Place::new();
        small_tree(&place);
        fs::create_dir(place.path("locked")).unwrap();
        set_mode(&place, "locked", 0o555);
        for line in ["normalize in -o locked", "normalize in -o locked/out"] {
            let run = as_nobody(&place, line);
            assert_eq!(run.status, 2, "{line}: {}", run.err);
            assert!(run.err.contains("cannot write `locked/"), "{line}: {}", run.err);
        }
        assert!(place.tree("locked").is_empty());
        // A folder within that became read-only after an earlier run.
        assert_eq!(as_nobody(&place, "normalize in -o out").status, 1);
        place.put("in/a/new.csv", of("新局"));
        set_mode(&place, "out/a", 0o555);
        let before = place.outputs("out");
        let run = as_nobody(&place, "normalize in -o out");
        assert_eq!(run.status, 2, "{}", run.err);
        assert!(run.err.contains("cannot write `out/a/new.xlsx`"), "{}", run.err);
        assert_eq!(place.outputs("out"), before);
        set_mode(&place, "out/a", 0o755);
        assert_eq!(as_nobody(&place, "normalize in -o out").status, 1);
        as_nobody(&place, "normalize in -o clean");
        place.assert_same("out", "clean");
    }
}
