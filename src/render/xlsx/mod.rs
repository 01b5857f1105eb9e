//! The submission-ready workbook: one sheet a return in the official layout, and a sheet that checks the totals.

pub(super) mod fit;
mod heights;
mod looks;
mod names;
mod page;
mod rules;
mod totals_sheet;

use rust_decimal::Decimal;
use rust_xlsxwriter::{DocProperties, Format, Formula, Workbook, Worksheet, XlsxError};

use self::{
    heights::Rows,
    looks::{Looks, Style},
};
use super::drawing::{Content, Drawing, DrawnCell, Look, Part, UNKNOWN_TOTAL, draw};
use crate::render::epoch::Epoch;
use crate::{
    cell::column_name,
    error::{Error, Result},
    form::Edition,
    model::{
        Return,
        field_path::{Column, TaskList},
        money::{Money, Unit},
        totals::{Sum, Total},
    },
};

/// How a workbook is to be written.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Whether the sheet 合计核对 is written.
    pub totals_sheet: bool,
    /// Whether the form is the blank official one, with input rules and empty rows for tasks.
    pub blank: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { totals_sheet: true, blank: false }
    }
}

/// Deflate level: the quickest; a form takes a few kilobytes more than at the usual one.
const DEFLATE: u8 = 1;

/// Renders returns into one workbook, a form sheet each.
///
/// # Errors
/// [`Error::Render`] when the writer refuses, which no canonical return should bring about.
pub fn render(returns: &[(&Return, &Edition)], options: Options) -> Result<Vec<u8>> {
    render_named(returns, &[], options)
}

/// As [`render`], with names for the sheets of a workbook of several: those that are asked for, else the departments'.
///
/// # Errors
/// Those of [`render`].
pub fn render_named(
    returns: &[(&Return, &Edition)],
    sheets: &[Option<&str>],
    options: Options,
) -> Result<Vec<u8>> {
    workbook(returns, sheets, options)
        .map_err(|error| Error::Render { output: "xlsx", reason: error.to_string() })
}

/// The names of the sheets that returns of one workbook came from, for theirs; none where all stand on one sheet, nor
/// for tables of a document, which have numbers and no names.
pub fn kept<'a>(names: &[Option<&'a str>]) -> Vec<Option<&'a str>> {
    let is_named = |name: Option<&str>| name.is_some_and(|name| !name.starts_with("table "));
    let several = names.len() == 1 || names.iter().any(|name| *name != names[0]);
    if several && names.iter().copied().all(is_named) { names.to_vec() } else { Vec::new() }
}

fn workbook(
    returns: &[(&Return, &Edition)],
    sheets: &[Option<&str>],
    options: Options,
) -> std::result::Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_zip_compression_level(DEFLATE);
    let (font, size) = fit::DEFAULT_FONT;
    let (height, width) = fit::DEFAULT_PIXELS;
    workbook.set_default_format(
        &Format::new().set_font_name(font).set_font_size(size),
        height,
        width,
    )?;
    workbook.set_properties(&properties(returns));
    let names = names::form_sheets(returns.iter().map(|(of, _)| *of), sheets);
    let mut forms = Vec::with_capacity(returns.len());
    for ((of, edition), name) in returns.iter().zip(&names) {
        let drawing = draw(of, edition, options.blank);
        let form =
            Form { edition, drawing: &drawing, rows: Rows::fit(&drawing, edition, options.blank) };
        let mut sheet = Worksheet::new();
        sheet.set_name(name)?;
        form.write(&mut sheet, options)?;
        forms.push(totals_sheet::Block::new(of, edition, name, form.cells_of_parts()));
        workbook.push_worksheet(sheet);
    }
    if options.totals_sheet && !options.blank {
        let mut sheet = Worksheet::new();
        totals_sheet::write(&mut sheet, &forms, &names)?;
        workbook.push_worksheet(sheet);
    }
    workbook.save_to_buffer()
}

