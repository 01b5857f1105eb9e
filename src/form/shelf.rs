//! The built-in editions.

use std::sync::LazyLock;

use super::{Edition, file::parse};
use crate::error::{Error, Result};

/// The text of every file in `templates/`; `build.rs` gathers them.
const SOURCES: &[&str] = &include!(concat!(env!("OUT_DIR"), "/editions.rs"));

/// The editions with their texts, by rank.
static SHELF: LazyLock<(Vec<Edition>, Vec<&str>)> = LazyLock::new(|| {
    let parsed = SOURCES.iter().filter_map(|text| Some((parse(text).ok()?, *text)));
    let mut parsed: Vec<(Edition, &str)> = parsed.collect();
    parsed.sort_by(|(one, _), (other, _)| (one.rank, &one.name).cmp(&(other.rank, &other.name)));
    parsed.into_iter().unzip()
});

/// Every built-in edition, in the order in which a return is tried against them.
pub fn built_in() -> &'static [Edition] {
    &SHELF.0
}

/// The edition that is taken where none is named: the first.
///
/// # Errors
/// [`Error::UnknownEdition`] where none is built in.
pub fn default_edition() -> Result<&'static Edition> {
    built_in().first().ok_or_else(|| unknown(""))
}

/// The built-in edition of that name.
///
/// # Errors
/// [`Error::UnknownEdition`] with the names that exist.
pub fn by_name(name: &str) -> Result<&'static Edition> {
    built_in().iter().find(|edition| edition.name == name).ok_or_else(|| unknown(name))
}

fn unknown(name: &str) -> Error {
    let names: Vec<&str> = built_in().iter().map(|edition| edition.name.as_str()).collect();
    Error::UnknownEdition { name: name.to_owned(), known: names.join(", ") }
}

/// The file of a built-in edition, as a start for one's own.
pub fn builtin_source(name: &str) -> Option<&'static str> {
    let (editions, texts) = &*SHELF;
    editions.iter().zip(texts).find(|(edition, _)| edition.name == name).map(|(_, text)| *text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_built_in_edition_is_sound_and_has_a_name_and_a_rank_of_its_own() {
        for text in SOURCES {
            parse(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
        }
        assert_eq!(built_in().len(), SOURCES.len());
        for pair in built_in().windows(2) {
            assert!(pair[0].rank < pair[1].rank, "{} and {}", pair[0].name, pair[1].name);
        }
        for edition in built_in() {
            let alike = built_in().iter().filter(|other| other.name == edition.name).count();
            assert_eq!(alike, 1, "{}", edition.name);
        }
    }
}
