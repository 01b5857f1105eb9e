//! OOXML workbooks: xlsx, xlsm, xltx. Each part is inflated once and scanned once: a worksheet's cells, merges, hidden
//! rows and links to other files come from the same pass.
//!
//! By hand: calamine 0.38 refuses a workbook for one error value it does not know, reads some odd cells wrongly and
//! in silence, trusts the counts that a file states, and says nothing of hidden rows, of formulas that were never
//! calculated, or of comments. A test reads every workbook with both.

mod cell;
mod outline;
mod tables;
mod worksheet;

use self::{
    outline::{Listed, Outline},
    tables::Tables,
};
use super::{
    Fault, Workbook, beside,
    builder::{Builder, Draft},
    package::Package,
};
use crate::error::{Error, Result};

/// Reads every worksheet. One that is broken is told and costs no other; where no other says anything, the workbook
/// is damaged.
pub(super) fn read(mut package: Package<'_>) -> Result<Workbook> {
    let limits = package.limits();
    let outline = Outline::of(&mut package)?;
    let tables = Tables::load(&mut package, &outline)?;
    let mut book = Builder::new(limits);
    let (mut whole, mut broken) = (0, None);
    for listed in &outline.sheets {
        let mut draft = book.sheet(Some(listed.name.clone()), listed.hidden)?;
        if !listed.worksheet {
            book.finish_other(draft);
            continue;
        }
        match sheet(listed, &mut package, &tables, &mut book, &mut draft) {
            Ok(()) => whole += usize::from(draft.says_something()),
            Err(error @ Error::Damaged { .. }) => {
                draft = book.sheet(Some(listed.name.clone()), listed.hidden)?;
                draft.sheet.fault = Some(Fault::Lost);
                broken.get_or_insert(error);
            }
            Err(error) => return Err(error),
        }
        book.finish(draft);
    }
    match broken {
        Some(error) if whole == 0 => Err(error),
        _ => Ok(book.workbook()),
    }
}

fn sheet(
    listed: &Listed,
    package: &mut Package<'_>,
    tables: &Tables,
    book: &mut Builder<'_>,
    draft: &mut Draft,
) -> Result<()> {
    // A sheet without a relation never had a part; one whose part is gone has lost its cells.
    let Some(part) = listed.part.as_deref() else { return Ok(()) };
    let Some(xml) = package.xml(part)? else {
        draft.sheet.fault = Some(Fault::Lost);
        return Ok(());
    };
    let found = worksheet::read(&xml, tables, book, draft)?;
    if !found.whole {
        let name = &listed.name;
        let reason = message!(
            "sheet `{name}`: {part} ends in the middle",
            "工作表 `{name}`：{part} 中途断开"
        );
        return Err(package.damaged(reason));
    }
    if found.beside {
        beside::read(package, part, draft)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
