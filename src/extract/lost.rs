//! Amounts in rows of the budget that were read into no field.

use super::{amount::Amount, amount::read_amount, context::Context};
use crate::{
    form::located::Located,
    grid::Value,
    model::{field_path::Field, money},
};

impl Context<'_, '_> {
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
        beside.any(|field| field.label.col < at.col || moved())
            && self.is_sum(index)
            && !(located.passed_over.contains(&index) && is_read())
    }

    /// Whether a cell holds an amount that is not zero.
    fn is_sum(&self, index: usize) -> bool {
        match self.value(index) {
            Value::Number(number) => {
                money::decimal_of(number.value).is_some_and(|it| !it.is_zero())
            }
            Value::Text(text) => match read_amount(text.trim()) {
                Amount::Known { number, .. } => !number.is_zero(),
                _ => false,
            },
            _ => false,
        }
    }
}
