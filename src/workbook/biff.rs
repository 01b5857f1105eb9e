//! Binary workbooks of Excel 5 to 2003 and of WPS (`.xls`, `.et`): a stream of records, in a compound file or bare.

use super::{Workbook, limits::Limits};
use crate::error::{Error, Result};

/// Reads every sheet.
pub(super) fn read(_bytes: &[u8], _limits: &Limits) -> Result<Workbook> {
    Err(Error::Unsupported { kind: "an old .xls workbook", advice: super::sniff::SAVE_AS })
}
