//! A first walk over the records: which parts the stream has, in which encoding its texts are, and whether its formulas
//! were ever calculated. All three show only in the whole.

use super::{
    formula::{Formula, Outcome, Placeholders},
    record::{Beginning, GLOBALS, MACROS, Record, Records, Version, WORKSHEET, kind, word},
    strings::Codec,
};
use crate::{
    error::Result,
    workbook::{
        encoding,
        limits::{Limit, Limits},
    },
};

/// As many bytes of texts as a guess looks at.
const SAMPLE: usize = 1 << 16;
/// The beginning of a workspace, which has its sheets within itself.
const WORKSPACE: u16 = 0x0100;

/// What the records of a stream show together.
pub(super) struct Survey {
    pub(super) parts: Vec<Part>,
    version: Version,
    code_page: Option<u16>,
    /// Texts in bytes, each with a line end.
    sample: Vec<u8>,
    /// Formulas that have a result, and those whose result is an empty text.
    results: usize,
    empty: usize,
    /// Formulas that can only give a number and hold an empty text.
    impossible: usize,
    /// The zeros of formulas that ask to be calculated and are none of their results: no other of their kind has one.
    placeholders: Placeholders,
    /// Whether Excel wrote the workbook, by the history in its beginning.
    by_excel: bool,
}

/// A part of a stream.
pub(super) struct Part {
    pub(super) at: usize,
    pub(super) beginning: Beginning,
    /// The bytes of a sheet's name that stands before it.
    pub(super) name: Option<Vec<u8>>,
}

impl Part {
    pub(super) fn has_cells(&self) -> bool {
        matches!(self.beginning.part, WORKSHEET | MACROS)
    }
}

impl Survey {
    /// Walks over the stream; none where it doesn't begin as one.
    pub(super) fn of(stream: &[u8], limits: &Limits) -> Result<Option<Self>> {
        let mut records = Records::new(stream, 0);
        let Some(first) = records.next() else { return Ok(None) };
        let Some(beginning) = first.beginning() else { return Ok(None) };
        let mut survey = Self {
            parts: Vec::new(),
            version: beginning.version,
            code_page: None,
            sample: Vec::new(),
            results: 0,
            empty: 0,
            impossible: 0,
            placeholders: Placeholders { always: true, once: true },
            by_excel: first.long(8).is_some_and(|history| history > 0xff),
        };
        let (mut depth, mut count) = (0_usize, 0);
        let mut name = None;
        for record in Records::new(stream, 0) {
            count += 1;
            limits.check(Limit::Records, count, || {
                message!("more in this workbook", "工作簿中还有更多")
            })?;
            if let Some(beginning) = record.beginning() {
                if depth == 0 {
                    survey.parts.push(Part { at: record.at, beginning, name: name.take() });
                }
                depth += usize::from(beginning.part != WORKSPACE);
            } else if record.kind == kind::EOF {
                depth = depth.saturating_sub(1);
            } else if record.kind == kind::SHEETHDR {
                name = short(record.data, 4).map(<[u8]>::to_owned);
            } else {
                survey.take(&record);
            }
        }
        Ok(Some(survey))
    }

    fn take(&mut self, record: &Record<'_>) {
        let data = record.data;
        let text = match record.kind {
            kind::CODEPAGE => {
                self.code_page = self.code_page.or(record.word(0));
                None
            }
            kind::FORMULA | kind::FORMULA3 | kind::FORMULA4 => {
                self.formula(record);
                None
            }
            _ if self.version == Version::Biff8 => None,
            kind::LABEL | kind::RSTRING => long(data, 6),
            kind::STRING => long(data, 0),
            kind::LABEL2 => short(data, 7),
            kind::STRING2 => short(data, 0),
            kind::BOUNDSHEET => short(data, 6),
            kind::NOTE => data.get(6..),
            _ => None,
        };
        if let Some(text) = text.filter(|text| !text.is_ascii() && self.sample.len() < SAMPLE) {
            self.sample.extend_from_slice(text);
            self.sample.push(b'\n');
        }
    }

    fn formula(&mut self, record: &Record<'_>) {
        let Some(formula) = Formula::read(record, self.version) else { return };
        if formula.outcome == Outcome::Empty {
            self.empty += 1;
            self.impossible += usize::from(formula.is_numeric());
        } else {
            self.results += 1;
            if formula.asks.on_load && !formula.is_pending_zero() {
                let kind = &mut self.placeholders;
                *(if formula.asks.always { &mut kind.always } else { &mut kind.once }) = false;
            }
        }
    }

    /// The code page that the workbook states and nobody knows, where it has texts in one.
    pub(super) fn unknown_code_page(&self) -> Option<u16> {
        self.code_page
            .filter(|page| !self.sample.is_empty() && encoding::is_unknown_code_page(*page))
    }

    pub(super) fn codec(&self) -> Codec {
        let encoding = encoding::code_page(self.code_page, &self.sample);
        Codec { version: self.version, encoding }
    }

    /// Whether empty results are none: a sum never gives an empty text, and a workbook that Excel didn't write and that
    /// has nothing else was not calculated.
    pub(super) fn uncalculated(&self) -> bool {
        self.impossible > 0 || self.empty > 0 && self.results == 0 && !self.by_excel
    }

    /// Whether the zeros of formulas that ask to be calculated are no results. Writers that don't calculate ask for it;
    /// others that do ask all the same, and those have other results too. A workbook may come from both.
    pub(super) fn placeholders(&self) -> Placeholders {
        self.placeholders
    }

    /// Where the first sheet begins.
    pub(super) fn first_sheet(&self) -> Option<usize> {
        let sheet = |part: &&Part| !matches!(part.beginning.part, GLOBALS | WORKSPACE);
        self.parts.iter().find(sheet).map(|part| part.at)
    }
}

fn short(data: &[u8], at: usize) -> Option<&[u8]> {
    let text = data.get(at + 1..)?;
    Some(text.get(..usize::from(*data.get(at)?)).unwrap_or(text))
}

fn long(data: &[u8], at: usize) -> Option<&[u8]> {
    let text = data.get(at + 2..)?;
    Some(text.get(..usize::from(word(data, at)?)).unwrap_or(text))
}
