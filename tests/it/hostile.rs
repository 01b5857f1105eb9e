//! Small files on which parsers abort, hang or eat memory: each ends quickly, in a result or in an error that says why.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use jixiao::{
    isolate::Worker,
    pipeline::{self, Settings},
    workbook::Options,
};

/// Each file with words of the message that it ends in.
#[rustfmt::skip]
const FILES: &[(&str, &str)] = &[
    ("far-cell.xlsx",          "no performance-target return"),
    ("cell-outside.xlsx",      "no performance-target return"),
    ("merges.xlsx",            "no performance-target return"),
    ("lying-strings.xlsx",     "no performance-target return"),
    ("many-cells.xlsx",        "over the limit `cells`"),
    ("inflating-sheet.xlsx",   "over the limit `part-size`"),
    ("inflating-strings.xlsx", "over the limit `part-size`"),
    ("paths.xlsx",             "no performance-target return"),
    ("lying-dimensions.xls",   "no performance-target return"),
    ("far-number.xls",         "no performance-target return"),
    ("lying-merges.xls",       "no performance-target return"),
    ("torn-records.xls",       "damaged"),
    ("torn-compound.xls",      "damaged"),
    ("entities.xml",           "no performance-target return"),
    ("external-entity.xml",    "no performance-target return"),
    ("repeated-cells.fods",    "over the limit `cells`"),
    ("nested-tables.html",     "over the limit `nesting`"),
    ("endless-spans.html",     "no performance-target return"),
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/hostile")
}

#[test]
fn each_ends_in_a_result_or_in_an_error_that_says_why() {
    let mut worker = Worker::new(Path::new(env!("CARGO_BIN_EXE_jixiao")), &["worker"]);
    let mut wrong = Vec::new();
    for (name, words) in FILES {
        let bytes = fs::read(folder().join(name)).unwrap();
        let read = worker
            .open(&bytes, &Options::default())
            .and_then(|source| pipeline::read_source(source, &Settings::default()));
        let said = read.map_or_else(|error| error.to_string(), |_| "a return".to_owned());
        if !said.contains(words) {
            wrong.push(format!("{name}: `{said}` lacks `{words}`"));
        }
        assert!(!said.contains("root:"), "{name} brought in a file of the system");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_file_of_the_folder_is_tried() {
    let there: BTreeSet<String> = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name != "README.md")
        .collect();
    let tried: BTreeSet<String> = FILES.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(there, tried);
}
