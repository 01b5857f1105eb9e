//! The fields that stand once: texts, counts and the amounts of the budget.

use super::{context::Context, layout, value};
use crate::{
    diagnostic::Severity,
    form::{
        label,
        located::{Join, Located, LocatedField},
        noted::Whose,
    },
    grid::Value,
    model::{
        Return, Units,
        field_path::{Field, FieldPath},
        money::Unit,
    },
};

impl Context<'_, '_> {
    /// Reads every located field into the return.
    pub(super) fn fields(&mut self, located: &Located, into: &mut Return) {
        let unit = self.budget_unit(located);
        for field in &located.fields {
            self.field(field, unit, into);
        }
        self.report_merged_amounts(located);
        into.units = Units { budget: unit, tasks: None };
        for (field, index) in &located.repeats {
            let (quoted, name) = (self.quoted(*index), FieldPath::Field(*field));
            let message = message!(
                "{quoted} is a second value for {name}; the first one counts",
                "{quoted} 是 {name} 的第二个值，以第一个为准"
            );
            self.set_aside(&layout::REPEATED_FIELD, *index, message);
            if self.is_lost_funding(located, *index)
                && let Some(finding) = self.diagnostics.last_mut()
            {
                finding.severity = Severity::Error;
            }
        }
    }

    /// Says of an amount that is merged over the rows of several fields that it counts for the first only.
    fn report_merged_amounts(&mut self, located: &Located) {
        let budget =
            || located.fields.iter().filter(|field| matches!(field.field, Field::Budget(_)));
        for field in budget() {
            let [(index, _), ..] = field.value.as_slice() else { continue };
            let (at, end) = (self.at(*index).row, self.sheet.cell(*index).span.end.row);
            let mut beside = budget().filter(|other| {
                let blank = other.value.is_empty() && other.inline.is_none();
                blank && other.label.col == field.label.col && (at..=end).contains(&other.label.row)
            });
            let Some(other) = beside.next() else { continue };
            let (quoted, cell) = (self.quoted(*index), self.at(*index));
            let (first, second) = (FieldPath::Field(field.field), FieldPath::Field(other.field));
            let message = message!(
                "{quoted} is merged over the rows of {first} and {second}; nobody can tell what part belongs to which, so all of it was read for the first",
                "{quoted} 跨 {first} 与 {second} 两行合并，无法判断各占多少，已全部计入前者"
            );
            let finding = layout::MERGED_LINES.at(first, message).as_severity(Severity::Error);
            self.diagnostics.push(finding.in_cell(cell));
        }
    }

    /// The unit that the budget block is printed in: the first that a head states.
    fn budget_unit(&mut self, located: &Located) -> Option<Unit> {
        let assumed = self.edition.units.budget?;
        let amounts =
            || located.fields.iter().filter(|field| matches!(field.field, Field::Budget(_)));
        let stated = amounts().find_map(|field| field.unit).or(located.unit);
        if let Some(stated) = stated.or_else(|| located.noted_unit(Whose::budget)) {
            return Some(stated);
        }
        if let Some(field) = amounts().find(|field| !field.value.is_empty()) {
            let name = assumed.name();
            let message = message!(
                "no unit is stated for the budget; {name} is taken",
                "预算金额未注明单位，按{name}计"
            );
            self.find(&value::UNIT_ASSUMED, FieldPath::Field(field.field), message);
        }
        Some(assumed)
    }

    /// Reports heads of a unit that no form has: what was read below them is in none of theirs.
    pub(super) fn strange_units(&mut self, located: &Located) {
        for index in located.labels.iter().chain(&located.unknown_heads) {
            let Some(unit) = self.sheet.text(*index).and_then(label::strange_unit) else {
                continue;
            };
            let message = message!(
                "the unit {unit} is not known; the amounts below were not read in it",
                "单位“{unit}”无法识别，其下金额未按该单位读取"
            );
            self.diagnostics.push(value::UNIT_UNKNOWN.on(self.at(*index), message));
        }
    }

    fn field(&mut self, field: &LocatedField, unit: Option<Unit>, into: &mut Return) {
        let path = FieldPath::Field(field.field);
        self.map.add(path, field.label);
        match field.field {
            Field::FundedHeadcount => {
                into.funded_headcount = self.one(field, path, Context::count_of);
            }
            Field::SubordinateUnits => {
                into.subordinate_units = self.one(field, path, Context::count_of);
            }
            Field::Budget(amount) => {
                let unit = field.unit.or(unit).unwrap_or(Unit::TenThousand);
                *into.budget.get_mut(amount) =
                    self.one(field, path, |of, value, path| of.amount_of(value, path, unit));
            }
            Field::Approver => into.approver = self.long_text(field, path),
            Field::Department => into.department = self.long_text(field, path),
            Field::OverallObjective => into.overall_objective = self.long_text(field, path),
            Field::Title | Field::Year | Field::Level => {}
        }
    }

    /// The value of a field of one cell; it may stand behind the colon in the label's own cell.
    fn one<T: Default>(
        &mut self,
        field: &LocatedField,
        path: FieldPath,
        read: impl Fn(&mut Self, &Value, FieldPath) -> T,
    ) -> T {
        let (index, value) = match (&field.inline, field.value.first()) {
            (Some((index, text)), _) => (*index, Value::Text(text.clone())),
            (None, Some((index, _))) => (*index, self.value(*index).clone()),
            (None, None) => return T::default(),
        };
        self.map.replace(path, self.at(index));
        self.book(index, path);
        read(self, &value, path)
    }

    /// The text of a field, its pieces joined.
    fn long_text(&mut self, field: &LocatedField, path: FieldPath) -> Option<String> {
        if let Some((index, text)) = &field.inline {
            // Booked and its tags reported, as the whole cell.
            self.text(*index, path);
            self.map.replace(path, self.at(*index));
            return self.cleaned(text, path);
        }
        let mut whole: Option<String> = None;
        for (at, (index, join)) in field.value.iter().enumerate() {
            if at == 0 {
                self.map.replace(path, self.at(*index));
            }
            let piece = self.text(*index, path);
            if at > 0 {
                self.report_join(*index, path, *join);
            }
            crate::model::canonical::append(&mut whole, piece, between(*join));
        }
        whole
    }

    /// Says that a text was joined from two rows.
    pub(super) fn report_join(&mut self, index: usize, path: FieldPath, join: Join) {
        let quoted = self.quoted(index);
        let (code, message) = match join {
            Join::Page => {
                let message = message!(
                    "text cut by a page break joined: {quoted}",
                    "已接合被分页截断的文字：{quoted}"
                );
                (&layout::PAGE_JOINED, message)
            }
            Join::Line => {
                let message = message!(
                    "{quoted} on a row of its own joined to the text above",
                    "{quoted} 独占一行，已并入上一行的文字"
                );
                (&layout::ROW_JOINED, message)
            }
        };
        let at = self.at(index);
        self.diagnostics.push(code.at(path, message).in_cell(at));
    }
}

/// What stands between two pieces of a text.
pub(super) fn between(join: Join) -> &'static str {
    match join {
        Join::Page => "",
        Join::Line => "\n",
    }
}
