//! A scanner for the few tags and attributes that the cell reader leaves out. It looks at tags only, knows no
//! entities but in the attributes it is asked for, and never fails: broken markup yields fewer tags.

use memchr::{memchr, memmem};

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

    /// The text from one tag's end up to the next `<`.
    pub(super) fn text_after(&self, tag: &Tag<'a>) -> String {
        let rest = self.xml.get(tag.close + 1..).unwrap_or_default();
        let end = memchr(b'<', rest).unwrap_or(rest.len());
        unescaped(&rest[..end])
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
            let start = self.at + memchr(b'<', self.xml.get(self.at..)?)?;
            let first = *self.xml.get(start + 1)?;
            if first == b'!' || first == b'?' {
                self.at = self.skip_special(start)?;
                continue;
            }
            let close = start + memchr(b'>', &self.xml[start..])?;
            self.at = close + 1;
            let end = first == b'/';
            let inside = &self.xml[start + 1 + usize::from(end)..close];
            let length = inside
                .iter()
                .position(|byte| byte.is_ascii_whitespace() || *byte == b'/')
                .unwrap_or(inside.len());
            let (name, attributes) = inside.split_at(length);
            let name = memchr(b':', name).map_or(name, |colon| &name[colon + 1..]);
            return Some(Tag { name, attributes, end, close });
        }
    }
}

impl<'a> Tag<'a> {
    /// The raw value of an attribute, by its local name.
    pub(super) fn raw(&self, wanted: &str) -> Option<&'a [u8]> {
        let mut rest = self.attributes;
        loop {
            let equals = memchr(b'=', rest)?;
            let name = rest[..equals].trim_ascii();
            let behind = rest[equals + 1..].trim_ascii_start();
            let quote = *behind.first()?;
            if quote != b'"' && quote != b'\'' {
                return None;
            }
            let end = 1 + memchr(quote, &behind[1..])?;
            let local = memchr(b':', name).map_or(name, |colon| &name[colon + 1..]);
            if local == wanted.as_bytes() {
                return Some(&behind[1..end]);
            }
            rest = &behind[end + 1..];
        }
    }

    /// The value of an attribute with its entities decoded.
    pub(super) fn attribute(&self, wanted: &str) -> Option<String> {
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

fn unescaped(raw: &[u8]) -> String {
    let text = String::from_utf8_lossy(raw);
    match quick_xml::escape::unescape(&text) {
        Ok(plain) => plain.into_owned(),
        Err(_) => text.into_owned(),
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
    fn broken_markup_ends_the_scan() {
        for xml in ["<", "<a", "<a b=", "<a b='", "<!--", "< >", "<a b=c>"] {
            for tag in Tags::new(xml.as_bytes()) {
                assert!(tag.raw("b").is_none(), "{xml}");
            }
        }
    }
}
