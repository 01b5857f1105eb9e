//! OOXML workbooks: xlsx, xlsm, xltx. calamine's streaming reader gives the cells, a scan of our own the rest.

use std::{collections::HashSet, io::Cursor};

use calamine::{DataRef, Reader, SheetType, SheetVisible, Style, Xlsx, XlsxError};

use super::{
    Sheet, Workbook,
    limits::{Limit, Limits},
    number_format::NumberFormat,
    package::{Package, damaged},
    tags::Tags,
    xlsx_side::{self, Side},
};
use crate::{
    cell::{CellRef, MAX_COLUMNS, MAX_ROWS},
    error::{Error, Result},
    grid::{Cell, Grid, Number, OWN_SHEET_MARK, Value},
};

type Book<'a> = Xlsx<Cursor<&'a [u8]>>;

/// Reads every worksheet.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Workbook> {
    let mut package = Package::open(bytes, limits)?;
    check_shared_strings(&mut package)?;
    let mut book: Book<'_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| refused(&error))?;
    let parts = xlsx_side::parts(&mut package)?;
    let worksheets: Vec<(String, bool)> = book
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
        .map(|sheet| (sheet.name.clone(), sheet.visible != SheetVisible::Visible))
        .collect();
    let mut sheets = Vec::new();
    for (name, hidden) in worksheets {
        let part = parts.iter().find(|(known, _)| *known == name).map(|(_, part)| part.as_str());
        let mut outside = Vec::new();
        let cells = match cells(&mut book, &name, limits, &mut outside) {
            Ok(Some(cells)) => cells,
            Ok(None) => {
                sheets.push(Sheet { name: Some(name), hidden, ours: true, ..Sheet::default() });
                continue;
            }
            Err(error) => return Err(in_sheet(error, &name)),
        };
        let side = match part {
            Some(part) => xlsx_side::scan(&mut package, part)?,
            None => Side::default(),
        };
        sheets.push(sheet(&mut book, name, hidden, cells, side, outside)?);
    }
    Ok(Workbook { sheets })
}

fn refused(error: &XlsxError) -> Error {
    match error {
        XlsxError::Password => Error::Encrypted,
        other => damaged(&other.to_string()),
    }
}

/// calamine reserves memory for as many strings as the part claims to hold; a lie there must not reach it.
fn check_shared_strings(package: &mut Package<'_>) -> Result<()> {
    const NAME: &str = "xl/sharedStrings.xml";
    let Some(head) = package.head(NAME, 4096) else { return Ok(()) };
    let claimed = Tags::new(&head)
        .find(|tag| tag.name == b"sst")
        .and_then(|tag| tag.attribute("uniqueCount"))
        .and_then(|count| count.parse::<u64>().ok());
    let size = package.stated_size(NAME).unwrap_or(0);
    // The shortest string, `<si/>`, takes five bytes.
    match claimed {
        Some(claimed) if claimed > size / 5 + 16 => {
            Err(damaged(&format!("{NAME} claims {claimed} strings in {size} bytes")))
        }
        _ => Ok(()),
    }
}

fn sheet(
    book: &mut Book<'_>,
    name: String,
    hidden: bool,
    mut cells: Vec<Cell>,
    side: Side,
    mut outside: Vec<String>,
) -> Result<Sheet> {
    outside.extend(side.outside);
    if !side.uncalculated.is_empty() {
        cells.extend(formulas(book, &name, &side.uncalculated)?);
    }
    Ok(Sheet {
        name: Some(name),
        hidden,
        ours: false,
        grid: Grid::new(cells, side.merges),
        comments: side.comments,
        drawings: side.drawings,
        hidden_rows: side.hidden_rows,
        hidden_cols: side.hidden_cols,
        external: side.external,
        outside,
        lossy: false,
        tables: Vec::new(),
    })
}

fn in_sheet(error: Error, name: &str) -> Error {
    match error {
        Error::Damaged { container, reason } => {
            Error::Damaged { container, reason: format!("sheet `{name}`: {reason}") }
        }
        other => other,
    }
}

