//! One table of a spreadsheet: its rows, with everything that is repeated.

use super::{
    Source,
    names::Name,
    styles::Styles,
    texts::{self, Spaces},
    value::{self, Stated},
};
use crate::{
    cell::{MAX_COLUMNS, MAX_ROWS},
    error::Result,
    grid::Value,
    workbook::{
        builder::{Builder, Draft, place},
        hidden::HiddenRows,
        limits::{Limit, Limits},
        xml::{Event, Tag},
    },
};

/// Of rows that hold nothing but are repeated, merges are taken from as many.
const BLANK_MERGED_ROWS: u64 = 16;

/// What the reading of all tables shares.
pub(super) struct Reader<'l, 'b> {
    pub(super) book: &'b mut Builder<'l>,
    pub(super) styles: &'b mut Styles,
    pub(super) limits: &'l Limits,
    pub(super) spaces: Spaces,
    /// Bytes of texts that stand in more than one cell by repetition.
    pub(super) repeated: u64,
}

/// A table in the making.
struct Table {
    draft: Draft,
    row: u64,
    col: u64,
    /// Styles of the cells that name none: first and last column.
    columns: Vec<(u64, u64, String)>,
    hidden: HiddenRows,
}

/// A cell, or a run of them.
struct Run {
    cols: (u64, u64),
    value: Option<Value>,
    struck: bool,
    /// Rows and columns that it spans.
    span: (u64, u64),
    comments: Vec<String>,
    external: bool,
}

impl Reader<'_, '_> {
    /// Reads the table that just began.
    pub(super) fn table(&mut self, xml: &mut Source<'_>, tag: &Tag<'_>) -> Result<()> {
        let name = tag.attribute("table", "name");
        let style = tag.attribute("table", "style-name");
        let hidden = style.is_some_and(|style| self.styles.hides(&style));
        // What LibreOffice keeps of another file is no sheet of this one.
        if name.as_deref().is_some_and(|name| name.starts_with("'file:") && name.contains("'#")) {
            return xml.skip();
        }
        let draft = self.book.sheet(name, hidden)?;
        let (columns, hidden) = (Vec::new(), HiddenRows::default());
        let mut table = Table { draft, row: 0, col: 0, columns, hidden };
        let depth = xml.depth();
        while let Some(event) = xml.within(depth)? {
            match event {
                Event::Start(Name::Column, tag) => {
                    table.column(&tag);
                    xml.skip()?;
                }
                Event::Start(Name::Row, tag) => self.row(xml, &tag, &mut table)?,
                Event::Start(Name::Shapes, _) => self.shapes(xml, &mut table)?,
                // Rows that stand together are rows.
                Event::Start(Name::Group, _) | Event::End(_) | Event::Text(_) => {}
                Event::Start(..) => xml.skip()?,
            }
        }
        table.draft.sheet.hidden_rows = table.hidden.rows();
        self.book.finish(table.draft);
        Ok(())
    }

    fn shapes(&mut self, xml: &mut Source<'_>, table: &mut Table) -> Result<()> {
        let depth = xml.depth();
        while let Some(event) = xml.within(depth)? {
            match event {
                Event::Start(Name::Drawing, _) => {
                    let text = texts::texts(xml, &mut self.spaces)?;
                    table.draft.sheet.drawings.extend(text);
                }
                Event::Start(Name::Foreign, _) => xml.skip()?,
                _ => {}
            }
        }
        Ok(())
    }

    fn row(&mut self, xml: &mut Source<'_>, tag: &Tag<'_>, table: &mut Table) -> Result<()> {
        let repeat = count(tag, "number-rows-repeated");
        let style = tag.attribute("table", "default-cell-style-name");
        let (first, next) = (table.row, table.row.saturating_add(repeat));
        if is_hidden(tag) {
            table.hidden.hide(first, next - 1);
        }
        let mut runs = Vec::new();
        let mut col = 0_u64;
        let depth = xml.depth();
        while let Some(event) = xml.within(depth)? {
            match event {
                Event::Start(Name::Cell, tag) => {
                    let after = col.saturating_add(count(&tag, "number-columns-repeated"));
                    let run = self.run(xml, &tag, table, (col, after - 1), style.as_deref())?;
                    runs.extend(run);
                    col = after;
                }
                Event::Start(..) => xml.skip()?,
                Event::End(_) | Event::Text(_) => {}
            }
        }
        self.put(table, &runs, first, next)?;
        table.row = next;
        Ok(())
    }

