//! A format code cut into its sections and tokens. `None` is a code that Excel would not take.

/// What a section is made of.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    /// Shown as it is: quoted, escaped, currency signs, and most of what is no placeholder.
    Literal(String),
    /// `0`, `#` or `?`.
    Digit(char),
    Point,
    Comma,
    Percent,
    Slash,
    /// `E+` (true: the sign shows always) or `E-`.
    Exponent(bool),
    /// `General`, `G/通用格式`.
    General,
    /// `@`.
    Text,
    /// A run of one letter of `y m d h s a`.
    Calendar(char, usize),
    /// `[h]`, `[mm]`: time that does not begin anew at midnight.
    Elapsed(char, usize),
    /// `AM/PM`, `A/P`, `上午/下午`.
    HalfDay(&'static str, &'static str),
}

/// `[>=1]` and the like.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Condition {
    pub(super) test: Test,
    pub(super) limit: f64,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Test {
    Less,
    AtMost,
    Equal,
    Unequal,
    AtLeast,
    More,
}

/// One of the parts between semicolons.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Lexed {
    pub(super) tokens: Vec<Token>,
    pub(super) condition: Option<Condition>,
    /// The language after the `-` of `[$-804]`; its low half.
    pub(super) language: Option<u32>,
}

/// A currency sign or another text with the language, `[$¥-804]`.
const LANGUAGE: char = '$';

/// The sections of a code.
pub(super) fn lex(code: &str) -> Option<Vec<Lexed>> {
    let mut sections = vec![Lexed::default()];
    let mut rest = code;
    while let Some(first) = rest.chars().next() {
        if first == ';' {
            sections.push(Lexed::default());
            rest = &rest[1..];
            continue;
        }
        rest = sections.last_mut()?.take(first, rest)?;
    }
    Some(sections)
}

impl Lexed {
    /// Takes what starts with `first`, and returns the rest.
    fn take<'a>(&mut self, first: char, rest: &'a str) -> Option<&'a str> {
        let after = &rest[first.len_utf8()..];
        match first {
            '"' => {
                let (text, after) = after.split_once('"')?;
                self.literal(text);
                return Some(after);
            }
            '[' => {
                let (inside, after) = after.split_once(']')?;
                self.bracket(inside);
                return Some(after);
            }
            '\\' | '!' | '_' | '*' => return self.escape(first, after),
            _ => {}
        }
        for (word, token) in words() {
            // Without digits before it `e-` is a year and a dash.
            let ready = !matches!(token, Token::Exponent(_)) || self.has_digits();
            if ready && let Some(after) = strip_word(rest, word) {
                self.tokens.push(token);
                return Some(after);
            }
        }
        let lower = first.to_ascii_lowercase();
        if first.is_ascii_alphabetic() {
            let after = rest.trim_start_matches([lower, first.to_ascii_uppercase()]);
            self.letters(lower, rest.len() - after.len())?;
            return Some(after);
        }
        self.tokens.push(match first {
            '0' | '#' | '?' => Token::Digit(first),
            '.' => Token::Point,
            ',' => Token::Comma,
            '%' => Token::Percent,
            '/' => Token::Slash,
            '@' => Token::Text,
            _ => Token::Literal(first.to_string()),
        });
        Some(after)
    }

    fn escape<'a>(&mut self, mark: char, after: &'a str) -> Option<&'a str> {
        let next = after.chars().next()?;
        match mark {
            // As wide as `next`; a space does.
            '_' => self.literal(" "),
            // Fills the column with `next`.
            '*' => {}
            _ => self.literal(next.encode_utf8(&mut [0; 4])),
        }
        Some(&after[next.len_utf8()..])
    }

    fn has_digits(&self) -> bool {
        self.tokens.iter().any(|token| matches!(token, Token::Digit(_)))
    }

    fn literal(&mut self, text: &str) {
        self.tokens.push(Token::Literal(text.to_owned()));
    }

    fn letters(&mut self, letter: char, count: usize) -> Option<()> {
        match letter {
            'y' | 'm' | 'd' | 'h' | 's' => self.tokens.push(Token::Calendar(letter, count)),
            'a' if count >= 3 => self.tokens.push(Token::Calendar('a', count)),
            // The year of the emperor; in Chinese it is the year.
            'e' => self.tokens.push(Token::Calendar('y', 4)),
            // Its era: 公元 is not printed.
            'g' => {}
            _ => return None,
        }
        Some(())
    }

    /// Colours, `[DBNum1]` and what is unknown show nothing.
    fn bracket(&mut self, inside: &str) {
        if let Some(currency) = inside.strip_prefix(LANGUAGE) {
            let (text, language) = currency.rsplit_once('-').unwrap_or((currency, ""));
            if !text.is_empty() {
                self.literal(text);
            }
            match language.to_ascii_lowercase().as_str() {
                // The names that newer versions write.
                "sysdate" => self.language = Some(super::date::SYSTEM_DATE),
                "systime" => self.language = Some(super::date::SYSTEM_TIME),
                code => {
                    self.language = u32::from_str_radix(code, 16)
                        .ok()
                        .map(|code| code & 0xFFFF)
                        .or(self.language);
                }
            }
        } else if let Some(condition) = condition(inside) {
            self.condition = Some(condition);
        } else if let Some(letter @ ('h' | 'm' | 's')) =
            inside.chars().next().map(|first| first.to_ascii_lowercase())
            && inside.chars().all(|other| other.eq_ignore_ascii_case(&letter))
        {
            self.tokens.push(Token::Elapsed(letter, inside.len()));
        }
    }
}

