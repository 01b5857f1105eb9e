//! What of a page's styles matters to its values: number formats, what is struck through, what nobody sees.

use std::collections::HashMap;

use super::tokens::Tag;

/// What of a style matters; nothing where the style says nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Look {
    /// The code of a number format.
    pub(super) format: Option<String>,
    pub(super) struck: Option<bool>,
    /// Whether it stands above or below the line.
    pub(super) shifted: bool,
    pub(super) hidden: Option<Hidden>,
    /// Whether line ends in the markup are line ends on the page.
    pub(super) pre: Option<bool>,
    /// Whether spaces side by side are as many on the page.
    pub(super) spaces: Option<bool>,
}

/// How something is hidden.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Hidden {
    Not,
    /// It keeps its place.
    InPlace,
    /// It takes no place.
    Gone,
}

/// The looks that style sheets give to classes.
#[derive(Debug, Default)]
pub(super) struct Styles {
    by_class: HashMap<String, Look>,
}

/// A page made to be read has some hundred classes.
const MOST_CLASSES: usize = 20_000;

impl Styles {
    /// Takes the rules of a style sheet. Only selectors of a class count, with or without the name of an element.
    pub(super) fn add(&mut self, css: &str) {
        let mut rest = css;
        while let Some((selectors, behind)) = rest.split_once('{') {
            let selectors = selectors.rsplit("*/").next().unwrap_or(selectors);
            let selectors = selectors.rsplit("<!--").next().unwrap_or(selectors).trim();
            if selectors.starts_with('@') {
                rest = behind_block(behind);
                continue;
            }
            let Some((body, behind)) = behind.split_once('}') else { break };
            rest = behind;
            let look = Look::of(body);
            if look == Look::default() {
                continue;
            }
            for selector in selectors.split(',').map(str::trim) {
                self.rule(selector, &look);
            }
        }
    }

    fn rule(&mut self, selector: &str, look: &Look) {
        let Some((element, class)) = selector.split_once('.') else { return };
        let plain = |text: &str| !text.contains([' ', '.', '#', ':', '>', '+', '~', '[', '*']);
        if plain(element) && plain(class) && self.by_class.len() < MOST_CLASSES {
            self.by_class.entry(class.to_owned()).or_default().overlay(look);
        }
    }

    /// The look of an element: its classes', and over it its own.
    pub(super) fn look(&self, tag: &Tag<'_>) -> Look {
        let mut look = Look::default();
        let mut own = Look::default();
        for (name, value) in tag.attributes() {
            if name.eq_ignore_ascii_case("class") {
                for class in value.split_ascii_whitespace() {
                    if let Some(rule) = self.by_class.get(class) {
                        look.overlay(rule);
                    }
                }
            } else if name.eq_ignore_ascii_case("style") {
                own.overlay(&Look::of(&value));
            } else if name.eq_ignore_ascii_case("hidden") {
                own.hidden = Some(Hidden::Gone);
            }
        }
        look.overlay(&own);
        look
    }
}

/// What stands behind a block with blocks in it.
fn behind_block(css: &str) -> &str {
    let mut depth = 1_usize;
    for (at, byte) in css.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return &css[at + 1..];
        }
    }
    ""
}

impl Look {
    /// Reads declarations: `mso-number-format:"0%"; display:none`.
    fn of(declarations: &str) -> Self {
        let mut look = Self::default();
        for declaration in pieces(declarations) {
            let Some((name, value)) = declaration.split_once(':') else { continue };
            let value = value.trim();
            match name.trim().to_ascii_lowercase().as_str() {
                "mso-number-format" => look.format = Some(format_code(value)),
                "display" => look.hide(value, "none", Hidden::Gone),
                "mso-hide" => look.hide(value, "all", Hidden::Gone),
                "visibility" => {
                    look.hide(value, "hidden", Hidden::InPlace);
                    if value.eq_ignore_ascii_case("collapse") {
                        look.hidden = Some(Hidden::Gone);
                    }
                }
                "text-decoration" | "text-decoration-line" | "text-line-through" => {
                    let value = value.to_ascii_lowercase();
                    let through = value.contains("line-through") || value == "single";
                    look.struck = through.then_some(true).or(look.struck);
                }
                "white-space" => {
                    let value = value.to_ascii_lowercase();
                    let pre = value.starts_with("pre") || value.starts_with("break-spaces");
                    look.pre = Some(pre);
                    look.spaces = Some(pre && !value.starts_with("pre-line"));
                }
                "mso-spacerun" if value.eq_ignore_ascii_case("yes") => look.spaces = Some(true),
                _ => {}
            }
        }
        look
    }

