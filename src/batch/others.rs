//! Files in an output folder that no run wrote there: somebody put them in, and who names the folder may think that they
//! are read.

use std::{
    collections::HashSet,
    path::{Path, PathBuf},
};

use super::{
    choice::Choice,
    hash,
    manifest::Lines,
    name,
    sources::{Source, Tree},
};
use crate::{error::Result, render::report::record::TextV1};

/// So many of them are named.
const NAMED: usize = 3;

/// What is said of the files in the output folder of a manifest that may hold returns and are not of it, but for the output of
/// the command itself; none where there are none.
pub(super) fn told(
    manifest: &Path,
    named: Vec<PathBuf>,
    output: Option<&Path>,
) -> Result<Option<TextV1>> {
    let outputs = Lines::open(manifest)?.flat_map(|line| line.kept.file.outputs);
    let own: HashSet<u64> = outputs.map(|output| hash::number(&output.path)).collect();
    let is_other = |source: &Source| {
        source.passed.is_none()
            && !own.contains(&hash::number(&name::shown(&source.name)))
            && !output.is_some_and(|output| is_same(output, &source.path))
    };
    // What is named by itself is read.
    let choice = Choice { named, ..Choice::default() };
    let (mut count, mut first) = (0_u64, Vec::new());
    for other in Tree::new(&[folder_of(manifest)], choice)?.filter(is_other) {
        count += 1;
        if first.len() < NAMED {
            first.push(name::shown(&other.name));
        }
    }
    Ok((count > 0).then(|| message(count, &first)))
}

fn is_same(output: &Path, other: &Path) -> bool {
    output.file_name() == other.file_name()
        && same_file::is_same_file(output, other).unwrap_or(false)
}

/// The folder of a manifest, by a name that the system takes.
pub(super) fn folder_of(manifest: &Path) -> PathBuf {
    let folder = manifest.parent().filter(|folder| !folder.as_os_str().is_empty());
    folder.unwrap_or(Path::new(".")).to_owned()
}

fn message(count: u64, first: &[String]) -> TextV1 {
    let is_more = count > first.len() as u64;
    let [en, zh] = if is_more { [", …", "……"] } else { ["", ""] };
    let files = if count == 1 {
        "1 file that may hold a return is"
    } else {
        "files that may hold returns are"
    };
    let number = if count == 1 { String::new() } else { format!("{count} ") };
    TextV1 {
        en: format!(
            "{number}{files} in it, but of none of its runs, and not read: {}{en}; name them to read them",
            first.join(", ")
        ),
        zh: format!(
            "其中有 {count} 个可能是目标表的文件不是 normalize 写出的，未读取：{}{zh}；如需读取，请在命令行中指明",
            first.join("、")
        ),
    }
}
