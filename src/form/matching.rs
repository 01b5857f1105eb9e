//! Which labels of an edition stand on a form, which texts there are no label of it, and which labels were not found:
//! what the author of an edition's file wants to know.

use std::collections::BTreeSet;

use super::{
    edition::{Body, Edition, Piece, PieceKind, Role},
    label,
    locate::locate,
    located::Located,
    segment::Region,
    sheet::Sheet,
};
use crate::cell::{CellRange, CellRef};

/// How the labels of an edition match one form.
#[derive(Clone, Debug)]
pub struct Matching {
    /// The cells of the form.
    pub range: Option<CellRange>,
    /// What was located there.
    pub located: Located,
    /// Labels that were recognised, in the order of the sheet.
    pub matched: Vec<Matched>,
    /// Words that are no wording of any label.
    pub unknown: Vec<Unknown>,
    /// Wordings of labels that stand where the edition expects none of them.
    pub misplaced: Vec<Matched>,
    /// Cells that are no words and belong to no label: amounts, long texts.
    pub values: Vec<(CellRef, String)>,
    /// Lines that were taken for notes.
    pub notes: Vec<(CellRef, String)>,
    /// Names of labels that stand nowhere, with their wordings.
    pub missing: Vec<(String, Vec<String>)>,
}

/// A cell that is a label.
#[derive(Clone, Debug)]
pub struct Matched {
    /// The cell.
    pub cell: CellRef,
    /// Its text.
    pub text: String,
    /// The names of the labels that have this wording.
    pub labels: Vec<String>,
}

/// A cell whose words are no wording of any label.
#[derive(Clone, Debug)]
pub struct Unknown {
    /// The cell.
    pub cell: CellRef,
    /// Its text.
    pub text: String,
    /// The name of the label that its place in a head shows it to be.
    pub by_place: Option<String>,
    /// How many cells stand under it, as values of a column that the edition does not have.
    pub values: usize,
}

/// Compares a form with the labels of an edition.
pub fn matching(sheet: &Sheet<'_>, region: &Region, edition: &Edition) -> Matching {
    let located = locate(sheet, region, edition);
    let quoted = |index: usize| {
        let text = sheet.text(index).map_or_else(String::new, str::to_owned);
        (sheet.cell(index).at, text)
    };
    // The label of a 合计 row stands among the lines of its table.
    let rows = located.tables.iter().flat_map(|table| &table.rows);
    let in_rows =
        rows.flat_map(|row| row.slots.iter().copied().chain([row.before, row.between]).flatten());
    let is_total = |index: &usize| {
        let label = sheet.label(*index);
        label.is_some_and(|label| edition.roles(&label.key).contains(&Role::Total))
    };
    let labels = located.labels.iter().copied();
    let cells: BTreeSet<usize> = labels.chain(in_rows.filter(is_total)).collect();
    let mut matched = Vec::new();
    for index in cells {
        let key = sheet.inline(index).map(|(label, _)| &label.key);
        let whole = sheet.label(index).map(|label| &label.key);
        let of = |key: Option<&String>| key.map(|key| names_of(edition, key)).unwrap_or_default();
        let labels = Some(of(whole)).filter(|names| !names.is_empty()).unwrap_or_else(|| of(key));
        if !labels.is_empty() {
            let (cell, text) = quoted(index);
            matched.push(Matched { cell, text, labels });
        }
    }
    // A wrong label of the block below stands left of the lines above it.
    let rows = located.tables.iter().flat_map(|table| &table.rows);
    let is_level =
        |index: &usize| sheet.text(*index).is_some_and(|text| edition.is_level_name(text));
    let before =
        rows.filter_map(|row| row.before).filter(|index| !is_total(index) && !is_level(index));
    let repeats = located.repeats.iter().map(|(_, index)| index);
    let left: BTreeSet<usize> = located
        .strays
        .iter()
        .chain(&located.unknown_heads)
        .chain(repeats)
        .copied()
        .chain(before)
        .collect();
    let (mut unknown, mut misplaced, mut values) = (Vec::new(), Vec::new(), Vec::new());
    for index in &left {
        let index = *index;
        // What stands under a head of no column is told by the head.
        if left.iter().any(|head| heads(sheet, &located, *head, index)) {
            continue;
        }
        let (cell, text) = quoted(index);
        let words = |key: &&String| key.chars().any(char::is_alphabetic);
        let key = sheet.label(index).map(|label| &label.key).filter(words);
        let by_place =
            || located.unknown_heads.contains(&index).then(|| place_of(edition, &located, cell))?;
        match key.map(|key| names_of(edition, key)) {
            None if text.is_empty() => {}
            None => values.push((cell, text)),
            Some(labels) if labels.is_empty() => {
                let values =
                    left.iter().filter(|below| heads(sheet, &located, index, **below)).count();
                unknown.push(Unknown { cell, text, by_place: by_place(), values });
            }
            Some(labels) => misplaced.push(Matched { cell, text, labels }),
        }
    }
    let notes = located.notes.iter().filter_map(|line| line.first()).map(|index| quoted(*index));
    let missing = missing(edition, &located, &matched);
    let (range, notes) = (located.area, notes.collect());
    Matching { range, located, matched, unknown, misplaced, values, notes, missing }
}

