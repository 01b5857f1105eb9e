//! Rows that stand one or two columns too far left because a converter lost empty cells.

use super::{
    amount::{Amount, read_amount},
    context::Context,
    layout,
};
use crate::{
    form::{
        edition::{Lines, Table},
        located::LocatedRow,
    },
    grid::Value,
    model::{
        field_path::{Column, FieldPath},
        target,
    },
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
        Lines::Indicators => mend_indicator(of, table, row),
        Lines::Tasks(_) => mend_task(of, table, row),
    }
}

/// Moves every cell from `from` on one column to the right; the cell before the first column becomes the first.
fn moved(row: &LocatedRow, from: usize) -> (LocatedRow, usize) {
    let mut slots = row.slots.clone();
    slots.insert(from, if from == 0 { row.before } else { None });
    slots.pop();
    let (before, between) = if from == 0 { (row.between, None) } else { (row.before, row.between) };
    (LocatedRow { slots, before, between, ..row.clone() }, 1)
}

/// Moves every cell two columns to the right, where two stand left of the first column or the last two are empty.
fn moved_twice(row: &LocatedRow) -> (LocatedRow, usize) {
    let mut slots = row.slots.clone();
    let left = match row.between {
        Some(between) => [row.before, Some(between)],
        None => [None, row.before],
    };
    slots.splice(0..0, left);
    slots.truncate(row.slots.len());
    (LocatedRow { slots, before: None, between: None, ..row.clone() }, 2)
}

fn mend_indicator(
    of: &Context<'_, '_>,
    table: &Table,
    row: &LocatedRow,
) -> Option<(LocatedRow, usize)> {
    let text = |slot: usize| row.slots.get(slot).copied().flatten().map(|index| of.plain(index));
    // A level's name left of the first column: `服务对象满意度指标∣∅∣群众满意度∣≥90%∣≥90%∣∅`.
    if row.before.is_some_and(|index| of.edition.is_level_name(&of.plain(index))) {
        // A target where a name should stand is two columns from its own.
        let last_two = row.slots.iter().rev().take(2).all(Option::is_none);
        let named = text(0).is_some_and(|text| !of.edition.is_level_name(&text));
        let twice = last_two && named && text(1).is_some_and(|text| is_measured(of, &text));
        return Some(if twice { moved_twice(row) } else { moved(row, 0) });
    }
    // A last column that may well be blank, the unit's, shows nothing.
    if row.before.is_some() || table.position(Column::TargetSign).is_some() {
        return None;
    }
    let two = table.position(Column::PeriodTarget).is_some();
    // Where the form has one target, it stands in the name's place, and nothing behind it.
    let filled =
        if two { text(3).is_some() } else { text(2).is_some_and(|text| is_plain_target(&text)) };
    let (level1, level2, level3) = (text(0), text(1), text(2));
    // A name that ends in 指标 is a level of some edition, if not of this one.
    let second_is_level = level2
        .as_deref()
        .is_some_and(|name| of.edition.is_level_name(name) || name.ends_with("指标"));
    match (&level1, &level2) {
        // `成本指标∣预算执行率（%）∣≥90%∣≥90%∣∅`
        (Some(first), Some(_)) if !second_is_level && filled => {
            if of.edition.first_level(first).is_some() {
                let looks = level3.as_deref().is_some_and(|text| is_measured(of, text));
                return looks.then(|| moved(row, 1));
            }
            // Both targets stand where a name and the first of them should: measured, or in the same words.
            let looks = level3.as_deref().is_some_and(|text| is_measured(of, text))
                || (two && level3 == text(3));
            (looks && of.edition.is_level_name(first)).then(|| moved(row, 0))
        }
        // `∅∣群众满意度∣≥90%∣≥90%∣∅`: no level's name, but a measured target where the name should stand.
        // Merged cells can't be lost: where a merge reaches into the row, it stands as it was drawn.
        (None, Some(_)) if !second_is_level && filled && !of.sheet.grid.continues_into(row.row) => {
            let looks = level3.as_deref().is_some_and(|text| is_measured(of, text));
            looks.then(|| moved(row, 1))
        }
        // `社会效益指标∣∅∣∅∣∅∣∅`, a second level of the printed taxonomy where a first one stands.
        (Some(level), None) if level3.is_none() && row.slots.iter().flatten().count() == 1 => {
            let second = of.edition.first_level_of(level).is_some();
            (second && of.edition.first_level(level).is_none()).then(|| moved(row, 0))
        }
        _ => None,
    }
}

/// Whether a text is a target and nothing but one: it begins with its number or a sign.
fn is_plain_target(text: &str) -> bool {
    let begins = |c: char| c.is_ascii_digit() || "≥≤><=＞＜＝≧≦".contains(c);
    text.starts_with(begins)
        || ["大于", "小于", "不低于", "不少于", "不超过", "不高于"]
            .iter()
            .any(|word| text.starts_with(word))
}

fn is_measured(of: &Context<'_, '_>, text: &str) -> bool {
    let context = target::Context { year: of.year, level3: "", unit: None };
    target::read(text, context).is_some_and(|target| target.reading != target::Reading::Qualitative)
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
