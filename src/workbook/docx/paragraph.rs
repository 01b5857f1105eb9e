//! A paragraph while its runs come in.

use crate::workbook::runs::{self, Seam};

/// A paragraph that is not closed yet, and the look of its run.
#[derive(Debug, Default)]
pub(super) struct Paragraph {
    pub(super) text: String,
    /// Text that nobody sees.
    hidden: String,
    /// Whether a part of it is struck through.
    pub(super) struck: bool,
    seam: Seam,
    pub(super) comments: Vec<String>,
    /// Whether the mark at its end is deleted: the next paragraph goes on in it.
    pub(super) goes_on: bool,
}

/// The look of a run.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Run {
    pub(super) look: runs::Run,
    pub(super) hidden: bool,
}

impl Paragraph {
    pub(super) fn push(&mut self, text: &str, run: Run) {
        if run.hidden {
            self.hidden.push_str(text);
            return;
        }
        if self.seam.parts(&self.text, text.chars().next(), run.look) {
            self.text.push('\n');
        }
        self.struck |= run.look.struck && !text.trim().is_empty();
        self.text.push_str(text);
    }

    pub(super) fn take_hidden(&mut self) -> String {
        std::mem::take(&mut self.hidden)
    }
}

/// The character of a symbol font that Word keeps as a code: boxes and ticks of Wingdings.
pub(super) fn symbol(code: &str) -> Option<char> {
    let code = u32::from_str_radix(code.trim(), 16).ok()?;
    match code {
        0xF0FE | 0xF052 | 0xF053 => Some('☑'),
        0xF0A8 | 0xF06F | 0xF0A3 | 0xF02A => Some('□'),
        0xF0FC | 0xF050 => Some('√'),
        0xF0FB | 0xF0FD | 0xF051 => Some('×'),
        0xE000..=0xF8FF => None,
        _ => char::from_u32(code),
    }
}
