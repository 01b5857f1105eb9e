//! A zip package: its parts, read with a bound. Names of parts are compared as Windows does: case and the kind of slash
//! don't count.

mod raw;

use std::{
    cell::OnceCell,
    collections::HashMap,
    io::{self, Cursor},
};

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use flate2::Decompress;
use memchr::memmem;
use zip::ZipArchive;

use self::raw::Raw;
use super::limits::{Limit, Limits, SMALL_PART};
use crate::{
    error::{Error, Result},
    message::Message,
};

/// A package open for reading.
pub(super) struct Package<'a> {
    bytes: &'a [u8],
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// One for all parts: its tables are large.
    inflater: Decompress,
    names: Vec<String>,
    /// Names without what doesn't count in them, with their entries; made when a name isn't found as it stands.
    plain: OnceCell<HashMap<Vec<u8>, usize>>,
    limits: &'a Limits,
    /// Bytes inflated so far.
    inflated: u64,
}

impl<'a> Package<'a> {
    pub(super) fn open(bytes: &'a [u8], limits: &'a Limits) -> Result<Self> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| Error::Damaged {
            container: remains(bytes),
            reason: message!("{error}", "压缩包不完整或目录有误（{error}）"),
        })?;
        let count = archive.len() as u64;
        limits.check(Limit::Entries, count, || message!("{count} parts", "有 {count} 个部件"))?;
        let names = archive.file_names().filter_map(|name| Some(name.ok()?.into_owned())).collect();
        let inflater = Decompress::new(false);
        Ok(Self { bytes, archive, inflater, names, plain: OnceCell::new(), limits, inflated: 0 })
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }

    /// The limits in force.
    pub(super) fn limits(&self) -> &'a Limits {
        self.limits
    }

    /// Whether there is a part of that name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.index(name).is_some()
    }

    /// A part's bytes; `None` when there is no such part.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>> {
        let Some(index) = self.index(name) else { return Ok(None) };
        let damaged = |package: &Self, error: io::Error| {
            package.damaged(message!("{name}: {error}", "{name}：无法解压（{error}）"))
        };
        let limits = self.limits;
        let most = limits.most(Limit::PartSize);
        let raw = Raw::of(self.bytes, &mut self.archive, index).map_err(|e| damaged(self, e))?;
        bounded(limits, name, raw.size, raw.packed)?;
        let bytes = match raw.whole(&mut self.inflater) {
            Some(bytes) => bytes,
            None => raw::read(&mut self.archive, index, most.saturating_add(1))
                .map_err(|error| damaged(self, error))?,
        };
        limits.check(Limit::PartSize, bytes.len() as u64, || {
            message!("more in {name}", "{name} 解压后更大")
        })?;
        self.inflated = self.inflated.saturating_add(bytes.len() as u64);
        limits.check(Limit::InflatedSize, self.inflated, || {
            message!("more up to {name}", "解压到 {name} 时已超出")
        })?;
        Ok(Some(bytes))
    }

    /// A part of XML, whatever its encoding.
    pub(super) fn xml(&mut self, name: &str) -> Result<Option<String>> {
        Ok(self.part(name)?.map(as_text))
    }

    /// The error of a package whose content makes no sense.
    pub(super) fn damaged(&self, reason: Message) -> Error {
        Error::Damaged { container: self.container(), reason }
    }

    fn index(&self, name: &str) -> Option<usize> {
        self.archive.index_for_name(name).or_else(|| {
            let indexed =
                |known: &String| Some((plain(known), self.archive.index_for_name(known)?));
            let names = self.plain.get_or_init(|| self.names.iter().filter_map(indexed).collect());
            names.get(&plain(name)).copied()
        })
    }

    /// What the package is, for messages.
    fn container(&self) -> &'static str {
        let has = |part| self.archive.index_for_name(part).is_some();
        if has("xl/workbook.bin") {
            "xlsb"
        } else if has("word/document.xml") {
            "docx"
        } else if has("content.xml") {
            "ods"
        } else {
            "xlsx"
        }
    }
}

