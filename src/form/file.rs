//! Edition files: TOML in, [`Edition`] out, with messages that name the faulty key.

mod raw;

use std::collections::{BTreeMap, HashMap};

use self::raw::{
    BlockFile, ColumnFile, File, IdentitiesFile, LayoutFile, PieceFile, RecogniseFile, TaxonomyFile,
};
use super::edition::{
    Block, Body, Columns, Edition, Layout, Lines, Piece, PieceKind, Recognise, Table, TableColumn,
    UnitOf,
};
use crate::{
    cell::column_index,
    error::{Error, Result},
    model::{
        Units,
        field_path::{Column, Field, TaskList},
        level::Level,
        money::Unit,
        taxonomy::{Branch, Names, Taxonomy},
        totals::{Identities, Total},
    },
};
use rustc_hash::FxHashMap;

/// Reads an edition file.
///
/// # Errors
/// [`Error::Edition`] with the key and, where the TOML itself is at fault, the line.
pub fn parse(text: &str) -> Result<Edition> {
    let file: File = toml::from_str(text).map_err(|error| faulty(error.to_string().trim_end()))?;
    let reader = Reader { width: file.layout.columns.len(), labels: &file.labels };
    if file.name.is_empty()
        || file.name.contains(|c: char| c.is_whitespace() || c == '/' || c == '\\')
    {
        return Err(faulty("`name`: expected one word"));
    }
    if reader.width == 0
        || reader.width > 64
        || file.layout.columns.iter().any(|w| !(1.0..=255.0).contains(w))
    {
        return Err(faulty(
            "`layout.columns`: expected 1 to 64 widths between 1 and 255 characters",
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
        layout: layout(&file.layout)?,
        own_level: own_level(&file.own_level)?,
        labels: file.labels.iter().map(|(name, words)| (name.clone(), words.clone())).collect(),
        name: file.name,
        summary: file.summary,
        title: file.title,
        blocks,
        index: FxHashMap::default(),
        folded: HashMap::new(),
        longest_key: 0,
    };
    whole(&edition)?;
    edition.index_labels();
    Ok(edition)
}

fn faulty(reason: impl Into<String>) -> Error {
    Error::Edition { reason: reason.into() }
}

/// Demands what no edition can lack.
fn whole(edition: &Edition) -> Result<()> {
    for (name, words) in &edition.labels {
        if words.is_empty() || words.iter().any(|word| super::label::normal(word).is_none()) {
            return Err(faulty(format!(
                "`labels.{name}`: expected at least one wording, none of them blank"
            )));
        }
    }
    if edition.table(Lines::Indicators).is_none() {
        return Err(faulty("`block`: expected a table with `lines = \"indicators\"`"));
    }
    let budget = crate::model::field_path::BudgetField::ALL
        .iter()
        .any(|f| edition.has_field(Field::Budget(*f)));
    if budget != edition.units.budget.is_some() {
        return Err(faulty(
            "`units.budget`: expected a unit exactly when a block prints amounts of the budget",
        ));
    }
    if edition.taxonomies.is_empty() {
        return Err(faulty("`taxonomy`: expected at least one"));
    }
    Ok(())
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
        faulty(format!(
            "`{key}`: `{name}` is no level; expected central, province, city, county or town"
        ))
    };
    Level::from_name(name).ok_or_else(known)
}

fn unit(key: &str, name: &str) -> Result<Unit> {
    let known = || faulty(format!("`{key}`: `{name}` is no unit; expected 元, 千元, 万元 or 亿元"));
    Unit::from_name(name).ok_or_else(known)
}

fn optional_unit(key: &str, name: Option<&str>) -> Result<Option<Unit>> {
    name.map(|name| unit(key, name)).transpose()
}

fn total(key: &str, name: &str) -> Result<Total> {
    Total::from_name(name).ok_or_else(|| faulty(format!("`{key}`: `{name}` is no total")))
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
            return Err(faulty(format!("`own_level.{name}`: expected at least one wording")));
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
            return Err(faulty(format!(
                "`taxonomy[{at}].branches`: expected a name in every list"
            )));
        }
        let level2 = branch.level2.iter().cloned().map(Names::new).collect();
        branches.push(Branch { level1: Names::new(branch.level1.clone()), level2 });
    }
    Ok(Taxonomy { branches })
}

fn layout(file: &LayoutFile) -> Result<Layout> {
    let through = Field::from_name(&file.header_through);
    let header_through =
        through.ok_or_else(|| faulty("`layout.header_through`: expected the name of a field"))?;
    for (key, size) in
        [("title_size", file.title_size), ("size", file.size), ("note_size", file.note_size)]
    {
        if !(4.0..=72.0).contains(&size) {
            return Err(faulty(format!("`layout.{key}`: expected 4 to 72 points, found {size}")));
        }
    }
    Ok(Layout {
        widths: file.columns.clone(),
        header_through,
        font: file.font.clone(),
        head_font: file.head_font.clone(),
        title_size: file.title_size,
        size: file.size,
        note_size: file.note_size,
    })
}

struct Reader<'a> {
    width: usize,
    labels: &'a BTreeMap<String, Vec<String>>,
}

