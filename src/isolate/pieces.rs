//! A long text on its way through the pipe, in pieces: it never stands there twice.

use std::fmt;

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{SeqAccess, Visitor},
};

use super::wire::PIECE;

/// A long text, which goes through the pipe in pieces.
pub(super) struct Pieces<T>(pub(super) T);

impl Serialize for Pieces<&str> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let ends = (0..=self.0.len()).step_by(PIECE).map(|at| boundary(self.0, at));
        let ends: Vec<usize> = ends.chain([self.0.len()]).collect();
        let pieces = ends.windows(2).map(|ends| self.0.get(ends[0]..ends[1]).unwrap_or_default());
        serializer.collect_seq(pieces.collect::<Vec<_>>())
    }
}

/// The beginning of the character at some byte.
fn boundary(text: &str, at: usize) -> usize {
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

impl<'de> Deserialize<'de> for Pieces<String> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Joined;
        impl<'de> Visitor<'de> for Joined {
            type Value = String;

            fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
                to.write_str("pieces of a text")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut pieces: A) -> Result<String, A::Error> {
                let mut text = String::new();
                while let Some(piece) = pieces.next_element::<String>()? {
                    text += &piece;
                }
                Ok(text)
            }
        }
        deserializer.deserialize_seq(Joined).map(Pieces)
    }
}
