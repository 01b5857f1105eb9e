//! Every row of a block covers every column of the form once: a cell over another can't be merged, and a column without a
//! cell has no border.

use super::{
    super::edition::{Block, Body, Columns, Edition, Table},
    faulty,
};
use crate::{
    cell::column_name,
    error::{Error, Result},
    message::Message,
    model::field_path::Column,
};

/// Demands that the cells of every row, the block's label first, stand side by side from column A to the last.
pub(super) fn check(edition: &Edition) -> Result<()> {
    for (at, block) in edition.blocks.iter().enumerate() {
        let key = format!("block[{at}]");
        let width = edition.layout.widths.len();
        let row = Row { from: label(&key, block, width)?, width };
        match &block.body {
            Body::Fields(rows) if rows.is_empty() => {
                return Err(faulty(&message!(
                    "`{key}.rows`: expected at least one row",
                    "`{key}.rows`：至少应有一行"
                )));
            }
            Body::Fields(rows) => {
                for (index, pieces) in rows.iter().enumerate() {
                    let key = format!("{key}.rows[{index}]");
                    let cell = |at| format!("{key}[{at}].at");
                    row.check(&key, pieces.iter().map(|piece| piece.at), cell)?;
                }
            }
            Body::Table(table) => {
                let cell = |at| format!("{key}.columns[{at}].at");
                let key = format!("{key}.columns");
                row.check(&key, table.columns.iter().map(|column| column.at), cell)?;
                levels(&key, table)?;
            }
        }
    }
    Ok(())
}

/// The column after the block's label.
fn label(key: &str, block: &Block, width: usize) -> Result<usize> {
    let Some((_, at)) = &block.label else { return Ok(0) };
    if at.first > 0 || usize::from(at.last) + 1 >= width {
        let (at, last) = (shown(*at), name(width - 1));
        return Err(faulty(&message!(
            "`{key}.at`: found {at}; expected columns from A on, left of the block's cells, which end at {last}",
            "`{key}.at`：现为 {at}；应自 A 列起，位于区块各单元格左侧，后者止于 {last} 列"
        )));
    }
    Ok(usize::from(at.last) + 1)
}

/// What the cells of a row have to cover.
struct Row {
    /// Their first column.
    from: usize,
    /// The columns of the form.
    width: usize,
}

impl Row {
    fn check(
        &self,
        key: &str,
        cells: impl Iterator<Item = Columns>,
        cell: impl Fn(usize) -> String,
    ) -> Result<()> {
        let mut next = self.from;
        let mut last = None;
        for (at, columns) in cells.enumerate() {
            if usize::from(columns.first) != next {
                let wanted = name(next);
                return Err(refused(
                    &cell(at),
                    columns,
                    &message!("from {wanted} on", "自 {wanted} 列起"),
                ));
            }
            next = usize::from(columns.last) + 1;
            last = Some((at, columns));
        }
        match last {
            Some((at, columns)) if next != self.width => {
                let wanted = name(self.width - 1);
                let wanted = message!("as far as {wanted}", "至 {wanted} 列止");
                Err(refused(&cell(at), columns, &wanted))
            }
            Some(_) => Ok(()),
            None => Err(faulty(&message!(
                "`{key}`: expected at least one cell",
                "`{key}`：至少应有一个单元格"
            ))),
        }
    }
}

fn refused(key: &str, found: Columns, wanted: &Message) -> Error {
    let found = shown(found);
    let Message { en, zh } = wanted;
    faulty(&message!(
        "`{key}`: found {found}; expected columns {en}: with the block's label, the cells of a row cover every column once",
        "`{key}`：现为 {found}；应{zh}：每行单元格连同区块标签须逐列铺满，不重不漏"
    ))
}

/// A first level without second ones is drawn over both columns, so that no other may stand between them.
fn levels(key: &str, table: &Table) -> Result<()> {
    let place = |column| table.position(column);
    let (Some(first), Some(second)) = (place(Column::Level1), place(Column::Level2)) else {
        return Ok(());
    };
    if second == first + 1 {
        return Ok(());
    }
    Err(faulty(&message!(
        "`{key}[{second}].column`: expected `level2` directly right of `level1`",
        "`{key}[{second}].column`：`level2` 应紧接在 `level1` 右侧"
    )))
}

fn name(column: usize) -> String {
    u32::try_from(column).map_or_else(|_| String::new(), column_name)
}

fn shown(at: Columns) -> String {
    let (first, last) = (name(at.first.into()), name(at.last.into()));
    if first == last { first } else { format!("{first}:{last}") }
}
