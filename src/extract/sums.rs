//! Rows of totals among the tasks: 合计, the subtotals of groups, sums and parts of amounts that nobody marked.

use super::{
    account::Place,
    amount::{Amount, read_amount},
    context::Context,
    layout,
};
use crate::{
    diagnostic::Severity,
    form::{
        edition::Table,
        label::Label,
        located::{LocatedRow, LocatedTable},
    },
    grid::Value,
    model::{
        Task,
        canonical::{is_crossed_out, is_task_placeholder},
        entry::Entry,
        field_path::{Column, FieldPath, TaskList},
        money::{Money, Unit},
        target,
    },
};

/// A list of tasks as it is printed.
#[derive(Clone, Copy)]
pub(super) struct Lines<'a> {
    pub(super) list: TaskList,
    pub(super) spec: &'a Table,
    pub(super) table: &'a LocatedTable,
    /// The unit of the columns that state none.
    pub(super) unit: Unit,
    /// Whether any of its rows has an amount.
    pub(super) paid: bool,
    /// What the key tasks come to, for the list below theirs.
    pub(super) above: Option<Money>,
}

/// The cells of a row that stand in no column of amounts.
pub(super) fn words(spec: &Table, row: &LocatedRow) -> Vec<usize> {
    let slots = row.slots.iter().zip(&spec.columns);
    let words = slots.filter(|(_, column)| !column.column.is_amount());
    let before = row.before.into_iter().chain(row.between);
    before.chain(words.filter_map(|(slot, _)| *slot)).collect()
}

/// Every cell of a row.
pub(super) fn cells(row: &LocatedRow) -> Vec<usize> {
    let before = row.before.into_iter().chain(row.between);
    before.chain(row.slots.iter().copied().flatten()).collect()
}

/// What tasks come to in a column; none where an amount can't be read.
pub(super) fn sum(tasks: &[Task], column: Column) -> Option<Money> {
    tasks.iter().try_fold(Money::ZERO, |sum, task| {
        let amount = match column {
            Column::FiscalAppropriation => task.split.as_ref().map(|it| &it.fiscal_appropriation),
            Column::OtherFunds => task.split.as_ref().map(|it| &it.other_funds),
            _ => Some(&task.funding),
        };
        match amount {
            Some(Entry::Known(amount)) => sum.checked_add(*amount),
            Some(Entry::Blank) | None => Some(sum),
            Some(Entry::Unreadable(_)) => None,
        }
    })
}

/// Whether a text beside a total only says of which tasks it is: 共5项, 不含其他任务.
fn counts_tasks(text: &str) -> bool {
    const REMARKS: [&str; 7] = ["共", "含", "不含", "仅", "以上", "上述", "全部"];
    text.chars().count() <= 16 && REMARKS.iter().any(|word| text.starts_with(word))
}

impl Context<'_, '_> {
    /// The only cell of a row that is merged over the columns of the whole table: the heading of a group, no name of a task.
    pub(super) fn heading(&self, table: &LocatedTable, row: &LocatedRow) -> Option<usize> {
        const LONGEST: usize = 40;
        let &[only] = cells(row).as_slice() else { return None };
        let starts = || table.starts.iter().copied().flatten();
        let (first, last) = (starts().min()?, starts().max()?);
        let span = self.sheet.cell(only).span;
        let text = self.plain(only);
        let over = span.start.col <= first && first < last && last <= span.end.col;
        let blank = is_crossed_out(&text) || is_task_placeholder(&text);
        let says = text.chars().count() <= LONGEST && !blank;
        (over && says).then_some(only)
    }

    pub(super) fn set_heading_aside(&mut self, index: usize) {
        let quoted = self.quoted(index);
        let message = message!(
            "{quoted} is merged over the whole table; taken for the heading of the tasks below it, not kept",
            "{quoted} 跨整张表合并，按其下任务的分类标题处理，未保留"
        );
        self.set_aside(&layout::UNPLACED, index, message);
    }

    /// Whether a row states totals: 合计 as its name, and no text beside it.
    pub(super) fn is_total_row(&self, spec: &Table, row: &LocatedRow) -> bool {
        let is_total = |index: usize| self.names_total(index) || self.inline_total(index).is_some();
        let words = words(spec, row);
        let Some(named) = words.iter().find(|index| is_total(**index)) else { return false };
        words.iter().all(|index| {
            let text = self.plain(*index);
            index == named || is_total(*index) || text.chars().count() < 2 || target::is_nil(&text)
        })
    }

    /// Whether a row says what the tasks of a page come to, for the next page: it is no task, and says nothing of the whole.
    pub(super) fn is_carried_over(&self, spec: &Table, row: &LocatedRow) -> bool {
        let words = words(spec, row);
        let [only] = words.as_slice() else { return false };
        let key = self.sheet.label(*only).map(|label| label.key.as_str());
        matches!(key, Some("过次页" | "承前页" | "转次页" | "承上页" | "转下页"))
    }

