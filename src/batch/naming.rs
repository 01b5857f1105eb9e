//! Names of outputs: where two sources would meet in one name, who keeps it.

use std::{
    collections::{HashMap, HashSet},
    ffi::{OsStr, OsString},
    path::{Path, PathBuf},
};

use super::{
    hash,
    manifest::{DESK, MANIFEST, REPORTS},
    name,
    pattern::Pattern,
};
use crate::model::Return;

/// An entry of a folder that wants a name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wanted<'a> {
    /// The entry's own name.
    pub(super) name: &'a OsStr,
    /// Whether it is a folder, which keeps its name.
    pub(super) folder: bool,
}

/// The name of an output without its ending, and whether another was wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) stem: OsString,
    pub(super) renamed: bool,
}

/// Names that reports and the manifest have in the output folder.
fn is_reserved(stem: &str, endings: &[&str]) -> bool {
    stem == "report"
        || stem.starts_with("report.")
        || (stem == "manifest" && endings.contains(&"jsonl"))
}

/// A name that is not kept for the program, whatever follows it.
fn unreserved(stem: OsString, endings: &[&str], top: bool) -> OsString {
    if !top || !is_reserved(&folded(&stem), endings) {
        return stem;
    }
    let mut other = OsString::from("_");
    other.push(stem);
    other
}

/// A folder's name that none of the program's own files has.
pub(super) fn unreserved_folder(name: &OsStr, top: bool) -> OsString {
    let own = folded(name);
    if !top || ![MANIFEST, DESK].contains(&own.as_str()) && !REPORTS.contains(&own.as_str()) {
        return name.to_owned();
    }
    let mut other = OsString::from("_");
    other.push(name);
    other
}

/// The place of each entry of one folder, given in the order of their names.
///
/// `a.xls` becomes `a`. Where several would become `a`, the one that was an xlsx keeps it, and the others keep their
/// whole name; what is still not free gets a number. Case is no difference, as on Windows.
pub(super) fn places(wanted: &[Wanted<'_>], endings: &[&'static str], top: bool) -> Vec<Place> {
    let longest = endings.iter().map(|ending| ending.len()).max().unwrap_or(0);
    let mut places: Vec<Option<Place>> = vec![None; wanted.len()];
    let mut taken = folders(wanted, &mut places, top);
    let mut meeting: HashMap<String, usize> = HashMap::new();
    for entry in wanted.iter().filter(|entry| !entry.folder) {
        *meeting.entry(folded(&stem(entry.name))).or_default() += 1;
    }
    let claim = |stem: &OsStr, taken: &mut HashSet<String>| {
        let stem = name::fitted(stem.to_owned(), longest);
        let text = folded(&stem);
        let file = |ending: &&str| taken.contains(&format!("{text}.{ending}"));
        if endings.iter().any(file) {
            return None;
        }
        taken.extend(endings.iter().map(|ending| format!("{text}.{ending}")));
        Some(stem)
    };
    // Those first who keep their own stem, then those who keep their whole name.
    for keeps_stem in [true, false] {
        for (entry, place) in wanted.iter().zip(&mut places) {
            if entry.folder {
                continue;
            }
            let own = stem(entry.name);
            let alone = meeting.get(&folded(&own)) == Some(&1) || is_xlsx(entry.name);
            if alone == keeps_stem {
                let first = if alone { own.clone() } else { entry.name.to_owned() };
                let first = unreserved(first, endings, top);
                *place = claim(&first, &mut taken).map(|stem| Place { renamed: stem != own, stem });
            }
        }
    }
    for (entry, place) in wanted.iter().zip(&mut places) {
        let mut number = 2;
        while place.is_none() {
            let mut numbered = unreserved(stem(entry.name), endings, top);
            numbered.push(format!(" ({number})"));
            *place = claim(&numbered, &mut taken).map(|stem| Place { stem, renamed: true });
            number += 1;
        }
    }
    places.into_iter().flatten().collect()
}

