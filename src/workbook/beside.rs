//! What stands in parts of their own beside an OOXML worksheet: comments and text boxes.

use super::{builder::Draft, package::Package, relations, tags::Tags};
use crate::{cell::CellRef, error::Result};

/// Puts comments and drawings of a worksheet's part into its draft.
pub(super) fn read(package: &mut Package<'_>, part: &str, draft: &mut Draft) -> Result<()> {
    for relation in relations::of(package, part)? {
        if relation.is("comments") {
            let xml = package.xml(&relation.target)?.unwrap_or_default();
            draft.sheet.comments.extend(comments(&xml));
        } else if relation.is("drawing") {
            let xml = package.xml(&relation.target)?.unwrap_or_default();
            draft.sheet.drawings.extend(texts(&xml));
        }
    }
    Ok(())
}

/// The comments of a comments part.
fn comments(xml: &str) -> Vec<(CellRef, String)> {
    let mut comments: Vec<(CellRef, String)> = Vec::new();
    let mut tags = Tags::new(xml);
    while let Some(tag) = tags.next() {
        match tag.name {
            "comment" if !tag.end => {
                if let Some(at) = tag.raw("ref").and_then(|name| name.parse().ok()) {
                    comments.push((at, String::new()));
                }
            }
            "t" if !tag.end && !tag.is_empty() => {
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
pub(super) fn texts(xml: &str) -> Vec<String> {
    let mut texts = Vec::new();
    let mut text = String::new();
    let mut tags = Tags::new(xml);
    while let Some(tag) = tags.next() {
        match tag.name {
            "t" if !tag.end && !tag.is_empty() => text.push_str(&tags.text_after(&tag)),
            "txBody" if tag.end && !text.trim().is_empty() => {
                texts.push(std::mem::take(&mut text));
            }
            _ => {}
        }
    }
    texts
}
