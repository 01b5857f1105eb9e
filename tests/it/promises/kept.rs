//! Nothing is lost silently: every non-blank cell is in the account or in a finding that quotes it.

use std::{collections::BTreeMap, io::Cursor};

use calamine::{Data, Reader as _};
use jixiao::{
    cell::CellRef,
    diagnostic::SourceMap,
    pipeline::{self, Reading, Settings},
};

use super::samples;
use crate::sample;

/// The cells of each sheet that hold something, read by another reader or splitter than ours.
type Cells = BTreeMap<Option<String>, Vec<(CellRef, String)>>;

fn cells_of(bytes: &[u8]) -> Cells {
    let mut all = Cells::new();
    if bytes.starts_with(b"PK") {
        let mut book = calamine::Xlsx::new(Cursor::new(bytes)).unwrap();
        for name in book.sheet_names() {
            let range = book.worksheet_range(&name).unwrap();
            let start = range.start().unwrap_or((0, 0));
            let cells = range.used_cells().filter(|(_, _, data)| !is_blank(data)).map(
                |(row, col, data)| {
                    let at = |from: u32, add: usize| from + u32::try_from(add).unwrap();
                    (CellRef::new(at(start.0, row), at(start.1, col)), data.to_string())
                },
            );
            all.insert(Some(name), cells.collect());
        }
    } else {
        let mut reader =
            csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes);
        let mut cells = Vec::new();
        for record in reader.records() {
            let record = record.unwrap();
            let line = record.position().unwrap().line();
            for (col, field) in
                record.iter().enumerate().filter(|(_, field)| !field.trim().is_empty())
            {
                let at =
                    CellRef::new(u32::try_from(line).unwrap() - 1, u32::try_from(col).unwrap());
                cells.push((at, field.trim_start_matches('\u{feff}').to_owned()));
            }
        }
        all.insert(None, cells);
    }
    all
}

fn is_blank(data: &Data) -> bool {
    match data {
        Data::Empty => true,
        Data::String(text) => text.trim().is_empty(),
        _ => false,
    }
}

/// The cells that are neither in an account nor in a finding.
fn lost(cells: &Cells, reading: &Reading<'_>) -> Vec<String> {
    let mut lost = Vec::new();
    for (sheet, cells) in cells {
        let found: Vec<_> = reading.returns.iter().filter(|found| found.sheet == *sheet).collect();
        if found.is_empty() {
            // No form stands there: the sheet is named in a finding, or is our own sheet of totals.
            let named = reading.skipped.iter().any(|(name, _)| Some(name) == sheet.as_ref());
            if !(named
                || cells.is_empty()
                || cells.iter().any(|(_, text)| text.contains("本表由 jixiao")))
            {
                lost.push(format!("the sheet {sheet:?}"));
            }
            continue;
        }
        let map = SourceMap::default();
        for (at, text) in cells {
            let booked =
                found.iter().any(|found| found.account.iter().any(|entry| entry.cell == *at));
            let reported = found
                .iter()
                .flat_map(|found| &found.diagnostics)
                .any(|finding| map.cell_of(finding) == Some(*at));
            if !booked && !reported {
                lost.push(format!("{}!{at} `{text}`", sheet.as_deref().unwrap_or("")));
            }
        }
    }
    lost
}

fn assert_kept(name: &str, bytes: &[u8]) {
    let Ok(reading) = pipeline::read(bytes, &Settings { account: true, ..Settings::default() })
    else {
        return;
    };
    if reading.returns.iter().all(|found| found.account.is_empty()) {
        return;
    }
    let lost = lost(&cells_of(bytes), &reading);
    assert!(lost.is_empty(), "{name}: lost without a word:\n{}", lost.join("\n"));
}

#[test]
fn every_cell_of_every_sample_is_accounted_for() {
    assert_kept("the sound sample", sample::SOUND.as_bytes());
    let mut seen = 0;
    for path in
        samples().into_iter().filter(|path| path.extension().is_some_and(|ending| ending == "xlsx"))
    {
        assert_kept(&path.display().to_string(), &std::fs::read(&path).unwrap());
        seen += 1;
    }
    if seen == 0 {
        eprintln!("skipped: samples/ holds no xlsx");
    }
}

#[test]
fn stray_cells_anywhere_are_quoted() {
    // A word of its own put into each row in turn, right of the form: it must turn up somewhere.
    let lines: Vec<&str> = sample::SOUND.lines().collect();
    for at in 0..lines.len() {
        let mut text: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
        text[at].push_str(",,甲乙丙");
        let text = text.join("\n");
        let reading = pipeline::read(text.as_bytes(), &Settings::default()).unwrap();
        let found = &reading.returns[0];
        let quoted = found.diagnostics.iter().any(|finding| finding.message.zh.contains("甲乙丙"));
        let kept = format!("{:?}", found.of).contains("甲乙丙");
        assert!(quoted || kept, "line {}: the stray word is gone", at + 1);
        assert_kept(&format!("line {}", at + 1), text.as_bytes());
    }
}

#[test]
fn a_blank_row_or_column_put_in_anywhere_loses_nothing() {
    let want = read(sample::SOUND);
    let lines: Vec<&str> = sample::SOUND.lines().collect();
    for at in 0..=lines.len() {
        let mut with_row = lines.clone();
        with_row.insert(at, ",,,,,");
        let text = with_row.join("\n");
        assert_kept(&format!("blank row before line {}", at + 1), text.as_bytes());
        assert!(read(&text) == want, "a blank row before line {} changes what is read", at + 1);
    }
    let shifted = format!(",,{}", lines.join("\n,,"));
    assert!(read(&shifted) == want, "two blank columns before the form change what is read");
}

#[test]
fn a_row_taken_out_is_missed() {
    // The account itself: a cell that it does not hold is found out.
    let reading = pipeline::read(
        sample::SOUND.as_bytes(),
        &Settings { account: true, ..Settings::default() },
    )
    .unwrap();
    let mut cells = cells_of(sample::SOUND.as_bytes());
    cells.get_mut(&None).unwrap().push((CellRef::new(99, 3), "x".into()));
    assert_eq!(lost(&cells, &reading), ["!D100 `x`"]);
}

fn read(text: &str) -> jixiao::model::Return {
    pipeline::read(text.as_bytes(), &Settings::default()).unwrap().returns.remove(0).of
}
