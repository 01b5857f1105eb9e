//! What holds for the whole workbook: its sheets, shared texts, looks, and which other workbooks it knows.

use super::{
    formula::{Links, Placeholders},
    looks::Looks,
    record::{Record, Records, kind},
    strings::{Codec, Pieces},
    survey::Survey,
};
use crate::{
    error::{Error, Result},
    workbook::limits::{Limit, Limits},
};

/// What holds for the whole workbook.
pub(super) struct Globals {
    pub(super) codec: Codec,
    pub(super) sheets: Vec<Bound>,
    pub(super) strings: Vec<String>,
    pub(super) looks: Looks,
    pub(super) links: Links,
    /// Whether its formulas were never calculated, so that an empty result is none.
    pub(super) uncalculated: bool,
    /// Whether the zero of a formula that asks to be calculated is none.
    pub(super) placeholders: Placeholders,
}

/// A sheet as the workbook lists it.
pub(super) struct Bound {
    pub(super) name: String,
    pub(super) hidden: bool,
    /// Whether it has cells rather than a chart or macros.
    pub(super) worksheet: bool,
    /// Whether it is a module of code, which nobody sees among the sheets.
    pub(super) module: bool,
    /// Where its records begin, if the list is right.
    pub(super) at: usize,
}

impl Globals {
    /// Reads the records before the first sheet, and those of nothing but a sheet where no other are.
    pub(super) fn read(stream: &[u8], survey: &Survey, limits: &Limits) -> Result<Self> {
        let mut globals = Self {
            codec: survey.codec(),
            sheets: Vec::new(),
            strings: Vec::new(),
            looks: Looks::default(),
            links: Links::default(),
            uncalculated: survey.uncalculated(),
            placeholders: survey.placeholders(),
        };
        let end = survey.first_sheet().filter(|at| *at > 0).unwrap_or(stream.len());
        let mut records = Records::new(stream, 0);
        while let Some(record) = records.next().filter(|record| record.at < end) {
            globals.take(&record, &mut records, limits)?;
        }
        globals.looks.compile();
        Ok(globals)
    }

    fn take<'a>(
        &mut self,
        record: &Record<'a>,
        records: &mut Records<'a>,
        limits: &Limits,
    ) -> Result<()> {
        match record.kind {
            kind::FILEPASS => return Err(Error::Encrypted),
            kind::BOUNDSHEET => {
                self.sheets.extend(bound(record, &self.codec));
                let count = self.sheets.len() as u64;
                limits.check(Limit::Sheets, count, || {
                    message!("{count} sheets", "有 {count} 个工作表")
                })?;
            }
            kind::SST => self.shared(&records.continued(record), limits)?,
            kind::SUPBOOK => self.links.book(record),
            kind::EXTERNSHEET => self.links.references(&records.continued(record)),
            _ => self.looks.take(record, &self.codec),
        }
        Ok(())
    }

    /// The shared texts. Their number is stated and not believed.
    fn shared(&mut self, pieces: &[&[u8]], limits: &Limits) -> Result<()> {
        let mut pieces = Pieces::new(pieces);
        pieces.skip(4);
        let count = pieces.long().unwrap_or(0);
        while self.strings.len() < count as usize {
            let Some(text) = pieces.rich() else { break };
            self.strings.push(text);
            let count = self.strings.len() as u64;
            limits.check(Limit::Strings, count, || {
                message!("more shared texts", "还有更多共享文字")
            })?;
        }
        Ok(())
    }
}

fn bound(record: &Record<'_>, codec: &Codec) -> Option<Bound> {
    let name = codec.short(record.data, 6).map(|name| name.text).unwrap_or_default();
    Some(Bound {
        name: name.trim_matches('\0').to_owned(),
        hidden: record.byte(4)? & 3 != 0,
        worksheet: record.byte(5)? == 0,
        module: record.byte(5)? == 6,
        at: record.long(0)? as usize,
    })
}
