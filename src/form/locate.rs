//! The search for a form's labels: by their words, never by address, row by row from top to bottom.

use super::{
    columns::Start,
    edition::{Edition, Role},
    furniture, head,
    located::{Join, Located, LocatedField},
    named::Named,
    segment::Region,
    sheet::Sheet,
};
use crate::{
    cell::CellRange,
    model::{field_path::Field, money::Unit},
};

/// Where in the form the search stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// Above the first block.
    Above,
    /// In a block of fields.
    Fields,
    /// In a table: index into `Located::tables`.
    Table(usize),
    /// Below the last table.
    Below,
}

pub(super) struct Search<'a, 'g> {
    pub(super) sheet: &'a Sheet<'g>,
    pub(super) edition: &'a Edition,
    pub(super) named: Named<'a, 'g>,
    /// The last row of the region.
    pub(super) last: u32,
    /// Columns that repeat the one at their left, by the last row of labels.
    pub(super) twins: Vec<u32>,
    pub(super) found: Located,
    pub(super) mode: Mode,
    /// A page broke since the last row.
    pub(super) broken: bool,
    /// The last row was the head of a table.
    pub(super) under_head: bool,
    /// The first cell of that head, where it stands in the column of the blocks' labels.
    pub(super) head_at_left: Option<usize>,
    /// The units that the cells of that head state, by column of the table.
    pub(super) head_units: Vec<(usize, Unit)>,
    /// Rows of a single text that may be the beginning of the next field's value.
    pending: Vec<(usize, Join)>,
    /// First column and columns of the table in hand.
    pub(super) starts: Vec<Start>,
    /// First column of the units beside the targets, where the edition prints none.
    pub(super) unit_start: Option<u32>,
    /// The last column of the form as far as the head of the table in hand.
    pub(super) edge: u32,
    /// The line of the signatures stood above, and no line of a table since.
    pub(super) below_foot: bool,
    /// Group heads of the budget block: column and total.
    pub(super) groups: Vec<(u32, crate::model::totals::Total)>,
    /// Units of the heads of amounts, by column.
    pub(super) amount_units: Vec<(u32, Unit)>,
    /// Heads of amounts in the last row of them: column, and what each says.
    pub(super) amount_heads: Vec<(u32, super::amounts::Says)>,
    /// The year that title or a line of its own state.
    pub(super) plan: Option<i32>,
    /// The unit of the last line that states one for what follows.
    pub(super) section_unit: Option<Unit>,
    /// The unit that the label of a block of fields states for its amounts.
    pub(super) block_unit: Option<Unit>,
}

/// Locates the form of an edition in a region of a sheet.
pub(super) fn locate(sheet: &Sheet<'_>, region: &Region, edition: &Edition) -> Located {
    let mut search = Search {
        sheet,
        edition,
        named: Named::new(sheet, edition, sheet.grid.indices(region.rows.0, region.rows.1)),
        last: region.rows.1,
        twins: Vec::new(),
        found: Located { blocks: vec![false; edition.blocks.len()], ..Located::default() },
        mode: Mode::Above,
        broken: false,
        under_head: false,
        head_at_left: None,
        head_units: Vec::new(),
        pending: Vec::new(),
        starts: Vec::new(),
        unit_start: None,
        edge: u32::MAX,
        below_foot: false,
        groups: Vec::new(),
        amount_units: Vec::new(),
        amount_heads: Vec::new(),
        plan: None,
        section_unit: None,
        block_unit: None,
    };
    // The last row that the row above reaches into, by its rightmost cell: labels and levels at the left are merged over
    // many rows, and a page may break within those.
    let mut reached: Option<u32> = None;
    for (row, cells) in sheet.grid.rows(region.rows.0, region.rows.1) {
        let inside = |index: &usize| region.holds(sheet.cell(*index).at);
        let indices: Vec<usize> = cells.filter(inside).collect();
        if indices.is_empty() {
            continue;
        }
        search.broken |= reached.is_some_and(|reached| row > reached + 1);
        reached = indices.last().map(|index| sheet.cell(*index).span.end.row);
        search.extend_area(&indices);
        search.row(row, indices);
    }
    let pending = std::mem::take(&mut search.pending);
    search.found.strays.extend(pending.into_iter().map(|(index, _)| index));
    search.heed_notes();
    search.found
}

impl Search<'_, '_> {
    fn extend_area(&mut self, indices: &[usize]) {
        for index in indices {
            let span: CellRange = self.sheet.cell(*index).span;
            self.found.area = Some(self.found.area.map_or(span, |area| area.union(&span)));
        }
    }

