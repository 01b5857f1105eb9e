//! A package put together from parts that are deflated already. The `zip` crate takes such parts from another archive only,
//! and makes a new deflater for every other one, which takes longer than deflating a form.

use std::cell::RefCell;

use flate2::{Compress, Compression, Crc, FlushCompress, Status};

use super::super::library::DEFLATE;

/// A part as it lies in a package.
pub(super) struct Deflated {
    pub(super) data: Vec<u8>,
    pub(super) crc: u32,
    /// Bytes before they were deflated.
    pub(super) size: u32,
}

thread_local! {
    static DEFLATER: RefCell<Compress> =
        RefCell::new(Compress::new(Compression::new(u32::from(DEFLATE)), false));
}

/// What is said of a part behind its data.
#[derive(Clone, Copy)]
struct Sums {
    crc: u32,
    /// Bytes of the data.
    length: u32,
    /// Bytes before they were deflated.
    size: u32,
}

/// Deflates a part behind what is there; `None` when it is larger than a package of this kind takes.
fn deflate(part: &[u8], data: &mut Vec<u8>) -> Option<Sums> {
    let (size, begin) = (u32::try_from(part.len()).ok()?, data.len());
    let mut crc = Crc::new();
    crc.update(part);
    data.reserve(part.len() / 2 + 128);
    DEFLATER.with_borrow_mut(|deflater| {
        deflater.reset();
        loop {
            let rest = part.get(usize::try_from(deflater.total_in()).ok()?..)?;
            // Ended apart from what it deflates, like the library does: so both write the same bytes.
            let flush = if rest.is_empty() { FlushCompress::Finish } else { FlushCompress::None };
            match deflater.compress_vec(rest, data, flush) {
                Ok(Status::StreamEnd) => return Some(()),
                Ok(_) => data.reserve(part.len() / 2 + 128),
                Err(_) => return None,
            }
        }
    })?;
    Some(Sums { crc: crc.sum(), length: u32::try_from(data.len() - begin).ok()?, size })
}

/// Version 2.0 of the format, which has deflated parts.
const VERSION: u16 = 20;
/// That version, by a program for Unix.
const MADE_BY: u16 = 3 << 8 | VERSION;
/// Checksum and sizes stand behind a part.
const STREAMED: u16 = 1 << 3;
const DEFLATED: u16 = 8;
/// The first of January 1980, the zero of the format's clock.
const DATE: u16 = 1 << 5 | 1;
/// A plain file that its owner reads and writes.
const ATTRIBUTES: u32 = 0o100_600 << 16;

/// A package in the making.
#[derive(Default)]
pub(super) struct Package {
    bytes: Vec<u8>,
    directory: Vec<u8>,
    parts: u16,
}

impl Package {
    /// Adds a part that is deflated. Its name is plain ASCII.
    pub(super) fn put(&mut self, name: &str, part: &Deflated) -> Option<()> {
        self.add(name, |bytes| {
            bytes.extend(&part.data);
            let length = u32::try_from(part.data.len()).ok()?;
            Some(Sums { crc: part.crc, length, size: part.size })
        })
    }

    /// Adds a part, deflated where it is to stand: a large one is never held beside the package.
    pub(super) fn put_fresh(&mut self, name: &str, part: &str) -> Option<()> {
        self.add(name, |bytes| deflate(part.as_bytes(), bytes))
    }

    fn add(&mut self, name: &str, data: impl FnOnce(&mut Vec<u8>) -> Option<Sums>) -> Option<()> {
        let offset = u32::try_from(self.bytes.len()).ok()?;
        let length_of_name = u16::try_from(name.len()).ok()?.to_le_bytes();
        let kind: Vec<u8> =
            [VERSION, STREAMED, DEFLATED, 0, DATE].into_iter().flat_map(u16::to_le_bytes).collect();
        self.bytes.extend(b"PK\x03\x04");
        self.bytes.extend(&kind);
        self.bytes.extend([0; 12]);
        self.bytes.extend(length_of_name);
        // No extra fields.
        self.bytes.extend([0; 2]);
        self.bytes.extend(name.as_bytes());
        let Sums { crc, length, size } = data(&mut self.bytes)?;
        let sums: Vec<u8> = [crc, length, size].into_iter().flat_map(u32::to_le_bytes).collect();
        self.bytes.extend(b"PK\x07\x08");
        self.bytes.extend(&sums);
        self.directory.extend(b"PK\x01\x02");
        self.directory.extend(MADE_BY.to_le_bytes());
        self.directory.extend(&kind);
        self.directory.extend(&sums);
        self.directory.extend(length_of_name);
        // No extra fields, no comment, the first disk, no attributes for other systems.
        self.directory.extend([0; 8]);
        self.directory.extend(ATTRIBUTES.to_le_bytes());
        self.directory.extend(offset.to_le_bytes());
        self.directory.extend(name.as_bytes());
        self.parts += 1;
        Some(())
    }

    /// The whole package.
    pub(super) fn finish(mut self) -> Option<Vec<u8>> {
        let offset = u32::try_from(self.bytes.len()).ok()?;
        let length = u32::try_from(self.directory.len()).ok()?;
        self.bytes.extend(&self.directory);
        self.bytes.extend(b"PK\x05\x06");
        // The first disk, which is the only one.
        self.bytes.extend([0; 4]);
        self.bytes.extend(self.parts.to_le_bytes());
        self.bytes.extend(self.parts.to_le_bytes());
        self.bytes.extend(length.to_le_bytes());
        self.bytes.extend(offset.to_le_bytes());
        // No comment.
        self.bytes.extend([0; 2]);
        Some(self.bytes)
    }
}
