//! The returns of many files, one after the other, for those who add them up or compare them.

use std::{
    path::{Path, PathBuf},
    sync::atomic::{AtomicBool, Ordering},
};

use super::{
    load,
    manifest::{Lines, MANIFEST, is_manifest},
    name, one, pool,
    sources::{Choice, Tree},
};
use crate::{
    error::{Error, Result},
    pipeline::{Reading, Settings},
    render::report::record::{CountsV1, StateV1, TextV1},
};

/// A file to read.
#[derive(Debug)]
pub struct Wanted {
    /// Where it is.
    pub path: PathBuf,
    /// What it is called.
    pub name: String,
    /// Findings in the source that it was made from, where it is an output.
    pub counts: Option<CountsV1>,
    /// Why it is known beforehand that it can't be read.
    pub unread: Option<TextV1>,
}

/// The files of folders, single files and manifests. A folder that `normalize` wrote stands for its manifest.
///
/// # Errors
/// [`Error::ReadFile`] when one of them is not there.
pub fn wanted(roots: &[PathBuf]) -> Result<Box<dyn Iterator<Item = Wanted> + Send>> {
    if let [root] = roots {
        let inside = root.join(MANIFEST);
        for place in [root, &inside] {
            if is_manifest(place) {
                return outputs(place);
            }
        }
    }
    let choice = Choice { endings: vec!["xlsx"], ..Choice::default() };
    let files = Tree::new(roots, choice)?.filter_map(|source| {
        let unread = match source.passed {
            Some((StateV1::Skipped, _)) => return None,
            Some((_, reason)) => Some(reason),
            None => None,
        };
        let name = name::shown(&source.name);
        Some(Wanted { path: source.path, name, counts: None, unread })
    });
    Ok(Box::new(files))
}

/// What the runs of a manifest wrote, each return once.
fn outputs(manifest: &Path) -> Result<Box<dyn Iterator<Item = Wanted> + Send>> {
    let out = manifest.parent().unwrap_or(Path::new("")).to_owned();
    let lines = Lines::open(manifest)?;
    Ok(Box::new(lines.flat_map(move |line| {
        let file = line.kept.file;
        // Findings of several returns can't be told apart any longer.
        let counts = (file.returns.len() == 1).then_some(file.counts);
        let ending = |path: &str| path.rsplit_once('.').map(|(_, ending)| ending.to_owned());
        let first = file.outputs.first().and_then(|output| ending(&output.path));
        let mut found: Vec<Wanted> = file
            .outputs
            .iter()
            .filter(|output| ending(&output.path) == first)
            .map(|output| Wanted {
                path: out.join(name::path_of(&output.path)),
                name: file.source.clone(),
                counts,
                unread: None,
            })
            .collect();
        if found.is_empty() && matches!(file.state, StateV1::Unread | StateV1::Refused) {
            let (path, name) = (PathBuf::new(), file.source.clone());
            found.push(Wanted { path, name, counts: None, unread: file.reason });
        }
        found
    })))
}

/// A file that was read, or why it was not.
pub type Read = (Wanted, std::result::Result<Reading<'static>, TextV1>);

/// Reads files by several workers, and hands them over in order.
///
/// # Errors
/// The first of `take`.
pub fn gather(
    files: impl Iterator<Item = Wanted> + Send,
    settings: &Settings<'static>,
    jobs: usize,
    stop: &AtomicBool,
    mut take: impl FnMut(Read) -> Result<()>,
) -> Result<()> {
    let mut files = files;
    pool::ordered(
        jobs,
        pool::RETURNS,
        || if stop.load(Ordering::Relaxed) { None } else { files.next() },
        |_, wanted: Wanted| {
            let read = read(&wanted, settings);
            (wanted, read)
        },
        |read| take(read).map(|()| true),
    )
}

fn read(
    wanted: &Wanted,
    settings: &Settings<'static>,
) -> std::result::Result<Reading<'static>, TextV1> {
    if let Some(reason) = &wanted.unread {
        return Err(reason.clone());
    }
    let settings = Settings { file: Some(wanted.name.clone()), ..settings.clone() };
    let content = load::steady(&wanted.path, &settings.limits);
    one::read_one(&content.map_err(|error: Error| one::told(&error))?, &settings)
}
