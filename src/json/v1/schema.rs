//! The JSON Schema of version 1.

use schemars::Schema;

use super::types::ReturnV1;

/// The JSON Schema of what `convert --to json` prints: an array of returns.
pub fn schema() -> Schema {
    schemars::schema_for!(Vec<ReturnV1>)
}
