//! `jixiao normalize DIR… -o OUT`: a folder of returns into submission-ready copies, with a report.

use std::{
    ffi::OsString,
    io::{BufRead, BufReader, IsTerminal, Read},
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use anyhow::{Result, bail};
use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use jixiao::{
    batch::{
        apart::Elsewhere,
        naming::{Naming, Pattern},
        one::Making,
        run::{self, Ended, Event, Order, Summary},
        sources::{self, Choice, Source, Tree},
        stream,
    },
    error::Error,
    message,
    pipeline::Settings,
    render::{
        format::Format,
        report::record::{FileV1, StateV1},
        xlsx,
    },
};

use crate::{Status, input, progress::Progress, report::Console, worker};

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
    dirs: Vec<PathBuf>,
    /// Output folder; made where it is missing. Without it --to jsonl streams to standard output
    #[arg(short, long, value_name = "OUT")]
    output: Option<PathBuf>,
    /// Formats of the outputs, separated by commas
    #[arg(long, value_delimiter = ',', value_enum, default_value = "xlsx", value_name = "FORMATS")]
    to: Vec<To>,
    /// Whether an xlsx gets the sheet 合计核对 with every total and verdict
    #[arg(long, value_enum, default_value_t = Totals::Sheet, value_name = "WHERE")]
    totals: Totals,
    /// Names made of what a return says, a file a return: {department}, {year}, {level}, {approver}, {edition}, {source}
    #[arg(long, value_name = "PATTERN")]
    name: Option<String>,
    /// Read the names of the files from this list, one a line; - is standard input
    #[arg(long, value_name = "LIST", conflicts_with_all = ["dirs", "include", "exclude"])]
    files_from: Option<PathBuf>,
    /// The list's names end with a zero byte instead of a line's end
    #[arg(short = '0', long, requires = "files_from")]
    null: bool,
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
    fail_fast: bool,
    /// Write nothing; print what would be written
    #[arg(short = 'n', long)]
    dry_run: bool,
    /// Let OUT follow these folders though it holds what was made of others, which is then removed
    #[arg(long)]
    take_over: bool,
    /// Write no file that has a finding of severity error
    #[arg(long)]
    strict: bool,
    #[command(flatten)]
    reader: input::Reader,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum To {
    Xlsx,
    Json,
    Jsonl,
    Csv,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Totals {
    /// A second sheet
    Sheet,
    /// No second sheet
    None,
}

impl Args {
    fn formats(&self) -> Vec<Format> {
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

    fn jobs(&self) -> usize {
        self.jobs.map_or_else(cores, usize::from)
    }

    fn choice(&self, out: Option<&Path>, endings: Vec<&'static str>) -> Result<Choice> {
        Ok(Choice {
            include: globs(&self.include)?,
            exclude: globs(&self.exclude)?,
            without: out.map(Path::to_owned),
            endings,
        })
    }

    /// The list's paths, as they are read.
    fn list(&self, list: &Path) -> Result<impl Iterator<Item = PathBuf> + Send + use<>> {
        let reader: Box<dyn Read + Send> = if input::is_stream(list) {
            Box::new(std::io::stdin())
        } else {
            Box::new(
                std::fs::File::open(list)
                    .map_err(|source| Error::ReadFile { path: list.to_owned(), source })?,
            )
        };
        let end = if self.null { 0 } else { b'\n' };
        Ok(BufReader::new(reader).split(end).map_while(std::io::Result::ok).filter_map(
            move |mut bytes| {
                if end == b'\n' && bytes.last() == Some(&b'\r') {
                    bytes.pop();
                }
                (!bytes.is_empty()).then(|| PathBuf::from(os_string(bytes)))
            },
        ))
    }
}

/// How many cores this process may use.
pub(crate) fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

#[cfg(unix)]
fn os_string(bytes: Vec<u8>) -> OsString {
    std::os::unix::ffi::OsStringExt::from_vec(bytes)
}

#[cfg(not(unix))]
fn os_string(bytes: Vec<u8>) -> OsString {
    String::from_utf8_lossy(&bytes).into_owned().into()
}

fn globs(patterns: &[String]) -> Result<Option<GlobSet>> {
    if patterns.is_empty() {
        return Ok(None);
    }
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        // A pattern without a slash matches in every folder, as people expect.
        let wide = if pattern.contains('/') { pattern.clone() } else { format!("**/{pattern}") };
        let glob = GlobBuilder::new(&wide).literal_separator(true).build();
        let no_pattern = |error: globset::Error| {
            message!(
                "`{pattern}` is no pattern of names: {error}",
                "`{pattern}` 不是合格的文件名模式（{error}）"
            )
        };
        set.add(glob.map_err(no_pattern)?);
    }
    Ok(Some(set.build()?))
}

pub(crate) fn run(args: &Args, console: &Console) -> Result<Status> {
    let stop = Arc::new(AtomicBool::new(false));
    listen(&stop)?;
    match &args.output {
        None if args.to == [To::Jsonl] => streamed(args, console, &stop),
        None => bail!(message!(
            "where to? give -o OUT, or --to jsonl for a stream on standard output",
            "写到哪里？请加 -o 输出文件夹，或用 --to jsonl 写到标准输出"
        )),
        Some(out) => into_folder(args, console, out, &stop),
    }
}

/// Ctrl-C lets the files in hand be finished; a second one ends at once.
fn listen(stop: &Arc<AtomicBool>) -> Result<()> {
    let stop = Arc::clone(stop);
    let asked = move || {
        if stop.swap(true, Ordering::SeqCst) {
            #[allow(clippy::exit)] // the second Ctrl-C: the user waits no longer
            std::process::exit(130);
        }
    };
    let deaf = |error: ctrlc::Error| {
        message!("cannot listen to Ctrl-C: {error}", "无法响应 Ctrl-C（{error}）")
    };
    Ok(ctrlc::set_handler(asked).map_err(deaf)?)
}

fn streamed(args: &Args, console: &Console, stop: &AtomicBool) -> Result<Status> {
    let settings = args.reader.settings()?;
    let paths: Box<dyn Iterator<Item = PathBuf> + Send> = match &args.files_from {
        Some(list) => Box::new(args.list(list)?),
        None => Box::new(
            Tree::new(&args.dirs, args.choice(None, vec!["jsonl"])?)?
                .filter(|source| !matches!(source.passed, Some((StateV1::Skipped, _))))
                .map(|source| source.path),
        ),
    };
    let mut tally = Tally::default();
    let mut out = std::io::stdout().lock();
    let elsewhere = Some(worker::work as Elsewhere);
    stream::stream(paths, &settings, elsewhere, args.jobs(), stop, &mut out, &mut |file| {
        tally.add(file);
        console.record(file);
        !(args.fail_fast && file.state == StateV1::Unread)
    })?;
    console.total(tally.files, tally.unread, tally.returns, tally.counts);
    Ok(tally.status(stop.load(Ordering::SeqCst)))
}

/// What the exit status depends on.
#[derive(Default)]
struct Tally {
    files: u64,
    unread: u64,
    returns: u64,
    counts: [u64; 3],
}

impl Tally {
    fn add(&mut self, file: &FileV1) {
        if matches!(file.state, StateV1::Skipped | StateV1::Gone) {
            return;
        }
        self.files += 1;
        self.unread += u64::from(file.state != StateV1::Written);
        self.returns += file.returns.len() as u64;
        self.counts[0] += file.counts.errors;
        self.counts[1] += file.counts.warnings;
        self.counts[2] += file.counts.infos;
    }

    fn status(&self, stopped: bool) -> Status {
        if stopped {
            Status::Interrupted
        } else if self.unread == self.files {
            Status::Failed
        } else if self.unread > 0 || self.counts[0] > 0 {
            Status::Findings
        } else {
            Status::Clean
        }
    }
}

fn into_folder(args: &Args, console: &Console, out: &Path, stop: &AtomicBool) -> Result<Status> {
    let formats = args.formats();
    let endings: Vec<&'static str> = formats.iter().map(|format| format.ending()).collect();
    let is_source = |dir: &PathBuf| same_place(dir, out);
    if let Some(dir) = args.dirs.iter().find(|dir| is_source(dir)) {
        let dir = dir.display();
        bail!(message!(
            "the output folder is the folder `{dir}` itself; give another with -o",
            "输出文件夹就是 `{dir}` 本身，请用 -o 另取文件夹"
        ));
    }
    let pattern = args.name.as_deref().map(Pattern::new).transpose()?;
    let settings = args.reader.settings()?;
    let order = Order {
        out: out.to_owned(),
        roots: args.dirs.clone(),
        take_over: args.take_over,
        options: options(args, &formats, pattern.as_ref(), &settings),
        settings,
        making: Making {
            formats,
            xlsx: xlsx::Options {
                totals_sheet: args.totals == Totals::Sheet,
                bulk: true,
                ..xlsx::Options::default()
            },
            apart: pattern.is_some(),
            strict: args.strict,
            elsewhere: Some(worker::work),
        },
        naming: pattern.map_or(Naming::Tree, Naming::Pattern),
        jobs: args.jobs(),
        fail_fast: args.fail_fast,
        dry_run: args.dry_run,
        lang: console.lang,
    };
    let sources: Box<dyn Iterator<Item = Source> + Send> = match &args.files_from {
        Some(list) => Box::new(sources::listed(args.list(list)?, &endings).into_iter()),
        None => Box::new(Tree::new(&args.dirs, args.choice(Some(out), endings.clone())?)?),
    };
    // To say how long it takes the files must be counted first, which is little beside reading them.
    let count = (std::io::stderr().is_terminal() && args.files_from.is_none())
        .then(|| {
            args.choice(Some(out), endings)
                .and_then(|choice| Ok(Tree::new(&args.dirs, choice)?.count()))
        })
        .transpose()?;
    let mut progress = Progress::new(count, console);
    let mut tally = Tally::default();
    let summary = run::run(&order, sources, stop, &mut |event| {
        if let Event::Done { file, .. } = &event {
            tally.add(file);
        }
        progress.pause(|| tell(&event, console, args.dry_run));
        if let Event::Done { .. } = event {
            progress.step();
        }
    });
    progress.end();
    let summary = summary?;
    conclude(&summary, console, out, args.dry_run);
    console.total(tally.files, tally.unread, tally.returns, tally.counts);
    Ok(tally.status(summary.ended == Ended::Stopped))
}

/// Says what happened, where it is worth a line.
fn tell(event: &Event<'_>, console: &Console, dry_run: bool) {
    match event {
        Event::Done { file, .. } => {
            console.record(file);
            if dry_run {
                for output in &file.outputs {
                    let _ =
                        crate::print(format!("{} -> {}\n", file.source, output.path).as_bytes());
                }
            }
        }
        Event::Removed(path) => console.say(
            &format!("removed: {path} (its source is gone or has another name now)"),
            &format!("已删除：{path}（源文件已不在或已改名）"),
        ),
        Event::Left(path) => console.say(
            &format!("left: {path} is no longer made, but was changed after it was written"),
            &format!("保留：{path} 不再由本次写出，但写出后被改动过"),
        ),
    }
}

fn conclude(summary: &Summary, console: &Console, out: &Path, dry_run: bool) {
    let report = out.join("report.html");
    let (en, zh) = match summary.ended {
        Ended::Stopped => (
            "interrupted; run the same command again to go on".to_owned(),
            "已中断；再次运行同一命令即可继续".to_owned(),
        ),
        Ended::FailedFast => (
            "ended at the first file that could not be read, for --fail-fast asks it".to_owned(),
            "按 --fail-fast，遇到第一个未能读取的文件即结束".to_owned(),
        ),
        Ended::Whole if dry_run => {
            ("nothing was written (--dry-run)".to_owned(), "未写出任何文件（--dry-run）".to_owned())
        }
        Ended::Whole => (
            format!("{} done before and unchanged; report: {}", summary.kept, report.display()),
            format!("此前已处理且未变 {} 个；报告：{}", summary.kept, report.display()),
        ),
    };
    console.note(&en, &zh);
}

/// Texts that stand for every setting that shapes an output.
fn options(
    args: &Args,
    formats: &[Format],
    pattern: Option<&Pattern>,
    settings: &Settings<'_>,
) -> Vec<String> {
    let mut options = vec![
        format!(
            "to={}",
            formats.iter().map(|format| format.ending()).collect::<Vec<_>>().join(",")
        ),
        format!("totals={}", args.totals == Totals::Sheet),
        format!("strict={}", args.strict),
        format!("name={}", pattern.map_or("", Pattern::text)),
    ];
    options.extend(args.reader.options(settings));
    options
}

fn same_place(one: &Path, other: &Path) -> bool {
    let resolved = |path: &Path| std::fs::canonicalize(path).ok();
    resolved(one).is_some_and(|place| Some(place) == resolved(other))
}
