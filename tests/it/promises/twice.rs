//! Normalising twice changes nothing, and nothing depends on a clock.

use jixiao::{
    pipeline::{self, Settings},
    render::xlsx,
};
use proptest::{prelude::*, strategy::ValueTree as _, test_runner::TestRunner};

use super::{
    identity::{outputs, read_back},
    samples,
};
use crate::{
    arbitrary::{carried, edition_of},
    sample,
};

#[test]
fn rendering_twice_gives_the_same_bytes() {
    let mut runner = TestRunner::deterministic();
    for _ in 0..30 {
        let of = carried().new_tree(&mut runner).unwrap().current();
        let edition = edition_of(&of);
        let first = outputs(&of, edition);
        assert!(first == outputs(&of, edition));
    }
}

#[test]
fn the_second_normalisation_is_byte_identical() {
    let mut runner = TestRunner::deterministic();
    for _ in 0..30 {
        let of = carried().new_tree(&mut runner).unwrap().current();
        let edition = edition_of(&of);
        for (output, bytes) in outputs(&of, edition) {
            let back = read_back(&bytes, edition).unwrap();
            let again =
                outputs(&back, edition).into_iter().find(|(name, _)| *name == output).unwrap().1;
            assert!(again == bytes, "{output}: the second output differs");
        }
    }
}

#[test]
fn every_sample_normalises_to_what_normalises_to_itself() {
    let sound = sample::SOUND.as_bytes().to_vec();
    for bytes in samples().iter().map(|path| std::fs::read(path).unwrap()).chain([sound]) {
        let Ok(reading) = pipeline::read(&bytes, &Settings::default()) else { continue };
        let drawn: Vec<_> =
            reading.returns.iter().map(|found| (&found.of, found.edition)).collect();
        let first = xlsx::render(&drawn, xlsx::Options::default()).unwrap();
        let reading = pipeline::read(&first, &Settings::default()).unwrap();
        let drawn: Vec<_> =
            reading.returns.iter().map(|found| (&found.of, found.edition)).collect();
        assert!(xlsx::render(&drawn, xlsx::Options::default()).unwrap() == first);
    }
}

#[test]
fn no_part_of_a_workbook_tells_the_time() {
    // Dates in the document properties and in the zip's directory: one fixed moment, whenever it runs.
    let reading = pipeline::read(sample::SOUND.as_bytes(), &Settings::default()).unwrap();
    let found = &reading.returns[0];
    let bytes = xlsx::render(&[(&found.of, found.edition)], xlsx::Options::default()).unwrap();
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&bytes)).unwrap();
    for at in 0..archive.len() {
        let part = archive.by_index(at).unwrap();
        let moment = part.last_modified().map(|time| time.to_string());
        assert!(
            moment.as_deref().is_none_or(|time| time.starts_with("1980-01-01")),
            "{:?}: {moment:?}",
            part.name()
        );
    }
    let core = crate::sheet::part(&bytes, "docProps/core.xml");
    let this_year =
        std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs()
            / 31_556_952
            + 1970;
    assert!(
        core.contains("2000-01-01T00:00:00Z") && !core.contains(&this_year.to_string()),
        "{core}"
    );
}
