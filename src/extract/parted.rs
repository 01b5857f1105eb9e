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
    let mut rest = raw;
    while let Some(at) = rest.find('<') {
        let (before, tag) = rest.split_at(at);
        text.push_str(before);
        let name = tag[1..].trim_start_matches('/');
        let name = &name[..name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len())];
        let known = STRIKES.iter().chain(&SHIFTS).any(|known| name.eq_ignore_ascii_case(known));
        if let Some(end) = tag.find('>').filter(|_| known) {
            text.push('\n');
            rest = &tag[end + 1..];
        } else {
            text.push('<');
            rest = &tag[1..];
        }
    }
    text + rest
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
}
