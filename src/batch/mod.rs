//! Many files: where outputs go and how they are written.

pub mod output;
pub mod walk;
