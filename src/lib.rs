//! Reads the performance-target returns of Chinese government departments (部门整体预算绩效目标表) in whatever file they
//! come, checks them as a reviewer would, and writes them back as correctly formatted, submission-ready workbooks.
//!
//! ```
//! use jixiao::{pipeline, render};
//!
//! let text = "沙田镇部门整体预算绩效目标表\n部门名称,某镇某中心\n基本支出（万元）,10,财政拨款（万元）,10\n\
//!     绩效指标,一级指标,二级指标,三级指标,实施周期指标值,年度指标值\n,产出指标,数量指标,办件量,≥10宗,≥10宗\n";
//! let reading = pipeline::read(text.as_bytes(), &pipeline::Settings::default())?;
//! let found = &reading.returns[0];
//! assert_eq!(found.of.indicators[0].level3, "办件量");
//! let xlsx = render::xlsx::render(&[(&found.of, found.edition)], render::xlsx::Options::default())?;
//! assert!(xlsx.starts_with(b"PK"));
//! # Ok::<(), jixiao::error::Error>(())
//! ```

#[macro_use]
pub mod message;

pub mod batch;
pub mod catalog;
pub mod cell;
pub mod check;
pub mod compare;
pub mod diagnostic;
pub mod error;
pub mod extract;
pub mod form;
pub mod grid;
#[cfg(feature = "cli")]
pub mod isolate;
pub mod json;
pub mod model;
pub mod pipeline;
pub mod render;
pub mod workbook;
