//! What is to be done, in the order of names: the sources, each with what is known of it, and the sources that are gone.

use std::{iter::Peekable, path::PathBuf};

use super::{
    manifest::{Known, Line},
    sources::Source,
};
use crate::render::report::record::StateV1;

/// A thing to do.
#[allow(clippy::large_enum_variant)] // a few hundred are about at a time
pub(super) enum Task {
    /// A source, with what is known of it.
    File(Source, Vec<Line>),
    /// A source of an earlier run that is no longer there, or whose folder can't be read now.
    Gone(Line, Why),
}

/// Why a source is not found.
#[derive(Clone, Copy)]
pub(super) enum Why {
    NotThere,
    FolderUnread,
}

/// Sources and what is known of them, side by side.
pub(super) struct Feed<S: Iterator<Item = Source>> {
    sources: Peekable<S>,
    known: Known,
    /// The last name of those known, in the order of names.
    last: PathBuf,
    /// The last folder that could not be read.
    unread: Option<PathBuf>,
}

impl<S: Iterator<Item = Source>> Feed<S> {
    pub(super) fn new(sources: S, known: Known) -> Self {
        Self { sources: sources.peekable(), known, last: PathBuf::new(), unread: None }
    }

    pub(super) fn next(&mut self) -> Option<Task> {
        let next = self.sources.peek().map(|source| source.name.clone());
        let is_gone = |line: &Line| next.as_ref().is_none_or(|next| line.name < *next);
        while let Some(line) = self.known_if(is_gone) {
            // Older lines of the same source say nothing more.
            while self.known_if(|older| older.name == line.name).is_some() {}
            if line.kept.file.state == StateV1::Gone || !line.kept.file.outputs.is_empty() {
                let is_below = |folder: &PathBuf| line.name.starts_with(folder);
                let is_hidden = self.unread.as_ref().is_some_and(is_below);
                let why = if is_hidden { Why::FolderUnread } else { Why::NotThere };
                return Some(Task::Gone(line, why));
            }
        }
        let source = self.sources.next()?;
        if matches!(source.passed, Some((StateV1::Unread, _))) {
            self.unread = Some(source.name.clone());
        }
        let mut lines = Vec::new();
        while let Some(line) = self.known_if(|line| line.name == source.name) {
            lines.push(line);
        }
        Some(Task::File(source, lines))
    }

    /// The next known line, where it is the wanted one. Lines that stand behind one that should follow them (somebody
    /// sorted the manifest) are not taken: their sources went by already, and are not gone for that.
    fn known_if(&mut self, wanted: impl Fn(&Line) -> bool) -> Option<Line> {
        while self.known.next_if(|line| line.name < self.last).is_some() {}
        let line = self.known.next_if(wanted)?;
        self.last.clone_from(&line.name);
        Some(line)
    }
}
