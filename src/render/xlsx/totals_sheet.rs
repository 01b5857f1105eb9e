//! The sheet 合计核对: every total as a live formula over the form's cells, and a verdict for each identity.

use std::borrow::Cow;

use rust_decimal::Decimal;
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder};

use super::{
    form_sheet::{Parts, cached, plain},
    looks::Style,
    names,
    sheet::{Cell, Page, Place, Sheet, Value},
};
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
/// Heights of the first row and of the others, in points.
const ROWS: (f64, f64) = (24.0, 18.0);
const WIDTHS: &[f64] = &[26.0, 46.0, 20.0, 20.0, 16.0];

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

/// How a cell looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Look {
    Title,
    Line,
    Head,
    Text,
    Amount,
}

impl Look {
    pub(super) fn format(self) -> Format {
        let face = |name, size| face(name, size).set_align(FormatAlign::VerticalCenter);
        let boxed = |format: Format| format.set_border(FormatBorder::Thin);
        match self {
            Self::Title => face("黑体", 14.0),
            Self::Line => face("宋体", 9.0),
            Self::Head => boxed(face("黑体", 10.0)).set_align(FormatAlign::Center),
            Self::Text => {
                boxed(face("宋体", 10.0)).set_align(FormatAlign::Left).set_indent(1).set_text_wrap()
            }
            Self::Amount => boxed(face("宋体", 10.0)).set_num_format("#,##0.00####").set_shrink(),
        }
    }
}

/// The sheet for forms on other ones. `taken` are the names of the sheets before it.
pub(super) fn sheet<'a>(blocks: &[Block<'a>], taken: &[String]) -> Sheet<'a> {
    let mut pen = Pen { cells: Vec::with_capacity(blocks.len() * 96), row: 3 };
    pen.put(0, 0, Look::Title, Value::Text(NAME.into()));
    pen.put(1, 0, Look::Line, Value::Text(OWN_SHEET_MARK.into()));
    for block in blocks {
        pen.block(block, blocks.len() > 1);
    }
    pen.cells.sort_by_key(|cell| (cell.place.first_row, cell.place.first_col));
    let (first, others) = ROWS;
    let heights = std::iter::once(first).chain((1..pen.row).map(|_| others)).collect();
    Sheet {
        name: names::unique(NAME, taken),
        widths: WIDTHS,
        heights,
        cells: pen.cells,
        page: Page::Totals,
        rules: Vec::new(),
    }
}

struct Pen<'a> {
    cells: Vec<Cell<'a>>,
    row: u32,
}

impl<'a> Pen<'a> {
    fn put(&mut self, row: u32, col: u16, look: Look, value: Value<'a>) {
        let (place, style) = (Place::single(row, col), Style::Totals(look));
        self.cells.push(Cell { place, style, value });
    }

    fn heads(&mut self, heads: [&'static str; 5]) {
        for (col, head) in (0..).zip(heads) {
            self.put(self.row, col, Look::Head, Value::Text(head.into()));
        }
        self.row += 1;
    }

    fn text(&mut self, col: u16, text: impl Into<Cow<'a, str>>) {
        self.put(self.row, col, Look::Text, Value::Text(text.into()));
    }

    fn formula(&mut self, col: u16, look: Look, formula: String, result: String) {
        self.put(self.row, col, look, Value::Formula(formula, result));
    }

    fn block(&mut self, block: &Block<'a>, named: bool) {
        if named {
            let name = block.of.department.as_deref().unwrap_or("（未填部门名称）");
            let name: String = name.chars().take(200).collect();
            self.put(self.row, 0, Look::Line, Value::Text(name.into()));
            self.row += 1;
        }
        let totals = self.totals(block);
        self.identities(block, &totals);
        self.row += 1;
    }

    /// The totals, each in the unit it is printed in; returns the cell of each.
    fn totals(&mut self, block: &Block<'a>) -> Vec<(Total, u32)> {
        self.heads(["合计项目", "计算式", "合计数", "单位", "说明"]);
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
            self.text(0, name_of(of, block.edition).map_or(Cow::Borrowed(name), Cow::Owned));
            self.text(1, how);
            self.text(3, unit.name());
            self.text(4, "");
            match sum {
                Sum::Known(money) => {
                    let formula = block.parts.formula(of, &block.sheet);
                    self.formula(2, Look::Amount, formula, cached(money, unit));
                }
                _ => self.text(2, UNKNOWN_TOTAL),
            }
            written.push((of, self.row));
            self.row += 1;
        }
        written
    }

    fn identities(&mut self, block: &Block<'a>, totals: &[(Total, u32)]) {
        let row_of =
            |wanted: Total| totals.iter().find(|(total, _)| *total == wanted).map(|(_, row)| *row);
        let identities = &block.edition.identities;
        let split = (row_of(Total::TasksFiscalAppropriation), row_of(Total::TasksOtherFunds));
        if totals.iter().all(|(total, _)| total.parts().is_empty()) && split.0.is_none() {
            return;
        }
        self.heads(["核对关系", "内容", "差额", "单位", "结论"]);
        for (one, other) in &identities.equal {
            let (Some(first), Some(second)) = (row_of(*one), row_of(*other)) else { continue };
            let unit = unit_of(block.of, *one);
            let sums = (total(block.of, *one).known(), total(block.of, *other).known());
            let content = format!("{} ＝ {}", words(*one).0, words(*other).0);
            self.verdict(
                content,
                (format!("C{}", first + 1), format!("C{}", second + 1)),
                sums,
                unit,
                Demand::Equal,
            );
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
                "任务资金 ＝ 财政拨款 ＋ 其他资金".to_owned(),
                cells,
                (known(all), parts),
                unit_of(block.of, all),
                Demand::Equal,
            );
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
                self.verdict(
                    "事业发展性支出 ≤ 项目支出".to_owned(),
                    cells,
                    sums,
                    unit,
                    Demand::AtMost,
                );
            }
        }
    }

    fn verdict(
        &mut self,
        content: String,
        cells: (String, String),
        sums: (Option<Money>, Option<Money>),
        unit: Unit,
        demand: Demand,
    ) {
        self.text(0, if demand == Demand::Equal { "应相等" } else { "应不超过" });
        self.text(1, content);
        self.text(3, unit.name());
        let difference = match sums {
            (Some(one), Some(other)) => one.checked_sub(other),
            _ => None,
        };
        if let Some(difference) = difference {
            let rounded = difference
                .in_unit(unit)
                .round_dp_with_strategy(6, rust_decimal::RoundingStrategy::MidpointAwayFromZero);
            let formula = format!("ROUND({}-{},6)", cells.0, cells.1);
            self.formula(2, Look::Amount, formula, plain(rounded));
            let (sign, holds) = match demand {
                Demand::Equal => ("=", rounded == Decimal::ZERO),
                Demand::AtMost => ("<=", rounded <= Decimal::ZERO),
            };
            let verdict = if holds { "一致" } else { "不一致" };
            let row = self.row + 1;
            let formula = format!("IF(C{row}{sign}0,\"一致\",\"不一致\")");
            self.formula(4, Look::Text, formula, verdict.to_owned());
        } else {
            self.text(2, UNKNOWN_TOTAL);
            self.text(4, "无法核对");
        }
        self.row += 1;
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
