//! The account of a form's cells: where each one went.

use serde::Serialize;

use crate::{
    error::{Error, Result},
    extract::account::{Entry, Place},
};

/// One form's account.
#[derive(Debug)]
pub struct Accounted<'a> {
    /// The worksheet's name.
    pub sheet: Option<&'a str>,
    /// The range of the form.
    pub range: Option<String>,
    /// The edition that it follows.
    pub edition: &'a str,
    /// Its department.
    pub department: Option<&'a str>,
    /// Its cells.
    pub cells: &'a [Entry],
}

/// The kind of a place, and the field, total, note or code.
pub fn words(place: &Place) -> (&'static str, String) {
    match place {
        Place::Field(path) => ("field", path.to_string()),
        Place::Label => ("label", String::new()),
        Place::Total(total) => ("total", format!("totals.{}", total.name())),
        Place::Note(at) => ("note", format!("notes[{at}]")),
        Place::Found(code) => ("set aside", format!("{} {}", code.id, code.name)),
    }
}

#[derive(Serialize)]
struct FormV1<'a> {
    sheet: Option<&'a str>,
    range: Option<&'a str>,
    edition: &'a str,
    department: Option<&'a str>,
    cells: Vec<CellV1<'a>>,
}

#[derive(Serialize)]
struct CellV1<'a> {
    cell: String,
    text: &'a str,
    place: &'static str,
    to: Option<String>,
}

/// Renders accounts as a JSON array.
///
/// # Errors
/// [`Error::Render`], which no account should bring about.
pub fn json(forms: &[Accounted<'_>]) -> Result<Vec<u8>> {
    let records: Vec<FormV1<'_>> = forms
        .iter()
        .map(|form| FormV1 {
            sheet: form.sheet,
            range: form.range.as_deref(),
            edition: form.edition,
            department: form.department,
            cells: form.cells.iter().map(cell).collect(),
        })
        .collect();
    let mut bytes = serde_json::to_vec_pretty(&records)
        .map_err(|error| Error::Render { output: "JSON", reason: error.to_string() })?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn cell(entry: &Entry) -> CellV1<'_> {
    let (place, to) = words(&entry.place);
    CellV1 {
        cell: entry.cell.to_string(),
        text: &entry.text,
        place,
        to: Some(to).filter(|to| !to.is_empty()),
    }
}
