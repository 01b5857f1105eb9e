//! Names of outputs: where two sources would meet in one name, who keeps it, and names made from what a return says.

use std::{
    collections::{HashMap, HashSet},
    ffi::{OsStr, OsString},
    path::{Path, PathBuf},
};

use super::name;
use crate::{
    error::{Error, Result},
    message::Message,
    model::Return,
    render::report::record::ReturnLineV1,
};

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

/// The place of each entry of one folder, given in the order of their names.
///
/// `a.xls` becomes `a`. Where several would become `a`, the one that was an xlsx keeps it, and the others keep their
/// whole name; what is still not free gets a number. Case is no difference, as on Windows.
pub(super) fn places(wanted: &[Wanted<'_>], endings: &[&'static str], top: bool) -> Vec<Place> {
    let longest = endings.iter().map(|ending| ending.len()).max().unwrap_or(0);
    let mut taken: HashSet<String> = HashSet::new();
    let mut meeting: HashMap<String, usize> = HashMap::new();
    for entry in wanted {
        if entry.folder {
            taken.insert(folded(entry.name));
        } else {
            *meeting.entry(folded(&stem(entry.name))).or_default() += 1;
        }
    }
    let mut places: Vec<Option<Place>> = vec![None; wanted.len()];
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
                *place = Some(Place { stem: entry.name.to_owned(), renamed: false });
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

fn is_xlsx(name: &OsStr) -> bool {
    Path::new(name).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx"))
}

/// The name without a known ending.
fn stem(name: &OsStr) -> OsString {
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

/// A name with fields in it, such as `{year}/{department}`.
#[derive(Clone, Debug)]
pub struct Pattern {
    text: String,
    pieces: Vec<Piece>,
}

#[derive(Clone, Debug)]
enum Piece {
    Words(String),
    Field(&'static str),
}

const FIELDS: [&str; 6] = ["department", "year", "level", "approver", "edition", "source"];

impl Pattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// [`Error::Pattern`] when it names a field that there is not, or none at all.
    pub fn new(text: &str) -> Result<Self> {
        let wrong = |reason: Message| Error::Pattern { reason };
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some(at) = rest.find('{') {
            let (words, behind) = rest.split_at(at);
            let (field, behind) = behind[1..].split_once('}').ok_or_else(|| {
                wrong(message!("`{text}` lacks a closing `}}`", "`{text}` 缺少右括号 `}}`"))
            })?;
            let field = FIELDS.iter().find(|known| **known == field).ok_or_else(|| {
                let known = FIELDS.join(", ");
                wrong(message!(
                    "`{{{field}}}` is no field; there are {known}",
                    "没有名为 `{{{field}}}` 的栏目，可用的有 {known}"
                ))
            })?;
            pieces.push(Piece::Words(words.to_owned()));
            pieces.push(Piece::Field(field));
            rest = behind;
        }
        if pieces.is_empty() {
            return Err(wrong(message!(
                "`{text}` names no field such as `{{department}}`",
                "`{text}` 中没有 `{{department}}` 这样的栏目"
            )));
        }
        pieces.push(Piece::Words(rest.to_owned()));
        Ok(Self { text: text.to_owned(), pieces })
    }

    /// The pattern as it was given.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The place of a return: the fields filled in, each part a sound name.
    pub(super) fn fill(&self, of: &ReturnLineV1, source: &Path) -> PathBuf {
        let stem = name::escape(&stem(source.file_name().unwrap_or_default()));
        let value = |field: &str| -> String {
            let text = |text: &Option<String>| text.clone().unwrap_or_else(|| "_".to_owned());
            let value = match field {
                "department" => text(&of.department),
                "year" => of.year.map_or_else(|| "_".to_owned(), |year| year.to_string()),
                "level" => text(&of.level),
                "approver" => text(&of.approver),
                "edition" => of.edition.clone(),
                _ => stem.clone(),
            };
            // A slash in a value makes no folder.
            value.replace(['/', '\\'], "_")
        };
        let filled: String = self
            .pieces
            .iter()
            .map(|piece| match piece {
                Piece::Words(words) => words.clone(),
                Piece::Field(field) => value(field),
            })
            .collect();
        let parts = filled.split('/').filter(|part| !part.is_empty());
        parts.map(|part| name::fitted(name::sound(part).into(), 5)).collect()
    }
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
        let own = PathBuf::from(unreserved(wanted.as_os_str().to_owned(), endings, true));
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
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    name::shown(place).to_lowercase().hash(&mut hasher);
    hasher.finish()
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
    }

    #[test]
    fn a_pattern_is_filled_in_and_made_sound() {
        let pattern = Pattern::new("{year}/{department}：{source}").unwrap();
        let of = ReturnLineV1 {
            department: Some("甲/乙局".into()),
            year: Some(2025),
            ..ReturnLineV1::default()
        };
        assert_eq!(pattern.fill(&of, Path::new("x/表.xls")), Path::new("2025/甲_乙局：表"));
        let unknown = Pattern::new("{department}-{year}").unwrap();
        assert_eq!(unknown.fill(&ReturnLineV1::default(), Path::new("a")), Path::new("_-_"));
        for wrong in ["name", "{dept}", "{year"] {
            assert!(Pattern::new(wrong).is_err(), "{wrong}");
        }
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
    }
}