/// Document properties without a clock: the same return gives the same bytes on any day.
fn properties(returns: &[(&Return, &Edition)]) -> DocProperties {
    let title =
        returns.first().and_then(|(of, _)| of.title.as_deref()).unwrap_or("部门整体预算绩效目标表");
    let title: String = title.chars().take(200).collect();
    DocProperties::new().set_title(title).set_creation_datetime(Epoch)
}

/// One return on its way to its sheet.
struct Form<'a> {
    edition: &'a Edition,
    drawing: &'a Drawing<'a>,
    rows: Rows,
}

/// A cell on the sheet: its physical rows and columns.
#[derive(Clone, Copy, Debug)]
struct Place {
    first_row: u32,
    last_row: u32,
    first_col: u16,
    last_col: u16,
}

impl Place {
    fn is_single(self) -> bool {
        self.first_row == self.last_row && self.first_col == self.last_col
    }

    fn name(self) -> String {
        format!("{}{}", column_name(self.first_col.into()), self.first_row + 1)
    }
}

/// The cells of the parts that totals add up.
#[derive(Clone, Debug, Default)]
struct Parts(Vec<(Part, String)>);

impl Parts {
    fn cells(&self, wanted: Part) -> impl Iterator<Item = &str> {
        self.0.iter().filter(move |(part, _)| *part == wanted).map(|(_, cell)| cell.as_str())
    }

    /// The parts of a total.
    fn of_total(total: Total) -> Vec<Part> {
        let lists =
            |column| vec![Part::Task(TaskList::Key, column), Part::Task(TaskList::Other, column)];
        match total {
            Total::KeyTasks => vec![Part::Task(TaskList::Key, Column::Funding)],
            Total::OtherTasks => vec![Part::Task(TaskList::Other, Column::Funding)],
            Total::Tasks => lists(Column::Funding),
            Total::TasksFiscalAppropriation => lists(Column::FiscalAppropriation),
            Total::TasksOtherFunds => lists(Column::OtherFunds),
            _ => total.parts().iter().map(|field| Part::Budget(*field)).collect(),
        }
    }

    /// The formula of a total over its parts, each cell behind `prefix`; `0` where there is no part.
    fn formula(&self, total: Total, prefix: &str) -> String {
        let cells: Vec<&str> =
            Self::of_total(total).into_iter().flat_map(|part| self.cells(part)).collect();
        match cells.as_slice() {
            [] => "0".to_owned(),
            _ if total.parts().is_empty() => runs(&cells, prefix),
            _ => cells.iter().map(|cell| format!("{prefix}{cell}")).collect::<Vec<_>>().join("+"),
        }
    }
}

/// `SUM` over cells, those that follow each other in a column as one range.
fn runs(cells: &[&str], prefix: &str) -> String {
    let split = |cell: &str| {
        let letters = cell.chars().take_while(char::is_ascii_alphabetic).count();
        (cell[..letters].to_owned(), cell[letters..].parse::<u32>().unwrap_or(0))
    };
    let mut ranges: Vec<(String, u32, u32)> = Vec::new();
    for cell in cells {
        let (column, row) = split(cell);
        match ranges.last_mut() {
            Some((known, _, last)) if *known == column && *last + 1 == row => *last = row,
            _ => ranges.push((column, row, row)),
        }
    }
    let names: Vec<String> = ranges
        .iter()
        .map(|(column, first, last)| {
            if first == last {
                format!("{prefix}{column}{first}")
            } else {
                format!("{prefix}{column}{first}:{column}{last}")
            }
        })
        .collect();
    // A function takes at most 255 arguments; more are added up in groups.
    let sums: Vec<String> =
        names.chunks(200).map(|group| format!("SUM({})", group.join(","))).collect();
    sums.join("+")
}

