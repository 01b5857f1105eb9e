//! Amounts in rows of the budget or of the tasks that were read into no field; targets and their signs under heads that name no column.

use super::{amount::Amount, amount::read_amount, context::Context, layout};
use crate::{
    diagnostic::{Diagnostic, Severity},
    form::{
        edition::{Body, Lines, Role},
        label,
        located::Located,
    },
    grid::Value,
    model::{
        field_path::{Column, Field},
        money,
        target::{self, Reading},
    },
};

impl Context<'_, '_> {
    /// An error for a head under which targets stand, where the column of targets was not found, and for the sign of a
    /// target that was read without it.
    pub(super) fn lost_target(&self, located: &Located, index: usize) -> Option<Diagnostic> {
        let at = self.at(index);
        let mut tables = located.tables.iter().filter(|table| table.lines == Lines::Indicators);
        let quoted = self.quoted(index);
        let message = tables.find_map(|table| {
            let Body::Table(spec) = &self.edition.blocks[table.block].body else { return None };
            let row = table.rows.iter().find(|row| row.row == at.row);
            let annual = spec.position(Column::AnnualTarget)?;
            let value = row.and_then(|row| row.slots[annual]).map(|value| self.plain(value));
            let is_unread = |value: String| {
                let sign = self.plain(index);
                target::columns::is_comparison(&sign)
                    && target::columns::compose(&sign, &value, "").text != value
            };
            if value.is_some_and(is_unread)
                && spec.position(Column::TargetSign).is_none_or(|sign| !table.shown[sign])
            {
                return Some(message!(
                    "{quoted} stands beside the target but under no head of signs; the target was read without it",
                    "{quoted} 在指标值旁，但其表头不是“计算符号”，指标值未按此符号读取"
                ));
            }
            let is_head = table.head.row == at.row;
            let missing = [Column::PeriodTarget, Column::AnnualTarget]
                .into_iter()
                .find(|wanted| spec.position(*wanted).is_some_and(|column| !table.shown[column]))?;
            let below = located.strays.iter().filter(|other| {
                let other_at = self.at(**other);
                other_at.col == at.col && other_at.row > at.row && self.says_target(**other)
            });
            let count = if is_head { below.count() } else { 0 };
            let label = spec.columns.iter().find(|column| column.column == missing)?;
            let name = self.edition.printed(&label.label).replace('\n', "");
            (count > 0).then(|| {
                message!(
                    "no head names the column {name}; the {count} targets under {quoted} were not read",
                    "没有找到“{name}”一栏；{quoted} 下的 {count} 个指标值未读取"
                )
            })
        })?;
        Some(layout::UNPLACED.on(at, message).as_severity(Severity::Error))
    }

    /// Whether a cell states a target with a sign or a unit, not a bare number as a weight is.
    fn says_target(&self, index: usize) -> bool {
        let context = target::Context { year: self.year, level3: "", unit: None };
        target::read(&self.plain(index), context).is_some_and(|target| match target.reading {
            Reading::Quantity { op, ref unit, .. } => {
                op != target::Op::Equal
                    || unit.as_deref().is_some_and(|unit| unit != "%" && unit != "分")
            }
            Reading::Range { .. } | Reading::Date { .. } => true,
            Reading::Qualitative => false,
        })
    }

    /// Whether a cell that found no place holds an amount of the budget: it stands in one of its rows behind a label,
    /// and no head said that another amount counts, of which one was read at all. Left of all labels it may be the row's number, unless the row's
    /// cells were moved.
    pub(super) fn is_lost_amount(&self, located: &Located, index: usize) -> bool {
        let at = self.at(index);
        let budget =
            || located.fields.iter().filter(|field| matches!(field.field, Field::Budget(_)));
        let is_read = || budget().any(|field| !field.value.is_empty() || field.inline.is_some());
        let mut beside = budget().filter(|field| field.label.row == at.row);
        let moved = || located.moved_rows.iter().any(|moved| self.at(*moved).row == at.row);
        // Behind words that are no label of the edition.
        let behind_words = || {
            located.strays.iter().any(|other| {
                let beside = self.at(*other);
                beside.row == at.row && beside.col < at.col && !self.is_sum(*other)
            })
        };
        let with_label =
            matches!(self.value(index), Value::Text(text) if self.is_label_and_sum(text));
        if with_label && is_read() || self.is_lost_funding(located, index) {
            return true;
        }
        // Under its label, where no value stands beside it.
        let below = || {
            budget().any(|field| {
                let unread = field.value.is_empty() && field.inline.is_none();
                unread && field.label.row + 1 == at.row && field.label.col == at.col
            })
        };
        (beside.any(|field| field.label.col < at.col || moved() || behind_words()) || below())
            && self.is_sum(index)
            && !(located.passed_over.contains(&index) && is_read())
    }

    /// Whether a cell that found no place holds an amount in the very column of the tasks' amounts, below their head and
    /// above the next one.
    pub(super) fn is_lost_funding(&self, located: &Located, index: usize) -> bool {
        let at = self.at(index);
        let above = located.tables.iter().filter(|table| table.head.row < at.row);
        let Some(table) = above.max_by_key(|table| table.head.row) else { return false };
        let Body::Table(spec) = &self.edition.blocks[table.block].body else { return false };
        let mut columns = spec.columns.iter().zip(&table.starts);
        matches!(table.lines, Lines::Tasks(_))
            && columns.any(|(spec, start)| spec.column.is_amount() && *start == Some(at.col))
            && self.is_sum(index)
    }

    /// Whether a text is the label of an amount and the amount behind it: 财政拨款1590万元.
    fn is_label_and_sum(&self, text: &str) -> bool {
        let Some(at) = text.find(|c: char| c.is_ascii_digit()) else { return false };
        let (before, amount) = text.split_at(at);
        let is_amount =
            |role: &Role| matches!(role, Role::Field(Field::Budget(_)) | Role::OwnLevel(_));
        let labelled = label::normal(before)
            .is_some_and(|label| self.edition.roles(&label.key).iter().any(is_amount));
        labelled
            && matches!(read_amount(amount.trim()), Amount::Known { number, .. } if !number.is_zero())
    }

    /// Whether a cell holds an amount that is not zero.
    fn is_sum(&self, index: usize) -> bool {
        match self.value(index) {
            Value::Number(number) => {
                money::decimal_of(number.value).is_some_and(|it| !it.is_zero())
            }
            Value::Text(text) => match read_amount(text.trim()) {
                Amount::Known { number, .. } => !number.is_zero(),
                _ => self.is_label_and_sum(text),
            },
            _ => false,
        }
    }
}
