//! A table of the workbook, written row by row: heads, rows, live sums.

use rust_decimal::Decimal;
use rust_xlsxwriter::{Formula, Workbook, Worksheet, XlsxError};

use super::{
    super::rows::{Column, SUMS, Value, place},
    looks::Looks,
};
use crate::{
    cell::column_name,
    render::{
        lines::{height, lines},
        text_cell::write_text,
    },
};

/// The first row below the heads, from 0.
pub(super) const FIRST: u32 = 2;

/// A sheet that is being written.
pub(super) struct Table {
    pub(super) sheet: Worksheet,
    pub(super) columns: &'static [Column],
    /// Its next row.
    pub(super) row: u32,
    /// The sum of each column.
    pub(super) sums: Vec<Decimal>,
    /// Cells of each column that can't be read.
    pub(super) unreadable: Vec<u64>,
}

/// A4 across, in type that can be read: the names of the files stay on the screen, and the departments, whose columns no page
/// holds, go over two pages, each with number and name.
fn print_set_up(sheet: &mut Worksheet, pages: u16) -> std::result::Result<(), XlsxError> {
    sheet.set_landscape();
    sheet.set_paper_size(9);
    sheet.set_margins(0.4, 0.4, 0.5, 0.5, 0.3, 0.3);
    sheet.set_footer("&C第 &P 页，共 &N 页");
    sheet.set_print_fit_to_pages(pages, 0);
    sheet.set_repeat_rows(0, FIRST - 1)?;
    if pages > 1 {
        sheet.set_repeat_columns(0, 1)?;
    }
    Ok(())
}

impl Table {
    pub(super) fn new(
        book: &mut Workbook,
        name: &str,
        columns: &'static [Column],
        looks: &Looks,
    ) -> std::result::Result<Self, XlsxError> {
        let mut sheet = book.new_worksheet_with_constant_memory()?;
        sheet.set_name(name)?;
        print_set_up(&mut sheet, if name == "汇总表" { 2 } else { 1 })?;
        sheet.set_freeze_panes(FIRST, 2)?;
        for (col, column) in (0..).zip(columns) {
            sheet.set_column_width(col, column.width)?;
        }
        sheet.set_row_height(0, 26.0)?;
        let title = match name {
            "汇总表" => "部门整体预算绩效目标汇总表（金额单位：元）",
            "任务" => "任务明细（金额单位：元）",
            _ => "绩效指标明细",
        };
        sheet.write_string_with_format(0, 0, title, &looks.title)?;
        sheet.set_row_height(1, 42.0)?;
        for (col, column) in (0..).zip(columns) {
            sheet.write_string_with_format(1, col, column.head, &looks.head)?;
        }
        let (sums, unreadable) = (vec![Decimal::ZERO; columns.len()], vec![0; columns.len()]);
        Ok(Self { sheet, columns, row: FIRST, sums, unreadable })
    }

    pub(super) fn add(
        &mut self,
        values: &[Value],
        looks: &Looks,
    ) -> std::result::Result<(), XlsxError> {
        let printed = values.iter().zip(self.columns).take(place(self.columns, "file"));
        let lines = printed.map(|(value, column)| match value {
            Value::Text(text) | Value::Unreadable(text) => lines(text, column.width),
            _ => 1,
        });
        let lines = lines.max().unwrap_or(1);
        // The writer remembers each height until the end.
        if lines > 1 {
            self.sheet.set_row_height(self.row, height(lines))?;
        }
        for (at, (col, value)) in (0..).zip(values).enumerate() {
            match value {
                Value::Blank => self.sheet.write_blank(self.row, col, &looks.text)?,
                Value::Text(text) => write_text(&mut self.sheet, self.row, col, text, &looks.text)?,
                Value::Unreadable(text) => {
                    self.unreadable[at] += 1;
                    write_text(&mut self.sheet, self.row, col, text, &looks.unreadable)?
                }
                Value::Count(count) => {
                    if self.columns[at].sum {
                        self.sums[at] += Decimal::from(*count);
                    }
                    #[allow(clippy::cast_precision_loss)] // a count has at most 15 digits
                    self.sheet.write_number_with_format(
                        self.row,
                        col,
                        *count as f64,
                        &looks.count,
                    )?
                }
                Value::Amount(amount) => {
                    self.sums[at] = self.sums[at].checked_add(*amount).unwrap_or(Decimal::MAX);
                    if let Some(formula) = self.formula(at, values) {
                        let formula = Formula::new(formula).set_result(plain(*amount));
                        self.sheet.write_formula_with_format(
                            self.row,
                            col,
                            formula,
                            &looks.amount,
                        )?
                    } else {
                        let number = plain(*amount).parse().unwrap_or(f64::NAN);
                        self.sheet.write_number_with_format(self.row, col, number, &looks.amount)?
                    }
                }
            };
        }
        self.row += 1;
        Ok(())
    }

    /// The formula of a total in this row, over the cells of its parts.
    pub(super) fn formula(&self, at: usize, values: &[Value]) -> Option<String> {
        let (_, parts) = SUMS.iter().find(|(sum, _)| *sum == self.columns[at].key)?;
        let cells = parts.map(|part| place(self.columns, part));
        let sound = cells.iter().all(|at| !matches!(values[*at], Value::Unreadable(_)));
        let name = |at: usize| format!("{}{}", letters(at), self.row + 1);
        sound.then(|| format!("={}+{}", name(cells[0]), name(cells[1])))
    }

    pub(super) fn close(&mut self, looks: &Looks) -> std::result::Result<(), XlsxError> {
        let last = u16::try_from(self.columns.len()).unwrap_or(1) - 1;
        self.sheet.autofilter(FIRST - 1, 0, self.row.max(FIRST + 1) - 1, last)?;
        let printed = u16::try_from(place(self.columns, "file")).unwrap_or(last).max(1) - 1;
        self.sheet.set_print_area(0, 0, self.row, printed)?;
        if self.row == FIRST {
            return Ok(());
        }
        for (at, (col, column)) in (0..).zip(self.columns).enumerate() {
            if col == 1 {
                self.sheet.write_string_with_format(self.row, col, "合计", &looks.total_text)?;
            } else if column.sum {
                let formula = format!("=SUM({0}{1}:{0}{2})", letters(at), FIRST + 1, self.row);
                let formula = Formula::new(formula).set_result(plain(self.sums[at]));
                let look = if column.width < 14.0 { &looks.total_count } else { &looks.total };
                self.sheet.write_formula_with_format(self.row, col, formula, look)?;
            } else {
                self.sheet.write_blank(self.row, col, &looks.total_text)?;
            }
        }
        Ok(())
    }

    /// The cell of a column's sum, as other sheets name it.
    pub(super) fn total(&self, sheet: &str, key: &str) -> String {
        format!("'{sheet}'!{}{}", letters(place(self.columns, key)), self.row + 1)
    }

    pub(super) fn range(&self, sheet: &str, key: &str) -> String {
        let column = letters(place(self.columns, key));
        format!("'{sheet}'!${column}${}:${column}${}", FIRST + 1, self.row)
    }

    pub(super) fn sum(&self, key: &str) -> Decimal {
        self.sums[place(self.columns, key)]
    }
}

pub(super) fn letters(at: usize) -> String {
    column_name(u32::try_from(at).unwrap_or(0))
}

pub(super) fn plain(amount: Decimal) -> String {
    amount.normalize().to_string()
}