fn words() -> [(&'static str, Token); 7] {
    [
        ("General", Token::General),
        ("G/通用格式", Token::General),
        ("AM/PM", Token::HalfDay("AM", "PM")),
        ("A/P", Token::HalfDay("A", "P")),
        ("上午/下午", Token::HalfDay("上午", "下午")),
        ("E+", Token::Exponent(true)),
        ("E-", Token::Exponent(false)),
    ]
}

fn strip_word<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let head = text.get(..word.len())?;
    head.eq_ignore_ascii_case(word).then(|| &text[word.len()..])
}

fn condition(inside: &str) -> Option<Condition> {
    const TESTS: [(&str, Test); 6] = [
        ("<=", Test::AtMost),
        ("<>", Test::Unequal),
        ("<", Test::Less),
        (">=", Test::AtLeast),
        (">", Test::More),
        ("=", Test::Equal),
    ];
    let (test, limit) = TESTS
        .iter()
        .find_map(|(sign, test)| inside.trim().strip_prefix(sign).map(|limit| (*test, limit)))?;
    Some(Condition {
        test,
        limit: limit.trim().parse().ok().filter(|limit: &f64| limit.is_finite())?,
    })
}

impl Condition {
    pub(super) fn holds(self, value: f64) -> bool {
        match self.test {
            Test::Less => value < self.limit,
            Test::AtMost => value <= self.limit,
            Test::Equal => {
                value.total_cmp(&self.limit).is_eq() || (value - self.limit).abs() == 0.0
            }
            Test::Unequal => (value - self.limit).abs() > 0.0,
            Test::AtLeast => value >= self.limit,
            Test::More => value > self.limit,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_a_code_into_sections_and_tokens() {
        // Brackets, escapes and quotes in one go; a semicolon inside quotes ends no section.
        let sections = lex("[Red][>=1]#,##0\\.0_);[$¥-804]\"a;b\"G/通用格式").unwrap();
        assert_eq!(sections.len(), 2);
        assert_eq!(sections[0].condition, Some(Condition { test: Test::AtLeast, limit: 1.0 }));
        let literal = |text: &str| Token::Literal(text.to_owned());
        assert_eq!(sections[0].tokens[5..], [literal("."), Token::Digit('0'), literal(" ")]);
        assert_eq!(sections[1].language, Some(0x804));
        assert_eq!(sections[1].tokens, [literal("¥"), literal("a;b"), Token::General]);
    }

    #[test]
    fn refuses_what_excel_refuses() {
        // Open quotes and brackets, an escape of nothing, letters without a meaning.
        for code in ["\"元", "[Red", "0\\", "0_", "0 kg", "foo", "b"] {
            assert_eq!(lex(code), None, "{code}");
        }
    }
}
