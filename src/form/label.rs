//! Label normalisation: what of a printed label is compared.

use memchr::{memchr_iter, memchr2};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use crate::model::{
    money::Unit,
    simplified::{is_simplified, simplified},
};

/// The longest text, in characters, that can be a label.
const LONGEST: usize = 60;

/// A text as a label: its key, and the unit that a bracket states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Width, brackets, white space, traditional forms and trailing marks folded away.
    pub key: String,
    /// The unit in a bracket, `（万元）`.
    pub unit: Option<Unit>,
}

/// The text as a label; `None` when it is too long for one or holds no word.
pub fn normal(text: &str) -> Option<Label> {
    if text.len() > LONGEST * 4 || (text.len() > LONGEST && text.chars().count() > LONGEST) {
        return None;
    }
    let mut key = String::with_capacity(text.len());
    // Most labels begin with characters that stay as they are, or hold no others.
    let (plain, rest) = text.split_at(text.find(|c| !stays(c)).unwrap_or(text.len()));
    key.push_str(plain);
    let (mut bracket, mut first_bracket) = (String::new(), None);
    let mut unit = None;
    let mut depth = 0_u32;
    // Where the text since the last bracket begins: a closing bracket without an opening one drops it.
    let mut since = 0;
    each_folded(rest, |c| match c {
        _ if is_plain(c) && depth == 0 => key.push(simplified(c)),
        '(' | '[' | '〔' | '【' | '{' | '〈' => {
            depth += 1;
            bracket.clear();
        }
        ')' | ']' | '〕' | '】' | '}' | '〉' => {
            if depth == 0 {
                // 其他需完成的任务（可选）填), but 绩效指标).
                if since > 0 {
                    key.truncate(since);
                }
            } else {
                depth -= 1;
                unit = unit.or_else(|| unit_in(&bracket));
                first_bracket.get_or_insert_with(|| bracket.clone());
            }
            since = key.len();
        }
        _ if c.is_whitespace() || is_combining_mark(c) || is_invisible(c) => {}
        _ if depth > 0 => bracket.push(c),
        _ => key.push(simplified(c)),
    });
    if depth > 0 {
        unit = unit.or_else(|| unit_in(&bracket));
        first_bracket.get_or_insert(bracket);
    }
    // A label that is all in brackets, as 【绩效指标】; （一） and （万元） are none.
    if key.is_empty()
        && unit.is_none()
        && let Some(inside) = first_bracket.filter(|inside| inside.chars().count() > 1)
    {
        key.extend(inside.chars().map(simplified));
    }
    let is_mark = |c| matches!(c, ':' | '∶' | '*' | '★' | '☆' | '、' | ',' | '。' | '#' | '_');
    key.truncate(key.trim_end_matches(is_mark).len());
    let marks = key.len() - key.trim_start_matches(is_mark).len();
    if marks > 0 {
        key.drain(..marks);
    }
    if let Some(bare) = ["可选填", "选填"].iter().find_map(|words| key.strip_suffix(words)) {
        key.truncate(bare.len());
    }
    let (bare, unit_behind) = without_unit(&key);
    key.truncate(bare.len());
    (!key.is_empty()).then_some(Label { key, unit: unit.or(unit_behind) })
}

/// A label without the unit that stands behind it in no bracket: `预算金额万元`, `预算金额/万元`, `资金“万元”`. A label that
/// is nothing but a unit keeps its key.
fn without_unit(key: &str) -> (&str, Option<Unit>) {
    const QUOTES: [char; 10] = ['“', '”', '"', '\'', '‘', '’', '《', '》', '<', '>'];
    let units = [Unit::TenThousand, Unit::Thousand, Unit::HundredMillion, Unit::Yuan];
    let inner = key.trim_end_matches(QUOTES);
    if !inner.ends_with('元') {
        return (key, None);
    }
    let Some((rest, unit)) =
        units.into_iter().find_map(|unit| Some((inner.strip_suffix(unit.name())?, unit)))
    else {
        return (key, None);
    };
    let rest = rest.trim_end_matches([':', '/', ',', '、', '-', '—']).trim_end_matches(QUOTES);
    if rest.is_empty() {
        return (key, Some(unit));
    }
    let says = rest.chars().count() > 1
        && !rest.ends_with("单位")
        && !rest.contains(|c: char| c.is_ascii_digit());
    if says { (rest, Some(unit)) } else { (key, None) }
}

