//! Which returns of two lots belong together: those of one department, and of its returns those of one year and one
//! finance body, then those that have most in common.

use std::{
    collections::BTreeMap,
    hash::{DefaultHasher, Hash, Hasher},
};

use super::matching::{Pairs, shared};
use crate::model::{Return, field_path::BudgetField, level::Level, names};

/// Pairs of places in both lists, by the name of the department; a return without a counterpart stands alone.
///
/// White space in a name and the width of its characters are no difference. A year without a counterpart is compared with another: last year's folder
/// with this year's.
pub fn pairs(old: &[&Return], new: &[&Return]) -> Vec<(Option<usize>, Option<usize>)> {
    let mut departments: BTreeMap<String, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
    for (at, of) in old.iter().enumerate() {
        departments.entry(key(of.department.as_deref())).or_default().0.push(at);
    }
    for (at, of) in new.iter().enumerate() {
        departments.entry(key(of.department.as_deref())).or_default().1.push(at);
    }
    departments.into_values().flat_map(|(olds, news)| department(old, new, &olds, &news)).collect()
}

fn key(name: Option<&str>) -> String {
    names::key(name.unwrap_or_default())
}

/// The pairs of one department, in the order of the new list.
fn department(
    old: &[&Return],
    new: &[&Return],
    olds: &[usize],
    news: &[usize],
) -> Vec<(Option<usize>, Option<usize>)> {
    let side = |all: &[&Return], places: &[usize]| {
        let of = |at: &usize| Known::of(all[*at], olds.len() > 1 || news.len() > 1);
        places.iter().map(of).collect::<Vec<_>>()
    };
    let (before, after) = (side(old, olds), side(new, news));
    let (left, right): (Vec<usize>, Vec<usize>) =
        ((0..olds.len()).collect(), (0..news.len()).collect());
    let mut found = Pairs::new(olds.len(), news.len());
    found.equal(&left, &right, |at| old[olds[at]], |at| new[news[at]]);
    // Of one year and body, however many there are; then the others.
    let mut bodies: BTreeMap<_, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
    for (at, known) in before.iter().enumerate() {
        bodies.entry(known.key()).or_default().0.push(at);
    }
    for (at, known) in after.iter().enumerate() {
        bodies.entry(known.key()).or_default().1.push(at);
    }
    for (left, right) in bodies.values() {
        found.best(left, right, |one, other| Some(before[one].likeness(&after[other])));
        found.in_order(left, right);
    }
    found.best(&left, &right, |one, other| Some(before[one].agreement(&after[other])));
    found.in_order(&left, &right);
    let place = |(one, other): (Option<usize>, Option<usize>)| {
        (one.map(|at| olds[at]), other.map(|at| news[at]))
    };
    found.all().map(place).collect()
}

/// What is known of a return when its counterpart is sought.
struct Known {
    year: Option<i32>,
    approver: String,
    level: Option<Level>,
    /// Hashes of what it holds, sorted; only where there is a choice.
    content: Vec<u64>,
}

impl Known {
    fn of(of: &Return, is_choice: bool) -> Self {
        Self {
            year: of.year,
            approver: key(of.approver.as_deref()),
            level: of.level,
            content: if is_choice { content(of) } else { Vec::new() },
        }
    }

    fn key(&self) -> (Option<i32>, &str, Option<Level>) {
        (self.year, &self.approver, self.level)
    }

    /// The share of their content that both have, in millionths.
    fn likeness(&self, other: &Self) -> u64 {
        shared(&self.content, &other.content)
    }

    /// How well two returns of a name agree. Those of different bodies are hardly of one department; what only one of
    /// them states is no difference.
    fn agreement(&self, other: &Self) -> (bool, bool, bool, u64) {
        let one_body = self.approver.is_empty()
            || other.approver.is_empty()
            || self.approver == other.approver;
        let one_level = self.level.is_none() || other.level.is_none() || self.level == other.level;
        (one_body, self.year == other.year, one_level, self.likeness(other))
    }
}

/// Hashes of the amounts, the objective, the tasks and the indicators, sorted. A task and an indicator count twice: as they
/// stand, and by their name.
fn content(of: &Return) -> Vec<u64> {
    let mut hashes = Vec::new();
    let mut add = |kind: &str, part: &dyn Fn(&mut DefaultHasher)| {
        let mut hasher = DefaultHasher::new();
        kind.hash(&mut hasher);
        part(&mut hasher);
        hashes.push(hasher.finish());
    };
    for field in BudgetField::ALL {
        let amount = of.budget.get(field);
        add(field.name(), &|hasher| amount.hash(hasher));
    }
    add("objective", &|hasher| of.overall_objective.hash(hasher));
    for task in of.key_tasks.iter().chain(&of.other_tasks) {
        add("task", &|hasher| task.hash(hasher));
        add("task's name", &|hasher| task.name.hash(hasher));
    }
    for indicator in &of.indicators {
        add("indicator", &|hasher| indicator.hash(hasher));
        add("indicator's name", &|hasher| indicator.level3.hash(hasher));
    }
    hashes.sort_unstable();
    hashes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Task, entry::Entry, money::Money};

    /// A return as `year approver amount`; `-` stands for nothing.
    fn of(text: &str) -> Return {
        let parts: Vec<&str> = text.split(' ').collect();
        let funding = Entry::Known(Money::from_yuan(parts[2].parse().unwrap()).unwrap());
        Return {
            year: parts[0].parse().ok(),
            approver: Some(parts[1].to_owned()).filter(|approver| approver != "-"),
            department: Some("甲局".to_owned()),
            key_tasks: vec![Task { funding, ..Task::default() }],
            ..Return::default()
        }
    }

    /// The old and the new returns, and of each new one the place of the old one that it is compared with.
    type Case<'a> = (&'a [&'a str], &'a [&'a str], &'a [Option<usize>]);

    #[test]
    fn of_a_department_those_of_one_body_and_year_come_first_then_those_that_agree_most() {
        let cases: [Case<'_>; 9] = [
            (&["2024 财 1", "2025 财 2"], &["2025 财 1"], &[Some(1)]),
            (&["2024 财 1", "2025 财 2"], &["2025 - 1"], &[Some(1)]),
            (&["2024 财 1", "2025 财 2"], &["2025 政 1"], &[Some(1)]),
            (&["2024 财 1", "2024 政 2"], &["2025 政 1", "2025 财 2"], &[Some(1), Some(0)]),
            (&["2025 财 1", "2025 政 2"], &["2025 政 1", "2025 财 2"], &[Some(1), Some(0)]),
            (&["- - 1", "- - 2"], &["- - 2", "- - 3"], &[Some(1), Some(0)]),
            (&["2024 财 1"], &["2026 财 3", "2025 财 1"], &[None, Some(0)]),
            (&["2024 财 1"], &["2025 财 2"], &[Some(0)]),
            (&["2025 财 1", "2025 财 1"], &["2025 财 1", "2025 财 2"], &[Some(0), Some(1)]),
        ];
        for (old, new, want) in cases {
            let [before, after] =
                [old, new].map(|list| list.iter().map(|text| of(text)).collect::<Vec<_>>());
            let found =
                pairs(&before.iter().collect::<Vec<_>>(), &after.iter().collect::<Vec<_>>());
            let found: Vec<Option<usize>> =
                found.iter().filter(|pair| pair.1.is_some()).map(|pair| pair.0).collect();
            assert_eq!(found, want, "{old:?} {new:?}");
        }
    }
}
