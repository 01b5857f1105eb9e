//! Numbers in Chinese numerals: 十二, 一百二十, 两, 九十五点五.

use super::number::Span;

/// The longest run that can be a number of ours.
const LONGEST_RUN: usize = 16;

/// Whether a character can stand in a number.
pub(super) fn is_numeral(c: char) -> bool {
    digit(c).is_some() || matches!(c, '十' | '百' | '千' | '万' | '亿')
}

/// The value of a single digit.
pub(super) fn digit(c: char) -> Option<u64> {
    Some(match c {
        '零' | '〇' => 0,
        '一' => 1,
        '二' | '两' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

/// All runs of numerals, from the left. A closing 万 or 亿 is left to the unit, as it is after digits: 五万元 is 5 万元.
pub(super) fn spans(text: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut at = 0;
    while let Some(offset) = text[at..].find(is_numeral) {
        let start = at + offset;
        let length = run(&text[start..]);
        at = start + length;
        let run = &text[start..at];
        let stem = Some(run.trim_end_matches(['万', '亿']))
            .filter(|stem| !stem.contains(['万', '亿']))
            .unwrap_or(run);
        spans.push(Span { start, end: start + stem.len(), value: value(stem), spelt: true });
    }
    spans
}

/// Bytes of the numerals at the start, with 点 and the decimals behind it.
fn run(text: &str) -> usize {
    let whole = text.find(|c| !is_numeral(c)).unwrap_or(text.len());
    let Some(fraction) = text[whole..].strip_prefix('点') else { return whole };
    let decimals = fraction.find(|c| digit(c).is_none()).unwrap_or(fraction.len());
    if decimals == 0 { whole } else { whole + '点'.len_utf8() + decimals }
}

/// The number that a run spells, in digits.
pub(super) fn value(run: &str) -> Option<String> {
    if run.is_empty() || run.chars().count() > LONGEST_RUN {
        return None;
    }
    let Some((whole, fraction)) = run.split_once('点') else {
        return integer(run).map(|n| n.to_string());
    };
    let mut value = integer(whole)?.to_string();
    value.push('.');
    for c in fraction.chars() {
        value.push_str(&digit(c)?.to_string());
    }
    Some(value)
}

/// Strict: 三四 (three or four) and 一百二 (120 in speech) are no numbers.
fn integer(run: &str) -> Option<u64> {
    if matches!(run, "零" | "〇") {
        return Some(0);
    }
    // What is counted: finished sections of 万, the section under way and the digit that waits for its place.
    let (mut total, mut section, mut pending) = (0_u64, 0_u64, None);
    let (mut last_place, mut last_size) = (10_000, u64::MAX);
    let mut previous = None;
    for c in run.chars() {
        if let Some(place) = place(c) {
            let bare_ten = place == 10 && previous.is_none();
            let times = pending.take().or(bare_ten.then_some(1)).filter(|_| place < last_place)?;
            section += times * place;
            last_place = place;
        } else if let Some(size) = size(c) {
            section += pending.take().unwrap_or(0);
            total += Some(section * size).filter(|sum| *sum > 0 && size < last_size)?;
            (section, last_place, last_size) = (0, 10_000, size);
        } else if pending.is_some() {
            return None;
        } else {
            let value = digit(c)?;
            previous.filter(|_| value == 0).or((value > 0).then_some(c))?;
            pending = Some(value).filter(|n| *n > 0);
        }
        previous = Some(c);
    }
    let last_but_one = run.chars().rev().nth(1);
    let placed = pending.is_none() || last_but_one.is_none_or(|c| matches!(c, '十' | '零' | '〇'));
    let dangling = matches!(previous, Some('零' | '〇'));
    (placed && !dangling).then_some(total + section + pending.unwrap_or(0))
}

fn place(c: char) -> Option<u64> {
    match c {
        '十' => Some(10),
        '百' => Some(100),
        '千' => Some(1000),
        _ => None,
    }
}

fn size(c: char) -> Option<u64> {
    match c {
        '万' => Some(10_000),
        '亿' => Some(100_000_000),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spells_out_numbers() {
        // Places and sections must descend, and nothing may be only implied.
        let cases = [
            ("零", Some("0")),
            ("一", Some("1")),
            ("两", Some("2")),
            ("十", Some("10")),
            ("十二", Some("12")),
            ("九十", Some("90")),
            ("一百二十", Some("120")),
            ("一百零五", Some("105")),
            ("两千零五十", Some("2050")),
            ("一万二千", Some("12000")),
            ("三亿零五万", Some("300050000")),
            ("九十五点五", Some("95.5")),
            ("一百二", None),
            ("三四", None),
            ("二〇二五", None),
            ("零五", None),
            ("一百零", None),
            ("百", None),
            ("万", None),
            ("十百", None),
            ("一万亿万", None),
            ("九千九百九十九亿九千九百九十九万", Some("999999990000")),
            ("", None),
        ];
        for (run, want) in cases {
            assert_eq!(value(run).as_deref(), want, "{run}");
        }
    }

    #[test]
    fn leaves_the_closing_size_to_the_unit() {
        let found = spans("投入五十万元、一亿元、三亿五千万元");
        let texts: Vec<_> = found.iter().map(|span| span.value.as_deref()).collect();
        assert_eq!(texts, [Some("50"), Some("1"), Some("350000000")]);
    }
}
