//! Forms beside each other whose titles stand on different rows.

use super::{segment::Start, sheet::Sheet};

/// Cuts between titles on different rows: where the right one begins, by its department; else where a column between them
/// is blank all over the sheet.
pub(super) fn staggered(sheet: &Sheet<'_>, starts: &[Start]) -> Vec<u32> {
    let titles: Vec<&Start> = starts.iter().filter(|start| start.title).collect();
    let apart = |left: &&Start, right: &&Start| {
        right.col > left.last_col && right.col > left.col + 2 && right.row != left.row
    };
    if !titles.iter().any(|left| titles.iter().any(|right| apart(left, right))) {
        return Vec::new();
    }
    let spans = || sheet.grid.cells().iter().map(|cell| (cell.span.start.col, cell.span.end.col));
    let mut cuts = Vec::new();
    for right in &titles {
        let left = titles.iter().filter(|left| apart(left, right)).max_by_key(|left| left.last_col);
        let Some(left) = left else { continue };
        let blank = (left.last_col + 1..right.col)
            .rev()
            .find(|col| spans().all(|(first, last)| *col < first || *col > last));
        let behind = blank
            .and_then(|blank| spans().map(|(first, _)| first).filter(|first| *first > blank).min());
        cuts.extend(touching(sheet, starts, left, right).or(behind));
    }
    cuts
}

/// The first column of a form beside another one at its left, which may touch it: both have a department of their own, and no cell reaches
/// over the border.
fn touching(sheet: &Sheet<'_>, starts: &[Start], left: &Start, right: &Start) -> Option<u32> {
    /// A title stands at most so many rows above the department.
    const HEAD: u32 = 6;
    let own = |of: &Start, from: u32, to: u32| {
        let below = starts.iter().filter(|start| !start.title && start.row > of.row);
        below
            .filter(|s| s.row <= of.row + HEAD && (from..=to).contains(&s.col))
            .map(|s| s.col)
            .min()
    };
    let first = own(left, 0, left.last_col.max(left.col))?;
    let cut = own(right, first + 3, right.col)?.min(right.col);
    let crossed =
        sheet.grid.cells().iter().any(|cell| cell.span.start.col < cut && cut <= cell.span.end.col);
    (!crossed).then_some(cut)
}