/// The cells of a worksheet; `None` when it is a sheet of totals of our own.
fn cells(
    book: &mut Book<'_>,
    name: &str,
    limits: &Limits,
    outside: &mut Vec<String>,
) -> Result<Option<Vec<Cell>>> {
    let date1904 = book.has_1904_epoch();
    let mut reader = book.worksheet_cells_reader(name).map_err(|error| refused(&error))?;
    let looks = Looks { styles: reader.styles().iter().map(Look::of).collect(), date1904 };
    let mut cells = Vec::new();
    while let Some((cell, style)) =
        reader.next_cell_with_style_id().map_err(|error| refused(&error))?
    {
        let (row, col) = cell.get_position();
        let Some(value) = looks.value(cell.get_value(), style) else { continue };
        if row >= MAX_ROWS || col >= MAX_COLUMNS {
            outside.push(format!("row {}, column {}", u64::from(row) + 1, u64::from(col) + 1));
            continue;
        }
        if cells.len() < 4 && matches!(&value, Value::Text(text) if text == OWN_SHEET_MARK) {
            return Ok(None);
        }
        let mut cell = Cell::new(CellRef::new(row, col), value);
        cell.struck = looks.struck(style);
        cells.push(cell);
        let count = cells.len() as u64;
        limits.check(Limit::Cells, count, || format!("more on sheet `{name}`"))?;
    }
    Ok(Some(cells))
}

/// The texts of formulas that were never calculated.
fn formulas(book: &mut Book<'_>, name: &str, wanted: &[CellRef]) -> Result<Vec<Cell>> {
    let mut reader = book.worksheet_cells_reader(name).map_err(|error| refused(&error))?;
    let wanted: HashSet<&CellRef> = wanted.iter().collect();
    let mut cells = Vec::new();
    while let Some(cell) = reader.next_cell_with_formula().map_err(|error| refused(&error))? {
        let at = CellRef::new(cell.pos.0, cell.pos.1);
        if wanted.contains(&at) {
            let text = cell.formula.unwrap_or_default();
            cells.push(Cell::new(at, Value::Formula(format!("={text}"))));
        }
    }
    Ok(cells)
}

/// What of the styles matters to a value, by style.
struct Looks {
    styles: Vec<Look>,
    date1904: bool,
}

/// What of a style matters to a value.
struct Look {
    /// The number format; none for the general one.
    format: Option<NumberFormat>,
    struck: bool,
}

impl Look {
    fn of(style: &Style) -> Self {
        let struck = style.font.as_ref().is_some_and(calamine::Font::has_strikethrough);
        Self { format: compiled(style), struck }
    }
}

impl Looks {
    fn value(&self, data: &DataRef<'_>, style: usize) -> Option<Value> {
        Some(match data {
            DataRef::Empty => return None,
            DataRef::String(text) if text.trim().is_empty() => return None,
            DataRef::SharedString(text) if text.trim().is_empty() => return None,
            DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
                Value::Text(text.clone())
            }
            DataRef::SharedString(text) => Value::Text((*text).to_owned()),
            DataRef::Int(number) => {
                #[allow(clippy::cast_precision_loss)]
                // the file states it as a double in the first place
                let value = *number as f64;
                self.number(value, style)
            }
            DataRef::Float(value) => self.number(*value, style),
            DataRef::DateTime(date) => self.number(date.as_f64(), style),
            DataRef::Bool(truth) => Value::Boolean(*truth),
            DataRef::Error(error) => Value::Error(error.to_string()),
        })
    }

    fn number(&self, value: f64, style: usize) -> Value {
        let format = self.styles.get(style).and_then(|look| look.format.as_ref());
        let shown = format.map(|format| format.show(value, self.date1904));
        Value::Number(Number { value, shown })
    }

    fn struck(&self, style: usize) -> bool {
        self.styles.get(style).is_some_and(|look| look.struck)
    }
}

/// The number format of a style; `None` for the general one.
fn compiled(style: &Style) -> Option<NumberFormat> {
    let spec = style.number_format.as_ref()?;
    let builtin = spec.format_id.and_then(|id| u16::try_from(id).ok()).filter(|id| *id < 164);
    let format = builtin
        .and_then(NumberFormat::from_builtin)
        .unwrap_or_else(|| NumberFormat::from_code(&spec.format_code));
    (!format.is_general()).then_some(format)
}