    /// Whether a row is named as a total although something else stands there: remarks, 合计 | 共5项, or the amount is what
    /// the tasks above come to.
    pub(super) fn is_remarked_total(
        &mut self,
        lines: Lines<'_>,
        row: &LocatedRow,
        tasks: &[Task],
        group: usize,
    ) -> bool {
        let words = words(lines.spec, row);
        let Some((first, others)) = words.split_first() else { return false };
        let named = self.names_total(*first);
        let counted = || {
            let text = self.plain(*first);
            counts_tasks(&text) && text.ends_with('项')
        };
        if !named && !counted() {
            return false;
        }
        let Some(stated) = self.funding_of(lines, row) else {
            return named && self.is_slipped_total(lines, row, *first, others);
        };
        let is_remark = |index: &usize| counts_tasks(&self.plain(*index));
        let is_sum = stated != Money::ZERO
            && [0, group].iter().any(|from| sum(&tasks[*from..], Column::Funding) == Some(stated));
        if is_sum || named && others.iter().all(is_remark) {
            return true;
        }
        // With content and outcome of its own it is a task, whatever its name.
        if named && stated != Money::ZERO && others.len() < 2 {
            let (quoted, cell) = (self.quoted(*first), self.at(*first));
            let message = message!(
                "{quoted} names a total, but its amount is not the sum of the tasks above and a text stands beside it; read as a task",
                "{quoted} 像是合计，但金额不等于以上各项之和，且同行另有文字，按一项任务读取"
            );
            let finding = layout::LONE_AMOUNT.at(FieldPath::Tasks(lines.list), message);
            self.diagnostics.push(finding.as_severity(Severity::Error).in_cell(cell));
        }
        false
    }

    /// Whether the amount of a total stands in a column of texts; an error then, since nothing compares it.
    fn is_slipped_total(
        &mut self,
        lines: Lines<'_>,
        row: &LocatedRow,
        named: usize,
        others: &[usize],
    ) -> bool {
        let amounts = lines.spec.columns.iter().zip(&row.slots);
        let mut amounts = amounts.filter(|(column, _)| column.column.is_amount());
        let Some(amount) = others.iter().copied().find(|index| self.is_amount_alone(*index)) else {
            return false;
        };
        if amounts.any(|(_, slot)| slot.is_some()) {
            return false;
        }
        let (total, quoted, cell) = (self.quoted(named), self.quoted(amount), self.at(amount));
        let message = message!(
            "{quoted} beside {total} stands in no column of amounts; not compared with the sum of the tasks",
            "{total} 行的 {quoted} 不在金额栏内，未与各项之和核对"
        );
        let finding = layout::LONE_AMOUNT.at(FieldPath::Tasks(lines.list), message);
        self.diagnostics.push(finding.as_severity(Severity::Error).in_cell(cell));
        true
    }

    /// Keeps account of what stands beside a total: counts of the tasks as tidied, other remarks as set aside.
    pub(super) fn set_remarks_aside(&mut self, lines: Lines<'_>, row: &LocatedRow) {
        for index in words(lines.spec, row) {
            let text = self.plain(index);
            let said = self.names_total(index) || self.inline_total(index).is_some();
            if said || text.chars().count() < 2 || target::is_nil(&text) {
                continue;
            }
            let quoted = self.quoted(index);
            let message =
                message!("{quoted} stands beside a total; not kept", "{quoted} 在合计行内，未保留");
            self.set_aside(&layout::UNPLACED, index, message);
            if counts_tasks(&text)
                && let Some(finding) = self.diagnostics.last_mut()
            {
                finding.severity = Severity::Info;
            }
        }
    }

    /// Whether a cell is the label of a total, be it with a count behind it: 合计：5项.
    fn names_total(&self, index: usize) -> bool {
        let named = |label: &Label| self.edition.names_total(&label.key);
        let counts = |value: &str| value.chars().count() <= 8;
        self.sheet.label(index).is_some_and(named)
            || self.sheet.inline(index).is_some_and(|(label, value)| named(label) && counts(value))
    }

    /// The amount behind the label of a total in its own cell: 资金合计：10634200元.
    pub(super) fn inline_total(&self, index: usize) -> Option<&str> {
        let (label, value) = self.sheet.inline(index)?;
        let amount = matches!(read_amount(value), Amount::Known { .. });
        (amount && self.edition.names_total(&label.key)).then_some(value)
    }

