//! One amount: comparator, number, unit and period.

use super::head::{self, Head};
use super::number::{self, Span};
use super::per::{self, Untold};
use super::tail::Tail;
use super::unit::{self, Certainty};
use super::{Op, Per, Reading, comparator, numeral};

/// An amount that a text states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Amount {
    pub(super) op: Op,
    pub(super) value: String,
    pub(super) unit: Option<String>,
    pub(super) per: Option<Per>,
}

impl Amount {
    /// The reading that it is.
    pub(super) fn into_reading(self) -> Reading {
        Reading::Quantity { op: self.op, value: self.value, unit: self.unit, per: self.per }
    }
}

/// Reads the amount at the end of a folded text.
pub(super) fn read(text: &str) -> Option<Amount> {
    let mut spans = number::spans(text);
    // The figure of 500m2 and 20μg/m3 is one of the unit.
    spans.pop_if(|span| {
        matches!(span.value.as_deref(), Some("2" | "3"))
            && text[..span.start].strip_suffix('m').is_some_and(|before| {
                before.ends_with(['k', 'c', 'm', '/'])
                    || before.ends_with(|c: char| !c.is_ascii_alphabetic())
            })
    });
    let in_digits = spans.pop().and_then(|span| at(text, span));
    in_digits.or_else(|| at(text, numeral::spans(text).pop()?))
}

/// Reads the amount whose number stands at `span`.
fn at(text: &str, span: Span) -> Option<Amount> {
    let number = span.value?;
    let head = Head::of(&text[..span.start])?;
    let tail = Tail::of(&text[span.end..]);
    let op = comparator::join(head.comparator, tail.op)?;
    let bare = head.comparator.is_none() && tail.op.is_none();
    let certainty = if bare { Certainty::Bare } else { Certainty::Compared };
    let (value, unit) = measured(number, &head, &tail, certainty, span.spelt)?;
    let is_share = matches!(unit.as_deref(), Some("%" | "‰" | "分"));
    let accepted = if bare { head.introduces_bare(is_share) } else { head::is_name(head.rest) };
    if !accepted || is_no_amount(&value, unit.as_deref(), bare, &head, &tail) {
        return None;
    }
    let value = if head.negative { format!("-{value}") } else { value };
    Some(Amount { op, value, unit, per: period(&head, &tail, is_share).ok()? })
}

/// The number and its unit, 成 and 百分之 turned into a share.
fn measured(
    number: String,
    head: &Head<'_>,
    tail: &Tail<'_>,
    certainty: Certainty,
    spelt: bool,
) -> Option<(String, Option<String>)> {
    match (head.share, tail.unit) {
        (Some(sign), "") => Some((number, Some(sign.to_owned()))),
        (Some(_), _) => None,
        (None, "成") => {
            let value = number::tenfold(&number)?;
            number::compare(&value, "100").is_le().then(|| (value, Some("%".to_owned())))
        }
        (None, text) => Some((number, unit::spelt(text, certainty, spelt).ok()?)),
    }
}

/// A year, a month or a phone number that has the shape of an amount.
fn is_no_amount(
    value: &str,
    unit: Option<&str>,
    bare: bool,
    head: &Head<'_>,
    tail: &Tail<'_>,
) -> bool {
    let four_digits = value.len() == 4 && (value.starts_with("19") || value.starts_with("20"));
    match unit {
        Some("年" | "年度") => four_digits,
        // 12月内 and 3月以上 may be December and March.
        Some("月" | "月份") => head.comparator.is_none() && !tail.unit.starts_with('个'),
        // 60岁以上 are people, not a target.
        Some("岁") => head.comparator.is_none() && tail.op.is_some(),
        None => bare && value.len() == 11 && value.starts_with('1') && !value.contains('.'),
        Some(_) => false,
    }
}

/// The period, from either side.
fn period(head: &Head<'_>, tail: &Tail<'_>, is_share: bool) -> Result<Option<Per>, Untold> {
    let beside = match (head.per, tail.per) {
        (Some(before), Some(behind)) if before != behind => return Err(Untold),
        (before, behind) => before.or(behind),
    };
    let named = per::in_head(head.rest, is_share)?;
    Ok(beside.or(named))
}
