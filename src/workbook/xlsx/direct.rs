//! The cells of a worksheet, read from its part by ourselves: where calamine would refuse a whole workbook for one odd
//! value, read past it, or trust a number of the file that it must not.

use std::collections::HashMap;

use super::{
    super::{
        builder::{Builder, Draft},
        limits::Limit,
        looks::Looks,
        package::Package,
        tags::{Tag, Tags},
    },
    outline::Outline,
};
use crate::{error::Result, grid::Value};

/// What the cells of every sheet refer to.
pub(super) struct Tables {
    pub(super) strings: Vec<String>,
    pub(super) looks: Looks,
}

impl Tables {
    pub(super) fn load(package: &mut Package<'_>, outline: &Outline) -> Result<Self> {
        let mut xml = |part: &Option<String>| match part {
            Some(part) => package.xml(part).map(Option::unwrap_or_default),
            None => Ok(Vec::new()),
        };
        let looks = looks(&xml(&outline.styles)?, outline.date1904);
        let strings = xml(&outline.strings)?;
        Ok(Self { strings: texts(package, &strings)?, looks })
    }
}

/// The shared strings.
fn texts(package: &Package<'_>, xml: &[u8]) -> Result<Vec<String>> {
    let limits = package.limits();
    let mut texts: Vec<String> = Vec::new();
    let mut text = Phrase::default();
    let mut tags = Tags::new(xml);
    while let Some(tag) = tags.next() {
        text.take(&tags, &tag);
        if tag.name == b"si" && (tag.end || tag.is_empty()) {
            texts.push(std::mem::take(&mut text).text);
            let found = texts.len() as u64;
            limits.check(Limit::Strings, found, || "more shared strings".to_owned())?;
        }
    }
    Ok(texts)
}

/// A text in pieces, its readings for pronunciation left out.
#[derive(Default)]
struct Phrase {
    text: String,
    reading: bool,
}

impl Phrase {
    fn take(&mut self, tags: &Tags<'_>, tag: &Tag<'_>) {
        match tag.name {
            b"rPh" => self.reading = !tag.end && !tag.is_empty(),
            b"t" if !tag.end && !tag.is_empty() && !self.reading => {
                let piece = tags.text_after(tag);
                let kept = tag.raw("space") == Some(b"preserve");
                let outer: &[char] = if kept { &[] } else { &[' ', '\t', '\r', '\n'] };
                self.text.push_str(&decoded(piece.trim_matches(outer)));
            }
            _ => {}
        }
    }
}

/// A text with `_x000D_` and the like as the characters they stand for.
fn decoded(text: &str) -> String {
    let mut units: Vec<u16> = Vec::new();
    let mut plain = String::with_capacity(text.len());
    let flush = |units: &mut Vec<u16>, plain: &mut String| {
        let chars = char::decode_utf16(units.drain(..));
        plain.extend(chars.map(|char| char.unwrap_or(char::REPLACEMENT_CHARACTER)));
    };
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let (before, behind) = rest.split_at(at);
        if !before.is_empty() {
            flush(&mut units, &mut plain);
            plain.push_str(before);
        }
        let hex = behind.get(2..6).filter(|hex| hex.bytes().all(|b| b.is_ascii_hexdigit()));
        if let Some(hex) = hex.filter(|_| behind.as_bytes().get(6) == Some(&b'_')) {
            units.extend(u16::from_str_radix(hex, 16));
            rest = &behind[7..];
        } else {
            flush(&mut units, &mut plain);
            plain.push_str("_x");
            rest = &behind[2..];
        }
    }
    flush(&mut units, &mut plain);
    plain.push_str(rest);
    plain
}

/// The styles of cells.
fn looks(xml: &[u8], date1904: bool) -> Looks {
    let mut looks = Looks::new(date1904);
    let (mut codes, mut fonts) = (HashMap::new(), Vec::new());
    // Differential styles have fonts and formats too, behind those of the cells.
    let (mut in_fonts, mut in_cells) = (false, false);
    let number = |tag: &Tag<'_>, name| tag.attribute(name)?.trim().parse::<u32>().ok();
    for tag in Tags::new(xml) {
        match tag.name {
            b"numFmt" if !tag.end => {
                codes.extend(number(&tag, "numFmtId").zip(tag.attribute("formatCode")));
            }
            b"fonts" => in_fonts = !tag.end && !tag.is_empty(),
            b"cellXfs" => in_cells = !tag.end && !tag.is_empty(),
            b"font" if in_fonts && !tag.end => fonts.push(false),
            b"strike" if in_fonts && !tag.end => {
                let off = matches!(tag.raw("val"), Some(b"0" | b"false" | b"off"));
                if let Some(font) = fonts.last_mut() {
                    *font = !off;
                }
            }
            b"xf" if in_cells && !tag.end => {
                let id = number(&tag, "numFmtId").unwrap_or(0);
                let code = codes.get(&id).map(String::as_str);
                let font = number(&tag, "fontId").and_then(|font| fonts.get(font as usize));
                looks.add(id, code, font == Some(&true));
            }
            b"cellStyles" | b"dxfs" => break,
            _ => {}
        }
    }
    looks
}

