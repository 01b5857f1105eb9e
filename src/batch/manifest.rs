//! What an earlier run left in the output folder, and what this one leaves.
//!
//! `manifest.jsonl` holds a line for each source, in the order of the sources, and is there only when a run came to its
//! end. Until then the run keeps a journal of the same lines in the folder `.jixiao`; the line of a file is written
//! before its outputs get their names, so that every output is known whenever the run is killed. The next run folds
//! journal and manifest into one list of what is known, and walks it beside the sources: neither is ever held whole.

use std::{
    fs::{self, File, TryLockError},
    io::{self, BufRead, BufReader, BufWriter, Read, Seek, SeekFrom, Write},
    iter::Peekable,
    path::{Path, PathBuf},
};

use super::name;
use crate::{
    error::{Error, Result},
    render::report::{
        json,
        record::{ClosedV1, KeptV1},
    },
};

/// The name of the manifest.
pub const MANIFEST: &str = "manifest.jsonl";
/// The names of the reports.
pub const REPORTS: [&str; 3] = ["report.json", "report.html", "report.xlsx"];
/// The folder of what is in the making.
pub(super) const DESK: &str = ".jixiao";
/// The first line of every manifest.
const HEAD: &str = "{\"jixiao-manifest\":1}";

/// A line with what it says.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) kept: KeptV1,
    pub(super) name: PathBuf,
    pub(super) text: String,
}

/// The output folder while a run has it: nobody else does.
pub(super) struct Desk {
    pub(super) out: PathBuf,
    folder: PathBuf,
    /// Whether an earlier run came to its end, and none was begun after it.
    pub(super) whole: bool,
    // The system gives the lock back when the file is closed, also by a kill.
    _lock: File,
}

