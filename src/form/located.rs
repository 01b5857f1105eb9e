//! What locating found: which cells of a grid belong to which field, line, label or note. Cells are indices into
//! [`Grid::cells`](crate::grid::Grid::cells).

use super::{
    edition::Lines,
    noted::{Says, Whose},
};
use crate::{
    cell::{CellRange, CellRef},
    model::{field_path::Field, level::Level, money::Unit, totals::Total},
};

/// A form on a grid.
#[derive(Clone, Debug, Default)]
pub struct Located {
    /// The cells of the form, all of them.
    pub area: Option<CellRange>,
    /// The title's cell.
    pub title: Option<usize>,
    /// Fields that stand once.
    pub fields: Vec<LocatedField>,
    /// Totals that the source states.
    pub declared: Vec<LocatedTotal>,
    /// Tables with their lines; a table that a page cut is one.
    pub tables: Vec<LocatedTable>,
    /// Lines around the form.
    pub notes: Vec<Vec<usize>>,
    /// What stands in a cell behind the value of a field and is a note: the cell and the text.
    pub asides: Vec<(usize, String)>,
    /// Cells that hold only the year.
    pub years: Vec<usize>,
    /// The year of a line whose label and number stand in two cells.
    pub parted_year: Option<i32>,
    /// Recognised labels and printed matter.
    pub labels: Vec<usize>,
    /// First cells of heads that stand one column left of their lines.
    pub moved_heads: Vec<usize>,
    /// First cells of rows of fields of which an amount stands beyond its label's half.
    pub moved_rows: Vec<usize>,
    /// Labels known only by their place in a head.
    pub unknown_heads: Vec<usize>,
    /// The level that the label of 本级使用资金 states.
    pub level: Option<Level>,
    /// Whether a 合计 row was seen.
    pub total_rows: bool,
    /// Which blocks of the edition were seen.
    pub blocks: Vec<bool>,
    /// The unit of a line of its own.
    pub unit: Option<Unit>,
    /// Units that stand outside the heads, as they come; one that is printed again stands here once.
    pub unit_lines: Vec<UnitLine>,
    /// Heads that state another unit than the head above them does.
    pub other_units: Vec<usize>,
    /// What notes say of the unit of amounts, each with its first cell.
    pub noted: Vec<(usize, Says)>,
    /// Cells that found no place.
    pub strays: Vec<usize>,
    /// Amounts of which no head says that they are the plan's, or cells beside which another one may be meant.
    pub doubts: Vec<usize>,
    /// Cells beside a label of which another one counts.
    pub passed_over: Vec<usize>,
    /// Second values of a field: the field and the cell.
    pub repeats: Vec<(Field, usize)>,
}

/// A field and the cells of its value.
#[derive(Clone, Debug)]
pub struct LocatedField {
    /// The field.
    pub field: Field,
    /// The label's cell.
    pub label: CellRef,
    /// The value's cells, each with how it joins the one before; none when the value stands in the label's cell.
    pub value: Vec<(usize, Join)>,
    /// Where the value stands in the label's cell: the cell and the value.
    pub inline: Option<(usize, String)>,
    /// The unit that label or head state.
    pub unit: Option<Unit>,
}

/// A unit that stands outside the heads: in the title, on a line of its own or at the right of one.
#[derive(Clone, Copy, Debug)]
pub struct UnitLine {
    /// Its cell.
    pub cell: usize,
    /// The unit.
    pub unit: Unit,
    /// Whether it stands below the amounts, so that it speaks for all of them.
    pub below: bool,
}

/// How a piece of text follows the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Join {
    /// The page broke inside the text.
    Page,
    /// A row of its own.
    Line,
}

/// A total that the source states.
#[derive(Clone, Debug)]
pub struct LocatedTotal {
    /// The total.
    pub total: Total,
    /// Its cell.
    pub cell: usize,
    /// The unit of its head.
    pub unit: Option<Unit>,
}

/// A table and its rows.
#[derive(Clone, Debug)]
pub struct LocatedTable {
    /// The block of the edition.
    pub block: usize,
    /// What its lines are.
    pub lines: Lines,
    /// The unit that each column's head states.
    pub units: Vec<Option<Unit>>,
    /// Units of heads that are printed again, for the rows below: row of the head, column, unit.
    pub restated: Vec<(u32, usize, Unit)>,
    /// Which columns the head shows.
    pub shown: Vec<bool>,
    /// The column of the sheet in which each of them begins.
    pub starts: Vec<Option<u32>>,
    /// Its rows.
    pub rows: Vec<LocatedRow>,
    /// The first head cell.
    pub head: CellRef,
}

impl Located {
    /// The unit that notes state for some amounts, where they agree. What names their block counts before what speaks
    /// of the whole form.
    pub fn noted_unit(&self, of: impl Fn(Whose) -> bool) -> Option<Unit> {
        let units = self.noted_units(of);
        let (first, others) = units.split_first()?;
        others.iter().all(|unit| unit == first).then_some(*first)
    }

    /// Every unit that notes state for some amounts, of those that name them most closely.
    pub fn noted_units(&self, of: impl Fn(Whose) -> bool) -> Vec<Unit> {
        let stated = || {
            let units = self.noted.iter().filter_map(|(_, says)| match says {
                Says::Units(units) => Some(units),
                Says::Unclear | Says::Mentions => None,
            });
            units.flatten().filter(|(whose, _)| of(*whose))
        };
        let closest = stated().map(|(whose, _)| whose.rank()).max();
        stated().filter(|(whose, _)| Some(whose.rank()) == closest).map(|(_, unit)| *unit).collect()
    }
}

impl LocatedTable {
    /// Takes the unit that a head in a row states for a column. A head printed again speaks of the rows below it.
    pub(super) fn state_unit(&mut self, column: usize, stated: Unit, row: u32) {
        match self.units[column] {
            None => self.units[column] = Some(stated),
            Some(_) if self.rows.is_empty() || self.unit_at(column, row) == Some(stated) => {}
            Some(_) => self.restated.push((row, column, stated)),
        }
    }

    /// The unit of a column in a row of the sheet.
    pub fn unit_at(&self, column: usize, row: u32) -> Option<Unit> {
        let above = self.restated.iter().rev();
        let mut above = above.filter(|(head, of, _)| *of == column && *head <= row);
        above.next().map(|(_, _, unit)| *unit).or(self.units[column])
    }
}

/// A row of a table.
#[derive(Clone, Debug)]
pub struct LocatedRow {
    /// The row's number.
    pub row: u32,
    /// The cell in each column of the table.
    pub slots: Vec<Option<usize>>,
    /// The cell of a 计量单位 that the edition does not print.
    pub unit: Option<usize>,
    /// A cell left of the first column that is no label.
    pub before: Option<usize>,
    /// Another one, between that and the first column.
    pub between: Option<usize>,
    /// Whether the row stands one column too far right; its slots are those that it belongs in.
    pub from_right: bool,
    /// Whether a page broke before the row.
    pub after_break: bool,
}
