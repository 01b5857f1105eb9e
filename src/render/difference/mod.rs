//! What changed between two returns, or two folders of them: as text, JSON, a page to print, and a workbook.

pub mod html;
pub mod json;
pub mod text;
pub mod xlsx;

use rust_decimal::Decimal;

use super::{
    drawing::UNKNOWN_TOTAL,
    findings::Lang,
    report::{
        totals::printed,
        words::{amount, pick},
    },
    titles::COMPARISON,
};
use crate::{
    compare::{Change, Side, Word},
    model::money::Unit,
};

/// Two returns of one department, or one without a counterpart.
#[derive(Debug)]
pub struct Compared {
    /// The department.
    pub department: String,
    /// The file of the old return.
    pub old: Option<String>,
    /// The file of the new return.
    pub new: Option<String>,
    /// The budget years of both, where they are known.
    pub years: [Option<i32>; 2],
    /// What changed.
    pub changes: Vec<Change>,
}

/// The difference of an amount, signed, with its percentage; what rounds to nothing has no sign.
fn difference(change: &Change) -> Option<(String, String)> {
    let found = change.amount?;
    let sign = |number: Decimal| {
        if number.is_zero() || number.is_sign_negative() { "" } else { "+" }
    };
    let yuan = sign(found.yuan).to_owned() + &amount(&printed(found.yuan));
    let percent = found.percent.map(|share| format!("{}{share}%", sign(share)));
    Some((yuan, percent.unwrap_or_default()))
}

/// One side of a change as people read it.
fn side(side: &Side, lang: Lang) -> String {
    match side {
        Side::Missing => pick(lang, "(not there)", "（无此项）").to_owned(),
        Side::Blank => pick(lang, "(blank)", "（空）").to_owned(),
        Side::Text(text) | Side::Unreadable(text) => text.clone(),
        Side::Unknown => pick(lang, "(has an amount that can't be read)", UNKNOWN_TOTAL).to_owned(),
        Side::Amount(money) => money.printed(Unit::Yuan),
    }
}

/// Whether a change is one of amounts: one of them at least is known.
fn is_amount(change: &Change) -> bool {
    [&change.old, &change.new].iter().any(|side| matches!(side, Side::Amount(_)))
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

fn overview(all: &[Compared], lang: Lang) -> String {
    let [changed, equal, gone, new] = counts(all);
    match lang {
        Lang::En => {
            format!("{changed} changed, {equal} unchanged, {gone} only old, {new} only new")
        }
        Lang::Zh => {
            format!("有变化 {changed} 份，无变化 {equal} 份，仅旧有 {gone} 份，仅新有 {new} 份")
        }
    }
}

/// What is said of a return without a counterpart: its side, and its year, since others of the department may have one.
fn alone(one: &Compared, lang: Lang) -> Option<String> {
    let (en, zh, year) = match (&one.old, &one.new) {
        (Some(_), None) => ("only on the old side", "仅在旧的一方", one.years[0]),
        (None, Some(_)) => ("only on the new side", "仅在新的一方", one.years[1]),
        _ => return None,
    };
    let said = pick(lang, en, zh);
    Some(match (year, lang) {
        (None, _) => said.to_owned(),
        (Some(year), Lang::En) => format!("{said} ({year})"),
        (Some(year), Lang::Zh) => format!("{said}（{year}年度）"),
    })
}

fn title(lang: Lang) -> &'static str {
    pick(lang, COMPARISON.0, COMPARISON.1)
}
