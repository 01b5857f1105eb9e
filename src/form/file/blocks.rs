//! The blocks of an edition file.

use std::collections::BTreeMap;

use super::{
    faulty,
    raw::{BlockFile, ColumnFile, PieceFile},
    total,
};
use crate::{
    cell::column_index,
    error::Result,
    form::edition::{Block, Body, Columns, Lines, Piece, PieceKind, Table, TableColumn, UnitOf},
    model::field_path::{Column, Field, TaskList},
};

/// Reads the blocks of one edition: what they may name, and how wide the form is.
pub(super) struct Reader<'a> {
    pub(super) width: usize,
    pub(super) labels: &'a BTreeMap<String, Vec<String>>,
}

impl Reader<'_> {
    pub(super) fn block(&self, at: usize, file: &BlockFile) -> Result<Block> {
        let key = format!("block[{at}]");
        let label = match &file.label {
            Some(name) => {
                let columns = file
                    .at
                    .as_deref()
                    .ok_or_else(|| faulty(&message!("`{key}.at`: missing", "`{key}.at`：缺少")))?;
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
                return Err(faulty(&message!(
                    "`{key}`: fields take `rows` and no `columns`",
                    "`{key}`：fields 只用 `rows`，不用 `columns`"
                )));
            }
            ("table", ..) => {
                return Err(faulty(&message!(
                    "`{key}`: a table takes `columns` and no `rows`",
                    "`{key}`：table 只用 `columns`，不用 `rows`"
                )));
            }
            (kind, ..) => {
                return Err(faulty(&message!(
                    "`{key}.kind`: `{kind}`; expected fields or table",
                    "`{key}.kind`：`{kind}`；应为 fields 或 table"
                )));
            }
        };
        Ok(Block { label, optional: file.optional, body })
    }

    fn label(&self, key: &str, name: &str) -> Result<String> {
        if self.labels.contains_key(name) {
            return Ok(name.to_owned());
        }
        Err(faulty(&message!(
            "`{key}`: no label `{name}` under [labels]",
            "`{key}`：[labels] 中没有标签 `{name}`"
        )))
    }

    fn columns(&self, key: &str, text: &str) -> Result<Columns> {
        let (first, last) = text.split_once(':').unwrap_or((text, text));
        let index = |name: &str| column_index(name).and_then(|index| u16::try_from(index).ok());
        match (index(first), index(last)) {
            (Some(first), Some(last)) if first <= last && usize::from(last) < self.width => {
                Ok(Columns { first, last })
            }
            _ => Err(faulty(&message!(
                "`{key}`: `{text}`; expected columns within `layout.columns`, as in B or B:D",
                "`{key}`：`{text}`；应为 `layout.columns` 范围内的列，如 B 或 B:D"
            ))),
        }
    }

    fn unit_of(key: &str, name: Option<&str>) -> Result<Option<UnitOf>> {
        match name {
            None => Ok(None),
            Some("budget") => Ok(Some(UnitOf::Budget)),
            Some("tasks") => Ok(Some(UnitOf::Tasks)),
            Some(other) => Err(faulty(&message!(
                "`{key}.unit`: `{other}`; expected budget or tasks",
                "`{key}.unit`：`{other}`；应为 budget 或 tasks"
            ))),
        }
    }

    fn rows(&self, key: &str, rows: &[Vec<PieceFile>]) -> Result<Vec<Vec<Piece>>> {
        let mut drawn = Vec::new();
        for (row, pieces) in rows.iter().enumerate() {
            let key = format!("{key}.rows[{row}]");
            let pieces: Vec<Piece> = pieces
                .iter()
                .enumerate()
                .map(|(at, piece)| self.piece(&format!("{key}[{at}]"), piece))
                .collect::<Result<_>>()?;
            if pieces.windows(2).any(|pair| pair[0].at.last >= pair[1].at.first) {
                return Err(faulty(&message!(
                    "`{key}`: expected cells from left to right without overlap",
                    "`{key}`：单元格应从左到右排列，互不重叠"
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
            (None, Some(value), None) => {
                let own_line =
                    |field: &Field| matches!(field, Field::Title | Field::Year | Field::Level);
                let field = Field::from_name(value).filter(|field| !own_line(field));
                PieceKind::Value(field.ok_or_else(|| {
                    faulty(&message!(
                        "`{key}.value`: no field `{value}`",
                        "`{key}.value`：没有栏目 `{value}`"
                    ))
                })?)
            }
            (None, None, Some(name)) => PieceKind::Total(total(&format!("{key}.total"), name)?),
            _ => {
                let at = &file.at;
                return Err(faulty(&message!(
                    "`{key}`: expected one of `label`, `value`, `total` at {at}",
                    "`{key}`：{at} 处应为 `label`、`value`、`total` 之一"
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
                return Err(faulty(&message!(
                    "`{key}.lines`: expected key_tasks, other_tasks or indicators",
                    "`{key}.lines`：应为 key_tasks、other_tasks 或 indicators"
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
                    let name = &column.column;
                    faulty(&message!(
                        "`{key}.column`: no column `{name}`",
                        "`{key}.column`：没有列 `{name}`"
                    ))
                })?,
                unit: Self::unit_of(&key, column.unit.as_deref())?,
            };
            if drawn.last().is_some_and(|before| before.at.last >= spec.at.first) {
                return Err(faulty(&message!(
                    "`{key}.at`: expected columns from left to right without overlap",
                    "`{key}.at`：各列应从左到右排列，互不重叠"
                )));
            }
            if !belongs(spec.column, lines) {
                let name = spec.column.name();
                return Err(faulty(&message!(
                    "`{key}.column`: `{name}` is none of these lines",
                    "`{key}.column`：这类行中没有 `{name}`"
                )));
            }
            if drawn.iter().any(|other| other.column == spec.column) {
                let name = spec.column.name();
                return Err(faulty(&message!(
                    "`{key}.column`: a second `{name}`",
                    "`{key}.column`：`{name}` 重复"
                )));
            }
            drawn.push(spec);
        }
        let total_at = file
            .total_at
            .as_deref()
            .map(|columns| self.columns(&format!("{key}.total_at"), columns))
            .transpose()?;
        if total_at.is_some_and(|at| !fits(at, &drawn)) {
            return Err(faulty(&message!(
                "`{key}.total_at`: expected whole columns of the table, none of them of amounts",
                "`{key}.total_at`：应为表中完整的若干列，且不含金额列"
            )));
        }
        Ok(Table { lines, columns: drawn, total_row: file.total_row, total_at })
    }
}

/// Whether a column can stand in a table of these lines.
fn belongs(column: Column, lines: Lines) -> bool {
    let of_indicators = matches!(
        column,
        Column::Level1
            | Column::Level2
            | Column::Level3
            | Column::PeriodTarget
            | Column::AnnualTarget
            | Column::TargetSign
            | Column::TargetUnit
    );
    match lines {
        Lines::Indicators => of_indicators,
        Lines::Tasks(TaskList::Key) => !of_indicators && column != Column::Content,
        Lines::Tasks(TaskList::Other) => {
            !of_indicators && !matches!(column, Column::Activities | Column::Outcome)
        }
    }
}

/// Whether the label of a 合计 row covers whole columns of words.
fn fits(at: Columns, columns: &[TableColumn]) -> bool {
    let first = columns.first().is_some_and(|column| column.at.first == at.first);
    let last = columns.iter().any(|column| column.at.last == at.last);
    let words = columns
        .iter()
        .filter(|column| column.at.last <= at.last)
        .all(|column| !column.column.is_amount());
    first && last && words
}
