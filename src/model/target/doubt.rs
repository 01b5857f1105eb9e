//! What in the wording of a target a reviewer should look at.

use super::fold::Folded;
use super::head::SEPARATORS;
use super::number::Span;
use super::unit::{self, Certainty};
use super::{Doubt, Op, Reading, comparator, number, numeral, range};

/// Words of a model text, and a grade of the indicator where its target should stand.
const MODEL_WORDS: [&str; 6] = ["……", "请填写", "请填报", "示例", "待定", "待填"];

/// The doubts about a folded text and its reading.
pub(super) fn of(folded: &Folded, reading: &Reading) -> Vec<Doubt> {
    let text = folded.text.as_str();
    let found = [
        (folded.mistyped, Doubt::MistypedSign),
        (is_approximate(text, reading), Doubt::Approximate),
        (*reading == Reading::Qualitative && has_two_targets(text), Doubt::TwoTargets),
        (is_placeholder(text, reading), Doubt::Placeholder),
        (is_month(text) || is_day(text), Doubt::Month),
    ];
    let mut found: Vec<_> = found.into();
    if found.iter().all(|(holds, _)| !holds) {
        found.push((is_unread(text, reading), Doubt::Unread));
    }
    found.into_iter().filter(|(holds, _)| *holds).map(|(_, doubt)| doubt).collect()
}

/// Whether a text is nothing but a year and a month, 2025.12, or a number of that shape.
fn is_month(text: &str) -> bool {
    let Some((year, month)) = text.split_once('.') else { return false };
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let is_year = year.len() == 4 && year.starts_with("20") && digits(year);
    is_year
        && month.len() <= 2
        && digits(month)
        && month.parse().is_ok_and(|month: u32| (1..=12).contains(&month))
}

/// Whether a text is nothing but a date without its marks: 20250630.
fn is_day(text: &str) -> bool {
    let in_range = |from: usize, most: u32| {
        text.get(from..from + 2)
            .and_then(|digits| digits.parse().ok())
            .is_some_and(|number: u32| (1..=most).contains(&number))
    };
    text.len() == 8
        && text.starts_with("20")
        && text.bytes().all(|byte| byte.is_ascii_digit())
        && in_range(4, 12)
        && in_range(6, 31)
}

/// Whether a text that was read as words states a figure: behind a sign, ≥3-5次, of each, 人均300元, or in few words, 90%≥,
/// 10%/5%, 2、3次.
fn is_unread(text: &str, reading: &Reading) -> bool {
    const OF_EACH: [&str; 8] = ["每", "人均", "户均", "生均", "亩均", "次均", "件均", "日均"];
    if *reading != Reading::Qualitative || range::is_two_sided(text) {
        return false;
    }
    let mut spans = number::spans(text);
    spans.retain(|span| !(span.end - span.start == 4 && text[span.end..].starts_with('年')));
    let Some(last) = spans.last() else { return false };
    let signed = text.chars().next().is_some_and(|c| comparator::sign(c).is_some() || c == '约');
    let measured = || {
        let unit = unit::spelt(&text[last.end..], Certainty::Compared, false);
        matches!(unit, Ok(Some(_)))
    };
    let of_each = OF_EACH.iter().any(|word| text.starts_with(word));
    let short = text.chars().count() <= 12;
    // 力争100% says no more than its figure, and 7×24小时 is a word.
    let is_percent = || spans.iter().any(|span| text[span.end..].trim_start().starts_with('%'));
    let ends_signed = || text.chars().last().is_some_and(|c| comparator::sign(c).is_some());
    let percent = (spans.len() > 1 || ends_signed()) && is_percent();
    let several = || {
        text.starts_with(|c: char| c.is_ascii_digit())
            && spans.len() > 1
            && text.contains('、')
            && !text.contains(['年', '月', '季', '级'])
            && measured()
    };
    signed || short && (percent || of_each && spans.len() == 1 && measured() || several())
}

