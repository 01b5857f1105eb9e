//! A return on its sheet: cells of the drawing at their physical rows, with live formulas in the totals.

use std::borrow::Cow;

use rust_decimal::Decimal;

use super::{
    fit,
    heights::Rows,
    looks::{self, Style},
    rules::Rule,
    sheet::{Cell, Page, Place, Sheet, Value},
};
use crate::{
    form::Edition,
    model::{
        field_path::{Column, TaskList},
        money::{Money, Unit},
        totals::{Sum, Total},
    },
    render::drawing::{Content, Drawing, DrawnCell, Look, Part, UNKNOWN_TOTAL},
};

/// One return on its way to its sheet.
pub(super) struct Form<'a> {
    edition: &'a Edition,
    drawing: &'a Drawing<'a>,
    rows: Rows,
}

/// The cells of the parts that totals add up.
#[derive(Clone, Debug, Default)]
pub(super) struct Parts(Vec<(Part, String)>);

impl Parts {
    pub(super) fn cells(&self, wanted: Part) -> impl Iterator<Item = &str> {
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
    pub(super) fn formula(&self, total: Total, prefix: &str) -> String {
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

impl<'a> Form<'a> {
    pub(super) fn new(edition: &'a Edition, drawing: &'a Drawing<'a>, blank: bool) -> Self {
        Self { edition, drawing, rows: Rows::fit(drawing, edition, blank) }
    }

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
        let (face, indent) =
            (looks::face(&self.edition.layout, cell.look), looks::indent(cell.look, false));
        let widths =
            &self.edition.layout.widths[usize::from(cell.at.first)..=usize::from(cell.at.last)];
        fit::width_chars(&printed, face) + f64::from(indent) * fit::INDENT_CHARS
            > widths.iter().sum()
    }

    /// The cells of the parts that totals add up.
    pub(super) fn cells_of_parts(&self) -> Parts {
        let part = |cell: &DrawnCell<'_>| match cell.look {
            Look::Amount(part @ (Part::Budget(_) | Part::Task(..))) => {
                Some((part, self.place(cell).name()))
            }
            _ => None,
        };
        Parts(self.drawing.cells.iter().filter_map(part).collect())
    }

    /// The sheet of the form.
    pub(super) fn sheet(&self, name: &str, blank: bool) -> Sheet<'a> {
        let parts = self.cells_of_parts();
        let cells = self.drawing.cells.iter().map(|cell| self.cell(cell, &parts)).collect();
        let rules = self.drawing.cells.iter().filter(|_| blank);
        let rules =
            rules.filter_map(|cell| Some((self.place(cell), Rule::of(cell.look)?))).collect();
        let page = Page::Form {
            header: self.rows.last(self.drawing.header_through),
            last: self.rows.last(self.drawing.rows.saturating_sub(1)),
        };
        Sheet {
            name: name.to_owned(),
            widths: &self.edition.layout.widths,
            heights: self.rows.heights.clone(),
            cells,
            page,
            rules,
        }
    }

    fn cell(&self, cell: &'a DrawnCell<'a>, parts: &Parts) -> Cell<'a> {
        let decimals = match &cell.content {
            Content::Amount(money, unit) | Content::Total(_, Sum::Known(money), unit) => {
                money.in_unit(*unit).normalize().scale()
            }
            _ => 0,
        };
        let text = matches!(cell.content, Content::Text(_) | Content::Total(_, Sum::Unknown, _));
        let place = self.place(cell);
        let tall = cell.look == Look::Text && cell.rows == 1 && place.first_row < place.last_row;
        let style = if tall {
            Style::Tall
        } else {
            Style::of(cell.look, text, decimals, self.is_too_wide(cell))
        };
        Cell { place, style, value: value(&cell.content, parts) }
    }
}

fn value<'a>(content: &'a Content<'a>, parts: &Parts) -> Value<'a> {
    match content {
        Content::Blank | Content::Total(_, Sum::Absent, _) => Value::Blank,
        Content::Text(text) => Value::Text(Cow::Borrowed(text)),
        Content::Amount(money, unit) => Value::Number(number(*money, *unit)),
        #[allow(clippy::cast_precision_loss)] // a count that is read has at most 15 digits
        Content::Count(count) => Value::Number(*count as f64),
        Content::Total(total, Sum::Known(money), unit) => {
            Value::Formula(parts.formula(*total, ""), cached(*money, *unit))
        }
        Content::Total(_, Sum::Unknown, _) => Value::Text(UNKNOWN_TOTAL.into()),
    }
}

/// The number of a cell: the double nearest to an amount of at most 15 digits, which reads back as the same amount.
fn number(money: Money, unit: Unit) -> f64 {
    plain(money.in_unit(unit)).parse().unwrap_or(f64::NAN)
}

/// The cached value of a total, as the writer wants it.
pub(super) fn cached(money: Money, unit: Unit) -> String {
    plain(money.in_unit(unit))
}

pub(super) fn plain(decimal: Decimal) -> String {
    decimal.normalize().to_string()
}
