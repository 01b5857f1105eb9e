//! The blocks of a document as they open and close: paragraphs, tables, cells.

use super::{
    super::{
        holder::Holder,
        paragraph::Paragraph,
        table::{CellProperties, OpenTable},
    },
    Body,
};
use crate::{
    error::Result,
    workbook::flow::{self, Block, Line},
};

impl Body<'_> {
    pub(super) fn open_paragraph(&mut self) -> Result<()> {
        match &mut self.paragraph {
            Some(paragraph) if paragraph.goes_on => paragraph.goes_on = false,
            _ => {
                self.flush_paragraph()?;
                self.paragraph = Some(Paragraph::default());
            }
        }
        Ok(())
    }

    pub(super) fn flush_paragraph(&mut self) -> Result<()> {
        let Some(mut paragraph) = self.paragraph.take() else { return Ok(()) };
        self.beside.note(&paragraph.take_hidden());
        let in_cell = self.holders.len() > 1;
        let Some(holder) = self.holders.last_mut() else { return Ok(()) };
        if in_cell {
            holder.text.push_str(&paragraph.text);
            holder.text.push('\n');
            holder.struck |= paragraph.struck;
            holder.comments.append(&mut paragraph.comments);
        } else if !paragraph.text.trim().is_empty() || !paragraph.comments.is_empty() {
            let text = paragraph.text.trim_matches(['\n', ' ']).to_owned();
            let struck = paragraph.struck;
            holder.blocks.push(Block::Line(Line { text, struck, comments: paragraph.comments }));
            self.kept += 1;
        }
        flow::check_kept(self.limits, self.kept)
    }

    pub(super) fn open_table(&mut self) -> Result<()> {
        self.flush_paragraph()?;
        if self.tables.last().is_some_and(|table| table.cell.is_none()) {
            self.close_table()?;
        }
        if let Some(holder) = self.holders.last_mut() {
            holder.flush();
        }
        self.number += 1;
        flow::check_table(self.limits, self.number, self.tables.len() as u64 + 1)?;
        self.tables.push(OpenTable::new(self.number));
        Ok(())
    }

    pub(super) fn close_table(&mut self) -> Result<()> {
        self.close_cell()?;
        if let (Some(table), Some(holder)) = (self.tables.pop(), self.holders.last_mut()) {
            holder.blocks.push(Block::Table(Box::new(table.close())));
        }
        Ok(())
    }

    pub(super) fn open_cell(&mut self) -> Result<()> {
        self.close_cell()?;
        if let Some(table) = self.tables.last_mut() {
            table.cell = Some(CellProperties::default());
            self.holders.push(Holder::default());
        }
        Ok(())
    }

    pub(super) fn close_cell(&mut self) -> Result<()> {
        if self.tables.last().is_none_or(|table| table.cell.is_none()) {
            return Ok(());
        }
        self.flush_paragraph()?;
        let (Some(holder), Some(table)) = (self.holders.pop(), self.tables.last_mut()) else {
            return Ok(());
        };
        let (content, struck, comments) = holder.content();
        self.kept += u64::from(table.close_cell(content, struck, comments));
        flow::check_kept(self.limits, self.kept)
    }
}
