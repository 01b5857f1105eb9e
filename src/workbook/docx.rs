//! Word documents (`.docx`): the form as a table.

use super::{Workbook, limits::Limits};
use crate::error::{Error, Result};

/// Reads every sheet.
pub(super) fn read(_bytes: &[u8], _limits: &Limits) -> Result<Workbook> {
    Err(Error::Unsupported { kind: "a Word document (.docx)", advice: super::sniff::SAVE_AS })
}
