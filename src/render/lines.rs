//! Rows of lists whose text wraps: how high they must be. A sheet that is written row by row is laid out by nobody before
//! it is opened, and not every program does it then.

/// Height of a line of ten points, and what is left above and below.
const LINE: f64 = 13.5;
const BESIDE: f64 = 1.5;
/// The most that a row may have.
const MOST: f64 = 409.0;

/// How many lines a text takes in a column that is so many characters wide. A Chinese character takes two; a tenth is added for what a
/// line's end leaves empty.
pub(super) fn lines(text: &str, width: f64) -> u32 {
    let lines_of = |line: &str| {
        let taken: f64 = line.chars().map(|c| if c.is_ascii() { 1.1 } else { 2.2 }).sum();
        let mut lines = 1;
        while f64::from(lines) * width.max(2.0) < taken {
            lines += 1;
        }
        lines
    };
    text.split('\n').map(lines_of).sum()
}

/// The height of a row of so many lines.
pub(super) fn height(lines: u32) -> f64 {
    (f64::from(lines) * LINE + BESIDE).min(MOST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_takes_the_lines_that_its_characters_need() {
        for (text, width, want) in [
            ("", 10.0, 1),
            ("short", 10.0, 1),
            ("财政供养人员数", 16.0, 1),
            ("财政供养人员数", 10.0, 2),
            ("one\ntwo", 10.0, 2),
            ("a line of 25 characters..", 10.0, 3),
        ] {
            assert_eq!(lines(text, width), want, "{text} in {width}");
        }
        assert!((height(1) - 15.0).abs() < 1e-9 && height(1000) <= MOST);
    }
}
