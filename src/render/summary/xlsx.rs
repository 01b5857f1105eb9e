//! The workbook 汇总表: departments with live sums, every task, every indicator, and a sheet that reconciles them.

mod looks;
mod reconcile;
mod table;

use std::{
    io::{Seek, Write},
    path::Path,
};

use rust_decimal::Decimal;
use rust_xlsxwriter::{DocProperties, Workbook, Worksheet, XlsxError};

use self::{looks::Looks, reconcile::reconcile, table::Table};
use super::{
    notes::Notes,
    rows::{self, DEPARTMENTS, INDICATORS, Row, TASKS, Value, place},
};
use crate::{
    error::{Error, Result},
    render::epoch::Epoch,
};

/// The most rows of a sheet.
const MOST_ROWS: u32 = 1_000_000;

/// A workbook that is being written, return by return.
pub struct Summary {
    book: Workbook,
    looks: Looks,
    departments: Table,
    tasks: Table,
    indicators: Table,
    /// Funding of the key and of the other tasks, as listed.
    listed: [Decimal; 2],
    /// Returns whose rows found no room.
    left_out: u64,
}

impl Summary {
    /// Begins a workbook. `folder` keeps its rows until it is put together.
    ///
    /// # Errors
    /// [`Error::Render`] when the writer refuses.
    pub fn new(folder: &Path) -> Result<Self> {
        Self::begin(folder).map_err(refused)
    }

    fn begin(folder: &Path) -> std::result::Result<Self, XlsxError> {
        let mut book = Workbook::new();
        book.set_tempdir(folder)?;
        book.set_zip_compression_level(1);
        book.set_properties(
            &DocProperties::new()
                .set_title("部门整体预算绩效目标汇总表")
                .set_creation_datetime(Epoch),
        );
        let looks = Looks::new();
        let departments = Table::new(&mut book, "汇总表", DEPARTMENTS, &looks)?;
        let tasks = Table::new(&mut book, "任务", TASKS, &looks)?;
        let indicators = Table::new(&mut book, "指标", INDICATORS, &looks)?;
        Ok(Self {
            book,
            looks,
            departments,
            tasks,
            indicators,
            listed: Default::default(),
            left_out: 0,
        })
    }

    /// Adds a return.
    ///
    /// # Errors
    /// [`Error::Render`] when the writer refuses.
    pub fn add(&mut self, row: &Row<'_>) -> Result<()> {
        self.put(row).map_err(refused)
    }

    fn put(&mut self, row: &Row<'_>) -> std::result::Result<(), XlsxError> {
        let (tasks, indicators) = (rows::tasks(row), rows::indicators(row));
        let fits = |table: &Table, more: usize| table.row as usize + more < MOST_ROWS as usize;
        let room = fits(&self.departments, 1)
            && fits(&self.tasks, tasks.len())
            && fits(&self.indicators, indicators.len());
        if !room {
            self.left_out += 1;
            return Ok(());
        }
        let mut department = rows::department(row);
        // The tables for programs have the level's name in JSON.
        let level = row.of.level.map(|level| Value::Text(level.in_chinese().to_owned()));
        department[place(DEPARTMENTS, "level")] = level.unwrap_or(Value::Blank);
        self.departments.add(&department, &self.looks)?;
        for task in &tasks {
            if let Value::Amount(amount) = &task[place(TASKS, "funding")] {
                let other = task[place(TASKS, "list")] == Value::Text("其他任务".to_owned());
                let sum = &mut self.listed[usize::from(other)];
                *sum = sum.checked_add(*amount).unwrap_or(Decimal::MAX);
            }
            self.tasks.add(task, &self.looks)?;
        }
        for indicator in &indicators {
            self.indicators.add(indicator, &self.looks)?;
        }
        Ok(())
    }

    /// How many returns found no room; a sheet holds a million rows.
    pub fn left_out(&self) -> u64 {
        self.left_out
    }

    /// Writes the workbook, with what is to be told besides its rows.
    ///
    /// # Errors
    /// [`Error::Render`] when the writer or the stream refuses.
    pub fn finish(self, out: impl Write + Seek + Send, notes: &Notes) -> Result<()> {
        self.close(out, notes).map_err(refused)
    }

    fn close(
        mut self,
        out: impl Write + Seek + Send,
        notes: &Notes,
    ) -> std::result::Result<(), XlsxError> {
        self.departments.close(&self.looks)?;
        self.tasks.close(&self.looks)?;
        self.indicators.close(&self.looks)?;
        let mut sheet = Worksheet::new();
        let tables = [&self.departments, &self.tasks, &self.indicators];
        reconcile(&mut sheet, tables, self.listed, notes, &self.looks)?;
        for table in [self.departments, self.tasks, self.indicators] {
            self.book.push_worksheet(table.sheet);
        }
        self.book.push_worksheet(sheet);
        self.book.save_to_writer(out)
    }
}

fn refused(error: XlsxError) -> Error {
    Error::Render { output: "汇总表", reason: error.to_string() }
}
