//! Indicators: merged levels filled down, placeholder rows left out, moved rows mended.

use super::{
    account::Place,
    context::Context,
    layout,
    levels::{Levels, Shown},
    targets::{TargetCells, goes_on},
};
use crate::{
    form::{
        edition::Table,
        located::{Join, LocatedRow, LocatedTable},
    },
    model::{
        Indicator, Return,
        canonical::{indicator_name, is_crossed_out},
        field_path::{Column, FieldPath},
        target::{self, Target},
    },
};

/// What rows below take over.
#[derive(Default)]
struct Above {
    levels: Levels,
    /// The cells of the last targets, and of the sign and the unit beside them.
    targets: TargetCells,
}

impl Context<'_, '_> {
    /// Reads the rows of the table of indicators into the return.
    pub(super) fn indicators(&mut self, spec: &Table, table: &LocatedTable, into: &mut Return) {
        let mended: Vec<Option<LocatedRow>> =
            table.rows.iter().map(|row| self.mended_indicator(spec, table, row)).collect();
        let rows = table.rows.iter().zip(&mended);
        let rows: Vec<&LocatedRow> = rows.map(|(row, own)| own.as_ref().unwrap_or(row)).collect();
        let mut above = Above::default();
        let second = spec.position(Column::Level2).and_then(|column| table.starts[column]);
        for (row, shown) in rows.iter().zip(self.blocks(spec, second, &rows)) {
            self.set_before_aside(row);
            self.indicator_row(spec, table, (row, shown), &mut above, into);
        }
        self.report_unknown_levels(into);
    }

    fn indicator_row(
        &mut self,
        spec: &Table,
        table: &LocatedTable,
        (row, shown): (&LocatedRow, Shown),
        above: &mut Above,
        into: &mut Return,
    ) {
        let levels = &mut above.levels;
        let at = into.indicators.len();
        let slot = |wanted: Column| row.slots[spec.position(wanted)?];
        let second = spec.position(Column::Level2).and_then(|column| table.starts[column]);
        let cells = [slot(Column::Level1), slot(Column::Level2)];
        self.take_levels(cells, second, row, shown, levels, at);
        let own = TargetCells {
            period: slot(Column::PeriodTarget),
            annual: slot(Column::AnnualTarget),
            sign: slot(Column::TargetSign),
            unit: slot(Column::TargetUnit).or(row.unit),
        };
        let annual = spec.position(Column::AnnualTarget).and_then(|column| table.starts[column]);
        let own = match spec.position(Column::PeriodTarget) {
            // Moved back by a column, a target reaches as far as it did.
            Some(_) if !row.from_right => self.wide_target(own, annual, at),
            _ => own,
        };
        let name = slot(Column::Level3).and_then(|index| {
            let text = self.text(index, FieldPath::Indicator(at, Column::Level3))?;
            let name = indicator_name(&text).map(str::to_owned);
            let name = name.filter(|name| !(is_crossed_out(name) && self.says_nothing(own)));
            if name.is_none() {
                self.places[index] = Some(Place::Label);
            }
            name
        });
        let Some(level3) = name else {
            self.nameless(row, own, into);
            return;
        };
        if row.after_break && self.is_cut_in_two(own, into) {
            if let (Some(index), Some(above)) = (slot(Column::Level3), at.checked_sub(1)) {
                let path = FieldPath::Indicator(above, Column::Level3);
                self.unbook(index);
                self.places[index] = Some(Place::Field(path));
                self.report_join(index, path, Join::Page);
                into.indicators[above].level3.push_str(&level3);
            }
            self.nameless(row, own, into);
            return;
        }
        above.targets = self.merged_targets(own, above.targets, row, at);
        self.take_first_level_of_second(levels);
        if at == 0 && levels.level1.is_none() {
            self.report_no_level(slot(Column::Level3), &level3);
        }
        let [period_target, annual_target] = self.targets(above.targets, at, &level3);
        self.report_crowded(&level3, annual_target.as_ref(), at);
        let alone = row.slots.iter().flatten().count() == 1
            && row.unit.is_none()
            && period_target.is_none()
            && annual_target.is_none();
        let has_target = |of: &&Indicator| of.period_target.is_some() || of.annual_target.is_some();
        if alone && let Some(last) = into.indicators.last().filter(has_target) {
            let above = last.level3.clone();
            let message = message!(
                "`{level3}` stands alone on its row; read as an indicator of its own, not as the rest of `{above}`",
                "`{level3}` 独占一行，没有指标值，按单独的指标读取，未并入 `{above}`"
            );
            self.find(&layout::LONE_NAME, FieldPath::Indicator(at, Column::Level3), message);
        }
        self.report_doubt(shown, &above.levels, &level3, at);
        let (level1, level2) = (above.levels.level1.clone(), above.levels.level2.clone());
        into.indicators.push(Indicator { level1, level2, level3, period_target, annual_target });
    }

