//! The built-in editions.

use std::sync::LazyLock;

use super::{Edition, file::parse};
use crate::error::{Error, Result};

/// Name and text of every built-in edition, the more special ones first.
const SOURCES: &[(&str, &str)] = &[
    ("shatian", include_str!("../../templates/shatian.toml")),
    ("guangdong", include_str!("../../templates/guangdong.toml")),
];

static EDITIONS: LazyLock<Vec<Edition>> =
    LazyLock::new(|| SOURCES.iter().filter_map(|(_, text)| parse(text).ok()).collect());

/// Every built-in edition, in the order in which a return is tried against them.
pub fn built_in() -> &'static [Edition] {
    &EDITIONS
}

/// The built-in edition of that name.
///
/// # Errors
/// [`Error::UnknownEdition`] with the names that exist.
pub fn by_name(name: &str) -> Result<&'static Edition> {
    built_in().iter().find(|edition| edition.name == name).ok_or_else(|| Error::UnknownEdition {
        name: name.to_owned(),
        known: built_in()
            .iter()
            .map(|edition| edition.name.as_str())
            .collect::<Vec<_>>()
            .join(", "),
    })
}

/// The file of a built-in edition, as a start for one's own.
pub fn builtin_source(name: &str) -> Option<&'static str> {
    SOURCES.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_built_in_edition_is_sound() {
        for (name, text) in SOURCES {
            let edition = parse(text).unwrap_or_else(|error| panic!("{name}: {error}"));
            assert_eq!(edition.name, *name);
        }
        assert_eq!(built_in().len(), SOURCES.len());
    }
}
