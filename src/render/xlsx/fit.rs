//! How many lines a wrapped text takes in a cell, so that a row is written as high as its text.
//!
//! Excel fits no row with merged cells and LibreOffice fits no row of an xlsx file at all, so the height has to be
//! right in the file. The count follows LibreOffice's own layout step by step: it works in whole pixels (a glyph's
//! advance is rounded to one), starts a new line within Chinese text wherever the line is full, with no regard to
//! punctuation, and keeps Latin words and numbers together by the rules in `breaks`.

mod breaks;
mod widths;

use self::breaks::{Breaks, class};
use self::widths::{EM, Script, advance, script};

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
const LAYOUT_TWIPS: f64 = 15.4625;
/// Twips of a level of indent: three spaces of the default font.
const INDENT_TWIPS: f64 = 360.0;
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
    let width = (u32::from(advance(c, script, bold)) * size + u32::from(EM / 2)) / u32::from(EM);
    width.cast_signed()
}

/// Lines that a text takes in a cell of these merged columns (widths as given to `set_column_width`).
#[allow(clippy::cast_possible_truncation)]
pub(crate) fn lines(text: &str, width_chars: &[f64], indent: u8, face: Face) -> u32 {
    let twips: f64 = width_chars.iter().map(|chars| ((chars * DIGIT).round() + PADDING) * TWIPS).sum();
    let indent = (f64::from(indent) * INDENT_TWIPS / LAYOUT_TWIPS) as i32;
    let room = (twips / LAYOUT_TWIPS) as i32 - MARGIN - indent;
    text.split('\n').map(|paragraph| break_lines(paragraph, room.max(1), face, |_| ())).sum()
}

/// A place where the line may end.
#[derive(Clone, Copy)]
struct Chance {
    /// Pixels from the line's start.
    x: i32,
    /// Characters from the paragraph's start.
    at: usize,
    /// After a slash, LibreOffice goes back to the last space instead, if there is one near.
    slash: bool,
    /// The last space before it: pixels and characters, as above.
    space: (i32, usize),
}

/// Counts the lines of a paragraph; `ends` is told the first character of each line but the first.
fn break_lines(text: &str, room: i32, face: Face, mut ends: impl FnMut(usize)) -> u32 {
    let size = face.pixels();
    let mut script = text.chars().map(script).find(|script| *script != Script::Weak).unwrap_or(Script::Latin);
    let mut breaks = Breaks::new();
    let mut lines = 1;
    // The line in progress: its first character and its pixels so far.
    let (mut start, mut x) = (0, 0);
    let mut chance: Option<Chance> = None;
    let mut space = (0, 0);
    let mut before = '\0';
    for (at, c) in text.chars().enumerate() {
        let script_before = script;
        match widths::script(c) {
            Script::Weak => {}
            strong => script = strong,
        }
        let may_start = breaks.may_start(class(c));
        let width = pixels(c, script, size, face.bold);
        if x + width > room && at > start {
            lines += 1;
            if c == ' ' {
                // The space hangs over the edge; the next line begins behind it.
                (start, x, chance, before) = (at + 1, 0, None, c);
                space = (0, start);
                ends(start);
                continue;
            }
            let here = script_before == Script::Asian || may_start && before != '/';
            let cut = if here { None } else { chance };
            let (cut_x, cut_at) = match cut {
                None => (x, at),
                Some(chance) if chance.slash && chance.at - chance.space.1 < 66 && chance.space.1 > 0 => {
                    if chance.space.1 > start { chance.space } else { (x, at) }
                }
                Some(chance) => (chance.x, chance.at),
            };
            start = cut_at;
            ends(start);
            x -= cut_x;
            space.0 -= cut_x;
            chance = if here { None } else { chance }.filter(|chance| chance.at > start).map(|chance| Chance {
                x: chance.x - cut_x,
                space: (chance.space.0 - cut_x, chance.space.1),
                ..chance
            });
        }
        if may_start && at > start {
            chance = Some(Chance { x, at, slash: before == '/', space });
        }
        x += width;
        if c.is_whitespace() {
            space = (x, at + 1);
        }
        before = c;
    }
    // A space that hung over the edge of the last line opened none.
    if start > 0 && x == 0 && before == ' ' { lines - 1 } else { lines }
}

/// Height in points of a row that shows this many lines.
pub(crate) fn height(lines: u32, face: Face) -> f64 {
    let size = f64::from(face.pixels());
    let _ = size;
    f64::from(lines) * face.size * 1.42 + 2.0
}

/// Width in Excel's characters of a column that shows the text on one line.
pub(crate) fn width_chars(text: &str, face: Face) -> f64 {
    let size = face.pixels();
    let text: i32 = text.chars().map(|c| pixels(c, Script::Latin, size, face.bold)).sum();
    ((f64::from(text + MARGIN) * LAYOUT_TWIPS / TWIPS - PADDING) / DIGIT).max(0.0)
}

#[cfg(feature="probe")]
pub(crate) fn detail(text:&str,twips:f64,indent:u8,face:Face)->Vec<Vec<usize>>{
    let indent = (f64::from(indent) * INDENT_TWIPS / LAYOUT_TWIPS) as i32;
    let room=(twips / LAYOUT_TWIPS) as i32 - MARGIN-indent;
    text.split('\n').map(|p|{let mut v=vec![];break_lines(p,room.max(1),face,|a|v.push(a));v}).collect()
}
#[cfg(feature="probe")]
pub(crate) fn script_of(c:char)->u8{ match widths::script(c){Script::Latin=>0,Script::Asian=>1,Script::Weak=>2} }
