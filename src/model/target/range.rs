//! Intervals: 5%-8%, ±3%以内, ≥90%且≤100%.

use super::head::{self, Head};
use super::number::{self, Span};
use super::quantity::{self, Amount};
use super::unit::{self, Certainty, NoUnit};
use super::{Op, Reading, comparator, numeral, per};

/// Words between the two halves of 不低于90%且不高于100%.
const JOINTS: [&str; 9] = ["并且", "而且", "同时", "且", "并", "、", ",", ";", "和"];

/// Words that may close an interval.
const CLOSINGS: [&str; 8] = ["范围之内", "范围内", "之间", "区间", "以内", "之内", "左右", "内"];

/// Reads a folded text that is an interval.
pub(super) fn read(text: &str) -> Option<Reading> {
    let mut spans = numbers(text);
    let last = spans.pop()?;
    if let Some(around) = around_zero(text, &last) {
        return Some(around);
    }
    let first = spans.pop()?;
    from_to(text, &first, &last).or_else(|| match two_sided(text, &first, &last)? {
        Bounds { low, high, strict: false } => range(low.value, high.value, low.unit.or(high.unit)),
        Bounds { .. } => None,
    })
}

/// Whether a text bounds one amount from both sides, strictly or not.
pub(super) fn is_two_sided(text: &str) -> bool {
    let mut spans = numbers(text);
    let (last, first) = (spans.pop(), spans.pop());
    first.zip(last).is_some_and(|(first, last)| two_sided(text, &first, &last).is_some())
}

fn numbers(text: &str) -> Vec<Span> {
    let in_digits = number::spans(text);
    if in_digits.is_empty() { numeral::spans(text) } else { in_digits }
}

fn range(low: String, high: String, unit: Option<String>) -> Option<Reading> {
    number::compare(&low, &high).is_le().then_some(Reading::Range { low, high, unit })
}

/// ±3%以内
fn around_zero(text: &str, span: &Span) -> Option<Reading> {
    let before = text[..span.start].strip_suffix('±')?;
    let head = Head::of(before)?;
    let bounded = head.comparator.is_none_or(|found| found.op == Op::AtMost || found.soft);
    let value =
        span.value.as_ref().filter(|_| bounded && !head.negative && head::is_name(head.rest))?;
    let unit = unit::spelt(closed(&text[span.end..]), Certainty::Compared, false).ok()?;
    range(format!("-{value}"), value.clone(), unit)
}

/// 5%-8%, 三至五次
fn from_to(text: &str, first: &Span, last: &Span) -> Option<Reading> {
    let head = Head::of(&text[..first.start])?;
    let free = head.comparator.is_none_or(|found| found.soft || found.op == Op::About);
    let tail = closed(&text[last.end..]);
    let spelt = first.spelt;
    let unit = range_unit(tail, spelt).ok()?;
    let is_share = matches!(unit.as_deref(), Some("%" | "‰" | "分"));
    if !free || !head.introduces_bare(is_share) || (head.negative && spelt) || head.share.is_some()
    {
        return None;
    }
    let (between, negative) = without_sign(&text[first.end..last.start], head.negative)?;
    let own = unit::spelt(between, Certainty::Bare, spelt).ok()?;
    let signed =
        |value: &str, minus: bool| if minus { format!("-{value}") } else { value.to_owned() };
    let (low, high) = (first.value.as_deref()?, last.value.as_deref()?);
    let years = [low, high].iter().all(|value| is_year(value));
    if years && unit.as_deref().is_none_or(|unit| unit == "年")
        || !is_part(own.as_deref(), unit.as_deref())
    {
        return None;
    }
    range(signed(low, head.negative), signed(high, negative), unit)
}

/// 2025, and 2025.12 for December.
fn is_year(value: &str) -> bool {
    let whole = value.split_once('.').map_or(value, |(whole, _)| whole);
    whole.len() == 4 && (whole.starts_with("19") || whole.starts_with("20"))
}

/// Whether the unit of the first number is that of both, or its size: 10万-20万元.
fn is_part(own: Option<&str>, unit: Option<&str>) -> bool {
    let sized =
        |own: &str| matches!(own, "万" | "亿") && unit.is_some_and(|unit| unit.starts_with(own));
    own.is_none_or(|own| unit == Some(own) || sized(own))
}

