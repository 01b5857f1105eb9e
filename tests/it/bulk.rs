//! A workbook that is one of many is the one that it would be alone, to the byte.

use std::io::{Cursor, Read as _};

use jixiao::{
    model::Return,
    pipeline::{self, Settings},
    render::xlsx::{self, Options},
};
use proptest::{
    strategy::{Strategy as _, ValueTree as _},
    test_runner::TestRunner,
};

use crate::{
    arbitrary::{carried, edition_of},
    sample,
};

/// The parts of a package, in their order.
fn parts(bytes: &[u8]) -> Vec<(String, String)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|at| {
            let mut part = archive.by_index(at).unwrap();
            let mut text = String::new();
            part.read_to_string(&mut text).unwrap();
            (part.name().unwrap().into_owned(), text)
        })
        .collect()
}

fn assert_same(of: &Return) {
    for totals_sheet in [true, false] {
        let write = |bulk| {
            let options = Options { totals_sheet, bulk, ..Options::default() };
            xlsx::render(&[(of, edition_of(of))], options).unwrap()
        };
        let (alone, among_many) = (write(false), write(true));
        for (want, got) in parts(&alone).iter().zip(parts(&among_many)) {
            assert_eq!(*want, got);
        }
        assert!(alone == among_many, "the packages differ, and their parts do not");
    }
}

#[test]
fn samples_are_the_same() {
    for entry in std::fs::read_dir("samples").unwrap() {
        let Ok(bytes) = std::fs::read(entry.unwrap().path()) else { continue };
        let Ok(reading) = pipeline::read(&bytes, &Settings::default()) else { continue };
        reading.returns.iter().for_each(|found| assert_same(&found.of));
    }
}

#[test]
fn arbitrary_returns_are_the_same() {
    let mut runner = TestRunner::deterministic();
    for _ in 0..150 {
        assert_same(&carried().new_tree(&mut runner).unwrap().current());
    }
}

#[test]
fn texts_that_xml_can_not_hold_are_the_same() {
    let mut of = pipeline::read(sample::SOUND.as_bytes(), &Settings::default())
        .unwrap()
        .returns
        .remove(0)
        .of;
    for odd in [
        "a\u{1}b",
        "_x0041_",
        "_x_x0041_",
        "x_x00e9_x0041_é",
        " <&>\"' ",
        "\u{ffff}",
        "\r",
        "=1+1",
        "<r>旧</r>",
    ] {
        of.title = Some(odd.into());
        of.department = Some(odd.into());
        of.overall_objective = Some(odd.repeat(3));
        assert_same(&of);
    }
}

#[test]
fn texts_that_look_like_markup_of_rich_text_stand_as_they_are() {
    let reading = pipeline::read(sample::SOUND.as_bytes(), &Settings::default()).unwrap();
    let mut of = reading.returns[0].of.clone();
    of.overall_objective = Some("<r>旧</r>".into());
    let bytes = xlsx::render(&[(&of, edition_of(&of))], Options::default()).unwrap();
    let texts = parts(&bytes).into_iter().find(|(name, _)| name == "xl/sharedStrings.xml");
    let (_, texts) = texts.unwrap();
    assert!(texts.contains("<t>&lt;r&gt;旧&lt;/r&gt;</t>"), "{texts}");
}
