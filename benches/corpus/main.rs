//! Whole runs of `normalize` over folders of generated returns, each beside its baseline in the same run.
//!
//!     cargo bench --bench corpus                 bars at 1,000 and 10,000 files, a quarter of an hour
//!     cargo bench --bench corpus -- --large      and 100,000 files (6 GB below the folder for temporary files)
//!     cargo bench --bench corpus -- --quick      at a tenth of the size, to see that all of it works
//!     cargo bench --bench corpus -- make DIR N   only writes so many returns
//!
//! Pairs take turns and the medians of their ratios are shown, since machines are never quiet. What is missing (openpyxl, `LibreOffice`,
//! taskset) is named as SKIPPED. The floor of a figure is what it could come to if nothing but the named work were done.

#![allow(clippy::disallowed_methods, clippy::print_stdout, clippy::cast_precision_loss)]

mod generate;
mod measure;
mod plain;

use std::{
    env, fs, io,
    path::{Path, PathBuf},
    time::Instant,
};

use jixiao::{
    pipeline::{self, Settings},
    render::xlsx,
};
use measure::{Command, Run, has, median, seconds};
use sha2::{Digest, Sha256};

fn main() -> io::Result<()> {
    let args: Vec<String> = env::args().skip(1).filter(|arg| arg != "--bench").collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["make", folder, count] => {
            let count = count.parse().map_err(io::Error::other)?;
            generate::corpus(Path::new(folder), count).map(drop)
        }
        ["plain", folder, out] => {
            plain::copy_all(&files_below(Path::new(folder))?, Path::new(out));
            Ok(())
        }
        _ => {
            let scale = if words.contains(&"--quick") { 10 } else { 1 };
            Bench::new(scale)?.run(words.contains(&"--large"))
        }
    }
}

struct Bench {
    place: tempfile::TempDir,
    scale: usize,
    /// Runs so far. Each has an output folder of its own, and none is removed before the end: a file system is slow to make files
    /// where others were just deleted.
    runs: std::cell::Cell<usize>,
    /// Seconds that a file takes on one core.
    one_core: f64,
}

impl Bench {
    fn new(scale: usize) -> io::Result<Self> {
        let runs = std::cell::Cell::new(0);
        let bench = Self { place: tempfile::tempdir()?, scale, runs, one_core: 0.0 };
        generate::corpus(&bench.path("thousand"), 1000 / scale)?;
        Ok(bench)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.place.path().join(name)
    }

    fn run(&mut self, large: bool) -> io::Result<()> {
        println!("{:<58}{:>10}{:>9}{:>9}", "", "figure", "bar", "floor");
        if has("taskset") {
            self.plain()?;
            self.openpyxl()?;
            self.office()?;
            self.two_cores()?;
        } else {
            skipped("one core and two cores", "taskset is missing");
        }
        self.sizes(large)
    }

    /// The output folder of the run that was the last.
    fn out(&self) -> PathBuf {
        self.path(&format!("out{}", self.runs.get()))
    }

    fn next_out(&self) -> PathBuf {
        self.runs.set(self.runs.get() + 1);
        self.out()
    }

    /// A run of `normalize` over a folder, into a new folder unless `again`.
    fn normalize(&self, from: &str, jobs: u8, again: bool) -> io::Result<Run> {
        let out = if again { self.out() } else { self.next_out() };
        let program = env!("CARGO_BIN_EXE_jixiao");
        let command = Command::new(program).cores(jobs).args(["normalize", "-q", "--jobs"]);
        let command = command.args([jobs.to_string().as_str(), "--lang", "en", "-o"]);
        command.paths([out, self.path(from)]).run(&[0, 1])
    }

