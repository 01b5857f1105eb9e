//! The sheet 合计核对: every total as a live formula over the form's cells, and a verdict for each identity.

use rust_decimal::Decimal;
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Formula, Worksheet, XlsxError};

use super::{Parts, cached, looks::amount_format, names, plain};
use crate::{
    form::Edition,
    grid::OWN_SHEET_MARK,
    model::{
        Return,
        entry::Entry,
        field_path::{BudgetField, TaskList},
        money::{Money, Unit},
        totals::{Sum, Total, total},
    },
    render::{
        drawing::{Part, UNKNOWN_TOTAL},
        face::face,
    },
};

/// The sheet's name; another one is taken when a form's sheet has it.
pub(super) const NAME: &str = "合计核对";
/// Height of a row, in points.
const ROW: f64 = 18.0;
const WIDTHS: [f64; 5] = [26.0, 46.0, 20.0, 20.0, 16.0];

/// One return's part of the sheet.
pub(super) struct Block<'a> {
    of: &'a Return,
    edition: &'a Edition,
    sheet: String,
    parts: Parts,
}

impl<'a> Block<'a> {
    pub(super) fn new(of: &'a Return, edition: &'a Edition, sheet: &str, parts: Parts) -> Self {
        // A sheet's name stands in quotes in a formula, a quote in it twice.
        Self { of, edition, sheet: format!("'{}'!", sheet.replace('\'', "''")), parts }
    }
}

struct Formats {
    title: Format,
    line: Format,
    head: Format,
    text: Format,
    amount: Format,
}

impl Formats {
    fn new() -> Self {
        let face = |name, size| face(name, size).set_align(FormatAlign::VerticalCenter);
        let boxed = |format: Format| format.set_border(FormatBorder::Thin);
        Self {
            title: face("黑体", 14.0),
            line: face("宋体", 9.0),
            head: boxed(face("黑体", 10.0)).set_align(FormatAlign::Center),
            text: boxed(face("宋体", 10.0))
                .set_align(FormatAlign::Left)
                .set_indent(1)
                .set_text_wrap(),
            amount: boxed(face("宋体", 10.0)).set_num_format(amount_format(0)).set_shrink(),
        }
    }
}

/// Writes the sheet. `taken` are the names of the sheets before it.
pub(super) fn write(
    sheet: &mut Worksheet,
    blocks: &[Block<'_>],
    taken: &[String],
) -> Result<(), XlsxError> {
    sheet.set_name(names::unique(NAME, taken))?;
    for (col, width) in (0..).zip(WIDTHS) {
        sheet.set_column_width(col, width)?;
    }
    sheet.set_paper_size(9);
    sheet.set_landscape();
    sheet.set_print_fit_to_pages(1, 0);
    let formats = Formats::new();
    sheet.write_string_with_format(0, 0, "合计核对", &formats.title)?;
    sheet.set_row_height(0, 24.0)?;
    sheet.write_string_with_format(1, 0, OWN_SHEET_MARK, &formats.line)?;
    let mut pen = Pen { sheet, formats, row: 3 };
    for block in blocks {
        pen.block(block, blocks.len() > 1)?;
    }
    for row in 1..pen.row {
        pen.sheet.set_row_height(row, ROW)?;
    }
    Ok(())
}

struct Pen<'a> {
    sheet: &'a mut Worksheet,
    formats: Formats,
    row: u32,
}

