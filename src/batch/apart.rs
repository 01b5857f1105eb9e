//! The work on a file done elsewhere: what is sent there, what comes back, and the doing of it on that side.
//!
//! Sent are how to read, what to make and the content; back come the record and the files that were made. Both sides
//! are the same program, so neither needs a schema that lasts.

use std::{
    io::Read,
    sync::{Mutex, PoisonError},
};

use serde::{Deserialize, Serialize};

use super::{
    load::Steady,
    one::{Made, Making, Outcome, failed, shown, told, work_on},
};
use crate::{
    error::{Error, Result},
    form::{self, Edition},
    pipeline::{self, Settings},
    render::{
        format::Format,
        report::record::{FileV1, StateV1},
    },
    workbook::{Limits, Options, Source},
};

/// Does a task on the content of a file, of about so many bytes: what [`answer`] is on the other side. Gives the parts of
/// its answer.
pub type Elsewhere = fn(&[u8], &mut dyn Read, u64, &Limits) -> Result<Vec<Vec<u8>>>;

/// Everything that the other side must know besides the content.
#[derive(Serialize, Deserialize)]
struct Task {
    known: FileV1,
    file: Option<String>,
    edition: Option<Wanted>,
    year: Option<i32>,
    options: Options,
    making: Making,
}

/// The edition that the user names.
#[derive(Serialize, Deserialize)]
enum Wanted {
    BuiltIn(String),
    /// One of the user's own, by the text of its file.
    Own(String),
}

/// The first part of an answer; the bytes of the files follow in this order.
#[derive(Serialize, Deserialize)]
struct Answer {
    record: FileV1,
    made: Vec<(usize, Vec<Format>)>,
}

/// Has the work on a file done elsewhere. Whatever goes wrong there is told in the record.
pub(super) fn ask(
    elsewhere: Elsewhere,
    source: &Steady,
    known: FileV1,
    settings: &Settings<'static>,
    making: &Making,
) -> Outcome {
    let task = Task {
        known,
        file: settings.file.clone(),
        edition: settings.edition.map(wanted),
        year: settings.year,
        options: settings.options(),
        making: making.clone(),
    };
    let sent = serde_json::to_vec(&task).map_err(|error| broken(&error.to_string()));
    let limits = &settings.limits;
    let attempt = |sent: &Vec<u8>| {
        source
            .pass(limits, |content, size| elsewhere(sent, content, size, limits))
            .and_then(outcome)
    };
    let ended = sent.and_then(|sent| match attempt(&sent) {
        // The worker may have died of something else.
        Err(Error::Damaged { .. }) => attempt(&sent),
        ended => ended,
    });
    ended.unwrap_or_else(|error| {
        let again = is_passing(&error);
        let mut outcome = failed(task.known, StateV1::Unread, told(&shown(error, settings)));
        outcome.record.again = again;
        outcome
    })
}

/// Whether an error of the other side may be none another time: it died, took too long or was not there at all.
fn is_passing(error: &Error) -> bool {
    match error {
        Error::Damaged { .. } | Error::Worker { .. } => true,
        Error::Limit { limit, .. } => *limit == Limits::SECONDS,
        _ => false,
    }
}

/// The outcome that an answer tells.
fn outcome(parts: Vec<Vec<u8>>) -> Result<Outcome> {
    let mut parts = parts.into_iter();
    let head = parts.next().ok_or_else(|| broken("it is empty"))?;
    let answer: Answer =
        serde_json::from_slice(&head).map_err(|error| broken(&error.to_string()))?;
    let mut file = |format| Ok((format, parts.next().ok_or_else(|| broken("a file is missing"))?));
    let made = answer.made.into_iter().map(|(at, formats)| {
        Ok(Made { at, files: formats.into_iter().map(&mut file).collect::<Result<_>>()? })
    });
    Ok(Outcome { made: made.collect::<Result<_>>()?, record: answer.record })
}

fn broken(why: &str) -> Error {
    Error::Worker {
        reason: message!("its answer can't be read ({why})", "无法解读其应答（{why}）"),
    }
}

/// Does a task that was sent to [`Elsewhere`]; `open` opens the content.
pub fn answer(
    task: &[u8],
    content: Vec<u8>,
    open: impl FnOnce(&[u8], &Options) -> Result<Source>,
) -> Vec<Vec<u8>> {
    // What can't be told in a record is told by an answer without parts.
    let Ok(task) = serde_json::from_slice::<Task>(task) else { return Vec::new() };
    let Task { known, file, edition, year, options, making } = task;
    let Options { encoding, limits } = options;
    let settings = Settings { year, encoding, file, limits, ..Settings::default() };
    let read = |settings: &Settings<'static>| {
        let edition = edition.map(known_edition).transpose()?;
        let source = open(&content, &settings.options())?;
        // Both of them together may be more memory than there is.
        drop(content);
        pipeline::read_source(source, &Settings { edition, ..settings.clone() })
    };
    let Outcome { record, made } = work_on(known, read, &settings, &making);
    let formats = |made: &Made| made.files.iter().map(|(format, _)| *format).collect();
    let head = Answer { record, made: made.iter().map(|made| (made.at, formats(made))).collect() };
    let Ok(head) = serde_json::to_vec(&head) else { return Vec::new() };
    let files = made.into_iter().flat_map(|made| made.files).map(|(_, bytes)| bytes);
    std::iter::once(head).chain(files).collect()
}

