//! The value of a cell, from its type and its text.

use super::styles::Look;
use crate::{
    grid::{Number, Value},
    workbook::{iso, number_format::NumberFormat},
};

/// A value; none where nothing stands.
pub(super) fn of(
    kind: &str,
    text: String,
    formula: Option<String>,
    look: &Look,
    date1904: bool,
) -> Option<Value> {
    let number = |value: f64| {
        let shown = look.format.as_ref().map(|format| format.show(value, date1904));
        Value::Number(Number { value, shown })
    };
    let plain = text.trim();
    let known = match kind {
        "Number" => plain.parse().ok().filter(|value: &f64| value.is_finite()).map(number),
        "DateTime" => {
            let serial = iso::date(plain, date1904).map(|(_, serial)| serial);
            serial.filter(|serial| *serial >= 0.0).map(|serial| match look.format {
                Some(_) => number(serial),
                None => bare_date(serial, date1904),
            })
        }
        "Boolean" => match plain {
            "1" | "true" | "True" | "TRUE" => Some(Value::Boolean(true)),
            "0" | "false" | "False" | "FALSE" => Some(Value::Boolean(false)),
            _ => None,
        },
        "Error" if !plain.is_empty() => Some(Value::Error(plain.to_owned())),
        _ => None,
    };
    match formula {
        _ if known.is_some() => known,
        _ if !plain.is_empty() => Some(Value::Text(text)),
        // An empty text is a result.
        Some(formula) if kind != "String" => {
            Some(Value::Formula(format!("={}", formula.trim_start_matches('='))))
        }
        _ => None,
    }
}

/// A date without a format of its own.
fn bare_date(value: f64, date1904: bool) -> Value {
    let code = if value < 1.0 { "h:mm:ss" } else { "yyyy/m/d" };
    let shown = Some(NumberFormat::from_code(code).show(value, date1904));
    Value::Number(Number { value, shown })
}

/// Whether a formula takes a value from another file: `[Book1.xls]`, which no offset such as `R[-1]C[2]` looks like.
pub(super) fn is_external(formula: &str) -> bool {
    formula.split('[').skip(1).any(|part| {
        part.split_once(']')
            .is_some_and(|(name, _)| name.contains(|c: char| !c.is_ascii_digit() && c != '-'))
    })
}
