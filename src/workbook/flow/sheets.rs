//! Blocks of a document → sheets.

use super::{Beside, Block, Cell, Content, Line, Table, pieces::pieces};
use crate::{
    cell::{CellRange, CellRef},
    error::Result,
    grid::Value,
    workbook::{
        TableAt,
        builder::{Builder, Draft},
    },
};

/// So many lines next to a table stay with it: title, approver, unit, notes. Between two tables twice as many do, and
/// the tables stay together.
const NEAR: usize = 30;

/// On so many sheets at most what stands beside the text is told again.
const TOLD: usize = 100;

/// Lays a document out on sheets: its tables with the lines around them, and long texts apart.
pub(in crate::workbook) fn lay_out(
    book: &mut Builder<'_>,
    body: Vec<Block>,
    beside: Beside,
) -> Result<()> {
    for (at, blocks) in parted(body).into_iter().enumerate() {
        let mut sheet = Layout { draft: book.sheet(None, false)?, work: Vec::new() };
        sheet.put(book, blocks)?;
        let mut draft = sheet.done();
        // Which of them a form stands on is not known here, and the others tell nothing.
        if at < TOLD {
            draft.sheet.drawings.clone_from(&beside.drawings);
        }
        draft.sheet.lossy = beside.lossy;
        draft.sheet.fault = beside.fault;
        book.finish(draft);
    }
    Ok(())
}

/// The blocks of each sheet.
fn parted(body: Vec<Block>) -> Vec<Vec<Block>> {
    let mut sheets: Vec<Vec<Block>> = Vec::new();
    let mut sheet: Vec<Block> = Vec::new();
    let mut has_table = false;
    let mut lines: Vec<Line> = Vec::new();
    for block in body {
        match block {
            Block::Line(line) => lines.push(line),
            // A sheet of totals of our own is known by its first cells. LibreOffice writes its name above it.
            Block::Table(table) if table.is_ours() => {
                lines.pop_if(|line| line.text.starts_with("Sheet "));
                sheets.push(vec![Block::Table(table)]);
            }
            Block::Table(table) => {
                let most = if has_table { 2 * NEAR } else { NEAR };
                if lines.len() > most {
                    let near = lines.split_off(lines.len() - NEAR);
                    let far = lines.split_off(if has_table { NEAR } else { 0 });
                    sheet.extend(lines.drain(..).map(Block::Line));
                    sheets.push(std::mem::take(&mut sheet));
                    sheets.push(far.into_iter().map(Block::Line).collect());
                    lines = near;
                }
                sheet.extend(lines.drain(..).map(Block::Line));
                sheet.push(Block::Table(table));
                has_table = true;
            }
        }
    }
    let far = if has_table { lines.split_off(lines.len().min(2 * NEAR)) } else { Vec::new() };
    sheet.extend(lines.into_iter().map(Block::Line));
    sheets.push(sheet);
    sheets.push(far.into_iter().map(Block::Line).collect());
    sheets.retain(|blocks| !blocks.is_empty());
    if sheets.is_empty() {
        sheets.push(Vec::new());
    }
    sheets
}

/// A sheet being laid out.
struct Layout {
    draft: Draft,
    /// What is yet to be put; no recursion, since a document says how deep its tables go.
    work: Vec<Area>,
}

/// Blocks and the place for them.
struct Area {
    row: u64,
    col: u64,
    width: u64,
    blocks: Vec<Block>,
}

impl Layout {
    fn put(&mut self, book: &mut Builder<'_>, blocks: Vec<Block>) -> Result<()> {
        let tables = blocks.iter().filter_map(|block| match block {
            Block::Table(table) => Some(table.width()),
            Block::Line(_) => None,
        });
        let width = tables.max().unwrap_or(1).max(1);
        self.work.push(Area { row: 0, col: 0, width, blocks });
        while let Some(area) = self.work.pop() {
            let mut row = area.row;
            for block in area.blocks {
                let height = match block {
                    Block::Line(line) => self.line(book, line, row, area.col, area.width)?,
                    Block::Table(table) => {
                        let height = table.height();
                        self.table(book, *table, row, area.col)?;
                        height
                    }
                };
                row = row.saturating_add(height);
            }
        }
        Ok(())
    }

