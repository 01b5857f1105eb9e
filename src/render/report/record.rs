//! What became of one file, as `report.json` and the manifest hold it. The shape is version 1 and documented in
//! docs/batch.md.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// One file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileV1 {
    /// The file's name below its folder, escaped so that no byte is lost.
    pub source: String,
    /// What became of it.
    pub state: StateV1,
    /// What the file is, by its content; empty where it was not read.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub kind: String,
    /// Size in bytes.
    #[serde(default)]
    pub size: u64,
    /// SHA-256 of its bytes.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub sha256: String,
    /// Why it was not read, not looked at or not written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<TextV1>,
    /// The returns in it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub returns: Vec<ReturnLineV1>,
    /// How many findings there are of each severity.
    #[serde(default)]
    pub counts: CountsV1,
    /// How many findings there are of each code.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub codes: BTreeMap<String, u64>,
    /// What was changed.
    #[serde(default)]
    pub changed: ChangedV1,
    /// Errors and warnings, at most [`MOST_FINDINGS`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<FindingV1>,
    /// Errors and warnings beyond those.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub more_findings: u64,
    /// What was written.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outputs: Vec<OutputV1>,
    /// Whether it may end otherwise another time, since what read it died or took too long; a later run tries it again.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub again: bool,
    /// Whether an output has another name than was wanted, since another source has that one.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub renamed: bool,
}

/// A line of the manifest: a record, and the settings under which it holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptV1 {
    /// A hash of the program's version and of every setting that shapes an output.
    pub key: String,
    /// The record.
    pub file: FileV1,
}

/// The last line of a manifest: the reports that were made from it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClosedV1 {
    /// The reports.
    pub reports: Vec<OutputV1>,
    /// Their language.
    pub lang: String,
    /// How many departments stand more than once in a year.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub repeated: u64,
}

/// The most findings that a record quotes.
pub const MOST_FINDINGS: usize = 200;

#[allow(clippy::trivially_copy_pass_by_ref)] // the signature is serde's
fn is_zero(number: &u64) -> bool {
    *number == 0
}

/// What became of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum StateV1 {
    /// Read and written.
    #[default]
    Written,
    /// Read, and not written for the reason given.
    Refused,
    /// Could not be read.
    Unread,
    /// Not looked at: a link, or a file that holds no return by its ending.
    Skipped,
    /// No longer there; what had been written from it was removed, but for what somebody changed.
    Gone,
}

/// A text in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextV1 {
    /// English.
    pub en: String,
    /// Chinese.
    pub zh: String,
}

/// A return of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnLineV1 {
    /// 部门名称
    pub department: Option<String>,
    /// Budget year.
    pub year: Option<i32>,
    /// Level of government.
    pub level: Option<String>,
    /// 批复单位
    pub approver: Option<String>,
    /// The edition that it follows.
    pub edition: String,
    /// Its worksheet.
    pub sheet: Option<String>,
    /// Total of expenditure in yuan; `null` where the edition has none or a part can't be read.
    pub expenditure: Option<String>,
    /// Total of income in yuan.
    pub income: Option<String>,
    /// Funding of all tasks in yuan.
    pub tasks: Option<String>,
}

/// Findings by severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountsV1 {
    /// Errors.
    pub errors: u64,
    /// Warnings.
    pub warnings: u64,
    /// What was only tidied.
    pub infos: u64,
}

/// How often something was changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangedV1 {
    /// Typed totals that the computed ones replace.
    pub totals: u64,
    /// Amounts whose unit had to be settled.
    pub units: u64,
    /// Texts that were tidied, rows that were moved or joined.
    pub tidied: u64,
    /// Cells, comments and sheets that were not kept.
    pub dropped: u64,
}

/// A finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindingV1 {
    /// Its code.
    pub code: String,
    /// `error`, `warning` or `info`.
    pub severity: String,
    /// The worksheet.
    pub sheet: Option<String>,
    /// The cell.
    pub cell: Option<String>,
    /// The field.
    pub path: String,
    /// The message.
    pub message: TextV1,
}

/// A file that was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutputV1 {
    /// Its place below the output folder, escaped as the sources are.
    pub path: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
}

/// What a finding of a code says was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// A typed total gave way to the computed one.
    Total,
    /// The unit of an amount was settled.
    Unit,
    /// Tidied, moved or joined.
    Tidied,
    /// Not kept.
    Dropped,
}

/// The codes whose findings tell of a change.
#[rustfmt::skip]
const CHANGES: &[(&str, Change)] = &[
    ("T104", Change::Total),
    ("V102", Change::Unit), ("V112", Change::Unit), ("V114", Change::Unit),
    ("V106", Change::Tidied), ("V107", Change::Tidied),
    ("L103", Change::Tidied), ("L104", Change::Tidied), ("L105", Change::Tidied),
    ("V109", Change::Dropped), ("L102", Change::Dropped), ("L106", Change::Dropped), ("L107", Change::Dropped),
    ("L109", Change::Dropped), ("L110", Change::Dropped), ("L112", Change::Dropped), ("L116", Change::Dropped),
    ("L117", Change::Dropped), ("L119", Change::Dropped), ("L121", Change::Dropped), ("L123", Change::Dropped),
];

/// What a finding of this code says was changed; `None` where it only judges.
pub fn change(code: &str) -> Option<Change> {
    CHANGES.iter().find(|(known, _)| *known == code).map(|(_, change)| *change)
}

impl ChangedV1 {
    /// Counts a change.
    pub fn add(&mut self, change: Change) {
        let count = match change {
            Change::Total => &mut self.totals,
            Change::Unit => &mut self.units,
            Change::Tidied => &mut self.tidied,
            Change::Dropped => &mut self.dropped,
        };
        *count += 1;
    }
}
