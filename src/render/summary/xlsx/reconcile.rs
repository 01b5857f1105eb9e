//! The sheet 核对: the tables of the workbook beside each other, and what they do not say.

use rust_decimal::Decimal;
use rust_xlsxwriter::{Formula, Worksheet, XlsxError};

use super::{
    super::{
        notes::Notes,
        rows::{DEPARTMENTS, SUMS, place},
    },
    looks::Looks,
    table::{FIRST, Table, plain},
};
use crate::render::{
    lines::{height, lines},
    text_cell::write_text,
};

/// The widths of the columns.
const WIDTHS: [f64; 7] = [34.0, 24.0, 44.0, 24.0, 20.0, 12.0, 30.0];
/// The columns of notes.
const NOTES: [u16; 3] = [0, 1, 2];
/// The most lines that a note has room for.
const MOST_LINES: u32 = 20;

/// A formula with its result.
type Sum = (String, Decimal);

/// The sheet 核对: that the tables agree with each other, that the sums agree as they must, what they count twice and what
/// they lack.
pub(super) fn reconcile(
    sheet: &mut Worksheet,
    tables: [&Table; 3],
    listed: [Decimal; 2],
    notes: &Notes,
    looks: &Looks,
) -> std::result::Result<(), XlsxError> {
    let mut pen = Pen { sheet, looks, row: 2 };
    pen.begin()?;
    if tables[0].row > FIRST {
        checks(&mut pen, tables, listed)?;
    }
    again(&mut pen, notes)?;
    years(&mut pen, notes)?;
    missing(&mut pen, notes)
}

fn checks(
    pen: &mut Pen<'_>,
    [departments, tasks, indicators]: [&Table; 3],
    [key_tasks, other_tasks]: [Decimal; 2],
) -> std::result::Result<(), XlsxError> {
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

/// Departments that stand more than once, so that the sums count them as often.
fn again(pen: &mut Pen<'_>, notes: &Notes) -> std::result::Result<(), XlsxError> {
    pen.heads(notes.again.count, ["重复部门", "序号", "说明"])?;
    for one in &notes.again.first {
        let year = one.year.map_or_else(String::new, |year| format!("（{year}年度）"));
        let [first, own] = one.numbers;
        let texts = [&format!("{}{year}", one.department), &format!("{first}、{own}")];
        pen.note([texts[0], texts[1], "同一部门重复报送，合计重复计入"])?;
    }
    pen.more(notes.again.more())
}

/// The years that the sums mix.
fn years(pen: &mut Pen<'_>, notes: &Notes) -> std::result::Result<(), XlsxError> {
    let years = notes.several_years();
    pen.heads(years.len() as u64, ["年度", "份数", "说明"])?;
    for (year, count) in years {
        let year = year.map_or_else(|| "未注明".to_owned(), |year| format!("{year}年度"));
        pen.note([&year, &format!("{count} 份"), "合计含多个年度"])?;
    }
    Ok(())
}

/// The files that gave no row.
fn missing(pen: &mut Pen<'_>, notes: &Notes) -> std::result::Result<(), XlsxError> {
    pen.heads(notes.missing.count, ["未计入的文件", "情形", "原因"])?;
    for one in &notes.missing.first {
        let what = if one.refused { "normalize 未写出" } else { "未能读取" };
        pen.note([&one.file, what, &one.reason.zh])?;
    }
    pen.more(notes.missing.more())
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
        for (col, width) in (0..).zip(WIDTHS) {
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

    /// Heads of a list of notes, below what stands there; none of an empty one.
    fn heads(&mut self, count: u64, heads: [&str; 3]) -> std::result::Result<(), XlsxError> {
        if count == 0 {
            return Ok(());
        }
        self.row += 1;
        for (col, head) in NOTES.into_iter().zip(heads) {
            self.sheet.write_string_with_format(self.row, col, head, &self.looks.head)?;
        }
        self.row += 1;
        Ok(())
    }

    fn note(&mut self, texts: [&str; 3]) -> std::result::Result<(), XlsxError> {
        let mut most = 1;
        for (col, text) in NOTES.into_iter().zip(texts) {
            most = most.max(lines(text, WIDTHS[usize::from(col)]));
            self.text(col, text)?;
        }
        if most > 1 {
            self.sheet.set_row_height(self.row, height(most.min(MOST_LINES)))?;
        }
        self.row += 1;
        Ok(())
    }

    /// How many a list leaves out.
    fn more(&mut self, count: u64) -> std::result::Result<(), XlsxError> {
        if count == 0 {
            return Ok(());
        }
        self.note([&format!("另有 {count} 个"), "", "见命令行的提示"])
    }

    fn text(&mut self, col: u16, text: &str) -> std::result::Result<(), XlsxError> {
        write_text(self.sheet, self.row, col, text, &self.looks.text)?;
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
