//! Levels of the indicators: filled down from above, up where a label stands in the middle of its block; what leaves them in
//! doubt is told.

use super::{account::Place, context::Context, layout, value::TIDIED};
use crate::{
    form::{edition::Table, is_ditto, located::LocatedRow},
    model::{
        canonical::level_name,
        field_path::{Column, FieldPath},
        target,
    },
};

/// The levels that rows below take over.
#[derive(Default)]
pub(super) struct Levels {
    pub(super) level1: Option<String>,
    pub(super) level2: Option<String>,
    /// Whether no label stated the first level, but the second one told it.
    told_by_second: bool,
    /// The label of the first level, where the block began above it.
    label_below: Option<usize>,
    /// Whether the row above states its first level itself.
    stated: bool,
    /// The last row that the second level's cell is merged into.
    reach: Option<u32>,
}

/// What a row shows of its block before it is read.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Shown {
    /// The label of its first level, which stands in a row further down.
    label_below: Option<usize>,
    /// A cell that leaves the levels of the row's indicator in doubt, and why.
    doubt: Option<(usize, Doubt)>,
}

#[derive(Clone, Copy, Debug)]
enum Doubt {
    /// The second level is not of the first one above, and no label says of which.
    Misplaced,
    /// The second level of the block begins in this cell, below the row.
    Late,
}

impl Context<'_, '_> {
    /// What each row shows of its block: a label in the middle of its block names the rows above it too, which is known
    /// where one of them begins a second level that only this first level has.
    pub(super) fn blocks(
        &self,
        spec: &Table,
        second_starts: Option<u32>,
        rows: &[&LocatedRow],
    ) -> Vec<Shown> {
        let mut shown = vec![Shown::default(); rows.len()];
        let second = |row: &LocatedRow| self.level_cell(spec, row, Column::Level2);
        // The printed name of the first level in hand, and the last row that its cell is merged into.
        let mut current: Option<&str> = None;
        let mut reach: Option<u32> = None;
        for (at, row) in rows.iter().enumerate() {
            if let Some(label) = self.level_cell(spec, row, Column::Level1) {
                current = self.edition.first_level(&self.plain(label));
                reach = Some(self.sheet.cell(label).span.end.row);
                let wide = self.is_wide(label, second_starts);
                if let Some(late) = self.late_second_level(spec, &rows[at..]).filter(|_| !wide) {
                    shown[at].doubt = Some((late, Doubt::Late));
                }
                continue;
            }
            let Some(level2) = second(row) else { continue };
            let Some(own) = self.edition.sole_first_level_of(&self.plain(level2)) else {
                continue;
            };
            if current == Some(own) || reach.is_some_and(|reach| reach >= row.row) {
                continue;
            }
            if let Some(label) = self.label_below(spec, &rows[at..], own) {
                shown[at].label_below = Some(label);
                current = Some(own);
            } else if current.is_some() {
                shown[at].doubt = Some((level2, Doubt::Misplaced));
            }
        }
        shown
    }

    /// The cell of a level in a row, unless it is blank or says that the one above goes on.
    fn level_cell(&self, spec: &Table, row: &LocatedRow, column: Column) -> Option<usize> {
        let index = row.slots[spec.position(column)?]?;
        let text = self.plain(index);
        (!target::is_nil(&text) && !is_ditto(&text)).then_some(index)
    }

    /// The next label of a first level below, where it is the wanted one and no second level before it is of another.
    fn label_below(&self, spec: &Table, rows: &[&LocatedRow], wanted: &str) -> Option<usize> {
        for row in rows {
            let level2 = self.level_cell(spec, row, Column::Level2).map(|index| self.plain(index));
            let own = level2.as_deref().and_then(|name| self.edition.sole_first_level_of(name));
            if own.is_some_and(|own| own != wanted) {
                return None;
            }
            if let Some(label) = self.level_cell(spec, row, Column::Level1) {
                let name = self.plain(label);
                return (self.edition.first_level(&name) == Some(wanted)).then_some(label);
            }
        }
        None
    }

    /// The first second level of a block, where it stands below an indicator of the block that has none.
    fn late_second_level(&self, spec: &Table, rows: &[&LocatedRow]) -> Option<usize> {
        let name = spec.position(Column::Level3)?;
        let first = rows.first().filter(|row| row.slots[name].is_some())?;
        let blank = first.slots[spec.position(Column::Level2)?].is_none();
        let below = rows[1..].iter();
        let mut block = below
            .take_while(|row| self.level_cell(spec, row, Column::Level1).is_none())
            .filter_map(|row| self.level_cell(spec, row, Column::Level2));
        blank.then(|| block.next()).flatten()
    }

    /// Whether the label of a first level is merged over the column of the second.
    fn is_wide(&self, label: usize, second_starts: Option<u32>) -> bool {
        second_starts.is_some_and(|col| self.sheet.cell(label).span.end.col >= col)
    }

