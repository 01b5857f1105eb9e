//! Units told where they contradict each other: lines such as 单位：万元 heads or other lines (V114), heads of one block
//! each other (V115).

use super::{context::Context, value};
use crate::{
    cell::CellRef,
    form::{
        edition::Lines,
        located::{Located, UnitLine},
    },
    model::{
        field_path::{Field, FieldPath},
        money::Unit,
    },
};

/// An amount or a column of amounts, with the unit that was taken for it.
struct Amounts {
    row: u32,
    unit: Unit,
}

impl Context<'_, '_> {
    /// Reports lines that state another unit than the amounts have of which they speak.
    pub(super) fn unit_lines(&mut self, located: &Located) {
        let amounts = amounts(located);
        let (below, above): (Vec<UnitLine>, Vec<UnitLine>) =
            located.unit_lines.iter().partition(|line| line.below);
        for (at, line) in above.iter().enumerate() {
            let (start, next) = (self.at(line.cell).row, above.get(at + 1));
            let end = next.map_or(u32::MAX, |next| self.at(next.cell).row);
            let mut spoken = amounts.iter().filter(|of| (start..end).contains(&of.row));
            match (spoken.next(), next) {
                // It speaks for what stands next to it; what follows may have a unit of its own.
                (Some(first), _) if first.unit != line.unit => self.against_head(line, first.unit),
                (None, Some(next)) if next.unit != line.unit => {
                    let row = self.at(next.cell).row;
                    let decided = amounts.iter().find(|of| of.row >= row);
                    self.against_line(line, next, decided.is_some_and(|of| of.unit != next.unit));
                }
                _ => {}
            }
        }
        for line in &below {
            let other = above.iter().find(|other| other.unit != line.unit);
            match (other, amounts.first()) {
                (Some(other), Some(first)) if first.unit == other.unit => {
                    self.against_line(line, other, false);
                }
                (_, Some(first)) if first.unit != line.unit => self.against_head(line, first.unit),
                _ => {}
            }
        }
    }

    fn against_head(&mut self, line: &UnitLine, head: Unit) {
        let (quoted, unit, head) = (self.quoted(line.cell), line.unit.name(), head.name());
        let message = message!(
            "{quoted} states {unit} but the head of the amounts says {head}, which counts",
            "{quoted} 所述单位为{unit}，与金额栏名的{head}不符，按后者计"
        );
        self.tell(line.cell, message, false);
    }

    fn against_line(&mut self, line: &UnitLine, other: &UnitLine, decided: bool) {
        let (quoted, beside) = (self.quoted(line.cell), self.quoted(other.cell));
        let message = message!(
            "{quoted} and {beside} state two units for the same amounts",
            "{quoted} 与 {beside} 所述的金额单位不一致"
        );
        self.tell(line.cell, message, !decided);
    }
}

impl Context<'_, '_> {
    /// Reports a block whose heads state different units.
    pub(super) fn differing_units(&mut self, located: &Located) {
        let fields = located.fields.iter().filter(|field| !field.value.is_empty());
        let fields = fields.filter(|field| matches!(field.field, Field::Budget(_)));
        let budget: Vec<(FieldPath, CellRef, Unit)> = fields
            .filter_map(|field| {
                let at = self.at(field.value.first()?.0);
                Some((FieldPath::Field(field.field), at, field.unit?))
            })
            .collect();
        self.first_that_differs(&budget);
        if let Some(index) = located.other_units.first() {
            let (quoted, cell) = (self.quoted(*index), self.at(*index));
            let message = message!(
                "{quoted} states another unit than the head above it; the amounts below were read in the nearer one's",
                "{quoted} 所写单位与其上方的栏名不同，其下金额已按较近一行的单位读取"
            );
            self.diagnostics.push(value::UNITS_DIFFER.on(cell, message));
        }
        for table in &located.tables {
            let Lines::Tasks(list) = table.lines else { continue };
            let units = table.units.iter().flatten();
            let units = units.map(|unit| (FieldPath::Tasks(list), table.head, *unit));
            self.first_that_differs(&units.collect::<Vec<_>>());
        }
    }

    fn first_that_differs(&mut self, amounts: &[(FieldPath, CellRef, Unit)]) {
        let Some((_, _, first)) = amounts.first() else { return };
        let Some((path, at, unit)) = amounts.iter().find(|(_, _, unit)| unit != first) else {
            return;
        };
        let (first, unit) = (first.name(), unit.name());
        let message = message!(
            "a head says {unit} but another one of this block {first}; each amount was read in its own head's unit",
            "同一部分的金额栏名有的为{unit}，有的为{first}，已各按其栏名的单位读取"
        );
        self.diagnostics.push(value::UNITS_DIFFER.at(*path, message).in_cell(*at));
    }
}

/// The amounts of the budget and of the lists of tasks that have a unit of their own, from the top.
fn amounts(located: &Located) -> Vec<Amounts> {
    let fields = located.fields.iter().filter(|field| matches!(field.field, Field::Budget(_)));
    let fields =
        fields.filter_map(|field| Some(Amounts { row: field.label.row, unit: field.unit? }));
    let tables = located.tables.iter().filter(|table| table.lines != Lines::Indicators);
    let tables = tables.flat_map(|table| {
        table.units.iter().flatten().map(|unit| Amounts { row: table.head.row, unit: *unit })
    });
    let mut found: Vec<Amounts> = fields.chain(tables).collect();
    found.sort_by_key(|of| of.row);
    found
}
