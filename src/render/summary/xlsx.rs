//! The workbook 汇总表: departments with live sums, every task, every indicator, and a sheet that reconciles them.

use std::{
    io::{Seek, Write},
    path::Path,
};

use rust_decimal::Decimal;
use rust_xlsxwriter::{
    Color, DocProperties, Format, FormatAlign, FormatBorder, Formula, Workbook, Worksheet,
    XlsxError,
};

use super::rows::{self, Column, DEPARTMENTS, INDICATORS, Row, SUMS, TASKS, Value, place};
use crate::render::{
    epoch::Epoch,
    lines::{height, lines},
};
use crate::{
    cell::column_name,
    error::{Error, Result},
};

/// The most rows of a sheet.
const MOST_ROWS: u32 = 1_000_000;
/// The first row below the heads, from 0.
const FIRST: u32 = 2;

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

/// A sheet that is being written.
struct Table {
    sheet: Worksheet,
    columns: &'static [Column],
    /// Its next row.
    row: u32,
    /// The sum of each column.
    sums: Vec<Decimal>,
    /// Cells of each column that can't be read.
    unreadable: Vec<u64>,
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
        self.departments.add(&rows::department(row), &self.looks)?;
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

    /// Writes the workbook.
    ///
    /// # Errors
    /// [`Error::Render`] when the writer or the stream refuses.
    pub fn finish(self, out: impl Write + Seek + Send) -> Result<()> {
        self.close(out).map_err(refused)
    }

