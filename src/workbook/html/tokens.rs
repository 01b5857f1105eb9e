//! The tags and texts of an HTML page, in one pass. Broken markup yields what browsers make of it: a `<` before no
//! letter is text, an unknown declaration a comment, a tag that the page ends in nothing.
//!
//! By hand, without a document tree: a tree of a page of 64 MiB takes gigabytes, and the tokenizer of html5ever compares
//! each attribute of a tag with all before it, so that one tag can take minutes.

use std::borrow::Cow;

use memchr::{memchr, memchr2, memmem};

/// A piece of a page.
#[derive(Debug, PartialEq)]
pub(super) enum Token<'a> {
    /// Text between tags, its entities yet to be decoded.
    Text(&'a str),
    /// The content of an element whose tags are no tags, such as `<style>`.
    Raw(&'a str),
    Tag(Tag<'a>),
}

/// A start or end tag.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Tag<'a> {
    /// Its name as typed.
    pub(super) name: &'a str,
    pub(super) end: bool,
    attributes: &'a str,
}

/// The tokens of a page, in order.
pub(super) struct Tokens<'a> {
    page: &'a str,
    at: usize,
    /// The element whose content is raw.
    raw: Option<&'a str>,
    /// Whether the page ends within a tag, a comment or raw content.
    torn: bool,
}

/// A tag of a page made to be read has some ten attributes.
const MOST_ATTRIBUTES: usize = 256;

const RAW: [&str; 9] =
    ["script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes", "noscript"];

impl<'a> Tokens<'a> {
    pub(super) fn new(page: &'a str) -> Self {
        Self { page, at: 0, raw: None, torn: false }
    }

    /// Whether the page ended within a tag, a comment or raw content.
    pub(super) fn torn(&self) -> bool {
        self.torn
    }

    fn rest(&self) -> &'a str {
        self.page.get(self.at..).unwrap_or_default()
    }

    /// Takes so many bytes, to the end at most.
    fn take(&mut self, length: usize) -> &'a str {
        let taken = self.rest().get(..length).unwrap_or(self.rest());
        self.at += taken.len();
        taken
    }

    fn raw(&mut self, name: &str) -> &'a str {
        let rest = self.rest();
        let mut from = 0;
        while let Some(found) = memmem::find(&rest.as_bytes()[from..], b"</") {
            let at = from + found;
            let behind = &rest.as_bytes()[at + 2..];
            let named = behind
                .get(..name.len())
                .is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()));
            let ends = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>');
            if named && behind.get(name.len()).is_none_or(ends) {
                return self.take(at);
            }
            from = at + 2;
        }
        self.torn = true;
        self.take(rest.len())
    }

    /// Skips a comment or a declaration.
    fn skip_declaration(&mut self) {
        let rest = self.rest();
        let end = if let Some(comment) = rest.strip_prefix("<!--") {
            if comment.starts_with('>') || comment.starts_with("->") {
                memchr(b'>', rest.as_bytes()).map(|end| end + 1)
            } else {
                comment_end(comment.as_bytes()).map(|end| end + 4)
            }
        } else {
            memchr(b'>', rest.as_bytes()).map(|end| end + 1)
        };
        self.torn |= end.is_none();
        self.take(end.unwrap_or(rest.len()));
    }

    fn tag(&mut self, end: bool) -> Option<Tag<'a>> {
        let rest = self.rest();
        let start = 1 + usize::from(end);
        let bytes = rest.as_bytes();
        let is_end = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>');
        let name_end = start + bytes[start..].iter().position(is_end).unwrap_or(rest.len() - start);
        let mut attributes = Attributes { text: rest.get(name_end..)?, at: 0 };
        while attributes.next().is_some() {}
        let close = name_end + attributes.at;
        if bytes.get(close) != Some(&b'>') {
            self.torn = true;
            self.take(rest.len());
            return None;
        }
        self.take(close + 1);
        let name = rest.get(start..name_end)?;
        if !end && RAW.iter().any(|raw| raw.eq_ignore_ascii_case(name)) {
            self.raw = Some(name);
        }
        Some(Tag { name, end, attributes: rest.get(name_end..close)? })
    }
}

/// Where a comment ends: behind `-->`, or `--!>`.
fn comment_end(comment: &[u8]) -> Option<usize> {
    let mut from = 0;
    while let Some(found) = memmem::find(comment.get(from..)?, b"--") {
        let at = from + found;
        match comment.get(at + 2..)? {
            [b'>', ..] => return Some(at + 3),
            [b'!', b'>', ..] => return Some(at + 4),
            _ => from = at + 1,
        }
    }
    None
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            if let Some(name) = self.raw.take() {
                return Some(Token::Raw(self.raw(name)));
            }
            let rest = self.rest().as_bytes();
            match rest {
                [] => return None,
                [b'<', b'!' | b'?', ..] => self.skip_declaration(),
                [b'<', letter, ..] if letter.is_ascii_alphabetic() => {
                    return self.tag(false).map(Token::Tag);
                }
                [b'<', b'/', letter, ..] if letter.is_ascii_alphabetic() => {
                    return self.tag(true).map(Token::Tag);
                }
                [b'<', b'/', ..] => self.skip_declaration(),
                [_, behind @ ..] => {
                    let end = memchr(b'<', behind).map_or(rest.len(), |end| end + 1);
                    return Some(Token::Text(self.take(end)));
                }
            }
        }
    }
}

