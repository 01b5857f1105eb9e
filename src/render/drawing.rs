//! The form laid out in rows and columns, before any output format: what csv writes and xlsx styles.

use std::borrow::Cow;

use super::levels;
use crate::{
    form::{
        Edition,
        edition::{Block, Body, Columns, Lines, Piece, PieceKind, Table, UnitOf},
    },
    model::{
        Return, Task,
        entry::Entry,
        field_path::{BudgetField, Column, Field, TaskList},
        money::{Money, Unit},
        target::Target,
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

/// Lays a return out. `blank_rows` is how many rows an empty list of key tasks gets; one of other tasks gets half of them.
pub fn draw<'a>(of: &'a Return, edition: &'a Edition, blank_rows: usize) -> Drawing<'a> {
    let columns = u16::try_from(edition.layout.widths.len()).unwrap_or(u16::MAX);
    let mut pen =
        Pen { of, edition, blank_rows, drawing: Drawing { columns, ..Drawing::default() } };
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
    blank_rows: usize,
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
        let stated = self.of.title.as_deref().and_then(year::in_title);
        let year = self
            .of
            .year
            .filter(|_| stated.is_none())
            .map(|year| Cow::Owned(format!("（{year}年度）")));
        let label = self.edition.printed("approver");
        let (row, all) = (self.drawing.rows, self.all());
        if label.is_empty() {
            if let Some(year) = year {
                self.put(row, 1, all, Content::Text(year), Look::Year);
                self.drawing.rows += 1;
            }
            return;
        }
        let approver = format!("{label}：{}", self.of.approver.as_deref().unwrap_or_default());
        let split = year.is_some() && self.drawing.columns > 1;
        let last = if split { all.last - 1 } else { all.last };
        self.put(
            row,
            1,
            Columns { first: 0, last },
            Content::Text(Cow::Owned(approver)),
            Look::Line,
        );
        if let Some(year) = year.filter(|_| split) {
            self.put(
                row,
                1,
                Columns { first: all.last, last: all.last },
                Content::Text(year),
                Look::Year,
            );
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

    fn table(&mut self, table: &'a Table) {
        self.table_head(table);
        match table.lines {
            Lines::Tasks(list) => {
                let tasks = self.of.tasks(list);
                for task in tasks {
                    self.task(list, table, Some(task));
                }
                let room = if list == TaskList::Key {
                    self.blank_rows
                } else {
                    self.blank_rows.div_ceil(2)
                };
                let blanks = if tasks.is_empty() { room.max(1) } else { 0 };
                for _ in 0..blanks {
                    self.task(list, table, None);
                }
                if table.total_row {
                    self.total_row(list, table);
                }
            }
            Lines::Indicators => self.indicators(table),
        }
    }

    /// The head: one row, or two where a label stands over several columns.
    fn table_head(&mut self, table: &'a Table) {
        let row = self.drawing.rows;
        let two = table.columns.iter().any(|column| column.under.is_some());
        let mut over: Option<(&str, Columns, Option<UnitOf>)> = None;
        for column in &table.columns {
            let unit = if column.under.is_some() { None } else { column.unit };
            let text = Content::Text(self.label(&column.label, unit));
            let (first, rows) = if two && column.under.is_some() {
                (row + 1, 1)
            } else {
                (row, 1 + u32::from(two))
            };
            self.put(first, rows, column.at, text, Look::Label);
            match (&column.under, &mut over) {
                (Some(under), Some((name, at, _))) if *name == under => at.last = column.at.last,
                (Some(under), _) => {
                    self.put_over(row, over.take());
                    over = Some((under, column.at, column.unit));
                }
                (None, _) => self.put_over(row, over.take()),
            }
        }
        self.put_over(row, over);
        self.drawing.rows += 1 + u32::from(two);
    }

    fn put_over(&mut self, row: u32, over: Option<(&'a str, Columns, Option<UnitOf>)>) {
        if let Some((name, at, unit)) = over {
            let text = Content::Text(self.label(name, unit));
            self.put(row, 1, at, text, Look::Label);
        }
    }

    fn task(&mut self, list: TaskList, table: &'a Table, task: Option<&'a Task>) {
        let row = self.drawing.rows;
        let unit = self.of.units.tasks.unwrap_or(Unit::Yuan);
        for column in &table.columns {
            let split = task.and_then(|task| task.split.as_ref());
            let content = match (column.column, task) {
                (Column::Name, Some(task)) => text(task.name.as_deref()),
                (Column::Activities | Column::Content, Some(task)) => {
                    text(task.activities.as_deref())
                }
                (Column::Outcome, Some(task)) => text(task.outcome.as_deref()),
                (Column::Funding, Some(task)) => amount(&task.funding, unit),
                (Column::FiscalAppropriation, Some(_)) => {
                    split.map_or(Content::Blank, |split| amount(&split.fiscal_appropriation, unit))
                }
                (Column::OtherFunds, Some(_)) => {
                    split.map_or(Content::Blank, |split| amount(&split.other_funds, unit))
                }
                _ => Content::Blank,
            };
            let look = if column.column.is_amount() {
                Look::Amount(Part::Task(list, column.column))
            } else {
                Look::Text
            };
            self.put(row, 1, column.at, content, look);
        }
        self.drawing.rows += 1;
    }

    fn total_row(&mut self, list: TaskList, table: &'a Table) {
        let row = self.drawing.rows;
        for (at, column) in table.columns.iter().enumerate() {
            let of = match (column.column, list) {
                (Column::Funding, TaskList::Key) => Some(Total::KeyTasks),
                (Column::Funding, TaskList::Other) => Some(Total::OtherTasks),
                (Column::FiscalAppropriation, _) => Some(Total::TasksFiscalAppropriation),
                (Column::OtherFunds, _) => Some(Total::TasksOtherFunds),
                _ => None,
            };
            match of {
                Some(of) => {
                    let content = self.total(of);
                    self.put(row, 1, column.at, content, Look::Amount(Part::Total(of)));
                }
                None if at == 0 => {
                    let text = Content::Text(Cow::Borrowed(self.edition.printed("total")));
                    self.put(row, 1, column.at, text, Look::Label);
                }
                None => self.put(row, 1, column.at, Content::Blank, Look::Centred),
            }
        }
        self.drawing.rows += 1;
    }

    fn indicators(&mut self, table: &'a Table) {
        let levels = self.of.indicators.iter().filter_map(|indicator| indicator.level1.as_deref());
        let taxonomy = self.edition.taxonomy_for(levels);
        let rows = levels::rows(&self.of.indicators, taxonomy);
        let column = |wanted| table.columns.iter().find(|column| column.column == wanted);
        for (at, row) in rows.iter().enumerate() {
            let here = self.drawing.rows;
            let span = |begins: fn(&levels::LevelRow<'_>) -> bool| {
                let after = rows[at + 1..].iter().position(begins).unwrap_or(rows.len() - at - 1);
                u32::try_from(after + 1).unwrap_or(1)
            };
            if let (true, Some(level1)) = (row.begins.0, column(Column::Level1)) {
                let wide = column(Column::Level2).filter(|_| row.level2.is_none());
                let at = Columns {
                    first: level1.at.first,
                    last: wide.map_or(level1.at.last, |level2| level2.at.last),
                };
                self.put(here, span(|row| row.begins.0), at, text(row.level1), Look::Centred);
            }
            if let (true, Some(_), Some(level2)) =
                (row.begins.1, row.level2, column(Column::Level2))
            {
                self.put(
                    here,
                    span(|row| row.begins.1),
                    level2.at,
                    text(row.level2),
                    Look::Centred,
                );
            }
            let indicator = row.indicator.map(|index| &self.of.indicators[index]);
            for column in &table.columns {
                let (content, look) = match column.column {
                    Column::Level3 => (text(indicator.map(|of| of.level3.as_str())), Look::Text),
                    Column::PeriodTarget => {
                        (target(indicator.and_then(|of| of.period_target.as_ref())), Look::Centred)
                    }
                    Column::AnnualTarget => {
                        (target(indicator.and_then(|of| of.annual_target.as_ref())), Look::Centred)
                    }
                    _ => continue,
                };
                self.put(here, 1, column.at, content, look);
            }
            self.drawing.rows += 1;
        }
    }
}

fn text(text: Option<&str>) -> Content<'_> {
    text.map_or(Content::Blank, |text| Content::Text(Cow::Borrowed(text)))
}

fn target(target: Option<&Target>) -> Content<'_> {
    text(target.map(|target| target.text.as_str()))
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
