//! Columns of which a head shows several, for other years or of other amounts: the plan's is taken.

use super::{
    amounts::{self, Says},
    edition::{Lines, Role},
    head::Matched,
    named::Named,
};
use crate::model::{field_path::Column, year};

/// Gives a column of amounts the head that says most plainly that it is the plan's, where several could be meant. Heads
/// that are of another year, or lose against that one, come back.
pub(super) fn choose_amounts(
    named: &Named<'_, '_>,
    matched: &mut Matched<'_>,
    others: &mut Vec<usize>,
    plan: Option<i32>,
) -> Vec<usize> {
    if !matches!(matched.table.lines, Lines::Tasks(_)) {
        return Vec::new();
    }
    let sheet = named.sheet;
    let printed =
        |index: usize, column: usize| named.is(index, Role::Column(matched.block, column));
    let what = |index: usize, column: usize| {
        let text = sheet.text(index).unwrap_or_default();
        amounts::says(text, printed(index, column), plan)
    };
    let amounts: Vec<usize> = (0..matched.table.columns.len())
        .filter(|at| matched.table.columns[*at].column.is_amount())
        .filter(|at| matched.table.columns[*at].under.is_none())
        .collect();
    let [column] = amounts.as_slice() else { return Vec::new() };
    let taken = matched.columns.iter().position(|(_, of)| of == column);
    let known = taken.map(|at| matched.columns[at].0);
    // What stands left of all heads names the block.
    let first = matched.columns.iter().map(|(index, _)| *index).min();
    let rivals = others.iter().filter(|index| first.is_some_and(|first| first < **index));
    let rivals = rivals.filter(|index| {
        let says = what(**index, *column);
        says != Says::Nothing || year::in_name(sheet.text(**index).unwrap_or_default()).is_some()
    });
    let mut all: Vec<usize> = known.into_iter().chain(rivals.copied()).collect();
    all.sort_unstable();
    let ranked: Vec<(usize, Says)> =
        all.iter().map(|index| (*index, what(*index, *column))).collect();
    let chosen = amounts::fittest(ranked.iter().copied());
    let doubts: Vec<usize> = match (chosen, known) {
        (Some(_), _) => Vec::new(),
        (None, Some(known)) if ranked.len() == 1 && ranked[0].1 == Says::Another => vec![known],
        (None, _) => ranked.iter().skip(1).map(|(index, _)| *index).collect(),
    };
    matched.doubts.extend(doubts);
    if let Some(chosen) = chosen.filter(|chosen| Some(*chosen) != known) {
        matched.columns.retain(|(_, of)| of != column);
        matched.columns.push((chosen, *column));
        matched.columns.sort_by_key(|(_, column)| *column);
        if !printed(chosen, *column) {
            matched.unknown.push(chosen);
        }
    }
    let read = matched.columns.iter().find(|(_, of)| of == column).map(|(index, _)| *index);
    let lost: Vec<usize> = all.into_iter().filter(|index| Some(*index) != read).collect();
    let returned = if read.is_some() || lost.len() > 1 { lost } else { Vec::new() };
    others.retain(|index| !returned.contains(index) && Some(*index) != read);
    returned
}

/// Of heads of targets for several years takes the plan's: 2024年度指标值, 2025年度指标值.
pub(super) fn choose_targets(
    named: &Named<'_, '_>,
    matched: &mut Matched<'_>,
    others: &mut Vec<usize>,
    plan: Option<i32>,
) {
    let annual = matched.table.position(Column::AnnualTarget);
    let Some(annual) = annual.filter(|at| matched.columns.iter().all(|(_, of)| of != at)) else {
        return;
    };
    let is_plan = |index: &usize| {
        named.sheet.text(*index).is_some_and(|text| {
            (text.contains("指标") || text.contains("目标"))
                && year::in_name(text).is_some_and(|stated| Some(stated) == plan)
        })
    };
    let mut planned = others.iter().copied().filter(is_plan);
    if let (Some(only), None) = (planned.next(), planned.next()) {
        matched.columns.push((only, annual));
        matched.columns.sort_by_key(|(_, column)| *column);
        others.retain(|index| *index != only);
    }
}
