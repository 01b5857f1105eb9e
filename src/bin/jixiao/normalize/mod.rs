//! `jixiao normalize DIR… -o OUT`: a folder of returns into submission-ready copies, with a report.

mod args;
mod folder;
mod list;
mod stream;

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use anyhow::{Result, bail};
use jixiao::{
    message,
    render::report::record::{FileV1, StateV1},
};

use self::args::To;
pub(crate) use self::args::{Args, cores};
use crate::{Status, input, report::Console};

pub(crate) fn run(args: &Args, console: &Console) -> Result<Status> {
    let stop = Arc::new(AtomicBool::new(false));
    listen(&stop)?;
    match args.output.as_deref().filter(|out| !input::is_stream(out)) {
        None if args.to == [To::Jsonl] => stream::streamed(args, console, &stop),
        None => bail!(message!(
            "where to? give -o OUT, or --to jsonl for a stream on standard output",
            "写到哪里？请加 -o 输出文件夹，或用 --to jsonl 写到标准输出"
        )),
        Some(out) => folder::into_folder(args, console, out, &stop),
    }
}

/// Ctrl-C lets the files in hand be finished; a second one ends at once.
fn listen(stop: &Arc<AtomicBool>) -> Result<()> {
    let stop = Arc::clone(stop);
    let asked = move || {
        if stop.swap(true, Ordering::SeqCst) {
            #[allow(clippy::exit)] // the second Ctrl-C: the user waits no longer
            std::process::exit(130);
        }
    };
    let deaf = |error: ctrlc::Error| {
        message!("cannot listen to Ctrl-C: {error}", "无法响应 Ctrl-C（{error}）")
    };
    Ok(ctrlc::set_handler(asked).map_err(deaf)?)
}

/// What the exit status depends on.
#[derive(Default)]
struct Tally {
    files: u64,
    unread: u64,
    refused: u64,
    returns: u64,
    counts: [u64; 3],
}

impl Tally {
    fn add(&mut self, file: &FileV1) {
        if matches!(file.state, StateV1::Skipped | StateV1::Gone) {
            return;
        }
        self.files += 1;
        self.unread += u64::from(file.state == StateV1::Unread);
        self.refused += u64::from(file.state == StateV1::Refused);
        self.returns += file.returns.len() as u64;
        self.counts[0] += file.counts.errors;
        self.counts[1] += file.counts.warnings;
        self.counts[2] += file.counts.infos;
    }

    /// How many files were not read, and how many of the others were not written.
    fn not_written(&self) -> [u64; 2] {
        [self.unread, self.refused]
    }

    fn status(&self, stopped: bool) -> Status {
        if stopped {
            Status::Interrupted
        } else if self.unread + self.refused == self.files {
            Status::Failed
        } else if self.unread + self.refused > 0 || self.counts[0] > 0 {
            Status::Findings
        } else {
            Status::Clean
        }
    }
}
