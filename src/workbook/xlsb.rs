//! Binary OOXML workbooks (`.xlsb`): records in the parts of a package. By hand: calamine 0.38 drops the short cell
//! records, knows no merges and panics on broken files.

mod formula;
mod records;
mod sheet;

use std::collections::HashMap;

use self::{
    formula::Links,
    records::{Fields, Record, Records},
};
use super::{
    Workbook,
    builder::Builder,
    limits::{Limit, Limits},
    looks::Looks,
    package::Package,
    relations::{self, Relation},
};
use crate::error::Result;

/// Reads every sheet.
pub(super) fn read(mut package: Package<'_>) -> Result<Workbook> {
    let limits = package.limits();
    let main = relations::main_part(&mut package, "xl/workbook.bin")?;
    let relations = relations::of(&mut package, &main)?;
    let mut count = Count { limits, records: 0 };
    let Some(part) = package.part(&main)? else {
        return Err(package.damaged(message!("{main} is missing", "缺少 {main}")));
    };
    let list = list(&part, &mut count)?;
    let target = |kind| relations.iter().find(|relation| relation.is(kind));
    let styles = optional(&mut package, target("styles"))?;
    let strings = optional(&mut package, target("sharedStrings"))?;
    let context = sheet::Context {
        looks: looks(&styles, list.date1904, &mut count)?,
        strings: texts(&strings, &mut count)?,
        links: list.links,
        by_excel: list.by_excel,
    };
    drop((styles, strings));
    let mut book = Builder::new(limits);
    for listed in list.sheets {
        let relation = relations.iter().find(|relation| relation.id == listed.relation);
        let mut draft = book.sheet(Some(listed.name), listed.hidden)?;
        if relation.is_some_and(|relation| !relation.is("worksheet")) {
            book.finish_other(draft); // A chart or a dialog has no cells, and a macro sheet none of a form.
            continue;
        }
        if let Some(Relation { target, .. }) = relation {
            sheet::read(&mut package, target, &context, &mut count, &mut book, &mut draft)?;
        }
        book.finish(draft);
    }
    Ok(book.workbook())
}

fn optional(package: &mut Package<'_>, relation: Option<&Relation>) -> Result<Vec<u8>> {
    let Some(relation) = relation else { return Ok(Vec::new()) };
    Ok(package.part(&relation.target)?.unwrap_or_default())
}

/// Counts the records of all parts.
struct Count<'a> {
    limits: &'a Limits,
    records: u64,
}

impl Count<'_> {
    fn add(&mut self) -> Result<()> {
        self.records += 1;
        self.limits.check(Limit::Records, self.records, || {
            message!("more in this workbook", "工作簿中还有更多")
        })
    }
}

/// What the workbook's own part says.
#[derive(Default)]
struct List {
    date1904: bool,
    sheets: Vec<Listed>,
    links: Links,
    /// Whether Excel wrote the workbook.
    by_excel: bool,
}

/// A sheet in the workbook's list.
struct Listed {
    relation: String,
    name: String,
    hidden: bool,
}

fn list(part: &[u8], count: &mut Count<'_>) -> Result<List> {
    const VERSION: u32 = 128;
    const PROPERTIES: u32 = 153;
    const SHEET: u32 = 156;
    let mut list = List::default();
    for mut record in Records::new(part) {
        count.add()?;
        match record.kind {
            VERSION => list.by_excel = is_excel(record.fields),
            PROPERTIES => list.date1904 = record.fields.u32().is_some_and(|flags| flags & 1 == 1),
            SHEET => {
                list.sheets.extend(listed(&mut record));
                let found = list.sheets.len() as u64;
                count.limits.check(Limit::Sheets, found, || {
                    message!("{found} sheets", "有 {found} 个工作表")
                })?;
            }
            _ => list.links.take(&record),
        }
    }
    Ok(list)
}

/// Whether the record of versions names Excel, behind an identifier.
fn is_excel(mut version: Fields<'_>) -> bool {
    const IDENTIFIER: usize = 16;
    version.skip(IDENTIFIER).and_then(|()| version.text()).is_some_and(|name| name == "xl")
}

fn listed(record: &mut Record<'_>) -> Option<Listed> {
    let fields = &mut record.fields;
    let (state, _id) = (fields.u32()?, fields.u32()?);
    Some(Listed { relation: fields.text()?, name: fields.text()?, hidden: state != 0 })
}

/// The styles of cells.
fn looks(part: &[u8], date1904: bool, count: &mut Count<'_>) -> Result<Looks> {
    const FORMAT: u32 = 44;
    const FONT: u32 = 43;
    const STYLE: u32 = 47;
    const BEGIN_CELL_STYLES: u32 = 617;
    const END_CELL_STYLES: u32 = 618;
    const STRUCK: u16 = 0x08;
    let mut looks = Looks::new(date1904);
    let (mut codes, mut fonts, mut in_cells) = (HashMap::new(), Vec::new(), false);
    for Record { kind, mut fields } in Records::new(part) {
        count.add()?;
        match kind {
            FORMAT => codes.extend(fields.u16().zip(fields.text())),
            FONT => {
                let (_height, flags) = (fields.u16(), fields.u16());
                fonts.push(flags.is_some_and(|flags| flags & STRUCK != 0));
            }
            BEGIN_CELL_STYLES | END_CELL_STYLES => in_cells = kind == BEGIN_CELL_STYLES,
            STYLE if in_cells => {
                let (_parent, id, font) = (fields.u16(), fields.u16(), fields.u16());
                let id = id.unwrap_or(0);
                let code = codes.get(&id).map(String::as_str);
                let font = font.and_then(|font| fonts.get(usize::from(font)));
                looks.add(u32::from(id), code, font == Some(&true));
            }
            _ => {}
        }
    }
    Ok(looks)
}

/// The shared strings.
fn texts(part: &[u8], count: &mut Count<'_>) -> Result<Vec<String>> {
    const STRING: u32 = 19;
    let mut texts = Vec::new();
    for mut record in Records::new(part).filter(|record| record.kind == STRING) {
        count.add()?;
        texts.push(record.fields.rich_text().unwrap_or_default());
        let found = texts.len() as u64;
        count
            .limits
            .check(Limit::Strings, found, || message!("more shared strings", "还有更多共享文字"))?;
    }
    Ok(texts)
}
