//! Which names of a folder may be those of returns.

use std::{ffi::OsStr, path::Path};

/// Endings of files that are looked at in a folder.
const ENDINGS: &[&str] = &[
    "xlsx", "xlsm", "xltx", "xltm", "xls", "xlt", "et", "ett", "xlsb", "ods", "ots", "fods", "csv",
    "tsv", "txt", "json", "jsonl", "docx", "docm", "html", "htm", "mht", "mhtml", "xml", "wps",
    "doc", "pdf",
];

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
