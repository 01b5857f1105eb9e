//! The command line: exit statuses, streams, options and messages.

mod chinese;
mod convert;
mod inputs;
mod outputs;
mod say;

use std::{
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
};

use crate::sample;

/// A folder of its own in which the command runs.
pub(crate) struct Folder(tempfile::TempDir);

/// How a command ended.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) status: i32,
    pub(crate) out: Vec<u8>,
    pub(crate) err: String,
}

impl Run {
    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.out).unwrap()
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.out).unwrap()
    }
}

impl Folder {
    /// A folder with the sound sample in `sound.csv`.
    pub(crate) fn new() -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        folder.put("sound.csv", sample::SOUND);
        folder
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn put(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::write(&path, bytes).unwrap();
        path
    }

    /// The file of a built-in edition.
    pub(crate) fn edition(&self) -> String {
        String::from_utf8(self.run(words("template --edition shatian --to toml")).out).unwrap()
    }

    pub(crate) fn get(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap()
    }

    /// The names in the folder, sorted.
    pub(crate) fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(self.0.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    /// Runs `jixiao` here, its messages in English.
    pub(crate) fn run<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> Run {
        self.run_with(args, b"", &[("JIXIAO_LANG", "en")])
    }

    /// Runs `jixiao` with something on standard input.
    pub(crate) fn feed<S: AsRef<OsStr>>(
        &self,
        args: impl IntoIterator<Item = S>,
        stdin: &[u8],
    ) -> Run {
        self.run_with(args, stdin, &[("JIXIAO_LANG", "en")])
    }

    pub(crate) fn run_with<S: AsRef<OsStr>>(
        &self,
        args: impl IntoIterator<Item = S>,
        stdin: &[u8],
        env: &[(&str, &str)],
    ) -> Run {
        let mut command = assert_cmd::Command::new(env!("CARGO_BIN_EXE_jixiao"));
        for name in ["JIXIAO_LANG", "LC_ALL", "LC_CTYPE", "LC_MESSAGES", "LANG", "LANGUAGE"] {
            command.env_remove(name);
        }
        let output = command
            .current_dir(self.0.path())
            .envs(env.iter().copied())
            .args(args)
            .write_stdin(stdin)
            .output()
            .unwrap();
        Run {
            status: output.status.code().unwrap_or(-1),
            out: output.stdout,
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

/// A text with one place changed, which must be there.
pub(crate) fn changed(text: &str, what: &str, by: &str) -> String {
    assert!(text.contains(what), "{what}");
    text.replacen(what, by, 1)
}

/// Splits a command line at spaces.
pub(crate) fn words(line: &str) -> Vec<&str> {
    line.split_whitespace().collect()
}

/// The repository's folder of templates.
pub(crate) fn templates() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("templates")
}
