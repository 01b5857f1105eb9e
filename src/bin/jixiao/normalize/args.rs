//! What `normalize` is asked to do.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use jixiao::{batch::choice::Choice, message, render::format::Format};

use crate::input;

/// Normalise folders of returns: submission-ready copies in a tree of the same shape, and a report.
///
/// A second run does only what changed. One bad file stops nothing; it stands in the report.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  jixiao normalize returns/ -o normalised/
  jixiao normalize 2024/ 2025/ -o normalised/ --to xlsx,json --jobs 4
  jixiao normalize returns/ -o normalised/ --name '{year}/{department}'
  find /data -name '*.xls' | jixiao normalize --files-from - --to jsonl > returns.jsonl")]
#[allow(clippy::struct_excessive_bools)] // each is a switch of the command line
pub(crate) struct Args {
    /// Folders, or single files
    #[arg(value_name = "DIR", required_unless_present = "files_from")]
    pub(super) dirs: Vec<PathBuf>,
    /// Output folder; made where it is missing. Without it --to jsonl streams to standard output
    #[arg(short, long, value_name = "OUT")]
    pub(super) output: Option<PathBuf>,
    /// Formats of the outputs, separated by commas
    #[arg(long, value_delimiter = ',', value_enum, default_value = "xlsx", value_name = "FORMATS")]
    pub(super) to: Vec<To>,
    /// Whether an xlsx gets the sheet 合计核对 with every total and verdict
    #[arg(long, value_enum, default_value_t = Totals::Sheet, value_name = "WHERE")]
    pub(super) totals: Totals,
    /// Names made of what a return says, a file a return: {department}, {year}, {level}, {approver}, {edition}, {source}
    #[arg(long, value_name = "PATTERN")]
    pub(super) name: Option<String>,
    /// Read the names of the files from this list, one a line; - is standard input
    #[arg(long, value_name = "LIST", conflicts_with_all = ["dirs", "include", "exclude"])]
    pub(super) files_from: Option<PathBuf>,
    /// The list's names end with a zero byte instead of a line's end
    #[arg(short = '0', long, requires = "files_from")]
    pub(super) null: bool,
    /// Only files whose path below the folder matches, such as '**/*.xls'; repeatable
    #[arg(long, value_name = "GLOB")]
    include: Vec<String>,
    /// No file or folder whose path below the folder matches; repeatable
    #[arg(long, value_name = "GLOB")]
    exclude: Vec<String>,
    /// Workers; else one for each core
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    jobs: Option<u16>,
    /// Stop at the first file that can't be read
    #[arg(long)]
    pub(super) fail_fast: bool,
    /// Write nothing; print what would be written
    #[arg(short = 'n', long)]
    pub(super) dry_run: bool,
    /// Let OUT follow these folders though it holds what was made of others, or of files that are not found, which is then removed
    #[arg(long)]
    pub(super) take_over: bool,
    /// Write no file that has a finding of severity error
    #[arg(long)]
    pub(super) strict: bool,
    #[command(flatten)]
    pub(super) reader: input::Reader,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum To {
    Xlsx,
    Json,
    Jsonl,
    Csv,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Totals {
    /// A second sheet
    Sheet,
    /// No second sheet
    None,
}

impl Args {
    pub(super) fn formats(&self) -> Vec<Format> {
        let mut formats = Vec::new();
        for to in &self.to {
            let format = match to {
                To::Xlsx => Format::Xlsx,
                To::Json => Format::Json,
                To::Jsonl => Format::Jsonl,
                To::Csv => Format::Csv,
            };
            if !formats.contains(&format) {
                formats.push(format);
            }
        }
        formats
    }

    pub(super) fn jobs(&self) -> usize {
        self.jobs.map_or_else(cores, usize::from)
    }

    pub(super) fn choice(&self, out: Option<&Path>, endings: Vec<&'static str>) -> Result<Choice> {
        Ok(Choice {
            include: globs(&self.include)?,
            exclude: globs(&self.exclude)?,
            without: out.map(Path::to_owned),
            named: self.dirs.clone(),
            endings,
        })
    }
}

/// How many cores this process may use.
pub(crate) fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

fn globs(patterns: &[String]) -> Result<Option<GlobSet>> {
    if patterns.is_empty() {
        return Ok(None);
    }
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        let no_pattern = |error: globset::Error| {
            message!(
                "`{pattern}` is no pattern of names: {error}",
                "`{pattern}` 不是合格的文件名模式（{error}）"
            )
        };
        let Some(meant) = meant(pattern) else {
            bail!(message!(
                "`{pattern}` is no pattern of names: it names nothing",
                "`{pattern}` 不是合格的文件名模式（没有内容）"
            ));
        };
        let mut glob = GlobBuilder::new(&meant);
        glob.literal_separator(true).case_insensitive(true);
        set.add(glob.build().map_err(no_pattern)?);
    }
    Ok(Some(set.build()?))
}

/// What people mean by a pattern: without a slash it matches in every folder, `./` is where names begin, and with a slash
/// at its end it is all below a folder. None where it names nothing.
fn meant(pattern: &str) -> Option<String> {
    let mut bare = pattern;
    while let Some(rest) = bare.strip_prefix("./") {
        bare = rest.trim_start_matches('/');
    }
    let is_folder = bare.ends_with('/');
    let bare_of_slash = bare.trim_end_matches('/');
    if bare_of_slash.is_empty() {
        return None;
    }
    let is_anywhere = bare.len() == pattern.len() && !bare_of_slash.contains('/');
    let name = if is_anywhere { format!("**/{bare_of_slash}") } else { bare_of_slash.to_owned() };
    Some(if is_folder { format!("{name}/**") } else { name })
}
