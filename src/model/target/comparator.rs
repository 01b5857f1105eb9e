//! Comparators before an amount (不少于, ≥) and behind it (以上, 内).

use super::Op;

/// A comparator found beside an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Comparator {
    /// What it says.
    pub(super) op: Op,
    /// Whether a comparator on the other side may say more: 达到90%以上, 达到5%以下.
    pub(super) soft: bool,
}

/// Words that stand before an amount, each after all that it ends. 不低于 and its kind are negations, see [`NEGATIONS`].
const BEFORE: [(&str, Op); 33] = [
    ("大于或者等于", Op::AtLeast),
    ("大于或等于", Op::AtLeast),
    ("高于或等于", Op::AtLeast),
    ("多于或等于", Op::AtLeast),
    ("等于或大于", Op::AtLeast),
    ("达到或超过", Op::AtLeast),
    ("大于、等于", Op::AtLeast),
    ("大于等于", Op::AtLeast),
    ("至少", Op::AtLeast),
    ("小于或者等于", Op::AtMost),
    ("小于或等于", Op::AtMost),
    ("低于或等于", Op::AtMost),
    ("少于或等于", Op::AtMost),
    ("等于或小于", Op::AtMost),
    ("小于、等于", Op::AtMost),
    ("小于等于", Op::AtMost),
    ("不突破", Op::AtMost),
    ("至多", Op::AtMost),
    ("最多", Op::AtMost),
    ("约等于", Op::About),
    ("约为", Op::About),
    ("约", Op::About),
    ("等于", Op::Equal),
    ("大于", Op::More),
    ("超过", Op::More),
    ("超出", Op::More),
    ("高于", Op::More),
    ("多于", Op::More),
    ("超", Op::More),
    ("小于", Op::Less),
    ("低于", Op::Less),
    ("少于", Op::Less),
    ("不足", Op::Less),
];

/// 达到 and its short forms.
const REACHED: [&str; 3] = ["达到了", "达到", "达"];

/// What makes 达 part of another word: 传达, 送达.
const BEFORE_DA: [char; 8] = ['传', '送', '表', '下', '直', '发', '转', '抵'];

/// What turns 低于 into "at least" and 超过 into "at most".
const NEGATIONS: [&str; 7] = ["不得", "不应", "不能", "不可", "不会", "不允许", "不"];

/// What turns any other comparator into something else than a target.
const DENIALS: [&str; 10] = ["不", "未", "没有", "没", "勿", "无", "非", "存在", "出现", "发生"];

/// What makes 约 part of another word: 节约, 预约.
const BEFORE_YUE: [char; 14] =
    ['节', '预', '合', '契', '公', '制', '违', '签', '履', '特', '邀', '相', '条', '集'];

/// Comparators behind an amount, each after all that it ends.
const BEHIND: [(&str, Op); 13] = [
    ("及以上", Op::AtLeast),
    ("或以上", Op::AtLeast),
    ("或者以上", Op::AtLeast),
    ("以上", Op::AtLeast),
    ("及以下", Op::AtMost),
    ("或以下", Op::AtMost),
    ("或者以下", Op::AtMost),
    ("以下", Op::AtMost),
    ("及以内", Op::AtMost),
    ("以内", Op::AtMost),
    ("之内", Op::AtMost),
    ("内", Op::AtMost),
    ("左右", Op::About),
];

/// Takes a comparator off the end of the words before an amount.
pub(super) fn strip_before(head: &str) -> Option<(&str, Comparator)> {
    let hard = |op| Comparator { op, soft: false };
    let last = head.chars().next_back()?;
    if let Some(op) = sign(last) {
        return Some((&head[..head.len() - last.len_utf8()], hard(op)));
    }
    if let Some(rest) = REACHED.iter().find_map(|word| head.strip_suffix(word)) {
        let is_word = is_free(rest) && !rest.ends_with(BEFORE_DA);
        return is_word.then_some((rest, Comparator { op: Op::AtLeast, soft: true }));
    }
    let (rest, op) = BEFORE.iter().find_map(|(word, op)| Some((head.strip_suffix(word)?, *op)))?;
    match op {
        Op::More | Op::Less => {
            let Some(rest) = NEGATIONS.iter().find_map(|word| rest.strip_suffix(word)) else {
                return is_free(rest).then_some((rest, hard(op)));
            };
            is_free(rest)
                .then_some((rest, hard(if op == Op::More { Op::AtMost } else { Op::AtLeast })))
        }
        Op::About if rest.ends_with(BEFORE_YUE) => None,
        Op::About => {
            Some((rest.strip_suffix('大').unwrap_or(rest), Comparator { op, soft: false }))
        }
        _ => is_free(rest).then_some((rest, hard(op))),
    }
}

/// Takes a comparator off the end of the words behind an amount.
pub(super) fn strip_behind(tail: &str) -> Option<(&str, Op)> {
    BEHIND.iter().find_map(|(word, op)| Some((tail.strip_suffix(word)?, *op)))
}

/// The comparison that a text is and nothing else: ≥, 不低于, 以上.
pub(super) fn whole(text: &str) -> Option<Op> {
    let before = strip_before(text).filter(|(rest, _)| rest.is_empty()).map(|(_, found)| found.op);
    before.or_else(|| strip_behind(text).filter(|(rest, _)| rest.is_empty()).map(|(_, op)| op))
}

/// The one thing that the comparators on both sides say; `None` where they contradict each other.
pub(super) fn join(before: Option<Comparator>, behind: Option<Op>) -> Option<Op> {
    match (before, behind) {
        (None, None) => Some(Op::Equal),
        (Some(before), None) => Some(before.op),
        (None, Some(behind)) => Some(behind),
        (Some(before), Some(behind)) if before.soft || before.op == behind => Some(behind),
        (Some(before), Some(behind)) => {
            let stricter =
                matches!((before.op, behind), (Op::More, Op::AtLeast) | (Op::Less, Op::AtMost));
            stricter.then_some(before.op)
        }
    }
}

/// The comparison of a folded sign.
pub(super) fn sign(c: char) -> Option<Op> {
    match c {
        '≥' => Some(Op::AtLeast),
        '≤' => Some(Op::AtMost),
        '>' => Some(Op::More),
        '<' => Some(Op::Less),
        '=' => Some(Op::Equal),
        _ => None,
    }
}

fn is_free(rest: &str) -> bool {
    !DENIALS.iter().any(|word| rest.ends_with(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn longest_word_first() {
        // A word must never hide a longer one that ends with it.
        for (at, (word, _)) in BEFORE.iter().enumerate() {
            let hidden = BEFORE[at + 1..].iter().find(|(later, _)| later.ends_with(word));
            assert_eq!(hidden, None, "{word}");
        }
        for (at, (word, _)) in BEHIND.iter().enumerate() {
            let hidden = BEHIND[at + 1..].iter().find(|(later, _)| later.ends_with(word));
            assert!(hidden.is_none_or(|(_, op)| *op == BEHIND[at].1), "{word}");
        }
    }

    #[test]
    fn negation_turns_the_comparison() {
        let cases = [
            ("不低于", Some(Op::AtLeast)),
            ("不得超过", Some(Op::AtMost)),
            ("不超", Some(Op::AtMost)),
            ("低于", Some(Op::Less)),
            ("未超过", None),
            ("未达到", None),
            ("不等于", None),
            ("节约", None),
            ("大约", Some(Op::About)),
        ];
        for (word, want) in cases {
            assert_eq!(strip_before(word).map(|(_, found)| found.op), want, "{word}");
        }
    }
}
