//! Ten thousand broken files over all containers: none takes the reader down.
//!
//! The seed is fixed, so that a fault shows again; `MUTANTS=n` tries other ones and more.

use std::{
    fs,
    io::{Cursor, Read, Write},
    path::{Path, PathBuf},
};

use jixiao::{
    error::Error,
    isolate::Worker,
    pipeline::{self, Settings},
    workbook::Options,
};
use zip::{CompressionMethod, ZipArchive, ZipWriter, write::SimpleFileOptions};

const MUTANTS: usize = 10_000;

/// A small generator of numbers (splitmix64): the same ones on every machine.
pub(crate) struct Numbers(pub(crate) u64);

impl Numbers {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % bound.max(1) as u64).unwrap()
    }
}

/// The files to break: of every kind of container the small ones.
pub(crate) fn seeds() -> Vec<(String, Vec<u8>)> {
    let folders = ["tests/fixtures/containers", "samples"];
    let mut seeds = Vec::new();
    for folder in folders {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(folder);
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let script =
                ["py", "js", "md", "toml"].iter().any(|end| name.ends_with(&format!(".{end}")));
            if path.is_file() && !script && path.metadata().unwrap().len() < 80_000 {
                seeds.push((name, fs::read(&path).unwrap()));
            }
        }
    }
    seeds.sort();
    seeds
}

/// Changes some bytes: flips, extremes, cuts, doubles, swaps.
pub(crate) fn mutate(bytes: &mut Vec<u8>, numbers: &mut Numbers) {
    for _ in 0..=numbers.below(6) {
        if bytes.is_empty() {
            return;
        }
        let at = numbers.below(bytes.len());
        let length = (numbers.below(64) + 1).min(bytes.len() - at);
        match numbers.below(7) {
            0 => bytes[at] ^= 1 << numbers.below(8),
            1 => bytes[at] = [0, 0xff, 0x7f, 0x80][numbers.below(4)],
            2 => bytes[at..at + length].fill([0, 0xff][numbers.below(2)]),
            3 => bytes.truncate(at),
            4 => {
                let piece = bytes[at..at + length].to_vec();
                bytes.splice(at..at, piece);
            }
            5 => drop(bytes.drain(at..at + length)),
            _ => {
                let other = numbers.below(bytes.len() - length + 1);
                let piece = bytes[other..other + length].to_vec();
                bytes[at..at + length].copy_from_slice(&piece);
            }
        }
    }
}

/// Breaks a part within a package, and packs it again.
fn mutate_part(bytes: &[u8], numbers: &mut Numbers) -> Option<Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let chosen = numbers.below(archive.len());
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).ok()?;
        let mut data = Vec::new();
        file.read_to_end(&mut data).ok()?;
        if index == chosen {
            mutate(&mut data, numbers);
        }
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        out.start_file(file.name().ok()?.into_owned(), options).ok()?;
        out.write_all(&data).ok()?;
    }
    Some(out.finish().ok()?.into_inner())
}

#[test]
fn no_mutant_takes_the_reader_down() {
    let stated = std::env::var("MUTANTS").ok().and_then(|number| number.parse::<usize>().ok());
    let mut numbers = Numbers(stated.unwrap_or_default() as u64);
    let seeds = seeds();
    let mut worker = Worker::new(Path::new(env!("CARGO_BIN_EXE_jixiao")), &["worker"]);
    let (mut opened, mut returns, mut escaped) = (0, 0, Vec::new());
    for round in 0..stated.unwrap_or(MUTANTS) {
        let (name, seed) = &seeds[round % seeds.len()];
        let inside = numbers.below(2) == 0;
        let mutant = inside.then(|| mutate_part(seed, &mut numbers)).flatten();
        let mutant = mutant.unwrap_or_else(|| {
            let mut bytes = seed.clone();
            mutate(&mut bytes, &mut numbers);
            bytes
        });
        let error = match worker.open(&mutant, &Options::default()) {
            Ok(source) => {
                opened += 1;
                returns += usize::from(pipeline::read_source(source, &Settings::default()).is_ok());
                continue;
            }
            Err(error) => error,
        };
        let died = matches!(&error, Error::Damaged { reason, .. } if reason.en.contains("its reader stopped"));
        if died || matches!(error, Error::Limit { limit: "seconds" | "memory", .. }) {
            let path = std::env::temp_dir().join(format!("jixiao-mutant-{round}-{name}"));
            fs::write(&path, &mutant).unwrap();
            escaped.push(format!("{}: {error}", path.display()));
        }
    }
    println!("{opened} mutants opened, {returns} still held a return");
    assert!(opened > 100 && returns > 100, "most mutants are broken beyond reading");
    assert!(escaped.is_empty(), "{}", escaped.join("\n"));
}