/// A label's key without the number, the 其中 or the 本 before it: 一、总体绩效目标, 1.基本支出, 其中:基本支出,
/// 本年度重点工作任务.
pub fn unnumbered(key: &str) -> Option<&str> {
    if let Some(label) = key.strip_prefix('本').filter(|label| label.starts_with("年度")) {
        return Some(label);
    }
    let is_number = |c: char| match c {
        '\u{4e00}'..='\u{9fff}' => {
            matches!(c, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十')
        }
        c => c.is_numeric(),
    };
    if !key.starts_with(|c| c == '其' || c == ':' || is_number(c)) {
        return None;
    }
    let rest = key.strip_prefix("其中").unwrap_or(key).trim_start_matches(':');
    let behind = rest.trim_start_matches(is_number);
    let number = rest.chars().count() - behind.chars().count();
    let label = behind
        .strip_prefix(['、', '.', ':', ','])
        .filter(|_| number > 0)
        // ①财政拨款, but no year before a label.
        .or_else(|| (number > 0 && number < 3).then_some(behind))
        .unwrap_or(rest);
    (label.len() < key.len() && !label.is_empty()).then_some(label)
}

/// The label before the first colon and the value behind it: `批复单位：东莞市财政局`. A colon within a bracket of the
/// label is none, unless the bracket holds the whole text or never closes.
pub fn split_inline(text: &str) -> Option<(&str, &str)> {
    // Most texts have none of the colons: the wide ones begin with this byte, the ratio's with another that dashes share.
    let bytes = text.as_bytes();
    if memchr2(b':', 0xef, bytes).is_none()
        && !memchr_iter(0xe2, bytes).any(|at| bytes.get(at + 1) == Some(&0x88))
    {
        return None;
    }
    let (mut depth, mut inside) = (0_u32, None);
    let whole = text.trim_start().starts_with(['(', '（', '[', '［', '【', '〔']);
    let (mut at, mut found) = (0, None);
    for c in text.chars() {
        // What stands before would be too long for a label.
        if at > LONGEST * 4 && inside.is_none() {
            return None;
        }
        match c {
            '(' | '（' | '[' | '［' | '【' | '〔' => depth += 1,
            ')' | '）' | ']' | '］' | '】' | '〕' => depth = depth.saturating_sub(1),
            ':' | '：' | '︰' | '﹕' | '∶' if depth == 0 || whole => {
                found = Some((at, c));
                break;
            }
            ':' | '：' | '︰' | '﹕' | '∶' => inside = inside.or(Some((at, c))),
            _ => {}
        }
        at += c.len_utf8();
    }
    let (at, colon) = found.or(inside.filter(|_| depth > 0))?;
    Some((&text[..at], text[at + colon.len_utf8()..].trim()))
}

/// The unit that a bracket or a line states: 万元, 单位：元, 人民币万元. One that states two states none: 万元、元, or
/// 万元（任务：元）.
pub fn unit_in(text: &str) -> Option<Unit> {
    let folded = folded(text);
    let (outer, inner) = match folded.split_once('(') {
        Some((outer, inner)) if !outer.is_empty() => (outer, inner.trim_end_matches(')')),
        _ => (folded.as_str(), ""),
    };
    let mut found = None;
    for piece in outer.split(SEPARATORS).chain(inner.split(SEPARATORS)) {
        match unit_of_piece(piece) {
            Some(unit) if found.is_none_or(|known| known == unit) => found = Some(unit),
            Some(_) => return None,
            None if states_another(piece) => return None,
            None => {}
        }
    }
    found
}

const SEPARATORS: [char; 4] = [',', ';', '、', '。'];

/// The unit that a piece of a statement is, behind its label: 单位:元, RMB万元.
fn unit_of_piece(piece: &str) -> Option<Unit> {
    let (label, named) = piece.rsplit_once(':').unwrap_or(("", piece));
    let code = ["RMB", "CNY"].iter().find_map(|code| named.strip_prefix(code));
    // 元单位:万元
    Unit::from_name(code.unwrap_or(named)).filter(|_| !label.contains('元'))
}

/// Whether a piece speaks of a unit all the same, 任务以元为单位; 精确到元, 不是元 or 1万元=10000元 take nothing away.
fn states_another(piece: &str) -> bool {
    piece.contains('元') && ["单位", "以元", "以万元"].iter().any(|word| piece.contains(word))
}

/// What a bracket of a label states as a unit of money that no form has: 百万元, 万美元, USD.
pub fn strange_unit(text: &str) -> Option<String> {
    const OF_UNITS: &str = "0123456789十百千万亿美港欧日澳加英镑台新人民币元";
    const CODES: [&str; 4] = ["USD", "EUR", "HKD", "JPY"];
    // Cheap before exact: none of these becomes a bracket.
    if text.chars().all(is_plain) {
        return None;
    }
    let folded = folded(text);
    let mut known = None;
    let mut rest = folded.as_str();
    while let Some(open) = rest.find('(') {
        let inside = &rest[open + 1..];
        let end = inside.find(')').unwrap_or(inside.len());
        let stated = inside[..end].rsplit(':').next().unwrap_or_default();
        let money = (stated.ends_with('元') || stated.ends_with("英镑"))
            && stated.chars().all(|c| OF_UNITS.contains(c) || ",;、".contains(c));
        let code = CODES.iter().any(|code| stated.contains(code));
        // （元）（万元）
        match (unit_in(stated), known) {
            (Some(unit), Some(other)) if unit != other => {
                return Some(format!("{}、{}", other.name(), unit.name()));
            }
            (unit, _) => known = known.or(unit),
        }
        if (money || code) && unit_in(stated).is_none() {
            return Some(stated.to_owned());
        }
        rest = &inside[end..];
    }
    None
}

/// A text in its compatibility form, without white space.
pub(crate) fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    each_folded(text, |c| {
        if !c.is_whitespace() {
            folded.push(c);
        }
    });
    folded
}

