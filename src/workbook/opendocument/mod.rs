//! OpenDocument spreadsheets, packed (`.ods`) and flat (`.fods`): one pass over the document, from event to event.

mod format;
mod names;
mod sheet;
mod shown;
mod styles;
mod texts;
mod value;

use memchr::memmem;

use self::{names::Name, sheet::Reader, styles::Styles};
use super::{
    Workbook,
    builder::Builder,
    limits::Limits,
    package::Package,
    sniff,
    xml::{self, Event, Xml},
};
use crate::{
    error::{Error, Result},
    message::Message,
};

const CONTAINER: &str = "OpenDocument";

type Source<'a> = Xml<'a, Name>;

/// Reads every sheet.
pub(super) fn read(package: Package<'_>) -> Result<Workbook> {
    read_package(package).map_err(|error| match error {
        Error::Damaged { reason, .. } => damaged(reason),
        other => other,
    })
}

fn read_package(mut package: Package<'_>) -> Result<Workbook> {
    let limits = package.limits();
    if let Some(manifest) = package.part("META-INF/manifest.xml")?
        && memmem::find(&manifest, b"encryption-data").is_some()
    {
        return Err(Error::Encrypted);
    }
    if package.part("mimetype")?.is_some_and(|kind| kind.starts_with(b"application/vnd.sun.xml")) {
        return Err(Error::Unsupported {
            kind: "a document of OpenOffice 1 (.sxc or .sxw)",
            advice: "open it in LibreOffice, save it as .xlsx, and convert that",
        });
    }
    let mut styles = Styles::default();
    if let Some(part) = package.part("styles.xml")? {
        let (text, _) = xml::decoded(&part);
        let mut xml = Xml::new(&text, limits, names::SPACES, names::name);
        while let Some(event) = xml.next()? {
            if let Event::Start(Name::Styles, _) = event {
                styles.read(&mut xml)?;
            }
        }
    }
    let content = package.part("content.xml")?.unwrap_or_default();
    document(&content, styles, limits)
}

/// Reads every sheet of a flat document.
pub(super) fn read_flat(bytes: &[u8], limits: &Limits) -> Result<Workbook> {
    document(bytes, Styles::default(), limits)
}

fn document(bytes: &[u8], mut styles: Styles, limits: &Limits) -> Result<Workbook> {
    let (text, lossy) = xml::decoded(bytes);
    let mut xml = Xml::new(&text, limits, names::SPACES, names::name);
    let mut book = Builder::new(limits);
    let (mut in_body, mut found) = (false, false);
    while let Some(event) = xml.next()? {
        match event {
            Event::Start(Name::Styles, _) => styles.read(&mut xml)?,
            Event::Start(Name::Body, _) => in_body = true,
            Event::Start(Name::Spreadsheet, _) if in_body => {
                found = true;
                spreadsheet(&mut xml, &mut book, &mut styles, limits)?;
            }
            Event::Start(Name::OtherBody(kind), _) if in_body && !found => {
                return Err(other(kind));
            }
            Event::Start(Name::Foreign, _) => xml.skip()?,
            Event::Start(..) | Event::End(_) | Event::Text(_) => {}
        }
    }
    if let Some(fault) = xml.fault() {
        return Err(damaged(message!("{fault}", "XML 标记有误（{fault}）")));
    }
    if !found {
        return Err(damaged(message!("it holds no spreadsheet", "其中没有电子表格")));
    }
    let mut workbook = book.workbook();
    for sheet in &mut workbook.sheets {
        sheet.lossy = lossy;
    }
    Ok(workbook)
}

fn spreadsheet<'l>(
    xml: &mut Source<'_>,
    book: &mut Builder<'l>,
    styles: &mut Styles,
    limits: &'l Limits,
) -> Result<()> {
    let spaces = texts::Spaces::default();
    let mut reader = Reader { book, styles, limits, spaces, repeated: 0 };
    let depth = xml.depth();
    while let Some(event) = xml.within(depth)? {
        match event {
            Event::Start(Name::Table, tag) => reader.table(xml, &tag)?,
            // Tracked changes, rules of input, links: none of them is a sheet, and some hold tables.
            Event::Start(..) => xml.skip()?,
            Event::End(_) | Event::Text(_) => {}
        }
    }
    Ok(())
}

fn other(kind: &'static str) -> Error {
    let text = kind.contains(".odt");
    let advice = if text {
        "open it in Word, WPS or LibreOffice, save it as .docx, and convert that"
    } else {
        sniff::SAVE_AS
    };
    Error::Unsupported { kind, advice }
}

fn damaged(reason: Message) -> Error {
    Error::Damaged { container: CONTAINER, reason }
}

#[cfg(test)]
mod tests;
