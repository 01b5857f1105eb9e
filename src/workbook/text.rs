//! Delimited text → rows: tab, comma or semicolon, whichever the content has.
//!
//! By hand, as the csv crate skips blank lines (they are page breaks here), drops the quotes of `"一窗通办"，开展`, and lets a
//! stray quote swallow the rest of the file.

mod cut;

use std::borrow::Cow;

/// The rows of a text file.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Delimited {
    /// A blank line is a row without fields; a line of delimiters only has empty ones.
    pub(crate) rows: Vec<Vec<String>>,
    pub(crate) delimiter: char,
    /// The line of the file on which each row starts, from 1.
    pub(crate) lines: Vec<u32>,
}

const DELIMITERS: &[u8] = b"\t,;";

/// Splits at the delimiter that the content shows.
///
/// A quote opens a field only where the field is closed again right before a delimiter or a line end; elsewhere it is
/// literal text, and the line ends where it ends. Line ends within a field become `\n`; without quotes they are known only
/// where all rows are as wide as the widest once their pieces are joined.
pub(crate) fn split(text: &str) -> Delimited {
    let text = without_invisible(text);
    let mut scanner = Scanner { text: &text, at: 0, line: 1, delimiters: DELIMITERS };
    let named = scanner.skip_sep_line();
    let delimiter = [named.unwrap_or_else(|| scanner.clone().find_delimiter())];
    scanner.delimiters = &delimiter;
    let mut found =
        Delimited { rows: Vec::new(), delimiter: char::from(delimiter[0]), lines: Vec::new() };
    while scanner.at < text.len() {
        found.lines.push(scanner.line);
        found.rows.push(scanner.row());
    }
    cut::join(&mut found);
    found
}

/// NUL and U+FEFF are no text wherever they stand.
fn without_invisible(text: &str) -> Cow<'_, str> {
    if text.contains(['\0', '\u{FEFF}']) {
        text.replace(['\0', '\u{FEFF}'], "").into()
    } else {
        text.into()
    }
}

/// What ended a field.
#[derive(Clone, Copy, PartialEq)]
enum Stop {
    Delimiter(u8),
    Line,
    End,
}

struct Field<'a> {
    raw: &'a str,
    /// Between quotes, which `raw` lacks; doubled ones stand for one.
    quoted: bool,
    stop: Stop,
}

#[derive(Clone)]
struct Scanner<'a> {
    text: &'a str,
    at: usize,
    line: u32,
    delimiters: &'a [u8],
}

impl<'a> Scanner<'a> {
    /// Excel's own first line, `sep=;`: gone, and obeyed if it names a delimiter of one byte.
    fn skip_sep_line(&mut self) -> Option<u8> {
        let line = self.text.split(['\r', '\n']).next()?;
        let name =
            line.get(..4).filter(|head| head.eq_ignore_ascii_case("sep=")).map(|_| &line[4..])?;
        if name.chars().count() > 1 || name.contains(char::is_alphanumeric) {
            return None;
        }
        self.at = line.len();
        self.stop();
        name.bytes().next().filter(|byte| byte.is_ascii() && !b"\" ".contains(byte))
    }

    fn row(&mut self) -> Vec<String> {
        let mut row = Vec::new();
        loop {
            let field = self.field();
            let more = matches!(field.stop, Stop::Delimiter(_));
            if row.is_empty() && !more && !field.quoted && field.raw.trim().is_empty() {
                return row;
            }
            row.push(field.value());
            if !more {
                return row;
            }
        }
    }

