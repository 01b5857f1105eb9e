//! The content of a source, which somebody may be saving at this moment.

use std::{
    fs,
    io::{self, Read},
    path::{Path, PathBuf},
    time::SystemTime,
};

use super::{hash, kind::Sniffer};
use crate::{
    error::{Error, Result},
    pipeline::{self, Reading, Settings},
    workbook::{self, Limits},
};

/// How often a file that changes is read again.
const TRIES: usize = 3;
/// The largest content that is held in memory, in bytes; of a larger one the pieces pass through.
const SMALL: u64 = 1 << 20;

/// A source whose content does not change meanwhile.
#[derive(Debug)]
pub struct Steady {
    /// Its size in bytes.
    pub size: u64,
    /// Its SHA-256.
    pub sha256: String,
    content: Content,
}

#[derive(Debug)]
enum Content {
    Small(Vec<u8>),
    Large { path: PathBuf, known: Stamp, kind: &'static str },
}

/// Size and time of a file; a device or a pipe has none.
type Stamp = Option<(u64, Option<SystemTime>)>;

/// Reads a file that does not change meanwhile.
///
/// # Errors
/// Those of [`workbook::load`]; [`Error::ReadFile`] when it changes at each try.
pub fn steady(path: &Path, limits: &Limits) -> Result<Steady> {
    steady_or_known(path, limits, |_| false)
}

/// As [`steady`], but what `is_known` knows by its hash is taken as it was read: it was whole before.
pub(super) fn steady_or_known(
    path: &Path,
    limits: &Limits,
    mut is_known: impl FnMut(&str) -> bool,
) -> Result<Steady> {
    for _ in 0..TRIES {
        let (file, about) = workbook::open_file(path, limits)?;
        let before = stamp_of(&about);
        let size = about.len();
        let found = match before {
            Some(_) if size > SMALL => large(file, path, before)?,
            // Of a file that does not change the end needs no asking for.
            Some(_) if size > 0 => small(workbook::load_file(file.take(size), size, path, limits)?),
            _ => small(workbook::load_file(file, size, path, limits)?),
        };
        if is_known(&found.sha256) {
            return Ok(found);
        }
        let after = stamp(path);
        let whole = after.is_none_or(|(size, _)| size == found.size);
        if before == after && whole || !path.is_file() {
            return Ok(found);
        }
    }
    Err(changes(path))
}

fn small(bytes: Vec<u8>) -> Steady {
    Steady { size: bytes.len() as u64, sha256: hash::hex(&bytes), content: Content::Small(bytes) }
}

fn large(file: fs::File, path: &Path, stamp: Stamp) -> Result<Steady> {
    let mut passing = Passing { file, sniffer: Sniffer::default(), size: 0 };
    let sha256 = hash::hex_of(&mut passing)
        .map_err(|source| Error::ReadFile { path: path.to_owned(), source })?;
    let kind = passing.sniffer.kind();
    Ok(Steady {
        size: passing.size,
        sha256,
        content: Content::Large { path: path.to_owned(), known: stamp, kind },
    })
}

/// A file that is looked at while it is hashed.
struct Passing {
    file: fs::File,
    sniffer: Sniffer,
    size: u64,
}

impl Read for Passing {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read(buffer)?;
        self.sniffer.take(&buffer[..count]);
        self.size += count as u64;
        Ok(count)
    }
}

impl Steady {
    /// Whether it is too large to be held in memory.
    pub fn is_large(&self) -> bool {
        matches!(self.content, Content::Large { .. })
    }

    /// What the content is, in a word.
    pub fn kind(&self) -> &'static str {
        match &self.content {
            Content::Small(bytes) => {
                let mut sniffer = Sniffer::default();
                sniffer.take(bytes);
                sniffer.kind()
            }
            Content::Large { kind, .. } => kind,
        }
    }

    /// Reads and checks its returns.
    ///
    /// # Errors
    /// Those of [`pipeline::read`]; [`Error::ReadFile`] when a large file is no longer the same.
    pub fn read<'a>(&self, settings: &Settings<'a>) -> Result<Reading<'a>> {
        self.pass(&settings.limits, |content, size| pipeline::read_from(content, size, settings))
    }

    /// Passes its content on, with about how many bytes it is.
    ///
    /// # Errors
    /// Those of `take`; [`Error::ReadFile`] when a large file is no longer the same.
    pub fn pass<T>(
        &self,
        limits: &Limits,
        take: impl FnOnce(&mut dyn Read, u64) -> Result<T>,
    ) -> Result<T> {
        match &self.content {
            Content::Small(bytes) => take(&mut bytes.as_slice(), self.size),
            Content::Large { path, known, .. } => {
                let (mut file, about) = workbook::open_file(path, limits)?;
                let taken = take(&mut file, about.len());
                if stamp(path) == *known { taken } else { Err(changes(path)) }
            }
        }
    }
}

fn changes(path: &Path) -> Error {
    let said = message!(
        "it changes while it is read; try again when nobody writes it",
        "文件在读取时被改动，请在无人写入时再试"
    );
    let source = io::Error::new(io::ErrorKind::ResourceBusy, said);
    Error::ReadFile { path: path.to_owned(), source }
}

fn stamp(path: &Path) -> Stamp {
    stamp_of(&fs::metadata(path).ok()?)
}

/// The stamp of what is known of a file.
fn stamp_of(about: &fs::Metadata) -> Stamp {
    about.is_file().then(|| (about.len(), about.modified().ok()))
}
