//! The title, and the year that it, a line of its own or a name states.

use super::{Hints, context::Context, layout};
use crate::{
    form::located::Located,
    model::{
        Return,
        field_path::{Field, FieldPath},
        year,
    },
};

impl Context<'_, '_> {
    pub(super) fn title_and_year(&mut self, located: &Located, hints: Hints<'_>, of: &mut Return) {
        if let Some(index) = located.title {
            of.title = self.text(index, FieldPath::Field(Field::Title));
        } else {
            let message = message!("the form has no title", "表格没有标题");
            self.find(&layout::MISSING_TITLE, FieldPath::Field(Field::Title), message);
        }
        let mut stated = of.title.as_deref().and_then(year::in_title);
        for index in &located.years {
            let line = self.sheet.shown(*index).and_then(year::in_line);
            self.book(*index, FieldPath::Field(Field::Year));
            stated = stated.or(line);
        }
        of.year = hints.year.or(stated).or(located.parted_year);
        self.year = of.year;
        if hints.year.is_none()
            && let Some(stated) = stated
        {
            self.report_other_years(located, stated);
        }
    }

    /// Says of lines that state another year than the one read. The year in which the form is filled in may be another.
    fn report_other_years(&mut self, located: &Located, stated: i32) {
        const OF_FILLING_IN: [&str; 3] = ["编制", "申报", "填报"];
        for index in &located.years {
            let line = self.sheet.shown(*index).and_then(year::in_line).or(located.parted_year);
            let own = self.sheet.text(*index);
            let label = index.checked_sub(1).and_then(|before| self.sheet.text(before));
            let mut words = own.into_iter().chain(label);
            let filled_in = words.any(|text| OF_FILLING_IN.iter().any(|word| text.contains(word)));
            if line.is_none_or(|line| line == stated) || filled_in {
                continue;
            }
            let (quoted, cell) = (self.quoted(*index), self.at(*index));
            let message = message!(
                "{quoted} states another year than {stated}, which counts",
                "{quoted} 与已读取的年度 {stated} 不一致，以 {stated} 为准"
            );
            let finding = layout::REPEATED_FIELD.at(FieldPath::Field(Field::Year), message);
            self.diagnostics.push(finding.in_cell(cell));
        }
    }

    /// The year in the name of sheet or file, when the form states none and the name is not the department's.
    pub(super) fn year_of_names(&mut self, hints: Hints<'_>, of: &mut Return) {
        let department = of.department.as_deref().unwrap_or_default();
        let sheet = hints.sheet.filter(|name| {
            !department.contains(*name) && !name.contains(department) || department.is_empty()
        });
        of.year = sheet.and_then(year::in_name).or_else(|| hints.file.and_then(year::in_name));
        self.year = of.year;
    }
}
