//! An edition of the form: its labels, blocks, units, taxonomy, identities and layout. Reader and writer use the same one.

use std::collections::HashMap;

use rustc_hash::FxHashMap;

use crate::model::{
    Prints, Return, Units,
    field_path::{Column, Field, TaskList},
    level::Level,
    money::Unit,
    taxonomy::Taxonomy,
    totals::{Identities, Total},
};

/// One edition of the form, as its file states it.
#[derive(Clone, Debug)]
pub struct Edition {
    /// Its name, as in JSON and for `--edition`.
    pub name: String,
    /// One line on what it is.
    pub summary: String,
    /// The title of the blank form.
    pub title: String,
    /// Where it stands among the built-in ones: the lower first.
    pub rank: u32,
    /// What tells returns of this edition from those of others.
    pub recognise: Recognise,
    /// Printed units where the source states none.
    pub units: Units,
    /// Totals that must agree.
    pub identities: Identities,
    /// The printed taxonomies; the first that knows a return's first levels is drawn.
    pub taxonomies: Vec<Taxonomy>,
    /// The blocks, in printed order.
    pub blocks: Vec<Block>,
    /// How the writer draws it.
    pub layout: Layout,
    /// The text of its file, from which [`super::parse`] makes it again.
    pub text: String,
    pub(super) labels: HashMap<String, Vec<String>>,
    /// The wordings of the labels, folded, without white space.
    pub(super) folded: HashMap<String, Vec<String>>,
    pub(super) own_level: Vec<(Level, Vec<String>)>,
    pub(super) index: FxHashMap<String, Vec<Role>>,
    /// Bytes of the longest key: a longer text is no label.
    pub(super) longest_key: usize,
}

/// What a return of the edition can show; an empty list or `None` means anything.
#[derive(Clone, Debug, Default)]
pub struct Recognise {
    /// Levels of government.
    pub levels: Vec<Level>,
    /// Units of the tasks' funding.
    pub task_units: Vec<Unit>,
    /// Whether 合计 rows are printed.
    pub total_rows: Option<bool>,
}

/// Columns of the layout, from 0, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Columns {
    /// First column.
    pub first: u16,
    /// Last column.
    pub last: u16,
}

/// Which of the two printed units an amount follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnitOf {
    /// The unit of the budget block.
    Budget,
    /// The unit of the tasks.
    Tasks,
}

/// A block of the form.
#[derive(Clone, Debug)]
pub struct Block {
    /// Name of the label that stands beside the whole block, and its columns.
    pub label: Option<(String, Columns)>,
    /// Whether a return may lack the block.
    pub optional: bool,
    /// What it holds.
    pub body: Body,
}

/// What a block holds.
#[derive(Clone, Debug)]
pub enum Body {
    /// Labels with their values.
    Fields(Vec<Vec<Piece>>),
    /// Repeated lines under a head.
    Table(Table),
}

/// A cell of a block of fields.
#[derive(Clone, Debug)]
pub struct Piece {
    /// Its columns.
    pub at: Columns,
    /// What stands there.
    pub kind: PieceKind,
}

/// What stands in a cell of a block of fields.
#[derive(Clone, Debug)]
pub enum PieceKind {
    /// A printed label, with the unit in a bracket where it heads amounts.
    Label(String, Option<UnitOf>),
    /// A field's value.
    Value(Field),
    /// A total.
    Total(Total),
}

/// What the lines of a table are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lines {
    /// Tasks of one of the lists.
    Tasks(TaskList),
    /// Indicators.
    Indicators,
}

/// A block of lines.
#[derive(Clone, Debug)]
pub struct Table {
    /// What its lines are.
    pub lines: Lines,
    /// Its columns, from left to right.
    pub columns: Vec<TableColumn>,
    /// Whether a 合计 row is printed.
    pub total_row: bool,
    /// The columns of that row's label; else those of the table's first column.
    pub total_at: Option<Columns>,
}

impl Table {
    /// The place of a column among the table's.
    pub fn position(&self, wanted: Column) -> Option<usize> {
        self.columns.iter().position(|spec| spec.column == wanted)
    }
}

/// A column of a table.
#[derive(Clone, Debug)]
pub struct TableColumn {
    /// Its columns in the layout.
    pub at: Columns,
    /// Name of its label.
    pub label: String,
    /// Name of a label over this and its neighbours, in a head of two rows.
    pub under: Option<String>,
    /// What it holds.
    pub column: Column,
    /// The unit printed in its head.
    pub unit: Option<UnitOf>,
}