    fn field(&mut self) -> Field<'a> {
        let start = self.at;
        let rest = &self.text[start..];
        // `="00123"` keeps Excel from dropping the zeros.
        let quoted = rest.starts_with('"') || rest.starts_with("=\"");
        let inner = start + if rest.starts_with('=') { 2 } else { 1 };
        if let Some(end) = quoted.then(|| self.closing_quote(inner)).flatten() {
            let raw = &self.text[inner..end];
            self.at = end + 1;
            self.line = self.line.saturating_add(line_ends(raw));
            return Field { raw, quoted: true, stop: self.stop() };
        }
        let ends = |byte: u8| matches!(byte, b'\r' | b'\n') || self.delimiters.contains(&byte);
        self.at = start + rest.bytes().position(ends).unwrap_or(rest.len());
        Field { raw: &self.text[start..self.at], quoted: false, stop: self.stop() }
    }

    /// The quote that closes a field, `None` if the first one that is not doubled stands anywhere but at its end.
    ///
    /// Linear over the whole text: a search stops at the next odd run of quotes, and a field that opens with an even run
    /// stops within that.
    fn closing_quote(&self, from: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let (mut at, mut line_end, mut tab) = (from, false, false);
        loop {
            match *bytes.get(at)? {
                b'"' if bytes.get(at + 1) == Some(&b'"') => at += 1,
                b'"' => break,
                b'\r' | b'\n' => line_end = true,
                b'\t' => tab = true,
                _ => {}
            }
            // No cell of a sheet has a tab in it: two stray quotes on different lines of a tab file.
            if line_end && tab && self.delimiters == b"\t" {
                return None;
            }
            at += 1;
        }
        let closes = |byte: &u8| matches!(byte, b'\r' | b'\n') || self.delimiters.contains(byte);
        bytes.get(at + 1).is_none_or(closes).then_some(at)
    }

    /// Steps over what ends a field.
    fn stop(&mut self) -> Stop {
        let rest = &self.text.as_bytes()[self.at..];
        let (stop, length) = match rest {
            [] => return Stop::End,
            [b'\r', b'\n', ..] => (Stop::Line, 2),
            [b'\r' | b'\n', ..] => (Stop::Line, 1),
            [delimiter, ..] => (Stop::Delimiter(*delimiter), 1),
        };
        self.at += length;
        self.line = self.line.saturating_add(u32::from(stop == Stop::Line));
        stop
    }

    /// The delimiter that more lines have outside quotes. A tab counts double: it is rarely part of a sentence, as
    /// commas are, and yet a stray one makes no table.
    fn find_delimiter(mut self) -> u8 {
        let [mut tabs, mut commas, mut semicolons] = [const { Lines { last: 0, number: 0 } }; 3];
        while self.at < self.text.len() {
            let line = self.line;
            let field = self.field();
            match field.stop {
                Stop::Delimiter(b'\t') => tabs.count(line),
                Stop::Delimiter(b';') => semicolons.count(line),
                // `2,160.80` is one number.
                Stop::Delimiter(_) if !is_thousands(field.raw, &self.text[self.at..]) => {
                    commas.count(line);
                }
                _ => {}
            }
        }
        let (other, most) = if semicolons.number > commas.number {
            (b';', semicolons.number)
        } else {
            (b',', commas.number)
        };
        if tabs.number > 0 && tabs.number.saturating_mul(2) >= most { b'\t' } else { other }
    }
}

/// How many lines have a delimiter.
struct Lines {
    last: u32,
    number: u32,
}

impl Lines {
    fn count(&mut self, line: u32) {
        self.number += u32::from(line != self.last);
        self.last = line;
    }
}

fn is_thousands(before: &str, after: &str) -> bool {
    let digits = after.bytes().take(4).take_while(u8::is_ascii_digit).count();
    (1..=3).contains(&before.len())
        && before.bytes().all(|byte| byte.is_ascii_digit())
        && digits == 3
}

fn line_ends(text: &str) -> u32 {
    let count = text.matches(['\r', '\n']).count() - text.matches("\r\n").count();
    u32::try_from(count).unwrap_or(u32::MAX)
}

impl Field<'_> {
    fn value(&self) -> String {
        if !self.quoted {
            return self.raw.to_owned();
        }
        let value = self.raw.replace("\"\"", "\"").replace("\r\n", "\n").replace('\r', "\n");
        // The form `="00123"`, quoted once more by a careful writer.
        match value.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')) {
            Some(inner) if !inner.contains('"') => inner.to_owned(),
            _ => value,
        }
    }
}

#[cfg(test)]
mod tests;
