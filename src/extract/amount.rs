//! Numbers typed as text: amounts and counts. What is not plainly one number is unreadable, never guessed.

use rust_decimal::Decimal;

use crate::model::money::{self, Unit};

#[cfg(test)]
mod tests;

/// No cell holds more significant digits.
const MOST_DIGITS: u32 = 15;

/// A longer text, in bytes, is prose.
const LONGEST: usize = 120;

/// What stands in a cell for an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Amount {
    /// Nothing.
    Blank,
    /// A nil mark, `-`, `/` or 无.
    Nil,
    /// A number.
    Known {
        /// The number as printed, in its own unit or else in that of the column.
        number: Decimal,
        /// The unit that follows the number.
        own_unit: Option<Unit>,
        /// Whether the spelling was folded: full width, separators, currency sign, brackets.
        tidied: bool,
        /// Whether zeros stand before its digits: 0009725000.
        padded: bool,
    },
    /// Anything else.
    Unreadable,
}

/// What stands in a cell for a headcount or a number of units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Count {
    /// Nothing.
    Blank,
    /// A nil mark, `-`, `/` or 无.
    Nil,
    /// A whole number, not negative.
    Known(u64),
    /// Anything else.
    Unreadable,
}

/// Reads an amount.
pub(crate) fn read_amount(text: &str) -> Amount {
    let text = text.trim();
    if text.is_empty() {
        return Amount::Blank;
    }
    if is_nil(text) {
        return Amount::Nil;
    }
    known_amount(text).unwrap_or(Amount::Unreadable)
}

/// Reads a headcount or a number of units: `20人`, `1,200`, `20.0`.
pub(crate) fn read_count(text: &str) -> Count {
    let text = text.trim();
    if text.is_empty() {
        return Count::Blank;
    }
    if is_nil(text) {
        return Count::Nil;
    }
    known_count(text).map_or(Count::Unreadable, Count::Known)
}

/// Up to four dashes of any kind, a slash, or a word.
fn is_nil(text: &str) -> bool {
    let is_dash = |c| matches!(c, '-' | '－' | '−' | '─' | '\u{2010}'..='\u{2015}');
    matches!(text, "/" | "／" | "无" | "不适用")
        || text.chars().all(is_dash) && text.chars().count() <= 4
}

fn known_amount(text: &str) -> Option<Amount> {
    let folded = fold(text)?;
    let parts = Parts::of(&folded)?;
    let sign = Sign::of(parts.lead)?;
    let tail = without_spaces(parts.tail);
    let own_unit = match sign {
        Sign::Brackets => {
            let (inside, outside) = tail.split_once(')')?;
            match (own_unit(inside).ok()?, own_unit(outside).ok()?) {
                (Some(_), Some(_)) => return None,
                (one, other) => one.or(other),
            }
        }
        Sign::Plus | Sign::Minus => own_unit(&tail).ok()?,
    };
    let (plain, padded) = match plain_digits(parts.digits) {
        Some(plain) => (plain, false),
        None => (plain_digits(unpadded(parts.digits)?)?, true),
    };
    let size = exact(&plain)?;
    let (number, minus) =
        if sign == Sign::Plus || size.is_zero() { (size, "") } else { (-size, "-") };
    let behind = text.strip_prefix(minus).and_then(|text| text.strip_prefix(plain.as_str()));
    let tidied = behind.is_none_or(|behind| own_unit.is_none() && !behind.is_empty());
    Some(Amount::Known { number, own_unit, tidied, padded })
}

fn known_count(text: &str) -> Option<u64> {
    let folded = fold(text)?;
    let parts = Parts::of(&folded)?;
    let tail = without_spaces(parts.tail);
    let is_count = matches!(parts.lead.trim(), "" | "'" | "+") && is_counter(unbracketed(&tail));
    if !is_count {
        return None;
    }
    let number = exact(&plain_digits(parts.digits)?)?.normalize();
    if number.scale() > 0 {
        return None;
    }
    u64::try_from(number.mantissa()).ok()
}

fn is_counter(word: &str) -> bool {
    matches!(word, "" | "人" | "名" | "位" | "个" | "家" | "所" | "个单位" | "家单位")
}

/// The text with full-width forms, spaces, minus and currency signs made alike. A line break is no space: it may stand
/// before the unit, but separates no groups.
fn fold(text: &str) -> Option<String> {
    let fold = |c: char| match c {
        '－' | '−' | '–' => '-',
        '￥' => '¥',
        '‘' | '’' => '\'',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        _ if c.is_whitespace() && c != '\n' => ' ',
        _ => c,
    };
    (text.len() <= LONGEST).then(|| text.chars().map(fold).collect())
}

/// A number's text, cut at its first and last digit.
struct Parts<'a> {
    lead: &'a str,
    digits: &'a str,
    tail: &'a str,
}

