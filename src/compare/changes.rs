//! What changed so far: pairs of what stands on both sides, with the difference of amounts and the words of texts.

use rust_decimal::{Decimal, RoundingStrategy};

use super::{Change, Difference, Side, Word, words};
use crate::model::{entry::Entry, money::Money, totals::Sum};

/// Texts from this length on are compared word by word.
const LONG: usize = 8;

impl From<&Option<String>> for Side {
    fn from(text: &Option<String>) -> Self {
        text.clone().map_or(Self::Blank, Self::Text)
    }
}

impl From<&Entry<u64>> for Side {
    fn from(count: &Entry<u64>) -> Self {
        match count {
            Entry::Blank => Self::Blank,
            Entry::Unreadable(text) => Self::Unreadable(text.clone()),
            Entry::Known(count) => Self::Text(count.to_string()),
        }
    }
}

impl From<&Entry<Money>> for Side {
    fn from(amount: &Entry<Money>) -> Self {
        match amount {
            Entry::Blank => Self::Blank,
            Entry::Unreadable(text) => Self::Unreadable(text.clone()),
            Entry::Known(money) => Self::Amount(*money),
        }
    }
}

impl From<Sum> for Side {
    fn from(sum: Sum) -> Self {
        match sum {
            Sum::Absent => Self::Missing,
            Sum::Unknown => Self::Unknown,
            Sum::Known(money) => Self::Amount(money),
        }
    }
}

#[derive(Default)]
pub(super) struct Changes(pub(super) Vec<Change>);

impl Changes {
    /// Compares a field of a part of the form, or of one of its items.
    pub(super) fn field(
        &mut self,
        place: (&'static str, &str),
        field: &'static str,
        old: impl Into<Side>,
        new: impl Into<Side>,
    ) {
        let (old, new) = (old.into(), new.into());
        let words = match (&old, &new) {
            (Side::Text(old), Side::Text(new))
                if old != new && old.chars().count().max(new.chars().count()) >= LONG =>
            {
                words(old, new)
            }
            _ => Vec::new(),
        };
        self.pair(place, field, (old, new), words);
    }

    /// Compares what is one of a few names, of which parts say nothing.
    pub(super) fn name(
        &mut self,
        place: (&'static str, &str),
        field: &'static str,
        old: Side,
        new: Side,
    ) {
        self.pair(place, field, (old, new), Vec::new());
    }

    fn pair(
        &mut self,
        (part, item): (&'static str, &str),
        field: &'static str,
        (old, new): (Side, Side),
        words: Vec<Word>,
    ) {
        // A column that one edition lacks and that is blank in the other holds nothing in either.
        let nothing = |side: &Side| matches!(side, Side::Missing | Side::Blank);
        if old == new || (nothing(&old) && nothing(&new)) {
            return;
        }
        let amount = difference(&old, &new);
        self.0.push(Change { part, item: item.to_owned(), field, old, new, amount, words });
    }

    /// A field of an item that is gone or new as a whole; all of its amount is the difference.
    pub(super) fn whole(
        &mut self,
        (part, item): (&'static str, &str),
        field: &'static str,
        stands: Side,
        gone: bool,
    ) {
        let (old, new, amount) = if gone {
            let amount = difference(&stands, &Side::Blank);
            (stands, Side::Missing, amount)
        } else {
            let amount = difference(&Side::Blank, &stands);
            (Side::Missing, stands, amount)
        };
        let (item, words) = (item.to_owned(), Vec::new());
        self.0.push(Change { part, item, field, old, new, amount, words });
    }
}

/// The difference of two amounts, of which a blank one is nothing; `None` where there is none or one is not known.
fn difference(old: &Side, new: &Side) -> Option<Difference> {
    if (old, new) == (&Side::Blank, &Side::Blank) {
        return None;
    }
    let value = |side: &Side| match side {
        Side::Blank => Some(Money::ZERO),
        Side::Amount(money) => Some(*money),
        Side::Missing | Side::Text(_) | Side::Unreadable(_) | Side::Unknown => None,
    };
    let (old, new) = (value(old)?, value(new)?);
    let yuan = new.checked_sub(old)?.yuan();
    let share = yuan.checked_mul(Decimal::ONE_HUNDRED);
    let share = share.and_then(|share| share.checked_div(old.abs().yuan()));
    Some(Difference { yuan, percent: share.map(percent) })
}

fn percent(share: Decimal) -> Decimal {
    let mut share = share.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
    share.rescale(2);
    if share.is_zero() {
        share.set_sign_positive(true);
    }
    share
}
