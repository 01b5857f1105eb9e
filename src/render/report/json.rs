//! `report.json`: totals, departments that stand more than once, then a line a file.

use std::io::Write;

use serde::Serialize;

use super::{
    Each, fault,
    totals::{RepeatedV1, TotalsV1},
};
use crate::error::Result;

/// Writes the report.
///
/// # Errors
/// [`crate::error::Error::Render`] when the stream refuses; those of the records' source.
pub fn render(
    out: &mut dyn Write,
    each: &Each<'_>,
    totals: &TotalsV1,
    repeated: &[RepeatedV1],
) -> Result<()> {
    let fail = fault("report.json");
    write!(out, "{{\"version\":1,\n\"totals\":").map_err(&fail)?;
    value(out, totals)?;
    write!(out, ",\n\"repeated\":[").map_err(&fail)?;
    for (at, one) in repeated.iter().enumerate() {
        write!(out, "{}", if at == 0 { "\n" } else { ",\n" }).map_err(&fail)?;
        value(out, one)?;
    }
    write!(out, "],\n\"files\":[").map_err(&fail)?;
    let mut first = true;
    each(&mut |file| {
        write!(out, "{}", if first { "\n" } else { ",\n" }).map_err(&fail)?;
        first = false;
        value(out, file)
    })?;
    writeln!(out, "]}}").map_err(&fail)
}

/// A value as one line of JSON, without the line's end.
///
/// # Errors
/// [`crate::error::Error::Render`], which no record should bring about.
pub fn line(of: &impl Serialize) -> Result<String> {
    serde_json::to_string(of).map_err(|error| fault("JSON line")(std::io::Error::other(error)))
}

/// The value of a line of JSON; `None` where it is none.
pub fn parse<T: serde::de::DeserializeOwned>(line: &str) -> Option<T> {
    serde_json::from_str(line).ok()
}

fn value(out: &mut dyn Write, of: &impl Serialize) -> Result<()> {
    serde_json::to_writer(out, of)
        .map_err(|error| fault("report.json")(std::io::Error::other(error)))
}
