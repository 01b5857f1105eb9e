//! Bytes into the sheets of a workbook. Content decides what a file is, never its name. One file per container.

mod beside;
mod biff;
mod builder;
mod compound;
mod docx;
mod encoding;
mod flow;
mod hidden;
mod html;
mod iso;
mod json;
mod limits;
mod looks;
mod number_format;
mod opendocument;
mod package;
mod relations;
mod runs;
mod sniff;
mod tags;
mod text;
mod xlsb;
mod xlsx;
mod xml;
mod xml2003;

use std::{
    fs::{File, Metadata},
    io::Read,
    path::Path,
};

use serde::{Deserialize, Serialize};

use self::{
    builder::Builder,
    package::Package,
    sniff::{Container, Markup, Packed},
};
use crate::{
    cell::{CellRange, CellRef},
    error::{Error, Result},
    grid::{Grid, Value},
};

pub use limits::{LIMITS, Limit, Limits, Row as LimitRow, SMALL_PART};

/// How a file is to be opened.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Options {
    /// Encoding of delimited text, overruling what its content shows.
    pub encoding: Option<String>,
    /// How much is read at most.
    pub limits: Limits,
}

/// What a file holds.
#[derive(Debug, Serialize, Deserialize)]
pub enum Source {
    /// The sheets of a workbook, or one sheet of delimited text.
    Workbook(Workbook),
    /// Returns as JSON or as JSON lines.
    Json(String),
}

/// The sheets of a workbook, in order.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Workbook {
    /// The sheets.
    pub sheets: Vec<Sheet>,
}

/// One sheet with everything that the file says about it.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Sheet {
    /// The worksheet's name; none in delimited text.
    pub name: Option<String>,
    /// Whether nobody sees it.
    pub hidden: bool,
    /// What kind of sheet it is.
    pub kind: SheetKind,
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
    /// What is broken in the file, of which the rest was read.
    pub fault: Option<Fault>,
    /// The tables of a document that this sheet shows, by their number; none where the sheet is a worksheet.
    pub tables: Vec<TableAt>,
}

/// What kind of sheet one is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum SheetKind {
    /// A worksheet, with cells.
    #[default]
    Cells,
    /// A chart, a dialog or macros: nothing to read.
    Other,
}

/// What is broken in a file of which the rest was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fault {
    /// A `<` within a text; the cell is read up to it.
    Markup,
    /// The page breaks off: what stood behind is missing.
    Torn(TornAt),
    /// A table is never closed: the page may break off there.
    Unclosed(TornAt),
    /// The sheet is lost: its part is missing or breaks off. Nothing of it was read.
    Lost,
    /// The texts are in a code page that nobody knows; they were read by their look.
    CodePage(u16),
}

/// Where a page breaks off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TornAt {
    /// The table by its number from 1, and the row in it; none outside tables.
    pub table: Option<(u32, u64)>,
}

/// Where a table of a document stands on the sheet that shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableAt {
    /// Its number in the document, from 1.
    pub number: u32,
    /// Its cells.
    pub range: CellRange,
}

impl TableAt {
    fn name(&self) -> String {
        format!("table {}", self.number)
    }
}

impl Sheet {
    /// The name of what holds a range: of a document the first table that does, else the sheet.
    pub fn name_at(&self, range: Option<CellRange>) -> Option<String> {
        let holds = |table: &&TableAt| range.is_some_and(|range| range.overlaps(&table.range));
        self.tables.iter().find(holds).map(TableAt::name).or_else(|| self.name.clone())
    }
}

/// Reads a file's bytes.
///
/// # Errors
/// [`Error::ReadFile`] when the system refuses, [`Error::Limit`] when it is larger than `limits` allow.
pub fn load(path: &Path, limits: &Limits) -> Result<Vec<u8>> {
    let (file, about) = open_file(path, limits)?;
    load_file(file, about.len(), path, limits)
}

/// Reads what [`open_file`] gave, or a part of it, of about `size` bytes.
///
/// # Errors
/// As [`load`].
pub fn load_file(file: impl Read, size: u64, path: &Path, limits: &Limits) -> Result<Vec<u8>> {
    read_limited(file, size, limits, |source| Error::ReadFile { path: path.to_owned(), source })
}