    /// A line over the full width, or in a cell for each of its pieces; how many rows it takes.
    fn line(
        &mut self,
        book: &mut Builder<'_>,
        line: Line,
        row: u64,
        col: u64,
        width: u64,
    ) -> Result<u64> {
        self.comments(row, col, line.comments);
        let rows = pieces(&line.text);
        for (row, pieces) in (row..).zip(&rows) {
            for (at, piece) in (col..).zip(pieces) {
                let value = Value::Text((*piece).to_owned());
                book.put_struck(&mut self.draft, row, at, value, line.struck)?;
            }
            if pieces.len() == 1 {
                let last = col.saturating_add(width - 1);
                book.merge(&mut self.draft, (row, row), (col, last))?;
            }
        }
        Ok(rows.len() as u64)
    }

    fn table(
        &mut self,
        book: &mut Builder<'_>,
        mut table: Table,
        row: u64,
        col: u64,
    ) -> Result<()> {
        self.remember(&table, row, col);
        for cell in std::mem::take(&mut table.cells) {
            self.cell(book, &table, cell, row, col)?;
        }
        for hidden in &table.hidden_rows {
            let (first, last) = table.rows(*hidden, 1);
            let rows = row.saturating_add(first)..=row.saturating_add(last);
            self.draft.sheet.hidden_rows.extend(rows.filter_map(|row| u32::try_from(row).ok()));
        }
        for (first, last) in &table.hidden_cols {
            let (first, last) = table.cols(*first, last.saturating_sub(*first) + 1);
            let number = |at: u64| u32::try_from(col.saturating_add(at)).ok();
            self.draft.sheet.hidden_cols.extend(number(first).zip(number(last)));
        }
        Ok(())
    }

    fn cell(
        &mut self,
        book: &mut Builder<'_>,
        table: &Table,
        cell: Cell,
        row: u64,
        col: u64,
    ) -> Result<()> {
        let shift = |(first, last): (u64, u64), by: u64| {
            (first.saturating_add(by), last.saturating_add(by))
        };
        let rows = shift(table.rows(cell.at.0, cell.span.0), row);
        let cols = shift(table.cols(cell.at.1, cell.span.1), col);
        self.comments(rows.0, cols.0, cell.comments);
        match cell.content {
            Content::Blank => {}
            Content::Value(value) => {
                book.put_struck(&mut self.draft, rows.0, cols.0, value, cell.struck)?;
            }
            Content::Blocks(blocks) => {
                let width = cols.1 - cols.0 + 1;
                self.work.push(Area { row: rows.0, col: cols.0, width, blocks });
                return Ok(());
            }
        }
        book.merge(&mut self.draft, rows, cols)
    }

    fn comments(&mut self, row: u64, col: u64, comments: Vec<String>) {
        if let (Ok(row), Ok(col)) = (u32::try_from(row), u32::try_from(col)) {
            let at = CellRef::new(row, col);
            self.draft.sheet.comments.extend(comments.into_iter().map(|comment| (at, comment)));
        }
    }

    /// Remembers where a table stands.
    fn remember(&mut self, table: &Table, row: u64, col: u64) {
        let corner = |row: u64, col: u64| {
            Some(CellRef::new(u32::try_from(row).ok()?, u32::try_from(col).ok()?))
        };
        let bottom = row.saturating_add(table.height().saturating_sub(1));
        let right = col.saturating_add(table.width().saturating_sub(1));
        let shows = !table.is_layout && !table.cells.is_empty();
        let ends = corner(row, col).zip(corner(bottom, right)).filter(|_| shows);
        self.draft.sheet.tables.extend(ends.map(|(start, end)| TableAt {
            number: table.number,
            range: CellRange::new(start, end),
        }));
    }

    fn done(self) -> Draft {
        let mut draft = self.draft;
        let sheet = &mut draft.sheet;
        sheet.hidden_rows.sort_unstable();
        sheet.hidden_rows.dedup();
        sheet.tables.sort_unstable_by_key(|table| table.number);
        sheet.name = sheet.tables.first().map(TableAt::name);
        draft
    }
}
