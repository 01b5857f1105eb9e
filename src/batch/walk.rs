//! The files of a folder that may hold a return.

use std::{
    ffi::OsStr,
    fs, io,
    path::{Path, PathBuf},
};

use crate::error::{Error, Result};

/// Endings of files that are looked at in a folder.
const ENDINGS: &[&str] = &[
    "xlsx", "xlsm", "xltx", "xltm", "xls", "xlt", "et", "ett", "xlsb", "ods", "ots", "fods", "csv",
    "tsv", "txt", "json", "jsonl", "docx", "docm", "html", "htm", "mht", "mhtml", "xml", "wps",
    "doc", "pdf",
];

/// Every file below a folder that may hold a return, by name. Hidden files, lock files (`~$…`) and links are left out.
///
/// # Errors
/// [`Error::ReadFile`] when the folder itself can't be read.
pub fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let fail = |source: io::Error| Error::ReadFile { path: folder.to_owned(), source };
    let mut folders = vec![folder.to_owned()];
    let mut first = true;
    while let Some(next) = folders.pop() {
        let entries = match fs::read_dir(&next) {
            Ok(entries) => entries,
            Err(error) if first => return Err(fail(error)),
            Err(_) => continue,
        };
        first = false;
        for entry in entries.flatten() {
            let Ok(kind) = entry.file_type() else { continue };
            if is_hidden(&entry.file_name()) {
                continue;
            }
            if kind.is_dir() {
                folders.push(entry.path());
            } else if kind.is_file() && has_known_ending(&entry.path()) {
                found.push(entry.path());
            }
        }
    }
    found.sort();
    Ok(found)
}

/// Whether a name is one of a hidden file or of a lock that an office program leaves beside an open file.
pub(super) fn is_hidden(name: &OsStr) -> bool {
    let name = name.as_encoded_bytes();
    name.starts_with(b".") || name.starts_with(b"~$") || name == b"__MACOSX"
}

/// Whether a file may hold a return, or is one that somebody may have handed in as one.
pub(super) fn has_known_ending(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    ENDINGS.iter().any(|known| known.eq_ignore_ascii_case(ending))
}
