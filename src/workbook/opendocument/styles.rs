//! The styles of a document: number formats, struck-through text, hidden tables.

use std::{
    collections::{HashMap, HashSet},
    rc::Rc,
};

use super::{
    Source,
    format::{self, Format},
    names::Name,
};
use crate::{
    error::Result,
    workbook::{
        number_format::NumberFormat,
        runs,
        xml::{Event, Tag},
    },
};

/// A chain of parents that is longer runs in a circle.
const MOST_PARENTS: usize = 16;

/// The style of cells that name none.
const DEFAULT: &str = "Default";

/// The styles of a document.
#[derive(Default)]
pub(super) struct Styles {
    formats: HashMap<String, Format>,
    cells: HashMap<String, CellStyle>,
    hidden_tables: HashSet<String>,
    /// The looks of runs of text.
    runs: HashMap<String, runs::Run>,
    looks: HashMap<String, Rc<Look>>,
}

#[derive(Default)]
struct CellStyle {
    parent: Option<String>,
    format: Option<String>,
    struck: Option<bool>,
    shifted: bool,
}

/// What of a style matters to a value.
#[derive(Default)]
pub(super) struct Look {
    /// The number format; none for the general one.
    pub(super) format: Option<NumberFormat>,
    pub(super) struck: bool,
}

impl Styles {
    /// Takes the styles within the element that just began. A later style of the same name counts.
    pub(super) fn read(&mut self, xml: &mut Source<'_>) -> Result<()> {
        let depth = xml.depth();
        while let Some(event) = xml.within(depth)? {
            match event {
                Event::Start(Name::Style, tag) => self.style(xml, &tag)?,
                Event::Start(Name::NumberStyle(kind), tag) => {
                    let name = tag.attribute("style", "name");
                    let format = format::read(xml, kind, &tag)?;
                    self.formats.extend(name.map(|name| (name, format)));
                }
                Event::Start(..) => xml.skip()?,
                Event::End(_) | Event::Text(_) => {}
            }
        }
        Ok(())
    }

    fn style(&mut self, xml: &mut Source<'_>, tag: &Tag<'_>) -> Result<()> {
        let name = tag.attribute("style", "name").unwrap_or_default();
        let family = tag.attribute("style", "family").unwrap_or_default();
        let mut style = CellStyle {
            parent: tag.attribute("style", "parent-style-name"),
            format: tag.attribute("style", "data-style-name"),
            struck: None,
            shifted: false,
        };
        let mut hidden = false;
        let depth = xml.depth();
        while let Some(event) = xml.within(depth)? {
            match event {
                Event::Start(Name::TextProperties, tag) => {
                    let line = tag
                        .attribute("style", "text-line-through-style")
                        .or_else(|| tag.attribute("style", "text-line-through-type"));
                    style.struck = line.map(|line| line != "none").or(style.struck);
                    // Above, below, or by so much: `super 58%`, `sub`, `-10%`.
                    let place = tag.attribute("style", "text-position");
                    style.shifted = place.is_some_and(|place| !place.trim().starts_with('0'));
                }
                Event::Start(Name::TableProperties, tag) => {
                    hidden = tag.attribute("table", "display").is_some_and(|show| show == "false");
                }
                _ => {}
            }
        }
        match family.as_str() {
            "table-cell" => drop(self.cells.insert(name, style)),
            "text" => {
                let run = runs::Run { struck: style.struck == Some(true), shifted: style.shifted };
                self.runs.insert(name, run);
            }
            "table" if hidden => drop(self.hidden_tables.insert(name)),
            _ => {}
        }
        Ok(())
    }

    /// The looks of runs of text, by their styles.
    pub(super) fn runs(&self) -> &HashMap<String, runs::Run> {
        &self.runs
    }

    pub(super) fn hides(&self, table_style: &str) -> bool {
        self.hidden_tables.contains(table_style)
    }

    /// What a cell's style says; without a name, the style of all.
    pub(super) fn look(&mut self, name: Option<&str>) -> Rc<Look> {
        let name = name.unwrap_or(DEFAULT);
        if let Some(look) = self.looks.get(name) {
            return Rc::clone(look);
        }
        let look = Rc::new(self.resolved(name));
        self.looks.insert(name.to_owned(), Rc::clone(&look));
        look
    }

    fn resolved(&self, name: &str) -> Look {
        let (mut format, mut struck) = (None, None);
        let mut next = Some(name);
        for _ in 0..MOST_PARENTS {
            let Some(style) = next.and_then(|name| self.cells.get(name)) else { break };
            format = format.or(style.format.as_deref());
            struck = struck.or(style.struck);
            next = style.parent.as_deref();
        }
        let format = format
            .and_then(|name| self.formats.get(name))
            .map(|format| NumberFormat::from_code(&format.code(&self.formats)))
            .filter(|format| !format.is_general());
        Look { format, struck: struck.unwrap_or(false) }
    }
}
