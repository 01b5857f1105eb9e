//! The texts within a cell, a comment or a drawing: paragraphs joined by line breaks, white space as OpenDocument has it.

use std::collections::HashMap;

use super::{Source, names::Name};
use crate::{
    error::Result,
    workbook::{
        runs::{Run, Seam},
        xml::{Event, Tag},
    },
};

/// What stands within a cell.
#[derive(Default)]
pub(super) struct Content {
    /// Its paragraphs; none when it has no paragraph at all.
    pub(super) text: Option<String>,
    pub(super) comments: Vec<String>,
    pub(super) drawings: Vec<String>,
    /// Whether a part of its text is struck through.
    pub(super) struck: bool,
}

/// How many spaces a document may ask for by number, in all. More are one each.
pub(super) struct Spaces(usize);

impl Default for Spaces {
    fn default() -> Self {
        Self(1 << 20)
    }
}

impl Spaces {
    fn take(&mut self, tag: &Tag<'_>) -> usize {
        let asked = tag.attribute("text", "c").and_then(|count| count.parse().ok()).unwrap_or(1);
        let given = asked.min(self.0.max(1));
        self.0 = self.0.saturating_sub(given);
        given
    }
}

/// Reads the content of the cell that just began.
pub(super) fn content(
    xml: &mut Source<'_>,
    spaces: &mut Spaces,
    runs: &HashMap<String, Run>,
) -> Result<Content> {
    let mut content = Content::default();
    let depth = xml.depth();
    while let Some(event) = xml.within(depth)? {
        match event {
            Event::Start(Name::Paragraph, _) => {
                content.struck |= paragraph(xml, spaces, runs, &mut content.text)?;
            }
            Event::Start(Name::Annotation, _) => {
                content.comments.extend(texts(xml, spaces)?);
            }
            Event::Start(Name::Drawing, _) => content.drawings.extend(texts(xml, spaces)?),
            Event::Start(Name::Foreign, _) => xml.skip()?,
            // What stands around paragraphs: a table within the cell, a list.
            Event::Start(..) | Event::End(_) | Event::Text(_) => {}
        }
    }
    Ok(content)
}

/// The paragraphs in the element that just began, however deep.
pub(super) fn texts(xml: &mut Source<'_>, spaces: &mut Spaces) -> Result<Option<String>> {
    let mut text = None;
    let depth = xml.depth();
    while let Some(event) = xml.within(depth)? {
        match event {
            Event::Start(Name::Paragraph, _) => {
                paragraph(xml, spaces, &HashMap::new(), &mut text)?;
            }
            Event::Start(Name::Foreign, _) => xml.skip()?,
            _ => {}
        }
    }
    Ok(text.filter(|text| !text.trim().is_empty()))
}

/// Adds the paragraph that just began; whether a part of it is struck through.
fn paragraph(
    xml: &mut Source<'_>,
    spaces: &mut Spaces,
    runs: &HashMap<String, Run>,
    text: &mut Option<String>,
) -> Result<bool> {
    let text = match text {
        Some(text) => {
            text.push('\n');
            text
        }
        None => text.insert(String::new()),
    };
    let (mut seam, mut struck) = (Seam::default(), false);
    // The runs that are open, each with its depth.
    let mut open: Vec<(usize, Run)> = Vec::new();
    // White space at the start and behind white space is layout.
    let mut spaced = true;
    let depth = xml.depth();
    while let Some(event) = xml.within(depth)? {
        match event {
            Event::Text(piece) => {
                open.retain(|(depth, _)| *depth <= xml.depth());
                let run = open.last().map_or_else(Run::default, |(_, run)| *run);
                if seam.parts(text, piece.chars().next(), run) {
                    text.push('\n');
                }
                struck |= run.struck && !piece.trim().is_empty();
                for c in piece.chars() {
                    let space = matches!(c, ' ' | '\t' | '\n' | '\r');
                    if !space || !spaced {
                        text.push(if space { ' ' } else { c });
                    }
                    spaced = space;
                }
                continue;
            }
            Event::Start(Name::Space, tag) => {
                let count = spaces.take(&tag);
                text.extend(std::iter::repeat_n(' ', count));
            }
            Event::Start(Name::Tab, _) => text.push('\t'),
            Event::Start(Name::Break, _) => text.push('\n'),
            Event::Start(Name::Foreign | Name::Annotation, _) => {
                xml.skip()?;
                continue;
            }
            Event::Start(_, tag) => {
                let style = tag.attribute("text", "style-name");
                let run = style.and_then(|style| runs.get(&style));
                open.extend(run.map(|run| (xml.depth(), *run)));
                continue;
            }
            Event::End(_) => continue,
        }
        spaced = false;
    }
    Ok(struck)
}