    /// Whether a row of totals is the subtotal of the tasks behind the last one, and more stands on the list: then it says
    /// nothing of the whole.
    pub(super) fn closes_group(
        &mut self,
        lines: Lines<'_>,
        row: &LocatedRow,
        tasks: &[Task],
        group: usize,
        rest: &[LocatedRow],
    ) -> bool {
        let goes_on = rest.iter().any(|row| !self.is_total_row(lines.spec, row));
        // Behind the last group 合计 stands for the whole, but 小计 for the group.
        let of_group =
            words(lines.spec, row).into_iter().any(|index| self.plain(index).contains("小计"));
        // A 合计 in the middle is of a group only where another one closes the list; else it was not brought up to date.
        let closed = || rest.iter().any(|row| self.is_total_row(lines.spec, row));
        let last = group == 0 && !goes_on;
        if tasks.len() == group || last || !(of_group || goes_on && closed()) {
            return false;
        }
        let closes = self.funding_of(lines, row).is_some()
            && lines.spec.columns.iter().enumerate().all(|(at, column)| {
                let Some(index) = row.slots[at].filter(|_| column.column.is_amount()) else {
                    return true;
                };
                let unit = self.unit_of_total(lines, row, at);
                let stated = self.amount_quietly(&self.value(index).clone(), lines.list, unit);
                stated.is_some() && stated == sum(&tasks[group..], column.column)
            });
        if closes {
            self.place_as_label(row);
        }
        closes
    }

    /// Books a row of sums that say nothing of the whole.
    pub(super) fn place_as_label(&mut self, row: &LocatedRow) {
        for index in cells(row) {
            self.places[index].get_or_insert(Place::Label);
        }
    }

    /// Whether a row holds nothing but an amount that is the sum of all tasks above it: a 合计 without its label.
    pub(super) fn is_nameless_sum(
        &mut self,
        lines: Lines<'_>,
        row: &LocatedRow,
        tasks: &[Task],
    ) -> bool {
        if !words(lines.spec, row).is_empty() {
            return false;
        }
        let Some(index) = row.slots.iter().copied().flatten().next() else { return false };
        // The rest of the task above, or a blank line of the form, 0 or -.
        let goes_on = row.after_break && tasks.last().is_some_and(|last| !last.has_money());
        let nil = target::is_nil(&self.plain(index))
            || self.funding_of(lines, row).is_some_and(|amount| amount == Money::ZERO);
        if goes_on || nil {
            return false;
        }
        let (quoted, cell) = (self.quoted(index), self.at(index));
        let whole =
            sum(tasks, Column::Funding).filter(|sum| tasks.len() > 1 && *sum != Money::ZERO);
        let is_sum = whole.is_some() && self.funding_of(lines, row) == whole;
        let finding = if is_sum {
            let message = message!(
                "{quoted} stands beside no task and is the sum of those above; taken for their total",
                "{quoted} 所在行没有任务名称，且等于以上各项之和，按合计处理"
            );
            layout::LONE_AMOUNT.at(FieldPath::Tasks(lines.list), message)
        } else {
            let message = message!(
                "{quoted} stands beside no task; read as that of a task without a name",
                "{quoted} 所在行没有任务名称，按一项无名称的任务读取"
            );
            let path = FieldPath::Tasks(lines.list);
            layout::LONE_AMOUNT.at(path, message).as_severity(Severity::Error)
        };
        self.diagnostics.push(finding.in_cell(cell));
        is_sum
    }

    /// The amount that a row states for the tasks, told by nothing else.
    pub(super) fn funding_of(&mut self, lines: Lines<'_>, row: &LocatedRow) -> Option<Money> {
        let at = lines.spec.position(Column::Funding)?;
        let inline = || cells(row).into_iter().find_map(|index| self.inline_total(index));
        let value = match row.slots[at] {
            Some(index) => self.value(index).clone(),
            None => Value::Text(inline()?.to_owned()),
        };
        let unit = self.unit_of_total(lines, row, at);
        self.amount_quietly(&value, lines.list, unit)
    }

    /// The amount that a value states, told by nothing else.
    fn amount_quietly(&mut self, value: &Value, list: TaskList, unit: Unit) -> Option<Money> {
        let known = self.diagnostics.len();
        let amount = self.amount_of(value, FieldPath::Tasks(list), unit);
        self.diagnostics.truncate(known);
        match amount {
            Entry::Known(amount) => Some(amount),
            _ => None,
        }
    }

    /// The unit of a total: its own label's, 合计（万元）, else its column's.
    pub(super) fn unit_of_total(&self, lines: Lines<'_>, row: &LocatedRow, at: usize) -> Unit {
        let named = words(lines.spec, row).into_iter().filter(|index| self.names_total(*index));
        let stated = named.into_iter().find_map(|index| self.sheet.label(index)?.unit);
        stated.or_else(|| lines.table.unit_at(at, row.row)).unwrap_or(lines.unit)
    }
}
