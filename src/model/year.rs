//! The budget year in a title, on a line of its own, in the name of a sheet or a file.

use unicode_normalization::UnicodeNormalization;

/// Years that a return can be of.
pub const YEARS: std::ops::RangeInclusive<i32> = 1950..=2199;

/// Labels of a line of the year.
const LABELS: [&str; 9] = [
    "预算年度",
    "编制年度",
    "申报年度",
    "填报年度",
    "绩效年度",
    "目标年度",
    "所属年度",
    "年度",
    "年份",
];

/// The year that a title states: 2025年…, （2025年度）, 二〇二五年度.
pub fn in_title(title: &str) -> Option<i32> {
    let folded: String = title.nfkc().filter(|c| !c.is_whitespace()).collect();
    match years_before_nian(&folded, true).as_slice() {
        [] => bare(&folded),
        _ => before_nian(&folded, true),
    }
}

/// The year of a text that states nothing else: （2025年度）, 2025年, 二〇二五年度, 年度：2025.
pub fn alone(text: &str) -> Option<i32> {
    let open = |c| matches!(c, '(' | '（' | '[' | '［' | '〔' | '【');
    if text.len() > 60 || !(text.contains('年') || text.trim_start().starts_with(open)) {
        return None;
    }
    let folded: String = text.nfkc().filter(|c| !c.is_whitespace()).collect();
    let inner = folded.trim_matches(['(', ')', '[', ']', '〔', '〕', '【', '】']);
    let labelled = LABELS.iter().find_map(|label| inner.strip_prefix(label)?.strip_prefix(':'));
    let stem = labelled.unwrap_or(inner);
    let number = stem.strip_suffix("年度").or_else(|| stem.strip_suffix('年'));
    let bracketed = inner.len() < folded.len();
    let number = number.or_else(|| (labelled.is_some() || bracketed).then_some(stem))?;
    let chars: Vec<char> = number.chars().collect();
    (chars.len() == 4).then(|| four_digits(&chars, true)).flatten()
}

/// The year of two cells, the label of one and its number: 预算年度 | 2025.
pub fn in_pair(label: &str, number: &str) -> Option<i32> {
    if label.len() > 60 || number.len() > 60 {
        return None;
    }
    let label: String = label.nfkc().filter(|c| !c.is_whitespace() && *c != ':').collect();
    LABELS.contains(&label.as_str()).then(|| alone(&format!("{label}:{number}"))).flatten()
}

/// The pieces of a line, between blanks, commas and semicolons.
pub fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let parts = |c: char| c.is_whitespace() || matches!(c, ',' | '，' | ';' | '；');
    text.split(parts).filter(|piece| !piece.is_empty())
}

/// The year of a line of several pieces, one of which states nothing else: `（2025年度） 单位：万元`.
pub fn in_line(text: &str) -> Option<i32> {
    alone(text).or_else(|| pieces(text).find_map(alone))
}

/// The year in the name of a sheet or of a file: four digits before 年.
pub fn in_name(name: &str) -> Option<i32> {
    // Cheap before exact; the second is folded to the first.
    if !name.contains(['年', '\u{f98e}']) {
        return None;
    }
    let folded: String = name.nfkc().filter(|c| !c.is_whitespace()).collect();
    before_nian(&folded, false)
}

/// The one year before a 年; none where two different ones stand or a range of years.
fn before_nian(text: &str, chinese: bool) -> Option<i32> {
    let years = years_before_nian(text, chinese);
    let first = (*years.first()?)?;
    years.iter().all(|year| *year == Some(first)).then_some(first)
}

/// The years that stand before a 年; `None` for one that ends a range or a list: 2025-2027年, 2024、2025年.
fn years_before_nian(text: &str, chinese: bool) -> Vec<Option<i32>> {
    let chars: Vec<char> = text.chars().collect();
    let mut found = Vec::new();
    for (at, _) in chars.iter().enumerate().filter(|(_, c)| **c == '年') {
        let Some(start) = at.checked_sub(4) else { continue };
        let Some(year) = four_digits(&chars[start..at], chinese) else { continue };
        let before = |by: usize| start.checked_sub(by).map(|index| chars[index]);
        let ranged = before(1).is_some_and(|c| c.is_ascii_digit() || "-~—–至到".contains(c));
        let listed = before(1).is_some_and(|c| "、,，和及与".contains(c))
            && before(2).is_some_and(|c| c.is_ascii_digit() || c == '年');
        found.push((!ranged && !listed).then_some(year));
    }
    found
}

