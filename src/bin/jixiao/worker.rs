//! `jixiao worker`: opens files for another process of this program, under a memory cap. Hidden; nobody calls it by hand.

use std::{alloc::System, cell::RefCell};

use anyhow::Result;
use cap::Cap;
use jixiao::{
    isolate::{Worker, serve},
    workbook::{Options, Source},
};

use crate::Status;

/// Counts what is allocated, so that a worker can be held to its cap on every system alike.
#[global_allocator]
static ALLOCATOR: Cap<System> = Cap::new(System, usize::MAX);

pub(crate) fn run() -> Result<Status> {
    // Ctrl-C goes to every process of the terminal; this one ends when its input does.
    ctrlc::set_handler(|| {})?;
    let cap =
        |memory: u64| ALLOCATOR.set_limit(usize::try_from(memory).unwrap_or(usize::MAX)).is_ok();
    serve(std::io::stdin().lock(), std::io::stdout().lock(), cap)?;
    Ok(Status::Clean)
}

thread_local! {
    static WORKER: RefCell<Option<Worker>> = const { RefCell::new(None) };
}

/// Opens a file in a worker of this thread.
pub(crate) fn open(bytes: &[u8], options: &Options) -> jixiao::error::Result<Source> {
    WORKER.with_borrow_mut(|worker| {
        if worker.is_none() {
            let program = std::env::current_exe()
                .map_err(|error| jixiao::error::Error::Worker { reason: error.to_string() })?;
            *worker = Some(Worker::new(&program, &["worker"]));
        }
        match worker {
            Some(worker) => worker.open(bytes, options),
            None => jixiao::workbook::open(bytes, options),
        }
    })
}