impl Desk {
    /// Takes the output folder, makes it where it is missing, and clears what a killed run left.
    pub(super) fn open(out: &Path) -> Result<Self> {
        let fail = |path: &Path| {
            let path = path.to_owned();
            move |source| Error::WriteFile { path, source }
        };
        let folder = out.join(DESK);
        let fresh = !folder.exists();
        fs::create_dir_all(&folder).map_err(fail(&folder))?;
        if fresh {
            refuse_foreign(out).inspect_err(|_| drop(fs::remove_dir(&folder)))?;
        }
        let place = folder.join("lock");
        let mut options = fs::OpenOptions::new();
        let lock = options.create(true).truncate(false).write(true).open(&place);
        let lock = lock.map_err(fail(&place))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(Error::Busy { path: out.to_owned() }),
            Err(TryLockError::Error(source)) => return Err(fail(&place)(source)),
        }
        let mut desk = Self { out: out.to_owned(), folder, whole: false, _lock: lock };
        desk.clear()?;
        desk.whole = desk.fold()?;
        Ok(desk)
    }

    /// A place for something in the making.
    pub(super) fn part(&self, number: u64, at: usize) -> PathBuf {
        self.folder.join(format!("part-{number}-{at}"))
    }

    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    fn manifest(&self) -> PathBuf {
        self.out.join(MANIFEST)
    }

    pub(super) fn journal(&self) -> PathBuf {
        self.folder.join("journal.jsonl")
    }

    /// The lines that are known from earlier runs.
    pub(super) fn known(&self) -> Result<Lines> {
        known(&self.out)
    }

    /// How many lines of files the manifest of a run that came to its end holds: all but the first and the last.
    pub(super) fn known_count(&self) -> Result<u64> {
        let place = self.manifest();
        let fail = |source| Error::ReadFile { path: place.clone(), source };
        let mut file = BufReader::with_capacity(1 << 16, File::open(&place).map_err(fail)?);
        let mut lines = 0_u64;
        loop {
            let piece = file.fill_buf().map_err(fail)?;
            if piece.is_empty() {
                return Ok(lines.saturating_sub(2));
            }
            lines += memchr::memchr_iter(b'\n', piece).count() as u64;
            let length = piece.len();
            file.consume(length);
        }
    }

    /// What the last line of the manifest says.
    pub(super) fn closed(&self) -> Option<ClosedV1> {
        json::parse(&last_line(&self.manifest())?)
    }

    pub(super) fn begin_journal(&self) -> Result<Journal> {
        Journal::new(self.journal())
    }

    /// Makes the journal the manifest. What is known must not be there any longer when the manifest is newer.
    pub(super) fn close(&self) -> Result<()> {
        let fail = |source| Error::WriteFile { path: self.manifest(), source };
        let _ = fs::remove_file(self.folder.join("known.jsonl"));
        fs::rename(self.journal(), self.manifest()).map_err(fail)?;
        self.clear()
    }

    /// Throws the journal away, since it says nothing new.
    pub(super) fn drop_journal(&self) {
        let _ = fs::remove_file(self.journal());
    }

    /// Removes what has a name that only things in the making have.
    fn clear(&self) -> Result<()> {
        let fail = |source| Error::WriteFile { path: self.folder.clone(), source };
        for entry in fs::read_dir(&self.folder).map_err(fail)?.flatten() {
            if entry.file_name().as_encoded_bytes().starts_with(b"part-") {
                fs::remove_file(entry.path()).map_err(fail)?;
            }
        }
        Ok(())
    }

    /// Folds a journal that was left behind into what is known; `false` where there is one or was one.
    fn fold(&self) -> Result<bool> {
        let (journal, folded) = (self.journal(), self.folder.join("known.jsonl"));
        if !journal.exists() {
            return Ok(!folded.exists() && self.manifest().exists());
        }
        let new = self.part(0, 0);
        let fail = |source| Error::WriteFile { path: new.clone(), source };
        let mut out = BufWriter::new(File::create(&new).map_err(fail)?);
        let mut write = |line: &str| writeln!(out, "{line}").map_err(fail);
        write(HEAD)?;
        let mut old = self.known()?.peekable();
        let mut last: Option<Line> = None;
        for line in Lines::open(&journal)? {
            while let Some(older) = old.next_if(|older| older.name < line.name) {
                write(&older.text)?;
            }
            write(&line.text)?;
            // Older lines of the same source stay: they tell which outputs are ours.
            while let Some(older) = old.next_if(|older| older.name == line.name) {
                if older.text != line.text {
                    write(&older.text)?;
                }
            }
            last = Some(line);
        }
        drop(last);
        for older in old {
            write(&older.text)?;
        }
        out.flush().map_err(fail)?;
        fs::rename(&new, &folded).map_err(fail)?;
        fs::remove_file(&journal).map_err(fail)?;
        Ok(false)
    }
}

/// The lines that are known from earlier runs into a folder.
pub(super) fn known(out: &Path) -> Result<Lines> {
    let folded = out.join(DESK).join("known.jsonl");
    Lines::open(&if folded.exists() { folded } else { out.join(MANIFEST) })
}

/// Refuses, before a run that writes nothing, an output folder that a run could not take.
pub(super) fn foresee(out: &Path) -> Result<()> {
    if out.join(DESK).exists() { Ok(()) } else { refuse_foreign(out) }
}

/// A folder that no run has had may hold neither reports nor a manifest: they are somebody else's.
fn refuse_foreign(out: &Path) -> Result<()> {
    let foreign = REPORTS.iter().chain([&MANIFEST]).any(|name| out.join(name).exists());
    if foreign {
        return Err(Error::OutputFolder {
            path: out.to_owned(),
            reason: message!(
                "it holds a report or a manifest that is not of an earlier run; nothing is overwritten",
                "其中已有并非本程序写出的 report 或 manifest 文件，不会覆盖"
            ),
        });
    }
    Ok(())
}

/// The lines of a manifest or a journal, up to the first that is torn.
pub(super) struct Lines(Option<BufReader<File>>);

pub(super) type Known = Peekable<Lines>;

