//! The texts of a workbook, each once, in the order in which they come.

use std::borrow::Cow;

use memchr::memchr;
use rustc_hash::FxHashMap;

use crate::render::text_cell::is_taken_for_markup;

/// The most UTF-16 units that a cell takes.
const LONGEST: usize = 32_767;

/// Texts with their places.
#[derive(Default)]
pub(super) struct Texts<'a> {
    places: FxHashMap<&'a str, usize>,
    xml: String,
    count: usize,
}

impl<'a> Texts<'a> {
    /// The place of a text; `None` where the library has to see it: it is too long, or would be taken for markup.
    pub(super) fn place(&mut self, text: &'a str) -> Option<usize> {
        self.count += 1;
        let next = self.places.len();
        let place = *self.places.entry(text).or_insert(next);
        if place == next {
            if is_taken_for_markup(text)
                || text.len() > LONGEST && text.encode_utf16().count() > LONGEST
            {
                return None;
            }
            let spaces = ['\t', '\n', ' '];
            self.xml.push_str(if text.starts_with(spaces) || text.ends_with(spaces) {
                "<si><t xml:space=\"preserve\">"
            } else {
                "<si><t>"
            });
            if memchr(b'_', text.as_bytes()).is_some() {
                escape(&without_escapes(text), &mut self.xml);
            } else {
                escape(text, &mut self.xml);
            }
            self.xml.push_str("</t></si>");
        }
        Some(place)
    }

    /// The part of the package.
    pub(super) fn part(mut self) -> String {
        let head = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" count=\"{}\" uniqueCount=\"{}\">",
            self.count,
            self.places.len()
        );
        // Put before them where they are: long texts would else stand here twice.
        self.xml.insert_str(0, &head);
        self.xml.push_str("</sst>");
        self.xml
    }
}

/// Bytes that may not stand as they are: markup, control characters, and the first byte of U+FFFE and U+FFFF.
const ESCAPED: [bool; 256] = {
    let mut escaped = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        #[allow(clippy::cast_possible_truncation)] // below 256
        let listed = matches!(byte as u8, b'&' | b'<' | b'>' | 0xef);
        escaped[byte] = listed || byte < 0x20 && byte != 0x09 && byte != 0x0a;
        byte += 1;
    }
    escaped
};

/// Writes text as XML has it; what XML can't hold as OOXML escapes it.
pub(super) fn escape(text: &str, xml: &mut String) {
    let bytes = text.as_bytes();
    let (mut from, mut next) = (0, 0);
    while let Some(ahead) = bytes[next..].iter().position(|byte| ESCAPED[usize::from(*byte)]) {
        let at = next + ahead;
        next = at + 1;
        let (instead, length) = match bytes[at] {
            b'&' => ("&amp;".into(), 1),
            b'<' => ("&lt;".into(), 1),
            b'>' => ("&gt;".into(), 1),
            // U+FFFE and U+FFFF, which are no characters.
            0xef => match bytes.get(at..at + 3) {
                Some([_, 0xbf, 0xbe]) => ("_xFFFE_".into(), 3),
                Some([_, 0xbf, 0xbf]) => ("_xFFFF_".into(), 3),
                _ => continue,
            },
            byte => (Cow::Owned(format!("_x{byte:04X}_")), 1),
        };
        xml.push_str(&text[from..at]);
        xml.push_str(&instead);
        from = at + length;
    }
    xml.push_str(&text[from..]);
}

/// The text with `_x0041_` written so that it is not taken for an escape.
fn without_escapes(text: &str) -> String {
    let mut plain = String::with_capacity(text.len() + 6);
    for (at, c) in text.char_indices() {
        let code = text.as_bytes().get(at + 1..at + 7);
        let escape = c == '_'
            && code.is_some_and(|code| {
                code[0] == b'x' && code[5] == b'_' && code[1..5].iter().all(u8::is_ascii_hexdigit)
            });
        plain.push_str(if escape { "_x005F" } else { "" });
        plain.push(c);
    }
    plain
}
