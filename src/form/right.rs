//! Rows that stand one column too far right because a hand or a converter added a cell before them.

use super::{added, amounts, edition::TableColumn, furniture, head, locate::Search};
use crate::model::{
    field_path::Column,
    target::{self, columns},
};

/// A row's cells and where they stand.
struct Cells<'a> {
    columns: &'a [TableColumn],
    /// Each cell, the column that it stands in, and the one that it stands in moved back, whose first column of the
    /// sheet it must be.
    places: Vec<Place>,
}

#[derive(Clone, Copy)]
struct Place {
    index: usize,
    /// None right or left of the table, or under a column of another use.
    own: Option<usize>,
    /// Whether the cell stands in the first of the sheet's columns under its head.
    at_start: bool,
    moved: usize,
}

impl Search<'_, '_> {
    /// Whether a row stands one column too far right: moved back each of its cells has a column of its own that it
    /// fits, and as they stand they don't.
    pub(super) fn stands_right(&self, table: usize, cells: &[usize]) -> bool {
        let block = self.found.tables[table].block;
        let Some(columns) = self.edition.columns(block).filter(|_| !cells.is_empty()) else {
            return false;
        };
        let labelled = usize::from(head::is_block_label(&self.named, block, cells[0]));
        let cells = &cells[labelled.min(cells.len() - 1)..];
        let Some(cells) = self.moved_back(columns, cells) else { return false };
        let first = columns[cells.places[0].moved].column;
        let signs = self.signs_are_right(&cells);
        let begins = cells.places[0].moved == 0 || first == Column::Level2 || signs;
        begins
            && cells.places.iter().all(|place| self.fits(&cells, *place))
            && (signs
                || self.crowds(&cells)
                || self.levels_are_right(&cells)
                || self.amount_is_right(table, &cells))
    }

