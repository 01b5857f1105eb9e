//! `jixiao convert FILE…`: any container into xlsx, JSON, JSON lines or csv.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use jixiao::{
    batch::{naming, output},
    form::Edition,
    message,
    model::Return,
    pipeline::{Found, Reading},
    render::{self, xlsx},
};

use crate::{Status, input, print, report::Console};

/// Convert returns into a submission-ready workbook, JSON, JSON lines or csv.
///
/// Totals are recomputed; faults in the content are reported and never stop the writing, unless --strict.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  jixiao convert old.xlsx -o return.xlsx
  jixiao convert old.csv --to json | jq '.[0].totals'
  jixiao convert returns/*.xlsx -o normalised/ --to xlsx
  jixiao convert book.xlsx -o split/ --split            a file a return")]
pub(crate) struct Args {
    /// Files to convert; - is standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Output file; with several inputs or with --split a folder that exists; - is standard output
    #[arg(short, long, value_name = "OUT")]
    output: Option<PathBuf>,
    /// Output format; else the ending of OUT
    #[arg(long, value_enum, value_name = "FORMAT")]
    to: Option<Format>,
    /// Whether the xlsx gets the sheet 合计核对 with every total and verdict
    #[arg(long, value_enum, default_value_t = Totals::Sheet, value_name = "WHERE")]
    totals: Totals,
    /// Write a file for each return of a workbook, named by its department and year
    #[arg(long)]
    split: bool,
    /// Write nothing when there is a finding of severity error
    #[arg(long)]
    strict: bool,
    #[command(flatten)]
    reader: input::Reader,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
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

impl Format {
    fn ending(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Json => "json",
            Self::Jsonl => "jsonl",
            Self::Csv => "csv",
        }
    }

    fn of(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?.to_ascii_lowercase();
        [Self::Xlsx, Self::Json, Self::Jsonl, Self::Csv]
            .into_iter()
            .find(|format| format.ending() == ending)
    }
}

/// A return with the file it came from.
struct Record<'a> {
    file: &'a str,
    found: &'a Found<'static>,
}

/// Where outputs go.
enum Target {
    Stream,
    File(PathBuf),
    Folder(PathBuf),
}

pub(crate) fn run(args: &Args, console: &Console) -> Result<Status> {
    let edition = args.reader.edition()?;
    let (format, target) = plan(args)?;
    let inputs = input::files(&args.files);
    if let Target::File(path) = &target {
        output::refuse_inputs(path, &inputs)?;
    }
    let mut status = Status::Clean;
    let mut read: Vec<(String, PathBuf, Reading<'static>)> = Vec::new();
    for path in &args.files {
        let name = path.to_string_lossy().into_owned();
        match args.reader.read(path, edition) {
            Ok(reading) => {
                console.findings(&name, &reading);
                let found = console.count(&reading);
                status = status.max(found);
                if args.strict && found == Status::Findings {
                    console.say(
                        &format!("{name}: not written, for --strict allows no error"),
                        &format!("{name}：有错误，按 --strict 不写出"),
                    );
                } else {
                    read.push((name, path.clone(), reading));
                }
            }
            Err(error) => {
                console.unread(&name, &error);
                status = Status::Failed;
            }
        }
    }
    let written = write(args, format, &target, &read, &inputs);
    console.summary();
    written?;
    Ok(status)
}

/// The format and the place of the output.
fn plan(args: &Args) -> Result<(Format, Target)> {
    let several = args.files.len() > 1 || args.split;
    let target = match &args.output {
        None => Target::Stream,
        Some(path) if input::is_stream(path) => Target::Stream,
        Some(path) if path.is_dir() => Target::Folder(path.clone()),
        Some(path) if several => {
            let path = path.display();
            bail!(message!(
                "the output folder `{path}` does not exist; with several inputs or --split, -o is a folder: make it first",
                "输出文件夹 `{path}` 不存在；有多个输入或加了 --split 时 -o 是文件夹，请先建立"
            ))
        }
        Some(path) => Target::File(path.clone()),
    };
    let stated = args.to.or_else(|| match &target {
        Target::File(path) => Format::of(path),
        _ => None,
    });
    let format = match (stated, &target) {
        (Some(format), _) => format,
        (None, Target::Folder(_)) => Format::Xlsx,
        (None, Target::File(path)) => {
            let path = path.display();
            bail!(message!(
                "can't tell the format from `{path}`; give it an ending .xlsx, .json, .jsonl or .csv, or use --to",
                "由 `{path}` 看不出输出格式；请用 .xlsx、.json、.jsonl 或 .csv 结尾的文件名，或加 --to"
            ))
        }
        (None, Target::Stream) if args.output.is_some() => {
            bail!(message!(
                "which format? standard output takes --to json, jsonl or csv",
                "写成哪种格式？写到标准输出时请加 --to json、--to jsonl 或 --to csv"
            ))
        }
        (None, Target::Stream) => {
            bail!(message!(
                "where to? give -o OUT, or --to json, jsonl or csv for standard output",
                "写到哪里？请加 -o 文件名，或用 --to json、--to jsonl、--to csv 写到标准输出"
            ))
        }
    };
    if format == Format::Xlsx && matches!(target, Target::Stream) && args.output.is_none() {
        bail!(message!(
            "an xlsx needs a file: give -o OUT.xlsx",
            "xlsx 须写入文件：请加 -o 文件名.xlsx"
        ));
    }
    Ok((format, target))
}

fn write(
    args: &Args,
    format: Format,
    target: &Target,
    read: &[(String, PathBuf, Reading<'static>)],
    inputs: &[PathBuf],
) -> Result<()> {
    if read.is_empty() {
        return Ok(());
    }
    let records = |of: &'_ [(String, PathBuf, Reading<'static>)]| -> Vec<(usize, usize)> {
        of.iter()
            .enumerate()
            .flat_map(|(file, (_, _, reading))| {
                (0..reading.returns.len()).map(move |at| (file, at))
            })
            .collect()
    };
    let record = |(file, at): &(usize, usize)| Record {
        file: &read[*file].0,
        found: &read[*file].2.returns[*at],
    };
    match target {
        Target::Stream => {
            let all: Vec<Record<'_>> = records(read).iter().map(record).collect();
            print(&rendered(args, format, &all)?)
        }
        Target::File(path) => {
            let all: Vec<Record<'_>> = records(read).iter().map(record).collect();
            Ok(output::write(path, &rendered(args, format, &all)?, inputs)?)
        }
        Target::Folder(folder) => {
            let mut taken = naming::Taken::default();
            for (name, path, reading) in read {
                let all: Vec<Record<'_>> =
                    reading.returns.iter().map(|found| Record { file: name, found }).collect();
                let stem = if input::is_stream(path) {
                    "return".into()
                } else {
                    path.file_stem().unwrap_or_default().to_owned()
                };
                let apart = args.split && all.len() > 1;
                for records in all.chunks(if apart { 1 } else { all.len().max(1) }) {
                    let found = records[0].found;
                    let wanted = if apart {
                        naming::of_return(&found.of, found.sheet.as_deref(), &stem)
                    } else {
                        PathBuf::from(&stem)
                    };
                    let mut name = taken.free(&wanted).0.into_os_string();
                    name.push(format!(".{}", format.ending()));
                    output::write(&folder.join(name), &rendered(args, format, records)?, inputs)?;
                }
            }
            Ok(())
        }
    }
}

/// The names of the sheets, where all returns come from one workbook.
fn sheets<'a>(records: &[Record<'a>]) -> Vec<Option<&'a str>> {
    let file = records.first().map(|record| record.file);
    let name =
        |record: &Record<'a>| record.found.sheet.as_deref().filter(|_| Some(record.file) == file);
    xlsx::kept(&records.iter().map(name).collect::<Vec<_>>())
}

fn rendered(args: &Args, format: Format, records: &[Record<'_>]) -> Result<Vec<u8>> {
    let sourced = || {
        records
            .iter()
            .map(|record| (&record.found.of, Some(record.found.source(Some(record.file)))))
    };
    let drawn: Vec<(&Return, &Edition)> =
        records.iter().map(|record| (&record.found.of, record.found.edition)).collect();
    let bytes = match format {
        Format::Json => render::json::render(sourced()),
        Format::Jsonl => render::jsonl::render(sourced()),
        Format::Csv => render::csv::render(drawn.iter().copied()),
        Format::Xlsx => xlsx::render_named(
            &drawn,
            &sheets(records),
            xlsx::Options {
                totals_sheet: args.totals == Totals::Sheet,
                ..xlsx::Options::default()
            },
        ),
    };
    Ok(bytes?)
}
