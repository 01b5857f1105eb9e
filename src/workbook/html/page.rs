//! The tokens of a page → its blocks: lines of text and tables.

mod controls;
mod tables;

use super::{
    elements::{Effect, Elements, is_block, is_void},
    ending::Ending,
    holder::Holder,
    select::Select,
    style::{Hidden, Look, Styles},
    table::{OpenTable, Walked},
    text::Running,
    tokens::{Tag, Token, decoded},
    value::Formats,
};
use crate::{
    error::Result,
    workbook::{
        Fault,
        flow::{self, Beside, Block},
        limits::{Limit, Limits},
    },
};

/// A page while its tokens come in.
pub(super) struct Page<'a> {
    limits: &'a Limits,
    styles: Styles,
    formats: Formats,
    elements: Elements,
    ending: Ending,
    /// The page and the open cells, each within the one before.
    holders: Vec<Holder>,
    /// The open tables. All but the last have an open cell.
    tables: Vec<OpenTable>,
    /// How many tables there were, those of earlier pages included.
    number: u32,
    walked: Walked,
    /// Cells and lines so far.
    kept: u64,
    /// Text that nobody sees.
    hidden: Running,
    /// The element whose text is left out.
    skipped: Option<&'static str>,
    raw: Raw,
    /// The list to choose from whose options are passing.
    select: Option<Select>,
    /// Whether the page is but a frame for others.
    pub(super) has_frames: bool,
    pub(super) beside: Beside,
}

/// What becomes of raw content.
#[derive(Clone, Copy, Debug)]
enum Raw {
    Nothing,
    Style,
    Text,
}

impl<'a> Page<'a> {
    pub(super) fn new(limits: &'a Limits, number: u32) -> Self {
        Self {
            limits,
            styles: Styles::default(),
            formats: Formats::default(),
            elements: Elements::default(),
            ending: Ending::default(),
            holders: vec![Holder::default()],
            tables: Vec::new(),
            number,
            walked: Walked::default(),
            kept: 0,
            hidden: Running::default(),
            skipped: None,
            raw: Raw::Nothing,
            select: None,
            has_frames: false,
            beside: Beside::default(),
        }
    }

    pub(super) fn token(&mut self, token: Token<'_>) -> Result<()> {
        match token {
            Token::Text(text) => {
                self.ending.text(text);
                self.text(&decoded(text));
            }
            Token::Raw(text) => match self.raw {
                Raw::Style => self.styles.add(text),
                Raw::Text => self.text(&decoded(text)),
                Raw::Nothing => {}
            },
            Token::Tag(tag) => {
                let name = tag.name.to_ascii_lowercase();
                if tag.end {
                    self.ending.end(&name);
                    return self.end(&name);
                }
                self.ending.start(&name);
                return self.start(&name, &tag);
            }
        }
        Ok(())
    }

    /// How the page, whose tokens have all come in, breaks off; `in_tag` where it ends within a tag or a comment.
    pub(super) fn fault(&self, in_tag: bool) -> Option<Fault> {
        self.ending.fault(in_tag, &self.tables)
    }

    /// The blocks of the page and the number of its last table.
    pub(super) fn finish(mut self) -> Result<(Vec<Block>, Beside, u32)> {
        while !self.tables.is_empty() {
            self.close_table()?;
        }
        self.shown_again(false);
        self.flush()?;
        let blocks = self.holders.pop().map(|holder| holder.blocks).unwrap_or_default();
        Ok((blocks, self.beside, self.number))
    }

    fn text(&mut self, text: &str) {
        let is_shown = self.select.as_mut().is_none_or(|select| select.shows(text));
        if self.skipped.is_some() || !is_shown {
            return;
        }
        let effect = self.elements.effect();
        if effect.hidden {
            self.hidden.push(text, Effect::default());
        } else if let Some(holder) = self.holders.last_mut() {
            holder.running.push(text, effect);
        }
    }

