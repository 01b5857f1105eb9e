//! How a number cell shows. The writer's own text counts where it agrees with the value; else the number style says.
//! A text can lag behind: programs that fill templates put in values and leave old texts.

use super::styles::Look;
use crate::{
    grid::{Number, Shown},
    workbook::{
        iso::Day,
        number_format::{NumberFormat, general},
    },
};

/// What a cell says it holds.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Kind {
    Plain,
    Percentage,
    Date(Day),
    Time,
}

/// A number cell with its text, of which white space at the ends counts for nothing.
pub(super) fn number(value: f64, text: &str, kind: Kind, look: &Look) -> Number {
    let styled = look.format.as_ref().map(|format| format.show(value, false));
    let text = text.trim();
    let shown = match kind {
        Kind::Date(day) => Some(date(value, text, day, styled)),
        Kind::Time => Some(match styled {
            Some(styled) if text.is_empty() => styled,
            _ if text.is_empty() => NumberFormat::from_code("[h]:mm:ss").show(value, false),
            _ => plain(text),
        }),
        Kind::Plain => of_text(value, text, styled.as_ref())
            .or_else(|| of_date(value, text).filter(|_| look.format.is_none()))
            .or(styled),
        Kind::Percentage => {
            let read = of_text(value, text, styled.as_ref());
            // A percentage that shows none has a text that lags behind, or none.
            read.filter(|shown| shown.percent || styled.as_ref().is_some_and(|s| !s.percent))
                .or(styled)
                .or_else(|| Some(percentage(value)))
        }
    };
    Number { value, shown }
}

fn plain(text: &str) -> Shown {
    Shown { text: text.to_owned(), percent: false, date: None, power: 0 }
}

fn percentage(value: f64) -> Shown {
    Shown { percent: true, ..plain(&format!("{}%", general(value * 100.0))) }
}

fn date(value: f64, text: &str, day: Day, styled: Option<Shown>) -> Shown {
    // Chinese digits show as plain ones, as everywhere.
    let worded = styled.is_some() && !text.contains(|c: char| c.is_ascii_digit());
    if text.is_empty() || worded || !names_day(text, day, value) {
        let short = || NumberFormat::from_code("yyyy-mm-dd").show(value, false);
        return styled.unwrap_or_else(short);
    }
    // A style that shows the time alone shows no date.
    let date = styled.map_or(Some(day), |styled| styled.date);
    Shown { date, ..plain(text) }
}

/// How a text shows a number that is a date. `SheetJS` keeps no more of a date than its serial number and its text.
fn of_date(value: f64, text: &str) -> Option<Shown> {
    let day = NumberFormat::from_code("yyyy-mm-dd").show(value, false).date?;
    let numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty()).count();
    (numbers >= 2 && names_day(text, day, value.trunc()))
        .then(|| Shown { date: Some(day), ..plain(text) })
}

/// Whether every number in a text is one of the day's. A time adds numbers of its own.
fn names_day(text: &str, (year, month, day): Day, value: f64) -> bool {
    let year = year.unsigned_abs();
    value.fract() != 0.0
        || text.split(|c: char| !c.is_ascii_digit()).filter(|digits| !digits.is_empty()).all(
            |digits| {
                digits.parse::<u32>().is_ok_and(|n| [year, year % 100, month, day].contains(&n))
            },
        )
}

/// How a text shows a value; `None` where it shows the bare number, nothing, or another number.
fn of_text(value: f64, text: &str, styled: Option<&Shown>) -> Option<Shown> {
    if let Some(styled) = styled.filter(|styled| styled.text == text) {
        return Some(styled.clone());
    }
    let Some(digits) = digits(text) else {
        // Dashes of a zero and the like; a word for a number is up to the style.
        return (!text.is_empty() && styled.is_none() && value == 0.0).then(|| plain(text));
    };
    let size = value.abs();
    let power = styled.map_or(0, |styled| styled.power);
    let scales = [
        (true, 0, size * 100.0),
        (false, power, size / 10_f64.powi(i32::try_from(power).unwrap_or(0))),
    ];
    for (point, group) in [('.', ','), (',', '.')] {
        let Some((number, places)) = parsed(digits, point, group) else { continue };
        let half = 0.5 * 10_f64.powi(-places);
        for (percent, power, scaled) in scales {
            let agrees = (number - scaled).abs() <= half * (1.0 + 1e-9) + scaled * 1e-14;
            if !agrees || percent && !text.contains('%') {
                continue;
            }
            let is_bare = text.bytes().all(|b| b.is_ascii_digit() || b"+-.Ee".contains(&b))
                || point == ',' && text.bytes().all(|b| b.is_ascii_digit() || b"-,".contains(&b));
            let shows = styled.is_some() || !is_bare;
            return shows.then(|| Shown { percent, power, ..plain(text) });
        }
    }
    None
}

/// From the first digit to the last, an exponent included.
fn digits(text: &str) -> Option<&str> {
    let is_digit = |c: char| c.is_ascii_digit();
    let (start, end) = (text.find(is_digit)?, text.rfind(is_digit)? + 1);
    let start = if text[..start].ends_with('.') { start - 1 } else { start };
    (end - start <= 64).then(|| &text[start..end])
}

/// A number and its decimal places.
fn parsed(digits: &str, point: char, group: char) -> Option<(f64, i32)> {
    let plain: String = digits
        .chars()
        .filter(|c| *c != group && !c.is_whitespace() && *c != '\'')
        .map(|c| if c == point { '.' } else { c })
        .collect();
    let number: f64 = plain.parse().ok().filter(|number: &f64| number.is_finite())?;
    let (mantissa, exponent) = plain.split_once(['E', 'e']).unwrap_or((&plain, "0"));
    let places = mantissa.split_once('.').map_or(0, |(_, places)| places.len());
    let exponent: i32 = exponent.parse().ok().filter(|exponent: &i32| exponent.abs() < 400)?;
    Some((number, i32::try_from(places).ok()? - exponent))
}
