//! Days: 2025年12月31日前, 6月底前, 每年12月底前, 2025-12-31.

use super::head::SEPARATORS;
use super::{Op, Per, Reading, numeral};

/// Years that a target can name.
const YEARS: std::ops::RangeInclusive<u32> = 1900..=2199;

/// Words behind a day, longest first.
const BEHIND: [(&str, Op); 9] = [
    ("之前", Op::AtMost),
    ("以前", Op::AtMost),
    ("前", Op::AtMost),
    ("之后", Op::AtLeast),
    ("以后", Op::AtLeast),
    ("后", Op::AtLeast),
    ("起", Op::AtLeast),
    ("左右", Op::About),
    ("内", Op::AtMost),
];

/// Words before a day.
const BEFORE: [(&str, Op); 18] = [
    ("截至", Op::AtMost),
    ("截止到", Op::AtMost),
    ("截止", Op::AtMost),
    ("不晚于", Op::AtMost),
    ("不迟于", Op::AtMost),
    ("不得晚于", Op::AtMost),
    ("不得迟于", Op::AtMost),
    ("不超过", Op::AtMost),
    ("最迟", Op::AtMost),
    ("最晚", Op::AtMost),
    ("≤", Op::AtMost),
    ("不早于", Op::AtLeast),
    ("≥", Op::AtLeast),
    ("<", Op::Less),
    (">", Op::More),
    ("=", Op::Equal),
    ("大约", Op::About),
    ("约", Op::About),
];

/// What is done on a day that has no word behind it.
const DONE_ON: [&str; 6] = ["完成", "完工", "竣工", "开工", "交付", "验收"];

/// What before a day makes it another one: 上年底, 学年末.
const NOT_BEFORE: [char; 24] = [
    '年', '月', '至', '到', '第', '隔', '上', '去', '明', '次', '下', '来', '翌', '前', '后', '往',
    '跨', '半', '学', '财', '近', '数', '多', '几',
];

/// The year of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Year {
    Stated(u32),
    /// 每年
    Every,
    /// None, 今年, 本年: the year of the return.
    OfReturn,
}

/// What a date pattern holds, before it is known to exist.
#[derive(Clone, Copy, Debug)]
struct Day {
    year: Year,
    month: u32,
    /// `None` for the last of the month.
    number: Option<u32>,
    /// Whether only a word behind makes it a date: 2025.12, 年内.
    needs: Option<&'static str>,
}

/// Reads a folded text that names one day.
pub(super) fn read(text: &str, year: Option<i32>) -> Option<Reading> {
    // Every date names a year, a month or a day, or sets its numbers apart.
    if !text.contains(['年', '月', '日', '-', '/', '.']) {
        return None;
    }
    let start = start(text)?;
    let (day, rest) = day(&text[start..])?;
    let (head, every) = without_year_word(&text[..start]);
    let day = match (every, day.year) {
        (None, _) => day,
        (Some(every), Year::OfReturn) => Day { year: every, ..day },
        (Some(_), _) => return None,
    };
    let behind = BEHIND.iter().find_map(|(word, op)| Some((rest.strip_prefix(word)?, *op)));
    let (head, before) = without_comparator(head);
    let op = match (before, behind) {
        (None, None) => Op::Equal,
        (Some(op), None) | (None, Some((_, op))) => op,
        (Some(before), Some((_, behind))) if before == behind => before,
        _ => return None,
    };
    let needed = match day.needs {
        Some("内") => rest.starts_with('内'),
        Some(_) => behind.is_some() && !rest.starts_with('内'),
        None => !rest.starts_with('内'),
    };
    let followed = behind
        .map_or_else(|| rest.is_empty() || DONE_ON.contains(&rest), |(tail, _)| is_prose(tail));
    let introduced = head.is_empty()
        || (is_lead(head) && (behind.is_some() || head.ends_with([':', '于', '在'])));
    let dated = &text[start..text.len() - rest.len()];
    let exact = !is_whole_month(day, dated) || fits_whole_month(day, op, before.is_some());
    (needed && followed && introduced && exact).then(|| written(day, op, year))?
}

/// Whether a month is named, not its end.
fn is_whole_month(day: Day, dated: &str) -> bool {
    day.number.is_none() && day.needs != Some("内") && !dated.ends_with(['底', '末', '终'])
}

