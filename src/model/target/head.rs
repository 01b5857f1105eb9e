//! The words before an amount: comparator, period, and what only says of what the amount is.

use super::comparator::{self, Comparator};
use super::{Per, per};

/// Marks between two statements.
pub(super) const SEPARATORS: [char; 7] = [',', ';', '、', '。', '且', '\n', '!'];

/// Words of change: 增长5% is 5 %, whatever grew.
const CHANGES: [&str; 34] = [
    "提高",
    "提升",
    "增长",
    "增加",
    "上升",
    "增幅",
    "涨幅",
    "降幅",
    "下降",
    "降低",
    "减少",
    "压减",
    "压缩",
    "节约",
    "缩短",
    "递增",
    "递减",
    "净增",
    "新增",
    "提高到",
    "提高至",
    "提升到",
    "提升至",
    "增长到",
    "增长至",
    "增加到",
    "增加至",
    "降低到",
    "降低至",
    "下降到",
    "下降至",
    "降至",
    "缩短至",
    "缩短到",
];

/// What a change is measured against, and words that say nothing about the amount.
const BASES: [&str; 17] = [
    "与上年相比",
    "较上年度",
    "比上年度",
    "较上年",
    "比上年",
    "较去年",
    "比去年",
    "同比",
    "环比",
    "较同期",
    "比同期",
    "较往年",
    "比往年",
    "年度",
    "全年",
    "目标值",
    "指标值",
];

/// Words between a name and its amount.
const FILLERS: [&str; 19] = [
    "控制在",
    "保持在",
    "维持在",
    "稳定在",
    "介于",
    "在",
    "为",
    "是",
    ":",
    "共计",
    "合计",
    "累计",
    "总计",
    "共",
    "计",
    "保持",
    "维持",
    "平均",
    "均",
];

/// Words of doing, before an amount of what is done.
const VERBS: [&str; 16] = [
    "完成",
    "开展",
    "举办",
    "组织",
    "组织开展",
    "培训",
    "建设",
    "建成",
    "召开",
    "发放",
    "编制",
    "制定",
    "印发",
    "购置",
    "采购",
    "出版",
];

/// Endings of a name whose share or score needs no comparator: 合格率100%.
pub(super) const RATES: [&str; 8] = ["率", "度", "比例", "占比", "比重", "百分比", "概率", "评分"];

/// What the words before an amount say.
#[derive(Clone, Copy, Debug)]
pub(super) struct Head<'a> {
    /// What remains, the name of what is measured.
    pub(super) rest: &'a str,
    /// The comparator.
    pub(super) comparator: Option<Comparator>,
    /// The period beside the amount.
    pub(super) per: Option<Per>,
    /// Whether a minus stands at the amount.
    pub(super) negative: bool,
    /// Whether 百分之 or 千分之 stands at the amount, as its sign.
    pub(super) share: Option<&'static str>,
    /// Whether a word of change stands before the amount.
    pub(super) change: bool,
}

impl<'a> Head<'a> {
    /// Takes the known words off the end, in whatever order they stand.
    pub(super) fn of(text: &'a str) -> Option<Self> {
        let mut head = Self {
            rest: text,
            comparator: None,
            per: None,
            negative: false,
            share: None,
            change: false,
        };
        for (word, sign) in [("百分之", "%"), ("千分之", "‰")] {
            if let Some(rest) = head.rest.strip_suffix(word) {
                (head.rest, head.share) = (rest, Some(sign));
            }
        }
        let signed = head.rest.strip_suffix(['-', '+']);
        head.negative = head.rest.ends_with('-');
        head.rest = signed.unwrap_or(head.rest);
        let before = head.rest;
        while head.strip_one() {}
        // 合格率-95% has a dash, 3+2 a sum.
        let signed_well = signed.is_none() || head.rest.is_empty() || head.rest != before;
        signed_well.then_some(head)
    }

