//! The three reports of a run, written from its journal.

use std::{
    fs::{self, File},
    io::{BufWriter, Write},
    path::Path,
    thread,
};

use super::{
    manifest::{Desk, Journal, Lines, REPORTS},
    run::content,
};
use crate::{
    error::{Error, Result},
    render::{
        findings::Lang,
        report::{
            Each, html, json,
            record::{ClosedV1, FileV1, OutputV1},
            totals::{RepeatedV1, TotalsV1, add_up},
            xlsx,
        },
    },
};

fn language(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "en",
        Lang::Zh => "zh",
    }
}

/// Whether the reports stand as the manifest says, in the language that is wanted.
pub(super) fn stand(desk: &Desk, lang: Lang) -> bool {
    desk.closed().is_some_and(|closed| {
        let stands = |report: &OutputV1| {
            content(&desk.out.join(&report.path)).is_some_and(|found| found == report.sha256)
        };
        // They are large, and nothing else is left to do.
        let all_stand = || {
            thread::scope(|scope| {
                let looks = closed.reports.iter().map(|report| scope.spawn(move || stands(report)));
                let looks: Vec<_> = looks.collect();
                looks.into_iter().all(|look| look.join().unwrap_or(false))
            })
        };
        closed.lang == language(lang) && all_stand()
    })
}

/// Writes the reports, and says what was written.
pub(super) fn write(desk: &Desk, journal: &mut Journal, lang: Lang) -> Result<ClosedV1> {
    journal.flush()?;
    let (totals, repeated) = add_up(&|take| each_record(desk, take))?;
    // Nothing else is left to do, so that each may have a core of its own.
    let reports = thread::scope(|scope| {
        let writers: Vec<_> = (0..REPORTS.len())
            .map(|at| {
                let (totals, repeated) = (&totals, &repeated);
                scope.spawn(move || write_one(desk, at, totals, repeated, lang))
            })
            .collect();
        writers
            .into_iter()
            .map(|writer| writer.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect::<Result<_>>()
    })?;
    let repeated = repeated.iter().filter(|one| one.kind == "twice").count() as u64;
    Ok(ClosedV1 { reports, lang: language(lang).to_owned(), repeated })
}

/// Hands out the records of the journal.
fn each_record(desk: &Desk, take: &mut dyn FnMut(&FileV1) -> Result<()>) -> Result<()> {
    for line in Lines::open(&desk.journal())? {
        take(&line.kept.file)?;
    }
    Ok(())
}

fn write_one(
    desk: &Desk,
    at: usize,
    totals: &TotalsV1,
    repeated: &[RepeatedV1],
    lang: Lang,
) -> Result<OutputV1> {
    let name = REPORTS[at];
    let each: &Each<'_> = &|take| each_record(desk, take);
    let part = desk.part(u64::MAX, at);
    let fail = |source| Error::WriteFile { path: part.clone(), source };
    let mut out = BufWriter::new(File::create(&part).map_err(fail)?);
    match name {
        "report.json" => json::render(&mut out, each, totals, repeated)?,
        "report.html" => html::render(&mut out, each, totals, repeated, lang)?,
        _ => {
            let folder: &Path = desk.folder();
            xlsx::render(&mut out, each, &xlsx::Options { totals, repeated, lang, folder })?;
        }
    }
    out.flush().map_err(fail)?;
    drop(out);
    let sha256 = content(&part).unwrap_or_default();
    let place = desk.out.join(name);
    fs::rename(&part, &place).map_err(|source| Error::WriteFile { path: place, source })?;
    Ok(OutputV1 { path: name.to_owned(), sha256 })
}
