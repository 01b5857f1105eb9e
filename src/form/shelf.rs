//! The built-in editions.

use std::sync::LazyLock;

use super::{Edition, file::parse};
use crate::error::{Error, Result};

/// The text of every file in `templates/`; `build.rs` gathers them.
const SOURCES: &[&str] = &include!(concat!(env!("OUT_DIR"), "/editions.rs"));

/// The editions, by rank.
static SHELF: LazyLock<Vec<Edition>> = LazyLock::new(|| {
    let mut parsed: Vec<Edition> = SOURCES.iter().filter_map(|text| parse(text).ok()).collect();
    parsed.sort_by(|one, other| (one.rank, &one.name).cmp(&(other.rank, &other.name)));
    parsed
});

/// The texts of the built-in editions, for what depends on them all; none of them is parsed for it.
pub fn built_in_texts() -> &'static [&'static str] {
    SOURCES
}

/// Every built-in edition, in the order in which a return is tried against them.
pub fn built_in() -> &'static [Edition] {
    &SHELF
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
    built_in().iter().find(|edition| edition.name == name).map(|edition| edition.text.as_str())
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
