//! Opening files in a worker: another process of the same program, under a memory cap and a time limit.
//!
//! A parser may still abort on a file that every check before it let pass, and an abort can't be caught in the process.
//! So the command line opens files in a worker, which serves one file after the other and is started again when it
//! dies. What comes back is the opened workbook; all that follows is this crate's own code. Programs that use the
//! library open files themselves and have the limits, but not this.

mod pieces;
mod refusal;
mod wire;

use std::{
    io::{self, BufReader, BufWriter, Read, Write},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, Command, Stdio},
    sync::mpsc::{Receiver, RecvTimeoutError, channel},
    time::Duration,
};

use self::wire::Broken;
use crate::{
    error::{Error, Result},
    message::Message,
    workbook::{self, Limit, Options, Source},
};

/// A worker's program and, once it runs, the process.
#[derive(Debug)]
pub struct Worker {
    program: PathBuf,
    arguments: Vec<String>,
    running: Option<Running>,
}

#[derive(Debug)]
struct Running {
    child: Child,
    requests: BufWriter<ChildStdin>,
    replies: Receiver<io::Result<Result<Source>>>,
}

impl Running {
    fn lives(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }
}

/// What a pipe holds at most, so that a message is mostly read at one go.
const PIPE: usize = 1 << 16;

/// How a worker failed to reply.
enum Failure {
    /// It died: what it said last.
    Died(String),
    /// It took too long.
    Slow,
}

impl Worker {
    /// A worker that runs a program with arguments, which must lead to [`serve`]. It starts with its first file.
    pub fn new(program: &Path, arguments: &[&str]) -> Self {
        let arguments = arguments.iter().map(|&argument| argument.to_owned()).collect();
        Self { program: program.to_owned(), arguments, running: None }
    }

    /// Opens the bytes of a file, as [`workbook::open`] does.
    ///
    /// # Errors
    /// Those of [`workbook::open`]; [`Error::Limit`] when the file takes more memory or time than allowed;
    /// [`Error::Damaged`] when its reader crashes; [`Error::Worker`] when the worker can't be run.
    pub fn open(&mut self, bytes: &[u8], options: &Options) -> Result<Source> {
        let mut content = bytes;
        self.open_stream(&mut content, bytes.len() as u64, options)
    }

    /// Opens the content of a file as it comes, of about `size` bytes. It is never held whole in this process.
    ///
    /// # Errors
    /// As [`Worker::open`]; [`Error::ReadFile`] without a path when the content can't be read.
    pub fn open_stream(
        &mut self,
        content: &mut dyn Read,
        size: u64,
        options: &Options,
    ) -> Result<Source> {
        // One that died between two files is replaced.
        if self.running.as_mut().is_some_and(|running| !running.lives()) {
            self.stop();
        }
        let failure = match self.ask(content, size, options) {
            Ok(Ok(opened)) => return opened,
            Ok(Err(failure)) => failure,
            Err(error) => {
                self.stop();
                return Err(error);
            }
        };
        self.stop();
        Err(match failure {
            Failure::Slow => options.limits.over(
                Limit::Seconds,
                message!("reading was given up after that time", "超时后已放弃读取"),
            ),
            Failure::Died(last) if last.contains("memory allocation") => {
                options.limits.over(Limit::Memory, message!("reading took more", "读取所需更多"))
            }
            Failure::Died(last) => {
                let last = last.trim();
                let reason = message!("its reader stopped ({last})", "读取程序中途停止（{last}）");
                Error::Damaged { container: "given", reason }
            }
        })
    }

    fn ask(
        &mut self,
        content: &mut dyn Read,
        size: u64,
        options: &Options,
    ) -> Result<std::result::Result<Result<Source>, Failure>> {
        if self.running.is_none() {
            self.running = Some(self.start()?);
        }
        let Some(running) = &mut self.running else { return Ok(Err(Failure::Slow)) };
        let limits = &options.limits;
        let most = limits.most(Limit::FileSize);
        let sent = wire::send(&mut running.requests, &[&wire::request(options)])
            .map_err(|_| Broken::Output)
            .and_then(|()| wire::send_content(&mut running.requests, content, size, most))
            .and_then(|()| running.requests.flush().map_err(|_| Broken::Output));
        let reply = match sent {
            Ok(()) => {
                let seconds = Duration::from_secs(limits.most(Limit::Seconds));
                running.replies.recv_timeout(seconds)
            }
            Err(Broken::Output) => Err(RecvTimeoutError::Disconnected),
            Err(Broken::TooLong) => {
                return Err(limits.over(Limit::FileSize, message!("more bytes", "还有更多字节")));
            }
            Err(Broken::Content(source)) => {
                return Err(Error::ReadFile { path: PathBuf::new(), source });
            }
        };
        Ok(match reply {
            Ok(Ok(reply)) => Ok(reply),
            Err(RecvTimeoutError::Timeout) => Err(Failure::Slow),
            Ok(Err(_)) | Err(RecvTimeoutError::Disconnected) => {
                Err(Failure::Died(self.last_words()))
            }
        })
    }

    fn start(&self) -> Result<Running> {
        let refuse = |error: io::Error| Error::Worker { reason: Message::of_io(&error) };
        let mut child = Command::new(&self.program)
            .args(&self.arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(refuse)?;
        let missing = || Error::Worker { reason: message!("it has no pipes", "它没有管道") };
        let requests = child.stdin.take().ok_or_else(missing)?;
        // A small file is one message and one write: each write wakes the other process.
        let requests = BufWriter::with_capacity(2 * PIPE, requests);
        let output = child.stdout.take().ok_or_else(missing)?;
        let mut output = BufReader::with_capacity(PIPE, output);
        let (sender, replies) = channel();
        std::thread::spawn(move || {
            loop {
                let reply = wire::receive_reply(&mut output);
                let last = reply.is_err();
                if sender.send(reply).is_err() || last {
                    return;
                }
            }
        });
        Ok(Running { child, requests, replies })
    }

    /// What a dead worker wrote to its standard error, or how it ended.
    fn last_words(&mut self) -> String {
        let Some(mut running) = self.running.take() else { return String::new() };
        // Its input ends, so that one that still lives ends too.
        drop(running.requests);
        let status = running.child.wait();
        let mut words = String::new();
        if let Some(errors) = &mut running.child.stderr {
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

    fn stop(&mut self) {
        if let Some(mut running) = self.running.take() {
            // It may be dead already.
            let _ = running.child.kill();
            let _ = running.child.wait();
        }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Serves one request after the other until the input ends. `cap` is called with the memory that a request may take,
/// and says whether it holds from now on: more may be in use already.
///
/// # Errors
/// When the pipes break.
pub fn serve(
    input: impl Read,
    mut output: impl Write,
    cap: impl Fn(u64) -> bool,
) -> io::Result<()> {
    let mut input = BufReader::with_capacity(PIPE, input);
    while let Some((options, bytes)) = wire::receive_request(&mut input)? {
        let open = || {
            if cap(options.limits.most(Limit::Memory)) {
                workbook::open(&bytes, &options)
            } else {
                Err(options
                    .limits
                    .over(Limit::Memory, message!("its bytes alone take more", "文件本身已超出")))
            }
        };
        let opened = std::panic::catch_unwind(std::panic::AssertUnwindSafe(open));
        let reply = opened.unwrap_or_else(|_| {
            Err(Error::Damaged {
                container: "given",
                reason: message!("its reader stopped in the middle of it", "读取程序中途停止"),
            })
        });
        drop(bytes);
        wire::send_reply(&mut output, &reply)?;
    }
    Ok(())
}
