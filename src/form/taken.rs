//! A field that was found: its unit, its block, and what becomes of it where it stands there twice.

use super::{
    edition::{Body, PieceKind},
    locate::Search,
    located::{Join, LocatedField},
};
use crate::{
    grid::Value,
    model::{canonical::is_crossed_out, field_path::Field},
};

impl Search<'_, '_> {
    pub(super) fn take_field(&mut self, mut field: LocatedField) {
        if let Some(cell) = self.sheet.grid.index_of(field.label)
            && self.inline_field(cell) == Some(field.field)
        {
            self.take_matter(cell);
        }
        if let Some((index, _)) = &field.inline
            && !self.found.labels.contains(index)
        {
            self.found.labels.push(*index);
        } else if field.value.is_empty() && field.inline.is_none() {
            // An approver's label with nothing behind the colon is still a label.
            if let Some(cell) = self.sheet.grid.index_of(field.label)
                && !self.found.labels.contains(&cell)
            {
                self.found.labels.push(cell);
            }
        }
        if field.unit.is_none() && matches!(field.field, Field::Budget(_)) {
            // A blank amount has a unit as well: it is the form's when every amount is blank.
            let value = field.value.first().map(|(index, _)| self.sheet.cell(*index).at.col);
            field.unit = self.unit_above(value.unwrap_or(field.label.col));
        }
        self.join_pending(&mut field);
        self.mark_block(field.field);
        let known = self.found.fields.iter().position(|other| other.field == field.field);
        match known {
            None => self.found.fields.push(field),
            Some(at) => self.repeat(at, field),
        }
    }

    /// A field for the second time: its value counts where the first had none, and the same words are a repeated head.
    fn repeat(&mut self, at: usize, field: LocatedField) {
        let first = &mut self.found.fields[at];
        if first.value.is_empty() && first.inline.is_none() {
            *first = field;
            return;
        }
        let of = first.field;
        let words = |value: &[(usize, Join)], inline: &Option<(usize, String)>| match inline {
            Some((_, text)) => Some(text.clone()),
            None => value.first().map(|(index, _)| match &self.sheet.cell(*index).value {
                Value::Text(text) => text.trim().to_owned(),
                Value::Number(number) => number.value.to_string(),
                other => format!("{other:?}"),
            }),
        };
        let same = words(&first.value, &first.inline) == words(&field.value, &field.inline);
        if !same && self.is_of_another_table(at, &field) {
            let above = std::mem::replace(&mut self.found.fields[at], field);
            self.found.strays.extend(above.value.iter().map(|(index, _)| *index));
            return;
        }
        let first = &mut self.found.fields[at];
        if !same
            && self.broken
            && of == Field::OverallObjective
            && first.inline.is_none()
            && field.inline.is_none()
        {
            // The label was printed again beside the rest of a text that a page cut.
            first.value.extend(field.value.iter().map(|(index, _)| (*index, Join::Page)));
            return;
        }
        for (index, _) in &field.value {
            if same {
                self.found.labels.push(*index);
            } else {
                self.found.repeats.push((of, *index));
            }
        }
        if let Some((index, _)) = field.inline.filter(|_| !same) {
            self.found.repeats.push((of, index));
        }
    }

    /// Whether the department that is known stands in another table above the title, 序号 | 部门名称 | 页码, and the one below
    /// states its own.
    fn is_of_another_table(&self, at: usize, field: &LocatedField) -> bool {
        let first = &self.found.fields[at];
        let Some(title) = self.found.title.map(|title| self.sheet.cell(title).at.row) else {
            return false;
        };
        let states = field.value.first().is_some_and(|(index, _)| {
            self.sheet.text(*index).is_some_and(|text| !is_crossed_out(text))
        });
        field.field == Field::Department
            && first.label.row < title
            && title < field.label.row
            && first.inline.is_none()
            && (states || field.inline.is_some())
            && self.sheet.grid.indices(first.label.row, first.label.row).count() > 2
    }

    fn mark_block(&mut self, field: Field) {
        for (block, spec) in self.edition.blocks.iter().enumerate() {
            let Body::Fields(rows) = &spec.body else { continue };
            let holds = rows
                .iter()
                .flatten()
                .any(|piece| matches!(piece.kind, PieceKind::Value(value) if value == field));
            if holds {
                self.found.blocks[block] = true;
            }
        }
    }
}