    /// The cells as they would stand one column further left; none where two would share a column or one have none.
    fn moved_back<'c>(&self, columns: &'c [TableColumn], cells: &[usize]) -> Option<Cells<'c>> {
        let column = |col: u32| self.starts.iter().rev().find(|(start, _)| *start <= col);
        let place = |index: &usize| {
            let col = self.sheet.cell(*index).at.col;
            let (start, moved) = column(col.checked_sub(1)?)?;
            let own = column(col);
            let place = Place {
                index: *index,
                own: own.and_then(|(_, own)| *own),
                at_start: own.is_some_and(|(start, _)| *start == col),
                moved: (*moved)?,
            };
            (start + 1 == col).then_some(place)
        };
        // What moved back stands under a head of another use, 权重, tells nothing.
        let is_foreign = |index: &&usize| {
            let col = self.sheet.cell(**index).at.col;
            self.starts.iter().any(|(start, of)| of.is_none() && start + 1 == col)
        };
        let places: Vec<Place> =
            cells.iter().filter(|index| !is_foreign(index)).map(place).collect::<Option<_>>()?;
        if places.is_empty() {
            return None;
        }
        let apart = places.windows(2).all(|pair| pair[0].moved != pair[1].moved);
        apart.then_some(Cells { columns, places })
    }

    /// Whether a cell moved back is what its column asks for: an amount, a level.
    fn fits(&self, of: &Cells<'_>, place: Place) -> bool {
        match of.columns[place.moved].column {
            column if column.is_amount() => {
                place.own == Some(place.moved) || amounts::is_amount(self.sheet, place.index)
            }
            Column::Level1 | Column::Level2 => self.is_level(place.index),
            _ => true,
        }
    }

    fn is_level(&self, index: usize) -> bool {
        self.sheet.text(index).is_some_and(|text| self.edition.is_level_name(text))
    }

    /// Whether two cells share a column or a text stands where an amount belongs, and a level or an amount tells where
    /// they belong. Where the name of a task shares its content's column, no amount is needed to tell: nothing else
    /// stands in two cells there.
    fn crowds(&self, of: &Cells<'_>) -> bool {
        let tells = |place: &Place| match of.columns[place.moved].column {
            Column::Level1 | Column::Level2 => true,
            column => column.is_amount() && amounts::is_amount(self.sheet, place.index),
        };
        let misplaced = of.places.iter().any(|place| {
            let own = place.own.map(|own| of.columns[own].column);
            own.is_some_and(Column::is_amount) && !amounts::is_amount(self.sheet, place.index)
        });
        let shared = |pair: &[Place]| pair[0].own == pair[1].own;
        let crowded = of.places.windows(2).any(shared);
        let is_task = of.columns.iter().any(|column| column.column.is_amount());
        let named = is_task && of.places.get(..2).is_some_and(shared);
        (misplaced || crowded) && (named || of.places.len() > 2 && of.places.iter().any(tells))
    }

    /// Whether the levels of an indicator stand one column right of their own, though no two cells share one since the
    /// last is blank: `∅∣产出指标∣数量指标∣巡查次数∣≥10次`. A second level stands where the name belongs, or a first
    /// one where the second does, and what follows is no target.
    fn levels_are_right(&self, of: &Cells<'_>) -> bool {
        let cell = |wanted: Column| {
            let column = of.columns.iter().position(|column| column.column == wanted)?;
            of.places.iter().find(|place| place.own == Some(column)).map(|place| place.index)
        };
        let is = |index: Option<usize>, wanted: Column| {
            index.and_then(|index| self.sheet.text(index)).is_some_and(|text| match wanted {
                Column::Level1 => self.edition.first_level(text).is_some(),
                _ => self.edition.first_level_of(text).is_some(),
            })
        };
        if cell(Column::Level1).is_some() {
            return false;
        }
        let (level2, level3) = (cell(Column::Level2), cell(Column::Level3));
        let first = is(level2, Column::Level1) && !is(level2, Column::Level2);
        let second = is(level3, Column::Level2) && (level2.is_none() || is(level2, Column::Level1));
        let shows = second || first && level3.is_none();
        let target = cell(Column::PeriodTarget).or_else(|| cell(Column::AnnualTarget));
        let is_name = |index: usize| {
            self.sheet.text(index).is_some_and(|text| {
                let context = target::Context { year: None, level3: "", unit: None };
                target::read(text, context)
                    .is_none_or(|target| target.reading == target::Reading::Qualitative)
            })
        };
        shows && target.is_none_or(is_name)
    }

    /// Whether a name stands in the column of signs and none in its own, with a level, a sign or a measured target beside it
    /// that tells where the row belongs.
    fn signs_are_right(&self, of: &Cells<'_>) -> bool {
        let text = |place: &Place| self.sheet.text(place.index).unwrap_or_default();
        let own = |place: &Place| place.own.map(|own| of.columns[own].column);
        let is_name = |place: &Place| {
            let text = text(place);
            of.columns[place.moved].column == Column::Level3
                && own(place) == Some(Column::TargetSign)
                && !columns::is_sign(text)
                && !target::is_nil(text)
                && !furniture::is_of_foot(text)
                && !added::is_seal(text)
        };
        let tells = |place: &Place| match of.columns[place.moved].column {
            Column::Level1 | Column::Level2 => self.is_level(place.index),
            Column::TargetSign => columns::is_sign(text(place)),
            Column::AnnualTarget => self.is_measured(place.index),
            _ => false,
        };
        of.places.iter().any(is_name)
            && of.places.iter().any(tells)
            && of.places.iter().all(|place| own(place) != Some(Column::Level3))
    }

    /// Whether the amount of a task stands right of the first column under its head, where no other task's stands.
    fn amount_is_right(&self, table: usize, of: &Cells<'_>) -> bool {
        let is_right = |place: &Place| {
            let Some(own) = place.own.filter(|own| of.columns[*own].column.is_amount()) else {
                return false;
            };
            let col = self.sheet.cell(place.index).at.col;
            let known = self.found.tables[table].rows.iter().filter(|row| !row.from_right);
            let mut known = known.filter_map(|row| row.slots[own]);
            !place.at_start
                && place.moved == own
                && amounts::is_amount(self.sheet, place.index)
                && known.all(|index| self.sheet.cell(index).at.col != col)
        };
        of.places.iter().any(is_right)
    }

    /// Whether the first of two texts in the column beside a task's name is the name: `∅∣库房修缮∣更换库房门窗∣100000`
    /// where 目标内容 is two columns wide.
    pub(super) fn name_is_right(
        &self,
        block: usize,
        column: usize,
        slots: &[Option<usize>],
    ) -> bool {
        let columns = self.edition.columns(block).unwrap_or_default();
        let named = columns.first().is_some_and(|first| first.column == Column::Name);
        let texts = columns.get(1).is_some_and(|second| !second.column.is_amount());
        named
            && texts
            && column == 1
            && slots[0].is_none()
            && slots[2..].iter().all(Option::is_none)
    }
}
