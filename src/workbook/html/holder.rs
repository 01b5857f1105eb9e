//! The text and tables of a page, or of a cell on it, while they come in.

use super::{
    text::Running,
    value::{Formats, Stated},
};
use crate::workbook::flow::{self, Block, Content};

/// What a box to tick shows, and one that is not ticked.
pub(super) const TICKED: &str = "☑";
pub(super) const UNTICKED: &str = "☐";

/// What holds text and tables: the page or a cell.
#[derive(Debug, Default)]
pub(super) struct Holder {
    pub(super) running: Running,
    pub(super) blocks: Vec<Block>,
    pub(super) stated: Stated,
    pub(super) comments: Vec<String>,
}

impl Holder {
    /// What a cell holds, whether it is struck through, and its comments.
    pub(super) fn content(mut self, formats: &mut Formats) -> (Content, bool, Vec<String>) {
        let (mut text, struck) = self.running.take();
        // A lone box chooses the row for some button of the page; nobody ticked it.
        if text.trim() == UNTICKED {
            text.clear();
        }
        let has_table = self.blocks.iter().any(|block| matches!(block, Block::Table(_)));
        if !has_table {
            let content = formats.value(self.stated, text).map_or(Content::Blank, Content::Value);
            return (content, struck, self.comments);
        }
        self.blocks.extend(flow::lines(&text, struck));
        (Content::of(self.blocks), false, self.comments)
    }
}
