//! Running text: white space collapsed as browsers do, a line for each break and each block.

use super::elements::Effect;
use crate::workbook::runs::Seam;

/// A text in the making.
#[derive(Debug, Default)]
pub(super) struct Running {
    /// Lines, with `\n` between them.
    lines: String,
    /// White space that shows only if more text follows on the line, and whether a line of the markup ends in it.
    space: Option<bool>,
    /// Whether a part of it is struck through.
    struck: bool,
    seam: Seam,
}

impl Running {
    /// Adds text with its entities decoded.
    pub(super) fn push(&mut self, text: &str, effect: Effect) {
        for char in text.chars() {
            match char {
                '\n' if effect.pre => self.break_line(),
                '\r' if effect.pre => {}
                ' ' if effect.spaces => self.push_char(char, effect),
                ' ' | '\t' | '\n' | '\r' | '\u{C}' => {
                    self.space = Some(self.space.unwrap_or(false) || char == '\n');
                }
                '\0' => {}
                _ => self.push_char(char, effect),
            }
        }
    }

    fn push_char(&mut self, char: char, effect: Effect) {
        if let Some(ends_line) = self.space.take()
            && let Some(last) = self.lines.chars().next_back().filter(|last| *last != '\n')
            // Programs break long lines of Chinese, where no space belongs.
            && !(ends_line && is_wide(last) && is_wide(char))
        {
            self.lines.push(' ');
        }
        if self.seam.parts(&self.lines, Some(char), effect.run) {
            self.lines.push('\n');
        }
        self.lines.push(char);
        self.struck |= effect.run.struck && !char.is_whitespace();
    }

    /// A `<br>`.
    pub(super) fn break_line(&mut self) {
        self.space = None;
        self.lines.push('\n');
    }

    /// The edge of a block: what follows begins a line.
    pub(super) fn edge(&mut self) {
        self.space = None;
        if !self.lines.is_empty() && !self.lines.ends_with('\n') {
            self.lines.push('\n');
        }
    }

    /// The text so far, and whether it is struck through, or a part of it. Nothing is left.
    pub(super) fn take(&mut self) -> (String, bool) {
        let taken = std::mem::take(self);
        (taken.lines, taken.struck)
    }
}

/// Characters of Chinese text and its punctuation.
fn is_wide(char: char) -> bool {
    matches!(char, '\u{2E80}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE4F}' | '\u{FF00}'..='\u{FF60}' | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbook::runs::Run;

    #[test]
    fn white_space_collapses() {
        let cases = [
            (" a \t b ", "a b"),
            ("完成\n    培训", "完成培训"),
            ("完成\n  3 场", "完成 3 场"),
            ("完成 培训", "完成 培训"),
            ("a\nb", "a b"),
        ];
        for (text, want) in cases {
            let mut running = Running::default();
            running.push(text, Effect::default());
            assert_eq!(running.take().0, want, "{text}");
        }
    }

    #[test]
    fn spaces_that_a_style_keeps_are_kept() {
        let kept = Effect { spaces: true, ..Effect::default() };
        let mut running = Running::default();
        running.push("a ", Effect::default());
        running.push("  b", kept);
        running.push("  c", Effect::default());
        assert_eq!(running.take().0, "a   b c");
    }

    #[test]
    fn breaks_and_blocks_begin_lines() {
        let run = Run { struck: true, shifted: false };
        let struck = Effect { run, ..Effect::default() };
        let mut running = Running::default();
        running.edge();
        running.push("a ", struck);
        running.break_line();
        running.edge();
        running.push(" b", struck);
        running.edge();
        running.edge();
        running.push("c\nd", Effect { pre: true, ..Effect::default() });
        assert_eq!(running.take(), ("a\nb\nc\nd".to_owned(), true));
        running.push("e", struck);
        assert_eq!(running.take(), ("e".to_owned(), true));
    }
}
