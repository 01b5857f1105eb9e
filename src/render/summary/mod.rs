//! One table of all returns: a row a department, a row a task, a row an indicator; and the workbook 汇总表 of them.
//!
//! [`rows`] says what stands in a row; every format is drawn from that. Amounts are in yuan and exact.

pub mod flat;
pub mod notes;
pub mod rows;
pub mod xlsx;
