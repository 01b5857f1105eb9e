//! Word documents (`.docx`): the form as a table, its title and approver in paragraphs around it.

mod body;
mod holder;
mod paragraph;
mod parts;
mod table;

use super::{Workbook, builder::Builder, flow, package::Package};
use crate::{
    error::{Error, Result},
    message::Message,
};

/// Reads every table, with the text around them.
pub(super) fn read(mut package: Package<'_>) -> Result<Workbook> {
    let limits = package.limits();
    let main = parts::main_part(&mut package)?;
    let Some(xml) = package.part(&main)? else {
        return Err(damaged(message!("it has no part {main}", "缺少部件 {main}")));
    };
    let mut beside = flow::Beside::default();
    let comments = parts::comments(&mut package, &main)?;
    for note in parts::notes(&mut package, &main)? {
        beside.note(&note);
    }
    let (text, lossy) = parts::text(xml);
    beside.lossy = lossy;
    // What a torn part still holds may be half a table: amounts would be missing, and nobody would know.
    if !text.trim_end_matches(|c: char| c.is_whitespace() || c == '\0').ends_with("document>") {
        return Err(damaged(message!("{main} ends in the middle", "{main} 中途断开")));
    }
    let (blocks, beside) = body::read(&text, comments, beside, limits)?;
    let mut book = Builder::new(limits);
    flow::lay_out(&mut book, blocks, beside)?;
    Ok(book.workbook())
}

fn damaged(reason: Message) -> Error {
    Error::Damaged { container: "docx", reason }
}
