//! Which items of two lists are the same: those of one name, then those whose names are nearly alike.

use std::collections::HashMap;

/// Names at least so alike, from 0 to 1, are one item renamed.
const ALIKE: f64 = 0.6;
/// The most items of a list that are tried for nearly alike names.
const MOST: usize = 300;

/// Pairs of places, in the order of the new list; what is gone stands at the end.
pub(super) fn pairs(old: &[String], new: &[String]) -> Vec<(Option<usize>, Option<usize>)> {
    let mut known: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, name) in old.iter().enumerate().rev() {
        known.entry(name).or_default().push(at);
    }
    let mut of_new: Vec<Option<usize>> =
        new.iter().map(|name| known.get_mut(name.as_str()).and_then(Vec::pop)).collect();
    let mut free: Vec<usize> = known.into_values().flatten().collect();
    free.sort_unstable();
    alike(old, new, &mut of_new, &mut free);
    let matched = of_new.into_iter().enumerate().map(|(at, before)| (before, Some(at)));
    matched.chain(free.into_iter().map(|at| (Some(at), None))).collect()
}

/// Matches what is left, the most alike names first.
fn alike(old: &[String], new: &[String], of_new: &mut [Option<usize>], free: &mut Vec<usize>) {
    let open: Vec<usize> = (0..new.len()).filter(|at| of_new[*at].is_none()).take(MOST).collect();
    let mut likenesses = Vec::new();
    for before in free.iter().take(MOST) {
        for after in &open {
            let likeness = likeness(&old[*before], &new[*after]);
            if likeness >= ALIKE {
                likenesses.push((likeness, *before, *after));
            }
        }
    }
    likenesses.sort_by(|one, other| {
        other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)).then(one.2.cmp(&other.2))
    });
    for (_, before, after) in likenesses {
        if of_new[after].is_none() && free.contains(&before) {
            of_new[after] = Some(before);
            free.retain(|at| *at != before);
        }
    }
}

/// How alike two names are: the share of their pairs of neighbouring characters that both have.
fn likeness(one: &str, other: &str) -> f64 {
    let pairs = |text: &str| {
        let chars: Vec<char> = text.chars().take(200).collect();
        let mut counts: HashMap<(char, char), i32> = HashMap::new();
        for pair in chars.windows(2) {
            *counts.entry((pair[0], pair[1])).or_default() += 1;
        }
        counts
    };
    let (one, other) = (pairs(one), pairs(other));
    let count = |of: &HashMap<(char, char), i32>| of.values().sum::<i32>();
    let all = count(&one) + count(&other);
    if all == 0 {
        return 0.0;
    }
    let shared: i32 =
        one.iter().map(|(pair, count)| (*count).min(other.get(pair).copied().unwrap_or(0))).sum();
    f64::from(2 * shared) / f64::from(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn items_are_matched_by_name_wherever_they_stand() {
        let old = named(&["甲任务", "乙任务", "推动代办服务扩面提质"]);
        let new = named(&["乙任务", "推动代办服务扩面增效", "全新事项", "甲任务"]);
        let want = [(Some(1), Some(0)), (Some(2), Some(1)), (None, Some(2)), (Some(0), Some(3))];
        assert_eq!(pairs(&old, &new), want);
        assert_eq!(
            pairs(&named(&["甲", "甲"]), &named(&["甲"])),
            [(Some(0), Some(0)), (Some(1), None)]
        );
    }
}
