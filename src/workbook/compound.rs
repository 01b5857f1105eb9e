//! Compound files (OLE 2): streams in sectors, as old Office files have them. Read leniently: counts that lie, chains that
//! run in circles or out of the file and sizes beyond it cost what they hide, no more.

use std::borrow::Cow;

use super::limits::{Limit, Limits};
use crate::{
    error::{Error, Result},
    message::Message,
};

/// What every compound file begins with.
pub(super) const MAGIC: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// Sector numbers from here on are marks such as the end of a chain.
const LAST_SECTOR: u32 = 0xffff_fffa;
const FREE: u32 = 0xffff_ffff;
const ENTRY: usize = 128;
const HEADER: usize = 512;

/// A compound file open for reading.
pub(super) struct Compound<'a> {
    bytes: &'a [u8],
    /// Bytes of a sector as a power of two.
    shift: usize,
    /// The sector behind each sector.
    fat: Vec<u32>,
    entries: Vec<Entry>,
    mini: Mini<'a>,
}

/// The small sectors of small streams, which lie in a stream of their own.
#[derive(Default)]
struct Mini<'a> {
    fat: Vec<u32>,
    bytes: Cow<'a, [u8]>,
    shift: usize,
    /// Streams from this size on have whole sectors.
    cutoff: u64,
}

/// A storage or a stream.
struct Entry {
    name: String,
    kind: u8,
    left: u32,
    right: u32,
    child: u32,
    start: u32,
    size: u64,
}

const STREAM: u8 = 2;
const ROOT: u8 = 5;

impl<'a> Compound<'a> {
    pub(super) fn open(bytes: &'a [u8], limits: &Limits) -> Result<Self> {
        if !bytes.starts_with(MAGIC) || bytes.len() < HEADER {
            return Err(damaged(message!("its header is cut", "文件头不完整")));
        }
        let shift = match u16_at(bytes, 30) {
            Some(shift @ 7..=16) => usize::from(shift),
            _ => 9,
        };
        let mut file =
            Self { bytes, shift, fat: Vec::new(), entries: Vec::new(), mini: Mini::default() };
        file.fat = file.read_fat();
        let start = u32_at(bytes, 48).unwrap_or(FREE);
        let directory = file.chain(start, u64::MAX);
        let count = (directory.len() / ENTRY) as u64;
        limits.check(Limit::Entries, count, || message!("{count} entries", "有 {count} 个条目"))?;
        let wide = shift > 9;
        let entries = directory.chunks_exact(ENTRY).map(|entry| Entry::read(entry, wide)).collect();
        file.entries = entries;
        if !file.entries.iter().any(|entry| entry.kind == STREAM) {
            return Err(damaged(message!("its directory is lost", "目录已丢失")));
        }
        file.mini = file.read_mini();
        Ok(file)
    }