fn wanted(edition: &'static Edition) -> Wanted {
    match form::by_name(&edition.name) {
        Ok(known) if std::ptr::eq(known, edition) => Wanted::BuiltIn(edition.name.clone()),
        _ => Wanted::Own(edition.text.clone()),
    }
}

/// The edition of the last task that named one of the user's own; the next one names it again.
static OWN: Mutex<Option<&'static Edition>> = Mutex::new(None);

fn known_edition(wanted: Wanted) -> Result<&'static Edition> {
    let text = match wanted {
        Wanted::BuiltIn(name) => return form::by_name(&name),
        Wanted::Own(text) => text,
    };
    let mut own = OWN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = own.filter(|known| known.text == text) {
        return Ok(known);
    }
    let edition: &'static Edition = Box::leak(Box::new(form::parse(&text)?));
    *own = Some(edition);
    Ok(edition)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        batch::{load::steady, one::one_file},
        render::xlsx,
    };

    const SAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/samples");

    #[allow(clippy::unnecessary_wraps)] // as any other side
    fn here(task: &[u8], content: &mut dyn Read, _: u64, _: &Limits) -> Result<Vec<Vec<u8>>> {
        let mut bytes = Vec::new();
        content.read_to_end(&mut bytes).unwrap();
        Ok(answer(task, bytes, crate::workbook::open))
    }

    fn making(elsewhere: Option<Elsewhere>) -> Making {
        Making {
            formats: vec![Format::Xlsx, Format::Json, Format::Csv],
            xlsx: xlsx::Options::default(),
            apart: true,
            strict: false,
            elsewhere,
        }
    }

    fn same(settings: &Settings<'static>) {
        for name in
            ["town.xlsx", "two-below.xlsx", "returns.jsonl", "half-a-form.xlsx", "empty.xlsx"]
        {
            let path = std::path::Path::new(SAMPLES).join(name);
            let source = steady(&path, &settings.limits).unwrap();
            let settings = Settings { file: Some(name.to_owned()), ..settings.clone() };
            let [one, other] = [None, Some(here as Elsewhere)]
                .map(|side| one_file(&source, &settings, &making(side)));
            assert_eq!(one.record, other.record, "{name}");
            let files = |made: Vec<Made>| -> Vec<_> {
                made.into_iter().map(|made| (made.at, made.files)).collect()
            };
            assert_eq!(files(one.made), files(other.made), "{name}");
        }
    }

    #[test]
    fn what_is_made_elsewhere_is_what_is_made_here() {
        same(&Settings::default());
        same(&Settings {
            year: Some(1998),
            encoding: Some("gb18030".to_owned()),
            ..Settings::default()
        });
    }

    #[test]
    fn an_edition_of_the_user_goes_along() {
        let built_in = form::built_in().last().unwrap();
        same(&Settings { edition: Some(built_in), ..Settings::default() });
        let name = |name: &str| format!("name = \"{name}\"");
        let text = built_in.text.replace(&name(&built_in.name), &name("ours"));
        for text in [text.clone(), format!("{text}\n# another\n")] {
            let own: &'static Edition = Box::leak(Box::new(form::parse(&text).unwrap()));
            assert!(matches!(wanted(own), Wanted::Own(_)));
            same(&Settings { edition: Some(own), ..Settings::default() });
        }
    }

    #[test]
    fn an_answer_that_makes_no_sense_is_told_in_the_record() {
        let path = std::path::Path::new(SAMPLES).join("town.xlsx");
        let source = steady(&path, &Limits::default()).unwrap();
        let sides: [Elsewhere; 3] = [
            |_, _, _, _| Ok(Vec::new()),
            |_, _, _, _| Ok(vec![b"{}".to_vec()]),
            |task, content, size, limits| {
                here(task, content, size, limits).map(|mut parts| {
                    parts.truncate(1);
                    parts
                })
            },
        ];
        for side in sides {
            let outcome = one_file(&source, &Settings::default(), &making(Some(side)));
            assert_eq!(outcome.record.state, StateV1::Unread);
            assert!(outcome.record.reason.unwrap().en.contains("its answer can't be read"));
            assert!(outcome.made.is_empty());
        }
    }

    #[test]
    fn a_side_that_dies_is_asked_once_more_and_a_later_run_tries_again() {
        use std::sync::atomic::{AtomicUsize, Ordering};
        static DEATHS: AtomicUsize = AtomicUsize::new(0);
        let path = std::path::Path::new(SAMPLES).join("town.xlsx");
        let source = steady(&path, &Limits::default()).unwrap();
        let once: Elsewhere = |task, content, size, limits| {
            if DEATHS.fetch_add(1, Ordering::SeqCst) == 0 {
                let reason = message!("its reader stopped", "读取程序中途停止");
                return Err(Error::Damaged { container: "given", reason });
            }
            here(task, content, size, limits)
        };
        let outcome = one_file(&source, &Settings::default(), &making(Some(once)));
        assert_eq!((outcome.record.state, outcome.record.again), (StateV1::Written, false));
        let ends: [(Elsewhere, bool); 2] = [
            (
                |_, _, _, _| {
                    let reason = message!("its reader stopped", "读取程序中途停止");
                    Err(Error::Damaged { container: "given", reason })
                },
                true,
            ),
            (
                |_, _, _, limits| {
                    Err(limits.over(crate::workbook::Limit::Memory, message!("more", "更多")))
                },
                false,
            ),
        ];
        for (side, again) in ends {
            let outcome = one_file(&source, &Settings::default(), &making(Some(side)));
            assert_eq!((outcome.record.state, outcome.record.again), (StateV1::Unread, again));
        }
    }
}
