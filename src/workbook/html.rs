//! HTML pages saved as a workbook, which web systems export as `.xls`.

use super::{Workbook, limits::Limits};
use crate::error::{Error, Result};

/// Reads every sheet.
pub(super) fn read(_bytes: &[u8], _encoding: Option<&str>, _limits: &Limits) -> Result<Workbook> {
    Err(Error::Unsupported {
        kind: "an HTML page saved as a workbook",
        advice: super::sniff::SAVE_AS,
    })
}
