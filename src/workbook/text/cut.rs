//! Rows that a line break within a cell cut in two, where the writer put no quotes around it.

use super::Delimited;

/// Joins the pieces of rows, if every row has as many fields as the widest then: in a file of ragged rows nobody can
/// tell. Lines before the first whole row, as a title, stay what they are.
pub(super) fn join(found: &mut Delimited) {
    let width = found.rows.iter().map(Vec::len).max().unwrap_or(0);
    let Some(first) = found.rows.iter().position(|row| row.len() == width) else { return };
    if width < 3 || found.rows[first..].iter().all(|row| row.is_empty() || row.len() == width) {
        return;
    }
    let mut rows: Vec<Vec<String>> = found.rows[..first].to_vec();
    let mut lines: Vec<u32> = found.lines[..first].to_vec();
    let mut open: Option<Vec<String>> = None;
    for (row, line) in found.rows[first..].iter().zip(&found.lines[first..]) {
        let whole = match open.take() {
            None => {
                lines.push(*line);
                row.clone()
            }
            // A page does not break within a cell, and a whole row is no piece of one.
            Some(_) if row.is_empty() || row.len() == width => return,
            Some(before) => joined(before, row),
        };
        match whole.len() {
            0 => rows.push(whole),
            fields if fields == width => rows.push(whole),
            fields if fields < width => open = Some(whole),
            _ => return,
        }
    }
    if open.is_none() {
        (found.rows, found.lines) = (rows, lines);
    }
}

/// Two pieces of a row: the last cell of the first goes on in the first of the second.
fn joined(mut before: Vec<String>, behind: &[String]) -> Vec<String> {
    let mut behind = behind.iter();
    if let (Some(cut), Some(rest)) = (before.last_mut(), behind.next()) {
        cut.push('\n');
        cut.push_str(rest);
    }
    before.extend(behind.cloned());
    before
}
