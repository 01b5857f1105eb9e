//! The zip package of an OOXML workbook: its parts, read with a bound.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::sniff;
use crate::error::{Error, Result};

/// The most bytes that one part may inflate to.
pub(super) const MAX_PART: u64 = 256 << 20;
/// The most parts of a package.
const MAX_PARTS: u64 = 10_000;

/// A package open for reading.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    names: Vec<String>,
}

impl<'a> Package<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self> {
        let archive =
            ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error.to_string()))?;
        if archive.len() as u64 > MAX_PARTS {
            let found = format!("{} parts", archive.len());
            return Err(Error::Limit { limit: "zip-entries", most: MAX_PARTS, found });
        }
        let names = archive.file_names().filter_map(|name| Some(name.ok()?.into_owned())).collect();
        Ok(Self { archive, names })
    }

    /// Refuses a package that is no OOXML workbook, by name.
    pub(super) fn demand_workbook(&self) -> Result<()> {
        let is_workbook = self.names().any(|name| name.eq_ignore_ascii_case("xl/workbook.xml"));
        if is_workbook {
            Ok(())
        } else {
            Err(sniff::other_package(&self.names().collect::<Vec<_>>()))
        }
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }

    /// A part's bytes; `None` when there is no such part.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>> {
        let Some(index) =
            self.archive.index_for_name(name).or_else(|| self.index_ignoring_case(name))
        else {
            return Ok(None);
        };
        let file =
            self.archive.by_index(index).map_err(|error| damaged(&format!("{name}: {error}")))?;
        let size = file.size();
        if size > MAX_PART {
            return Err(Error::Limit {
                limit: "inflated-bytes",
                most: MAX_PART,
                found: format!("{size} bytes in {name}"),
            });
        }
        let mut bytes = Vec::with_capacity(usize::try_from(size.min(1 << 20)).unwrap_or(0));
        let read = file.take(MAX_PART + 1).read_to_end(&mut bytes);
        read.map_err(|error| damaged(&format!("{name}: {error}")))?;
        if bytes.len() as u64 > MAX_PART {
            return Err(Error::Limit {
                limit: "inflated-bytes",
                most: MAX_PART,
                found: format!("more in {name}"),
            });
        }
        Ok(Some(bytes))
    }

    /// The first bytes of a part.
    pub(super) fn head(&mut self, name: &str, most: u64) -> Option<Vec<u8>> {
        let index = self.archive.index_for_name(name)?;
        let mut bytes = Vec::new();
        let file = self.archive.by_index(index).ok()?;
        file.take(most).read_to_end(&mut bytes).ok()?;
        Some(bytes)
    }

    /// The size that a part states for itself once inflated.
    pub(super) fn stated_size(&mut self, name: &str) -> Option<u64> {
        let index = self.archive.index_for_name(name)?;
        Some(self.archive.by_index_raw(index).ok()?.size())
    }

    fn index_ignoring_case(&self, name: &str) -> Option<usize> {
        let found = self.names.iter().find(|known| known.eq_ignore_ascii_case(name))?;
        self.archive.index_for_name(found)
    }
}

pub(super) fn damaged(reason: &str) -> Error {
    Error::Damaged { container: "xlsx", reason: reason.to_owned() }
}
