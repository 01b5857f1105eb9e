//! What notes say of the unit of amounts, in words: 注：金额单位为元; 预算以万元为单位，任务以元为单位.

use super::label;
use crate::model::{field_path::TaskList, money::Unit, simplified::simplified};

#[cfg(test)]
mod tests;

/// For which amounts a note speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// Those of the whole form.
    All,
    /// Those of the budget.
    Budget,
    /// Those of the tasks, of one list or of both.
    Tasks(Option<TaskList>),
}

impl Whose {
    /// How closely they are named.
    pub(super) fn rank(self) -> u8 {
        match self {
            Self::All => 0,
            Self::Budget | Self::Tasks(None) => 1,
            Self::Tasks(Some(_)) => 2,
        }
    }

    /// Whether the budget's amounts are among them.
    pub fn budget(self) -> bool {
        matches!(self, Self::All | Self::Budget)
    }

    /// Whether a list's amounts are among them.
    pub fn tasks(self, list: TaskList) -> bool {
        match self {
            Self::All => true,
            Self::Budget => false,
            Self::Tasks(of) => of.is_none_or(|of| of == list),
        }
    }
}

/// What a note says of units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Says {
    /// Which unit whose amounts have.
    Units(Vec<(Whose, Unit)>),
    /// It names units of amounts, but not for certain which, or whose.
    Unclear,
    /// It names a unit of money in words that are not understood, and may mean anything by it.
    Mentions,
}

/// What a text says of the unit of amounts; `None` when it speaks of none.
pub fn says(text: &str) -> Option<Says> {
    if !may_state(text) {
        return None;
    }
    let (mut units, mut clear, mut mentions) = (Vec::new(), true, false);
    let lines: Vec<String> = text.lines().map(plain).collect();
    for sentence in lines.iter().flat_map(|line| line.split(['。', ';'])) {
        let mut stated = false;
        let mut rest = String::new();
        for clause in sentence.split([',', '!']) {
            let (statements, beside) = statements(clause);
            stated |= !statements.is_empty();
            rest.push_str(&beside);
            rest.push(',');
            for Statement { subject, unit } in statements {
                match (whose(&subject), unit) {
                    (Some(whose), Some(unit)) => units.push((whose, unit)),
                    _ => clear = false,
                }
            }
        }
        // Another unit in the same sentence: 金额单位为元（预算部分为万元）.
        clear &= !stated || !names_a_unit(&rest);
        // 金额单位：元；万元
        clear &= Unit::from_name(sentence.trim_matches(['(', ')', '"', ':'])).is_none();
        mentions |= !stated && mentions_a_unit(&rest);
    }
    match (clear, units.is_empty()) {
        (true, true) => mentions.then_some(Says::Mentions),
        (true, false) => Some(Says::Units(units)),
        (false, _) => Some(Says::Unclear),
    }
}

/// Whether a text is nothing but a statement of units, be it introduced as a note or not: 本表金额单位均为万元.
pub fn is_statement(text: &str) -> bool {
    text.len() <= 180
        && may_state(text)
        && plain(text).split(['。', ';', ',']).filter(|clause| !clause.is_empty()).all(|clause| {
            let (statements, beside) = statements(clause);
            !statements.is_empty() && is_empty_of_words(&beside)
        })
}

/// Whether a text names a unit of money and may say that it is one; cheap before exact.
fn may_state(text: &str) -> bool {
    text.contains(['元', '圆']) && text.contains(['位', '额', '額', '计', '計', '填', '列'])
}

/// A text in its compatibility form, without white space and traditional characters.
fn plain(text: &str) -> String {
    label::folded(text).chars().map(simplified).collect()
}

/// A unit, or what stands in its place, with the words before it in its clause.
struct Statement {
    subject: String,
    unit: Option<Unit>,
}

/// Words between 单位 and the unit.
const LINKS: [&str; 14] =
    ["全部", "一律", "统一", "均", "都", "应", "请", "为", "是", "以", "按", "系", "用", ":"];

/// Words before 单位 that say what it is a unit of.
const KINDS: [&str; 5] = ["金额", "计量", "货币", "计价", "资金"];

/// Words behind a unit that say that amounts are written in it.
const WRITTEN: [&str; 10] =
    ["计", "填", "列", "反映", "表示", "为准", "核算", "统计", "报送", "书写"];

/// The statements of a clause, and what of it belongs to none.
fn statements(clause: &str) -> (Vec<Statement>, String) {
    let (mut found, mut beside) = (Vec::new(), String::new());
    let mut rest = clause;
    while let Some((subject, unit, behind)) = first_statement(rest) {
        beside.push_str(subject);
        found.push(Statement { subject: subject.to_owned(), unit });
        rest = behind;
    }
    beside.push_str(rest);
    (found, beside)
}

