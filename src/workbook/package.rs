//! The zip package of an OOXML workbook: its parts, read with a bound.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::limits::{Limit, Limits, SMALL_PART};
use crate::error::{Error, Result};

/// A package open for reading.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    names: Vec<String>,
    limits: &'a Limits,
    /// Bytes inflated so far.
    inflated: u64,
}

impl<'a> Package<'a> {
    pub(super) fn open(bytes: &'a [u8], limits: &'a Limits) -> Result<Self> {
        let archive =
            ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error.to_string()))?;
        let count = archive.len() as u64;
        limits.check(Limit::Entries, count, || format!("{count} parts"))?;
        let names = archive.file_names().filter_map(|name| Some(name.ok()?.into_owned())).collect();
        Ok(Self { archive, names, limits, inflated: 0 })
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
        let (size, packed, limits) = (file.size(), file.compressed_size(), self.limits);
        limits.check(Limit::PartSize, size, || format!("{size} bytes in {name}"))?;
        let ratio = size / packed.max(1);
        if size > SMALL_PART {
            limits.check(Limit::InflateRatio, ratio, || format!("{ratio}-fold in {name}"))?;
        }
        let most = limits.most(Limit::PartSize);
        let mut bytes = Vec::with_capacity(usize::try_from(size.min(1 << 20)).unwrap_or(0));
        let read = file.take(most.saturating_add(1)).read_to_end(&mut bytes);
        read.map_err(|error| damaged(&format!("{name}: {error}")))?;
        limits.check(Limit::PartSize, bytes.len() as u64, || format!("more in {name}"))?;
        self.inflated += bytes.len() as u64;
        limits.check(Limit::InflatedSize, self.inflated, || format!("more up to {name}"))?;
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
