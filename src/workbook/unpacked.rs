//! A small package with its parts unpacked: the same package without compression, and without the parts that say nothing
//! about a return.
//!
//! Several readers look at the parts of a workbook, some of them twice. Here each part is inflated once, by one state for
//! all of them, and the readers copy what they read. They compare
//! the checksums, which are the package's own.

use std::io::Cursor;

use flate2::{Decompress, FlushDecompress, Status};
use zip::{CompressionMethod, ZipArchive};

/// The size of the parts together beyond which a package stays packed: unpacking takes as much memory.
const LARGEST: u64 = 2 << 20;
/// The most parts; a workbook of a province has hundreds.
const MOST_PARTS: usize = 2000;

/// The package without compression; none where it is large, or where any part of it is not as it should be.
pub(super) fn unpacked(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    if archive.len() > MOST_PARTS {
        return None;
    }
    let mut parts = Vec::with_capacity(archive.len());
    let mut whole = 0_u64;
    for index in 0..archive.len() {
        let part = Part::of(bytes, &mut archive, index)?;
        if part.is_needed() {
            whole = whole.checked_add(part.size).filter(|whole| *whole <= LARGEST)?;
            parts.push(part);
        }
    }
    let mut package = Writer::with_capacity(usize::try_from(whole).ok()? + parts.len() * 160);
    let mut inflater = Decompress::new(false);
    for part in &parts {
        package.add(part, &mut inflater)?;
    }
    Some(package.finish())
}

/// A part as it lies in the package.
struct Part<'a> {
    name: String,
    data: &'a [u8],
    deflated: bool,
    size: u64,
    checksum: u32,
}

impl<'a> Part<'a> {
    fn of(bytes: &'a [u8], archive: &mut ZipArchive<Cursor<&[u8]>>, index: usize) -> Option<Self> {
        let file = archive.by_index_raw(index).ok()?;
        let deflated = match file.compression() {
            CompressionMethod::Stored => false,
            CompressionMethod::Deflated => true,
            _ => return None,
        };
        if file.encrypted() {
            return None;
        }
        let start = usize::try_from(file.data_start()?).ok()?;
        let end = start.checked_add(usize::try_from(file.compressed_size()).ok()?)?;
        Some(Self {
            name: file.name().ok()?.into_owned(),
            data: bytes.get(start..end)?,
            deflated,
            size: file.size(),
            checksum: file.crc32(),
        })
    }

    /// Whether a reader of workbooks ever looks at the part: themes, properties and pictures say nothing about a return.
    fn is_needed(&self) -> bool {
        let name = self.name.to_ascii_lowercase();
        let ending = name.rsplit('.').next();
        let markup = matches!(ending, Some("xml" | "rels"));
        let aside = ["theme/", "docprops/", "calcchain.xml"].iter().any(|word| name.contains(word));
        markup && !aside
    }
}

/// A package in the making.
struct Writer {
    bytes: Vec<u8>,
    directory: Vec<u8>,
    count: u16,
}

impl Writer {
    fn with_capacity(capacity: usize) -> Self {
        Self { bytes: Vec::with_capacity(capacity), directory: Vec::new(), count: 0 }
    }

    fn add(&mut self, part: &Part<'_>, inflater: &mut Decompress) -> Option<()> {
        let (size, offset) =
            (u32::try_from(part.size).ok()?, u32::try_from(self.bytes.len()).ok()?);
        // What a local header and the directory share: version, flags (UTF-8 names), no compression, a fixed time.
        let mut shared = Vec::with_capacity(26);
        shared.extend([20, 0, 0, 8, 0, 0, 0, 0, 0x21, 0]);
        shared.extend(part.checksum.to_le_bytes());
        shared.extend(size.to_le_bytes());
        shared.extend(size.to_le_bytes());
        shared.extend(u16::try_from(part.name.len()).ok()?.to_le_bytes());
        shared.extend([0, 0]);
        self.bytes.extend(b"PK\x03\x04");
        self.bytes.extend(&shared);
        self.bytes.extend(part.name.as_bytes());
        let start = self.bytes.len();
        self.inflate(part, inflater)?;
        if self.bytes.len() - start != usize::try_from(size).ok()? {
            return None;
        }
        self.directory.extend(b"PK\x01\x02\x14\0");
        self.directory.extend(&shared);
        self.directory.extend([0; 10]);
        self.directory.extend(offset.to_le_bytes());
        self.directory.extend(part.name.as_bytes());
        self.count = self.count.checked_add(1)?;
        Some(())
    }

