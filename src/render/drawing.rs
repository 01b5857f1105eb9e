//! The form laid out in rows and columns, before any output format: what csv writes and xlsx styles.

mod tables;

use std::borrow::Cow;

use crate::{
    form::{
        Edition,
        edition::{Block, Body, Columns, Piece, PieceKind, UnitOf, YearPlace},
    },
    model::{
        Return,
        entry::Entry,
        field_path::{BudgetField, Column, Field, TaskList},
        money::{Money, Unit},
        totals::{Sum, Total, total},
        year,
    },
};

/// What stands in the xlsx instead of a total over amounts that can't be read.
pub const UNKNOWN_TOTAL: &str = "含无法识别的金额";

/// A laid-out form.
#[derive(Debug, Default)]
pub struct Drawing<'a> {
    /// Its cells, by row, then column. Every column of every bordered row is covered.
    pub cells: Vec<DrawnCell<'a>>,
    /// Number of rows.
    pub rows: u32,
    /// Number of columns.
    pub columns: u16,
    /// The last row that repeats on every page.
    pub header_through: u32,
    /// The first row below the borders.
    pub notes_from: u32,
}

/// A cell, or a merged range.
#[derive(Debug)]
pub struct DrawnCell<'a> {
    /// First row.
    pub row: u32,
    /// How many rows it covers.
    pub rows: u32,
    /// Its columns.
    pub at: Columns,
    /// What stands there.
    pub content: Content<'a>,
    /// How it looks.
    pub look: Look,
}

/// What stands in a cell.
#[derive(Clone, Debug)]
pub enum Content<'a> {
    /// Nothing.
    Blank,
    /// Text.
    Text(Cow<'a, str>),
    /// An amount and the unit that it is printed in; with the field where it is a part of a total.
    Amount(Money, Unit),
    /// A whole number.
    Count(u64),
    /// A total over the cells of its parts.
    Total(Total, Sum, Unit),
}

/// How a cell looks, and which input it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Look {
    /// The title.
    Title,
    /// The line of the approver, without borders.
    Line,
    /// The year at the right of the approver's line.
    Year,
    /// The year on a line of its own.
    YearLine,
    /// A printed label or head.
    Label,
    /// Centred text: a department, a level, a target.
    Centred,
    /// Long text, from the left.
    Text,
    /// An amount, from the right.
    Amount(Part),
    /// A whole number.
    Count,
    /// A line under the form.
    Note,
}

/// What an amount is a part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// An amount of the budget block.
    Budget(BudgetField),
    /// A column of a list of tasks.
    Task(TaskList, Column),
    /// A total.
    Total(Total),
}

/// Rows for key tasks in a blank form; other tasks get half of them.
const BLANK_ROWS: usize = 5;
/// The year of a blank form whose year has a line of its own.
const BLANK_YEAR: &str = "（    年度）";

/// Lays a return out. A blank form gets rows for tasks, and a line for the year.
pub fn draw<'a>(of: &'a Return, edition: &'a Edition, blank: bool) -> Drawing<'a> {
    let columns = u16::try_from(edition.layout.widths.len()).unwrap_or(u16::MAX);
    let mut pen = Pen { of, edition, blank, drawing: Drawing { columns, ..Drawing::default() } };
    pen.head();
    for block in &edition.blocks {
        pen.block(block);
    }
    pen.drawing.notes_from = pen.drawing.rows;
    for note in &of.notes {
        pen.line(note, Look::Note);
    }
    pen.drawing.cells.sort_by_key(|cell| (cell.row, cell.at.first));
    pen.drawing
}

struct Pen<'a> {
    of: &'a Return,
    edition: &'a Edition,
    blank: bool,
    drawing: Drawing<'a>,
}

impl<'a> Pen<'a> {
    fn put(&mut self, row: u32, rows: u32, at: Columns, content: Content<'a>, look: Look) {
        self.drawing.cells.push(DrawnCell { row, rows, at, content, look });
    }

    fn all(&self) -> Columns {
        Columns { first: 0, last: self.drawing.columns.saturating_sub(1) }
    }

    fn line(&mut self, text: &'a str, look: Look) {
        let row = self.drawing.rows;
        let all = self.all();
        self.put(row, 1, all, Content::Text(Cow::Borrowed(text)), look);
        self.drawing.rows += 1;
    }

    /// Title, approver and year.
    fn head(&mut self) {
        if let Some(title) = &self.of.title {
            self.line(title, Look::Title);
        }
        let year = self.year();
        let label = self.edition.printed("approver");
        let beside = self.edition.layout.year == YearPlace::Approver && !label.is_empty();
        let (beside, own) = if beside { (year, None) } else { (None, year) };
        if let Some(year) = own {
            let (row, all) = (self.drawing.rows, self.all());
            self.put(row, 1, all, Content::Text(year), Look::YearLine);
            self.drawing.rows += 1;
        }
        if !label.is_empty() {
            self.approver(label, beside);
        }
    }

