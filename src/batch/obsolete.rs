//! Outputs of earlier runs that are made no longer.

use std::{collections::HashSet, fs, path::Path};

use super::{
    feed::Why,
    hash,
    manifest::Line,
    name, naming,
    run::{Event, content},
};
use crate::{
    error::{Error, Result},
    render::report::record::{OutputV1, TextV1},
};

/// The outputs that stand after a run, by numbers: a hundred thousand names would take tens of megabytes.
#[derive(Default)]
pub(super) struct Standing {
    exact: HashSet<u64>,
    /// Without a difference of case.
    folded: HashSet<u64>,
}

impl Standing {
    pub(super) fn add(&mut self, output: &OutputV1) {
        self.exact.insert(hash::number(&output.path));
        self.folded.insert(naming::key(&name::path_of(&output.path)));
    }

    /// Whether an output of that name stands, also where the file system calls it by another case.
    fn has(&self, out: &Path, path: &str) -> bool {
        self.exact.contains(&hash::number(&path))
            || self.folded.contains(&naming::key(&name::path_of(path))) && is_caseless(out, path)
    }
}

/// Whether the file system finds a file by its name in the other case.
fn is_caseless(out: &Path, path: &str) -> bool {
    let swapped: String = path
        .chars()
        .flat_map(|c| {
            if c.is_lowercase() {
                c.to_uppercase().collect::<Vec<_>>()
            } else {
                c.to_lowercase().collect()
            }
        })
        .collect();
    let [one, other] = [path, &swapped].map(|shown| out.join(name::path_of(shown)));
    same_file::is_same_file(one, other).unwrap_or(false)
}

/// What is said of a source that is no longer found, and of what was written from it: that is removed, or another source
/// has its place now, but what somebody changed is left. It is said before that is done, from what stands there.
pub(super) fn reason(out: &Path, line: &Line, why: Why) -> TextV1 {
    let changed = line.kept.file.outputs.iter().filter(|output| {
        content(&out.join(name::path_of(&output.path))).is_some_and(|found| found != output.sha256)
    });
    let changed: Vec<&str> = changed.map(|output| output.path.as_str()).collect();
    let (en, zh) = match why {
        Why::NotThere => ("no longer among the sources", "源文件已不在"),
        Why::FolderUnread => ("its folder can't be read now", "所在文件夹目前无法读取"),
    };
    let (mut en, mut zh) = (
        format!("{en}; what was written from it was removed or replaced"),
        format!("{zh}，由它写出的文件已删除或被取代"),
    );
    if !changed.is_empty() {
        en += &format!(", but for what was changed after it was written: {}", changed.join(", "));
        zh += &format!("；写出后被改动过的予以保留：{}", changed.join("、"));
    }
    TextV1 { en, zh }
}

/// Removes what stands no longer, unless somebody changed it, and says how much that is. A dry run only tells it.
pub(super) fn remove(
    out: &Path,
    known: impl Iterator<Item = Line>,
    standing: &Standing,
    dry_run: bool,
    watch: &mut dyn FnMut(Event<'_>),
) -> Result<u64> {
    let mut removed = 0;
    for output in known.flat_map(|line| line.kept.file.outputs) {
        if standing.has(out, &output.path) {
            continue;
        }
        let place = name::path_of(&output.path);
        let full = out.join(&place);
        match content(&full) {
            Some(found) if found == output.sha256 => {
                if !dry_run {
                    let fail = |source| Error::WriteFile { path: full.clone(), source };
                    fs::remove_file(&full).map_err(fail)?;
                    remove_empty(out, place.parent());
                }
                removed += 1;
                watch(Event::Removed(&output.path));
            }
            Some(_) => watch(Event::Left(&output.path)),
            // A run that was killed may have removed it, and not its folder.
            None if !dry_run => remove_empty(out, place.parent()),
            None => {}
        }
    }
    Ok(removed)
}

/// Removes folders that nothing stands in any longer.
fn remove_empty(out: &Path, folder: Option<&Path>) {
    let mut next = folder;
    while let Some(folder) = next.filter(|folder| !folder.as_os_str().is_empty()) {
        if fs::remove_dir(out.join(folder)).is_err() {
            return;
        }
        next = folder.parent();
    }
}
