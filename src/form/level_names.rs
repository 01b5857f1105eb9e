//! Names of indicator levels as they are typed: behind a number, between marks, with the words of a page.

use std::borrow::Cow;

use super::edition::Edition;
use crate::model::taxonomy::{self, Branch};

/// The longest text that is looked at, in bytes.
const LONGEST: usize = 120;

impl Edition {
    /// Whether a text is the name of a first or second level of the printed taxonomies, dressed or not.
    pub fn is_level_name(&self, text: &str) -> bool {
        self.bare_level(text).is_some()
    }

    /// The name of a printed level without white space and what it is dressed with; a score stays, 产出指标（50分）.
    pub fn level_name<'t>(&self, text: &'t str) -> Option<Cow<'t, str>> {
        let bare = self.bare_level(text)?;
        Some(if bare.contains(char::is_whitespace) {
            Cow::Owned(bare.chars().filter(|c| !c.is_whitespace()).collect())
        } else {
            Cow::Borrowed(bare)
        })
    }

    fn bare_level<'t>(&self, text: &'t str) -> Option<&'t str> {
        if text.len() >= LONGEST {
            return None;
        }
        let knows = |text: &str| {
            let word = taxonomy::word(text);
            self.taxonomies.iter().any(|taxonomy| taxonomy.knows(&word))
        };
        if knows(text) {
            return Some(text);
        }
        let bare = undressed(text);
        (bare.len() < text.len() && knows(bare)).then_some(bare)
    }

    /// The printed name of the first level that a text means, dressed or not.
    pub fn first_level(&self, text: &str) -> Option<&str> {
        let name = self.bare_level(text)?;
        let branch = self.taxonomies.iter().find_map(|taxonomy| taxonomy.branch(name));
        branch.map(|branch| branch.level1.printed())
    }

    /// The printed first level over a second level.
    pub fn first_level_of(&self, level2: &str) -> Option<String> {
        self.branches_over(level2).next().map(|branch| branch.level1.printed().to_owned())
    }

    /// The printed first level over a second level, where all taxonomies agree on it.
    pub fn sole_first_level_of(&self, level2: &str) -> Option<&str> {
        let mut names = self.branches_over(level2).map(|branch| branch.level1.printed());
        let first = names.next()?;
        names.all(|name| name == first).then_some(first)
    }

    /// Whether a second level would be read under another first level than the one above it, whose label follows below, or
    /// doubted: it belongs to another one, and the label is not beside it.
    pub fn is_misplaced(&self, level1: &str, level2: &str, below: Option<&str>) -> bool {
        let Some(own) = self.sole_first_level_of(level2) else { return false };
        match self.first_level(level1) {
            Some(level1) => level1 != own,
            None => below.and_then(|below| self.first_level(below)) == Some(own),
        }
    }

    fn branches_over(&self, level2: &str) -> impl Iterator<Item = &Branch> {
        let name = self.bare_level(level2);
        self.taxonomies.iter().filter_map(move |taxonomy| taxonomy.branch_of_level2(name?))
    }
}

/// Whether a text says that the level above goes on: 同上, 〃.
pub fn is_ditto(text: &str) -> bool {
    let bare = text.trim().trim_matches(['（', '）', '(', ')']);
    matches!(bare, "同上" | "〃" | "″" | "\"" | "”" | "''")
}

/// A name without the number before it, marks around it, and what says that it goes on from another page.
fn undressed(text: &str) -> &str {
    const NUMBER: &str = "一二三四五六七八九十()（）、.．:：,，-";
    const MARKS: &str = "★☆*＊※●■◆•·";
    const GOES_ON: [&str; 8] =
        ["（续）", "(续)", "（续表）", "(续表)", "（续上页）", "(续上页)", "【续】", "续"];
    let leads =
        |c: char| c.is_numeric() || c.is_whitespace() || NUMBER.contains(c) || MARKS.contains(c);
    let trails = |c: char| c.is_whitespace() || "：:、，,。".contains(c) || MARKS.contains(c);
    let mut bare = text.trim_start_matches(leads);
    loop {
        let shorter = bare.trim_end_matches(trails);
        let shorter =
            GOES_ON.iter().find_map(|words| shorter.strip_suffix(words)).unwrap_or(shorter);
        if shorter.len() == bare.len() {
            return bare;
        }
        bare = shorter;
    }
}

#[cfg(test)]
mod tests {
    use crate::form;

    #[test]
    fn names_lose_what_they_are_dressed_with() {
        let edition = &form::built_in()[0];
        for (text, want) in [
            ("产出指标", Some("产出指标")),
            ("产 出\n指 标", Some("产出指标")),
            ("一、产出指标", Some("产出指标")),
            ("（二）效益指标：", Some("效益指标")),
            ("1.数量指标", Some("数量指标")),
            ("①数量指标", Some("数量指标")),
            ("★ 质量指标 ★", Some("质量指标")),
            ("产出指标（续）", Some("产出指标")),
            ("产出指标（续）：", Some("产出指标")),
            ("一、产出指标(50)", Some("产出指标(50)")),
            ("1.管理效率", None),
            ("产出指标完成率", None),
            ("续", None),
            ("", None),
        ] {
            assert_eq!(edition.level_name(text).as_deref(), want, "{text}");
        }
    }

    #[test]
    fn a_second_level_tells_its_first_one() {
        let edition = &form::built_in()[0];
        assert_eq!(edition.sole_first_level_of("社会效益指标"), Some("效益指标"));
        assert_eq!(edition.sole_first_level_of("管理效率"), None);
        for (level1, below, want) in [
            ("产出指标", None, true),
            ("效益指标", None, false),
            ("其他指标", None, false),
            ("其他指标", Some("满意度指标"), false),
            ("其他指标", Some("效益指标"), true),
        ] {
            assert_eq!(
                edition.is_misplaced(level1, "社会效益指标", below),
                want,
                "{level1} {below:?}"
            );
        }
    }
}
