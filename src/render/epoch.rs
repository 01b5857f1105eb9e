//! The moment that every workbook states as its own, so that no output depends on a clock.

use rust_xlsxwriter::IntoCustomDateTime;

/// The first second of the year 2000.
pub(super) struct Epoch;

impl IntoCustomDateTime for Epoch {
    fn utc_datetime(self) -> String {
        "2000-01-01T00:00:00Z".to_owned()
    }
}
