//! One line of a stream: a file with its returns, or with the reason why it has none.

use serde::Serialize;

use super::{
    json,
    record::{CountsV1, FileV1, FindingV1, StateV1, TextV1},
};
use crate::error::Result;

#[derive(Serialize)]
struct LineV1<'a> {
    file: &'a str,
    state: &'static str,
    kind: &'a str,
    size: u64,
    sha256: &'a str,
    error: Option<&'a TextV1>,
    counts: CountsV1,
    findings: &'a [FindingV1],
    more_findings: u64,
}

/// The line of a file, its end included. `returns` holds a line of JSON for each return.
///
/// # Errors
/// [`crate::error::Error::Render`], which no record should bring about.
pub fn render(file: &FileV1, returns: &str) -> Result<String> {
    let line = LineV1 {
        file: &file.source,
        state: if file.state == StateV1::Written { "read" } else { "unread" },
        kind: &file.kind,
        size: file.size,
        sha256: &file.sha256,
        error: file.reason.as_ref(),
        counts: file.counts,
        findings: &file.findings,
        more_findings: file.more_findings,
    };
    let mut text = json::line(&line)?;
    // The returns are JSON already; they become the last key.
    text.pop();
    text.reserve_exact(returns.len() + 32);
    text.push_str(",\"returns\":[");
    for (at, line) in returns.lines().enumerate() {
        text.push_str(if at > 0 { "," } else { "" });
        text.push_str(line);
    }
    text.push_str("]}\n");
    Ok(text)
}
