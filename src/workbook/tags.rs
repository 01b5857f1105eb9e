//! A scanner for the few tags and attributes that the cell reader leaves out. It looks at tags only, knows no
//! entities but in the attributes it is asked for, and never fails: broken markup yields fewer tags.

use std::borrow::Cow;

use memchr::{memchr, memchr2, memchr3, memmem};

/// A start, end or empty tag.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tag<'a> {
    /// Local name, without prefix.
    pub(super) name: &'a [u8],
    /// What stands behind the name.
    attributes: &'a [u8],
    /// Whether it is `</name>`.
    pub(super) end: bool,
    /// Where the tag's `>` stands.
    pub(super) close: usize,
}

/// The tags of a text, in order.
pub(super) struct Tags<'a> {
    xml: &'a [u8],
    at: usize,
}

impl<'a> Tags<'a> {
    pub(super) fn new(xml: &'a [u8]) -> Self {
        Self { xml, at: 0 }
    }

    /// The text from one tag's end up to the next tag, CDATA sections with it and comments without.
    pub(super) fn text_after(&self, tag: &Tag<'a>) -> Cow<'a, str> {
        let mut at = tag.close + 1;
        let is_special = |rest: &[u8], end: usize| matches!(rest.get(end + 1), Some(b'!' | b'?'));
        // Most texts hold neither an entity nor a section.
        let rest = self.xml.get(at..).unwrap_or_default();
        if let Some(end) = memchr3(b'<', b'&', b'\r', rest)
            && rest[end] == b'<'
            && !is_special(rest, end)
        {
            return as_text(&rest[..end]);
        }
        let mut text = String::new();
        loop {
            let rest = self.xml.get(at..).unwrap_or_default();
            let end = memchr(b'<', rest).unwrap_or(rest.len());
            let special = is_special(rest, end);
            if !special && text.is_empty() {
                return unescaped(&rest[..end]);
            }
            text.push_str(&unescaped(&rest[..end]));
            let Some(behind) = special.then(|| self.skip_special(at + end)).flatten() else {
                return Cow::Owned(text);
            };
            if let Some(data) = self.xml[at + end..behind].strip_prefix(b"<![CDATA[") {
                let data = data.strip_suffix(b"]]>").unwrap_or(data);
                text.push_str(&with_plain_line_ends(&String::from_utf8_lossy(data)));
            }
            at = behind;
        }
    }

    /// Where the tag that begins at `start` ends. A `>` between quotes doesn't end it.
    fn close_of(&self, start: usize) -> Option<usize> {
        let rest = &self.xml[start..];
        let close = memchr(b'>', rest)?;
        let inside = rest[..close].trim_ascii_end();
        let inside = inside.strip_suffix(b"/").unwrap_or(inside).trim_ascii_end();
        if inside.ends_with(b"\"") || inside.ends_with(b"'") || !inside.contains(&b'=') {
            return Some(start + close);
        }
        let mut at = 0;
        loop {
            at += memchr3(b'>', b'"', b'\'', rest.get(at..)?)?;
            if rest[at] == b'>' {
                return Some(start + at);
            }
            at += 1 + memchr(rest[at], &rest[at + 1..])? + 1;
        }
    }

    /// Skips a comment, a CDATA section, a declaration or an instruction that begins at `start`.
    fn skip_special(&self, start: usize) -> Option<usize> {
        let rest = &self.xml[start..];
        let mark: &[u8] = if rest.starts_with(b"<!--") {
            b"-->"
        } else if rest.starts_with(b"<![CDATA[") {
            b"]]>"
        } else if rest.starts_with(b"<?") {
            b"?>"
        } else {
            b">"
        };
        memmem::find(rest, mark).map(|end| start + end + mark.len())
    }
}

impl<'a> Iterator for Tags<'a> {
    type Item = Tag<'a>;

    fn next(&mut self) -> Option<Tag<'a>> {
        loop {
            let rest = self.xml.get(self.at..)?;
            let start = self.at + if rest.starts_with(b"<") { 0 } else { memchr(b'<', rest)? };
            let first = *self.xml.get(start + 1)?;
            if first == b'!' || first == b'?' {
                self.at = self.skip_special(start)?;
                continue;
            }
            let end = first == b'/';
            let begin = start + 1 + usize::from(end);
            let inside = &self.xml[begin..];
            let length = inside
                .iter()
                .position(|byte| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>'))?;
            let name = &inside[..length];
            // Most tags have no attributes.
            let close = match inside[length] {
                b'>' if position(name, b'=').is_none() => begin + length,
                _ => self.close_of(start)?,
            };
            self.at = close + 1;
            let attributes = &self.xml[begin + length..close];
            return Some(Tag { name: local(name), attributes, end, close });
        }
    }
}

impl<'a> Tag<'a> {
    /// The attributes: local names and raw values.
    pub(super) fn attributes(&self) -> impl Iterator<Item = (&'a [u8], &'a [u8])> + use<'a> {
        let mut rest = self.attributes;
        std::iter::from_fn(move || {
            let equals = position(rest, b'=')?;
            let name = rest[..equals].trim_ascii();
            let behind = rest[equals + 1..].trim_ascii_start();
            let (quote, behind) =
                behind.split_first().filter(|(first, _)| matches!(first, b'"' | b'\''))?;
            let end = position(behind, *quote)?;
            rest = &behind[end + 1..];
            Some((local(name), &behind[..end]))
        })
    }