impl Form<'_> {
    fn place(&self, cell: &DrawnCell<'_>) -> Place {
        Place {
            first_row: self.rows.first(cell.row),
            last_row: self.rows.last(cell.row + cell.rows - 1),
            first_col: cell.at.first,
            last_col: cell.at.last,
        }
    }

    /// Whether an amount is wider than its columns and has to shrink, so that none shows ####.
    fn is_too_wide(&self, cell: &DrawnCell<'_>) -> bool {
        let printed = match &cell.content {
            Content::Amount(money, unit) | Content::Total(_, Sum::Known(money), unit) => {
                money.printed(*unit)
            }
            _ => return false,
        };
        let face = looks::face(&self.edition.layout, cell.look);
        let widths =
            &self.edition.layout.widths[usize::from(cell.at.first)..=usize::from(cell.at.last)];
        fit::width_chars(&(printed + "0"), face) > widths.iter().sum()
    }

    fn cells_of_parts(&self) -> Parts {
        let part = |cell: &DrawnCell<'_>| match cell.look {
            Look::Amount(part @ (Part::Budget(_) | Part::Task(..))) => {
                Some((part, self.place(cell).name()))
            }
            _ => None,
        };
        Parts(self.drawing.cells.iter().filter_map(part).collect())
    }

    fn write(&self, sheet: &mut Worksheet, options: Options) -> std::result::Result<(), XlsxError> {
        let looks = Looks::new(&self.edition.layout);
        let parts = self.cells_of_parts();
        page::set_up(sheet, self.edition, self.drawing, &self.rows)?;
        for cell in &self.drawing.cells {
            let place = self.place(cell);
            let decimals = match &cell.content {
                Content::Amount(money, unit) | Content::Total(_, Sum::Known(money), unit) => {
                    money.in_unit(*unit).normalize().scale()
                }
                _ => 0,
            };
            let text = matches!(cell.content, Content::Text(_));
            let unknown = matches!(cell.content, Content::Total(_, Sum::Unknown, _));
            let shrinks = self.is_too_wide(cell);
            let format =
                looks.get(Style { look: cell.look, text: text || unknown, decimals, shrinks });
            if !place.is_single() {
                let text = if let Content::Text(text) = &cell.content { text.as_ref() } else { "" };
                let (first, last) =
                    ((place.first_row, place.first_col), (place.last_row, place.last_col));
                sheet.merge_range(first.0, first.1, last.0, last.1, text, &format)?;
            }
            if place.is_single() || !text {
                write_content(sheet, place, &cell.content, &parts, &format)?;
            }
            if options.blank {
                rules::add(sheet, place, cell.look)?;
            }
        }
        Ok(())
    }
}

fn write_content(
    sheet: &mut Worksheet,
    place: Place,
    content: &Content<'_>,
    parts: &Parts,
    format: &Format,
) -> std::result::Result<(), XlsxError> {
    let (row, col) = (place.first_row, place.first_col);
    match content {
        Content::Blank if place.is_single() => sheet.write_blank(row, col, format)?,
        Content::Blank => return Ok(()),
        Content::Text(text) => sheet.write_string_with_format(row, col, text.as_ref(), format)?,
        Content::Amount(money, unit) => {
            sheet.write_number_with_format(row, col, number(*money, *unit), format)?
        }
        Content::Count(count) => {
            #[allow(clippy::cast_precision_loss)] // a count that is read has at most 15 digits
            let count = *count as f64;
            sheet.write_number_with_format(row, col, count, format)?
        }
        Content::Total(total, Sum::Known(money), unit) => {
            let formula = Formula::new(format!("={}", parts.formula(*total, "")))
                .set_result(cached(*money, *unit));
            sheet.write_formula_with_format(row, col, formula, format)?
        }
        Content::Total(_, Sum::Unknown, _) => {
            sheet.write_string_with_format(row, col, UNKNOWN_TOTAL, format)?
        }
        Content::Total(_, Sum::Absent, _) => sheet.write_blank(row, col, format)?,
    };
    Ok(())
}

/// The number of a cell: the double nearest to an amount of at most 15 digits, which reads back as the same amount.
fn number(money: Money, unit: Unit) -> f64 {
    plain(money.in_unit(unit)).parse().unwrap_or(f64::NAN)
}

/// The cached value of a total, as the writer wants it.
fn cached(money: Money, unit: Unit) -> String {
    plain(money.in_unit(unit))
}

fn plain(decimal: Decimal) -> String {
    decimal.normalize().to_string()
}
