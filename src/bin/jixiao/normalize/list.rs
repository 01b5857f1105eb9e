//! The list of `--files-from`, as somebody writes it.

use std::{
    ffi::OsString,
    fs::{self, File},
    io::{self, BufRead, BufReader, Read},
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
        mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel},
    },
    thread,
    time::Duration,
};

use anyhow::Result;
use jixiao::error::Error;

use crate::input;

/// How many names are read ahead.
const AHEAD: usize = 1024;
/// How often it is looked whether to stop, while no name comes.
const LOOK: Duration = Duration::from_millis(25);

/// The names of a list until it ends or the run is to stop. They are read in a thread of their own, for nothing ends a
/// read from somebody who writes no more.
pub(super) struct List {
    names: Receiver<io::Result<Vec<u8>>>,
    stop: Arc<AtomicBool>,
    path: PathBuf,
    fault: Fault,
}

/// Why a list ended before its end, should it have: what it did not tell is not to be taken for gone.
#[derive(Clone, Default)]
pub(super) struct Fault(Arc<Mutex<Option<Error>>>);

impl Fault {
    /// # Errors
    /// [`Error::ReadFile`] where the list could not be read to its end.
    pub(super) fn check(&self) -> Result<()> {
        self.of_list().take().map_or(Ok(()), |fault| Err(fault.into()))
    }

    fn of_list(&self) -> MutexGuard<'_, Option<Error>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl List {
    /// Opens a list of which each name ends with a line's end, or with a zero byte; `-` is standard input.
    pub(super) fn open(list: &Path, null: bool, stop: &Arc<AtomicBool>) -> Result<Self> {
        let fail = |source| Error::ReadFile { path: list.to_owned(), source };
        // A pipe by a name is opened by the thread: that waits until somebody writes to it.
        let at_once: Option<Box<dyn Read + Send>> = if input::is_stream(list) {
            Some(Box::new(io::stdin()))
        } else if fs::metadata(list).map_err(fail)?.is_file() {
            Some(Box::new(File::open(list).map_err(fail)?))
        } else {
            None
        };
        let (path, (send, names)) = (list.to_owned(), sync_channel(AHEAD));
        thread::spawn(move || {
            let read = || match at_once {
                Some(reader) => read(reader, null, &send),
                None => read(File::open(path)?, null, &send),
            };
            if let Err(error) = read() {
                let _ = send.send(Err(error));
            }
        });
        Ok(Self { names, stop: Arc::clone(stop), path: list.to_owned(), fault: Fault::default() })
    }

    /// Where it is told why the list ended; ask when its names are taken.
    pub(super) fn fault(&self) -> Fault {
        self.fault.clone()
    }
}

impl Iterator for List {
    type Item = PathBuf;

    fn next(&mut self) -> Option<PathBuf> {
        while !self.stop.load(Ordering::Relaxed) {
            match self.names.recv_timeout(LOOK) {
                Ok(Ok(name)) => return Some(PathBuf::from(os_string(name))),
                Ok(Err(source)) => {
                    *self.fault.of_list() =
                        Some(Error::ReadFile { path: self.path.clone(), source });
                    return None;
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return None,
            }
        }
        None
    }
}

/// Reads names until the list ends or nobody takes them.
fn read(list: impl Read, null: bool, names: &SyncSender<io::Result<Vec<u8>>>) -> io::Result<()> {
    let end = if null { 0 } else { b'\n' };
    for (at, name) in BufReader::new(list).split(end).enumerate() {
        let mut name = name?;
        // Editors of Windows begin a text with it.
        if at == 0 && !null && name.starts_with(b"\xef\xbb\xbf") {
            name.drain(..3);
        }
        if !null && name.last() == Some(&b'\r') {
            name.pop();
        }
        if !name.is_empty() && names.send(Ok(name)).is_err() {
            break;
        }
    }
    Ok(())
}

#[cfg(unix)]
fn os_string(bytes: Vec<u8>) -> OsString {
    std::os::unix::ffi::OsStringExt::from_vec(bytes)
}

#[cfg(not(unix))]
fn os_string(bytes: Vec<u8>) -> OsString {
    String::from_utf8_lossy(&bytes).into_owned().into()
}
