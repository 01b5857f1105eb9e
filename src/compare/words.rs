//! Two texts word by word. Chinese has no spaces: each of its characters is a word of its own, a run of letters or digits
//! is one word, and single characters that happen to agree amid what changed are counted to the change.

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// A run of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Word {
    /// In both texts.
    Same(String),
    /// Only in the old text.
    Gone(String),
    /// Only in the new text.
    New(String),
}

/// The most words that are compared; longer texts are compared sentence by sentence.
const MOST: usize = 3_000;

/// What two texts have in common and what not, in order.
pub fn words(old: &str, new: &str) -> Vec<Word> {
    let (mut one, mut other) = (segments(old), segments(new));
    if one.len().max(other.len()) > MOST {
        let sentences = |text| -> Vec<&str> {
            str::split_inclusive(text, ['。', '；', ';', '\n', '！', '？']).collect()
        };
        (one, other) = (sentences(old), sentences(new));
    }
    if one.len().max(other.len()) > MOST {
        return vec![Word::Gone(old.to_owned()), Word::New(new.to_owned())];
    }
    let mut found: Vec<Word> = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, &one, &other) {
        let gone = |range: std::ops::Range<usize>| one[range].concat();
        let added = |range: std::ops::Range<usize>| other[range].concat();
        match op {
            DiffOp::Equal { .. } => found.push(Word::Same(gone(op.old_range()))),
            DiffOp::Delete { .. } => found.push(Word::Gone(gone(op.old_range()))),
            DiffOp::Insert { .. } => found.push(Word::New(added(op.new_range()))),
            DiffOp::Replace { .. } => {
                found.push(Word::Gone(gone(op.old_range())));
                found.push(Word::New(added(op.new_range())));
            }
        }
    }
    settled(found)
}

/// The words of a text.
fn segments(text: &str) -> Vec<&str> {
    #[derive(PartialEq, Clone, Copy)]
    enum Kind {
        Latin,
        Space,
        Single,
    }
    let kind = |c: char| match c {
        c if c.is_ascii_alphanumeric() || c == '.' || c == ',' || c == '%' => Kind::Latin,
        c if c.is_whitespace() => Kind::Space,
        _ => Kind::Single,
    };
    let mut words = Vec::new();
    let mut start = 0;
    let mut last = None;
    for (at, c) in text.char_indices() {
        let this = kind(c);
        if last.is_some_and(|last| last != this || this == Kind::Single) {
            words.push(&text[start..at]);
            start = at;
        }
        last = Some(this);
    }
    if start < text.len() {
        words.push(&text[start..]);
    }
    words
}

/// Counts a single character between two changes to them, and joins what then stands side by side.
fn settled(found: Vec<Word>) -> Vec<Word> {
    let mut runs: Vec<Word> = Vec::new();
    let (mut gone, mut new) = (String::new(), String::new());
    let close = |gone: &mut String, new: &mut String, runs: &mut Vec<Word>| {
        for (text, word) in [(gone, Word::Gone as fn(String) -> Word), (new, Word::New)] {
            if !text.is_empty() {
                runs.push(word(std::mem::take(text)));
            }
        }
    };
    let mut words = found.into_iter().peekable();
    while let Some(word) = words.next() {
        match word {
            Word::Gone(text) => gone.push_str(&text),
            Word::New(text) => new.push_str(&text),
            Word::Same(text) => {
                let changing = !gone.is_empty() || !new.is_empty();
                if changing && words.peek().is_some() && text.chars().count() == 1 {
                    gone.push_str(&text);
                    new.push_str(&text);
                } else {
                    close(&mut gone, &mut new, &mut runs);
                    runs.push(Word::Same(text));
                }
            }
        }
    }
    close(&mut gone, &mut new, &mut runs);
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(old: &str, new: &str) -> String {
        words(old, new)
            .iter()
            .map(|word| match word {
                Word::Same(text) => text.clone(),
                Word::Gone(text) => format!("[-{text}-]"),
                Word::New(text) => format!("[+{text}+]"),
            })
            .collect()
    }

    #[test]
    fn chinese_is_compared_by_characters_and_the_rest_by_words() {
        let cases = [
            ("设立审前服务窗口", "设立审批服务窗口", "设立审[-前-][+批+]服务窗口"),
            ("办件1200宗以上", "办件1500宗以上", "办件[-1200-][+1500+]宗以上"),
            ("提高效率", "提高效率，减少退件", "提高效率[+，减少退件+]"),
        ];
        for (old, new, want) in cases {
            assert_eq!(shown(old, new), want);
        }
        // A character that happens to agree amid a change does not tear it apart.
        assert_eq!(shown("甲乙丙丁戊", "甲子丙丑戊"), "甲[-乙丙丁-][+子丙丑+]戊");
    }

    #[test]
    fn nothing_is_lost_of_either_text() {
        let (old, new) = ("一二三 four 5.5%，六", "二三 four 6%，六七");
        let side = |skip: fn(&Word) -> bool| -> String {
            words(old, new)
                .into_iter()
                .filter(|word| !skip(word))
                .map(|word| match word {
                    Word::Same(text) | Word::Gone(text) | Word::New(text) => text,
                })
                .collect()
        };
        assert_eq!(side(|word| matches!(word, Word::New(_))), old);
        assert_eq!(side(|word| matches!(word, Word::Gone(_))), new);
        let (long, other) = ("长。".repeat(5000), "短。".repeat(5000));
        assert_eq!(words(&long, &other).len(), 2);
    }
}
