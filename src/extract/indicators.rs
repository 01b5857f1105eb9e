//! Indicators: merged levels filled down, placeholder rows left out, moved rows mended.

use super::{account::Place, context::Context, layout, shift};
use crate::{
    form::{
        edition::Table,
        located::{LocatedRow, LocatedTable},
    },
    model::{
        Indicator, Return,
        canonical::{indicator_name, level_name},
        field_path::{Column, FieldPath},
        target::{self, Target},
    },
};

/// Whether a target goes on behind a page break: it is missing, says nothing measured yet, or does so with the rest.
fn goes_on(indicator: &Indicator, column: Column, rest: &str) -> bool {
    let target = match column {
        Column::PeriodTarget => &indicator.period_target,
        _ => &indicator.annual_target,
    };
    let Some(target) = target else { return true };
    let measured = |reading: &target::Reading| *reading != target::Reading::Qualitative;
    if !measured(&target.reading) {
        return true;
    }
    // A digit would make another number of the one above.
    let whole = format!("{}{rest}", target.text);
    let read = target::read(&whole, target::Context::default());
    !rest.starts_with(|c: char| c.is_numeric()) && read.is_some_and(|read| measured(&read.reading))
}

/// The levels that rows below take over.
#[derive(Default)]
struct Levels {
    level1: Option<String>,
    level2: Option<String>,
    /// The cells of the last targets, for period and year.
    targets: [Option<usize>; 2],
}

impl Context<'_, '_> {
    /// Reads the rows of the table of indicators into the return.
    pub(super) fn indicators(&mut self, spec: &Table, table: &LocatedTable, into: &mut Return) {
        let mut levels = Levels::default();
        for row in &table.rows {
            let mended = shift::mend(self, spec, row);
            if mended.is_some() {
                self.report_shift(row, FieldPath::Indicators);
            }
            let row = mended.as_ref().unwrap_or(row);
            self.set_before_aside(row);
            self.indicator_row(spec, row, &mut levels, into);
        }
        self.report_unknown_levels(into);
    }

    fn indicator_row(
        &mut self,
        spec: &Table,
        row: &LocatedRow,
        levels: &mut Levels,
        into: &mut Return,
    ) {
        let at = into.indicators.len();
        let slot = |wanted: Column| {
            let column = spec.columns.iter().position(|column| column.column == wanted)?;
            row.slots[column]
        };
        self.take_levels(slot(Column::Level1), slot(Column::Level2), row, levels, at);
        let own = [slot(Column::PeriodTarget), slot(Column::AnnualTarget)];
        let name = slot(Column::Level3).and_then(|index| {
            let text = self.text(index, FieldPath::Indicator(at, Column::Level3))?;
            let name = indicator_name(&text).map(str::to_owned);
            if name.is_none() {
                self.places[index] = Some(Place::Label);
            }
            name
        });
        let Some(level3) = name else {
            self.nameless(row, own[0], own[1], into);
            return;
        };
        let [period, annual] = self.merged_targets(own, row, levels, at);
        if levels.level1.is_none() {
            levels.level1 =
                levels.level2.as_deref().and_then(|level2| self.edition.first_level_of(level2));
        }
        let target = |of: &mut Self, cell: Option<usize>, column: Column| {
            cell.and_then(|index| of.target(index, FieldPath::Indicator(at, column), &level3))
        };
        let period_target = target(self, period, Column::PeriodTarget);
        let annual_target = target(self, annual, Column::AnnualTarget);
        self.report_crowded(&level3, annual_target.as_ref(), at);
        let (level1, level2) = (levels.level1.clone(), levels.level2.clone());
        into.indicators.push(Indicator { level1, level2, level3, period_target, annual_target });
    }

