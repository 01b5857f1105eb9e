//! Names of outputs made of what a return says.

use std::path::{Path, PathBuf};

use super::{name, naming::stem};
use crate::{
    error::{Error, Result},
    message::Message,
    render::report::record::ReturnLineV1,
};

/// A name with fields in it, such as `{year}/{department}`.
#[derive(Clone, Debug)]
pub struct Pattern {
    text: String,
    pieces: Vec<Piece>,
}

#[derive(Clone, Debug)]
enum Piece {
    Words(String),
    Field(&'static str),
}

const FIELDS: [&str; 6] = ["department", "year", "level", "approver", "edition", "source"];

impl Pattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// [`Error::Pattern`] when it names a field that there is not, or none at all.
    pub fn new(text: &str) -> Result<Self> {
        let wrong = |reason: Message| Error::Pattern { reason };
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some(at) = rest.find('{') {
            let (words, behind) = rest.split_at(at);
            let (field, behind) = behind[1..].split_once('}').ok_or_else(|| {
                wrong(message!("`{text}` lacks a closing `}}`", "`{text}` 缺少右括号 `}}`"))
            })?;
            let field = FIELDS.iter().find(|known| **known == field).ok_or_else(|| {
                let known = FIELDS.join(", ");
                wrong(message!(
                    "`{{{field}}}` is no field; there are {known}",
                    "没有名为 `{{{field}}}` 的栏目，可用的有 {known}"
                ))
            })?;
            pieces.push(Piece::Words(words.to_owned()));
            pieces.push(Piece::Field(field));
            rest = behind;
        }
        if pieces.is_empty() {
            return Err(wrong(message!(
                "`{text}` names no field such as `{{department}}`",
                "`{text}` 中没有 `{{department}}` 这样的栏目"
            )));
        }
        pieces.push(Piece::Words(rest.to_owned()));
        Ok(Self { text: text.to_owned(), pieces })
    }

    /// The pattern as it was given.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The place of a return: the fields filled in, each part a sound name.
    pub(super) fn fill(&self, of: &ReturnLineV1, source: &Path) -> PathBuf {
        let stem = name::escape(&stem(source.file_name().unwrap_or_default()));
        let value = |field: &str| -> String {
            let text = |text: &Option<String>| text.clone().unwrap_or_else(|| "_".to_owned());
            let value = match field {
                "department" => text(&of.department),
                "year" => of.year.map_or_else(|| "_".to_owned(), |year| year.to_string()),
                "level" => text(&of.level),
                "approver" => text(&of.approver),
                "edition" => of.edition.clone(),
                _ => stem.clone(),
            };
            // A slash in a value makes no folder.
            value.replace(['/', '\\'], "_")
        };
        let filled: String = self
            .pieces
            .iter()
            .map(|piece| match piece {
                Piece::Words(words) => words.clone(),
                Piece::Field(field) => value(field),
            })
            .collect();
        let parts = filled.split('/').filter(|part| !part.is_empty());
        parts.map(|part| name::fitted(name::sound(part).into(), 5)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_is_filled_in_and_made_sound() {
        let pattern = Pattern::new("{year}/{department}：{source}").unwrap();
        let of = ReturnLineV1 {
            department: Some("甲/乙局".into()),
            year: Some(2025),
            ..ReturnLineV1::default()
        };
        assert_eq!(pattern.fill(&of, Path::new("x/表.xls")), Path::new("2025/甲_乙局：表"));
        let unknown = Pattern::new("{department}-{year}").unwrap();
        assert_eq!(unknown.fill(&ReturnLineV1::default(), Path::new("a")), Path::new("_-_"));
        for wrong in ["name", "{dept}", "{year"] {
            assert!(Pattern::new(wrong).is_err(), "{wrong}");
        }
    }
}
