//! A target in columns: its sign (计算符号), its value (指标值) and its unit (计量单位) into one wording, and back.

use super::{Context, Doubt, Op, Reading, comparator, doubts, fold, is_nil, read};
use crate::model::{canonical::is_crossed_out, text};

/// What stands as the sign of a target that is words.
const WORDS: &str = "定性";

/// What stands as the sign of a target and says no comparison.
const NO_SIGN: [&str; 6] = [WORDS, "定量", "文字描述", "文字", "定性描述", "描述"];

/// The signs of the comparisons that have one.
const MARKS: [char; 5] = ['≥', '≤', '>', '<', '='];

/// Sizes that a number may end with, before its unit.
const SIZES: [char; 5] = ['十', '百', '千', '万', '亿'];

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

/// Puts a target together: `≥`, `95`, `%` is ≥95%, and so is `大于等于`, `95`, `%`; `定性`, 优 is 优. A sign or a unit that is
/// blank adds nothing, one that the value states already is not said twice, and one that contradicts the value is left
/// out. A sign without a value is a blank that was left: `≥` and `%` alone are ≥%.
pub fn compose(sign: &str, value: &str, unit: &str) -> Composed {
    let (sign, unit) = (canonical_sign(said(sign)), canonical_unit(said(unit)));
    let value = value.trim();
    if value.is_empty() {
        let open = sign == WORDS && unit.is_empty() || sign.starts_with(MARKS);
        let text = if open { format!("{sign}{unit}") } else { String::new() };
        return Composed { text, sign: open || sign.is_empty(), unit: open || unit.is_empty() };
    }
    let (text, unit) = with_unit(&sign, value, unit);
    let (text, sign) = with_sign(&sign, text);
    Composed { text, sign, unit }
}

/// Whether a text can stand in a column of signs: a comparison in any spelling, 定性, 定量.
pub fn is_sign(text: &str) -> bool {
    let sign = canonical_sign(said(text));
    NO_SIGN.contains(&sign.as_str()) || (sign.starts_with(MARKS) && sign.chars().count() == 1)
}

