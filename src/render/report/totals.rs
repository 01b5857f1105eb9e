//! What the files of a folder add up to, and departments that stand more than once.

use std::{
    collections::{BTreeMap, HashSet},
    hash::{DefaultHasher, Hash, Hasher},
};

use rust_decimal::Decimal;
use serde::Serialize;

use super::{
    Each,
    record::{ChangedV1, CountsV1, FileV1, ReturnLineV1, StateV1},
};
use crate::{error::Result, model::names};

/// Totals over all files.
#[derive(Clone, Debug, Default, Serialize)]
pub struct TotalsV1 {
    /// Files that were looked at or passed over.
    pub files: u64,
    /// Files that were read and written.
    pub written: u64,
    /// Files that were read and not written.
    pub refused: u64,
    /// Files that could not be read.
    pub unread: u64,
    /// Files that were not looked at.
    pub skipped: u64,
    /// Sources that are no longer there.
    pub gone: u64,
    /// Files that hold an error.
    pub with_errors: u64,
    /// Returns.
    pub returns: u64,
    /// Findings by severity.
    pub counts: CountsV1,
    /// Findings by code.
    pub codes: BTreeMap<String, u64>,
    /// What was changed.
    pub changed: ChangedV1,
    /// Files by what they were.
    pub kinds: BTreeMap<String, u64>,
    /// Returns by edition.
    pub editions: BTreeMap<String, u64>,
    /// Sum of all expenditure in yuan.
    pub expenditure: SumV1,
    /// Sum of all income in yuan.
    pub income: SumV1,
    /// Funding of all tasks in yuan.
    pub tasks: SumV1,
}

/// A sum over returns.
#[derive(Clone, Debug, Default, Serialize)]
pub struct SumV1 {
    /// The sum of what is known, in yuan.
    #[serde(serialize_with = "as_text")]
    pub known: Decimal,
    /// Returns that have no such total or whose total can't be computed; they add nothing.
    pub without: u64,
}

fn as_text<S: serde::Serializer>(sum: &Decimal, to: S) -> std::result::Result<S::Ok, S::Error> {
    to.serialize_str(&printed(*sum))
}

/// An amount in yuan with two decimals at least.
pub fn printed(sum: Decimal) -> String {
    let mut sum = sum.normalize();
    if sum.scale() < 2 {
        sum.rescale(2);
    }
    sum.to_string()
}

impl SumV1 {
    fn add(&mut self, amount: Option<&String>) {
        let amount = amount.and_then(|text| text.parse::<Decimal>().ok());
        match amount.and_then(|amount| self.known.checked_add(amount)) {
            Some(sum) => self.known = sum,
            None => self.without += 1,
        }
    }
}

/// A department that stands more than once.
#[derive(Clone, Debug, Serialize)]
pub struct RepeatedV1 {
    /// 部门名称
    pub department: String,
    /// Budget year.
    pub year: Option<i32>,
    /// `twice`: one department more than once; `namesakes`: departments of different approvers or levels under one
    /// name.
    pub kind: &'static str,
    /// The files, with the worksheet where there is one.
    pub places: Vec<PlaceV1>,
}

/// Where a return stands.
#[derive(Clone, Debug, Serialize)]
pub struct PlaceV1 {
    /// The file.
    pub source: String,
    /// The worksheet.
    pub sheet: Option<String>,
    /// 批复单位
    pub approver: Option<String>,
    /// Level of government.
    pub level: Option<String>,
}

