//! Bytes into checked returns: workbook, form, extract and check put together.

mod beside;
mod conflicts;
mod digits;
pub mod labels;
mod shown;
mod strangers;

use std::io::Read;

use self::{
    beside::beside_the_cells,
    conflicts::{edition_against_form, year_against_title},
    strangers::{no_form, other_form},
};
use crate::{
    cell::{CellRange, CellRef},
    check::{self, Subject},
    diagnostic::{Diagnostic, Message, Severity, SourceMap},
    error::{Error, Result},
    extract::{
        self, Hints,
        account::{Entry, Place},
        layout,
    },
    form::{
        self, Edition,
        located::Located,
        recognise::recognise,
        segment::{Region, regions},
        sheet::Sheet as Labelled,
    },
    json::{self, v1::SourceV1},
    model::{Return, totals::Declared},
    workbook::{self, Fault, Limits, Sheet, Source, Workbook},
};

/// Opens the content of a file, of about so many bytes, as [`workbook::open`] does: in a process of its own for instance.
pub type Opener = fn(&mut dyn Read, u64, &workbook::Options) -> Result<Source>;

/// How a file is to be read.
#[derive(Clone, Debug, Default)]
pub struct Settings<'a> {
    /// The edition, where the user names it.
    pub edition: Option<&'a Edition>,
    /// The year, where the user states it.
    pub year: Option<i32>,
    /// The encoding of delimited text, where the user names it.
    pub encoding: Option<String>,
    /// The file as named on the command line; its last part may tell the year.
    pub file: Option<String>,
    /// How much is read at most.
    pub limits: Limits,
    /// Whether to give an account of every cell.
    pub account: bool,
    /// What opens the file; [`workbook::open`] where nothing else is given.
    pub opener: Option<Opener>,
}

impl Settings<'_> {
    /// How the file is to be opened.
    pub fn options(&self) -> workbook::Options {
        workbook::Options { encoding: self.encoding.clone(), limits: self.limits.clone() }
    }
}

/// A return that was found in a file.
#[derive(Debug)]
pub struct Found<'a> {
    /// The return.
    pub of: Return,
    /// The edition that it follows.
    pub edition: &'a Edition,
    /// The name of its sheet.
    pub sheet: Option<String>,
    /// The range of the form.
    pub range: Option<CellRange>,
    /// Which cell each field came from.
    pub map: SourceMap,
    /// Every finding: of reading, then of checking.
    pub diagnostics: Vec<Diagnostic>,
    /// The totals that the source stated.
    pub declared: Vec<Declared>,
    /// Where every cell went, if asked for; empty for JSON.
    pub account: Vec<Entry>,
}

/// What a file holds.
#[derive(Debug, Default)]
pub struct Reading<'a> {
    /// The returns, in the order of the workbook.
    pub returns: Vec<Found<'a>>,
    /// Findings about sheets that hold no return: the sheet and the finding.
    pub skipped: Vec<(String, Diagnostic)>,
}

impl Found<'_> {
    /// Where the return was read, as JSON states it.
    pub fn source(&self, file: Option<&str>) -> SourceV1 {
        SourceV1 {
            file: file.map(str::to_owned),
            sheet: self.sheet.clone(),
            range: self.range.map(|range| range.to_string()),
        }
    }
}

/// Reads and checks every return of a file.
///
/// # Errors
/// When nothing of the file can be read: those of [`workbook::open`], [`Error::NoForm`], [`Error::OtherForm`],
/// [`Error::Json`].
pub fn read<'a>(bytes: &[u8], settings: &Settings<'a>) -> Result<Reading<'a>> {
    let options = settings.options();
    let source = match settings.opener {
        Some(open) => open(&mut &bytes[..], bytes.len() as u64, &options)?,
        None => workbook::open(bytes, &options)?,
    };
    read_source(source, settings)
}

/// Reads and checks every return of a file as its content comes, of about `size` bytes. With an [`Opener`] it is never
/// held whole in this process.
///
/// # Errors
/// As [`read`]; [`Error::ReadFile`] when the content can't be read.
pub fn read_from<'a>(
    content: &mut dyn Read,
    size: u64,
    settings: &Settings<'a>,
) -> Result<Reading<'a>> {
    match settings.opener {
        Some(open) => read_source(open(content, size, &settings.options())?, settings),
        None => read(&workbook::load_stream(content, &settings.limits)?, settings),
    }
}

