//! The records of one worksheet.

use super::{
    super::{
        builder::{Builder, Draft},
        limits::{Limit, Limits},
    },
    across::Across,
    formula::{Formula, Outcome, error_name},
    globals::Globals,
    looks::Looks,
    notes::Notes,
    record::{Record, Records, Version, kind},
    strings::Text,
};
use crate::{
    cell::CellRef,
    error::{Error, Result},
    grid::Value,
    message::Message,
};

/// What is counted over all the sheets of a workbook.
pub(super) struct Counted<'a> {
    pub(super) limits: &'a Limits,
    pub(super) records: u64,
    /// Bytes of shared texts that were copied into cells: one long text may stand in every cell.
    pub(super) copied: u64,
}

/// The column behind the last one of this format.
const COLUMNS: u32 = 256;

/// A worksheet in the making.
pub(super) struct Reader<'g, 'b, 'l> {
    pub(super) globals: &'g Globals,
    pub(super) looks: &'g Looks,
    pub(super) book: &'b mut Builder<'l>,
    pub(super) draft: Draft,
    pub(super) counted: &'b mut Counted<'l>,
    across: Across,
    merged: bool,
    notes: Notes,
    /// A formula whose text is yet to come.
    awaited: Option<Place>,
    /// The cell format that a record of its own gives for the next cell.
    format: Option<u16>,
}

/// Where a cell stands, and its cell format.
#[derive(Clone, Copy)]
struct Place {
    row: u16,
    col: u16,
    xf: u16,
}

impl<'g, 'b, 'l> Reader<'g, 'b, 'l> {
    pub(super) fn new(
        globals: &'g Globals,
        looks: &'g Looks,
        book: &'b mut Builder<'l>,
        draft: Draft,
        counted: &'b mut Counted<'l>,
    ) -> Self {
        Self {
            globals,
            looks,
            book,
            draft,
            counted,
            across: Across::default(),
            merged: false,
            notes: Notes::default(),
            awaited: None,
            format: None,
        }
    }

    /// Reads the records behind the sheet's beginning up to its end, leaving out the charts within it.
    pub(super) fn read(mut self, mut records: Records<'_>) -> Result<()> {
        let mut depth = 0_usize;
        while let Some(record) = records.next() {
            self.counted.records += 1;
            let count = self.counted.records;
            let limits = self.counted.limits;
            limits.check(Limit::Records, count, || {
                message!("more in this workbook", "工作簿中还有更多")
            })?;
            if record.beginning().is_some() {
                depth += 1;
            } else if record.kind == kind::EOF {
                let Some(outer) = depth.checked_sub(1) else { return self.finish() };
                depth = outer;
            } else if depth == 0 {
                self.take(&record, &mut records)?;
            }
        }
        Err(self.damaged(message!("it breaks off before its end", "内容中途断开")))
    }

    fn finish(mut self) -> Result<()> {
        self.unanswered()?;
        if !self.merged {
            self.across.merge(self.book, &mut self.draft)?;
        }
        self.notes.finish(&self.globals.codec, &mut self.draft.sheet);
        self.book.finish(self.draft);
        Ok(())
    }

