//! One worksheet: rows and cells, each where the last one leaves off or where its index says.

use super::{
    Source, damaged,
    names::Name,
    places::{Claim, Places},
    styles::{Styles, is_on},
    value,
};
use crate::{
    cell::MAX_COLUMNS,
    error::Result,
    workbook::{
        Fault,
        builder::{Builder, Draft, place},
        hidden::HiddenRows,
        xml::{Event, Tag},
    },
};

/// What the reading of all worksheets shares.
pub(super) struct Reader<'l, 'b> {
    pub(super) book: &'b mut Builder<'l>,
    pub(super) styles: Styles,
    pub(super) date1904: bool,
}

/// A worksheet in the making.
struct Sheet {
    draft: Draft,
    row: u64,
    col: u64,
    hidden: HiddenRows,
    places: Places,
    /// The style of all cells, those of columns and that of the row.
    style: Option<String>,
    columns: Vec<(u64, u64, String)>,
    row_style: Option<String>,
}

/// A cell in the making.
#[derive(Default)]
struct Cell {
    index: Option<u64>,
    across: u64,
    down: u64,
    style: Option<String>,
    formula: Option<String>,
    kind: String,
    text: String,
    comment: Option<String>,
}

impl Reader<'_, '_> {
    /// Reads the worksheet that just began.
    pub(super) fn worksheet(&mut self, xml: &mut Source<'_>, tag: &Tag<'_>) -> Result<()> {
        let draft = self.book.sheet(tag.any("Name"), false)?;
        let mut sheet = Sheet {
            draft,
            row: 0,
            col: 0,
            hidden: HiddenRows::default(),
            places: Places::default(),
            style: None,
            columns: Vec::new(),
            row_style: None,
        };
        let depth = xml.depth();
        while let Some(event) = xml.within(depth)? {
            match event {
                Event::Start(Name::Table, tag) => {
                    sheet.style = tag.any("StyleID");
                    self.table(xml, &mut sheet)?;
                }
                Event::Start(Name::Options, _) => {
                    sheet.draft.sheet.hidden = options(xml)?;
                }
                Event::Start(..) => xml.skip()?,
                Event::End(_) | Event::Text(_) => {}
            }
        }
        if xml.torn() {
            let name = sheet.draft.sheet.name.unwrap_or_default();
            let row = sheet.row;
            let reason = message!(
                "it breaks off in row {row} of the sheet `{name}`",
                "工作表 `{name}` 在第 {row} 行断开"
            );
            return Err(damaged(reason));
        }
        sheet.draft.sheet.hidden_rows = sheet.hidden.rows();
        sheet.draft.sheet.fault = xml.fault().map(|_| Fault::Markup);
        self.book.finish(sheet.draft);
        Ok(())
    }

    fn table(&mut self, xml: &mut Source<'_>, sheet: &mut Sheet) -> Result<()> {
        let depth = xml.depth();
        while let Some(event) = xml.within(depth)? {
            match event {
                Event::Start(Name::Column, tag) => sheet.column(&tag),
                Event::Start(Name::Row, tag) => self.row(xml, &tag, sheet)?,
                Event::Start(..) | Event::End(_) | Event::Text(_) => {}
            }
        }
        Ok(())
    }

    fn row(&mut self, xml: &mut Source<'_>, tag: &Tag<'_>, sheet: &mut Sheet) -> Result<()> {
        let row = index(tag).unwrap_or(sheet.row);
        let last = row.saturating_add(number(tag, "Span"));
        sheet.row = last.saturating_add(1);
        sheet.row_style = tag.any("StyleID");
        if tag.any("Hidden").is_some_and(|value| is_on(&value)) {
            sheet.hidden.hide(row, last);
        }
        let mut cells = Vec::new();
        let depth = xml.depth();
        while let Some(event) = xml.within(depth)? {
            if let Event::Start(Name::Cell, tag) = event {
                cells.push(cell(xml, &tag)?);
            }
        }
        let claims: Vec<Claim> = cells.iter().map(Cell::claim).collect();
        let cols = sheet.places.of(row, &claims);
        for (cell, col) in cells.into_iter().zip(cols) {
            self.put(sheet, cell, row, col)?;
        }
        Ok(())
    }

