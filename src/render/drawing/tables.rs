//! Tables on a drawing: heads, tasks with their 合计 row, indicators under their levels.

use std::borrow::Cow;

use super::{BLANK_ROWS, Content, Look, Part, Pen, amount, text};
use crate::{
    form::edition::{Columns, Lines, Table, UnitOf},
    model::{
        Indicator, Task,
        field_path::{Column, TaskList},
        money::Unit,
        target::{self, Target},
        totals::Total,
    },
    render::levels,
};

impl<'a> Pen<'a> {
    pub(super) fn table(&mut self, table: &'a Table) {
        self.table_head(table);
        match table.lines {
            Lines::Tasks(list) => {
                let tasks = self.of.tasks(list);
                for task in tasks {
                    self.task(list, table, Some(task));
                }
                let blanks = match (tasks.is_empty(), self.blank, list) {
                    (false, ..) => 0,
                    (true, true, TaskList::Key) => BLANK_ROWS,
                    (true, true, TaskList::Other) => BLANK_ROWS.div_ceil(2),
                    (true, false, _) => 1,
                };
                for _ in 0..blanks {
                    self.task(list, table, None);
                }
                if table.total_row {
                    self.total_row(list, table);
                }
            }
            Lines::Indicators => self.indicators(table),
        }
    }

    /// The head: one row, or two where a label stands over several columns.
    fn table_head(&mut self, table: &'a Table) {
        let row = self.drawing.rows;
        let two = table.columns.iter().any(|column| column.under.is_some());
        let mut over: Option<(&str, Columns, Option<UnitOf>)> = None;
        for column in &table.columns {
            let unit = if column.under.is_some() { None } else { column.unit };
            let text = Content::Text(self.label(&column.label, unit));
            let (first, rows) = if two && column.under.is_some() {
                (row + 1, 1)
            } else {
                (row, 1 + u32::from(two))
            };
            self.put(first, rows, column.at, text, Look::Label);
            match (&column.under, &mut over) {
                (Some(under), Some((name, at, _))) if *name == under => at.last = column.at.last,
                (Some(under), _) => {
                    self.put_over(row, over.take());
                    over = Some((under, column.at, column.unit));
                }
                (None, _) => self.put_over(row, over.take()),
            }
        }
        self.put_over(row, over);
        self.drawing.rows += 1 + u32::from(two);
    }

