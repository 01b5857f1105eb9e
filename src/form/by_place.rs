//! Heads of tables whose words are unknown, by their place in the row.

use super::{
    added,
    edition::{Lines, Table},
    head::Matched,
    sheet::Sheet,
};

/// The heads of the upper row, from left to right, each with its columns: one, or those of a group.
pub(super) fn slots(table: &Table) -> Vec<Vec<usize>> {
    let mut slots: Vec<Vec<usize>> = Vec::new();
    for (at, column) in table.columns.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|before| table.columns[before].under.as_ref());
        match slots.last_mut() {
            Some(slot) if column.under.is_some() && before == column.under.as_ref() => {
                slot.push(at);
            }
            _ => slots.push(vec![at]),
        }
    }
    slots
}

/// Gives unknown heads the columns left over when their places fit: one cell for each head.
pub(super) fn by_place(
    sheet: &Sheet<'_>,
    matched: &mut Matched<'_>,
    others: &[usize],
) -> Vec<usize> {
    // 权重 beside the indicators takes no place.
    let is_added = |index: &usize| {
        matched.table.lines == Lines::Indicators
            && sheet.label(*index).is_some_and(|label| added::is_added_head(&label.key))
    };
    let others: Vec<usize> = others.iter().copied().filter(|index| !is_added(index)).collect();
    let slots = slots(matched.table);
    let slot_of = |column: usize| slots.iter().position(|slot| slot.contains(&column));
    let mut known: Vec<(usize, Option<usize>)> = Vec::new();
    known.extend(matched.columns.iter().map(|(index, column)| (*index, slot_of(*column))));
    let of_group = |columns: &Vec<usize>| columns.first().and_then(|column| slot_of(*column));
    known.extend(matched.groups.iter().map(|(index, columns)| (*index, of_group(columns))));
    let first = known.iter().map(|(index, _)| sheet.cell(*index).at.col).min().unwrap_or(0);
    let mut right: Vec<usize> =
        others.iter().copied().filter(|index| sheet.cell(*index).at.col > first).collect();
    if known.iter().all(|(_, slot)| *slot != Some(0)) && right.len() + known.len() < slots.len() {
        // The very first head may be the unknown one.
        right.clone_from(&others);
    }
    let mut all: Vec<usize> =
        known.iter().map(|(index, _)| *index).chain(right.iter().copied()).collect();
    if right.is_empty() || all.len() != slots.len() {
        return Vec::new();
    }
    all.sort_by_key(|index| sheet.cell(*index).at.col);
    let fits = known.iter().all(|(index, slot)| slot.is_some_and(|slot| all[slot] == *index));
    if !fits {
        return Vec::new();
    }
    for (slot, index) in slots.into_iter().zip(&all).filter(|(_, index)| right.contains(index)) {
        match slot.as_slice() {
            [column] if matched.table.columns[*column].under.is_none() => {
                matched.columns.push((*index, *column));
            }
            _ => matched.groups.push((*index, slot)),
        }
    }
    matched.columns.sort_by_key(|(_, column)| *column);
    right
}

/// The cells of a second row of heads: those whose words name a column, those whose place does, and those of no column.
#[derive(Default)]
pub(super) struct Lower {
    pub(super) columns: Vec<(usize, usize)>,
    pub(super) unknown: Vec<usize>,
    pub(super) foreign: Vec<usize>,
}

/// Gives the unknown words of a second row of heads their columns by place, where there is one cell for each column of
/// the group above them. Where there is not, what stands under them is of no column if another head is known.
pub(super) fn lower_by_place(
    sheet: &Sheet<'_>,
    table: &Table,
    start: Option<u32>,
    lower: &mut Lower,
    unknown: Vec<usize>,
) -> bool {
    if unknown.is_empty() {
        return true;
    }
    let (Some(start), Some(slot)) = (start, slots(table).into_iter().find(|slot| slot.len() > 1))
    else {
        return false;
    };
    let words = |index: &usize| sheet.label(*index).map(|label| label.key.as_str());
    let is_head = |index: &usize| {
        let few = |key: &str| (2..=16).contains(&key.chars().count());
        sheet.cell(*index).at.col >= start
            && words(index).is_some_and(|key| few(key) && !key.contains(char::is_numeric))
    };
    let mut all: Vec<usize> = lower.columns.iter().map(|(index, _)| *index).collect();
    all.extend(unknown.iter().chain(&lower.foreign));
    let distinct = all.iter().enumerate().all(|(at, index)| {
        words(index).is_some() && all[..at].iter().all(|other| words(other) != words(index))
    });
    if !unknown.iter().all(is_head) || !distinct {
        return false;
    }
    all.retain(|index| sheet.cell(*index).at.col >= start);
    all.sort_by_key(|index| sheet.cell(*index).at.col);
    let fits = |(index, column): &(usize, usize)| {
        slot.iter().position(|of| of == column).is_none_or(|at| all.get(at) == Some(index))
    };
    if all.len() == slot.len() && lower.foreign.is_empty() && lower.columns.iter().all(fits) {
        let places = all.iter().zip(slot).filter(|(index, _)| unknown.contains(index));
        lower.columns.extend(places.map(|(index, column)| (*index, column)));
        lower.unknown = unknown;
        return true;
    }
    let known = lower.columns.iter().any(|(_, column)| slot.contains(column));
    lower.foreign.extend(unknown);
    known
}
