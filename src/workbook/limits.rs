//! How much of a file is read at most. Every limit has a name, which its message gives and `--limit` sets.

use serde::{Deserialize, Serialize};

use crate::{
    error::{Error, Result},
    message::Message,
};

/// A limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// Bytes of a file.
    FileSize,
    /// Parts of a package, or entries of a compound file's directory.
    Entries,
    /// Bytes that one part inflates to.
    PartSize,
    /// Bytes that all the parts read of a package inflate to.
    InflatedSize,
    /// How often a part of more than [`SMALL_PART`] bytes holds its packed size.
    InflateRatio,
    /// Worksheets of a workbook, or tables of a document.
    Sheets,
    /// Cells that hold something, in a whole workbook.
    Cells,
    /// The last row that holds something, from 1.
    Rows,
    /// The last column that holds something, from 1.
    Columns,
    /// Shared strings of a workbook.
    Strings,
    /// Characters of one cell.
    TextLength,
    /// Merged ranges of a worksheet.
    Merges,
    /// Depth of elements within elements.
    Nesting,
    /// Records of a binary workbook.
    Records,
    /// Seconds that a worker may take for one file.
    Seconds,
    /// Bytes of memory that a worker may take.
    Memory,
}

/// A part of this size is taken whatever its ratio: honest sheets of one repeated text pack a hundredfold.
pub const SMALL_PART: u64 = 16 << 20;

/// A row of the table of limits.
pub struct Row {
    /// The limit.
    pub limit: Limit,
    /// Its name.
    pub name: &'static str,
    /// Its default.
    pub most: u64,
    /// What it counts.
    pub what: &'static str,
    /// What Apache POI allows of the same, where it has such a limit.
    pub poi: &'static str,
}

const fn row(
    limit: Limit,
    name: &'static str,
    most: u64,
    what: &'static str,
    poi: &'static str,
) -> Row {
    Row { limit, name, most, what, poi }
}

/// Every limit with its default, beside the one of Apache POI 5 (`ZipSecureFile`, `IOUtils`, `SpreadsheetVersion`).
#[rustfmt::skip]
pub const LIMITS: &[Row] = &[
    row(Limit::FileSize,     "file-size",     64 << 20,  "bytes of a file",                                      "100 MB a record"),
    row(Limit::Entries,      "entries",       10_000,    "parts of a package or a compound file",                "1,000"),
    row(Limit::PartSize,     "part-size",     64 << 20,  "bytes that one part inflates to",                      "4 GiB"),
    row(Limit::InflatedSize, "inflated-size", 128 << 20, "bytes that all the parts read inflate to",             "none"),
    row(Limit::InflateRatio, "inflate-ratio", 200,       "size of a part over 16 MiB to its packed size",        "100"),
    row(Limit::Sheets,       "sheets",        10_000,    "worksheets of a workbook",                             "none"),
    row(Limit::Cells,        "cells",         400_000,   "cells that hold something, values of JSON",            "17,179,869,184 a sheet"),
    row(Limit::Rows,         "rows",          1_048_576, "number of the last row that holds something",          "1,048,576"),
    row(Limit::Columns,      "columns",       16_384,    "number of the last column that holds something",       "16,384"),
    row(Limit::Strings,      "strings",       1_000_000, "shared strings of a workbook",                         "none"),
    row(Limit::TextLength,   "text-length",   1 << 20,   "characters of one cell",                               "32,767"),
    row(Limit::Merges,       "merges",        100_000,   "merged ranges of a worksheet",                         "none"),
    row(Limit::Nesting,      "nesting",       256,       "depth of elements within elements",                    "none"),
    row(Limit::Records,      "records",       5_000_000, "records of a binary workbook",                         "none"),
    row(Limit::Seconds,      "seconds",       5,         "seconds that reading one file may take",               "none"),
    row(Limit::Memory,       "memory",        176 << 20, "bytes of memory that reading one file may take",       "none"),
];

/// The limits in force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    most: [u64; LIMITS.len()],
}

impl Default for Limits {
    fn default() -> Self {
        Self { most: std::array::from_fn(|at| LIMITS[at].most) }
    }
}

impl Limits {
    /// The name of [`Limit::Seconds`], as [`Error::Limit`] gives it.
    pub const SECONDS: &str = LIMITS[Limit::Seconds as usize].name;

    /// The value of a limit.
    pub fn most(&self, limit: Limit) -> u64 {
        self.most[limit as usize]
    }

    /// Sets a limit from `NAME=VALUE`.
    ///
    /// # Errors
    /// The reason, when there is no such limit or the value is no whole number.
    pub fn set(&mut self, setting: &str) -> Result<()> {
        let wrong = |reason: Message| Error::UnknownLimit { reason };
        let (name, value) = setting.split_once('=').ok_or_else(|| {
            wrong(message!(
                "`{setting}` is no NAME=VALUE such as `cells=2000000`",
                "`{setting}` 不是“名称=数值”，如 `cells=2000000`"
            ))
        })?;
        let name = name.trim();
        let at = LIMITS.iter().position(|row| row.name == name).ok_or_else(|| {
            let names: Vec<&str> = LIMITS.iter().map(|row| row.name).collect();
            let names = names.join(", ");
            wrong(message!(
                "no limit `{name}`; there are {names}",
                "没有名为 `{name}` 的限制，可设的有 {names}"
            ))
        })?;
        self.most[at] = value.trim().replace('_', "").parse().map_err(|_| {
            wrong(message!(
                "`{value}` is no whole number for the limit `{name}`",
                "限制 `{name}` 的值 `{value}` 不是整数"
            ))
        })?;
        Ok(())
    }

    /// Refuses more than a limit allows; `found` says what there was.
    pub(crate) fn check(
        &self,
        limit: Limit,
        count: u64,
        found: impl FnOnce() -> Message,
    ) -> Result<()> {
        if count <= self.most(limit) {
            return Ok(());
        }
        Err(self.over(limit, found()))
    }

    /// The error of a limit that is exceeded.
    pub(crate) fn over(&self, limit: Limit, found: Message) -> Error {
        Error::Limit { limit: LIMITS[limit as usize].name, most: self.most(limit), found }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_the_order_of_the_limits() {
        for (at, row) in LIMITS.iter().enumerate() {
            assert_eq!(row.limit as usize, at, "{}", row.name);
        }
    }

    #[test]
    fn a_limit_is_set_by_its_name() {
        let mut limits = Limits::default();
        limits.set("cells=2_000_000").unwrap();
        assert_eq!(limits.most(Limit::Cells), 2_000_000);
        for (wrong, reason) in [
            ("cells", "`cells` is no NAME=VALUE such as `cells=2000000`"),
            ("cells=many", "`many` is no whole number for the limit `cells`"),
        ] {
            assert_eq!(limits.set(wrong).unwrap_err().to_string(), reason);
        }
        let error = limits.set("cell=1").unwrap_err();
        assert!(error.to_string().starts_with("no limit `cell`; there are file-size, "));
        assert!(error.in_chinese().contains("没有名为 `cell` 的限制"), "{}", error.in_chinese());
    }

    #[test]
    fn an_excess_is_named() {
        let limits = Limits::default();
        assert!(limits.check(Limit::Sheets, 10_000, || message!("", "")).is_ok());
        let error = limits
            .check(Limit::Sheets, 10_001, || message!("10001 sheets", "有 10001 个工作表"))
            .unwrap_err();
        assert_eq!(
            error.to_string(),
            "over the limit `sheets` of 10000: 10001 sheets (--limit sheets=… raises it)"
        );
    }
}
