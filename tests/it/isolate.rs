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
