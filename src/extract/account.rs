//! The account of a form's cells: where each one went.

use crate::{
    cell::CellRef,
    diagnostic::Code,
    model::{field_path::FieldPath, totals::Total},
};

/// Where a cell of the source went.
#[derive(Clone, Copy, Debug)]
pub enum Place {
    /// Into a field.
    Field(FieldPath),
    /// It is a printed label, a title repeated on a page, a page number …
    Label,
    /// It is a total, recomputed from its parts.
    Total(Total),
    /// Into a note.
    Note(usize),
    /// Set aside; a finding of this kind quotes it.
    Found(&'static Code),
}

/// A cell, what stood there and where it went.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The cell.
    pub cell: CellRef,
    /// What stood there, as text.
    pub text: String,
    /// Where it went.
    pub place: Place,
}
