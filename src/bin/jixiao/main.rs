//! The command line of jixiao.

mod check;
mod completions;
mod convert;
mod diff;
mod edition;
mod explain;
mod input;
mod inspect;
mod normalize;
mod progress;
mod report;
mod schema;
mod summarize;
mod template;
mod usage;
mod worker;

use std::{io::Write, process::ExitCode};

use clap::{Parser, Subcommand};

/// Reads performance-target returns (部门整体预算绩效目标表), checks them, and writes submission-ready workbooks.
///
/// 读取部门整体预算绩效目标表，按审核口径检查，并写出可直接报送的 xlsx。
#[derive(Parser)]
#[command(name = "jixiao", version, arg_required_else_help = true, after_help = EXAMPLES)]
pub(crate) struct Cli {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    common: Common,
}

const EXAMPLES: &str = "\
Examples:
  jixiao convert old.xlsx -o return.xlsx      a legacy file into a submission-ready workbook
  jixiao convert old.txt --to json            the same return as JSON, on standard output
  jixiao check returns/*.xlsx                 what a reviewer would find
  jixiao normalize returns/ -o normalised/    a folder of returns into uniform copies and a report
  jixiao inspect old.xlsx                     where every cell of the source went
  jixiao template -o blank.xlsx               the blank official form
  jixiao edition check ours.toml old.xlsx     how a file's labels match an edition of your own
  jixiao explain V101                         what a finding means

Exit status: 0 clean or warnings only · 1 findings of severity error · 2 could not run, or nothing could be read · 130 interrupted";

/// Options of every command.
#[derive(clap::Args)]
pub(crate) struct Common {
    /// Show what was only tidied as well
    #[arg(short, long, global = true)]
    verbose: bool,
    /// Print no summary line
    #[arg(short, long, global = true)]
    quiet: bool,
    /// Language of messages; else `JIXIAO_LANG`, else the locale
    #[arg(long, global = true, value_enum, value_name = "LANG")]
    lang: Option<LangArg>,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum LangArg {
    Zh,
    En,
}

#[derive(Subcommand)]
enum Command {
    Convert(convert::Args),
    Check(check::Args),
    Diff(diff::Args),
    Inspect(inspect::Args),
    Normalize(normalize::Args),
    Summarize(summarize::Args),
    Template(template::Args),
    Edition(edition::Args),
    Schema(schema::Args),
    Explain(explain::Args),
    Completions(completions::Args),
    /// Opens files for another process of this program
    #[command(hide = true)]
    Worker,
}

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Status {
    /// Clean, or warnings only.
    Clean,
    /// Findings of severity error.
    Findings,
    /// Could not run, or nothing could be read.
    Failed,
    /// Asked to stop before the end.
    Interrupted,
}

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return ExitCode::from(usage::tell(error)),
    };
    let console = report::Console::new(&cli.common);
    let status = match &cli.command {
        Command::Convert(args) => convert::run(args, &console),
        Command::Check(args) => check::run(args, &console),
        Command::Diff(args) => diff::run(args, &console),
        Command::Inspect(args) => inspect::run(args, &console),
        Command::Normalize(args) => normalize::run(args, &console),
        Command::Summarize(args) => summarize::run(args, &console),
        Command::Template(args) => template::run(args, &console),
        Command::Edition(args) => edition::run(args, &console),
        Command::Schema(args) => schema::run(args),
        Command::Explain(args) => explain::run(args, &console),
        Command::Completions(args) => completions::run(args),
        Command::Worker => worker::run(),
    };
    match status {
        Ok(Status::Clean) => ExitCode::SUCCESS,
        Ok(Status::Findings) => ExitCode::from(1),
        Ok(Status::Failed) => ExitCode::from(2),
        Ok(Status::Interrupted) => ExitCode::from(130),
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&format!("jixiao: {}", console.failure(&error)));
            ExitCode::from(2)
        }
    }
}

/// Whether the reader of standard output went away, which is no error.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<std::io::Error>())
        .any(|cause| cause.kind() == std::io::ErrorKind::BrokenPipe)
}

/// Writes to standard output.
pub(crate) fn print(bytes: &[u8]) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    out.write_all(bytes)?;
    out.flush()?;
    Ok(())
}

/// Writes a line to standard error; when nobody reads it, nobody misses it.
pub(crate) fn complain(line: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{line}");
}
