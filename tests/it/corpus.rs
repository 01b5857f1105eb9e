//! Workbooks that others made, sound and broken, where the shared corpus is at hand: each ends in a result or a clear error.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use jixiao::{
    error::Error,
    isolate::Worker,
    pipeline::{self, Settings},
    workbook::Options,
};

/// How reading a file ended.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum End {
    Return,
    Opened,
    OtherForm,
    Refused,
    Encrypted,
    Damaged,
    Limit,
    Crash,
}

const ENDS: [(End, &str); 8] = [
    (End::Return, "return"),
    (End::Opened, "opened"),
    (End::OtherForm, "other form"),
    (End::Refused, "refused"),
    (End::Encrypted, "encrypted"),
    (End::Damaged, "damaged"),
    (End::Limit, "limit"),
    (End::Crash, "crash"),
];

/// A line of the corpus's index.
struct Entry {
    path: String,
    container: String,
    sound: String,
}

fn corpus() -> Option<(PathBuf, Vec<Entry>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    let index = fs::read_to_string(folder.join("INDEX.tsv")).ok()?;
    let entry = |line: &str| {
        let fields: Vec<&str> = line.split('\t').collect();
        let field = |at: usize| fields.get(at).map(|text| (*text).to_owned());
        Some(Entry { path: field(0)?, container: field(2)?, sound: field(6)? })
    };
    Some((folder, index.lines().skip(1).filter_map(entry).collect()))
}

fn end_of(worker: &mut Worker, bytes: &[u8]) -> (End, String) {
    match worker.open(bytes, &Options::default()) {
        Ok(source) => match pipeline::read_source(source, &Settings::default()) {
            Ok(_) => (End::Return, String::new()),
            Err(error @ Error::OtherForm { .. }) => (End::OtherForm, error.to_string()),
            Err(error) => (End::Opened, error.to_string()),
        },
        Err(error) => {
            let text = error.to_string();
            let end = match error {
                Error::Encrypted => End::Encrypted,
                Error::Limit { limit: "seconds" | "memory", .. } => End::Crash,
                Error::Limit { .. } => End::Limit,
                Error::Damaged { .. } if text.contains("its reader stopped") => End::Crash,
                Error::Damaged { .. } => End::Damaged,
                _ => End::Refused,
            };
            (end, text)
        }
    }
}

#[test]
fn every_file_of_the_corpus_ends_in_a_result_or_a_clear_error() {
    let Some((folder, entries)) = corpus() else {
        eprintln!("skipped: there is no ../shared/corpus");
        return;
    };
    let mut worker = Worker::new(Path::new(env!("CARGO_BIN_EXE_jixiao")), &["worker"]);
    let mut table: BTreeMap<(String, String), BTreeMap<End, usize>> = BTreeMap::new();
    let (mut wrong, mut slowest) = (Vec::new(), (Duration::ZERO, String::new()));
    for entry in &entries {
        let bytes = fs::read(folder.join(&entry.path)).unwrap();
        let start = Instant::now();
        let (end, text) = end_of(&mut worker, &bytes);
        slowest = slowest.max((start.elapsed(), entry.path.clone()));
        *table
            .entry((entry.container.clone(), entry.sound.clone()))
            .or_default()
            .entry(end)
            .or_default() += 1;
        // A sheet of 10^18 repeated cells is sound and over every limit.
        let vast = entry.path == "tafia-calamine/issue_594_dos.ods";
        let refused = matches!(end, End::Damaged | End::Limit) && !vast
            || end == End::Refused && entry.container != "other";
        if end == End::Crash || entry.sound == "yes" && refused {
            wrong.push(format!("{} ({}): {text}", entry.path, entry.container));
        }
    }
    let heads: Vec<String> = ENDS.iter().map(|(_, name)| format!("{name:>11}")).collect();
    println!("{:<12}{:<9}{}", "container", "sound", heads.concat());
    for ((container, sound), ends) in &table {
        let counts = ENDS.iter().map(|(end, _)| ends.get(end).copied().unwrap_or(0));
        let counts: String = counts.map(|count| format!("{count:>11}")).collect();
        println!("{container:<12}{sound:<9}{counts}");
    }
    println!("{} files, slowest {:?} {}", entries.len(), slowest.0, slowest.1);
    assert!(wrong.is_empty(), "{} files:\n{}", wrong.len(), wrong.join("\n"));
}
