//! The same return in every container gives the same model. The fixtures were written by other programs; a script
//! beside them makes them again.

mod biff;
mod docx;
mod html;
mod opendocument;
mod xlsb;
mod xlsx;
mod xml2003;

use std::{fs, path::PathBuf};

use jixiao::{
    model::Return,
    pipeline::{self, Reading, Settings},
};

/// The bytes of a fixture.
pub(crate) fn fixture(name: &str) -> Vec<u8> {
    let path =
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/containers").join(name);
    fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// What a fixture holds.
pub(crate) fn reading(name: &str) -> Reading<'static> {
    pipeline::read(&fixture(name), &Settings::default())
        .unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The first return of a sample, which every fixture of the same name holds too.
pub(crate) fn sample(name: &str) -> Return {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("samples").join(name);
    let reading = pipeline::read(&fs::read(path).unwrap(), &Settings::default()).unwrap();
    reading.returns.into_iter().next().unwrap().of
}

/// Asserts that a fixture holds the return of a sample, exactly.
pub(crate) fn assert_same(fixture: &str, sample_name: &str) {
    let found = reading(fixture);
    assert_eq!(found.returns.len(), 1, "{fixture}: one return");
    assert_eq!(found.returns[0].of, sample(sample_name), "{fixture} differs from {sample_name}");
}
