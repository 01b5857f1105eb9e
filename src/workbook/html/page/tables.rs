//! The tables of a page: where each begins, its rows and cells.

use super::{
    super::{holder::Holder, style::Look, table::OpenTable, tokens::Tag, value::Stated},
    Page,
};
use crate::{
    error::Result,
    workbook::flow::{self, Block},
};

impl Page<'_> {
    pub(super) fn open_table(&mut self) -> Result<()> {
        // A table may stand in a cell or beside a table, never between two cells.
        if self.tables.last().is_some_and(|table| table.cell.is_none()) {
            self.close_table()?;
        }
        self.flush()?;
        self.number += 1;
        let (number, depth) = (self.number, self.tables.len() as u64 + 1);
        flow::check_table(self.limits, number, depth)?;
        self.tables.push(OpenTable::new(number));
        Ok(())
    }

    pub(super) fn close_table(&mut self) -> Result<()> {
        self.close_cell()?;
        let Some(table) = self.tables.pop() else { return Ok(()) };
        // Its caption, and text between its cells, which browsers show above it.
        self.flush()?;
        let table = Box::new(table.close());
        if let Some(holder) = self.holders.last_mut() {
            holder.blocks.push(Block::Table(table));
        }
        Ok(())
    }

    pub(super) fn row(&mut self, name: &str, hidden: bool) -> Result<()> {
        self.close_cell()?;
        let Some(table) = self.tables.last_mut() else { return Ok(()) };
        if name == "tr" {
            table.open_row(hidden);
        } else {
            table.open_group(hidden);
        }
        Ok(())
    }

    pub(super) fn open_cell(&mut self, name: &str, tag: &Tag<'_>, mut look: Look) -> Result<()> {
        self.close_cell()?;
        let Some(table) = self.tables.last_mut() else {
            self.edge_of("div");
            return Ok(());
        };
        let (colspan, rowspan) = (tag.attribute("colspan"), tag.attribute("rowspan"));
        table.open_cell(colspan.as_deref(), rowspan.as_deref(), &mut self.walked, self.limits)?;
        let stated = Stated::of(tag, look.format.take());
        self.holders.push(Holder { stated, ..Holder::default() });
        self.element(name, &look)
    }

    pub(super) fn close_cell(&mut self) -> Result<()> {
        if self.tables.last().is_none_or(|table| table.cell.is_none()) {
            return Ok(());
        }
        if self.elements.end_cell(self.holders.len()) {
            self.shown_again(false);
        }
        let (Some(holder), Some(table)) = (self.holders.pop(), self.tables.last_mut()) else {
            return Ok(());
        };
        let (content, struck, comments) = holder.content(&mut self.formats);
        self.kept += u64::from(table.close_cell(content, struck, comments));
        flow::check_kept(self.limits, self.kept)
    }
}
