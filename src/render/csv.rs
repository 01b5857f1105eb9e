//! The laid-out form as delimited text, with a byte order mark so that Excel opens it right.

use super::drawing::{Content, DrawnCell, UNKNOWN_TOTAL, draw};
use crate::{
    error::{Error, Result},
    form::Edition,
    model::{Return, totals::Sum},
};

/// What stands in a cell that is blank on purpose.
const NIL: &str = "/";

/// Renders returns one under the other, a blank line between them.
///
/// # Errors
/// [`Error::Render`], which no return should bring about.
pub fn render<'a>(returns: impl Iterator<Item = (&'a Return, &'a Edition)>) -> Result<Vec<u8>> {
    let mut bytes = "\u{feff}".as_bytes().to_vec();
    for (at, (of, edition)) in returns.enumerate() {
        if at > 0 {
            bytes.extend_from_slice(b"\r\n");
        }
        form(of, edition, &mut bytes).map_err(|reason| Error::Render { output: "csv", reason })?;
    }
    Ok(bytes)
}

fn form(of: &Return, edition: &Edition, bytes: &mut Vec<u8>) -> std::result::Result<(), String> {
    let drawing = draw(of, edition, false);
    // Readers find the delimiter by content: a tab outside quotes would make the text one with tabs.
    let has_tab =
        |cell: &DrawnCell<'_>| matches!(&cell.content, Content::Text(text) if text.contains('\t'));
    let quotes = if drawing.cells.iter().any(has_tab) {
        csv::QuoteStyle::Always
    } else {
        csv::QuoteStyle::Necessary
    };
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .quote_style(quotes)
        .from_writer(bytes);
    let mut cells = drawing.cells.iter().peekable();
    let mut above = vec![String::new(); usize::from(drawing.columns)];
    for row in 0..drawing.rows {
        let mut fields = vec![String::new(); usize::from(drawing.columns)];
        while let Some(cell) = cells.next_if(|cell| cell.row == row) {
            let (first, last) = (usize::from(cell.at.first), usize::from(cell.at.last));
            fields[first] = shown(&cell.content);
            // A first level printed again over both columns: without merges its second level would seem to go on.
            if !fields[first].is_empty() && fields[first] == above[first] {
                for column in first + 1..=last {
                    if !above[column].is_empty() {
                        NIL.clone_into(&mut fields[column]);
                    }
                }
            }
        }
        writer.write_record(&fields).map_err(|error| error.to_string())?;
        above = fields;
    }
    writer.flush().map_err(|error| error.to_string())
}

/// What stands in a cell, as text.
pub(super) fn shown(content: &Content<'_>) -> String {
    match content {
        Content::Text(text) => text.clone().into_owned(),
        Content::Count(count) => count.to_string(),
        Content::Amount(money, unit) | Content::Total(_, Sum::Known(money), unit) => {
            money.printed(*unit)
        }
        Content::Total(_, Sum::Unknown, _) => UNKNOWN_TOTAL.to_owned(),
        Content::Blank | Content::Total(_, Sum::Absent, _) => String::new(),
    }
}
