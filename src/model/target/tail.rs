//! The words behind an amount: unit, comparator, period.

use super::{Op, Per, comparator, per};

/// What is done within a time: 3个工作日内办结.
const DONE_WITHIN: [&str; 24] = [
    "完成",
    "办结",
    "办理完毕",
    "办理",
    "响应",
    "到达",
    "到场",
    "处理",
    "处理完毕",
    "处置",
    "解决",
    "回复",
    "答复",
    "反馈",
    "修复",
    "恢复",
    "支付",
    "拨付",
    "发放",
    "受理",
    "到位",
    "完成修复",
    "完成整改",
    "审核完毕",
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
    let deeds = DONE_WITHIN.iter().filter_map(|deed| text.strip_suffix(deed));
    deeds.min_by_key(|rest| rest.len()).filter(|rest| rest.ends_with('内')).unwrap_or(text)
}
