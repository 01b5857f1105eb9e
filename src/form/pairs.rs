//! Several pairs of a label and a value in one cell: 批复单位：A　填报单位：B, 填报单位：X 填报日期：2025年1月15日.

use std::borrow::Cow;

use super::{
    edition::{Edition, Role},
    furniture, label,
    label::Label,
    locate::{Mode, Search},
    located::LocatedField,
};
use crate::model::{
    field_path::{BudgetField, Field},
    year,
};

/// A longer text, in bytes, is prose.
const LONGEST: usize = 600;

/// Words of furniture that stand before a colon within a line, beside those of notes.
const WORDS: [&str; 12] = [
    "编制日期",
    "申报日期",
    "制表日期",
    "申报人",
    "编制人",
    "单位代码",
    "部门代码",
    "预算代码",
    "组织机构代码",
    "统一社会信用代码",
    "传真",
    "邮编",
];

/// Names of the department's label that are too short to be one anywhere but in its place.
const SHORT: [&str; 2] = ["部门", "单位"];

/// A value without the pairs that stand behind it, and those pairs.
pub fn cut<'t>(text: &'t str, edition: &Edition) -> (&'t str, Vec<&'t str>) {
    let parts = |c: char| c.is_whitespace() || matches!(c, ';' | '；' | ',' | '，');
    if text.len() > LONGEST || !text.contains([':', '：']) {
        return (text, Vec::new());
    }
    let behind = text.char_indices().filter(|(_, c)| parts(*c)).map(|(at, c)| at + c.len_utf8());
    let starts = std::iter::once(0).chain(behind).filter(|at| !text[*at..].starts_with(parts));
    let mut starts: Vec<usize> = starts.filter(|at| begins_pair(&text[*at..], edition)).collect();
    // A label of several words begins once: 联 系 电 话：…
    starts.dedup_by(|later, first| !text[*first..*later].contains([':', '：']));
    let Some(first) = starts.first() else { return (text, Vec::new()) };
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let pieces = starts.iter().zip(ends).map(|(from, to)| text[*from..to].trim_matches(parts));
    (text[..*first].trim_matches(parts), pieces.collect())
}

/// Whether a text begins with a label or a word of furniture before a colon.
fn begins_pair(text: &str, edition: &Edition) -> bool {
    let Some((at, _)) = text.char_indices().take(24).find(|(_, c)| matches!(c, ':' | '：')) else {
        return false;
    };
    let word = &text[..at];
    if word.contains(['；', ';', '，', ',', '。']) {
        return false;
    }
    let unit = || text.split_whitespace().next().and_then(furniture::unit_line).is_some();
    let of_note = || furniture::is_note(&format!("{word}："));
    let Some(label) = label::normal(word) else { return false };
    field_of(edition, &label.key).is_some()
        || WORDS.contains(&label.key.as_str())
        || of_note()
        || unit()
}

/// The field that a label names whose value is short.
fn field_of(edition: &Edition, key: &str) -> Option<Field> {
    edition.roles(key).iter().find_map(|role| match role {
        Role::Field(Field::OverallObjective) => None,
        Role::Field(field) => Some(*field),
        Role::OwnLevel(_) => Some(Field::Budget(BudgetField::OwnLevel)),
        _ => None,
    })
}

/// Whether year and unit may be printed at the right of a field's line: 填报单位：某局    金额单位：元.
fn has_matter(field: Field) -> bool {
    matches!(field, Field::Approver | Field::Department)
}

