//! What an output folder follows: the folders, or the list, that its outputs are made of.
//!
//! What stands no longer in them is removed from the output folder, so a run over other sources would remove all that
//! earlier ones wrote. Such a run is refused unless it is asked for.

use std::{
    collections::HashSet,
    fs,
    path::{Path, PathBuf},
};

use super::{
    manifest::{Desk, Lines, known},
    name, place,
    run::Order,
    sources::Source,
};
use crate::error::{Error, Result};

/// The file that says it, among what runs keep for themselves.
const FOLLOWED: &str = "sources";
/// What it says of a list, of which no name is kept: it may come from a pipe.
const LIST: &str = "--files-from";

/// The sources of a run, and the files of a list as [`place::listed`] has them.
type Begun<'a> = (Box<dyn Iterator<Item = Source> + Send + 'a>, HashSet<u64>);

/// Lets an output folder follow its sources, unless it follows others.
///
/// # Errors
/// [`Error::OtherSources`]; [`Error::OutputFolder`] where no source is found; those of reading and writing what the output
/// folder keeps.
pub(super) fn begin<'a>(
    order: &Order,
    desk: Option<&Desk>,
    sources: impl Iterator<Item = Source> + Send + 'a,
) -> Result<Begun<'a>> {
    refuse_others(order)?;
    let begun: Begun<'a> = if order.roots.is_empty() {
        let list: Vec<Source> = sources.collect();
        refuse_other_list(order, known(&order.out)?, &list)?;
        let listed = place::listed(&list);
        (Box::new(list.into_iter()), listed)
    } else {
        (refuse_none(order, sources)?, HashSet::new())
    };
    desk.map_or(Ok(()), |desk| note(order, desk))?;
    Ok(begun)
}

/// Refuses folders that are not those of the earlier runs.
fn refuse_others(order: &Order) -> Result<()> {
    let earlier = fs::read_to_string(note_of(&order.out)).unwrap_or_default();
    let now = followed(&order.roots);
    if order.take_over || earlier.is_empty() || earlier == now || is_among(&earlier, &now) {
        return Ok(());
    }
    // Of what wrote nothing there is nothing to remove.
    if !has_outputs(order)? {
        return Ok(());
    }
    let shown = |root: &str| format!("`{root}`");
    let earlier = match earlier.trim_end() {
        LIST => None,
        roots => Some(roots.lines().map(shown).collect::<Vec<_>>().join(", ")),
    };
    Err(Error::OtherSources { path: order.out.clone(), earlier })
}

fn has_outputs(order: &Order) -> Result<bool> {
    Ok(known(&order.out)?.any(|line| !line.kept.file.outputs.is_empty()))
}

/// Refuses folders in which not one file is found that may be read, where all that was made of them would be removed: a
/// share may be missing, or a pattern be wrong.
fn refuse_none<'a>(
    order: &Order,
    mut sources: impl Iterator<Item = Source> + Send + 'a,
) -> Result<Box<dyn Iterator<Item = Source> + Send + 'a>> {
    if order.take_over || !has_outputs(order)? {
        return Ok(Box::new(sources));
    }
    let mut begun = Vec::new();
    for source in sources.by_ref() {
        let is_read = source.passed.is_none();
        begun.push(source);
        if is_read {
            return Ok(Box::new(begun.into_iter().chain(sources)));
        }
    }
    Err(Error::OutputFolder {
        path: order.out.clone(),
        reason: message!(
            "no file that may hold a return is found, and all that it holds would be removed; see whether the folders are there and what --include and --exclude leave, or let --take-over remove it",
            "未找到可能是目标表的文件，而其中已写出的文件将全部删除；请检查源文件夹是否存在、--include 与 --exclude 是否合适，确要删除请加 --take-over"
        ),
    })
}

/// Whether all earlier sources are among those of now, and are called as they were: beside others a single folder's files
/// stand below its name.
fn is_among(earlier: &str, now: &str) -> bool {
    let is_single_folder = || {
        let mut lines = earlier.lines();
        lines.next().is_some_and(|root| name::path_of(root).is_dir()) && lines.next().is_none()
    };
    let is_list = earlier.trim_end() == LIST || now.trim_end() == LIST;
    !is_list
        && earlier.lines().all(|root| now.lines().any(|other| other == root))
        && !is_single_folder()
}

/// Refuses a list that has not one of the files that earlier lists had.
fn refuse_other_list(order: &Order, known: Lines, list: &[Source]) -> Result<()> {
    if order.take_over {
        return Ok(());
    }
    let names: HashSet<&Path> = list.iter().map(|source| source.name.as_path()).collect();
    let mut written = known.filter(|line| !line.kept.file.outputs.is_empty()).peekable();
    if written.peek().is_none() || written.any(|line| names.contains(line.name.as_path())) {
        return Ok(());
    }
    Err(Error::OtherSources { path: order.out.clone(), earlier: None })
}

/// Notes what the output folder follows from now on.
fn note(order: &Order, desk: &Desk) -> Result<()> {
    let (place, text) = (note_of(&order.out), followed(&order.roots));
    if fs::read_to_string(&place).is_ok_and(|known| known == text) {
        return Ok(());
    }
    let part = desk.part(0, 0);
    let fail = |source| Error::WriteFile { path: place.clone(), source };
    super::run::write(&part, text.as_bytes())?;
    fs::rename(&part, &place).map_err(fail)
}

fn note_of(out: &Path) -> PathBuf {
    out.join(super::manifest::DESK).join(FOLLOWED)
}

/// The folders, a line each, wherever they are called from; of a list only that it is one.
fn followed(roots: &[PathBuf]) -> String {
    let resolved = |root: &PathBuf| fs::canonicalize(root).unwrap_or_else(|_| root.clone());
    let mut lines: Vec<String> = roots.iter().map(|root| name::shown(&resolved(root))).collect();
    lines.sort();
    lines.dedup();
    if lines.is_empty() {
        lines.push(LIST.to_owned());
    }
    lines.join("\n") + "\n"
}
