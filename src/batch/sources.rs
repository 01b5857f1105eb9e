//! The files of a run, in one order: every folder by name, and where each file's outputs are to go.

use std::{
    collections::{BTreeSet, HashMap, HashSet},
    ffi::{OsStr, OsString},
    fs,
    path::{Component, Path, PathBuf},
};

use super::{
    choice::{Choice, Kind},
    name,
    naming::{self, Wanted},
    walk,
};
use crate::{
    error::{Error, Result},
    render::report::record::{StateV1, TextV1},
};

/// One file of a run.
#[derive(Clone, Debug)]
pub struct Source {
    /// Where it is.
    pub path: PathBuf,
    /// Its name below its folder: what the report calls it, and what files are ordered by.
    pub name: PathBuf,
    /// The place of its outputs below the output folder, without an ending.
    pub place: PathBuf,
    /// Whether the place is another than was wanted.
    pub renamed: bool,
    /// Why it is not read, where that is known beforehand.
    pub passed: Option<(StateV1, TextV1)>,
}

/// Every file of folders and single files, each once, in the order of their names.
pub struct Tree {
    choice: Choice,
    levels: Vec<std::vec::IntoIter<Entry>>,
}

enum Entry {
    File(Source),
    Folder { path: PathBuf, name: PathBuf, place: PathBuf },
}

impl Tree {
    /// Opens folders and single files. One folder's files are named below it; with several, each is below its own name.
    ///
    /// # Errors
    /// [`Error::ReadFile`] when one of them is not there.
    pub fn new(roots: &[PathBuf], mut choice: Choice) -> Result<Self> {
        let missing = |path: &PathBuf| {
            let fail = |source| Error::ReadFile { path: path.clone(), source };
            fs::metadata(path).map(|known| known.is_dir()).map_err(fail)
        };
        let roots = distinct(roots, PathBuf::clone);
        // A name at the end, by which they are known again below another.
        choice.named = choice.named.iter().map(|named| resolved(named)).collect();
        let mut tree = Self { choice, levels: Vec::new() };
        if let [root] = roots.as_slice()
            && missing(root)?
        {
            fs::read_dir(root).map_err(|source| Error::ReadFile { path: root.clone(), source })?;
            tree.enter(root, Path::new(""), Path::new(""));
            return Ok(tree);
        }
        let kinds = roots.iter().map(missing).collect::<Result<Vec<bool>>>()?;
        let names = labels(&roots);
        let wanted: Vec<Wanted<'_>> = names
            .iter()
            .zip(&kinds)
            .map(|(name, folder)| Wanted { name, folder: *folder })
            .collect();
        let places = naming::places(&wanted, &tree.choice.endings, true);
        let mut entries: Vec<(OsString, Entry)> = Vec::new();
        for (((path, own), folder), planned) in roots.iter().zip(&names).zip(kinds).zip(places) {
            let (path, name, place) = (path.clone(), PathBuf::from(own), planned.stem.into());
            let entry = if folder {
                Entry::Folder { path, name, place }
            } else {
                let passed = irregular(&path);
                Entry::File(Source { path, name, place, renamed: planned.renamed, passed })
            };
            entries.push((own.clone(), entry));
        }
        entries.sort_by(|one, other| one.0.cmp(&other.0));
        tree.levels
            .push(entries.into_iter().map(|(_, entry)| entry).collect::<Vec<_>>().into_iter());
        Ok(tree)
    }

    /// Lists a folder and goes on in it.
    fn enter(&mut self, path: &Path, name: &Path, place: &Path) {
        let listed = match fs::read_dir(path) {
            Ok(listed) => listed,
            Err(error) => {
                let error = Error::ReadFile { path: name.to_owned(), source: error };
                let passed = Some((StateV1::Unread, super::one::told(&error)));
                let source = Source {
                    path: path.to_owned(),
                    name: name.to_owned(),
                    place: place.to_owned(),
                    renamed: false,
                    passed,
                };
                self.levels.push(vec![Entry::File(source)].into_iter());
                return;
            }
        };
        let mut found: Vec<(OsString, Kind)> = listed
            .flatten()
            .filter_map(|entry| {
                let own = entry.file_name();
                let kind = self.choice.kind(&entry, &name.join(&own))?;
                Some((own, kind))
            })
            .collect();
        found.sort_by(|one, other| one.0.cmp(&other.0));
        let wanted: Vec<Wanted<'_>> = found
            .iter()
            .map(|(name, kind)| Wanted { name, folder: !matches!(kind, Kind::File) })
            .collect();
        let places = naming::places(&wanted, &self.choice.endings, place.as_os_str().is_empty());
        let entries: Vec<Entry> = found
            .iter()
            .zip(places)
            .map(|((own, kind), planned)| {
                let (path, name, place) =
                    (path.join(own), name.join(own), place.join(planned.stem));
                match kind {
                    Kind::Folder => Entry::Folder { path, name, place },
                    Kind::File => {
                        let renamed = planned.renamed;
                        Entry::File(Source { path, name, place, renamed, passed: None })
                    }
                    Kind::Passed(why) => {
                        let passed = Some((StateV1::Skipped, why.clone()));
                        Entry::File(Source { path, name, place, renamed: false, passed })
                    }
                }
            })
            .collect();
        self.levels.push(entries.into_iter());
    }
}

