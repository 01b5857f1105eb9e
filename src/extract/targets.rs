//! Targets: their cells, the sign and the unit in columns of their own, and what a page break cut off.

use super::{
    account::Place,
    context::Context,
    layout,
    parted::figures_apart,
    value::{DATE_IN_TARGET, DOUBTFUL_TARGET, TIDIED},
};
use crate::{
    form::located::LocatedRow,
    grid::{Number, Value},
    model::{
        Indicator, Return,
        field_path::{Column, FieldPath},
        target::{self, Target, columns},
    },
};

/// The cells of a line that make its targets.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct TargetCells {
    pub(super) period: Option<usize>,
    pub(super) annual: Option<usize>,
    /// 计算符号
    pub(super) sign: Option<usize>,
    /// 计量单位
    pub(super) unit: Option<usize>,
}

/// Whether a target goes on behind a page break: it is missing, says nothing measured yet, or does so with the rest.
pub(super) fn goes_on(indicator: &Indicator, column: Column, rest: &str) -> bool {
    let target = match column {
        Column::PeriodTarget => &indicator.period_target,
        _ => &indicator.annual_target,
    };
    let Some(target) = target else { return true };
    let measured = |reading: &target::Reading| *reading != target::Reading::Qualitative;
    if !measured(&target.reading) {
        return true;
    }
    // A digit would make another number of the one above.
    let whole = format!("{}{rest}", target.text);
    let read = target::read(&whole, target::Context::default());
    !rest.starts_with(|c: char| c.is_numeric()) && read.is_some_and(|read| measured(&read.reading))
}

impl Context<'_, '_> {
    /// Whether a page break cut the line above in all its cells: no target above it says anything measured, and together
    /// with the rest, which is none by itself or begins within a comparison, it does: 大于或 | 等于60场.
    pub(super) fn is_cut_in_two(&self, cells: TargetCells, into: &Return) -> bool {
        let Some(above) = into.indicators.last() else { return false };
        let measured = |text: &str| {
            target::read(text, target::Context::default())
                .is_some_and(|target| target.reading != target::Reading::Qualitative)
        };
        let pairs = [(cells.period, &above.period_target), (cells.annual, &above.annual_target)];
        let mut cut = pairs.into_iter().filter_map(|(cell, target)| Some((cell?, target))).map(
            |(index, target)| {
                let rest = self.plain(index);
                target.as_ref().is_some_and(|target| {
                    let whole = format!("{}{rest}", target.text);
                    let within = target
                        .text
                        .ends_with(['或', '等', '大', '小', '低', '少', '高', '多', '超'])
                        && rest.starts_with(['或', '等', '于', '过']);
                    !measured(&target.text) && (within || !measured(&rest)) && measured(&whole)
                })
            },
        );
        cut.next().is_some_and(|first| first && cut.all(|cut| cut))
    }

    /// The targets of a line, for period and year, each with what stands in columns beside it.
    pub(super) fn targets(
        &mut self,
        cells: TargetCells,
        at: usize,
        level3: &str,
    ) -> [Option<Target>; 2] {
        let beside =
            |of: &Self, cell: Option<usize>| cell.map_or_else(String::new, |index| of.plain(index));
        let (sign, unit) = (beside(self, cells.sign), beside(self, cells.unit));
        let (mut says_sign, mut says_unit) = (false, false);
        let mut found = [None, None];
        let parts = [
            (cells.period, Column::PeriodTarget, ""),
            (cells.annual, Column::AnnualTarget, sign.as_str()),
        ];
        for ((cell, column, sign), found) in parts.into_iter().zip(&mut found) {
            let path = FieldPath::Indicator(at, column);
            let text = cell.and_then(|index| self.wording(index, path, level3)).unwrap_or_default();
            if !text.is_empty() && target::is_nil(&text) {
                *found = self.target_of_text(&text, path, level3);
                continue;
            }
            let whole = columns::compose(sign, &text, &unit);
            says_sign |= whole.sign && column == Column::AnnualTarget;
            says_unit |= whole.unit && !whole.text.is_empty();
            if whole.text.is_empty() {
                continue;
            }
            *found = self.target_of_text(&whole.text, path, level3);
        }
        let blank = found.iter().all(Option::is_none);
        for (cell, says) in [(cells.sign, says_sign), (cells.unit, says_unit)] {
            let Some(index) = cell else { continue };
            self.place_beside(index, says, blank, FieldPath::Indicator(at, Column::AnnualTarget));
        }
        found
    }

