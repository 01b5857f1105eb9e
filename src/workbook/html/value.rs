//! What a cell of a page holds: its text, or the number that the writing program states beside it.

use std::collections::HashMap;

use super::tokens::Tag;
use crate::{
    grid::{Number, Shown, Value},
    workbook::number_format::NumberFormat,
};

/// What the tag of a cell states about its value: Excel as `x:num` and `x:fmla`, LibreOffice as `sdval` and `sdnum`,
/// `SheetJS` as `data-t`, `data-v` and `data-z`.
#[derive(Debug, Default)]
pub(super) struct Stated {
    number: Option<f64>,
    format: Option<String>,
    formula: Option<String>,
    error: bool,
    truth: Option<bool>,
}

impl Stated {
    /// What a tag states; `style` is the format of its style.
    pub(super) fn of(tag: &Tag<'_>, style: Option<String>) -> Self {
        let mut stated = Self { format: style, ..Self::default() };
        let (mut kind, mut value) = (String::new(), None);
        for (name, text) in tag.attributes() {
            match name.to_ascii_lowercase().as_str() {
                "x:num" | "sdval" => stated.number = finite(&text).or(stated.number),
                "x:fmla" => stated.formula = Some(text.into_owned()),
                "x:err" => stated.error = true,
                "x:bool" => stated.truth = truth(&text),
                "sdnum" => {
                    // Language of the format, language of the page, format.
                    let code = text.splitn(3, ';').nth(2).filter(|code| !code.is_empty());
                    stated.format = code.map(str::to_owned).or(stated.format);
                }
                "data-t" => kind = text.into_owned(),
                "data-v" => value = Some(text),
                "data-z" => stated.format = Some(text.into_owned()),
                _ => {}
            }
        }
        match kind.as_str() {
            "n" => stated.number = value.as_deref().and_then(finite),
            "b" => stated.truth = value.as_deref().and_then(truth),
            "e" => stated.error = true,
            _ => {}
        }
        stated
    }
}

fn finite(text: &str) -> Option<f64> {
    text.trim().parse().ok().filter(|number: &f64| number.is_finite())
}

fn truth(text: &str) -> Option<bool> {
    match text.trim().to_ascii_lowercase().as_str() {
        "true" | "1" => Some(true),
        "false" | "0" => Some(false),
        _ => None,
    }
}

/// The number formats of a page, each compiled once; none for the general one.
#[derive(Debug, Default)]
pub(super) struct Formats {
    by_code: HashMap<String, Option<NumberFormat>>,
}

/// A page made to be read has some ten formats.
const MOST_FORMATS: usize = 10_000;

impl Formats {
    /// The value of a cell that shows a text.
    pub(super) fn value(&mut self, stated: Stated, text: String) -> Option<Value> {
        let text = text.trim();
        if stated.error && !text.is_empty() {
            return Some(Value::Error(text.to_owned()));
        }
        if let Some(truth) = stated.truth {
            return Some(Value::Boolean(truth));
        }
        if let Some(value) = stated.number {
            let shown = self.shown(value, stated.format, text);
            return Some(Value::Number(Number { value, shown }));
        }
        if text.is_empty() {
            return stated.formula.map(|formula| {
                Value::Formula(format!("={}", formula.trim().trim_start_matches('=')))
            });
        }
        Some(Value::Text(text.to_owned()))
    }

    /// How a number shows: by its format, or where that is unknown as the page shows it.
    fn shown(&mut self, value: f64, code: Option<String>, text: &str) -> Option<Shown> {
        if self.by_code.len() > MOST_FORMATS {
            self.by_code.clear();
        }
        if let Some(code) = code {
            let format = self.by_code.entry(code).or_insert_with_key(|code| {
                Some(NumberFormat::from_code(code)).filter(|format| !format.is_general())
            });
            return format.as_ref().map(|format| format.show(value, false));
        }
        let same = text.is_empty() || text.replace(',', "").parse() == Ok(value);
        let percent = text.ends_with(['%', '％']);
        (!same).then(|| Shown { text: text.to_owned(), percent, date: None, power: 0 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbook::html::tokens::{Token, Tokens};

    fn value(tag: &str, style: Option<&str>, text: &str) -> Option<Value> {
        let Some(Token::Tag(tag)) = Tokens::new(tag).next() else { panic!("{tag}") };
        let stated = Stated::of(&tag, style.map(str::to_owned));
        Formats::default().value(stated, text.to_owned())
    }

    fn shown(value: Option<Value>) -> (f64, String, bool) {
        match value {
            Some(Value::Number(Number { value, shown })) => {
                let percent = shown.as_ref().is_some_and(|shown| shown.percent);
                (value, shown.map(|shown| shown.text).unwrap_or_default(), percent)
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_stated_number_is_exact_and_shows_by_its_format() {
        let cases = [
            ("<td x:num=0.9>", Some("0%"), "90%", (0.9, "90%", true)),
            ("<td x:num='0.9'>", None, "90%", (0.9, "90%", true)),
            (
                "<td sdval=\"1254.6\" sdnum=\"1033;0;#,##0.00\">",
                None,
                "",
                (1254.6, "1,254.60", false),
            ),
            ("<td data-t=n data-v=20 data-z='0\"个\"'>", None, "20个", (20.0, "20个", false)),
            ("<td sdval=20 sdnum='2052;'>", None, "20", (20.0, "", false)),
            ("<td x:num=46022>", Some("m\"月\"d\"日\""), "", (46022.0, "12月31日", false)),
        ];
        for (tag, style, text, (number, text_shown, percent)) in cases {
            let want = (number, text_shown.to_owned(), percent);
            assert_eq!(shown(value(tag, style, text)), want, "{tag}");
        }
    }

    #[test]
    fn without_a_stated_number_the_text_stands() {
        let text = |text: &str| Some(Value::Text(text.to_owned()));
        assert_eq!(value("<td x:num>", Some("0.00"), " 20 "), text("20"));
        assert_eq!(value("<td x:num=nan>", None, "20"), text("20"));
        assert_eq!(value("<td data-t=s data-v=20>", None, "20"), text("20"));
        assert_eq!(value("<td>", Some("0%"), ""), None);
        let formula = Some(Value::Formula("=A1+B1".into()));
        assert_eq!(value("<td x:fmla='=A1+B1'>", None, ""), formula);
        assert_eq!(value("<td x:err>", None, "#REF!"), Some(Value::Error("#REF!".into())));
        assert_eq!(value("<td x:bool=TRUE>", None, "TRUE"), Some(Value::Boolean(true)));
    }
}