/// The first statement of a text: the words before it, its unit, and what follows.
fn first_statement(text: &str) -> Option<(&str, Option<Unit>, &str)> {
    let mut from = 0;
    while let Some(at) = text[from..].find("单位").map(|at| from + at) {
        let behind = &text[at + "单位".len()..];
        // 以万元为单位, 按元为金额单位
        let before = KINDS.iter().find_map(|kind| text[..at].strip_suffix(kind));
        let before = before.unwrap_or(&text[..at]);
        if let Some((subject, unit)) = before
            .strip_suffix(['为', '作'])
            .and_then(|before| unit_behind(before, &["以", "按", "用"]))
        {
            return Some((subject, unit, behind));
        }
        // 金额单位均为万元, 单位:元
        let mut linked = behind;
        while let Some(next) = LINKS.iter().find_map(|link| linked.strip_prefix(link)) {
            linked = next;
        }
        let linked = linked.trim_start_matches(['"', '“', '‘', '(', '\'']);
        if let Some((unit, behind)) = unit_before(linked) {
            return Some((before, unit, behind));
        }
        from = at + "单位".len();
    }
    // 金额均以万元计
    let amount = text.find("金额").or_else(|| text.find("资金"))?;
    let written = |(at, start): (usize, &str)| {
        let (unit, behind) = unit_before(&text[at + start.len()..])?;
        let behind_word = WRITTEN.iter().any(|word| behind.starts_with(word));
        behind_word.then_some((&text[..at], unit, behind))
    };
    let mut starts = text[amount..].match_indices(['以', '按', '用']);
    starts.find_map(|(at, start)| written((amount + at, start)))
}

/// Characters of which names of units of money are made, those of units that no form has among them.
const OF_UNITS: &str = "十百千仟万萬亿億美港欧日澳加英镑台新人民币元圆";

/// The unit that a text begins with, and what follows; the unit is unknown where no form has it.
fn unit_before(text: &str) -> Option<(Option<Unit>, &str)> {
    let end = text.find(|c| !OF_UNITS.contains(c)).unwrap_or(text.len());
    let (name, behind) = text.split_at(end);
    // 元/人 is no unit of amounts.
    if behind.starts_with(['/', '每']) && name.ends_with(['元', '圆']) {
        return Some((None, behind));
    }
    // 各单位为元件企业: no unit.
    let ends = behind.is_empty()
        || behind.starts_with(|c: char| !c.is_alphabetic() || "或和及与的".contains(c))
        || WRITTEN.iter().any(|word| behind.starts_with(word));
    (ends && name.ends_with(['元', '圆', '镑'])).then(|| (Unit::from_name(name), behind))
}

/// The unit that a text ends with, behind one of some words, and what stands before those.
fn unit_behind<'a>(text: &'a str, words: &[&str]) -> Option<(&'a str, Option<Unit>)> {
    let bare = text.trim_end_matches(['"', '”', '’', ')', '\'']);
    let name = bare.trim_end_matches(|c| OF_UNITS.contains(c));
    let unit = &bare[name.len()..];
    let before = name.trim_end_matches(['"', '“', '‘', '(', '\'']);
    let before = words.iter().find_map(|word| before.strip_suffix(word))?;
    unit.ends_with(['元', '圆', '镑']).then(|| (before, Unit::from_name(unit)))
}

/// Whether a text names a unit of money anywhere but behind a number, where it is an amount.
fn names_a_unit(text: &str) -> bool {
    let is_unit = |c: &char| OF_UNITS.contains(*c);
    let chars: Vec<char> = text.chars().collect();
    chars.iter().enumerate().any(|(at, c)| {
        if !matches!(c, '元' | '圆') {
            return false;
        }
        let name = chars[..at].iter().rev().take_while(|c| is_unit(c)).count();
        let before = at.checked_sub(name + 1).map(|at| chars[at]);
        let after = chars.get(at + 1);
        !before.is_some_and(char::is_numeric) && after.is_none_or(|c| !"素旦月宵".contains(*c))
    })
}

/// Whether a text names a unit of money that forms have as a word of its own, and no amount: 凡金额均为元, not 数十万元 or 元件.
fn mentions_a_unit(text: &str) -> bool {
    const COUNTS: &str = "十百一二三四五六七八九两几数多余";
    let ends =
        text.match_indices(['元', '圆']).map(|(at, end)| (at + end.len(), &text[..at + end.len()]));
    ends.into_iter().any(|(end, before)| {
        let rest = before.trim_end_matches(|c| "千仟万萬亿億元圆".contains(c));
        let is_counted = rest.ends_with(|c: char| c.is_numeric() || COUNTS.contains(c));
        let is_word = text[end..].starts_with(|c| "素旦月宵件器首".contains(c));
        !is_counted && !is_word && Unit::from_name(&before[rest.len()..]).is_some()
    })
}

