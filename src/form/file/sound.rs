//! What an edition must have beyond each of its parts being right: nothing that a form states may be lost for want of it.

use std::collections::HashMap;

use super::{
    super::{
        edition::{Body, Edition, Lines, PieceKind, Table, TableColumn, UnitOf},
        label::normal,
    },
    faulty,
};
use crate::{
    error::Result,
    model::field_path::{BudgetField, Column, Field},
};

/// The longest wording, in characters: more is no label.
const LONGEST: usize = 255;
/// Labels that have a meaning wherever they stand, without a cell of their own.
const FREE: [&str; 3] = ["approver", "total", "target_unit"];

/// Demands what no edition can lack.
pub(super) fn check(edition: &Edition) -> Result<()> {
    words(edition)?;
    units(edition)?;
    if edition.table(Lines::Indicators).is_none() {
        return Err(faulty(
            "`block`: expected a table with `lines = \"indicators\"`",
            "`block`：应有 `lines = \"indicators\"` 的表格",
        ));
    }
    if !edition.has_field(Field::Department) {
        return Err(faulty(
            "`block`: expected a cell with `value = \"department\"`",
            "`block`：应有 `value = \"department\"` 的单元格",
        ));
    }
    if edition.taxonomies.is_empty() {
        return Err(faulty(
            "`taxonomy`: expected at least one",
            "`taxonomy`：至少应有一套指标体系",
        ));
    }
    for (at, block) in edition.blocks.iter().enumerate() {
        if let Body::Table(table) = &block.body {
            self::table(edition, at, table)?;
        }
    }
    Ok(())
}

/// The texts of an edition: each is one that a sheet can show and a reader can find.
fn words(edition: &Edition) -> Result<()> {
    for (name, words) in &edition.labels {
        if words.is_empty() || words.iter().any(|word| word.trim().is_empty()) {
            return Err(faulty(
                format!("`labels.{name}`: expected at least one wording, none of them blank"),
                format!("`labels.{name}`：至少应有一种写法，且不得为空"),
            ));
        }
        for word in words {
            shown(&format!("labels.{name}"), word)?;
            if normal(word).is_none() {
                return Err(faulty(
                    format!("`labels.{name}`: `{word}` is no wording of a label"),
                    format!("`labels.{name}`：`{word}` 不能作为标签的写法"),
                ));
            }
        }
        if !FREE.contains(&name.as_str()) && !is_used(edition, name) {
            return Err(faulty(
                format!("`labels.{name}`: no block has a label of that name"),
                format!("`labels.{name}`：没有区块使用该标签"),
            ));
        }
    }
    if edition.title.trim().is_empty() {
        return Err(faulty(
            "`title`: expected the title of the blank form",
            "`title`：应为空白表的标题",
        ));
    }
    shown("title", &edition.title)?;
    for (key, font) in
        [("layout.font", &edition.layout.font), ("layout.head_font", &edition.layout.head_font)]
    {
        if font.trim().is_empty() {
            return Err(faulty(
                format!("`{key}`: expected the name of a font"),
                format!("`{key}`：应为字体名称"),
            ));
        }
        shown(key, font)?;
    }
    Ok(())
}

fn shown(key: &str, text: &str) -> Result<()> {
    if text.chars().count() > LONGEST {
        return Err(faulty(
            format!("`{key}`: expected at most {LONGEST} characters"),
            format!("`{key}`：最多 {LONGEST} 个字符"),
        ));
    }
    if text.chars().any(|c| c.is_control() && c != '\n') {
        return Err(faulty(
            format!("`{key}`: a control character, which no sheet can show"),
            format!("`{key}`：含有表格无法显示的控制字符"),
        ));
    }
    Ok(())
}

/// Whether a block prints a label.
fn is_used(edition: &Edition, name: &str) -> bool {
    edition.blocks.iter().any(|block| {
        let beside = block.label.as_ref().is_some_and(|(label, _)| label == name);
        beside
            || match &block.body {
                Body::Fields(rows) => rows.iter().flatten().any(
                    |piece| matches!(&piece.kind, PieceKind::Label(label, _) if label == name),
                ),
                Body::Table(table) => table
                    .columns
                    .iter()
                    .any(|column| column.label == name || column.under.as_deref() == Some(name)),
            }
    })
}

