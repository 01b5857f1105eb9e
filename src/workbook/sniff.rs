//! What a file is, by its content.

use super::{
    compound::{self, Compound},
    encoding,
    limits::Limits,
    package::Package,
    relations,
};
use crate::error::{Error, Result};

/// A container that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Container {
    /// A zip package; [`packed`] tells of what.
    Package,
    /// Records of an old binary workbook, in a compound file or bare.
    Biff,
    /// Text: delimited, JSON or markup.
    Text,
}

/// What a package holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Packed {
    /// An OOXML workbook.
    Xlsx,
    /// A binary workbook.
    Xlsb,
    /// An OpenDocument spreadsheet.
    OpenDocument,
    /// A Word document.
    Docx,
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
        return Ok(Container::Package);
    }
    if bytes.starts_with(compound::MAGIC) {
        return compound(bytes, limits);
    }
    if is_bare_biff(bytes) {
        return Ok(Container::Biff);
    }
    if encoding::looks_like_text(bytes) {
        return Ok(Container::Text);
    }
    // Marks that a text may begin with too, or that stand further on.
    let is_media = bytes.starts_with(b"BM")
        || bytes.starts_with(b"RIFF")
        || bytes.get(4..8).is_some_and(|mark| mark == b"ftyp");
    if is_media {
        return Err(Error::Unsupported {
            kind: "an image",
            advice: "ask for the spreadsheet it shows",
        });
    }
    let start: Vec<String> = bytes.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    let start = start.join(" ");
    Err(Error::NotAWorkbook {
        reason: message!("it begins with the bytes {start}", "文件以字节 {start} 开头"),
    })
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
    (b"\xfd7zXZ\0", "an xz archive", "unpack it and convert the file in it"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive", "unpack it and convert the file in it"),
    (
        b"{\\rtf",
        "an RTF document",
        "open it in Word or WPS, copy the table into a spreadsheet, and convert that",
    ),
];

/// What a compound file is, by the names at the top of its directory.
///
/// # Errors
/// Names what is no workbook, or is encrypted.
fn compound(bytes: &[u8], limits: &Limits) -> Result<Container> {
    let file = Compound::open(bytes, limits).map_err(|error| {
        // What is left of a torn file may still say that nobody could read it.
        let wide: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let encrypted = memchr::memmem::find(bytes, &wide).is_some();
        if encrypted { Error::Encrypted } else { error }
    })?;
    let names: Vec<&str> = file.names().collect();
    let has = |name: &str| names.iter().any(|known| known.eq_ignore_ascii_case(name));
    if has("EncryptedPackage") {
        return Err(Error::Encrypted);
    }
    if has("Workbook") || has("Book") {
        return Ok(Container::Biff);
    }
    let (kind, advice) = if has("WordDocument") {
        (
            "an old Word document (.doc or .wps)",
            "open it in Word or WPS, save it as .docx, and convert that",
        )
    } else if has("PowerPoint Document") {
        ("an old PowerPoint presentation (.ppt or .dps)", SAVE_AS)
    } else {
        ("an old Office file without a workbook", SAVE_AS)
    };
    Err(Error::Unsupported { kind, advice })
}

/// Whether these are the records of a workbook without the compound file around them: the record of a beginning with
/// its length and one of the kinds of stream (a workbook, a sheet, a chart, macros, a workspace).
fn is_bare_biff(bytes: &[u8]) -> bool {
    matches!(
        bytes,
        [0x09, 0x00 | 0x02 | 0x04 | 0x08, 4..=16, 0, _, _, 0x05 | 0x10 | 0x20 | 0x40, 0x00, ..]
            | [0x09, 0x00 | 0x02 | 0x04 | 0x08, 4..=16, 0, _, _, 0x00, 0x01, ..]
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
    // Of a page; `<p>` and the like stand in cells of delimited text too.
    let html = [
        "<html",
        "<table",
        "<!doctype html",
        "<meta",
        "<head",
        "<body",
        "<style",
        "<tr",
        "<form",
        "<script",
        "<link",
        "<title",
    ];
    if html.iter().any(|tag| start.contains(tag)) || has_table(text) {
        return Ok(Some(Markup::Html));
    }
    if start.starts_with("<?xml") {
        return Err(Error::Unsupported { kind: "an XML file", advice: SAVE_AS });
    }
    Ok(None)
}

/// Whether a table begins anywhere in a text.
fn has_table(text: &str) -> bool {
    let is = |at: usize, tag: &[u8]| {
        let name = text.as_bytes().get(at..at + tag.len());
        name.is_some_and(|name| name.eq_ignore_ascii_case(tag))
    };
    memchr::memchr_iter(b'<', text.as_bytes()).any(|at| is(at, b"<table") || is(at, b"<td"))
}

/// Whether a part is one of a Word document: the main one may be `word/document2.xml`.
fn is_word_part(name: &str) -> bool {
    let stem = name.strip_suffix(".xml");
    stem.is_some_and(|stem| stem.to_ascii_lowercase().starts_with("word/document"))
}

/// What a package holds, by the names of its parts, else by the part that it says it is about.
///
/// # Errors
/// Names a package that is no workbook.
pub(super) fn packed(package: &mut Package<'_>) -> Result<Packed> {
    for (part, packed) in [
        ("xl/workbook.xml", Packed::Xlsx),
        ("xl/workbook.bin", Packed::Xlsb),
        ("word/document.xml", Packed::Docx),
        ("content.xml", Packed::OpenDocument),
    ] {
        if package.has(part) {
            return Ok(packed);
        }
    }
    if let Some(packed) = stated(package)? {
        return Ok(packed);
    }
    if package.names().any(is_word_part) {
        return Ok(Packed::Docx);
    }
    if package.has("encrypted-package") {
        return Err(Error::Encrypted);
    }
    let names: Vec<&str> = package.names().collect();
    let has = |part: &str| names.iter().any(|name| name.eq_ignore_ascii_case(part));
    let numbers = names.iter().any(|name| name.starts_with("Index/") || *name == "Index.zip");
    let (kind, advice) = if numbers {
        ("a Numbers document", "export it from Numbers as .xlsx, and convert that")
    } else if has("ppt/presentation.xml") {
        ("a PowerPoint presentation", SAVE_AS)
    } else if has("OFD.xml") {
        ("an OFD document", "ask for the spreadsheet it was made from")
    } else {
        ("a zip archive", "unpack it and convert the files in it")
    };
    Err(Error::Unsupported { kind, advice })
}

/// What the part is that an OOXML package says it is about, wherever it stands.
fn stated(package: &mut Package<'_>) -> Result<Option<Packed>> {
    let main = relations::main_part(package, "")?;
    let kind = relations::content_type(package, &main)?.unwrap_or_default().to_ascii_lowercase();
    let is = |word| kind.contains(word);
    Ok(if main.is_empty() {
        None
    } else if is("sheet.binary") {
        Some(Packed::Xlsb)
    } else if is("spreadsheetml") || is("ms-excel") {
        Some(Packed::Xlsx)
    } else if is("wordprocessingml") || is("ms-word") {
        Some(Packed::Docx)
    } else {
        None
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_not_read_is_named_in_both_languages() {
        for (_, kind, advice) in MAGICS {
            let error = Error::Unsupported { kind, advice };
            assert!(error.to_string().contains(kind), "{error}");
            assert!(!error.in_chinese().contains(kind), "{}", error.in_chinese());
        }
    }
}