    fn strip_one(&mut self) -> bool {
        if self.comparator.is_none()
            && let Some((rest, found)) = comparator::strip_before(self.rest)
        {
            (self.rest, self.comparator) = (rest, Some(found));
            return true;
        }
        if self.per.is_none()
            && let Some((rest, found)) = per::strip_before(self.rest)
        {
            (self.rest, self.per) = (rest, Some(found));
            return true;
        }
        if let Some(rest) = strip_longest(self.rest, &CHANGES) {
            (self.rest, self.change) = (rest, true);
            return true;
        }
        let lists: [&[&str]; 3] = [&BASES, &FILLERS, &VERBS];
        let stripped = lists.iter().find_map(|words| strip_longest(self.rest, words));
        let rest = stripped.or_else(|| strip_base_year(self.rest));
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    /// Whether the rest may stand before an amount that no comparator introduces.
    pub(super) fn introduces_bare(&self, is_share: bool) -> bool {
        let is_rate = RATES.iter().any(|word| self.rest.ends_with(word));
        let is_plain =
            !self.rest.contains(SEPARATORS) && !self.rest.contains(|c: char| c.is_ascii_digit());
        self.rest.is_empty()
            || (self.change && is_plain && is_name(self.rest))
            || (is_rate && is_share && !self.negative && is_name(self.rest))
    }
}

fn strip_longest<'a>(text: &'a str, words: &[&str]) -> Option<&'a str> {
    words.iter().filter_map(|word| text.strip_suffix(word)).min_by_key(|rest| rest.len())
}

/// 较2024年, 比2024年度
fn strip_base_year(text: &str) -> Option<&str> {
    let stem = text.strip_suffix("年度").or_else(|| text.strip_suffix('年'))?;
    let rest = stem.trim_end_matches(|c: char| c.is_ascii_digit());
    (stem.len() - rest.len() == 4).then_some(rest)?.strip_suffix(['较', '比'])
}

/// Whether the rest can be the name of what is measured, and holds no target of its own.
pub(super) fn is_name(rest: &str) -> bool {
    let rest = without_list_mark(rest);
    let has_sign = rest.contains(|c| {
        comparator::sign(c).is_some() || matches!(c, '±' | '~' | '×' | '*' | '+' | '^')
    });
    let cut_short = [
        "第", "前", "不", "未", "没有", "无", "/", "-", "–", "至", "到", "和", "与", "或", "及",
        "之",
    ];
    // 避免超过5% is the opposite of a target of more than 5 %.
    let averted =
        ["严禁", "禁止", "避免", "防止", "杜绝", "消除"].iter().any(|word| rest.contains(word));
    !has_sign
        && !averted
        && !cut_short.iter().any(|word| rest.ends_with(word))
        && !holds_amount(rest)
}

/// 1、合格率 without the mark of a list.
fn without_list_mark(text: &str) -> &str {
    let rest = text.strip_prefix('(').unwrap_or(text);
    let behind = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = rest.len() - behind.len();
    behind.strip_prefix(['、', '.', ')']).filter(|_| (1..=2).contains(&digits)).unwrap_or(text)
}

/// Whether a number in the rest is an amount, not part of a name (12345热线, 5G, PM2.5, 2025年, 第3期).
fn holds_amount(rest: &str) -> bool {
    if ["日前", "月前", "底前", "末前"].iter().any(|word| rest.contains(word)) {
        return true;
    }
    let Some(last) = rest.rfind(SEPARATORS) else {
        let labels = RATES.iter().chain([":", "数", "量", "时间", "时长", "额", "值"].iter());
        return !labels.clone().any(|word| rest.ends_with(word)) && digits_mean_amount(rest);
    };
    digits_mean_amount(&rest[..last]) || counts_in_words(&rest[..last])
}

fn digits_mean_amount(text: &str) -> bool {
    super::number::spans(text).iter().any(|span| {
        let (before, after) = (&text[..span.start], &text[span.end..]);
        let length = span.end - span.start;
        let lettered = after.starts_with(|c: char| c.is_ascii_alphabetic())
            || before.ends_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '第' | '('));
        let year = length == 4 && after.starts_with('年');
        let service = length == 5
            && span.value.is_some()
            && !after.starts_with(['人', '元', '件', '个', '次', '万', '户']);
        !(lettered || year || service || after.starts_with("热线"))
    })
}

/// 制定一套制度: a numeral before a word of counting.
fn counts_in_words(text: &str) -> bool {
    super::numeral::spans(text).iter().any(|span| {
        span.value.is_some()
            && text[span.end..].starts_with([
                '个', '项', '次', '场', '套', '份', '件', '家', '名', '篇', '条', '期',
            ])
    })
}
