//! What stands beside a form in the margin of its sheet: another year's figures, remarks.

use super::{
    again::{means, of_budget, of_column},
    edition::Edition,
    segment::{Region, Start},
    sheet::Sheet,
};

/// Ends a region at the right edge of its title where a blank column follows, and no head of a table stands beyond.
pub(super) fn leave_out(
    sheet: &Sheet<'_>,
    editions: &[&Edition],
    starts: &[Start],
    region: &mut Region,
) {
    /// A title over so many columns shows how wide its form is.
    const WIDE: u32 = 4;
    let inside = |start: &&Start| {
        start.title
            && (region.rows.0..=region.rows.1).contains(&start.row)
            && (region.cols.0..=region.cols.1).contains(&start.col)
    };
    let Some(title) = starts.iter().find(inside) else { return };
    let edge = title.last_col;
    if edge + 1 < title.col + WIDE || edge >= region.cols.1 {
        return;
    }
    let cells = || {
        let cells = sheet.grid.indices(region.rows.0, region.rows.1);
        cells.filter(|index| region.contains(sheet.cell(*index).at))
    };
    let beyond = |index: &usize| sheet.cell(*index).at.col > edge;
    if !cells().any(|index| beyond(&index)) {
        return;
    }
    let crosses = |index: usize| {
        let span = sheet.cell(index).span;
        span.start.col <= edge + 1 && span.end.col > edge
    };
    if cells().any(crosses) {
        return;
    }
    let heads_column = |index: &usize| means(sheet, editions, *index, of_column);
    let head_beside = cells().filter(beyond).any(|index| {
        let row = sheet.cell(index).at.row;
        let heads: Vec<usize> = sheet.grid.indices(row, row).filter(heads_column).collect();
        heads.len() > 1 && heads.iter().any(|index| !means(sheet, editions, *index, of_budget))
    });
    if !head_beside {
        region.edge = edge;
    }
}