/// Visits the characters of a text in their compatibility form. The common ones need no table.
fn each_folded(text: &str, mut visit: impl FnMut(char)) {
    for c in text.chars() {
        match c {
            '\u{4e00}'..='\u{9fff}'
            | ' '..='~'
            | '\n'
            | '\t'
            | '“'
            | '”'
            | '—'
            | '、'
            | '。'
            | '《'
            | '》' => visit(c),
            '\u{ff01}'..='\u{ff5e}' => visit(char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c)),
            '\u{3000}' => visit(' '),
            _ => std::iter::once(c).nfkc().for_each(&mut visit),
        }
    }
}

/// Whether a character stands in a key as it is, but for its traditional form.
fn is_plain(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '0'..='9' | 'A'..='Z' | 'a'..='z')
}

/// Whether a character stands in a key as it is.
fn stays(c: char) -> bool {
    is_simplified(c) || c.is_ascii_alphanumeric()
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_that_no_form_has_are_seen() {
        for (text, want) in [
            ("拟投入的资金（元）（万元）", Some("元、万元")),
            ("拟投入的资金（万元、元）", Some("万元、元")),
            ("预算金额（万元）（单位：万元）", None),
            ("预算金额（百万元）", Some("百万元")),
            ("预算金额（单位：万美元）", Some("万美元")),
            ("金额(USD)", Some("USD")),
            ("预算金额（10万元）", Some("10万元")),
            ("预算金额（万元）", None),
            ("预算金额（人民币元）", None),
            ("预算金额（保留两位小数，元）", None),
            ("其他需完成的任务（可选填）", None),
        ] {
            assert_eq!(strange_unit(text).as_deref(), want, "{text}");
        }
        assert_eq!(unit_in("保留两位小数，元"), Some(Unit::Yuan));
        assert_eq!(unit_in("RMB 万元"), Some(Unit::TenThousand));
    }

    #[test]
    fn a_colon_within_a_bracket_splits_nothing() {
        for (text, want) in [
            ("批复单位：东莞市财政局", Some(("批复单位", "东莞市财政局"))),
            ("任务（名称：主要）", None),
            ("部门（单位：全称）名称：档案中心", Some(("部门（单位：全称）名称", "档案中心"))),
            ("（填报单位：档案中心）", Some(("（填报单位", "档案中心）"))),
            ("部门（名称：档案中心", Some(("部门（名称", "档案中心"))),
        ] {
            assert_eq!(split_inline(text), want, "{text}");
        }
    }

    #[test]
    fn numbers_before_labels_go() {
        for (key, want) in [
            ("1财政拨款", Some("财政拨款")),
            ("1.财政拨款", Some("财政拨款")),
            ("一、总体目标", Some("总体目标")),
            ("其中:财政拨款", Some("财政拨款")),
            ("本年度重点工作任务", Some("年度重点工作任务")),
            ("2023基本支出", None),
            ("财政拨款", None),
        ] {
            assert_eq!(unnumbered(key), want, "{key}");
        }
    }

    #[test]
    fn labels_fold_to_one_key() {
        let cases = [
            ("部门名称", "部门名称"),
            (" 部 门 名\n称：", "部门名称"),
            ("部门（单位）名称", "部门名称"),
            ("*填报单位（盖章）", "填报单位"),
            ("其他需完成的任务（可选", "其他需完成的任务"),
            ("其他需完成的任务（可选）填)", "其他需完成的任务"),
            ("⼯作任务", "工作任务"),
            ("預算金額【萬元】", "预算金额"),
            ("合　计", "合计"),
            ("期望达到的目标[概述]", "期望达到的目标"),
            ("预算金额万元", "预算金额"),
            ("预算金额：元", "预算金额"),
            ("单位：万元", "单位:万元"),
            ("【其他需完成的任务】", "其他需完成的任务"),
            ("（绩效指标）", "绩效指标"),
            ("绩效指标）", "绩效指标"),
            ("（绩效指标", "绩效指标"),
            ("拟投入的资金元）", "拟投入的资金"),
            ("拟投入的资金“万元”", "拟投入的资金"),
            ("其他需完成任务可选填）", "其他需完成任务"),
            ("万元", "万元"),
            ("其它资金（万元）", "其他资金"),
        ];
        for (text, want) in cases {
            assert_eq!(normal(text).unwrap().key, want, "{text}");
        }
        for text in ["（万元）", "（）", "（一）"] {
            assert_eq!(normal(text), None, "{text}");
        }
        for text in ["拟投入的资金“万元”", "万元", "万元（拟投入的资金）", "拟投入的资金《万元》"]
        {
            assert_eq!(normal(text).unwrap().unit, Some(Unit::TenThousand), "{text}");
        }
    }
}
