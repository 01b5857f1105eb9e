//! A paragraph of several texts set apart by space: approver, year and unit on one line. On a sheet each has a cell.

/// The rows of a paragraph, each with its pieces. They are cut at tabs, and before what names itself: a label with its
/// colon or something in brackets, behind a wide gap or on a line of its own. A title over two lines stays whole.
pub(super) fn pieces(text: &str) -> Vec<Vec<&str>> {
    let mut rows: Vec<&str> = Vec::new();
    let mut start = 0;
    for (at, _) in text.match_indices('\n') {
        let (before, behind) = (&text[start..at], &text[at + 1..]);
        if !before.trim().is_empty() && names_itself(behind.split('\n').next().unwrap_or(behind)) {
            rows.push(before);
            start = at + 1;
        }
    }
    rows.push(&text[start..]);
    rows.into_iter()
        .map(|row| row.split('\t').flat_map(apart).filter(|piece| !piece.is_empty()).collect())
        .filter(|pieces: &Vec<&str>| !pieces.is_empty())
        .collect()
}

/// Cuts at wide gaps.
fn apart(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let (mut start, mut gap, mut width) = (0, 0, 0);
    for (at, char) in text.char_indices() {
        if char != '\n' && char.is_whitespace() {
            gap = if width == 0 { at } else { gap };
            width += if char == '\u{3000}' { 2 } else { 1 };
            continue;
        }
        if width > 2 && gap > start && names_itself(piece_at(&text[at..])) {
            pieces.push(text[start..gap].trim());
            start = at;
        }
        width = 0;
    }
    pieces.push(text[start..].trim());
    pieces
}

/// The text up to the next gap.
fn piece_at(text: &str) -> &str {
    text.split(char::is_whitespace).next().unwrap_or(text)
}

/// Whether a text is a label with its colon, or stands in brackets. A single letter before a colon is the end of a
/// label in spaced letters.
fn names_itself(text: &str) -> bool {
    let text = text.trim();
    let label = text.find([':', '：']).and_then(|end| text.get(..end));
    let is_label = label.is_some_and(|label| (2..=12).contains(&label.trim().chars().count()));
    is_label || (text.starts_with(['(', '（', '〔', '[']) && text.ends_with([')', '）', '〕', ']']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_cut_where_something_names_itself() {
        let cases: [(&str, &[&[&str]]); 10] = [
            (
                "审批部门：财政局\u{a0}\u{a0}\u{a0} （2025年度）  \u{3000}单位：万元",
                &[&["审批部门：财政局", "（2025年度）", "单位：万元"]],
            ),
            ("目标表      单位：万元", &[&["目标表", "单位：万元"]]),
            ("审批部门：财政局\t\t2025年", &[&["审批部门：财政局", "2025年"]]),
            ("审   批   单   位：财政局", &[&["审   批   单   位：财政局"]]),
            ("填表人：王某  电话：1", &[&["填表人：王某  电话：1"]]),
            ("部门     整体     目标表", &[&["部门     整体     目标表"]]),
            ("平湖镇\n目标表", &[&["平湖镇\n目标表"]]),
            (
                "平湖镇\n目标表\n审批部门：财政局\n(2025年度)",
                &[&["平湖镇\n目标表"], &["审批部门：财政局"], &["(2025年度)"]],
            ),
            ("   单位：万元", &[&["单位：万元"]]),
            (" \t ", &[]),
        ];
        for (text, want) in cases {
            assert_eq!(pieces(text), want, "{text}");
        }
    }
}
