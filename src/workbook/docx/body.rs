//! The main part of a Word document → its blocks, in one pass. Tracked changes count as accepted.

mod blocks;

use std::collections::HashMap;

use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};

use super::{
    damaged,
    holder::Holder,
    paragraph::{Paragraph, Run, symbol},
    table::{Merge, OpenTable},
};
use crate::{
    error::Result,
    workbook::{
        flow::{Beside, Block},
        limits::{Limit, Limits},
    },
};

/// Elements that hold what is no more, or what no reader is meant to see twice.
const LEFT_OUT: [&str; 16] = [
    "del",
    "moveFrom",
    "delText",
    "instrText",
    "delInstrText",
    "rPrChange",
    "pPrChange",
    "tblPrChange",
    "trPrChange",
    "tcPrChange",
    "tblPrExChange",
    "tblGridChange",
    "sectPrChange",
    "sdtPr",
    "ffData",
    "rt",
];

/// Reads the blocks of a main part.
pub(super) fn read(
    xml: &str,
    comments: HashMap<String, String>,
    beside: Beside,
    limits: &Limits,
) -> Result<(Vec<Block>, Beside)> {
    let mut reader = Reader::from_str(xml);
    let mut body = Body::new(comments, beside, limits);
    // How deep the reader is, and how deep in something left out.
    let (mut depth, mut skipped) = (0_u64, 0_u64);
    let mut is_document = false;
    loop {
        let event = reader
            .read_event()
            .map_err(|error| damaged(message!("{error}", "XML 标记有误（{error}）")))?;
        match event {
            Event::Eof => break,
            Event::Start(tag) => {
                depth += 1;
                is_document |= tag.local_name().as_ref() == "document";
                limits.check(Limit::Nesting, depth, || {
                    message!("{depth} elements", "元素嵌套 {depth} 层")
                })?;
                if skipped > 0 || body.mark(&tag) || body.is_left_out(&tag) {
                    skipped += 1;
                } else {
                    body.start(&tag)?;
                }
            }
            Event::Empty(tag) if skipped == 0 && !body.mark(&tag) && !body.is_left_out(&tag) => {
                body.start(&tag)?;
                body.end(tag.local_name().as_ref())?;
            }
            Event::End(tag) => {
                depth = depth.saturating_sub(1);
                if skipped > 0 {
                    skipped -= 1;
                } else {
                    body.end(tag.local_name().as_ref())?;
                }
            }
            Event::Text(text) if skipped == 0 && body.inside.text => {
                body.push(&text);
            }
            Event::CData(text) if skipped == 0 && body.inside.text => {
                body.push(&text);
            }
            Event::GeneralRef(reference) if skipped == 0 && body.inside.text => {
                if let Ok(Some(char)) = reference.resolve_char_ref() {
                    body.push(char.encode_utf8(&mut [0; 4]));
                } else if let Some(text) = quick_xml::escape::resolve_predefined_entity(&reference)
                {
                    body.push(text);
                }
            }
            _ => {}
        }
    }
    if !is_document {
        return Err(damaged(message!("its main part is no document", "主体部件不是文档")));
    }
    body.finish()
}

/// A document while its elements come in.
struct Body<'a> {
    limits: &'a Limits,
    /// Comments that were not met yet, by their id.
    comments: HashMap<String, String>,
    beside: Beside,
    /// The document and the open cells, each within the one before.
    holders: Vec<Holder>,
    tables: Vec<OpenTable>,
    paragraph: Option<Paragraph>,
    run: Run,
    inside: Inside,
    /// Text boxes, and the look of the run each stands in.
    boxes: Vec<(String, Run)>,
    /// For each choice between two forms of the same, whether the first was met.
    choices: Vec<bool>,
    /// How many tables there were.
    number: u32,
    /// Cells and lines so far.
    kept: u64,
}

/// Which elements the reader is in.
#[derive(Debug, Default)]
#[allow(clippy::struct_excessive_bools)] // each is an element of its own
struct Inside {
    text: bool,
    paragraph_properties: bool,
    run_properties: bool,
    row_properties: bool,
    cell_properties: bool,
}

impl<'a> Body<'a> {
    fn new(comments: HashMap<String, String>, beside: Beside, limits: &'a Limits) -> Self {
        Self {
            limits,
            comments,
            beside,
            holders: vec![Holder::default()],
            tables: Vec::new(),
            paragraph: None,
            run: Run::default(),
            inside: Inside::default(),
            boxes: Vec::new(),
            choices: Vec::new(),
            number: 0,
            kept: 0,
        }
    }

    fn finish(mut self) -> Result<(Vec<Block>, Beside)> {
        while !self.tables.is_empty() {
            self.close_table()?;
        }
        self.flush_paragraph()?;
        let blocks = self.holders.pop().map(|holder| holder.blocks).unwrap_or_default();
        Ok((blocks, self.beside))
    }

    fn is_left_out(&self, tag: &BytesStart<'_>) -> bool {
        let name = tag.local_name();
        LEFT_OUT.contains(&name.as_ref())
            || name.as_ref() == "Fallback" && self.choices.last() == Some(&true)
    }