    fn put_over(&mut self, row: u32, over: Option<(&'a str, Columns, Option<UnitOf>)>) {
        if let Some((name, at, unit)) = over {
            let text = Content::Text(self.label(name, unit));
            self.put(row, 1, at, text, Look::Label);
        }
    }

    fn task(&mut self, list: TaskList, table: &'a Table, task: Option<&'a Task>) {
        let row = self.drawing.rows;
        let unit = self.of.units.tasks.unwrap_or(Unit::Yuan);
        for column in &table.columns {
            let split = task.and_then(|task| task.split.as_ref());
            let content = match (column.column, task) {
                (Column::Name, Some(task)) => text(task.name.as_deref()),
                (Column::Activities | Column::Content, Some(task)) => {
                    text(task.activities.as_deref())
                }
                (Column::Outcome, Some(task)) => text(task.outcome.as_deref()),
                (Column::Funding, Some(task)) => amount(&task.funding, unit),
                (Column::FiscalAppropriation, Some(_)) => {
                    split.map_or(Content::Blank, |split| amount(&split.fiscal_appropriation, unit))
                }
                (Column::OtherFunds, Some(_)) => {
                    split.map_or(Content::Blank, |split| amount(&split.other_funds, unit))
                }
                _ => Content::Blank,
            };
            let look = if column.column.is_amount() {
                Look::Amount(Part::Task(list, column.column))
            } else {
                Look::Text
            };
            self.put(row, 1, column.at, content, look);
        }
        self.drawing.rows += 1;
    }

    fn total_row(&mut self, list: TaskList, table: &'a Table) {
        let row = self.drawing.rows;
        if let Some(at) = table.total_at {
            let text = Content::Text(Cow::Borrowed(self.edition.printed("total")));
            self.put(row, 1, at, text, Look::Label);
        }
        let covered = |at: Columns| table.total_at.is_some_and(|label| at.last <= label.last);
        for (at, column) in table.columns.iter().enumerate() {
            if covered(column.at) {
                continue;
            }
            let of = match (column.column, list) {
                (Column::Funding, TaskList::Key) => Some(Total::KeyTasks),
                (Column::Funding, TaskList::Other) => Some(Total::OtherTasks),
                (Column::FiscalAppropriation, _) => Some(Total::TasksFiscalAppropriation),
                (Column::OtherFunds, _) => Some(Total::TasksOtherFunds),
                _ => None,
            };
            match of {
                Some(of) => {
                    let content = self.total(of);
                    self.put(row, 1, column.at, content, Look::Amount(Part::Total(of)));
                }
                None if at == 0 && table.total_at.is_none() => {
                    let text = Content::Text(Cow::Borrowed(self.edition.printed("total")));
                    self.put(row, 1, column.at, text, Look::Label);
                }
                None => self.put(row, 1, column.at, Content::Blank, Look::Centred),
            }
        }
        self.drawing.rows += 1;
    }

    fn indicators(&mut self, table: &'a Table) {
        let levels = self.of.indicators.iter().filter_map(|indicator| indicator.level1.as_deref());
        let taxonomy = self.edition.taxonomy_for(levels);
        let rows = levels::rows(&self.of.indicators, taxonomy, |level1, level2, below| {
            self.edition.is_misplaced(level1, level2, below)
        });
        let column = |wanted| table.columns.iter().find(|column| column.column == wanted);
        for (at, row) in rows.iter().enumerate() {
            let here = self.drawing.rows;
            let span = |begins: fn(&levels::LevelRow<'_>) -> bool| {
                let after = rows[at + 1..].iter().position(begins).unwrap_or(rows.len() - at - 1);
                u32::try_from(after + 1).unwrap_or(1)
            };
            if let (true, Some(level1)) = (row.begins.0, column(Column::Level1)) {
                let wide = column(Column::Level2).filter(|_| row.level2.is_none());
                let at = Columns {
                    first: level1.at.first,
                    last: wide.map_or(level1.at.last, |level2| level2.at.last),
                };
                self.put(here, span(|row| row.begins.0), at, text(row.level1), Look::Centred);
            }
            if let (true, Some(_), Some(level2)) =
                (row.begins.1, row.level2, column(Column::Level2))
            {
                self.put(
                    here,
                    span(|row| row.begins.1),
                    level2.at,
                    text(row.level2),
                    Look::Centred,
                );
            }
            let indicator = row.indicator.map(|index| &self.of.indicators[index]);
            let [sign, annual, unit] = annual(indicator, table);
            for column in &table.columns {
                let (content, look) = match column.column {
                    Column::Level3 => (text(indicator.map(|of| of.level3.as_str())), Look::Text),
                    Column::PeriodTarget => {
                        (target(indicator.and_then(|of| of.period_target.as_ref())), Look::Centred)
                    }
                    Column::AnnualTarget => (annual.clone(), Look::Centred),
                    Column::TargetSign => (sign.clone(), Look::Centred),
                    Column::TargetUnit => (unit.clone(), Look::Centred),
                    _ => continue,
                };
                self.put(here, 1, column.at, content, look);
            }
            self.drawing.rows += 1;
        }
    }
}

fn target(of: Option<&Target>) -> Content<'_> {
    text(of.map(|of| of.text.as_str()))
}

/// The year's target in the order sign, value, unit, taken apart as far as the table has columns for it.
fn annual<'a>(indicator: Option<&'a Indicator>, table: &Table) -> [Content<'a>; 3] {
    let none = || Content::Blank;
    let Some(of) = indicator.and_then(|of| of.annual_target.as_ref()) else {
        return [none(), none(), none()];
    };
    let has = |column| table.position(column).is_some();
    // A unit stands for both targets of a line.
    let shared = indicator.and_then(|of| of.period_target.as_ref());
    let shared = || shared.is_some_and(|period| target::columns::lacks_unit(&period.text));
    let (sign, unit) = (has(Column::TargetSign), has(Column::TargetUnit) && !shared());
    if !sign && !unit {
        return [none(), target(Some(of)), none()];
    }
    target::columns::split(&of.text, sign, unit)
        .map(|part| if part.is_empty() { Content::Blank } else { Content::Text(Cow::Owned(part)) })
}
