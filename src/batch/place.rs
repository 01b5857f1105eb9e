//! What keeps an output from its place: that it is an input, that somebody's file stands there, that no folder can be.

use std::{
    collections::HashSet,
    fs, io,
    path::{Path, PathBuf},
};

use super::{
    hash,
    manifest::known,
    name,
    run::{Order, Part, content},
    sources::{Source, whole},
};
use crate::{
    error::{Error, Result},
    message::io_in_chinese,
    render::report::record::TextV1,
};

/// The output folder as the outputs of a run find it.
pub(super) struct Ground<'a> {
    order: &'a Order,
    inputs: Inputs,
    /// Places with the content that an earlier run left there; read when it is first needed.
    owned: Option<HashSet<u64>>,
    /// The folder that was made last.
    folder: PathBuf,
}

impl<'a> Ground<'a> {
    pub(super) fn new(order: &'a Order, listed: HashSet<u64>) -> Self {
        let inputs = Inputs::new(order, listed);
        Self { order, inputs, owned: None, folder: PathBuf::new() }
    }

    /// Why what was made of a source can't have its places, if it can't; their folders are made. What an earlier run left
    /// in the way of a folder is removed, and named.
    pub(super) fn hindrance(
        &mut self,
        source: &Source,
        parts: &[Part],
        places: &[PathBuf],
        removed: &mut Vec<PathBuf>,
    ) -> Result<Option<TextV1>> {
        for (part, place) in parts.iter().zip(places) {
            let full = self.order.out.join(place);
            if self.inputs.hold(&full, source) {
                return Ok(Some(is_input(place)));
            }
            match fs::symlink_metadata(&full) {
                Ok(_) if !self.is_ours(&full, place, &part.sha256)? => {
                    return Ok(Some(is_foreign(place)));
                }
                Err(error) if error.kind() == io::ErrorKind::InvalidFilename => {
                    return Ok(Some(cannot_be(place, &error)));
                }
                _ => {}
            }
            if part.file.is_some() {
                if let Some(reason) = self.make_folder(&full, place, removed)? {
                    return Ok(Some(reason));
                }
            } else if let Some(above) = self.file_above(place)
                && self.in_the_way(place)?.is_none()
            {
                return Ok(Some(is_foreign(above)));
            }
        }
        Ok(None)
    }

    /// Whether what stands in a place is what belongs there, or was left there by an earlier run.
    fn is_ours(&mut self, full: &Path, place: &Path, sha256: &str) -> Result<bool> {
        match content(full) {
            Some(found) if found == sha256 => Ok(true),
            Some(found) => self.owns(place, &found),
            None => Ok(false),
        }
    }

    /// Whether an earlier run left this content there.
    fn owns(&mut self, place: &Path, sha256: &str) -> Result<bool> {
        if self.owned.is_none() {
            let outputs = known(&self.order.out)?.flat_map(|line| line.kept.file.outputs);
            let keys = outputs.map(|output| owned_key(&output.path, &output.sha256));
            self.owned = Some(keys.collect());
        }
        let key = owned_key(&name::shown(place), sha256);
        Ok(self.owned.as_ref().is_some_and(|owned| owned.contains(&key)))
    }

    fn make_folder(
        &mut self,
        full: &Path,
        place: &Path,
        removed: &mut Vec<PathBuf>,
    ) -> Result<Option<TextV1>> {
        let Some(folder) = full.parent().filter(|folder| **folder != self.folder) else {
            return Ok(None);
        };
        let mut made = fs::create_dir_all(folder);
        if made.is_err()
            && let Some(obsolete) = self.in_the_way(place)?
        {
            fs::remove_file(self.order.out.join(&obsolete)).map_err(|source| Error::WriteFile {
                path: self.order.out.join(&obsolete),
                source,
            })?;
            removed.push(obsolete);
            made = fs::create_dir_all(folder);
        }
        match made {
            Ok(()) => {
                self.folder = folder.to_owned();
                Ok(None)
            }
            Err(error) if is_of_the_place(&error) => {
                let above = self.file_above(place);
                Ok(Some(above.map_or_else(|| cannot_be(place, &error), is_foreign)))
            }
            Err(source) => Err(Error::WriteFile { path: full.to_owned(), source }),
        }
    }

