//! How the labels of an edition match the sheets of a file.

use super::sheets::is_form;
use crate::{
    error::{Error, Result},
    form::{
        Edition,
        matching::{Matching, matching},
        segment::regions,
        sheet::Sheet as Labelled,
    },
    workbook::Source,
};

/// A form on a sheet, or what stands there instead, beside the labels of an edition.
#[derive(Debug)]
pub struct SheetLabels {
    /// The name of the sheet.
    pub sheet: Option<String>,
    /// Whether enough was found for a form.
    pub is_form: bool,
    /// What matches and what does not.
    pub matching: Matching,
}

/// Compares every visible sheet of a file that was opened before with the labels of an edition.
///
/// # Errors
/// [`Error::NoForm`] for JSON, which has no labels.
pub fn labels(source: Source, edition: &Edition) -> Result<Vec<SheetLabels>> {
    let book = match source {
        Source::Workbook(book) => book,
        Source::Json(_) => {
            return Err(Error::NoForm {
                reason: message!("JSON has no labels to compare", "JSON 没有可以比较的标签"),
            });
        }
    };
    let mut all = Vec::new();
    for sheet in &book.sheets {
        if sheet.hidden || sheet.ours || sheet.grid.cells().is_empty() {
            continue;
        }
        let labelled = Labelled::new(&sheet.grid);
        for region in regions(&labelled, &[edition]) {
            let matching = matching(&labelled, &region, edition);
            let is_form = is_form(&matching.located);
            all.push(SheetLabels { sheet: sheet.name.clone(), is_form, matching });
        }
    }
    Ok(all)
}