    fn put(&mut self, sheet: &mut Sheet, cell: Cell, row: u64, col: u64) -> Result<()> {
        if cell.across > 0 || cell.down > 0 {
            let (end_row, end_col) =
                (row.saturating_add(cell.down), col.saturating_add(cell.across));
            self.book.merge(&mut sheet.draft, (row, end_row), (col, end_col))?;
            sheet.hidden.holds(end_row);
            if cell.down > 0 {
                sheet.places.merge((col, end_col), end_row);
            }
        }
        let beside = &mut sheet.draft.sheet;
        let at = place(row, col);
        beside.comments.extend(at.zip(cell.comment));
        if cell.formula.as_deref().is_some_and(value::is_external) {
            beside.external.extend(at);
        }
        let look = self.styles.look(cell.style.as_deref().or_else(|| sheet.style(col)));
        let value = value::of(&cell.kind, cell.text, cell.formula, &look, self.date1904);
        if let Some(value) = value {
            self.book.put_struck(&mut sheet.draft, row, col, value, look.struck)?;
            sheet.hidden.holds(row);
        }
        Ok(())
    }
}

/// The cell that just began.
fn cell(xml: &mut Source<'_>, tag: &Tag<'_>) -> Result<Cell> {
    let mut cell = Cell {
        index: index(tag),
        across: number(tag, "MergeAcross"),
        down: number(tag, "MergeDown"),
        style: tag.any("StyleID"),
        formula: tag.any("Formula"),
        ..Cell::default()
    };
    let (depth, faults) = (xml.depth(), xml.faults());
    while let Some(event) = xml.within(depth)? {
        match event {
            Event::Start(Name::Data, tag) => {
                cell.kind = tag.any("Type").unwrap_or_default();
                cell.text = data(xml)?;
            }
            Event::Start(Name::Comment, _) => {
                let comment = data(xml)?.trim().to_owned();
                cell.comment = Some(comment).filter(|comment| !comment.is_empty());
            }
            Event::Start(..) => xml.skip()?,
            Event::End(_) | Event::Text(_) => {}
        }
    }
    if xml.faults() > faults && !cell.text.is_empty() {
        // What is left of a number is another number; it must not pass for one.
        cell.kind.clear();
        cell.text.push(char::REPLACEMENT_CHARACTER);
    }
    Ok(cell)
}

impl Cell {
    fn claim(&self) -> Claim {
        let holds = !self.text.trim().is_empty() || self.across > 0 || self.down > 0;
        (self.index, self.across, holds)
    }
}

impl Sheet {
    fn column(&mut self, tag: &Tag<'_>) {
        let first = index(tag).unwrap_or(self.col);
        let last = first.saturating_add(number(tag, "Span"));
        self.col = last.saturating_add(1);
        if tag.any("Hidden").is_some_and(|value| is_on(&value)) {
            let end = |col: u64| u32::try_from(col).unwrap_or(MAX_COLUMNS).min(MAX_COLUMNS - 1);
            self.draft.sheet.hidden_cols.push((end(first), end(last)));
        }
        self.columns.extend(tag.any("StyleID").map(|style| (first, last, style)));
    }

    /// The style of a cell that names none.
    fn style(&self, col: u64) -> Option<&str> {
        let column = || {
            let mut columns = self.columns.iter();
            columns.find(|(first, last, _)| (*first..=*last).contains(&col))
        };
        let of_column = || column().map(|(.., style)| style);
        self.row_style.as_ref().or_else(of_column).or(self.style.as_ref()).map(String::as_str)
    }
}

/// Whether the options hide the worksheet.
fn options(xml: &mut Source<'_>) -> Result<bool> {
    let mut hidden = false;
    let depth = xml.depth();
    while let Some(event) = xml.within(depth)? {
        if let Event::Start(Name::Visible, _) = event {
            hidden = data(xml)?.trim().to_ascii_lowercase().starts_with("sheet");
        }
    }
    Ok(hidden)
}

/// All text in the element that just began.
fn data(xml: &mut Source<'_>) -> Result<String> {
    let mut text = String::new();
    let depth = xml.depth();
    while let Some(event) = xml.within(depth)? {
        match event {
            Event::Text(piece) => text += &piece,
            Event::Start(Name::Break, _) => text.push('\n'),
            Event::Start(..) | Event::End(_) => {}
        }
    }
    Ok(text)
}

/// Where an element says that it stands, from 0.
fn index(tag: &Tag<'_>) -> Option<u64> {
    tag.any("Index")?.trim().parse::<u64>().ok()?.checked_sub(1)
}

fn number(tag: &Tag<'_>, name: &str) -> u64 {
    tag.any(name).and_then(|number| number.trim().parse().ok()).unwrap_or(0)
}
