//! Folders of returns: what is written where, what a second run does, and what must be survived.

mod compared;
mod damaged;
mod diff;
mod faults;
mod follow;
mod moving;
mod normalize;
mod paired;
mod places;
mod resume;
mod stream;
mod summarize;
mod told;

use std::{
    collections::BTreeMap,
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use crate::sample;

/// A folder of its own in which the command runs.
struct Place(tempfile::TempDir);

/// How a command ended.
#[derive(Debug)]
struct Ran {
    status: i32,
    out: String,
    err: String,
}

impl Place {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: impl AsRef<Path>) -> PathBuf {
        self.0.path().join(name)
    }

    fn put(&self, name: impl AsRef<Path>, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    }

    fn get(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap()
    }

    fn json(&self, name: &str) -> serde_json::Value {
        serde_json::from_slice(&self.get(name)).unwrap()
    }

    fn command<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_jixiao"));
        command.current_dir(self.0.path()).env("JIXIAO_LANG", "en").args(args);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    fn run<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> Ran {
        let output = self.command(args).output().unwrap();
        Ran {
            status: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Runs a command line without quotes.
    fn line(&self, line: &str) -> Ran {
        self.run(line.split_whitespace())
    }

    /// Every file below a folder with its bytes.
    fn tree(&self, folder: &str) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut found = BTreeMap::new();
        let mut folders = vec![self.path(folder)];
        while let Some(next) = folders.pop() {
            for entry in fs::read_dir(next).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let name = path.strip_prefix(self.path(folder)).unwrap().to_owned();
                    found.insert(name, fs::read(&path).unwrap());
                }
            }
        }
        found
    }

    /// Two folders hold the same files with the same bytes.
    fn assert_same(&self, one: &str, other: &str) {
        let (one, other) = (self.tree(one), self.tree(other));
        assert_eq!(one.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>());
        for (name, bytes) in &one {
            assert!(other[name] == *bytes, "{} differs", name.display());
        }
    }

    /// The names of the outputs below a folder: neither reports nor what runs keep for themselves.
    fn outputs(&self, folder: &str) -> Vec<String> {
        let own = |name: &String| {
            name.starts_with(".jixiao") || name.starts_with("report.") || name == "manifest.jsonl"
        };
        let names = self.tree(folder).into_keys().map(|name| name.to_string_lossy().into_owned());
        names.filter(|name| !own(name)).collect()
    }
}

/// A sound return of a department.
fn of(department: &str) -> String {
    sample::broken("沙田镇某服务中心", department)
}

/// A small tree in several containers, with what must be passed over and what can't be read.
fn small_tree(place: &Place) {
    place.put("in/a/one.csv", of("甲局"));
    place.put("in/a/two.txt", of("乙局").replace(',', "\t"));
    place.put("in/b/three.csv", sample::broken("402.49", "约四百万"));
    place.put("in/b/torn.xlsx", b"PK\x03\x04 and no more");
    place.put("in/b/notes.md", "no return");
    place.put("in/.hidden.csv", of("丙局"));
    place.put("in/~$one.csv", of("丁局"));
    let xlsx = place.run(["convert", "in/a/one.csv", "-o", "in/four.xlsx", "-q"]);
    assert_eq!(xlsx.status, 0, "{}", xlsx.err);
}
