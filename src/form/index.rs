//! The index of an edition's labels: what each wording can mean.

use rustc_hash::FxHashMap;

use super::{
    edition::{Body, Edition, PieceKind, Role, UnitOf},
    label,
};
use crate::model::{field_path::Field, totals::Total};

impl Edition {
    /// Builds the index of labels from labels and blocks.
    pub(super) fn index_labels(&mut self) {
        let mut index: FxHashMap<String, Vec<Role>> = FxHashMap::default();
        let mut add = |names: &[String], role: Role| {
            for key in names.iter().filter_map(|name| label::normal(name)).map(|label| label.key) {
                let roles = index.entry(key).or_default();
                if !roles.contains(&role) {
                    roles.push(role);
                }
            }
        };
        let names = |label: &str| self.labels.get(label).map_or(&[][..], Vec::as_slice);
        add(names("approver"), Role::Field(Field::Approver));
        add(names("total"), Role::Total);
        add(names("target_unit"), Role::TargetUnit);
        for (at, block) in self.blocks.iter().enumerate() {
            if let Some((label, _)) = &block.label {
                add(names(label), Role::Block(at));
            }
            match &block.body {
                Body::Fields(rows) => {
                    for piece in rows.iter().flatten() {
                        let PieceKind::Label(label, unit) = &piece.kind else { continue };
                        add(names(label), label_role(label, *unit));
                    }
                }
                Body::Table(table) => {
                    for (column, spec) in table.columns.iter().enumerate() {
                        add(names(&spec.label), Role::Column(at, column));
                        if let Some(under) = &spec.under {
                            add(names(under), Role::ColumnGroup(at));
                        }
                    }
                }
            }
        }
        for (level, names) in &self.own_level {
            add(names, Role::OwnLevel(*level));
        }
        self.longest_key = index.keys().map(String::len).max().unwrap_or(0);
        self.index = index;
        let folded = |words: &Vec<String>| words.iter().map(|word| label::folded(word)).collect();
        self.folded =
            self.labels.iter().map(|(name, words)| (name.clone(), folded(words))).collect();
    }
}

/// The role of a label in a block of fields. `total` and heads of amounts stand for no field.
pub(super) fn label_role(label: &str, unit: Option<UnitOf>) -> Role {
    if unit.is_some() {
        return Role::AmountHead;
    }
    if let Some(total) = Total::from_name(label) {
        // `fiscal_appropriation` and `other_funds` are amounts of the budget block before they are totals of tasks.
        if !total.parts().is_empty() {
            return Role::Group(total);
        }
    }
    Field::from_name(label).map_or(Role::Total, Role::Field)
}