impl<'a> Tag<'a> {
    /// Its attributes: names as typed, values decoded.
    pub(super) fn attributes(&self) -> impl Iterator<Item = (&'a str, Cow<'a, str>)> + use<'a> {
        let raw = Attributes { text: self.attributes, at: 0 };
        raw.take(MOST_ATTRIBUTES).map(|(name, value)| (name, htmlize::unescape_attribute(value)))
    }

    /// The value of an attribute.
    pub(super) fn attribute(&self, wanted: &str) -> Option<Cow<'a, str>> {
        self.attributes()
            .find(|(name, _)| name.eq_ignore_ascii_case(wanted))
            .map(|(_, value)| value)
    }
}

/// Attributes up to the tag's `>`, where it stops.
struct Attributes<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Attributes<'a> {
    /// Moves on while bytes are of a kind.
    fn skip(&mut self, kind: impl Fn(u8) -> bool) -> &'a str {
        let start = self.at;
        let rest = self.text.as_bytes().get(start..).unwrap_or_default();
        self.at += rest.iter().position(|byte| !kind(*byte)).unwrap_or(rest.len());
        self.text.get(start..self.at).unwrap_or_default()
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn value(&mut self) -> &'a str {
        self.at += 1;
        self.skip(|byte| byte.is_ascii_whitespace());
        let Some(quote @ (b'"' | b'\'')) = self.peek() else {
            return self.skip(|byte| !byte.is_ascii_whitespace() && byte != b'>');
        };
        self.at += 1;
        let value = self.skip(|byte| byte != quote);
        self.at += 1;
        value
    }
}

impl<'a> Iterator for Attributes<'a> {
    type Item = (&'a str, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        self.skip(|byte| byte.is_ascii_whitespace() || byte == b'/');
        if self.peek().is_none_or(|byte| byte == b'>') {
            return None;
        }
        let start = self.at;
        // A sign of equality may begin a name, and ends it anywhere else.
        self.at += usize::from(self.peek() == Some(b'='));
        self.skip(|byte| !byte.is_ascii_whitespace() && !matches!(byte, b'/' | b'>' | b'='));
        let name = self.text.get(start..self.at).unwrap_or_default();
        let behind = self.at;
        self.skip(|byte| byte.is_ascii_whitespace());
        if self.peek() != Some(b'=') {
            self.at = behind;
            return Some((name, ""));
        }
        Some((name, self.value()))
    }
}

/// The text with its entities decoded.
pub(super) fn decoded(text: &str) -> Cow<'_, str> {
    match memchr2(b'&', b'\0', text.as_bytes()) {
        Some(_) => htmlize::unescape(text),
        None => Cow::Borrowed(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(page: &str) -> Vec<String> {
        let show = |token| match token {
            Token::Text(text) => format!("'{text}'"),
            Token::Raw(text) => format!("raw '{text}'"),
            Token::Tag(tag) => {
                let end = if tag.end { "/" } else { "" };
                let attributes: Vec<String> =
                    tag.attributes().map(|(name, value)| format!(" {name}={value}")).collect();
                format!("<{end}{}{}>", tag.name, attributes.concat())
            }
        };
        Tokens::new(page).map(show).collect()
    }

    #[test]
    fn reads_tags_as_browsers_do() {
        let cases: [(&str, &[&str]); 12] = [
            ("a<b>c</b>", &["'a'", "<b>", "'c'", "</b>"]),
            ("<td x:num='1>2' a = b c nowrap>5", &["<td x:num=1>2 a=b c= nowrap=>", "'5'"]),
            ("<a href=\"x&amp;y\"/>", &["<a href=x&y>"]),
            ("1 < 2 <5% </5>", &["'1 '", "'< 2 '", "'<5% '"]),
            ("a<!-- <b> --!>b<!--->c<!-->d", &["'a'", "'b'", "'c'", "'d'"]),
            ("a<![if !x]>b<![endif]>", &["'a'", "'b'"]),
            (
                "<style>a<b</styles></STYLE >x",
                &["<style>", "raw 'a<b</styles>'", "</STYLE>", "'x'"],
            ),
            ("<script>if(a<b){}", &["<script>", "raw 'if(a<b){}'"]),
            ("x<td class=\"y>z</td>", &["'x'"]),
            ("<a =b=c><?xml version='1.0'?>d", &["<a =b=c>", "'d'"]),
            ("<p\u{3000}x>项</p", &["<p\u{3000}x>", "'项'"]),
            ("<", &["'<'"]),
        ];
        for (page, want) in cases {
            assert_eq!(shown(page), want, "{page}");
        }
    }
}
