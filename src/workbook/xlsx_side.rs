//! What the cell reader can't give of an OOXML worksheet: merges, hidden rows and columns, formulas that were never
//! calculated, links to other files, comments and text boxes. One scan over each worksheet part, which also tells whether
//! the cell reader may be trusted with it.

mod glance;

use memchr::memmem;

use self::glance::Glance;
use super::{
    package::Package,
    relations,
    tags::{Tag, Tags},
};
use crate::{
    cell::{CellRange, CellRef},
    error::Result,
};

/// A worksheet's part and everything beside its values.
#[derive(Debug, Default)]
pub(super) struct Side {
    pub(super) merges: Vec<CellRange>,
    pub(super) hidden_rows: Vec<u32>,
    pub(super) hidden_cols: Vec<(u32, u32)>,
    /// Cells with a formula but without a value, and the formula.
    pub(super) uncalculated: Vec<(CellRef, String)>,
    pub(super) external: Vec<CellRef>,
    pub(super) outside: Vec<String>,
    pub(super) comments: Vec<(CellRef, String)>,
    pub(super) drawings: Vec<String>,
    /// Whether the cells are written as all the usual programs write them.
    pub(super) plain: bool,
}

/// Scans one worksheet part, and the parts beside it.
pub(super) fn scan(package: &mut Package<'_>, part: &str, xml: &[u8]) -> Result<Side> {
    let mut side = Side::default();
    let links = package.names().any(|name| name.starts_with("xl/externalLinks/"));
    let beside = scan_sheet(xml, links, &mut side);
    if beside {
        for relation in relations::of(package, part)? {
            if relation.is("comments") {
                let xml = package.xml(&relation.target)?.unwrap_or_default();
                side.comments.extend(comments(&xml));
            } else if relation.is("drawing") {
                let xml = package.xml(&relation.target)?.unwrap_or_default();
                side.drawings.extend(texts(&xml));
            }
        }
    }
    Ok(side)
}

/// Scans the sheet's own part; whether it has drawings or comments. The cells are skipped where they hold neither a
/// formula nor a hidden row.
fn scan_sheet(xml: &[u8], links: bool, side: &mut Side) -> bool {
    side.plain = true;
    let Some(start) = memmem::find(xml, b"<sheetData") else {
        side.plain = false;
        return scan_tags(xml, links, side);
    };
    let Some(end) = memmem::rfind(xml, b"</sheetData>").filter(|end| start < *end) else {
        side.plain = xml[start..].starts_with(b"<sheetData/>");
        return scan_tags(xml, links, side);
    };
    let glance = Glance::at(&xml[start..end]);
    if glance.formulas || glance.hidden {
        let beside = scan_tags(xml, links, side);
        side.plain &= glance.plain;
        return beside;
    }
    let head = scan_tags(&xml[..start], links, side);
    side.plain &= glance.plain;
    scan_tags(&xml[end..], links, side) || head
}

fn scan_tags(xml: &[u8], links: bool, side: &mut Side) -> bool {
    let mut tags = Tags::new(xml);
    let mut beside = false;
    let mut cell: Option<OpenCell> = None;
    // The row and column of the last cell: a writer may leave the addresses out.
    let (mut row, mut col) = (None, None);
    while let Some(tag) = tags.next() {
        match tag.name {
            b"c" if tag.end => {
                let done = cell.take().filter(|cell| !cell.value);
                side.uncalculated.extend(done.and_then(|cell| Some((cell.at, cell.formula?))));
            }
            b"c" => {
                let next = CellRef::new(row.unwrap_or(0), col.map_or(0, |col| col + 1));
                let at = tag.raw("r").and_then(cell_ref).unwrap_or(next);
                (row, col) = (Some(at.row), Some(at.col));
                let text = tag.raw("t") == Some(b"str");
                cell = Some(OpenCell { at, text, formula: None, value: false });
            }
            b"v" | b"is" if !tag.end => {
                if let Some(cell) = &mut cell {
                    // An empty text is a result: `=IF(A1="","",A1)`.
                    let says = !tag.is_empty() && xml.get(tag.close + 1) != Some(&b'<');
                    cell.value |= says || cell.text || (tag.name == b"is" && !tag.is_empty());
                }
            }
            b"f" if !tag.end => {
                if let Some(cell) = &mut cell {
                    let text = if tag.is_empty() { String::new() } else { tags.text_after(&tag) };
                    if links && text.contains('[') {
                        side.external.push(cell.at);
                    }
                    cell.formula = Some(text);
                }
            }
            b"row" if !tag.end => {
                let stated =
                    tag.attribute("r").and_then(|row| row.parse::<u32>().ok()?.checked_sub(1));
                row = stated.or_else(|| Some(row.map_or(0, |row: u32| row.saturating_add(1))));
                col = None;
                if tag.is_on("hidden") {
                    side.hidden_rows.extend(row);
                }
            }
            b"col" if tag.is_on("hidden") => side.hidden_cols.extend(columns(&tag)),
            b"mergeCell" if !tag.end => merge(&tag, side),
            b"dimension" if !tag.end => side.plain &= is_sound(&tag),
            b"drawing" | b"legacyDrawing" => beside = true,
            _ => {}
        }
    }
    beside
}

