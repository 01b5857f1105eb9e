//! Many files: which they are, what becomes of each, where outputs go and how they are written.
//!
//! [`sources`] gives the files in order, [`one::one_file`] does the work on one, [`apart`] has it done in another process, `pool` lets several workers do it,
//! `commit` names and writes down in order, and `manifest` lets a later run go on from there.

pub mod apart;
pub mod choice;
mod commit;
mod feed;
mod follow;
pub mod gather;
mod hash;
mod kind;
pub mod load;
pub mod manifest;
pub mod name;
pub mod naming;
mod obsolete;
pub mod one;
mod others;
pub mod output;
pub mod pattern;
mod place;
mod pool;
mod reports;
pub mod run;
pub mod sources;
pub mod stream;
mod walk;
