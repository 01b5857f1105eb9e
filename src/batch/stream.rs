//! A list of files as a stream of lines, one a file and in the list's order, so that any scheduler can share it out.

use std::{
    io::Write,
    path::PathBuf,
    sync::atomic::{AtomicBool, Ordering},
};

use super::{
    apart::Elsewhere,
    load, name,
    one::{self, Making, one_file},
    pool,
    sources::irregular,
};
use crate::{
    error::{Error, Result},
    pipeline::Settings,
    render::{
        format::Format,
        report::{
            line,
            record::{FileV1, StateV1},
        },
        xlsx,
    },
};

/// Reads each file and writes its line; goes on while `watch` says so.
///
/// # Errors
/// [`Error::WriteFile`] when the stream takes no more.
pub fn stream(
    paths: impl Iterator<Item = PathBuf> + Send,
    settings: &Settings<'static>,
    elsewhere: Option<Elsewhere>,
    jobs: usize,
    stop: &AtomicBool,
    out: &mut dyn Write,
    watch: &mut dyn FnMut(&FileV1) -> bool,
) -> Result<()> {
    let mut paths = paths;
    pool::ordered(
        jobs,
        // Who writes the list may wait for a line before the next name.
        pool::RETURNS,
        || if stop.load(Ordering::Relaxed) { None } else { paths.next() },
        |_, path: PathBuf| {
            let (record, returns) = file(&path, settings, elsewhere);
            let text = line::render(&record, &returns);
            (record, text)
        },
        |(_, text)| text.as_ref().map_or(0, |text| text.len() as u64),
        |(record, text)| {
            let fail = |source| Error::WriteFile { path: "-".into(), source };
            out.write_all(text?.as_bytes()).and_then(|()| out.flush()).map_err(fail)?;
            Ok(watch(&record))
        },
    )
}

fn file(
    path: &std::path::Path,
    settings: &Settings<'static>,
    elsewhere: Option<Elsewhere>,
) -> (FileV1, String) {
    let shown = name::shown(path);
    if let Some((state, reason)) = irregular(path) {
        let record = FileV1 { source: shown, state, reason: Some(reason), ..FileV1::default() };
        return (record, String::new());
    }
    match load::steady(path, &settings.limits) {
        Ok(content) => {
            let settings = Settings { file: Some(shown.clone()), ..settings.clone() };
            let making = Making {
                formats: vec![Format::Jsonl],
                xlsx: xlsx::Options::default(),
                apart: false,
                strict: false,
                elsewhere,
            };
            let outcome = one_file(&content, &settings, &making);
            let mut files = outcome.made.into_iter().flat_map(|made| made.files);
            // All returns of a file stay together: there is one, or none.
            let text = files.next().map_or_else(Vec::new, |(_, bytes)| bytes);
            let record = FileV1 { source: shown, ..outcome.record };
            (record, String::from_utf8(text).unwrap_or_default())
        }
        Err(error) => {
            let reason = Some(one::told(&error));
            let record =
                FileV1 { source: shown, state: StateV1::Unread, reason, ..FileV1::default() };
            (record, String::new())
        }
    }
}
