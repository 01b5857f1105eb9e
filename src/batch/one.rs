//! One file: its content in, what becomes of it out. Nothing here knows of folders or of other files.
//!
//! [`one_file`] is the seam at which the work on a file is put elsewhere ([`apart`]), into a process of its own say: it
//! takes and gives plain values only.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    path::PathBuf,
};

use serde::{Deserialize, Serialize};

use crate::{
    diagnostic::{Diagnostic, Severity, SourceMap},
    error::{Error, Result},
    model::totals::{Total, total},
    pipeline::{Found, Reading, Settings},
    render::{
        format::{Format, Sourced},
        report::record::{FileV1, FindingV1, MOST_FINDINGS, ReturnLineV1, StateV1, TextV1, change},
        xlsx,
    },
};

use super::{apart, load::Steady};

/// What is made of each file. It is sent to whatever does the work elsewhere.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Making {
    /// The formats that are written.
    pub formats: Vec<Format>,
    /// How a workbook is written.
    pub xlsx: xlsx::Options,
    /// Whether each return gets files of its own; else all returns of a file stay together.
    pub apart: bool,
    /// Whether a file with an error is not written.
    pub strict: bool,
    /// What does the work; this process where nothing else is given.
    #[serde(skip)]
    pub elsewhere: Option<apart::Elsewhere>,
}

/// What became of one file.
#[derive(Debug)]
pub struct Outcome {
    /// The record, with neither the source's name nor the outputs.
    pub record: FileV1,
    /// What is to be written, in the order of the returns.
    pub made: Vec<Made>,
}

/// The files made from one return, or from all returns of a file.
#[derive(Debug)]
pub struct Made {
    /// The return's place in [`FileV1::returns`], of which a name can be made; 0 where they stay together.
    pub at: usize,
    /// Each format with its bytes.
    pub files: Vec<(Format, Vec<u8>)>,
}

/// Reads, checks and renders one file. Whatever goes wrong, a panic too, is told in the record.
pub fn one_file(source: &Steady, settings: &Settings<'static>, making: &Making) -> Outcome {
    let known = FileV1 {
        kind: source.kind().to_owned(),
        size: source.size,
        sha256: source.sha256.clone(),
        ..FileV1::default()
    };
    match making.elsewhere {
        Some(elsewhere) => apart::ask(elsewhere, source, known, settings, making),
        None => work_on(known, |settings| source.read(settings), settings, making),
    }
}

/// Makes of a file what is to be made. `known` says what is known of its content alone; `read` reads and checks it.
pub(super) fn work_on(
    known: FileV1,
    read: impl FnOnce(&Settings<'static>) -> Result<Reading<'static>>,
    settings: &Settings<'static>,
    making: &Making,
) -> Outcome {
    guarded(|| Ok(attempt(known.clone(), read, settings, making)))
        .unwrap_or_else(|reason| failed(known, StateV1::Unread, reason))
}

/// Reads and checks one file. A panic is told as an error is.
///
/// # Errors
/// Why nothing could be read.
pub fn read_one(
    source: &Steady,
    settings: &Settings<'static>,
) -> std::result::Result<Reading<'static>, TextV1> {
    guarded(|| source.read(settings).map_err(|error| told(&shown(error, settings))))
}

/// The error with the file's name in place of its path: the report says the same wherever the folder stands.
pub(super) fn shown(error: Error, settings: &Settings<'_>) -> Error {
    match (error, &settings.file) {
        (Error::ReadFile { source, .. }, Some(file)) => {
            Error::ReadFile { path: PathBuf::from(file), source }
        }
        (error, _) => error,
    }
}

/// Does work in which a panic is a fault of one file, not of the run.
fn guarded<T>(
    work: impl FnOnce() -> std::result::Result<T, TextV1>,
) -> std::result::Result<T, TextV1> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
        let said = panic
            .downcast_ref::<String>()
            .map(String::as_str)
            .or_else(|| panic.downcast_ref::<&str>().copied())
            .unwrap_or_default();
        Err(TextV1 {
            en: format!("a fault of this program, please report it with the file: {said}"),
            zh: format!("程序内部错误，请连同文件一并反馈：{said}"),
        })
    })
}