impl<'a> Search<'a, '_> {
    /// The label and the value of a cell that holds both, parted by a colon, or by blanks at the head of the form.
    pub(super) fn pair(&self, index: usize) -> Option<(Cow<'a, Label>, &'a str)> {
        let sheet = self.sheet;
        match sheet.inline(index) {
            Some((label, value)) => Some((Cow::Borrowed(label), value)),
            None => self.spaced(index).map(|(label, value)| (Cow::Owned(label), value)),
        }
    }

    /// 批复单位 东莞市财政局: no colon stands behind the label.
    fn spaced(&self, index: usize) -> Option<(Label, &'a str)> {
        const SEALS: [&str; 4] = ["公章", "盖章", "签章", "全称"];
        let sheet = self.sheet;
        let text = sheet.text(index).filter(|text| text.len() <= LONGEST)?.trim();
        let gap = text.find(char::is_whitespace)?;
        if !(self.mode == Mode::Above || self.is_cover()) || !self.named.roles(index).is_empty() {
            return None;
        }
        let label = label::normal(&text[..gap])?;
        let value = text[gap..].trim_start();
        let is_head = field_of(self.edition, &label.key).is_some_and(has_matter);
        (is_head && !SEALS.contains(&value)).then_some((label, value))
    }

    /// The field whose label and value stand in one cell.
    pub(super) fn inline_field(&self, index: usize) -> Option<Field> {
        let (key, value) = self.pair(index)?;
        let mut roles = self.edition.roles(&key.key).iter();
        let field = roles.find_map(|role| match role {
            Role::Field(field) => Some(*field),
            Role::OwnLevel(_) => Some(Field::Budget(BudgetField::OwnLevel)),
            _ => None,
        });
        let field = field.or_else(|| self.is_short(&key.key).then_some(Field::Department))?;
        if value.is_empty() && field != Field::Approver {
            return None;
        }
        // `单位：万元` is a unit line even where 单位 is an alias of the department's label.
        if self.sheet.text(index).and_then(furniture::unit_line).is_some() {
            return None;
        }
        Some(field)
    }

    /// The fields of a cell with a label and its value: that one, and those of the pairs behind it.
    pub(super) fn inline(&self, index: usize) -> Vec<LocatedField> {
        let Some(field) = self.inline_field(index) else { return Vec::new() };
        let Some((key, value)) = self.pair(index) else { return Vec::new() };
        let (value, pieces) = self.cut(field, value);
        let value = if has_matter(field) { furniture::without_matter(value).0 } else { value };
        let inline = (!value.is_empty()).then(|| (index, value.to_owned()));
        let label = self.sheet.cell(index).at;
        let first = LocatedField { field, label, value: Vec::new(), inline, unit: key.unit };
        std::iter::once(first).chain(self.fields_of(index, &pieces)).collect()
    }

    fn cut(&self, field: Field, value: &'a str) -> (&'a str, Vec<&'a str>) {
        match field {
            Field::OverallObjective => (value, Vec::new()),
            _ => cut(value, self.edition),
        }
    }

    /// The fields that pairs of a cell name.
    fn fields_of(&self, index: usize, pieces: &[&str]) -> Vec<LocatedField> {
        let of = |piece: &&str| {
            let (word, value) = label::split_inline(piece)?;
            let label = label::normal(word)?;
            let field = field_of(self.edition, &label.key)?;
            let value = if has_matter(field) { furniture::without_matter(value).0 } else { value };
            let inline = (!value.is_empty()).then(|| (index, value.to_owned()));
            let at = self.sheet.cell(index).at;
            Some(LocatedField { field, label: at, value: Vec::new(), inline, unit: label.unit })
        };
        pieces.iter().filter_map(of).collect()
    }

    /// Cuts the value of the department or the approver where it stands in a cell of its own; the fields of the pairs
    /// behind it.
    pub(super) fn cut_value(&mut self, field: &mut LocatedField) -> Vec<LocatedField> {
        let sheet = self.sheet;
        let (true, None, &[(index, _)]) =
            (has_matter(field.field), &field.inline, field.value.as_slice())
        else {
            return Vec::new();
        };
        let Some(text) = sheet.text(index) else { return Vec::new() };
        let (head, pieces) = cut(text, self.edition);
        if pieces.is_empty() || head.is_empty() {
            return Vec::new();
        }
        field.value.clear();
        field.inline = Some((index, head.to_owned()));
        self.take_pieces(index, &pieces);
        self.fields_of(index, &pieces)
    }

    /// Takes what stands behind the value of a cell's first field: year and unit, and pairs that are no fields.
    pub(super) fn take_matter(&mut self, index: usize) {
        let (Some(field), Some((_, value))) = (self.inline_field(index), self.pair(index)) else {
            return;
        };
        let (value, pieces) = self.cut(field, value);
        if has_matter(field) {
            let (_, matter) = furniture::without_matter(value);
            self.take_unit(index, furniture::unit_in_line(matter));
            self.found.years.extend(year::in_line(matter).map(|_| index));
        }
        self.take_pieces(index, &pieces);
    }

    fn take_pieces(&mut self, index: usize, pieces: &[&str]) {
        let mut notes: Vec<&str> = Vec::new();
        for piece in pieces {
            // 填报日期： 2025年 states no year.
            let (text, matter) = match furniture::without_matter(piece) {
                (text, _) if text.ends_with([':', '：']) => (*piece, ""),
                parts => parts,
            };
            for unit in [furniture::unit_line(text), furniture::unit_in_line(matter)] {
                self.take_unit(index, unit);
            }
            self.found.years.extend(year::in_line(matter).map(|_| index));
            let word = label::split_inline(text).and_then(|(word, _)| label::normal(word));
            let is_field = word.is_some_and(|word| field_of(self.edition, &word.key).is_some());
            if !is_field && furniture::unit_line(text).is_none() {
                notes.push(text);
            }
        }
        if !notes.is_empty() {
            self.found.asides.push((index, notes.join("  ")));
        }
    }

    /// Whether a label says no more than 部门 or 单位 and stands in the place of the department's label, which the form
    /// prints nowhere else.
    fn is_short(&self, key: &str) -> bool {
        let of_department = Role::Field(Field::Department);
        SHORT.contains(&key)
            && (self.mode == Mode::Above || self.is_cover())
            && self.found.fields.iter().all(|field| field.field != Field::Department)
            && self.sheet.grid.indices(0, self.last).all(|index| {
                let inline = self.sheet.inline(index).map(|(label, _)| label.key.as_str());
                !self.named.is(index, of_department)
                    && inline.is_none_or(|key| !self.edition.roles(key).contains(&of_department))
            })
    }

    /// Gives 部门 or 单位 before a text the meaning of the department's label, in its place: alone with it, but for notes
    /// and printed matter.
    pub(super) fn name_department(&mut self, cells: &[usize]) {
        let [first, value, others @ ..] = cells else { return };
        let text = |index: &usize| self.sheet.text(*index);
        let is_value = text(value).is_some_and(|text| {
            furniture::bare_unit(text).is_none()
                && !furniture::is_note(text)
                && text.chars().count() > 2
                && self.named.roles(*value).is_empty()
        });
        let beside = |text: &str| furniture::is_note(text) || furniture::is_matter(text);
        let alone = others.iter().all(|other| text(other).is_some_and(beside));
        let key = self.sheet.label(*first).map(|label| label.key.as_str());
        if is_value && alone && key.is_some_and(|key| self.is_short(key)) {
            self.named.set(*first, &[Role::Field(Field::Department)]);
        }
    }
}