/// The last day stands for the month in 6月前, not in 6月起; ≤12月 may be a number of months.
fn fits_whole_month(day: Day, op: Op, signed: bool) -> bool {
    matches!(op, Op::AtMost | Op::Equal | Op::About) && (!signed || day.year != Year::OfReturn)
}

/// Where the date may start: at the first digit, at 今年 or 年底 and its kind, or at a Chinese numeral before 年 or 月.
fn start(text: &str) -> Option<usize> {
    let words = ["今年", "本年", "当年", "年底", "年末", "年终", "年内", "年年底", "年年末"];
    let word = words.iter().filter_map(|word| text.find(word)).min();
    let digit = text.find(|c: char| c.is_ascii_digit());
    let spelt = text.find(numeral::is_numeral).filter(|at| {
        let rest = text[*at..].trim_start_matches(numeral::is_numeral);
        rest.starts_with(['年', '月'])
    });
    // 每年底前: the 年 belongs to both words.
    digit.into_iter().chain(spelt).chain(word).min()
}

fn day(text: &str) -> Option<(Day, &str)> {
    if let Some(found) = with_marks(text) {
        return Some(found);
    }
    let (year, rest) = year_at(text);
    if let Some((month, rest)) =
        number(rest).and_then(|(n, rest)| Some((n, rest.strip_prefix('月')?)))
    {
        return Some(month_or_day(year, month, rest));
    }
    let last = |needs, rest| Some((Day { year, month: 12, number: None, needs }, rest));
    let bare = rest.strip_prefix("年年").or_else(|| rest.strip_prefix('年')).unwrap_or(rest);
    let named = bare.len() < rest.len() || rest.len() < text.len();
    if let Some(rest) = bare.strip_prefix(['底', '末', '终']).filter(|_| named) {
        return last(None, rest);
    }
    if bare.starts_with('内') && named && !bare.starts_with("内容") {
        return last(Some("内"), bare);
    }
    None
}

/// A year at the start: 2025年, 二〇二五年, 今年.
fn year_at(text: &str) -> (Year, &str) {
    for word in ["今年", "本年度", "本年", "当年"] {
        if let Some(rest) = text.strip_prefix(word) {
            return (Year::OfReturn, rest);
        }
    }
    let stated = four_digits(text).and_then(|(year, rest)| {
        let rest = rest.strip_prefix('年')?;
        Some((Year::Stated(year), rest.strip_prefix('度').unwrap_or(rest)))
    });
    stated.unwrap_or((Year::OfReturn, text))
}

/// What follows 月: a day, 底, or nothing, which means the last day too.
fn month_or_day(year: Year, month: u32, rest: &str) -> (Day, &str) {
    let day = |day, rest| (Day { year, month, number: day, needs: None }, rest);
    if let Some((found, rest)) = number(rest)
        && let Some(rest) =
            rest.strip_prefix(['日', '号']).or_else(|| Some(rest).filter(|rest| is_before(rest)))
    {
        return day(Some(found), rest);
    }
    let rest = rest.strip_prefix('份').unwrap_or(rest);
    let rest =
        rest.strip_prefix('月').filter(|rest| rest.starts_with(['底', '末'])).unwrap_or(rest);
    day(None, rest.strip_prefix(['底', '末']).unwrap_or(rest))
}

/// 12月31前 needs no 日.
fn is_before(rest: &str) -> bool {
    ["前", "之前", "以前"].iter().any(|word| rest.starts_with(word))
}

/// 2025-12-31, 2025/12/31, 2025.12.31; without a day only before 前 or 底.
fn with_marks(text: &str) -> Option<(Day, &str)> {
    let (year, rest) = ascii(text, 4).filter(|(year, _)| YEARS.contains(year))?;
    let year = Year::Stated(year);
    let mark = rest.chars().next().filter(|c| matches!(c, '-' | '/' | '.'))?;
    let (month, rest) = ascii(&rest[1..], 2)?;
    if let Some((day, rest)) = rest.strip_prefix(mark).and_then(|rest| ascii(rest, 2)) {
        let rest = rest.strip_prefix(['日', '号']).unwrap_or(rest);
        return Some((Day { year, month, number: Some(day), needs: None }, rest));
    }
    let rest = rest.strip_prefix('月').unwrap_or(rest);
    let rest = rest.strip_prefix(['底', '末']).unwrap_or(rest);
    Some((Day { year, month, number: None, needs: Some("前") }, rest))
}

