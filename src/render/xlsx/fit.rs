//! How many lines a wrapped text takes in a cell, so that a row is written as high as its text.
//!
//! Excel fits no row with merged cells and LibreOffice fits no row of an xlsx file at all, so the height has to be
//! right in the file. The count follows LibreOffice's own layout step by step: it works in whole pixels (a glyph's
//! advance is rounded to one), starts a new line within Chinese text wherever the line is full, with no regard to
//! punctuation, and keeps Latin words and numbers together by the rules in `breaks`.

mod breaks;
mod layout;
mod reach;
mod widths;

use self::layout::break_lines;
use self::widths::{EM, Script, WIDEST, advance};

/// The default font of our workbooks, which fixes what a column width means. Excel counts a column in digits of this
/// font. Courier New 10 has digits of 6 points in Excel and in LibreOffice's replacement alike; with Calibri 11,
/// LibreOffice's columns are a third wider than Excel's and the row heights could serve only one of them.
pub(crate) const DEFAULT_FONT: (&str, f64) = ("Courier New", 10.0);
/// Default height of a row and width of a column in pixels with that font.
pub(crate) const DEFAULT_PIXELS: (u32, u32) = (18, 72);

/// Pixels of a digit of the default font, and of the padding of a column.
const DIGIT: f64 = 8.0;
const PADDING: f64 = 5.0;
/// Twips of a pixel of column width, and those that LibreOffice takes for a pixel when it lays out the text.
const TWIPS: f64 = 15.0;
const LAYOUT_TWIPS: f64 = 15.46054;
/// Twips of a level of indent: three spaces of the default font.
const INDENT_TWIPS: f64 = 360.0;
/// The same in characters of a column's width.
pub(crate) const INDENT_CHARS: f64 = 3.0;
/// Pixels of a cell's width that no text gets: margins and grid line.
const MARGIN: i32 = 4;

/// The printed face of a cell's text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Face {
    /// Size in points.
    pub(crate) size: f64,
    /// Whether it is bold.
    pub(crate) bold: bool,
}

impl Face {
    /// Size in pixels, which LibreOffice rounds before anything else.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    fn pixels(self) -> u32 {
        (self.size * 4.0 / 3.0).round() as u32
    }
}

/// Pixels of a character in a font of `size` pixels.
#[inline]
fn pixels(c: char, script: Script, size: u32, bold: bool) -> i32 {
    scale(advance(c, script, bold), size)
}

#[inline]
fn scale(advance: u16, size: u32) -> i32 {
    ((u32::from(advance) * size + u32::from(EM / 2)) / u32::from(EM)).cast_signed()
}

/// Lines that a text takes in a cell of these merged columns (widths as given to `set_column_width`) with these levels
/// of left indent.
#[allow(clippy::cast_precision_loss)]
pub(crate) fn lines(text: &str, width_chars: &[f64], indent: u8, face: Face) -> u32 {
    let room = room(width_chars, indent);
    let most = f64::from(scale(WIDEST, face.pixels())) + 1.0;
    // Most paragraphs would fit on a line if all their characters were as wide as the widest one.
    let is_short = |paragraph: &str| paragraph.chars().count() as f64 * most < f64::from(room);
    let count =
        |paragraph| if is_short(paragraph) { 1 } else { break_lines(paragraph, room, face) };
    text.split('\n').map(count).sum()
}

/// Pixels that merged columns leave to a text.
#[allow(clippy::cast_possible_truncation)]
fn room(width_chars: &[f64], indent: u8) -> i32 {
    let twips: f64 =
        width_chars.iter().map(|chars| ((chars * DIGIT).round() + PADDING) * TWIPS).sum();
    let indent = (f64::from(indent) * INDENT_TWIPS / LAYOUT_TWIPS) as i32;
    ((twips / LAYOUT_TWIPS) as i32 - MARGIN - indent).max(1)
}

/// Height in points of a row that shows this many lines. A line of Noto Sans CJK, which LibreOffice puts in the place
/// of 宋体, is higher than Excel's; the difference is room for the few lines more that Excel's rules of punctuation
/// may need.
pub(crate) fn height(lines: u32, face: Face) -> f64 {
    let size = f64::from(face.pixels());
    let line = (size * 1.16).round() + (size * 0.288).round();
    let points = f64::from(lines) * line * 0.748 + 1.55;
    (points * 4.0).ceil() / 4.0
}

/// Points from line to line where LibreOffice prints Noto Sans CJK, as measured; on the screen it rounds to pixels, and
/// a line is lower.
pub(crate) fn printed_line(face: Face) -> f64 {
    face.size * 1.4455
}

