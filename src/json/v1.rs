//! JSON of a return, version 1: its frozen types, the model as such, and their schema.

mod from_model;
mod schema;
mod types;

pub use schema::schema;
pub use types::*;
