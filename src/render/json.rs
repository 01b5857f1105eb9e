//! An array of returns as JSON, version 1.

use serde::Serializer as _;

use crate::{
    error::{Error, Result},
    json::{ReturnV1, v1::SourceV1},
    model::Return,
};

/// Renders returns, each with where it was read, as an array that people can read.
///
/// # Errors
/// [`Error::Render`], which no return should bring about.
pub fn render<'a>(
    returns: impl Iterator<Item = (&'a Return, Option<SourceV1>)>,
) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    // One at a time: what many returns hold would else stand here twice.
    serde_json::Serializer::pretty(&mut bytes)
        .collect_seq(returns.map(|(of, source)| ReturnV1::new(of, source)))
        .map_err(|error| Error::Render { output: "JSON", reason: error.to_string() })?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// Renders the JSON Schema of what [`render`] gives.
///
/// # Errors
/// [`Error::Render`], which the schema should not bring about.
pub fn schema() -> Result<Vec<u8>> {
    let mut bytes = serde_json::to_vec_pretty(&crate::json::schema())
        .map_err(|error| Error::Render { output: "JSON Schema", reason: error.to_string() })?;
    bytes.push(b'\n');
    Ok(bytes)
}
