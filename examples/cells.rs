//! Prints every cell of a workbook as a line of JSON, for a comparison with another reader (`.ci/judges/readers.py`).
//!
//! ```sh
//! cargo run --release --example cells FILE…
//! ```

use std::{
    error::Error,
    io::{BufWriter, Write},
    path::Path,
};

use jixiao::{
    grid::{Aside, Value},
    workbook::{self, Options, Source},
};

fn main() -> Result<(), Box<dyn Error>> {
    let mut out = BufWriter::new(std::io::stdout().lock());
    let options = Options::default();
    for file in std::env::args().skip(1) {
        let opened = workbook::load(Path::new(&file), &options.limits)
            .and_then(|bytes| workbook::open(&bytes, &options));
        match opened {
            Ok(Source::Workbook(book)) => {
                for sheet in book.sheets {
                    let cells = sheet.grid.cells().iter().map(|cell| (cell.at, &cell.value));
                    let beneath = sheet.grid.asides.iter().filter_map(|aside| match aside {
                        Aside::Stale(at, value) => Some((*at, value)),
                        Aside::OverlappingMerge(_) | Aside::Twice(..) => None,
                    });
                    for (at, value) in cells.chain(beneath) {
                        let (kind, value) = shown(value);
                        let line =
                            serde_json::json!([file, sheet.name, at.row, at.col, kind, value]);
                        writeln!(out, "{line}")?;
                    }
                }
            }
            Ok(Source::Json(_)) => {}
            Err(error) => writeln!(out, "{}", serde_json::json!([file, error.to_string()]))?,
        }
    }
    Ok(())
}

/// The kind of a value, and the value.
fn shown(value: &Value) -> (&'static str, serde_json::Value) {
    match value {
        Value::Text(text) => ("text", text.as_str().into()),
        Value::Number(number) => ("number", number.value.into()),
        Value::Boolean(truth) => ("truth", (*truth).into()),
        Value::Error(error) => ("error", error.as_str().into()),
        Value::Formula(formula) => ("formula", formula.as_str().into()),
    }
}