    /// Books a sign or a unit under its target; one that the target does not take is quoted.
    fn place_beside(&mut self, index: usize, says: bool, blank: bool, path: FieldPath) {
        let text = self.plain(index);
        if target::is_nil(&text) {
            self.places[index] = Some(Place::Label);
        } else if says {
            self.book(index, path);
        } else if blank {
            let message = message!(
                "`{text}` stands beside a blank target; not kept",
                "指标值为空，其旁的 `{text}` 未保留"
            );
            self.set_aside(&layout::UNPLACED, index, message);
        } else {
            let message = message!(
                "`{text}` does not fit the target beside it; not kept",
                "`{text}` 与其旁的指标值不符，未保留"
            );
            self.set_aside(&layout::UNPLACED, index, message);
        }
    }

    /// The cells of a line's targets, with those that are merged from the lines above into it.
    pub(super) fn merged_targets(
        &mut self,
        own: TargetCells,
        last: TargetCells,
        row: &LocatedRow,
        at: usize,
    ) -> TargetCells {
        let mut reaching = |own: Option<usize>, last: Option<usize>, column: Column| {
            let reaches = |index: &usize| self.sheet.cell(*index).span.end.row >= row.row;
            let Some(index) = last.filter(reaches).filter(|_| own.is_none()) else { return own };
            let path = FieldPath::Indicator(at, column);
            let quoted = self.quoted(index);
            let message = message!(
                "{quoted} is merged over several lines; taken for each of them",
                "{quoted} 跨多行合并，各行均按此值读取"
            );
            let cell = self.at(index);
            self.diagnostics.push(layout::MERGED_LINES.at(path, message).in_cell(cell));
            Some(index)
        };
        TargetCells {
            period: reaching(own.period, last.period, Column::PeriodTarget),
            annual: reaching(own.annual, last.annual, Column::AnnualTarget),
            sign: reaching(own.sign, last.sign, Column::AnnualTarget),
            unit: reaching(own.unit, last.unit, Column::AnnualTarget),
        }
    }

    /// The cells of a line's targets where one is merged over both columns: it is taken for either.
    pub(super) fn wide_target(
        &mut self,
        own: TargetCells,
        annual: Option<u32>,
        at: usize,
    ) -> TargetCells {
        let reaches = |index: &usize| {
            annual.is_some_and(|column| self.sheet.cell(*index).span.end.col >= column)
        };
        let Some(index) = own.period.filter(reaches).filter(|_| own.annual.is_none()) else {
            return own;
        };
        let path = FieldPath::Indicator(at, Column::AnnualTarget);
        let quoted = self.quoted(index);
        let message = message!(
            "{quoted} is merged over both targets; taken for either",
            "{quoted} 跨两个指标值栏合并，两栏均按此值读取"
        );
        let cell = self.at(index);
        self.diagnostics.push(layout::MERGED_LINES.at(path, message).in_cell(cell));
        TargetCells { annual: Some(index), ..own }
    }

