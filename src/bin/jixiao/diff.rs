//! `jixiao diff OLD NEW`: what changed, field by field.

use std::{
    path::{Path, PathBuf},
    sync::atomic::AtomicBool,
};

use anyhow::{Result, bail};
use jixiao::{
    batch::{gather, manifest, output},
    compare::{compare, returns},
    diagnostic::Severity,
    message,
    model::Return,
    pipeline::Settings,
    render::difference::{Compared, Comparison, Unread, html, json, text, xlsx},
};

use crate::{Status, input, print, report::Console};

/// Compare two returns, or two folders of them: what changed, field by field.
///
/// Folders are matched by department, and several returns of one department by year and approver, then by content; tasks and
/// indicators by name, not by position. Exit status 1 means that there are differences.
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

impl Args {
    /// The file that is written; none where it is standard output.
    fn output(&self) -> Option<&Path> {
        self.output.as_deref().filter(|output| !input::is_stream(output))
    }
}

/// A return with its file.
struct Side {
    file: String,
    of: Return,
}

/// What stands on both sides of a comparison.
type Pair = (Option<Side>, Option<Side>);

/// How many files were looked at, those that were not read, and the errors, warnings and infos of what was.
#[derive(Default)]
struct Looked {
    files: u64,
    unread: Vec<Unread>,
    findings: [u64; 3],
}

pub(crate) fn run(args: &Args, console: &Console) -> Result<Status> {
    let to = format(args)?;
    let settings = args.reader.settings()?;
    if let Some(output) = args.output() {
        gather::refuse_return(output, &settings)?;
    }
    let mut looked = Looked::default();
    let old = side(args, false, (console, &settings), &mut looked)?;
    let new = side(args, true, (console, &settings), &mut looked)?;
    let returns = (old.len() + new.len()) as u64;
    let Looked { files, unread, findings } = looked;
    let count = |refused: bool| unread.iter().filter(|one| one.refused == refused).count() as u64;
    let not_read = [count(false), count(true)];
    let status = if old.is_empty() || new.is_empty() {
        Status::Failed
    } else {
        let equal = tell(args, to, (matched(args, old, new), unread), console)?;
        if equal && not_read == [0, 0] { Status::Clean } else { Status::Findings }
    };
    console.total(files, not_read, returns, findings);
    Ok(status)
}

/// Writes what changed, and says whether nothing did.
fn tell(
    args: &Args,
    to: To,
    (pairs, unread): (Vec<Pair>, Vec<Unread>),
    console: &Console,
) -> Result<bool> {
    let mut all = Comparison { pairs: Vec::new(), unread };
    for (one, other) in pairs {
        let changes = match (&one, &other) {
            (Some(one), Some(other)) => compare(&one.of, &other.of),
            _ => Vec::new(),
        };
        let named = other.as_ref().or(one.as_ref()).and_then(|side| side.of.department.clone());
        let year = |side: &Option<Side>| side.as_ref().and_then(|side| side.of.year);
        all.pairs.push(Compared {
            years: [year(&one), year(&other)],
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
    match args.output() {
        Some(path) => output::write(path, &bytes, &[args.old.clone(), args.new.clone()])?,
        None => print(&bytes)?,
    }
    Ok(all.pairs.iter().all(|one| one.old.is_some() && one.new.is_some() && one.changes.is_empty()))
}

fn format(args: &Args) -> Result<To> {
    let ending = args.output().and_then(|out| out.extension()?.to_str());
    let by_name = ending.and_then(|ending| match ending.to_ascii_lowercase().as_str() {
        "txt" => Some(To::Text),
        "json" => Some(To::Json),
        "html" | "htm" => Some(To::Html),
        "xlsx" => Some(To::Xlsx),
        _ => None,
    });
    match (args.to.or(by_name), args.output()) {
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
fn side(
    args: &Args,
    new: bool,
    (console, settings): (&Console, &Settings<'static>),
    looked: &mut Looked,
) -> Result<Vec<Side>> {
    let root = if new { &args.new } else { &args.old };
    let mut sides = Vec::new();
    let wanted = gather::wanted(std::slice::from_ref(root), args.output())?;
    let stop = AtomicBool::new(false);
    let (output, jobs) = (args.output(), crate::normalize::cores());
    let mut files = 0_u64;
    gather::gather(wanted, output, settings, jobs, &stop, |(wanted, read)| {
        files += u64::from(!wanted.is_left_out());
        console.changed(&wanted);
        match read {
            Ok(reading) => {
                for placed in Console::placed("", &reading) {
                    let at = match placed.diagnostic.severity {
                        Severity::Error => 0,
                        Severity::Warning => 1,
                        Severity::Info => 2,
                    };
                    looked.findings[at] += 1;
                }
                let found = reading.returns.into_iter();
                sides.extend(found.map(|found| Side { file: wanted.name.clone(), of: found.of }));
            }
            Err(reason) => {
                console.unread_file(&wanted.name, &reason);
                if !wanted.is_left_out() {
                    let refused = wanted.is_refused();
                    looked.unread.push(Unread { new, file: wanted.name, reason, refused });
                }
            }
        }
        Ok(())
    })?;
    looked.files += files;
    if files == 0 {
        console.nothing_in(std::slice::from_ref(root));
    }
    Ok(sides)
}

/// Whether a root is one file, not a folder and not a manifest, which stands for one.
fn is_file(root: &Path) -> bool {
    !root.is_dir() && !manifest::is_manifest(root)
}

/// Pairs of one department. Two files of one return each are a pair whatever their departments are called.
fn matched(args: &Args, old: Vec<Side>, new: Vec<Side>) -> Vec<Pair> {
    if old.len() == 1 && new.len() == 1 && is_file(&args.old) && is_file(&args.new) {
        return old.into_iter().map(Some).zip(new.into_iter().map(Some)).collect();
    }
    let before: Vec<&Return> = old.iter().map(|side| &side.of).collect();
    let after: Vec<&Return> = new.iter().map(|side| &side.of).collect();
    let places = returns::pairs(&before, &after);
    let mut sides = [old, new].map(|sides| sides.into_iter().map(Some).collect::<Vec<_>>());
    let mut take = |side: usize, at: Option<usize>| sides[side][at?].take();
    places.into_iter().map(|(one, other)| (take(0, one), take(1, other))).collect()
}
