//! Input rules of the blank form: no negative amounts, whole headcounts.

use rust_xlsxwriter::{DataValidation, DataValidationRule, Worksheet, XlsxError};

use super::Place;
use crate::render::drawing::{Look, Part};

pub(super) fn add(sheet: &mut Worksheet, place: Place, look: Look) -> Result<(), XlsxError> {
    let rule = match look {
        Look::Amount(Part::Budget(_) | Part::Task(..)) => DataValidation::new()
            .allow_decimal_number(DataValidationRule::GreaterThanOrEqualTo(0.0))
            .set_error_title("金额")?
            .set_error_message("请填写不小于 0 的数字，单位见表头。")?,
        Look::Count => DataValidation::new()
            .allow_whole_number(DataValidationRule::GreaterThanOrEqualTo(0))
            .set_error_title("人数、单位数")?
            .set_error_message("请填写不小于 0 的整数。")?,
        _ => return Ok(()),
    };
    sheet.add_data_validation(
        place.first_row,
        place.first_col,
        place.last_row,
        place.last_col,
        &rule,
    )?;
    Ok(())
}
