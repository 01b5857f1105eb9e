//! Binary OOXML workbooks (`.xlsb`): records in the parts of a package.

use super::{Workbook, limits::Limits};
use crate::error::{Error, Result};

/// Reads every sheet.
pub(super) fn read(_bytes: &[u8], _limits: &Limits) -> Result<Workbook> {
    Err(Error::Unsupported { kind: "a binary workbook (.xlsb)", advice: super::sniff::SAVE_AS })
}
