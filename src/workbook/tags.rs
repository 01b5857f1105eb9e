//! A scanner for the few tags and attributes that the cell reader leaves out. It looks at tags only, knows no
//! entities but in the attributes it is asked for, and never fails: broken markup yields fewer tags.

use std::borrow::Cow;

use memchr::{memchr, memchr2, memchr3, memmem};

/// A start, end or empty tag.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tag<'a> {
    /// Local name, without prefix.
    pub(super) name: &'a str,
    /// What stands behind the name.
    attributes: &'a str,
    /// Whether it is `</name>`.
    pub(super) end: bool,
    /// Where the tag's `>` stands.
    pub(super) close: usize,
}

/// The tags of a text, in order.
pub(super) struct Tags<'a> {
    xml: &'a str,
    at: usize,
}

impl<'a> Tags<'a> {
    pub(super) fn new(xml: &'a str) -> Self {
        Self { xml, at: 0 }
    }

    /// The text from one tag's end up to the next tag, CDATA sections with it and comments without.
    pub(super) fn text_after(&self, tag: &Tag<'a>) -> Cow<'a, str> {
        let mut at = tag.close + 1;
        let is_special =
            |rest: &str, end: usize| matches!(rest.as_bytes().get(end + 1), Some(b'!' | b'?'));
        // Most texts hold neither an entity nor a section.
        let rest = self.xml.get(at..).unwrap_or_default();
        if let Some(end) = memchr3(b'<', b'&', b'\r', rest.as_bytes())
            && rest.as_bytes()[end] == b'<'
            && !is_special(rest, end)
        {
            return Cow::Borrowed(&rest[..end]);
        }
        let mut text = String::new();
        loop {
            let rest = self.xml.get(at..).unwrap_or_default();
            let end = memchr(b'<', rest.as_bytes()).unwrap_or(rest.len());
            let special = is_special(rest, end);
            if !special && text.is_empty() {
                return unescaped(&rest[..end]);
            }
            text.push_str(&unescaped(&rest[..end]));
            let Some(behind) = special.then(|| self.skip_special(at + end)).flatten() else {
                return Cow::Owned(text);
            };
            if let Some(data) = self.xml[at + end..behind].strip_prefix("<![CDATA[") {
                let data = data.strip_suffix("]]>").unwrap_or(data);
                text.push_str(&with_plain_line_ends(data));
            }
            at = behind;
        }
    }

    /// Where the tag that begins at `start` ends. A `>` between quotes doesn't end it.
    fn close_of(&self, start: usize) -> Option<usize> {
        let rest = &self.xml.as_bytes()[start..];
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
        let rest = &self.xml.as_bytes()[start..];
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
        let bytes = self.xml.as_bytes();
        loop {
            let rest = bytes.get(self.at..)?;
            let start = self.at + if rest.starts_with(b"<") { 0 } else { memchr(b'<', rest)? };
            let first = *bytes.get(start + 1)?;
            if first == b'!' || first == b'?' {
                self.at = self.skip_special(start)?;
                continue;
            }
            let end = first == b'/';
            let begin = start + 1 + usize::from(end);
            // The name: where it begins behind its prefix, and where it ends.
            let (mut local, mut at) = (begin, begin);
            let mut plain = true;
            loop {
                match bytes.get(at)? {
                    b'>' | b'/' => break,
                    b':' => local = at + 1,
                    b'=' => plain = false,
                    byte if byte.is_ascii_whitespace() => break,
                    _ => {}
                }
                at += 1;
            }
            // Most tags have no attributes.
            let close = if plain && bytes[at] == b'>' { at } else { self.close_of(start)? };
            self.at = close + 1;
            let (name, attributes) = (&self.xml[local..at], &self.xml[at..close]);
            return Some(Tag { name, attributes, end, close });
        }
    }
}

impl<'a> Tag<'a> {
    /// The attributes: local names and raw values.
    pub(super) fn attributes(&self) -> impl Iterator<Item = (&'a str, &'a str)> + use<'a> {
        let (text, bytes) = (self.attributes, self.attributes.as_bytes());
        let behind_blanks = move |from: usize| {
            let blanks = bytes.get(from..)?.iter().take_while(|byte| byte.is_ascii_whitespace());
            Some(from + blanks.count())
        };
        let mut at = 0;
        std::iter::from_fn(move || {
            let mut local = behind_blanks(at)?;
            let mut equals = local;
            loop {
                match bytes.get(equals)? {
                    b'=' => break,
                    b':' => local = equals + 1,
                    _ => {}
                }
                equals += 1;
            }
            let open = behind_blanks(equals + 1)?;
            let quote = *bytes.get(open).filter(|quote| matches!(quote, b'"' | b'\''))?;
            let length = bytes[open + 1..].iter().position(|byte| *byte == quote)?;
            at = open + 1 + length + 1;
            Some((text[local..equals].trim_ascii_end(), &text[open + 1..open + 1 + length]))
        })
    }

    /// The raw value of an attribute, by its local name.
    pub(super) fn raw(&self, wanted: &str) -> Option<&'a str> {
        let mut attributes = self.attributes();
        attributes.find_map(|(name, value)| (name == wanted).then_some(value))
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
        self.raw(wanted).is_some_and(|value| matches!(value, "1" | "true" | "on"))
    }

    /// Whether the tag is empty: `<c/>`.
    pub(super) fn is_empty(&self) -> bool {
        self.attributes.ends_with('/')
    }
}

fn unescaped(text: &str) -> Cow<'_, str> {
    if memchr2(b'&', b'\r', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let text = with_plain_line_ends(text);
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
        let xml = r#"<?xml version="1.0"?><!-- <row/> --><x:row r="3" hidden = '1'><c r="A3"/></x:row><t><![CDATA[<row>]]></t>"#;
        let tags: Vec<Tag<'_>> = Tags::new(xml).collect();
        let names: Vec<&str> = tags.iter().map(|tag| tag.name).collect();
        assert_eq!(names, ["row", "c", "row", "t", "t"]);
        assert!(tags[0].is_on("hidden") && tags[1].is_empty() && tags[2].end);
        assert_eq!(tags[0].attribute("r").as_deref(), Some("3"));
    }

    #[test]
    fn a_greater_sign_between_quotes_ends_no_tag() {
        let xml = r#"<numFmt a='1' formatCode="[>100]0"/><sheet name="a > b" id="2">x</sheet>"#;
        let tags: Vec<Tag<'_>> = Tags::new(xml).collect();
        assert_eq!(tags[0].attribute("formatCode").as_deref(), Some("[>100]0"));
        assert_eq!(tags[1].attribute("id").as_deref(), Some("2"));
        assert_eq!(tags.len(), 3);
    }

    #[test]
    fn text_goes_on_through_sections_and_comments() {
        let xml = "<v>1<!-- x -->2<![CDATA[&amp;\r\n]]>&lt;\r3</v>";
        let mut tags = Tags::new(xml);
        let tag = tags.next().unwrap();
        assert_eq!(tags.text_after(&tag), "12&amp;\n<\n3");
    }

    #[test]
    fn broken_markup_ends_the_scan() {
        for xml in ["<", "<a", "<a b=", "<a b='", "<!--", "< >", "<a b=c>", "<a b='>"] {
            for tag in Tags::new(xml) {
                assert!(tag.raw("b").is_none(), "{xml}");
            }
        }
    }
}
