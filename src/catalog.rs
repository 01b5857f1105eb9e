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

/// What a code means in Chinese.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InChinese {
    /// Its name.
    pub name: &'static str,
    /// What it checks, why, and how to fix it, as Markdown.
    pub explanation: &'static str,
}

/// What a code means in Chinese; none for an id that no code has.
pub fn in_chinese(id: &str) -> Option<InChinese> {
    const EXPLAINED: &str = include_str!("catalog/explained.zh.md");
    let mut rest = EXPLAINED;
    while let Some(section) = rest.strip_prefix("# ") {
        let end = section.find("\n# ").map_or(section.len(), |end| end + 1);
        let (head, explanation) = section[..end].split_once('\n')?;
        let (known, name) = head.split_once(' ')?;
        if known == id {
            return Some(InChinese { name, explanation });
        }
        rest = &section[end..];
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_explained_in_chinese_too() {
        for code in codes() {
            let InChinese { name, explanation } = in_chinese(code.id).expect(code.id);
            assert!(!name.is_empty() && !name.is_ascii(), "{}: {name}", code.id);
            let mut rest = explanation;
            for heading in ["## 检查什么\n", "## 原因\n", "## 怎么办\n"] {
                rest = rest.split_once(heading).expect(heading).1;
                assert!(
                    rest.chars().count() > 5 && !rest.starts_with('#'),
                    "{} {heading}",
                    code.id
                );
            }
        }
        assert_eq!(in_chinese("L999"), None);
    }

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
