//! How the parts of an OOXML package refer to each other. Nothing outside the package is followed.

use super::{
    limits::Limit,
    package::{Package, is_same_part},
    tags::{Tag, Tags},
};
use crate::error::Result;

/// A part that another one refers to.
pub(super) struct Relation {
    pub(super) id: String,
    kind: String,
    /// The name of the part referred to.
    pub(super) target: String,
}

impl Relation {
    /// Whether the relation is of a kind such as `worksheet`: the last step of its type, which is the same in the
    /// strict and the transitional form.
    pub(super) fn is(&self, kind: &str) -> bool {
        self.kind.rsplit('/').next().is_some_and(|last| last.eq_ignore_ascii_case(kind))
    }
}

/// The relations of a part; of the package itself for an empty name.
pub(super) fn of(package: &mut Package<'_>, part: &str) -> Result<Vec<Relation>> {
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
    let slash = if folder.is_empty() { "" } else { "/" };
    let Some(xml) = package.xml(&format!("{folder}{slash}_rels/{file}.rels"))? else {
        return Ok(Vec::new());
    };
    let relation = |tag: Tag<'_>| {
        let external =
            tag.raw("TargetMode").is_some_and(|mode| mode.eq_ignore_ascii_case("external"));
        let (id, kind, target) =
            (tag.attribute("Id")?, tag.attribute("Type")?, tag.attribute("Target")?);
        (!external).then(|| Relation { id, kind, target: resolved(folder, &target) })
    };
    let mut relations = Vec::new();
    for tag in Tags::new(&xml).filter(|tag| tag.name == "Relationship" && !tag.end) {
        relations.extend(relation(tag));
        let found = relations.len() as u64;
        package
            .limits()
            .check(Limit::Entries, found, || message!("{found} relations", "有 {found} 条关系"))?;
    }
    Ok(relations)
}

/// The part that a package is about: its workbook or document. `usual` is where it stands if nothing says otherwise.
pub(super) fn main_part(package: &mut Package<'_>, usual: &str) -> Result<String> {
    let relations = of(package, "")?;
    let stated = relations.into_iter().filter(|relation| relation.is("officeDocument"));
    let stated = stated.map(|relation| relation.target).find(|target| package.has(target));
    Ok(match stated {
        Some(stated) if !is_same_part(&stated, usual) => stated,
        _ => usual.to_owned(),
    })
}

/// The type of a part's content by the package's list of types.
pub(super) fn content_type(package: &mut Package<'_>, part: &str) -> Result<Option<String>> {
    let xml = package.xml("[Content_Types].xml")?.unwrap_or_default();
    let ending = part.rsplit('.').next().unwrap_or_default();
    let mut by_ending = None;
    for tag in Tags::new(&xml).filter(|tag| !tag.end) {
        let is = |name, wanted| {
            tag.attribute(name).is_some_and(|found: String| is_same_part(&found, wanted))
        };
        match tag.name {
            "Override" if is("PartName", part) => return Ok(tag.attribute("ContentType")),
            "Default" if is("Extension", ending) => by_ending = tag.attribute("ContentType"),
            _ => {}
        }
    }
    Ok(by_ending)
}

/// A target as the name of a part: `../comments1.xml` from `xl/worksheets` is `xl/comments1.xml`.
fn resolved(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let from_root = target.strip_prefix('/');
    let mut path: Vec<&str> = match from_root {
        Some(_) => Vec::new(),
        None => folder.split('/').filter(|piece| !piece.is_empty()).collect(),
    };
    for piece in from_root.unwrap_or(&target).split('/') {
        match piece {
            "" | "." => {}
            ".." => {
                path.pop();
            }
            _ => path.push(piece),
        }
    }
    path.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_become_names_of_parts() {
        assert_eq!(resolved("xl/worksheets", "../comments1.xml"), "xl/comments1.xml");
        assert_eq!(resolved("xl", "/xl/worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolved("xl", "worksheets\\sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolved("", "./xl/workbook.xml"), "xl/workbook.xml");
    }
}
