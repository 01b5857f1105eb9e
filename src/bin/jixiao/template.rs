//! `jixiao template`: the blank official form.

use std::path::PathBuf;

use anyhow::{Result, bail};
use jixiao::{batch::output, form, message, render::xlsx};

use crate::{Status, input, print, report::Console};

/// Write the blank official form of an edition, with input rules, or the edition's own file.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  jixiao template -o blank.xlsx
  jixiao template --edition NAME -o blank.xlsx
  jixiao template --edition NAME --to toml > ours.toml     a start for an edition of your own")]
pub(crate) struct Args {
    /// Edition: a built-in name (`jixiao edition list`) or a file that ends in .toml; else the first of that list
    #[arg(long, value_name = "NAME|FILE.toml")]
    edition: Option<String>,
    /// Output file; - is standard output
    #[arg(short, long, value_name = "OUT")]
    output: Option<PathBuf>,
    /// What to write
    #[arg(long, value_enum, default_value_t = Format::Xlsx, value_name = "FORMAT")]
    to: Format,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Xlsx,
    Toml,
}

pub(crate) fn run(args: &Args, _console: &Console) -> Result<Status> {
    let name = match &args.edition {
        Some(name) => name.as_str(),
        None => &form::default_edition()?.name,
    };
    let bytes = match args.to {
        Format::Xlsx => {
            let edition = input::edition(name)?;
            let blank = edition.blank();
            xlsx::render(
                &[(&blank, edition)],
                xlsx::Options { totals_sheet: false, blank: true, bulk: false },
            )?
        }
        Format::Toml => match form::builtin_source(name) {
            Some(text) => text.as_bytes().to_vec(),
            None => bail!(message!(
                "`{name}` is no built-in edition; --to toml prints only those",
                "`{name}` 不是内置表样；--to toml 只能输出内置表样"
            )),
        },
    };
    match &args.output {
        Some(path) if !input::is_stream(path) => {
            output::write(path, &bytes, &[PathBuf::from(name)])?;
        }
        None if args.to == Format::Xlsx => bail!(message!(
            "an xlsx needs a file: give -o BLANK.xlsx",
            "xlsx 须写入文件：请加 -o 文件名.xlsx"
        )),
        _ => print(&bytes)?,
    }
    Ok(Status::Clean)
}