/// Every amount has a unit to be printed in, and no unit stands without amounts.
fn units(edition: &Edition) -> Result<()> {
    let budget = BudgetField::ALL.iter().any(|field| edition.has_field(Field::Budget(*field)));
    if budget != edition.units.budget.is_some() {
        return Err(faulty(
            "`units.budget`: expected a unit exactly when a block prints amounts of the budget",
            "`units.budget`：有区块印预算金额时应写单位，否则不写",
        ));
    }
    for (at, block) in edition.blocks.iter().enumerate() {
        let of: Vec<UnitOf> = match &block.body {
            Body::Fields(rows) => rows
                .iter()
                .flatten()
                .filter_map(|piece| match piece.kind {
                    PieceKind::Label(_, unit) => unit,
                    _ => None,
                })
                .collect(),
            Body::Table(table) => table.columns.iter().filter_map(|column| column.unit).collect(),
        };
        for (unit, stated, name) in [
            (UnitOf::Budget, edition.units.budget, "budget"),
            (UnitOf::Tasks, edition.units.tasks, "tasks"),
        ] {
            if of.contains(&unit) && stated.is_none() {
                return Err(faulty(
                    format!("`block[{at}]`: `unit = \"{name}\"`, but `units.{name}` states none"),
                    format!("`block[{at}]`：写了 `unit = \"{name}\"`，但 `units.{name}` 没有单位"),
                ));
            }
        }
    }
    Ok(())
}

fn table(edition: &Edition, at: usize, table: &Table) -> Result<()> {
    let (named, valued) = match table.lines {
        Lines::Tasks(_) => (Column::Name, None),
        Lines::Indicators => (Column::Level3, Some(Column::AnnualTarget)),
    };
    let beside = table.position(Column::TargetSign).or(table.position(Column::TargetUnit));
    if beside.is_some() && table.position(Column::AnnualTarget).is_none() {
        return Err(faulty(
            format!(
                "`block[{at}].columns`: `operator` and `unit` stand beside a column `annual_target`"
            ),
            format!("`block[{at}].columns`：`operator` 和 `unit` 须与 `annual_target` 栏同用"),
        ));
    }
    for wanted in [Some(named), valued].into_iter().flatten() {
        if table.position(wanted).is_none() {
            let name = wanted.name();
            return Err(faulty(
                format!("`block[{at}].columns`: expected a column `{name}`"),
                format!("`block[{at}].columns`：应有 `{name}` 栏"),
            ));
        }
    }
    let twice = edition.blocks[..at]
        .iter()
        .any(|other| matches!(&other.body, Body::Table(other) if other.lines == table.lines));
    if twice {
        return Err(faulty(
            format!("`block[{at}].lines`: another block holds these lines"),
            format!("`block[{at}].lines`：另一区块已有同样的行"),
        ));
    }
    let amounts = table.columns.iter().any(|column| column.column.is_amount());
    if amounts && edition.units.tasks.is_none() {
        return Err(faulty(
            "`units.tasks`: expected a unit, since tasks have amounts",
            "`units.tasks`：任务有金额，应写单位",
        ));
    }
    if table.total_row && table.lines == Lines::Indicators {
        return Err(faulty(
            format!("`block[{at}].total_row`: indicators are not added up"),
            format!("`block[{at}].total_row`：指标不能相加"),
        ));
    }
    if table.total_row && !edition.labels.contains_key("total") {
        return Err(faulty(
            format!("`block[{at}].total_row`: there is no label `total` to print beside the sums"),
            format!("`block[{at}].total_row`：没有 `total` 标签，合计无从标注"),
        ));
    }
    heads(edition, at, table)
}

/// No wording heads two columns of a table: what stands below could be either.
fn heads(edition: &Edition, at: usize, table: &Table) -> Result<()> {
    let mut known: HashMap<(Option<&str>, String), &TableColumn> = HashMap::new();
    for (index, column) in table.columns.iter().enumerate() {
        for word in edition.wordings(&column.label) {
            let Some(label) = normal(word) else { continue };
            let key = (column.under.as_deref(), label.key);
            if let Some(other) =
                known.insert(key, column).filter(|other| other.column != column.column)
            {
                return Err(faulty(
                    format!(
                        "`block[{at}].columns[{index}].label`: `{word}` heads the column `{}` too",
                        other.column.name()
                    ),
                    format!(
                        "`block[{at}].columns[{index}].label`：`{word}` 已是 `{}` 栏的表头",
                        other.column.name()
                    ),
                ));
            }
        }
    }
    Ok(())
}
