//! One spelling for the many of a character or a sign. Only the matching sees it; the target keeps its wording.

use unicode_normalization::UnicodeNormalization;

/// Marks of the end of a sentence, which say nothing about the target.
const FULL_STOPS: [char; 6] = ['。', '.', ';', ',', '、', '!'];

/// A text in one spelling.
pub(super) struct Folded {
    /// Half width, without spaces, one character a sign.
    pub(super) text: String,
    /// Whether a title mark was taken for a sign.
    pub(super) mistyped: bool,
}

/// Whether the text is blank or a nil mark.
pub(super) fn is_nil(text: &str) -> bool {
    let bare = || text.chars().filter(|c| !c.is_whitespace() && !is_invisible(*c)).map(narrow);
    let is_dash = |c| matches!(c, '-' | '–');
    bare().all(is_dash) || bare().eq(['/']) || bare().eq("不适用".chars())
}

/// Folds a text.
pub(super) fn fold(text: &str) -> Folded {
    if text.chars().all(stays) {
        return Folded { text: text.to_owned(), mistyped: false };
    }
    let mut chars: Vec<char> = text.chars().filter(|c| !is_invisible(*c)).map(narrow).collect();
    if chars.iter().any(|c| c.is_whitespace()) {
        chars = without_spaces(&chars);
    }
    let paired = if chars.contains(&'》') { paired_titles(&chars) } else { Vec::new() };
    // ~90% is about as much, 3~5 a range.
    if let ['~', c, ..] = chars[..]
        && c.is_ascii_digit()
    {
        chars[0] = '约';
    }
    let mut folded = Folded { text: String::with_capacity(text.len()), mistyped: false };
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        let (sign, length) = if paired.get(at) == Some(&true) {
            (c, 1)
        } else {
            sign(&chars[at..], &mut folded.mistyped)
        };
        folded.text.push(sign);
        at += length;
    }
    if folded.text.contains('含') {
        folded.text = without_inclusions(&folded.text);
    }
    if folded.text.contains('百') {
        folded.text = folded.text.replace("百分之百", "100%").replace("百分百", "100%");
    }
    // A quotation mark at the start is Excel's mark of a text.
    let text = unquoted(folded.text.strip_prefix('\'').unwrap_or(&folded.text));
    let text = unwrapped(text.trim_end_matches(FULL_STOPS));
    if text.len() < folded.text.len() {
        folded.text = text.to_owned();
    }
    folded
}

/// Whether a character stays as it is wherever it stands: ≥90%, 12个.
fn stays(c: char) -> bool {
    match c {
        '於' | '達' | '內' | '過' | '約' | '含' | '百' => false,
        '\u{4e00}'..='\u{9fff}' | '0'..='9' | '%' | '≥' | '≤' => true,
        _ => false,
    }
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// Half width, and one character for the variants of a sign.
fn narrow(c: char) -> char {
    match c {
        '〔' | '【' | '［' | '[' | '﹙' => '(',
        '〕' | '】' | '］' | ']' | '﹚' => ')',
        '﹪' | '٪' | '℅' => '%',
        '﹣' | '−' | '‐' | '‑' => '-',
        '–' | '—' | '―' | '─' | '━' | '﹘' | '⸺' | '‒' => '–',
        '〜' | '∼' | '˜' | '∽' | '⁓' => '~',
        '≧' | '⩾' | '≮' => '≥',
        '≦' | '⩽' | '≯' => '≤',
        '於' => '于',
        '達' => '达',
        '內' => '内',
        '過' => '过',
        '約' | '≈' | '≒' | '≅' => '约',
        '﹥' => '>',
        '﹤' => '<',
        '﹦' => '=',
        '〉' => '》',
        '〈' => '《',
        '⁄' | '∕' => '/',
        '﹢' => '+',
        '﹐' => ',',
        '﹔' => ';',
        '﹒' => '.',
        '∶' | '﹕' => ':',
        '‘' | '’' => '\'',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{2e80}'..='\u{2fdf}' | '\u{f900}'..='\u{faff}' => composed(c),
        _ => c,
    }
}

/// A radical or a compatibility form as the character that it looks like: ⼯ is 工.
fn composed(c: char) -> char {
    let mut parts = std::iter::once(c).nfkc();
    match (parts.next(), parts.next()) {
        (Some(only), None) => only,
        _ => c,
    }
}

/// White space goes, except where its going would join two numbers or turn a bullet into a minus.
fn without_spaces(chars: &[char]) -> Vec<char> {
    let is_digit = |c: &char| c.is_ascii_digit();
    let first_digit = chars.iter().position(is_digit).unwrap_or(chars.len());
    let last_digit = chars.iter().rposition(is_digit).unwrap_or(0);
    let mut kept: Vec<char> = Vec::with_capacity(chars.len());
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        if !c.is_whitespace() {
            kept.push(c);
            at += 1;
            continue;
        }
        let length = chars[at..].iter().take_while(|c| c.is_whitespace()).count();
        let run = &chars[at..at + length];
        let breaks = run.iter().any(|c| matches!(c, '\n' | '\r' | '\u{2028}' | '\u{2029}'));
        let before_digit = chars.get(at + length).is_some_and(is_digit);
        let after_digit = kept.last().is_some_and(is_digit);
        if breaks && first_digit < at && at < last_digit {
            kept.push(';');
        } else if before_digit && after_digit {
            kept.push(if length == 1 { ' ' } else { ';' });
        } else if before_digit && matches!(kept[..], ['-' | '+']) {
            kept.push(' ');
        }
        at += length;
    }
    kept
}

