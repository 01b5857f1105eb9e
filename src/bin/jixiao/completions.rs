//! `jixiao completions SHELL`: completion scripts.

use anyhow::Result;
use clap::CommandFactory as _;
use clap_complete::Shell;

use crate::{Cli, Status, print};

/// Print the completion script of a shell.
#[derive(clap::Args)]
#[command(after_help = "\
Example:
  jixiao completions bash > /etc/bash_completion.d/jixiao")]
pub(crate) struct Args {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

pub(crate) fn run(args: &Args) -> Result<Status> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "jixiao", &mut script);
    print(&script)?;
    Ok(Status::Clean)
}
