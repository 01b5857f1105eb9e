//! A number style as the code of a number format: year, "年", month, "月" is `yyyy"年"m"月"`.

use std::collections::HashMap;

use super::{
    Source,
    names::{Name, NumberKind, Part},
};
use crate::{
    error::Result,
    workbook::xml::{Event, Tag},
};

/// No format has more digits than this on one side of its point.
const MOST_DIGITS: usize = 30;

/// A number style.
pub(super) struct Format {
    code: String,
    /// Conditions with the styles that they call for.
    maps: Vec<(String, String)>,
}

impl Format {
    /// The code, with the sections that its conditions call for.
    pub(super) fn code(&self, others: &HashMap<String, Format>) -> String {
        let mut sections = String::new();
        for (condition, name) in self.maps.iter().take(3) {
            if let Some(other) = others.get(name) {
                sections.extend(["[", condition, "]", &other.code, ";"]);
            }
        }
        sections + &self.code
    }
}

/// Reads the number style that just began.
pub(super) fn read(xml: &mut Source<'_>, kind: NumberKind, tag: &Tag<'_>) -> Result<Format> {
    let elapsed =
        tag.attribute("number", "truncate-on-overflow").is_some_and(|value| value == "false");
    let mut code = String::new();
    let mut maps = Vec::new();
    let depth = xml.depth();
    while let Some(event) = xml.within(depth)? {
        match event {
            Event::Start(Name::Part(Part::Literal), _) => {
                let text = literal(xml)?;
                // The sign of a percentage is what makes it one.
                match text.split_once('%').filter(|_| kind == NumberKind::Percentage) {
                    Some((before, after)) => {
                        code.extend([&quoted(before), "%", &quoted(after)]);
                    }
                    None => code += &quoted(&text),
                }
            }
            Event::Start(Name::Part(part), tag) => {
                code += &placeholder(part, &tag, elapsed);
                xml.skip()?;
            }
            Event::Start(Name::StyleMap, tag) => {
                let condition = tag.attribute("style", "condition");
                let condition = condition.as_deref().and_then(condition_of);
                maps.extend(condition.zip(tag.attribute("style", "apply-style-name")));
            }
            Event::Start(..) => xml.skip()?,
            Event::End(_) | Event::Text(_) => {}
        }
    }
    if code.is_empty() && kind == NumberKind::Number {
        code += "General";
    }
    Ok(Format { code, maps })
}

/// `value()>=0` as `>=0`.
fn condition_of(text: &str) -> Option<String> {
    let test = text.trim().strip_prefix("value()")?.replace("!=", "<>").replace(' ', "");
    let number = test.trim_start_matches(['<', '>', '=']);
    number.parse::<f64>().is_ok_and(f64::is_finite).then_some(test)
}

fn literal(xml: &mut Source<'_>) -> Result<String> {
    let mut text = String::new();
    let depth = xml.depth();
    while let Some(event) = xml.within(depth)? {
        if let Event::Text(piece) = event {
            text += &piece;
        }
    }
    Ok(text)
}

fn quoted(text: &str) -> String {
    let mut code = String::new();
    for (at, piece) in text.split('"').enumerate() {
        if at > 0 {
            code += "\\\"";
        }
        if !piece.is_empty() {
            code.extend(["\"", piece, "\""]);
        }
    }
    code
}

fn placeholder(part: Part, tag: &Tag<'_>, elapsed: bool) -> String {
    let is_long = || tag.attribute("number", "style").is_some_and(|style| style == "long");
    let of_length = |short: &str, long: &str| if is_long() { long } else { short }.to_owned();
    match part {
        Part::Number => digits(tag),
        Part::Scientific => digits(tag) + "E+00",
        Part::Fraction => "# ?/?".to_owned(),
        Part::Content => "@".to_owned(),
        Part::Year => of_length("yy", "yyyy"),
        Part::Month if tag.attribute("number", "textual").is_some_and(|text| text == "true") => {
            of_length("mmm", "mmmm")
        }
        Part::Month | Part::Minutes => of_length("m", "mm"),
        Part::Day => of_length("d", "dd"),
        Part::Weekday => of_length("ddd", "dddd"),
        Part::Hours if elapsed => "[h]".to_owned(),
        Part::Hours => of_length("h", "hh"),
        Part::Seconds => {
            let places = count(tag, "decimal-places").unwrap_or(0).min(3);
            let point = if places > 0 { "." } else { "" };
            of_length("s", "ss") + point + &"0".repeat(places)
        }
        Part::HalfDay => "AM/PM".to_owned(),
        Part::Literal => String::new(),
    }
}

/// The placeholders of a number: `#,##0.00`.
fn digits(tag: &Tag<'_>) -> String {
    let grouped = tag.attribute("number", "grouping").is_some_and(|value| value == "true");
    let least = count(tag, "min-integer-digits").unwrap_or(0);
    let places = count(tag, "decimal-places");
    let factor = tag.attribute("number", "display-factor").and_then(|factor| factor.parse().ok());
    if places.is_none() && !grouped && least <= 1 && factor.is_none() {
        return "General".to_owned();
    }
    let places = places.unwrap_or(0);
    let optional = tag.attribute("number", "decimal-replacement").is_some();
    let fixed =
        count(tag, "min-decimal-places").unwrap_or(if optional { 0 } else { places }).min(places);
    let whole = if grouped {
        let zeros = "0".repeat(least);
        let all = format!("{}{zeros}", "#".repeat(4_usize.saturating_sub(least)));
        // One comma groups them all.
        let at = all.len() - 3;
        format!("{},{}", &all[..at], &all[at..])
    } else if least == 0 {
        "#".to_owned()
    } else {
        "0".repeat(least)
    };
    let point = if places > 0 { "." } else { "" };
    let decimals = "0".repeat(fixed) + &"#".repeat(places - fixed);
    format!("{whole}{point}{decimals}{}", ",".repeat(thousands(factor)))
}

/// How many commas divide by this.
fn thousands(factor: Option<f64>) -> usize {
    match factor {
        Some(factor) if factor >= 1e9 => 3,
        Some(factor) if factor >= 1e6 => 2,
        Some(factor) if factor >= 1e3 => 1,
        _ => 0,
    }
}

fn count(tag: &Tag<'_>, name: &str) -> Option<usize> {
    let count: usize = tag.attribute("number", name)?.parse().ok()?;
    Some(count.min(MOST_DIGITS))
}