/// Words that name a block of the budget.
const BUDGET: [&str; 12] = [
    "预算整体情况",
    "部门预算",
    "整体预算",
    "预算",
    "收支",
    "收入",
    "支出",
    "财政拨款",
    "基本",
    "项目",
    "整体情况",
    "部门",
];

/// Words that name the lists of tasks.
const OTHER_TASKS: [&str; 5] =
    ["其他需完成的任务", "其他需完成任务", "其他工作任务", "其他任务", "其他重点任务"];
const KEY_TASKS: [&str; 6] =
    ["年度重点工作任务", "重点工作任务", "年度主要任务", "主要任务", "重点任务", "年度工作任务"];
const TASKS: [&str; 5] = ["工作任务", "任务资金", "任务", "拟投入的资金", "拟投入资金"];

/// Labels of a date that stands in the same line as the unit: 编制日期：2025年1月3日　单位：万元.
const DATES: [&str; 9] = [
    "编制日期",
    "填报日期",
    "填表日期",
    "填制日期",
    "申报日期",
    "制表日期",
    "填报时间",
    "填表时间",
    "日期",
];

/// Words that say nothing of whose amounts are meant.
const NEUTRAL: [&str; 46] = [
    "填表说明",
    "填报说明",
    "填写说明",
    "特别说明",
    "说明",
    "备注",
    "附注",
    "注意",
    "注",
    "提示",
    "本表",
    "该表",
    "此表",
    "表中",
    "表内",
    "表格",
    "所有",
    "各项",
    "各类",
    "全部",
    "涉及",
    "上述",
    "以上",
    "以下",
    "有关",
    "相关",
    "金额",
    "资金",
    "经费",
    "数据",
    "数字",
    "数额",
    "货币",
    "计量",
    "计价",
    "统一",
    "一律",
    "部分",
    "概述",
    "填报",
    "填写",
    "填列",
    "计算",
    "年度",
    "本年",
    "其中",
];

/// Whose amounts the words before a unit speak of; `None` when that can't be decided.
fn whose(subject: &str) -> Option<Whose> {
    let mut rest = subject.to_owned();
    let mut take = |words: &[&str]| {
        let before = rest.len();
        for word in words {
            rest = rest.replace(word, " ");
        }
        rest.len() < before
    };
    if names_one_line(subject) {
        return None;
    }
    let other = take(&OTHER_TASKS);
    let key = take(&KEY_TASKS);
    let tasks = take(&TASKS);
    let budget = take(&BUDGET);
    take(&NEUTRAL);
    if take(&DATES) {
        rest = rest.replace(['年', '月', '日'], " ");
    }
    // An exception, a denial, or targets: 除任务外, 其余, 不以, 指标值.
    if ["除", "外", "其余", "其他", "其它", "另", "不", "非", "指标", "或"]
        .iter()
        .any(|word| rest.contains(word))
    {
        return None;
    }
    let joined = ["和", "与", "及", "、"].iter().any(|word| rest.contains(word));
    let lists = match (key, other, tasks) {
        (true, false, _) => Some(Whose::Tasks(Some(TaskList::Key))),
        (false, true, _) => Some(Whose::Tasks(Some(TaskList::Other))),
        (true, true, _) | (false, false, true) => Some(Whose::Tasks(None)),
        (false, false, false) => None,
    };
    match (budget, lists) {
        (true, None) => Some(Whose::Budget),
        (true, Some(Whose::Tasks(None))) if joined => Some(Whose::All),
        (true, Some(_)) => None,
        (false, Some(lists)) => Some(lists),
        (false, None) => is_empty_of_words(&rest).then_some(Whose::All),
    }
}

/// Whether words name a line of a block and not the block: 基本支出, 任务一.
fn names_one_line(subject: &str) -> bool {
    let of_budget = ["基本", "项目", "财政拨款"].iter().filter(|word| subject.contains(*word));
    let counted = |c: char| c.is_numeric() || "一二三四五六七八九十".contains(c);
    of_budget.count() == 1
        || subject
            .match_indices("任务")
            .any(|(at, word)| subject[at + word.len()..].starts_with(counted))
}

/// Whether nothing is left but words that say nothing, numbers and marks.
fn is_empty_of_words(text: &str) -> bool {
    let mut rest = text.to_owned();
    for word in NEUTRAL.iter().chain(&WRITTEN) {
        rest = rest.replace(word, " ");
    }
    let is_word = |c: char| {
        c.is_alphabetic() && !"本的均都请应中内表一二三四五六七八九十计算写报项在".contains(c)
    };
    !rest.contains(is_word)
}
