//! Findings about the content of a return, named by field, with the cell looked up when shown.

use rustc_hash::FxHashMap;

pub use crate::message::Message;
use crate::{cell::CellRef, model::field_path::FieldPath};

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Only tidied; shown with `-v`.
    Info,
    /// Set aside or changed in meaning; look at it.
    Warning,
    /// Wrong; the return can't be submitted like this.
    Error,
}

impl Severity {
    /// `error`, `warning` or `info`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// One kind of finding.
#[derive(Debug)]
pub struct Code {
    /// A letter and three digits, never reused: **L** layout, **V** value, **R** required, **T** totals, **X** across.
    pub id: &'static str,
    /// The fault in kebab case.
    pub name: &'static str,
    /// How grave it is, unless a finding says otherwise.
    pub severity: Severity,
    /// What is checked, why, and how to fix it; what `jixiao explain` prints.
    pub explanation: &'static str,
}

/// One finding.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// Its kind.
    pub code: &'static Code,
    /// How grave this one is.
    pub severity: Severity,
    /// The field it speaks of.
    pub path: FieldPath,
    /// The cell, where the finding is about a cell that belongs to no field.
    pub cell: Option<CellRef>,
    /// What is wrong, with the offending value.
    pub message: Message,
}

impl Code {
    /// A finding of this kind about a field.
    pub fn at(&'static self, path: impl Into<FieldPath>, message: Message) -> Diagnostic {
        Diagnostic { code: self, severity: self.severity, path: path.into(), cell: None, message }
    }

    /// A finding of this kind about a cell.
    pub fn on(&'static self, cell: CellRef, message: Message) -> Diagnostic {
        Diagnostic { cell: Some(cell), ..self.at(FieldPath::Whole, message) }
    }
}

impl Diagnostic {
    /// The finding with another severity than its code's.
    #[must_use]
    pub fn as_severity(self, severity: Severity) -> Self {
        Self { severity, ..self }
    }

    /// The finding with a cell of its own.
    #[must_use]
    pub fn in_cell(self, cell: CellRef) -> Self {
        Self { cell: Some(cell), ..self }
    }
}

/// Which cell each field was read from.
#[derive(Clone, Debug, Default)]
pub struct SourceMap(FxHashMap<FieldPath, CellRef>);

impl SourceMap {
    /// Remembers where a field came from; the first cell of a field counts.
    pub fn add(&mut self, path: FieldPath, cell: CellRef) {
        self.0.entry(path).or_insert(cell);
    }

    /// Remembers a cell that is nearer to a field than the one known, such as its value's instead of its label's.
    pub fn replace(&mut self, path: FieldPath, cell: CellRef) {
        self.0.insert(path, cell);
    }

    /// Forgets a cell as the source of a field.
    pub fn remove(&mut self, path: FieldPath, cell: CellRef) {
        if self.get(path) == Some(cell) {
            self.0.remove(&path);
        }
    }

    /// The cell of a field.
    pub fn get(&self, path: FieldPath) -> Option<CellRef> {
        self.0.get(&path).copied()
    }

    /// The cell that a finding speaks of.
    pub fn cell_of(&self, diagnostic: &Diagnostic) -> Option<CellRef> {
        diagnostic.cell.or_else(|| self.get(diagnostic.path))
    }
}
