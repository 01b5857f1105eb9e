//! What changed between two returns, or two folders of them: as text, JSON, a page to print, and a workbook. Each of them
//! names the files that were not read: without them a department may seem to be gone.

pub mod html;
pub mod json;
pub mod text;
pub mod xlsx;

use rust_decimal::Decimal;

use super::{
    drawing::UNKNOWN_TOTAL,
    findings::Lang,
    report::{
        record::TextV1,
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

/// A file that gave no return, so that its department may seem to be gone or new.
#[derive(Debug)]
pub struct Unread {
    /// Whether it is on the new side.
    pub new: bool,
    /// The file.
    pub file: String,
    /// Why it was not read.
    pub reason: TextV1,
    /// Whether `normalize` read it, and did not write it.
    pub refused: bool,
}

impl Unread {
    /// What is said of it: that it was not read or not written, and on which side.
    fn said(&self, lang: Lang) -> &'static str {
        let (en, zh) = match (self.refused, self.new) {
            (false, false) => ("not read, on the old side", "旧的一方未能读取"),
            (false, true) => ("not read, on the new side", "新的一方未能读取"),
            (true, false) => {
                ("not written by normalize, on the old side", "旧的一方 normalize 未写出")
            }
            (true, true) => {
                ("not written by normalize, on the new side", "新的一方 normalize 未写出")
            }
        };
        pick(lang, en, zh)
    }
}

/// All that was compared.
#[derive(Debug, Default)]
pub struct Comparison {
    /// Returns beside each other.
    pub pairs: Vec<Compared>,
    /// Files that were not read.
    pub unread: Vec<Unread>,
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

fn overview(all: &Comparison, lang: Lang) -> String {
    let [changed, equal, gone, new] = counts(&all.pairs);
    let said = match lang {
        Lang::En => {
            format!("{changed} changed, {equal} unchanged, {gone} only old, {new} only new")
        }
        Lang::Zh => {
            format!("有变化 {changed} 份，无变化 {equal} 份，仅旧有 {gone} 份，仅新有 {new} 份")
        }
    };
    match (all.unread.len(), lang) {
        (0, _) => said,
        (1, Lang::En) => said + ", 1 file not read",
        (unread, Lang::En) => format!("{said}, {unread} files not read"),
        (unread, Lang::Zh) => format!("{said}，未能读取文件 {unread} 个"),
    }
}

/// What is said of a return without a counterpart: its side, its year, since others of the department may have one, and
/// whether its counterpart may stand in a file that was not read.
fn alone(one: &Compared, all: &Comparison, lang: Lang) -> Option<String> {
    let (en, zh, year) = match (&one.old, &one.new) {
        (Some(_), None) => ("only on the old side", "仅在旧的一方", one.years[0]),
        (None, Some(_)) => ("only on the new side", "仅在新的一方", one.years[1]),
        _ => return None,
    };
    let said = pick(lang, en, zh);
    let said = match (year, lang) {
        (None, _) => said.to_owned(),
        (Some(year), Lang::En) => format!("{said} ({year})"),
        (Some(year), Lang::Zh) => format!("{said}（{year}年度）"),
    };
    let is_doubtful = all.unread.iter().any(|unread| unread.new == one.new.is_none());
    let doubt = pick(lang, ", or in a file that was not read", "，或在未能读取的文件中");
    Some(if is_doubtful { said + doubt } else { said })
}

fn title(lang: Lang) -> &'static str {
    pick(lang, COMPARISON.0, COMPARISON.1)
}
