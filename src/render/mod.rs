//! Outputs: model in, bytes out. One output, one file; no path, no printing.

pub mod account;
pub mod csv;
pub mod difference;
pub mod drawing;
mod epoch;
mod face;
pub mod findings;
pub mod format;
pub mod grid;
pub mod json;
pub mod jsonl;
mod levels;
mod lines;
pub mod report;
pub mod summary;
mod text_cell;
pub mod titles;
pub mod xlsx;
