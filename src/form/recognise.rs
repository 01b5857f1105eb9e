//! Which edition a form on a sheet follows: by its labels, its own level, its units and its 合计 rows.

use super::{
    edition::{Edition, Lines},
    locate::locate,
    located::Located,
    segment::Region,
    sheet::Sheet,
};
use crate::model::{
    field_path::{Column, Field, TaskList},
    level::Level,
    money::Unit,
};

/// The best edition for a region, with what it located there.
pub fn recognise<'e>(
    sheet: &Sheet<'_>,
    region: &Region,
    editions: &[&'e Edition],
) -> Option<(&'e Edition, Located)> {
    let mut best: Option<(&'e Edition, Located, i64)> = None;
    for edition in editions {
        let located = locate(sheet, region, edition);
        let (score, whole) = score(sheet, edition, &located);
        if whole {
            return Some((edition, located));
        }
        if best.as_ref().is_none_or(|(_, _, other)| score > *other) {
            best = Some((edition, located, score));
        }
    }
    best.map(|(edition, located, _)| (edition, located))
}

/// How well an edition explains what stands there, and whether it explains all of it.
fn score(sheet: &Sheet<'_>, edition: &Edition, located: &Located) -> (i64, bool) {
    let missing = located
        .blocks
        .iter()
        .zip(&edition.blocks)
        .filter(|(seen, spec)| !**seen && !spec.optional)
        .count();
    let strays = located.strays.len()
        + located.unknown_heads.len()
        + located.repeats.len()
        + located.doubts.len();
    let against = contradictions(sheet, edition, located);
    let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX / 1000);
    let found = count(located.labels.len()) * 10;
    let score = found - count(missing) * 100 - count(strays) * 20 - count(against) * 50;
    (score, missing == 0 && strays == 0 && against == 0)
}

fn contradictions(sheet: &Sheet<'_>, edition: &Edition, located: &Located) -> usize {
    let spec = &edition.recognise;
    let mut against = 0;
    if let Some(level) = level(sheet, located) {
        against += usize::from(!spec.levels.is_empty() && !spec.levels.contains(&level));
    }
    if let Some(unit) = task_unit(located) {
        against += usize::from(!spec.task_units.is_empty() && !spec.task_units.contains(&unit));
    }
    if let Some(total_rows) = spec.total_rows {
        against +=
            usize::from(total_rows != located.total_rows && (located.total_rows || total_rows));
    }
    let named = located.fields.iter().filter(|field| {
        field.field == Field::Budget(crate::model::field_path::BudgetField::OwnLevel)
    });
    against += named
        .filter(|_| {
            located.level.is_none() && !spec.levels.is_empty() && level(sheet, located).is_none()
        })
        .count();
    against + usize::from(has_unknown_first_level(sheet, edition, located))
}

/// The level that label, approver or title show.
pub fn level(sheet: &Sheet<'_>, located: &Located) -> Option<Level> {
    let approver = || {
        let field = located.fields.iter().find(|field| field.field == Field::Approver)?;
        let text = match (&field.inline, field.value.first()) {
            (Some((_, text)), _) => text.as_str(),
            (None, Some((index, _))) => sheet.text(*index)?,
            (None, None) => return None,
        };
        Level::of_approver(text)
    };
    let title = || Level::of_title(sheet.text(located.title?)?);
    located.level.or_else(approver).or_else(title)
}

fn task_unit(located: &Located) -> Option<Unit> {
    let tasks = located.tables.iter().filter(|table| table.lines != Lines::Indicators);
    let mut units =
        tasks.filter(|table| table.lines == Lines::Tasks(TaskList::Key)).chain(&located.tables);
    let head = units.find_map(|table| table.units.iter().flatten().next().copied());
    head.or(located.unit).or_else(|| located.noted_unit(|whose| whose.tasks(TaskList::Key)))
}

/// Whether a first level stands there that no printed taxonomy of the edition knows, such as 成本指标 among three.
fn has_unknown_first_level(sheet: &Sheet<'_>, edition: &Edition, located: &Located) -> bool {
    let tables = located.tables.iter().filter(|table| table.lines == Lines::Indicators);
    let rows = tables.flat_map(|table| {
        let spec = edition.columns(table.block).unwrap_or_default();
        let place = |wanted| spec.iter().position(|spec| spec.column == wanted);
        let places = (place(Column::Level1), place(Column::Level2));
        table.rows.iter().map(move |row| (row, places))
    });
    rows.into_iter().any(|(row, (level1, level2))| {
        let text = |place: Option<usize>| sheet.text(row.slots.get(place?).copied().flatten()?);
        let (level1, level2) = (text(level1), text(level2));
        // A row moved to the left shows a second level in the first column; a last column left empty tells it.
        let moved = row.slots.last().is_some_and(Option::is_none);
        let unknown = |name: &str| edition.first_level(name).is_none();
        level1.is_some_and(|name| {
            unknown(name)
                && !(moved
                    && level2.is_none_or(|level2| !edition.is_level_name(level2))
                    && edition.is_level_name(name))
        })
    })
}
