//! Which of several amounts beside a label counts: what their heads say about whose amounts stand below them.

use super::{
    edition::Role,
    furniture, label,
    locate::Search,
    located::{Join, LocatedField, LocatedTotal},
    sheet::Sheet,
};
use crate::{
    grid::Value,
    model::{money::Unit, simplified::simplified, totals::Total, year},
};

/// What a head says of the amounts below it, the less fitting first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Says {
    /// They are of another year, or no plan's: 上年预算数, 执行数.
    Another,
    /// Nothing.
    Nothing,
    /// It is about money.
    Money,
    /// They are the plan's: the wording of the edition, or the year of the return.
    Planned,
}

/// What the head of a column says; `printed` tells whether it is a wording of the edition, `plan` is the return's year.
pub(super) fn says(text: &str, printed: bool, plan: Option<i32>) -> Says {
    const ANOTHER: [&str; 14] = [
        "上年",
        "去年",
        "上一年",
        "前年",
        "上期",
        "执行数",
        "决算",
        "完成数",
        "实际数",
        "实际支出",
        "已支付",
        "同比",
        "增减",
        "占比",
    ];
    const PLANNED: [&str; 3] = ["本年", "当年", "今年"];
    const MONEY: [&str; 4] = ["预算", "金额", "资金", "元)"];
    /// Where the words of others begin, in either script.
    const OTHERS: [char; 14] =
        ['上', '去', '前', '执', '執', '决', '決', '完', '实', '實', '已', '同', '增', '占'];
    // Cheap before exact: the printed wording alone. A year has digits, or characters that stand for some.
    let plain = |c: char| !(OTHERS.contains(&c) || c.is_numeric() || c == '二' || c == '佔');
    if printed && text.chars().all(plain) {
        return Says::Planned;
    }
    let folded: String = label::folded(text).chars().map(simplified).collect();
    // Money carried over from last year is the plan's.
    let folded = folded.replace("上年结转", "");
    let has = |words: &[&str]| words.iter().any(|word| folded.contains(word));
    if has(&ANOTHER) {
        return Says::Another;
    }
    match (year::in_name(&folded), plan) {
        (Some(stated), Some(plan)) if stated == plan => Says::Planned,
        (Some(_), Some(_)) => Says::Another,
        (None, _) if printed || has(&PLANNED) => Says::Planned,
        // Of a year that nothing else states, it is the only one or another head contradicts it.
        (_, _) if has(&MONEY) => Says::Money,
        _ => Says::Nothing,
    }
}

/// The one of several heads that fits best; none where two fit alike, or none fits.
pub(super) fn fittest(heads: impl Iterator<Item = (usize, Says)> + Clone) -> Option<usize> {
    let best = heads.clone().map(|(_, says)| says).max()?;
    let mut fitting = heads.filter(|(_, says)| *says == best && best >= Says::Money);
    let (first, _) = fitting.next()?;
    fitting.next().is_none().then_some(first)
}

/// Whether a cell holds a number, be it typed as text or not calculated.
pub(super) fn is_amount(sheet: &Sheet<'_>, index: usize) -> bool {
    let Value::Text(_) = sheet.cell(index).value else { return true };
    let Some(text) = sheet.text(index).filter(|text| text.len() <= 60) else { return false };
    let folded = label::folded(text);
    folded.chars().any(|c| c.is_ascii_digit())
        && folded.chars().all(|c| !c.is_alphabetic() || "人民币千万亿元圆整".contains(c))
}

/// What was chosen for an amount.
pub(super) struct Choice {
    /// Its cell.
    pub(super) value: Option<usize>,
    /// A cell that may be meant instead.
    pub(super) doubt: Option<usize>,
}

/// The label of a total, and what stands behind it.
pub(super) struct LabelledTotal {
    pub(super) total: Total,
    pub(super) unit: Option<Unit>,
    pub(super) label: u32,
    pub(super) cells: Vec<usize>,
}

impl Search<'_, '_> {
    /// Notes the heads of amounts in a row that names groups: each short text that is no label of an amount.
    pub(super) fn note_amount_heads(&mut self, heads: &[usize]) {
        if heads.is_empty() {
            return;
        }
        // A foreign column keeps its head where the next group prints none over it.
        let cols: Vec<u32> = heads.iter().map(|index| self.sheet.cell(*index).at.col).collect();
        self.amount_heads.retain(|(col, says)| *says == Says::Another && !cols.contains(col));
        for index in heads {
            let says = self.amount_head_says(*index);
            self.amount_heads.push((self.sheet.cell(*index).at.col, says));
        }
    }

    /// What a cell says as a head of amounts.
    pub(super) fn amount_head_says(&self, index: usize) -> Says {
        let printed = self.is_amount_head(index);
        self.sheet.text(index).map_or(Says::Nothing, |text| says(text, printed, self.plan))
    }

