//! What changed between two returns, or two folders of them: as text, JSON, a page to print, and a workbook.

pub mod html;
pub mod json;
pub mod text;
pub mod xlsx;

use crate::compare::{Change, Word};

/// Two returns of one department, or one without a counterpart.
#[derive(Debug)]
pub struct Compared {
    /// The department.
    pub department: String,
    /// The file of the old return.
    pub old: Option<String>,
    /// The file of the new return.
    pub new: Option<String>,
    /// What changed.
    pub changes: Vec<Change>,
}

/// The difference of an amount, signed, with its percentage.
fn difference(change: &Change) -> Option<(String, String)> {
    let amount = change.amount?;
    let signed = |text: String, negative: bool| if negative { text } else { format!("+{text}") };
    let yuan = super::report::totals::printed(amount.yuan);
    let yuan = signed(super::report::words::amount(&yuan), amount.yuan.is_sign_negative());
    let percent = amount.percent.map(|share| signed(format!("{share}%"), share.is_sign_negative()));
    Some((yuan, percent.unwrap_or_default()))
}

/// One side of a change: `None` where the item is not there at all.
fn side(text: Option<&String>, is_amount: bool) -> String {
    match text {
        None => "（无此项）".to_owned(),
        Some(text) if text.is_empty() => "（空）".to_owned(),
        Some(text) if is_amount && text.parse::<rust_decimal::Decimal>().is_ok() => {
            super::report::words::amount(text)
        }
        Some(text) => text.clone(),
    }
}

/// The runs of both texts that a side shows: what it shares and what is its own.
fn own_words(change: &Change, new: bool) -> Vec<(&str, bool)> {
    change
        .words
        .iter()
        .filter_map(|word| match word {
            Word::Same(text) => Some((text.as_str(), false)),
            Word::Gone(text) => (!new).then_some((text.as_str(), true)),
            Word::New(text) => new.then_some((text.as_str(), true)),
        })
        .collect()
}

/// How many returns changed, are equal, are gone and are new.
fn counts(all: &[Compared]) -> [usize; 4] {
    let mut counts = [0; 4];
    for one in all {
        let at = match (&one.old, &one.new) {
            (Some(_), Some(_)) if one.changes.is_empty() => 1,
            (Some(_), Some(_)) => 0,
            (Some(_), None) => 2,
            (None, _) => 3,
        };
        counts[at] += 1;
    }
    counts
}

fn overview(all: &[Compared]) -> String {
    let [changed, equal, gone, new] = counts(all);
    format!("有变化 {changed} 份，无变化 {equal} 份，仅旧有 {gone} 份，仅新有 {new} 份")
}

/// What is said of a return without a counterpart.
fn alone(one: &Compared) -> Option<&'static str> {
    match (&one.old, &one.new) {
        (Some(_), None) => Some("仅在旧的一方"),
        (None, Some(_)) => Some("仅在新的一方"),
        _ => None,
    }
}
