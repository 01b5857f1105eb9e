//! Which items of two lists are the same: those of one name, equal ones first, then those whose names are nearly alike.

use std::{collections::HashMap, hash::Hash};

/// Names at least so alike, in millionths, are one item renamed.
const ALIKE: u64 = 600_000;
/// The most items of a side of which every pair is weighed.
const MOST: usize = 300;

/// The old and the new items side by side, in the order of the new list; what is gone stands at the end. Of several items
/// of one name those are pairs that are equal, then those that agree best, then as they stand.
pub(super) fn pairs<'a, T: Eq + Hash>(
    old: &'a [T],
    new: &'a [T],
    name: impl Fn(&T) -> String,
    agreement: impl Fn(&T, &T) -> u64,
) -> Vec<(Option<&'a T>, Option<&'a T>)> {
    let names = |list: &[T]| list.iter().map(&name).collect::<Vec<_>>();
    let (old_names, new_names) = (names(old), names(new));
    let mut found = Pairs::new(old.len(), new.len());
    let mut groups: HashMap<&str, (Vec<usize>, Vec<usize>)> = HashMap::new();
    for (at, name) in old_names.iter().enumerate() {
        groups.entry(name).or_default().0.push(at);
    }
    for (at, name) in new_names.iter().enumerate() {
        groups.entry(name).or_default().1.push(at);
    }
    let agree = |before: usize, after: usize| agreement(&old[before], &new[after]);
    for (olds, news) in groups.values() {
        found.equal(olds, news, |before| &old[before], |after| &new[after]);
        found.best(olds, news, |before, after| Some(agree(before, after)));
        found.in_order(olds, news);
    }
    let (olds, news): (Vec<usize>, Vec<usize>) =
        ((0..old.len()).collect(), (0..new.len()).collect());
    found.best(&olds, &news, |before, after| {
        let likeness = likeness(&old_names[before], &new_names[after]);
        (likeness >= ALIKE).then(|| (likeness, agree(before, after)))
    });
    let item = |(before, after): (Option<usize>, Option<usize>)| {
        (before.and_then(|at| old.get(at)), after.and_then(|at| new.get(at)))
    };
    found.all().map(item).collect()
}

/// Which places of an old list belong to which of a new one, so far.
pub(super) struct Pairs {
    of_new: Vec<Option<usize>>,
    is_taken: Vec<bool>,
}

impl Pairs {
    pub(super) fn new(old: usize, new: usize) -> Self {
        Self { of_new: vec![None; new], is_taken: vec![false; old] }
    }

    fn take(&mut self, before: usize, after: usize) {
        self.of_new[after] = Some(before);
        self.is_taken[before] = true;
    }

    /// What of some places has no counterpart yet.
    fn free(&self, olds: &[usize], news: &[usize]) -> (Vec<usize>, Vec<usize>) {
        let olds = olds.iter().copied().filter(|at| !self.is_taken[*at]);
        let news = news.iter().copied().filter(|at| self.of_new[*at].is_none());
        (olds.collect(), news.collect())
    }

    /// Pairs equal ones, in order.
    pub(super) fn equal<K: Eq + Hash>(
        &mut self,
        olds: &[usize],
        news: &[usize],
        old_key: impl Fn(usize) -> K,
        new_key: impl Fn(usize) -> K,
    ) {
        let (olds, news) = self.free(olds, news);
        let mut known: HashMap<K, Vec<usize>> = HashMap::new();
        for before in olds.into_iter().rev() {
            known.entry(old_key(before)).or_default().push(before);
        }
        for after in news {
            if let Some(before) = known.get_mut(&new_key(after)).and_then(Vec::pop) {
                self.take(before, after);
            }
        }
    }

    /// Pairs those first that agree best, in order where some agree as well as others; none that have no score.
    pub(super) fn best<S: Ord>(
        &mut self,
        olds: &[usize],
        news: &[usize],
        score: impl Fn(usize, usize) -> Option<S>,
    ) {
        let (olds, news) = self.free(olds, news);
        let mut scores = Vec::new();
        for before in olds.iter().take(MOST) {
            for after in news.iter().take(MOST) {
                scores.extend(score(*before, *after).map(|score| (score, *before, *after)));
            }
        }
        scores.sort_by(|one, other| {
            other.0.cmp(&one.0).then_with(|| (one.1, one.2).cmp(&(other.1, other.2)))
        });
        for (_, before, after) in scores {
            if self.of_new[after].is_none() && !self.is_taken[before] {
                self.take(before, after);
            }
        }
    }

