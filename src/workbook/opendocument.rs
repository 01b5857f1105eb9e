//! OpenDocument spreadsheets, packed (`.ods`) and flat (`.fods`).

use super::{Workbook, limits::Limits};
use crate::error::{Error, Result};

/// Reads every sheet.
pub(super) fn read(_bytes: &[u8], _limits: &Limits) -> Result<Workbook> {
    Err(Error::Unsupported {
        kind: "an OpenDocument file (.ods or .odt)",
        advice: super::sniff::SAVE_AS,
    })
}

/// Reads every sheet of a flat document.
pub(super) fn read_flat(_bytes: &[u8], _limits: &Limits) -> Result<Workbook> {
    Err(Error::Unsupported { kind: "a flat OpenDocument file", advice: super::sniff::SAVE_AS })
}
