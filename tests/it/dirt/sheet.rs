//! A form as rows of cells with merges, made into a workbook or into text.

use rust_xlsxwriter::{Format, Workbook, Worksheet};

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cell {
    Blank,
    Text(String),
    Number(f64),
    /// A number with its format.
    Shown(f64, &'static str),
    /// Text in runs of different looks.
    Rich(Vec<String>),
    /// A formula and the result that is stored with it.
    Formula(&'static str, &'static str),
    Struck(String),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        if text.is_empty() { Self::Blank } else { Self::Text(text.to_owned()) }
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<f64> for Cell {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

/// What of a sheet is not its cells.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) enum Look {
    #[default]
    Plain,
    HiddenRow(u32),
    HiddenColumn(u16),
    HiddenSheet,
}

/// Cells and merges: first row, first column, last row, last column.
#[derive(Clone, Debug, Default)]
pub(crate) struct Form {
    pub(crate) name: String,
    pub(crate) rows: Vec<Vec<Cell>>,
    pub(crate) merges: Vec<(usize, usize, usize, usize)>,
    pub(crate) look: Look,
    pub(crate) comments: Vec<(usize, usize, String)>,
}

fn address(name: &str) -> (usize, usize) {
    let at: jixiao::cell::CellRef = name.parse().unwrap();
    (at.row as usize, at.col as usize)
}

impl Form {
    /// Rows of a text, a line each, its cells between bars; merges as A1:B2.
    pub(crate) fn of(text: &str, merges: &str) -> Self {
        let row = |line: &str| line.split('|').map(|cell| Cell::from(cell.trim())).collect();
        let mut form = Self {
            name: "Sheet1".to_owned(),
            rows: text.trim_matches('\n').lines().map(row).collect(),
            ..Self::default()
        };
        for range in merges.split_whitespace() {
            let (first, last) = range.split_once(':').unwrap();
            let ((top, left), (bottom, right)) = (address(first), address(last));
            form.merges.push((top, left, bottom, right));
        }
        form
    }

    /// The town's form, sound in every respect.
    pub(crate) fn town() -> Self {
        Self::of(include_str!("town.txt"), include_str!("town.merges.txt"))
    }

    /// The town's form after a change.
    pub(crate) fn town_with(change: impl Fn(&mut Self)) -> Self {
        let mut form = Self::town();
        change(&mut form);
        form
    }

    pub(crate) fn set(&mut self, at: &str, cell: impl Into<Cell>) {
        let (row, col) = address(at);
        while self.rows.len() <= row {
            self.rows.push(Vec::new());
        }
        while self.rows[row].len() <= col {
            self.rows[row].push(Cell::Blank);
        }
        self.rows[row][col] = cell.into();
    }

    pub(crate) fn text_at(&self, at: &str) -> String {
        let (row, col) = address(at);
        match &self.rows[row][col] {
            Cell::Text(text) => text.clone(),
            other => panic!("{at} holds {other:?}"),
        }
    }

    /// Moves a cell's content.
    pub(crate) fn shift(&mut self, from: &str, to: &str) {
        let (row, col) = address(from);
        let cell = std::mem::replace(&mut self.rows[row][col], Cell::Blank);
        self.set(to, cell);
    }

    /// Replaces a text in every cell.
    pub(crate) fn replace(&mut self, old: &str, new: &str) {
        for cell in self.rows.iter_mut().flatten() {
            if let Cell::Text(text) = cell {
                *text = text.replace(old, new);
            }
        }
    }

    /// Puts a row before a row of the form, by its number on the sheet; merges that reach over it grow.
    pub(crate) fn insert_row(&mut self, before: usize, cells: &[&str]) {
        let at = before - 1;
        self.rows.insert(at, cells.iter().map(|cell| Cell::from(*cell)).collect());
        for (top, _, bottom, _) in &mut self.merges {
            *bottom += usize::from(*bottom >= at);
            *top += usize::from(*top >= at);
        }
    }

    pub(crate) fn delete_rows(&mut self, first: usize, last: usize) {
        let (first, count) = (first - 1, last + 1 - first);
        self.rows.drain(first..first + count);
        self.merges.retain(|(top, _, bottom, _)| *bottom < first || *top >= first + count);
        for (top, _, bottom, _) in &mut self.merges {
            if *top >= first + count {
                *top -= count;
                *bottom -= count;
            }
        }
    }

    /// Puts a blank column before a column; merges that reach over it grow.
    pub(crate) fn insert_column(&mut self, before: usize) {
        for row in &mut self.rows {
            if row.len() > before {
                row.insert(before, Cell::Blank);
            }
        }
        for (_, left, _, right) in &mut self.merges {
            *right += usize::from(*right >= before);
            *left += usize::from(*left >= before);
        }
    }

    /// The form further down and to the right.
    pub(crate) fn moved(mut self, rows: usize, cols: usize) -> Self {
        for row in &mut self.rows {
            row.splice(0..0, std::iter::repeat_n(Cell::Blank, cols));
        }
        self.rows.splice(0..0, std::iter::repeat_n(Vec::new(), rows));
        for (top, left, bottom, right) in &mut self.merges {
            *top += rows;
            *bottom += rows;
            *left += cols;
            *right += cols;
        }
        self
    }

    /// Another form under or beside this one, as it stands.
    pub(crate) fn with(mut self, other: &Self) -> Self {
        for (row, cells) in other.rows.iter().enumerate() {
            for (col, cell) in cells.iter().enumerate().filter(|(_, cell)| **cell != Cell::Blank) {
                let at = jixiao::cell::CellRef::new(
                    u32::try_from(row).unwrap(),
                    u32::try_from(col).unwrap(),
                );
                self.set(&at.to_string(), cell.clone());
            }
        }
        self.merges.extend_from_slice(&other.merges);
        self
    }

    /// How many cells hold something.
    pub(crate) fn cells(&self) -> usize {
        self.rows
            .iter()
            .flatten()
            .filter(|cell| !field(cell).trim().is_empty() || matches!(cell, Cell::Formula(..)))
            .count()
    }

    pub(crate) fn named(mut self, name: &str) -> Self {
        name.clone_into(&mut self.name);
        self
    }

    pub(crate) fn xlsx(&self) -> Vec<u8> {
        book(&[self])
    }

    /// The form as delimited text; covered cells are empty fields, trailing ones are left out.
    pub(crate) fn text(&self, delimiter: char) -> String {
        let line = |row: &Vec<Cell>| {
            let mut fields: Vec<String> = row.iter().map(field).collect();
            while fields.last().is_some_and(String::is_empty) {
                fields.pop();
            }
            let quote = |text: &String| {
                if text.contains([delimiter, '\n', '"']) {
                    format!("\"{}\"", text.replace('"', "\"\""))
                } else {
                    text.clone()
                }
            };
            fields.iter().map(quote).collect::<Vec<_>>().join(&delimiter.to_string())
        };
        self.rows.iter().map(line).collect::<Vec<_>>().join("\n")
    }
}

fn field(cell: &Cell) -> String {
    match cell {
        Cell::Blank => String::new(),
        Cell::Text(text) | Cell::Struck(text) => text.clone(),
        Cell::Number(number) | Cell::Shown(number, _) => number.to_string(),
        Cell::Rich(runs) => runs.concat(),
        Cell::Formula(_, result) => (*result).to_owned(),
    }
}

/// A workbook with a sheet for each form.
pub(crate) fn book(forms: &[&Form]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    for form in forms {
        let sheet = workbook.add_worksheet();
        sheet.set_name(&form.name).unwrap();
        for (top, left, bottom, right) in &form.merges {
            let (top, bottom) = (u32::try_from(*top).unwrap(), u32::try_from(*bottom).unwrap());
            let (left, right) = (u16::try_from(*left).unwrap(), u16::try_from(*right).unwrap());
            sheet.merge_range(top, left, bottom, right, "", &Format::new()).unwrap();
        }
        for (row, cells) in form.rows.iter().enumerate() {
            for (col, cell) in cells.iter().enumerate() {
                write(sheet, u32::try_from(row).unwrap(), u16::try_from(col).unwrap(), cell);
            }
        }
        for (row, col, text) in &form.comments {
            let note = rust_xlsxwriter::Note::new(text).add_author_prefix(false);
            sheet
                .insert_note(u32::try_from(*row).unwrap(), u16::try_from(*col).unwrap(), &note)
                .unwrap();
        }
        match form.look {
            Look::Plain => {}
            Look::HiddenRow(row) => drop(sheet.set_row_hidden(row).unwrap()),
            Look::HiddenColumn(col) => drop(sheet.set_column_hidden(col).unwrap()),
            Look::HiddenSheet => drop(sheet.set_hidden(true)),
        }
    }
    let bytes = workbook.save_to_buffer().unwrap();
    // The writer gives every formula a result; those without one get a mark that is taken out again.
    edited(&bytes, |xml| xml.replace(&format!("<v>{UNCALCULATED}</v>"), ""))
}

const UNCALCULATED: &str = "987654321.125";

/// The workbook with the text of its worksheets changed.
pub(crate) fn edited(bytes: &[u8], change: impl Fn(String) -> String) -> Vec<u8> {
    use std::io::{Cursor, Read, Write};
    let mut source = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut target = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..source.len() {
        let mut part = source.by_index(index).unwrap();
        let name = part.name().unwrap().to_string();
        let mut content = Vec::new();
        part.read_to_end(&mut content).unwrap();
        if name.starts_with("xl/worksheets/sheet") {
            content = change(String::from_utf8(content).unwrap()).into_bytes();
        }
        target.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        target.write_all(&content).unwrap();
    }
    target.finish().unwrap().into_inner()
}

fn write(sheet: &mut Worksheet, row: u32, col: u16, cell: &Cell) {
    match cell {
        Cell::Blank => {}
        Cell::Text(text) => drop(sheet.write_string(row, col, text).unwrap()),
        Cell::Number(number) => drop(sheet.write_number(row, col, *number).unwrap()),
        Cell::Shown(number, format) => {
            sheet
                .write_number_with_format(row, col, *number, &Format::new().set_num_format(*format))
                .unwrap();
        }
        Cell::Rich(runs) => {
            let (plain, bold) = (Format::default(), Format::new().set_bold());
            let looks = [&plain, &bold];
            let runs: Vec<_> =
                runs.iter().enumerate().map(|(at, run)| (looks[at % 2], run.as_str())).collect();
            sheet.write_rich_string(row, col, &runs).unwrap();
        }
        Cell::Formula(formula, result) => {
            sheet
                .write_formula(
                    row,
                    col,
                    rust_xlsxwriter::Formula::new(*formula).set_result(if result.is_empty() {
                        UNCALCULATED
                    } else {
                        result
                    }),
                )
                .unwrap();
        }
        Cell::Struck(text) => {
            sheet
                .write_string_with_format(row, col, text, &Format::new().set_font_strikethrough())
                .unwrap();
        }
    }
}
