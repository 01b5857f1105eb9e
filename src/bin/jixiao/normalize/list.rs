//! The list of `--files-from`, as somebody writes it.

use std::{
    ffi::OsString,
    fs::File,
    io::{BufRead, BufReader, Read},
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc::{Receiver, RecvTimeoutError, sync_channel},
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
    names: Receiver<Vec<u8>>,
    stop: Arc<AtomicBool>,
}

impl List {
    /// Opens a list of which each name ends with a line's end, or with a zero byte; `-` is standard input.
    pub(super) fn open(list: &Path, null: bool, stop: &Arc<AtomicBool>) -> Result<Self> {
        let reader: Box<dyn Read + Send> = if input::is_stream(list) {
            Box::new(std::io::stdin())
        } else {
            Box::new(
                File::open(list)
                    .map_err(|source| Error::ReadFile { path: list.to_owned(), source })?,
            )
        };
        let (send, names) = sync_channel(AHEAD);
        thread::spawn(move || {
            let end = if null { 0 } else { b'\n' };
            let lines = BufReader::new(reader).split(end).map_while(std::io::Result::ok);
            for mut name in lines {
                if end == b'\n' && name.last() == Some(&b'\r') {
                    name.pop();
                }
                if !name.is_empty() && send.send(name).is_err() {
                    return;
                }
            }
        });
        Ok(Self { names, stop: Arc::clone(stop) })
    }
}

impl Iterator for List {
    type Item = PathBuf;

    fn next(&mut self) -> Option<PathBuf> {
        while !self.stop.load(Ordering::Relaxed) {
            match self.names.recv_timeout(LOOK) {
                Ok(name) => return Some(PathBuf::from(os_string(name))),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return None,
            }
        }
        None
    }
}

#[cfg(unix)]
fn os_string(bytes: Vec<u8>) -> OsString {
    std::os::unix::ffi::OsStringExt::from_vec(bytes)
}

#[cfg(not(unix))]
fn os_string(bytes: Vec<u8>) -> OsString {
    String::from_utf8_lossy(&bytes).into_owned().into()
}