/// A year without 年 at the very start or in brackets of its own.
fn bare(text: &str) -> Option<i32> {
    let chars: Vec<char> = text.chars().collect();
    if let Some(year) = chars.get(..4).and_then(|digits| four_digits(digits, false)) {
        let next = chars.get(4);
        return next
            .is_some_and(|c| !c.is_ascii_digit() && !"-~—–至到./".contains(*c))
            .then_some(year);
    }
    let open = chars.iter().position(|c| *c == '(')?;
    let year = chars.get(open + 1..open + 5).and_then(|digits| four_digits(digits, false))?;
    let rest: String = chars[open + 5..].iter().take(3).collect();
    (rest.starts_with(')') || rest.starts_with("年度)")).then_some(year)
}

fn four_digits(chars: &[char], chinese: bool) -> Option<i32> {
    let mut year = 0;
    for c in chars {
        let digit = match c {
            '0'..='9' => c.to_digit(10)?,
            _ if !chinese => return None,
            '〇' | '○' | '零' | 'О' | 'O' => 0,
            _ => {
                u32::try_from("一二三四五六七八九".chars().position(|digit| digit == *c)?).ok()? + 1
            }
        };
        year = year * 10 + i32::try_from(digit).ok()?;
    }
    YEARS.contains(&year).then_some(year)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_state_their_year() {
        let cases = [
            ("2025年沙田镇部门整体预算绩效目标表", Some(2025)),
            ("沙田镇部门整体预算绩效目标表（2025年度）", Some(2025)),
            ("二〇二五年度部门整体支出绩效目标表", Some(2025)),
            ("２０２５年部门整体支出绩效目标表", Some(2025)),
            ("2025部门整体支出绩效目标表", Some(2025)),
            ("部门整体支出绩效目标表（2025）", Some(2025)),
            ("2024-2026年部门整体支出绩效目标表", None),
            ("部门整体支出绩效目标表", None),
            ("2025年至2027年部门整体支出绩效目标表", None),
            ("2024、2025年部门整体支出绩效目标表", None),
            ("沙田镇、2025年部门整体支出绩效目标表", Some(2025)),
            ("1年期绩效目标表", None),
        ];
        for (title, want) in cases {
            assert_eq!(in_title(title), want, "{title}");
        }
    }

    #[test]
    fn only_a_text_of_nothing_else_is_a_year_line() {
        let cases = [
            ("（2025年度）", Some(2025)),
            ("2025年", Some(2025)),
            ("( 2025 年度 )", Some(2025)),
            ("二○二五年度", Some(2025)),
            ("年度：2025", Some(2025)),
            ("编制年度：2025", Some(2025)),
            ("（2025）", Some(2025)),
            ("（12025）", None),
            ("〔2025〕3号", None),
            ("填报日期：2025", None),
            ("2025", None),
            ("2025年1月1日", None),
            ("填报日期：2025年", None),
            ("国发〔2024〕3号", None),
        ];
        for (text, want) in cases {
            assert_eq!(alone(text), want, "{text}");
        }
    }

    #[test]
    fn a_line_may_state_the_year_beside_other_matter() {
        for (text, want) in [
            ("（2025年度） 单位：万元", Some(2025)),
            ("（2025年度，单位：元）", Some(2025)),
            ("单位：元；2025年", Some(2025)),
            ("单位：元", None),
        ] {
            assert_eq!(in_line(text), want, "{text}");
        }
    }

    #[test]
    fn names_count_only_with_digits_before_nian() {
        let cases = [
            ("2025年目标.xlsx", Some(2025)),
            ("2025.xlsx", None),
            ("二〇二五年", None),
            ("12025年", None),
        ];
        for (name, want) in cases {
            assert_eq!(in_name(name), want, "{name}");
        }
    }
}