/// Opens a file to read it piece by piece; with what the system knows of it, such as the number of its bytes.
///
/// # Errors
/// As [`load`].
#[allow(clippy::disallowed_methods)] // this is the one place of the library that reads files
pub fn open_file(path: &Path, limits: &Limits) -> Result<(File, Metadata)> {
    let refuse = |source| Error::ReadFile { path: path.to_owned(), source };
    let file = File::open(path).map_err(refuse)?;
    let about = file.metadata().map_err(refuse)?;
    if about.is_dir() {
        return Err(refuse(std::io::Error::new(
            std::io::ErrorKind::IsADirectory,
            message!("it is a folder", "这是文件夹，不是文件"),
        )));
    }
    let size = about.len();
    limits.check(Limit::FileSize, size, || message!("{size} bytes", "有 {size} 字节"))?;
    Ok((file, about))
}

/// Reads a stream such as standard input.
///
/// # Errors
/// As [`load`].
pub fn load_stream(stream: impl Read, limits: &Limits) -> Result<Vec<u8>> {
    read_limited(stream, 0, limits, |source| Error::ReadFile { path: "-".into(), source })
}

/// Reads a stream of about `size` bytes.
fn read_limited(
    stream: impl Read,
    size: u64,
    limits: &Limits,
    refuse: impl Fn(std::io::Error) -> Error,
) -> Result<Vec<u8>> {
    let most = limits.most(Limit::FileSize);
    // One byte more, so that the end is seen without growing.
    let mut bytes = Vec::with_capacity(usize::try_from(size.min(most)).unwrap_or(0) + 1);
    stream.take(most.saturating_add(1)).read_to_end(&mut bytes).map_err(refuse)?;
    limits.check(Limit::FileSize, bytes.len() as u64, || message!("more bytes", "还有更多字节"))?;
    Ok(bytes)
}

/// Opens the bytes of a file.
///
/// # Errors
/// What the file is and why it is not read: [`Error::Empty`], [`Error::Encrypted`], [`Error::Unsupported`],
/// [`Error::NotAWorkbook`], [`Error::Damaged`], [`Error::Limit`], [`Error::UnknownEncoding`].
pub fn open(bytes: &[u8], options: &Options) -> Result<Source> {
    let limits = &options.limits;
    match sniff::container(bytes, limits)? {
        Container::Package => open_package(bytes, limits).map(Source::Workbook),
        Container::Biff => biff::read(bytes, limits).map(Source::Workbook),
        Container::Text => open_text(bytes, options),
    }
}

/// Opens a zip package.
fn open_package(bytes: &[u8], limits: &Limits) -> Result<Workbook> {
    let mut package = Package::open(bytes, limits)?;
    match sniff::packed(&mut package)? {
        Packed::Xlsx => xlsx::read(package),
        Packed::Xlsb => xlsb::read(package),
        Packed::OpenDocument => opendocument::read(package),
        Packed::Docx => docx::read(package),
    }
}

/// Opens what reads as text: JSON, markup, or delimited text.
fn open_text(bytes: &[u8], options: &Options) -> Result<Source> {
    let limits = &options.limits;
    let label = options.encoding.as_deref();
    let decoded =
        encoding::decode(bytes, label).map_err(|label| Error::UnknownEncoding { label })?;
    let start = decoded.text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    if json::is_json(start) {
        if decoded.lossy {
            let encoding = decoded.encoding;
            return Err(Error::Damaged {
                container: "JSON",
                reason: message!(
                    "some of its bytes are no text in {encoding}",
                    "有的字节不是合格的 {encoding} 文本"
                ),
            });
        }
        json::check(start, limits)?;
        return Ok(Source::Json(decoded.text));
    }
    let Some(markup) = sniff::markup(start)? else {
        return delimited(&decoded, limits).map(Source::Workbook);
    };
    // Each reader decodes for itself; two copies of the text are one too many.
    drop(decoded);
    let workbook = match markup {
        Markup::Html => html::read(bytes, label, limits)?,
        Markup::Xml2003 => xml2003::read(bytes, limits)?,
        Markup::FlatOpenDocument => opendocument::read_flat(bytes, limits)?,
    };
    Ok(Source::Workbook(workbook))
}

/// Whether an encoding is known that a user names.
///
/// # Errors
/// [`Error::UnknownEncoding`] where it is not.
pub fn known_encoding(label: &str) -> Result<()> {
    encoding::by_label(label).map(drop).map_err(|label| Error::UnknownEncoding { label })
}

fn delimited(decoded: &encoding::Decoded, limits: &Limits) -> Result<Workbook> {
    let mut book = Builder::new(limits);
    let mut sheet = book.sheet(None, false)?;
    for (row, fields) in (0..).zip(text::split(&decoded.text).rows) {
        for (col, field) in (0..).zip(fields) {
            book.put(&mut sheet, row, col, Value::Text(field))?;
        }
    }
    sheet.sheet.lossy = decoded.lossy;
    book.finish(sheet);
    Ok(book.workbook())
}