pub(super) fn failed(known: FileV1, state: StateV1, reason: TextV1) -> Outcome {
    let record = FileV1 { state, reason: Some(reason), ..known };
    Outcome { record, made: Vec::new() }
}

fn attempt(
    mut record: FileV1,
    read: impl FnOnce(&Settings<'static>) -> Result<Reading<'static>>,
    settings: &Settings<'static>,
    making: &Making,
) -> Outcome {
    let reading = match read(settings) {
        Ok(reading) => reading,
        Err(error) => return failed(record, StateV1::Unread, told(&shown(error, settings))),
    };
    describe(&reading, &mut record);
    if making.strict && record.counts.errors > 0 {
        record.state = StateV1::Refused;
        record.reason = Some(TextV1 {
            en: "it has errors, and --strict allows none".to_owned(),
            zh: "有错误，按 --strict 不写出".to_owned(),
        });
        return Outcome { record, made: Vec::new() };
    }
    match make(&reading, settings.file.as_deref(), making) {
        Ok(made) => Outcome { record, made },
        Err(error) => {
            record.state = StateV1::Refused;
            record.reason = Some(told(&error));
            Outcome { record, made: Vec::new() }
        }
    }
}

/// An error in both languages, with the system's reason.
pub fn told(error: &Error) -> TextV1 {
    let cause = std::error::Error::source(error).map(|cause| format!(": {cause}"));
    let cause = cause.unwrap_or_default();
    TextV1 { en: format!("{error}{cause}"), zh: error.whole_in_chinese() }
}

fn make(reading: &Reading<'static>, file: Option<&str>, making: &Making) -> Result<Vec<Made>> {
    let all: Vec<Sourced<'_>> = reading.returns.iter().map(|found| sourced(found, file)).collect();
    let size = if making.apart { 1 } else { all.len().max(1) };
    all.chunks(size)
        .enumerate()
        .map(|(at, returns)| {
            let render = |format: &Format| Ok((*format, format.render(returns, making.xlsx)?));
            let files = making.formats.iter().map(render).collect::<Result<_>>()?;
            Ok(Made { at, files })
        })
        .collect()
}

fn sourced<'a>(found: &'a Found<'static>, file: Option<&str>) -> Sourced<'a> {
    Sourced { of: &found.of, edition: found.edition, source: found.source(file) }
}

/// What the record says of a file that was read.
fn describe(reading: &Reading<'static>, record: &mut FileV1) {
    for (sheet, diagnostic) in &reading.skipped {
        add(record, diagnostic, Some(sheet), None);
    }
    for found in &reading.returns {
        record.returns.push(line(found));
        for diagnostic in &found.diagnostics {
            add(record, diagnostic, found.sheet.as_deref(), Some(&found.map));
        }
    }
}

fn line(found: &Found<'static>) -> ReturnLineV1 {
    let sum = |of: Total| total(&found.of, of).known().map(|money| money.to_string());
    ReturnLineV1 {
        department: found.of.department.clone(),
        year: found.of.year,
        level: found.of.level.map(|level| level.name().to_owned()),
        approver: found.of.approver.clone(),
        edition: found.of.edition.clone(),
        sheet: found.sheet.clone(),
        expenditure: sum(Total::Expenditure),
        income: sum(Total::Income),
        tasks: sum(Total::Tasks),
    }
}

fn add(record: &mut FileV1, of: &Diagnostic, sheet: Option<&str>, map: Option<&SourceMap>) {
    match of.severity {
        Severity::Error => record.counts.errors += 1,
        Severity::Warning => record.counts.warnings += 1,
        Severity::Info => record.counts.infos += 1,
    }
    *record.codes.entry(of.code.id.to_owned()).or_default() += 1;
    if let Some(change) = change(of.code.id) {
        record.changed.add(change);
    }
    if of.severity == Severity::Info {
        return;
    }
    if record.findings.len() == MOST_FINDINGS {
        record.more_findings += 1;
        return;
    }
    let cell = map.map_or(of.cell, |map| map.cell_of(of));
    record.findings.push(FindingV1 {
        code: of.code.id.to_owned(),
        severity: of.severity.name().to_owned(),
        sheet: sheet.map(str::to_owned),
        cell: cell.map(|cell| cell.to_string()),
        path: of.path.to_string(),
        message: TextV1 { en: of.message.en.to_string(), zh: of.message.zh.to_string() },
    });
}