/// Roots of which no two are one place, whatever they are called; `place` says where each is.
pub(super) fn distinct(roots: &[PathBuf], place: impl Fn(&PathBuf) -> PathBuf) -> Vec<PathBuf> {
    let mut known = HashSet::new();
    roots.iter().filter(|root| known.insert(resolved(&place(root)))).cloned().collect()
}

fn resolved(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

/// Why a named file is not read, where it is a pipe or a device: nobody knows whether that has an end.
pub(super) fn irregular(path: &Path) -> Option<(StateV1, TextV1)> {
    let known = fs::metadata(path).ok()?;
    (!known.is_file() && !known.is_dir()).then(|| {
        let (en, zh) = ("no regular file".to_owned(), "不是普通文件".to_owned());
        (StateV1::Unread, TextV1 { en, zh })
    })
}

/// What each of several roots is called: what stands below it is named below that.
pub(super) fn labels(roots: &[PathBuf]) -> Vec<OsString> {
    let mut names = Vec::new();
    for root in roots {
        names.push(unlike(label(root), &names));
    }
    names
}

/// A name that none of the others is like, with a number where it is needed.
fn unlike(name: OsString, others: &[OsString]) -> OsString {
    let is_like = |name: &OsString| others.iter().any(|other| other.eq_ignore_ascii_case(name));
    let mut own = name.clone();
    let mut number = 2;
    while is_like(&own) {
        own.clone_from(&name);
        own.push(format!(" ({number})"));
        number += 1;
    }
    own
}

/// The name that a root's files stand below.
fn label(root: &Path) -> OsString {
    let own = root.file_name().map(OsStr::to_owned);
    let resolved = || fs::canonicalize(root).ok()?.file_name().map(OsStr::to_owned);
    own.or_else(resolved).unwrap_or_else(|| "root".into())
}

impl Iterator for Tree {
    type Item = Source;

    fn next(&mut self) -> Option<Source> {
        loop {
            match self.levels.last_mut()?.next() {
                None => drop(self.levels.pop()),
                Some(Entry::File(source)) => return Some(source),
                Some(Entry::Folder { path, name, place }) => self.enter(&path, &name, &place),
            }
        }
    }
}

/// The files of a list, in the order of their names, each once; their places keep the folders that the list names.
pub fn listed(paths: impl IntoIterator<Item = PathBuf>, endings: &[&'static str]) -> Vec<Source> {
    let paths = each_once(paths);
    let mut folders: HashMap<PathBuf, Vec<usize>> = HashMap::new();
    for (at, path) in paths.iter().enumerate() {
        folders.entry(folder_of(path)).or_default().push(at);
    }
    // A folder keeps its name beside the outputs of files.
    let mut below: HashMap<&Path, BTreeSet<&OsStr>> = HashMap::new();
    for folder in folders.keys().flat_map(|folder| folder.ancestors()) {
        if let (Some(parent), Some(own)) = (folder.parent(), folder.file_name()) {
            below.entry(parent).or_default().insert(own);
        }
    }
    let mut places: Vec<Option<(PathBuf, bool)>> = vec![None; paths.len()];
    for (folder, members) in &folders {
        let names: Vec<OsString> = members
            .iter()
            .map(|at| paths[*at].file_name().map_or_else(|| "file".into(), OsStr::to_owned))
            .collect();
        let files = names.iter().map(|name| Wanted { name, folder: false });
        let folders = below.get(folder.as_path()).into_iter().flatten();
        let wanted: Vec<Wanted<'_>> =
            files.chain(folders.map(|name| Wanted { name, folder: true })).collect();
        let planned = naming::places(&wanted, endings, folder.as_os_str().is_empty());
        for (at, place) in members.iter().zip(planned) {
            places[*at] = Some((folder.join(place.stem), place.renamed));
        }
    }
    paths
        .into_iter()
        .zip(places)
        .filter_map(|(path, place)| {
            let (place, renamed) = place?;
            let passed = irregular(&path);
            Some(Source { name: path.clone(), path, place, renamed, passed })
        })
        .collect()
}

/// Paths in their order, and of several that lead to one file the plainest.
fn each_once(paths: impl IntoIterator<Item = PathBuf>) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = paths.into_iter().collect();
    paths.sort_by_cached_key(|path| (steps_up(path), path.is_absolute(), path.clone()));
    let mut known = HashSet::new();
    paths.retain(|path| known.insert(whole(path)));
    paths.sort();
    paths
}

/// The folder of a listed path below the output folder: its named parts only.
fn folder_of(path: &Path) -> PathBuf {
    let parts = path.parent().into_iter().flat_map(Path::components);
    let named = parts.filter_map(|part| match part {
        Component::Normal(own) if walk::is_hidden(own) => {
            Some(OsString::from(name::sound(&name::escape(own))))
        }
        Component::Normal(own) => Some(own.to_owned()),
        _ => None,
    });
    named.enumerate().map(|(at, own)| naming::unreserved_folder(&own, at == 0)).collect()
}

fn steps_up(path: &Path) -> bool {
    path.components().any(|part| part == Component::ParentDir)
}

/// A path from the root on.
pub(super) fn whole(path: &Path) -> PathBuf {
    match std::path::absolute(path) {
        // Where a step up leads only the system knows, should a link stand before it.
        Ok(whole) if !steps_up(path) => whole,
        _ => resolved(path),
    }
}
