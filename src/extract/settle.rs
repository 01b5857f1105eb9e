//! What the printed form of an edition can carry: everything beyond it is taken out of a return, with a finding.

mod head;
mod tasks;

use std::borrow::Cow;

use super::{
    amount::{Amount, Count, read_amount, read_count},
    layout::NOT_CARRIED,
    targets::doubt_message,
    value::{DOUBTFUL_TARGET, TIDIED, UNREADABLE_AMOUNT, UNREADABLE_COUNT},
};
use crate::{
    diagnostic::Diagnostic,
    form::{Edition, edition::Lines, furniture, is_ditto, kinds, label},
    model::{
        Return,
        entry::Entry,
        field_path::{BudgetField, Column, Field, FieldPath, TaskList},
        money::{Money, Unit},
        target, text, year,
    },
};

/// An amount as its text would be read in a cell under a head in `unit`.
pub fn amount_from_text(text: &str, unit: Unit) -> Entry<Money> {
    let text = text::clean(text).text;
    match read_amount(&text) {
        Amount::Blank | Amount::Nil => Entry::Blank,
        Amount::Known { number, own_unit, .. } => {
            Money::from_unit(number, own_unit.unwrap_or(unit))
                .map_or(Entry::Unreadable(text), Entry::Known)
        }
        Amount::Unreadable => Entry::Unreadable(text),
    }
}

/// A count as its text would be read in a cell.
pub fn count_from_text(text: &str) -> Entry<u64> {
    let text = text::clean(text).text;
    match read_count(&text) {
        Count::Blank | Count::Nil => Entry::Blank,
        Count::Known(count) => Entry::Known(count),
        Count::Unreadable => Entry::Unreadable(text),
    }
}

/// Brings a return from a source without cells into canonical form, and takes out what the edition can't print.
pub fn settle(of: Return, edition: &Edition) -> (Return, Vec<Diagnostic>) {
    let before = of.clone();
    let mut settling = Settling { of: of.canonical(), edition, found: Vec::new() };
    settling.of.prints = edition.prints();
    settling.losses(&before);
    settling.empty_notes(&before);
    settling.head();
    settling.amounts();
    settling.tasks();
    settling.indicators();
    settling.notes();
    let of = settling.of.canonical();
    (of, settling.found)
}

struct Settling<'a> {
    of: Return,
    edition: &'a Edition,
    found: Vec<Diagnostic>,
}

