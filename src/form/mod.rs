//! Editions of the form as data, and the search for a form's labels on a grid.

mod added;
mod again;
mod amounts;
mod chosen;
mod columns;
pub mod edition;
mod fields;
mod file;
mod filled;
mod foot;
pub mod furniture;
mod head;
mod index;
pub mod label;
mod level_names;
mod locate;
pub mod located;
mod margin;
pub mod matching;
mod named;
pub mod noted;
pub mod pairs;
pub mod recognise;
mod right;
mod rows;
pub mod segment;
pub mod sheet;
mod shelf;
mod staggered;
mod units;

pub use edition::Edition;
pub use file::parse;
pub use level_names::is_ditto;
pub use shelf::{built_in, built_in_texts, builtin_source, by_name, default_edition};
