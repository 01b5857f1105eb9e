//! A table as csv or as JSON lines, for other programs.

use std::io::Write;

use serde::ser::{SerializeMap, Serializer};

use super::rows::{Column, Value};
use crate::{
    error::{Error, Result},
    render::report::totals::printed,
};

/// The head of a csv, with a byte order mark so that Excel opens it right.
///
/// # Errors
/// [`Error::Render`] when the stream refuses.
pub fn csv_head(out: &mut dyn Write, columns: &[Column]) -> Result<()> {
    out.write_all("\u{feff}".as_bytes()).map_err(|error| refused(&error))?;
    record(out, columns.iter().map(|column| column.key.to_owned()))
}

/// A row of a csv. An amount that can't be read is its text.
///
/// # Errors
/// [`Error::Render`] when the stream refuses.
pub fn csv_row(out: &mut dyn Write, values: &[Value]) -> Result<()> {
    record(
        out,
        values.iter().map(|value| match value {
            Value::Blank => String::new(),
            Value::Text(text) | Value::Unreadable(text) => text.clone(),
            Value::Count(count) => count.to_string(),
            Value::Amount(amount) => printed(*amount),
        }),
    )
}

fn record(out: &mut dyn Write, fields: impl Iterator<Item = String>) -> Result<()> {
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let fail = |reason: String| Error::Render { output: "csv", reason };
    writer.write_record(fields).map_err(|error| fail(error.to_string()))?;
    let bytes = writer.into_inner().map_err(|error| fail(error.to_string()))?;
    out.write_all(&bytes).map_err(|error| refused(&error))
}

/// A row as a line of JSON. An amount is text in yuan; one that can't be read is an object with the key `unreadable`.
///
/// # Errors
/// [`Error::Render`] when the stream refuses.
pub fn json_row(out: &mut dyn Write, columns: &[Column], values: &[Value]) -> Result<()> {
    let mut line = Vec::new();
    let mut to = serde_json::Serializer::new(&mut line);
    let write = |to: &mut serde_json::Serializer<&mut Vec<u8>>| {
        let mut map = to.serialize_map(Some(columns.len()))?;
        for (column, value) in columns.iter().zip(values) {
            match value {
                Value::Blank => map.serialize_entry(column.key, &())?,
                Value::Text(text) => map.serialize_entry(column.key, text)?,
                Value::Count(count) => map.serialize_entry(column.key, count)?,
                Value::Amount(amount) => map.serialize_entry(column.key, &printed(*amount))?,
                Value::Unreadable(text) => {
                    let entry = std::collections::BTreeMap::from([("unreadable", text)]);
                    map.serialize_entry(column.key, &entry)?;
                }
            }
        }
        map.end()
    };
    write(&mut to).map_err(|error: serde_json::Error| Error::Render {
        output: "JSON line",
        reason: error.to_string(),
    })?;
    line.push(b'\n');
    out.write_all(&line).map_err(|error| refused(&error))
}

fn refused(error: &std::io::Error) -> Error {
    Error::Render { output: "table", reason: error.to_string() }
}
