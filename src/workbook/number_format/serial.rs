//! Serial numbers as days of the calendar, with Excel's own: 1900-01-00, 1900-02-29.

/// The serial after Excel's last day, 9999-12-31.
const END: f64 = 2_958_466.0;
/// From 1900-01-00 to 1904-01-01.
const EPOCHS_APART: f64 = 1462.0;
/// Ten thousandths of a second in a day: fine enough for `.000`, coarse enough to take float noise.
const TICKS: f64 = 864_000_000.0;

/// Year, month, day.
pub(super) type Day = (i32, u32, u32);

/// A moment, taken apart.
pub(super) struct Moment {
    pub(super) serial: i64,
    pub(super) date: Day,
    pub(super) ticks: i64,
}

impl Moment {
    /// The moment of a serial number, rounded to `unit` ticks; `None` before the first day and after the last one.
    pub(super) fn of(value: f64, date1904: bool, unit: i64) -> Option<Self> {
        let serial = if date1904 { value + EPOCHS_APART } else { value };
        // Written so that no-number is refused too.
        if !(value >= 0.0 && serial < END) {
            return None;
        }
        let mut days = truncated(serial);
        let mut ticks = (truncated(serial.fract() * TICKS + 0.5) + unit / 2) / unit * unit;
        if ticks >= truncated(TICKS) {
            days += 1;
            ticks -= truncated(TICKS);
        }
        (days < truncated(END)).then(|| Self { serial: days, date: civil(days), ticks })
    }

    pub(super) fn seconds(&self) -> i64 {
        self.ticks / 10_000
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "callers stay within a day's ticks and Excel's last serial"
)]
fn truncated(value: f64) -> i64 {
    value as i64
}

/// Year, month and day of a serial of the 1900 system, its two impossible days included.
fn civil(serial: i64) -> Day {
    match serial {
        0 => return (1900, 1, 0),
        60 => return (1900, 2, 29),
        _ => {}
    }
    // Days since 0000-03-01, as years that end with February have their leap day last.
    let days = serial + if serial < 60 { 693_900 } else { 693_899 };
    let (era, day_of_era) = (days / 146_097, days % 146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = era * 400 + year_of_era + i64::from(month <= 2);
    (
        i32::try_from(year).unwrap_or(0),
        u32::try_from(month).unwrap_or(0),
        u32::try_from(day).unwrap_or(0),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_of_the_calendar() {
        // Both ends, Excel's own days, century years with and without a leap day.
        let cases = [
            (0, (1900, 1, 0)),
            (1, (1900, 1, 1)),
            (59, (1900, 2, 28)),
            (60, (1900, 2, 29)),
            (61, (1900, 3, 1)),
            (1462, (1904, 1, 1)),
            (36_585, (2000, 2, 29)),
            (46_022, (2025, 12, 31)),
            (73_110, (2100, 3, 1)),
            (2_958_465, (9999, 12, 31)),
        ];
        for (serial, want) in cases {
            assert_eq!(civil(serial), want, "{serial}");
        }
        for serial in 61..2_958_465 {
            assert!(civil(serial) < civil(serial + 1), "{serial}");
        }
    }
}
