//! Names of files: shown so that no byte is lost, and read back from that.
//!
//! A name need not be text. What is text is shown as it is; a backslash is doubled, and a byte that is none, or of a
//! character that controls the line, stands as `\xB5`. So every shown name reads back to the very bytes.

use std::{
    ffi::{OsStr, OsString},
    path::{Component, Path, PathBuf},
};

/// A path as it is shown: its parts escaped, a slash between them.
pub fn shown(path: &Path) -> String {
    let parts: Vec<String> = path
        .components()
        .map(|part| match part {
            Component::RootDir => String::new(),
            other => escape(other.as_os_str()),
        })
        .collect();
    if parts.len() == 1 && parts[0].is_empty() { "/".to_owned() } else { parts.join("/") }
}

/// A path as it was given, where that is text that can stand in a line; else as it is shown.
pub fn plain(path: &Path) -> String {
    let text = path.to_str().filter(|text| !text.contains(is_unseen));
    text.map_or_else(|| shown(path), str::to_owned)
}

/// The path of a shown one.
pub fn path_of(shown: &str) -> PathBuf {
    let mut path = PathBuf::new();
    if shown.starts_with('/') {
        path.push("/");
    }
    path.extend(shown.split('/').filter(|part| !part.is_empty()).map(unescape));
    path
}

/// A name as it is shown.
pub fn escape(name: &OsStr) -> String {
    let mut shown = String::new();
    for chunk in name.as_encoded_bytes().utf8_chunks() {
        for c in chunk.valid().chars() {
            match c {
                '\\' => shown.push_str("\\\\"),
                c if is_unseen(c) => {
                    let mut bytes = [0; 4];
                    for byte in c.encode_utf8(&mut bytes).bytes() {
                        shown += &format!("\\x{byte:02X}");
                    }
                }
                c => shown.push(c),
            }
        }
        for byte in chunk.invalid() {
            shown += &format!("\\x{byte:02X}");
        }
    }
    shown
}

/// Whether a character is not shown but does something to a line: a control character, the end of a line, or one that
/// turns the direction of what follows, by which `gpj.exe` can look like `exe.jpg`.
fn is_unseen(c: char) -> bool {
    let turns = matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    c.is_control() || turns || matches!(c, '\u{2028}' | '\u{2029}')
}

/// The name of a shown one.
pub fn unescape(shown: &str) -> OsString {
    let mut bytes = Vec::with_capacity(shown.len());
    let mut rest = shown;
    while let Some(at) = rest.find('\\') {
        bytes.extend_from_slice(&rest.as_bytes()[..at]);
        let behind = &rest[at + 1..];
        let hex = behind.strip_prefix('x').and_then(|hex| hex.get(..2));
        if let Some(byte) = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            bytes.push(byte);
            rest = &behind[3..];
        } else {
            bytes.push(b'\\');
            rest = behind.strip_prefix('\\').unwrap_or(behind);
        }
    }
    bytes.extend_from_slice(rest.as_bytes());
    from_bytes(bytes)
}

/// A name from the bytes that the system gave.
#[cfg(unix)]
pub(super) fn from_bytes(bytes: Vec<u8>) -> OsString {
    std::os::unix::ffi::OsStringExt::from_vec(bytes)
}

/// A name from its bytes; elsewhere names are text but for lone surrogates, which are lost here.
#[cfg(not(unix))]
pub(super) fn from_bytes(bytes: Vec<u8>) -> OsString {
    String::from_utf8_lossy(&bytes).into_owned().into()
}

/// A text as the name of a file, on any system: no separators, no signs that Windows refuses, no dot in front.
pub fn sound(text: &str) -> String {
    let text: String = text
        .chars()
        .map(|c| if "/\\:*?\"<>|".contains(c) || c.is_control() { '_' } else { c })
        .collect();
    let text = text.trim().trim_end_matches('.');
    let text = if text.starts_with(['.', '~']) { format!("_{text}") } else { text.to_owned() };
    // Names that Windows keeps for devices.
    let stem = text.split('.').next().unwrap_or_default().to_ascii_uppercase();
    let digit = |word: &str| {
        stem.strip_prefix(word)
            .is_some_and(|rest| rest.len() == 1 && rest.as_bytes()[0].is_ascii_digit())
    };
    let device =
        matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL") || digit("COM") || digit("LPT");
    if device || text.is_empty() { format!("_{text}") } else { text }
}

/// The most bytes that a name has on common file systems.
const LONGEST: usize = 255;

/// A stem with an ending that together fit a file system; a longer stem is cut and marked by a part of its hash.
pub(super) fn fitted(stem: OsString, longest_ending: usize) -> OsString {
    // Room for the dot and for a number such as ` (123456)`.
    let most = LONGEST - longest_ending - 1 - 9;
    if stem.len() <= most {
        return stem;
    }
    let mark = format!("~{}", &super::hash::hex(stem.as_encoded_bytes())[..8]);
    let text = escape(&stem);
    let mut end = most - mark.len();
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    OsString::from(text[..end].to_owned() + &mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_reads_back() {
        let names: [&[u8]; 8] = [
            b"plain.xlsx",
            "绩效目标表.xls".as_bytes(),
            b"\xbc\xa8\xd0\xa7.xls", // 绩效 in GBK
            b"back\\slash \\x41",
            b"new\nline\ttab",
            b"\xff\xfe\\",
            "表\u{200b}\u{85}".as_bytes(),
            "表\u{202e}fdp.xlsx\u{2069}\u{2028}".as_bytes(),
        ];
        for name in names {
            let name = from_bytes(name.to_vec());
            let shown = escape(&name);
            assert_eq!(unescape(&shown), name, "{shown}");
            assert!(!shown.contains(['\n', '\t', '\u{202e}', '\u{2069}', '\u{2028}']), "{shown}");
        }
        for path in ["a/b/c.xls", "/a/b", "../x/y", "./x"] {
            assert_eq!(
                path_of(&shown(Path::new(path))),
                Path::new(path).components().collect::<PathBuf>()
            );
        }
    }

    #[test]
    fn a_text_becomes_a_name_for_every_system() {
        let cases = [
            ("甲/乙:局", "甲_乙_局"),
            (".hidden", "_.hidden"),
            ("~$x", "_~$x"),
            ("con", "_con"),
            ("com1.x", "_com1.x"),
            ("ends. ", "ends"),
            ("", "_"),
        ];
        for (text, want) in cases {
            assert_eq!(sound(text), want, "{text}");
        }
    }

    #[test]
    fn a_long_name_is_cut_between_characters() {
        let stem = fitted(OsString::from("绩".repeat(85)), 4);
        assert!(stem.len() + 5 + 9 <= LONGEST && stem.to_str().unwrap().contains('~'));
    }
}
