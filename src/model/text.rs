//! Text in its normal form: line ends, tags, entities and invisible characters folded away.
//!
//! Text is fed into `out` character by character. A construct (entity, `_x000D_` escape, tag, comment) is known by its
//! last character and replaced there and then, its replacement being fed again. So `out` never holds a construct, nor
//! does any part of it, and cleaning twice changes nothing; each character is pushed and removed once, which keeps the
//! work linear whatever is nested in what.

mod escapes;
mod tags;
#[cfg(test)]
mod tests;

use escapes::{entity_at_end, escape_at_end};
use tags::Kind;

/// The most UTF-16 units that a cell of a spreadsheet holds.
const LONGEST: usize = 32_767;

/// So many different tags are named, no more.
const MOST_TAGS: usize = 32;

/// Text in its normal form, and what had to be done to bring it there.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Cleaned {
    /// The text.
    pub text: String,
    /// Names of the tags that were stripped, in order of first appearance; `!--` for a comment.
    pub tags: Vec<String>,
    /// Whether entities (`&nbsp;`) or escapes (`_x000D_`) were decoded.
    pub entities: bool,
    /// Whether invisible characters (zero width, soft hyphen, BOM, control characters) were removed.
    pub invisible: bool,
    /// How many UTF-16 units beyond 32,767 were cut off.
    pub cut: usize,
}

/// Brings a text into its normal form. Cleaning twice changes nothing.
pub fn clean(raw: &str) -> Cleaned {
    if is_clean(raw) {
        return Cleaned { text: raw.to_owned(), ..Cleaned::default() };
    }
    let mut cleaner = Cleaner { out: String::with_capacity(raw.len()), ..Cleaner::default() };
    let mut rest = raw;
    while let Some((at, c)) = next_special(rest) {
        cleaner.out.push_str(&rest[..at]);
        cleaner.feed(c);
        rest = &rest[at + c.len_utf8()..];
    }
    cleaner.out.push_str(rest);
    cleaner.finish()
}

/// Whether [`clean`] would change nothing.
pub fn is_clean(text: &str) -> bool {
    let is_outer = |c: Option<char>| c.is_some_and(char::is_whitespace);
    if is_outer(text.chars().next())
        || is_outer(text.chars().next_back())
        || kept(text) < text.len()
    {
        return false;
    }
    let (mut at, mut comment) = (0, false);
    while let Some((behind, c)) = next_special(&text[at..]) {
        at += behind + c.len_utf8();
        let before = &text[..at];
        let changes = match c {
            ';' => entity_at_end(before).is_some(),
            '_' => escape_at_end(before).is_some(),
            '>' => {
                comment && before.ends_with("-->")
                    || tags::at_end(before).is_some_and(|tag| !tag.waits())
            }
            '-' => {
                comment |= before.ends_with("<!--");
                false
            }
            '\n' => false,
            _ => class(c) != Class::Text,
        };
        if changes {
            return false;
        }
    }
    true
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Text,
    LineEnd,
    NoBreakSpace,
    Invisible,
}

/// What becomes of a single character. Joiners go like all that has no width: what they would hold together, emoji
/// and Indic letters, is not the stuff of returns. Word's soft line break is a VT, its page break an FF. U+FFFE and
/// U+FFFF can't stand in XML.
fn class(c: char) -> Class {
    match c {
        '\t' => Class::Text,
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Class::LineEnd,
        '\u{a0}' | '\u{202f}' => Class::NoBreakSpace,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' => {
            Class::Invisible
        }
        '\u{feff}' | '\u{fffe}' | '\u{ffff}' => Class::Invisible,
        _ if c.is_control() => Class::Invisible,
        _ => Class::Text,
    }
}

/// Bytes that may begin something to do: control characters, the last characters of constructs, and the first bytes
/// of the characters for which [`class`] has something else than `Text`.
const SPECIAL: [bool; 256] = {
    let mut special = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        #[allow(clippy::cast_possible_truncation)] // below 256
        let listed = matches!(byte as u8, b';' | b'_' | b'>' | b'-' | 0x7f | 0xc2 | 0xe2 | 0xef);
        special[byte] = listed || byte < 0x20 && byte != 0x09;
        byte += 1;
    }
    special
};

fn next_special(text: &str) -> Option<(usize, char)> {
    let bytes = text.as_bytes();
    let mut from = 0;
    loop {
        let at = from + bytes[from..].iter().position(|byte| SPECIAL[usize::from(*byte)])?;
        // Full-width marks (，：（) and signs (≥) begin as the characters do that are folded away.
        let common = match bytes[at] {
            0xef => matches!(bytes.get(at + 1), Some(0xbc | 0xbd)),
            0xe2 => !matches!(bytes.get(at + 1), Some(0x80 | 0x81)),
            _ => false,
        };
        if !common {
            return text[at..].chars().next().map(|c| (at, c));
        }
        from = at + 3;
    }
}

