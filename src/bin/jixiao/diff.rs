//! `jixiao diff OLD NEW`: what changed, field by field.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::atomic::AtomicBool,
};

use anyhow::{Result, bail};
use jixiao::{
    batch::{gather, output},
    compare::compare,
    message,
    model::Return,
    render::difference::{Compared, html, json, text, xlsx},
};

use crate::{Status, input, print, report::Console};

/// Compare two returns, or two folders of them: what changed, field by field.
///
/// Folders are matched by department; tasks and indicators by name, not by position. Exit status 1 means that there are
/// differences.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  jixiao diff 2024.xls 2025.xlsx
  jixiao diff returns-2024/ returns-2025/ -o 对比.xlsx
  jixiao diff old.xlsx new.xlsx --to html > changes.html")]
pub(crate) struct Args {
    /// The old file, folder or manifest of `normalize`
    old: PathBuf,
    /// The new one
    new: PathBuf,
    /// Output file; text, JSON and HTML go to standard output without it
    #[arg(short, long, value_name = "OUT")]
    output: Option<PathBuf>,
    /// Output format; else the ending of OUT, else text
    #[arg(long, value_enum, value_name = "FORMAT")]
    to: Option<To>,
    #[command(flatten)]
    reader: input::Reader,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum To {
    Text,
    Json,
    Html,
    Xlsx,
}

/// A return with its file.
struct Side {
    file: String,
    of: Return,
}

pub(crate) fn run(args: &Args, console: &Console) -> Result<Status> {
    let to = format(args)?;
    let (mut unread, mut all) = (0, Vec::new());
    let (old, new) = (
        side(args, &args.old, console, &mut unread)?,
        side(args, &args.new, console, &mut unread)?,
    );
    if old.is_empty() || new.is_empty() {
        return Ok(Status::Failed);
    }
    for (one, other) in matched(old, new) {
        let changes = match (&one, &other) {
            (Some(one), Some(other)) => compare(&one.of, &other.of),
            _ => Vec::new(),
        };
        let named = other.as_ref().or(one.as_ref()).and_then(|side| side.of.department.clone());
        all.push(Compared {
            department: named.unwrap_or_else(|| "（未填部门名称）".to_owned()),
            old: one.map(|side| side.file),
            new: other.map(|side| side.file),
            changes,
        });
    }
    let bytes = match to {
        To::Text => text::render(&all, console.lang),
        To::Json => json::render(&all)?,
        To::Html => html::render(&all, console.lang),
        To::Xlsx => xlsx::render(&all, console.lang)?,
    };
    match &args.output {
        Some(path) => output::write(path, &bytes, &[args.old.clone(), args.new.clone()])?,
        None => print(&bytes)?,
    }
    let equal =
        all.iter().all(|one| one.old.is_some() && one.new.is_some() && one.changes.is_empty());
    Ok(if equal && unread == 0 { Status::Clean } else { Status::Findings })
}

fn format(args: &Args) -> Result<To> {
    let ending = args.output.as_ref().and_then(|out| out.extension()?.to_str());
    let by_name = ending.and_then(|ending| match ending.to_ascii_lowercase().as_str() {
        "txt" => Some(To::Text),
        "json" => Some(To::Json),
        "html" | "htm" => Some(To::Html),
        "xlsx" => Some(To::Xlsx),
        _ => None,
    });
    match (args.to.or(by_name), &args.output) {
        (Some(To::Xlsx), None) => bail!(message!(
            "an xlsx needs a file: give -o OUT.xlsx",
            "xlsx 须写入文件：请加 -o 文件名.xlsx"
        )),
        (Some(to), _) => Ok(to),
        (None, None) => Ok(To::Text),
        (None, Some(path)) => {
            let path = path.display();
            bail!(message!(
                "can't tell the format from `{path}`; give it an ending .txt, .json, .html or .xlsx, or use --to",
                "由 `{path}` 看不出输出格式；请用 .txt、.json、.html 或 .xlsx 结尾的文件名，或加 --to"
            ))
        }
    }
}

/// Every return of one side.
fn side(args: &Args, root: &Path, console: &Console, unread: &mut u64) -> Result<Vec<Side>> {
    let settings = args.reader.settings()?;
    let mut sides = Vec::new();
    let wanted = gather::wanted(&[root.to_owned()])?;
    let stop = AtomicBool::new(false);
    let (output, jobs) = (args.output.as_deref(), crate::normalize::cores());
    let mut files = 0_u64;
    gather::gather(wanted, output, &settings, jobs, &stop, |(wanted, read)| {
        files += u64::from(!wanted.is_left_out());
        match read {
            Ok(reading) => {
                let found = reading.returns.into_iter();
                sides.extend(found.map(|found| Side { file: wanted.name.clone(), of: found.of }));
            }
            Err(reason) => {
                *unread += u64::from(!wanted.is_left_out());
                console.unread_file(&wanted.name, &reason);
            }
        }
        Ok(())
    })?;
    if files == 0 {
        console.nothing_in(&[root.to_owned()]);
    }
    Ok(sides)
}

/// Pairs of one department. Two single returns are a pair whatever they are called.
fn matched(old: Vec<Side>, new: Vec<Side>) -> Vec<(Option<Side>, Option<Side>)> {
    if old.len() == 1 && new.len() == 1 {
        return old.into_iter().map(Some).zip(new.into_iter().map(Some)).collect();
    }
    let mut groups: BTreeMap<String, (Vec<Side>, Vec<Side>)> = BTreeMap::new();
    let name = |side: &Side| -> String {
        let department = side.of.department.as_deref().unwrap_or_default();
        department.chars().filter(|c| !c.is_whitespace()).collect()
    };
    for side in old {
        groups.entry(name(&side)).or_default().0.push(side);
    }
    for side in new {
        groups.entry(name(&side)).or_default().1.push(side);
    }
    let mut pairs = Vec::new();
    for (old, new) in groups.into_values() {
        let (mut old, mut new) = (old.into_iter(), new.into_iter());
        loop {
            match (old.next(), new.next()) {
                (None, None) => break,
                pair => pairs.push(pair),
            }
        }
    }
    pairs
}
