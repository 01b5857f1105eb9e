//! A target in columns: its sign (计算符号), its value (指标值) and its unit (计量单位) into one wording, and back.

use super::{Context, Op, Reading, is_nil, read};
use crate::model::text;

/// What stands as the sign of a target that is words.
const WORDS: &str = "定性";

/// A wording put together from columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Composed {
    /// The wording.
    pub text: String,
    /// Whether the wording says what the sign says.
    pub sign: bool,
    /// Whether the wording says what the unit says.
    pub unit: bool,
}

/// Puts a target together: `≥`, `95`, `%` is ≥95%; `定性`, 优 is 优. A sign or a unit that is blank adds nothing, one
/// that the value states already is not said twice, and one that contradicts the value is left out.
pub fn compose(sign: &str, value: &str, unit: &str) -> Composed {
    let (text, unit) = with_unit(value.trim(), said(unit));
    let (text, sign) = with_sign(said(sign), text);
    Composed { text, sign, unit }
}

/// Takes a target apart for a form with columns for its sign and its unit, in the order sign, value, unit. What can't
/// be put together again as it was stays whole as the value.
pub fn split(text: &str, sign: bool, unit: bool) -> [String; 3] {
    let whole = || [String::new(), text.to_owned(), String::new()];
    let sound = |parts: &[String; 3]| {
        let kept = |part: &String| part.is_empty() || (is_kept(part) && !is_nil(part));
        let composed = compose(&parts[0], &parts[1], &parts[2]);
        parts.iter().all(kept) && composed.text == text && composed.sign && composed.unit
    };
    let tried = match reading(text) {
        Some(Reading::Qualitative) if sign => {
            vec![[WORDS.to_owned(), text.to_owned(), String::new()]]
        }
        Some(Reading::Quantity { .. }) => {
            let value = text.strip_prefix(['≥', '≤', '>', '<', '=']).unwrap_or(text);
            let mark = &text[..text.len() - value.len()];
            let digits =
                value.trim_start_matches(|c: char| c.is_ascii_digit() || ",.-".contains(c));
            let number = &value[..value.len() - digits.len()];
            let part =
                |column: bool, text: &str| if column { text.to_owned() } else { String::new() };
            let rest =
                |column: bool, text: &str| if column { String::new() } else { text.to_owned() };
            if number.is_empty() {
                return whole();
            }
            let of = |unit: bool| {
                let value = rest(sign, mark) + number + &rest(unit, digits);
                [part(sign, mark), value, part(unit, digits)]
            };
            vec![of(unit), of(false)]
        }
        _ => Vec::new(),
    };
    tried.into_iter().find(sound).unwrap_or_else(whole)
}

/// Whether the wording of a target states an amount without a unit.
pub fn lacks_unit(text: &str) -> bool {
    matches!(
        reading(text),
        Some(Reading::Quantity { unit: None, .. } | Reading::Range { unit: None, .. })
    )
}

/// A column's text, nothing where it only says that nothing stands there.
fn said(text: &str) -> &str {
    let text = text.trim();
    if is_nil(text) { "" } else { text }
}

fn with_unit(value: &str, unit: &str) -> (String, bool) {
    let plain = value.to_owned();
    if unit.is_empty() {
        return (plain, true);
    }
    let stated = match reading(value) {
        Some(Reading::Quantity { unit, .. } | Reading::Range { unit, .. }) => Some(unit),
        _ => None,
    };
    let Some(stated) = stated else { return (plain, false) };
    if let Some(stated) = stated {
        return (plain, stated == unit || unit_of(&format!("1{unit}")).as_ref() == Some(&stated));
    }
    let whole = format!("{value}{unit}");
    let takes = match (reading(value), reading(&whole)) {
        (
            Some(Reading::Quantity { value: one, op, .. }),
            Some(Reading::Quantity { value: other, op: after, unit: Some(_), .. }),
        ) => one == other && (op == after || op == Op::Equal),
        (
            Some(Reading::Range { low, high, .. }),
            Some(Reading::Range { low: first, high: last, unit: Some(_) }),
        ) => (low, high) == (first, last),
        _ => false,
    };
    if takes { (whole, true) } else { (plain, false) }
}

