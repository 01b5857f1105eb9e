//! `jixiao check FILE…`: report findings, change nothing.

use std::path::PathBuf;

use anyhow::Result;
use jixiao::{batch::walk, pipeline::Reading, render::findings};

use crate::{Status, input, print, report::Console};

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
    let edition = args.reader.edition()?;
    let mut paths = Vec::new();
    let mut folder = false;
    for path in &args.files {
        if path.is_dir() {
            folder = true;
            paths.extend(walk::files(path)?);
        } else {
            paths.push(path.clone());
        }
    }
    let mut status = Status::Clean;
    let mut unread = 0;
    let mut read: Vec<(String, Reading<'static>)> = Vec::new();
    for path in &paths {
        let name = path.to_string_lossy().into_owned();
        match args.reader.read(path, edition) {
            Ok(reading) => {
                status = status.max(console.count(&reading));
                read.push((name, reading));
            }
            Err(error) => {
                console.unread(&name, &error);
                unread += 1;
            }
        }
    }
    print_findings(args, console, &read)?;
    if paths.is_empty() {
        console.nothing_in(&args.files);
    }
    console.summary();
    if unread > 0 || paths.is_empty() {
        // In a folder one bad file among others is a finding; alone, or named by the user, it is a failure.
        let failed = read.is_empty() || !folder;
        status = status.max(if failed { Status::Failed } else { Status::Findings });
    }
    Ok(status)
}

fn print_findings(
    args: &Args,
    console: &Console,
    read: &[(String, Reading<'static>)],
) -> Result<()> {
    let placed: Vec<findings::Placed<'_>> = read
        .iter()
        .flat_map(|(name, reading)| Console::placed(name, reading))
        .filter(|placed| console.shows(placed.diagnostic.severity))
        .collect();
    match args.format {
        Format::Json => print(&findings::json(&placed, console.lang)?),
        Format::Text => {
            let lines: String =
                placed.iter().map(|placed| placed.line(console.lang) + "\n").collect();
            print(lines.as_bytes())
        }
    }
}
