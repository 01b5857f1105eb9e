//! `jixiao worker`: opens files, or does all the work on them, for another process of this program, under a memory cap.
//! Hidden; nobody calls it by hand.

use std::{alloc::System, cell::RefCell, io::Read, path::Path};

use cap::Cap;
use jixiao::{
    batch::apart,
    error::Error,
    isolate::{Worker, capped, serve},
    message,
    message::Message,
    workbook::{self, Limits, Options, Source},
};

use crate::{Status, input};

/// Counts what is allocated, so that a worker can be held to its cap on every system alike.
#[global_allocator]
static ALLOCATOR: Cap<System> = Cap::new(System, usize::MAX);

pub(crate) fn run() -> anyhow::Result<Status> {
    // Ctrl-C goes to every process of the terminal; this one ends when its input does.
    ctrlc::set_handler(|| {})?;
    // A panic is told in the answer; nobody reads the standard error of a worker that lives.
    std::panic::set_hook(Box::new(|_| {}));
    end_with_parent();
    let cap =
        |memory: u64| ALLOCATOR.set_limit(usize::try_from(memory).unwrap_or(usize::MAX)).is_ok();
    let open = |bytes: &[u8], options: &Options| {
        let opened = capped(bytes, options, cap);
        // What follows is bounded by what was read.
        let _ = ALLOCATOR.set_limit(usize::MAX);
        opened
    };
    let work = |task: &[u8], content| apart::answer(task, content, open);
    serve(std::io::stdin().lock(), std::io::stdout().lock(), cap, work)?;
    Ok(Status::Clean)
}

/// Ends this process when the one that it works for is no more, be it killed: work that takes long sees no input end.
#[cfg(unix)]
fn end_with_parent() {
    use std::{os::unix::process::parent_id, thread, time::Duration};
    let parent = parent_id();
    thread::spawn(move || {
        while parent_id() == parent {
            thread::sleep(Duration::from_secs(1));
        }
        #[allow(clippy::exit)] // nobody waits for what it does
        std::process::exit(0);
    });
}

/// Elsewhere it ends with its input, or when its time is up.
#[cfg(not(unix))]
fn end_with_parent() {}

thread_local! {
    static WORKER: RefCell<Option<Worker>> = const { RefCell::new(None) };
}

/// Opens the content of a file, of about so many bytes, in a worker of this thread.
pub(crate) fn open(content: &mut dyn Read, size: u64, options: &Options) -> Result<Source, Error> {
    with_worker(|worker| worker.open_stream(content, size, options))
}

/// Does a task of [`apart::ask`] on the content of a file, of about so many bytes, in a worker of this thread.
pub(crate) fn work(
    task: &[u8],
    content: &mut dyn Read,
    size: u64,
    limits: &Limits,
) -> Result<Vec<Vec<u8>>, Error> {
    with_worker(|worker| worker.work(task, content, size, limits))
}

/// Opens a file, or standard input, in a worker of this thread. Its content passes through this process in pieces.
pub(crate) fn open_path(path: &Path, options: &Options) -> Result<Source, Error> {
    let opened = if input::is_stream(path) {
        let mut content = std::io::stdin().lock();
        with_worker(|worker| worker.open_stream(&mut content, 0, options))
    } else {
        let (mut file, about) = workbook::open_file(path, &options.limits)?;
        with_worker(|worker| worker.open_stream(&mut file, about.len(), options))
    };
    opened.map_err(|error| match error {
        Error::ReadFile { source, .. } => Error::ReadFile { path: path.to_owned(), source },
        other => other,
    })
}

fn with_worker<T>(use_it: impl FnOnce(&mut Worker) -> Result<T, Error>) -> Result<T, Error> {
    WORKER.with_borrow_mut(|worker| {
        if worker.is_none() {
            let program = std::env::current_exe()
                .map_err(|error| Error::Worker { reason: Message::of_io(&error) })?;
            *worker = Some(Worker::new(&program, &["worker"]));
        }
        let missing = || Error::Worker { reason: message!("it never started", "未能启动") };
        use_it(worker.as_mut().ok_or_else(missing)?)
    })
}
