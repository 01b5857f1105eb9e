//! Outputs appear whole or not at all, and never in the place of an input.

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

use crate::error::{Error, Result};

/// Writes a file: beside its place, then renamed into it.
///
/// # Errors
/// [`Error::OutputIsInput`] when the place is one of the inputs, also by a link; [`Error::WriteFile`] when the system
/// refuses. What stood there before is then left as it was.
#[allow(clippy::disallowed_methods)] // this is the one place of the library that writes files
pub fn write(path: &Path, bytes: &[u8], inputs: &[PathBuf]) -> Result<()> {
    refuse_inputs(path, inputs)?;
    let fail = |source| Error::WriteFile { path: path.to_owned(), source };
    // A link is followed, so that the file behind it is replaced and not the link.
    let place = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    if place.is_dir() {
        return Err(fail(io::Error::new(
            io::ErrorKind::IsADirectory,
            message!("it is a folder; name a file in it", "这是文件夹，请指定其中的文件名"),
        )));
    }
    if place.exists() && !place.is_file() {
        // A device or a pipe can't be renamed over.
        return fs::write(&place, bytes).map_err(fail);
    }
    let folder = match place.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    if folder.is_file() {
        let folder = folder.display();
        let file = message!("`{folder}` is a file, not a folder", "`{folder}` 是文件，不是文件夹");
        return Err(fail(io::Error::new(io::ErrorKind::NotADirectory, file)));
    }
    if !folder.is_dir() {
        let folder = folder.display();
        let missing = message!(
            "the folder `{folder}` does not exist; make it first",
            "文件夹 `{folder}` 不存在，请先建立"
        );
        return Err(fail(io::Error::new(io::ErrorKind::NotFound, missing)));
    }
    if fs::metadata(&place).is_ok_and(|known| known.permissions().readonly()) {
        let protected = message!("it is write-protected", "文件为只读");
        return Err(fail(io::Error::new(io::ErrorKind::PermissionDenied, protected)));
    }
    let mut beside = beside(folder).map_err(fail)?;
    beside.write_all(bytes).and_then(|()| beside.as_file().sync_all()).map_err(fail)?;
    beside.persist(&place).map_err(|error| fail(error.error))?;
    Ok(())
}

/// Refuses a place that is one of the inputs.
///
/// # Errors
/// [`Error::OutputIsInput`].
pub fn refuse_inputs(path: &Path, inputs: &[PathBuf]) -> Result<()> {
    let same = |input: &PathBuf| same_file::is_same_file(path, input).unwrap_or(false);
    if inputs.iter().any(same) {
        Err(Error::OutputIsInput { path: path.to_owned() })
    } else {
        Ok(())
    }
}

/// A file beside the place, readable by those whom the system's mask lets.
fn beside(folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".jixiao-").suffix(".part");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}