    /// Takes the levels that a row states.
    pub(super) fn take_levels(
        &mut self,
        cells: [Option<usize>; 2],
        second_starts: Option<u32>,
        row: &LocatedRow,
        shown: Shown,
        levels: &mut Levels,
        at: usize,
    ) {
        let [first, second] = cells;
        if let Some(label) = shown.label_below {
            levels.level1 = self.level_text(&self.plain(label));
            levels.level2 = None;
            levels.label_below = Some(label);
            levels.told_by_second = false;
        }
        let first = first.filter(|index| !self.takes_ditto(*index, levels.level1.as_deref()));
        if let Some(index) = first {
            let name = self.level(index, FieldPath::Indicator(at, Column::Level1));
            let wide = self.is_wide(index, second_starts);
            let goes_on = row.after_break
                || levels.stated
                || levels.label_below == Some(index)
                || levels.reach.is_some_and(|reach| reach >= row.row);
            let repeated = !wide && goes_on && name.is_some() && name == levels.level1;
            if !repeated {
                levels.level2 = None;
            }
            levels.told_by_second &= name.is_none();
            levels.level1 = name.or_else(|| levels.level1.take());
        }
        levels.stated = cells[0].is_some();
        let second = second.filter(|index| !self.takes_ditto(*index, levels.level2.as_deref()));
        if let Some(index) = second {
            levels.level2 = self.level(index, FieldPath::Indicator(at, Column::Level2));
            levels.reach = Some(self.sheet.cell(index).span.end.row);
        }
    }

    /// Where no label states a first level, the second one tells its own.
    pub(super) fn take_first_level_of_second(&self, levels: &mut Levels) {
        if levels.level1.is_none() || levels.told_by_second {
            let own = levels.level2.as_deref().and_then(|name| self.edition.first_level_of(name));
            levels.told_by_second = own.is_some() || levels.told_by_second;
            levels.level1 = own.or_else(|| levels.level1.take());
        }
    }

    /// Tells that the first indicator stands above all levels.
    pub(super) fn report_no_level(&mut self, name: Option<usize>, level3: &str) {
        let message = message!(
            "no level stands beside `{level3}` or above it; it was read without one",
            "“{level3}” 所在行及其上方没有一级、二级指标，按没有层级读取"
        );
        let cell = name.map(|index| self.at(index));
        let finding = layout::LEVEL_IN_DOUBT.at(FieldPath::Indicator(0, Column::Level1), message);
        self.diagnostics.extend(cell.map(|cell| finding.in_cell(cell)));
    }

    /// Tells what leaves the levels of an indicator in doubt.
    pub(super) fn report_doubt(&mut self, shown: Shown, levels: &Levels, level3: &str, at: usize) {
        let Some((index, doubt)) = shown.doubt else { return };
        let (quoted, level1) = (self.quoted(index), levels.level1.as_deref().unwrap_or_default());
        let message = match doubt {
            // It went on from above.
            Doubt::Late if levels.level2.is_some() => return,
            Doubt::Misplaced => message!(
                "{quoted} stands under `{level1}`, which it is not a part of, and no first level is beside it; read under `{level1}`",
                "{quoted} 不属于其上方的一级指标“{level1}”，所在行也未写一级指标，已按“{level1}”读取"
            ),
            Doubt::Late => message!(
                "{quoted} stands below the first row of `{level1}`; `{level3}` was read without a second level",
                "{quoted} 不在“{level1}”的首行，“{level3}”按没有二级指标读取"
            ),
        };
        let cell = self.at(index);
        let path = FieldPath::Indicator(at, Column::Level2);
        self.diagnostics.push(layout::LEVEL_IN_DOUBT.at(path, message).in_cell(cell));
    }

    /// Whether a cell only says that the level above goes on.
    fn takes_ditto(&mut self, index: usize, above: Option<&str>) -> bool {
        let text = self.plain(index);
        let Some(above) = above.filter(|_| is_ditto(&text)) else { return false };
        let message = message!("`{text}` read as `{above}`", "`{text}` 读作 `{above}`");
        let cell = self.at(index);
        self.diagnostics.push(TIDIED.on(cell, message));
        self.places[index] = Some(Place::Label);
        true
    }

    /// A level's name: printed ones lose white space, numbers and marks, all of them line breaks.
    fn level(&mut self, index: usize, path: FieldPath) -> Option<String> {
        let text = self.text(index, path)?;
        self.places[index] = Some(Place::Field(path));
        let name = self.level_text(&text)?;
        let plain = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        if plain(&text) != plain(&name) {
            let message = message!("`{text}` read as `{name}`", "`{text}` 读作 `{name}`");
            self.find(&TIDIED, path, message);
        }
        Some(name)
    }

    fn level_text(&self, text: &str) -> Option<String> {
        if target::is_nil(text) {
            return None;
        }
        self.edition
            .level_name(text)
            .map_or_else(|| level_name(text), |name| Some(name.into_owned()))
    }
}
