//! OOXML workbooks: xlsx, xlsm, xltx. calamine's streaming reader gives the cells, a scan of our own the rest; where
//! calamine would refuse, misread or trust too much, a reader of our own gives the cells too.

mod direct;
mod outline;
mod streamed;

use self::{
    direct::Tables,
    outline::{Listed, Outline},
    streamed::Streamed,
};
use super::{
    Workbook,
    builder::{Builder, Draft},
    limits::Limits,
    package::Package,
    unpacked::unpacked,
    xlsx_side::{self, Side},
};
use crate::error::Result;

/// Reads every worksheet.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Workbook> {
    let unpacked = unpacked(bytes);
    Source::open(unpacked.as_deref().unwrap_or(bytes), limits, true)?.read()
}

/// A workbook on its way in.
struct Source<'a> {
    package: Package<'a>,
    outline: Outline,
    streamed: Option<Streamed<'a>>,
    /// What our own reader needs, loaded when it is first asked.
    tables: Option<Tables>,
    limits: &'a Limits,
}

impl<'a> Source<'a> {
    fn open(bytes: &'a [u8], limits: &'a Limits, stream: bool) -> Result<Self> {
        let mut package = Package::open(bytes, limits)?;
        let outline = Outline::of(&mut package)?;
        let streamed = if stream { streamed::open(bytes, &mut package, &outline)? } else { None };
        Ok(Self { package, outline, streamed, tables: None, limits })
    }

    fn read(mut self) -> Result<Workbook> {
        let mut book = Builder::new(self.limits);
        let sheets = std::mem::take(&mut self.outline.sheets);
        for (at, listed) in sheets.iter().enumerate().filter(|(_, listed)| listed.worksheet) {
            // calamine finds a sheet by its name, and so only the first of two that share one.
            let named_before = sheets[..at].iter().any(|other| other.name == listed.name);
            let mut draft = book.sheet(Some(listed.name.clone()), listed.hidden)?;
            self.sheet(listed, !named_before, &mut book, &mut draft)?;
            book.finish(draft);
        }
        Ok(book.workbook())
    }

    fn sheet(
        &mut self,
        listed: &Listed,
        stream: bool,
        book: &mut Builder<'_>,
        draft: &mut Draft,
    ) -> Result<()> {
        let name = &listed.name;
        // A sheet without a relation never had a part; one whose part is gone has lost its cells.
        let Some(part) = listed.part.as_deref() else { return Ok(()) };
        let Some(xml) = self.package.xml(part)? else {
            draft.sheet.outside.push(format!("{part} (missing)"));
            return Ok(());
        };
        let side = xlsx_side::scan(&mut self.package, part, &xml)?;
        let streamed = self.streamed.as_mut().filter(|_| stream && side.plain);
        let found = match streamed {
            Some(streamed) => streamed.cells(name, self.limits)?,
            None => None,
        };
        if let Some(found) = found {
            for (row, col, value, struck) in found {
                book.put_struck(draft, row.into(), col.into(), value, struck)?;
            }
            for (at, text) in &side.uncalculated {
                let value = direct::formula(text.clone());
                book.put(draft, at.row.into(), at.col.into(), value)?;
            }
        } else {
            let tables = match self.tables.take() {
                Some(tables) => tables,
                None => Tables::load(&mut self.package, &self.outline)?,
            };
            let whole = direct::cells(&xml, self.tables.insert(tables), book, draft)?;
            if !whole {
                let reason = format!("sheet `{name}`: {part} ends in the middle");
                return Err(self.package.damaged(reason));
            }
        }
        side_into(side, book, draft)
    }
}

fn side_into(side: Side, book: &mut Builder<'_>, draft: &mut Draft) -> Result<()> {
    for merge in side.merges {
        let (start, end) = (merge.start, merge.end);
        let rows = (start.row.into(), end.row.into());
        book.merge(draft, rows, (start.col.into(), end.col.into()))?;
    }
    let sheet = &mut draft.sheet;
    sheet.comments = side.comments;
    sheet.drawings = side.drawings;
    sheet.hidden_rows = side.hidden_rows;
    sheet.hidden_cols = side.hidden_cols;
    sheet.external = side.external;
    sheet.outside.extend(side.outside);
    Ok(())
}

#[cfg(test)]
mod tests;
