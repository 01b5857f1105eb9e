//! Where a return contradicts what its printed form would show.

use crate::{
    diagnostic::Diagnostic,
    extract::layout,
    form::Edition,
    model::{Return, field_path::Field, year},
};

/// Says that the title states another year than the return: the printed form shows the title's.
pub(super) fn year_against_title(of: &Return) -> Option<Diagnostic> {
    let stated = of.title.as_deref().and_then(year::in_title)?;
    if of.year == Some(stated) {
        return None;
    }
    let year = of.year.map_or_else(|| "null".to_owned(), |year| year.to_string());
    let message = message!(
        "the year is {year} but the title states {stated}, which is what the printed form shows",
        "年度为 {year}，而标题写的是 {stated}，打印出的表以标题为准"
    );
    Some(layout::NOT_CARRIED.at(Field::Year, message))
}

/// Says that the printed form would be taken for another edition: its tasks are in another unit than the edition prints, or
/// it is of another level of government.
pub(super) fn edition_against_form(of: &Return, edition: &Edition) -> Option<Diagnostic> {
    if edition.admits(of.level, of.units.tasks) {
        return None;
    }
    let name = &edition.name;
    let message = message!(
        "the edition is `{name}`, but level or unit of the tasks are not of it: the printed form will be taken for another edition",
        "表样为 `{name}`，但级次或任务金额单位与其不符，打印出的表会被认作另一种表样"
    );
    Some(layout::NOT_CARRIED.at(Field::Level, message))
}