/// Reads and checks every return of a file that was opened before, with [`Settings::options`].
///
/// # Errors
/// As [`read`], but for those of [`workbook::open`].
pub fn read_source<'a>(source: Source, settings: &Settings<'a>) -> Result<Reading<'a>> {
    let mut reading = match source {
        Source::Json(text) => read_json(&text, settings)?,
        Source::Workbook(book) => read_workbook(&book, settings)?,
    };
    for found in &mut reading.returns {
        digits::tell(&found.of, &mut found.diagnostics);
        found.diagnostics.extend(year_against_title(&found.of));
        found.diagnostics.extend(edition_against_form(&found.of, found.edition));
        let subject = Subject {
            of: &found.of,
            declared: &found.declared,
            identities: &found.edition.identities,
        };
        found.diagnostics.extend(check::check(&subject));
    }
    Ok(reading)
}

fn read_json<'a>(text: &str, settings: &Settings<'a>) -> Result<Reading<'a>> {
    let edition = |name: &str| match settings.edition {
        Some(edition) => Ok(edition),
        None => form::by_name(name),
    };
    let mut returns = Vec::new();
    for mut read in json::read(text, edition)? {
        read.of.year = settings.year.or(read.of.year);
        let edition = edition(&read.of.edition)?;
        read.diagnostics.extend(shown::lost(&read.of, edition));
        returns.push(Found {
            edition,
            of: read.of,
            sheet: None,
            range: None,
            map: SourceMap::default(),
            diagnostics: read.diagnostics,
            declared: read.declared,
            account: Vec::new(),
        });
    }
    if returns.is_empty() {
        return Err(Error::NoForm {
            reason: message!(
                "the JSON holds no return (an empty list)",
                "JSON 中没有目标表（空列表）"
            ),
        });
    }
    Ok(Reading { returns, skipped: Vec::new() })
}

/// Why a sheet holds no return.
struct Miss {
    cell: CellRef,
    reason: Message,
    /// The kind of another form and the words that show it.
    other: Option<(&'static str, String)>,
}

fn read_workbook<'a>(book: &Workbook, settings: &Settings<'a>) -> Result<Reading<'a>> {
    let editions: Vec<&Edition> = match settings.edition {
        Some(edition) => vec![edition],
        None => form::built_in().iter().collect(),
    };
    let mut reading = Reading::default();
    let mut misses: Vec<Message> = Vec::new();
    let mut other = None;
    for sheet in &book.sheets {
        let name = sheet.name.clone().unwrap_or_else(|| "text".to_owned());
        if sheet.hidden {
            let message =
                message!("the sheet `{name}` is hidden; not read", "工作表“{name}”已隐藏，未读取");
            reading.skipped.push((
                name.clone(),
                layout::SKIPPED_SHEET.at(crate::model::field_path::FieldPath::Whole, message),
            ));
            misses.push(message!("sheet `{name}` is hidden", "工作表“{name}”已隐藏"));
            continue;
        }
        if let Some(fault @ Fault::Lost) = sheet.fault {
            reading.skipped.push((name.clone(), beside::fault(fault)));
            misses.push(message!("sheet `{name}` is damaged", "工作表“{name}”已损坏"));
            continue;
        }
        if sheet.ours {
            continue;
        }
        if let Some((finding, miss)) = strangers::without_cells(sheet, &name) {
            reading.skipped.extend(sheet.name.is_some().then_some((name, finding)));
            misses.push(miss);
            continue;
        }
        match read_sheet(sheet, &editions, settings) {
            Ok(found) => reading.returns.extend(found),
            Err(miss) => {
                let (en, zh) = (&miss.reason.en, &miss.reason.zh);
                let message =
                    message!("the sheet `{name}` is not read: {en}", "工作表“{name}”未读取：{zh}");
                let mut finding = layout::SKIPPED_SHEET.on(miss.cell, message);
                if miss.other.is_none() && strangers::bears_a_title(&sheet.grid, &editions) {
                    finding = finding.as_severity(Severity::Error);
                }
                reading.skipped.push((name.clone(), finding));
                if let Some((kind, found)) = miss.other {
                    let place = sheet.name.as_ref().map_or_else(
                        || miss.cell.to_string(),
                        |name| format!("{name}!{}", miss.cell),
                    );
                    other = other.or(Some(Error::OtherForm { place, kind, found }));
                }
                misses.push(message!("sheet `{name}`: {en}", "工作表“{name}”：{zh}"));
            }
        }
    }
    if !reading.returns.is_empty() {
        return Ok(reading);
    }
    if misses.is_empty() {
        misses.push(message!("the workbook has no worksheet", "工作簿中没有工作表"));
    }
    let (en, zh): (Vec<_>, Vec<_>) = misses.into_iter().map(|miss| (miss.en, miss.zh)).unzip();
    let reason = Message { en: en.join("; ").into(), zh: zh.join("；").into() };
    let none = Error::NoForm { reason };
    Err(other.unwrap_or(none))
}

