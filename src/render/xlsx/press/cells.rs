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
    let mut xml = Xml { text: String::with_capacity(cover.cells.len() * 48) };
    let mut span = None;
    for (row, height) in sheet.heights.iter().enumerate() {
        if row % BLOCK == 0 {
            span = cover.span(row / BLOCK);
        }
        let number = row + 1;
        xml.add("<row r=\"").number(number);
        if let Some((first, last)) = span {
            xml.add("\" spans=\"").number(first).add(":").number(last);
        }
        // As whole pixels, like the library.
        let points = (height * 4.0 / 3.0).round() * 0.75;
        xml.add("\" ht=\"").float(points).add("\" customHeight=\"1\"");
        let cells = cover.row(row);
        if cells.iter().all(Option::is_none) {
            xml.add("/>");
            continue;
        }
        xml.add(">");
        for (name, held) in names.iter().zip(cells) {
            let Some((cell, begins)) = held else { continue };
            let format = formats(*cell)?;
            xml.add("<c r=\"").add(name).number(number).add("\" s=\"").number(format);
            match &sheet.cells[*cell].value {
                Value::Text(text) if *begins && !text.is_empty() => {
                    xml.add("\" t=\"s\"><v>").number(texts.place(text)?).add("</v></c>");
                }
                Value::Number(number) if *begins && number.is_finite() => {
                    xml.add("\"><v>").float(*number).add("</v></c>");
                }
                Value::Number(_) if *begins => return None,
                Value::Formula(formula, result) if *begins => {
                    let is_text = result.parse::<f64>().is_err();
                    xml.add(if is_text { "\" t=\"str\"><f>" } else { "\"><f>" });
                    escape(formula, &mut xml.text);
                    xml.add("</f><v>");
                    escape(result, &mut xml.text);
                    xml.add("</v></c>");
                }
                _ => drop(xml.add("\"/>")),
            }
        }
        xml.add("</row>");
    }
    let extent = format!("A1:{}{}", names.last()?, sheet.heights.len());
    Some(Written { extent, rows: xml.text, merged: merged(sheet, &names) })
}

fn merged(sheet: &Sheet<'_>, names: &[String]) -> String {
    let merged = || sheet.cells.iter().map(|cell| cell.place).filter(|place| !place.is_single());
    let count = merged().count();
    let mut xml = Xml { text: String::with_capacity(count * 30) };
    if count > 0 {
        xml.add("<mergeCells count=\"").number(count).add("\">");
        for at in merged() {
            let (first, last) =
                (&names[usize::from(at.first_col)], &names[usize::from(at.last_col)]);
            xml.add("<mergeCell ref=\"").add(first).number(at.first_row + 1);
            xml.add(":").add(last).number(at.last_row + 1).add("\"/>");
        }
        xml.add("</mergeCells>");
    }
    xml.text
}

/// XML in the making.
struct Xml {
    text: String,
}

impl Xml {
    fn add(&mut self, text: &str) -> &mut Self {
        self.text.push_str(text);
        self
    }

    fn number(&mut self, number: impl itoa::Integer) -> &mut Self {
        self.text.push_str(itoa::Buffer::new().format(number));
        self
    }

    fn float(&mut self, number: f64) -> &mut Self {
        // Whole numbers, which most are, the short way.
        if let Some(whole) = whole(number) {
            return self.number(whole);
        }
        // Writing to a string does not fail.
        let _ = write!(self.text, "{number}");
        self
    }
}

/// A small whole number as one; minus zero is none.
#[allow(clippy::cast_possible_truncation)]
fn whole(number: f64) -> Option<i32> {
    let whole = number as i32;
    (f64::from(whole).to_bits() == number.to_bits()).then_some(whole)
}
