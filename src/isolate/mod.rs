//! Files in a worker: another process of the same program, under a memory cap and a time limit.
//!
//! A parser may still abort on a file that every check before it let pass, and an abort can't be caught in the process.
//! So the command line has files opened in a worker, which serves one file after the other and is started again when
//! it dies. What comes back is the opened workbook, or whatever a task makes of the file where the program that calls
//! has such a task ([`Worker::work`]): a folder's files are read, checked and rendered there, and only what is to be
//! written comes back. Programs that use the library open files themselves and have the limits, but not this.

mod pieces;
mod refusal;
mod watch;
mod wire;

use std::{
    io::{self, BufReader, BufWriter, Read, Write},
    path::{Path, PathBuf},
    process::{ChildStdout, Command, Stdio},
    sync::Arc,
    time::{Duration, Instant},
};

use self::{
    watch::{Timed, Watched},
    wire::{Broken, Request},
};
use crate::{
    error::{Error, Result},
    message::Message,
    workbook::{self, Limit, Limits, Options, Source},
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
    process: Arc<Watched>,
    requests: BufWriter<Timed>,
    replies: BufReader<ChildStdout>,
}

/// What a pipe holds at most, so that a message is mostly read at one go.
const PIPE: usize = 1 << 16;

/// What is asked of a worker.
struct Call<'a> {
    request: Request,
    /// Frames that belong to the request.
    more: &'a [&'a [u8]],
    limits: &'a Limits,
    /// How many times as long as reading it may take.
    times: u32,
}

/// A whole task reads, checks and renders: it may take so many times as long as reading.
const WHOLE: u32 = 4;

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
        let call = Call {
            request: Request::Open(options.clone()),
            more: &[],
            limits: &options.limits,
            times: 1,
        };
        self.ask(&call, content, size, wire::receive_reply)?
    }

    /// Lets the worker do a task on the content of a file, of about `size` bytes: what [`serve`] was given to do it. Gives
    /// the parts of its answer.
    ///
    /// # Errors
    /// As [`Worker::open_stream`], but for those of opening, which are for the task to tell.
    pub fn work(
        &mut self,
        task: &[u8],
        content: &mut dyn Read,
        size: u64,
        limits: &Limits,
    ) -> Result<Vec<Vec<u8>>> {
        let call = Call { request: Request::Work, more: &[task], limits, times: WHOLE };
        self.ask(&call, content, size, wire::receive_all)
    }

    /// Sends a request with a file, and takes the reply. Whatever fails, the next request finds a worker that lives.
    fn ask<T>(
        &mut self,
        call: &Call<'_>,
        content: &mut dyn Read,
        size: u64,
        receive: fn(&mut BufReader<ChildStdout>) -> io::Result<T>,
    ) -> Result<T> {
        let limits = call.limits;
        // One that died between two files is replaced.
        if self.running.as_ref().is_some_and(|running| !running.process.lives()) {
            self.stop();
        }
        if self.running.is_none() {
            self.running = Some(self.start()?);
        }
        let Some(running) = &mut self.running else {
            return Err(Error::Worker { reason: message!("it never started", "未能启动") });
        };
        let allowed = Duration::from_secs(limits.most(Limit::Seconds));
        let allowed = allowed.saturating_mul(call.times);
        let sent = running.send(call, content, size, allowed);
        if running.requests.get_ref().is_late {
            return Err(self.given_up(call));
        }
        match sent {
            Ok(()) => {
                let begun = Instant::now();
                running.process.allow(allowed);
                let reply = receive(&mut running.replies);
                // What came too late is refused as what never came is: a limit that holds by chance is none.
                let is_late = !running.process.is_done() || begun.elapsed() >= allowed;
                match reply {
                    Ok(reply) if !is_late => Ok(reply),
                    _ if is_late => Err(self.given_up(call)),
                    _ => Err(self.death(limits)),
                }
            }
            Err(Broken::Output) => Err(self.death(limits)),
            Err(Broken::TooLong) => {
                self.stop();
                Err(limits.over(Limit::FileSize, message!("more bytes", "还有更多字节")))
            }
            Err(Broken::Content(source)) => {
                self.stop();
                Err(Error::ReadFile { path: PathBuf::new(), source })
            }
        }
    }

    /// Ends a worker that takes too long, and says why.
    fn given_up(&mut self, call: &Call<'_>) -> Error {
        self.stop();
        let why = match call.times {
            1 => message!("reading was given up after that time", "超时后已放弃读取"),
            times => message!(
                "it was given up after {times} times as long",
                "超过该时间的 {times} 倍后已放弃处理"
            ),
        };
        call.limits.over(Limit::Seconds, why)
    }

    /// Why a worker that died did so.
    fn death(&mut self, limits: &Limits) -> Error {
        let last = self.last_words();
        if last.contains("memory allocation") {
            return limits.over(Limit::Memory, message!("reading took more", "读取所需更多"));
        }
        let last = last.trim();
        let reason = message!("its reader stopped ({last})", "读取程序中途停止（{last}）");
        Error::Damaged { container: "given", reason }
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
        let output = child.stdout.take().ok_or_else(missing)?;
        let replies = BufReader::with_capacity(PIPE, output);
        let process = Watched::over(child);
        // A small file is one message and one write: each write wakes the other process.
        let requests = BufWriter::with_capacity(2 * PIPE, Timed::new(requests, &process));
        Ok(Running { process, requests, replies })
    }

    /// What a dead worker wrote to its standard error, or how it ended.
    fn last_words(&mut self) -> String {
        let Some(running) = self.running.take() else { return String::new() };
        // Its input ends, so that one that still lives ends too.
        drop(running.requests);
        running.process.last_words()
    }

    fn stop(&mut self) {
        if let Some(running) = self.running.take() {
            running.process.kill();
        }
    }
}

