//! A folder normalised: what is to be done, done by workers, and written down in the order of the sources.

use std::{
    fs,
    io::Read,
    path::{Path, PathBuf},
    sync::atomic::{AtomicBool, Ordering},
};

use super::{
    commit::Committer,
    feed::{Feed, Task, Why},
    follow, hash,
    load::{self, Steady},
    manifest::{self, Desk, Line, known},
    name,
    naming::Naming,
    one::{self, Making, one_file},
    pool,
    sources::Source,
};
use crate::{
    error::{Error, Result},
    pipeline::Settings,
    render::{
        findings::Lang,
        format::Format,
        report::{
            record::{FileV1, KeptV1, StateV1},
            totals::TotalsV1,
        },
    },
};

/// What is to be done.
#[derive(Clone, Debug)]
pub struct Order {
    /// The output folder.
    pub out: PathBuf,
    /// The folders and files that the sources come from; none where they come from a list.
    pub roots: Vec<PathBuf>,
    /// Whether the output folder may hold what earlier runs made of others, which is then removed.
    pub take_over: bool,
    /// How each file is read; the file's name is filled in.
    pub settings: Settings<'static>,
    /// What is made of it.
    pub making: Making,
    /// How outputs are named.
    pub naming: Naming,
    /// Texts that stand for every setting, by which a later run knows whether an output still holds.
    pub options: Vec<String>,
    /// How many workers.
    pub jobs: usize,
    /// Whether the first file that can't be read ends the run.
    pub fail_fast: bool,
    /// Whether nothing is written.
    pub dry_run: bool,
    /// Language of the reports.
    pub lang: Lang,
}

