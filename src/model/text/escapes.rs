//! What stands for a character: entities of HTML and escapes of OOXML.

use std::borrow::Cow;

/// No entity is longer, leading zeros of `&#0000065;` aside: `&CounterClockwiseContourIntegral;` has 33 bytes.
const LONGEST_ENTITY: usize = 40;

/// An entity at the end of a text, `…&lt;`: where it begins and what it stands for.
pub(super) fn entity_at_end(text: &str) -> Option<(usize, Cow<'_, str>)> {
    let name = text.strip_suffix(';')?;
    let length = name
        .bytes()
        .rev()
        .take(LONGEST_ENTITY)
        .position(|byte| !byte.is_ascii_alphanumeric() && byte != b'#')?;
    let start = name.len().checked_sub(length + 1)?;
    let name = text.get(start..)?.strip_prefix('&')?.strip_suffix(';')?;
    let is_whole =
        match name.strip_prefix('#').map(|number| (number, number.strip_prefix(['x', 'X']))) {
            Some((_, Some(hex))) => hex.bytes().all(|byte| byte.is_ascii_hexdigit()),
            Some((number, None)) => number.bytes().all(|byte| byte.is_ascii_digit()),
            None => !name.contains('#'),
        };
    if !is_whole {
        return None;
    }
    // By the rules for attributes a name counts only as a whole, too: `&notit;` is no `&not`.
    let decoded = htmlize::unescape_attribute(&text[start..]);
    (decoded != text[start..] && decoded != "\u{fffd}").then_some((start, decoded))
}

/// An escape of OOXML at the end of a text, `…_x000D_`: where it begins and what it stands for.
pub(super) fn escape_at_end(text: &str) -> Option<(usize, char)> {
    let start = text.len().checked_sub("_x000D_".len())?;
    let digits = text.get(start..)?.strip_prefix("_x")?.strip_suffix('_')?;
    if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let c = u32::from_str_radix(digits, 16).ok().and_then(char::from_u32)?;
    Some((start, c))
}
