//! A worker's process and its time: who waits for a reply waits for the pipe alone, and here the process is ended that
//! keeps it too long.

use std::{
    io::{self, Read, Write},
    process::{Child, ChildStdin},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    thread,
    time::{Duration, Instant},
};

/// How often the time is looked at. A wake-up for each file would cost more than the files of a second gain.
const LOOK: Duration = Duration::from_millis(25);

/// A time that no work takes.
const FOR_EVER: Duration = Duration::from_secs(1 << 32);

/// A process that is killed when its time is up.
#[derive(Debug)]
pub(super) struct Watched {
    child: Mutex<Child>,
    /// Until when it may take; nothing while it has nothing to do or was killed.
    until: Mutex<Option<Instant>>,
}

impl Watched {
    /// Watches a process until nobody else holds it.
    pub(super) fn over(child: Child) -> Arc<Self> {
        let watched = Arc::new(Self { child: Mutex::new(child), until: Mutex::new(None) });
        let seen = Arc::downgrade(&watched);
        thread::spawn(move || {
            while let Some(watched) = seen.upgrade() {
                watched.look();
                drop(watched);
                thread::sleep(LOOK);
            }
        });
        watched
    }

    /// Lets it take so long from now on.
    pub(super) fn allow(&self, time: Duration) {
        let now = Instant::now();
        // A time beyond all clocks is none.
        *lock(&self.until) = Some(now.checked_add(time).unwrap_or(now + FOR_EVER));
    }

    /// Says that it has done its work; whether it was let live until then.
    pub(super) fn is_done(&self) -> bool {
        lock(&self.until).take().is_some()
    }

    fn look(&self) {
        let mut until = lock(&self.until);
        if until.is_some_and(|until| Instant::now() >= until) {
            *until = None;
            // It may be dead already.
            let _ = lock(&self.child).kill();
        }
    }

    pub(super) fn lives(&self) -> bool {
        matches!(lock(&self.child).try_wait(), Ok(None))
    }

    /// Ends it.
    pub(super) fn kill(&self) {
        let mut child = lock(&self.child);
        // It may be dead already.
        let _ = child.kill();
        let _ = child.wait();
    }

    /// What a process that ends wrote to its standard error, or how it ended.
    pub(super) fn last_words(&self) -> String {
        let mut child = lock(&self.child);
        let status = child.wait();
        let mut words = String::new();
        if let Some(errors) = &mut child.stderr {
            let mut bytes = Vec::new();
            // Pipes hold little; what is missing is of no interest.
            let _ = errors.take(4096).read_to_end(&mut bytes);
            words = String::from_utf8_lossy(&bytes).into_owned();
        }
        match status {
            Ok(status) if words.trim().is_empty() => status.to_string(),
            _ => words,
        }
    }
}

/// The pipe to a process, which is given so much time for each piece: a file that comes slowly is no fault of the process.
#[derive(Debug)]
pub(super) struct Timed {
    pipe: ChildStdin,
    process: Arc<Watched>,
    pub(super) allowed: Duration,
    /// Whether the process was ended since it did not take a piece.
    pub(super) is_late: bool,
}

impl Timed {
    pub(super) fn new(pipe: ChildStdin, process: &Arc<Watched>) -> Self {
        Self { pipe, process: Arc::clone(process), allowed: Duration::ZERO, is_late: false }
    }
}

impl Write for Timed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.process.allow(self.allowed);
        let written = self.pipe.write(bytes);
        self.is_late |= !self.process.is_done();
        written
    }

    fn flush(&mut self) -> io::Result<()> {
        self.pipe.flush()
    }
}

fn lock<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}
