//! Binary workbooks of Excel 2 to 2003 and of WPS (`.xls`, `.et`): a stream of records, in a compound file or bare.

mod across;
mod formula;
mod globals;
mod looks;
mod notes;
mod record;
mod sheet;
mod strings;
mod survey;

use std::borrow::Cow;

use self::{
    globals::Globals,
    looks::Looks,
    record::{Record, Records, kind},
    sheet::{Counted, Reader},
    survey::{Part, Survey},
};
use super::{
    Fault, Workbook,
    builder::Builder,
    compound::{self, Compound},
    limits::Limits,
};
use crate::{
    error::{Error, Result},
    message::Message,
};

/// Reads every worksheet.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Workbook> {
    let stream = stream(bytes, limits)?;
    let survey = Survey::of(&stream, limits)?.ok_or_else(|| {
        damaged(message!("its stream does not begin as a workbook", "数据流开头不是工作簿"))
    })?;
    let mut workbook = read_stream(&stream, &survey, limits)?;
    for sheet in &mut workbook.sheets {
        sheet.fault = survey.unknown_code_page().map(Fault::CodePage);
    }
    Ok(workbook)
}

fn read_stream(stream: &[u8], survey: &Survey, limits: &Limits) -> Result<Workbook> {
    let globals = Globals::read(stream, survey, limits)?;
    let mut book = Builder::new(limits);
    let mut counted = Counted { limits, records: 0, copied: 0 };
    if globals.sheets.is_empty() && survey.parts.len() < 2 && survey.first_sheet().is_none() {
        return Err(damaged(message!("it lists no sheet", "其中没有工作表")));
    }
    if globals.sheets.is_empty() {
        for part in survey.parts.iter().filter(|part| part.has_cells()) {
            let name = part.name.as_ref().map(|name| globals.codec.bytes(name).text);
            let draft = book.sheet(name, false)?;
            let records = behind(stream, part.at);
            let own = own_looks(records.clone(), &globals);
            let looks = own.as_ref().unwrap_or(&globals.looks);
            Reader::new(&globals, looks, &mut book, draft, &mut counted).read(records)?;
        }
        return Ok(book.workbook());
    }
    let places = places(&globals, &survey.parts, stream);
    for (sheet, at) in globals.sheets.iter().zip(places) {
        if sheet.module {
            continue;
        }
        let draft = book.sheet(Some(sheet.name.clone()), sheet.hidden)?;
        if !sheet.worksheet {
            book.finish_other(draft);
            continue;
        }
        let Some(at) = at else {
            let name = &sheet.name;
            return Err(damaged(message!("sheet `{name}` is missing", "缺少工作表 `{name}`")));
        };
        let records = behind(stream, at);
        Reader::new(&globals, &globals.looks, &mut book, draft, &mut counted).read(records)?;
    }
    Ok(book.workbook())
}

/// The stream of records.
fn stream<'a>(bytes: &'a [u8], limits: &Limits) -> Result<Cow<'a, [u8]>> {
    if !bytes.starts_with(compound::MAGIC) {
        return Ok(Cow::Borrowed(bytes));
    }
    let file = Compound::open(bytes, limits)?;
    // A file for both Excel 95 and 97 has one stream for each; the later one says more.
    let mut streams = ["Workbook", "Book"].into_iter().filter_map(|name| file.stream(name));
    let begins = |stream: &Cow<'_, [u8]>| {
        Records::new(stream, 0).next().is_some_and(|first| first.beginning().is_some())
    };
    streams.find(begins).ok_or_else(|| {
        damaged(message!("it has no stream that begins as a workbook", "没有以工作簿开头的数据流"))
    })
}

/// The records behind the beginning at some place.
fn behind(stream: &[u8], at: usize) -> Records<'_> {
    let mut records = Records::new(stream, at);
    records.next();
    records
}

/// Where each listed sheet begins: where the list says, if a beginning is there, else at the part in the same order. No
/// part is read twice.
fn places(globals: &Globals, parts: &[Part], stream: &[u8]) -> Vec<Option<usize>> {
    let begins = |at: usize| {
        Records::new(stream, at).next().and_then(|record: Record<'_>| record.beginning()).is_some()
    };
    let mut places = Vec::new();
    let mut taken = std::collections::HashSet::new();
    for (order, sheet) in globals.sheets.iter().enumerate() {
        // The first part is the one with the list.
        let in_order = parts.get(order + 1).map(|part| part.at);
        let at = [Some(sheet.at).filter(|at| begins(*at)), in_order];
        let at = at.into_iter().flatten().find(|at| !taken.contains(at));
        taken.extend(at);
        places.push(at);
    }
    places
}

/// The looks that a sheet without a workbook around it states itself.
fn own_looks(records: Records<'_>, globals: &Globals) -> Option<Looks> {
    let mut looks = Looks::default();
    looks.date1904 = globals.looks.date1904;
    for record in records.take_while(|record| record.kind != kind::EOF) {
        looks.take(&record, &globals.codec);
    }
    looks.compile();
    (!looks.is_empty()).then_some(looks)
}

fn damaged(reason: Message) -> Error {
    Error::Damaged { container: "xls", reason }
}