    fn close(mut self, out: impl Write + Seek + Send) -> std::result::Result<(), XlsxError> {
        self.departments.close(&self.looks)?;
        self.tasks.close(&self.looks)?;
        self.indicators.close(&self.looks)?;
        let mut sheet = Worksheet::new();
        let tables = [&self.departments, &self.tasks, &self.indicators];
        reconcile(&mut sheet, tables, self.listed, &self.looks)?;
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

struct Looks {
    title: Format,
    head: Format,
    text: Format,
    count: Format,
    amount: Format,
    unreadable: Format,
    total: Format,
    total_count: Format,
    total_text: Format,
}

impl Looks {
    fn new() -> Self {
        let face = |name: &str, size: f64| {
            Format::new()
                .set_font_name(name)
                .set_font_size(size)
                .set_font_charset(134)
                .set_align(FormatAlign::VerticalCenter)
        };
        let cell = || face("宋体", 10.0).set_border(FormatBorder::Thin);
        let total = || {
            face("黑体", 10.0)
                .set_border(FormatBorder::Thin)
                .set_background_color(Color::RGB(0xFF_F2CC))
        };
        Self {
            title: face("黑体", 16.0),
            head: face("黑体", 10.0)
                .set_border(FormatBorder::Thin)
                .set_align(FormatAlign::Center)
                .set_background_color(Color::RGB(0xDD_E7F3))
                .set_text_wrap(),
            text: cell().set_text_wrap().set_align(FormatAlign::Left).set_indent(1),
            count: cell().set_num_format("0"),
            amount: cell().set_num_format("#,##0.00####").set_shrink(),
            unreadable: cell().set_font_color(Color::RGB(0xC0_0000)).set_text_wrap(),
            total: total().set_num_format("#,##0.00####").set_shrink(),
            total_count: total().set_num_format("#,##0"),
            total_text: total(),
        }
    }
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
    fn new(
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

    fn add(&mut self, values: &[Value], looks: &Looks) -> std::result::Result<(), XlsxError> {
        // The indent takes two characters.
        let printed = values.iter().zip(self.columns).take(place(self.columns, "file"));
        let lines = printed.map(|(value, column)| match value {
            Value::Text(text) | Value::Unreadable(text) => lines(text, column.width - 2.0),
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
                Value::Text(text) => {
                    self.sheet.write_string_with_format(self.row, col, text, &looks.text)?
                }
                Value::Unreadable(text) => {
                    self.unreadable[at] += 1;
                    self.sheet.write_string_with_format(self.row, col, text, &looks.unreadable)?
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
    fn formula(&self, at: usize, values: &[Value]) -> Option<String> {
        let (_, parts) = SUMS.iter().find(|(sum, _)| *sum == self.columns[at].key)?;
        let cells = parts.map(|part| place(self.columns, part));
        let sound = cells.iter().all(|at| !matches!(values[*at], Value::Unreadable(_)));
        let name = |at: usize| format!("{}{}", letters(at), self.row + 1);
        sound.then(|| format!("={}+{}", name(cells[0]), name(cells[1])))
    }

    fn close(&mut self, looks: &Looks) -> std::result::Result<(), XlsxError> {
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
    fn total(&self, sheet: &str, key: &str) -> String {
        format!("'{sheet}'!{}{}", letters(place(self.columns, key)), self.row + 1)
    }

    fn range(&self, sheet: &str, key: &str) -> String {
        let column = letters(place(self.columns, key));
        format!("'{sheet}'!${column}${}:${column}${}", FIRST + 1, self.row)
    }

    fn sum(&self, key: &str) -> Decimal {
        self.sums[place(self.columns, key)]
    }
}

fn letters(at: usize) -> String {
    column_name(u32::try_from(at).unwrap_or(0))
}

fn plain(amount: Decimal) -> String {
    amount.normalize().to_string()
}

/// A formula with its result.
type Sum = (String, Decimal);

/// The sheet 核对: that the tables agree with each other, that the sums agree as they must, and what they lack.
fn reconcile(
    sheet: &mut Worksheet,
    [departments, tasks, indicators]: [&Table; 3],
    [key_tasks, other_tasks]: [Decimal; 2],
    looks: &Looks,
) -> std::result::Result<(), XlsxError> {
    let mut pen = Pen { sheet, looks, row: 2 };
    pen.begin()?;
    if departments.row == FIRST {
        return Ok(());
    }
    let total = |key: &str| departments.total("汇总表", key);
    let of = |key: &str| -> Sum { (format!("={}", total(key)), departments.sum(key)) };
    let both = |one: &str, other: &str| -> Sum {
        let sum = departments.sum(one).checked_add(departments.sum(other));
        (format!("={}+{}", total(one), total(other)), sum.unwrap_or(Decimal::MAX))
    };
    let lacks = |keys: &[&str]| {
        let missing = |key: &&str| departments.unreadable[place(DEPARTMENTS, key)];
        let count: u64 = keys.iter().map(missing).sum();
        if count == 0 { String::new() } else { format!("有 {count} 格无法识别，未计入") }
    };
    let head = |key: &str| DEPARTMENTS[place(DEPARTMENTS, key)].head;
    for other in ["income", "by_level"] {
        let names = (head("expenditure"), head(other));
        pen.check(names, of("expenditure"), of(other), &lacks(&["expenditure", other]))?;
    }
    for (sum, [one, other]) in SUMS {
        let parts = format!("{}＋{}", head(one), head(other));
        pen.check((head(sum), &parts), of(sum), both(one, other), &lacks(&[sum, one, other]))?;
    }
    for (key, list, known) in [
        ("key_tasks_funding", "重点任务", key_tasks),
        ("other_tasks_funding", "其他任务", other_tasks),
    ] {
        let (one, other) = (format!("{list}资金（汇总表）"), format!("{list}资金（任务）"));
        pen.check((&one, &other), of(key), tasks.listed(list, known), &lacks(&[key]))?;
    }
    let counted = both("key_tasks", "other_tasks");
    pen.check(("任务数（汇总表）", "任务数（任务）"), counted, tasks.counted("任务"), "")?;
    let counted = of("indicators");
    pen.check(("指标数（汇总表）", "指标数（指标）"), counted, indicators.counted("指标"), "")
}

impl Table {
    /// The funding of one list of tasks.
    fn listed(&self, list: &str, known: Decimal) -> Sum {
        if self.row == FIRST {
            return ("=0".to_owned(), known);
        }
        let (lists, funding) = (self.range("任务", "list"), self.range("任务", "funding"));
        (format!("=SUMIF({lists},\"{list}\",{funding})"), known)
    }

    /// The number of rows.
    fn counted(&self, name: &str) -> Sum {
        if self.row == FIRST {
            return ("=0".to_owned(), Decimal::ZERO);
        }
        (format!("=COUNT({})", self.range(name, "number")), Decimal::from(self.row - FIRST))
    }
}

struct Pen<'a> {
    sheet: &'a mut Worksheet,
    looks: &'a Looks,
    row: u32,
}

impl Pen<'_> {
    fn begin(&mut self) -> std::result::Result<(), XlsxError> {
        self.sheet.set_name("核对")?;
        for (col, width) in (0..).zip([34.0, 24.0, 44.0, 24.0, 20.0, 12.0, 30.0]) {
            self.sheet.set_column_width(col, width)?;
        }
        self.sheet.set_landscape();
        self.sheet.set_paper_size(9);
        self.sheet.set_print_fit_to_pages(1, 0);
        self.sheet.set_freeze_panes(2, 0)?;
        self.sheet.write_string_with_format(0, 0, "核对（金额单位：元）", &self.looks.title)?;
        self.sheet.set_row_height(0, 26.0)?;
        let heads = ["甲", "甲数", "乙", "乙数", "差额（甲－乙）", "结论", "说明"];
        for (col, head) in (0..).zip(heads) {
            self.sheet.write_string_with_format(1, col, head, &self.looks.head)?;
        }
        Ok(())
    }

    fn check(
        &mut self,
        names: (&str, &str),
        one: Sum,
        other: Sum,
        note: &str,
    ) -> std::result::Result<(), XlsxError> {
        let difference = one.1.checked_sub(other.1).unwrap_or(Decimal::MAX).round_dp(6);
        let n = self.row + 1;
        let verdict = if difference.is_zero() { "一致" } else { "不一致" };
        self.text(0, names.0)?;
        self.formula(1, &one.0, &plain(one.1), true)?;
        self.text(2, names.1)?;
        self.formula(3, &other.0, &plain(other.1), true)?;
        self.formula(4, &format!("=ROUND(B{n}-D{n},6)"), &plain(difference), true)?;
        self.formula(5, &format!("=IF(E{n}=0,\"一致\",\"不一致\")"), verdict, false)?;
        self.text(6, note)?;
        self.row += 1;
        Ok(())
    }

    fn text(&mut self, col: u16, text: &str) -> std::result::Result<(), XlsxError> {
        self.sheet.write_string_with_format(self.row, col, text, &self.looks.text)?;
        Ok(())
    }

    fn formula(
        &mut self,
        col: u16,
        formula: &str,
        result: &str,
        is_amount: bool,
    ) -> std::result::Result<(), XlsxError> {
        let look = if is_amount { &self.looks.amount } else { &self.looks.text };
        let formula = Formula::new(formula).set_result(result);
        self.sheet.write_formula_with_format(self.row, col, formula, look)?;
        Ok(())
    }
}
