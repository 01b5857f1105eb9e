//! Rows of lists whose text wraps: how high they must be. A sheet that is written row by row is laid out by nobody before
//! it is opened, and not every program does it then.

use super::xlsx::fit::{self, Face};

/// The face of a list's text.
const FACE: Face = Face { size: 10.0, bold: false };
/// A list counts its columns in digits of the writer's default font, which are seven pixels wide; a form in digits of eight.
const DIGIT: f64 = 7.0 / 8.0;
/// The most that a row may have, in points.
const MOST: f64 = 409.5;

/// How many lines an indented text takes in a column that is so many characters wide.
pub(super) fn lines(text: &str, width: f64) -> u32 {
    fit::lines(text, &[width * DIGIT], 1, FACE)
}

/// The height of a row of so many lines.
pub(super) fn height(lines: u32) -> f64 {
    fit::height(lines, FACE).min(MOST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_indented_text_takes_the_lines_that_a_form_would_give_it() {
        for (text, width, want) in [
            ("", 10.0, 1),
            ("short", 14.0, 1),
            ("财政供养人员数", 22.0, 1),
            ("财政供养人员数", 12.0, 2),
            ("one\ntwo", 14.0, 2),
        ] {
            assert_eq!(lines(text, width), want, "{text} in {width}");
        }
        assert!(height(1) < 20.0 && height(1000) <= MOST);
    }
}
