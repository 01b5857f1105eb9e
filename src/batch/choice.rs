//! Which entries of a folder are taken, and what is said of the others.

use std::{ffi::OsStr, fs, path::Path, path::PathBuf};

use globset::GlobSet;

use super::{
    manifest::{DESK, MANIFEST, REPORTS, is_manifest},
    walk,
};
use crate::render::report::record::TextV1;

/// Which files of a folder are taken.
#[derive(Clone, Debug, Default)]
pub struct Choice {
    /// Only files whose name below the folder matches; else those with a known ending.
    pub include: Option<GlobSet>,
    /// No file or folder whose name below the folder matches.
    pub exclude: Option<GlobSet>,
    /// A folder that is left out: the output folder.
    pub without: Option<PathBuf>,
    /// Folders and files that are named as sources: below another folder each is read where it is named, and there only.
    pub named: Vec<PathBuf>,
    /// Endings of the outputs.
    pub endings: Vec<&'static str>,
}

/// What an entry of a folder is.
pub(super) enum Kind {
    File,
    Folder,
    /// It is not looked at, and why.
    Passed(TextV1),
}

impl Choice {
    /// What an entry of a folder is; `None` where it does not even stand in the report.
    pub(super) fn kind(&self, entry: &fs::DirEntry, name: &Path) -> Option<Kind> {
        let own = entry.file_name();
        if walk::is_hidden(&own) {
            return None;
        }
        let matches = |set: &Option<GlobSet>| set.as_ref().map(|set| set.is_match(name));
        if matches(&self.exclude) == Some(true) {
            return None;
        }
        if self.is_named(entry) {
            return None;
        }
        let kind = entry.file_type().ok()?;
        if kind.is_dir() {
            return self.folder(&entry.path());
        }
        if kind.is_symlink() {
            return Some(passed("a link; links are not followed", "链接，未跟随"));
        }
        if !kind.is_file() {
            return Some(passed("no regular file", "不是普通文件"));
        }
        if is_report(&entry.path(), &own) {
            return Some(passed(
                "a report or a list that a run of normalize wrote",
                "normalize 写出的报告或清单",
            ));
        }
        match matches(&self.include) {
            Some(true) => Some(Kind::File),
            Some(false) => None,
            None if walk::has_known_ending(name) => Some(Kind::File),
            None => Some(passed("its ending is none of a return's", "按扩展名不是目标表")),
        }
    }

    fn folder(&self, path: &Path) -> Option<Kind> {
        let is_it = |other: &PathBuf| same_file::is_same_file(path, other).unwrap_or(false);
        if self.without.as_ref().is_some_and(is_it) {
            return None;
        }
        Some(if is_of_a_run(path) { Kind::Passed(of_a_run()) } else { Kind::Folder })
    }

    /// Whether an entry is a source by itself.
    fn is_named(&self, entry: &fs::DirEntry) -> bool {
        let is_it = |named: &PathBuf| {
            named.file_name().is_none_or(|own| own == entry.file_name())
                && same_file::is_same_file(entry.path(), named).unwrap_or(false)
        };
        // The only one holds the entry.
        self.named.len() > 1 && self.named.iter().any(is_it)
    }
}

fn passed(en: &str, zh: &str) -> Kind {
    Kind::Passed(TextV1 { en: en.to_owned(), zh: zh.to_owned() })
}

/// Whether a folder is the output folder of a run, be it one that was killed.
pub fn is_of_a_run(folder: &Path) -> bool {
    folder.join(DESK).is_dir() || is_manifest(&folder.join(MANIFEST))
}

/// Whether a file is what a run says of its outputs, not one of them.
fn is_report(path: &Path, name: &OsStr) -> bool {
    (name == MANIFEST || REPORTS.iter().any(|report| name == *report))
        && path.parent().is_some_and(is_of_a_run)
}

/// Why the output folder of a run is left out.
fn of_a_run() -> TextV1 {
    TextV1 {
        en: "left out: the output folder of a run of normalize; to read it, name it as a folder"
            .to_owned(),
        zh: "未读取：这是 normalize 的输出文件夹；如需读取，请在命令行中指明".to_owned(),
    }
}

/// Whether this is why the output folder of a run is left out, which is told though other entries that are not looked
/// at are not.
pub fn is_told(reason: &TextV1) -> bool {
    *reason == of_a_run()
}
