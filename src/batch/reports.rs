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
            record::{ClosedV1, OutputV1},
            totals::add_up,
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
    let path = desk.folder().join("journal.jsonl");
    let each: &Each<'_> = &|take| {
        for line in Lines::open(&path)? {
            take(&line.kept.file)?;
        }
        Ok(())
    };
    let (totals, repeated) = add_up(each)?;
    let mut reports = Vec::new();
    for (at, name) in REPORTS.iter().enumerate() {
        let part = desk.part(u64::MAX, at);
        let fail = |source| Error::WriteFile { path: part.clone(), source };
        let mut out = BufWriter::new(File::create(&part).map_err(fail)?);
        match *name {
            "report.json" => json::render(&mut out, each, &totals, &repeated)?,
            "report.html" => html::render(&mut out, each, &totals, &repeated, lang)?,
            _ => {
                let folder: &Path = desk.folder();
                let options = xlsx::Options { totals: &totals, repeated: &repeated, lang, folder };
                xlsx::render(&mut out, each, &options)?;
            }
        }
        out.flush().map_err(fail)?;
        drop(out);
        let sha256 = content(&part).unwrap_or_default();
        let place = desk.out.join(name);
        fs::rename(&part, &place)
            .map_err(|source| Error::WriteFile { path: place.clone(), source })?;
        reports.push(OutputV1 { path: (*name).to_owned(), sha256 });
    }
    Ok(ClosedV1 { reports, lang: language(lang).to_owned() })
}