impl Settling<'_> {
    fn drop(&mut self, path: FieldPath, what: &str) {
        let edition = &self.edition.name;
        let message = message!(
            "`{what}` has no place in the printed form of `{edition}`; not kept",
            "`{what}` 在 `{edition}` 表样中无处填写，未保留"
        );
        self.found.push(NOT_CARRIED.at(path, message));
    }

    /// Tasks that were joined and indicators that had no name.
    fn losses(&mut self, before: &Return) {
        for list in [TaskList::Key, TaskList::Other] {
            let (had, has) = (
                before.tasks(list).iter().filter(|task| !task.is_empty()).count(),
                self.of.tasks(list).len(),
            );
            let empty = before.tasks(list).len() - had;
            if empty > 0 {
                let message =
                    message!("{empty} tasks hold nothing; not kept", "{empty} 项任务为空，未保留");
                self.found.push(NOT_CARRIED.at(FieldPath::Tasks(list), message));
            }
            if has < had {
                let message = message!(
                    "{had} tasks given, {has} kept: a task without name and amount continues the one before",
                    "给出 {had} 项任务，保留 {has} 项：没有名称和金额的任务并入上一项"
                );
                self.found.push(super::layout::ROW_JOINED.at(FieldPath::Tasks(list), message));
            }
        }
        let (had, has) = (before.indicators.len(), self.of.indicators.len());
        if has < had {
            let message = message!(
                "{had} indicators given, {has} kept: one without a name is none",
                "给出 {had} 项指标，保留 {has} 项：没有三级指标名称的不是指标"
            );
            self.found.push(super::layout::NAMELESS_INDICATOR.at(FieldPath::Indicators, message));
        }
    }

    /// Notes without a word.
    fn empty_notes(&mut self, before: &Return) {
        for (at, _) in before.notes.iter().enumerate().filter(|(_, note)| note.trim().is_empty()) {
            let message = message!("a note without a word; not kept", "空白备注，未保留");
            self.found.push(NOT_CARRIED.at(FieldPath::Note(at), message));
        }
    }

    fn amounts(&mut self) {
        for field in BudgetField::ALL {
            let entry = self.of.budget.get(field).clone();
            if self.edition.has_field(Field::Budget(field)) {
                self.report_unreadable(&entry, field.into());
            } else if !entry.is_blank() {
                *self.of.budget.get_mut(field) = Entry::Blank;
                self.drop(field.into(), &entry.shown());
            }
        }
        let units = &self.edition.units;
        self.of.units.budget = units.budget.and(self.of.units.budget.or(units.budget));
        self.of.units.tasks = units.tasks.and(self.of.units.tasks.or(units.tasks));
        for (entry, field) in [
            (self.of.funded_headcount.clone(), Field::FundedHeadcount),
            (self.of.subordinate_units.clone(), Field::SubordinateUnits),
        ] {
            if let Entry::Unreadable(text) = entry {
                let message = message!("`{text}` is not a whole number", "`{text}` 不是非负整数");
                self.found.push(UNREADABLE_COUNT.at(field, message));
            }
        }
    }

    fn report_unreadable(&mut self, entry: &Entry<Money>, path: FieldPath) {
        if let Entry::Unreadable(text) = entry {
            let message = message!("`{text}` is not an amount", "`{text}` 不是可识别的金额");
            self.found.push(UNREADABLE_AMOUNT.at(path, message));
        }
    }

    fn indicators(&mut self) {
        let table = self.edition.table(Lines::Indicators);
        let has = |column| {
            table.is_some_and(|table| table.columns.iter().any(|spec| spec.column == column))
        };
        let (period, annual) = (has(Column::PeriodTarget), has(Column::AnnualTarget));
        let mut indicators = std::mem::take(&mut self.of.indicators);
        // Whether no first level was stated, but a second one told it.
        let mut told = false;
        let (mut above, mut above2): (Option<String>, Option<String>) = (None, None);
        for (at, indicator) in indicators.iter_mut().enumerate() {
            // As the reader does: a first level stays until another one comes, and a second level tells its own.
            self.level_name(&mut indicator.level1, above.as_ref(), at, Column::Level1);
            self.level_name(&mut indicator.level2, above2.as_ref(), at, Column::Level2);
            let first = || {
                indicator.level2.as_deref().and_then(|level2| self.edition.first_level_of(level2))
            };
            let stated = indicator.level1.take();
            told &= stated.is_none();
            indicator.level1 = match stated {
                None if told || above.is_none() => {
                    let own = first();
                    told |= own.is_some();
                    own.or_else(|| above.clone())
                }
                stated => stated.or_else(|| above.clone()),
            };
            above.clone_from(&indicator.level1);
            above2.clone_from(&indicator.level2);
            for (prints, target, column) in [
                (period, &mut indicator.period_target, Column::PeriodTarget),
                (annual, &mut indicator.annual_target, Column::AnnualTarget),
            ] {
                let path = FieldPath::Indicator(at, column);
                if let Some(lost) = target.take_if(|_| !prints) {
                    self.drop(path, &lost.text);
                }
                if let Some(target) = target {
                    let doubts = target::doubts(&target.text).into_iter();
                    let doubts = doubts.filter(|doubt| *doubt != target::Doubt::Placeholder);
                    self.found.extend(
                        doubts.map(|doubt| {
                            DOUBTFUL_TARGET.at(path, doubt_message(doubt, &target.text))
                        }),
                    );
                }
            }
        }
        self.of.indicators = indicators;
    }

    /// A level's name as the reader takes it: a printed one without its number and marks, 同上 for the one above.
    fn level_name(
        &mut self,
        level: &mut Option<String>,
        above: Option<&String>,
        at: usize,
        column: Column,
    ) {
        let Some(name) = level.take() else { return };
        let read = match above.filter(|_| is_ditto(&name)) {
            Some(above) => above.clone(),
            None => self.edition.level_name(&name).map_or_else(|| name.clone(), Cow::into_owned),
        };
        if read != name {
            let message = message!("`{name}` read as `{read}`", "`{name}` 读作 `{read}`");
            self.found.push(TIDIED.at(FieldPath::Indicator(at, column), message));
        }
        *level = Some(read);
    }

    /// Notes that the reader would take for printed matter.
    fn notes(&mut self) {
        for (at, note) in std::mem::take(&mut self.of.notes).into_iter().enumerate() {
            if furniture::is_furniture(&note) {
                self.drop(FieldPath::Note(at), &note);
            } else {
                self.of.notes.push(note);
            }
        }
    }
}

/// Whether a text above the form is read as its title.
pub fn can_be_title(text: &str, edition: &Edition) -> bool {
    if kinds::is_title(text) {
        return true;
    }
    let is_label =
        |text: &str| label::normal(text).is_none_or(|label| !edition.roles(&label.key).is_empty());
    let inline = label::split_inline(text).is_some_and(|(before, _)| is_label(before));
    !furniture::is_furniture(text)
        && !furniture::is_note(text)
        && year::alone(text).is_none()
        && !inline
        && (text.chars().count() > 60 || !is_label(text))
}