    /// The year where the title does not state it.
    fn year(&self) -> Option<Cow<'a, str>> {
        if self.of.title.as_deref().and_then(year::in_title).is_some() {
            return None;
        }
        let to_fill_in = self.blank && self.edition.layout.year == YearPlace::Line;
        match self.of.year {
            Some(year) => Some(Cow::Owned(format!("（{year}年度）"))),
            None => to_fill_in.then_some(Cow::Borrowed(BLANK_YEAR)),
        }
    }

    fn approver(&mut self, label: &str, year: Option<Cow<'a, str>>) {
        let (row, all) = (self.drawing.rows, self.all());
        let approver = format!("{label}：{}", self.of.approver.as_deref().unwrap_or_default());
        let split = year.is_some() && self.drawing.columns > 1;
        let last = if split { all.last - 1 } else { all.last };
        let line = Columns { first: 0, last };
        self.put(row, 1, line, Content::Text(Cow::Owned(approver)), Look::Line);
        if let Some(year) = year.filter(|_| split) {
            let corner = Columns { first: all.last, last: all.last };
            self.put(row, 1, corner, Content::Text(year), Look::Year);
        }
        self.drawing.rows += 1;
    }

    fn block(&mut self, block: &'a Block) {
        let first = self.drawing.rows;
        match &block.body {
            Body::Fields(rows) => rows.iter().for_each(|row| self.fields(row)),
            Body::Table(table) => self.table(table),
        }
        if let Some((label, at)) = &block.label {
            let rows = self.drawing.rows - first;
            let text = Content::Text(Cow::Borrowed(self.edition.printed(label)));
            self.put(first, rows, *at, text, Look::Label);
        }
    }

    fn fields(&mut self, pieces: &'a [Piece]) {
        let row = self.drawing.rows;
        for piece in pieces {
            let (content, look) = match &piece.kind {
                PieceKind::Label(name, unit) => {
                    (Content::Text(self.label(name, *unit)), Look::Label)
                }
                PieceKind::Value(field) => {
                    if *field == self.edition.layout.header_through {
                        self.drawing.header_through = row;
                    }
                    self.value(*field)
                }
                PieceKind::Total(of) => (self.total(*of), Look::Amount(Part::Total(*of))),
            };
            self.put(row, 1, piece.at, content, look);
        }
        self.drawing.rows += 1;
    }

    fn label(&self, name: &str, unit: Option<UnitOf>) -> Cow<'a, str> {
        let text = match name {
            "own_level" => self.edition.own_level_label(self.of.level),
            _ => self.edition.printed(name),
        };
        match unit.and_then(|unit| self.unit(unit)) {
            Some(unit) => Cow::Owned(format!("{text}（{}）", unit.name())),
            None => Cow::Borrowed(text),
        }
    }

    fn unit(&self, unit: UnitOf) -> Option<Unit> {
        match unit {
            UnitOf::Budget => self.of.units.budget,
            UnitOf::Tasks => self.of.units.tasks,
        }
    }

    fn value(&self, field: Field) -> (Content<'a>, Look) {
        match field {
            Field::Department => (text(self.of.department.as_deref()), Look::Centred),
            Field::OverallObjective => (text(self.of.overall_objective.as_deref()), Look::Text),
            Field::FundedHeadcount => (count(&self.of.funded_headcount), Look::Count),
            Field::SubordinateUnits => (count(&self.of.subordinate_units), Look::Count),
            Field::Budget(field) => {
                let unit = self.of.units.budget.unwrap_or(Unit::TenThousand);
                (amount(self.of.budget.get(field), unit), Look::Amount(Part::Budget(field)))
            }
            Field::Approver => (text(self.of.approver.as_deref()), Look::Centred),
            Field::Title | Field::Year | Field::Level => (Content::Blank, Look::Centred),
        }
    }

    fn total(&self, of: Total) -> Content<'a> {
        let unit = match of.parts() {
            [] => self.of.units.tasks.unwrap_or(Unit::Yuan),
            _ => self.of.units.budget.unwrap_or(Unit::TenThousand),
        };
        Content::Total(of, total(self.of, of), unit)
    }
}

fn text(text: Option<&str>) -> Content<'_> {
    text.map_or(Content::Blank, |text| Content::Text(Cow::Borrowed(text)))
}

fn amount(entry: &Entry<Money>, unit: Unit) -> Content<'_> {
    match entry {
        Entry::Blank => Content::Blank,
        Entry::Unreadable(raw) => text(Some(raw)),
        Entry::Known(money) => Content::Amount(*money, unit),
    }
}

fn count(entry: &Entry<u64>) -> Content<'_> {
    match entry {
        Entry::Blank => Content::Blank,
        Entry::Unreadable(raw) => text(Some(raw)),
        Entry::Known(count) => Content::Count(*count),
    }
}