/// What a package was whose list of parts is lost, by the names and kinds that are left of it.
fn remains(bytes: &[u8]) -> &'static str {
    let holds = |word: &str| memmem::find(bytes, word.as_bytes()).is_some();
    let kinds: [(&str, &[&str]); 4] = [
        ("docx", &["word/"]),
        ("xlsb", &["xl/workbook.bin"]),
        ("xlsx", &["xl/"]),
        ("OpenDocument", &["vnd.oasis.opendocument", "content.xml"]),
    ];
    let is = |words: &&[&str]| words.iter().any(|word| holds(word));
    let office = if holds("[Content_Types].xml") { "Office" } else { "zip" };
    kinds.iter().find(|(_, words)| is(words)).map_or(office, |(kind, _)| kind)
}

fn bounded(limits: &Limits, name: &str, size: u64, packed: u64) -> Result<()> {
    limits.check(Limit::PartSize, size, || {
        message!("{size} bytes in {name}", "{name} 有 {size} 字节")
    })?;
    let ratio = size / packed.max(1);
    if size > SMALL_PART {
        limits.check(Limit::InflateRatio, ratio, || {
            message!("{ratio}-fold in {name}", "{name} 的压缩比为 {ratio} 倍")
        })?;
    }
    Ok(())
}

/// Whether two names are of one part: some writers put backslashes, a slash in front or other capitals.
pub(super) fn is_same_part(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other) || plain(one) == plain(other)
}

fn plain(name: &str) -> Vec<u8> {
    let slashes = name.bytes().map(|byte| if byte == b'\\' { b'/' } else { byte });
    slashes.skip_while(|byte| *byte == b'/').map(|byte| byte.to_ascii_lowercase()).collect()
}

/// XML as text. Another encoding than UTF-8 calls itself by a mark, by its first character or by its declaration.
fn as_text(bytes: Vec<u8>) -> String {
    let encoding = match (Encoding::for_bom(&bytes), bytes.get(..4)) {
        (Some((encoding, _)), _) => Some(encoding),
        (None, Some([b'<', 0, _, 0])) => Some(UTF_16LE),
        (None, Some([0, b'<', 0, _])) => Some(UTF_16BE),
        _ => declared(&bytes),
    };
    match encoding {
        Some(encoding) if encoding != UTF_8 => {
            encoding.decode_with_bom_removal(&bytes).0.into_owned()
        }
        _ => String::from_utf8(bytes)
            .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()),
    }
}

/// The encoding of an XML declaration.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let declaration = bytes.strip_prefix(b"<?xml")?;
    let end = memmem::find(declaration.get(..200).unwrap_or(declaration), b"?>")?;
    let declaration = &declaration[..end];
    let behind = &declaration[memmem::find(declaration, b"encoding")? + "encoding".len()..];
    let quoted = behind.trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let (quote, rest) = quoted.split_first()?;
    let label = rest.split(|byte| byte == quote).next()?;
    // A text that a parser reads byte by byte can't be UTF-16, whatever it says.
    Encoding::for_label(label).filter(|encoding| *encoding != UTF_16LE && *encoding != UTF_16BE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_parts_are_compared_as_windows_does() {
        assert!(is_same_part("xl\\workbook.xml", "xl/workbook.xml"));
        assert!(is_same_part("/XL/Workbook.xml", "xl/workbook.xml"));
        assert!(!is_same_part("xl/workbook.xml", "xl/workbook.bin"));
    }

    #[test]
    fn xml_becomes_text() {
        let wide: Vec<u8> = "<a>表</a>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let gbk = b"<?xml version='1.0' encoding = 'GBK'?><a>\xb1\xed</a>".to_vec();
        assert_eq!(as_text(wide), "<a>表</a>");
        assert!(as_text(gbk).ends_with("<a>表</a>"));
        let lying = b"<?xml version='1.0' encoding='UTF-16'?><a/>".to_vec();
        assert_eq!(as_text(lying.clone()).as_bytes(), lying);
    }
}