/// What happens in a run, as it happens.
#[derive(Debug)]
pub enum Event<'a> {
    /// A file is done.
    Done {
        /// Its record.
        file: &'a FileV1,
        /// Whether an earlier run had done it.
        kept: bool,
    },
    /// An output was removed, since its source is gone or it has another name now.
    Removed(&'a str),
    /// An output whose source is gone was left, since it was changed after it was written.
    Left(&'a str),
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// It did all there was to do, and wrote the reports.
    Whole,
    /// It was asked to stop; the next run goes on from there.
    Stopped,
    /// A file could not be read, and that was to end it.
    FailedFast,
}

/// What a run came to.
#[derive(Clone, Debug)]
pub struct Summary {
    /// Totals over the files that were taken up.
    pub totals: TotalsV1,
    /// Files that an earlier run had done.
    pub kept: u64,
    /// Outputs that were removed.
    pub removed: u64,
    /// Departments that stand more than once in a year; known where the reports are.
    pub repeated: u64,
    /// How it ended.
    pub ended: Ended,
}

/// A thing done.
#[allow(clippy::large_enum_variant)] // as above
pub(super) enum Done {
    /// An earlier run had done it: its line, and the source.
    Kept(Box<(Line, Source)>),
    Made(Box<Work>),
    Gone(Line, Why),
    Fatal(Error),
}

/// A file that was worked on.
pub(super) struct Work {
    pub(super) source: Source,
    pub(super) record: FileV1,
    pub(super) parts: Vec<Part>,
}

/// A file that waits for its name.
pub(super) struct Part {
    /// The return's place in its file.
    pub(super) at: usize,
    pub(super) format: Format,
    pub(super) sha256: String,
    /// Where it is meanwhile; nowhere in a dry run.
    pub(super) file: Option<PathBuf>,
}

/// Normalises sources into a folder. They must come in the order of their names.
///
/// # Errors
/// [`Error::Busy`], [`Error::OutputFolder`] and [`Error::OtherSources`]; [`Error::WriteFile`] when the output folder takes no more.
pub fn run(
    order: &Order,
    sources: impl Iterator<Item = Source> + Send,
    stop: &AtomicBool,
    watch: &mut dyn FnMut(Event<'_>),
) -> Result<Summary> {
    let desk = if order.dry_run {
        manifest::foresee(&order.out)?;
        None
    } else {
        Some(Desk::open(&order.out)?)
    };
    let (sources, listed) = follow::begin(order, desk.as_ref(), sources)?;
    let known = known(&order.out)?;
    let runner = Runner { order, desk: desk.as_ref(), key: key(order) };
    let mut feed = Feed::new(sources, known.peekable());
    let mut committer = Committer::new(&runner, listed, watch)?;
    let mut ended = Ended::Whole;
    pool::ordered(
        order.jobs,
        pool::RECORDS,
        || if stop.load(Ordering::Relaxed) { None } else { feed.next() },
        |number, task| runner.work(number, task),
        |_| 0,
        |done| {
            let state = committer.commit(done)?;
            if order.fail_fast && state == StateV1::Unread {
                ended = Ended::FailedFast;
            }
            Ok(ended == Ended::Whole)
        },
    )?;
    if ended == Ended::Whole && stop.load(Ordering::Relaxed) {
        ended = Ended::Stopped;
    }
    committer.finish(ended)
}

/// What every output depends on besides its source.
fn key(order: &Order) -> String {
    let version = [env!("CARGO_PKG_VERSION").to_owned()];
    hash::key(version.iter().chain(&order.options).map(String::as_bytes))
}

/// What workers need.
pub(super) struct Runner<'a> {
    pub(super) order: &'a Order,
    pub(super) desk: Option<&'a Desk>,
    pub(super) key: String,
}

impl Runner<'_> {
    pub(super) fn work(&self, number: u64, task: Task) -> Done {
        match task {
            Task::Gone(line, why) => Done::Gone(line, why),
            Task::File(source, known) => self.file(number, source, known),
        }
    }

    fn file(&self, number: u64, source: Source, mut known: Vec<Line>) -> Done {
        let without = |source: Source, known: &[Line], state, reason| {
            let record = FileV1 {
                source: name::shown(&source.name),
                state,
                reason: Some(reason),
                ..FileV1::default()
            };
            let said = |line: &&Line| line.kept.key == self.key && line.kept.file == record;
            if let Some(line) = known.iter().find(said) {
                return Done::Kept(Box::new((line.clone(), source)));
            }
            Done::Made(Box::new(Work { source, record, parts: Vec::new() }))
        };
        if let Some((state, reason)) = source.passed.clone() {
            return without(source, &known, state, reason);
        }
        let mut kept = None;
        let content = load::steady_or_known(&source.path, &self.order.settings.limits, |sha256| {
            kept = known.iter().position(|line| self.holds(&line.kept, sha256));
            kept.is_some()
        });
        if let Some(at) = kept {
            return Done::Kept(Box::new((known.swap_remove(at), source)));
        }
        let shown = name::shown(&source.name);
        let settings = Settings { file: Some(shown.clone()), ..self.order.settings.clone() };
        let content = match content {
            Ok(content) => content,
            Err(error) => {
                let reason = one::told(&one::shown(error, &settings));
                return without(source, &known, StateV1::Unread, reason);
            }
        };
        match self.make(number, &content, &settings) {
            Ok((record, parts)) => {
                let record = FileV1 { source: shown, ..record };
                Done::Made(Box::new(Work { source, record, parts }))
            }
            Err(error) => Done::Fatal(error),
        }
    }

    /// Makes what is wanted of a source, and writes it down. Of a large one a format after the other, so that they are
    /// never held side by side.
    fn make(
        &self,
        number: u64,
        content: &Steady,
        settings: &Settings<'static>,
    ) -> Result<(FileV1, Vec<Part>)> {
        let making = &self.order.making;
        if !content.is_large() || making.formats.len() < 2 {
            let outcome = one_file(content, settings, making);
            return Ok((outcome.record, self.put_down(number, 0, outcome.made)?));
        }
        let (mut record, mut parts) = (FileV1::default(), Vec::new());
        for format in &making.formats {
            let making = Making { formats: vec![*format], ..making.clone() };
            let outcome = one_file(content, settings, &making);
            record = outcome.record;
            parts.extend(self.put_down(number, parts.len(), outcome.made)?);
            if record.state != StateV1::Written {
                // What could not be made in one format is not made in another.
                for place in parts.iter().filter_map(|part: &Part| part.file.as_ref()) {
                    // The next run clears what is left of it.
                    let _ = fs::remove_file(place);
                }
                return Ok((record, Vec::new()));
            }
        }
        parts.sort_by_key(|part| part.at);
        Ok((record, parts))
    }

    /// Whether a record holds for a source of this content, and its outputs stand as they were written.
    fn holds(&self, kept: &KeptV1, sha256: &str) -> bool {
        // What was refused may have a free place now.
        kept.key == self.key
            && kept.file.state != StateV1::Refused
            && !kept.file.again
            && kept.file.sha256 == sha256
            && kept.file.outputs.iter().all(|output| {
                let place = self.order.out.join(name::path_of(&output.path));
                content(&place).is_some_and(|found| found == output.sha256)
            })
    }

    /// Writes what was made under names that only things in the making have, numbered `from` one on.
    fn put_down(&self, number: u64, from: usize, made: Vec<one::Made>) -> Result<Vec<Part>> {
        let mut parts = Vec::new();
        for one::Made { at, files } in made {
            for (format, bytes) in files {
                let file = self.desk.map(|desk| desk.part(number, from + parts.len()));
                if let Some(place) = &file {
                    write(place, &bytes)?;
                }
                parts.push(Part { at, format, sha256: hash::hex(&bytes), file });
            }
        }
        Ok(parts)
    }
}

/// SHA-256 of a regular file; `None` where there is none or it can't be read.
pub(super) fn content(place: &Path) -> Option<String> {
    let known = fs::symlink_metadata(place).ok().filter(fs::Metadata::is_file)?;
    // Of so many bytes the end needs no asking for.
    hash::hex_of(fs::File::open(place).ok()?.take(known.len())).ok()
}

#[allow(clippy::disallowed_methods)] // the file gets its name only when it is whole
pub(super) fn write(place: &Path, bytes: &[u8]) -> Result<()> {
    fs::write(place, bytes).map_err(|source| Error::WriteFile { path: place.to_owned(), source })
}
