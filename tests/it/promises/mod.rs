//! The promises of the design, each a test.

mod exact;
mod identity;
mod kept;
mod twice;
mod untouched;

use std::{
    fs,
    path::{Path, PathBuf},
};

/// The sample files of the repository; none where there is no folder.
pub(crate) fn samples() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let mut found = Vec::new();
    let mut folders = vec![folder];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            let ending = path.extension().unwrap_or_default().to_string_lossy().into_owned();
            match () {
                () if path.is_dir() => folders.push(path),
                () if ["xlsx", "csv", "tsv", "txt", "json", "jsonl"].contains(&ending.as_str()) => {
                    found.push(path);
                }
                () => {}
            }
        }
    }
    found.sort();
    found
}
