//! Bytes into checked returns: workbook, form, extract and check put together.

mod beside;
mod conflicts;
mod digits;
pub mod labels;
mod sheets;
mod shown;
mod strangers;

use std::io::Read;

use self::conflicts::{edition_against_form, year_against_title};
use crate::{
    cell::CellRange,
    check::{self, Subject},
    diagnostic::{Diagnostic, SourceMap},
    error::{Error, Result},
    extract::account::Entry,
    form::{self, Edition},
    json::{self, v1::SourceV1},
    model::{Return, totals::Declared},
    workbook::{self, Limits, Source},
};

/// Opens the content of a file, of about so many bytes, as [`workbook::open`] does: in a process of its own for instance.
pub type Opener = fn(&mut dyn Read, u64, &workbook::Options) -> Result<Source>;

/// How a file is to be read.
#[derive(Clone, Debug, Default)]
pub struct Settings<'a> {
    /// The edition, where the user names it.
    pub edition: Option<&'a Edition>,
    /// The year, where the user states it.
    pub year: Option<i32>,
    /// The encoding of delimited text, where the user names it.
    pub encoding: Option<String>,
    /// The file as named on the command line; its last part may tell the year.
    pub file: Option<String>,
    /// How much is read at most.
    pub limits: Limits,
    /// Whether to give an account of every cell.
    pub account: bool,
    /// What opens the file; [`workbook::open`] where nothing else is given.
    pub opener: Option<Opener>,
}

impl Settings<'_> {
    /// How the file is to be opened.
    pub fn options(&self) -> workbook::Options {
        workbook::Options { encoding: self.encoding.clone(), limits: self.limits.clone() }
    }
}

/// A return that was found in a file.
#[derive(Debug)]
pub struct Found<'a> {
    /// The return.
    pub of: Return,
    /// The edition that it follows.
    pub edition: &'a Edition,
    /// The name of its sheet.
    pub sheet: Option<String>,
    /// The range of the form.
    pub range: Option<CellRange>,
    /// Which cell each field came from.
    pub map: SourceMap,
    /// Every finding: of reading, then of checking.
    pub diagnostics: Vec<Diagnostic>,
    /// The totals that the source stated.
    pub declared: Vec<Declared>,
    /// Where every cell went, if asked for; empty for JSON.
    pub account: Vec<Entry>,
}

/// What a file holds.
#[derive(Debug, Default)]
pub struct Reading<'a> {
    /// The returns, in the order of the workbook.
    pub returns: Vec<Found<'a>>,
    /// Findings about sheets that hold no return: the sheet and the finding.
    pub skipped: Vec<(String, Diagnostic)>,
}

impl Found<'_> {
    /// Where the return was read, as JSON states it.
    pub fn source(&self, file: Option<&str>) -> SourceV1 {
        SourceV1 {
            file: file.map(str::to_owned),
            sheet: self.sheet.clone(),
            range: self.range.map(|range| range.to_string()),
        }
    }
}

/// Reads and checks every return of a file.
///
/// # Errors
/// When nothing of the file can be read: those of [`workbook::open`], [`Error::NoForm`], [`Error::OtherForm`],
/// [`Error::Json`].
pub fn read<'a>(bytes: &[u8], settings: &Settings<'a>) -> Result<Reading<'a>> {
    let options = settings.options();
    let source = match settings.opener {
        Some(open) => open(&mut &bytes[..], bytes.len() as u64, &options)?,
        None => workbook::open(bytes, &options)?,
    };
    read_source(source, settings)
}

/// Reads and checks every return of a file as its content comes, of about `size` bytes. With an [`Opener`] it is never
/// held whole in this process.
///
/// # Errors
/// As [`read`]; [`Error::ReadFile`] when the content can't be read.
pub fn read_from<'a>(
    content: &mut dyn Read,
    size: u64,
    settings: &Settings<'a>,
) -> Result<Reading<'a>> {
    match settings.opener {
        Some(open) => read_source(open(content, size, &settings.options())?, settings),
        None => read(&workbook::load_stream(content, &settings.limits)?, settings),
    }
}

/// Reads and checks every return of a file that was opened before, with [`Settings::options`].
///
/// # Errors
/// As [`read`], but for those of [`workbook::open`].
pub fn read_source<'a>(source: Source, settings: &Settings<'a>) -> Result<Reading<'a>> {
    let mut reading = match source {
        Source::Json(text) => read_json(&text, settings)?,
        Source::Workbook(book) => sheets::read(&book, settings)?,
    };
    for found in &mut reading.returns {
        digits::tell(&found.of, &mut found.diagnostics);
        found.diagnostics.extend(year_against_title(&found.of));
        found.diagnostics.extend(edition_against_form(&found.of, found.edition));
        let subject = Subject {
            of: &found.of,
            declared: &found.declared,
            identities: &found.edition.identities,
        };
        found.diagnostics.extend(check::check(&subject));
    }
    Ok(reading)
}

fn read_json<'a>(text: &str, settings: &Settings<'a>) -> Result<Reading<'a>> {
    let edition = |name: &str| match settings.edition {
        Some(edition) => Ok(edition),
        None => form::by_name(name),
    };
    let mut returns = Vec::new();
    for mut read in json::read(text, edition)? {
        read.of.year = settings.year.or(read.of.year);
        let edition = edition(&read.of.edition)?;
        read.diagnostics.extend(shown::lost(&read.of, edition));
        returns.push(Found {
            edition,
            of: read.of,
            sheet: None,
            range: None,
            map: SourceMap::default(),
            diagnostics: read.diagnostics,
            declared: read.declared,
            account: Vec::new(),
        });
    }
    if returns.is_empty() {
        return Err(Error::NoForm {
            reason: message!(
                "the JSON holds no return (an empty list)",
                "JSON 中没有目标表（空列表）"
            ),
        });
    }
    Ok(Reading { returns, skipped: Vec::new() })
}
