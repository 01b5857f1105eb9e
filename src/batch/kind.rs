//! What a file is, in a word, for the report. Reading goes by `workbook`, never by this.

/// Names of parts that tell one package from another. They stand uncompressed, and none is longer than [`LONGEST`].
const PARTS: [&[u8]; 6] = [
    b"xl/workbook.bin",
    b"xl/workbook.xml",
    b"xl/worksheets/",
    b"word/document.xml",
    b"application/vnd.oasis.opendocument.spreadsheet",
    b"content.xml",
];
const LONGEST: usize = 46;
/// How many bytes of the beginning tell the other kinds.
const HEAD: usize = 2048;

/// Looks at the content of a file as it comes.
#[derive(Debug, Default)]
pub(super) struct Sniffer {
    head: Vec<u8>,
    /// The end of what came, where a name may have begun.
    tail: Vec<u8>,
    held: [bool; PARTS.len()],
}

impl Sniffer {
    /// Takes the next bytes.
    pub(super) fn take(&mut self, bytes: &[u8]) {
        let room = HEAD - self.head.len();
        self.head.extend(&bytes[..bytes.len().min(room)]);
        if !self.head.starts_with(b"PK\x03\x04") {
            return;
        }
        self.tail.extend(&bytes[..bytes.len().min(LONGEST)]);
        for (held, name) in self.held.iter_mut().zip(PARTS) {
            let holds = |bytes: &[u8]| memchr::memmem::find(bytes, name).is_some();
            *held = *held || holds(&self.tail) || holds(bytes);
        }
        if bytes.len() > LONGEST {
            self.tail.clear();
            self.tail.extend(&bytes[bytes.len() - LONGEST..]);
        } else {
            self.tail.drain(..self.tail.len().saturating_sub(LONGEST));
        }
    }

    /// The kind of the file.
    pub(super) fn kind(&self) -> &'static str {
        if self.head.starts_with(b"PK\x03\x04") {
            let [binary, workbook, sheets, document, spreadsheet, content] = self.held;
            return match () {
                () if binary => "xlsb",
                () if workbook || sheets => "xlsx",
                () if document => "docx",
                () if spreadsheet => "ods",
                () if content => "odf",
                () => "zip",
            };
        }
        if self.head.starts_with(b"\xD0\xCF\x11\xE0") {
            return "xls";
        }
        if self.head.starts_with(b"%PDF") {
            return "pdf";
        }
        if self.head.is_empty() {
            return "empty";
        }
        text(&self.head)
    }
}

fn text(bytes: &[u8]) -> &'static str {
    // UTF-16 looks like its own ASCII with zeros between.
    let head: Vec<u8> = bytes.iter().copied().filter(|byte| *byte != 0).collect();
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
            for size in [1, 5, 4096] {
                let mut sniffer = super::Sniffer::default();
                bytes.chunks(size).for_each(|chunk| sniffer.take(chunk));
                assert_eq!(sniffer.kind(), want, "in pieces of {size}");
            }
        }
    }
}