/// Which title marks belong to a title: 《办法》.
fn paired_titles(chars: &[char]) -> Vec<bool> {
    let mut paired = vec![false; chars.len()];
    let mut open = Vec::new();
    for (at, c) in chars.iter().enumerate() {
        match c {
            '《' => open.push(at),
            '》' => {
                if let Some(start) = open.pop() {
                    paired[start] = true;
                    paired[at] = true;
                }
            }
            _ => {}
        }
    }
    paired
}

/// The sign at the start of `chars` and how many characters spell it.
fn sign(chars: &[char], mistyped: &mut bool) -> (char, usize) {
    let (sign, length) = match chars {
        ['>' | '》' | '≥', '=', ..] | ['=', '>' | '》' | '≥', ..] => ('≥', 2),
        ['<' | '《' | '≤', '=', ..] | ['=', '<' | '《' | '≤', ..] => ('≤', 2),
        ['》', ..] => ('>', 1),
        ['《', ..] => ('<', 1),
        [c, ..] => return (*c, 1),
        [] => return (' ', 1),
    };
    if !chars[..length].iter().any(|c| matches!(c, '》' | '《')) {
        return (sign, length);
    }
    // Without an amount behind it a title mark stays what it is.
    let rest = chars[length..].strip_prefix(&['-']).unwrap_or(&chars[length..]);
    let amount = rest.first().is_some_and(|c| c.is_ascii_digit() || super::numeral::is_numeral(*c));
    *mistyped |= amount;
    if amount { (sign, length) } else { (chars[0], 1) }
}

/// Drops （含） and （含90%）, which say what ≥ says.
fn without_inclusions(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut parts = text.split("(含");
    kept.extend(parts.next());
    for part in parts {
        match part.split_once(')') {
            Some((inside, rest)) if inside.chars().count() <= 12 => kept.push_str(rest),
            _ => {
                kept.push_str("(含");
                kept.push_str(part);
            }
        }
    }
    kept
}

/// “≥90%” without its quotation marks.
fn unquoted(text: &str) -> &str {
    let pairs = [('“', '”'), ('"', '"'), ('「', '」')];
    let inner =
        pairs.iter().find_map(|(open, close)| text.strip_prefix(*open)?.strip_suffix(*close));
    inner.unwrap_or(text)
}

/// (≥90%) without its brackets.
fn unwrapped(text: &str) -> &str {
    let inner = text.strip_prefix('(').and_then(|text| text.strip_suffix(')'));
    inner
        .filter(|inner| inner.starts_with(['≥', '≤', '>', '<', '=']) && !inner.contains(['(', ')']))
        .unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spells_one_way() {
        // Width, signs of two characters, grouping blanks, title marks with and without a title.
        let cases = [
            ("≧ 90 ％", "≥90%"),
            ("＞ =95﹪", "≥95%"),
            ("=>3", "≥3"),
            ("》90%", ">90%"),
            ("《＝5", "≤5"),
            ("《办法》3项", "《办法》3项"),
            ("》 亩", "》亩"),
            ("1 200", "1 200"),
            ("90\n100", "90;100"),
            ("- 5", "- 5"),
            ("３～５次。", "3~5次"),
            ("90%（含）以上", "90%以上"),
            ("（≥90%）", "≥90%"),
            ("3个⼯作日", "3个工作日"),
        ];
        for (text, want) in cases {
            assert_eq!(fold(text).text, want, "{text}");
        }
    }

    #[test]
    fn knows_nil_marks() {
        for text in [
            "",
            " \u{3000}",
            "-",
            "—",
            "——",
            "－",
            "/",
            "／",
            "不适用",
            "不 适用",
            "–",
            "---",
            "−",
            "\u{200b}",
        ] {
            assert!(is_nil(text), "{text:?}");
        }
        for text in ["无", "0", "//", "-5", "N/A", "~"] {
            assert!(!is_nil(text), "{text:?}");
        }
    }
}