/// A range has no period of its own, so 次/年 stays its unit.
fn range_unit(tail: &str, spelt: bool) -> Result<Option<String>, NoUnit> {
    match per::strip_after(tail) {
        Some((stem, _)) if tail.contains('/') => {
            let unit = unit::spelt(stem, Certainty::Bare, spelt)?.ok_or(NoUnit)?;
            Ok(Some(format!("{unit}{}", &tail[stem.len()..])))
        }
        _ => unit::spelt(tail, Certainty::Bare, spelt),
    }
}

/// Takes the range sign off the words between two numbers, and says whether the second is negative.
fn without_sign(between: &str, first_negative: bool) -> Option<(&str, bool)> {
    let bare = |text: &str| {
        let rest = text.trim_end_matches(['~', '–']);
        (rest.len() < text.len())
            .then_some(rest.len())
            .or_else(|| Some(text.strip_suffix(['至', '到', '-'])?.len()))
    };
    if let Some(inner) = between.strip_suffix('-') {
        // 5%--8% has a long dash, -5%--3% a dash and a minus.
        return match bare(inner) {
            Some(end) if first_negative || !inner.ends_with('-') => Some((&between[..end], true)),
            Some(end) => Some((&between[..end], false)),
            None => Some((inner, false)),
        };
    }
    bare(between).map(|end| (&between[..end], false))
}

fn closed(tail: &str) -> &str {
    CLOSINGS.iter().find_map(|word| tail.strip_suffix(word)).unwrap_or(tail)
}

/// Two amounts that bound the same thing.
struct Bounds {
    low: Amount,
    high: Amount,
    /// Whether an end is excluded.
    strict: bool,
}

/// ≥90%且≤100%, 90%以上100%以下, 90%≤满意度≤100%
fn two_sided(text: &str, first: &Span, last: &Span) -> Option<Bounds> {
    let head = &text[..last.start];
    let cut = comparator::strip_before(head.strip_suffix('-').unwrap_or(head))
        .map_or(head.len(), |(rest, _)| rest.len());
    let mut left = &text[..cut.max(first.end)];
    let right = quantity::read(text.get(cut.max(first.end)..)?)?;
    if let Some(chained) = chain(left, first, &right) {
        return Some(chained);
    }
    while let Some(rest) = JOINTS.iter().find_map(|joint| left.strip_suffix(joint)) {
        left = rest;
    }
    let left = quantity::read(left)?;
    let lower = |op| matches!(op, Op::AtLeast | Op::More);
    let upper = |op| matches!(op, Op::AtMost | Op::Less);
    let (low, high) = if lower(left.op) && upper(right.op) {
        (left, right)
    } else if upper(left.op) && lower(right.op) {
        (right, left)
    } else {
        return None;
    };
    bounds(low, high)
}

/// 90%≤满意度≤100%
fn chain(left: &str, first: &Span, right: &Amount) -> Option<Bounds> {
    let (before, after) = (left.get(..first.end)?, left.get(first.end..)?);
    let sign = after.find(['≤', '<'])?;
    let name = after[sign..].trim_start_matches(['≤', '<']);
    let strict = after[sign..].starts_with('<');
    if !matches!(right.op, Op::AtMost | Op::Less) || !head::is_name(name) || name.is_empty() {
        return None;
    }
    let low =
        quantity::read(&format!("{before}{}", &after[..sign])).filter(|low| low.op == Op::Equal)?;
    bounds(Amount { op: if strict { Op::More } else { Op::AtLeast }, ..low }, right.clone())
}

fn bounds(low: Amount, high: Amount) -> Option<Bounds> {
    let strict = low.op == Op::More || high.op == Op::Less;
    let same_unit = low.unit == high.unit || low.unit.is_none() || high.unit.is_none();
    let same_period = low.per == high.per && low.per.is_none();
    let ordered = number::compare(&low.value, &high.value).is_le();
    (same_unit && same_period && ordered).then_some(Bounds { low, high, strict })
}
