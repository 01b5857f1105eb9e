//! JSON of a return, version 1, both ways. The shape is a promise: the model may change, this may not.

mod place;
mod read;
pub mod v1;

pub use read::{Read, read};
pub use v1::{ReturnV1, schema};