    fn row(&mut self, row: u32, mut cells: Vec<usize>) {
        self.take_repeats(row, &mut cells);
        self.take_parted_unit(&mut cells);
        self.take_parted_year(&mut cells);
        self.take_printed_matter(&mut cells);
        if cells.is_empty() {
            return;
        }
        self.name_department(&cells);
        if self.row_of_units(&cells) || self.row_of_numbers(&cells) || self.row_of_remarks(&cells) {
            return;
        }
        if let Mode::Table(table) = self.mode
            && self.under_head
            && self.second_head_row(table, &cells)
        {
            return;
        }
        if let Some(matched) =
            head::table_head(&self.named, &cells, self.table_in_hand(), self.plan)
        {
            self.begin_table(&cells, &matched);
            return;
        }
        match self.mode {
            Mode::Below => self.below(row, cells),
            Mode::Above | Mode::Fields => self.outside_tables(&cells),
            Mode::Table(table) => {
                self.under_head = false;
                if !self.is_note_row(table, &cells) && self.leaves_table(&cells) {
                    if self.only_repeats(&cells) {
                        self.broken = true;
                        return;
                    }
                    self.mode = Mode::Fields;
                } else {
                    self.table_row(table, row, cells);
                }
            }
        }
        self.broken = false;
    }

    /// Takes a row of fields among the lines of a table; whether it only says again what stands above, as a heading
    /// does that is printed on every page.
    pub(super) fn only_repeats(&mut self, cells: &[usize]) -> bool {
        let seen = |found: &Located| {
            let blocks = found.blocks.iter().filter(|seen| **seen).count();
            (found.fields.len(), found.declared.len(), found.repeats.len(), blocks)
        };
        let before = seen(&self.found);
        self.outside_tables(cells);
        before == seen(&self.found)
    }

    fn table_in_hand(&self) -> Option<usize> {
        match self.mode {
            Mode::Table(table) => Some(self.found.tables[table].block),
            _ => None,
        }
    }

    pub(super) fn field_role(&self, index: usize) -> Option<Role> {
        let roles = self.named.roles(index);
        roles.iter().copied().find(|role| matches!(role, Role::Field(_) | Role::OwnLevel(_)))
    }

    /// A row above the tables, between them or among the fields.
    fn outside_tables(&mut self, cells: &[usize]) {
        if self.row_of_fields(cells) {
            if self.mode == Mode::Above
                && self.found.fields.iter().any(|f| f.field != Field::Approver)
            {
                self.mode = Mode::Fields;
            }
            if self.mode == Mode::Above && self.found.blocks.iter().any(|seen| *seen) {
                self.mode = Mode::Fields;
            }
            return;
        }
        let note =
            self.sheet.text(cells[0]).is_some_and(furniture::is_note) || self.states_units(cells);
        if self.mode == Mode::Above || note || self.is_line_of_cover(cells) {
            self.found.notes.push(cells.to_vec());
        } else if cells.len() == 1 {
            self.loose_text(cells[0]);
        } else {
            self.found.strays.extend_from_slice(cells);
        }
    }

    /// A text on a row of its own among the fields: the rest of a long value, or the beginning of the next one.
    fn loose_text(&mut self, index: usize) {
        let join = if self.broken { Join::Page } else { Join::Line };
        let col = self.sheet.cell(index).at.col;
        let objective = self.found.fields.last_mut().filter(|f| f.field == Field::OverallObjective);
        match objective {
            // Under its label, as on a form whose label has a row of its own.
            Some(field) if field.value.is_empty() && field.inline.is_none() => {
                field.value.push((index, join));
            }
            Some(field) if col > field.label.col => field.value.push((index, join)),
            _ => self.pending.push((index, join)),
        }
    }

    /// Gives the rows that waited to the field that follows, if its value can be long.
    pub(super) fn join_pending(&mut self, field: &mut LocatedField) {
        if field.field != Field::OverallObjective || self.pending.is_empty() {
            return;
        }
        let join = if self.broken { Join::Page } else { Join::Line };
        let mut value = std::mem::take(&mut self.pending);
        value.extend(field.value.iter().map(|(index, _)| (*index, join)));
        field.value = value;
    }

    pub(super) fn settle_pending(&mut self) {
        self.found.strays.extend(self.pending.drain(..).map(|(index, _)| index));
    }
}
