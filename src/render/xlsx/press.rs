//! The workbook of one return, put together fast, for runs over many.
//!
//! Most parts of it are the same for all returns of an edition. Those are taken, deflated as they are, from a master that
//! `rust_xlsxwriter` wrote; only the cells, their texts and the few words around them are written anew. Every part is the one
//! that `rust_xlsxwriter` would have written, to the byte: a test compares them.

mod cells;
mod master;
mod texts;

use std::io::{Cursor, Write};

use zip::{CompressionMethod, DateTime, ZipWriter, result::ZipResult, write::SimpleFileOptions};

use self::{
    master::{Fresh, Master},
    texts::Texts,
};
use super::{library::DEFLATE, sheet::Sheet};
use crate::form::edition::Layout;

/// A workbook of a form and perhaps its totals; `None` where only the library can write it, or tell why it can't be.
pub(super) fn workbook(
    form: &Sheet<'_>,
    totals: Option<&Sheet<'_>>,
    layout: &Layout,
    title: &str,
) -> Option<Vec<u8>> {
    if title.is_empty() {
        return None;
    }
    let master = Master::of(form, totals, layout)?;
    let mut texts = Texts::default();
    let mut parts = Vec::with_capacity(6);
    for (at, sheet) in std::iter::once(form).chain(totals).enumerate() {
        parts.push((Fresh::Sheet(at), master.sheet(at, sheet, &mut texts)?));
    }
    parts.push((Fresh::Texts, texts.part()));
    parts.push((Fresh::Workbook, master.workbook(form)?));
    parts.push((Fresh::Properties, master.properties(title)));
    package(&master, &parts).ok()
}

/// The parts in the master's order.
fn package(master: &Master, parts: &[(Fresh, String)]) -> ZipResult<Vec<u8>> {
    let size: usize = parts.iter().map(|(_, text)| text.len()).sum();
    let mut package = ZipWriter::new(Cursor::new(Vec::with_capacity(size)));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(i64::from(DEFLATE)))
        .unix_permissions(0o600)
        .last_modified_time(DateTime::default());
    let mut archive = master.archive();
    for (at, (fresh, name)) in master.parts().iter().enumerate() {
        let text = parts.iter().find(|(part, _)| Some(*part) == *fresh).map(|(_, text)| text);
        match text {
            Some(text) => {
                package.start_file(name.as_str(), options)?;
                package.write_all(text.as_bytes())?;
            }
            None => package.raw_copy_file(archive.by_index_raw(at)?)?,
        }
    }
    Ok(package.finish()?.into_inner())
}
