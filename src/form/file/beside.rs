//! In blocks of fields every value stands right of its own label, and every label of a field has a value: the reader takes what
//! stands behind a label for its value.

use std::collections::{HashMap, HashSet};

use super::{
    super::{
        edition::{Body, Edition, Piece, PieceKind, Role},
        index::label_role,
        label::normal,
    },
    faulty,
};
use crate::{
    error::Result,
    model::{field_path::Field, totals::Total},
};

/// Demands that each field is found where it is written.
pub(super) fn check(edition: &Edition) -> Result<()> {
    let mut seen = Seen::default();
    for (at, block) in edition.blocks.iter().enumerate() {
        let Body::Fields(rows) = &block.body else { continue };
        for (row, pieces) in rows.iter().enumerate() {
            for (index, piece) in pieces.iter().enumerate() {
                let key = format!("block[{at}].rows[{row}][{index}]");
                seen.once(&key, piece)?;
                let left = index.checked_sub(1).and_then(|before| labelled(&pieces[before]));
                let right = pieces.get(index + 1).and_then(valued);
                beside(&key, piece, left, right)?;
                seen.wording(edition, &key, piece)?;
            }
        }
    }
    Ok(())
}

/// The field of which a cell is the label.
fn labelled(piece: &Piece) -> Option<Field> {
    match &piece.kind {
        PieceKind::Label(name, unit) => match label_role(name, *unit) {
            Role::Field(field) => Some(field),
            _ => None,
        },
        _ => None,
    }
}

/// The field of which a cell is the value.
fn valued(piece: &Piece) -> Option<Field> {
    match piece.kind {
        PieceKind::Value(field) => Some(field),
        _ => None,
    }
}

fn beside(key: &str, piece: &Piece, left: Option<Field>, right: Option<Field>) -> Result<()> {
    if let Some(field) = valued(piece).filter(|field| left != Some(*field)) {
        let name = field.name();
        return Err(faulty(&message!(
            "`{key}.value`: expected the label `{name}` in the cell left of it",
            "`{key}.value`：左侧单元格应为标签 `{name}`"
        )));
    }
    if let Some(field) = labelled(piece).filter(|field| right != Some(*field)) {
        let name = field.name();
        return Err(faulty(&message!(
            "`{key}.label`: expected a cell with `value = \"{name}\"` right of it",
            "`{key}.label`：右侧应为 `value = \"{name}\"` 的单元格"
        )));
    }
    Ok(())
}

/// What the cells so far hold.
#[derive(Default)]
struct Seen {
    fields: Vec<Field>,
    totals: HashSet<Total>,
    /// Labels of fields, as they are compared.
    wordings: HashMap<String, Field>,
}

impl Seen {
    /// No field and no total stands twice.
    fn once(&mut self, key: &str, piece: &Piece) -> Result<()> {
        let (part, name, first) = match piece.kind {
            PieceKind::Value(field) => {
                let first = !self.fields.contains(&field);
                self.fields.push(field);
                ("value", field.name(), first)
            }
            PieceKind::Total(total) => ("total", total.name(), self.totals.insert(total)),
            PieceKind::Label(..) => return Ok(()),
        };
        if first {
            return Ok(());
        }
        Err(faulty(&message!("`{key}.{part}`: a second `{name}`", "`{key}.{part}`：`{name}` 重复")))
    }

    /// No wording is the label of two fields.
    fn wording(&mut self, edition: &Edition, key: &str, piece: &Piece) -> Result<()> {
        let (Some(field), PieceKind::Label(name, _)) = (labelled(piece), &piece.kind) else {
            return Ok(());
        };
        for word in edition.wordings(name) {
            let Some(label) = normal(word) else { continue };
            let known = self.wordings.insert(label.key, field);
            if let Some(other) = known.filter(|other| *other != field) {
                let other = other.name();
                return Err(faulty(&message!(
                    "`{key}.label`: `{word}` is the label of `{other}` too",
                    "`{key}.label`：`{word}` 也是 `{other}` 的标签"
                )));
            }
        }
        Ok(())
    }
}
