//! The returns of many files, one after the other, for those who add them up or compare them.

use std::{
    collections::HashSet,
    path::{Path, PathBuf},
    sync::atomic::{AtomicBool, Ordering},
};

use super::{
    choice::{self, Choice},
    load,
    manifest::{Lines, MANIFEST, is_manifest, refuse_unfinished},
    name, one, others, pool,
    sources::{Source, Tree, distinct, labels},
};
use crate::{
    diagnostic::Severity,
    error::{Error, Result},
    pipeline::{Reading, Settings},
    render::report::record::{
        CountsV1, FileV1, FindingV1, OutputV1, ReturnLineV1, StateV1, TextV1,
    },
};

/// A file to read.
#[derive(Debug, Default)]
pub struct Wanted {
    /// Where it is.
    pub path: PathBuf,
    /// What it is called.
    pub name: String,
    /// Findings in the source of each return, where it is an output and they can be told apart.
    pub counts: Vec<CountsV1>,
    /// Why it is known beforehand that it is not read; [`StateV1::Skipped`] where it is no file of the lot, and
    /// [`StateV1::Refused`] where `normalize` read it and did not write it.
    pub passed: Option<(StateV1, TextV1)>,
    /// The hash of what a run wrote there, where it is an output.
    pub written: Option<String>,
    /// Whether it was changed after that: then nothing holds that is known of its source. Known when it was read.
    pub changed: bool,
}

impl Wanted {
    /// Whether it is not one of the files, but a folder that is left out and told.
    pub fn is_left_out(&self) -> bool {
        matches!(self.passed, Some((StateV1::Skipped, _)))
    }

    /// Whether `normalize` read it and did not write it.
    pub fn is_refused(&self) -> bool {
        matches!(self.passed, Some((StateV1::Refused, _)))
    }
}

/// Files one after the other.
pub type Files = Box<dyn Iterator<Item = Wanted> + Send>;

/// The files of folders, single files and manifests. A folder that `normalize` wrote stands for its manifest where it is
/// named; below another folder it is left out. What else stands in it is told, but for the output of the command itself.
///
/// # Errors
/// [`Error::ReadFile`] when one of them is not there; [`Error::OutputFolder`] for what a run did not bring to its end.
pub fn wanted(roots: &[PathBuf], output: Option<&Path>) -> Result<Files> {
    // Who names a manifest names its folder.
    let folder = |root: &PathBuf| match root.parent() {
        Some(folder) if is_manifest(root) => Path::new(".").join(folder),
        _ => root.clone(),
    };
    let roots = distinct(roots, folder);
    let named: Vec<PathBuf> = roots.iter().map(folder).collect();
    named.iter().try_for_each(|root| refuse_unfinished(root))?;
    if let [root] = roots.as_slice() {
        return files(root, Path::new(""), named, output);
    }
    let mut all = Vec::new();
    for (root, label) in roots.iter().zip(labels(&roots)) {
        all.push((files(root, Path::new(&label), named.clone(), output)?, label));
    }
    all.sort_by(|one, other| one.1.cmp(&other.1));
    Ok(Box::new(all.into_iter().flat_map(|(files, _)| files)))
}

/// The files of one of the roots, named below what it is called.
fn files(
    root: &PathBuf,
    below: &Path,
    named: Vec<PathBuf>,
    output: Option<&Path>,
) -> Result<Files> {
    let inside = root.join(MANIFEST);
    if let Some(manifest) = [root, &inside].into_iter().find(|place| is_manifest(place)) {
        return outputs(manifest, below.to_owned(), named, output);
    }
    let choice = Choice { endings: vec!["xlsx"], named, ..Choice::default() };
    let tree = Tree::new(std::slice::from_ref(root), choice)?;
    // A single file is called as its root is.
    let below = if root.is_dir() { below.to_owned() } else { PathBuf::new() };
    Ok(Box::new(tree.filter_map(move |source| of_source(source, &below))))
}

fn of_source(source: Source, below: &Path) -> Option<Wanted> {
    let is_told =
        |(state, reason): &(StateV1, TextV1)| *state != StateV1::Skipped || choice::is_told(reason);
    if !source.passed.as_ref().is_none_or(is_told) {
        return None;
    }
    let name = name::shown(&below.join(&source.name));
    Some(Wanted { path: source.path, name, passed: source.passed, ..Wanted::default() })
}

/// What the runs of a manifest wrote, each return once.
fn outputs(
    manifest: &Path,
    below: PathBuf,
    named: Vec<PathBuf>,
    output: Option<&Path>,
) -> Result<Files> {
    let out = others::folder_of(manifest);
    let others = others::told(manifest, named, output)?.map(|reason| Wanted {
        path: out.clone(),
        name: name::shown(&out),
        passed: Some((StateV1::Skipped, reason)),
        ..Wanted::default()
    });
    let lines = Lines::open(manifest)?;
    Ok(Box::new(others.into_iter().chain(lines.flat_map(move |line| {
        let file = line.kept.file;
        let name = name::shown(&below.join(&line.name));
        let counts = counts_of(&file);
        let ending = |path: &str| path.rsplit_once('.').map(|(_, ending)| ending.to_owned());
        let first = file.outputs.first().and_then(|output| ending(&output.path));
        let outputs = file.outputs.iter().filter(|output| ending(&output.path) == first);
        let outputs: Vec<&OutputV1> = outputs.collect();
        // A file a return, or one for all of them.
        let size = if outputs.len() == counts.len() { 1 } else { counts.len().max(1) };
        let mut counts = counts.chunks(size);
        let mut found: Vec<Wanted> = outputs
            .into_iter()
            .map(|output| Wanted {
                path: out.join(name::path_of(&output.path)),
                name: name.clone(),
                counts: counts.next().unwrap_or_default().to_vec(),
                written: Some(output.sha256.clone()),
                ..Wanted::default()
            })
            .collect();
        if found.is_empty() && matches!(file.state, StateV1::Unread | StateV1::Refused) {
            let passed = file.reason.map(|reason| (file.state, reason));
            found.push(Wanted { name, passed, ..Wanted::default() });
        }
        found
    }))))
}

