//! Formulas of a binary workbook: whether one waits to be calculated, and whether it takes a value from another file.

use super::records::{Fields, Record};

/// The kinds of cells with a formula; between these two a number and a truth value.
const TEXT: u32 = 8;
const NUMBER: u32 = 9;
const ERROR: u32 = 11;

/// What stands behind the value of a cell with a formula.
pub(super) struct Formula<'a> {
    /// Whether it is to be calculated when the workbook is opened next.
    pub(super) pending: bool,
    /// Whether its value is zero or an empty text, which writers put that don't calculate.
    pub(super) is_nothing: bool,
    tokens: Tokens<'a>,
}

impl<'a> Formula<'a> {
    /// The formula of a cell; none where it has none.
    pub(super) fn of(record: &Record<'a>) -> Option<Self> {
        const PENDING: u16 = 2;
        const PLACE: usize = 8; // column and style
        let mut fields = record.fields;
        if !(TEXT..=ERROR).contains(&record.kind) {
            return None;
        }
        fields.skip(PLACE)?;
        let is_nothing = match record.kind {
            TEXT => fields.text()?.is_empty(),
            NUMBER => fields.f64()? == 0.0,
            _ => fields.byte().map(|_| false)?,
        };
        let (flags, length) = (fields.u16()?, fields.u32()?);
        let data = fields.rest();
        let data = data.get(..usize::try_from(length).ok()?).unwrap_or(data);
        Some(Self { pending: flags & PENDING != 0, is_nothing, tokens: Tokens(Fields::new(data)) })
    }

    /// Whether it takes a value from another file.
    pub(super) fn is_external(&self, links: &Links) -> bool {
        self.tokens.clone().flatten().any(|reference| links.is_external(reference))
    }
}

/// The tokens up to the first that is unknown; of those that refer to another sheet the number of the reference.
#[derive(Clone)]
struct Tokens<'a>(Fields<'a>);

impl Iterator for Tokens<'_> {
    type Item = Option<u16>;

    fn next(&mut self) -> Option<Self::Item> {
        let fields = &mut self.0;
        let token = fields.byte()?;
        let token = if token < 0x20 { token } else { 0x20 | token & 0x1f };
        let mut reference = None;
        let length = match token {
            0x03..=0x16 => 0,
            0x17 => usize::from(fields.u16()?) * 2,
            0x19 => {
                let kind = fields.byte()?;
                let choices = usize::from(fields.u16()?);
                if kind & 4 == 0 { 0 } else { (choices + 1) * 2 }
            }
            0x1c | 0x1d => 1,
            0x1e | 0x21 | 0x29 => 2,
            0x1f => 8,
            0x20 => 14,
            0x22 => 3,
            0x01 | 0x23 => 4,
            0x24 | 0x26..=0x28 | 0x2a | 0x2c => 6,
            0x25 | 0x2b | 0x2d => 12,
            0x39..=0x3d => {
                reference = Some(fields.u16()?);
                match token {
                    0x39 => 4,
                    0x3a | 0x3c => 6,
                    _ => 12,
                }
            }
            _ => return None,
        };
        fields.skip(length)?;
        Some(reference)
    }
}

/// To which workbooks the references of formulas lead.
#[derive(Default)]
pub(super) struct Links {
    /// Whether each known workbook is another file.
    books: Vec<bool>,
    /// The workbook of each reference.
    references: Vec<u32>,
}

impl Links {
    /// Takes a record of the workbook's part.
    pub(super) fn take(&mut self, record: &Record<'_>) {
        const OTHER_FILE: u32 = 355;
        const REFERENCES: u32 = 362;
        let mut fields = record.fields;
        match record.kind {
            // This workbook, the same sheet, and functions that come with a program.
            OTHER_FILE | 357 | 358 | 667 => self.books.push(record.kind == OTHER_FILE),
            REFERENCES => {
                let _count = fields.u32();
                while let (Some(book), Some(_first), Some(_last)) =
                    (fields.u32(), fields.u32(), fields.u32())
                {
                    self.references.push(book);
                }
            }
            _ => {}
        }
    }

    fn is_external(&self, reference: u16) -> bool {
        let book = self.references.get(usize::from(reference));
        let book = book.and_then(|book| self.books.get(usize::try_from(*book).ok()?));
        book.copied().unwrap_or(false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn formula(value: f64, flags: u8, tokens: &[u8]) -> Vec<u8> {
        let length = u8::try_from(tokens.len()).unwrap();
        [&[0; 8], &value.to_le_bytes()[..], &[flags, 0, length, 0, 0, 0], tokens].concat()
    }

    fn read(bytes: &[u8]) -> Option<Formula<'_>> {
        Formula::of(&Record { kind: NUMBER, fields: Fields::new(bytes) })
    }

    #[test]
    fn a_reference_into_another_file_is_seen_wherever_it_stands() {
        let mut links = Links::default();
        for kind in [357, 355] {
            links.take(&Record { kind, fields: Fields::new(&[]) });
        }
        let rows = [[0_u32, 0, 0], [1, 0, 0]].concat();
        let table: Vec<u8> =
            [&[2_u32][..], &rows].concat().iter().flat_map(|n| n.to_le_bytes()).collect();
        links.take(&Record { kind: 362, fields: Fields::new(&table) });
        let other = [0x3a, 1, 0, 0, 0, 0, 0, 0, 0];
        let own = [0x5a, 0, 0, 0, 0, 0, 0, 0, 0];
        let text = [0x17, 1, 0, 0x3a, 0];
        let sum = [0x19, 0x10, 0, 0];
        let cases: [(&[&[u8]], bool); 6] = [
            (&[&own], false),
            (&[&other], true),
            (&[&own, &text, &other], true),
            (&[&text, &sum], false),
            (&[&[0x44, 0, 0, 0, 0, 0, 0], &[0x1f; 9], &other], true),
            // Behind a token that nobody knows nothing is known.
            (&[&[0x00], &other], false),
        ];
        for (tokens, want) in cases {
            let bytes = formula(1.0, 0, &tokens.concat());
            assert_eq!(read(&bytes).unwrap().is_external(&links), want, "{tokens:?}");
        }
    }

    #[test]
    fn a_formula_says_whether_it_waits() {
        for (value, flags, want) in
            [(0.0, 0, (false, true)), (0.0, 2, (true, true)), (7.0, 2, (true, false))]
        {
            let bytes = formula(value, flags, &[]);
            let formula = read(&bytes).unwrap();
            assert_eq!((formula.pending, formula.is_nothing), want, "{value} {flags}");
        }
        assert!(read(&[0; 15]).is_none());
    }
}
