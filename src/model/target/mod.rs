//! The grammar of target values (指标值): what 大于或等于10宗, 90%以上 or 2025年6月底前 says.
//!
//! The reading is cautious: an amount that is not certainly meant is not read, and the target stays qualitative.
//! Order: fold the width, then date, range, quantity.

pub mod columns;
mod comparator;
mod date;
mod doubt;
mod fold;
mod head;
mod number;
mod numeral;
mod per;
mod quantity;
mod range;
mod tail;
#[cfg(test)]
mod tests;
mod unit;

/// One target value: the source's wording and what it says.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Target {
    /// The wording, without outer white space.
    pub text: String,
    /// What the wording says.
    pub reading: Reading,
}

/// What a target says.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Reading {
    /// An amount to compare with.
    Quantity {
        /// How to compare; a bare number is [`Op::Equal`].
        op: Op,
        /// The digits as typed, without separators and unscaled.
        value: String,
        /// The unit, also one that stands outside the wording.
        unit: Option<String>,
        /// The period that the amount is for.
        per: Option<Per>,
    },
    /// An interval, both ends included.
    Range {
        /// The lower end.
        low: String,
        /// The upper end.
        high: String,
        /// The unit of both ends.
        unit: Option<String>,
    },
    /// A day to compare with.
    Date {
        /// How to compare; a bare date is [`Op::Equal`].
        op: Op,
        /// `2025-12-31`, or `--12-31` where no year is known or every year is meant.
        date: String,
        /// [`Per::Year`] for a day of every year.
        per: Option<Per>,
    },
    /// Words without a certain amount.
    Qualitative,
}

/// A comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Op {
    /// `>=`
    AtLeast,
    /// `<=`
    AtMost,
    /// `>`
    More,
    /// `<`
    Less,
    /// `=`
    Equal,
    /// `~`
    About,
}

impl Op {
    /// The sign that stands for the comparison in output.
    pub fn symbol(self) -> &'static str {
        match self {
            Self::AtLeast => ">=",
            Self::AtMost => "<=",
            Self::More => ">",
            Self::Less => "<",
            Self::Equal => "=",
            Self::About => "~",
        }
    }
}

/// A period that a quantity is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Per {
    /// 每年
    Year,
    /// 每季度
    Quarter,
    /// 每月
    Month,
    /// 每周
    Week,
    /// 每日
    Day,
}

impl Per {
    /// The name that stands for the period in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Year => "year",
            Self::Quarter => "quarter",
            Self::Month => "month",
            Self::Week => "week",
            Self::Day => "day",
        }
    }
}

/// What a reading depends on besides its own text.
#[derive(Clone, Copy, Debug, Default)]
pub struct Context<'a> {
    /// The budget year, for a date without one.
    pub year: Option<i32>,
    /// The third-level indicator, whose last bracket may hold the unit.
    pub level3: &'a str,
    /// What stands in a 计量单位 column.
    pub unit: Option<&'a str>,
}

/// Something in the wording that a reviewer should look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// A closing title mark where a sign is meant: 》90%.
    MistypedSign,
    /// 约, 左右
    Approximate,
    /// More than one target in a cell: ≥90%，≤2小时.
    TwoTargets,
    /// A blank of a model text that was never filled in: XX, ≥XX%.
    Placeholder,
    /// A number that may be a month or a day: 2025.12, 20250630.
    Month,
    /// A figure in a wording that can't be read: ≥3-5次, 每半年1次.
    Unread,
}

/// Reads a target; `None` where it is blank or a nil mark (`-`, `—`, `/`, 不适用).
pub fn read(text: &str, context: Context<'_>) -> Option<Target> {
    read_with_doubts(text, context).map(|(target, _)| target)
}

/// Reads a target, with the doubts about its wording.
pub fn read_with_doubts(text: &str, context: Context<'_>) -> Option<(Target, Vec<Doubt>)> {
    Readings::default().read(text, context)
}

/// Readings of one return, whose targets often have the same words; it may serve one year only.
#[derive(Clone, Debug, Default)]
pub struct Readings {
    known: Vec<(String, Reading, Vec<Doubt>)>,
}

impl Readings {
    /// The most wordings that are remembered.
    const MOST: usize = 24;

    /// Reads a target, with the doubts about its wording, as [`read_with_doubts`] does.
    pub fn read(&mut self, text: &str, context: Context<'_>) -> Option<(Target, Vec<Doubt>)> {
        let text = text.trim();
        if is_nil(text) {
            return None;
        }
        let (mut reading, mut doubts) = match self.known.iter().find(|(known, ..)| known == text) {
            Some((_, reading, doubts)) => (reading.clone(), doubts.clone()),
            None => self.learn(text, context.year),
        };
        complete(&mut reading, context);
        if let Reading::Quantity { unit: Some(_), .. } = reading {
            doubts.retain(|doubt| *doubt != Doubt::Month);
        }
        Some((Target { text: text.to_owned(), reading }, doubts))
    }

    fn learn(&mut self, text: &str, year: Option<i32>) -> (Reading, Vec<Doubt>) {
        let folded = fold::fold(text);
        let reading = reading(&folded.text, year);
        let doubts = doubt::of(&folded, &reading);
        if self.known.len() < Self::MOST {
            self.known.push((text.to_owned(), reading.clone(), doubts.clone()));
        }
        (reading, doubts)
    }
}

/// Whether a blank of a model text stands in a target that says nothing measured: [`Doubt::Placeholder`].
pub fn is_placeholder(text: &str) -> bool {
    let text = text.trim();
    // Cheap before exact: nothing but Chinese words without a model's among them.
    if !doubt::can_be_placeholder(text) {
        return false;
    }
    let folded = fold::fold(text).text;
    // Cheap before exact.
    doubt::is_placeholder(&folded, &Reading::Qualitative)
        && !is_nil(text)
        && reading(&folded, None) == Reading::Qualitative
}

/// The doubts about the wording of a target.
pub fn doubts(text: &str) -> Vec<Doubt> {
    read_with_doubts(text, Context::default()).map(|(_, doubts)| doubts).unwrap_or_default()
}

/// Whether a text says that no target stands there: blank, `—`, `/`, 不适用.
pub fn is_nil(text: &str) -> bool {
    fold::is_nil(text)
}

/// What a folded text says by itself.
fn reading(folded: &str, year: Option<i32>) -> Reading {
    date::read(folded, year)
        .or_else(|| range::read(folded))
        .or_else(|| quantity::read(folded).map(quantity::Amount::into_reading))
        .unwrap_or(Reading::Qualitative)
}

/// Takes the unit that the wording lacks from around it.
fn complete(reading: &mut Reading, context: Context<'_>) {
    let (unit, per) = match reading {
        Reading::Quantity { unit: unit @ None, per, .. } => (unit, Some(per)),
        Reading::Range { unit: unit @ None, .. } => (unit, None),
        _ => return,
    };
    let Some(outer) = unit::outside(context.unit, context.level3) else { return };
    match (per::strip_after(&outer), per) {
        // 次/年 in the unit column says what it says in the target.
        (Some((stem, found)), Some(per))
            if !stem.is_empty() && per.is_none_or(|own| own == found) =>
        {
            *per = Some(found);
            *unit = Some(stem.to_owned());
        }
        _ => *unit = Some(outer),
    }
}
