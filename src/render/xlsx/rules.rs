//! Input rules of the blank form: no negative amounts, whole headcounts.

use rust_xlsxwriter::{DataValidation, DataValidationRule, XlsxError};

use crate::render::drawing::{Look, Part};

/// What may be typed into a cell.
#[derive(Clone, Copy, Debug)]
pub(super) enum Rule {
    Amount,
    Whole,
}

impl Rule {
    pub(super) fn of(look: Look) -> Option<Self> {
        match look {
            Look::Amount(Part::Budget(_) | Part::Task(..)) => Some(Self::Amount),
            Look::Count => Some(Self::Whole),
            _ => None,
        }
    }

    pub(super) fn validation(self) -> Result<DataValidation, XlsxError> {
        match self {
            Self::Amount => DataValidation::new()
                .allow_decimal_number(DataValidationRule::GreaterThanOrEqualTo(0.0))
                .set_error_title("金额")?
                .set_error_message("请填写不小于 0 的数字，单位见表头。"),
            Self::Whole => DataValidation::new()
                .allow_whole_number(DataValidationRule::GreaterThanOrEqualTo(0))
                .set_error_title("人数、单位数")?
                .set_error_message("请填写不小于 0 的整数。"),
        }
    }
}
