//! What the workers made gets its names, in the order of the sources, and is written down.

use std::{
    collections::HashSet,
    fs,
    path::{Path, PathBuf},
};

use super::{
    feed::{Task, Why},
    manifest::{Journal, Line, known},
    name,
    naming::{Naming, Taken},
    obsolete::{self, Standing},
    place::Ground,
    reports,
    run::{Done, Ended, Event, Part, Runner, Summary, Work},
    sources::Source,
};
use crate::{
    error::{Error, Result},
    render::report::{
        json,
        record::{FileV1, KeptV1, OutputV1, StateV1},
        totals::TotalsV1,
    },
};

pub(super) struct Committer<'a> {
    runner: &'a Runner<'a>,
    watch: &'a mut dyn FnMut(Event<'_>),
    journal: Option<Journal>,
    taken: Taken,
    ground: Ground<'a>,
    /// What a dry run would leave there.
    would_stand: Option<Standing>,
    totals: TotalsV1,
    kept: u64,
    removed: u64,
    /// Lines that are not those of the manifest.
    news: u64,
}

impl<'a> Committer<'a> {
    pub(super) fn new(
        runner: &'a Runner<'a>,
        listed: HashSet<u64>,
        watch: &'a mut dyn FnMut(Event<'_>),
    ) -> Result<Self> {
        let journal = runner.desk.map(super::manifest::Desk::begin_journal).transpose()?;
        Ok(Self {
            runner,
            watch,
            journal,
            taken: Taken::default(),
            ground: Ground::new(runner.order, listed),
            would_stand: runner.desk.is_none().then(Standing::default),
            totals: TotalsV1::default(),
            kept: 0,
            removed: 0,
            news: 0,
        })
    }

    /// Takes up one thing that was done, and says what became of the file.
    pub(super) fn commit(&mut self, done: Done) -> Result<StateV1> {
        match done {
            Done::Fatal(error) => Err(error),
            Done::Gone(line, why) => self.gone(line, why),
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
        if let Some(standing) = &mut self.would_stand {
            file.outputs.iter().for_each(|output| standing.add(output));
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
        let mut removed = Vec::new();
        let hindrance = self.ground.hindrance(&work.source, &work.parts, &places, &mut removed)?;
        for place in removed {
            self.removed += 1;
            (self.watch)(Event::Removed(&name::shown(&place)));
        }
        if let Some(reason) = hindrance {
            work.record.state = StateV1::Refused;
            work.record.reason = Some(reason);
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
        if let Some(standing) = &mut self.would_stand {
            work.record.outputs.iter().for_each(|output| standing.add(output));
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

    /// Gives a part its name.
    fn put(&self, part: &Part, place: &Path) -> Result<()> {
        let Some(file) = &part.file else { return Ok(()) };
        let full = self.runner.order.out.join(place);
        fs::rename(file, &full).map_err(|source| Error::WriteFile { path: full, source })
    }

    /// A source that is no longer there leaves a line, so that the report tells of it.
    fn gone(&mut self, line: Line, why: Why) -> Result<StateV1> {
        if line.kept.file.state == StateV1::Gone {
            if let Some(journal) = &mut self.journal {
                journal.add(&line.text)?;
            }
            self.kept += 1;
            self.totals.add(&line.kept.file);
            return Ok(StateV1::Gone);
        }
        let reason = obsolete::reason(&self.runner.order.out, &line, why);
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
        let (mut removed, mut repeated) = (self.removed, 0);
        if let Some(standing) = &self.would_stand {
            let out = &self.runner.order.out;
            if ended == Ended::Whole {
                removed += obsolete::remove(out, known(out)?, standing, true, self.watch)?;
            }
        }
        if let (Some(desk), Some(mut journal)) = (self.runner.desk, self.journal.take()) {
            if ended == Ended::Whole {
                let lang = self.runner.order.lang;
                let is_same = desk.whole && self.news == 0 && desk.known_count()? == self.kept;
                if is_same && reports::stand(desk, lang) {
                    drop(journal);
                    desk.drop_journal();
                    repeated = desk.closed().map_or(0, |closed| closed.repeated);
                } else {
                    removed += self.remove_obsolete(&mut journal)?;
                    let closed = reports::write(desk, &mut journal, lang)?;
                    repeated = closed.repeated;
                    journal.add(&json::line(&closed)?)?;
                    journal.sync()?;
                    drop(journal);
                    desk.close()?;
                }
            } else {
                journal.sync()?;
            }
        }
        Ok(Summary { totals: self.totals, kept: self.kept, removed, repeated, ended })
    }

    /// Removes outputs of earlier runs that this one does not have, unless somebody changed them.
    fn remove_obsolete(&mut self, journal: &mut Journal) -> Result<u64> {
        let out = &self.runner.order.out;
        let mut known = known(out)?.peekable();
        if known.peek().is_none() {
            return Ok(0);
        }
        let mut standing = Standing::default();
        for line in journal.lines()? {
            line.kept.file.outputs.iter().for_each(|output| standing.add(output));
        }
        obsolete::remove(out, known, &standing, false, self.watch)
    }
}
