//! Rows that stand one or two columns too far left because a converter lost empty cells.

use super::{
    amount::{Amount, read_amount},
    context::Context,
    layout, moved_indicator,
};
use crate::{
    form::{
        edition::{Lines, Table},
        located::LocatedRow,
    },
    grid::Value,
    model::field_path::{Column, FieldPath},
};

impl Context<'_, '_> {
    /// The row as it should stand, where it shows that its cells were moved; that is told.
    pub(super) fn mended(
        &mut self,
        table: &Table,
        row: &LocatedRow,
        path: FieldPath,
    ) -> Option<LocatedRow> {
        if row.from_right {
            self.report_shift(row, path, 1, true);
            return None;
        }
        let (mended, by) = mend(self, table, row)?;
        self.report_shift(row, path, by, false);
        Some(mended)
    }

    fn report_shift(&mut self, row: &LocatedRow, path: FieldPath, by: usize, right: bool) {
        let cell = row.before.or_else(|| row.slots.iter().flatten().next().copied());
        let Some(index) = cell else { return };
        let quoted = self.quoted(index);
        let (columns, side) = match (by, right) {
            (1, false) => ("one column", "left"),
            (1, true) => ("one column", "right"),
            _ => ("two columns", "left"),
        };
        let (zh, back) = if right { ("右", "左") } else { ("左", "右") };
        let count = if by == 1 { "一" } else { "两" };
        let message = message!(
            "the row of {quoted} stands {columns} too far {side}; read as if moved back",
            "{quoted} 所在行整体{zh}移了{count}列，已按{back}移{count}列读取"
        );
        let at = self.at(index);
        self.diagnostics.push(layout::SHIFTED_ROW.at(path, message).in_cell(at));
    }

    pub(super) fn set_before_aside(&mut self, row: &LocatedRow) {
        for index in row.before.into_iter().chain(row.between) {
            let quoted = self.quoted(index);
            let message = message!(
                "{quoted} stands left of the table; not kept",
                "{quoted} 在表格左侧，未能归入，未保留"
            );
            self.set_aside(&layout::UNPLACED, index, message);
        }
    }
}

/// The row with its cells moved right, where it shows that some before them are lost, and by how many columns.
fn mend(of: &Context<'_, '_>, table: &Table, row: &LocatedRow) -> Option<(LocatedRow, usize)> {
    let last = row.slots.len().checked_sub(1)?;
    if row.slots[last].is_some() {
        return None;
    }
    match table.lines {
        Lines::Indicators => moved_indicator::mend(of, table, row),
        Lines::Tasks(_) => mend_task(of, table, row),
    }
}

/// Moves every cell from `from` on one column to the right; the cell before the first column becomes the first.
pub(super) fn moved(row: &LocatedRow, from: usize) -> (LocatedRow, usize) {
    let mut slots = row.slots.clone();
    slots.insert(from, if from == 0 { row.before } else { None });
    slots.pop();
    let (before, between) = if from == 0 { (row.between, None) } else { (row.before, row.between) };
    (LocatedRow { slots, before, between, ..row.clone() }, 1)
}

/// Moves every cell two columns to the right, where two stand left of the first column or the last two are empty.
pub(super) fn moved_twice(row: &LocatedRow) -> (LocatedRow, usize) {
    let mut slots = row.slots.clone();
    let left = match row.between {
        Some(between) => [row.before, Some(between)],
        None => [None, row.before],
    };
    slots.splice(0..0, left);
    slots.truncate(row.slots.len());
    (LocatedRow { slots, before: None, between: None, ..row.clone() }, 2)
}

/// A task whose amount stands one column left of its own: `名称∣内容∣9,725,000.00∣目标∣∅`.
fn mend_task(of: &Context<'_, '_>, table: &Table, row: &LocatedRow) -> Option<(LocatedRow, usize)> {
    row.before?;
    let funding = table.columns.iter().position(|column| column.column == Column::Funding)?;
    let is_amount = |slot: Option<usize>| {
        slot.and_then(|at| row.slots[at]).is_some_and(|index| match of.value(index) {
            Value::Number(_) => true,
            Value::Text(text) => matches!(read_amount(text.trim()), Amount::Known { .. }),
            _ => false,
        })
    };
    let splits = table.position(Column::FiscalAppropriation).is_some();
    let own = !splits && is_amount(Some(funding));
    if own {
        return None;
    }
    if is_amount(funding.checked_sub(1)) {
        return Some(moved(row, 0));
    }
    is_amount(funding.checked_sub(2)).then(|| moved_twice(row))
}
