//! The bytes of a source, which somebody may be saving at this moment.

use std::{fs, path::Path, time::SystemTime};

use crate::{
    error::{Error, Result},
    workbook::{self, Limits},
};

/// How often a file that changes is read again.
const TRIES: usize = 3;

/// Reads a file that does not change meanwhile.
///
/// # Errors
/// Those of [`workbook::load`]; [`Error::ReadFile`] when it changes at each try.
pub fn steady(path: &Path, limits: &Limits) -> Result<Vec<u8>> {
    for _ in 0..TRIES {
        let before = stamp(path);
        let bytes = workbook::load(path, limits)?;
        let after = stamp(path);
        // A device or a pipe has no size to go by.
        let whole = after.is_none_or(|(size, _)| size == bytes.len() as u64);
        if before == after && whole {
            return Ok(bytes);
        }
        if !path.is_file() {
            return Ok(bytes);
        }
    }
    Err(Error::ReadFile {
        path: path.to_owned(),
        source: std::io::Error::new(
            std::io::ErrorKind::ResourceBusy,
            "it changes while it is read; try again when nobody writes it",
        ),
    })
}

fn stamp(path: &Path) -> Option<(u64, Option<SystemTime>)> {
    let known = fs::metadata(path).ok().filter(fs::Metadata::is_file)?;
    Some((known.len(), known.modified().ok()))
}
