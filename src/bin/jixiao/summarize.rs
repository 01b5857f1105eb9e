//! `jixiao summarize DIR -o 汇总表.xlsx`: one table of all returns.

use std::{
    io::{BufWriter, Cursor, Write},
    path::{Path, PathBuf},
    sync::atomic::AtomicBool,
};

use anyhow::{Result, bail};
use jixiao::{
    batch::{
        gather::{self, Wanted},
        output,
    },
    diagnostic::Severity,
    message,
    pipeline::Reading,
    render::summary::{
        flat,
        notes::{Again, Missing, Notes},
        rows::{self, Row},
        xlsx::Summary,
    },
};

use crate::{Status, input, report::Console};

/// Consolidate returns into one workbook: a row a department, every task, every indicator, live sums, a reconciliation.
///
/// A folder that `normalize` wrote, or its manifest, stands for what was written. Amounts are in yuan.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  jixiao summarize returns/ -o 汇总表.xlsx
  jixiao summarize normalised/manifest.jsonl -o 汇总表.xlsx
  jixiao summarize returns/ --to csv --table tasks > tasks.csv")]
pub(crate) struct Args {
    /// Folders or files of returns, or a manifest of `normalize`
    #[arg(required = true, value_name = "DIR|MANIFEST")]
    roots: Vec<PathBuf>,
    /// Output file; csv and jsonl go to standard output without it
    #[arg(short, long, value_name = "OUT")]
    output: Option<PathBuf>,
    /// Output format; else the ending of OUT
    #[arg(long, value_enum, value_name = "FORMAT")]
    to: Option<To>,
    /// The table of csv and jsonl
    #[arg(long, value_enum, default_value_t = Table::Departments, value_name = "TABLE")]
    table: Table,
    /// Workers; else one for each core
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    jobs: Option<u16>,
    #[command(flatten)]
    reader: input::Reader,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum To {
    Xlsx,
    Csv,
    Jsonl,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Table {
    Departments,
    Tasks,
    Indicators,
}

impl Args {
    /// The file that is written; none where it is standard output.
    fn output(&self) -> Option<&Path> {
        self.output.as_deref().filter(|output| !input::is_stream(output))
    }

    fn format(&self) -> Result<To> {
        let ending = self.output().and_then(|out| out.extension()?.to_str());
        let by_name = ending.and_then(|ending| match ending.to_ascii_lowercase().as_str() {
            "xlsx" => Some(To::Xlsx),
            "csv" => Some(To::Csv),
            "jsonl" => Some(To::Jsonl),
            _ => None,
        });
        match (self.to.or(by_name), self.output()) {
            (Some(To::Xlsx), None) => {
                bail!(message!(
                    "an xlsx needs a file: give -o 汇总表.xlsx",
                    "xlsx 须写入文件：请加 -o 汇总表.xlsx"
                ))
            }
            (Some(to), _) => Ok(to),
            (None, _) => bail!(message!(
                "where to? give -o 汇总表.xlsx, or --to csv or jsonl",
                "写到哪里？请加 -o 汇总表.xlsx，或 --to csv 或 --to jsonl"
            )),
        }
    }
}

/// What the returns are put into.
enum Sink {
    Book(Box<Summary>),
    Lines(Box<dyn Write>),
}

pub(crate) fn run(args: &Args, console: &Console) -> Result<Status> {
    let to = args.format()?;
    let settings = args.reader.settings()?;
    if let Some(output) = args.output() {
        gather::refuse_return(output, &settings)?;
    }
    // Where the workbook keeps its rows until it is put together.
    let folder = std::env::temp_dir();
    let mut sink = match (to, args.output()) {
        (To::Xlsx, _) => Sink::Book(Box::new(Summary::new(&folder)?)),
        (_, None) => Sink::Lines(Box::new(BufWriter::new(std::io::stdout()))),
        (_, Some(_)) => Sink::Lines(Box::new(Vec::new())),
    };
    let mut text = Vec::new();
    if to == To::Csv {
        flat::csv_head(&mut text, columns(args.table))?;
    }
    let mut number = 0;
    let (mut files, mut not_read, mut not_written) = (0, 0, 0);
    let (mut notes, mut repeated) = (Notes::default(), 0_u64);
    let mut counts = [0; 3];
    let jobs = args.jobs.map_or_else(crate::normalize::cores, usize::from);
    let stop = AtomicBool::new(false);
    let wanted = gather::wanted(&args.roots, args.output())?;
    gather::gather(wanted, args.output(), &settings, jobs, &stop, |(wanted, read)| {
        files += u64::from(!wanted.is_left_out());
        console.changed(&wanted);
        let reading = match read {
            Ok(reading) => reading,
            Err(reason) => {
                console.unread_file(&wanted.name, &reason);
                if !wanted.is_left_out() {
                    let refused = wanted.is_refused();
                    *(if refused { &mut not_written } else { &mut not_read }) += 1;
                    notes.add_missing(Missing { file: wanted.name, reason, refused });
                }
                return Ok(());
            }
        };
        for row in rows_of(&reading, &wanted, &mut number) {
            counts[0] += row.errors;
            counts[1] += row.warnings;
            if let Some(again) = notes.add(&row) {
                if repeated < MOST_TOLD {
                    stands_already(&again, row.file, console);
                }
                repeated += 1;
            }
            match &mut sink {
                Sink::Book(book) => book.add(&row)?,
                Sink::Lines(_) => lines(args.table, to, &row, &mut text)?,
            }
        }
        if let Sink::Lines(out) = &mut sink
            && args.output().is_none()
        {
            let fail = |source| jixiao::error::Error::WriteFile { path: "-".into(), source };
            out.write_all(&text).map_err(fail)?;
            text.clear();
        }
        Ok(())
    })?;
    finish(args, sink, &text, &notes, console)?;
    more_repeated(repeated.saturating_sub(MOST_TOLD), console);
    several_years(&notes, console);
    if files == 0 {
        console.nothing_in(&args.roots);
    }
    console.total(files, [not_read, not_written], number, counts);
    Ok(match (not_read + not_written, number) {
        (_, 0) => Status::Failed,
        (0, _) if counts[0] == 0 => Status::Clean,
        _ => Status::Findings,
    })
}

/// So many departments that stand twice are told one by one.
const MOST_TOLD: u64 = 20;

/// Says how many more departments stand twice.
fn more_repeated(count: u64, console: &Console) {
    if count > 0 {
        console.say(
            &format!("and {count} more that stand already: see the sheet 核对"),
            &format!("另有 {count} 份重复，见“核对”工作表"),
        );
    }
}

/// Says that a department stands twice, so that the sums count it twice.
fn stands_already(again: &Again, file: &str, console: &Console) {
    let Again { department, year, numbers: [first, own] } = again;
    let [en, zh] = year
        .map_or_else(Default::default, |year| [format!(" ({year})"), format!("（{year}年度）")]);
    console.say(
        &format!(
            "{file}: {department}{en} stands twice, as numbers {first} and {own}; sums count both"
        ),
        &format!("{file}：{department}{zh}重复，序号 {first}、{own}，合计重复计入"),
    );
}

/// Says that the sums are over several years.
fn several_years(notes: &Notes, console: &Console) {
    let years = notes.several_years();
    if years.is_empty() {
        return;
    }
    let said = |year: Option<i32>, none: &str| {
        year.map_or_else(|| none.to_owned(), |year| year.to_string())
    };
    let each = |none: &str| {
        years
            .iter()
            .map(|(year, count)| format!("{} × {count}", said(*year, none)))
            .collect::<Vec<_>>()
    };
    console.say(
        &format!(
            "the returns are of several years, and sums are over all of them: {}",
            each("no year").join(", ")
        ),
        &format!("目标表含多个年度，合计包括全部年度：{}", each("未注明").join("，")),
    );
}

fn finish(args: &Args, sink: Sink, text: &[u8], notes: &Notes, console: &Console) -> Result<()> {
    match (sink, args.output()) {
        (Sink::Book(book), Some(path)) => {
            let left_out = book.left_out();
            if left_out > 0 {
                console.say(
                    &format!("{left_out} returns found no room in the workbook; --to csv or jsonl has all of them"),
                    &format!("{left_out} 份目标表超出工作表行数，未列入；可用 --to csv 或 jsonl"),
                );
            }
            let mut bytes = Cursor::new(Vec::new());
            book.finish(&mut bytes, notes)?;
            output::write(path, &bytes.into_inner(), &input::files(&args.roots))?;
        }
        (_, Some(path)) => output::write(path, text, &input::files(&args.roots))?,
        (Sink::Lines(mut out), None) => {
            out.write_all(text)?;
            out.flush()?;
        }
        (Sink::Book(_), None) => {}
    }
    Ok(())
}

fn columns(table: Table) -> &'static [rows::Column] {
    match table {
        Table::Departments => rows::DEPARTMENTS,
        Table::Tasks => rows::TASKS,
        Table::Indicators => rows::INDICATORS,
    }
}

fn lines(table: Table, to: To, row: &Row<'_>, text: &mut Vec<u8>) -> jixiao::error::Result<()> {
    let all = match table {
        Table::Departments => vec![rows::department(row)],
        Table::Tasks => rows::tasks(row),
        Table::Indicators => rows::indicators(row),
    };
    for values in all {
        match to {
            To::Jsonl => flat::json_row(text, columns(table), &values)?,
            _ => flat::csv_row(text, &values)?,
        }
    }
    Ok(())
}

fn rows_of<'a>(
    reading: &'a Reading<'static>,
    wanted: &'a Wanted,
    number: &mut u64,
) -> Vec<Row<'a>> {
    reading
        .returns
        .iter()
        .enumerate()
        .map(|(at, found)| {
            *number += 1;
            let count = |severity| {
                found.diagnostics.iter().filter(|one| one.severity == severity).count() as u64
            };
            let (errors, warnings) = match wanted.counts.get(at) {
                Some(counts) => (counts.errors, counts.warnings),
                None => (count(Severity::Error), count(Severity::Warning)),
            };
            Row {
                number: *number,
                of: &found.of,
                file: &wanted.name,
                sheet: found.sheet.as_deref(),
                errors,
                warnings,
            }
        })
        .collect()
}
