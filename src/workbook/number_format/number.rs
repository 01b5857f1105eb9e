//! How digits fill the placeholders of a section: `#,##0.00"万元"`.

use super::digits::Digits;
use super::lex::Token;

/// A section that shows a number.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct NumberBody {
    items: Vec<Item>,
    /// Placeholders before the point, and after it.
    whole: i32,
    decimals: i32,
    /// One of the placeholders after the point is a `0`, or there is none at all: the point always shows.
    fixed: bool,
    grouped: bool,
    percents: i32,
    thousands: i32,
    exponent: bool,
    /// Digits behind a point that is only printed, as in `0!.0,`.
    printed_decimals: i32,
}

#[derive(Clone, Debug, PartialEq)]
enum Item {
    Literal(String),
    /// A placeholder and the power of ten that fills it.
    Digit(char, i32),
    Point,
    /// Shows a plus sign; least digits.
    Exponent(bool, usize),
}

/// The body of a section with placeholders; `None` where it is a fraction or makes no sense.
pub(super) fn compile(tokens: &[Token]) -> Option<NumberBody> {
    if is_fraction(tokens) {
        return None;
    }
    let mut body = NumberBody::default();
    let mut commas = 0;
    for token in tokens {
        match token {
            // Commas between placeholders group; those behind the last one divide.
            Token::Comma if body.whole + body.decimals > 0 && !body.exponent => commas += 1,
            Token::Digit(_) if !body.exponent => {
                body.grouped |= commas > 0 && !body.has_point();
                commas = 0;
                body.take(token)?;
            }
            Token::Point => {
                body.thousands += commas;
                commas = 0;
                body.take(token)?;
            }
            _ => body.take(token)?,
        }
    }
    body.thousands += commas;
    body.fixed = body.decimals == 0
        || body.items.iter().any(|item| matches!(item, Item::Digit('0', place) if *place < 0));
    body.place();
    body.printed_decimals = body.printed_decimals();
    Some(body)
}

/// `# ?/?`; `0"元"/"人"` is none.
fn is_fraction(tokens: &[Token]) -> bool {
    let is_digit = |token: &Token| matches!(token, Token::Digit(_));
    let denominator = |token: &Token| match token {
        Token::Literal(text) => text.starts_with(|first: char| first.is_ascii_digit()),
        token => is_digit(token),
    };
    tokens.iter().position(|token| *token == Token::Slash).is_some_and(|slash| {
        tokens[..slash].iter().any(is_digit) && tokens.get(slash + 1).is_some_and(denominator)
    })
}

impl NumberBody {
    fn take(&mut self, token: &Token) -> Option<()> {
        match token {
            Token::Digit(_) if self.exponent => match self.items.last_mut() {
                Some(Item::Exponent(_, least)) => *least += 1,
                _ => return None,
            },
            Token::Digit(kind) => self.placeholder(*kind),
            Token::Point if !self.has_point() && !self.exponent => self.items.push(Item::Point),
            Token::Exponent(plus) if !self.exponent && self.whole + self.decimals > 0 => {
                self.exponent = true;
                self.items.push(Item::Exponent(*plus, 0));
            }
            Token::Percent => {
                self.percents += 1;
                self.literal("%");
            }
            Token::Comma => self.literal(","),
            Token::Point => self.literal("."),
            Token::Slash => self.literal("/"),
            Token::Literal(text) => self.literal(text),
            _ => return None,
        }
        Some(())
    }

    fn has_point(&self) -> bool {
        self.items.contains(&Item::Point)
    }

    fn literal(&mut self, text: &str) {
        self.items.push(Item::Literal(text.to_owned()));
    }

    fn placeholder(&mut self, kind: char) {
        if self.has_point() {
            self.decimals += 1;
            self.items.push(Item::Digit(kind, -self.decimals));
        } else {
            self.items.push(Item::Digit(kind, self.whole));
            self.whole += 1;
        }
    }

    /// Whole placeholders were counted from the left; the powers of ten go the other way.
    fn place(&mut self) {
        for item in &mut self.items {
            if let Item::Digit(_, place) = item
                && *place >= 0
            {
                *place = self.whole - 1 - *place;
            }
        }
    }

    fn printed_decimals(&self) -> i32 {
        if self.has_point() || self.whole == 0 {
            return 0;
        }
        let is_point = |item: &Item| matches!(item, Item::Literal(text) if text == ".");
        let digits =
            |items: &[Item]| items.iter().filter(|item| matches!(item, Item::Digit(..))).count();
        let mut points =
            self.items.iter().enumerate().filter(|(_, item)| is_point(item)).map(|(at, _)| at);
        match (points.next(), points.next()) {
            (Some(at), None) if digits(&self.items[..at]) > 0 => {
                i32::try_from(digits(&self.items[at..])).unwrap_or(0)
            }
            _ => 0,
        }
    }

    /// Whether the number is shown times 100.
    pub(super) fn is_percent(&self) -> bool {
        self.percents > 0
    }

