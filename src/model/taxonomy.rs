//! The printed taxonomy of indicators: first-level names and the second-level names under them.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

use super::simplified::{is_simplified, simplified};

/// A name of the taxonomy with its other wordings; the first one is printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Names {
    names: Vec<String>,
    words: Vec<String>,
}

impl Names {
    /// The names of one level, the printed one first.
    pub fn new(names: Vec<String>) -> Self {
        let words = names.iter().map(|name| word(name).into_owned()).collect();
        Self { names, words }
    }

    /// The printed name.
    pub fn printed(&self) -> &str {
        self.names.first().map_or("", String::as_str)
    }

    /// Whether one of the names has these words, as [`word`] gives them.
    pub fn knows(&self, word: &str) -> bool {
        self.words.iter().any(|known| known == word)
    }
}

/// A first-level indicator and the second-level ones under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Branch {
    /// Names of the first level.
    pub level1: Names,
    /// Names of the second level, in printed order.
    pub level2: Vec<Names>,
}

impl Branch {
    fn has_level2(&self, word: &str) -> bool {
        self.level2.iter().any(|names| names.knows(word))
    }
}

/// One printed taxonomy.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Taxonomy {
    /// First levels, in printed order.
    pub branches: Vec<Branch>,
}

impl Taxonomy {
    /// The branch that a first-level name means.
    pub fn branch(&self, level1: &str) -> Option<&Branch> {
        let word = word(level1);
        self.branches.iter().find(|branch| branch.level1.knows(&word))
    }

    /// The branch under which a second-level name stands.
    pub fn branch_of_level2(&self, level2: &str) -> Option<&Branch> {
        let word = word(level2);
        self.branches.iter().find(|branch| branch.has_level2(&word))
    }

    /// Whether a name of the first or the second level has these words, as [`word`] gives them.
    pub fn knows(&self, word: &str) -> bool {
        self.branches.iter().any(|branch| branch.level1.knows(word) || branch.has_level2(word))
    }
}

/// Whether two names mean the same: the word 指标, white space, width, traditional forms and a score such
/// as `(50分)` don't count.
pub fn same(one: &str, other: &str) -> bool {
    one == other || word(one) == word(other)
}

/// What of a level's name is compared.
pub fn word(name: &str) -> Cow<'_, str> {
    if name.chars().all(is_simplified) {
        return without_indicator(name);
    }
    let folded: String = name.nfkc().filter(|c| !c.is_whitespace()).map(simplified).collect();
    let folded = match folded.rfind('(') {
        Some(at) if is_score(&folded[at..]) => &folded[..at],
        _ => &folded,
    };
    Cow::Owned(without_indicator(folded).into_owned())
}

/// A name without the word 指标, where that leaves anything.
fn without_indicator(name: &str) -> Cow<'_, str> {
    const INDICATOR: &str = "指标";
    let stem = name.strip_suffix(INDICATOR).unwrap_or(name);
    if stem.is_empty() {
        return Cow::Borrowed(name);
    }
    if !stem.contains(INDICATOR) {
        return Cow::Borrowed(stem);
    }
    let plain = stem.replace(INDICATOR, "");
    if plain.is_empty() { Cow::Borrowed(name) } else { Cow::Owned(plain) }
}

fn is_score(bracket: &str) -> bool {
    let inner = bracket.trim_start_matches('(').trim_end_matches(')');
    inner.trim_end_matches(['分', '%']).parse::<f64>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compares_without_the_word_indicator_spaces_and_scores() {
        let cases = [
            ("产出指标", "产 出", true),
            ("产出指标（50分）", "产出指标", true),
            ("成本指标(10%)", "成本", true),
            ("产出指标(50)", "产出指标", true),
            ("產出指標", "产出指标", true),
            ("效益指标", "产出指标", false),
            ("指标", "产出指标", false),
        ];
        for (one, other, want) in cases {
            assert_eq!(same(one, other), want, "{one} {other}");
        }
    }
}
