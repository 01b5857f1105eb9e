//! What stands above the tables: title, department, approver, counts and the level.

use super::{Settling, can_be_title};
use crate::{
    form::{furniture, label, pairs},
    model::{
        field_path::{BudgetField, Field},
        level::Level,
    },
};

impl Settling<'_> {
    pub(super) fn head(&mut self) {
        if let Some(title) =
            self.of.title.clone().filter(|title| !can_be_title(title, self.edition))
        {
            self.of.title = None;
            self.drop(Field::Title.into(), &title);
        }
        let is_label = |text: &String| {
            label::normal(text).is_some_and(|l| !self.edition.roles(&l.key).is_empty())
        };
        if let Some(department) = self.of.department.take_if(|text| is_label(text)) {
            self.drop(Field::Department.into(), &department);
        }
        for field in [Field::Department, Field::Approver] {
            self.drop_pairs(field);
        }
        if let Some(approver) = &self.of.approver {
            let (kept, matter) = furniture::without_matter(approver);
            if !matter.is_empty() {
                let (kept, matter) = (kept.to_owned(), matter.to_owned());
                self.of.approver = Some(kept);
                self.drop(Field::Approver.into(), &matter);
            }
        }
        if self.edition.wordings("approver").is_empty()
            && let Some(approver) = self.of.approver.take()
        {
            self.drop(Field::Approver.into(), &approver);
        }
        for field in [Field::Department, Field::OverallObjective] {
            let slot = match field {
                Field::Department => &mut self.of.department,
                _ => &mut self.of.overall_objective,
            };
            if !self.edition.has_field(field)
                && let Some(text) = slot.take()
            {
                self.drop(field.into(), &text);
            }
        }
        for field in [Field::FundedHeadcount, Field::SubordinateUnits] {
            let slot = match field {
                Field::FundedHeadcount => &mut self.of.funded_headcount,
                _ => &mut self.of.subordinate_units,
            };
            if !self.edition.has_field(field) && !slot.is_blank() {
                let shown = std::mem::take(slot).shown();
                self.drop(field.into(), &shown);
            }
        }
        self.level();
    }

    /// Takes out of a text what the printed form would show as other labels with their values.
    fn drop_pairs(&mut self, field: Field) {
        let slot = match field {
            Field::Department => &mut self.of.department,
            _ => &mut self.of.approver,
        };
        let Some(text) = slot.clone() else { return };
        let (kept, pairs) = pairs::cut(&text, self.edition);
        if !pairs.is_empty() {
            *slot = Some(kept.to_owned()).filter(|kept| !kept.is_empty());
            self.drop(field.into(), &pairs.join("  "));
        }
    }

    /// The level that the printed form shows: its own label's, else the approver's or the title's.
    fn level(&mut self) {
        let shown = || {
            let approver = self.of.approver.as_deref().and_then(Level::of_approver);
            approver.or_else(|| self.of.title.as_deref().and_then(Level::of_title))
        };
        let prints = self.edition.has_field(Field::Budget(BudgetField::OwnLevel));
        let carried = match (self.edition.sole_level(), self.of.level) {
            (Some(sole), _) => Some(sole),
            (None, Some(level)) if prints => Some(level),
            (None, _) => shown(),
        };
        if let Some(level) = self.of.level.filter(|level| carried != Some(*level)) {
            self.drop(Field::Level.into(), level.name());
        }
        self.of.level = carried;
    }
}
