//! Tests from outside: the order of the modules, the promises of the design, the dirt that comes in, the command line, the
//! outputs.
#![allow(clippy::unwrap_used, clippy::disallowed_methods)]
#![allow(clippy::items_after_statements, clippy::needless_for_each)]
#![allow(clippy::print_stderr, clippy::print_stdout)] // tables, and tests that find nothing to work on

mod arbitrary;
mod architecture;
mod batch;
mod bulk;
mod cli;
#[allow(dead_code)] // until each container has its tests
mod containers;
mod corpus;
mod dirt;
mod edition_cells;
mod editions;
mod formula;
mod golden;
mod hostile;
mod isolate;
mod json;
mod json_faults;
mod mutants;
mod promises;
mod real;
mod sample;
mod sheet;
mod xlsx_shape;
