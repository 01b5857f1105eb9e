//! Findings as text lines and as JSON.

use serde::Serialize;

use crate::{
    diagnostic::{Diagnostic, Severity, SourceMap},
    error::{Error, Result},
};

/// The language of messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Chinese.
    Zh,
}

/// A finding with the place it is shown with.
#[derive(Debug)]
pub struct Placed<'a> {
    /// The file as named by the user.
    pub file: &'a str,
    /// The worksheet's name.
    pub sheet: Option<&'a str>,
    /// The map of the return that the finding is about.
    pub map: Option<&'a SourceMap>,
    /// The finding.
    pub diagnostic: &'a Diagnostic,
}

impl Placed<'_> {
    fn cell(&self) -> Option<String> {
        let cell = match self.map {
            Some(map) => map.cell_of(self.diagnostic),
            None => self.diagnostic.cell,
        };
        cell.map(|cell| cell.to_string())
    }

    fn message(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => &self.diagnostic.message.en,
            Lang::Zh => &self.diagnostic.message.zh,
        }
    }

    /// `file:Sheet1!B7: budget.basic_expenditure: V101 unreadable-amount: … (error)`
    pub fn line(&self, lang: Lang) -> String {
        let code = self.diagnostic.code;
        let place = match (self.sheet, self.cell()) {
            (Some(sheet), Some(cell)) => format!(":{sheet}!{cell}"),
            (Some(sheet), None) => format!(":{sheet}"),
            (None, Some(cell)) => format!(":{cell}"),
            (None, None) => String::new(),
        };
        let severity = match (lang, self.diagnostic.severity) {
            (Lang::En, severity) => format!(" ({})", severity.name()),
            (Lang::Zh, Severity::Error) => "（错误）".to_owned(),
            (Lang::Zh, Severity::Warning) => "（提醒）".to_owned(),
            (Lang::Zh, Severity::Info) => "（说明）".to_owned(),
        };
        // One finding is one line, whatever the quoted text holds.
        let message = self.message(lang).replace('\n', "⏎");
        format!(
            "{}{place}: {}: {} {}: {message}{severity}",
            self.file, self.diagnostic.path, code.id, code.name
        )
    }
}

#[derive(Serialize)]
struct FindingV1<'a> {
    file: &'a str,
    sheet: Option<&'a str>,
    cell: Option<String>,
    path: String,
    code: &'a str,
    name: &'a str,
    severity: &'a str,
    message: &'a str,
}

/// A JSON array of findings, put together one by one.
#[derive(Debug, Default)]
pub struct Array {
    begun: bool,
}

impl Array {
    /// Adds a finding to the text of the array.
    ///
    /// # Errors
    /// [`Error::Render`], which no finding should bring about.
    pub fn add(&mut self, text: &mut Vec<u8>, placed: &Placed<'_>, lang: Lang) -> Result<()> {
        let record = FindingV1 {
            file: placed.file,
            sheet: placed.sheet,
            cell: placed.cell(),
            path: placed.diagnostic.path.to_string(),
            code: placed.diagnostic.code.id,
            name: placed.diagnostic.code.name,
            severity: placed.diagnostic.severity.name(),
            message: placed.message(lang),
        };
        let record = serde_json::to_string_pretty(&record)
            .map_err(|error| Error::Render { output: "JSON", reason: error.to_string() })?;
        text.extend(if self.begun { b",\n  " } else { b"[\n  ".as_slice() });
        // A line's end in a text is escaped: those that stand are between lines of the record.
        text.extend(record.replace('\n', "\n  ").bytes());
        self.begun = true;
        Ok(())
    }

    /// Ends the array.
    pub fn end(&self, text: &mut Vec<u8>) {
        text.extend(if self.begun { b"\n]\n" } else { b"[]\n".as_slice() });
    }
}
