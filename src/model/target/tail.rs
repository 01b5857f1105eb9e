//! The words behind an amount: unit, comparator, period.

use super::{Op, Per, comparator, numeral, per};

/// What is done within a time, with a word or two behind it: 3个工作日内办结.
const DONE_WITHIN: [&str; 24] = [
    "完成", "办结", "办理", "响应", "到达", "到场", "赶到", "处理", "处置", "解决", "回复", "答复",
    "反馈", "修复", "恢复", "支付", "拨付", "发放", "受理", "到位", "整改", "审核", "下达", "作出",
];

/// What is done to all of a share: 100%覆盖.
const DONE_WHOLLY: [&str; 8] = ["覆盖", "全覆盖", "完成", "达标", "合格", "落实", "到位", "办结"];

/// What the words behind an amount say.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tail<'a> {
    /// What remains, the unit.
    pub(super) unit: &'a str,
    /// The comparator.
    pub(super) op: Option<Op>,
    /// The period.
    pub(super) per: Option<Per>,
}

impl<'a> Tail<'a> {
    /// Takes the known words off the end, in whatever order they stand.
    pub(super) fn of(text: &'a str) -> Self {
        let mut tail = Self { unit: without_deed(text), op: None, per: None };
        loop {
            if tail.op.is_none()
                && let Some((rest, op)) = comparator::strip_behind(tail.unit)
            {
                (tail.unit, tail.op) = (rest, Some(op));
            } else if tail.per.is_none()
                && let Some((rest, per)) = per::strip_after(tail.unit)
            {
                (tail.unit, tail.per) = (rest, Some(per));
            } else {
                return tail;
            }
        }
    }
}

fn without_deed(text: &str) -> &str {
    if let Some(deed) = text.strip_prefix('%').filter(|deed| DONE_WHOLLY.contains(deed)) {
        return &text[..text.len() - deed.len()];
    }
    match text.split_once('内') {
        Some((before, deed)) if is_deed(deed) => &text[..before.len() + '内'.len_utf8()],
        _ => text,
    }
}

/// 办结, 到达现场; 办结率 is the name of something.
fn is_deed(text: &str) -> bool {
    DONE_WITHIN.iter().any(|deed| text.starts_with(deed))
        && text.chars().nth(6).is_none()
        && !text.ends_with(['率', '度', '比', '数', '量', '额'])
        && !text.contains(|c: char| numeral::is_numeral(c) || !c.is_alphabetic())
}