    fn start(&mut self, name: &str, tag: &Tag<'_>) -> Result<()> {
        self.raw = match name {
            "style" => Raw::Style,
            "textarea" | "xmp" => Raw::Text,
            _ => Raw::Nothing,
        };
        let row_or_cell = matches!(name, "td" | "th" | "tr" | "tbody" | "thead" | "tfoot");
        if row_or_cell && self.elements.end_hidden_cell() {
            self.shown_again(false);
        }
        if is_block(name) && self.elements.end_paragraph(self.holders.len()) {
            self.shown_again(false);
        }
        if row_or_cell || name == "table" {
            self.skipped = None;
            self.close_select();
        }
        if is_void(name) {
            self.void(name, tag);
            return Ok(());
        }
        let mut look = self.styles.look(tag);
        match name {
            "s" | "strike" | "del" => look.struck = Some(true),
            "sup" | "sub" => look.shifted = true,
            "pre" | "textarea" => {
                look.pre = look.pre.or(Some(true));
                look.spaces = look.spaces.or(Some(true));
            }
            _ => {}
        }
        if self.elements.effect().hidden {
            if is_block(name) {
                self.hidden.edge();
            }
            return self.element(name, &look);
        }
        let gone = look.hidden == Some(Hidden::Gone);
        match name {
            "table" if !gone => self.open_table()?,
            "tr" | "tbody" | "thead" | "tfoot" => {
                self.row(name, look.hidden.is_some_and(|how| how != Hidden::Not))?;
            }
            "td" | "th" if !gone => return self.open_cell(name, tag, look),
            "td" | "th" => {
                self.close_cell()?;
                self.element(name, &look)?;
            }
            "xml" => self.skipped = Some("xml"),
            "template" => self.skipped = Some("template"),
            "select" => {
                self.close_select();
                self.select = Some(Select::new(tag.attribute("multiple").is_some()));
            }
            "option" => {
                if let Some(select) = &mut self.select {
                    select.option(tag.attribute("selected").is_some());
                }
            }
            "frameset" => self.has_frames = true,
            _ => {
                self.edge_of(name);
                self.element(name, &look)?;
            }
        }
        if name == "table" && gone {
            self.element(name, &look)?;
        }
        Ok(())
    }

    fn end(&mut self, name: &str) -> Result<()> {
        if self.skipped == Some(name) {
            self.skipped = None;
        }
        let structural = matches!(name, "tr" | "tbody" | "thead" | "tfoot" | "table");
        if structural && self.elements.end_hidden_cell() {
            self.shown_again(false);
        }
        let before = self.elements.effect();
        if self.elements.end(name, self.holders.len()) {
            self.shown_again(before.comment);
        }
        if before.hidden {
            return Ok(());
        }
        match name {
            "table" => self.close_table(),
            "tr" => {
                self.close_cell()?;
                if let Some(table) = self.tables.last_mut() {
                    table.close_row();
                }
                Ok(())
            }
            "tbody" | "thead" | "tfoot" => {
                self.close_cell()?;
                if let Some(table) = self.tables.last_mut() {
                    table.close_group();
                }
                Ok(())
            }
            "td" | "th" => self.close_cell(),
            "select" => {
                self.close_select();
                Ok(())
            }
            "br" => {
                self.break_line();
                Ok(())
            }
            _ => {
                self.edge_of(name);
                Ok(())
            }
        }
    }

    /// Keeps an element if it matters to the text in it.
    fn element(&mut self, name: &str, look: &Look) -> Result<()> {
        self.elements.start(name, look, name == "comment", self.holders.len());
        let depth = self.elements.len() as u64;
        self.limits.check(Limit::Nesting, depth.saturating_sub(self.holders.len() as u64), || {
            message!("{depth} styles within styles", "样式嵌套 {depth} 层")
        })
    }

    /// What was hidden ends.
    fn shown_again(&mut self, is_comment: bool) {
        let (text, _) = self.hidden.take();
        match self.holders.last_mut().filter(|_| is_comment) {
            Some(holder) if !text.trim().is_empty() => holder.comments.push(text.trim().to_owned()),
            _ => self.beside.note(&text),
        }
    }

    fn break_line(&mut self) {
        if self.elements.effect().hidden {
            self.hidden.break_line();
        } else if let Some(holder) = self.holders.last_mut() {
            holder.running.break_line();
        }
    }

    fn edge_of(&mut self, name: &str) {
        if is_block(name)
            && let Some(holder) = self.holders.last_mut()
        {
            holder.running.edge();
        }
    }

    /// Makes the text so far lines of their own.
    fn flush(&mut self) -> Result<()> {
        let Some(holder) = self.holders.last_mut() else { return Ok(()) };
        let (text, struck) = holder.running.take();
        for line in flow::lines(&text, struck) {
            holder.blocks.push(line);
            self.kept += 1;
            flow::check_kept(self.limits, self.kept)?;
        }
        Ok(())
    }
}
