//! What a file is, in a word, for the report. Reading goes by `workbook`, never by this.

/// The kind of a file by its content.
pub(super) fn of(bytes: &[u8]) -> &'static str {
    let holds = |part: &[u8]| memchr::memmem::find(bytes, part).is_some();
    if bytes.starts_with(b"PK\x03\x04") {
        return match () {
            // Names of parts stand uncompressed.
            () if holds(b"xl/workbook.bin") => "xlsb",
            () if holds(b"xl/workbook.xml") || holds(b"xl/worksheets/") => "xlsx",
            () if holds(b"word/document.xml") => "docx",
            () if holds(b"application/vnd.oasis.opendocument.spreadsheet") => "ods",
            () if holds(b"content.xml") => "odf",
            () => "zip",
        };
    }
    if bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        return "xls";
    }
    if bytes.starts_with(b"%PDF") {
        return "pdf";
    }
    if bytes.is_empty() {
        return "empty";
    }
    text(bytes)
}

fn text(bytes: &[u8]) -> &'static str {
    let head = &bytes[..bytes.len().min(2048)];
    // UTF-16 looks like its own ASCII with zeros between.
    let head: Vec<u8> = head.iter().copied().filter(|byte| *byte != 0).collect();
    let head = String::from_utf8_lossy(&head).to_lowercase();
    let start =
        head.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c == '\u{fffd}');
    match start.chars().next() {
        Some('{' | '[') => "json",
        Some('<') if head.contains("urn:schemas-microsoft-com:office:spreadsheet") => "xml2003",
        Some('<') if head.contains("opendocument") => "fods",
        Some('<') => "html",
        _ if start.starts_with("mime-version") => "mhtml",
        _ => "text",
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn content_tells_the_kind() {
        let cases: [(&[u8], &str); 7] = [
            (b"PK\x03\x04....xl/workbook.xml", "xlsx"),
            (b"PK\x03\x04....word/document.xml", "docx"),
            (b"\xD0\xCF\x11\xE0", "xls"),
            (b"\xef\xbb\xbf [{\"title\":1}]", "json"),
            (b"<html>", "html"),
            (b"a,b", "text"),
            (b"", "empty"),
        ];
        for (bytes, want) in cases {
            assert_eq!(super::of(bytes), want);
        }
    }
}
