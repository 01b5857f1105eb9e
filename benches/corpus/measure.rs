//! A process from its start to its end: time, time on the processor, memory. Linux tells the latter two in /proc.

use std::{
    collections::BTreeMap,
    ffi::OsString,
    fs, io,
    path::{Path, PathBuf},
    process::{self, Stdio},
    time::{Duration, Instant},
};

/// What a run took.
#[derive(Debug)]
pub(crate) struct Run {
    /// Seconds.
    pub(crate) wall: f64,
    /// Seconds on the processor, of the process and those that it started.
    pub(crate) cpu: f64,
    /// MiB: the sum of what each process had at most.
    pub(crate) memory: Option<f64>,
}

/// A program to be run on certain cores.
pub(crate) struct Command {
    words: Vec<OsString>,
    cores: Option<String>,
}

impl Command {
    pub(crate) fn new(program: impl Into<OsString>) -> Self {
        Self { words: vec![program.into()], cores: None }
    }

    /// The first so many cores only.
    pub(crate) fn cores(mut self, count: u8) -> Self {
        self.cores = Some(format!("0-{}", count - 1));
        self
    }

    /// One core only.
    pub(crate) fn on(mut self, core: u8) -> Self {
        self.cores = Some(core.to_string());
        self
    }

    pub(crate) fn args<'a>(mut self, args: impl IntoIterator<Item = &'a str>) -> Self {
        self.words.extend(args.into_iter().map(OsString::from));
        self
    }

    pub(crate) fn paths(mut self, paths: impl IntoIterator<Item = PathBuf>) -> Self {
        self.words.extend(paths.into_iter().map(PathBuf::into_os_string));
        self
    }

    /// Runs it to its end, which must be one of the exit statuses.
    pub(crate) fn run(&self, statuses: &[i32]) -> io::Result<Run> {
        let mut words = Vec::new();
        if let Some(cores) = self.cores.as_ref().filter(|_| has("taskset")) {
            words.extend(["taskset", "-c", cores].map(OsString::from));
        }
        words.extend(self.words.iter().cloned());
        let mut command = process::Command::new(&words[0]);
        command.args(&words[1..]).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let (cpu, begun) = (children_cpu(), Instant::now());
        let mut child = command.spawn()?;
        let mut peaks = BTreeMap::new();
        let status = loop {
            if let Some(status) = child.try_wait()? {
                break status;
            }
            note_memory(child.id(), &mut peaks);
            std::thread::sleep(Duration::from_millis(5));
        };
        let wall = seconds(begun);
        if !status.code().is_some_and(|code| statuses.contains(&code)) {
            return Err(io::Error::other(format!("{} ended with {status}", words[0].display())));
        }
        let kibibytes: u64 = peaks.values().sum();
        let memory = (!peaks.is_empty()).then(|| kibibytes as f64 / 1024.0);
        Ok(Run { wall, cpu: children_cpu() - cpu, memory })
    }
}

/// Notes the most memory that a process and its children have had so far.
fn note_memory(pid: u32, peaks: &mut BTreeMap<u32, u64>) {
    let process = PathBuf::from(format!("/proc/{pid}"));
    let Ok(status) = fs::read_to_string(process.join("status")) else { return };
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let peak = peak.and_then(|peak| peak.trim().strip_suffix(" kB")?.parse().ok());
    if let Some(peak) = peak {
        peaks.insert(pid, peak);
    }
    for task in fs::read_dir(process.join("task")).into_iter().flatten().flatten() {
        let children = fs::read_to_string(task.path().join("children")).unwrap_or_default();
        for child in children.split_whitespace().filter_map(|child| child.parse().ok()) {
            note_memory(child, peaks);
        }
    }
}

/// Seconds on the processor of the processes that were started and have ended.
fn children_cpu() -> f64 {
    ticks(&[15, 16])
}

/// Seconds on the processor of this process.
pub(crate) fn own_cpu() -> f64 {
    ticks(&[13, 14])
}

/// The sum of fields of /proc/self/stat, which are in hundredths of a second.
fn ticks(fields: &[usize]) -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields_after = stat.rsplit_once(") ").map_or("", |(_, rest)| rest);
    let all: Vec<&str> = fields_after.split(' ').collect();
    // The first field after the name is the third of all.
    let of = |field: &usize| all.get(field - 2).and_then(|text| text.parse::<f64>().ok());
    fields.iter().filter_map(of).sum::<f64>() / 100.0
}

/// Whether a program is on the path.
pub(crate) fn has(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder: PathBuf| is_file(&folder.join(program)))
}

fn is_file(path: &Path) -> bool {
    path.is_file()
}

pub(crate) fn seconds(begun: Instant) -> f64 {
    begun.elapsed().as_secs_f64()
}

pub(crate) fn median(times: &mut [f64]) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}
