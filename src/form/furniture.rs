//! Words around a form that belong to no block: page numbers, attachment marks, unit lines, notes, titles.

use memchr::memchr2;

use super::label;
use crate::model::{money::Unit, year};

/// Beginnings of lines that a clerk wants kept.
const NOTE_WORDS: &[&str] = &[
    "填表人",
    "填报人",
    "填表说明",
    "填报说明",
    "填写说明",
    "填表日期",
    "填报日期",
    "填制日期",
    "填报时间",
    "填表时间",
    "联系人",
    "联系电话",
    "联系方式",
    "电话",
    "经办人",
    "制表人",
    "审核人",
    "复核人",
    "负责人",
    "单位负责人",
    "部门负责人",
    "财务负责人",
    "分管领导",
    "注",
    "备注",
    "说明",
    "日期",
    "部门编号",
    "单位编号",
    "部门编码",
    "单位编码",
    "审核意见",
    "审批意见",
    "盖章",
    "签字",
    "附注",
    "制表",
    "填表",
    "填报",
    "审核",
    "复核",
    "校对",
    "签章",
    "公章",
    "主管领导",
];

/// The text without width, brackets and white space, as far as furniture is concerned.
fn folded(text: &str) -> Option<String> {
    if text.len() > 160 {
        return None;
    }
    Some(label::folded(text))
}

/// Whether the text is printed matter that says nothing about the return: 附件2, 第2页, 续表, 单位：万元.
pub fn is_furniture(text: &str) -> bool {
    // Each of them holds one of these words.
    if text.len() > 160 || !begins_like_furniture(text) {
        return false;
    }
    let Some(text) = folded(text) else { return false };
    let inner = text.trim_matches(['(', ')', '[', ']', '-', '—', '【', '】']);
    is_attachment(inner)
        || is_page_number(inner)
        || is_carried_over(inner)
        || unit_line(inner).is_some()
        || (inner.trim_matches('_') == "年度" && inner.len() < text.len())
}

/// Whether the first character allows it. Those that are folded to another one are let through.
fn begins_like_furniture(text: &str) -> bool {
    let first = text.chars().find(|c| !c.is_whitespace() && !"()（）[]［］【】-—－".contains(*c));
    first.is_some_and(|first| match first {
        '\u{4e00}'..='\u{9fff}' => "附第共续接转见下承单金计货年單貨計續轉".contains(first),
        first => !first.is_ascii_alphanumeric(),
    })
}

/// Words that say that a table goes on.
fn is_carried_over(text: &str) -> bool {
    const WORDS: [&str; 12] = [
        "续表",
        "续",
        "续上表",
        "续前表",
        "续下页",
        "接上表",
        "接上页",
        "接下页",
        "转下页",
        "见下页",
        "下页续",
        "承上页",
    ];
    WORDS.contains(&text)
}

fn is_attachment(text: &str) -> bool {
    let rest = ["附件", "附表", "附录", "附"].iter().find_map(|word| text.strip_prefix(word));
    let is_number = |c: char| c.is_numeric() || "一二三四五六七八九十-.、:之".contains(c);
    rest.is_some_and(|rest| rest.chars().all(is_number)) && text != "附"
}

fn is_page_number(text: &str) -> bool {
    if !text.ends_with('页') || !(text.starts_with('第') || text.starts_with('共')) {
        return false;
    }
    let rest: String = text.chars().filter(|c| !"第共页,、/".contains(*c)).collect();
    rest.chars().all(|c| c.is_numeric() || "一二三四五六七八九十".contains(c))
}

/// Whether the text, alone on its row, is a page number without words: `- 2 -`.
pub fn is_bare_page_number(text: &str) -> bool {
    let Some(text) = folded(text) else { return false };
    let dash = |c: char| matches!(c, '-' | '—' | '–' | '~');
    let inner = text.trim_matches(dash);
    text.starts_with(dash)
        && text.ends_with(dash)
        && inner.len() < 4
        && !inner.is_empty()
        && inner.bytes().all(|b| b.is_ascii_digit())
}

/// Whether the text is a whole date and nothing else, as under a signature: 2025年1月10日, 年 月 日.
pub fn is_date(text: &str) -> bool {
    // Cheap before exact: it begins with a numeral, or with the mark of one that is missing.
    const FIRST: &str = "年〇○一二三四五六七八九十-/.";
    let begins = |first: char| match first {
        '\u{4e00}'..='\u{9fff}' => FIRST.contains(first),
        _ => !first.is_alphabetic(),
    };
    if !text.chars().find(|c| !c.is_whitespace()).is_some_and(begins) {
        return false;
    }
    let Some(text) = folded(text) else { return false };
    let shape: String = text
        .chars()
        .filter(|c| !c.is_numeric() && !"〇○一二三四五六七八九十".contains(*c))
        .collect();
    let whole =
        text.len() > shape.len() && matches!(shape.as_str(), "--" | "//" | "..") && text.len() >= 8;
    whole || shape == "年月日"
}

/// The unit that a line of its own states: `单位：万元`, `金额单位：元`.
pub fn unit_line(text: &str) -> Option<Unit> {
    // Cheap before exact: a colon of either width, which few texts have, and 单位.
    memchr2(b':', 0xef, text.as_bytes()).filter(|_| text.contains('位'))?;
    let text = folded(text)?;
    let inner = text.trim_matches(['(', ')', '[', ']']);
    let (label, unit) = inner.split_once(':')?;
    let named = matches!(label, "单位" | "金额单位" | "计量单位" | "货币单位" | "计价单位");
    named.then(|| label::unit_in(unit)).flatten()
}