/// All the digits at the start, at most `most` (exactly, for a year).
fn ascii(text: &str, most: usize) -> Option<(u32, &str)> {
    let length = text.bytes().take(most + 1).take_while(u8::is_ascii_digit).count();
    let fits = length > 0 && length <= most && (most < 4 || length == most);
    let (digits, rest) = text.split_at_checked(length).filter(|_| fits)?;
    Some((digits.parse().ok()?, rest))
}

fn four_digits(text: &str) -> Option<(u32, &str)> {
    if let Some(found) = ascii(text, 4) {
        return Some(found).filter(|(year, _)| YEARS.contains(year));
    }
    let mut year = 0;
    let mut chars = text.chars();
    for _ in 0..4 {
        year = year * 10 + u32::try_from(numeral::digit(chars.next()?)?).ok()?;
    }
    YEARS.contains(&year).then_some((year, chars.as_str()))
}

/// A month or a day, in digits or in Chinese numerals.
fn number(text: &str) -> Option<(u32, &str)> {
    if text.starts_with(|c: char| c.is_ascii_digit()) {
        return ascii(text, 2);
    }
    let rest = text.trim_start_matches(numeral::is_numeral);
    let spelt = &text[..text.len() - rest.len()];
    Some((numeral::value(spelt)?.parse().ok()?, rest))
}

/// Takes 每年 off the words before the day.
fn without_year_word(head: &str) -> (&str, Option<Year>) {
    let every =
        ["每个年度", "每年度", "每年的", "每年"].iter().find_map(|word| head.strip_suffix(word));
    // Before 年底 the 年 of 每年 was taken for the day.
    let every = every.or_else(|| head.strip_suffix('每'));
    every.map_or((head, None), |rest| (rest, Some(Year::Every)))
}

fn without_comparator(head: &str) -> (&str, Option<Op>) {
    let found = BEFORE.iter().find_map(|(word, op)| Some((head.strip_suffix(word)?, Some(*op))));
    found.unwrap_or((head, None))
}

/// Whether the words before a day are about what is due, without an amount or another year or period.
fn is_lead(head: &str) -> bool {
    let other = [
        "次年", "明年", "下年", "翌年", "来年", "去年", "上年", "后年", "前年", "每", "早", "晚",
        "自", "从", "非", "季度", "期",
    ];
    is_prose(head) && !other.iter().any(|word| head.contains(word)) && !head.ends_with(NOT_BEFORE)
}

/// Whether words hold neither an amount nor a second statement.
fn is_prose(text: &str) -> bool {
    let counted = |c: char| c.is_ascii_digit() || super::comparator::sign(c).is_some();
    let telling = |c: char| {
        counted(c) || SEPARATORS.contains(&c) || matches!(c, '~' | '–' | '-' | '/' | '±' | '%')
    };
    text.chars().nth(30).is_none()
        && !text.contains(telling)
        && !text.contains(numeral::is_numeral)
        && !text.starts_with(['三', '至'])
}

fn written(day: Day, op: Op, year: Option<i32>) -> Option<Reading> {
    let known =
        year.and_then(|year| u32::try_from(year).ok()).filter(|year| (1..=9999).contains(year));
    let year = match day.year {
        Year::Stated(year) => Some(year),
        Year::Every => None,
        Year::OfReturn => known,
    };
    // 2月底 of no certain year is the 28th, a day that every year has; a typed 29th stays.
    let last = days(day.month, year)?;
    let longest = if day.month == 2 && year.is_none() { 29 } else { last };
    let number = day.number.unwrap_or(last);
    if !(1..=longest).contains(&number) {
        return None;
    }
    let year = year.map_or_else(|| "-".to_owned(), |year| format!("{year:04}"));
    let per = (day.year == Year::Every).then_some(Per::Year);
    Some(Reading::Date { op, date: format!("{year}-{:02}-{number:02}", day.month), per })
}

/// The length of a month.
fn days(month: u32, year: Option<u32>) -> Option<u32> {
    let leap = year.is_some_and(|year| {
        year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
    });
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => Some(31),
        4 | 6 | 9 | 11 => Some(30),
        2 => Some(if leap { 29 } else { 28 }),
        _ => None,
    }
}
