//! Where forms stand on a sheet: cut at titles, or where there are none at the labels of the department.

use super::{
    again::{begins_again, continues, department_at, heads_a_table},
    edition::{Edition, Role},
    furniture, margin,
    sheet::Sheet,
    staggered::staggered,
};
use crate::{
    cell::CellRef,
    model::{field_path::Field, year},
};

/// The rows and columns of one form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region {
    /// First and last row.
    pub rows: (u32, u32),
    /// First and last column.
    pub cols: (u32, u32),
    /// The last column of the form itself; what stands right of it is no part of it.
    pub edge: u32,
}

impl Region {
    /// Whether a cell lies in the region.
    pub fn contains(&self, at: CellRef) -> bool {
        (self.rows.0..=self.rows.1).contains(&at.row)
            && (self.cols.0..=self.cols.1).contains(&at.col)
    }

    /// Whether a cell can be part of the form.
    pub fn holds(&self, at: CellRef) -> bool {
        self.contains(at) && at.col <= self.edge
    }
}

/// Where a form may begin.
#[derive(Clone, Copy, Debug)]
pub(super) struct Start {
    pub(super) cell: usize,
    pub(super) row: u32,
    pub(super) col: u32,
    pub(super) last_col: u32,
    pub(super) title: bool,
}

/// The regions of a sheet that may hold a form, from top to bottom, then from left to right.
pub fn regions(sheet: &Sheet<'_>, editions: &[&Edition]) -> Vec<Region> {
    let starts = starts(sheet, editions);
    let mut regions = Vec::new();
    for (first, last) in strips(sheet, &starts) {
        let inside: Vec<Start> =
            starts.iter().copied().filter(|start| (first..=last).contains(&start.col)).collect();
        cut(sheet, editions, &inside, (first, last), &mut regions);
    }
    for region in &mut regions {
        margin::leave_out(sheet, editions, &starts, region);
    }
    regions.sort_by_key(|region: &Region| (region.rows.0, region.cols.0));
    regions
}

/// Titles and labels of the department.
fn starts(sheet: &Sheet<'_>, editions: &[&Edition]) -> Vec<Start> {
    let mut starts = Vec::new();
    for (index, cell) in sheet.grid.cells().iter().enumerate() {
        let Some(label) = sheet.label(index) else { continue };
        let title = sheet.is_title(index);
        let is_department = |edition: &&Edition| {
            edition.roles(&label.key).contains(&Role::Field(Field::Department))
        };
        // A title or a department of a merged range that was taken apart stands in each of its cells, be it that a blank
        // column was added between them.
        let again = || {
            index.checked_sub(1).is_some_and(|left| {
                let beside = sheet.cell(left);
                let gap = u32::from(beside.span.start.col == beside.span.end.col);
                beside.at.row == cell.at.row
                    && beside.span.end.col + 1 + gap >= cell.at.col
                    && beside.value == cell.value
            })
        };
        let begins = title
            || editions.iter().any(is_department)
            || inline_department(sheet, index, editions);
        if begins && !again() {
            let (row, col, last_col) = (cell.at.row, cell.at.col, cell.span.end.col);
            starts.push(Start { cell: index, row, col, last_col, title });
        }
    }
    starts
}

fn inline_department(sheet: &Sheet<'_>, index: usize, editions: &[&Edition]) -> bool {
    let Some((label, value)) = sheet.inline(index) else { return false };
    !value.is_empty()
        && sheet.text(index).and_then(super::furniture::unit_line).is_none()
        && editions
            .iter()
            .any(|edition| edition.roles(&label.key).contains(&Role::Field(Field::Department)))
}

/// Strips of columns: forms stand beside each other where two starts of a kind share a row.
fn strips(sheet: &Sheet<'_>, starts: &[Start]) -> Vec<(u32, u32)> {
    let mut cuts: Vec<u32> = staggered(sheet, starts);
    for (at, start) in starts.iter().enumerate() {
        let beside = starts[..at]
            .iter()
            .filter(|other| other.row == start.row && other.title == start.title);
        for other in beside {
            if start.col > other.last_col && start.col - other.col >= 3 {
                // A title may be centred over its form: the label of the department stands further left.
                let left = starts
                    .iter()
                    .filter(|s| !s.title && s.col > other.last_col && s.col < start.col);
                cuts.push(left.map(|s| s.col).min().unwrap_or(start.col));
            }
        }
    }
    // The leftmost start of each form beside another is its first column.
    cuts.sort_unstable();
    cuts.dedup();
    let cuts = merged_cuts(&cuts, starts);
    let mut strips = Vec::new();
    let mut first = 0;
    for cut in cuts {
        strips.push((first, cut - 1));
        first = cut;
    }
    strips.push((first, u32::MAX));
    strips
}

/// Of cuts that lie within one form, its title's and its department's, only the leftmost.
fn merged_cuts(cuts: &[u32], starts: &[Start]) -> Vec<u32> {
    let mut kept: Vec<u32> = Vec::new();
    for cut in cuts {
        let same_form = kept.last().is_some_and(|last| {
            starts.iter().all(|s| s.title || s.col <= *last || s.col >= *cut + 3)
                && *cut - *last < 8
                || *cut - *last < 3
        });
        if !same_form {
            kept.push(*cut);
        }
    }
    kept
}

