//! `normalize … --to jsonl` without a folder: a line a file on standard output.

use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use anyhow::{Result, bail};
use jixiao::{
    batch::{
        apart::Elsewhere,
        choice, name,
        sources::{Source, Tree},
        stream,
    },
    message,
    render::{
        findings::Lang,
        report::{record::StateV1, words},
    },
};

use super::{
    Args, Tally,
    args::Totals,
    list::{Fault, List},
};
use crate::{Status, complain, report::Console, worker};

pub(super) fn streamed(args: &Args, console: &Console, stop: &Arc<AtomicBool>) -> Result<Status> {
    let of_a_folder = [
        (args.name.is_some(), "--name"),
        (args.totals != Totals::Sheet, "--totals"),
        (args.strict, "--strict"),
        (args.dry_run, "--dry-run"),
        (args.take_over, "--take-over"),
    ];
    if let Some((_, option)) = of_a_folder.iter().find(|(is_given, _)| *is_given) {
        bail!(message!(
            "{option} is for an output folder: give one with -o",
            "{option} 只用于输出文件夹：请加 -o 输出文件夹"
        ));
    }
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
    console.total(tally.files, tally.not_written(), tally.returns, tally.counts);
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