impl Lines {
    /// Opens a file of lines; one that is not there has none.
    pub(super) fn open(path: &Path) -> Result<Self> {
        match File::open(path) {
            Ok(file) => Ok(Self(Some(BufReader::with_capacity(1 << 16, file)))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self(None)),
            Err(source) => Err(Error::ReadFile { path: path.to_owned(), source }),
        }
    }
}

impl Iterator for Lines {
    type Item = Line;

    fn next(&mut self) -> Option<Line> {
        let reader = self.0.as_mut()?;
        loop {
            let mut text = String::new();
            if reader.read_line(&mut text).is_err() || !text.ends_with('\n') {
                return None;
            }
            text.pop();
            if let Some(kept) = json::parse::<KeptV1>(&text) {
                let name = name::path_of(&kept.file.source);
                return Some(Line { kept, name, text });
            }
        }
    }
}

/// Refuses an output folder of which the last run did not come to its end: what it holds is neither all nor of one run.
///
/// # Errors
/// [`Error::OutputFolder`].
pub(super) fn refuse_unfinished(out: &Path) -> Result<()> {
    if !["journal.jsonl", "known.jsonl"].iter().any(|name| out.join(DESK).join(name).exists()) {
        return Ok(());
    }
    let reason = message!(
        "its last run did not come to its end; run normalize again first",
        "上一次处理没有做完，请先再次运行 normalize"
    );
    Err(Error::OutputFolder { path: out.to_owned(), reason })
}

/// Whether a file is a manifest.
pub fn is_manifest(path: &Path) -> bool {
    let mut head = vec![0; HEAD.len()];
    File::open(path).and_then(|mut file| file.read_exact(&mut head)).is_ok()
        && head == HEAD.as_bytes()
}

fn last_line(path: &Path) -> Option<String> {
    let mut file = File::open(path).ok()?;
    let length = file.metadata().ok()?.len();
    file.seek(SeekFrom::Start(length.saturating_sub(4096))).ok()?;
    // The tail may begin within a character.
    let mut tail = Vec::new();
    file.read_to_end(&mut tail).ok()?;
    let line = tail.strip_suffix(b"\n")?.rsplit(|byte| *byte == b'\n').next()?;
    String::from_utf8(line.to_vec()).ok()
}

/// The lines of this run.
pub(super) struct Journal {
    path: PathBuf,
    file: BufWriter<File>,
}

impl Journal {
    fn new(path: PathBuf) -> Result<Self> {
        let file = File::create(&path);
        let file = file.map_err(|source| Error::WriteFile { path: path.clone(), source })?;
        let mut journal = Self { path, file: BufWriter::with_capacity(1 << 16, file) };
        journal.add(HEAD)?;
        Ok(journal)
    }

    /// Adds a line that may get lost with the run, since another file holds it as well.
    pub(super) fn add(&mut self, line: &str) -> Result<()> {
        let fail = |source| Error::WriteFile { path: self.path.clone(), source };
        writeln!(self.file, "{line}").map_err(fail)
    }

    /// Hands all lines to the system, where a kill does not reach them.
    pub(super) fn flush(&mut self) -> Result<()> {
        let fail = |source| Error::WriteFile { path: self.path.clone(), source };
        self.file.flush().map_err(fail)
    }

    /// Hands all lines to the disk.
    pub(super) fn sync(&mut self) -> Result<()> {
        self.flush()?;
        let fail = |source| Error::WriteFile { path: self.path.clone(), source };
        self.file.get_ref().sync_all().map_err(fail)
    }

    /// The lines so far, from the first.
    pub(super) fn lines(&mut self) -> Result<Lines> {
        self.flush()?;
        Lines::open(&self.path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[allow(clippy::disallowed_methods)] // a file of the test's own
    fn the_last_line_is_found_wherever_the_tail_begins() {
        let place = tempfile::NamedTempFile::new().unwrap();
        for shift in 0..4 {
            let text = format!("{}{}\n{{\"last\":1}}\n", "a".repeat(shift), "汉".repeat(2000));
            fs::write(place.path(), text).unwrap();
            assert_eq!(last_line(place.path()).as_deref(), Some("{\"last\":1}"), "{shift}");
        }
    }
}
