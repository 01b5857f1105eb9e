//! Heads that say something of all the targets below them: 年度指标值（≥）, 指标值（%）. The form prints none such, so it is told.

use super::{context::Context, value::DOUBTFUL_TARGET};
use crate::{
    form::{
        edition::{Body, Lines, Table},
        label,
        located::{Located, LocatedRow, LocatedTable},
    },
    model::{
        field_path::Column,
        money::Unit,
        target::{self, Op, Reading, columns::is_comparison},
    },
};

impl Context<'_, '_> {
    /// Warns of heads with a sign or a unit in brackets, where targets below lack it.
    pub(super) fn heads_of_targets(&mut self, located: &Located) {
        let tables = located.tables.iter().filter(|table| table.lines == Lines::Indicators);
        for table in tables {
            let Body::Table(spec) = &self.edition.blocks[table.block].body else { continue };
            for column in [Column::PeriodTarget, Column::AnnualTarget] {
                if let Some(at) = spec.position(column) {
                    self.head_of_targets(table, spec, at);
                }
            }
        }
    }

    fn head_of_targets(&mut self, table: &LocatedTable, spec: &Table, column: usize) {
        let Some(col) = table.starts[column] else { return };
        let last = table.rows.first().map_or(table.head.row, |row| row.row.saturating_sub(1));
        let heads = self.sheet.grid.indices(table.head.row, last);
        let heads = heads.filter(|index| self.at(*index).col == col);
        let said = heads.filter_map(|index| Some((index, in_brackets(self.sheet.text(index)?)?)));
        for (index, said) in said.collect::<Vec<_>>() {
            let sign = is_comparison(&said);
            let unit = matches!(said.as_str(), "%" | "百分比") || Unit::from_name(&said).is_some();
            let lacks = |reading: &Reading| match reading {
                Reading::Quantity { op, unit: own, .. } => {
                    sign && *op == Op::Equal || unit && own.is_none()
                }
                _ => false,
            };
            let beside = |row: &LocatedRow, wanted: Column| {
                spec.position(wanted).is_some_and(|at| row.slots[at].is_some())
            };
            // A column of their own gives some of them sign or unit.
            let rows = table.rows.iter().filter(|row| {
                !(sign && beside(row, Column::TargetSign))
                    && !(unit && (row.unit.is_some() || beside(row, Column::TargetUnit)))
            });
            let count = rows
                .filter_map(|row| {
                    let name = spec.position(Column::Level3).and_then(|at| row.slots[at]);
                    let name = name.map(|name| self.plain(name)).unwrap_or_default();
                    let text = self.plain(row.slots[column]?);
                    let equal = sign && text.starts_with(['=', '＝', '等']);
                    let context = target::Context { year: self.year, level3: &name, unit: None };
                    target::read(&text, context).filter(|target| !equal && lacks(&target.reading))
                })
                .count();
            if (sign || unit) && count > 0 {
                let (quoted, cell) = (self.quoted(index), self.at(index));
                let message = message!(
                    "{quoted} says `{said}` of all targets below it; {count} of them were read without it",
                    "{quoted} 对其下所有指标值都写明“{said}”，其中 {count} 个未按此读取"
                );
                self.diagnostics.push(DOUBTFUL_TARGET.on(cell, message));
            }
        }
    }
}

/// What stands in the last bracket of a head.
fn in_brackets(text: &str) -> Option<String> {
    if !text.contains(['(', '（', '[', '［', '【']) {
        return None;
    }
    let folded = label::folded(text);
    let inner = folded.rsplit(['(', '[', '【']).next()?;
    Some(inner.trim_end_matches([')', ']', '】']).to_owned())
}