/// Errors and warnings of each return of a file, by the sheets that they are about; none where two share a sheet.
fn counts_of(file: &FileV1) -> Vec<CountsV1> {
    if let [_] = file.returns.as_slice()
        && file.more_findings > 0
    {
        return vec![file.counts];
    }
    let sheets: HashSet<_> = file.returns.iter().map(|of| &of.sheet).collect();
    if file.more_findings > 0 || sheets.len() < file.returns.len() {
        return Vec::new();
    }
    let count = |of: &ReturnLineV1, severity: Severity| {
        let is_it = |one: &&FindingV1| one.sheet == of.sheet && one.severity == severity.name();
        file.findings.iter().filter(is_it).count() as u64
    };
    let counts = |of| CountsV1 {
        errors: count(of, Severity::Error),
        warnings: count(of, Severity::Warning),
        infos: 0,
    };
    file.returns.iter().map(counts).collect()
}

/// About how many bytes a return holds that was read.
const HELD: u64 = 20 << 10;

/// A file that was read, or why it was not.
pub type Read = (Wanted, std::result::Result<Reading<'static>, TextV1>);

/// Reads files by several workers, and hands them over in order. A file that the output is to replace, from an earlier run
/// say, is none of them.
///
/// # Errors
/// The first of `take`; [`Error::OutputIsInput`] when the output would replace a file that holds a return.
pub fn gather(
    files: impl Iterator<Item = Wanted> + Send,
    output: Option<&Path>,
    settings: &Settings<'static>,
    jobs: usize,
    stop: &AtomicBool,
    mut take: impl FnMut(Read) -> Result<()>,
) -> Result<()> {
    let mut files = files;
    // By the name that it has itself, should a link lead to it; where there is none it replaces nothing.
    let output = output.and_then(|path| path.canonicalize().ok());
    let is_output = |file: &Wanted| {
        let same = |output: &PathBuf| {
            output.file_name() == file.path.file_name()
                && same_file::is_same_file(output, &file.path).unwrap_or(false)
        };
        output.as_ref().is_some_and(same)
    };
    pool::ordered(
        jobs,
        pool::RETURNS,
        || if stop.load(Ordering::Relaxed) { None } else { files.next() },
        |_, mut wanted: Wanted| {
            let read = read(&mut wanted, settings);
            (is_output(&wanted), (wanted, read))
        },
        |(_, (_, read))| read.as_ref().map_or(0, |reading| reading.returns.len() as u64 * HELD),
        |(is_output, read)| match read {
            (wanted, Ok(reading)) if is_output && !reading.returns.is_empty() => {
                Err(Error::OutputIsInput { path: wanted.path })
            }
            _ if is_output => Ok(true),
            read => take(read).map(|()| true),
        },
    )
}

/// Refuses an output that would replace a file that holds a return, or may hold one since it can't be read: whether that is
/// among the files or not, and wherever a link leads.
///
/// # Errors
/// [`Error::OutputIsReturn`], [`Error::OutputUnread`].
pub fn refuse_return(output: &Path, settings: &Settings<'static>) -> Result<()> {
    if !output.is_file() {
        return Ok(());
    }
    let path = output.to_owned();
    // What is wanted of the files says nothing of this one.
    let settings = Settings { opener: settings.opener, ..Settings::default() };
    let read = load::steady(output, &settings.limits).and_then(|content| content.read(&settings));
    match read {
        Ok(reading) if !reading.returns.is_empty() => Err(Error::OutputIsReturn { path }),
        Err(
            Error::Damaged { .. }
            | Error::Encrypted
            | Error::Limit { .. }
            | Error::Worker { .. }
            | Error::ReadFile { .. },
        ) => Err(Error::OutputUnread { path }),
        _ => Ok(()),
    }
}

fn read(
    wanted: &mut Wanted,
    settings: &Settings<'static>,
) -> std::result::Result<Reading<'static>, TextV1> {
    if let Some((_, reason)) = &wanted.passed {
        return Err(reason.clone());
    }
    let settings = Settings { file: Some(wanted.name.clone()), ..settings.clone() };
    let content = load::steady(&wanted.path, &settings.limits);
    let content = content.map_err(|error: Error| one::told(&error))?;
    wanted.changed = wanted.written.as_ref().is_some_and(|written| *written != content.sha256);
    if wanted.changed {
        wanted.counts.clear();
    }
    one::read_one(&content, &settings)
}
