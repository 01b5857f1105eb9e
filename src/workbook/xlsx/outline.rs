//! What the workbook's own part says, and which parts belong to it.

use super::super::{
    limits::Limit,
    package::Package,
    relations::{self, Relation},
    tags::{Tag, Tags},
};
use crate::error::Result;

/// The parts of a workbook.
pub(super) struct Outline {
    /// The workbook's own part.
    pub(super) main: String,
    pub(super) sheets: Vec<Listed>,
    pub(super) strings: Option<String>,
    pub(super) styles: Option<String>,
    pub(super) date1904: bool,
}

/// A sheet in the workbook's list.
pub(super) struct Listed {
    pub(super) name: String,
    pub(super) hidden: bool,
    /// Its part; none where the workbook names none.
    pub(super) part: Option<String>,
    /// Whether it has cells: a chart or a dialog has none, and the cells of a macro sheet are no data.
    pub(super) worksheet: bool,
}

impl Outline {
    pub(super) fn of(package: &mut Package<'_>) -> Result<Self> {
        let main = relations::main_part(package, "xl/workbook.xml")?;
        let Some(workbook) = package.xml(&main)? else {
            return Err(package.damaged(message!("{main} is missing", "缺少 {main}")));
        };
        let relations = relations::of(package, &main)?;
        let mut outline = Self {
            strings: part(package, &relations, &main, "sharedStrings"),
            styles: part(package, &relations, &main, "styles"),
            main,
            sheets: Vec::new(),
            date1904: false,
        };
        let mut closed = false;
        for tag in Tags::new(&workbook) {
            match tag.name {
                "sheet" if !tag.end => {
                    let listed = listed(&tag, &relations, &outline);
                    outline.sheets.extend(listed);
                    let found = outline.sheets.len() as u64;
                    let sheets = || message!("{found} sheets", "有 {found} 个工作表");
                    package.limits().check(Limit::Sheets, found, sheets)?;
                }
                "workbookPr" if !tag.end => outline.date1904 |= tag.is_on("date1904"),
                "workbook" => closed |= tag.end,
                _ => {}
            }
        }
        if !closed {
            let main = &outline.main;
            return Err(package.damaged(message!("{main} ends in the middle", "{main} 中途断开")));
        }
        Ok(outline)
    }

    /// The folder of the workbook's part, with a slash behind it.
    pub(super) fn folder(&self) -> &str {
        self.main.rfind('/').map_or("", |slash| &self.main[..=slash])
    }
}

/// The part of a kind: the one the workbook refers to, else the one that stands where it usually does.
fn part(package: &Package<'_>, relations: &[Relation], main: &str, kind: &str) -> Option<String> {
    let stated = relations.iter().find(|relation| relation.is(kind));
    let stated = stated.map(|relation| relation.target.clone()).filter(|part| package.has(part));
    let folder = main.rfind('/').map_or("", |slash| &main[..=slash]);
    stated.or_else(|| Some(format!("{folder}{kind}.xml")).filter(|part| package.has(part)))
}

fn listed(tag: &Tag<'_>, relations: &[Relation], outline: &Outline) -> Option<Listed> {
    let name = tag.attribute("name")?;
    let id = tag.attribute("id").unwrap_or_default();
    let relation = relations.iter().find(|relation| relation.id == id);
    Some(Listed {
        name,
        hidden: tag.raw("state").is_some_and(|state| state != "visible"),
        part: match relation {
            Some(relation) => Some(relation.target.clone()),
            // Where the relations are lost the parts may still stand where they usually do.
            None if relations.is_empty() => {
                let at = outline.sheets.len() + 1;
                Some(format!("{}worksheets/sheet{at}.xml", outline.folder()))
            }
            None => None,
        },
        worksheet: relation.is_none_or(|relation| relation.is("worksheet")),
    })
}