    /// Pairs what is left as it stands.
    pub(super) fn in_order(&mut self, olds: &[usize], news: &[usize]) {
        let (olds, news) = self.free(olds, news);
        for (before, after) in olds.into_iter().zip(news) {
            self.take(before, after);
        }
    }

    /// Every place, in the order of the new list; old ones without a counterpart at the end.
    pub(super) fn all(self) -> impl Iterator<Item = (Option<usize>, Option<usize>)> {
        let matched = self.of_new.into_iter().enumerate().map(|(at, before)| (before, Some(at)));
        let gone = self.is_taken.into_iter().enumerate().filter(|(_, is_taken)| !is_taken);
        matched.chain(gone.map(|(at, _)| (Some(at), None)))
    }
}

/// How alike two names are: the share in millionths of their pairs of neighbouring characters that both have.
fn likeness(one: &str, other: &str) -> u64 {
    let pairs = |text: &str| {
        let chars: Vec<char> = text.chars().take(200).collect();
        let mut pairs: Vec<(char, char)> =
            chars.windows(2).map(|pair| (pair[0], pair[1])).collect();
        pairs.sort_unstable();
        pairs
    };
    shared(&pairs(one), &pairs(other))
}

/// The share in millionths of what stands in either of two sorted lists that both have.
pub(super) fn shared<T: Ord>(one: &[T], other: &[T]) -> u64 {
    let (mut at, mut beside, mut both) = (0, 0, 0_u64);
    while let (Some(left), Some(right)) = (one.get(at), other.get(beside)) {
        at += usize::from(left <= right);
        beside += usize::from(right <= left);
        both += u64::from(left == right);
    }
    (2_000_000 * both).checked_div((one.len() + other.len()) as u64).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Items named by the text before a colon; where they stand in both lists.
    fn places(old: &[&str], new: &[&str]) -> Vec<(Option<usize>, Option<usize>)> {
        let name = |of: &&str| of.split(':').next().unwrap().to_owned();
        let agreement = |one: &&str, other: &&str| likeness(one, other);
        let place = |list: &[&str], of: Option<&&str>| {
            of.map(|of| list.iter().position(|item| std::ptr::eq(item, of)).unwrap())
        };
        pairs(old, new, name, agreement)
            .into_iter()
            .map(|(before, after)| (place(old, before), place(new, after)))
            .collect()
    }

    #[test]
    fn items_are_matched_by_name_wherever_they_stand() {
        let old = ["甲任务", "乙任务", "推动代办服务扩面提质"];
        let new = ["乙任务", "推动代办服务扩面增效", "全新事项", "甲任务"];
        let want = [(Some(1), Some(0)), (Some(2), Some(1)), (None, Some(2)), (Some(0), Some(3))];
        assert_eq!(places(&old, &new), want);
        assert_eq!(places(&["甲", "甲"], &["甲"]), [(Some(0), Some(0)), (Some(1), None)]);
    }

    #[test]
    fn of_one_name_equal_ones_are_pairs_then_those_that_agree_best_then_as_they_stand() {
        let want = [(Some(1), Some(0)), (Some(0), Some(1))];
        assert_eq!(places(&["甲:100", "甲:200"], &["甲:200", "甲:100"]), want);
        assert_eq!(places(&["甲:走访企业", "甲:设立窗口"], &["甲:设立窗口等", "甲:走访"]), want);
        let want = [(Some(0), Some(0)), (Some(1), Some(1))];
        assert_eq!(places(&["甲:1", "甲:2"], &["甲:3", "甲:4"]), want);
    }

    #[test]
    fn lists_too_long_to_weigh_every_pair_are_matched_as_well() {
        let of =
            |from: usize| (from..from + 2_000).map(|at| format!("甲:{at}")).collect::<Vec<_>>();
        let (old, new) = (of(0), of(1_000));
        let [old, new] =
            [&old, &new].map(|list| list.iter().map(String::as_str).collect::<Vec<_>>());
        let found = places(&old, &new);
        assert_eq!(found.len(), 2_000);
        assert_eq!(found[..2], [(Some(1_000), Some(0)), (Some(1_001), Some(1))]);
    }
}
