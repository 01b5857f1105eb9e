//! What a file is, by its content.

use super::encoding;
use crate::error::{Error, Result};

/// A container that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Container {
    /// A zip package, which may hold an OOXML workbook.
    Zip,
    /// Text: delimited, or JSON.
    Text,
}

/// The container of these bytes.
///
/// # Errors
/// Names what is not read, with what to do instead.
pub(super) fn container(bytes: &[u8]) -> Result<Container> {
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
        return Ok(Container::Zip);
    }
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]) {
        return Err(compound(bytes));
    }
    if encoding::looks_like_text(bytes) {
        return Ok(Container::Text);
    }
    let start: Vec<String> = bytes.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    Err(Error::NotAWorkbook { reason: format!("it begins with the bytes {}", start.join(" ")) })
}

const SAVE_AS: &str = "open it in Excel or WPS, save it as .xlsx, and convert that";

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
fn compound(bytes: &[u8]) -> Error {
    let has = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        memchr::memmem::find(bytes, &wide).is_some()
    };
    if has("EncryptedPackage") {
        return Error::Encrypted;
    }
    let kind = if has("Workbook") || has("Book") {
        "an old .xls workbook"
    } else if has("WordDocument") {
        "an old Word document (.doc or .wps)"
    } else {
        "an old Office file without a workbook"
    };
    Error::Unsupported { kind, advice: SAVE_AS }
}

/// Refuses markup by name: HTML and XML that were saved as a workbook.
pub(super) fn refuse_markup(text: &str) -> Result<()> {
    if !text.starts_with('<') {
        return Ok(());
    }
    let start: String = text.chars().take(2000).collect::<String>().to_ascii_lowercase();
    let kind = if start.contains("urn:schemas-microsoft-com:office:spreadsheet")
        && start.starts_with("<?xml")
    {
        "an XML spreadsheet of 2003"
    } else if ["<html", "<table", "<!doctype html", "<meta", "<head", "<body"]
        .iter()
        .any(|tag| start.contains(tag))
    {
        "an HTML page saved as a workbook"
    } else if start.starts_with("<?xml") {
        "an XML file"
    } else {
        return Ok(());
    };
    Err(Error::Unsupported { kind, advice: SAVE_AS })
}

/// Refuses a package that is no OOXML workbook, by name.
pub(super) fn other_package(names: &[&str]) -> Error {
    let has = |part: &str| names.contains(&part);
    let kind = if has("xl/workbook.bin") {
        "a binary workbook (.xlsb)"
    } else if has("word/document.xml") {
        "a Word document (.docx)"
    } else if has("content.xml") {
        "an OpenDocument file (.ods or .odt)"
    } else if has("Index/Document.iwa") || names.iter().any(|name| name.starts_with("Index/")) {
        "a Numbers document"
    } else if has("ppt/presentation.xml") {
        "a PowerPoint presentation"
    } else {
        return Error::Unsupported {
            kind: "a zip archive",
            advice: "unpack it and convert the files in it",
        };
    };
    Error::Unsupported { kind, advice: SAVE_AS }
}
