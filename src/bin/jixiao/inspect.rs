//! `jixiao inspect FILE`: where every cell of the source went.

use std::path::PathBuf;

use anyhow::Result;
use comfy_table::{ContentArrangement, Table};
use jixiao::render::account::{self, Accounted};

use crate::{Status, input, print, report::Console};

/// Show where every cell of the source went: a field, a label, a total, a note, or set aside with a finding.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  jixiao inspect old.xlsx
  jixiao inspect old.xlsx --format json")]
pub(crate) struct Args {
    /// File to inspect; - is standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// How the account is printed
    #[arg(long, value_enum, default_value_t = Format::Table, value_name = "FORMAT")]
    format: Format,
    #[command(flatten)]
    reader: input::Reader,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Table,
    Json,
}

/// The longest text that the table shows, in characters.
const SHOWN: usize = 40;

pub(crate) fn run(args: &Args, console: &Console) -> Result<Status> {
    let edition = args.reader.edition()?;
    let name = args.file.to_string_lossy().into_owned();
    let reading = match args.reader.inspect(&args.file, edition) {
        Ok(reading) => reading,
        Err(error) => {
            console.unread(&name, &error);
            console.summary();
            return Ok(Status::Failed);
        }
    };
    let forms: Vec<Accounted<'_>> = reading
        .returns
        .iter()
        .map(|found| Accounted {
            sheet: found.sheet.as_deref(),
            range: found.range.map(|range| range.to_string()),
            edition: &found.edition.name,
            department: found.of.department.as_deref(),
            cells: &found.account,
        })
        .collect();
    match args.format {
        Format::Json => print(&account::json(&forms)?)?,
        Format::Table => {
            let text: String = forms.iter().map(table).collect();
            print(text.as_bytes())?;
        }
    }
    console.findings(&name, &reading);
    let status = console.count(&reading);
    console.summary();
    Ok(status)
}

fn table(form: &Accounted<'_>) -> String {
    let mut table = Table::new();
    table.set_content_arrangement(ContentArrangement::Disabled);
    table.set_header(["cell", "text", "place", "to"]);
    for entry in form.cells {
        let (place, to) = account::words(&entry.place);
        table.add_row([entry.cell.to_string(), shortened(&entry.text), place.to_owned(), to]);
    }
    let place = match (form.sheet, &form.range) {
        (Some(sheet), Some(range)) => format!("{sheet}!{range}"),
        (None, Some(range)) => range.clone(),
        (sheet, None) => sheet.unwrap_or("JSON").to_owned(),
    };
    format!("{place}  {}  {}\n{table}\n", form.edition, form.department.unwrap_or("—"))
}

fn shortened(text: &str) -> String {
    let line = text.replace('\n', "⏎");
    if line.chars().count() <= SHOWN {
        return line;
    }
    line.chars().take(SHOWN).chain(['…']).collect()
}
