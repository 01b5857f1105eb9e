//! XML spreadsheets of Excel 2003 (`SpreadsheetML`), often named `.xls`: one pass from event to event. Reports write
//! them by hand, so that some are no sound XML: a stray `<` spoils its cell, and the sheet is marked. One that breaks off
//! is damaged, as in every container: amounts would be missing, and nobody would know.

mod names;
mod places;
mod sheet;
mod styles;
mod value;

use self::{names::Name, sheet::Reader, styles::Styles};
use super::{
    Workbook,
    builder::Builder,
    limits::Limits,
    xml::{self, Event, Xml},
};
use crate::{
    error::{Error, Result},
    message::Message,
};

type Source<'a> = Xml<'a, Name>;

/// Reads every sheet.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Workbook> {
    let (text, lossy) = xml::decoded(bytes);
    let mut xml = Xml::new(&text, limits, &[], names::name);
    let mut book = Builder::new(limits);
    let mut reader = Reader { book: &mut book, styles: Styles::default(), date1904: false };
    while let Some(event) = xml.next()? {
        match event {
            Event::Start(Name::Style, tag) => reader.styles.read(&mut xml, &tag)?,
            Event::Start(Name::Date1904, _) => reader.date1904 = true,
            Event::Start(Name::Worksheet, tag) => reader.worksheet(&mut xml, &tag)?,
            Event::Start(..) | Event::End(_) | Event::Text(_) => {}
        }
    }
    if xml.torn() {
        return Err(damaged(message!("it breaks off between its sheets", "在工作表之间断开")));
    }
    let mut workbook = book.workbook();
    let is_blank = workbook.sheets.iter().all(|sheet| sheet.grid.cells().is_empty());
    if workbook.sheets.is_empty() || is_blank && xml.fault().is_some() {
        return Err(damaged(match xml.fault() {
            Some(fault) => message!("{fault}", "XML 标记有误（{fault}）"),
            None => message!("it holds no worksheet", "其中没有工作表"),
        }));
    }
    for sheet in &mut workbook.sheets {
        sheet.lossy |= lossy;
    }
    Ok(workbook)
}

fn damaged(reason: Message) -> Error {
    Error::Damaged { container: "XML spreadsheet", reason }
}

#[cfg(test)]
mod tests;
