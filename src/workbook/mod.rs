//! Bytes into the sheets of a workbook. Content decides what a file is, never its name. One file per container.

mod encoding;
mod number_format;
mod package;
mod sniff;
mod tags;
mod text;
mod xlsx;
mod xlsx_side;

use std::{io::Read, path::Path};

use crate::{
    cell::CellRef,
    error::{Error, Result},
    grid::{Cell, Grid, Value},
};

/// The largest file that is read, in bytes.
pub const MAX_FILE: u64 = 64 << 20;
/// The most cells that hold something on one sheet.
pub const MAX_CELLS: u64 = 1_000_000;

/// How a file is to be opened.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Encoding of delimited text, overruling what its content shows.
    pub encoding: Option<String>,
}

/// What a file holds.
#[derive(Debug)]
pub enum Source {
    /// The sheets of a workbook, or one sheet of delimited text.
    Workbook(Workbook),
    /// Returns as JSON or as JSON lines.
    Json(String),
}

/// The sheets of a workbook, in order.
#[derive(Debug, Default)]
pub struct Workbook {
    /// The sheets.
    pub sheets: Vec<Sheet>,
}

/// One sheet with everything that the file says about it.
#[derive(Debug, Default)]
pub struct Sheet {
    /// The worksheet's name; none in delimited text.
    pub name: Option<String>,
    /// Whether nobody sees it.
    pub hidden: bool,
    /// Whether it is a sheet of totals that this program wrote.
    pub ours: bool,
    /// Cells and merges.
    pub grid: Grid,
    /// Comments of cells.
    pub comments: Vec<(CellRef, String)>,
    /// Texts of text boxes and other drawings.
    pub drawings: Vec<String>,
    /// Hidden rows, from 0.
    pub hidden_rows: Vec<u32>,
    /// Hidden columns, from 0; first and last of each run.
    pub hidden_cols: Vec<(u32, u32)>,
    /// Cells whose formula takes a value from another file.
    pub external: Vec<CellRef>,
    /// References that name no cell of a worksheet.
    pub outside: Vec<String>,
    /// Whether bytes of a text had no meaning in its encoding.
    pub lossy: bool,
}

/// Reads a file's bytes.
///
/// # Errors
/// [`Error::ReadFile`] when the system refuses, [`Error::Limit`] when it is larger than [`MAX_FILE`].
#[allow(clippy::disallowed_methods)] // this is the one place of the library that reads files
pub fn load(path: &Path) -> Result<Vec<u8>> {
    let refuse = |source| Error::ReadFile { path: path.to_owned(), source };
    let file = std::fs::File::open(path).map_err(refuse)?;
    if file.metadata().map_err(refuse)?.is_dir() {
        return Err(refuse(std::io::Error::new(
            std::io::ErrorKind::IsADirectory,
            "it is a folder",
        )));
    }
    read_limited(file).map_err(|error| match error {
        Limited::Io(source) => refuse(source),
        Limited::Over => {
            Error::Limit { limit: "file-size", most: MAX_FILE, found: "a larger file".to_owned() }
        }
    })
}

/// Reads a stream such as standard input.
///
/// # Errors
/// As [`load`].
pub fn load_stream(stream: impl Read) -> Result<Vec<u8>> {
    read_limited(stream).map_err(|error| match error {
        Limited::Io(source) => Error::ReadFile { path: "-".into(), source },
        Limited::Over => {
            Error::Limit { limit: "file-size", most: MAX_FILE, found: "a longer stream".to_owned() }
        }
    })
}

enum Limited {
    Io(std::io::Error),
    Over,
}

fn read_limited(stream: impl Read) -> std::result::Result<Vec<u8>, Limited> {
    let mut bytes = Vec::new();
    stream.take(MAX_FILE + 1).read_to_end(&mut bytes).map_err(Limited::Io)?;
    if bytes.len() as u64 > MAX_FILE { Err(Limited::Over) } else { Ok(bytes) }
}

/// Opens the bytes of a file.
///
/// # Errors
/// What the file is and why it is not read: [`Error::Empty`], [`Error::Encrypted`], [`Error::Unsupported`],
/// [`Error::NotAWorkbook`], [`Error::Damaged`], [`Error::Limit`], [`Error::UnknownEncoding`].
pub fn open(bytes: &[u8], options: &Options) -> Result<Source> {
    match sniff::container(bytes)? {
        sniff::Container::Zip => xlsx::read(bytes).map(Source::Workbook),
        sniff::Container::Text => {
            let decoded = encoding::decode(bytes, options.encoding.as_deref())
                .map_err(|label| Error::UnknownEncoding { label })?;
            let start =
                decoded.text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
            if is_json(start) {
                return Ok(Source::Json(decoded.text));
            }
            sniff::refuse_markup(start)?;
            Ok(Source::Workbook(Workbook {
                sheets: vec![Sheet { lossy: decoded.lossy, ..delimited(&decoded.text) }],
            }))
        }
    }
}

/// Whether a text is JSON: an object whose first key begins or that is empty, or a list of such. A bracket alone may
/// begin the first cell of delimited text.
fn is_json(text: &str) -> bool {
    fn behind(text: &str, mark: char) -> Option<&str> {
        text.strip_prefix(mark).map(str::trim_start)
    }
    let is_last = |rest: &str, mark| behind(rest, mark).is_some_and(str::is_empty);
    let inside = behind(text, '[');
    inside.is_some_and(|rest| is_last(rest, ']'))
        || behind(inside.unwrap_or(text), '{')
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('"') || is_last(rest, '}'))
}

fn delimited(text: &str) -> Sheet {
    let split = text::split(text);
    let mut cells = Vec::new();
    for (row, fields) in split.rows.into_iter().enumerate() {
        let Ok(row) = u32::try_from(row) else { break };
        for (col, field) in fields.into_iter().enumerate() {
            let Ok(col) = u32::try_from(col) else { break };
            if !field.trim().is_empty() {
                cells.push(Cell::new(CellRef::new(row, col), Value::Text(field)));
            }
        }
    }
    Sheet { grid: Grid::new(cells, Vec::new()), ..Sheet::default() }
}
