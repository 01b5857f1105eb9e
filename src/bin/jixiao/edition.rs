//! `jixiao edition`: the built-in editions, and how a file's labels match one.

use std::path::PathBuf;

use anyhow::Result;
use jixiao::{
    form::{self, matching::Matched},
    pipeline::labels::SheetLabels,
    render::findings::Lang,
};

use crate::{Status, input, print, report::Console};

/// List the built-in editions, or see how the labels of a file match an edition.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  jixiao edition list
  jixiao edition check ours.toml returns/*.xlsx     which labels match, which are unknown, which were not found")]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(clap::Subcommand)]
enum Command {
    /// List the built-in editions, in the order in which a return is tried against them
    List,
    /// Say which labels of a file match an edition, which are unknown and which were not found
    Check(Check),
}

#[derive(clap::Args)]
struct Check {
    /// Edition: a file that ends in .toml, or a built-in name
    #[arg(value_name = "FILE.toml|NAME")]
    edition: String,
    /// Returns to compare with it; - is standard input
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    reader: input::Labels,
}

pub(crate) fn run(args: &Args, console: &Console) -> Result<Status> {
    match &args.command {
        Command::List => {
            let lines: String = form::built_in()
                .iter()
                .map(|edition| format!("{}  {}\n", edition.name, edition.summary))
                .collect();
            print(lines.as_bytes())?;
            Ok(Status::Clean)
        }
        Command::Check(args) => check(args, console),
    }
}

fn check(args: &Check, console: &Console) -> Result<Status> {
    let edition = input::edition(&args.edition)?;
    let words = Words::of(console.lang);
    let mut status = Status::Clean;
    if args.files.is_empty() {
        print(format!("{}: {}\n", args.edition, words.sound).as_bytes())?;
    }
    for path in &args.files {
        let name = path.to_string_lossy().into_owned();
        match args.reader.labels(path, edition) {
            Ok(sheets) => {
                let (text, found) = report(&name, &sheets, &words);
                print(text.as_bytes())?;
                status = status.max(found);
            }
            Err(error) => {
                console.unread(&name, &error);
                status = Status::Failed;
            }
        }
    }
    Ok(status)
}

/// The headings of the report.
struct Words {
    matched: &'static str,
    unknown: &'static str,
    by_place: &'static str,
    under: &'static str,
    misplaced: &'static str,
    values: &'static str,
    notes: &'static str,
    missing: &'static str,
    no_form: &'static str,
    nothing: &'static str,
    sound: &'static str,
}

impl Words {
    fn of(lang: Lang) -> Self {
        match lang {
            Lang::En => Self {
                matched: "matched labels",
                unknown: "unknown: no wording of any label",
                by_place: "by its place",
                under: "values under it",
                misplaced: "out of place: wordings of labels where the edition expects none of them",
                values: "values without a label",
                notes: "kept as notes",
                missing: "not found",
                no_form: "no form of this edition",
                nothing: "nothing",
                sound: "the edition file is sound",
            },
            Lang::Zh => Self {
                matched: "已匹配的标签",
                unknown: "未识别：不是表样中任何标签的写法",
                by_place: "按位置判断",
                under: "其下的值",
                misplaced: "位置不符：是标签的写法，但表样中此处没有这一标签",
                values: "没有标签的内容",
                notes: "作为备注保留",
                missing: "未找到",
                no_form: "不是此表样的表",
                nothing: "无",
                sound: "表样文件无误",
            },
        }
    }
}

/// The report on a file. Where it holds a form, the sheets without one are only named.
fn report(file: &str, sheets: &[SheetLabels], words: &Words) -> (String, Status) {
    let (mut lines, mut status) = (Vec::new(), Status::Clean);
    let any = sheets.iter().any(|sheet| sheet.is_form);
    if !any {
        status = Status::Findings;
    }
    if sheets.is_empty() {
        lines.push(format!("{file}: {}", words.no_form));
    }
    for of in sheets {
        let place = of.sheet.as_deref().map_or(String::new(), |sheet| format!(":{sheet}"));
        let range = of.matching.range.map_or(String::new(), |range| format!("!{range}"));
        let verdict = if of.is_form { String::new() } else { format!(": {}", words.no_form) };
        lines.push(format!("{file}{place}{range}{verdict}"));
        if any && !of.is_form {
            continue;
        }
        let matching = &of.matching;
        let left = matching.unknown.len() + matching.misplaced.len() + matching.values.len();
        if left + matching.missing.len() > 0 {
            status = Status::Findings;
        }
        section(of, words, &mut lines);
    }
    (lines.join("\n") + "\n", status)
}

/// What matches and what does not, under a heading each.
fn section(of: &SheetLabels, words: &Words, report: &mut Vec<String>) {
    let line = |text: &str| text.replace('\n', "⏎");
    let cells = |cells: &[(jixiao::cell::CellRef, String)]| -> Vec<String> {
        cells.iter().map(|(cell, text)| format!("{cell}  {}", line(text))).collect()
    };
    let matching = &of.matching;
    let labels = |of: &[Matched]| -> Vec<String> {
        of.iter()
            .map(|of| format!("{}  {}  = {}", of.cell, line(&of.text), of.labels.join(", ")))
            .collect()
    };
    let unknown = matching.unknown.iter().map(|of| {
        let place = of.by_place.as_ref();
        let place = place.map_or(String::new(), |name| format!("  ({}: {name})", words.by_place));
        let under = match of.values {
            0 => String::new(),
            count => format!("  ({}: {count})", words.under),
        };
        format!("{}  {}{place}{under}", of.cell, line(&of.text))
    });
    let missing = matching
        .missing
        .iter()
        .map(|(name, wordings)| format!("{name}  ({})", line(&wordings.join(", "))))
        .collect();
    let mut parts: Vec<(&str, Vec<String>)> = vec![
        (words.matched, labels(&matching.matched)),
        (words.unknown, unknown.collect()),
        (words.misplaced, labels(&matching.misplaced)),
        (words.values, cells(&matching.values)),
        (words.notes, cells(&matching.notes)),
        (words.missing, missing),
    ];
    // Said only where there are any.
    let rare = [words.misplaced, words.values];
    parts.retain(|(heading, lines)| !lines.is_empty() || !rare.contains(heading));
    for (heading, lines) in parts {
        report.push(format!("  {heading}"));
        let lines = if lines.is_empty() { vec![words.nothing.to_owned()] } else { lines };
        report.extend(lines.iter().map(|line| format!("    {line}")));
    }
}
