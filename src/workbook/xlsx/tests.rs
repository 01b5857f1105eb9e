//! Both readers of cells side by side.
#![allow(clippy::disallowed_methods)] // these tests read the samples

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::*;
use crate::workbook::Sheet;

fn sheets(bytes: &[u8], stream: bool) -> Result<Vec<Sheet>> {
    let limits = Limits::default();
    Source::open(bytes, &limits, stream)?.read().map(|book| book.sheets)
}

/// Says where two readings of a sheet differ.
fn difference(one: &Sheet, other: &Sheet) -> Option<String> {
    if one.ours != other.ours || one.name != other.name {
        return Some(format!("sheet {:?}", one.name));
    }
    let (cells, others) = (one.grid.cells(), other.grid.cells());
    for (cell, other) in cells.iter().zip(others) {
        if format!("{cell:?}") != format!("{other:?}") {
            return Some(format!("{cell:?}\n   {other:?}"));
        }
    }
    (cells.len() != others.len() || format!("{:?}", one.grid) != format!("{:?}", other.grid))
        .then(|| format!("{} and {} cells on {:?}", cells.len(), others.len(), one.name))
}

/// Packages below a folder, the large ones left out.
fn packages(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            packages(&path, found);
        } else if entry.metadata().is_ok_and(|data| data.len() < 200_000)
            && fs::read(&path).is_ok_and(|bytes| bytes.starts_with(b"PK"))
        {
            found.push(path);
        }
    }
}

#[test]
fn both_readers_find_the_same_cells() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = Vec::new();
    for folder in ["samples", "templates", "tests/fixtures/containers", "../shared/corpus"] {
        packages(&root.join(folder), &mut paths);
    }
    let (mut compared, mut wrong) = (0, Vec::new());
    for path in &paths {
        let bytes = fs::read(path).unwrap();
        let (Ok(streamed), Ok(direct)) = (sheets(&bytes, true), sheets(&bytes, false)) else {
            continue;
        };
        compared += 1;
        assert_eq!(streamed.len(), direct.len(), "{}", path.display());
        for (one, other) in streamed.iter().zip(&direct) {
            wrong.extend(difference(one, other).map(|what| format!("{}: {what}", path.display())));
        }
    }
    assert!(compared > 10);
    assert!(wrong.is_empty(), "{} of {compared}:\n{}", wrong.len(), wrong.join("\n"));
}
