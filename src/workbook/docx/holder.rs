//! The text and tables of a document, or of a cell in it, while they come in.

use crate::{
    grid::Value,
    workbook::flow::{self, Block, Content},
};

/// What holds text and tables: the document or a cell.
#[derive(Debug, Default)]
pub(super) struct Holder {
    pub(super) blocks: Vec<Block>,
    /// The paragraphs of a cell.
    pub(super) text: String,
    /// Whether a part of that text is struck through.
    pub(super) struck: bool,
    pub(super) comments: Vec<String>,
}

impl Holder {
    /// Makes the text so far lines of their own.
    pub(super) fn flush(&mut self) {
        let struck = std::mem::take(&mut self.struck);
        self.blocks.extend(flow::lines(&std::mem::take(&mut self.text), struck));
    }

    /// What a cell holds, whether it is struck through, and its comments.
    pub(super) fn content(mut self) -> (Content, bool, Vec<String>) {
        if self.blocks.iter().any(|block| matches!(block, Block::Table(_))) {
            self.flush();
            return (Content::of(self.blocks), false, self.comments);
        }
        let text = self.text.trim();
        let content =
            if text.is_empty() { Content::Blank } else { Content::Value(Value::Text(text.into())) };
        (content, self.struck, self.comments)
    }
}