    /// The shown number is the stored one divided by this power of ten, percent aside.
    pub(super) fn power(&self) -> u32 {
        u32::try_from(3 * self.thousands + self.printed_decimals).unwrap_or(0)
    }

    /// The size of a number in this format, without its sign.
    pub(super) fn show(&self, value: f64) -> String {
        let digits = Digits::of(value).shifted(2 * self.percents - 3 * self.thousands);
        let (digits, exponent) = if self.exponent { self.mantissa(digits) } else { (digits, 0) };
        let digits = digits.rounded(self.decimals);
        let mut text = String::new();
        let mut begun = false;
        for item in &self.items {
            match item {
                Item::Literal(literal) => text.push_str(literal),
                Item::Point => {
                    if self.whole == 0 {
                        self.whole_digits(&digits, &mut text, 0);
                    }
                    if self.fixed || digits.decimals() > 0 {
                        text.push('.');
                    }
                }
                Item::Digit(kind, place) if *place >= 0 => {
                    if !begun {
                        self.whole_digits(&digits, &mut text, self.whole);
                    }
                    begun = true;
                    self.digit(&digits, &mut text, *kind, *place);
                }
                Item::Digit(kind, place) => text.extend(decimal(&digits, *kind, *place)),
                Item::Exponent(plus, least) => {
                    text.push_str(&shown_exponent(exponent, *plus, *least));
                }
            }
        }
        text
    }

    /// The digits that have no placeholder of their own, those from `from` up.
    fn whole_digits(&self, digits: &Digits, text: &mut String, from: i32) {
        for place in (from..digits.whole()).rev() {
            self.digit(digits, text, '#', place);
        }
    }

    fn digit(&self, digits: &Digits, text: &mut String, kind: char, place: i32) {
        match kind {
            _ if place < digits.whole() => text.push(char::from(b'0' + digits.at(place))),
            '0' => text.push('0'),
            '?' => return text.push(' '),
            _ => return,
        }
        if self.grouped && place > 0 && place % 3 == 0 {
            text.push(',');
        }
    }

    /// One number of `whole` digits before the point and the power of ten it is short of.
    fn mantissa(&self, digits: Digits) -> (Digits, i32) {
        let step = self.whole.max(1);
        let down = |digits: &Digits| digits.exponent().div_euclid(step) * step;
        let exponent = down(&digits);
        let shifted = digits.shifted(-exponent);
        // 9.99E+2 rounds up to 1.0E+3.
        let carry = down(&shifted.clone().rounded(self.decimals));
        (shifted.shifted(-carry), exponent + carry)
    }
}

/// What a placeholder behind the point shows.
fn decimal(digits: &Digits, kind: char, place: i32) -> Option<char> {
    match kind {
        _ if -place <= digits.decimals() => Some(char::from(b'0' + digits.at(place))),
        '0' => Some('0'),
        '?' => Some(' '),
        _ => None,
    }
}

fn shown_exponent(exponent: i32, plus: bool, least: usize) -> String {
    let sign = match exponent {
        ..0 => "-",
        _ if plus => "+",
        _ => "",
    };
    format!("E{sign}{:0least$}", exponent.unsigned_abs())
}

#[cfg(test)]
mod tests {
    use super::super::NumberFormat;

    #[test]
    fn digits_fill_the_placeholders() {
        // Grouping, padding, dividing commas, literals among the digits, exponents, sizes past u64.
        let cases = [
            ("#,##0.00", 1_234_567.891, "1,234,567.89"),
            ("0,000", 1.0, "0,001"),
            ("000000", 42.0, "000042"),
            ("0000-0000", 12_345_678.0, "1234-5678"),
            ("#-##0", 7.0, "-7"),
            ("0.0,", 12_345.0, "12.3"),
            ("#,##0,,", 1e9, "1,000"),
            ("0,.0", 1500.0, "1.5"),
            ("0.##", 5.0, "5"),
            ("0.0#", 5.0, "5.0"),
            ("0.", 5.0, "5."),
            (".00", 12.5, "12.50"),
            ("#.##", 0.0, ""),
            ("#\"人\"", 0.0, "人"),
            ("?0.??\"元\"", 1.5, "1.5 元"),
            ("0", 1e20, "100000000000000000000"),
            ("0.00", 123_456_789_012_345_680.0, "123456789012346000.00"),
            ("0.00E+00", 12_345.0, "1.23E+04"),
            ("0.00E+00", 9_999.0, "1.00E+04"),
            ("0.0E-0", 0.001_2, "1.2E-3"),
            ("##0.0E+0", 12_345.0, "12.3E+3"),
            ("0%%", 0.5, "5000%%"),
            ("0\"元\"/\"人\"", 12.0, "12元/人"),
            ("0项", 12.0, "12项"),
            ("!≥0", 12.0, "≥12"),
        ];
        for (code, value, want) in cases {
            assert_eq!(
                NumberFormat::from_code(code).show(value, false).text,
                want,
                "{value} as {code}"
            );
        }
    }
}