/// How the writer draws the form.
#[derive(Clone, Debug)]
pub struct Layout {
    /// Widths in characters of the default font.
    pub widths: Vec<f64>,
    /// The field whose row is the last that repeats on every printed page.
    pub header_through: Field,
    /// Where the year is printed when the title states none.
    pub year: YearPlace,
    /// Face of the text.
    pub font: String,
    /// Face of title and labels.
    pub head_font: String,
    /// Size of the title, in points.
    pub title_size: f64,
    /// Size of the text, in points.
    pub size: f64,
    /// Size of the notes, in points.
    pub note_size: f64,
}

/// Where a form prints the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum YearPlace {
    /// At the right of the approver's line.
    Approver,
    /// On a line of its own under the title.
    Line,
}

/// What a label means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// Label of a field.
    Field(Field),
    /// Label of 本级使用资金 that states a level.
    OwnLevel(Level),
    /// Label beside a whole block.
    Block(usize),
    /// Head of a group of amounts, which names a total.
    Group(Total),
    /// Head of a column of amounts, 预算金额.
    AmountHead,
    /// 合计
    Total,
    /// Head of a table's column: block, column.
    Column(usize, usize),
    /// Head over several columns of a table.
    ColumnGroup(usize),
    /// Head of a column of units beside the targets, which the edition does not print.
    TargetUnit,
}

impl Edition {
    /// The level that the printed form of this edition always states, where there is only one.
    pub fn sole_level(&self) -> Option<Level> {
        match self.own_level.as_slice() {
            [(level, _)] => Some(*level),
            _ => None,
        }
    }

    /// The return of the blank form.
    pub fn blank(&self) -> Return {
        Return {
            title: Some(self.title.clone()),
            edition: self.name.clone(),
            level: self.sole_level(),
            units: self.units,
            prints: self.prints(),
            ..Return::default()
        }
    }

    /// What totals of a return need to know of the form.
    pub fn prints(&self) -> Prints {
        let splits = |list| {
            self.table(Lines::Tasks(list))
                .is_some_and(|table| table.position(Column::FiscalAppropriation).is_some())
        };
        let parts =
            |total: Total| total.parts().iter().any(|field| self.has_field(Field::Budget(*field)));
        Prints {
            budget: Total::BUDGET.map(parts),
            other_tasks: self.table(Lines::Tasks(TaskList::Other)).is_some(),
            split: splits(TaskList::Key) || splits(TaskList::Other),
        }
    }

    /// Whether a printed form with this level and this unit of the tasks is recognised as one of the edition.
    pub fn admits(&self, level: Option<Level>, task_unit: Option<Unit>) -> bool {
        let spec = &self.recognise;
        let level =
            level.is_none_or(|level| spec.levels.is_empty() || spec.levels.contains(&level));
        let unit = task_unit
            .is_none_or(|unit| spec.task_units.is_empty() || spec.task_units.contains(&unit));
        level && unit
    }

    /// Whether the form prints the field.
    pub fn has_field(&self, field: Field) -> bool {
        let prints = |piece: &Piece| matches!(piece.kind, PieceKind::Value(f) if f == field);
        self.blocks.iter().any(|block| match &block.body {
            Body::Fields(rows) => rows.iter().flatten().any(prints),
            Body::Table(_) => false,
        })
    }

    /// The columns of a block that is a table.
    pub(super) fn columns(&self, block: usize) -> Option<&[TableColumn]> {
        match &self.blocks[block].body {
            Body::Table(table) => Some(&table.columns),
            Body::Fields(_) => None,
        }
    }

    /// The table of tasks or of indicators.
    pub fn table(&self, lines: Lines) -> Option<&Table> {
        self.blocks.iter().find_map(|block| match &block.body {
            Body::Table(table) if table.lines == lines => Some(table),
            _ => None,
        })
    }

    /// The taxonomy to draw for a return with these first levels.
    pub fn taxonomy_for<'a>(
        &self,
        first_levels: impl Iterator<Item = &'a str> + Clone,
    ) -> Option<&Taxonomy> {
        let knows_all = |taxonomy: &&Taxonomy| {
            first_levels.clone().all(|level| taxonomy.branch(level).is_some())
        };
        let knows_cost = |taxonomy: &&Taxonomy| {
            first_levels.clone().filter(|level| taxonomy.branch(level).is_some()).count()
        };
        let whole = self.taxonomies.iter().find(knows_all);
        whole.or_else(|| self.taxonomies.iter().rev().max_by_key(|taxonomy| knows_cost(taxonomy)))
    }
}
