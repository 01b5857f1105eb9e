//! What an edition must have beyond each of its parts being right: nothing that a form states may be lost for want of it.

use std::collections::HashMap;

use super::{
    super::{
        edition::{Body, Edition, Lines, PieceKind, Table, TableColumn, UnitOf},
        label::normal,
    },
    beside, cover, faulty,
};
use crate::{
    error::Result,
    model::{
        field_path::{BudgetField, Column, Field, TaskList},
        totals::Total,
    },
};

/// The longest wording, in characters: more is no label.
const LONGEST: usize = 255;
/// Labels that have a meaning wherever they stand, without a cell of their own.
const FREE: [&str; 3] = ["approver", "total", "target_unit"];

/// Demands what no edition can lack.
pub(super) fn check(edition: &Edition) -> Result<()> {
    words(edition)?;
    units(edition)?;
    identities(edition)?;
    if edition.table(Lines::Indicators).is_none() {
        return Err(faulty(&message!(
            "`block`: expected a table with `lines = \"indicators\"`",
            "`block`：应有一个 `lines = \"indicators\"` 的表"
        )));
    }
    if !edition.has_field(Field::Department) {
        return Err(faulty(&message!(
            "`block`: expected a cell with `value = \"department\"`",
            "`block`：应有一个 `value = \"department\"` 的单元格"
        )));
    }
    if !edition.has_field(edition.layout.header_through) {
        let name = edition.layout.header_through.name();
        return Err(faulty(&message!(
            "`layout.header_through`: no block has a cell with `value = \"{name}\"`",
            "`layout.header_through`：没有区块印有 `value = \"{name}\"` 的单元格"
        )));
    }
    if edition.taxonomies.is_empty() {
        return Err(faulty(&message!(
            "`taxonomy`: expected at least one",
            "`taxonomy`：至少应有一个"
        )));
    }
    for (at, block) in edition.blocks.iter().enumerate() {
        if let Body::Table(table) = &block.body {
            self::table(edition, at, table)?;
        }
    }
    cover::check(edition)?;
    beside::check(edition)
}

/// The texts of an edition: each is one that a sheet can show and a reader can find.
fn words(edition: &Edition) -> Result<()> {
    for (name, words) in &edition.labels {
        if words.is_empty() || words.iter().any(|word| word.trim().is_empty()) {
            return Err(faulty(&message!(
                "`labels.{name}`: expected at least one wording, none of them blank",
                "`labels.{name}`：至少应有一种写法，且均不为空"
            )));
        }
        for word in words {
            shown(&format!("labels.{name}"), word)?;
            if normal(word).is_none() {
                return Err(faulty(&message!(
                    "`labels.{name}`: `{word}` is no wording of a label",
                    "`labels.{name}`：`{word}` 不能作为标签的写法"
                )));
            }
        }
        if !FREE.contains(&name.as_str()) && !is_used(edition, name) {
            return Err(faulty(&message!(
                "`labels.{name}`: no block has a label of that name",
                "`labels.{name}`：没有区块使用这一标签"
            )));
        }
    }
    if edition.title.trim().is_empty() {
        return Err(faulty(&message!(
            "`title`: expected the title of the blank form",
            "`title`：应为空白表的标题"
        )));
    }
    shown("title", &edition.title)?;
    for (key, font) in
        [("layout.font", &edition.layout.font), ("layout.head_font", &edition.layout.head_font)]
    {
        if font.trim().is_empty() {
            return Err(faulty(&message!(
                "`{key}`: expected the name of a font",
                "`{key}`：应为字体名称"
            )));
        }
        shown(key, font)?;
    }
    Ok(())
}

fn shown(key: &str, text: &str) -> Result<()> {
    if text.chars().count() > LONGEST {
        return Err(faulty(&message!(
            "`{key}`: expected at most {LONGEST} characters",
            "`{key}`：最多 {LONGEST} 个字符"
        )));
    }
    if text.chars().any(|c| c.is_control() && c != '\n') {
        return Err(faulty(&message!(
            "`{key}`: a control character, which no sheet can show",
            "`{key}`：含控制字符，工作表无法显示"
        )));
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
        return Err(faulty(&message!(
            "`units.budget`: expected a unit exactly when a block prints amounts of the budget",
            "`units.budget`：有区块印有预算金额时须有单位，没有时不得有"
        )));
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
                return Err(faulty(&message!(
                    "`block[{at}]`: `unit = \"{name}\"`, but `units.{name}` states none",
                    "`block[{at}]`：`unit = \"{name}\"`，但 `units.{name}` 未写明单位"
                )));
            }
        }
    }
    Ok(())
}