/// Whether 约 stands before a number or 左右 closes the text.
fn is_approximate(text: &str, reading: &Reading) -> bool {
    if let Reading::Quantity { op, .. } | Reading::Date { op, .. } = reading
        && *op == Op::About
    {
        return true;
    }
    if !text.contains('约') && !text.contains("左右") {
        return false;
    }
    let mut numbers = number::spans(text);
    numbers.extend(numeral::spans(text).into_iter().filter(|span| span.value.is_some()));
    numbers.iter().any(|span| {
        let about =
            |head| comparator::strip_before(head).is_some_and(|(_, found)| found.op == Op::About);
        let behind = &text[span.end..];
        let near: usize = behind.char_indices().nth(8).map_or(behind.len(), |(at, _)| at);
        about(&text[..span.start]) || behind[..near].contains("左右")
    })
}

/// Whether two statements of the text are targets, or two comparators stand at numbers.
fn has_two_targets(text: &str) -> bool {
    if range::is_two_sided(text) {
        return false;
    }
    let spans = number::spans(text);
    let hard = |head: &str| comparator::strip_before(head).is_some_and(|(_, found)| !found.soft);
    let compared = spans.iter().filter(|span| hard(text[..span.start].trim_end_matches('-')));
    let text = ungrouped(text, &spans);
    compared.take(2).count() == 2
        || text.split(SEPARATORS).filter(|part| is_target(part)).take(2).count() == 2
}

/// The text without the separators inside its numbers.
fn ungrouped(text: &str, spans: &[Span]) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut at = 0;
    for span in spans {
        plain.push_str(&text[at..span.start]);
        plain.push_str(span.value.as_deref().unwrap_or(&text[span.start..span.end]));
        at = span.end;
    }
    plain.push_str(&text[at..]);
    plain
}

/// Whether a statement is a target by itself, or ends with an amount of something.
fn is_target(part: &str) -> bool {
    match super::reading(part, None) {
        // The mark of a list is a bare number too.
        Reading::Quantity { op: Op::Equal, unit: None, .. } => return false,
        Reading::Qualitative => {}
        _ => return true,
    }
    number::spans(part).pop().is_some_and(|span| {
        let lettered = part[..span.start].ends_with(|c: char| c.is_ascii_alphabetic() || c == '第');
        let unit = unit::spelt(&part[span.end..], Certainty::Compared, false);
        span.value.is_some() && !lettered && matches!(unit, Ok(Some(unit)) if unit != "年")
    })
}

/// Whether a text holds anything of which a placeholder is made.
pub(super) fn can_be_placeholder(text: &str) -> bool {
    let is_word =
        |c| matches!(c, '\u{4e00}'..='\u{9fff}') && !matches!(c, '请' | '示' | '待' | '定');
    !text.chars().all(is_word)
}

/// Whether a blank was left: XX, ××, ≥X%, 》 亩, 定性.
pub(super) fn is_placeholder(text: &str, reading: &Reading) -> bool {
    if *reading != Reading::Qualitative {
        return false;
    }
    let sign = |c: char| comparator::sign(c).is_some() || matches!(c, '》' | '《');
    let unit = text.trim_start_matches(sign);
    let blank = unit.len() < text.len() && (unit.is_empty() || unit::is_known(unit));
    let label = text.trim_end_matches(':').trim_end_matches(|c: char| c.is_ascii_digit());
    text == "定性"
        || MODEL_WORDS.iter().any(|word| text.contains(word))
        || has_blank(text)
        || blank
        || (label.len() < text.len() && matches!(label, "指标" | "目标" | "指标值"))
}

/// Whether a run of crosses, circles or lines stands for something, or a single cross for a number.
fn has_blank(text: &str) -> bool {
    let is_sign = |c: char| comparator::sign(c).is_some();
    let mut before = None;
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let same = |other: char| other.eq_ignore_ascii_case(&c);
        let after = rest.trim_start_matches(same);
        let length = rest[..rest.len() - after.len()].chars().count();
        let crosses = matches!(c, 'x' | 'X' | '×' | '✕' | 'Ｘ');
        let lettered = before.is_some_and(|c: char| c.is_ascii_alphabetic())
            || after.starts_with(|c: char| c.is_ascii_alphanumeric());
        let for_number = after.starts_with(['%', '‰'])
            || (before.is_some_and(is_sign) && !after.starts_with(is_sign));
        if (crosses && !lettered && (length > 1 || for_number))
            || (matches!(c, '*' | '_' | '○' | '□') && length > 1)
        {
            return true;
        }
        before = Some(c);
        rest = after;
    }
    false
}
