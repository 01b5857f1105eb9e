//! Formulas: what they gave, whether they were ever calculated, and whether they reach into another workbook.

use super::record::{Record, Version, word};

/// What a formula gave when it was last calculated.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Outcome {
    Number(f64),
    /// A text, which follows in a record of its own.
    Text,
    Boolean(bool),
    Error(u8),
    /// An empty text; writers that don't calculate state the same.
    Empty,
    /// Nothing that makes sense.
    Unknown,
}

/// How a formula asks to be calculated.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Asks {
    pub(super) always: bool,
    pub(super) on_load: bool,
}

/// Whether the zeros of formulas that ask to be calculated when the workbook is opened are no results: of those that ask
/// for it always, as `LibreOffice` has all of them do, and of those that don't, such as Apache POI's.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Placeholders {
    pub(super) always: bool,
    pub(super) once: bool,
}

impl Placeholders {
    pub(super) fn holds(self, asks: Asks) -> bool {
        asks.on_load && if asks.always { self.always } else { self.once }
    }
}

/// A formula record.
pub(super) struct Formula<'a> {
    pub(super) outcome: Outcome,
    /// How it asks to be calculated: always, when the workbook is opened, or both. Each writer asks in its own way.
    pub(super) asks: Asks,
    tokens: Tokens<'a>,
}

/// Functions that give numbers only: `COUNT`, `SUM`, `AVERAGE`, `MIN`, `MAX`, `ABS`, `INT`, `ROUND`, `COUNTA`, `PRODUCT`,
/// `ROUNDUP`, `ROUNDDOWN`, `SUMPRODUCT`, `SUMIF`, `COUNTIF`.
const NUMERIC: &[u16] = &[0, 4, 5, 6, 7, 24, 25, 27, 169, 183, 212, 213, 228, 345, 346];

impl<'a> Formula<'a> {
    pub(super) fn read(record: &Record<'a>, version: Version) -> Option<Self> {
        let (result, flags, length, tokens) = match version {
            Version::Biff2 => {
                (7, record.byte(15).map(u16::from), record.byte(16).map(u16::from), 17)
            }
            Version::Biff3 | Version::Biff4 => (6, record.word(14), record.word(16), 18),
            Version::Biff5 | Version::Biff8 => (6, record.word(14), record.word(20), 22),
        };
        let rest = record.rest(tokens);
        let data = rest.get(..usize::from(length.unwrap_or(0))).unwrap_or(rest);
        Some(Self {
            outcome: outcome(*record.rest(result).first_chunk()?),
            asks: Asks {
                always: flags.unwrap_or(0) & 1 != 0,
                on_load: flags.unwrap_or(0) & 2 != 0,
            },
            tokens: Tokens { data, version },
        })
    }

    /// Whether it asks to be calculated and holds a zero meanwhile, which may be no result.
    pub(super) fn is_pending_zero(&self) -> bool {
        self.asks.on_load && self.outcome == Outcome::Number(0.0)
    }

    /// Whether it can only give a number or a truth value, by what it does last.
    pub(super) fn is_numeric(&self) -> bool {
        let last =
            self.tokens.clone().filter(|(token, operands)| !is_layout(*token, operands)).last();
        match last {
            // Arithmetic and comparisons, signs and percentages; the short form of SUM; numbers and truth values.
            Some((0x03..=0x07 | 0x09..=0x0e | 0x13 | 0x14 | 0x19 | 0x1d..=0x1f, _)) => true,
            Some((0x21, operands)) => word(operands, 0).is_some_and(|f| NUMERIC.contains(&f)),
            Some((0x22, operands)) => {
                word(operands, 1).is_some_and(|f| NUMERIC.contains(&(f & 0x7fff)))
            }
            _ => false,
        }
    }

    /// Whether it takes something from another workbook.
    pub(super) fn is_external(&self, links: &Links) -> bool {
        self.tokens.clone().any(|(token, operands)| match token {
            0x39..=0x3d => links.is_external(word(operands, 0).unwrap_or(0)),
            _ => false,
        })
    }
}

fn outcome(result: [u8; 8]) -> Outcome {
    match result {
        [0, .., 0xff, 0xff] => Outcome::Text,
        [1, _, truth, .., 0xff, 0xff] => Outcome::Boolean(truth != 0),
        [2, _, error, .., 0xff, 0xff] => Outcome::Error(error),
        [3, .., 0xff, 0xff] => Outcome::Empty,
        number => {
            let number = f64::from_le_bytes(number);
            if number.is_finite() { Outcome::Number(number) } else { Outcome::Unknown }
        }
    }
}

/// Whether a token is a bracket or a hint without a value of its own.
fn is_layout(token: u8, operands: &[u8]) -> bool {
    token == 0x15 || token == 0x19 && operands.first().is_none_or(|kind| kind & 0x10 == 0)
}

/// The name of an error value.
pub(super) fn error_name(code: u8) -> &'static str {
    match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0f => "#VALUE!",
        0x17 => "#REF!",
        0x1d => "#NAME?",
        0x24 => "#NUM!",
        _ => "#N/A",
    }
}

/// The tokens of a formula with their operands, their class taken away; up to the first that is unknown.
#[derive(Clone)]
struct Tokens<'a> {
    data: &'a [u8],
    version: Version,
}