impl Pen<'_> {
    fn heads(&mut self, heads: [&str; 5]) -> Result<(), XlsxError> {
        for (col, head) in (0..).zip(heads) {
            self.sheet.write_string_with_format(self.row, col, head, &self.formats.head)?;
        }
        self.row += 1;
        Ok(())
    }

    fn text(&mut self, col: u16, text: &str) -> Result<(), XlsxError> {
        self.sheet.write_string_with_format(self.row, col, text, &self.formats.text)?;
        Ok(())
    }

    fn block(&mut self, block: &Block<'_>, named: bool) -> Result<(), XlsxError> {
        if named {
            let name = block.of.department.as_deref().unwrap_or("（未填部门名称）");
            let name: String = name.chars().take(200).collect();
            self.sheet.write_string_with_format(self.row, 0, &name, &self.formats.line)?;
            self.row += 1;
        }
        let totals = self.totals(block)?;
        self.identities(block, &totals)?;
        self.row += 1;
        Ok(())
    }

    /// The totals, each in the unit it is printed in; returns the cell of each.
    fn totals(&mut self, block: &Block<'_>) -> Result<Vec<(Total, u32)>, XlsxError> {
        self.heads(["合计项目", "计算式", "合计数", "单位", "说明"])?;
        let mut written = Vec::new();
        for of in TOTALS {
            let sum = total(block.of, of);
            // Where there is one list, its total is that of all tasks.
            let again = of == Total::Tasks && !block.of.prints.other_tasks;
            if sum == Sum::Absent || again {
                continue;
            }
            let unit = unit_of(block.of, of);
            let (name, how) = words(of);
            self.text(0, &name_of(of, block.edition).unwrap_or_else(|| name.to_owned()))?;
            self.text(1, how)?;
            self.text(3, unit.name())?;
            self.text(4, "")?;
            match sum {
                Sum::Known(money) => {
                    let formula = format!("={}", block.parts.formula(of, &block.sheet));
                    let formula = Formula::new(formula).set_result(cached(money, unit));
                    self.sheet.write_formula_with_format(
                        self.row,
                        2,
                        formula,
                        &self.formats.amount,
                    )?;
                }
                _ => self.text(2, UNKNOWN_TOTAL)?,
            }
            written.push((of, self.row));
            self.row += 1;
        }
        Ok(written)
    }

    fn identities(&mut self, block: &Block<'_>, totals: &[(Total, u32)]) -> Result<(), XlsxError> {
        let row_of =
            |wanted: Total| totals.iter().find(|(total, _)| *total == wanted).map(|(_, row)| *row);
        let identities = &block.edition.identities;
        let split = (row_of(Total::TasksFiscalAppropriation), row_of(Total::TasksOtherFunds));
        if totals.iter().all(|(total, _)| total.parts().is_empty()) && split.0.is_none() {
            return Ok(());
        }
        self.heads(["核对关系", "内容", "差额", "单位", "结论"])?;
        for (one, other) in &identities.equal {
            let (Some(first), Some(second)) = (row_of(*one), row_of(*other)) else { continue };
            let unit = unit_of(block.of, *one);
            let sums = (total(block.of, *one).known(), total(block.of, *other).known());
            let content = format!("{} ＝ {}", words(*one).0, words(*other).0);
            self.verdict(
                &content,
                (format!("C{}", first + 1), format!("C{}", second + 1)),
                sums,
                unit,
                Demand::Equal,
            )?;
        }
        let all = if block.of.prints.other_tasks { Total::Tasks } else { Total::KeyTasks };
        if let (Some(whole), (Some(fiscal), Some(other))) = (row_of(all), split) {
            let known = |of| total(block.of, of).known();
            let parts = [Total::TasksFiscalAppropriation, Total::TasksOtherFunds].map(known);
            let parts = match parts {
                [Some(fiscal), Some(other)] => fiscal.checked_add(other),
                _ => None,
            };
            let cells = (format!("C{}", whole + 1), format!("(C{}+C{})", fiscal + 1, other + 1));
            self.verdict(
                "任务资金 ＝ 财政拨款 ＋ 其他资金",
                cells,
                (known(all), parts),
                unit_of(block.of, all),
                Demand::Equal,
            )?;
        }
        if identities.development_within_project
            && let Some(development) = row_of(Total::Development)
        {
            let project = Part::Budget(BudgetField::ProjectExpenditure);
            let cell =
                block.parts.cells(project).next().map(|cell| format!("{}{cell}", block.sheet));
            let project = match &block.of.budget.project_expenditure {
                Entry::Known(money) => Some(*money),
                Entry::Blank => Some(Money::ZERO),
                Entry::Unreadable(_) => None,
            };
            let sums = (total(block.of, Total::Development).known(), project);
            if let Some(cell) = cell {
                let unit = unit_of(block.of, Total::Development);
                let cells = (format!("C{}", development + 1), cell);
                self.verdict("事业发展性支出 ≤ 项目支出", cells, sums, unit, Demand::AtMost)?;
            }
        }
        Ok(())
    }

    fn verdict(
        &mut self,
        content: &str,
        cells: (String, String),
        sums: (Option<Money>, Option<Money>),
        unit: Unit,
        demand: Demand,
    ) -> Result<(), XlsxError> {
        self.text(0, if demand == Demand::Equal { "应相等" } else { "应不超过" })?;
        self.text(1, content)?;
        self.text(3, unit.name())?;
        let difference = match sums {
            (Some(one), Some(other)) => one.checked_sub(other),
            _ => None,
        };
        if let Some(difference) = difference {
            let rounded = difference
                .in_unit(unit)
                .round_dp_with_strategy(6, rust_decimal::RoundingStrategy::MidpointAwayFromZero);
            let formula = Formula::new(format!("=ROUND({}-{},6)", cells.0, cells.1))
                .set_result(plain(rounded));
            self.sheet.write_formula_with_format(self.row, 2, formula, &self.formats.amount)?;
            let (sign, holds) = match demand {
                Demand::Equal => ("=", rounded == Decimal::ZERO),
                Demand::AtMost => ("<=", rounded <= Decimal::ZERO),
            };
            let verdict = if holds { "一致" } else { "不一致" };
            let row = self.row + 1;
            let formula =
                Formula::new(format!("=IF(C{row}{sign}0,\"一致\",\"不一致\")")).set_result(verdict);
            self.sheet.write_formula_with_format(self.row, 4, formula, &self.formats.text)?;
        } else {
            self.text(2, UNKNOWN_TOTAL)?;
            self.text(4, "无法核对")?;
        }
        self.row += 1;
        Ok(())
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Demand {
    Equal,
    AtMost,
}

const TOTALS: [Total; 9] = [
    Total::Expenditure,
    Total::Income,
    Total::Development,
    Total::ByLevel,
    Total::KeyTasks,
    Total::OtherTasks,
    Total::Tasks,
    Total::TasksFiscalAppropriation,
    Total::TasksOtherFunds,
];

fn unit_of(of: &Return, total: Total) -> Unit {
    match total.parts() {
        [] => of.units.tasks.unwrap_or(Unit::Yuan),
        _ => of.units.budget.unwrap_or(Unit::TenThousand),
    }
}

/// The name of a list's total in the words of the edition.
fn name_of(total: Total, edition: &Edition) -> Option<String> {
    let list = match total {
        Total::KeyTasks => TaskList::Key,
        Total::OtherTasks => TaskList::Other,
        _ => return None,
    };
    Some(format!("{}资金", edition.list_name(list)?))
}

/// The form's name of a total, and how it adds up.
fn words(total: Total) -> (&'static str, &'static str) {
    match total {
        Total::Expenditure => ("部门预算支出", "基本支出＋项目支出"),
        Total::Income => ("收入来源", "财政拨款＋其他资金"),
        Total::Development => ("事业发展性支出", "财政专项资金＋其他事业发展性支出"),
        Total::ByLevel => ("按预算级次划分", "本级使用资金＋拟用于对下转移支付资金"),
        Total::KeyTasks => ("年度重点工作任务资金", "各项重点工作任务拟投入的资金之和"),
        Total::OtherTasks => ("其他需完成的任务资金", "各项其他任务拟投入的资金之和"),
        Total::Tasks => ("全部任务资金", "重点工作任务资金＋其他任务资金"),
        Total::TasksFiscalAppropriation => ("全部任务财政拨款", "各项任务财政拨款之和"),
        Total::TasksOtherFunds => ("全部任务其他资金", "各项任务其他资金之和"),
    }
}
