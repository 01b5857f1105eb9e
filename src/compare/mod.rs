//! Two returns side by side: what changed, field by field. Tasks and indicators are matched by name, not by position.

mod changes;
mod fields;
mod matching;
pub mod returns;
#[cfg(test)]
mod tests;
mod words;

use rust_decimal::Decimal;

use crate::model::{Return, money::Money};

pub use words::{Word, words};

/// One thing that changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The part of the form.
    pub part: &'static str,
    /// The task or the indicator, by its name; empty for a field that stands once.
    pub item: String,
    /// The field, as the form prints it; empty for an item that is new or gone, which its money or its target stands for.
    pub field: &'static str,
    /// What stood there.
    pub old: Side,
    /// What stands there.
    pub new: Side,
    /// The difference, where both sides are amounts or one of them is nothing.
    pub amount: Option<Difference>,
    /// The texts word by word, where both are long.
    pub words: Vec<Word>,
}

/// What stands on one side of a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Side {
    /// The item, or a field that not every edition has, is not there at all.
    Missing,
    /// Nothing stands in the field.
    Blank,
    /// A text, or a count.
    Text(String),
    /// An amount or a count that can't be read: the source's own text.
    Unreadable(String),
    /// A total that can't be known, since one of its parts can't be read or the sum does not fit.
    Unknown,
    /// An amount.
    Amount(Money),
}

/// The difference of two amounts in yuan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The new amount less the old one.
    pub yuan: Decimal,
    /// The difference in percent of the old amount, with two decimals, half a hundredth away from zero as in a
    /// spreadsheet; `None` where the old amount was zero.
    pub percent: Option<Decimal>,
}

/// Everything that changed between two returns.
pub fn compare(old: &Return, new: &Return) -> Vec<Change> {
    fields::compare(old, new)
}