/// A cell whose end is yet to come.
struct OpenCell {
    at: CellRef,
    /// Whether its value is the text that a formula gave.
    text: bool,
    formula: Option<String>,
    value: bool,
}

/// Whether a stated dimension is one that the cell reader can count with.
fn is_sound(dimension: &Tag<'_>) -> bool {
    let Some(range) = dimension.attribute("ref") else { return false };
    let (start, end) = range.split_once(':').unwrap_or((&range, &range));
    let corners = start.parse::<CellRef>().ok().zip(end.parse::<CellRef>().ok());
    corners.is_some_and(|(start, end)| start.row <= end.row && start.col <= end.col)
}

fn cell_ref(name: &[u8]) -> Option<CellRef> {
    std::str::from_utf8(name).ok()?.parse().ok()
}

fn columns(tag: &Tag<'_>) -> Option<(u32, u32)> {
    let number = |name: &str| tag.attribute(name)?.parse::<u32>().ok()?.checked_sub(1);
    Some((number("min")?, number("max")?))
}

fn merge(tag: &Tag<'_>, side: &mut Side) {
    let Some(name) = tag.attribute("ref") else { return };
    match name.parse::<CellRange>() {
        Ok(range) => side.merges.push(range),
        Err(_) => side.outside.push(name),
    }
}

/// The comments of a comments part.
fn comments(xml: &[u8]) -> Vec<(CellRef, String)> {
    let mut comments: Vec<(CellRef, String)> = Vec::new();
    let mut tags = Tags::new(xml);
    while let Some(tag) = tags.next() {
        match tag.name {
            b"comment" if !tag.end => {
                if let Some(at) = tag.raw("ref").and_then(cell_ref) {
                    comments.push((at, String::new()));
                }
            }
            b"t" if !tag.end && !tag.is_empty() => {
                let text = tags.text_after(&tag);
                if let Some((_, comment)) = comments.last_mut() {
                    comment.push_str(&text);
                }
            }
            _ => {}
        }
    }
    comments
}

/// The paragraphs of the text boxes of a drawing.
pub(super) fn texts(xml: &[u8]) -> Vec<String> {
    let mut texts = Vec::new();
    let mut text = String::new();
    let mut tags = Tags::new(xml);
    while let Some(tag) = tags.next() {
        match tag.name {
            b"t" if !tag.end && !tag.is_empty() => text.push_str(&tags.text_after(&tag)),
            b"txBody" if tag.end && !text.trim().is_empty() => {
                texts.push(std::mem::take(&mut text));
            }
            _ => {}
        }
    }
    texts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sees_what_stands_beside_the_values() {
        let xml = br#"<worksheet><cols><col min="2" max="3" hidden="1"/></cols><sheetData>
            <row r="2" hidden="1"><c r="A2"><f>B1+1</f></c><c r="B2"><f>C1</f><v></v></c><c r="C2"><f>C1</f><v>3</v></c>
            <c t="str"><f>C1</f><v></v></c><c><f>C1</f></c></row><row hidden="1"><c><f>A1</f></c></row>
            </sheetData><mergeCells count="9"><mergeCell ref="A1:C1"/><mergeCell ref="ZZZZ1:A2"/></mergeCells></worksheet>"#;
        let mut side = Side::default();
        assert!(!scan_sheet(xml, false, &mut side));
        assert_eq!(side.hidden_cols, [(1, 2)]);
        assert_eq!(side.hidden_rows, [1, 2]);
        assert_eq!(
            side.uncalculated,
            [("A2", "B1+1"), ("B2", "C1"), ("E2", "C1"), ("A3", "A1")]
                .map(|(at, text)| (at.parse().unwrap(), text.to_owned()))
        );
        assert_eq!(side.merges, ["A1:C1".parse().unwrap()]);
        assert_eq!(side.outside, ["ZZZZ1:A2"]);
    }
}
