//! What a table of many returns does not say by its rows: which departments it counts twice, that it adds up several
//! years, and which files gave no row.

use std::{
    collections::{BTreeMap, HashMap},
    hash::{DefaultHasher, Hash, Hasher},
};

use super::rows::Row;
use crate::{
    model::{level::Level, names},
    render::report::record::TextV1,
};

/// The most departments and the most files that are listed; of more only how many they are.
const MOST_LISTED: usize = 1_000;

/// A return of a department that stood already, of the same year.
#[derive(Clone, Debug)]
pub struct Again {
    /// 部门名称
    pub department: String,
    /// Budget year.
    pub year: Option<i32>,
    /// The number of the return that stood already, and its own.
    pub numbers: [u64; 2],
}

/// A file that gave no row.
#[derive(Clone, Debug)]
pub struct Missing {
    /// The file.
    pub file: String,
    /// Why.
    pub reason: TextV1,
    /// Whether it was read by `normalize`, and not written.
    pub refused: bool,
}

/// What is to be told of a table besides its rows.
#[derive(Debug, Default)]
pub struct Notes {
    /// The first return of each name and year.
    names: HashMap<u64, First>,
    /// The first return of each name, year, finance body and level.
    bodies: HashMap<u64, u64>,
    /// How many returns there are of each year.
    years: BTreeMap<Option<i32>, u64>,
    pub(super) again: Listed<Again>,
    pub(super) missing: Listed<Missing>,
}

/// The first of many, and how many there are.
#[derive(Debug)]
pub(super) struct Listed<T> {
    pub(super) first: Vec<T>,
    pub(super) count: u64,
}

impl<T> Default for Listed<T> {
    fn default() -> Self {
        Self { first: Vec::new(), count: 0 }
    }
}

impl<T> Listed<T> {
    fn add(&mut self, one: T) {
        self.count += 1;
        if self.first.len() < MOST_LISTED {
            self.first.push(one);
        }
    }

    /// How many are not listed.
    pub(super) fn more(&self) -> u64 {
        self.count - self.first.len() as u64
    }
}

/// What is remembered of the first return of a name: only numbers, for there may be a hundred thousand.
#[derive(Clone, Copy, Debug)]
struct First {
    number: u64,
    approver: Option<u64>,
    level: Option<Level>,
}

impl Notes {
    /// Takes note of a row; gives its department where that stood already. Departments of other finance bodies or levels
    /// only share the name.
    pub fn add(&mut self, row: &Row<'_>) -> Option<Again> {
        let of = row.of;
        *self.years.entry(of.year).or_default() += 1;
        let department = of.department.as_deref()?;
        let name = hash(&(names::key(department), of.year));
        let approver = of.approver.as_deref().map(|approver| hash(&names::key(approver)));
        let own = First { number: row.number, approver, level: of.level };
        let first = self.first(name, own)?;
        let again = Again {
            department: department.to_owned(),
            year: of.year,
            numbers: [first, row.number],
        };
        self.again.add(again.clone());
        Some(again)
    }

    /// The number of the first return of the same department; none where this is the first.
    fn first(&mut self, name: u64, own: First) -> Option<u64> {
        let known = *self.names.entry(name).or_insert(own);
        let body = *self.bodies.entry(hash(&(name, own.approver, own.level))).or_insert(own.number);
        if body != own.number {
            return Some(body);
        }
        // What only one of them states is no difference.
        let agree =
            (known.approver.is_none() || own.approver.is_none() || known.approver == own.approver)
                && (known.level.is_none() || own.level.is_none() || known.level == own.level);
        (agree && known.number != own.number).then_some(known.number)
    }

    /// Takes note of a file that gave no row.
    pub fn add_missing(&mut self, missing: Missing) {
        self.missing.add(missing);
    }

    /// The years with the number of their returns, where the sums are over several.
    pub fn several_years(&self) -> Vec<(Option<i32>, u64)> {
        let known = self.years.keys().flatten().count();
        if known > 1 {
            self.years.iter().map(|(year, count)| (*year, *count)).collect()
        } else {
            Vec::new()
        }
    }
}

fn hash(of: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    of.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Return;

    /// Department, year and approver of each return (`-` for none), and with which it is one.
    type Case<'a> = (&'a [[&'a str; 3]], &'a [Option<u64>]);

    #[test]
    fn a_department_that_stood_already_is_told_with_both_numbers() {
        let cases: [Case<'_>; 5] = [
            (&[["甲", "2025", "财"], ["甲 ", "2025", "财 "]], &[None, Some(1)]),
            (&[["甲", "2025", "财"], ["甲", "2024", "财"], ["乙", "2025", "财"]], &[None; 3]),
            (
                &[["甲", "2025", "财"], ["甲", "2025", "政"], ["甲", "2025", "政"]],
                &[None, None, Some(2)],
            ),
            (&[["甲", "2025", "财"], ["甲", "2025", "-"]], &[None, Some(1)]),
            (&[["-", "2025", "财"], ["-", "2025", "财"]], &[None, None]),
        ];
        let stated = |text: &str| Some(text.to_owned()).filter(|text| text != "-");
        for (returns, want) in cases {
            let mut notes = Notes::default();
            let mut found = Vec::new();
            for (number, [department, year, approver]) in (1..).zip(returns) {
                let of = Return {
                    department: stated(department),
                    year: year.parse().ok(),
                    approver: stated(approver),
                    ..Return::default()
                };
                let row = Row { number, of: &of, file: "a", sheet: None, errors: 0, warnings: 0 };
                found.push(notes.add(&row).map(|again| again.numbers[0]));
            }
            assert_eq!(found, want, "{returns:?}");
        }
    }
}
