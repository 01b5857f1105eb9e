//! Figures that tags set apart: a deleted or raised figure is no digit of the number beside it.

use super::context::Context;
use crate::model::{field_path::FieldPath, text};

const STRIKES: [&str; 3] = ["del", "s", "strike"];
const SHIFTS: [&str; 2] = ["sup", "sub"];

impl Context<'_, '_> {
    /// A text of figures in its normal form, what tags set apart on lines of its own; struck figures are told.
    pub(super) fn parted(&mut self, raw: &str, path: FieldPath) -> String {
        let cleaned = text::clean(raw);
        let has = |names: &[&str]| cleaned.tags.iter().any(|tag| names.contains(&tag.as_str()));
        let struck = has(&STRIKES);
        if !struck && !has(&SHIFTS) {
            return cleaned.text;
        }
        let text = text::clean(&broken(raw)).text;
        if struck {
            self.report_struck(&format!("`{text}`"), path);
        }
        text
    }
}

/// The text with a line break in place of each of these tags.
fn broken(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    for piece in pieces(raw) {
        text.push_str(piece);
        text.push('\n');
    }
    text.pop();
    text
}

/// The text without these tags, with a line break where one parts two figures: `≥60<sup>1</sup>场` is no 601. None where
/// none does, as in `500m<sup>2</sup>`.
pub(super) fn figures_apart(raw: &str) -> Option<String> {
    let mut text = String::with_capacity(raw.len());
    let mut parted = false;
    for piece in pieces(raw) {
        let figure = |c: Option<char>| c.is_some_and(char::is_numeric);
        if figure(text.chars().next_back()) && figure(piece.chars().next()) {
            text.push('\n');
            parted = true;
        }
        text.push_str(piece);
    }
    parted.then_some(text)
}

/// The pieces of a text between these tags.
fn pieces(raw: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(raw);
    std::iter::from_fn(move || {
        let text = rest?;
        let mut from = 0;
        while let Some(ahead) = text[from..].find('<') {
            let at = from + ahead;
            let tag = &text[at..];
            let name = tag[1..].trim_start_matches('/');
            let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
            let mut known = STRIKES.iter().chain(&SHIFTS);
            let known = known.any(|known| name[..end].eq_ignore_ascii_case(known));
            if let Some(close) = tag.find('>').filter(|_| known) {
                rest = Some(&tag[close + 1..]);
                return Some(&text[..at]);
            }
            from = at + 1;
        }
        rest = None;
        Some(text)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_that_set_apart_become_line_breaks() {
        for (raw, want) in [
            ("<del>30000</del>9725000", "\n30000\n9725000"),
            ("9725000<SUP class='a'>1</SUP>", "9725000\n1\n"),
            ("<b>97</b>25000 < 5", "<b>97</b>25000 < 5"),
            ("1<s", "1<s"),
        ] {
            assert_eq!(broken(raw), want);
        }
    }

    #[test]
    fn a_raised_figure_is_no_digit_of_the_number_before_it() {
        for (raw, want) in [
            ("≥60<sup>1</sup>场", Some("≥60\n1场")),
            ("≥<del>50</del>60场", Some("≥50\n60场")),
            ("≥500m<sup>2</sup>", None),
            ("<b>≥60</b>1", None),
        ] {
            assert_eq!(figures_apart(raw).as_deref(), want);
        }
    }
}