#[derive(Default)]
struct Cleaner {
    out: String,
    /// Decoded characters still to be fed, the next one last.
    pending: Vec<char>,
    /// Where in `out` a comment, a style and a script begin that are not closed.
    comments: Vec<usize>,
    styles: Vec<usize>,
    scripts: Vec<usize>,
    /// The ends of the line breaks in `out` that are edges of blocks.
    edges: Vec<usize>,
    /// The end of `out` after a CR, which a LF may still follow.
    after_cr: Option<usize>,
    tags: Vec<String>,
    entities: bool,
    invisible: bool,
}

impl Cleaner {
    fn feed(&mut self, c: char) {
        self.pending.push(c);
        while let Some(c) = self.pending.pop() {
            match class(c) {
                Class::LineEnd => self.line_end(c),
                // Remains what it is until the end, so that `<p>&nbsp;</p>` is a line of its own.
                Class::NoBreakSpace => self.out.push('\u{a0}'),
                Class::Invisible => self.invisible = true,
                Class::Text => {
                    self.out.push(c);
                    self.reduce(c);
                }
            }
        }
    }

    /// Replaces the construct that the last character completes.
    fn reduce(&mut self, last: char) {
        match last {
            ';' => {
                let Some((start, decoded)) = entity_at_end(&self.out) else { return };
                self.pending.extend(decoded.chars().rev());
                self.entities = true;
                self.truncate(start);
            }
            '_' => {
                let Some((start, decoded)) = escape_at_end(&self.out) else { return };
                self.pending.push(decoded);
                self.entities = true;
                self.truncate(start);
            }
            '-' if self.out.ends_with("<!--") => self.comments.push(self.out.len() - "<!--".len()),
            '>' => self.markup(),
            _ => {}
        }
    }

    fn markup(&mut self) {
        if let Some(&start) = self.comments.last()
            && self.out.ends_with("-->")
        {
            note(&mut self.tags, "!--");
            return self.truncate(start);
        }
        let Some(tag) = tags::at_end(&self.out) else { return };
        let (start, kind, waits) = (tag.start, tag.kind, tag.waits());
        if !waits {
            note(&mut self.tags, tag.name);
        }
        match kind {
            Kind::Style if waits => self.styles.push(start),
            Kind::Script if waits => self.scripts.push(start),
            Kind::Style => self.truncate(self.styles.last().copied().unwrap_or(start)),
            Kind::Script => self.truncate(self.scripts.last().copied().unwrap_or(start)),
            Kind::Inline => self.truncate(start),
            Kind::Break => {
                self.truncate(start);
                self.out.push('\n');
            }
            Kind::Block => {
                self.truncate(start);
                self.edge();
            }
        }
    }

    /// The edge of a block: a line break unless there is one.
    fn edge(&mut self) {
        if let Some(at) = self.line_start() {
            self.truncate(at);
        } else {
            self.out.push('\n');
        }
        if self.edges.last() != Some(&self.out.len()) {
            self.edges.push(self.out.len());
        }
    }

    /// A line end as typed; beside the edge of a block it only lays out the source.
    fn line_end(&mut self, c: char) {
        if c == '\n' && self.after_cr.take() == Some(self.out.len()) {
            return;
        }
        match self.line_start() {
            Some(at) if self.edges.last() == Some(&at) => self.truncate(at),
            _ => self.out.push('\n'),
        }
        if c == '\r' {
            self.after_cr = Some(self.out.len());
        }
    }

    /// The start of the last line, if that is blank.
    fn line_start(&self) -> Option<usize> {
        let before = self.out.trim_end_matches([' ', '\t']);
        (before.is_empty() || before.ends_with('\n')).then_some(before.len())
    }

    fn truncate(&mut self, length: usize) {
        self.out.truncate(length);
        for open in [&mut self.comments, &mut self.styles, &mut self.scripts] {
            while open.pop_if(|start| *start >= length).is_some() {}
        }
        while self.edges.pop_if(|end| *end > length).is_some() {}
        self.after_cr = self.after_cr.filter(|end| *end <= length);
    }

    fn finish(self) -> Cleaned {
        let Self { out, tags, entities, invisible, .. } = self;
        let text = out.trim().replace('\u{a0}', " ");
        let (first, rest) = text.split_at(kept(&text));
        let cut = rest.encode_utf16().count();
        Cleaned { text: first.trim_end().to_owned(), tags, entities, invisible, cut }
    }
}

fn note(tags: &mut Vec<String>, name: &str) {
    if tags.len() < MOST_TAGS && !tags.iter().any(|tag| tag.eq_ignore_ascii_case(name)) {
        tags.push(name.to_ascii_lowercase());
    }
}

/// How many bytes of a text a cell can hold.
fn kept(text: &str) -> usize {
    if text.len() <= LONGEST {
        return text.len();
    }
    let mut units = 0;
    let beyond = text.char_indices().find(|(_, c)| {
        units += c.len_utf16();
        units > LONGEST
    });
    beyond.map_or(text.len(), |(at, _)| at)
}