impl Reader<'_> {
    fn block(&self, at: usize, file: &BlockFile) -> Result<Block> {
        let key = format!("block[{at}]");
        let label = match &file.label {
            Some(name) => {
                let columns =
                    file.at.as_deref().ok_or_else(|| faulty(format!("`{key}.at`: missing")))?;
                Some((
                    self.label(&format!("{key}.label"), name)?,
                    self.columns(&format!("{key}.at"), columns)?,
                ))
            }
            None => None,
        };
        let body = match (file.kind.as_str(), &file.rows, &file.columns) {
            ("fields", Some(rows), None) => Body::Fields(self.rows(&key, rows)?),
            ("table", None, Some(columns)) => Body::Table(self.table(&key, file, columns)?),
            ("fields", ..) => {
                return Err(faulty(format!("`{key}`: fields take `rows` and no `columns`")));
            }
            ("table", ..) => {
                return Err(faulty(format!("`{key}`: a table takes `columns` and no `rows`")));
            }
            (kind, ..) => {
                return Err(faulty(format!("`{key}.kind`: `{kind}`; expected fields or table")));
            }
        };
        Ok(Block { label, optional: file.optional, body })
    }

    fn label(&self, key: &str, name: &str) -> Result<String> {
        if self.labels.contains_key(name) {
            return Ok(name.to_owned());
        }
        Err(faulty(format!("`{key}`: no label `{name}` under [labels]")))
    }

    fn columns(&self, key: &str, text: &str) -> Result<Columns> {
        let (first, last) = text.split_once(':').unwrap_or((text, text));
        let index = |name: &str| column_index(name).and_then(|index| u16::try_from(index).ok());
        match (index(first), index(last)) {
            (Some(first), Some(last)) if first <= last && usize::from(last) < self.width => {
                Ok(Columns { first, last })
            }
            _ => Err(faulty(format!(
                "`{key}`: `{text}`; expected columns within `layout.columns`, as in B or B:D"
            ))),
        }
    }

    fn unit_of(key: &str, name: Option<&str>) -> Result<Option<UnitOf>> {
        match name {
            None => Ok(None),
            Some("budget") => Ok(Some(UnitOf::Budget)),
            Some("tasks") => Ok(Some(UnitOf::Tasks)),
            Some(other) => {
                Err(faulty(format!("`{key}.unit`: `{other}`; expected budget or tasks")))
            }
        }
    }

    fn rows(&self, key: &str, rows: &[Vec<PieceFile>]) -> Result<Vec<Vec<Piece>>> {
        let mut drawn = Vec::new();
        for (row, pieces) in rows.iter().enumerate() {
            let key = format!("{key}.rows[{row}]");
            let pieces: Vec<Piece> =
                pieces.iter().map(|piece| self.piece(&key, piece)).collect::<Result<_>>()?;
            if pieces.windows(2).any(|pair| pair[0].at.last >= pair[1].at.first) {
                return Err(faulty(format!(
                    "`{key}`: expected cells from left to right without overlap"
                )));
            }
            drawn.push(pieces);
        }
        Ok(drawn)
    }

    fn piece(&self, key: &str, file: &PieceFile) -> Result<Piece> {
        let kind = match (&file.label, &file.value, &file.total) {
            (Some(label), None, None) => {
                PieceKind::Label(self.label(key, label)?, Self::unit_of(key, file.unit.as_deref())?)
            }
            (None, Some(value), None) => PieceKind::Value(
                Field::from_name(value)
                    .ok_or_else(|| faulty(format!("`{key}.value`: no field `{value}`")))?,
            ),
            (None, None, Some(name)) => PieceKind::Total(total(&format!("{key}.total"), name)?),
            _ => {
                return Err(faulty(format!(
                    "`{key}`: expected one of `label`, `value`, `total` at {}",
                    file.at
                )));
            }
        };
        Ok(Piece { at: self.columns(&format!("{key}.at"), &file.at)?, kind })
    }

    fn table(&self, key: &str, file: &BlockFile, columns: &[ColumnFile]) -> Result<Table> {
        let lines = match file.lines.as_deref() {
            Some("key_tasks") => Lines::Tasks(TaskList::Key),
            Some("other_tasks") => Lines::Tasks(TaskList::Other),
            Some("indicators") => Lines::Indicators,
            _ => {
                return Err(faulty(format!(
                    "`{key}.lines`: expected key_tasks, other_tasks or indicators"
                )));
            }
        };
        let mut drawn: Vec<TableColumn> = Vec::new();
        for (index, column) in columns.iter().enumerate() {
            let key = format!("{key}.columns[{index}]");
            let known = Column::from_name(&column.column);
            let spec = TableColumn {
                at: self.columns(&format!("{key}.at"), &column.at)?,
                label: self.label(&format!("{key}.label"), &column.label)?,
                under: column
                    .under
                    .as_deref()
                    .map(|name| self.label(&format!("{key}.under"), name))
                    .transpose()?,
                column: known.ok_or_else(|| {
                    faulty(format!("`{key}.column`: no column `{}`", column.column))
                })?,
                unit: Self::unit_of(&key, column.unit.as_deref())?,
            };
            if drawn.last().is_some_and(|before| before.at.last >= spec.at.first) {
                return Err(faulty(format!(
                    "`{key}.at`: expected columns from left to right without overlap"
                )));
            }
            drawn.push(spec);
        }
        Ok(Table { lines, columns: drawn, total_row: file.total_row })
    }
}