    /// A file that stands where a folder above the place is to be.
    fn file_above<'p>(&self, place: &'p Path) -> Option<&'p Path> {
        place.ancestors().skip(1).find(|above| self.order.out.join(above).is_file())
    }

    /// What an earlier run wrote where a folder above the place is to be.
    fn in_the_way(&mut self, place: &Path) -> Result<Option<PathBuf>> {
        for above in place.ancestors().skip(1).filter(|above| !above.as_os_str().is_empty()) {
            if let Some(found) = content(&self.order.out.join(above))
                && self.owns(above, &found)?
            {
                return Ok(Some(above.to_owned()));
            }
        }
        Ok(None)
    }
}

/// Whether an error is about one place, so that others may still be written: not the disk that is full.
fn is_of_the_place(error: &io::Error) -> bool {
    use io::ErrorKind::{
        AlreadyExists, InvalidFilename, InvalidInput, IsADirectory, NotADirectory, NotFound,
        PermissionDenied,
    };
    matches!(
        error.kind(),
        AlreadyExists
            | InvalidFilename
            | InvalidInput
            | IsADirectory
            | NotADirectory
            | NotFound
            | PermissionDenied
    )
}

fn is_input(place: &Path) -> TextV1 {
    let shown = name::shown(place);
    TextV1 {
        en: format!(
            "`{shown}` in the output folder is among the sources, which are never written to: give another folder with -o"
        ),
        zh: format!("输出文件夹中的“{shown}”属于源文件，不会写入；请用 -o 另取文件夹"),
    }
}

fn is_foreign(place: &Path) -> TextV1 {
    let shown = name::shown(place);
    TextV1 {
        en: format!(
            "`{shown}` is there already and is not what an earlier run wrote; nothing is overwritten: move it away"
        ),
        zh: format!("“{shown}”已存在，且不是此前写出的内容，不会覆盖；请先移走"),
    }
}

fn cannot_be(place: &Path, error: &io::Error) -> TextV1 {
    let shown = name::shown(place);
    TextV1 {
        en: format!("`{shown}` can't be written: {error}"),
        zh: format!("无法写入“{shown}”：{}", io_in_chinese(error)),
    }
}

/// The files that a run reads, and the folders it reads them from.
struct Inputs {
    out: PathBuf,
    roots: Vec<PathBuf>,
    /// The files of a list by their whole names.
    listed: HashSet<u64>,
    /// The folder that was looked at last, and where it is.
    folder: (PathBuf, PathBuf),
}

impl Inputs {
    fn new(order: &Order, listed: HashSet<u64>) -> Self {
        let roots = order.roots.iter().map(|root| located(root)).collect();
        Self { out: located(&order.out), roots, listed, folder: Default::default() }
    }

    /// Whether a place is one of them or lies in one, but for an output folder that lies in one: nothing is read there.
    fn hold(&mut self, full: &Path, source: &Source) -> bool {
        let (Some(folder), Some(own)) = (full.parent(), full.file_name()) else { return false };
        if self.folder.0 != folder {
            self.folder = (folder.to_owned(), located(folder));
        }
        let place = self.folder.1.join(own);
        let is_below = |root: &PathBuf| {
            place.starts_with(root)
                && (root.starts_with(&self.out) || !place.starts_with(&self.out))
        };
        let is_listed = || {
            fs::symlink_metadata(full).is_ok()
                && (self.listed.contains(&hash::number(&place))
                    || same_file::is_same_file(full, &source.path).unwrap_or(false))
        };
        self.roots.iter().any(is_below) || !self.listed.is_empty() && is_listed()
    }
}

/// The files of a list as [`Ground`] knows them.
pub(super) fn listed(sources: &[Source]) -> HashSet<u64> {
    sources.iter().map(|source| hash::number(&whole(&source.path))).collect()
}

/// Where a path leads, be it to something that is not there yet.
fn located(path: &Path) -> PathBuf {
    for there in path.ancestors() {
        let known = if there.as_os_str().is_empty() { Path::new(".") } else { there };
        if let Ok(place) = fs::canonicalize(known) {
            return path
                .strip_prefix(there)
                .map_or_else(|_| place.clone(), |rest| place.join(rest));
        }
    }
    path.to_owned()
}

fn owned_key(path: &str, sha256: &str) -> u64 {
    hash::number(&(path, sha256))
}