fn with_sign(sign: &str, text: String) -> (String, bool) {
    if sign.is_empty() || sign == WORDS {
        return (text, true);
    }
    let whole = format!("{sign}{text}");
    let measured = |text: &str| reading(text).is_some_and(|read| read != Reading::Qualitative);
    if let Some(op) = comparison(&text) {
        // The value has a comparator of its own: ≥ beside ≥95% says the same, ≤ something else.
        return (text, comparison(&format!("{sign}1")) == Some(op));
    }
    if measured(&whole) || !measured(&text) { (whole, true) } else { (text, false) }
}

/// The comparison that a wording spells out; a bare number has none.
fn comparison(text: &str) -> Option<Op> {
    match reading(text) {
        Some(Reading::Quantity { op: Op::Equal, .. }) => {
            text.starts_with(['=', '＝', '等']).then_some(Op::Equal)
        }
        Some(Reading::Quantity { op, .. }) => Some(op),
        _ => None,
    }
}

fn unit_of(text: &str) -> Option<String> {
    match reading(text) {
        Some(Reading::Quantity { unit, .. } | Reading::Range { unit, .. }) => unit,
        _ => None,
    }
}

fn reading(text: &str) -> Option<Reading> {
    read(text, Context::default()).map(|target| target.reading)
}

/// Whether a cell gives the text back as it is.
fn is_kept(part: &str) -> bool {
    text::clean(part).text == part
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_make_one_wording() {
        let cases = [
            (("≥", "95", "%"), ("≥95%", true, true)),
            (("≥", "95%", "%"), ("≥95%", true, true)),
            (("≥", "≥95%", "%"), ("≥95%", true, true)),
            (("定性", "优", ""), ("优", true, true)),
            (("定性", "优", "级"), ("优", true, false)),
            (("不适用", "优良", "—"), ("优良", true, true)),
            (("", "12", "次"), ("12次", true, true)),
            (("=", "100", "%"), ("=100%", true, true)),
            (("大于等于", "95", "%"), ("大于等于95%", true, true)),
            (("≤", "≥95%", "%"), ("≥95%", false, true)),
            (("≥", "90%", "人"), ("≥90%", true, false)),
            (("≥", "优良", ""), ("≥优良", true, true)),
            (("正向", "95", "%"), ("95%", false, true)),
            (("", "5-8", "%"), ("5-8%", true, true)),
        ];
        for ((sign, value, unit), (text, says_sign, says_unit)) in cases {
            let want = Composed { text: text.to_owned(), sign: says_sign, unit: says_unit };
            assert_eq!(compose(sign, value, unit), want, "{sign} {value} {unit}");
        }
    }

    #[test]
    fn a_wording_is_split_where_it_can_be_put_together_again() {
        let cases = [
            ("≥95%", ["≥", "95", "%"]),
            ("=100%", ["=", "100", "%"]),
            ("12次", ["", "12", "次"]),
            ("3", ["", "3", ""]),
            ("≥1,200人", ["≥", "1,200", "人"]),
            ("优", ["定性", "优", ""]),
            ("≥ 95 %", ["", "≥ 95 %", ""]),
            ("大于或等于10宗", ["", "大于或等于10宗", ""]),
            ("5%-8%", ["", "5%-8%", ""]),
            ("2025年12月31日前", ["", "2025年12月31日前", ""]),
        ];
        for (text, want) in cases {
            assert_eq!(split(text, true, true), want.map(str::to_owned), "{text}");
        }
        assert_eq!(split("≥95%", false, true), ["", "≥95", "%"].map(str::to_owned));
        assert_eq!(split("≥95%", true, false), ["≥", "95%", ""].map(str::to_owned));
        assert_eq!(split("优", false, true), ["", "优", ""].map(str::to_owned));
    }
}
