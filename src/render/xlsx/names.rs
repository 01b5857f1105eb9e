//! Names of worksheets: after the department, unique, within Excel's 31 UTF-16 units.

use std::collections::hash_map::Entry;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::Return;

/// The longest name of a worksheet.
const LONGEST: usize = 31;
/// The sheet of a single return, and of one without a department.
pub(super) const FORM: &str = "绩效目标表";

/// One name for each return: the one that is asked for, else its department's. Of several that ask for a name the first
/// has it, and the others get a number that gives nobody else's name away.
pub(super) fn form_sheets<'a>(
    returns: impl ExactSizeIterator<Item = &'a Return>,
    asked: &[Option<&str>],
) -> Vec<String> {
    if returns.len() == 1 {
        return vec![FORM.to_owned()];
    }
    let wanted: Vec<String> = returns
        .enumerate()
        .map(|(at, of)| {
            let asked = asked.get(at).copied().flatten();
            asked.or(of.department.as_deref()).map_or_else(|| FORM.to_owned(), sheet_name)
        })
        .collect();
    // In lower case: Excel ignores it.
    let mut taken: FxHashSet<String> = wanted.iter().map(|own| own.to_lowercase()).collect();
    // The number that the next one of a name gets at least.
    let mut numbers: FxHashMap<String, u32> = FxHashMap::default();
    let mut names = Vec::with_capacity(wanted.len());
    for own in wanted {
        match numbers.entry(own.to_lowercase()) {
            Entry::Vacant(first) => {
                first.insert(2);
                names.push(own);
            }
            Entry::Occupied(mut number) => {
                let (name, next) =
                    numbered(&own, *number.get(), |name| taken.contains(&name.to_lowercase()));
                number.insert(next);
                taken.insert(name.to_lowercase());
                names.push(name);
            }
        }
    }
    names
}

/// A text as the name of a worksheet.
fn sheet_name(text: &str) -> String {
    let sound: String = text
        .chars()
        .map(|c| if "[]:*?/\\".contains(c) || c.is_control() { '_' } else { c })
        .collect();
    let name = cut(sound.trim().trim_matches('\''), LONGEST);
    let reserved = name.is_empty()
        || name.eq_ignore_ascii_case("history")
        || name == super::totals_sheet::NAME;
    if reserved { FORM.to_owned() } else { name.trim_end_matches('\'').to_owned() }
}

/// The name, or the name with a number behind it that no other sheet has; Excel ignores case.
pub(super) fn unique(wanted: &str, taken: &[String]) -> String {
    let is_taken =
        |name: &str| taken.iter().any(|other| other.to_lowercase() == name.to_lowercase());
    if !is_taken(wanted) {
        return wanted.to_owned();
    }
    numbered(wanted, 2, is_taken).0
}

/// The name with the first number behind it, from one on, that is not taken; and the number after it.
fn numbered(wanted: &str, from: u32, is_taken: impl Fn(&str) -> bool) -> (String, u32) {
    let mut number = from;
    loop {
        let suffix = format!(" ({number})");
        let name = format!("{}{suffix}", cut(wanted, LONGEST - suffix.len()));
        number += 1;
        if !is_taken(&name) {
            return (name, number);
        }
    }
}

fn cut(text: &str, most: usize) -> String {
    let mut length = 0;
    text.chars()
        .take_while(|c| {
            length += c.len_utf16();
            length <= most
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_short() {
        let named = |name: &str| Return { department: Some(name.into()), ..Return::default() };
        let long = "很".repeat(40);
        let returns =
            [named("甲/乙局"), named("甲/乙局"), named(&long), named(&long), Return::default()];
        let names = form_sheets(returns.iter(), &[]);
        assert_eq!(names[..2], ["甲_乙局", "甲_乙局 (2)"]);
        assert!(names.iter().all(|name| name.encode_utf16().count() <= LONGEST));
        assert_eq!(names[3], format!("{} (2)", "很".repeat(27)));
        assert_eq!(names[4], "绩效目标表");
        let names = form_sheets(returns.iter(), &[Some("1"), None, Some("合计核对")]);
        assert_eq!(names[..3], ["1", "甲_乙局", "绩效目标表"]);
        let names = form_sheets(returns.iter(), &["1", "1", "1 (2)", "1", "合计核对"].map(Some));
        assert_eq!(names, ["1", "1 (3)", "1 (2)", "1 (4)", "绩效目标表"]);
        // Long names that are the same once they are cut for their number.
        let [one, other] = ["甲", "乙"].map(|end| "很".repeat(30) + end);
        let returns = [named(&one), named(&one), named(&other), named(&other)];
        let cut = "很".repeat(27);
        let want = [one, format!("{cut} (2)"), other, format!("{cut} (3)")];
        assert_eq!(form_sheets(returns.iter(), &[]), want);
    }
}