/// No rule speaks of a total that no return of the edition can have.
fn identities(edition: &Edition) -> Result<()> {
    use BudgetField as Of;
    let prints =
        |fields: &[Of]| fields.iter().any(|field| edition.has_field(Field::Budget(*field)));
    let tasks = |column: Column, list| {
        edition.table(Lines::Tasks(list)).is_some_and(|table| table.position(column).is_some())
    };
    let either = |column| tasks(column, TaskList::Key) || tasks(column, TaskList::Other);
    let has = |total: Total| match total {
        Total::Expenditure => prints(&[Of::BasicExpenditure, Of::ProjectExpenditure]),
        Total::Income => prints(&[Of::FiscalAppropriation, Of::OtherFunds]),
        Total::Development => prints(&[Of::SpecialFunds, Of::OtherDevelopment]),
        Total::ByLevel => prints(&[Of::OwnLevel, Of::Transfers]),
        Total::KeyTasks => tasks(Column::Funding, TaskList::Key),
        Total::OtherTasks => tasks(Column::Funding, TaskList::Other),
        Total::Tasks => either(Column::Funding),
        Total::TasksFiscalAppropriation => either(Column::FiscalAppropriation),
        Total::TasksOtherFunds => either(Column::OtherFunds),
    };
    let named = edition.identities.equal.iter().flat_map(|(one, other)| [*one, *other]);
    if let Some(total) = named.into_iter().find(|total| !has(*total)) {
        let name = total.name();
        return Err(faulty(&message!(
            "`identities.equal`: no block prints the amounts of `{name}`",
            "`identities.equal`：没有区块印有 `{name}` 的各项金额"
        )));
    }
    let within = has(Total::Development) && prints(&[Of::ProjectExpenditure]);
    if edition.identities.development_within_project && !within {
        return Err(faulty(&message!(
            "`identities.development_within_project`: no block prints `special_funds`, `other_development` and `project_expenditure`",
            "`identities.development_within_project`：没有区块印有 `special_funds`、`other_development` 和 `project_expenditure`"
        )));
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
        return Err(faulty(&message!(
            "`block[{at}].columns`: `operator` and `unit` stand beside a column `annual_target`",
            "`block[{at}].columns`：`operator` 和 `unit` 须与 `annual_target` 一列并用"
        )));
    }
    for wanted in [Some(named), valued].into_iter().flatten() {
        if table.position(wanted).is_none() {
            let name = wanted.name();
            return Err(faulty(&message!(
                "`block[{at}].columns`: expected a column `{name}`",
                "`block[{at}].columns`：应有 `{name}` 一列"
            )));
        }
    }
    let twice = edition.blocks[..at]
        .iter()
        .any(|other| matches!(&other.body, Body::Table(other) if other.lines == table.lines));
    if twice {
        return Err(faulty(&message!(
            "`block[{at}].lines`: another block holds these lines",
            "`block[{at}].lines`：另一区块已有这类行"
        )));
    }
    let amounts = table.columns.iter().any(|column| column.column.is_amount());
    if amounts && edition.units.tasks.is_none() {
        return Err(faulty(&message!(
            "`units.tasks`: expected a unit, since tasks have amounts",
            "`units.tasks`：任务有金额，应有单位"
        )));
    }
    if table.total_row && table.lines == Lines::Indicators {
        return Err(faulty(&message!(
            "`block[{at}].total_row`: indicators are not added up",
            "`block[{at}].total_row`：指标不作合计"
        )));
    }
    let of_amount = table.columns.first().is_some_and(|column| column.column.is_amount());
    if table.total_row && table.total_at.is_none() && of_amount {
        return Err(faulty(&message!(
            "`block[{at}].total_row`: the first column, in which its label stands, is one of amounts",
            "`block[{at}].total_row`：合计行的标签印在第一列，而第一列是金额列"
        )));
    }
    if table.total_row && !edition.labels.contains_key("total") {
        return Err(faulty(&message!(
            "`block[{at}].total_row`: there is no label `total` to print beside the sums",
            "`block[{at}].total_row`：没有标签 `total`，合计行无处可印"
        )));
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
                let name = other.column.name();
                return Err(faulty(&message!(
                    "`block[{at}].columns[{index}].label`: `{word}` heads the column `{name}` too",
                    "`block[{at}].columns[{index}].label`：`{word}` 也是 `{name}` 一列的栏名"
                )));
            }
        }
    }
    Ok(())
}