/// Whether a text is the sign of a comparison other than `=`, which a number says by itself.
pub fn is_comparison(text: &str) -> bool {
    is_sign(text) && !matches!(canonical_sign(said(text)).as_str(), "=" | WORDS | "定量")
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
        Some(Reading::Qualitative) if sign && text == WORDS => {
            vec![[WORDS.to_owned(), String::new(), String::new()]]
        }
        Some(Reading::Qualitative) if sign && are_words(text) => {
            vec![[WORDS.to_owned(), text.to_owned(), String::new()]]
        }
        Some(Reading::Quantity { .. }) => {
            let value = text.strip_prefix(MARKS).unwrap_or(text);
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
    if is_nil(text) || is_crossed_out(text) { "" } else { text }
}

/// One spelling for a sign that is a comparison, also said twice as `≥（大于等于）`; any other stays as it is.
fn canonical_sign(sign: &str) -> String {
    let parts = sign.split(['(', ')', '（', '）', '/', ' ', '\n']).filter(|part| !part.is_empty());
    let mut ops = parts.map(|part| {
        let folded = fold::fold(part);
        comparator::whole(&folded.text).filter(|_| !folded.mistyped)
    });
    let first = ops.next().flatten();
    match first.filter(|op| ops.all(|other| other == Some(*op))) {
        Some(Op::AtLeast) => "≥",
        Some(Op::AtMost) => "≤",
        Some(Op::More) => ">",
        Some(Op::Less) => "<",
        Some(Op::Equal) => "=",
        Some(Op::About) | None => sign,
    }
    .to_owned()
}

/// One spelling for the sign of a share.
fn canonical_unit(unit: &str) -> &str {
    if matches!(unit, "％" | "﹪" | "℅" | "百分比") { "%" } else { unit }
}

fn with_unit(sign: &str, value: &str, unit: &str) -> (String, bool) {
    let plain = value.to_owned();
    if unit.is_empty() {
        return (plain, true);
    }
    let whole = format!("{value}{unit}");
    let stated = match reading(value) {
        Some(Reading::Quantity { unit, .. } | Reading::Range { unit, .. }) => unit,
        Some(Reading::Date { op, date, per }) => {
            let takes = matches!(reading(&whole), Some(Reading::Date { op: after, date: other, per: every })
                if other == date && every == per && (after == op || op == Op::Equal));
            return if takes { (whole, true) } else { (plain, false) };
        }
        _ if value.contains(unit) => return (plain, true),
        _ if doubts(&whole).contains(&Doubt::Placeholder) => return (whole, true),
        _ => return (plain, false),
    };
    if let Some(stated) = stated {
        let is_size = stated.chars().all(|c| SIZES.contains(&c)) && value.ends_with(&stated);
        if is_size && !unit.starts_with(SIZES) && says_more(value, &whole) {
            return (whole, true);
        }
        return (plain, stated == unit || unit_of(&format!("1{unit}")).as_ref() == Some(&stated));
    }
    // Behind a comparison more can be a unit, and what is none keeps the number as it stands.
    let signed = |text: &str| format!("{sign}{text}");
    let is_apart = !unit.starts_with(|c: char| c.is_numeric() || ".,，．".contains(c));
    let unread = reading(&whole) == Some(Reading::Qualitative);
    let takes = says_more(value, &whole)
        || (sign.starts_with(MARKS) && says_more(&signed(value), &signed(&whole)))
        || (is_apart && unread);
    if takes { (whole, true) } else { (plain, false) }
}

/// Whether a wording states the amount of another, with a unit.
fn says_more(value: &str, whole: &str) -> bool {
    match (reading(value), reading(whole)) {
        (
            Some(Reading::Quantity { value: one, op, .. }),
            Some(Reading::Quantity { value: other, op: after, unit: Some(_), .. }),
        ) => one == other && (op == after || op == Op::Equal),
        (
            Some(Reading::Range { low, high, .. }),
            Some(Reading::Range { low: first, high: last, unit: Some(_) }),
        ) => (low, high) == (first, last),
        _ => false,
    }
}

fn with_sign(sign: &str, text: String) -> (String, bool) {
    if sign.is_empty() || NO_SIGN.contains(&sign) {
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

/// Whether a target is words alone, not a blank that was left or a comparison that can't be read.
fn are_words(text: &str) -> bool {
    !text.starts_with(MARKS) && !doubts(text).contains(&Doubt::Placeholder)
}

/// The comparison that a wording spells out; a bare number has none.
fn comparison(text: &str) -> Option<Op> {
    match reading(text) {
        Some(Reading::Quantity { op: Op::Equal, .. }) => {
            text.starts_with(['=', '＝', '等']).then_some(Op::Equal)
        }
        Some(Reading::Date { op: Op::Equal, .. }) => None,
        Some(Reading::Quantity { op, .. } | Reading::Date { op, .. }) => Some(op),
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
            (("文字描述", "显著提升", ""), ("显著提升", true, true)),
            (("≥", "90", "无"), ("≥90", true, true)),
            (("≥", "90", "℅"), ("≥90%", true, true)),
            (("≈", "90", "%"), ("≈90%", true, true)),
            (("定性", "优", "级"), ("优", true, false)),
            (("不适用", "优良", "—"), ("优良", true, true)),
            (("", "12", "次"), ("12次", true, true)),
            (("=", "100", "%"), ("=100%", true, true)),
            (("大于等于", "95", "%"), ("≥95%", true, true)),
            (("大于或等于", "95", "％"), ("≥95%", true, true)),
            (("≥（大于等于）", "95", "百分比"), ("≥95%", true, true)),
            (("＞＝", "95", "%"), ("≥95%", true, true)),
            (("不低于", "95", "%"), ("≥95%", true, true)),
            (("不超过", "50", "万元"), ("≤50万元", true, true)),
            (("等于", "3", "次"), ("=3次", true, true)),
            (("约", "3", "次"), ("约3次", true, true)),
            (("≥", "1万", "人"), ("≥1万人", true, true)),
            (("≤", "1万", "万元"), ("≤1万", true, false)),
            (("≥", "XX", "%"), ("≥XX%", true, true)),
            (("", "12", "某某"), ("12某某", true, true)),
            (("≥", "3", "2个"), ("≥3", true, false)),
            (("", "12", "月"), ("12", true, false)),
            (("≤", "12月底", "前"), ("12月底前", true, true)),
            (("≥", "", "%"), ("≥%", true, true)),
            (("大于等于", "", ""), ("≥", true, true)),
            (("定性", "", ""), ("定性", true, true)),
            (("", "", "%"), ("", true, false)),
            (("约", "", "次"), ("", false, false)),
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
            ("定性", ["定性", "", ""]),
            ("≥1万人", ["≥", "1", "万人"]),
            ("≥XX%", ["", "≥XX%", ""]),
            ("≥%", ["", "≥%", ""]),
            ("12某某", ["定性", "12某某", ""]),
            ("12月底前", ["", "12月底前", ""]),
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
