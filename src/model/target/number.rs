//! Numbers in digits: where they stand in a text, and how two compare.

use std::cmp::Ordering;

/// More digits than any amount has: a serial number of something.
const MOST_DIGITS: usize = 18;

/// A number in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Span {
    /// First byte.
    pub(super) start: usize,
    /// Byte after the last.
    pub(super) end: usize,
    /// The digits without separators; `None` for 1.2.3, 0769 and the like.
    pub(super) value: Option<String>,
    /// Whether it is spelt in Chinese numerals.
    pub(super) spelt: bool,
}

/// All numbers in digits, from the left.
pub(super) fn spans(text: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut at = 0;
    while let Some(offset) = text.as_bytes()[at..].iter().position(u8::is_ascii_digit) {
        let start = at + offset;
        let (length, value) = scan(&text[start..]);
        at = start + length;
        spans.push(Span { start, end: at, value, spelt: false });
    }
    spans
}

/// The number at the start of a text that starts with a digit: its length and its digits.
fn scan(text: &str) -> (usize, Option<String>) {
    let bytes = text.as_bytes();
    let mut end = digits(bytes, 0);
    let mut value = text[..end].to_owned();
    if let Some(separator @ (b',' | b' ')) = bytes.get(end).filter(|_| end <= 3) {
        while bytes.get(end) == Some(separator) && digits(bytes, end + 1) == 3 {
            value.push_str(&text[end + 1..end + 4]);
            end += 4;
        }
    }
    let mut sound = value == "0" || !value.starts_with('0');
    let point = |end: usize| bytes.get(end) == Some(&b'.') && digits(bytes, end + 1) > 0;
    if point(end) {
        let length = 1 + digits(bytes, end + 1);
        value.push_str(&text[end..end + length]);
        end += length;
    }
    while point(end) {
        sound = false;
        end += 1 + digits(bytes, end + 1);
    }
    (end, (sound && value.len() <= MOST_DIGITS).then_some(value))
}

fn digits(bytes: &[u8], from: usize) -> usize {
    bytes.get(from..).map_or(0, |rest| rest.iter().take_while(|byte| byte.is_ascii_digit()).count())
}

/// Compares two decimal numbers in the form that [`spans`] and a minus give.
pub(super) fn compare(left: &str, right: &str) -> Ordering {
    match (left.strip_prefix('-'), right.strip_prefix('-')) {
        (None, None) => magnitudes(left, right),
        (Some(left), Some(right)) => magnitudes(right, left),
        (Some(left), None) if is_zero(left) && is_zero(right) => Ordering::Equal,
        (None, Some(right)) if is_zero(left) && is_zero(right) => Ordering::Equal,
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
    }
}

fn is_zero(value: &str) -> bool {
    value.chars().all(|c| matches!(c, '0' | '.'))
}

fn magnitudes(left: &str, right: &str) -> Ordering {
    let parts = |value: &str| {
        let (whole, fraction) = value.split_once('.').unwrap_or((value, ""));
        (whole.len(), whole.to_owned(), fraction.trim_end_matches('0').to_owned())
    };
    parts(left).cmp(&parts(right))
}

/// A digit number ten times as large: 8.5 is 85; `None` with more than one decimal.
pub(super) fn tenfold(value: &str) -> Option<String> {
    match value.split_once('.') {
        None if value == "0" => Some("0".to_owned()),
        None => Some(format!("{value}0")),
        Some((whole, tenth)) if tenth.len() == 1 => {
            let joined = format!("{whole}{tenth}");
            let trimmed = joined.trim_start_matches('0');
            Some(if trimmed.is_empty() { "0" } else { trimmed }.to_owned())
        }
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_numbers() {
        // Grouping needs whole groups; what looks like a number and is none has no value.
        let cases = [
            ("≥1,200人", vec![Some("1200")]),
            ("1 200.50", vec![Some("1200.50")]),
            ("1,2", vec![Some("1"), Some("2")]),
            ("1,2345", vec![Some("1"), Some("2345")]),
            ("1200,300", vec![Some("1200"), Some("300")]),
            ("1.2.3", vec![None]),
            ("0769", vec![None]),
            ("0.90", vec![Some("0.90")]),
            ("00", vec![None]),
            ("5-8", vec![Some("5"), Some("8")]),
            ("1234567890123456789", vec![None]),
            ("优秀", vec![]),
        ];
        for (text, want) in cases {
            let got = spans(text);
            let got: Vec<Option<&str>> = got.iter().map(|span| span.value.as_deref()).collect();
            assert_eq!(got, want, "{text}");
        }
    }

    #[test]
    fn compares_as_decimals() {
        let cases = [
            ("5", "8"),
            ("8", "12"),
            ("1.05", "1.5"),
            ("-3", "3"),
            ("-5", "-3"),
            ("-0.5", "0"),
            ("9", "9.01"),
        ];
        for (small, large) in cases {
            assert_eq!(compare(small, large), Ordering::Less, "{small} {large}");
            assert_eq!(compare(large, small), Ordering::Greater, "{large} {small}");
        }
        assert_eq!(compare("1.50", "1.5"), Ordering::Equal);
        assert_eq!(compare("-0", "0"), Ordering::Equal);
    }
}