/// Whether a cell is a head of a table and heads another, among the lines of that table.
fn heads(sheet: &Sheet<'_>, located: &Located, head: usize, below: usize) -> bool {
    let (at, below) = (sheet.cell(head).at, sheet.cell(below).at);
    located.tables.iter().any(|table| {
        let lines = table.rows.first().zip(table.rows.last());
        at.col == below.col
            && at.row >= table.head.row
            && lines.is_some_and(|(first, last)| {
                at.row < first.row && (first.row..=last.row).contains(&below.row)
            })
    })
}

/// The label that the place of a cell in a head shows it to be.
fn place_of(edition: &Edition, located: &Located, cell: CellRef) -> Option<String> {
    located.tables.iter().rev().filter(|table| table.head.row <= cell.row).find_map(|table| {
        let column = table.starts.iter().position(|start| *start == Some(cell.col))?;
        let spec = edition.columns(table.block)?.get(column)?;
        let upper = spec.under.as_ref().filter(|_| table.head.row == cell.row);
        Some(upper.unwrap_or(&spec.label).clone())
    })
}

/// The names of the labels with a wording.
fn names_of(edition: &Edition, key: &str) -> Vec<String> {
    let is = |words: &[String]| {
        words
            .iter()
            .filter_map(|word| label::normal(word))
            .any(|word| word.key == key || label::unnumbered(key) == Some(&word.key))
    };
    let mut names: Vec<String> = edition
        .labels
        .iter()
        .filter(|(_, words)| is(words))
        .map(|(name, _)| name.clone())
        .collect();
    let levels = edition.own_level.iter().filter(|(_, words)| is(words));
    names.extend(levels.map(|(level, _)| format!("own_level.{}", level.name())));
    names.sort();
    names
}

/// The labels that the blocks print and that stand nowhere. Of an optional block that is not there, none is missed.
fn missing(
    edition: &Edition,
    located: &Located,
    matched: &[Matched],
) -> Vec<(String, Vec<String>)> {
    let mut wanted: Vec<&str> = Vec::new();
    if !edition.wordings("approver").is_empty() {
        wanted.push("approver");
    }
    for (seen, block) in located.blocks.iter().zip(&edition.blocks) {
        if block.optional && !seen {
            continue;
        }
        wanted.extend(block.label.iter().map(|(name, _)| name.as_str()));
        match &block.body {
            Body::Fields(rows) => wanted.extend(rows.iter().flatten().filter_map(printed)),
            Body::Table(table) => {
                wanted.extend(table.columns.iter().filter_map(|column| column.under.as_deref()));
                wanted.extend(table.columns.iter().map(|column| column.label.as_str()));
                wanted.extend(table.total_row.then_some("total"));
            }
        }
    }
    let stands = |name: &str| {
        let is = |label: &String| {
            label == name || (name == "own_level" && label.starts_with("own_level."))
        };
        matched.iter().any(|matched| matched.labels.iter().any(is))
    };
    let mut missing: Vec<(String, Vec<String>)> = Vec::new();
    for name in wanted.into_iter().filter(|name| !stands(name)) {
        if missing.iter().all(|(known, _)| known != name) {
            missing.push((name.to_owned(), edition.wordings(name).to_vec()));
        }
    }
    missing
}

fn printed(piece: &Piece) -> Option<&str> {
    match &piece.kind {
        PieceKind::Label(name, _) => Some(name),
        _ => None,
    }
}