/// Width in Excel's characters of a column that shows the text on one line, on the screen and in print.
pub(crate) fn width_chars(text: &str, face: Face) -> f64 {
    let size = face.pixels();
    let (mut screen, mut print) = (0, 0);
    let mut script = Script::Latin;
    for c in text.chars() {
        match widths::script(c) {
            Script::Weak => {}
            strong => script = strong,
        }
        screen += pixels(c, script, size, face.bold);
        print += u32::from(advance(c, script, face.bold));
    }
    let screen = f64::from(screen + MARGIN + 1) * LAYOUT_TWIPS;
    let print = f64::from(print) * face.size * 20.0 / f64::from(EM) + f64::from(MARGIN + 1) * TWIPS;
    let pixels = (screen.max(print) / TWIPS).ceil();
    ((pixels - PADDING) / DIGIT).max(1.0)
}

#[cfg(test)]
mod tests {
    use super::{Face, height, lines, width_chars};

    const PLAIN: Face = Face { size: 9.0, bold: false };

    /// Lines in a column of this many pixels.
    fn count(text: &str, pixels: f64, face: Face) -> u32 {
        lines(text, &[(pixels - 5.0) / 8.0], 0, face)
    }

    #[test]
    fn counts_as_libreoffice_does() {
        // Measured with LibreOffice 7.4.7: full lines, no regard to punctuation, words and numbers kept together.
        let cases = [
            ("", 80.0, 1),
            ("文文文文文", 67.0, 1),
            ("文文文文文，", 67.0, 2),
            ("文文文文文 ", 67.0, 1),
            ("文\n\n文", 80.0, 3),
            ("文文文文https://www", 80.0, 3),
            ("文文文文x/bbbbbbbbbb", 67.0, 4),
            ("文文文文a/bbbbbbbbbb", 80.0, 3),
            ("文文文文（a/bbbbbbbbbb", 80.0, 4),
            ("aaa bbb/ccccccc", 77.0, 3),
            ("文文文文文。aaaaaaaaaaaaaaaaa", 67.0, 5),
        ];
        for (text, pixels, want) in cases {
            assert_eq!(count(text, pixels, PLAIN), want, "{text} in {pixels}");
        }
    }

    #[test]
    fn a_short_paragraph_takes_a_line_without_a_count() {
        use super::{break_lines, room};
        let texts = ["‰‰‰‰", "文——文", "ffi fl。 ", "a/b 12.5%", "“文” x", "1、文（文）"];
        for (text, chars) in texts.iter().flat_map(|text| (0..40).map(move |chars| (text, chars))) {
            for bold in [false, true] {
                let (face, width) = (Face { size: 10.5, bold }, f64::from(chars) / 2.0);
                let counted = break_lines(text, room(&[width], 0), face);
                assert_eq!(lines(text, &[width], 0, face), counted, "{text}");
            }
        }
    }

    #[test]
    fn symbols_take_the_font_of_the_text_before_them() {
        // “ is a full square after Chinese and half of it after Latin text.
        assert_eq!(count("文“文”", 55.0, PLAIN), 1);
        assert_eq!(count("文“文”", 51.0, PLAIN), 2);
        assert_eq!(count("x“x”", 35.0, PLAIN), 1);
    }

    #[test]
    fn merged_columns_and_indent_add_up() {
        let text = "文".repeat(60);
        assert_eq!(lines(&text, &[20.0], 0, PLAIN), count(&text, 165.0, PLAIN));
        assert_eq!(lines(&text, &[10.0, 10.0], 0, PLAIN), count(&text, 170.0, PLAIN));
        assert!(lines(&text, &[20.0], 1, PLAIN) > lines(&text, &[20.0], 0, PLAIN));
        assert_eq!(lines(&text, &[], 3, PLAIN), 60, "no room: a character a line");
    }

    #[test]
    fn heights_cover_libreoffice_rows() {
        // Its optimal heights for 1 and 2 lines.
        let cases =
            [(9.0, 14.15, 26.84), (10.5, 16.42, 31.29), (11.0, 17.15, 32.80), (16.0, 23.84, 46.26)];
        for (size, one, two) in cases {
            let face = Face { size, bold: false };
            assert!((one..one + 1.0).contains(&height(1, face)), "{size}");
            assert!((two..two + 1.0).contains(&height(2, face)), "{size}");
        }
    }

    #[test]
    fn amounts_get_room() {
        let narrow = width_chars("1.00", Face { size: 11.0, bold: false });
        let wide = width_chars("12,345,678.90", Face { size: 11.0, bold: true });
        assert!((3.0..8.0).contains(&narrow), "{narrow}");
        assert!((13.0..19.0).contains(&wide), "{wide}");
    }
}
