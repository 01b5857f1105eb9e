//! What the workers made gets its names, in the order of the sources, and is written down.

use std::{
    collections::HashSet,
    fs,
    path::{Path, PathBuf},
};

use super::{
    manifest::{Journal, Line},
    name,
    naming::{Naming, Taken, key},
    reports,
    run::{Done, Ended, Event, Part, Runner, Summary, Task, Work, content},
    sources::Source,
};
use crate::{
    error::{Error, Result},
    render::report::{
        json,
        record::{FileV1, KeptV1, OutputV1, StateV1, TextV1},
        totals::TotalsV1,
    },
};

pub(super) struct Committer<'a> {
    runner: &'a Runner<'a>,
    watch: &'a mut dyn FnMut(Event<'_>),
    journal: Option<Journal>,
    taken: Taken,
    /// Places with the content that an earlier run left there; read when it is first needed.
    owned: Option<HashSet<u64>>,
    folder: PathBuf,
    totals: TotalsV1,
    kept: u64,
    /// Lines that are not those of the manifest.
    news: u64,
}

impl<'a> Committer<'a> {
    pub(super) fn new(runner: &'a Runner<'a>, watch: &'a mut dyn FnMut(Event<'_>)) -> Result<Self> {
        let journal = runner.desk.map(super::manifest::Desk::begin_journal).transpose()?;
        Ok(Self {
            runner,
            watch,
            journal,
            taken: Taken::default(),
            owned: None,
            folder: PathBuf::new(),
            totals: TotalsV1::default(),
            kept: 0,
            news: 0,
        })
    }

    /// Takes up one thing that was done, and says what became of the file.
    pub(super) fn commit(&mut self, done: Done) -> Result<StateV1> {
        match done {
            Done::Fatal(error) => Err(error),
            Done::Gone(line) => self.gone(line),
            Done::Made(work) => self.made(*work),
            Done::Kept(kept) => {
                let (line, source) = *kept;
                self.keep(line, source)
            }
        }
    }

    fn keep(&mut self, line: Line, source: Source) -> Result<StateV1> {
        let file = &line.kept.file;
        let formats = self.runner.order.making.formats.len().max(1);
        let wanted: Vec<(usize, &'static str)> = (0..file.outputs.len())
            .map(|at| (at / formats, self.runner.order.making.formats[at % formats].ending()))
            .collect();
        let (places, renamed) = self.places(&source, file, &wanted);
        let as_before = renamed == file.renamed || file.outputs.is_empty();
        let same = file.outputs.iter().zip(&places);
        if !as_before || !same.clone().all(|(output, place)| output.path == name::shown(place)) {
            // Another source has the name now, or has given it back.
            let number = u64::MAX - self.totals.files;
            let done = self.runner.work(number, Task::File(source, Vec::new()));
            return match done {
                Done::Made(work) => self.write(*work, Some((places, renamed))),
                other => self.commit(other),
            };
        }
        if let Some(journal) = &mut self.journal {
            journal.add(&line.text)?;
        }
        self.kept += 1;
        self.count(&line.kept.file, true);
        Ok(line.kept.file.state)
    }

    /// The places of outputs, each of a return and with an ending, and whether any is another than was wanted.
    fn places(
        &mut self,
        source: &Source,
        record: &FileV1,
        wanted: &[(usize, &'static str)],
    ) -> (Vec<PathBuf>, bool) {
        let with_ending = |place: &Path, ending: &str| {
            let mut place = place.as_os_str().to_owned();
            place.push(".");
            place.push(ending);
            PathBuf::from(place)
        };
        let Naming::Pattern(pattern) = &self.runner.order.naming else {
            let places =
                wanted.iter().map(|(_, ending)| with_ending(&source.place, ending)).collect();
            return (places, source.renamed);
        };
        let endings: Vec<&str> =
            self.runner.order.making.formats.iter().map(|format| format.ending()).collect();
        let (mut places, mut renamed) = (Vec::new(), false);
        let mut current: Option<(usize, PathBuf)> = None;
        for (at, ending) in wanted {
            let place = match &current {
                Some((known, place)) if known == at => place.clone(),
                _ => {
                    let of = record.returns.get(*at).cloned().unwrap_or_default();
                    let (place, other) =
                        self.taken.place(&pattern.fill(&of, &source.name), &endings);
                    renamed |= other;
                    current = Some((*at, place.clone()));
                    place
                }
            };
            places.push(with_ending(&place, ending));
        }
        (places, renamed)
    }

    fn made(&mut self, work: Work) -> Result<StateV1> {
        self.write(work, None)
    }

    fn write(&mut self, mut work: Work, places: Option<(Vec<PathBuf>, bool)>) -> Result<StateV1> {
        let wanted: Vec<(usize, &'static str)> =
            work.parts.iter().map(|part| (part.at, part.format.ending())).collect();
        let (places, renamed) = match places.filter(|(places, _)| places.len() == wanted.len()) {
            Some(known) => known,
            None => self.places(&work.source, &work.record, &wanted),
        };
        if let Some(place) = self.foreign(&work.parts, &places)? {
            let shown = name::shown(&place);
            work.record.state = StateV1::Refused;
            work.record.reason = Some(TextV1 {
                en: format!(
                    "`{shown}` is there already and is not what an earlier run wrote; nothing is overwritten: move it away"
                ),
                zh: format!("“{shown}”已存在，且不是此前写出的内容，不会覆盖；请先移走"),
            });
            for part in work.parts.drain(..) {
                part.file.map(fs::remove_file).transpose().unwrap_or_default();
            }
        } else {
            work.record.renamed = renamed && !work.parts.is_empty();
            work.record.outputs = work
                .parts
                .iter()
                .zip(&places)
                .map(|(part, place)| OutputV1 {
                    path: name::shown(place),
                    sha256: part.sha256.clone(),
                })
                .collect();
        }
        self.note(&work.record)?;
        for (part, place) in work.parts.iter().zip(&places) {
            self.put(part, place)?;
        }
        self.count(&work.record, false);
        Ok(work.record.state)
    }

    /// Writes a record down before its outputs get their names.
    fn note(&mut self, record: &FileV1) -> Result<()> {
        self.news += 1;
        if let Some(journal) = &mut self.journal {
            let kept = KeptV1 { key: self.runner.key.clone(), file: record.clone() };
            journal.add(&json::line(&kept)?)?;
            journal.flush()?;
        }
        Ok(())
    }

    /// The first place where something stands that no run has written.
    fn foreign(&mut self, parts: &[Part], places: &[PathBuf]) -> Result<Option<PathBuf>> {
        for (part, place) in parts.iter().zip(places) {
            let full = self.runner.order.out.join(place);
            if fs::symlink_metadata(&full).is_err() {
                continue;
            }
            let ours = match content(&full) {
                Some(found) if found == part.sha256 => true,
                Some(found) => self.owns(place, &found)?,
                None => false,
            };
            if !ours {
                return Ok(Some(place.clone()));
            }
        }
        Ok(None)
    }

    /// Whether an earlier run left this content there.
    fn owns(&mut self, place: &Path, sha256: &str) -> Result<bool> {
        let Some(desk) = self.runner.desk else { return Ok(false) };
        if self.owned.is_none() {
            let outputs = desk.known()?.flat_map(|line| line.kept.file.outputs);
            let keys = outputs.map(|output| owned_key(&output.path, &output.sha256));
            self.owned = Some(keys.collect());
        }
        let key = owned_key(&name::shown(place), sha256);
        Ok(self.owned.as_ref().is_some_and(|owned| owned.contains(&key)))
    }

    /// Gives a part its name.
    fn put(&mut self, part: &Part, place: &Path) -> Result<()> {
        let Some(file) = &part.file else { return Ok(()) };
        let full = self.runner.order.out.join(place);
        let fail = |source| Error::WriteFile { path: full.clone(), source };
        if let Some(folder) = full.parent().filter(|folder| **folder != self.folder) {
            fs::create_dir_all(folder).map_err(fail)?;
            self.folder = folder.to_owned();
        }
        fs::rename(file, &full).map_err(fail)
    }

    /// A source that is no longer there leaves a line, so that the report tells of it.
    fn gone(&mut self, line: Line) -> Result<StateV1> {
        if line.kept.file.state == StateV1::Gone {
            if let Some(journal) = &mut self.journal {
                journal.add(&line.text)?;
            }
            self.kept += 1;
            self.totals.add(&line.kept.file);
            return Ok(StateV1::Gone);
        }
        let reason = TextV1 {
            en: "no longer among the sources; what was written from it was removed".to_owned(),
            zh: "源文件已不在，由它写出的文件已删除".to_owned(),
        };
        let record = FileV1 {
            source: line.kept.file.source,
            state: StateV1::Gone,
            reason: Some(reason),
            ..FileV1::default()
        };
        self.note(&record)?;
        self.count(&record, false);
        Ok(StateV1::Gone)
    }

    fn count(&mut self, file: &FileV1, kept: bool) {
        self.totals.add(file);
        (self.watch)(Event::Done { file, kept });
    }

    /// Removes what is no longer made, writes the reports, and closes the manifest.
    pub(super) fn finish(mut self, ended: Ended) -> Result<Summary> {
        let mut removed = 0;
        if let (Some(desk), Some(mut journal)) = (self.runner.desk, self.journal.take()) {
            if ended == Ended::Whole {
                let lang = self.runner.order.lang;
                let is_same = desk.whole && self.news == 0 && desk.known_count()? == self.kept;
                if is_same && reports::stand(desk, lang) {
                    drop(journal);
                    desk.drop_journal();
                } else {
                    removed = self.remove_obsolete(&mut journal)?;
                    let closed = reports::write(desk, &mut journal, lang)?;
                    journal.add(&json::line(&closed)?)?;
                    journal.sync()?;
                    drop(journal);
                    desk.close()?;
                }
            } else {
                journal.sync()?;
            }
        }
        Ok(Summary { totals: self.totals, kept: self.kept, removed, ended })
    }

    /// Removes outputs of earlier runs that this one does not have, unless somebody changed them.
    fn remove_obsolete(&mut self, journal: &mut Journal) -> Result<u64> {
        let Some(desk) = self.runner.desk else { return Ok(0) };
        let mut known = desk.known()?.peekable();
        if known.peek().is_none() {
            return Ok(0);
        }
        let outputs = journal.lines()?.flat_map(|line| line.kept.file.outputs);
        let standing: HashSet<u64> =
            outputs.map(|output| key(&name::path_of(&output.path))).collect();
        let mut removed = 0;
        for output in known.flat_map(|line| line.kept.file.outputs) {
            let place = name::path_of(&output.path);
            if standing.contains(&key(&place)) {
                continue;
            }
            let full = desk.out.join(&place);
            match content(&full) {
                Some(found) if found == output.sha256 => {
                    let fail = |source| Error::WriteFile { path: full.clone(), source };
                    fs::remove_file(&full).map_err(fail)?;
                    remove_empty(&desk.out, place.parent());
                    removed += 1;
                    (self.watch)(Event::Removed(&output.path));
                }
                Some(_) => (self.watch)(Event::Left(&output.path)),
                None => {}
            }
        }
        Ok(removed)
    }
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

fn owned_key(path: &str, sha256: &str) -> u64 {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    (path, sha256).hash(&mut hasher);
    hasher.finish()
}