    /// The targets of a line, with those of cells that are merged from the lines above into it.
    fn merged_targets(
        &mut self,
        own: [Option<usize>; 2],
        row: &LocatedRow,
        levels: &mut Levels,
        at: usize,
    ) -> [Option<usize>; 2] {
        for (column, (own, last)) in own.into_iter().zip(&mut levels.targets).enumerate() {
            let reaches = last.is_some_and(|index| self.sheet.cell(index).span.end.row >= row.row);
            if own.is_some() || !reaches {
                *last = own;
                continue;
            }
            let Some(index) = *last else { continue };
            let columns = [Column::PeriodTarget, Column::AnnualTarget];
            let path = FieldPath::Indicator(at, columns[column]);
            let quoted = self.quoted(index);
            let message = message!(
                "{quoted} is merged over several lines; taken for each of them",
                "{quoted} 跨多行合并，各行均按此值读取"
            );
            let cell = self.at(index);
            self.diagnostics.push(layout::MERGED_LINES.at(path, message).in_cell(cell));
        }
        levels.targets
    }

    fn take_levels(
        &mut self,
        level1: Option<usize>,
        level2: Option<usize>,
        row: &LocatedRow,
        levels: &mut Levels,
        at: usize,
    ) {
        if let Some(index) = level1 {
            let name = self.level(index, FieldPath::Indicator(at, Column::Level1));
            let wide = self.sheet.cell(index).span.end.col > self.at(index).col;
            // A page break repeats the first level of a block that goes on, with its second level left blank.
            let repeated = row.after_break && !wide && name.is_some() && name == levels.level1;
            if !repeated {
                levels.level2 = None;
            }
            levels.level1 = name.or_else(|| levels.level1.take());
        }
        if let Some(index) = level2 {
            let name = self.level(index, FieldPath::Indicator(at, Column::Level2));
            levels.level2 = name;
        }
    }

    /// A level's name: white space goes from the printed ones, line breaks from all.
    fn level(&mut self, index: usize, path: FieldPath) -> Option<String> {
        let text = self.text(index, path)?;
        self.places[index] = Some(Place::Field(path));
        if target::is_nil(&text) {
            return None;
        }
        if self.edition.is_level_name(&text) && text.contains(char::is_whitespace) {
            return Some(text.chars().filter(|c| !c.is_whitespace()).collect());
        }
        level_name(&text)
    }

    /// A row without a name: a placeholder of the printed taxonomy, the rest of a target behind a page break, or a fault.
    fn nameless(
        &mut self,
        row: &LocatedRow,
        period: Option<usize>,
        annual: Option<usize>,
        into: &mut Return,
    ) {
        let last = into.indicators.len().checked_sub(1);
        for (cell, column) in [(period, Column::PeriodTarget), (annual, Column::AnnualTarget)] {
            let Some(index) = cell else { continue };
            let text = self.plain(index);
            if target::is_nil(&text) || indicator_name(&text).is_none() {
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
        for index in row.slots.iter().flatten() {
            let text = self.plain(*index);
            let printed = self.edition.is_level_name(&text)
                || target::is_nil(&text)
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

    /// Adds the second half of a target to the indicator above the page break.
    fn continue_target(
        &mut self,
        index: usize,
        at: usize,
        column: Column,
        into: &mut Return,
    ) -> bool {
        let path = FieldPath::Indicator(at, column);
        let Some(more) = self.text(index, path) else { return false };
        let indicator = &into.indicators[at];
        let known = match column {
            Column::PeriodTarget => &indicator.period_target,
            _ => &indicator.annual_target,
        };
        let text =
            known.as_ref().map_or_else(String::new, |target: &Target| target.text.clone()) + &more;
        let level3 = indicator.level3.clone();
        let joined = self.target_of_text(&text, path, &level3);
        self.report_join(index, path, crate::form::located::Join::Page);
        let indicator = &mut into.indicators[at];
        match column {
            Column::PeriodTarget => indicator.period_target = joined,
            _ => indicator.annual_target = joined,
        }
        true
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
                let message = message!(
                    "`{name}` is not in the printed taxonomy; kept as typed",
                    "`{name}` 不在表样的指标体系中，按原文保留"
                );
                let path = FieldPath::Indicator(at, column);
                self.diagnostics.push(layout::UNKNOWN_LEVEL.at(path, message));
            }
        }
    }
}