    /// The names of the streams and storages at the top.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.top().into_iter().map(|entry| entry.name.as_str())
    }

    /// The bytes of a stream at the top, as far as they are there; its name in any case.
    pub(super) fn stream(&self, name: &str) -> Option<Cow<'a, [u8]>> {
        let top = self.top();
        let named = |entry: &&&Entry| entry.name.eq_ignore_ascii_case(name) && entry.kind == STREAM;
        top.iter().find(named).map(|entry| self.content(entry))
    }

    fn content(&self, entry: &Entry) -> Cow<'a, [u8]> {
        if entry.size >= self.mini.cutoff || self.mini.fat.is_empty() {
            return self.chain(entry.start, entry.size);
        }
        let mini = &self.mini;
        let room = mini.bytes.len().div_ceil(1 << mini.shift);
        let mut content = Vec::new();
        for sector in follow(&mini.fat, entry.start, room) {
            let from = (sector as usize) << mini.shift;
            let to = (from + (1 << mini.shift)).min(mini.bytes.len());
            content.extend_from_slice(mini.bytes.get(from..to).unwrap_or_default());
        }
        content.truncate(usize::try_from(entry.size).unwrap_or(usize::MAX));
        Cow::Owned(content)
    }

    /// The entries at the top. They form a tree; where that is broken, every entry counts.
    fn top(&self) -> Vec<&Entry> {
        let root = self.entries.iter().find(|entry| entry.kind == ROOT);
        let mut seen = vec![false; self.entries.len()];
        let mut open: Vec<u32> = root.map(|root| root.child).into_iter().collect();
        let mut found = Vec::new();
        while let Some(at) = open.pop() {
            let at = at as usize;
            let (Some(entry), Some(seen)) = (self.entries.get(at), seen.get_mut(at)) else {
                continue;
            };
            if !std::mem::replace(seen, true) {
                found.push(entry);
                open.extend([entry.left, entry.right]);
            }
        }
        if found.iter().any(|entry| entry.kind == STREAM) {
            return found;
        }
        self.entries.iter().collect()
    }

    /// How many sectors the file has room for, a last one that is cut included.
    fn room(&self) -> usize {
        self.bytes.len().div_ceil(1 << self.shift).saturating_sub(1)
    }

    fn sector(&self, sector: u32) -> &'a [u8] {
        let from = (sector as usize + 1) << self.shift;
        let to = (from + (1 << self.shift)).min(self.bytes.len());
        self.bytes.get(from..to).unwrap_or_default()
    }

    /// The bytes of a chain of sectors, `most` of them. They are copied only where the chain is no run of neighbours.
    fn chain(&self, start: u32, most: u64) -> Cow<'a, [u8]> {
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        let wanted = most.div_ceil(1 << self.shift);
        let sectors: Vec<u32> =
            follow(&self.fat, start, self.room()).into_iter().take(wanted).collect();
        let run = sectors.windows(2).all(|pair| pair[1] == pair[0] + 1);
        if let ([first, ..], true) = (sectors.as_slice(), run) {
            let from = (*first as usize + 1) << self.shift;
            let length = (sectors.len() << self.shift).min(most);
            let to = from.saturating_add(length).min(self.bytes.len());
            return Cow::Borrowed(self.bytes.get(from..to).unwrap_or_default());
        }
        let mut bytes = Vec::with_capacity((sectors.len() << self.shift).min(self.bytes.len()));
        for sector in sectors {
            let sector = self.sector(sector);
            bytes.extend_from_slice(sector);
            // What stands behind a sector that is cut would move.
            if sector.len() < 1 << self.shift {
                break;
            }
        }
        bytes.truncate(most);
        Cow::Owned(bytes)
    }

    /// The table of sectors: its own sectors are listed in the header, and in a chain of lists behind it.
    fn read_fat(&self) -> Vec<u32> {
        let room = self.room();
        let mut tables: Vec<u32> = u32s(self.bytes.get(76..HEADER).unwrap_or_default()).collect();
        let mut next = u32_at(self.bytes, 68).unwrap_or(FREE);
        let mut seen = vec![false; room];
        while let Some(seen) = seen.get_mut(next as usize)
            && !std::mem::replace(seen, true)
        {
            let mut list: Vec<u32> = u32s(self.sector(next)).collect();
            next = list.pop().unwrap_or(FREE);
            tables.extend(list);
        }
        let mut fat = Vec::new();
        for table in tables {
            if fat.len() >= room {
                break;
            }
            if table < LAST_SECTOR {
                let full = fat.len() + (1 << self.shift) / 4;
                fat.extend(u32s(self.sector(table)));
                fat.resize(full, FREE);
            }
        }
        fat
    }

    fn read_mini(&self) -> Mini<'a> {
        let shift = match u16_at(self.bytes, 32) {
            Some(shift @ 4..=16) => usize::from(shift),
            _ => 6,
        };
        let cutoff = match u32_at(self.bytes, 56) {
            Some(0) | None => 4096,
            Some(cutoff) => u64::from(cutoff),
        };
        let start = u32_at(self.bytes, 60).unwrap_or(FREE);
        let root = self.entries.iter().find(|entry| entry.kind == ROOT);
        let bytes = root.map(|root| self.chain(root.start, root.size)).unwrap_or_default();
        Mini { fat: u32s(&self.chain(start, u64::MAX)).collect(), bytes, shift, cutoff }
    }
}

impl Entry {
    fn read(entry: &[u8], wide: bool) -> Self {
        let units =
            entry.chunks_exact(2).take(32).map(|unit| u16::from_le_bytes([unit[0], unit[1]]));
        let units: Vec<u16> = units.take_while(|unit| *unit != 0).collect();
        let link = |at| u32_at(entry, at).unwrap_or(FREE);
        // In files with small sectors the upper half of the size may be noise.
        let upper = if wide { u64::from(link(124)) << 32 } else { 0 };
        Self {
            name: String::from_utf16_lossy(&units),
            kind: entry.get(66).copied().unwrap_or(0),
            left: link(68),
            right: link(72),
            child: link(76),
            start: link(116),
            size: upper | u64::from(link(120)),
        }
    }
}

/// A chain of sectors, up to its end, to a sector outside the file or to one that it already had.
fn follow(fat: &[u32], start: u32, room: usize) -> Vec<u32> {
    let mut seen = vec![false; room];
    let mut sectors = Vec::new();
    let mut next = start;
    while let Some(seen) = seen.get_mut(next as usize)
        && !std::mem::replace(seen, true)
    {
        sectors.push(next);
        next = fat.get(next as usize).copied().unwrap_or(FREE);
    }
    sectors
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().map(|bytes| u16::from_le_bytes(*bytes))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|bytes| u32::from_le_bytes(*bytes))
}

fn u32s(bytes: &[u8]) -> impl Iterator<Item = u32> {
    bytes.as_chunks().0.iter().map(|bytes| u32::from_le_bytes(*bytes))
}

fn damaged(reason: Message) -> Error {
    Error::Damaged { container: "old Office", reason }
}

#[cfg(test)]
mod tests;
