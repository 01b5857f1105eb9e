//! Whether a page breaks off, by how it ends. Pages may leave out the ends of cells and rows, and many web systems do;
//! so an open cell says nothing by itself, but does in a page that ends all the others.

use super::table::OpenTable;
use crate::workbook::{Fault, TornAt};

/// What was begun and ended so far.
#[derive(Debug, Default)]
pub(super) struct Ending {
    cells: Count,
    rows: Count,
    /// Whether the page said that it is over, and no table went on behind that.
    over: bool,
    /// Whether the last text ends within an entity.
    in_entity: bool,
}

#[derive(Debug, Default)]
struct Count {
    begun: usize,
    ended: usize,
}

impl Count {
    /// Whether each of them ends by a tag of its own, but for those that are open.
    fn breaks_off(&self, open: usize) -> bool {
        open > 0 && self.ended > 0 && self.begun == self.ended + open
    }
}

impl Ending {
    pub(super) fn start(&mut self, name: &str) {
        self.in_entity = false;
        match name {
            "td" | "th" => self.cells.begun += 1,
            "tr" => self.rows.begun += 1,
            "table" => {}
            _ => return,
        }
        self.over = false;
    }

    pub(super) fn end(&mut self, name: &str) {
        self.in_entity = false;
        match name {
            "td" | "th" => self.cells.ended += 1,
            "tr" => self.rows.ended += 1,
            "body" | "html" => self.over = true,
            _ => {}
        }
    }

    pub(super) fn text(&mut self, text: &str) {
        let entity = text.rsplit_once('&').map(|(_, name)| name);
        self.in_entity = entity.is_some_and(|name| {
            name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'#')
        });
    }

    /// What is broken, with the tables that are open; `in_tag` where the page ends within a tag or a comment.
    pub(super) fn fault(&self, in_tag: bool, tables: &[OpenTable]) -> Option<Fault> {
        let at = TornAt { table: tables.last().map(OpenTable::place) };
        let open = |is: fn(&OpenTable) -> bool| tables.iter().filter(|table| is(table)).count();
        if self.over || tables.is_empty() && !in_tag {
            return None;
        }
        let torn = in_tag
            || self.in_entity
            || self.cells.breaks_off(open(|table| table.cell.is_some()))
            || self.rows.breaks_off(open(OpenTable::in_row));
        Some(if torn { Fault::Torn(at) } else { Fault::Unclosed(at) })
    }
}
