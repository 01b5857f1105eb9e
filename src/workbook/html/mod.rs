//! HTML pages, and pages saved as a workbook, which web systems export as `.xls`; web archives of such pages.

mod archive;
mod charset;
mod elements;
mod ending;
mod holder;
mod page;
mod select;
mod style;
mod table;
mod text;
mod tokens;
mod value;

use self::{page::Page, tokens::Tokens};
use super::{Workbook, builder::Builder, flow, limits::Limits};
use crate::error::{Error, Result};

/// Reads every table, with the text around them.
pub(super) fn read(bytes: &[u8], encoding: Option<&str>, limits: &Limits) -> Result<Workbook> {
    let mut book = Builder::new(limits);
    let pages = archive::pages(bytes, limits)?;
    let mut number = 0;
    let mut frames = false;
    let mut blank = true;
    if let Some(pages) = pages {
        for page in pages {
            let read = read_page(&page, encoding, number, limits)?;
            (number, frames) = (read.number, frames || read.has_frames);
            if !read.has_frames {
                blank &= read.blocks.is_empty();
                flow::lay_out(&mut book, read.blocks, read.beside)?;
            }
        }
    } else {
        let read = read_page(bytes, encoding, number, limits)?;
        (frames, blank) = (read.has_frames, read.blocks.is_empty() || read.has_frames);
        flow::lay_out(&mut book, read.blocks, read.beside)?;
    }
    if frames && blank {
        return Err(Error::Unsupported {
            kind: "the frame page of a workbook that was saved as several HTML pages",
            advice: "convert the pages in the folder beside it (sheet001.htm …), or open it in Excel or WPS and save it as .xlsx",
        });
    }
    Ok(book.workbook())
}

struct Read {
    blocks: Vec<flow::Block>,
    beside: flow::Beside,
    /// The number of the last table.
    number: u32,
    has_frames: bool,
}

fn read_page(bytes: &[u8], encoding: Option<&str>, number: u32, limits: &Limits) -> Result<Read> {
    let (text, lossy) = charset::decode(bytes, encoding)?;
    let mut page = Page::new(limits, number);
    let mut tokens = Tokens::new(&text);
    for token in tokens.by_ref() {
        page.token(token)?;
    }
    let fault = page.fault(tokens.torn());
    drop(text);
    let has_frames = page.has_frames;
    let (blocks, mut beside, number) = page.finish()?;
    (beside.lossy, beside.fault) = (lossy, fault);
    Ok(Read { blocks, beside, number, has_frames })
}
