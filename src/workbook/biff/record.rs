//! The records of a stream: a kind, a length, and so many bytes.

/// Kinds of records. Where a kind has several numbers, the digit in front says since which version.
pub(super) mod kind {
    pub(in super::super) const EOF: u16 = 0x000a;
    pub(in super::super) const CODEPAGE: u16 = 0x0042;
    pub(in super::super) const DATEMODE: u16 = 0x0022;
    pub(in super::super) const FILEPASS: u16 = 0x002f;
    pub(in super::super) const CONTINUE: u16 = 0x003c;
    pub(in super::super) const BOUNDSHEET: u16 = 0x0085;
    pub(in super::super) const SHEETHDR: u16 = 0x008f;
    pub(in super::super) const SST: u16 = 0x00fc;
    pub(in super::super) const SUPBOOK: u16 = 0x01ae;
    pub(in super::super) const EXTERNSHEET: u16 = 0x0017;

    pub(in super::super) const FONT: u16 = 0x0031;
    pub(in super::super) const FONT3: u16 = 0x0231;
    pub(in super::super) const FORMAT: u16 = 0x001e;
    pub(in super::super) const FORMAT4: u16 = 0x041e;
    pub(in super::super) const XF2: u16 = 0x0043;
    pub(in super::super) const XF3: u16 = 0x0243;
    pub(in super::super) const XF4: u16 = 0x0443;
    pub(in super::super) const XF5: u16 = 0x00e0;

    pub(in super::super) const IXFE: u16 = 0x0044;
    pub(in super::super) const BLANK2: u16 = 0x0001;
    pub(in super::super) const INTEGER2: u16 = 0x0002;
    pub(in super::super) const NUMBER2: u16 = 0x0003;
    pub(in super::super) const LABEL2: u16 = 0x0004;
    pub(in super::super) const BOOLERR2: u16 = 0x0005;
    pub(in super::super) const FORMULA: u16 = 0x0006;
    pub(in super::super) const STRING2: u16 = 0x0007;
    pub(in super::super) const BLANK: u16 = 0x0201;
    pub(in super::super) const NUMBER: u16 = 0x0203;
    pub(in super::super) const LABEL: u16 = 0x0204;
    pub(in super::super) const BOOLERR: u16 = 0x0205;
    pub(in super::super) const FORMULA3: u16 = 0x0206;
    pub(in super::super) const FORMULA4: u16 = 0x0406;
    pub(in super::super) const STRING: u16 = 0x0207;
    pub(in super::super) const RK: u16 = 0x027e;
    pub(in super::super) const MULRK: u16 = 0x00bd;
    pub(in super::super) const MULBLANK: u16 = 0x00be;
    pub(in super::super) const RSTRING: u16 = 0x00d6;
    pub(in super::super) const LABELSST: u16 = 0x00fd;

    pub(in super::super) const ROW: u16 = 0x0208;
    pub(in super::super) const COLINFO: u16 = 0x007d;
    pub(in super::super) const MERGEDCELLS: u16 = 0x00e5;
    pub(in super::super) const NOTE: u16 = 0x001c;
    pub(in super::super) const OBJ: u16 = 0x005d;
    pub(in super::super) const TXO: u16 = 0x01b6;
}

/// A version of the format: Excel 2, 3, 4, 5 and 95, 97 to 2003.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Version {
    Biff2,
    Biff3,
    Biff4,
    Biff5,
    Biff8,
}

/// A record.
#[derive(Clone, Copy, Debug)]
pub(super) struct Record<'a> {
    pub(super) kind: u16,
    pub(super) data: &'a [u8],
    /// Where in the stream it begins.
    pub(super) at: usize,
}

/// The beginning of a part of a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Beginning {
    pub(super) version: Version,
    /// The kind of part; [`WORKSHEET`] is the one with cells.
    pub(super) part: u16,
}

pub(super) const GLOBALS: u16 = 0x0005;
pub(super) const WORKSHEET: u16 = 0x0010;
pub(super) const MACROS: u16 = 0x0040;

impl<'a> Record<'a> {
    pub(super) fn byte(&self, at: usize) -> Option<u8> {
        self.data.get(at).copied()
    }

    pub(super) fn word(&self, at: usize) -> Option<u16> {
        word(self.data, at)
    }

    pub(super) fn long(&self, at: usize) -> Option<u32> {
        long(self.data, at)
    }

    pub(super) fn double(&self, at: usize) -> Option<f64> {
        self.data.get(at..)?.first_chunk().map(|bytes| f64::from_le_bytes(*bytes))
    }

    pub(super) fn rest(&self, at: usize) -> &'a [u8] {
        self.data.get(at..).unwrap_or_default()
    }

    /// What begins here, if this is a beginning.
    pub(super) fn beginning(&self) -> Option<Beginning> {
        let version = match (self.kind, self.word(0)?) {
            (0x0009, _) | (0x0809, 0x0002 | 0x0007 | 0x0200) => Version::Biff2,
            (0x0209, _) | (0x0809, 0x0300) => Version::Biff3,
            (0x0409, _) | (0x0809, 0x0400) => Version::Biff4,
            (0x0809, 0x0500) => Version::Biff5,
            (0x0809, 0x0600) => Version::Biff8,
            // Broken version numbers occur; the later format has the longer record.
            (0x0809, _) if self.data.len() >= 16 => Version::Biff8,
            (0x0809, _) => Version::Biff5,
            _ => return None,
        };
        Some(Beginning { version, part: self.word(2)? })
    }
}

pub(super) fn word(data: &[u8], at: usize) -> Option<u16> {
    data.get(at..)?.first_chunk().map(|bytes| u16::from_le_bytes(*bytes))
}

pub(super) fn long(data: &[u8], at: usize) -> Option<u32> {
    data.get(at..)?.first_chunk().map(|bytes| u32::from_le_bytes(*bytes))
}

/// The records of a stream from some place on, up to the last that is whole.
#[derive(Clone)]
pub(super) struct Records<'a> {
    stream: &'a [u8],
    at: usize,
}

impl<'a> Records<'a> {
    pub(super) fn new(stream: &'a [u8], at: usize) -> Self {
        Self { stream, at }
    }

    /// A record's bytes and those of the records that continue it.
    pub(super) fn continued(&mut self, first: &Record<'a>) -> Vec<&'a [u8]> {
        let mut pieces = vec![first.data];
        let mut ahead = self.clone();
        while let Some(record) = ahead.next().filter(|record| record.kind == kind::CONTINUE) {
            pieces.push(record.data);
            self.at = ahead.at;
        }
        pieces
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Record<'a>> {
        let at = self.at;
        let kind = word(self.stream, at)?;
        let length = usize::from(word(self.stream, at + 2)?);
        let data = self.stream.get(at + 4..at + 4 + length)?;
        self.at = at + 4 + length;
        Some(Record { kind, data, at })
    }
}