    /// Takes the mark of a tracked change within properties: a deleted row, cell or end of a paragraph.
    fn mark(&mut self, tag: &BytesStart<'_>) -> bool {
        let name = tag.local_name();
        match name.as_ref() {
            "cellDel" => {
                if let Some(cell) = self.tables.last_mut().and_then(|table| table.cell.as_mut()) {
                    cell.deleted = true;
                }
                true
            }
            "del" | "moveFrom" if self.inside.row_properties => {
                if let Some(table) = self.tables.last_mut() {
                    table.row_properties.deleted = true;
                }
                true
            }
            "del" | "moveFrom" if self.inside.paragraph_properties => {
                if let Some(paragraph) = self.paragraph.as_mut().filter(|_| self.boxes.is_empty()) {
                    paragraph.goes_on = true;
                }
                true
            }
            _ => false,
        }
    }

    fn start(&mut self, tag: &BytesStart<'_>) -> Result<()> {
        let name = tag.local_name();
        let in_properties = self.inside.run_properties || self.inside.paragraph_properties;
        match name.as_ref() {
            "pPr" => self.inside.paragraph_properties = true,
            "rPr" => self.inside.run_properties = true,
            "trPr" => self.inside.row_properties = true,
            "tcPr" => self.inside.cell_properties = true,
            "t" => self.inside.text = true,
            "r" => self.run = Run::default(),
            "strike" | "dstrike" if !self.inside.paragraph_properties => {
                self.run.look.struck |= is_on(tag);
            }
            "vertAlign" if !self.inside.paragraph_properties => {
                let place = value(tag, "val");
                self.run.look.shifted = place.is_some_and(|place| place != "baseline");
            }
            "vanish" if !self.inside.paragraph_properties => self.run.hidden = is_on(tag),
            "tab" | "ptab" if !in_properties => self.push("\t"),
            "br" | "cr" if !in_properties => self.push("\n"),
            "noBreakHyphen" => self.push("-"),
            "sym" => {
                if let Some(char) = value(tag, "char").as_deref().and_then(symbol) {
                    self.push(char.encode_utf8(&mut [0; 4]));
                }
            }
            "commentRangeStart" | "commentReference" => self.comment(tag),
            "AlternateContent" => self.choices.push(false),
            "Choice" => {
                if let Some(met) = self.choices.last_mut() {
                    *met = true;
                }
            }
            "txbxContent" => self.boxes.push((String::new(), self.run)),
            _ if !self.boxes.is_empty() => {}
            "p" => self.open_paragraph()?,
            "tbl" => self.open_table()?,
            "tr" => {
                self.close_cell()?;
                if let Some(table) = self.tables.last_mut() {
                    table.open_row();
                }
            }
            "tc" => self.open_cell()?,
            name if self.inside.row_properties || self.inside.cell_properties => {
                self.property(name, tag);
            }
            _ => {}
        }
        Ok(())
    }

    /// A property of a row or of a cell.
    fn property(&mut self, name: &str, tag: &BytesStart<'_>) {
        let Some(table) = self.tables.last_mut() else { return };
        let number = || value(tag, "val").and_then(|value| value.trim().parse::<u64>().ok());
        let merge = || Merge::of(value(tag, "val").as_deref());
        match (name, table.cell.as_mut()) {
            ("gridBefore", _) => table.skip(number().unwrap_or(0)),
            ("hidden", None) => table.row_properties.hidden = is_on(tag),
            ("gridSpan", Some(cell)) => cell.columns = number(),
            ("vMerge", Some(cell)) => cell.vertical = merge(),
            ("hMerge", Some(cell)) => cell.horizontal = merge(),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) -> Result<()> {
        match name {
            "pPr" => self.inside.paragraph_properties = false,
            "rPr" => self.inside.run_properties = false,
            "trPr" => self.inside.row_properties = false,
            "tcPr" => self.inside.cell_properties = false,
            "t" => self.inside.text = false,
            "r" => self.run = Run::default(),
            "AlternateContent" => {
                self.choices.pop();
            }
            "txbxContent" => {
                if let Some((text, run)) = self.boxes.pop() {
                    self.beside.note(&text);
                    self.run = run;
                }
            }
            "p" if !self.boxes.is_empty() => self.push("\n"),
            _ if !self.boxes.is_empty() => {}
            "p" if self.paragraph.as_ref().is_none_or(|paragraph| !paragraph.goes_on) => {
                self.flush_paragraph()?;
            }
            "tbl" => self.close_table()?,
            "tr" => {
                self.close_cell()?;
                if let Some(table) = self.tables.last_mut() {
                    table.close_row();
                }
            }
            "tc" => self.close_cell()?,
            _ => {}
        }
        Ok(())
    }

    fn push(&mut self, text: &str) {
        match self.boxes.last_mut() {
            Some((shown, _)) => shown.push_str(text),
            None => self.paragraph.get_or_insert_default().push(text, self.run),
        }
    }

    fn comment(&mut self, tag: &BytesStart<'_>) {
        let Some(comment) = value(tag, "id").and_then(|id| self.comments.remove(&id)) else {
            return;
        };
        match (&mut self.paragraph, self.holders.last_mut()) {
            (Some(paragraph), _) => paragraph.comments.push(comment),
            (None, Some(holder)) => holder.comments.push(comment),
            (None, None) => {}
        }
    }
}

/// The value of an attribute, by its local name.
fn value(tag: &BytesStart<'_>, wanted: &str) -> Option<String> {
    let mut attributes = tag.attributes();
    attributes.with_checks(false);
    let found = attributes.flatten().find(|at| at.key.local_name().as_ref() == wanted)?;
    Some(found.value.into_owned())
}

/// Whether a property is on: it is, unless it says otherwise.
fn is_on(tag: &BytesStart<'_>) -> bool {
    value(tag, "val").is_none_or(|value| !matches!(value.as_str(), "0" | "false" | "off"))
}
