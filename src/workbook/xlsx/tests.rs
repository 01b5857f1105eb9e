//! The same workbooks through calamine, cell by cell.
#![allow(clippy::disallowed_methods)] // these tests read the samples

use std::{
    fs,
    io::Cursor,
    path::{Path, PathBuf},
};

use calamine::{Data, Reader, SheetType, Xlsx};

use super::*;
use crate::{
    cell::CellRef,
    grid::Value,
    workbook::{Limits, Sheet, SheetKind, sniff, tags::Tags},
};

/// Workbooks of which the two read other cells, and why.
const KNOWN: &[(&str, &str)] = &[
    ("worked-over-by-hand.xlsx", "a stale value under a merge is no cell of the grid"),
    ("cell-outside.xlsx", "a cell outside the grid is a finding"),
    ("bug69769.xlsx", "calamine takes another string for an index with blanks around it"),
    (
        "SH006-Table-No-SharedStrings.xlsx",
        "calamine loses the text of cells that hold it themselves",
    ),
    ("52575_main.xlsx", "calamine loses inline text that stands in a value"),
    ("duplicate-filename.xlsx", "calamine loses inline text that stands in a value"),
];

/// Says where a sheet differs from what calamine streams; its ranges take memory by the place of a cell. Formulas without
/// a result are not compared: it takes them for empty cells.
fn difference(sheet: &Sheet, book: &mut Xlsx<Cursor<&[u8]>>) -> Option<String> {
    let name = sheet.name.as_deref()?;
    let mut reader = book.worksheet_cells_reader(name).ok()?;
    let mut theirs = Vec::new();
    while let Some(cell) = reader.next_cell().ok()? {
        let (row, col) = cell.get_position();
        let data = Data::from(cell.get_value().clone());
        let blank = matches!(&data, Data::String(text) if text.trim().is_empty());
        if data != Data::Empty && !blank {
            theirs.push((CellRef::new(row, col), data));
        }
    }
    theirs.sort_by_key(|(at, _)| *at);
    let mut theirs = theirs.iter();
    let mut ours =
        sheet.grid.cells().iter().filter(|cell| !matches!(cell.value, Value::Formula(_)));
    loop {
        match (ours.next(), theirs.next()) {
            (None, None) => return None,
            (Some(cell), Some((at, data))) if cell.at == *at && is_same(&cell.value, data) => {}
            (cell, other) => return Some(format!("{name}: {cell:?}\n   {other:?}")),
        }
    }
}

#[allow(clippy::float_cmp, clippy::cast_precision_loss)] // both read the same digits
fn is_same(ours: &Value, theirs: &Data) -> bool {
    match (ours, theirs) {
        (Value::Text(one), Data::String(other)) => one == other,
        (Value::Number(number), Data::DateTime(date)) => number.value == date.as_f64(),
        (Value::Number(_), Data::DateTimeIso(_)) => true,
        (Value::Number(number), Data::Int(other)) => number.value == *other as f64,
        (Value::Number(number), Data::Float(other)) => number.value == *other,
        (Value::Boolean(one), Data::Bool(other)) => one == other,
        (Value::Error(one), Data::Error(other)) => *one == other.to_string(),
        _ => false,
    }
}

/// Whether a workbook claims more strings than it has bytes of them: calamine reserves room for each and aborts.
fn claims_too_much(bytes: &[u8], limits: &Limits) -> bool {
    let mut package = Package::open(bytes, limits).unwrap();
    let strings = package.xml("xl/sharedStrings.xml").ok().flatten().unwrap_or_default();
    let mut tags = Tags::new(&strings);
    let claimed = tags.find(|tag| tag.name == "sst").and_then(|tag| tag.attribute("uniqueCount"));
    claimed.is_some_and(|count| count.parse().is_ok_and(|count: usize| count > strings.len()))
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
fn calamine_finds_the_same_cells() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = Vec::new();
    for folder in ["samples", "templates", "tests/fixtures/containers", "../shared/corpus"] {
        packages(&root.join(folder), &mut paths);
    }
    let (mut compared, mut wrong) = (0, Vec::new());
    for path in &paths {
        let bytes = fs::read(path).unwrap();
        let limits = Limits::default();
        let Ok(mut package) = Package::open(&bytes, &limits) else { continue };
        if !matches!(sniff::packed(&mut package), Ok(sniff::Packed::Xlsx)) {
            continue;
        }
        let Ok(ours) = read(package) else { continue };
        if claims_too_much(&bytes, &limits) {
            continue;
        }
        let Ok(mut theirs) = Xlsx::new(Cursor::new(bytes.as_slice())) else { continue };
        compared += 1;
        let own: Vec<String> = ours
            .sheets
            .iter()
            .filter(|sheet| sheet.kind == SheetKind::Cells)
            .filter_map(|sheet| sheet.name.clone())
            .collect();
        let listed = theirs.sheets_metadata().iter();
        let listed: Vec<String> = listed
            .filter(|sheet| sheet.typ == SheetType::WorkSheet)
            .map(|sheet| sheet.name.clone())
            .collect();
        if own != listed {
            wrong.push(format!("{}: {own:?}, {listed:?}", path.display()));
        }
        let plain =
            |sheet: &&Sheet| !sheet.ours && sheet.kind == SheetKind::Cells && sheet.fault.is_none();
        for sheet in ours.sheets.iter().filter(plain) {
            let what = difference(sheet, &mut theirs);
            wrong.extend(what.map(|what| format!("{}: {what}", path.display())));
        }
    }
    assert!(compared > 10);
    let unknown: Vec<&String> =
        wrong.iter().filter(|what| !KNOWN.iter().any(|(file, _)| what.contains(file))).collect();
    assert!(unknown.is_empty(), "{} of {compared}: {unknown:#?}", unknown.len());
    // What is known is still so, or the list is out of date.
    let is_there = |file: &str| paths.iter().any(|path| path.ends_with(file));
    for (file, why) in KNOWN.iter().filter(|(file, _)| is_there(file)) {
        assert!(wrong.iter().any(|what| what.contains(file)), "{file} no longer differs: {why}");
    }
}
