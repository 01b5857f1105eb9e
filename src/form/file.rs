//! Edition files: TOML in, [`Edition`] out, with messages that name the faulty key.

mod beside;
mod blocks;
mod cover;
mod place;
mod raw;
mod sound;

use std::collections::{BTreeMap, HashMap};

use rustc_hash::FxHashMap;

use self::{
    blocks::Reader,
    raw::{File, IdentitiesFile, LayoutFile, RecogniseFile, TaxonomyFile},
};
use super::edition::{Block, Edition, Layout, Recognise, YearPlace};
use crate::{
    error::{Error, Result},
    message::{Message, serde_in_chinese, serde_in_english},
    model::{
        Units,
        field_path::Field,
        level::Level,
        money::Unit,
        taxonomy::{Branch, Names, Taxonomy},
        totals::{Identities, Total},
    },
};

/// Reads an edition file.
///
/// # Errors
/// [`Error::Edition`] with the line, the key and what was expected.
pub fn parse(text: &str) -> Result<Edition> {
    build(text).map_err(|error| place::with_line(error, text))
}

fn build(text: &str) -> Result<Edition> {
    let file: File = toml::from_str(text).map_err(|error| unread(&error, text))?;
    let reader = Reader { width: file.layout.columns.len(), labels: &file.labels };
    if file.name.is_empty()
        || file.name.contains(|c: char| c.is_whitespace() || c == '/' || c == '\\')
    {
        return Err(faulty(&message!("`name`: expected one word", "`name`：应为一个词")));
    }
    if reader.width == 0
        || reader.width > 64
        || file.layout.columns.iter().any(|w| !(1.0..=255.0).contains(w))
    {
        return Err(faulty(&message!(
            "`layout.columns`: expected 1 to 64 widths between 1 and 255 characters",
            "`layout.columns`：应为 1 至 64 个列宽，每个在 1 至 255 个字符之间"
        )));
    }
    let blocks: Vec<Block> = file
        .block
        .iter()
        .enumerate()
        .map(|(at, block)| reader.block(at, block))
        .collect::<Result<_>>()?;
    let mut edition = Edition {
        recognise: recognise(&file.recognise)?,
        units: Units {
            budget: optional_unit("units.budget", file.units.budget.as_deref())?,
            tasks: optional_unit("units.tasks", file.units.tasks.as_deref())?,
        },
        identities: identities(&file.identities)?,
        taxonomies: file
            .taxonomy
            .iter()
            .enumerate()
            .map(|(at, t)| taxonomy(at, t))
            .collect::<Result<_>>()?,
        layout: layout(&file.layout, file.labels.contains_key("approver"))?,
        text: text.to_owned(),
        own_level: own_level(&file.own_level)?,
        labels: file.labels.iter().map(|(name, words)| (name.clone(), words.clone())).collect(),
        name: file.name,
        summary: file.summary,
        title: file.title,
        rank: file.rank.unwrap_or(u32::MAX),
        blocks,
        index: FxHashMap::default(),
        folded: HashMap::new(),
        longest_key: 0,
    };
    sound::check(&edition)?;
    edition.index_labels();
    Ok(edition)
}

fn faulty(reason: &Message) -> Error {
    Error::Edition { reason: reason.clone() }
}

/// What the reader of TOML says: its own words in English but for names of types, line, column and kind of the fault in Chinese.
fn unread(error: &toml::de::Error, text: &str) -> Error {
    let said = error.to_string().replace(error.message(), &serde_in_english(error.message()));
    let before = error.span().and_then(|span| text.get(..span.start));
    let place = before.map_or_else(String::new, |before| {
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        format!("第 {line} 行第 {column} 列：")
    });
    let fault = serde_in_chinese(&error.message().replace('\n', " "));
    let reason =
        Message { en: said.trim_end().to_owned().into(), zh: format!("{place}{fault}").into() };
    Error::Edition { reason }
}

fn recognise(file: &RecogniseFile) -> Result<Recognise> {
    let levels =
        file.levels.iter().map(|name| level("recognise.levels", name)).collect::<Result<_>>()?;
    let task_units = file
        .task_units
        .iter()
        .map(|name| unit("recognise.task_units", name))
        .collect::<Result<_>>()?;
    Ok(Recognise { levels, task_units, total_rows: file.total_rows })
}

