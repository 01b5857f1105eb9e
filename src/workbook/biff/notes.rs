//! Comments and text boxes. A comment names an object, and the text follows the object; up to Excel 95 a comment has its
//! text itself.

use std::collections::HashMap;

use super::{
    super::Sheet,
    record::{Record, Version, word},
    strings::{Codec, Pieces},
};
use crate::cell::CellRef;

/// The kind of object that shows a comment.
const COMMENT: u16 = 0x0019;
/// The row of a record that goes on with the comment before it.
const GOES_ON: u16 = 0xffff;

/// The comments and text boxes of a sheet in the making.
#[derive(Default)]
pub(super) struct Notes {
    /// Comments with the numbers of their objects.
    objects: Vec<(CellRef, u16)>,
    /// Bytes of comments that have their text themselves.
    bytes: Vec<(CellRef, Vec<u8>)>,
    /// Kind and number of the last object.
    object: Option<(u16, u16)>,
    /// Texts of objects.
    texts: Vec<(u16, u16, String)>,
}

impl Notes {
    pub(super) fn note(&mut self, record: &Record<'_>, version: Version) {
        let (Some(row), Some(col)) = (record.word(0), record.word(2)) else { return };
        let at = CellRef::new(row.into(), col.into());
        if version == Version::Biff8 {
            self.objects.extend(record.word(6).map(|object| (at, object)));
        } else if row == GOES_ON {
            if let Some((_, bytes)) = self.bytes.last_mut() {
                bytes.extend_from_slice(record.rest(6));
            }
        } else {
            self.bytes.push((at, record.rest(6).to_owned()));
        }
    }

    pub(super) fn object(&mut self, record: &Record<'_>) {
        // The first part of an object is the one that all have.
        let common = record.word(0) == Some(0x0015);
        self.object = record.word(4).zip(record.word(6)).filter(|_| common);
    }

    /// The text of the last object, in the records that continue this one.
    pub(super) fn text(&mut self, pieces: &[&[u8]]) {
        let [head, pieces @ ..] = pieces else { return };
        let length = usize::from(word(head, 10).unwrap_or(0));
        let mut pieces = Pieces::new(pieces);
        let Some(flags) = pieces.byte().filter(|_| length > 0) else { return };
        let text = pieces.characters(length, flags & 1 != 0);
        let (kind, number) = self.object.take().unwrap_or_default();
        if !text.trim().is_empty() {
            self.texts.push((kind, number, text));
        }
    }

    pub(super) fn finish(self, codec: &Codec, sheet: &mut Sheet) {
        let mut comments: HashMap<u16, String> = HashMap::new();
        for (kind, number, text) in self.texts {
            if kind == COMMENT {
                comments.insert(number, text);
            } else {
                sheet.drawings.push(text);
            }
        }
        for (at, number) in self.objects {
            sheet.comments.extend(comments.remove(&number).map(|text| (at, text)));
        }
        for (at, bytes) in self.bytes {
            let text = codec.bytes(&bytes);
            sheet.lossy |= text.lossy;
            sheet.comments.push((at, text.text));
        }
    }
}