    /// The raw value of an attribute, by its local name.
    pub(super) fn raw(&self, wanted: &str) -> Option<&'a [u8]> {
        let mut attributes = self.attributes();
        attributes.find_map(|(name, value)| (name == wanted.as_bytes()).then_some(value))
    }

    /// The value of an attribute with its entities decoded.
    pub(super) fn attribute(&self, wanted: &str) -> Option<String> {
        self.text(wanted).map(Cow::into_owned)
    }

    /// As [`Tag::attribute`], borrowed where nothing is to decode.
    pub(super) fn text(&self, wanted: &str) -> Option<Cow<'a, str>> {
        self.raw(wanted).map(unescaped)
    }

    /// Whether an attribute is true.
    pub(super) fn is_on(&self, wanted: &str) -> bool {
        self.raw(wanted).is_some_and(|value| value == b"1" || value == b"true" || value == b"on")
    }

    /// Whether the tag is empty: `<c/>`.
    pub(super) fn is_empty(&self) -> bool {
        self.attributes.ends_with(b"/")
    }
}

/// Where a byte stands first. For the short words of a tag a plain loop is the fastest.
fn position(bytes: &[u8], wanted: u8) -> Option<usize> {
    bytes.iter().position(|byte| *byte == wanted)
}

/// A name without its prefix.
fn local(name: &[u8]) -> &[u8] {
    position(name, b':').map_or(name, |colon| &name[colon + 1..])
}

fn as_text(raw: &[u8]) -> Cow<'_, str> {
    std::str::from_utf8(raw).map_or_else(|_| String::from_utf8_lossy(raw), Cow::Borrowed)
}

fn unescaped(raw: &[u8]) -> Cow<'_, str> {
    let text = as_text(raw);
    if memchr2(b'&', b'\r', raw).is_none() {
        return text;
    }
    let text = with_plain_line_ends(&text);
    let plain = quick_xml::escape::unescape(&text).map(Cow::into_owned);
    Cow::Owned(plain.unwrap_or_else(|_| text.into_owned()))
}

/// XML says that a line end is one `\n`, however it is stored.
fn with_plain_line_ends(text: &str) -> Cow<'_, str> {
    if text.contains('\r') {
        Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"))
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_tags_and_attributes() {
        let xml = br#"<?xml version="1.0"?><!-- <row/> --><x:row r="3" hidden = '1'><c r="A3"/></x:row><t><![CDATA[<row>]]></t>"#;
        let tags: Vec<Tag<'_>> = Tags::new(xml).collect();
        let names: Vec<&[u8]> = tags.iter().map(|tag| tag.name).collect();
        assert_eq!(names, [&b"row"[..], b"c", b"row", b"t", b"t"]);
        assert!(tags[0].is_on("hidden") && tags[1].is_empty() && tags[2].end);
        assert_eq!(tags[0].attribute("r").as_deref(), Some("3"));
    }

    #[test]
    fn a_greater_sign_between_quotes_ends_no_tag() {
        let xml = br#"<numFmt a='1' formatCode="[>100]0"/><sheet name="a > b" id="2">x</sheet>"#;
        let tags: Vec<Tag<'_>> = Tags::new(xml).collect();
        assert_eq!(tags[0].attribute("formatCode").as_deref(), Some("[>100]0"));
        assert_eq!(tags[1].attribute("id").as_deref(), Some("2"));
        assert_eq!(tags.len(), 3);
    }

    #[test]
    fn text_goes_on_through_sections_and_comments() {
        let xml = b"<v>1<!-- x -->2<![CDATA[&amp;\r\n]]>&lt;\r3</v>";
        let mut tags = Tags::new(xml);
        let tag = tags.next().unwrap();
        assert_eq!(tags.text_after(&tag), "12&amp;\n<\n3");
    }

    #[test]
    fn broken_markup_ends_the_scan() {
        for xml in ["<", "<a", "<a b=", "<a b='", "<!--", "< >", "<a b=c>", "<a b='>"] {
            for tag in Tags::new(xml.as_bytes()) {
                assert!(tag.raw("b").is_none(), "{xml}");
            }
        }
    }
}
