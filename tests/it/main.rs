//! What the whole must hold: the order of its modules, the promises of its design, the command line, the outputs.
//! Tests from outside: the order of the modules, the promises of the design, the dirt that comes in, the command line, the
//! outputs.
#![allow(clippy::unwrap_used, clippy::disallowed_methods)]

mod arbitrary;
mod architecture;
mod cli;
mod dirt;
mod golden;
mod json;
mod promises;
mod real;
mod sample;
mod sheet;
mod xlsx_shape;