/// Adds up all files, and finds the departments that stand more than once.
///
/// # Errors
/// Those of the records' source.
pub fn add_up(each: &Each<'_>) -> Result<(TotalsV1, Vec<RepeatedV1>)> {
    let mut totals = TotalsV1::default();
    // Only a hash of each department is held, so that a hundred thousand take less than a megabyte.
    let mut keys: Vec<u64> = Vec::new();
    each(&mut |file| {
        totals.add(file);
        keys.extend(file.returns.iter().filter_map(key));
        Ok(())
    })?;
    keys.sort_unstable();
    let again = keys.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]);
    let seen: HashSet<u64> = again.collect();
    drop(keys);
    let mut groups: BTreeMap<(String, Option<i32>), RepeatedV1> = BTreeMap::new();
    if !seen.is_empty() {
        each(&mut |file| {
            for of in &file.returns {
                let Some(department) = &of.department else { continue };
                if key(of).is_some_and(|key| seen.contains(&key)) {
                    let first = || RepeatedV1 {
                        department: department.clone(),
                        year: of.year,
                        kind: "twice",
                        places: Vec::new(),
                    };
                    let group = groups.entry((names::key(department), of.year));
                    group.or_insert_with(first).places.push(PlaceV1 {
                        source: file.source.clone(),
                        sheet: of.sheet.clone(),
                        approver: of.approver.clone(),
                        level: of.level.clone(),
                    });
                }
            }
            Ok(())
        })?;
    }
    Ok((totals, groups.into_values().flat_map(parted).collect()))
}

fn key(of: &ReturnLineV1) -> Option<u64> {
    let mut hasher = DefaultHasher::new();
    (names::key(of.department.as_deref()?), of.year).hash(&mut hasher);
    Some(hasher.finish())
}

/// What there is to say of the returns of one name and year: which of them are of one department, and whether there are
/// namesakes among them. That a body or a level is stated by some of them only is no difference.
fn parted(group: RepeatedV1) -> Vec<RepeatedV1> {
    let body = |place: &PlaceV1| [place.approver.as_deref().map(names::key), place.level.clone()];
    let differs = |at: usize| {
        let mut known = group.places.iter().filter_map(|place| body(place)[at].clone());
        known.next().is_some_and(|first| known.any(|other| other != first))
    };
    let differences = [differs(0), differs(1)];
    let mut departments: BTreeMap<[Option<String>; 2], Vec<PlaceV1>> = BTreeMap::new();
    for place in &group.places {
        let mut key = body(place);
        for (part, _) in key.iter_mut().zip(differences).filter(|(_, differs)| !differs) {
            *part = None;
        }
        departments.entry(key).or_default().push(place.clone());
    }
    let is_shared = departments.len() > 1;
    let twice = departments.into_values().filter(|places| places.len() > 1);
    let twice = twice.map(|places| RepeatedV1 { places, ..group.clone() });
    let namesakes = is_shared.then(|| RepeatedV1 { kind: "namesakes", ..group.clone() });
    twice.chain(namesakes).collect()
}

impl TotalsV1 {
    /// Adds one file.
    pub fn add(&mut self, file: &FileV1) {
        self.files += u64::from(file.state != StateV1::Gone);
        *match file.state {
            StateV1::Written => &mut self.written,
            StateV1::Refused => &mut self.refused,
            StateV1::Unread => &mut self.unread,
            StateV1::Skipped => &mut self.skipped,
            StateV1::Gone => &mut self.gone,
        } += 1;
        self.with_errors += u64::from(file.counts.errors > 0);
        self.counts.errors += file.counts.errors;
        self.counts.warnings += file.counts.warnings;
        self.counts.infos += file.counts.infos;
        for (code, count) in &file.codes {
            *self.codes.entry(code.clone()).or_default() += count;
        }
        self.changed.totals += file.changed.totals;
        self.changed.units += file.changed.units;
        self.changed.tidied += file.changed.tidied;
        self.changed.dropped += file.changed.dropped;
        if !file.kind.is_empty() {
            *self.kinds.entry(file.kind.clone()).or_default() += 1;
        }
        for of in &file.returns {
            self.returns += 1;
            *self.editions.entry(of.edition.clone()).or_default() += 1;
            self.expenditure.add(of.expenditure.as_ref());
            self.income.add(of.income.as_ref());
            self.tasks.add(of.tasks.as_ref());
        }
    }
}