    fn plain(&mut self) -> io::Result<()> {
        let (mut ratios, mut cpu, mut floors, mut times) =
            (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let count = 1000 / self.scale;
        for _ in 0..5 {
            let ours = self.normalize("thousand", 1, false)?;
            let own = env::current_exe()?;
            let command = Command::new(own).cores(1).args(["plain"]);
            let theirs = command.paths([self.path("thousand"), self.next_out()]).run(&[0])?;
            ratios.push(ours.wall / theirs.wall);
            cpu.push(ours.cpu / theirs.cpu);
            floors.push(self.in_process()? / theirs.cpu);
            times.push(ours.wall / count as f64);
        }
        self.one_core = median(&mut times);
        let floor = format!("{:.2}", median(&mut floors));
        row(
            "one core: plain calamine + plain rust_xlsxwriter",
            median(&mut ratios),
            "≤ 0.75",
            &floor,
        );
        row("  the same by time on the processor", median(&mut cpu), "", "");
        row("  milliseconds a file", self.one_core * 1000.0, "", "");
        Ok(())
    }

    /// What the same files take read and rendered in this process, without folders, workers and reports.
    fn in_process(&self) -> io::Result<f64> {
        let options = xlsx::Options { bulk: true, ..xlsx::Options::default() };
        let begun = measure::own_cpu();
        for file in files_below(&self.path("thousand"))? {
            let reading = pipeline::read(&fs::read(file)?, &Settings::default());
            let reading = reading.map_err(io::Error::other)?;
            let found = &reading.returns[0];
            xlsx::render(&[(&found.of, found.edition)], options).map_err(io::Error::other)?;
        }
        Ok(measure::own_cpu() - begun)
    }

    /// What a file takes beyond the first, so that the start of a foreign program is not held against it.
    fn foreign(&self, command: impl Fn() -> Command, most: usize) -> io::Result<f64> {
        let files = files_below(&self.path("thousand"))?;
        let most = (most / self.scale).clamp(3, files.len());
        let mut times = Vec::new();
        for _ in 0..3 {
            let few = command().paths(files[..1].iter().cloned()).run(&[0])?;
            let many = command().paths(files[..most].iter().cloned()).run(&[0])?;
            times.push((many.wall - few.wall) / (most - 1) as f64);
        }
        Ok(median(&mut times))
    }

    fn openpyxl(&self) -> io::Result<()> {
        let what = "one core: openpyxl (load, recompute, save)";
        let python = env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/corpus/recompute.py");
        if Command::new(&python).args(["-c", "import openpyxl"]).run(&[0]).is_err() {
            skipped(what, "openpyxl is missing; PYTHON names a Python that has it");
            return Ok(());
        }
        let out = self.path("openpyxl");
        let command = || Command::new(&python).cores(1).args([script]).paths([out.clone()]);
        let theirs = self.foreign(command, 100)?;
        row(what, theirs / self.one_core, "≥ 100", "");
        row("  milliseconds a file", theirs * 1000.0, "", "");
        Ok(())
    }

    fn office(&self) -> io::Result<()> {
        let what = "one core: LibreOffice's converter";
        if !has("soffice") {
            skipped(what, "soffice is missing");
            return Ok(());
        }
        let home = format!("-env:UserInstallation=file://{}", self.path("office").display());
        let out = self.path("converted");
        let command = || {
            let options = [home.as_str(), "--headless", "--convert-to", "xlsx", "--outdir"];
            Command::new("soffice").cores(1).args(options).paths([out.clone()])
        };
        let theirs = self.foreign(command, 60)?;
        row(what, theirs / self.one_core, "≥ 200", "");
        row("  milliseconds a file", theirs * 1000.0, "", "");
        Ok(())
    }

    /// The floor: two runs that know nothing of each other, a half of the files each.
    fn two_cores(&self) -> io::Result<()> {
        let files = files_below(&self.path("thousand"))?;
        for (at, half) in files.chunks(files.len().div_ceil(2)).enumerate() {
            let folder = self.path(&format!("half{at}"));
            fs::create_dir_all(&folder)?;
            for file in half {
                fs::copy(file, folder.join(file.file_name().unwrap_or_default()))?;
            }
        }
        let (mut ratios, mut floors) = (Vec::new(), Vec::new());
        for _ in 0..7 {
            let one = self.normalize("thousand", 1, false)?;
            let two = self.normalize("thousand", 2, false)?;
            ratios.push(one.wall / two.wall);
            floors.push(one.wall / self.apart()?);
        }
        let floor = format!("{:.2}", median(&mut floors));
        row("two cores: so many times one core", median(&mut ratios), "≥ 1.90", &floor);
        Ok(())
    }

    fn apart(&self) -> io::Result<f64> {
        let outs = [self.next_out(), self.next_out()];
        let begun = Instant::now();
        std::thread::scope(|scope| {
            let runs = [0, 1].map(|at: u8| {
                let program = env!("CARGO_BIN_EXE_jixiao");
                let command = Command::new(program).args(["normalize", "-q", "--jobs", "1", "-o"]);
                let out = outs[usize::from(at)].clone();
                let paths = [out, self.path(&format!("half{at}"))];
                let command = command.on(at).paths(paths);
                scope.spawn(move || command.run(&[0, 1]))
            });
            runs.into_iter().try_for_each(|run| match run.join() {
                Ok(result) => result.map(drop),
                Err(_) => Err(io::Error::other("a run broke off")),
            })
        })?;
        Ok(seconds(begun))
    }

    fn sizes(&self, large: bool) -> io::Result<()> {
        let mut sizes = vec![("thousand", 1000), ("ten thousand", 10_000)];
        if large {
            sizes.push(("hundred thousand", 100_000));
        } else {
            skipped("100,000 files", "give --large");
        }
        let mut first: Option<(f64, Option<f64>)> = None;
        for (name, count) in sizes {
            let count = count / self.scale;
            let folder = self.path(name);
            if !folder.exists() {
                generate::corpus(&folder, count)?;
            }
            let mut runs = Vec::new();
            for _ in 0..if count > 10_000 { 1 } else { 3 } {
                runs.push(self.normalize(name, 2, false)?);
            }
            let wall = median(&mut runs.iter().map(|run| run.wall).collect::<Vec<_>>());
            let per_file = wall / count as f64 * 1000.0;
            let memory = runs.iter().filter_map(|run| run.memory).reduce(f64::max);
            row(&format!("{count} files, two workers: milliseconds a file"), per_file, "", "");
            if let Some((time, _)) = first {
                row("  so many times the cost at 1,000", per_file / time, "flat", "1.00");
            }
            match memory {
                Some(memory) => row("  peak memory of all processes, MiB", memory, "< 200", ""),
                None => skipped("  peak memory", "no /proc here"),
            }
            if let (Some(now), Some((_, Some(then)))) = (memory, first) {
                row("  so many times that at 1,000", now / then, "≤ 1.10", "1.00");
            }
            first = first.or(Some((per_file, memory)));
            if count == 10_000 / self.scale {
                self.again(name, wall)?;
            }
        }
        Ok(())
    }

    /// The floor: reading every source and every output, and their hashes.
    fn again(&self, name: &str, first: f64) -> io::Result<()> {
        let (mut shares, mut floors) = (Vec::new(), Vec::new());
        for _ in 0..5 {
            shares.push(self.normalize(name, 2, true)?.wall / first * 100.0);
            let files = [files_below(&self.path(name))?, files_below(&self.out())?].concat();
            let begun = Instant::now();
            let halves = files.chunks(files.len().div_ceil(2));
            std::thread::scope(|scope| {
                let hash = |files: &[PathBuf]| {
                    files.iter().map(|file| Ok(Sha256::digest(fs::read(file)?)[0])).collect()
                };
                let halves: Vec<_> = halves
                    .map(|half| scope.spawn(move || -> io::Result<Vec<u8>> { hash(half) }))
                    .collect();
                halves.into_iter().all(|half| half.join().is_ok())
            });
            floors.push(seconds(begun) / first * 100.0);
        }
        let floor = format!("{:.1}", median(&mut floors));
        row(
            "  a second run with nothing to do, % of the first",
            median(&mut shares),
            "< 5",
            &floor,
        );
        Ok(())
    }
}

fn row(what: &str, figure: f64, bar: &str, floor: &str) {
    println!("{what:<58}{figure:>10.2}{bar:>9}{floor:>9}");
}

fn skipped(what: &str, why: &str) {
    println!("{what:<58}{:>10} {why}", "SKIPPED");
}

/// The files below a folder, in order.
fn files_below(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}