/// The unit of a text that is nothing but one, in brackets or not: （万元）, 元.
pub fn bare_unit(text: &str) -> Option<Unit> {
    // Cheap before exact.
    if text.len() > 90 || !text.contains(['元', '圆', '万', '萬', '亿', '億']) {
        return None;
    }
    Unit::from_name(folded(text)?.trim_matches(['(', ')', '[', ']']))
}

/// The unit that a line of several pieces states: `（2025年度） 单位：万元`. Two units state none.
pub fn unit_in_line(text: &str) -> Option<Unit> {
    unit_line(text).or_else(|| one_unit(text).ok().flatten())
}

/// A line states two units.
struct Two;

/// The only unit that the pieces of a line state, if any.
fn one_unit(text: &str) -> Result<Option<Unit>, Two> {
    let mut units = year::pieces(text).filter_map(unit_line);
    let first = units.next();
    if units.all(|unit| Some(unit) == first) { Ok(first) } else { Err(Two) }
}

/// Whether a text is nothing but a year, a unit or other printed matter, in one piece or in several. A line of two units is
/// not: somebody must be told.
pub fn is_matter(text: &str) -> bool {
    let whole = |text: &str| year::alone(text).is_some() || is_furniture(text);
    text.len() <= 160 && (whole(text) || year::pieces(text).all(whole) && one_unit(text).is_ok())
}

/// A value without the year or the unit that is printed at the right of its line, behind white space, and those.
pub fn without_matter(value: &str) -> (&str, &str) {
    let gaps = value.char_indices().filter(|(_, c)| c.is_whitespace()).map(|(at, _)| at);
    for at in gaps {
        let (text, tail) = value.split_at(at);
        if is_matter(tail.trim()) {
            return (text.trim_end(), tail.trim());
        }
    }
    (value, "")
}

/// Whether the text begins like a line that is kept as a note: 填表人：…, 联系电话 …, 注：…
pub fn is_note(text: &str) -> bool {
    let is_outer =
        |c: char| c.is_whitespace() || matches!(c, '(' | '（' | '*' | '※' | '[' | '★' | '［');
    let first = text.chars().find(|c| !is_outer(*c));
    if !first.is_some_and(begins_like_note) {
        return false;
    }
    let start: String = text.chars().take(24).collect();
    let Some(start) = folded(&start) else { return false };
    let start = start.trim_start_matches(['(', '*', '※', '[', '★']);
    NOTE_WORDS.iter().any(|word| {
        let Some(rest) = start.strip_prefix(word) else { return false };
        let rest =
            rest.trim_start_matches(|c: char| c.is_numeric() || matches!(c, ')' | '(' | ']'));
        let ends = rest.is_empty() && word.chars().count() > 2;
        ends || rest.starts_with([':', '.', '、', ','])
            || (rest.starts_with('签') && word.ends_with('人'))
    })
}

/// Whether the text belongs to the foot of a form: a note's beginning or one of its words alone, a date.
pub fn is_of_foot(text: &str) -> bool {
    let first = text.chars().find(|c| !c.is_whitespace() && !matches!(c, '(' | '（'));
    let word = || {
        first.is_some_and(begins_like_note)
            && folded(text).is_some_and(|text| NOTE_WORDS.contains(&text.trim_matches(['(', ')'])))
    };
    is_note(text) || is_date(text) || word()
}

/// Whether a note's beginning is that of a remark, which may be a name as well: 备注：建设.
pub fn is_remark(text: &str) -> bool {
    const REMARKS: [&str; 4] = ["注", "备注", "附注", "说明"];
    is_note(text)
        && folded(text).is_some_and(|text| {
            let text = text.trim_start_matches(['(', '[', '*', '※', '★']);
            REMARKS.iter().any(|word| text.starts_with(word))
        })
}

/// Whether a character begins one of [`NOTE_WORDS`], or what is folded to one.
#[rustfmt::skip]
fn begins_like_note(first: char) -> bool {
    matches!(
        first,
        '填' | '联' | '电' | '经' | '制' | '审' | '复' | '负' | '单' | '部' | '财' | '分' | '注' | '备' | '说' | '日' | '盖'
            | '签' | '附' | '⼈'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_what_is_printed_around_a_form() {
        let furniture = [
            "附件2",
            "附件2-1：",
            "第 2 页",
            "第2页，共3页",
            "- 第2页 -",
            "续表",
            "（续表）",
            "单位：万元",
            "（金额单位：元）",
            "（    年度）",
            "( ____年度)",
        ];
        for text in furniture {
            assert!(is_furniture(text), "{text}");
        }
        for text in ["附则", "年度", "第一季度", "单位：东莞市", "产出指标", "附"]
        {
            assert!(!is_furniture(text), "{text}");
        }
    }

    #[test]
    fn knows_notes_by_their_beginning() {
        for text in [
            "填表人：张三",
            "联系电话：0769-1234",
            "注：1. 本表一式两份",
            "备注1：见附表",
            "填表说明",
            "（盖章）：",
            "单位负责人签字：",
        ] {
            assert!(is_note(text), "{text}");
        }
        for text in ["注重实效", "说明会场次", "注", "产出指标", "电话接通率"] {
            assert!(!is_note(text), "{text}");
        }
    }
}
