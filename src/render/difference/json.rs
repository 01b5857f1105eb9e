//! As JSON, version 1.

use std::borrow::Cow;

use serde::Serialize;

use super::{Compared, Comparison, UNKNOWN_TOTAL, Unread};
use crate::{
    compare::{Change, Side, Word},
    error::{Error, Result},
    render::report::{record::TextV1, totals::printed},
};

#[derive(Serialize)]
struct ComparedV1<'a> {
    department: &'a str,
    old: Option<&'a str>,
    new: Option<&'a str>,
    old_year: Option<i32>,
    new_year: Option<i32>,
    state: &'static str,
    changes: Vec<ChangeV1<'a>>,
    /// Why a file was not read.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a TextV1>,
}

#[derive(Serialize)]
struct ChangeV1<'a> {
    part: &'a str,
    item: Option<&'a str>,
    field: Option<&'a str>,
    old: Option<Cow<'a, str>>,
    new: Option<Cow<'a, str>>,
    difference: Option<String>,
    percent: Option<String>,
    /// The sides that hold a number which can't be read, or a total of such.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    unknown: Vec<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    words: Vec<[&'a str; 2]>,
}

/// Renders what changed as an array, one object a pair of returns, then one a file that was not read. An item that is not
/// there is `null`, a blank field empty.
///
/// # Errors
/// [`Error::Render`], which no comparison should bring about.
pub fn render(all: &Comparison) -> Result<Vec<u8>> {
    let records: Vec<ComparedV1<'_>> =
        all.pairs.iter().map(pair).chain(all.unread.iter().map(unread)).collect();
    let mut bytes = serde_json::to_vec_pretty(&records)
        .map_err(|error| Error::Render { output: "JSON", reason: error.to_string() })?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn pair(one: &Compared) -> ComparedV1<'_> {
    ComparedV1 {
        department: &one.department,
        old: one.old.as_deref(),
        new: one.new.as_deref(),
        old_year: one.years[0],
        new_year: one.years[1],
        state: match (&one.old, &one.new, one.changes.is_empty()) {
            (Some(_), None, _) => "only-old",
            (None, _, _) => "only-new",
            (_, _, true) => "equal",
            (_, _, false) => "changed",
        },
        changes: one.changes.iter().map(change).collect(),
        reason: None,
    }
}

fn unread(one: &Unread) -> ComparedV1<'_> {
    let file = |new: bool| (one.new == new).then_some(one.file.as_str());
    ComparedV1 {
        department: "",
        old: file(false),
        new: file(true),
        old_year: None,
        new_year: None,
        state: "unread",
        changes: Vec::new(),
        reason: Some(&one.reason),
    }
}

fn change(change: &Change) -> ChangeV1<'_> {
    let some = |text: &'_ str| (!text.is_empty()).then_some(()).is_some();
    ChangeV1 {
        part: change.part,
        item: some(&change.item).then_some(change.item.as_str()),
        field: some(change.field).then_some(change.field),
        old: side(&change.old),
        new: side(&change.new),
        difference: change.amount.map(|amount| printed(amount.yuan)),
        percent: change.amount.and_then(|amount| amount.percent).map(|share| share.to_string()),
        unknown: [("old", &change.old), ("new", &change.new)]
            .into_iter()
            .filter(|(_, side)| matches!(side, Side::Unreadable(_) | Side::Unknown))
            .map(|(name, _)| name)
            .collect(),
        words: change
            .words
            .iter()
            .map(|word| match word {
                Word::Same(text) => ["same", text],
                Word::Gone(text) => ["gone", text],
                Word::New(text) => ["new", text],
            })
            .collect(),
    }
}

fn side(side: &Side) -> Option<Cow<'_, str>> {
    match side {
        Side::Missing => None,
        Side::Blank => Some("".into()),
        Side::Text(text) | Side::Unreadable(text) => Some(text.into()),
        Side::Unknown => Some(UNKNOWN_TOTAL.into()),
        Side::Amount(money) => Some(money.to_string().into()),
    }
}