/// A cell whose end is yet to come.
#[derive(Default)]
struct Open {
    row: u64,
    col: u64,
    kind: Vec<u8>,
    style: usize,
    value: Option<String>,
    inline: Option<Phrase>,
    formula: Option<String>,
}

/// Puts the cells of a worksheet into a draft; whether the part was whole.
pub(super) fn cells(
    xml: &[u8],
    tables: &Tables,
    book: &mut Builder<'_>,
    draft: &mut Draft,
) -> Result<bool> {
    let mut tags = Tags::new(xml);
    let mut whole = false;
    let mut open: Option<Open> = None;
    // The row being read, and the column behind its last cell: a writer may leave the addresses out.
    let (mut row, mut next): (Option<u64>, u64) = (None, 0);
    while let Some(tag) = tags.next() {
        match tag.name {
            b"sheetData" => {
                whole = tag.end || tag.is_empty();
                if whole {
                    break;
                }
            }
            b"worksheet" if tag.end => whole = true,
            b"row" if !tag.end => {
                let stated = tag.raw("r").and_then(|r| place(r).1);
                row = Some(stated.unwrap_or_else(|| row.map_or(0, |row| row.saturating_add(1))));
                next = 0;
            }
            b"c" if tag.end => {
                if let Some(cell) = open.take() {
                    put(cell, tables, book, draft)?;
                }
            }
            b"c" => {
                let (col, stated) = tag.raw("r").map_or((None, None), place);
                let col = col.unwrap_or(next);
                next = col.saturating_add(1);
                let row = stated.or(row).unwrap_or(0);
                open = (!tag.is_empty()).then(|| opened(&tag, row, col));
            }
            _ => {
                if let Some(cell) = &mut open {
                    take(cell, &tags, &tag);
                }
            }
        }
    }
    Ok(whole)
}

fn opened(tag: &Tag<'_>, row: u64, col: u64) -> Open {
    let style = tag.attribute("s").and_then(|style| style.trim().parse().ok()).unwrap_or(0);
    let kind = tag.raw("t").unwrap_or_default().trim_ascii().to_vec();
    Open { row, col, kind, style, ..Open::default() }
}

/// Takes what stands in a cell.
fn take(cell: &mut Open, tags: &Tags<'_>, tag: &Tag<'_>) {
    let start = !tag.end && !tag.is_empty();
    match tag.name {
        b"v" if !tag.end => {
            cell.value = Some(if start { tags.text_after(tag) } else { String::new() });
        }
        b"f" if !tag.end => {
            cell.formula = Some(if start { tags.text_after(tag) } else { String::new() });
        }
        b"is" if start => cell.inline = Some(Phrase::default()),
        _ => {
            if let Some(phrase) = &mut cell.inline {
                phrase.take(tags, tag);
            }
        }
    }
}

/// Column and row of an address, from 0, each where it is stated. A number of too many digits is far outside.
fn place(name: &[u8]) -> (Option<u64>, Option<u64>) {
    let (mut col, mut row) = (0_u64, 0_u64);
    for byte in name.trim_ascii() {
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

fn put(cell: Open, tables: &Tables, book: &mut Builder<'_>, draft: &mut Draft) -> Result<()> {
    let (row, col, style) = (cell.row, cell.col, cell.style);
    let struck = tables.looks.struck(style);
    match value(cell, tables) {
        Some(value) => book.put_struck(draft, row, col, value, struck),
        None => Ok(()),
    }
}

fn value(cell: Open, tables: &Tables) -> Option<Value> {
    let style = cell.style;
    let inline = cell.inline.map(|phrase| phrase.text);
    let is_text = matches!(cell.kind.as_slice(), b"inlineStr" | b"is");
    let text = if is_text { inline.or(cell.value) } else { cell.value.or(inline) };
    let Some(text) = text.filter(|text| !text.is_empty() || cell.kind == b"str") else {
        return cell.formula.map(formula);
    };
    let word = text.trim();
    Some(match cell.kind.as_slice() {
        b"s" => match word.parse::<usize>().ok().and_then(|index| tables.strings.get(index)) {
            Some(text) => Value::Text(text.clone()),
            None => Value::Error(format!("bad shared string index {word}")),
        },
        b"b" if word == "1" || word.eq_ignore_ascii_case("true") => Value::Boolean(true),
        b"b" if word == "0" || word.eq_ignore_ascii_case("false") => Value::Boolean(false),
        b"e" => Value::Error(word.to_owned()),
        b"d" => tables.looks.date(&text, style),
        b"str" => Value::Text(decoded(&text)),
        b"inlineStr" | b"is" | b"b" => Value::Text(text),
        _ => match word.parse() {
            Ok(number) => tables.looks.number(number, style),
            Err(_) => Value::Text(text),
        },
    })
}

/// A formula that was never calculated. One that is shared says so with another cell, and has no text of its own.
pub(super) fn formula(text: String) -> Value {
    let text = text.trim();
    Value::Formula(format!("={}", if text.is_empty() { "…" } else { text }))
}
