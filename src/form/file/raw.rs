//! An edition file as TOML states it.

use std::collections::BTreeMap;

use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    pub(super) name: String,
    #[serde(default)]
    pub(super) summary: String,
    pub(super) title: String,
    pub(super) rank: Option<u32>,
    #[serde(default)]
    pub(super) recognise: RecogniseFile,
    #[serde(default)]
    pub(super) units: UnitsFile,
    #[serde(default)]
    pub(super) identities: IdentitiesFile,
    pub(super) labels: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    pub(super) own_level: BTreeMap<String, Vec<String>>,
    pub(super) taxonomy: Vec<TaxonomyFile>,
    pub(super) layout: LayoutFile,
    pub(super) block: Vec<BlockFile>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct RecogniseFile {
    #[serde(default)]
    pub(super) levels: Vec<String>,
    #[serde(default)]
    pub(super) task_units: Vec<String>,
    pub(super) total_rows: Option<bool>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct UnitsFile {
    pub(super) budget: Option<String>,
    pub(super) tasks: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct IdentitiesFile {
    #[serde(default)]
    pub(super) equal: Vec<(String, String)>,
    #[serde(default)]
    pub(super) development_within_project: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TaxonomyFile {
    pub(super) branches: Vec<BranchFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BranchFile {
    pub(super) level1: Vec<String>,
    #[serde(default)]
    pub(super) level2: Vec<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LayoutFile {
    pub(super) columns: Vec<f64>,
    pub(super) header_through: String,
    pub(super) year: Option<String>,
    pub(super) font: String,
    pub(super) head_font: String,
    pub(super) title_size: f64,
    pub(super) size: f64,
    pub(super) note_size: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BlockFile {
    pub(super) kind: String,
    pub(super) label: Option<String>,
    pub(super) at: Option<String>,
    #[serde(default)]
    pub(super) optional: bool,
    pub(super) rows: Option<Vec<Vec<PieceFile>>>,
    pub(super) lines: Option<String>,
    pub(super) columns: Option<Vec<ColumnFile>>,
    #[serde(default)]
    pub(super) total_row: bool,
    pub(super) total_at: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PieceFile {
    pub(super) at: String,
    pub(super) label: Option<String>,
    pub(super) value: Option<String>,
    pub(super) total: Option<String>,
    pub(super) unit: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ColumnFile {
    pub(super) at: String,
    pub(super) label: String,
    pub(super) column: String,
    pub(super) under: Option<String>,
    pub(super) unit: Option<String>,
}
