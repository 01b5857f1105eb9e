//! Rows at the foot of a table: notes, signatures and dates, told from its lines.

use super::{
    added, amounts,
    columns::Start,
    edition::Lines,
    furniture,
    locate::{Mode, Search},
};
use crate::{
    grid::Value,
    model::{
        field_path::{Column, Field},
        target::{self, Reading},
    },
};

impl Search<'_, '_> {
    /// Takes a row that ends the indicators: a note, unless it states a target, which no note does.
    pub(super) fn below_indicators(&mut self, cells: Vec<usize>) {
        let is_target = |index: &usize| {
            self.sheet
                .text(*index)
                .is_some_and(|text| text.starts_with(['≥', '≤', '＞', '＜', '≧', '≦', '>', '<']))
        };
        if cells.len() > 1 && cells.iter().any(is_target) {
            self.found.strays.extend(cells);
        } else {
            self.found.notes.push(cells);
            self.mode = Mode::Below;
        }
    }

    /// Whether a row of the indicators belongs to the foot: seals, or the department's own name, and nothing else; or no
    /// line of the table below the line of the signatures.
    pub(super) fn is_of_foot(&self, table: usize, cells: &[usize]) -> bool {
        let department = self.found.fields.iter().find(|field| field.field == Field::Department);
        let is_department = |text: &str| {
            department.is_some_and(|field| match &field.inline {
                Some((_, name)) => name.trim() == text.trim(),
                None => field.value.first().is_some_and(|(index, _)| {
                    self.sheet.text(*index).is_some_and(|name| name.trim() == text.trim())
                }),
            })
        };
        let is_foot = |index: &usize| {
            let text = self.sheet.text(*index);
            text.is_some_and(|text| {
                added::is_seal(text) || furniture::is_date(text) || is_department(text)
            })
        };
        cells.iter().all(is_foot)
            || self.below_foot
                && !(self.is_indicator(table, cells)
                    || self.is_levels(table, cells)
                    || self.fills_line(table, cells))
    }

    /// Whether a cell states a target in figures.
    pub(super) fn is_measured(&self, index: usize) -> bool {
        let read =
            self.sheet.text(index).and_then(|text| target::read(text, target::Context::default()));
        !self.is_telephone(index)
            && read.is_some_and(|target| {
                matches!(target.reading, Reading::Quantity { .. } | Reading::Range { .. })
            })
    }

    /// Whether a row among the lines of a table is a note: it begins like one and holds no line, or it is nothing but
    /// a date below the indicators.
    pub(super) fn is_note_row(&self, table: usize, cells: &[usize]) -> bool {
        let lines = self.found.tables[table].lines;
        let dated = || match cells {
            [only] => self.sheet.text(*only).is_some_and(furniture::is_date),
            _ => false,
        };
        let note = |index: &usize| self.sheet.text(*index).is_some_and(furniture::is_note);
        // 填报单位（盖章）： | 负责人：李四
        let signed = || {
            let unfilled = self
                .sheet
                .text(cells[0])
                .is_some_and(|text| text.trim_end().ends_with([':', '：']));
            unfilled && cells.get(1).is_some_and(note)
        };
        let foot = lines == Lines::Indicators && (dated() || signed());
        self.states_units(cells)
            || (note(&cells[0]) || foot)
                && (dated() || !(self.has_line(cells) || self.fills_line(table, cells)))
    }

    /// Whether a row that begins like a note holds a line of the table all the same: its first cell is the name.
    fn has_line(&self, cells: &[usize]) -> bool {
        let first = self.sheet.cell(cells[0]);
        let under_first = self.starts.first().is_some_and(|(col, _)| first.at.col >= *col);
        under_first && cells.len() >= 3
    }

    /// Whether the cells of a row fill what makes a line: an amount and words beside it, or an indicator's name and a
    /// target. What belongs to the foot of a form fills nothing.
    pub(super) fn fills_line(&self, table: usize, cells: &[usize]) -> bool {
        let Some(columns) = self.edition.columns(self.found.tables[table].block) else {
            return false;
        };
        let placed = cells.iter().filter_map(|index| {
            let column = self.column_at(*index)?;
            Some((*index, columns[column].column))
        });
        let placed: Vec<(usize, Column)> = placed.collect();
        let of_foot = |(index, column): &(usize, Column)| {
            let named = matches!(column, Column::Name | Column::Level3);
            let text = self.sheet.text(*index);
            self.is_telephone(*index)
                || text.is_some_and(|text| {
                    furniture::is_of_foot(text) && !(named && furniture::is_remark(text))
                })
        };
        let filled = |wanted: Column| placed.iter().any(|(_, column)| *column == wanted);
        let amount = |(index, column): &(usize, Column)| {
            column.is_amount() && amounts::is_amount(self.sheet, *index)
        };
        let line = match self.found.tables[table].lines {
            Lines::Tasks(_) => {
                placed.iter().any(amount) && placed.iter().any(|(_, column)| !column.is_amount())
            }
            Lines::Indicators => {
                filled(Column::Level3)
                    && (filled(Column::PeriodTarget) || filled(Column::AnnualTarget))
            }
        };
        line && !placed.iter().any(of_foot)
    }

    /// Whether the row stands below the indicators: text left of the first column that is no level's name, or a text
    /// over several columns.
    pub(super) fn ends_indicators(&self, slots: &[Option<usize>], before: Option<usize>) -> bool {
        let is_level = |index: usize| {
            self.sheet.text(index).is_some_and(|text| self.edition.is_level_name(text))
        };
        let filled = slots.iter().flatten().count();
        if let Some(before) = before {
            return !(is_level(before) && filled > 0);
        }
        if self.broken && slots.iter().flatten().any(|index| self.is_telephone(*index)) {
            return true;
        }
        let Some(only) = slots.iter().flatten().next().copied().filter(|_| filled == 1) else {
            return false;
        };
        let span = self.sheet.cell(only).span;
        let under = |start: &&Start| span.start.col <= start.0 && start.0 <= span.end.col;
        span.end.col - span.start.col >= 2
            && self.starts.iter().filter(under).count() >= 3
            && !is_level(only)
    }

    /// Whether a cell holds a telephone number, which no target is: eleven digits, or an area code and a number.
    fn is_telephone(&self, index: usize) -> bool {
        let text = match &self.sheet.cell(index).value {
            Value::Text(text) => text.trim().to_owned(),
            Value::Number(number) if number.shown.is_none() => number.value.to_string(),
            _ => return false,
        };
        let (digits, dashes): (Vec<char>, Vec<char>) = text.chars().partition(char::is_ascii_digit);
        match (digits.len(), dashes.as_slice()) {
            (11, []) => digits[0] == '1',
            (10..=12, ['-']) => digits[0] == '0',
            _ => false,
        }
    }
}
