//! One cell of a worksheet: what its tags say, and the value that makes.

use std::borrow::Cow;

use super::{
    super::tags::{Tag, Tags},
    tables::{Phrase, Tables, decoded},
};
use crate::grid::Value;

/// A cell whose end is yet to come.
#[derive(Default)]
pub(super) struct Open<'a> {
    /// From 0.
    pub(super) row: u64,
    /// From 0.
    pub(super) col: u64,
    style: usize,
    pub(super) formula: Option<Cow<'a, str>>,
    kind: &'a str,
    value: Option<Cow<'a, str>>,
    inline: Option<Phrase>,
}

impl<'a> Open<'a> {
    /// Begins at a `<c …>`. What it does not say of its place is `row` and `col`.
    pub(super) fn at(tag: &Tag<'a>, row: u64, col: u64) -> Self {
        let mut cell = Self { row, col, ..Self::default() };
        for (name, value) in tag.attributes() {
            match name {
                "r" => {
                    let (col, row) = place(value);
                    cell.row = row.unwrap_or(cell.row);
                    cell.col = col.unwrap_or(cell.col);
                }
                "s" => cell.style = number(value).unwrap_or(0),
                "t" => cell.kind = value.trim_ascii(),
                _ => {}
            }
        }
        cell
    }

    /// Takes what stands in the cell.
    pub(super) fn take(&mut self, tags: &Tags<'a>, tag: &Tag<'a>) {
        let start = !tag.end && !tag.is_empty();
        let text = || if start { tags.text_after(tag) } else { Cow::Borrowed("") };
        match tag.name {
            "v" if !tag.end => self.value = Some(text()),
            "f" if !tag.end => self.formula = Some(text()),
            "is" if start => self.inline = Some(Phrase::default()),
            _ => {
                if let Some(phrase) = &mut self.inline {
                    phrase.take(tags, tag);
                }
            }
        }
    }

    /// The value, and whether it or a part of it is struck through. A formula without a result was never calculated.
    pub(super) fn value(self, tables: &Tables) -> Option<(Value, bool)> {
        let mut struck = tables.looks.struck(self.style)
            || self.inline.as_ref().is_some_and(|phrase| phrase.struck);
        let inline = self.inline.map(|phrase| Cow::Owned(phrase.text));
        let is_text = matches!(self.kind, "inlineStr" | "is");
        let text = if is_text { inline.or(self.value) } else { self.value.or(inline) };
        // An empty text is a result: `=IF(A1="","",A1)`.
        let Some(text) = text.filter(|text| !text.is_empty() || self.kind == "str") else {
            return self.formula.map(|formula| (uncalculated(&formula), struck));
        };
        let word = text.trim();
        let value = match self.kind {
            "s" => match word.parse::<usize>().ok().and_then(|index| tables.strings.get(index)) {
                Some(phrase) => {
                    struck |= phrase.struck;
                    Value::Text(phrase.text.clone())
                }
                None => Value::Error(format!("bad shared string index {word}")),
            },
            "b" if word == "1" || word.eq_ignore_ascii_case("true") => Value::Boolean(true),
            "b" if word == "0" || word.eq_ignore_ascii_case("false") => Value::Boolean(false),
            "e" => Value::Error(word.to_owned()),
            "d" => tables.looks.date(&text, self.style),
            "str" => Value::Text(decoded(&text).into_owned()),
            "inlineStr" | "is" | "b" => Value::Text(text.into_owned()),
            _ => match word.parse() {
                Ok(number) => tables.looks.number(number, self.style),
                Err(_) => Value::Text(text.into_owned()),
            },
        };
        Some((value, struck))
    }
}

/// A formula that was never calculated. One that is shared says so with another cell, and has no text of its own.
fn uncalculated(text: &str) -> Value {
    let text = text.trim();
    Value::Formula(format!("={}", if text.is_empty() { "…" } else { text }))
}

fn number(raw: &str) -> Option<usize> {
    // Nearly always one to four digits.
    if (1..=4).contains(&raw.len()) && raw.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(raw.bytes().fold(0, |number, byte| number * 10 + usize::from(byte - b'0')));
    }
    raw.trim().parse().ok()
}

/// Column and row of an address, from 0, each where it is stated. A number of too many digits is far outside.
pub(super) fn place(name: &str) -> (Option<u64>, Option<u64>) {
    let (mut col, mut row) = (0_u64, 0_u64);
    for byte in name.trim_ascii().bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' => {
                let letter = u64::from(byte.to_ascii_uppercase() - b'A') + 1;
                col = col.saturating_mul(26).saturating_add(letter);
            }
            b'0'..=b'9' => row = row.saturating_mul(10).saturating_add(u64::from(byte - b'0')),
            b'$' => {}
            _ => return (None, None),
        }
    }
    (col.checked_sub(1), row.checked_sub(1))
}
