//! What an Excel number format shows: 0.9 as `0%` is 90%, 46022 as `m"月"d"日"` is 12月31日.
//!
//! The text is what a clerk reads on the sheet, without the padding around it. Chinese and emperor's digits
//! (`[DBNum1]`) show as plain ones, colours as nothing; a fraction (`# ?/?`), a broken or an unknown code shows the
//! number as General does, or a long date if the code asks for a year.
//!
//! By hand: ssfmt 0.1.2 rounds the binary float (1.005 as `0.00` is 1.00), prints `!`, `G/通用格式` and `上午/下午` as they
//! stand, loses the text around `@`, shows what `;;;` hides, and stops at 2^64.

mod builtin;
mod date;
mod digits;
mod lex;
mod number;
mod serial;

use crate::grid::Shown;
use date::DateBody;
pub(crate) use digits::general;
use lex::{Condition, Lexed, Test, Token};
use number::NumberBody;

/// A number format, compiled once per style.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct NumberFormat {
    /// The sections for numbers, three at most; the one for text is the caller's cell itself.
    sections: Vec<Section>,
}

#[derive(Clone, Debug, PartialEq)]
struct Section {
    /// `None` takes every number.
    condition: Option<Condition>,
    /// Only negative numbers come here, and show without their sign.
    unsigned: bool,
    body: Body,
}

#[derive(Clone, Debug, PartialEq)]
enum Body {
    /// What stands before and after the number in General.
    General(String, String),
    Number(NumberBody),
    Date(DateBody),
    /// No placeholder at all: a word for every number.
    Literal(String),
}

/// Excel takes codes of 255 characters.
const LONGEST_CODE: usize = 2048;

impl NumberFormat {
    pub(crate) fn from_code(code: &str) -> Self {
        if code.trim().is_empty() {
            return Self::fallback(code);
        }
        let sections =
            (code.len() <= LONGEST_CODE).then(|| lex::lex(code)).flatten().and_then(compile);
        sections.map_or_else(|| Self::fallback(code), |sections| Self { sections })
    }

    /// A format named by its number, in the wording of the Chinese Excel.
    pub(crate) fn from_builtin(id: u16) -> Option<Self> {
        builtin::code(id).map(Self::from_code)
    }

    /// A broken code that asks for a year is still a date.
    fn fallback(code: &str) -> Self {
        let quoted = code.split('"').step_by(2).collect::<String>();
        let plain = quoted
            .split('[')
            .map(|part| part.split_once(']').map_or(part, |(_, rest)| rest))
            .collect::<String>();
        let body = if plain.to_ascii_lowercase().contains("yy") {
            Body::Date(date::long_date())
        } else {
            Body::General(String::new(), String::new())
        };
        Self { sections: vec![Section { condition: None, unsigned: false, body }] }
    }

    /// Whether numbers show bare, as they do without a format.
    pub(crate) fn is_general(&self) -> bool {
        self.sections.iter().all(
            |section| matches!(&section.body, Body::General(before, after) if before.is_empty() && after.is_empty()),
        )
    }

    pub(crate) fn show(&self, value: f64, date1904: bool) -> Shown {
        let section = value.is_finite().then(|| self.section(value)).flatten();
        section
            .and_then(|section| section.show(value, date1904))
            .unwrap_or_else(|| plain(general(value)))
    }

    fn section(&self, value: f64) -> Option<&Section> {
        self.sections
            .iter()
            .find(|section| section.condition.is_none_or(|condition| condition.holds(value)))
    }
}

fn plain(text: String) -> Shown {
    Shown { text, percent: false, date: None, power: 0 }
}

impl Section {
    /// `None` where the format has no way to show the value.
    fn show(&self, value: f64, date1904: bool) -> Option<Shown> {
        let mut shown = plain(String::new());
        let text = match &self.body {
            Body::General(before, after) => format!("{before}{}{after}", general(value.abs())),
            Body::Literal(text) => text.clone(),
            Body::Number(body) => {
                (shown.percent, shown.power) = (body.is_percent(), body.power());
                body.show(value)
            }
            Body::Date(body) => {
                let (text, date) = body.show(value, date1904)?;
                shown.date = date;
                text
            }
        };
        let sign = if value < 0.0 && !self.unsigned { "-" } else { "" };
        shown.text = format!("{sign}{}", text.trim());
        Some(shown)
    }
}

fn compile(mut lexed: Vec<Lexed>) -> Option<Vec<Section>> {
    let is_text = |section: &Lexed| section.tokens.contains(&Token::Text);
    if lexed.len() > 4 {
        return None;
    }
    // The last section is for text if it is the fourth or has the sign for text.
    if lexed.len() == 4 || lexed.len() > 1 && lexed.last().is_some_and(is_text) {
        lexed.pop();
    }
    let mut sections = Vec::new();
    for section in &lexed {
        sections.push(Section {
            condition: section.condition,
            unsigned: false,
            body: body(section)?,
        });
    }
    let defaults: &[(Test, usize)] = match sections.len() {
        3 => &[(Test::More, 0), (Test::Less, 1)],
        2 => &[(Test::AtLeast, 0)],
        _ => &[],
    };
    for (test, at) in defaults {
        sections[*at].condition.get_or_insert(Condition { test: *test, limit: 0.0 });
    }
    mark_unsigned(&mut sections);
    Some(sections)
}

/// A section that only negative numbers reach says so in its own way: `(0)`, `-0`.
fn mark_unsigned(sections: &mut [Section]) {
    let mut rest_is_negative = false;
    for section in sections {
        section.unsigned = match section.condition {
            Some(Condition { test: Test::Less | Test::AtMost, limit }) => limit <= 0.0,
            Some(_) => false,
            None => rest_is_negative,
        };
        rest_is_negative = section.condition.is_some_and(|Condition { test, limit }| {
            matches!(test, Test::AtLeast | Test::More) && limit.abs() == 0.0
        });
    }
}

fn body(section: &Lexed) -> Option<Body> {
    let tokens = &section.tokens;
    let any = |wanted: fn(&Token) -> bool| tokens.iter().any(wanted);
    if any(|token| matches!(token, Token::Calendar(..) | Token::Elapsed(..) | Token::HalfDay(..))) {
        return date::compile(section).map(Body::Date);
    }
    if let Some(at) = tokens.iter().position(|token| matches!(token, Token::General | Token::Text))
    {
        return Some(Body::General(literals(&tokens[..at])?, literals(&tokens[at + 1..])?));
    }
    if any(|token| matches!(token, Token::Digit(_))) {
        return number::compile(tokens).map(Body::Number);
    }
    literals(tokens).map(Body::Literal)
}

/// The text of a section or a part of it that has no placeholder.
fn literals(tokens: &[Token]) -> Option<String> {
    let mut text = String::new();
    for token in tokens {
        text.push_str(match token {
            Token::Literal(literal) => literal,
            Token::Point => ".",
            Token::Comma => ",",
            Token::Slash => "/",
            Token::Percent => "%",
            _ => return None,
        });
    }
    Some(text)
}

#[cfg(test)]
mod tests;
