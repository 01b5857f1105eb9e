//! The period that an amount is for: 年均, 每季度, 次/年.

use super::Per;

/// An amount has a period, but which cannot be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Untold;

/// Words before an amount, longest first.
const BEFORE: [(&str, Per); 20] = [
    ("每个年度", Per::Year),
    ("每年度", Per::Year),
    ("每年", Per::Year),
    ("年均", Per::Year),
    ("每个季度", Per::Quarter),
    ("每季度", Per::Quarter),
    ("季度均", Per::Quarter),
    ("每季", Per::Quarter),
    ("季均", Per::Quarter),
    ("每个月", Per::Month),
    ("每月", Per::Month),
    ("月均", Per::Month),
    ("每个星期", Per::Week),
    ("每星期", Per::Week),
    ("每周", Per::Week),
    ("周均", Per::Week),
    ("每天", Per::Day),
    ("每日", Per::Day),
    ("天均", Per::Day),
    ("日均", Per::Day),
];

/// What stands behind the stroke of 次/年, longest first.
const BEHIND_STROKE: [(&str, Per); 14] = [
    ("年度", Per::Year),
    ("年", Per::Year),
    ("个季度", Per::Quarter),
    ("季度", Per::Quarter),
    ("季", Per::Quarter),
    ("个月", Per::Month),
    ("月", Per::Month),
    ("星期", Per::Week),
    ("周", Per::Week),
    ("天", Per::Day),
    ("日", Per::Day),
    ("每年", Per::Year),
    ("每季度", Per::Quarter),
    ("每月", Per::Month),
];

/// Periods that are none of ours, so that an amount for one of them cannot be told.
const OTHER_PERIODS: [&str; 15] = [
    "每半", "每两", "每二", "每三", "每四", "每五", "每六", "每十", "每学", "每旬", "每隔", "每届",
    "每几", "半年", "隔年",
];

/// What makes 年均 and its kind part of another word: 近三年均, 工作日均, 青年均.
const BEFORE_MEAN: [char; 20] = [
    '一', '二', '两', '三', '四', '五', '六', '七', '八', '九', '十', '作', '生', '青', '少', '每',
    '个', '几', '各', '假',
];

/// Takes a period off the end of the words before an amount.
pub(super) fn strip_before(head: &str) -> Option<(&str, Per)> {
    let (word, per) = BEFORE.iter().find(|(word, _)| head.ends_with(word))?;
    let rest = &head[..head.len() - word.len()];
    stands_alone(rest, word).then_some((rest.strip_suffix("平均").unwrap_or(rest), *per))
}

/// Takes a period off the end of the words behind an amount.
pub(super) fn strip_after(tail: &str) -> Option<(&str, Per)> {
    if let Some((rest, inside)) = tail.strip_suffix(')').and_then(|text| text.rsplit_once('(')) {
        let (_, per) = BEFORE.iter().find(|(word, _)| inside == *word)?;
        return Some((rest, *per));
    }
    if let Some((rest, period)) = tail.rsplit_once('/')
        && let Some((_, per)) = BEHIND_STROKE.iter().find(|(word, _)| period == *word)
    {
        return Some((rest, *per));
    }
    BEFORE.iter().find_map(|(word, per)| Some((tail.strip_suffix(word)?, *per)))
}

/// The one period that the words before an amount name anywhere.
///
/// [`Untold`] says that they name two, or one that is none of ours. A share has a period only in a mean (年均增长率):
/// 每日巡查覆盖率 is no share per day.
pub(super) fn in_head(head: &str, share: bool) -> Result<Option<Per>, Untold> {
    if head.is_empty() {
        return Ok(None);
    }
    if OTHER_PERIODS.iter().any(|word| head.contains(word)) {
        return Err(Untold);
    }
    // 月≥2次
    if let Some((_, per)) = BEHIND_STROKE.iter().find(|(word, _)| head == *word) {
        return Ok(Some(*per));
    }
    let mut found = None;
    for (word, per) in BEFORE {
        let mut places = head.match_indices(word).map(|(at, _)| &head[..at]);
        let named = places.any(|before| stands_alone(before, word));
        if !named || (share && !word.ends_with('均')) {
            continue;
        }
        if found.is_some_and(|other| other != per) {
            return Err(Untold);
        }
        found = Some(per);
    }
    Ok(found)
}

fn stands_alone(before: &str, word: &str) -> bool {
    !word.ends_with('均')
        || !before.ends_with(|c: char| c.is_ascii_digit() || BEFORE_MEAN.contains(&c))
}
