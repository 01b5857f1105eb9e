//! The value of a cell, from its type, its value and its text.

use super::{
    shown::{self, Kind},
    styles::Look,
};
use crate::{
    grid::{Number, Value},
    workbook::{iso, xml::Tag},
};

/// What the attributes of a cell say.
pub(super) struct Stated {
    kind: String,
    number: Option<String>,
    date: Option<String>,
    time: Option<String>,
    boolean: Option<String>,
    string: Option<String>,
    formula: Option<String>,
    is_error: bool,
}

impl Stated {
    pub(super) fn of(tag: &Tag<'_>) -> Self {
        let office = |name| tag.attribute("office", name);
        let extended = tag.attribute("calcext", "value-type");
        Self {
            kind: office("value-type").unwrap_or_default(),
            number: office("value"),
            date: office("date-value"),
            time: office("time-value"),
            boolean: office("boolean-value"),
            string: office("string-value"),
            formula: tag.attribute("table", "formula"),
            is_error: extended.is_some_and(|kind| kind == "error"),
        }
    }

    /// The formula's text without the name of its grammar: `of:=SUM([.A1])` is `=SUM([.A1])`.
    fn formula(&self) -> Option<String> {
        let formula = self.formula.as_deref()?;
        let start = formula.find('=').filter(|at| {
            formula[..*at].bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b':')
        });
        Some(format!("={}", start.map_or(formula, |at| &formula[at + 1..])))
    }

    /// Whether its formula takes a value from another file.
    pub(super) fn is_external(&self) -> bool {
        let places = ["'file:", "'http:", "'https:", "'smb:", "'ftp:"];
        self.formula
            .as_deref()
            .is_some_and(|formula| places.iter().any(|place| formula.contains(place)))
    }

    /// The value, with the text that stands in the cell.
    pub(super) fn value(self, text: Option<String>, look: &Look) -> Option<Value> {
        let shown = text.as_deref().unwrap_or_default();
        if is_error(shown.trim())
            && (self.is_error || self.formula.is_some() || self.kind == "float")
        {
            return Some(Value::Error(shown.trim().to_owned()));
        }
        let number = |value, kind| Some(Value::Number(shown::number(value, shown, kind, look)));
        let known = match self.kind.as_str() {
            "float" | "currency" => {
                finite(self.number.as_deref()).and_then(|value| number(value, Kind::Plain))
            }
            "percentage" => {
                finite(self.number.as_deref()).and_then(|value| number(value, Kind::Percentage))
            }
            "date" => self
                .date
                .as_deref()
                .and_then(|text| iso::date(text, false))
                .and_then(|(day, serial)| number(serial, Kind::Date(day))),
            "time" => self
                .time
                .as_deref()
                .and_then(iso::duration)
                .and_then(|days| number(days, Kind::Time)),
            "boolean" => self.boolean.as_deref().and_then(truth).map(Value::Boolean),
            _ => None,
        };
        if known.is_some() {
            return known;
        }
        let has_result = self.kind == "string" || text.is_some();
        let formula = self.formula();
        let stated = [text, self.string, self.date, self.time, self.boolean, self.number];
        let text = stated.into_iter().flatten().find(|text| !text.trim().is_empty());
        match (text, formula) {
            (Some(text), _) => Some(Value::Text(text)),
            (None, Some(formula)) if !has_result => Some(Value::Formula(formula)),
            _ => None,
        }
    }
}

fn finite(text: Option<&str>) -> Option<f64> {
    text?.trim().parse().ok().filter(|value: &f64| value.is_finite())
}

fn truth(text: &str) -> Option<bool> {
    match text.trim() {
        "true" | "1" => Some(true),
        "false" | "0" => Some(false),
        _ => None,
    }
}

/// `#REF!`, or an error that LibreOffice only numbers.
fn is_error(text: &str) -> bool {
    let numbered = text
        .strip_prefix("Err:")
        .or_else(|| text.strip_prefix("错误:"))
        .is_some_and(|code| code.parse::<u16>().is_ok());
    let named = ["#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NULL!", "#NUM!", "#N/A"];
    numbered || named.contains(&text)
}

/// How many bytes of memory a value takes beside its cell.
pub(super) fn size(value: &Value) -> u64 {
    match value {
        Value::Text(text) | Value::Error(text) | Value::Formula(text) => text.len() as u64,
        Value::Number(Number { shown: Some(shown), .. }) => shown.text.len() as u64,
        Value::Number(_) | Value::Boolean(_) => 0,
    }
}
