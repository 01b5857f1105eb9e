//! The workbook of one return, put together fast, for runs over many.
//!
//! Most parts of it are the same for all returns of an edition. Those are taken, deflated as they are, from a master that
//! `rust_xlsxwriter` wrote; only the cells, their texts and the few words around them are written anew. The
//! package is the one that `rust_xlsxwriter` would have written, to the byte: a test compares them.

mod cells;
mod master;
mod package;
mod texts;

use self::{
    master::{Fresh, Master},
    package::Package,
    texts::Texts,
};
use super::sheet::Sheet;
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
    let mut package = Package::default();
    for part in master.parts() {
        let fresh = parts.iter().find(|(fresh, _)| Some(*fresh) == part.fresh);
        match fresh {
            Some((_, text)) => package.put_fresh(&part.name, text)?,
            None => package.put(&part.name, &part.deflated)?,
        }
    }
    package.finish()
}
