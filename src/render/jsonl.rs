//! Returns as JSON lines, version 1: one return a line.

use crate::{
    error::{Error, Result},
    json::{ReturnV1, v1::SourceV1},
    model::Return,
};

/// Renders returns, each with where it was read, one a line.
///
/// # Errors
/// [`Error::Render`], which no return should bring about.
pub fn render<'a>(
    returns: impl Iterator<Item = (&'a Return, Option<SourceV1>)>,
) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    for (of, source) in returns {
        serde_json::to_writer(&mut bytes, &ReturnV1::new(of, source))
            .map_err(|error| Error::Render { output: "JSON line", reason: error.to_string() })?;
        bytes.push(b'\n');
    }
    Ok(bytes)
}
