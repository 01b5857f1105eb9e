//! Whether a form begins again below a title, or the title is only printed again with the page.

use super::{
    edition::{Edition, Role},
    segment::Start,
    sheet::Sheet,
};
use crate::model::field_path::Field;

/// Whether a cell's words have a role in one of the editions.
pub(super) fn means(
    sheet: &Sheet<'_>,
    editions: &[&Edition],
    index: usize,
    wanted: fn(&Role) -> bool,
) -> bool {
    sheet.label(index).is_some_and(|label| {
        editions.iter().flat_map(|edition| edition.roles(&label.key)).any(wanted)
    })
}

/// Whether a role is a column's of a table.
pub(super) fn of_column(role: &Role) -> bool {
    matches!(role, Role::Column(..))
}

/// Whether a role is the budget's, in which 预算金额 and 财政拨款 stand as well.
pub(super) fn of_budget(role: &Role) -> bool {
    matches!(role, Role::AmountHead | Role::Field(_))
}

/// Whether a row names columns of a table.
pub(super) fn heads_a_table(
    sheet: &Sheet<'_>,
    editions: &[&Edition],
    row: u32,
    cols: (u32, u32),
) -> bool {
    let heads = |index: &usize| {
        (cols.0..=cols.1).contains(&sheet.cell(*index).at.col)
            && means(sheet, editions, *index, of_column)
            && !means(sheet, editions, *index, of_budget)
    };
    sheet.grid.indices(row, row).filter(heads).nth(1).is_some()
}

/// Whether the fields above a title stand under it as well: a heading printed on every page repeats the department
/// only, not its staff or its budget.
pub(super) fn begins_again(
    sheet: &Sheet<'_>,
    editions: &[&Edition],
    from: u32,
    title: u32,
    to: u32,
    cols: (u32, u32),
) -> bool {
    let own = |role: &Role| match role {
        Role::Field(
            field @ (Field::FundedHeadcount | Field::SubordinateUnits | Field::Budget(_)),
        ) => Some(*field),
        _ => None,
    };
    let (mut above, mut under) = (Vec::new(), Vec::new());
    for index in sheet.grid.indices(from, to.saturating_sub(1)) {
        let cell = sheet.cell(index);
        if !(cols.0..=cols.1).contains(&cell.at.col) {
            continue;
        }
        let Some(label) = sheet.label(index) else { continue };
        let side = if cell.at.row < title { &mut above } else { &mut under };
        side.extend(editions.iter().flat_map(|edition| edition.roles(&label.key)).filter_map(own));
    }
    above.iter().filter(|field| under.contains(field)).count() > 1
}

/// Whether a title only repeats the one before at the head of a page: the same words, and the same department or none.
pub(super) fn continues(
    sheet: &Sheet<'_>,
    starts: &[Start],
    before: Option<&Start>,
    title: &Start,
    next: u32,
) -> bool {
    let Some(before) = before else { return false };
    let words = |start: &Start| sheet.label(start.cell).map(|label| label.key.clone());
    let marked = sheet.text(title.cell).is_some_and(|text| text.contains('续'));
    if !marked && words(before) != words(title) {
        return false;
    }
    let department = |from: u32, to: u32| {
        let inside = |start: &&Start| !start.title && start.row > from && start.row < to;
        starts.iter().find(inside).map(|start| department_at(sheet, start.cell))
    };
    match (department(before.row, title.row), department(title.row, next)) {
        (Some(first), Some(second)) => first == second && first.is_some(),
        (Some(_), None) => true,
        (None, _) => marked,
    }
}

/// The value beside a label of the department, or behind its colon.
pub(super) fn department_at(sheet: &Sheet<'_>, label: usize) -> Option<String> {
    if let Some((_, value)) = sheet.inline(label)
        && !value.is_empty()
    {
        return Some(value.to_owned());
    }
    let next = sheet.grid.cells().get(label + 1)?;
    if next.at.row != sheet.cell(label).at.row {
        return None;
    }
    super::sheet::text(next).map(|text| text.trim().to_owned())
}
