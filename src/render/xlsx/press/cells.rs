//! The rows of a sheet as XML.

use std::fmt::Write;

use super::{
    super::sheet::{Sheet, Value},
    texts::{Texts, escape},
};
use crate::cell::column_name;

/// Rows that state their columns together.
const BLOCK: usize = 16;

/// A sheet's cells by place: the number of the cell that covers it, and whether it begins there.
struct Cover {
    columns: usize,
    cells: Vec<Option<(usize, bool)>>,
}

impl Cover {
    /// `None` where a cell lies outside the sheet's rows and columns.
    fn new(sheet: &Sheet<'_>) -> Option<Self> {
        let (rows, columns) = (sheet.heights.len(), sheet.widths.len());
        let mut cells = vec![None; rows * columns];
        for (number, cell) in sheet.cells.iter().enumerate() {
            let at = cell.place;
            let (first, last) = (usize::from(at.first_col), usize::from(at.last_col));
            for row in at.first_row..=at.last_row {
                let row = usize::try_from(row).ok()?;
                if row >= rows || last >= columns {
                    return None;
                }
                for col in first..=last {
                    let begins = row == at.first_row as usize && col == first;
                    cells[row * columns + col] = Some((number, begins));
                }
            }
        }
        Some(Self { columns, cells })
    }

    fn row(&self, row: usize) -> &[Option<(usize, bool)>] {
        &self.cells[row * self.columns..(row + 1) * self.columns]
    }

    /// The first and last column of a block of rows that holds anything.
    fn span(&self, block: usize) -> Option<(usize, usize)> {
        let from = block * BLOCK * self.columns;
        let to = (from + BLOCK * self.columns).min(self.cells.len());
        let held = || (from..to).filter(|at| self.cells[*at].is_some()).map(|at| at % self.columns);
        Some((held().min()? + 1, held().max()? + 1))
    }
}

/// What stands between the parts of the master: the extent, the rows, the merged ranges.
pub(super) struct Written {
    pub(super) extent: String,
    pub(super) rows: String,
    pub(super) merged: String,
}

/// Writes the rows. `formats` has the number of the format of each cell.
pub(super) fn write<'a>(
    sheet: &'a Sheet<'a>,
    formats: impl Fn(usize) -> Option<u32>,
    texts: &mut Texts<'a>,
) -> Option<Written> {
    let cover = Cover::new(sheet)?;
    let names: Vec<String> = (0..).map(column_name).take(cover.columns).collect();
    let mut xml = String::with_capacity(cover.cells.len() * 48);
    let mut span = None;
    for (row, height) in sheet.heights.iter().enumerate() {
        if row % BLOCK == 0 {
            span = cover.span(row / BLOCK);
        }
        let number = row + 1;
        write!(xml, "<row r=\"{number}\"").ok()?;
        if let Some((first, last)) = span {
            write!(xml, " spans=\"{first}:{last}\"").ok()?;
        }
        // As whole pixels, like the library.
        let points = (height * 4.0 / 3.0).round() * 0.75;
        write!(xml, " ht=\"{points}\" customHeight=\"1\"").ok()?;
        let cells = cover.row(row);
        if cells.iter().all(Option::is_none) {
            xml.push_str("/>");
            continue;
        }
        xml.push('>');
        for (name, held) in names.iter().zip(cells) {
            let Some((cell, begins)) = held else { continue };
            let format = formats(*cell)?;
            write!(xml, "<c r=\"{name}{number}\" s=\"{format}\"").ok()?;
            match &sheet.cells[*cell].value {
                Value::Text(text) if *begins && !text.is_empty() => {
                    let place = texts.place(text)?;
                    write!(xml, " t=\"s\"><v>{place}</v></c>").ok()?;
                }
                Value::Number(number) if *begins && number.is_finite() => {
                    write!(xml, "><v>{number}</v></c>").ok()?;
                }
                Value::Formula(formula, result) if *begins => {
                    let is_text = result.parse::<f64>().is_err();
                    xml.push_str(if is_text { " t=\"str\"><f>" } else { "><f>" });
                    escape(formula, &mut xml);
                    xml.push_str("</f><v>");
                    escape(result, &mut xml);
                    xml.push_str("</v></c>");
                }
                Value::Number(_) if *begins => return None,
                _ => xml.push_str("/>"),
            }
        }
        xml.push_str("</row>");
    }
    let extent = format!("A1:{}{}", names.last()?, sheet.heights.len());
    Some(Written { extent, rows: xml, merged: merged(sheet, &names)? })
}

fn merged(sheet: &Sheet<'_>, names: &[String]) -> Option<String> {
    let merged = || sheet.cells.iter().map(|cell| cell.place).filter(|place| !place.is_single());
    let count = merged().count();
    let mut xml = String::with_capacity(count * 30);
    if count > 0 {
        write!(xml, "<mergeCells count=\"{count}\">").ok()?;
        for at in merged() {
            let (first, last) =
                (&names[usize::from(at.first_col)], &names[usize::from(at.last_col)]);
            let (top, bottom) = (at.first_row + 1, at.last_row + 1);
            write!(xml, "<mergeCell ref=\"{first}{top}:{last}{bottom}\"/>").ok()?;
        }
        xml.push_str("</mergeCells>");
    }
    Some(xml)
}