    /// Appends the part's bytes, and not one more than it states to have.
    fn inflate(&mut self, part: &Part<'_>, inflater: &mut Decompress) -> Option<()> {
        if !part.deflated {
            self.bytes.extend_from_slice(part.data);
            return Some(());
        }
        inflater.reset(false);
        self.bytes.reserve_exact(usize::try_from(part.size).ok()?);
        let status =
            inflater.decompress_vec(part.data, &mut self.bytes, FlushDecompress::Finish).ok()?;
        (status == Status::StreamEnd && inflater.total_out() == part.size).then_some(())
    }

    fn finish(mut self) -> Vec<u8> {
        let offset = u32::try_from(self.bytes.len()).unwrap_or(u32::MAX);
        let size = u32::try_from(self.directory.len()).unwrap_or(u32::MAX);
        self.bytes.append(&mut self.directory);
        self.bytes.extend(b"PK\x05\x06\0\0\0\0");
        self.bytes.extend(self.count.to_le_bytes());
        self.bytes.extend(self.count.to_le_bytes());
        self.bytes.extend(size.to_le_bytes());
        self.bytes.extend(offset.to_le_bytes());
        self.bytes.extend([0, 0]);
        self.bytes
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};

    use zip::{ZipWriter, write::SimpleFileOptions};

    use super::*;

    fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, data) in parts {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(data).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    #[test]
    fn the_needed_parts_are_there_byte_for_byte() {
        let sheet = "<c>汉字</c>".repeat(500);
        let parts: [(&str, &[u8]); 4] = [
            ("xl/workbook.xml", b"<workbook/>"),
            ("xl/theme/theme1.xml", b"<theme/>"),
            ("xl/media/image1.png", b"png"),
            ("xl/worksheets/表.xml", sheet.as_bytes()),
        ];
        let bytes = unpacked(&packed(&parts)).unwrap();
        let mut archive = ZipArchive::new(Cursor::new(bytes.as_slice())).unwrap();
        assert_eq!(archive.len(), 2);
        for (name, want) in [parts[0], parts[3]] {
            let mut got = Vec::new();
            archive.by_name(name).unwrap().read_to_end(&mut got).unwrap();
            assert_eq!(got, want, "{name}");
        }
    }

    #[test]
    fn a_wrong_checksum_goes_with_the_part() {
        let mut broken = packed(&[("a.xml", "甲".repeat(100).as_bytes())]);
        let checksum =
            ZipArchive::new(Cursor::new(broken.as_slice())).unwrap().by_index(0).unwrap().crc32();
        let mut at = 0;
        // Every place that states the checksum.
        while let Some(found) = memchr::memmem::find(&broken[at..], &checksum.to_le_bytes()) {
            at += found + 4;
            broken[at - 1] ^= 1;
        }
        let bytes = unpacked(&broken).unwrap();
        let mut archive = ZipArchive::new(Cursor::new(bytes.as_slice())).unwrap();
        assert!(archive.by_index(0).unwrap().read_to_end(&mut Vec::new()).is_err());
    }

    #[test]
    fn a_torn_or_large_package_stays_packed() {
        let sound = packed(&[("a.xml", "甲".repeat(100).as_bytes())]);
        assert!(unpacked(&sound).is_some());
        assert!(unpacked(&sound[..sound.len() / 2]).is_none());
        let large = packed(&[("a.xml", &vec![b' '; 3 << 20])]);
        assert!(unpacked(&large).is_none());
    }
}
