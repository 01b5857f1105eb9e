//! The encoding of a page: what it declares, unless its bytes say otherwise.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8};
use memchr::memmem;

use crate::{
    error::{Error, Result},
    workbook::encoding,
};

/// A declaration stands near the beginning.
const HEAD: usize = 1 << 14;

/// Decodes a page: by the label the user gave, the byte order mark, the declaration, or what the bytes look like.
/// Whether some of them had no meaning comes with it.
pub(super) fn decode<'a>(bytes: &'a [u8], label: Option<&str>) -> Result<(Cow<'a, str>, bool)> {
    let encoding = match label {
        Some(label) => {
            encoding::by_label(label).map_err(|label| Error::UnknownEncoding { label })?
        }
        None => by_content(bytes),
    };
    Ok(encoding.decode_with_bom_removal(bytes))
}

fn by_content(bytes: &[u8]) -> &'static Encoding {
    let guessed = encoding::guess(bytes);
    if Encoding::for_bom(bytes).is_some() {
        return guessed;
    }
    match declared(bytes) {
        Some(declared) if fits(declared, guessed, bytes) => declared,
        _ => guessed,
    }
}

/// The encoding that the head of a page declares.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..bytes.len().min(HEAD))?.to_ascii_lowercase();
    let mut tags = memmem::find_iter(&head, b"<meta").chain(memmem::find_iter(&head, b"<?xml"));
    tags.find_map(|start| {
        let tag = &head[start..];
        let tag = tag.get(..memchr::memchr(b'>', tag).unwrap_or(tag.len()))?;
        let name = [&b"charset"[..], b"encoding"];
        let behind = name.iter().find_map(|name| {
            let at = memmem::find(tag, name)? + name.len();
            tag.get(at..)?.trim_ascii_start().strip_prefix(b"=")
        })?;
        let value = behind.trim_ascii_start();
        let value = value.strip_prefix(b"\"").or(value.strip_prefix(b"'")).unwrap_or(value);
        let ends = |byte: &u8| byte.is_ascii_whitespace() || b"\"';/".contains(byte);
        let label = value.get(..value.iter().position(ends).unwrap_or(value.len()))?;
        encoding::by_label(std::str::from_utf8(label).ok()?).ok()
    })
}

/// Whether the bytes may be in the encoding that is declared.
fn fits(declared: &'static Encoding, guessed: &'static Encoding, bytes: &[u8]) -> bool {
    // The declaration was read byte by byte.
    if !declared.is_ascii_compatible() || !guessed.is_ascii_compatible() {
        return false;
    }
    if declared == UTF_8 {
        return guessed == UTF_8;
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        // No other encoding passes for characters of three bytes.
        return !text.chars().any(|char| char.len_utf8() > 2);
    }
    if declared.is_single_byte() {
        // Every byte means something in them. Chinese comes in pairs, accents alone.
        let high = bytes.iter().filter(|byte| **byte >= 0x80).count();
        return encoding::double_byte_pairs(bytes) * 2 < high - high / 20 || high < 8;
    }
    let sound = |encoding: &'static Encoding| {
        encoding.decode_without_bom_handling_and_without_replacement(bytes).is_some()
    };
    sound(declared) || !sound(guessed)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "部门整体预算绩效目标表";

    fn page(declared: &str, text: &[u8]) -> Vec<u8> {
        let mut page = format!("<html><meta charset={declared}><td>").into_bytes();
        page.extend(text);
        page
    }

    #[test]
    fn the_bytes_overrule_the_declaration() {
        let gbk = encoding_rs::GBK.encode(TEXT).0.into_owned();
        let big5 = encoding_rs::BIG5.encode("績效目標").0.into_owned();
        let cases: [(&str, &[u8], &str); 11] = [
            ("gb2312", &gbk, TEXT),
            ("utf-8", &gbk, TEXT),
            ("utf-16", &gbk, TEXT),
            ("iso-8859-1", &gbk, TEXT),
            ("unknown", &gbk, TEXT),
            ("gb2312", TEXT.as_bytes(), TEXT),
            ("'utf-8'", TEXT.as_bytes(), TEXT),
            ("windows-1252", b"caf\xe9", "café"),
            ("iso-8859-2", b"\xb1\xb3\xa1 \xea", "ąłĄ ę"),
            ("big5", &big5, "績效目標"),
            ("gbk", "µ×".as_bytes(), "碌脳"),
        ];
        for (declared, text, want) in cases {
            let bytes = page(declared, text);
            let (page, lossy) = decode(&bytes, None).unwrap();
            assert!(page.ends_with(want) && !lossy, "{declared}: {page}");
        }
    }

    #[test]
    fn the_user_overrules_all() {
        let bytes = page("utf-8", b"\xbc\xa8");
        let (page, _) = decode(&bytes, Some("big5")).unwrap();
        assert!(page.ends_with('憎'), "{page}");
        assert!(decode(b"", Some("nope")).is_err());
    }

    #[test]
    fn declarations_are_found_in_any_form() {
        for head in [
            "<meta http-equiv=Content-Type content=\"text/html; charset=GBK\">",
            "<META CHARSET = 'gbk'/>",
            "<?xml version=\"1.0\" encoding=\"gbk\"?>",
            "<meta name=x><meta charset=gbk>",
        ] {
            assert_eq!(declared(head.as_bytes()), Some(encoding_rs::GBK), "{head}");
        }
    }
}
