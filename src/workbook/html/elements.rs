//! The open elements that matter to the text in them: what strikes it through, hides it or keeps its line ends.
//!
//! Others are not kept, so that no depth of a page is too deep.

use super::style::{Hidden, Look};
use crate::workbook::runs::Run;

/// What an element does to the text in it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[allow(clippy::struct_excessive_bools)] // each is an effect of its own
pub(super) struct Effect {
    pub(super) run: Run,
    pub(super) hidden: bool,
    pub(super) pre: bool,
    /// Whether spaces side by side are as many on the page.
    pub(super) spaces: bool,
    /// Whether its text is the comment of a cell.
    pub(super) comment: bool,
}

/// An open element.
#[derive(Debug)]
struct Entry {
    name: String,
    /// The effect on its text, that of the elements around it included.
    effect: Effect,
    /// How many elements of its name are open within it.
    inner: u64,
    /// How many tables are open within it, where it is hidden.
    tables: u64,
    /// How many cells are open around it.
    depth: usize,
}

/// The stack of open elements.
#[derive(Debug, Default)]
pub(super) struct Elements {
    open: Vec<Entry>,
}

impl Elements {
    /// What is in force.
    pub(super) fn effect(&self) -> Effect {
        self.open.last().map(|entry| entry.effect).unwrap_or_default()
    }

    pub(super) fn len(&self) -> usize {
        self.open.len()
    }

    /// An element begins, `depth` cells deep.
    pub(super) fn start(&mut self, name: &str, look: &Look, comment: bool, depth: usize) {
        let around = self.effect();
        let effect = Effect {
            run: Run {
                struck: around.run.struck || look.struck == Some(true),
                shifted: around.run.shifted || look.shifted,
            },
            hidden: around.hidden || comment || look.hidden.is_some_and(|how| how != Hidden::Not),
            pre: look.pre.unwrap_or(around.pre),
            spaces: look.spaces.unwrap_or(around.spaces),
            comment: around.comment || comment,
        };
        if effect != around && !around.hidden {
            self.open.push(Entry { name: name.to_owned(), effect, inner: 0, tables: 0, depth });
        } else if let Some(at) = self.find(name, depth) {
            self.open[at].inner += 1;
        }
        if around.hidden
            && name == "table"
            && let Some(last) = self.open.last_mut()
        {
            last.tables += 1;
        }
    }

    /// An element ends; whether that opens what was hidden.
    pub(super) fn end(&mut self, name: &str, depth: usize) -> bool {
        let hidden = self.effect().hidden;
        if hidden
            && name == "table"
            && let Some(last) = self.open.last_mut()
        {
            last.tables = last.tables.saturating_sub(1);
        }
        let Some(at) = self.find(name, depth) else { return false };
        if self.open[at].inner > 0 {
            self.open[at].inner -= 1;
            return false;
        }
        self.open.truncate(at);
        hidden && !self.effect().hidden
    }

    /// A cell ends: so do the elements in it.
    pub(super) fn end_cell(&mut self, depth: usize) -> bool {
        let hidden = self.effect().hidden;
        self.open.retain(|entry| entry.depth < depth);
        hidden && !self.effect().hidden
    }

    /// A paragraph ends where another block begins.
    pub(super) fn end_paragraph(&mut self, depth: usize) -> bool {
        let ends = self.open.last().is_some_and(|last| last.name == "p" && last.depth == depth);
        ends && self.end("p", depth)
    }

    /// Ends a hidden cell, which the next cell or row ends even if its own end tag is left out.
    pub(super) fn end_hidden_cell(&mut self) -> bool {
        let is_cell = |entry: &Entry| {
            entry.effect.hidden && entry.tables == 0 && (entry.name == "td" || entry.name == "th")
        };
        self.open.pop_if(|entry| is_cell(entry)).is_some()
    }

    fn find(&self, name: &str, depth: usize) -> Option<usize> {
        self.open.iter().rposition(|entry| entry.name == name && entry.depth == depth)
    }
}

/// Whether text begins on a line of its own in an element, and behind it.
#[rustfmt::skip]
pub(super) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address" | "article" | "aside" | "blockquote" | "body" | "caption" | "center" | "dd" | "details" | "dialog"
            | "dir" | "div" | "dl" | "dt" | "fieldset" | "figcaption" | "figure" | "footer" | "form" | "h1" | "h2"
            | "h3" | "h4" | "h5" | "h6" | "header" | "hgroup" | "hr" | "html" | "legend" | "li" | "main" | "menu"
            | "nav" | "ol" | "p" | "pre" | "section" | "summary" | "table" | "tr" | "td" | "th" | "ul" | "xmp"
    )
}

/// Whether an element has no content.
#[rustfmt::skip]
pub(super) fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area" | "base" | "br" | "col" | "embed" | "frame" | "hr" | "img" | "input" | "link" | "meta" | "param"
            | "source" | "track" | "wbr"
    )
}
