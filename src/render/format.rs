//! The formats of a return, and one call that renders any of them.

use serde::{Deserialize, Serialize};

use super::{csv, json, jsonl, xlsx};
use crate::{error::Result, form::Edition, json::v1::SourceV1, model::Return};

/// A format that a return is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// The submission-ready workbook.
    Xlsx,
    /// An array of returns.
    Json,
    /// One return a line.
    Jsonl,
    /// The laid-out form as delimited text.
    Csv,
}

/// A return with the edition it is written in and where it was read.
#[derive(Debug)]
pub struct Sourced<'a> {
    /// The return.
    pub of: &'a Return,
    /// The edition.
    pub edition: &'a Edition,
    /// Where it was read; only JSON states it.
    pub source: SourceV1,
}

impl Format {
    /// The ending of a file's name, without the dot.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Json => "json",
            Self::Jsonl => "jsonl",
            Self::Csv => "csv",
        }
    }

    /// Renders returns into one file.
    ///
    /// # Errors
    /// [`crate::error::Error::Render`], which no canonical return should bring about.
    pub fn render(self, returns: &[Sourced<'_>], options: xlsx::Options) -> Result<Vec<u8>> {
        let drawn = || returns.iter().map(|one| (one.of, one.edition));
        let sourced = || returns.iter().map(|one| (one.of, Some(one.source.clone())));
        match self {
            Self::Xlsx => {
                let names: Vec<Option<&str>> =
                    returns.iter().map(|one| one.source.sheet.as_deref()).collect();
                xlsx::render_named(&drawn().collect::<Vec<_>>(), &xlsx::kept(&names), options)
            }
            Self::Json => json::render(sourced()),
            Self::Jsonl => jsonl::render(sourced()),
            Self::Csv => csv::render(drawn()),
        }
    }
}
