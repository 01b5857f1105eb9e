//! Every code of a finding, in one list.

use crate::{check::RULES, diagnostic::Code, extract};

/// Every code, by its id.
pub fn codes() -> Vec<&'static Code> {
    let mut codes: Vec<&'static Code> = extract::layout::CODES.to_vec();
    codes.extend_from_slice(extract::VALUE_CODES);
    codes.extend(RULES.iter().map(|rule| rule.code));
    codes.sort_by_key(|code| code.id);
    codes
}

/// The code of an id or a name, in either case.
pub fn find(wanted: &str) -> Option<&'static Code> {
    codes()
        .into_iter()
        .find(|code| code.id.eq_ignore_ascii_case(wanted) || code.name.eq_ignore_ascii_case(wanted))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_well_formed_and_explained() {
        let codes = codes();
        for pair in codes.windows(2) {
            assert_ne!(pair[0].id, pair[1].id);
        }
        for code in codes {
            let (letter, digits) = code.id.split_at(1);
            assert!(
                "LVRTX".contains(letter) && digits.len() == 3 && digits.parse::<u16>().is_ok(),
                "{}",
                code.id
            );
            assert!(
                code.name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'),
                "{}",
                code.name
            );
            for heading in ["## What it checks\n", "## Why\n", "## How to fix\n"] {
                assert!(code.explanation.contains(heading), "{} lacks {heading}", code.id);
            }
            assert!(
                std::ptr::eq(find(code.name).unwrap(), code),
                "the name {} stands twice",
                code.name
            );
        }
    }
}