fn level(key: &str, name: &str) -> Result<Level> {
    let known = || {
        faulty(&message!(
            "`{key}`: `{name}` is no level; expected central, province, city, county or town",
            "`{key}`：`{name}` 不是级次；应为 central、province、city、county 或 town"
        ))
    };
    Level::from_name(name).ok_or_else(known)
}

fn unit(key: &str, name: &str) -> Result<Unit> {
    let known = || {
        faulty(&message!(
            "`{key}`: `{name}` is no unit; expected 元, 千元, 万元 or 亿元",
            "`{key}`：`{name}` 不是金额单位；应为 元、千元、万元 或 亿元"
        ))
    };
    Unit::from_name(name).ok_or_else(known)
}

fn optional_unit(key: &str, name: Option<&str>) -> Result<Option<Unit>> {
    name.map(|name| unit(key, name)).transpose()
}

fn total(key: &str, name: &str) -> Result<Total> {
    Total::from_name(name).ok_or_else(|| {
        faulty(&message!("`{key}`: `{name}` is no total", "`{key}`：没有名为 `{name}` 的合计"))
    })
}

fn identities(file: &IdentitiesFile) -> Result<Identities> {
    let mut equal = Vec::new();
    for (one, other) in &file.equal {
        equal.push((total("identities.equal", one)?, total("identities.equal", other)?));
    }
    Ok(Identities { equal, development_within_project: file.development_within_project })
}

fn own_level(file: &BTreeMap<String, Vec<String>>) -> Result<Vec<(Level, Vec<String>)>> {
    let mut known: Vec<(Level, Vec<String>)> = Vec::new();
    for (name, words) in file {
        if words.is_empty() {
            return Err(faulty(&message!(
                "`own_level.{name}`: expected at least one wording",
                "`own_level.{name}`：至少应有一种写法"
            )));
        }
        known.push((level("own_level", name)?, words.clone()));
    }
    known.sort_by_key(|(level, _)| *level);
    Ok(known)
}

fn taxonomy(at: usize, file: &TaxonomyFile) -> Result<Taxonomy> {
    if file.branches.is_empty() {
        return Err(faulty(&message!(
            "`taxonomy[{at}].branches`: expected at least one first level",
            "`taxonomy[{at}].branches`：至少应有一个一级指标"
        )));
    }
    let mut branches = Vec::new();
    for branch in &file.branches {
        let names = || branch.level2.iter().chain([&branch.level1]);
        if branch.level2.is_empty()
            || names().any(Vec::is_empty)
            || names().flatten().any(|name| name.trim().is_empty())
        {
            return Err(faulty(&message!(
                "`taxonomy[{at}].branches`: expected a name in every list, and a second level under every first",
                "`taxonomy[{at}].branches`：每个列表中应有名称，每个一级指标下应有二级指标"
            )));
        }
        let level2 = branch.level2.iter().cloned().map(Names::new).collect();
        branches.push(Branch { level1: Names::new(branch.level1.clone()), level2 });
    }
    Ok(Taxonomy { branches })
}

fn layout(file: &LayoutFile, approver: bool) -> Result<Layout> {
    let year = match file.year.as_deref() {
        Some("approver") | None if approver => YearPlace::Approver,
        Some("line") | None => YearPlace::Line,
        Some("approver") => {
            return Err(faulty(&message!(
                "`layout.year`: there is no label `approver` to print it beside",
                "`layout.year`：没有标签 `approver`，年度无处可印"
            )));
        }
        Some(other) => {
            return Err(faulty(&message!(
                "`layout.year`: `{other}`; expected approver or line",
                "`layout.year`：`{other}`；应为 approver 或 line"
            )));
        }
    };
    let through = Field::from_name(&file.header_through);
    let header_through = through.ok_or_else(|| {
        faulty(&message!(
            "`layout.header_through`: expected the name of a field",
            "`layout.header_through`：应为栏目的名称"
        ))
    })?;
    for (key, size) in
        [("title_size", file.title_size), ("size", file.size), ("note_size", file.note_size)]
    {
        if !(4.0..=72.0).contains(&size) {
            return Err(faulty(&message!(
                "`layout.{key}`: expected 4 to 72 points, found {size}",
                "`layout.{key}`：应为 4 至 72 磅，现为 {size}"
            )));
        }
    }
    Ok(Layout {
        widths: file.columns.clone(),
        header_through,
        year,
        font: file.font.clone(),
        head_font: file.head_font.clone(),
        title_size: file.title_size,
        size: file.size,
        note_size: file.note_size,
    })
}
