//! Opening files in a worker process: what it opens, and that no file takes the program down with it.

use std::path::Path;

use jixiao::{
    error::Error,
    isolate::Worker,
    workbook::{Limits, Options, Source},
};

use crate::sample::SOUND;

fn worker() -> Worker {
    Worker::new(Path::new(env!("CARGO_BIN_EXE_jixiao")), &["worker"])
}

fn limited(setting: &str) -> Options {
    let mut limits = Limits::default();
    limits.set(setting).unwrap();
    Options { limits, ..Options::default() }
}

fn cells(source: &Source) -> usize {
    match source {
        Source::Workbook(book) => book.sheets.iter().map(|sheet| sheet.grid.cells().len()).sum(),
        Source::Json(_) => 0,
    }
}

#[test]
fn a_worker_opens_one_file_after_the_other() {
    let mut worker = worker();
    let want = cells(&jixiao::workbook::open(SOUND.as_bytes(), &Options::default()).unwrap());
    for _ in 0..3 {
        let opened = worker.open(SOUND.as_bytes(), &Options::default()).unwrap();
        assert_eq!(cells(&opened), want);
        let refused = worker.open(b"", &Options::default()).unwrap_err();
        assert!(matches!(refused, Error::Empty), "{refused}");
    }
}

#[test]
fn a_file_that_comes_piece_by_piece_is_the_same() {
    struct Slow<'a>(&'a [u8]);
    impl std::io::Read for Slow<'_> {
        fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
            let most = into.len().min(7);
            self.0.read(&mut into[..most])
        }
    }
    struct Broken;
    impl std::io::Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("the disk is gone"))
        }
    }
    let mut worker = worker();
    let want = cells(&worker.open(SOUND.as_bytes(), &Options::default()).unwrap());
    let mut open = |content: &mut dyn std::io::Read, size, options: &Options| {
        worker.open_stream(content, size, options)
    };
    // The size that is told need not be true.
    for size in [0, 5, u64::MAX] {
        let got = open(&mut Slow(SOUND.as_bytes()), size, &Options::default()).unwrap();
        assert_eq!(cells(&got), want, "{size}");
    }
    let long = open(&mut Slow(SOUND.as_bytes()), 0, &limited("file-size=100")).unwrap_err();
    assert!(matches!(long, Error::Limit { limit: "file-size", .. }), "{long}");
    let broken = open(&mut Broken, 9, &Options::default()).unwrap_err();
    assert!(matches!(broken, Error::ReadFile { .. }), "{broken}");
    // And the next one is read.
    assert!(open(&mut Slow(SOUND.as_bytes()), 0, &Options::default()).is_ok());
}

#[test]
fn json_of_any_length_comes_back_whole() {
    let text = format!("[{{\"notes\": [{}\"\"]}}]", "\"备注 note\", ".repeat(20_000));
    let Ok(Source::Json(got)) = worker().open(text.as_bytes(), &Options::default()) else {
        panic!("it is JSON")
    };
    assert_eq!(got, text);
    let refused = worker().open(text.as_bytes(), &limited("cells=1000")).unwrap_err();
    assert!(matches!(refused, Error::Limit { limit: "cells", .. }), "{refused}");
}

#[test]
fn a_file_over_the_memory_cap_is_refused_and_the_next_one_read() {
    let mut worker = worker();
    let large = SOUND.repeat(2000);
    let refused = worker.open(large.as_bytes(), &limited("memory=3000000")).unwrap_err();
    assert!(matches!(refused, Error::Limit { limit: "memory", .. }), "{refused}");
    let refused = worker.open(large.as_bytes(), &limited("memory=9000000")).unwrap_err();
    assert!(matches!(refused, Error::Limit { limit: "memory", .. }), "{refused}");
    assert!(worker.open(SOUND.as_bytes(), &Options::default()).is_ok());
}

#[test]
fn a_file_over_the_time_limit_is_refused_and_the_next_one_read() {
    let mut worker = worker();
    let large = SOUND.repeat(2000);
    let refused = worker.open(large.as_bytes(), &limited("seconds=0")).unwrap_err();
    assert!(matches!(refused, Error::Limit { limit: "seconds", .. }), "{refused}");
    assert!(worker.open(SOUND.as_bytes(), &Options::default()).is_ok());
}

#[test]
fn what_comes_too_late_is_refused_however_soon_it_comes() {
    let mut worker = worker();
    for _ in 0..5 {
        // One that runs already answers long before anybody looks at the time.
        assert!(worker.open(SOUND.as_bytes(), &Options::default()).is_ok());
        let refused = worker.open(SOUND.as_bytes(), &limited("seconds=0")).unwrap_err();
        assert!(matches!(refused, Error::Limit { limit: "seconds", .. }), "{refused}");
    }
}

#[cfg(unix)]
#[test]
fn a_worker_that_never_answers_is_given_up_be_it_that_it_does_not_even_take_the_file() {
    use std::{sync::mpsc::channel, thread, time::Duration};
    // What a pipe holds, and much more than that.
    for size in [1, 1 << 22] {
        let (send, receive) = channel();
        // It reads nothing and writes nothing.
        let mut deaf = Worker::new(Path::new("sleep"), &["600"]);
        thread::spawn(move || send.send(deaf.open(&vec![b','; size], &limited("seconds=1"))));
        let ended = receive.recv_timeout(Duration::from_secs(60));
        let refused = ended.expect("it waits for ever").unwrap_err();
        assert!(matches!(refused, Error::Limit { limit: "seconds", .. }), "{size}: {refused}");
    }
}

#[test]
fn a_worker_that_cannot_be_run_or_is_another_program_is_an_error() {
    let mut missing = Worker::new(Path::new("no-such-program"), &[]);
    let error = missing.open(SOUND.as_bytes(), &Options::default()).unwrap_err();
    assert!(matches!(error, Error::Worker { .. }), "{error}");
    // It prints its version and ends, as a worker does that dies of a file.
    let program = Path::new(env!("CARGO_BIN_EXE_jixiao"));
    let mut other = Worker::new(program, &["--version"]);
    assert!(other.open(SOUND.as_bytes(), &Options::default()).is_err());
}

#[test]
fn every_limit_stands_in_the_documents_with_its_default() {
    let page =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/limits.md")).unwrap();
    for row in jixiao::workbook::LIMITS {
        let line = page.lines().find(|line| line.starts_with(&format!("| `{}` |", row.name)));
        let line = line.unwrap_or_else(|| panic!("docs/limits.md lacks `{}`", row.name));
        let digits: String = line
            .split('|')
            .nth(2)
            .unwrap()
            .split('(')
            .next_back()
            .unwrap()
            .chars()
            .filter(char::is_ascii_digit)
            .collect();
        assert_eq!(digits, row.most.to_string(), "{line}");
        assert!(line.contains(row.what) && line.contains(row.poi), "{line}");
    }
}