    fn take<'a>(&mut self, record: &Record<'a>, records: &mut Records<'a>) -> Result<()> {
        match record.kind {
            kind::STRING | kind::STRING2 => return self.answer(&records.continued(record)),
            kind::FORMULA | kind::FORMULA3 | kind::FORMULA4 => return self.formula(record),
            kind::IXFE => self.format = record.word(0),
            kind::MULRK => return self.numbers(record),
            kind::MULBLANK => self.blanks(record),
            kind::ROW => self.row(record),
            kind::COLINFO => self.columns(record),
            kind::MERGEDCELLS => return self.merges(record),
            kind::NOTE => self.notes.note(record, self.globals.codec.version),
            kind::OBJ => self.notes.object(record),
            kind::TXO => self.notes.text(&records.continued(record)),
            _ => return self.cell(record, records),
        }
        Ok(())
    }

    /// A record of one cell.
    fn cell<'a>(&mut self, record: &Record<'a>, records: &mut Records<'a>) -> Result<()> {
        let old = record.kind <= kind::BOOLERR2;
        let at = if old { 7 } else { 6 };
        let codec = self.globals.codec;
        let value = match record.kind {
            kind::BLANK | kind::BLANK2 => None,
            kind::INTEGER2 => record.word(at).map(|whole| Content::Number(f64::from(whole))),
            kind::NUMBER | kind::NUMBER2 => record.double(at).map(Content::Number),
            kind::RK => record.long(at).map(|rk| Content::Number(packed(rk))),
            kind::BOOLERR | kind::BOOLERR2 => record.byte(at).zip(record.byte(at + 1)).map(truth),
            kind::LABEL2 => codec.short(record.data, at).map(Content::Text),
            kind::LABEL if codec.version == Version::Biff2 => {
                codec.short(record.data, at).map(Content::Text)
            }
            kind::LABEL | kind::RSTRING => {
                let mut pieces = records.continued(record);
                if let Some(first) = pieces.first_mut() {
                    *first = record.rest(at);
                }
                codec.long_in(&pieces).map(Content::Text)
            }
            kind::LABELSST => record.long(at).map(Content::Shared),
            _ => return Ok(()),
        };
        let Some(place) = self.place(record, old) else { return Ok(()) };
        self.unanswered()?;
        match value {
            Some(Content::Number(value)) => self.put(place, self.looks.number(value, place.xf)),
            Some(Content::Other(value)) => self.put(place, value),
            Some(Content::Text(text)) => self.text(place, text),
            Some(Content::Shared(number)) => self.shared(place, number),
            None => {
                self.blank(place.row, place.col, place.xf);
                Ok(())
            }
        }
    }

    /// Where a cell stands. In Excel 2 it names its cell format in a few bits, its number format in others.
    fn place(&mut self, record: &Record<'_>, old: bool) -> Option<Place> {
        let (row, col) = (record.word(0)?, record.word(2)?);
        if !old {
            return Some(Place { row, col, xf: record.word(4)? });
        }
        let stated = self.format.take();
        let xf = match u16::from(record.byte(4)? & 0x3f) {
            _ if self.looks.has_no_cell_formats() => u16::from(record.byte(5)? & 0x3f),
            0x3f => stated.unwrap_or(0x3f),
            xf => xf,
        };
        Some(Place { row, col, xf })
    }

    fn shared(&mut self, place: Place, number: u32) -> Result<()> {
        let strings = &self.globals.strings;
        let Some(text) = strings.get(number as usize) else {
            let at = CellRef::new(place.row.into(), place.col.into());
            let count = strings.len();
            return Err(self.damaged(message!(
                "{at} shows text {number} of {count}",
                "{at} 引用第 {number} 条文字，而文件只有 {count} 条"
            )));
        };
        self.counted.copied += text.len() as u64;
        let (limits, copied) = (self.counted.limits, self.counted.copied);
        limits.check(Limit::InflatedSize, copied, || {
            message!("more in the texts of cells", "单元格文字总量更大")
        })?;
        self.text(place, Text { text: text.clone(), lossy: false })
    }

    fn text(&mut self, place: Place, text: Text) -> Result<()> {
        self.draft.sheet.lossy |= text.lossy;
        if text.text.trim().is_empty() {
            self.blank(place.row, place.col, place.xf);
            return Ok(());
        }
        self.put(place, Value::Text(text.text))
    }

    fn put(&mut self, place: Place, value: Value) -> Result<()> {
        if self.looks.is_across(place.xf) {
            self.across.text(place.row, place.col);
        }
        let struck = self.looks.is_struck(place.xf);
        self.book.put_struck(&mut self.draft, place.row.into(), place.col.into(), value, struck)
    }

    fn blank(&mut self, row: u16, col: u16, xf: u16) {
        if self.looks.is_across(xf) {
            self.across.blank(row, col);
        }
    }

    fn numbers(&mut self, record: &Record<'_>) -> Result<()> {
        self.unanswered()?;
        let (Some(row), Some(first)) = (record.word(0), record.word(2)) else { return Ok(()) };
        for (col, number) in (first..=u16::MAX).zip(record.rest(4).as_chunks::<6>().0) {
            let [xf, low, rk @ ..] = number;
            let xf = u16::from_le_bytes([*xf, *low]);
            let value = self.looks.number(packed(u32::from_le_bytes(*rk)), xf);
            self.put(Place { row, col, xf }, value)?;
        }
        Ok(())
    }

    fn blanks(&mut self, record: &Record<'_>) {
        let (Some(row), Some(first)) = (record.word(0), record.word(2)) else { return };
        let formats = record.rest(4).as_chunks::<2>().0;
        // The last two bytes are the last column.
        for (col, xf) in
            (first..=u16::MAX).zip(formats.iter().take(formats.len().saturating_sub(1)))
        {
            self.blank(row, col, u16::from_le_bytes(*xf));
        }
    }

    fn row(&mut self, record: &Record<'_>) {
        if record.word(12).is_some_and(|flags| flags & 0x20 != 0) {
            self.draft.sheet.hidden_rows.extend(record.word(0).map(u32::from));
        }
    }

    fn columns(&mut self, record: &Record<'_>) {
        let hidden = record.word(8).is_some_and(|flags| flags & 1 != 0);
        if let (true, Some(first), Some(last)) = (hidden, record.word(0), record.word(2)) {
            let run = (u32::from(first), u32::from(last).min(COLUMNS - 1));
            self.draft.sheet.hidden_cols.extend(Some(run).filter(|(first, last)| first <= last));
        }
    }

    /// Merged ranges; how many the record claims to have does not matter.
    fn merges(&mut self, record: &Record<'_>) -> Result<()> {
        for range in record.rest(2).as_chunks::<8>().0 {
            let range: Vec<u64> = range
                .as_chunks()
                .0
                .iter()
                .map(|word| u64::from(u16::from_le_bytes(*word)))
                .collect();
            let [top, bottom, left, right] = range[..] else { continue };
            self.merged = true;
            self.book.merge(&mut self.draft, (top, bottom), (left, right))?;
        }
        Ok(())
    }

    fn formula(&mut self, record: &Record<'_>) -> Result<()> {
        self.unanswered()?;
        let version = self.globals.codec.version;
        let Some(place) = self.place(record, version == Version::Biff2) else { return Ok(()) };
        let Some(formula) = Formula::read(record, version) else { return Ok(()) };
        if formula.is_external(&self.globals.links) {
            self.draft.sheet.external.push(CellRef::new(place.row.into(), place.col.into()));
        }
        match formula.outcome {
            Outcome::Number(_)
                if formula.is_pending_zero() && self.globals.placeholders.holds(formula.asks) =>
            {
                self.put(place, uncalculated())
            }
            Outcome::Number(value) => self.put(place, self.looks.number(value, place.xf)),
            Outcome::Boolean(truth) => self.put(place, Value::Boolean(truth)),
            Outcome::Error(code) => self.put(place, Value::Error(error_name(code).to_owned())),
            Outcome::Empty if !self.globals.uncalculated => {
                self.blank(place.row, place.col, place.xf);
                Ok(())
            }
            Outcome::Empty | Outcome::Unknown => self.put(place, uncalculated()),
            Outcome::Text => {
                self.awaited = Some(place);
                Ok(())
            }
        }
    }

    /// The text that a formula gave.
    fn answer(&mut self, pieces: &[&[u8]]) -> Result<()> {
        let Some(place) = self.awaited.take() else { return Ok(()) };
        let codec = self.globals.codec;
        let text = match codec.version {
            Version::Biff2 => pieces.first().and_then(|piece| codec.short(piece, 0)),
            _ => codec.long_in(pieces),
        };
        match text {
            Some(text) => self.text(place, text),
            None => self.put(place, uncalculated()),
        }
    }

    /// A formula whose text did not come.
    fn unanswered(&mut self) -> Result<()> {
        match self.awaited.take() {
            Some(place) => self.put(place, uncalculated()),
            None => Ok(()),
        }
    }

    fn damaged(&self, reason: Message) -> Error {
        let name = self.draft.sheet.name.as_deref().unwrap_or_default();
        super::damaged(reason.after(&message!("sheet `{name}`", "工作表 `{name}`")))
    }
}

/// What a cell's record holds.
enum Content {
    Number(f64),
    Text(Text),
    /// The number of a shared text.
    Shared(u32),
    Other(Value),
}

fn uncalculated() -> Value {
    Value::Formula("=…".to_owned())
}

fn truth((value, is_error): (u8, u8)) -> Content {
    Content::Other(match is_error {
        0 => Value::Boolean(value != 0),
        _ => Value::Error(error_name(value).to_owned()),
    })
}

/// A number in four bytes: the upper part of a double or a whole number, either one perhaps a hundredfold.
fn packed(rk: u32) -> f64 {
    let value = if rk & 2 == 0 {
        f64::from_bits(u64::from(rk & !3) << 32)
    } else {
        f64::from(rk.cast_signed() >> 2)
    };
    if rk & 1 == 0 { value } else { value / 100.0 }
}