    /// The cell that holds the amount of a label, among those between it and the next label.
    pub(super) fn chosen(&self, label: u32, next: u32, cells: &[usize]) -> Choice {
        let heads = self.amount_heads.iter().enumerate();
        let heads = heads.filter(|(_, (col, _))| label < *col && *col < next);
        let over = |index: usize| {
            let col = self.sheet.cell(index).at.col;
            let left = heads.clone().filter(|(_, (head, _))| *head <= col);
            left.max_by_key(|(_, (head, _))| *head).map(|(at, (_, says))| (at, *says))
        };
        let another = |index: &usize| over(*index).is_some_and(|(_, says)| says == Says::Another);
        let mut open: Vec<usize> = cells.to_vec();
        if let Some(fittest) = fittest(heads.clone().map(|(at, (_, says))| (at, *says))) {
            let below = |index: &usize| over(*index).is_some_and(|(at, _)| at == fittest);
            if cells.iter().any(below) {
                open.retain(below);
            } else if cells.iter().all(another) {
                // The plan's cell is blank.
                return Choice { value: None, doubt: None };
            }
        }
        let planned: Vec<usize> = open.iter().copied().filter(|index| !another(index)).collect();
        let value = planned.first().or(open.first()).copied();
        let amounts = planned.iter().filter(|index| is_amount(self.sheet, **index));
        let doubt = match value {
            Some(value) if planned.is_empty() => Some(value),
            Some(value) if is_amount(self.sheet, value) => amounts.copied().nth(1),
            _ => None,
        };
        Choice { value, doubt }
    }

    /// Keeps of the cells behind the label of an amount the one that counts.
    pub(super) fn choose_value(
        &mut self,
        field: &mut LocatedField,
        next: u32,
        loose: &mut Vec<usize>,
    ) {
        let cells: Vec<usize> = field.value.drain(..).map(|(index, _)| index).collect();
        if field.inline.is_some() {
            let (amounts, rest): (Vec<usize>, Vec<usize>) =
                cells.into_iter().partition(|index| is_amount(self.sheet, *index));
            self.found.doubts.extend(amounts);
            loose.extend(rest);
            return;
        }
        let choice = self.chosen(field.label.col, next, &cells);
        field.value.extend(choice.value.map(|index| (index, Join::Line)));
        self.found.doubts.extend(choice.doubt);
        let kept = [choice.value, choice.doubt];
        let others = cells.into_iter().filter(|index| !kept.contains(&Some(*index)));
        self.pass_over(others, loose);
    }

    pub(super) fn take_total(&mut self, of: &LabelledTotal, next: u32, loose: &mut Vec<usize>) {
        let choice = self.chosen(of.label, next, &of.cells);
        if let Some(cell) = choice.value {
            let unit = of.unit.or_else(|| self.unit_above(self.sheet.cell(cell).at.col));
            self.found.declared.push(LocatedTotal { total: of.total, cell, unit });
        }
        let others = of.cells.iter().copied().filter(|index| choice.value != Some(*index));
        self.pass_over(others, loose);
    }

    fn pass_over(&mut self, others: impl Iterator<Item = usize>, loose: &mut Vec<usize>) {
        let first = loose.len();
        loose.extend(others);
        self.found.passed_over.extend_from_slice(&loose[first..]);
    }

    /// Whether a cell is a printed head of a column of amounts.
    pub(super) fn is_amount_head(&self, index: usize) -> bool {
        self.named.is(index, Role::AmountHead)
    }

    /// Whether a cell names a group of amounts or heads a column of them.
    pub(super) fn heads_amounts(&self, index: usize) -> bool {
        let roles = self.named.roles(index);
        roles.iter().any(|role| matches!(role, Role::Group(_) | Role::AmountHead))
    }

    /// Whether a cell among heads of amounts can be another one: a short text that is no amount.
    pub(super) fn is_head_text(&self, index: usize) -> bool {
        let label = self.sheet.label(index);
        label.is_some_and(|label| label.key.chars().count() <= 16)
            && self.sheet.text(index).is_some_and(|text| !furniture::is_note(text))
            && !is_amount(self.sheet, index)
            && !self.is_piece_of_label(index)
    }

    /// Heads of amounts that the edition does not print: those of the plan tell their unit, the others are foreign.
    pub(super) fn place_heads(&mut self, heads: &[usize], loose: &mut Vec<usize>) {
        for index in heads {
            if self.is_amount_head(*index) {
                continue;
            }
            if self.amount_head_says(*index) < Says::Money {
                loose.push(*index);
                continue;
            }
            self.found.unknown_heads.push(*index);
            self.found.labels.push(*index);
            let unit = self.sheet.label(*index).and_then(|label| label.unit);
            self.unit_over(self.sheet.cell(*index).at.col, unit);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_say_whose_amounts_stand_below() {
        for (text, printed, want) in [
            ("预算金额（万元）", true, Says::Planned),
            ("预算金额（上年）", true, Says::Another),
            ("预算金额（含上年结转）", true, Says::Planned),
            ("2024年", false, Says::Planned),
            ("2023年预算数", false, Says::Another),
            ("上年執行數", false, Says::Another),
            ("本年预算数", false, Says::Planned),
            ("预算数", false, Says::Money),
            ("备注", false, Says::Nothing),
        ] {
            assert_eq!(says(text, printed, Some(2024)), want, "{text}");
        }
        assert_eq!(says("2024年", false, None), Says::Nothing);
        assert_eq!(says("2024年预算（元）", false, None), Says::Money);
    }
}
