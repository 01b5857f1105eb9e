//! Writes `samples/`: returns of invented departments, sound ones and ones broken in the ways that real files are.
//!
//! `cargo run --example make_samples [FOLDER]` writes every sample; the same release writes the same bytes.
//! `samples/README.md` says what each is for.

mod amounts;
mod books;
mod broken;
mod by_hand;
mod department;
mod layout;
mod national;
mod package;
mod paper;
mod plain;
mod shatian;
mod targets;
mod texts;
mod web;

use std::{error::Error, fs, path::PathBuf};

use department::Department;
use jixiao::{form, render};

/// A result with any error.
pub(crate) type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// A sample: the file's name and what makes its bytes.
type Sample = (&'static str, fn() -> Result<Vec<u8>>);

#[rustfmt::skip]
const SAMPLES: &[Sample] = &[
    ("town.xlsx",                    || clean(&texts::service_office())),
    ("county.xlsx",                  || clean(&texts::education_bureau())),
    ("city.xlsx",                    || clean(&texts::water_bureau())),
    ("province.xlsx",                || clean(&texts::environment_department())),
    ("four-first-levels.xlsx",       || clean(&texts::health_bureau())),
    ("large.xlsx",                   || clean(&texts::city_management_bureau())),
    ("small.xlsx",                   || clean(&texts::veterans_station())),
    ("shatian-facts.txt",            shatian::facts),
    ("return.json",                  plain::json),
    ("unknown-key.json",             plain::unknown_key),
    ("returns.jsonl",                plain::json_lines),
    ("gb18030.csv",                  plain::gb18030),
    ("utf16-without-bom.txt",        plain::utf16),
    ("typed-totals.xlsx",            amounts::typed_totals),
    ("sums-that-disagree.xlsx",      amounts::disagreeing),
    ("amounts-as-text.xlsx",         amounts::as_text),
    ("amounts-unreadable.xlsx",      amounts::unreadable),
    ("formulas.xlsx",                amounts::formulas),
    ("formulas-without-values.xlsx", amounts::formulas_without_values),
    ("web-export.xlsx",              web::export),
    ("worked-over-by-hand.xlsx",     by_hand::worked_over),
    ("two-below.xlsx",               books::two_below),
    ("two-beside.xlsx",              books::two_beside),
    ("many-sheets.xlsx",             books::many_sheets),
    ("national.xlsx",                national::sound),
    ("national-three-columns.xlsx",  national::three_columns),
    ("national-four-levels.xlsx",    national::four_levels),
    ("national-faults.xlsx",         national::faults),
    ("province-book.xlsx",           national::province),
    ("comments.xlsx",                targets::comments),
    ("percent-and-date-cells.xlsx",  targets::formatted_cells),
    ("not-filled-in.xlsx",           targets::not_filled_in),
    ("half-a-form.xlsx",             broken::half_a_form),
    ("self-assessment.xlsx",         broken::self_assessment),
    ("no-form.xlsx",                 broken::no_form),
    ("empty.xlsx",                   || Ok(Vec::new())),
    ("truncated.xlsx",               broken::truncated),
];

#[allow(clippy::disallowed_methods)] // an example is no part of the library, and writing files is its purpose
fn main() -> Result<()> {
    let folder = std::env::args_os().nth(1).map_or_else(|| PathBuf::from("samples"), PathBuf::from);
    fs::create_dir_all(&folder)?;
    for (name, make) in SAMPLES {
        let bytes = make().map_err(|error| format!("{name}: {error}"))?;
        fs::write(folder.join(name), bytes)?;
    }
    Ok(())
}

/// The workbook that this library writes of a sound return.
fn clean(of: &Department) -> Result<Vec<u8>> {
    let edition = form::by_name(of.edition)?;
    Ok(render::xlsx::render(&[(&of.to_return()?, edition)], render::xlsx::Options::default())?)
}