/// Cuts a strip of columns into regions of rows.
fn cut(
    sheet: &Sheet<'_>,
    editions: &[&Edition],
    starts: &[Start],
    cols: (u32, u32),
    regions: &mut Vec<Region>,
) {
    let rows = sheet.grid.cells().iter().filter(|c| (cols.0..=cols.1).contains(&c.at.col));
    let Some((top, bottom)) = rows.fold(None, |range: Option<(u32, u32)>, cell| {
        let (row, end) = (cell.at.row, cell.span.end.row);
        Some(range.map_or((row, end), |(top, bottom)| (top.min(row), bottom.max(end))))
    }) else {
        return;
    };
    let mut begins: Vec<u32> = Vec::new();
    let titles: Vec<&Start> = starts.iter().filter(|start| start.title).collect();
    if titles.is_empty() {
        let mut last: Option<String> = None;
        for start in starts {
            let value = department_at(sheet, start.cell);
            if last.is_none() || value != last {
                begins.push(above(sheet, editions, start.row, cols));
            }
            last = value;
        }
    } else {
        // The title of the form in hand: a title printed on every page only repeats it.
        let mut begun: Option<&Start> = None;
        for (at, title) in titles.iter().enumerate() {
            let next = titles.get(at + 1).map_or(u32::MAX, |next| next.row);
            let again = begun.is_some_and(|before| {
                begins_again(sheet, editions, before.row, title.row, next, cols)
            });
            if again || !continues(sheet, starts, begun, title, next) {
                // Lines of the approver above a title are its form's, not the one's before.
                begins.push(begun.map_or(title.row, |_| above(sheet, editions, title.row, cols)));
                begun = Some(title);
            }
        }
    }
    if !titles.is_empty() {
        begins.extend(untitled(sheet, editions, starts, cols));
        begins.sort_unstable();
        begins.dedup();
    }
    if begins.is_empty() {
        begins.push(top);
    }
    // What stands above the first title says what that form says too: it is another table.
    let foreign = titles.first().filter(|title| {
        let next = titles.get(1).map_or(u32::MAX, |next| next.row);
        title.row > top && begins_again(sheet, editions, top, title.row, next, cols)
    });
    if let Some(title) = foreign
        && (top..title.row).any(|row| heads_a_table(sheet, editions, row, cols))
    {
        regions.push(Region { rows: (top, title.row - 1), cols, edge: cols.1 });
    }
    for (at, begin) in begins.iter().enumerate() {
        let first = if at == 0 && foreign.is_none() { top } else { *begin };
        let last = begins.get(at + 1).map_or(bottom, |next| next - 1);
        if first <= last {
            regions.push(Region { rows: (first, last), cols, edge: cols.1 });
        }
    }
}

/// Where forms begin that stand below another one without a title of their own: at another department whose staff or
/// budget is stated again.
fn untitled(
    sheet: &Sheet<'_>,
    editions: &[&Edition],
    starts: &[Start],
    cols: (u32, u32),
) -> Vec<u32> {
    let mut begins = Vec::new();
    for (at, start) in starts.iter().enumerate().filter(|(_, start)| !start.title) {
        let before = starts[..at].iter().rev().find(|other| other.row < start.row);
        let Some(before) = before.filter(|before| !before.title) else { continue };
        let (first, second) = (department_at(sheet, before.cell), department_at(sheet, start.cell));
        let next = starts[at + 1..].iter().map(|next| next.row).find(|row| *row > start.row);
        let next = next.unwrap_or(u32::MAX);
        if first.is_some()
            && second.is_some()
            && first != second
            && begins_again(sheet, editions, before.row, start.row, next, cols)
        {
            begins.push(above(sheet, editions, start.row, cols));
        }
    }
    begins
}

/// The first row of a form without a title: lines of the approver, the year or a unit stand above its department.
fn above(sheet: &Sheet<'_>, editions: &[&Edition], row: u32, cols: (u32, u32)) -> u32 {
    let is_approver = |index: usize| {
        let label = sheet.inline(index).map(|(label, _)| label).or_else(|| sheet.label(index));
        let known = |edition: &&Edition, key: &str| {
            edition.roles(key).contains(&Role::Field(Field::Approver))
        };
        label.is_some_and(|label| editions.iter().any(|edition| known(edition, &label.key)))
    };
    let heads = |index: usize| {
        is_approver(index)
            || sheet
                .text(index)
                .is_some_and(|text| furniture::is_furniture(text) || year::alone(text).is_some())
    };
    let mut first = row;
    while let Some((here, start)) = row_above(sheet, first, cols) {
        if here + 3 < first || !heads(start) {
            break;
        }
        first = here;
    }
    first
}

/// The next row above that holds something in these columns, with its first cell.
fn row_above(sheet: &Sheet<'_>, row: u32, cols: (u32, u32)) -> Option<(u32, usize)> {
    let inside = |index: &usize| (cols.0..=cols.1).contains(&sheet.cell(*index).at.col);
    let last = sheet.grid.indices(0, row.checked_sub(1)?).rev().find(inside)?;
    let here = sheet.cell(last).at.row;
    sheet.grid.indices(here, here).find(inside).map(|start| (here, start))
}