/// Gives folders their places, and says which names are taken then: a folder keeps its name, and one that may not have
/// it gets a name that no other folder has.
fn folders(wanted: &[Wanted<'_>], places: &mut [Option<Place>], top: bool) -> HashSet<String> {
    let all = || wanted.iter().enumerate().filter(|(_, entry)| entry.folder);
    let is_free = |entry: &Wanted<'_>| unreserved_folder(entry.name, top) == entry.name;
    let mut taken = HashSet::new();
    for (at, entry) in all().filter(|(_, entry)| is_free(entry)) {
        taken.insert(folded(entry.name));
        places[at] = Some(Place { stem: entry.name.to_owned(), renamed: false });
    }
    for (at, entry) in all().filter(|(_, entry)| !is_free(entry)) {
        let first = unreserved_folder(entry.name, top);
        let (mut stem, mut number) = (first.clone(), 2);
        while !taken.insert(folded(&stem)) {
            stem.clone_from(&first);
            stem.push(format!(" ({number})"));
            number += 1;
        }
        places[at] = Some(Place { stem, renamed: true });
    }
    taken
}

fn is_xlsx(name: &OsStr) -> bool {
    Path::new(name).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx"))
}

/// The name without a known ending.
pub(super) fn stem(name: &OsStr) -> OsString {
    let path = Path::new(name);
    match path.file_stem() {
        Some(stem) if super::walk::has_known_ending(path) => stem.to_owned(),
        _ => name.to_owned(),
    }
}

fn folded(name: &OsStr) -> String {
    name::escape(name).to_lowercase()
}

/// How outputs are named.
#[derive(Clone, Debug)]
pub enum Naming {
    /// As the sources are, their folders kept.
    Tree,
    /// By what a return says.
    Pattern(Pattern),
}

/// The name of a file that holds one of the returns of `source`, without an ending: department and year, as
/// `岭江省档案馆-2020`; without a department the source's name and the sheet's.
pub fn of_return(of: &Return, sheet: Option<&str>, source: &OsStr) -> PathBuf {
    let said = of.department.as_deref().map(str::trim).filter(|name| !name.is_empty());
    let text = said.map_or_else(
        || [Some(name::escape(source)), sheet.map(str::to_owned)].into_iter().flatten().collect(),
        |department| vec![department.to_owned()],
    );
    let year = of.year.map(|year| year.to_string());
    let whole = text.into_iter().chain(year).collect::<Vec<_>>().join("-");
    let one_line = whole.split_whitespace().collect::<Vec<_>>().join(" ");
    name::fitted(name::sound(&one_line).into(), 5).into()
}

/// Names that were given out in this run: what is taken gets a number.
#[derive(Debug, Default)]
pub struct Taken(HashMap<u64, u32>);

impl Taken {
    /// A place that nobody has, among names that reports keep for themselves; and whether it is another than wanted.
    pub(super) fn place(&mut self, wanted: &Path, endings: &[&str]) -> (PathBuf, bool) {
        let mut parts = wanted.components();
        let own = match (parts.next(), parts.as_path()) {
            (Some(first), rest) if !rest.as_os_str().is_empty() => {
                Path::new(&unreserved_folder(first.as_os_str(), true)).join(rest)
            }
            _ => unreserved(wanted.as_os_str().to_owned(), endings, true).into(),
        };
        let other = own != wanted;
        let (place, numbered) = self.free(&own);
        (place, other || numbered)
    }

    /// A place that nobody has: the wanted one, or with a number; and whether it is another.
    pub fn free(&mut self, wanted: &Path) -> (PathBuf, bool) {
        let free = |taken: &Self, place: &Path| !taken.0.contains_key(&key(place));
        if free(self, wanted) {
            self.0.insert(key(wanted), 2);
            return (wanted.to_owned(), false);
        }
        let mut number = self.0.get(&key(wanted)).copied().unwrap_or(2);
        loop {
            let mut place = wanted.as_os_str().to_owned();
            place.push(format!(" ({number})"));
            number += 1;
            let place = PathBuf::from(place);
            if free(self, &place) {
                self.0.insert(key(wanted), number);
                self.0.insert(key(&place), 2);
                return (place, true);
            }
        }
    }
}

/// A place as a number: a hundred thousand names would take tens of megabytes.
pub(super) fn key(place: &Path) -> u64 {
    hash::number(&name::shown(place).to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stems(names: &[&str], top: bool) -> Vec<String> {
        let wanted: Vec<Wanted<'_>> = names
            .iter()
            .map(|name| Wanted {
                name: OsStr::new(name.trim_end_matches('/')),
                folder: name.ends_with('/'),
            })
            .collect();
        let places = places(&wanted, &["xlsx"], top);
        places.into_iter().map(|place| place.stem.into_string().unwrap()).collect()
    }

    #[test]
    fn who_keeps_a_name_that_several_want() {
        // Alone; beside an xlsx; without one; whole names that meet as well; case; folders.
        let cases: [(&[&str], &[&str]); 7] = [
            (&["a.xls", "b.csv"], &["a", "b"]),
            (&["a.csv", "a.xls", "a.xlsx"], &["a.csv", "a.xls", "a"]),
            (&["a.csv", "a.xls"], &["a.csv", "a.xls"]),
            (&["a.xls", "a.xls.xlsx", "a.xlsx"], &["a (2)", "a.xls", "a"]),
            (&["A.xlsx", "a.xlsx"], &["A", "a (2)"]),
            (&["a.xls", "a.xlsx/"], &["a (2)", "a.xlsx"]),
            (&["v1.2"], &["v1.2"]),
        ];
        for (names, want) in cases {
            assert_eq!(stems(names, false), want, "{names:?}");
        }
    }

    #[test]
    fn names_of_the_reports_are_kept_free_at_the_top() {
        assert_eq!(stems(&["Report.xls", "report.old.csv"], true), ["_Report", "_report.old"]);
        assert_eq!(stems(&["report.xls"], false), ["report"]);
        let folders = ["Report.xlsx/", "manifest.jsonl/", "report/"];
        assert_eq!(stems(&folders, true), ["_Report.xlsx", "_manifest.jsonl", "report"]);
        assert_eq!(stems(&folders[1..2], false), ["manifest.jsonl"]);
        let folders = ["Report.xlsx/", "_report.xlsx (2)/", "_report.xlsx/", "report.xlsx/"];
        let places = ["_Report.xlsx (3)", "_report.xlsx (2)", "_report.xlsx", "_report.xlsx (4)"];
        assert_eq!(stems(&folders, true), places);
    }

    #[test]
    fn a_taken_place_gets_a_number() {
        let mut taken = Taken::default();
        let mut place = |wanted: &str| taken.place(Path::new(wanted), &["xlsx"]).0;
        assert_eq!(place("甲"), Path::new("甲"));
        assert_eq!(place("甲"), Path::new("甲 (2)"));
        assert_eq!(place("甲 (2)"), Path::new("甲 (2) (2)"));
        assert_eq!(place("甲"), Path::new("甲 (3)"));
        assert_eq!(place("report"), Path::new("_report"));
        assert_eq!(place("report.a"), Path::new("_report.a"));
        assert_eq!(place("report.a"), Path::new("_report.a (2)"));
        assert_eq!(place("report.html/甲"), Path::new("_report.html/甲"));
        assert_eq!(place("report/甲"), Path::new("report/甲"));
    }
}