    fn hide(&mut self, value: &str, word: &str, how: Hidden) {
        let value = value.trim_end_matches("!important").trim_end();
        self.hidden = Some(if value.eq_ignore_ascii_case(word) {
            how
        } else {
            self.hidden.unwrap_or(Hidden::Not)
        });
    }

    fn overlay(&mut self, over: &Self) {
        if over.format.is_some() {
            self.format.clone_from(&over.format);
        }
        self.struck = over.struck.or(self.struck);
        self.hidden = over.hidden.or(self.hidden);
        self.pre = over.pre.or(self.pre);
        self.spaces = over.spaces.or(self.spaces);
    }
}

/// Declarations between semicolons; one within quotes or behind a backslash is part of a number format.
fn pieces(declarations: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let (mut start, mut quote, mut escaped) = (0, None, false);
    for (at, byte) in declarations.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' | b'\'' if quote == Some(byte) => quote = None,
            b'"' | b'\'' if quote.is_none() => quote = Some(byte),
            b';' if quote.is_none() => {
                pieces.extend(declarations.get(start..at));
                start = at + 1;
            }
            _ => {}
        }
    }
    pieces.extend(declarations.get(start..));
    pieces
}

/// The code of a number format as Excel writes it into a style: `"0\.00"`, `"m\0022月\0022"`, `Percent`.
fn format_code(value: &str) -> String {
    let value = value.trim_matches(['"', '\'']);
    let named = match value.to_ascii_lowercase().as_str() {
        "general" | "general number" => "General",
        "fixed" => "0.00",
        "standard" => "#,##0.00",
        "percent" => "0.00%",
        "scientific" => "0.00E+00",
        "short date" => "yyyy/m/d",
        "medium date" => "d-mmm-yy",
        "long date" => "yyyy\"年\"m\"月\"d\"日\"",
        "general date" => "yyyy/m/d h:mm",
        "short time" => "h:mm",
        "medium time" => "h:mm AM/PM",
        "long time" => "h:mm:ss",
        _ => return unescaped(value),
    };
    named.to_owned()
}

/// Excel escapes a sign by a backslash before it, and others by four digits of its code point, always four.
fn unescaped(value: &str) -> String {
    let mut code = String::with_capacity(value.len());
    let mut rest = value;
    while let Some((before, behind)) = rest.split_once('\\') {
        code.push_str(before);
        let digits = behind.get(..4).and_then(|digits| u32::from_str_radix(digits, 16).ok());
        if let Some(char) = digits.and_then(char::from_u32) {
            code.push(char);
            rest = behind.get(4..).unwrap_or_default();
        } else {
            let mut chars = behind.chars();
            code.extend(chars.next());
            rest = chars.as_str();
        }
    }
    code.push_str(rest);
    code
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn number_formats_lose_their_escapes() {
        let cases = [
            (r#""0\.00""#, "0.00"),
            (r"0%", "0%"),
            (r"\@", "@"),
            (r#""yyyy\0022年\0022m\0022月\0022d\0022日\0022\;\@""#, "yyyy\"年\"m\"月\"d\"日\";@"),
            (r#""\#\,\#\#0\.00_ ""#, "#,##0.00_ "),
            ("Percent", "0.00%"),
        ];
        for (css, want) in cases {
            let look = Look::of(&format!("color:red;mso-number-format:{css};border:none"));
            assert_eq!(look.format.as_deref(), Some(want), "{css}");
        }
        assert_eq!(unescaped("0\\"), "0");
    }

    #[test]
    fn classes_hide_strike_and_format() {
        let mut styles = Styles::default();
        styles.add(
            "<!-- /* .no{display:none} */ td{padding:0} .xl1, td.xl2 {mso-number-format:0%;}
             @media print { .xl1 {display:none} .b {} } .gone{display:none !important}
             .a .xl1{visibility:hidden} .xl3{text-decoration:line-through} -->",
        );
        let look = |tag: &str| match super::super::tokens::Tokens::new(tag).next() {
            Some(super::super::tokens::Token::Tag(tag)) => styles.look(&tag),
            other => panic!("{other:?}"),
        };
        assert_eq!(look("<td class='x xl2'>").format.as_deref(), Some("0%"));
        assert_eq!(look("<td class=xl1>").hidden, None);
        assert_eq!(look("<td class=gone>").hidden, Some(Hidden::Gone));
        assert_eq!(look("<td class=gone style='display:table-cell'>").hidden, Some(Hidden::Not));
        assert_eq!(look("<td class=xl3>").struck, Some(true));
        assert_eq!(look("<td hidden>").hidden, Some(Hidden::Gone));
    }
}