    /// The wording of the target in a cell, booked under its field.
    fn wording(&mut self, index: usize, path: FieldPath, level3: &str) -> Option<String> {
        let apart = match self.value(index) {
            Value::Text(raw) if !self.sheet.is_clean(index) => figures_apart(raw),
            _ => None,
        };
        let mut text = match apart {
            Some(apart) => {
                self.book(index, path);
                self.cleaned(&apart, path)?
            }
            None => self.text(index, path)?,
        };
        if let Value::Number(Number { shown: Some(shown), .. }) = self.value(index)
            && let Some((year, month, day)) = shown.date
        {
            let shows_date = target::read(&text, self.target_context(level3))
                .is_some_and(|read| matches!(read.reading, target::Reading::Date { .. }));
            let quoted = format!("`{text}`");
            if !shows_date {
                text = format!("{year}年{month}月{day}日");
            }
            if shows_date && text.contains(&year.to_string()) {
                return Some(text);
            }
            let message = message!(
                "{quoted} is a date cell, read as `{text}`",
                "{quoted} 是日期单元格，读作 `{text}`"
            );
            self.find(&DATE_IN_TARGET, path, message);
        }
        Some(text)
    }

    /// A text as a target, with its doubts.
    fn target_of_text(&mut self, text: &str, path: FieldPath, level3: &str) -> Option<Target> {
        let Some((target, doubts)) =
            self.readings.read(text, target::Context { year: self.year, level3, unit: None })
        else {
            if !text.trim().is_empty() {
                self.find(&TIDIED, path, message!("`{text}` read as blank", "`{text}` 按空白处理"));
            }
            return None;
        };
        // A placeholder has a rule of its own.
        for doubt in doubts.into_iter().filter(|doubt| *doubt != target::Doubt::Placeholder) {
            let message = doubt_message(doubt, text);
            self.find(&DOUBTFUL_TARGET, path, message);
        }
        Some(target)
    }

    fn target_context<'l>(&self, level3: &'l str) -> target::Context<'l> {
        target::Context { year: self.year, level3, unit: None }
    }

    /// Adds the second half of a target to the indicator above the page break.
    pub(super) fn continue_target(
        &mut self,
        index: usize,
        at: usize,
        column: Column,
        into: &mut Return,
    ) -> bool {
        let path = FieldPath::Indicator(at, column);
        let Some(more) = self.text(index, path) else { return false };
        let indicator = &into.indicators[at];
        let known = match column {
            Column::PeriodTarget => &indicator.period_target,
            _ => &indicator.annual_target,
        };
        let text =
            known.as_ref().map_or_else(String::new, |target: &Target| target.text.clone()) + &more;
        let level3 = indicator.level3.clone();
        let joined = self.target_of_text(&text, path, &level3);
        self.report_join(index, path, crate::form::located::Join::Page);
        let indicator = &mut into.indicators[at];
        match column {
            Column::PeriodTarget => indicator.period_target = joined,
            _ => indicator.annual_target = joined,
        }
        true
    }
}

/// What is doubtful about a target's wording.
pub(super) fn doubt_message(doubt: target::Doubt, text: &str) -> crate::diagnostic::Message {
    match doubt {
        target::Doubt::MistypedSign => {
            message!(
                "`{text}` has a mistyped sign, read as a comparison",
                "`{text}` 的符号不规范，已按比较符号读取"
            )
        }
        target::Doubt::Approximate => message!("`{text}` is approximate", "`{text}` 为约数"),
        target::Doubt::TwoTargets => {
            message!(
                "`{text}` states two targets; kept as text",
                "`{text}` 含两个指标值，按文字保留"
            )
        }
        target::Doubt::Month => {
            message!(
                "`{text}` may be a month or a day; read as a number",
                "`{text}` 可能是日期，已按数字读取"
            )
        }
        target::Doubt::Unread => {
            message!(
                "`{text}` holds a figure but is worded as no target that can be read; kept as text",
                "`{text}` 含数字但无法按指标值读取，按文字保留"
            )
        }
        target::Doubt::Placeholder => {
            message!("`{text}` still holds a placeholder", "`{text}` 仍含占位符")
        }
    }
}