impl<'a> Iterator for Tokens<'a> {
    type Item = (u8, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let (token, rest) = self.data.split_first()?;
        let token = if *token < 0x20 { *token } else { 0x20 | token & 0x1f };
        let length = self.length(token, rest)?;
        self.data = rest.get(length..)?;
        Some((token, rest.get(..length)?))
    }
}

impl Tokens<'_> {
    fn length(&self, token: u8, rest: &[u8]) -> Option<usize> {
        let wide = match self.version {
            Version::Biff8 => true,
            Version::Biff5 => false,
            // Older formulas can't reach far.
            _ => return None,
        };
        let by = |wide_length, length| if wide { wide_length } else { length };
        Some(match token {
            0x01 | 0x02 => 4,
            0x03..=0x16 => 0,
            0x17 => {
                let length = usize::from(*rest.first()?);
                let flags = if wide { *rest.get(1)? } else { 0 };
                by(2, 1) + (length << (flags & 1))
            }
            0x19 => {
                let choices =
                    if rest.first()? & 4 == 0 { 0 } else { usize::from(word(rest, 1)?) + 1 };
                3 + choices * 2
            }
            0x1c | 0x1d => 1,
            0x1e | 0x21 | 0x29 | 0x2e | 0x2f => 2,
            0x1f => 8,
            0x20 => 7,
            0x22 => 3,
            0x23 => by(4, 14),
            0x24 | 0x2a | 0x2c => by(4, 3),
            0x25 | 0x2b | 0x2d => by(8, 6),
            0x26..=0x28 => 6,
            0x39 => by(6, 24),
            0x3a | 0x3c => by(6, 17),
            0x3b | 0x3d => by(10, 20),
            _ => return None,
        })
    }
}

/// To which workbooks the references of formulas lead.
#[derive(Default)]
pub(super) struct Links {
    wide: bool,
    /// Whether each known workbook is another one.
    books: Vec<bool>,
    /// The workbook of each reference.
    references: Vec<u16>,
}

impl Links {
    /// Takes a workbook that formulas may refer to.
    pub(super) fn book(&mut self, record: &Record<'_>) {
        // The workbook itself, and the functions that come with Excel.
        let own = record.data.len() == 4 && matches!(record.word(2), Some(0x0401 | 0x3a01));
        self.wide = true;
        self.books.push(!own);
    }

    /// Takes the table of references.
    pub(super) fn references(&mut self, pieces: &[&[u8]]) {
        let bytes = pieces.concat();
        let rows = bytes.get(2..).unwrap_or_default().as_chunks::<6>().0;
        self.references.extend(rows.iter().map(|row| u16::from_le_bytes([row[0], row[1]])));
    }

    fn is_external(&self, reference: u16) -> bool {
        if !self.wide {
            // Up to Excel 95 a reference into the workbook itself is negative.
            return (1..0x8000).contains(&reference);
        }
        let book = self.references.get(usize::from(reference));
        book.and_then(|book| self.books.get(usize::from(*book))).copied().unwrap_or(false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbook::biff::record::kind;

    fn formula(result: [u8; 8], flags: u8, tokens: &[u8]) -> Vec<u8> {
        let length = u8::try_from(tokens.len()).unwrap();
        [&[0; 6], &result[..], &[flags, 0, 0, 0, 0, 0, length, 0], tokens].concat()
    }

    fn read(data: &[u8]) -> Formula<'_> {
        let record = Record { kind: kind::FORMULA, data, at: 0 };
        Formula::read(&record, Version::Biff8).unwrap()
    }

    #[test]
    fn what_a_formula_gave() {
        let marked = |kind, value| [kind, 0, value, 0, 0, 0, 0xff, 0xff];
        let cases = [
            (2.5_f64.to_le_bytes(), Outcome::Number(2.5)),
            (marked(0, 0), Outcome::Text),
            (marked(1, 1), Outcome::Boolean(true)),
            (marked(2, 0x17), Outcome::Error(0x17)),
            (marked(3, 0), Outcome::Empty),
            (marked(9, 0), Outcome::Unknown),
            (f64::NAN.to_le_bytes(), Outcome::Unknown),
        ];
        for (result, want) in cases {
            assert_eq!(read(&formula(result, 0, &[])).outcome, want, "{result:?}");
        }
    }

    #[test]
    fn a_sum_is_numeric_and_a_choice_is_not() {
        let sum = [0x25, 0, 0, 1, 0, 0, 0, 0, 0, 0x19, 0x10, 0, 0];
        let product = [0x24, 0, 0, 0, 0, 0x44, 1, 0, 0, 0, 0x05, 0x15];
        let choice = [0x1d, 1, 0x17, 0, 0, 0x22, 2, 1, 0];
        for (tokens, numeric) in [(&sum[..], true), (&product, true), (&choice, false)] {
            assert_eq!(read(&formula([0; 8], 0, tokens)).is_numeric(), numeric, "{tokens:?}");
        }
    }

    #[test]
    fn a_reference_into_another_workbook_is_seen() {
        let mut links = Links::default();
        for data in [&[1, 0, 1, 4][..], &[1, 0, 5, 0, 0, b'a', b'.', b'x']] {
            links.book(&Record { kind: kind::SUPBOOK, data, at: 0 });
        }
        links.references(&[&[2, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0]]);
        for (reference, external) in [(0, false), (1, true), (7, false)] {
            let tokens = [0x5a, reference, 0, 0, 0, 0, 0];
            assert_eq!(read(&formula([0; 8], 0, &tokens)).is_external(&links), external);
        }
    }
}
