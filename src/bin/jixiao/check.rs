//! `jixiao check FILE…`: report findings, change nothing.

use std::{
    collections::HashSet,
    fs,
    io::{self, Write},
    path::PathBuf,
    sync::atomic::AtomicBool,
};

use anyhow::Result;
use jixiao::{
    batch::{
        gather::{self, Files, Wanted},
        name,
    },
    error::{self, Error},
    pipeline::Reading,
    render::findings::Array,
};

use crate::{Status, input, normalize, report::Console};

/// Check returns and print what a reviewer would find; files are never changed.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  jixiao check return.xlsx
  jixiao check returns/ --format json > findings.json
  jixiao explain T101                          what a finding means")]
pub(crate) struct Args {
    /// Files or folders to check; - is standard input
    #[arg(required = true, value_name = "FILE|DIR")]
    files: Vec<PathBuf>,
    /// How findings are printed
    #[arg(long, value_enum, default_value_t = Format::Text, value_name = "FORMAT")]
    format: Format,
    #[command(flatten)]
    reader: input::Reader,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Text,
    Json,
}

pub(crate) fn run(args: &Args, console: &Console) -> Result<Status> {
    let settings = args.reader.settings()?;
    let mut checked = Checked::new(args.format, console);
    // Files and folders in a row are read by several workers; standard input is not.
    let is_stream = |path: &PathBuf| input::is_stream(path);
    let groups = args.files.chunk_by(|one, other| !is_stream(one) && !is_stream(other));
    let groups: Vec<(&[PathBuf], Files)> =
        groups.map(|group| Ok((group, files(group)?))).collect::<error::Result<_>>()?;
    let stop = AtomicBool::new(false);
    for (group, files) in groups {
        match group {
            [path] if is_stream(path) => match args.reader.read(path, settings.edition) {
                Ok(reading) => checked.add("-", &reading)?,
                Err(error) => console.unread("-", &error),
            },
            _ => {
                let cores = normalize::cores();
                gather::gather(files, None, &settings, cores, &stop, |(file, read)| {
                    match read {
                        Ok(reading) => checked.add(&file.name, &reading)?,
                        Err(reason) if file.is_left_out() => {
                            console.unread_file(&file.name, &reason);
                        }
                        Err(reason) => console.unread_of_many(&file.name, &reason),
                    }
                    Ok(())
                })?;
            }
        }
    }
    checked.end()?;
    let (read, unread) = console.read_and_unread();
    if read + unread == 0 {
        console.nothing_in(&args.files);
    }
    console.summary();
    let folder = args.files.iter().any(|path| path.is_dir());
    Ok(match (read, unread) {
        // In a folder one bad file among others is a finding; alone, or named by the user, it is a failure.
        (0, _) => Status::Failed,
        (_, 1..) => checked.status.max(if folder { Status::Findings } else { Status::Failed }),
        (_, 0) => checked.status,
    })
}

/// The files of a group, each called by its path. Of a folder that `normalize` wrote these are the copies, and of another
/// folder such a folder below it is none.
fn files(group: &[PathBuf]) -> error::Result<Files> {
    let mut all: Vec<Files> = Vec::new();
    for path in group {
        let file = |path: PathBuf| {
            let name = name::shown(&path);
            Wanted { path, name, ..Wanted::default() }
        };
        if path.is_dir() {
            let below = gather::wanted(std::slice::from_ref(path), None)?;
            // A source that no copy was made of is nothing here.
            let there = below.filter(|wanted| !wanted.path.as_os_str().is_empty());
            all.push(Box::new(
                there.map(move |wanted| Wanted { name: name::shown(&wanted.path), ..wanted }),
            ));
        } else {
            all.push(Box::new(std::iter::once(file(path.clone()))));
        }
    }
    let all = all.into_iter().flatten();
    if group.len() < 2 {
        return Ok(Box::new(all));
    }
    // What is named twice, or below a folder that is named too, is checked once.
    let mut known = HashSet::new();
    let is_new = move |file: &Wanted| {
        known.insert(fs::canonicalize(&file.path).unwrap_or_else(|_| file.path.clone()))
    };
    Ok(Box::new(all.filter(is_new)))
}

/// What was found so far. It is printed at once, so that a folder may be as large as it likes.
struct Checked<'a> {
    console: &'a Console,
    /// The list of findings, where they are printed as JSON.
    array: Option<Array>,
    status: Status,
}

impl<'a> Checked<'a> {
    fn new(format: Format, console: &'a Console) -> Self {
        let array = (format == Format::Json).then(Array::default);
        Self { console, array, status: Status::Clean }
    }

    fn add(&mut self, name: &str, reading: &Reading<'_>) -> error::Result<()> {
        let Self { console, array, status } = self;
        *status = (*status).max(console.count(reading));
        let mut text = Vec::new();
        for placed in Console::placed(name, reading) {
            if !console.shows(placed.diagnostic.severity) {
                continue;
            }
            match array {
                Some(array) => array.add(&mut text, &placed, console.lang)?,
                None => text.extend((placed.line(console.lang) + "\n").bytes()),
            }
        }
        print(&text)
    }

    fn end(&mut self) -> error::Result<()> {
        let mut text = Vec::new();
        if let Some(array) = &self.array {
            array.end(&mut text);
        }
        print(&text)
    }
}

fn print(text: &[u8]) -> error::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text)
        .and_then(|()| out.flush())
        .map_err(|source| Error::WriteFile { path: "-".into(), source })
}
