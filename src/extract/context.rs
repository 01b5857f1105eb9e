//! What the parts of the extraction share: the sheet, the account, the findings.

use super::account::Place;
use crate::{
    cell::CellRef,
    diagnostic::{Code, Diagnostic, Message, SourceMap},
    form::{Edition, sheet::Sheet},
    grid::Value,
    model::{field_path::FieldPath, target::Readings, text},
};

/// Everything in hand while one form is read.
pub(super) struct Context<'a, 'g> {
    pub(super) sheet: &'a Sheet<'g>,
    pub(super) edition: &'a Edition,
    pub(super) year: Option<i32>,
    pub(super) readings: Readings,
    pub(super) places: &'a mut [Option<Place>],
    pub(super) map: SourceMap,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl Context<'_, '_> {
    pub(super) fn at(&self, index: usize) -> CellRef {
        self.sheet.cell(index).at
    }

    pub(super) fn value(&self, index: usize) -> &Value {
        &self.sheet.cell(index).value
    }

    /// Books a cell under a field.
    pub(super) fn book(&mut self, index: usize, path: FieldPath) {
        self.map.add(path, self.at(index));
        self.places[index] = Some(Place::Field(path));
        if self.sheet.cell(index).struck {
            let quoted = self.quoted(index);
            self.report_struck(&quoted, path);
        }
    }

    /// Says that a text is struck through, all of it or a part.
    pub(super) fn report_struck(&mut self, quoted: &str, path: FieldPath) {
        let message = message!(
            "{quoted} is struck through, or a part of it; read all the same",
            "{quoted} 全部或部分带删除线，仍已读入"
        );
        self.find(&super::value::STRUCK, path, message);
    }

    /// Takes a cell back from the field that it was booked under: it only stands for one.
    pub(super) fn unbook(&mut self, index: usize) {
        if let Some(Place::Field(path)) = self.places[index] {
            self.map.remove(path, self.at(index));
        }
        self.places[index] = Some(Place::Label);
    }

    pub(super) fn find(&mut self, code: &'static Code, path: FieldPath, message: Message) {
        self.diagnostics.push(code.at(path, message));
    }

    /// Reports a cell that goes nowhere else.
    pub(super) fn set_aside(&mut self, code: &'static Code, index: usize, message: Message) {
        self.diagnostics.push(code.on(self.at(index), message));
        self.places[index] = Some(Place::Found(code));
    }

    /// Reports a cell, which goes nowhere else unless it was read.
    pub(super) fn doubt(&mut self, code: &'static Code, index: usize, message: Message) {
        self.diagnostics.push(code.on(self.at(index), message));
        self.places[index].get_or_insert(Place::Found(code));
    }

    /// The cell's content between backticks.
    pub(super) fn quoted(&self, index: usize) -> String {
        format!("`{}`", self.plain(index))
    }

    /// The cell's content as text in its normal form.
    pub(super) fn plain(&self, index: usize) -> String {
        plain(self.value(index))
    }
}

/// A value as text in its normal form: what the sheet shows.
pub fn plain(value: &Value) -> String {
    match value {
        Value::Text(text) if text::is_clean(text) => text.clone(),
        Value::Text(text) => text::clean(text).text,
        Value::Number(number) => super::value::number_text(number),
        Value::Boolean(true) => "TRUE".to_owned(),
        Value::Boolean(false) => "FALSE".to_owned(),
        Value::Error(error) => error.clone(),
        Value::Formula(formula) => formula.clone(),
    }
}
