//! The layout of one paragraph: where its lines end.

use super::breaks::{Breaks, class};
use super::reach::{Place, Reach, hundredths};
use super::widths::{self, Script, ligature};
use super::{Face, pixels, scale};

type Chars<'a> = std::iter::Enumerate<std::str::Chars<'a>>;

/// Counts the lines of a paragraph that has this many pixels of room.
pub(super) fn break_lines(text: &str, room: i32, face: Face) -> u32 {
    let mut glyphs = Glyphs::new(text, face);
    let mut breaks = Breaks::new();
    let mut line = Line::new(room, face);
    let mut chars = text.chars().enumerate();
    while let Some((at, c)) = chars.next() {
        let script_before = glyphs.script;
        if glyphs.enter(c) {
            line.end_run();
        }
        let digit_next = || next(&chars).is_some_and(|c| c.is_ascii_digit());
        let may_start = breaks.may_start(class(c), digit_next);
        let width = glyphs.width(c, &chars);
        let free = script_before == Script::Asian || (may_start && line.before != '/');
        line.take(at, c, width, free, may_start);
    }
    line.count()
}

fn next(chars: &Chars) -> Option<char> {
    chars.clone().next().map(|(_, c)| c)
}

/// The widths of a paragraph's characters, from left to right.
struct Glyphs {
    size: u32,
    bold: bool,
    script: Script,
    /// Whether only symbols came so far: they take the script of what follows, but are a run of their own.
    weak: bool,
    /// Dashes in a row.
    dashes: u32,
    /// Letters still to come of a ligature.
    joined: u32,
}

impl Glyphs {
    fn new(text: &str, face: Face) -> Self {
        let strong = text.chars().map(widths::script).find(|script| *script != Script::Weak);
        let script = strong.unwrap_or(Script::Latin);
        Self { size: face.pixels(), bold: face.bold, script, weak: true, dashes: 0, joined: 0 }
    }

    /// Goes on to a character; says whether it begins a new run.
    #[inline]
    fn enter(&mut self, c: char) -> bool {
        let script = widths::script(c);
        if script == Script::Weak || (script == self.script && !self.weak) {
            return false;
        }
        (self.script, self.weak) = (script, false);
        true
    }

    #[inline]
    fn width(&mut self, c: char, rest: &Chars) -> i32 {
        let width = pixels(c, self.script, self.size, self.bold);
        if c != '—' {
            self.dashes = 0;
        }
        match c {
            '—' if self.script == Script::Asian => {
                // Two dashes are one glyph, which is not divided.
                self.dashes += 1;
                match next(rest) {
                    _ if self.dashes.is_multiple_of(2) => 0,
                    Some('—') => width * 2,
                    _ => width,
                }
            }
            _ if self.joined > 0 => {
                self.joined -= 1;
                0
            }
            'f' => {
                let mut rest = rest.clone().map(|(_, c)| c);
                match ligature(rest.next(), rest.next(), self.bold) {
                    Some((letters, advance)) => {
                        self.joined = letters;
                        scale(advance, self.size)
                    }
                    None => width,
                }
            }
            _ => width,
        }
    }
}

/// A place that the rules between words allow.
#[derive(Clone, Copy)]
struct Chance {
    place: Place,
    /// Behind a slash, LibreOffice goes back to the last space instead, if there is one near; with the full stops behind
    /// that.
    slash: Option<(Place, usize)>,
}

/// How far back LibreOffice looks for that space.
const NEAR: usize = 66;

/// The line in progress.
struct Line {
    room: i32,
    /// Pixels of an ideograph.
    em: i32,
    /// Lines begun.
    lines: u32,
    /// The line's first character, counted from the paragraph's start.
    start: usize,
    reach: Reach,
    chance: Option<Chance>,
    /// Behind the last space and a full stop that may follow it.
    space: Place,
    /// Characters up to that space, and the further full stops.
    spaced: usize,
    space_stops: usize,
    /// Full stops (。) at the line's start.
    stops: usize,
    /// The last character.
    before: char,
    /// Whether that is a space which hangs over the edge, so that the line has not begun.
    hung: bool,
}