impl<'a> Parts<'a> {
    fn of(text: &'a str) -> Option<Self> {
        let is_digit = |c: char| c.is_ascii_digit() || c == '.';
        let (start, end) = (text.find(is_digit)?, text.rfind(is_digit)? + 1);
        Some(Self { lead: &text[..start], digits: &text[start..end], tail: &text[end..] })
    }
}

/// What the text before the digits says of the sign.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sign {
    Plus,
    Minus,
    Brackets,
}

impl Sign {
    /// An apostrophe, then a sign and a currency in one order or the other: `'12`, `-¥12`, `¥-12`, `¥(12)`. Behind a
    /// word a dash may be a hyphen, before a space a nil mark or a bullet.
    fn of(lead: &str) -> Option<Self> {
        let lead = lead.trim_start();
        let mut rest = lead.strip_prefix('\'').unwrap_or(lead).trim_start();
        let (mut sign, mut word, mut symbol) = (None, false, false);
        while let Some(c) = rest.chars().next() {
            let behind = &rest[c.len_utf8()..];
            if let Some(behind) = CURRENCIES.iter().find_map(|word| strip_start(rest, word)) {
                if word || symbol {
                    return None;
                }
                (word, rest) = (true, behind.trim_start());
                continue;
            }
            match c {
                '-' | '+' if sign.is_none() && !word && !behind.starts_with(' ') => {
                    sign = Some(if c == '-' { Self::Minus } else { Self::Plus });
                    rest = behind;
                }
                '(' if sign.is_none() => (sign, rest) = (Some(Self::Brackets), behind.trim_start()),
                '¥' if !symbol => (symbol, rest) = (true, behind.trim_start()),
                _ => return None,
            }
        }
        Some(sign.unwrap_or(Self::Plus))
    }
}

const CURRENCIES: [&str; 3] = ["人民币", "RMB", "CNY"];

fn strip_start<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let is_start = text.get(..word.len())?.eq_ignore_ascii_case(word);
    is_start.then(|| &text[word.len()..])
}

fn strip_end<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let start = text.len().checked_sub(word.len())?;
    let is_end = text.get(start..)?.eq_ignore_ascii_case(word);
    is_end.then(|| &text[..start])
}

/// What follows a number is neither a unit nor a currency.
struct NoUnit;

/// The unit behind a number: `万元`, `(万元)`, `元整`, `万元人民币`.
fn own_unit(tail: &str) -> Result<Option<Unit>, NoUnit> {
    let currency = CURRENCIES.iter().chain(&["¥"]).find_map(|word| strip_end(tail, word));
    let name = unbracketed(currency.unwrap_or(tail));
    if name.is_empty() {
        return if currency.is_some() || tail.is_empty() { Ok(None) } else { Err(NoUnit) };
    }
    let name = name.strip_suffix('整').filter(|name| name.ends_with(['元', '圆'])).unwrap_or(name);
    Unit::from_name(name).map(Some).ok_or(NoUnit)
}

fn unbracketed(text: &str) -> &str {
    text.strip_prefix('(').and_then(|text| text.strip_suffix(')')).unwrap_or(text)
}

fn without_spaces(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The digits without the zeros that a system put before them; `None` where there are none, or for a telephone number.
fn unpadded(digits: &str) -> Option<&str> {
    let bare = digits.trim_start_matches('0');
    let telephone = digits.len() - bare.len() == 1 && (10..=12).contains(&digits.len());
    let number = bare.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    (bare.len() < digits.len() && !bare.is_empty() && number && !telephone).then(|| {
        if bare.starts_with('.') { &digits[digits.len() - bare.len() - 1..] } else { bare }
    })
}

/// The digits without separators; `None` unless these part groups of three. No amount begins with a needless zero: a
/// telephone number and a code do.
fn plain_digits(digits: &str) -> Option<String> {
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let separator = if whole.contains(' ') { ' ' } else { ',' };
    let mut groups = whole.split(separator);
    let first = groups.next()?;
    let mut plain = first.to_owned();
    for group in groups {
        if group.len() != 3 || first.len() > 3 {
            return None;
        }
        plain.push_str(group);
    }
    let needless = plain.len() > 1 && plain.starts_with('0');
    if needless || digits == "." || !is_number(&plain) || !is_number(decimals) {
        return None;
    }
    if plain.is_empty() {
        plain.push('0');
    }
    if !decimals.is_empty() {
        plain.push('.');
        plain.push_str(decimals);
    }
    Some(plain)
}

/// The number, if a cell of a spreadsheet holds it.
fn exact(plain: &str) -> Option<Decimal> {
    let needed =
        if plain.contains('.') { plain.trim_end_matches('0').trim_end_matches('.') } else { plain };
    let number = Decimal::from_str_exact(needed).ok()?;
    (money::significant_digits(number) <= MOST_DIGITS).then_some(number)
}
