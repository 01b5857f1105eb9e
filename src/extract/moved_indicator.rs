//! Rows of indicators that stand one column too far left: beside columns of another use, with their targets in any order,
//! with the sign in a column of its own.

use super::{
    context::Context,
    layout,
    shift::{moved, moved_twice},
};
use crate::{
    form::{
        edition::Table,
        located::{LocatedRow, LocatedTable},
    },
    model::{
        field_path::{Column, FieldPath},
        target,
    },
};

impl Context<'_, '_> {
    /// The row of an indicator as it should stand, where it shows that its cells were moved; that is told.
    pub(super) fn mended_indicator(
        &mut self,
        spec: &Table,
        table: &LocatedTable,
        row: &LocatedRow,
    ) -> Option<LocatedRow> {
        let order = order_on_sheet(table);
        let Some(order) = order.filter(|_| !row.from_right) else {
            return self.mended(spec, row, FieldPath::Indicators);
        };
        let ordered = LocatedRow {
            slots: order.iter().map(|column| row.slots[*column]).collect(),
            ..row.clone()
        };
        let mended = self
            .mended(spec, &ordered, FieldPath::Indicators)
            .or_else(|| self.mended_beside(spec, table, (&ordered, order[order.len() - 1])))?;
        let mut slots = vec![None; order.len()];
        for (column, cell) in order.iter().zip(&mended.slots) {
            slots[*column] = *cell;
        }
        Some(LocatedRow { slots, ..mended })
    }

    /// The row moved back where what stands in its last column is of the column beside the form, whose own cell is blank:
    /// `时效指标∣处理时间∣≤3天∣≤3天∣10∣∅` in front of 权重.
    fn mended_beside(
        &mut self,
        spec: &Table,
        table: &LocatedTable,
        (row, last_column): (&LocatedRow, usize),
    ) -> Option<LocatedRow> {
        let last = row.slots.len().checked_sub(1)?;
        let pushed = row.slots[last]?;
        let is_foreign = |index: usize| {
            let text = self.plain(index);
            let figure = text.starts_with(|c: char| c.is_ascii_digit())
                && text.chars().all(|c| c.is_ascii_digit() || ".%％分".contains(c));
            figure || !is_measured(self, &text)
        };
        let any_right = |row: u32, col: u32| {
            self.sheet.grid.indices(row, row).any(|index| self.at(index).col > col)
        };
        let headed = any_right(table.head.row, table.starts[last_column]?);
        if !headed || any_right(row.row, self.at(pushed).col) || !is_foreign(pushed) {
            return None;
        }
        let mut open = row.clone();
        open.slots[last] = None;
        let mended = self.mended(spec, &open, FieldPath::Indicators)?;
        let quoted = self.quoted(pushed);
        let message =
            message!("{quoted} belongs to no field; not kept", "{quoted} 未能归入任何栏目，未保留");
        self.set_aside(&layout::UNPLACED, pushed, message);
        Some(mended)
    }
}

/// The columns of a table as they stand on the sheet; none where one is not shown or the levels don't come first.
fn order_on_sheet(table: &LocatedTable) -> Option<Vec<usize>> {
    let starts = table.starts.iter().copied().collect::<Option<Vec<u32>>>()?;
    let mut order: Vec<usize> = (0..starts.len()).collect();
    order.sort_by_key(|column| starts[*column]);
    order.iter().take(3).enumerate().all(|(at, column)| at == *column).then_some(order)
}

/// A row whose sign has a column of its own: a sign stands where the name belongs, `质量指标∣∅∣合格率∣=∣100∣%∣∅`, or none in
/// its column but words, with a second level where a first one stands.
fn mend_split(
    of: &Context<'_, '_>,
    table: &Table,
    row: &LocatedRow,
    sign: usize,
) -> Option<(LocatedRow, usize)> {
    let text = |slot: usize| row.slots.get(slot).copied().flatten().map(|index| of.plain(index));
    let name = table.position(Column::Level3)?;
    let level2 = text(name.checked_sub(1)?)?;
    if of.edition.is_level_name(&level2) || target::is_nil(&level2) {
        return None;
    }
    let is_sign = |text: &String| !target::is_nil(text) && target::columns::is_sign(text);
    let no_sign = text(sign).is_none_or(|text| !is_sign(&text));
    let signed = text(name).is_some_and(|text| is_sign(&text) || text == "不适用");
    let first_is_second = text(0).is_some_and(|level| {
        of.edition.first_level_of(&level).is_some() && of.edition.first_level(&level).is_none()
    });
    let unsigned = text(name).is_none() && text(sign).is_some() && first_is_second;
    (no_sign && (signed || unsigned)).then(|| moved(row, 0))
}

/// The row of an indicator with its cells moved right, where it shows that some before them are lost.
pub(super) fn mend(
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
    if row.before.is_some() {
        return None;
    }
    if let Some(sign) = table.position(Column::TargetSign) {
        return mend_split(of, table, row, sign);
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
