//! The report of a folder: what became of each file, and what all of them add up to.
//!
//! A report is drawn from records in the order of the files, one at a time, so that its memory does not grow with the
//! folder. It holds no time and no place of this machine: the same files give the same bytes.

pub mod html;
pub mod json;
pub mod line;
pub mod record;
pub mod totals;
pub mod words;
pub mod xlsx;

use crate::error::{Error, Result};

use record::FileV1;

/// Hands every record to a function, in the order of the files.
pub type Each<'a> = dyn Fn(&mut dyn FnMut(&FileV1) -> Result<()>) -> Result<()> + 'a;

/// A fault of the stream that a report is written to, or of a writer.
fn fault(output: &'static str) -> impl Fn(std::io::Error) -> Error {
    move |error| Error::Render { output, reason: error.to_string() }
}
