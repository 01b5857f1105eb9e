//! What of fonts, number formats and alignments matters to a cell.

use std::collections::HashMap;

use super::{
    record::{Record, Version, kind},
    strings::Codec,
};
use crate::{
    grid::{Number, Value},
    workbook::number_format::NumberFormat,
};

/// A cell names its format in two bytes.
const MOST_FORMATS: usize = 1 << 16;
/// The alignment that spreads a text over the blank cells behind it.
const ACROSS: u8 = 6;

/// The cell formats of a workbook.
#[derive(Default)]
pub(super) struct Looks {
    xfs: Vec<Xf>,
    /// Whether each font is struck through.
    struck: Vec<bool>,
    codes: HashMap<u16, String>,
    /// Formats that aren't the general one.
    formats: HashMap<u16, NumberFormat>,
    pub(super) date1904: bool,
}

struct Xf {
    font: u16,
    format: u16,
    across: bool,
}

impl Looks {
    /// Takes what a record says of looks.
    pub(super) fn take(&mut self, record: &Record<'_>, codec: &Codec) {
        match record.kind {
            kind::FONT | kind::FONT3 if self.struck.len() < MOST_FORMATS => {
                self.struck.push(record.word(2).is_some_and(|flags| flags & 8 != 0));
            }
            kind::FORMAT | kind::FORMAT4 => self.code(record, codec),
            kind::XF2 | kind::XF3 | kind::XF4 | kind::XF5 if self.xfs.len() < MOST_FORMATS => {
                self.xfs.extend(Xf::read(record, codec.version));
            }
            kind::DATEMODE => self.date1904 = record.word(0) == Some(1),
            _ => {}
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.xfs.is_empty() && self.codes.is_empty()
    }

    /// Whether cells name their number formats themselves, as those of Excel 2 may.
    pub(super) fn has_no_cell_formats(&self) -> bool {
        self.xfs.is_empty()
    }

    fn code(&mut self, record: &Record<'_>, codec: &Codec) {
        // Up to Excel 4 a format's number is its place, and every one is in the file.
        let place = u16::try_from(self.codes.len()).unwrap_or(u16::MAX);
        let (number, code) = match codec.version {
            Version::Biff2 | Version::Biff3 => (Some(place), codec.short(record.data, 0)),
            Version::Biff4 => (Some(place), codec.short(record.data, 2)),
            Version::Biff5 => (record.word(0), codec.short(record.data, 2)),
            Version::Biff8 => (record.word(0), codec.long(record.data, 2)),
        };
        if let (Some(number), Some(code)) = (number, code) {
            self.codes.insert(number, code.text);
        }
    }

    /// Works out the formats, once all is taken.
    pub(super) fn compile(&mut self) {
        let mut numbers: Vec<u16> = self.xfs.iter().map(|xf| xf.format).collect();
        if numbers.is_empty() {
            numbers.extend(self.codes.keys());
        }
        numbers.sort_unstable();
        numbers.dedup();
        for number in numbers {
            let written = self.codes.get(&number).map(|code| NumberFormat::from_code(code));
            let format = written.or_else(|| NumberFormat::from_builtin(number));
            if let Some(format) = format.filter(|format| !format.is_general()) {
                self.formats.insert(number, format);
            }
        }
    }

    pub(super) fn number(&self, value: f64, xf: u16) -> Value {
        let format = match self.xfs.get(usize::from(xf)) {
            Some(xf) => Some(xf.format),
            None => self.has_no_cell_formats().then_some(xf),
        };
        let format = format.and_then(|number| self.formats.get(&number));
        let shown = format.map(|format| format.show(value, self.date1904));
        Value::Number(Number { value, shown })
    }

    pub(super) fn is_struck(&self, xf: u16) -> bool {
        // No font has the number 4.
        let font = self.xfs.get(usize::from(xf)).map(|xf| usize::from(xf.font));
        let place = font.map(|font| if font > 4 { font - 1 } else { font });
        place.and_then(|place| self.struck.get(place)).copied().unwrap_or(false)
    }

    pub(super) fn is_across(&self, xf: u16) -> bool {
        self.xfs.get(usize::from(xf)).is_some_and(|xf| xf.across)
    }
}

impl Xf {
    fn read(record: &Record<'_>, version: Version) -> Option<Self> {
        let byte = |at| record.byte(at);
        let (font, format, alignment) = match version {
            Version::Biff2 => (u16::from(byte(0)?), u16::from(byte(2)? & 0x3f), byte(3)?),
            Version::Biff3 | Version::Biff4 => (u16::from(byte(0)?), u16::from(byte(1)?), byte(4)?),
            Version::Biff5 | Version::Biff8 => (record.word(0)?, record.word(2)?, byte(6)?),
        };
        Some(Self { font, format, across: alignment & 7 == ACROSS })
    }
}
