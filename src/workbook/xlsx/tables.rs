//! What the cells of every sheet refer to: the shared strings and the styles.

use std::{borrow::Cow, collections::HashMap};

use memchr::memchr;

use super::{
    super::{
        limits::Limit,
        looks::Looks,
        package::Package,
        runs::{Run, Seam},
        tags::{Tag, Tags},
    },
    outline::Outline,
};
use crate::error::Result;

/// What the cells of every sheet refer to.
#[derive(Default)]
pub(super) struct Tables {
    pub(super) strings: Vec<Phrase>,
    pub(super) looks: Looks,
    /// Whether the workbook refers to other files.
    pub(super) linked: bool,
}

impl Tables {
    pub(super) fn load(package: &mut Package<'_>, outline: &Outline) -> Result<Self> {
        let mut xml = |part: &Option<String>| match part {
            Some(part) => package.xml(part).map(Option::unwrap_or_default),
            None => Ok(String::new()),
        };
        let looks = looks(&xml(&outline.styles)?, outline.date1904);
        let strings = xml(&outline.strings)?;
        let linked = package.names().any(|name| name.starts_with("xl/externalLinks/"));
        let strings = texts(package, &strings)?;
        match (strings, &outline.strings) {
            (Some(strings), _) => Ok(Self { strings, looks, linked }),
            (None, part) => {
                let part = part.as_deref().unwrap_or_default();
                Err(package.damaged(message!("{part} ends in the middle", "{part} 中途断开")))
            }
        }
    }
}

/// The shared strings; none where their list is cut.
fn texts(package: &Package<'_>, xml: &str) -> Result<Option<Vec<Phrase>>> {
    let limits = package.limits();
    let mut texts: Vec<Phrase> = Vec::new();
    let mut text = Phrase::default();
    let mut tags = Tags::new(xml);
    let mut open = false;
    while let Some(tag) = tags.next() {
        text.take(&tags, &tag);
        if tag.name == "sst" {
            open = !tag.end && !tag.is_empty();
        }
        if tag.name == "si" && (tag.end || tag.is_empty()) {
            texts.push(std::mem::take(&mut text));
            let found = texts.len() as u64;
            limits.check(Limit::Strings, found, || {
                message!("more shared strings", "还有更多共享文字")
            })?;
        }
    }
    Ok((!open).then_some(texts))
}

/// A text in runs, its readings for pronunciation left out.
#[derive(Default)]
pub(super) struct Phrase {
    pub(super) text: String,
    /// Whether a run of it is struck through.
    pub(super) struck: bool,
    reading: bool,
    run: Run,
    seam: Seam,
}

impl Phrase {
    pub(super) fn take(&mut self, tags: &Tags<'_>, tag: &Tag<'_>) {
        match tag.name {
            "r" if !tag.end => self.run = Run::default(),
            "strike" if !tag.end => {
                self.run.struck = !matches!(tag.raw("val"), Some("0" | "false" | "off"));
            }
            "vertAlign" if !tag.end => {
                self.run.shifted = tag.raw("val").is_some_and(|place| place != "baseline");
            }
            "rPh" => self.reading = !tag.end && !tag.is_empty(),
            "t" if !tag.end && !tag.is_empty() && !self.reading => {
                let piece = tags.text_after(tag);
                let kept = tag.raw("space") == Some("preserve");
                let outer = |c| !kept && matches!(c, ' ' | '\t' | '\r' | '\n');
                self.push(&decoded(piece.trim_matches(outer)));
            }
            _ => {}
        }
    }

    fn push(&mut self, piece: &str) {
        if self.seam.parts(&self.text, piece.chars().next(), self.run) {
            self.text.push('\n');
        }
        self.struck |= self.run.struck && !piece.trim().is_empty();
        self.text.push_str(piece);
    }
}

/// A text with `_x000D_` and the like as the characters they stand for.
pub(super) fn decoded(text: &str) -> Cow<'_, str> {
    // Few texts have an underscore.
    if memchr(b'_', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
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
    Cow::Owned(plain)
}

/// The styles of cells.
fn looks(xml: &str, date1904: bool) -> Looks {
    let mut looks = Looks::new(date1904);
    let (mut codes, mut fonts) = (HashMap::new(), Vec::new());
    // Differential styles have fonts and formats too, behind those of the cells.
    let (mut in_fonts, mut in_cells) = (false, false);
    let number = |tag: &Tag<'_>, name| tag.text(name)?.trim().parse::<u32>().ok();
    for tag in Tags::new(xml) {
        match tag.name {
            "numFmt" if !tag.end => {
                codes.extend(number(&tag, "numFmtId").zip(tag.attribute("formatCode")));
            }
            "fonts" => in_fonts = !tag.end && !tag.is_empty(),
            "cellXfs" => in_cells = !tag.end && !tag.is_empty(),
            "font" if in_fonts && !tag.end => fonts.push(false),
            "strike" if in_fonts && !tag.end => {
                let off = matches!(tag.raw("val"), Some("0" | "false" | "off"));
                if let Some(font) = fonts.last_mut() {
                    *font = !off;
                }
            }
            "xf" if in_cells && !tag.end => {
                let id = number(&tag, "numFmtId").unwrap_or(0);
                let code = codes.get(&id).map(String::as_str);
                let font = number(&tag, "fontId").and_then(|font| fonts.get(font as usize));
                looks.add(id, code, font == Some(&true));
            }
            "cellStyles" | "dxfs" => break,
            _ => {}
        }
    }
    looks
}
