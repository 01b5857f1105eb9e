//! The records of a binary part and the fields in them. A field that a record is too short for is none.

/// A record: its kind and its bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Record<'a> {
    pub(super) kind: u32,
    pub(super) fields: Fields<'a>,
}

/// The records of a part, in order.
pub(super) struct Records<'a> {
    rest: &'a [u8],
    /// Whether the part ended within a record.
    pub(super) cut: bool,
}

impl<'a> Records<'a> {
    pub(super) fn new(part: &'a [u8]) -> Self {
        Self { rest: part, cut: false }
    }

    /// A number of at most `most` bytes, seven bits in each, the lowest first.
    fn packed(&mut self, most: u32) -> Option<u32> {
        let mut value = 0;
        for step in 0..most {
            let (byte, rest) = self.rest.split_first()?;
            self.rest = rest;
            value |= u32::from(byte & 0x7f) << (7 * step);
            if byte & 0x80 == 0 {
                break;
            }
        }
        Some(value)
    }

    fn record(&mut self) -> Option<Record<'a>> {
        // Unlike the length, a kind keeps the bit that says it goes on.
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        let mut kind = u32::from(*first);
        if first & 0x80 != 0 {
            let (second, rest) = self.rest.split_first()?;
            self.rest = rest;
            kind = (kind & 0x7f) | u32::from(second & 0x7f) << 7;
        }
        let length = usize::try_from(self.packed(4)?).ok()?;
        let (fields, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(Record { kind, fields: Fields(fields) })
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Record<'a>> {
        if self.rest.is_empty() {
            return None;
        }
        let record = self.record();
        if record.is_none() {
            self.cut = true;
            self.rest = &[];
        }
        record
    }
}

/// Fields yet to be read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fields<'a>(&'a [u8]);

impl<'a> Fields<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// What is yet to be read.
    pub(super) fn rest(&self) -> &'a [u8] {
        self.0
    }

    /// Leaves bytes out; none where there are not so many.
    pub(super) fn skip(&mut self, count: usize) -> Option<()> {
        self.0 = self.0.get(count..)?;
        Some(())
    }

    pub(super) fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (field, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        Some(*field)
    }

    pub(super) fn byte(&mut self) -> Option<u8> {
        self.array::<1>().map(|[byte]| byte)
    }

    pub(super) fn u16(&mut self) -> Option<u16> {
        self.array().map(u16::from_le_bytes)
    }

    pub(super) fn u32(&mut self) -> Option<u32> {
        self.array().map(u32::from_le_bytes)
    }

    pub(super) fn f64(&mut self) -> Option<f64> {
        self.array().map(f64::from_le_bytes)
    }

    /// A number in four bytes: the upper thirty bits of a double or a whole number, either of it perhaps times 100.
    pub(super) fn packed_number(&mut self) -> Option<f64> {
        let bits = self.u32()?;
        let number = if bits & 2 == 0 {
            f64::from_bits(u64::from(bits & !3) << 32)
        } else {
            f64::from(bits.cast_signed() >> 2)
        };
        Some(if bits & 1 == 0 { number } else { number / 100.0 })
    }

    /// A text with its length in front. A length of all ones is no text.
    pub(super) fn text(&mut self) -> Option<String> {
        let length = self.u32()?;
        if length == u32::MAX {
            return Some(String::new());
        }
        let bytes = usize::try_from(length).ok()?.checked_mul(2)?;
        let (text, rest) = self.0.split_at_checked(bytes)?;
        self.0 = rest;
        let units = text.as_chunks::<2>().0.iter().map(|unit| u16::from_le_bytes(*unit));
        Some(
            char::decode_utf16(units)
                .map(|char| char.unwrap_or(char::REPLACEMENT_CHARACTER))
                .collect(),
        )
    }

    /// A text with runs of fonts and of readings behind it, which are left out.
    pub(super) fn rich_text(&mut self) -> Option<String> {
        self.byte()?;
        self.text()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_and_lengths_take_as_many_bytes_as_they_say() {
        let mut long = vec![0x9c, 0x01, 0x80, 0x01];
        long.extend([7; 128]);
        long.extend([0x00, 0x00]);
        let mut records = Records::new(&long);
        let (first, second) = (records.next().unwrap(), records.next().unwrap());
        assert_eq!((first.kind, first.fields.0.len()), (156, 128));
        assert_eq!((second.kind, second.fields.0.len()), (0, 0));
        assert!(records.next().is_none() && !records.cut);
    }

    #[test]
    fn a_length_beyond_the_part_cuts_it() {
        for bytes in [&[0x00][..], &[0x80], &[1, 0xff, 0xff, 0xff, 0x7f, 0], &[1, 2, 0]] {
            let mut records = Records::new(bytes);
            assert!(records.next().is_none() && records.cut, "{bytes:?}");
        }
    }

    #[test]
    fn numbers_come_in_four_bytes() {
        for (bits, want) in [
            (0x3ff0_0000_u32, 1.0),
            (0x3ff0_0001, 0.01),
            (123 << 2 | 2, 123.0),
            (12345 << 2 | 3, 123.45),
            ((-5_i32 << 2 | 2).cast_unsigned(), -5.0),
        ] {
            let bytes = bits.to_le_bytes();
            assert_eq!(Fields(&bytes).packed_number(), Some(want), "{bits:x}");
        }
    }

    #[test]
    fn a_text_longer_than_its_record_is_none() {
        assert_eq!(Fields(&[0xfe, 0xff, 0xff, 0x7f, 0, 0]).text(), None);
        assert_eq!(Fields(&[2, 0, 0, 0, 0x41, 0, 0x68, 0x88]).text().as_deref(), Some("A表"));
        assert_eq!(Fields(&[0xff; 4]).text().as_deref(), Some(""));
    }
}
