//! The submission-ready workbook: one sheet a return in the official layout, and a sheet that checks the totals.

pub(super) mod fit;
mod form_sheet;
mod heights;
mod library;
mod looks;
mod names;
mod press;
mod rules;
mod sheet;
mod totals_sheet;

use rust_xlsxwriter::XlsxError;
use serde::{Deserialize, Serialize};

use self::form_sheet::Form;
use super::drawing::draw;
use crate::{
    error::{Error, Result},
    form::Edition,
    model::Return,
};

/// How a workbook is to be written.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Options {
    /// Whether the sheet 合计核对 is written.
    pub totals_sheet: bool,
    /// Whether the form is the blank official one, with input rules and empty rows for tasks.
    pub blank: bool,
    /// Whether the workbook is one of many, so that what all of them share is made once. It is the
    /// same to the byte.
    pub bulk: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { totals_sheet: true, blank: false, bulk: false }
    }
}

/// Renders returns into one workbook, a form sheet each.
///
/// # Errors
/// [`Error::Render`] when the writer refuses, which no canonical return should bring about.
pub fn render(returns: &[(&Return, &Edition)], options: Options) -> Result<Vec<u8>> {
    render_named(returns, &[], options)
}

/// As [`render`], with names for the sheets of a workbook of several: those that are asked for, else the departments'.
///
/// # Errors
/// Those of [`render`].
pub fn render_named(
    returns: &[(&Return, &Edition)],
    sheets: &[Option<&str>],
    options: Options,
) -> Result<Vec<u8>> {
    workbook(returns, sheets, options)
        .map_err(|error| Error::Render { output: "xlsx", reason: error.to_string() })
}

/// The names of the sheets that returns of one workbook came from, for theirs; none where all stand on one sheet, nor
/// for tables of a document, which have numbers and no names.
pub fn kept<'a>(names: &[Option<&'a str>]) -> Vec<Option<&'a str>> {
    let is_named = |name: Option<&str>| name.is_some_and(|name| !name.starts_with("table "));
    let several = names.len() == 1 || names.iter().any(|name| *name != names[0]);
    if several && names.iter().copied().all(is_named) { names.to_vec() } else { Vec::new() }
}

fn workbook(
    returns: &[(&Return, &Edition)],
    sheets: &[Option<&str>],
    options: Options,
) -> std::result::Result<Vec<u8>, XlsxError> {
    let names = names::form_sheets(returns.iter().map(|(of, _)| *of), sheets);
    let drawings: Vec<_> =
        returns.iter().map(|(of, edition)| draw(of, edition, options.blank)).collect();
    let mut sheets = Vec::with_capacity(returns.len() + 1);
    let mut blocks = Vec::with_capacity(returns.len());
    for (((of, edition), name), drawing) in returns.iter().zip(&names).zip(&drawings) {
        let form = Form::new(edition, drawing, options.blank);
        sheets.push((form.sheet(name, options.blank), &edition.layout));
        blocks.push(totals_sheet::Block::new(of, edition, name, form.cells_of_parts()));
    }
    if let Some((_, edition)) = returns.first().filter(|_| options.totals_sheet && !options.blank) {
        sheets.push((totals_sheet::sheet(&blocks, &names), &edition.layout));
    }
    let title = returns.first().and_then(|(of, _)| of.title.as_deref());
    let title = title.unwrap_or("部门整体预算绩效目标表");
    let pressed = match sheets.as_slice() {
        [(form, layout)] if options.bulk => press::workbook(form, None, layout, title),
        [(form, layout), (totals, _)] if options.bulk && returns.len() == 1 => {
            press::workbook(form, Some(totals), layout, title)
        }
        _ => None,
    };
    pressed.map_or_else(|| library::workbook(&sheets, title), Ok)
}
