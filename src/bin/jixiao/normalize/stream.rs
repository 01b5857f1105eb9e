//! `normalize … --to jsonl` without a folder: a line a file on standard output.

use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use anyhow::Result;
use jixiao::{
    batch::{
        apart::Elsewhere,
        choice, name,
        sources::{Source, Tree},
        stream,
    },
    render::{
        findings::Lang,
        report::{record::StateV1, words},
    },
};

use super::{
    Args, Tally,
    list::{Fault, List},
};
use crate::{Status, complain, report::Console, worker};

pub(super) fn streamed(args: &Args, console: &Console, stop: &Arc<AtomicBool>) -> Result<Status> {
    let settings = args.reader.settings()?;
    let mut fault = None;
    let paths: Box<dyn Iterator<Item = PathBuf> + Send> = if let Some(list) = &args.files_from {
        let list = List::open(list, args.null, stop)?;
        fault = Some(list.fault());
        Box::new(list)
    } else {
        let tree = Tree::new(&args.dirs, args.choice(None, vec!["jsonl"])?)?;
        let lang = console.lang;
        Box::new(tree.filter_map(move |source| path(source, lang)))
    };
    let mut tally = Tally::default();
    let mut out = std::io::stdout().lock();
    let elsewhere = Some(worker::work as Elsewhere);
    stream::stream(paths, &settings, elsewhere, args.jobs(), stop, &mut out, &mut |file| {
        tally.add(file);
        console.record(file);
        !(args.fail_fast && file.state == StateV1::Unread)
    })?;
    fault.as_ref().map_or(Ok(()), Fault::check)?;
    if tally.files == 0 && args.files_from.is_none() {
        console.nothing_in(&args.dirs);
    }
    console.total(tally.files, tally.unread, tally.returns, tally.counts);
    Ok(tally.status(stop.load(Ordering::SeqCst)))
}

/// Where a file of a folder is. What is left out has no line of its own; it is told where a folder of a run's is.
fn path(source: Source, lang: Lang) -> Option<PathBuf> {
    match &source.passed {
        Some((StateV1::Skipped, reason)) => {
            if choice::is_told(reason) {
                complain(&format!("{}: {}", name::shown(&source.name), words::of(reason, lang)));
            }
            None
        }
        _ => Some(source.path),
    }
}
