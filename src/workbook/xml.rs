//! XML, event by event: prefixes made alike, ends that always match a start, entities of the file's own left as they
//! stand. Nothing outside the file is followed.

use std::{borrow::Cow, rc::Rc, str};

use quick_xml::{
    Reader,
    escape::unescape,
    events::{BytesRef, BytesStart, Event as Raw},
};

use super::{
    encoding,
    limits::{Limit, Limits},
};
use crate::error::Result;

/// Something that stands in the file.
pub(super) enum Event<'a, N> {
    /// An element begins. An empty one begins and ends.
    Start(N, Tag<'a>),
    /// An element ends; also where the file leaves its end out.
    End(N),
    /// Text, or a piece of it.
    Text(Cow<'a, str>),
}

/// The namespaces that a container knows, with the prefix by which the code names each.
pub(super) type Spaces = &'static [(&'static str, &'static str)];

/// The events of a text.
pub(super) struct Xml<'a, N> {
    reader: Reader<&'a [u8]>,
    limits: &'a Limits,
    name: fn(&str, &str) -> N,
    prefixes: Prefixes,
    open: Vec<N>,
    /// How many of the open elements are about to end.
    closing: usize,
    ended: bool,
    fault: Option<String>,
    faults: usize,
    torn: bool,
}

impl<'a, N: Copy + PartialEq> Xml<'a, N> {
    /// `name` makes a name of a prefix and what stands behind it.
    pub(super) fn new(
        text: &'a str,
        limits: &'a Limits,
        spaces: Spaces,
        name: fn(&str, &str) -> N,
    ) -> Self {
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        config.allow_dangling_amp = true;
        config.allow_unmatched_ends = true;
        config.check_end_names = false;
        Self {
            reader,
            limits,
            name,
            prefixes: Prefixes { spaces, others: Rc::default() },
            open: Vec::new(),
            closing: 0,
            ended: false,
            fault: None,
            faults: 0,
            torn: false,
        }
    }

    /// The next event; `None` at the end, with every element closed.
    pub(super) fn next(&mut self) -> Result<Option<Event<'a, N>>> {
        loop {
            if self.closing > 0 {
                self.closing -= 1;
                if let Some(name) = self.open.pop() {
                    return Ok(Some(Event::End(name)));
                }
            }
            if self.ended {
                return Ok(None);
            }
            match self.reader.read_event() {
                Ok(Raw::Start(tag)) => return self.start(tag).map(Some),
                Ok(Raw::Empty(tag)) => {
                    let start = self.start(tag)?;
                    self.closing = 1;
                    return Ok(Some(start));
                }
                Ok(Raw::End(tag)) => {
                    let name = self.prefixes.name(tag.name().into_inner(), self.name);
                    if let Some(at) = self.open.iter().rposition(|open| *open == name) {
                        self.closing = self.open.len() - at;
                    }
                }
                Ok(Raw::Text(text)) => return Ok(Some(Event::Text(text.xml10_content()))),
                Ok(Raw::CData(text)) => return Ok(Some(Event::Text(text.xml10_content()))),
                Ok(Raw::GeneralRef(entity)) => return Ok(Some(Event::Text(resolved(&entity)))),
                Ok(Raw::Eof) => {
                    if !self.open.is_empty() {
                        self.note("it ends within an element");
                    }
                    self.end();
                }
                Err(error) => {
                    self.note(&error.to_string());
                    self.end();
                }
                Ok(Raw::Comment(_) | Raw::Decl(_) | Raw::PI(_) | Raw::DocType(_)) => {}
            }
        }
    }

    /// How many elements are open.
    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    /// The next event within the element that was open at `depth`; `None` once it has ended.
    pub(super) fn within(&mut self, depth: usize) -> Result<Option<Event<'a, N>>> {
        let event = self.next()?;
        Ok(event.filter(|event| !matches!(event, Event::End(_)) || self.open.len() >= depth))
    }

    /// Passes over what stands in the element that just began.
    pub(super) fn skip(&mut self) -> Result<()> {
        let depth = self.depth();
        while self.within(depth)?.is_some() {}
        Ok(())
    }

    /// What makes the text no sound XML; text may be missing there.
    pub(super) fn fault(&self) -> Option<&str> {
        self.fault.as_deref()
    }

    /// Whether reading ended within an element: what stood behind is missing.
    pub(super) fn torn(&self) -> bool {
        self.torn
    }

    /// How many faults there were so far.
    pub(super) fn faults(&self) -> usize {
        self.faults
    }

    fn start(&mut self, tag: BytesStart<'a>) -> Result<Event<'a, N>> {
        self.prefixes.declare(&tag);
        let raw = tag.name().into_inner();
        let is_name = raw.starts_with(|c: char| c.is_alphabetic() || matches!(c, '_' | ':'));
        if !is_name || tag.contains('<') {
            self.note("a `<` in a text");
        }
        let name = self.prefixes.name(raw, self.name);
        self.open.push(name);
        let depth = self.open.len() as u64;
        self.limits.check(Limit::Nesting, depth, || {
            message!("more elements within elements", "元素嵌套过深")
        })?;
        Ok(Event::Start(name, Tag { tag, prefixes: Rc::clone(&self.prefixes.others) }))
    }

    fn note(&mut self, fault: &str) {
        self.faults += 1;
        self.fault.get_or_insert_with(|| fault.to_owned());
    }

    fn end(&mut self) {
        self.ended = true;
        self.torn = !self.open.is_empty();
        self.closing = self.open.len();
    }
}

