//! What is printed above and among the blocks: title, lines of the year and of units, page numbers.

use super::{
    edition::Role,
    furniture,
    locate::{Mode, Search},
    sheet::Sheet,
};
use crate::model::{field_path::Field, money::Unit, year};

impl Search<'_, '_> {
    /// Takes titles, page numbers, unit lines and lines of the year out of a row.
    pub(super) fn take_printed_matter(&mut self, cells: &mut Vec<usize>) {
        let mut broken = self.broken;
        let above = self.mode == Mode::Above || self.is_cover();
        let (below, alone) = (self.mode == Mode::Below, cells.len() == 1);
        let mut units: Vec<(usize, Option<Unit>)> = Vec::new();
        // A word like 续表 within a line of a table is a name or a text of it.
        let lines = match (self.mode, self.starts.first()) {
            (Mode::Table(_), Some((first, _))) if cells.len() > 2 => Some(*first),
            _ => None,
        };
        // What follows the department's label is its value, be it worded like a year.
        let department = cells
            .windows(2)
            .find(|pair| self.field_role(pair[0]) == Some(Role::Field(Field::Department)));
        let department = department.map(|pair| pair[1]);
        let (sheet, found) = (self.sheet, &mut self.found);
        cells.retain(|index| {
            let Some(text) = sheet.shown(*index) else { return true };
            let number = sheet.text(*index).is_none();
            if number && (year::alone(text).is_none() || !above) {
                return true;
            }
            if text.len() > 300 {
                return true;
            }
            if !below && sheet.is_title(*index) {
                match found.title {
                    None if above => {
                        found.title = Some(*index);
                        units.push((*index, sheet.label(*index).and_then(|label| label.unit)));
                    }
                    Some(title) if same_label(sheet, title, *index) || text.contains('续') => {
                        found.labels.push(*index);
                    }
                    _ => return true,
                }
                broken = true;
                return false;
            }
            if above
                && text.len() <= 160
                && year::pieces(text).nth(1).is_some()
                && year::alone(text).is_none()
                && furniture::is_matter(text)
            {
                units.push((*index, furniture::unit_in_line(text)));
                found.labels.push(*index);
                found.years.extend(year::in_line(text).map(|_| *index));
                return false;
            }
            let again = || found.years.iter().any(|known| same_label(sheet, *known, *index));
            if (above || (alone && again()))
                && department != Some(*index)
                && year::alone(text).is_some()
            {
                found.years.push(*index);
                return false;
            }
            let in_line = lines.is_some_and(|first| sheet.cell(*index).at.col >= first);
            if in_line && furniture::unit_line(text).is_none() {
                return true;
            }
            if furniture::is_furniture(text) || (alone && furniture::is_bare_page_number(text)) {
                units.push((*index, furniture::unit_line(text)));
                found.labels.push(*index);
                broken = true;
                return false;
            }
            true
        });
        self.broken = broken;
        for (index, unit) in units {
            self.take_unit(index, unit);
        }
        if above && self.plan.is_none() {
            self.plan = self.stated_year();
        }
    }

    /// Whether nothing but lines of the department and the approver came so far, which may stand above the title.
    pub(super) fn is_cover(&self) -> bool {
        let of_cover = |field: Field| matches!(field, Field::Approver | Field::Department);
        self.mode == Mode::Fields
            && self.found.fields.iter().all(|field| of_cover(field.field))
            && self.found.declared.is_empty()
            && self.found.blocks.iter().filter(|seen| **seen).count() < 2
    }

    /// Whether a row is a line among those of the department that says nothing of the form: a date, or words above the
    /// title.
    pub(super) fn is_line_of_cover(&self, cells: &[usize]) -> bool {
        let [only] = cells else { return false };
        let is_date = |text: &str| {
            text.chars().all(|c| c.is_numeric() || c.is_whitespace() || "年月日".contains(c))
        };
        self.is_cover()
            && self.sheet.text(*only).is_some_and(|text| {
                is_date(text) || self.found.title.is_none() && text.chars().nth(30).is_none()
            })
    }

    /// Takes a year out of a row above the form that stands in two cells: 预算年度 | 2025.
    pub(super) fn take_parted_year(&mut self, cells: &mut Vec<usize>) {
        if self.mode != Mode::Above || self.found.parted_year.is_some() {
            return;
        }
        let year_of = |pair: &[usize]| {
            let number = crate::form::sheet::number(self.sheet.cell(pair[1]));
            let number = self.sheet.shown(pair[1]).map(str::to_owned).or(number)?;
            year::in_pair(self.sheet.text(pair[0])?, &number)
        };
        let found = cells.windows(2).enumerate().find_map(|(at, pair)| Some((at, year_of(pair)?)));
        if let Some((at, year)) = found {
            self.found.parted_year = Some(year);
            self.found.years.push(cells[at + 1]);
            self.found.labels.push(cells[at]);
            cells.drain(at..at + 2);
        }
    }

    /// The year that the title states, or a line of its own.
    fn stated_year(&self) -> Option<i32> {
        let title = self.found.title.and_then(|index| self.sheet.text(index));
        let lines = self.found.years.iter().filter_map(|index| self.sheet.shown(*index));
        let parted = self.found.parted_year;
        title
            .and_then(year::in_title)
            .or_else(|| lines.into_iter().find_map(year::in_line))
            .or(parted)
    }
}

fn same_label(sheet: &Sheet<'_>, one: usize, other: usize) -> bool {
    sheet.label(one).map(|label| &label.key) == sheet.label(other).map(|label| &label.key)
}
