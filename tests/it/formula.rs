//! Formulas of the shapes that the writer writes, computed here: any other shape is a fault.

use jixiao::cell::{CellRange, CellRef};
use rust_decimal::Decimal;

use crate::sheet::{FileBook, FileCell, FileSheet};

/// What a formula cell holds as its result.
pub(crate) fn cached(cell: &FileCell, place: &str) -> String {
    match cell.kind.as_str() {
        "str" => cell.value.clone(),
        _ => cell
            .value
            .parse::<Decimal>()
            .unwrap_or_else(|error| panic!("{place}: {error}"))
            .normalize()
            .to_string(),
    }
}

/// Computes a formula of our shapes; any other is a fault.
pub(crate) fn evaluate(
    book: &FileBook,
    sheet: &FileSheet,
    formula: &str,
    place: &str,
) -> (&'static str, String) {
    if let Some(inside) =
        formula.strip_prefix("IF(").and_then(|rest| rest.strip_suffix(",\"一致\",\"不一致\")"))
    {
        let (cell, holds): (&str, fn(Decimal) -> bool) = match inside.strip_suffix("<=0") {
            Some(cell) => (cell, |difference| difference <= Decimal::ZERO),
            None => (
                inside
                    .strip_suffix("=0")
                    .unwrap_or_else(|| panic!("{place}: no condition of ours")),
                |difference| difference.is_zero(),
            ),
        };
        return (
            "if",
            if holds(number(book, sheet, cell, place)) { "一致" } else { "不一致" }.to_owned(),
        );
    }
    if let Some(inside) = formula.strip_prefix("ROUND(").and_then(|rest| rest.strip_suffix(",6)")) {
        let (one, other) =
            split_outside_quotes(inside, '-').unwrap_or_else(|| panic!("{place}: no difference"));
        let parts = match other.strip_prefix('(').and_then(|sum| sum.strip_suffix(')')) {
            Some(sum) => sum.split('+').map(|cell| number(book, sheet, cell, place)).sum(),
            None => number(book, sheet, other, place),
        };
        let difference = number(book, sheet, one, place) - parts;
        return (
            "sum",
            difference
                .round_dp_with_strategy(6, rust_decimal::RoundingStrategy::MidpointAwayFromZero)
                .normalize()
                .to_string(),
        );
    }
    let mut sum = Decimal::ZERO;
    let mut rest = Some(formula);
    while let Some(text) = rest {
        let (term, after) = match split_outside_quotes(text, '+') {
            Some((term, after)) => (term, Some(after)),
            None => (text, None),
        };
        rest = after;
        sum += match term.strip_prefix("SUM(").and_then(|inside| inside.strip_suffix(')')) {
            Some(inside) => range_sum(book, sheet, inside, place),
            None if term == "0" => Decimal::ZERO,
            None => number(book, sheet, term, place),
        };
    }
    ("sum", sum.normalize().to_string())
}

fn range_sum(book: &FileBook, sheet: &FileSheet, inside: &str, place: &str) -> Decimal {
    let mut sum = Decimal::ZERO;
    let mut rest = Some(inside);
    while let Some(text) = rest {
        let (argument, after) = match split_outside_quotes(text, ',') {
            Some((argument, after)) => (argument, Some(after)),
            None => (text, None),
        };
        rest = after;
        let (sheet, range) = target(book, sheet, argument, place);
        let range: CellRange =
            range.parse().unwrap_or_else(|_| panic!("{place}: `{argument}` is no range"));
        assert!(
            sheet.at(range.start).is_some() && sheet.at(range.end).is_some(),
            "{place}: `{argument}` is not on the sheet"
        );
        let cells = sheet.cells.iter().filter(|cell| {
            range.contains(cell.at) && cell.kind.is_empty() && !cell.value.is_empty()
        });
        sum += cells.map(|cell| cell.value.parse::<Decimal>().unwrap()).sum::<Decimal>();
    }
    sum
}

/// The number in the cell that a reference names; a blank counts as 0, a text is a fault.
fn number(book: &FileBook, sheet: &FileSheet, reference: &str, place: &str) -> Decimal {
    let (sheet, cell) = target(book, sheet, reference, place);
    let at: CellRef = cell.parse().unwrap_or_else(|_| panic!("{place}: `{reference}` is no cell"));
    let cell = sheet.at(at).unwrap_or_else(|| panic!("{place}: `{reference}` is not on the sheet"));
    assert!(
        cell.kind != "s" || cell.value.is_empty(),
        "{place}: `{reference}` holds the text `{}`",
        cell.value
    );
    if cell.value.is_empty() {
        Decimal::ZERO
    } else {
        cell.value.parse().unwrap_or_else(|_| panic!("{place}: {}", cell.value))
    }
}

/// The sheet that a reference names, and the reference without it.
fn target<'a, 'r>(
    book: &'a FileBook,
    here: &'a FileSheet,
    reference: &'r str,
    place: &str,
) -> (&'a FileSheet, &'r str) {
    let Some((name, cell)) = reference.rsplit_once('!') else { return (here, reference) };
    let name = name.trim_matches('\'').replace("''", "'");
    let sheet = book.sheets.iter().find(|sheet| sheet.name == name);
    (sheet.unwrap_or_else(|| panic!("{place}: no sheet `{name}`")), cell)
}

/// Splits at the first `mark` that stands in no quotes and no brackets.
fn split_outside_quotes(text: &str, mark: char) -> Option<(&str, &str)> {
    let (mut quoted, mut depth) = (false, 0);
    for (at, c) in text.char_indices() {
        match c {
            '\'' => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted => depth -= 1,
            _ if c == mark && !quoted && depth == 0 => {
                return Some((&text[..at], &text[at + mark.len_utf8()..]));
            }
            _ => {}
        }
    }
    None
}
