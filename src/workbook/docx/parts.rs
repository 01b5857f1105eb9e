//! The parts of a Word document: which is the main one, and the texts of those beside it.

use std::collections::HashMap;

use encoding_rs::Encoding;

use crate::{
    error::Result,
    workbook::{package::Package, tags::Tags},
};

/// The name of the main part, which the package's own relations give.
pub(super) fn main_part(package: &mut Package<'_>) -> Result<String> {
    let relations = package.xml("_rels/.rels")?.unwrap_or_default();
    let main = Tags::new(&relations)
        .filter(|tag| tag.name == "Relationship" && !tag.end)
        .find(|tag| tag.attribute("Type").is_some_and(|kind| kind.ends_with("/officeDocument")))
        .and_then(|tag| tag.attribute("Target"))
        .map(|target| target.trim_start_matches("./").trim_start_matches('/').to_owned());
    let known = |name: &str| package.names().any(|other| other.eq_ignore_ascii_case(name));
    Ok(main.filter(|main| known(main)).unwrap_or_else(|| "word/document.xml".to_owned()))
}

/// The text of a part, and whether bytes of it had no meaning.
pub(super) fn text(xml: Vec<u8>) -> (String, bool) {
    match Encoding::for_bom(&xml) {
        Some((encoding, _)) => {
            let (text, lossy) = encoding.decode_with_bom_removal(&xml);
            (text.into_owned(), lossy)
        }
        None => String::from_utf8(xml).map_or_else(
            |error| (String::from_utf8_lossy(error.as_bytes()).into_owned(), true),
            |text| (text, false),
        ),
    }
}

/// The comments of a document, by their id.
pub(super) fn comments(package: &mut Package<'_>, main: &str) -> Result<HashMap<String, String>> {
    Ok(texts(package, main, "comments", "comment")?.into_iter().collect())
}

/// The texts of footnotes and endnotes.
pub(super) fn notes(package: &mut Package<'_>, main: &str) -> Result<Vec<String>> {
    let mut notes = texts(package, main, "footnotes", "footnote")?;
    notes.extend(texts(package, main, "endnotes", "endnote")?);
    Ok(notes.into_iter().map(|(_, text)| text).collect())
}

/// The texts of the elements of a part beside the main one, with their ids. Blank ones are left out.
fn texts(
    package: &mut Package<'_>,
    main: &str,
    part: &str,
    element: &str,
) -> Result<Vec<(String, String)>> {
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder);
    let name = format!("{folder}/{part}.xml");
    let Some(xml) = package.xml(name.trim_start_matches('/'))? else { return Ok(Vec::new()) };
    let mut texts: Vec<(String, String)> = Vec::new();
    let mut tags = Tags::new(&xml);
    while let Some(tag) = tags.next() {
        if tag.name == element && !tag.end {
            texts.push((tag.attribute("id").unwrap_or_default(), String::new()));
            continue;
        }
        let Some((_, text)) = texts.last_mut() else { continue };
        match tag.name {
            "t" if !tag.end && !tag.is_empty() => text.push_str(&tags.text_after(&tag)),
            "p" if tag.end => text.push('\n'),
            _ => {}
        }
    }
    for (_, text) in &mut texts {
        *text = text.trim().to_owned();
    }
    texts.retain(|(_, text)| !text.is_empty());
    Ok(texts)
}