impl Line {
    fn new(room: i32, face: Face) -> Self {
        Self {
            room,
            em: face.pixels().cast_signed(),
            lines: 1,
            start: 0,
            reach: Reach::default(),
            chance: None,
            space: Place::default(),
            spaced: 0,
            space_stops: 0,
            stops: 0,
            before: '\0',
            hung: false,
        }
    }

    fn end_run(&mut self) {
        let run = self.reach;
        if let Some(chance) = &mut self.chance {
            chance.place.end_run(run);
            if let Some((space, _)) = &mut chance.slash {
                space.end_run(run);
            }
        }
        self.space.end_run(run);
        self.reach = Reach { run: 0, runs: run.runs + hundredths(run.run), ..run };
    }

    /// Sets a character; `free` if a line that is full may end before it, `may_start` if the rules between words let it
    /// begin a line.
    #[inline]
    fn take(&mut self, at: usize, c: char, width: i32, free: bool, may_start: bool) {
        self.hung = false;
        while at > self.start && self.reach.overflows(width, self.room) {
            self.lines += 1;
            if c == ' ' {
                self.hang(at);
                return;
            }
            self.end(at, free);
        }
        if may_start && at > self.start {
            let slash = self.before == '/' && self.spaced > 0 && at - self.spaced < NEAR;
            let place = Place { at, reach: self.reach, rest: None };
            self.chance =
                Some(Chance { place, slash: slash.then_some((self.space, self.space_stops)) });
        }
        if c == '。' {
            self.stops += usize::from(at == self.start + self.stops);
            self.space_stops += usize::from(at == self.space.at + self.space_stops);
        }
        self.reach.add(width);
        if c.is_whitespace() || (c == '。' && at == self.spaced && at > 0) {
            self.space = Place { at: at + 1, reach: self.reach, rest: None };
            self.space_stops = 0;
        }
        if c.is_whitespace() {
            self.spaced = at + 1;
        }
        self.before = c;
    }

    /// A space that hangs over the edge: the next line begins behind it.
    fn hang(&mut self, at: usize) {
        self.hung = true;
        self.start = at + 1;
        self.reach = Reach::default();
        self.chance = None;
        self.stops = 0;
        self.space = Place { at: self.start, ..Place::default() };
        self.spaced = self.start;
        self.space_stops = 0;
        self.before = ' ';
    }

    /// Ends the line that overflows at a character: before it if that is free or it stands in a word without end, else
    /// at the last chance.
    fn end(&mut self, at: usize, free: bool) {
        let here = (Place { at, reach: self.reach, rest: None }, 0);
        let (cut, stops) = if free { here } else { self.retreat().unwrap_or(here) };
        self.stops = stops;
        self.start = cut.at;
        self.reach = cut.cut(self.reach);
        self.space = self.space.after(cut);
        self.chance = self
            .chance
            .filter(|chance| chance.place.at > cut.at)
            .map(|chance| Chance { place: chance.place.after(cut), ..chance });
    }

    /// The last chance in the line, and the full stops behind it.
    fn retreat(&self) -> Option<(Place, usize)> {
        let found = self.chance.map(|chance| chance.slash.unwrap_or((chance.place, 0)));
        if let Some(found) = found.filter(|(place, _)| place.at > self.start) {
            return Some(found);
        }
        // LibreOffice takes the line's start for the place, and a full stop there for one to hang.
        let reach = Reach { x: self.em, run: self.em, runs: 0 };
        let place = Place { at: self.start + 1, reach, rest: None };
        (self.stops > 0).then(|| (place, self.stops - 1))
    }

    /// A space that hung over the edge of the last line opened none.
    fn count(self) -> u32 {
        self.lines - u32::from(self.hung)
    }
}
