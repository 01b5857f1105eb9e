//! A part of a package as it lies in the file.

use std::io::{self, Cursor, Read};

use flate2::{Crc, Decompress, FlushDecompress, Status};
use zip::{CompressionMethod, ZipArchive};

/// What the package says of a part, and the part's bytes where they are packed in the usual way.
pub(super) struct Raw<'a> {
    /// Bytes once inflated, as stated.
    pub(super) size: u64,
    /// Bytes in the package.
    pub(super) packed: u64,
    checksum: u32,
    data: Option<(CompressionMethod, &'a [u8])>,
}

/// The largest part that is inflated at once, into room that the package states.
const MOST_AT_ONCE: u64 = 1 << 20;

impl<'a> Raw<'a> {
    pub(super) fn of(
        bytes: &'a [u8],
        archive: &mut ZipArchive<Cursor<&'a [u8]>>,
        index: usize,
    ) -> io::Result<Self> {
        let file = archive.by_index_raw(index)?;
        let (size, packed, checksum) = (file.size(), file.compressed_size(), file.crc32());
        let start = file.data_start().filter(|_| !file.encrypted());
        let data = start.and_then(|start| {
            let start = usize::try_from(start).ok()?;
            bytes.get(start..start.checked_add(usize::try_from(packed).ok()?)?)
        });
        let data = data.map(|data| (file.compression(), data));
        Ok(Self { size, packed, checksum, data })
    }

    /// The part's bytes; none where it is large, packed in another way, or not as the package says.
    pub(super) fn whole(&self, inflater: &mut Decompress) -> Option<Vec<u8>> {
        let (method, data) = self.data.filter(|_| self.size <= MOST_AT_ONCE)?;
        let bytes = match method {
            CompressionMethod::Stored => data.to_vec(),
            CompressionMethod::Deflated => {
                inflater.reset(false);
                let mut bytes = Vec::with_capacity(usize::try_from(self.size).ok()?);
                let end =
                    inflater.decompress_vec(data, &mut bytes, FlushDecompress::Finish).ok()?;
                (end == Status::StreamEnd).then_some(bytes)?
            }
            _ => return None,
        };
        let mut sum = Crc::new();
        sum.update(&bytes);
        (bytes.len() as u64 == self.size && sum.sum() == self.checksum).then_some(bytes)
    }
}

/// A part's bytes up to a bound, by the zip reader, which says what is wrong with it.
pub(super) fn read(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    index: usize,
    most: u64,
) -> io::Result<Vec<u8>> {
    let file = archive.by_index(index)?;
    let mut bytes = Vec::with_capacity(usize::try_from(file.size().min(MOST_AT_ONCE)).unwrap_or(0));
    file.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}
