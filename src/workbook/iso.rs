//! Dates and times in the spelling of ISO 8601, as the serial numbers of a workbook.

/// Year, month, day.
pub(super) type Day = (i32, u32, u32);

/// From the serial numbers of the 1904 system to those of the 1900 one.
const EPOCHS_APART: f64 = 1462.0;

/// A date, with a time or without: `2025-12-31T08:00:00.000`. Its day and its serial number.
pub(super) fn date(text: &str, date1904: bool) -> Option<(Day, f64)> {
    let text = text.trim().trim_end_matches('Z');
    let (date, time) = text.split_once(['T', ' ']).unwrap_or((text, "0:0"));
    let mut parts = date.splitn(3, '-').map(whole);
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    if year > 9999 || !(1..=12).contains(&month) || !(1..=length(year, month)).contains(&day) {
        return None;
    }
    let mut clock = time.splitn(3, ':');
    let (hours, minutes) = (whole(clock.next()?)?, whole(clock.next()?)?);
    let seconds = clock.next().map_or(Some(0.0), decimal)?;
    if hours > 24 || minutes > 59 || seconds >= 61.0 {
        return None;
    }
    let days = serial(year, month, day) - if date1904 { EPOCHS_APART } else { 0.0 };
    let serial = days + (f64::from(hours * 60 + minutes) * 60.0 + seconds) / 86_400.0;
    Some(((i32::try_from(year).ok()?, month, day), serial))
}

/// A length of time, `PT08H30M00S`, in days.
pub(super) fn duration(text: &str) -> Option<f64> {
    let text = text.trim();
    let (sign, rest) = text.strip_prefix('-').map_or((1.0, text), |rest| (-1.0, rest));
    let (days, time) = rest.strip_prefix('P')?.split_once('T')?;
    let mut total = match days {
        "" => 0.0,
        days => decimal(days.strip_suffix('D')?)?,
    };
    let mut rest = time;
    for (unit, size) in [('H', 24.0), ('M', 1440.0), ('S', 86_400.0)] {
        if let Some((number, behind)) = rest.split_once(unit) {
            total += decimal(number)? / size;
            rest = behind;
        }
    }
    rest.is_empty().then_some(sign * total)
}

fn whole(text: &str) -> Option<u32> {
    let plain = (1..=5).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok())?
}

fn decimal(text: &str) -> Option<f64> {
    let plain = text.len() <= 24 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    plain.then(|| text.parse().ok())?
}

fn is_leap(year: u32) -> bool {
    year.is_multiple_of(4) && !year.is_multiple_of(100) || year.is_multiple_of(400)
}

fn length(year: u32, month: u32) -> u32 {
    match month {
        2 => 28 + u32::from(is_leap(year)),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// The serial number of a day in the 1900 system, which has a 29 February 1900.
fn serial(year: u32, month: u32, day: u32) -> f64 {
    // Leap days up to the year before; year 0 is one with a leap day.
    let before = year.saturating_sub(1);
    let leaps = before / 4 - before / 100 + before / 400 + u32::from(year > 0);
    let days = year * 365 + leaps + (1..month).map(|month| length(year, month)).sum::<u32>() + day;
    // 1899-12-30 is day 693,960 of this count.
    let serial = f64::from(days) - 693_960.0;
    if serial < 61.0 { serial - 1.0 } else { serial }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_have_the_serial_numbers_of_excel() {
        for (text, want) in [
            ("2025-12-31", 46_022.0),
            ("2025-12-31T12:00:00", 46_022.5),
            ("2025-12-31T06:00:00.000", 46_022.25),
            ("1900-03-01", 61.0),
            ("1900-02-28", 59.0),
            ("1900-01-01", 1.0),
            ("1899-12-31T18:00:00.000", 0.75),
            ("2000-02-29", 36_585.0),
            ("9999-12-31", 2_958_465.0),
        ] {
            assert_eq!(date(text, false).map(|(_, serial)| serial), Some(want), "{text}");
        }
        assert_eq!(date("1904-01-01", true), Some(((1904, 1, 1), 0.0)));
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in ["", "2025", "2025-13-01", "2025-02-29", "2025-1-", "12025-01-01", "-1-1-1"] {
            assert_eq!(date(text, false), None, "{text}");
        }
        for text in ["", "PT", "P1Y", "8:00", "PT1e9H"] {
            assert!(duration(text).is_none_or(|days| days == 0.0), "{text}");
        }
    }

    #[test]
    fn lengths_of_time_are_days() {
        assert_eq!(duration("PT12H00M00S"), Some(0.5));
        assert_eq!(duration("P1DT6H"), Some(1.25));
        assert_eq!(duration("-PT06H00M00.000S"), Some(-0.25));
    }
}