fn read_sheet<'a>(
    sheet: &Sheet,
    editions: &[&'a Edition],
    settings: &Settings<'a>,
) -> std::result::Result<Vec<Found<'a>>, Miss> {
    let labelled = Labelled::new(&sheet.grid);
    let mut others = Vec::new();
    let mut places: Vec<Option<Place>> = vec![None; sheet.grid.cells().len()];
    let mut returns: Vec<Found<'a>> = Vec::new();
    for region in regions(&labelled, editions) {
        if let Some(miss) = other_form(&labelled, &region) {
            others.push((region, miss));
            continue;
        }
        let Some((edition, located)) = recognise(&labelled, &region, editions) else { continue };
        if !is_form(&located) {
            continue;
        }
        let file =
            settings.file.as_deref().map(|file| file.rsplit(['/', '\\']).next().unwrap_or(file));
        let hints = Hints { year: settings.year, sheet: sheet.name.as_deref(), file };
        let read = extract::extract(&labelled, &located, edition, hints, &mut places);
        let mut found = Found {
            of: read.of,
            edition,
            sheet: sheet.name_at(located.area),
            range: located.area,
            map: read.map,
            diagnostics: read.diagnostics,
            declared: read.declared,
            account: Vec::new(),
        };
        unplaced(&labelled, &region, &mut places, &mut found.diagnostics);
        if settings.account {
            found.account = account(&labelled, &region, &places);
        }
        returns.push(found);
    }
    let Some(first) = returns.first_mut() else {
        return Err(others
            .into_iter()
            .next()
            .map_or_else(|| no_form(&labelled, editions), |(_, miss)| miss));
    };
    for (region, miss) in &others {
        let (en, zh) = (&miss.reason.en, &miss.reason.zh);
        first
            .diagnostics
            .push(layout::SKIPPED_SHEET.on(miss.cell, message!("not read: {en}", "未读取：{zh}")));
        for (place, _) in
            places.iter_mut().zip(sheet.grid.cells()).filter(|(_, cell)| region.contains(cell.at))
        {
            place.get_or_insert(Place::Found(&layout::SKIPPED_SHEET));
        }
    }
    beside_the_cells(sheet, &mut first.diagnostics);
    let all = Region { rows: (0, u32::MAX), cols: (0, u32::MAX), edge: u32::MAX };
    unplaced(&labelled, &all, &mut places, &mut first.diagnostics);
    Ok(returns)
}

/// Whether what was located is a form, be it with blocks missing.
fn is_form(located: &Located) -> bool {
    let fields = located
        .fields
        .iter()
        .filter(|field| !field.value.is_empty() || field.inline.is_some())
        .count();
    let tables = located.tables.len();
    let title = usize::from(located.title.is_some());
    title + fields.min(3) + tables * 2 >= 3
}

/// Quotes every cell of a region that went nowhere.
fn unplaced(
    sheet: &Labelled<'_>,
    region: &Region,
    places: &mut [Option<Place>],
    found: &mut Vec<Diagnostic>,
) {
    for index in sheet.grid.indices(region.rows.0, region.rows.1) {
        let cell = sheet.cell(index);
        if places[index].is_some() || !region.contains(cell.at) {
            continue;
        }
        let text = extract::plain(&cell.value);
        let message =
            message!("`{text}` belongs to no field; not kept", "`{text}` 未能归入任何栏目，未保留");
        found.push(layout::UNPLACED.on(cell.at, message));
        places[index] = Some(Place::Found(&layout::UNPLACED));
    }
}

fn account(sheet: &Labelled<'_>, region: &Region, places: &[Option<Place>]) -> Vec<Entry> {
    let cells = sheet.grid.indices(region.rows.0, region.rows.1);
    cells
        .filter(|index| region.contains(sheet.cell(*index).at))
        .filter_map(|index| {
            let cell = sheet.cell(index);
            let text = sheet.text(index).map_or_else(|| extract::plain(&cell.value), str::to_owned);
            Some(Entry { cell: cell.at, text, place: places[index]? })
        })
        .collect()
}