/// The text of a reference: a character by its number or one of XML's own five. Others stay as they stand.
fn resolved(entity: &BytesRef<'_>) -> Cow<'static, str> {
    if let Ok(Some(char)) = entity.resolve_char_ref() {
        return Cow::Owned(char.to_string());
    }
    match &**entity {
        "amp" => "&".into(),
        "lt" => "<".into(),
        "gt" => ">".into(),
        "quot" => "\"".into(),
        "apos" => "'".into(),
        other => format!("&{other};").into(),
    }
}

/// The tag of an element.
pub(super) struct Tag<'a> {
    tag: BytesStart<'a>,
    /// Prefixes of this file that stand for others.
    prefixes: Rc<Vec<(String, &'static str)>>,
}

impl Tag<'_> {
    /// An attribute of a namespace.
    pub(super) fn attribute(&self, prefix: &str, name: &str) -> Option<String> {
        self.find(|key| {
            let (found, local) = key.split_once(':').unwrap_or(("", key));
            // An attribute without a prefix belongs to no namespace.
            let meant = self.prefixes.iter().find(|(other, _)| other == found && !found.is_empty());
            local == name && meant.map_or(found, |(_, meant)| meant) == prefix
        })
    }

    /// An attribute, whatever its namespace.
    pub(super) fn any(&self, name: &str) -> Option<String> {
        self.find(|key| key.rsplit(':').next() == Some(name))
    }

    fn find(&self, wanted: impl Fn(&str) -> bool) -> Option<String> {
        let mut attributes = self.tag.html_attributes();
        let found = attributes
            .with_checks(false)
            .flatten()
            .find(|attribute| wanted(attribute.key.into_inner()))?;
        Some(unescape(&found.value).map_or_else(|_| found.value.to_string(), Cow::into_owned))
    }
}

/// What the prefixes of a file stand for.
struct Prefixes {
    spaces: Spaces,
    /// Those that stand for another one, the newest last.
    others: Rc<Vec<(String, &'static str)>>,
}

/// A file that declares more prefixes than this does it to be a nuisance.
const MOST_PREFIXES: usize = 64;

impl Prefixes {
    fn declare(&mut self, tag: &BytesStart<'_>) {
        if !tag.attributes_raw().contains("xmlns") {
            return;
        }
        for attribute in tag.html_attributes().with_checks(false).flatten() {
            let key = attribute.key.into_inner();
            let prefix = match key.strip_prefix("xmlns") {
                Some("") => "",
                Some(rest) if rest.starts_with(':') => &rest[1..],
                _ => continue,
            };
            let Some((_, meant)) = self.spaces.iter().find(|(uri, _)| *uri == attribute.value)
            else {
                continue;
            };
            let others = Rc::make_mut(&mut self.others);
            others.retain(|(other, _)| other != prefix);
            if *meant != prefix && others.len() < MOST_PREFIXES {
                others.push((prefix.to_owned(), meant));
            }
        }
    }

    fn name<N>(&self, raw: &str, name: fn(&str, &str) -> N) -> N {
        let (prefix, local) = raw.split_once(':').unwrap_or(("", raw));
        let meant = self.others.iter().find(|(other, _)| other == prefix);
        name(meant.map_or(prefix, |(_, meant)| meant), local)
    }
}

/// The text of an XML file, and whether bytes of it had no meaning. The declared encoding counts where the bytes don't
/// show another one.
pub(super) fn decoded(bytes: &[u8]) -> (Cow<'_, str>, bool) {
    if let Ok(text) = str::from_utf8(bytes)
        && !text.contains('\0')
    {
        return (Cow::Borrowed(text.trim_start_matches('\u{feff}')), false);
    }
    let label = declared(bytes).filter(|label| !label.to_ascii_lowercase().starts_with("utf"));
    let decoded = label
        .and_then(|label| encoding::decode(bytes, Some(&label)).ok())
        .or_else(|| encoding::decode(bytes, None).ok());
    decoded.map_or((Cow::Borrowed(""), true), |decoded| (Cow::Owned(decoded.text), decoded.lossy))
}

/// The encoding that an XML declaration names.
fn declared(bytes: &[u8]) -> Option<String> {
    let head = bytes.get(..bytes.len().min(200))?;
    let head: String = head.iter().map(|byte| char::from(*byte)).collect();
    let (declaration, _) = head.split_once("?>")?;
    let (_, value) = declaration.split_once("encoding")?;
    let value = value.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    value.get(1..)?.split(quote).next().map(str::to_owned)
}