    /// A row without a name: a placeholder of the printed taxonomy, the rest of a target behind a page break, or a fault.
    fn nameless(&mut self, row: &LocatedRow, cells: TargetCells, into: &mut Return) {
        let last = into.indicators.len().checked_sub(1);
        let targets = [(cells.period, Column::PeriodTarget), (cells.annual, Column::AnnualTarget)];
        let said = |of: &Self, index: usize| !is_crossed_out(&of.plain(index));
        for (cell, column) in targets {
            let Some(index) = cell else { continue };
            let text = self.plain(index);
            if is_crossed_out(&text) || indicator_name(&text).is_none() {
                self.places[index] = Some(Place::Label);
                continue;
            }
            let open =
                last.filter(|at| row.after_break && goes_on(&into.indicators[*at], column, &text));
            match open {
                Some(at) if self.continue_target(index, at, column, into) => {}
                _ if row.after_break => {
                    let message = message!(
                        "`{text}` stands under the indicators; not kept",
                        "`{text}` 位于指标区下方，未能归入，未保留"
                    );
                    self.set_aside(&layout::UNPLACED, index, message);
                }
                _ => {
                    let message = message!(
                        "the target `{text}` has no indicator: its row names no 三级指标",
                        "指标值 `{text}` 所在行没有三级指标名称"
                    );
                    self.set_aside(&layout::NAMELESS_INDICATOR, index, message);
                }
            }
        }
        if cells.annual.is_some_and(|index| said(self, index)) {
            let beside = [cells.sign, cells.unit].into_iter().flatten();
            for index in beside.filter(|index| said(self, *index)).collect::<Vec<_>>() {
                let quoted = self.quoted(index);
                let message = message!(
                    "{quoted} stands beside a target without an indicator; not kept",
                    "{quoted} 所在行没有三级指标名称，未保留"
                );
                self.set_aside(&layout::NAMELESS_INDICATOR, index, message);
            }
        } else {
            self.beside_no_target(row, cells);
        }
        for index in row.slots.iter().flatten() {
            let text = self.plain(*index);
            let printed = self.edition.is_level_name(&text)
                || is_crossed_out(&text)
                || indicator_name(&text).is_none();
            if !printed
                && matches!(
                    self.places[*index],
                    Some(Place::Field(FieldPath::Indicator(_, Column::Level1 | Column::Level2)))
                )
            {
                let message = message!(
                    "`{text}` stands in a row without an indicator; not kept",
                    "`{text}` 所在行没有指标，未保留"
                );
                self.set_aside(&layout::UNPLACED, *index, message);
                continue;
            }
            if !matches!(
                self.places[*index],
                Some(
                    Place::Found(_)
                        | Place::Field(FieldPath::Indicator(
                            _,
                            Column::PeriodTarget | Column::AnnualTarget
                        ))
                )
            ) {
                self.places[*index] = Some(Place::Label);
            }
        }
    }

    /// Whether the targets of a row are blank or crossed out.
    fn says_nothing(&self, cells: TargetCells) -> bool {
        let mut targets = [cells.period, cells.annual].into_iter().flatten();
        targets.all(|index| is_crossed_out(&self.plain(index)))
    }

    /// Signs and units of a row without name and value. Beside a printed level they were prepared for an indicator that
    /// never came; what is no sign and no unit says something that has no field.
    fn beside_no_target(&mut self, row: &LocatedRow, cells: TargetCells) {
        let is_level = |index: &usize| self.edition.is_level_name(&self.plain(*index));
        let printed = row.slots.iter().flatten().any(is_level);
        for (cell, is_unit) in [(cells.sign, false), (cells.unit, true)] {
            let Some(index) = cell else { continue };
            let text = self.plain(index);
            let is_short = is_unit && printed && text.chars().count() <= 4;
            if is_crossed_out(&text) || is_short || !is_unit && target::columns::is_sign(&text) {
                self.places[index] = Some(Place::Label);
                continue;
            }
            let message = message!(
                "`{text}` stands in a row without an indicator; not kept",
                "`{text}` 所在行没有指标，未保留"
            );
            self.set_aside(&layout::UNPLACED, index, message);
        }
    }

    fn report_crowded(&mut self, level3: &str, target: Option<&Target>, at: usize) {
        let lines = |text: &str| text.lines().filter(|line| !line.trim().is_empty()).count();
        let targets = target.map_or(0, |target| lines(&target.text));
        if lines(level3) > 1 && targets == lines(level3) {
            let message = message!(
                "`{level3}` and its targets may be several indicators; not split",
                "`{level3}` 与指标值可能是多个指标合写在一格，未拆分"
            );
            self.find(&layout::CROWDED_CELL, FieldPath::Indicator(at, Column::Level3), message);
        }
    }

    /// Reports each level once that no printed taxonomy has.
    fn report_unknown_levels(&mut self, of: &Return) {
        let mut seen: Vec<&str> = Vec::new();
        for (at, indicator) in of.indicators.iter().enumerate() {
            let taxonomies = &self.edition.taxonomies;
            let level1 = indicator
                .level1
                .as_deref()
                .filter(|name| taxonomies.iter().all(|t| t.branch(name).is_none()));
            let level2 = indicator
                .level2
                .as_deref()
                .filter(|name| taxonomies.iter().all(|t| t.branch_of_level2(name).is_none()));
            for (name, column) in [(level1, Column::Level1), (level2, Column::Level2)] {
                let Some(name) = name.filter(|name| !seen.contains(name)) else { continue };
                seen.push(name);
                let is_second = self.edition.first_level_of(name).is_some();
                let message = if column == Column::Level1 && is_second {
                    message!(
                        "`{name}` is a second level but stands in the column of the first; the row may stand one column too far left; kept as typed",
                        "`{name}` 是二级指标，却在一级指标栏内，所在行可能左移了一列，按原文保留"
                    )
                } else {
                    message!(
                        "`{name}` is not in the printed taxonomy; kept as typed",
                        "`{name}` 不在表样的指标体系中，按原文保留"
                    )
                };
                let path = FieldPath::Indicator(at, column);
                self.diagnostics.push(layout::UNKNOWN_LEVEL.at(path, message));
            }
        }
    }
}