impl Running {
    fn send(
        &mut self,
        call: &Call<'_>,
        content: &mut dyn Read,
        size: u64,
        allowed: Duration,
    ) -> std::result::Result<(), Broken> {
        self.requests.get_mut().allowed = allowed;
        let most = call.limits.most(Limit::FileSize);
        let head = wire::send_request(&mut self.requests, &call.request, call.more);
        head.map_err(|_| Broken::Output)?;
        wire::send_content(&mut self.requests, content, size, most)?;
        self.requests.flush().map_err(|_| Broken::Output)
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Serves one request after the other until the input ends. `cap` is called with the memory that opening a file may
/// take, and says whether it holds from now on: more may be in use already. `work` does a task on a file and gives the
/// parts of its answer.
///
/// # Errors
/// When the pipes break.
pub fn serve(
    input: impl Read,
    mut output: impl Write,
    cap: impl Fn(u64) -> bool,
    work: impl Fn(&[u8], Vec<u8>) -> Vec<Vec<u8>>,
) -> io::Result<()> {
    let mut input = BufReader::with_capacity(PIPE, input);
    while let Some(request) = wire::receive_request(&mut input)? {
        match request {
            Request::Open(options) => {
                let bytes = wire::receive_content(&mut input)?;
                let opened = capped(&bytes, &options, &cap);
                drop(bytes);
                wire::send_reply(&mut output, &opened)?;
            }
            Request::Work => {
                let task = wire::receive(&mut input)?;
                let answer = work(&task, wire::receive_content(&mut input)?);
                wire::send_all(&mut output, &answer)?;
            }
        }
    }
    Ok(())
}

/// Opens a file under the memory cap of its limits.
///
/// # Errors
/// Those of [`workbook::open`]; [`Error::Limit`] when there is no room for it; [`Error::Damaged`] when its reader panics.
pub fn capped(bytes: &[u8], options: &Options, cap: impl Fn(u64) -> bool) -> Result<Source> {
    let open = || {
        if cap(options.limits.most(Limit::Memory)) {
            workbook::open(bytes, options)
        } else {
            let found = message!("its bytes alone take more", "文件本身已超出");
            Err(options.limits.over(Limit::Memory, found))
        }
    };
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(open)).unwrap_or_else(|_| {
        Err(Error::Damaged {
            container: "given",
            reason: message!("its reader stopped in the middle of it", "读取程序中途停止"),
        })
    })
}
