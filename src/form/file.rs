//! Edition files: TOML in, [`Edition`] out, with messages that name the faulty key.

mod blocks;
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
    let file: File = toml::from_str(text).map_err(|error| syntax(&error))?;
    let reader = Reader { width: file.layout.columns.len(), labels: &file.labels };
    if file.name.is_empty()
        || file.name.contains(|c: char| c.is_whitespace() || c == '/' || c == '\\')
    {
        return Err(faulty("`name`: expected one word", "`name`：应为一个词"));
    }
    if reader.width == 0
        || reader.width > 64
        || file.layout.columns.iter().any(|w| !(1.0..=255.0).contains(w))
    {
        return Err(faulty(
            "`layout.columns`: expected 1 to 64 widths between 1 and 255 characters",
            "`layout.columns`：应为 1 至 64 个列宽，各在 1 至 255 字符之间",
        ));
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

fn faulty(reason: impl Into<String>, reason_zh: impl Into<String>) -> Error {
    Error::Edition { reason: reason.into(), reason_zh: reason_zh.into() }
}

/// What the parser of TOML says, with the lines that it shows.
fn syntax(error: &toml::de::Error) -> Error {
    let reason = error.to_string();
    let reason = reason.trim_end();
    faulty(reason, format!("不是合格的 TOML 或键名有误：{reason}"))
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
        faulty(
            format!(
                "`{key}`: `{name}` is no level; expected central, province, city, county or town"
            ),
            format!("`{key}`：`{name}` 不是级次，应为 central、province、city、county 或 town"),
        )
    };
    Level::from_name(name).ok_or_else(known)
}

fn unit(key: &str, name: &str) -> Result<Unit> {
    let known = || {
        faulty(
            format!("`{key}`: `{name}` is no unit; expected 元, 千元, 万元 or 亿元"),
            format!("`{key}`：`{name}` 不是金额单位，应为元、千元、万元或亿元"),
        )
    };
    Unit::from_name(name).ok_or_else(known)
}

fn optional_unit(key: &str, name: Option<&str>) -> Result<Option<Unit>> {
    name.map(|name| unit(key, name)).transpose()
}

fn total(key: &str, name: &str) -> Result<Total> {
    Total::from_name(name).ok_or_else(|| {
        faulty(
            format!("`{key}`: `{name}` is no total"),
            format!("`{key}`：没有名为 `{name}` 的合计"),
        )
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
            return Err(faulty(
                format!("`own_level.{name}`: expected at least one wording"),
                format!("`own_level.{name}`：至少应有一种写法"),
            ));
        }
        known.push((level("own_level", name)?, words.clone()));
    }
    known.sort_by_key(|(level, _)| *level);
    Ok(known)
}

fn taxonomy(at: usize, file: &TaxonomyFile) -> Result<Taxonomy> {
    let mut branches = Vec::new();
    for branch in &file.branches {
        if branch.level1.is_empty() || branch.level2.iter().any(Vec::is_empty) {
            return Err(faulty(
                format!("`taxonomy[{at}].branches`: expected a name in every list"),
                format!("`taxonomy[{at}].branches`：每个列表都应有名称"),
            ));
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
            return Err(faulty(
                "`layout.year`: there is no label `approver` to print it beside",
                "`layout.year`：没有 `approver` 标签，年度无处可印",
            ));
        }
        Some(other) => {
            return Err(faulty(
                format!("`layout.year`: `{other}`; expected approver or line"),
                format!("`layout.year`：`{other}` 有误，应为 approver 或 line"),
            ));
        }
    };
    let through = Field::from_name(&file.header_through);
    let header_through = through.ok_or_else(|| {
        faulty(
            "`layout.header_through`: expected the name of a field",
            "`layout.header_through`：应为栏目名称",
        )
    })?;
    for (key, size) in
        [("title_size", file.title_size), ("size", file.size), ("note_size", file.note_size)]
    {
        if !(4.0..=72.0).contains(&size) {
            return Err(faulty(
                format!("`layout.{key}`: expected 4 to 72 points, found {size}"),
                format!("`layout.{key}`：应为 4 至 72 磅，现为 {size}"),
            ));
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
