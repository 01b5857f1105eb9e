//! `jixiao explain CODE`: what a finding means.

use anyhow::{Result, bail};
use jixiao::{
    catalog::{self, InChinese},
    diagnostic::Code,
    message,
    render::{findings::Lang, report::words},
};

use crate::{Status, print, report::Console};

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

pub(crate) fn run(args: &Args, console: &Console) -> Result<Status> {
    let text = match &args.code {
        None => catalog::codes().iter().map(|code| line(code, console.lang)).collect(),
        Some(wanted) => match catalog::find(wanted) {
            Some(code) => explained(code, console.lang),
            None => bail!(message!(
                "no finding has the code `{wanted}`; `jixiao explain` lists them all",
                "没有代码为 `{wanted}` 的项；`jixiao explain` 列出全部"
            )),
        },
    };
    print(text.as_bytes())?;
    Ok(Status::Clean)
}

/// A code in the list of all.
fn line(code: &Code, lang: Lang) -> String {
    let name = in_chinese(code, lang).map_or(code.name, |zh| zh.name);
    format!("{}  {:<8} {name}\n", code.id, code.severity.name())
}

fn explained(code: &Code, lang: Lang) -> String {
    let severity = code.severity.name();
    match in_chinese(code, lang) {
        Some(InChinese { name, explanation }) => {
            let severity = words::severity(severity, lang);
            format!("# {} {name} {}（{severity}）\n\n{explanation}", code.id, code.name)
        }
        None => format!("# {} {} ({severity})\n\n{}", code.id, code.name, code.explanation),
    }
}

fn in_chinese(code: &Code, lang: Lang) -> Option<InChinese> {
    catalog::in_chinese(code.id).filter(|_| lang == Lang::Zh)
}
