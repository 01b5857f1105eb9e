//! Texts: in the code page of the workbook up to Excel 95, later in UTF-16 with the upper bytes left out where all are zero.
//! A text may go on in the record behind, cut anywhere; there it says anew which of the two it is.

use encoding_rs::Encoding;

use super::record::{Version, word};

/// How the texts of a workbook are stored.
#[derive(Clone, Copy)]
pub(super) struct Codec {
    pub(super) version: Version,
    pub(super) encoding: &'static Encoding,
}

impl Codec {
    /// A text behind a length of one byte.
    pub(super) fn short(&self, data: &[u8], at: usize) -> Option<Text> {
        let length = usize::from(*data.get(at)?);
        Some(self.text(data.get(at + 1..)?, length))
    }

    /// A text behind a length of two bytes.
    pub(super) fn long(&self, data: &[u8], at: usize) -> Option<Text> {
        self.long_in(&[data.get(at..)?])
    }

    /// A text behind a length of two bytes that other records may continue.
    pub(super) fn long_in(&self, pieces: &[&[u8]]) -> Option<Text> {
        if self.version == Version::Biff8 {
            return Pieces::new(pieces).rich().map(Text::sound);
        }
        let first = pieces.first()?;
        Some(self.text(first.get(2..)?, usize::from(word(first, 0)?)))
    }

    /// A text of `length` characters or bytes, as far as it goes.
    pub(super) fn text(&self, data: &[u8], length: usize) -> Text {
        if self.version == Version::Biff8 {
            return Text::sound(Pieces::new(&[data]).flagged(length).unwrap_or_default());
        }
        self.bytes(data.get(..length).unwrap_or(data))
    }

    /// Bytes in the code page.
    pub(super) fn bytes(&self, data: &[u8]) -> Text {
        let (text, lossy) = self.encoding.decode_without_bom_handling(data);
        Text { text: text.into_owned(), lossy }
    }
}

/// A text, and whether some of its bytes had no meaning.
pub(super) struct Text {
    pub(super) text: String,
    pub(super) lossy: bool,
}

impl Text {
    fn sound(text: String) -> Self {
        Self { text, lossy: false }
    }
}

/// The bytes of a record and of those that continue it, read from the front.
pub(super) struct Pieces<'p, 'a> {
    pieces: &'p [&'a [u8]],
    at: usize,
}

impl<'p, 'a> Pieces<'p, 'a> {
    pub(super) fn new(pieces: &'p [&'a [u8]]) -> Self {
        Self { pieces, at: 0 }
    }

    pub(super) fn byte(&mut self) -> Option<u8> {
        loop {
            let piece = self.pieces.first()?;
            if let Some(byte) = piece.get(self.at) {
                self.at += 1;
                return Some(*byte);
            }
            self.turn();
        }
    }

    pub(super) fn word(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes([self.byte()?, self.byte()?]))
    }

    pub(super) fn long(&mut self) -> Option<u32> {
        Some(u32::from(self.word()?) | u32::from(self.word()?) << 16)
    }

    fn turn(&mut self) {
        self.pieces = self.pieces.get(1..).unwrap_or_default();
        self.at = 0;
    }

    /// Leaves bytes out, wherever they end.
    pub(super) fn skip(&mut self, mut count: usize) {
        while let Some(piece) = self.pieces.first() {
            let left = piece.len().saturating_sub(self.at);
            if count <= left {
                self.at += count;
                return;
            }
            count -= left;
            self.turn();
        }
    }

    /// A text with its length, its runs of fonts and its readings.
    pub(super) fn rich(&mut self) -> Option<String> {
        let length = usize::from(self.word()?);
        self.flagged(length)
    }

    /// A text of so many characters behind its flags; its runs and readings are left out.
    pub(super) fn flagged(&mut self, length: usize) -> Option<String> {
        let flags = self.byte()?;
        let runs = if flags & 8 == 0 { 0 } else { usize::from(self.word()?) };
        let readings = if flags & 4 == 0 { 0 } else { self.long()? as usize };
        let text = self.characters(length, flags & 1 != 0);
        self.skip(runs * 4);
        self.skip(readings);
        Some(text)
    }

    /// So many characters, as far as they go.
    pub(super) fn characters(&mut self, length: usize, mut wide: bool) -> String {
        let mut units: Vec<u16> = Vec::new();
        while units.len() < length {
            let Some(piece) = self.pieces.first() else { break };
            let bytes = piece.get(self.at..).unwrap_or_default();
            let wanted = length - units.len();
            let before = units.len();
            if wide {
                units.extend(
                    bytes.as_chunks().0.iter().take(wanted).map(|unit| u16::from_le_bytes(*unit)),
                );
                self.at += (units.len() - before) * 2;
            } else {
                units.extend(bytes.iter().take(wanted).map(|byte| u16::from(*byte)));
                self.at += units.len() - before;
            }
            if units.len() < length {
                self.turn();
                match self.byte() {
                    Some(flags) => wide = flags & 1 != 0,
                    None => break,
                }
            }
        }
        String::from_utf16_lossy(&units)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Twelve characters: five narrow, then wide in the piece behind, then narrow again.
    #[test]
    fn a_text_cut_twice_is_whole() {
        let first = [b"\x0c\x00\x00".as_slice(), b"total"].concat();
        let wide: Vec<u8> = "绩效目标".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let second = [b"\x01".as_slice(), &wide].concat();
        let third = [b"\x00".as_slice(), b"abc", b"\x01\x00\x00z"].concat();
        let pieces = [first.as_slice(), &second, &third];
        let mut pieces = Pieces::new(&pieces);
        assert_eq!(pieces.rich().as_deref(), Some("total绩效目标abc"));
        assert_eq!(pieces.rich().as_deref(), Some("z"));
        assert_eq!(pieces.rich(), None);
    }

    #[test]
    fn runs_and_readings_may_lie_in_the_piece_behind() {
        let first = b"\x02\x00\x0c\x01\x00\x06\x00\x00\x00abRU".as_slice();
        let second = b"NSread".as_slice();
        let third = b"ed\x01\x00\x00z".as_slice();
        let pieces = [first, second, third];
        let mut pieces = Pieces::new(&pieces);
        assert_eq!(pieces.rich().as_deref(), Some("ab"));
        assert_eq!(pieces.rich().as_deref(), Some("z"));
    }

    #[test]
    fn a_text_that_ends_with_its_piece_has_no_mark_behind() {
        let pieces = [b"\x02\x00\x00ab".as_slice(), b"\x01\x00\x00z"];
        let mut pieces = Pieces::new(&pieces);
        assert_eq!(pieces.rich().as_deref(), Some("ab"));
        assert_eq!(pieces.rich().as_deref(), Some("z"));
    }

    #[test]
    fn a_length_that_lies_ends_with_the_bytes() {
        let pieces = [b"\xff\xff\x01\x41\x00\x42".as_slice()];
        assert_eq!(Pieces::new(&pieces).rich().as_deref(), Some("A"));
        let pieces = [b"\x01\x00\x04\xff\xff\xff\xffA".as_slice()];
        assert_eq!(Pieces::new(&pieces).rich().as_deref(), Some("A"));
    }
}
