//! XML spreadsheets of Excel 2003 (`SpreadsheetML`).

use super::{Workbook, limits::Limits};
use crate::error::{Error, Result};

/// Reads every sheet.
pub(super) fn read(_bytes: &[u8], _limits: &Limits) -> Result<Workbook> {
    Err(Error::Unsupported { kind: "an XML spreadsheet of 2003", advice: super::sniff::SAVE_AS })
}
