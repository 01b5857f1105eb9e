//! A document of paragraphs and tables, laid out on sheets as a spreadsheet program shows it: all of it below each
//! other, a paragraph on a row of its own over the full width, a table within a cell in the place of that cell.
//!
//! Tables of one document share a sheet, because a form may stand in several: its title in one or in a paragraph, a
//! table for each block or for each page, notes below. Which rows hold a form is for the recogniser to find; the sheet
//! remembers which rows are which table. Only a long text between two tables parts them.

mod pieces;
mod sheets;
mod table;

use super::{
    Fault,
    limits::{Limit, Limits},
};
use crate::{error::Result, grid::Value};

pub(super) use sheets::lay_out;
pub(super) use table::Table;

/// A part of a document.
#[derive(Debug)]
pub(super) enum Block {
    Line(Line),
    // Boxed: a document has many more lines than tables.
    Table(Box<Table>),
}

/// A paragraph outside any cell that holds nothing but text.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) text: String,
    pub(super) struck: bool,
    pub(super) comments: Vec<String>,
}

/// A cell of a table.
#[derive(Debug)]
pub(super) struct Cell {
    /// Row and column in its table, from 0.
    pub(super) at: (u64, u64),
    /// How many rows and columns it covers.
    pub(super) span: (u64, u64),
    pub(super) content: Content,
    pub(super) struck: bool,
    pub(super) comments: Vec<String>,
}

/// What a cell of a table holds.
#[derive(Debug)]
pub(super) enum Content {
    Blank,
    Value(Value),
    /// Text and tables.
    Blocks(Vec<Block>),
}

impl Content {
    /// What a cell with tables in it holds. One that holds nothing but a table of one cell holds what that cell does.
    pub(super) fn of(mut blocks: Vec<Block>) -> Self {
        match (blocks.pop(), blocks.is_empty()) {
            (Some(Block::Table(table)), true) => match table.into_single() {
                Ok(content) => content,
                Err(table) => Self::Blocks(vec![Block::Table(table)]),
            },
            (Some(last), _) => {
                blocks.push(last);
                Self::Blocks(blocks)
            }
            (None, _) => Self::Blank,
        }
    }
}

/// Refuses a table too many, or too deep in others.
pub(super) fn check_table(limits: &Limits, number: u32, depth: u64) -> Result<()> {
    // They are dropped one within the other, so that deeper than this no limit may go.
    const DEEPEST: u64 = 1000;
    limits.check(Limit::Sheets, number.into(), || {
        message!("{number} tables", "有 {number} 个表格")
    })?;
    limits.check(Limit::Nesting, depth, || {
        message!("{depth} tables within tables", "表格嵌套 {depth} 层")
    })?;
    if depth > DEEPEST {
        let found = message!(
            "{depth} tables within tables, of which {DEEPEST} can be read",
            "表格嵌套 {depth} 层，最多可读 {DEEPEST} 层"
        );
        return Err(limits.over(Limit::Nesting, found));
    }
    Ok(())
}

/// Refuses to keep more cells and lines than a workbook may have, with those that are blank and merged.
pub(super) fn check_kept(limits: &Limits, kept: u64) -> Result<()> {
    if kept > limits.most(Limit::Cells).saturating_add(limits.most(Limit::Merges)) {
        return Err(limits.over(Limit::Cells, message!("more in this document", "文档中还有更多")));
    }
    Ok(())
}

/// What a document holds beside its text.
#[derive(Clone, Debug, Default)]
pub(super) struct Beside {
    /// Texts that are not part of the flow: text boxes, hidden text.
    pub(super) drawings: Vec<String>,
    /// Whether bytes had no meaning in the encoding.
    pub(super) lossy: bool,
    /// What is broken in the markup.
    pub(super) fault: Option<Fault>,
    /// Bytes of the texts.
    size: usize,
}

impl Beside {
    /// Keeps a text that stands apart. They are only quoted in a report: of more than anyone reads, an ellipsis is left.
    pub(super) fn note(&mut self, text: &str) {
        const MOST: usize = 1 << 16;
        let text = text.trim();
        if text.is_empty() || self.size > MOST {
            return;
        }
        self.size += text.len();
        let kept = if self.size > MOST { "…" } else { text };
        self.drawings.push(kept.to_owned());
    }
}

/// The lines of a text, each a block of its own. Blank ones go.
pub(super) fn lines(text: &str, struck: bool) -> impl Iterator<Item = Block> + '_ {
    let lines = text.split('\n').filter(|line| !line.trim().is_empty());
    lines.map(move |line| {
        Block::Line(Line { text: line.trim().to_owned(), struck, comments: Vec::new() })
    })
}