    /// The cell that just began; none when there is nothing to it.
    fn run(
        &mut self,
        xml: &mut Source<'_>,
        tag: &Tag<'_>,
        table: &mut Table,
        cols: (u64, u64),
        row_style: Option<&str>,
    ) -> Result<Option<Run>> {
        let stated = Stated::of(tag);
        let external = stated.is_external();
        let span = (count(tag, "number-rows-spanned"), count(tag, "number-columns-spanned"));
        let own = tag.attribute("table", "style-name");
        let style = own.as_deref().or(row_style).or_else(|| table.style(cols.0));
        let look = self.styles.look(style);
        let content = texts::content(xml, &mut self.spaces, self.styles.runs())?;
        table.draft.sheet.drawings.extend(content.drawings);
        let value = stated.value(content.text, &look);
        let blank = value.is_none() && span == (1, 1) && content.comments.is_empty();
        let struck = look.struck || content.struck;
        let comments = content.comments;
        Ok((!blank).then_some(Run { cols, value, struck, span, comments, external }))
    }

    /// Puts a row's cells into each of the rows that it stands for.
    fn put(&mut self, table: &mut Table, runs: &[Run], first: u64, next: u64) -> Result<()> {
        let holds = runs.iter().any(|run| run.value.is_some());
        for run in runs.iter().filter(|run| !run.comments.is_empty()) {
            table.comment(first, run);
        }
        if !holds && runs.iter().all(|run| run.span == (1, 1)) {
            return Ok(());
        }
        let most =
            if holds { u64::from(MAX_ROWS) } else { BLANK_MERGED_ROWS.saturating_add(first) };
        // One row beyond the grid, so that it is told.
        let end = next.min(most.max(first) + 1);
        for row in first..end {
            for run in runs {
                self.put_run(table, run, row, row > first)?;
            }
        }
        Ok(())
    }

    fn put_run(&mut self, table: &mut Table, run: &Run, row: u64, again: bool) -> Result<()> {
        let (start, end) = run.cols;
        if run.span != (1, 1) {
            let rows = (row, row.saturating_add(run.span.0 - 1));
            self.book.merge(
                &mut table.draft,
                rows,
                (start, start.saturating_add(run.span.1 - 1)),
            )?;
            table.hidden.holds(rows.1);
        }
        let Some(value) = &run.value else { return Ok(()) };
        table.hidden.holds(row);
        for col in start..=end.min(u64::from(MAX_COLUMNS).max(start)) {
            if again || col > start {
                self.repeated += value::size(value);
                let repeated = self.repeated;
                self.limits.check(Limit::InflatedSize, repeated, || {
                    message!("more by repetition", "重复的单元格展开后更多")
                })?;
            }
            self.book.put_struck(&mut table.draft, row, col, value.clone(), run.struck)?;
            if run.external {
                table.draft.sheet.external.extend(place(row, col));
            }
        }
        Ok(())
    }
}

impl Table {
    fn column(&mut self, tag: &Tag<'_>) {
        let repeat = count(tag, "number-columns-repeated");
        let (first, next) = (self.col, self.col.saturating_add(repeat));
        self.col = next;
        let grid = u64::from(MAX_COLUMNS);
        if is_hidden(tag) && first < grid {
            let last = u32::try_from(next.min(grid) - 1).unwrap_or(MAX_COLUMNS - 1);
            self.draft.sheet.hidden_cols.extend(u32::try_from(first).map(|first| (first, last)));
        }
        if let Some(style) = tag.attribute("table", "default-cell-style-name") {
            self.columns.push((first, next - 1, style));
        }
    }

    /// The style of a column's cells.
    fn style(&self, col: u64) -> Option<&str> {
        let at = self.columns.partition_point(|(_, last, _)| *last < col);
        self.columns.get(at).filter(|(first, ..)| *first <= col).map(|(.., style)| style.as_str())
    }

    fn comment(&mut self, row: u64, run: &Run) {
        if let Some(at) = place(row, run.cols.0) {
            self.draft.sheet.comments.extend(run.comments.iter().cloned().map(|text| (at, text)));
        }
    }
}

/// How often something is repeated or how far it spans; at least once.
fn count(tag: &Tag<'_>, name: &str) -> u64 {
    let count = tag.attribute("table", name).and_then(|count| count.trim().parse().ok());
    count.unwrap_or(1).clamp(1, 1 << 40)
}

fn is_hidden(tag: &Tag<'_>) -> bool {
    tag.attribute("table", "visibility").is_some_and(|value| value != "visible")
}
