//! What a file is, by its content.

use super::{encoding, limits::Limits, package::Package};
use crate::error::{Error, Result};

/// A container that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Container {
    /// A package with an OOXML workbook.
    Xlsx,
    /// A package with a binary workbook.
    Xlsb,
    /// A package with an OpenDocument spreadsheet.
    OpenDocument,
    /// A package with a Word document.
    Docx,
    /// Records of an old binary workbook, in a compound file or bare.
    Biff,
    /// Text: delimited, JSON or markup.
    Text,
}

/// Markup that holds a workbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Markup {
    /// An HTML page, or several in a web archive.
    Html,
    /// An XML spreadsheet of 2003.
    Xml2003,
    /// A flat OpenDocument spreadsheet.
    FlatOpenDocument,
}

/// The container of these bytes.
///
/// # Errors
/// Names what is not read, with what to do instead.
pub(super) fn container(bytes: &[u8], limits: &Limits) -> Result<Container> {
    if bytes.is_empty() {
        return Err(Error::Empty);
    }
    for (magic, kind, advice) in MAGICS {
        if bytes.starts_with(magic) {
            return Err(Error::Unsupported { kind, advice });
        }
    }
    if bytes.starts_with(b"PK\x03\x04")
        || bytes.starts_with(b"PK\x05\x06")
        || bytes.starts_with(b"PK\x07\x08")
    {
        return packed(&Package::open(bytes, limits)?);
    }
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]) {
        return compound(bytes);
    }
    if is_bare_biff(bytes) {
        return Ok(Container::Biff);
    }
    if encoding::looks_like_text(bytes) {
        return Ok(Container::Text);
    }
    let start: Vec<String> = bytes.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    Err(Error::NotAWorkbook { reason: format!("it begins with the bytes {}", start.join(" ")) })
}

pub(super) const SAVE_AS: &str = "open it in Excel or WPS, save it as .xlsx, and convert that";

const MAGICS: &[(&[u8], &str, &str)] = &[
    (
        b"%PDF",
        "a PDF document",
        "ask for the spreadsheet it was made from, or copy its table into one",
    ),
    (b"\x89PNG", "a PNG image", "ask for the spreadsheet it shows"),
    (b"\xff\xd8\xff", "a JPEG image", "ask for the spreadsheet it shows"),
    (b"GIF8", "a GIF image", "ask for the spreadsheet it shows"),
    (b"II*\0", "a TIFF image", "ask for the spreadsheet it shows"),
    (b"MM\0*", "a TIFF image", "ask for the spreadsheet it shows"),
    (b"Rar!", "a RAR archive", "unpack it and convert the files in it"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", "unpack it and convert the files in it"),
    (b"\x1f\x8b", "a gzip archive", "unpack it and convert the file in it"),
    (
        b"{\\rtf",
        "an RTF document",
        "open it in Word or WPS, copy the table into a spreadsheet, and convert that",
    ),
];

/// What a compound file is, by the names in its directory.
fn compound(bytes: &[u8]) -> Result<Container> {
    let has = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        memchr::memmem::find(bytes, &wide).is_some()
    };
    if has("EncryptedPackage") {
        return Err(Error::Encrypted);
    }
    if has("WordDocument") && !has("Workbook") {
        return Err(Error::Unsupported {
            kind: "an old Word document (.doc or .wps)",
            advice: "open it in Word or WPS, save it as .docx, and convert that",
        });
    }
    if has("Workbook") || has("Book") || has("WORKBOOK") || has("BOOK") {
        return Ok(Container::Biff);
    }
    Err(Error::Unsupported { kind: "an old Office file without a workbook", advice: SAVE_AS })
}

/// Whether these are the records of a workbook without the compound file around them: the record of a beginning with
/// its length and one of the kinds of stream.
fn is_bare_biff(bytes: &[u8]) -> bool {
    matches!(
        bytes,
        [
            0x09,
            0x00 | 0x02 | 0x04 | 0x08,
            4..=16,
            0,
            _,
            _,
            0x05 | 0x10 | 0x20 | 0x40,
            0x00 | 0x01,
            ..
        ]
    )
}

/// What markup holds; none where the text is no markup.
///
/// # Errors
/// Names XML that is no workbook.
pub(super) fn markup(text: &str) -> Result<Option<Markup>> {
    let start: String = text.chars().take(4000).collect::<String>().to_ascii_lowercase();
    if start.contains("mime-version:") && start.contains("multipart/related") {
        return Ok(Some(Markup::Html));
    }
    if !text.starts_with('<') {
        return Ok(None);
    }
    if start.contains("urn:schemas-microsoft-com:office:spreadsheet") && !start.contains("<html") {
        return Ok(Some(Markup::Xml2003));
    }
    if start.contains("urn:oasis:names:tc:opendocument:xmlns:office:1.0") {
        return Ok(Some(Markup::FlatOpenDocument));
    }
    // No marks of a single text, which may stand in the first cell of delimited text.
    let html = [
        "<html",
        "<table",
        "<!doctype html",
        "<meta",
        "<head",
        "<body",
        "<style",
        "<div",
        "<tr",
        "<form",
        "<script",
        "<link",
        "<title",
    ];
    if html.iter().any(|tag| start.contains(tag)) {
        return Ok(Some(Markup::Html));
    }
    if start.starts_with("<?xml") {
        return Err(Error::Unsupported { kind: "an XML file", advice: SAVE_AS });
    }
    Ok(None)
}

/// Whether a part is one of a Word document: the main one may be `word/document2.xml`.
fn is_word_part(name: &str) -> bool {
    let stem = name.strip_suffix(".xml");
    stem.is_some_and(|stem| stem.to_ascii_lowercase().starts_with("word/document"))
}

/// What a package holds, by the names of its parts.
///
/// # Errors
/// Names a package that is no workbook.
fn packed(package: &Package<'_>) -> Result<Container> {
    let names: Vec<&str> = package.names().collect();
    let has = |part: &str| names.iter().any(|name| name.eq_ignore_ascii_case(part));
    if has("xl/workbook.xml") {
        return Ok(Container::Xlsx);
    }
    if has("xl/workbook.bin") {
        return Ok(Container::Xlsb);
    }
    if has("word/document.xml") || names.iter().any(|name| is_word_part(name)) {
        return Ok(Container::Docx);
    }
    if has("content.xml") {
        return Ok(Container::OpenDocument);
    }
    let numbers = names.iter().any(|name| name.starts_with("Index/") || *name == "Index.zip");
    let (kind, advice) = if numbers {
        ("a Numbers document", "export it from Numbers as .xlsx, and convert that")
    } else if has("ppt/presentation.xml") {
        ("a PowerPoint presentation", SAVE_AS)
    } else {
        ("a zip archive", "unpack it and convert the files in it")
    };
    Err(Error::Unsupported { kind, advice })
}
