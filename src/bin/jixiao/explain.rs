//! `jixiao explain CODE`: what a finding means.

use anyhow::{Result, bail};
use jixiao::catalog;

use crate::{Status, print};

/// Explain a finding: what is checked, why, and how to fix it; without a code, list them all.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  jixiao explain V101
  jixiao explain unreadable-amount
  jixiao explain")]
pub(crate) struct Args {
    /// Code or name of the finding
    #[arg(value_name = "CODE")]
    code: Option<String>,
}

pub(crate) fn run(args: &Args) -> Result<Status> {
    let text = match &args.code {
        None => catalog::codes()
            .iter()
            .map(|code| format!("{}  {:<8} {}\n", code.id, code.severity.name(), code.name))
            .collect(),
        Some(wanted) => match catalog::find(wanted) {
            Some(code) => {
                format!(
                    "# {} {} ({})\n\n{}",
                    code.id,
                    code.name,
                    code.severity.name(),
                    code.explanation
                )
            }
            None => bail!("no finding has the code `{wanted}`; `jixiao explain` lists them all"),
        },
    };
    print(text.as_bytes())?;
    Ok(Status::Clean)
}
