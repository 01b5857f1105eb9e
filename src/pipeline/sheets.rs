//! The sheets of a workbook: which of them hold returns, and what becomes of the others.

use super::{
    Found, Reading, Settings,
    beside::{self, beside_the_cells},
    strangers::{self, no_form, other_form},
};
use crate::{
    cell::CellRef,
    diagnostic::{Diagnostic, Message, Severity},
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
    model::field_path::FieldPath,
    workbook::{Fault, Sheet, Workbook},
};

/// Why a sheet holds no return.
pub(super) struct Miss {
    pub(super) cell: CellRef,
    pub(super) reason: Message,
    /// The kind of another form and the words that show it.
    pub(super) other: Option<(&'static str, String)>,
}

/// Reads every sheet that is shown.
pub(super) fn read<'a>(book: &Workbook, settings: &Settings<'a>) -> Result<Reading<'a>> {
    let editions: Vec<&Edition> = match settings.edition {
        Some(edition) => vec![edition],
        None => form::built_in().iter().collect(),
    };
    if let Some(output) = strangers::own_output(book) {
        return Err(output);
    }
    let mut reading = Reading::default();
    let mut misses: Vec<Message> = Vec::new();
    let mut other = None;
    for sheet in &book.sheets {
        let name = sheet.name.clone().unwrap_or_else(|| "text".to_owned());
        if sheet.hidden {
            let message =
                message!("the sheet `{name}` is hidden; not read", "工作表“{name}”已隐藏，未读取");
            reading
                .skipped
                .push((name.clone(), layout::SKIPPED_SHEET.at(FieldPath::Whole, message)));
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
pub(super) fn is_form(located: &Located) -> bool {
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
