//! What the styles of a workbook say about a value: its number format, and whether it is struck through.

use std::{collections::HashMap, rc::Rc};

use super::number_format::NumberFormat;
use crate::grid::{Number, Value};

/// The styles of a workbook, as far as they matter to a value.
#[derive(Default)]
pub(super) struct Looks {
    styles: Vec<Look>,
    /// Formats by number, compiled once; none for the general one.
    compiled: HashMap<u32, Option<Rc<NumberFormat>>>,
    /// Whether days count from 1904.
    pub(super) date1904: bool,
}

struct Look {
    format: Option<Rc<NumberFormat>>,
    struck: bool,
}

/// Numbers below are formats that every program knows.
const FIRST_CUSTOM: u32 = 164;

impl Looks {
    pub(super) fn new(date1904: bool) -> Self {
        Self { date1904, ..Self::default() }
    }

    /// Adds the next style: the number of its format, that format's code where the workbook states one, and whether
    /// it strikes through.
    pub(super) fn add(&mut self, id: u32, code: Option<&str>, struck: bool) {
        let format = self.compiled.entry(id).or_insert_with(|| {
            let builtin = u16::try_from(id).ok().filter(|_| id < FIRST_CUSTOM);
            let format = builtin
                .and_then(NumberFormat::from_builtin)
                .or_else(|| code.map(NumberFormat::from_code))?;
            (!format.is_general()).then(|| Rc::new(format))
        });
        self.styles.push(Look { format: format.clone(), struck });
    }

    /// A number in a style. One that is infinite or none at all is an error value: no sheet shows it.
    pub(super) fn number(&self, value: f64, style: usize) -> Value {
        if !value.is_finite() {
            return Value::Error("#NUM!".to_owned());
        }
        let format = self.styles.get(style).and_then(|look| look.format.as_ref());
        let shown = format.map(|format| format.show(value, self.date1904));
        Value::Number(Number { value, shown })
    }

    /// A date or a time in ISO form: the number that stands for it, shown as the style has it, or as a long date
    /// where the style has no format. What is no date is a text.
    pub(super) fn date(&self, text: &str, style: usize) -> Value {
        let Some(value) = serial(text.trim(), self.date1904) else {
            return Value::Text(text.to_owned());
        };
        match self.number(value, style) {
            Value::Number(Number { shown: None, .. }) if value >= 1.0 => {
                let format = NumberFormat::from_code(LONG_DATE);
                Value::Number(Number { value, shown: Some(format.show(value, self.date1904)) })
            }
            Value::Number(Number { shown: None, .. }) => Value::Text(text.to_owned()),
            value => value,
        }
    }

    /// Whether a style strikes through.
    pub(super) fn struck(&self, style: usize) -> bool {
        self.styles.get(style).is_some_and(|look| look.struck)
    }
}

const LONG_DATE: &str = "yyyy\"年\"m\"月\"d\"日\"";

/// The serial number of `2025-12-31`, `2025-12-31T08:30:00.5Z` or `08:30`.
fn serial(text: &str, date1904: bool) -> Option<f64> {
    let text = text.strip_suffix(['Z', 'z']).unwrap_or(text);
    let (date, time) = match text.split_once(['T', 't', ' ']) {
        Some((date, time)) => (Some(date), Some(time)),
        None if text.contains(':') => (None, Some(text)),
        None => (Some(text), None),
    };
    let days = match date {
        Some(date) => days(date, date1904)?,
        None => 0.0,
    };
    Some(days + time.map_or(Some(0.0), part_of_day)?)
}

/// Days from the first one of the calendar in force up to `2025-12-31`.
fn days(date: &str, date1904: bool) -> Option<f64> {
    let mut pieces = date.split('-');
    let mut piece = || -> Option<i32> {
        let piece = pieces.next()?;
        let digits = (1..=4).contains(&piece.len()) && piece.bytes().all(|b| b.is_ascii_digit());
        digits.then(|| piece.parse().ok()).flatten()
    };
    let (year, month, day) = (piece()?, piece()?, piece()?);
    if pieces.next().is_some()
        || !(1900..=9999).contains(&year)
        || !(1..=12).contains(&month)
        || !(1..=31).contains(&day)
    {
        return None;
    }
    // Years that end with February have their leap day last.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let days = 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day - 1;
    // The first two months of 1900 come before the day that never was, 1900-02-29.
    let serial = days - if days < 693_960 { 693_900 } else { 693_899 };
    let serial = if date1904 { serial - 1462 } else { serial };
    (serial >= 0).then(|| f64::from(serial))
}

fn part_of_day(time: &str) -> Option<f64> {
    // A zone behind the time moves nothing: the sheet shows the time as it stands.
    let time = time.split(['+', '-']).next()?;
    let mut pieces = time.split(':');
    let mut piece = |most: f64| -> Option<Option<f64>> {
        let Some(piece) = pieces.next() else { return Some(None) };
        let digits = !piece.is_empty() && piece.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        let value = digits.then(|| piece.parse::<f64>().ok()).flatten()?;
        (value < most).then_some(Some(value))
    };
    let hours = piece(25.0)??;
    let (minutes, seconds) = (piece(60.0)??, piece(61.0)?.unwrap_or(0.0));
    pieces.next().is_none().then(|| (hours * 3600.0 + minutes * 60.0 + seconds) / 86_400.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn iso_dates_are_serial_numbers() {
        for (text, date1904, want) in [
            ("1900-01-01", false, Some(1.0)),
            ("1900-02-28", false, Some(59.0)),
            ("1900-03-01", false, Some(61.0)),
            ("2025-12-31", false, Some(46_022.0)),
            ("1904-01-02T12:00:00Z", true, Some(1.5)),
            ("2025-12-31T06:00:00.000+08:00", false, Some(46_022.25)),
            ("18:00", false, Some(0.75)),
            ("1899-12-31", false, None),
            ("2025-13-01", false, None),
            ("2025-1", false, None),
            ("2025年", false, None),
            ("2025-12-31T", false, None),
            ("", false, None),
        ] {
            assert_eq!(serial(text, date1904), want, "{text}");
        }
    }

    #[test]
    fn a_date_shows_as_its_style_or_as_a_long_date() {
        let mut looks = Looks::new(false);
        looks.add(0, None, false);
        looks.add(14, None, true);
        looks.add(200, Some("0.0"), false);
        let shown = |value: Value| match value {
            Value::Number(Number { shown, .. }) => shown.map(|shown| shown.text),
            _ => None,
        };
        assert_eq!(shown(looks.date("2025-12-31", 0)).as_deref(), Some("2025年12月31日"));
        assert_eq!(shown(looks.date("2025-12-31", 1)).as_deref(), Some("2025/12/31"));
        assert_eq!(looks.date("soon", 1), Value::Text("soon".into()));
        assert_eq!(looks.number(f64::INFINITY, 0), Value::Error("#NUM!".into()));
        assert_eq!(shown(looks.number(1.25, 2)).as_deref(), Some("1.3"));
        assert!(looks.struck(1) && !looks.struck(9));
    }
}
