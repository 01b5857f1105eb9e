//! Whether a text is JSON, and the limits on its values. Parsing it is no matter of workbooks.

use memchr::{memchr2, memchr3};

use super::limits::{Limit, Limits};
use crate::error::Result;

/// Whether a text is JSON: an object whose first key begins or that is empty, or a list of such; or a short text that is
/// another list or `null` and nothing else. A bracket alone may begin the first cell of delimited text.
pub(super) fn is_json(text: &str) -> bool {
    const SHORT: usize = 4096;
    fn behind(text: &str, mark: char) -> Option<&str> {
        text.strip_prefix(mark).map(str::trim_start)
    }
    let is_last = |rest: &str, mark| behind(rest, mark).is_some_and(str::is_empty);
    let inside = behind(text, '[');
    inside.is_some_and(|rest| is_last(rest, ']'))
        || behind(inside.unwrap_or(text), '{')
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('"') || is_last(rest, '}'))
        || text.trim_end() == "null"
        || (text.len() < SHORT && inside.is_some_and(is_list_of_values) && !text.contains('\t'))
}

/// Whether what stands behind a bracket is a list of other values up to its end, which no cell of a table is.
fn is_list_of_values(rest: &str) -> bool {
    let begins = rest.starts_with("null") || rest.starts_with(['[', '"', '-']);
    (begins || rest.starts_with(|c: char| c.is_ascii_digit())) && rest.trim_end().ends_with(']')
}

/// Refuses JSON with more values or longer texts than the limits allow, before a parser makes something of them.
pub(super) fn check(text: &str, limits: &Limits) -> Result<()> {
    let bytes = text.as_bytes();
    let (mut at, mut values) = (0, 0);
    while let Some(rest) = bytes.get(at..)
        && let Some(found) = memchr3(b'"', b',', b'[', rest)
    {
        at += found + 1;
        if rest.get(found) != Some(&b'"') {
            // What separates values counts them: one more in each object or list than this, which is no matter.
            values += 1;
            limits.check(Limit::Cells, values, || {
                message!("more values in this file", "文件中还有更多值")
            })?;
            continue;
        }
        let length = string(bytes.get(at..).unwrap_or_default());
        let count = length as u64;
        limits.check(Limit::TextLength, count, || {
            message!("{count} bytes in a value", "有值长 {count} 字节")
        })?;
        at += length + 1;
    }
    Ok(())
}

/// The bytes of a string up to the quote that ends it.
fn string(text: &[u8]) -> usize {
    let mut at = 0;
    while let Some(rest) = text.get(at..)
        && let Some(found) = memchr2(b'"', b'\\', rest)
    {
        if rest.get(found) == Some(&b'"') {
            return at + found;
        }
        at += found + 2;
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_told_from_delimited_text() {
        for text in ["{\"a\":1}", "[{\"a\"", "[]", "{}", "null\n", "[null]", "[[{}]]", "[1,2]"] {
            assert!(is_json(text), "{text}");
        }
        for text in ["5", "[附件]\t部门", "[附件]", "[1,2],3", "[1]\t[2]", "nullable", "{部门}", ""]
        {
            assert!(!is_json(text), "{text}");
        }
    }

    #[test]
    fn values_and_the_length_of_texts_are_limited() {
        let cases = [
            (r#"[{"a": "1234", "b": 2}]"#, None),
            (r#"[{"a": "12345"}]"#, Some("text-length")),
            (r#"[{"a": "\"\"1"}]"#, Some("text-length")),
            (r#"[{"a": ",,,,", "b": "]["}]"#, None),
            (r#"[{"a": [1, 2, 3]}]"#, Some("cells")),
            ("{\"a\": 1}\n{\"b\": [[[[", Some("cells")),
            (r#"{"a": "12345"#, Some("text-length")),
            (r#"{"a": "1\"#, None),
        ];
        let mut limits = Limits::default();
        limits.set("cells=3").unwrap();
        limits.set("text-length=4").unwrap();
        for (text, want) in cases {
            let message = check(text, &limits).err().map(|error| error.to_string());
            let got = message.as_deref().and_then(|message| message.split('`').nth(1));
            assert_eq!(got, want, "{text}: {message:?}");
        }
    }
}
