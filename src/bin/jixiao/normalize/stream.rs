//! `normalize … --to jsonl` without a folder: a line a file on standard output.

use std::{
    path::PathBuf,
    sync::atomic::{AtomicBool, Ordering},
};

use anyhow::Result;
use jixiao::{
    batch::{apart::Elsewhere, sources::Tree, stream},
    render::report::record::StateV1,
};

use super::{Args, Tally};
use crate::{Status, report::Console, worker};

pub(super) fn streamed(args: &Args, console: &Console, stop: &AtomicBool) -> Result<Status> {
    let settings = args.reader.settings()?;
    let paths: Box<dyn Iterator<Item = PathBuf> + Send> = match &args.files_from {
        Some(list) => Box::new(args.list(list)?),
        None => Box::new(
            Tree::new(&args.dirs, args.choice(None, vec!["jsonl"])?)?
                .filter(|source| !matches!(source.passed, Some((StateV1::Skipped, _))))
                .map(|source| source.path),
        ),
    };
    let mut tally = Tally::default();
    let mut out = std::io::stdout().lock();
    let elsewhere = Some(worker::work as Elsewhere);
    stream::stream(paths, &settings, elsewhere, args.jobs(), stop, &mut out, &mut |file| {
        tally.add(file);
        console.record(file);
        !(args.fail_fast && file.state == StateV1::Unread)
    })?;
    console.total(tally.files, tally.unread, tally.returns, tally.counts);
    Ok(tally.status(stop.load(Ordering::SeqCst)))
}
