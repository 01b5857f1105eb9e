//! The search for a form's labels: by their words, never by address, row by row from top to bottom.

use super::{
    edition::{Edition, Lines, Role},
    furniture, head,
    located::{Join, Located, LocatedField, LocatedRow, LocatedTable},
    segment::Region,
    sheet::Sheet,
};
use crate::{
    cell::CellRange,
    model::{
        field_path::Field,
        year,
    },
};

/// Where in the form the search stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
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
    pub(super) found: Located,
    mode: Mode,
    /// A page broke since the last row.
    broken: bool,
    /// Rows of a single text that may be the beginning of the next field's value.
    pending: Vec<(usize, Join)>,
    /// First column and columns of the table in hand.
    starts: Vec<(u32, usize)>,
    /// Group heads of the budget block: column and total.
    pub(super) groups: Vec<(u32, crate::model::totals::Total)>,
    /// Units of the heads of amounts, by column.
    pub(super) amount_units: Vec<(u32, crate::model::money::Unit)>,
}

/// Locates the form of an edition in a region of a sheet.
pub fn locate(sheet: &Sheet<'_>, region: &Region, edition: &Edition) -> Located {
    let mut search = Search {
        sheet,
        edition,
        found: Located { blocks: vec![false; edition.blocks.len()], ..Located::default() },
        mode: Mode::Above,
        broken: false,
        pending: Vec::new(),
        starts: Vec::new(),
        groups: Vec::new(),
        amount_units: Vec::new(),
    };
    let mut last: Option<u32> = None;
    let mut first = 0;
    for (row, cells) in sheet.grid.rows() {
        let indices: Vec<usize> = (first..first + cells.len()).collect();
        first += cells.len();
        if row < region.rows.0 || row > region.rows.1 {
            continue;
        }
        let inside = |index: &usize| (region.cols.0..=region.cols.1).contains(&sheet.cell(*index).at.col);
        let indices: Vec<usize> = indices.into_iter().filter(inside).collect();
        if indices.is_empty() {
            continue;
        }
        if let Some(last) = last
            && (last + 1..row).take(4096).any(|gap| !sheet.grid.continues_into(gap))
        {
            search.broken = true;
        }
        last = Some(row);
        search.extend_area(&indices);
        search.row(row, indices);
    }
    let pending = std::mem::take(&mut search.pending);
    search.found.strays.extend(pending.into_iter().map(|(index, _)| index));
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
        self.take_printed_matter(&mut cells);
        if cells.is_empty() {
            return;
        }
        if let Some(matched) = head::table_head(self.sheet, self.edition, &cells, self.table_in_hand()) {
            self.begin_table(&cells, matched);
            return;
        }
        match self.mode {
            Mode::Below => self.found.notes.push(cells),
            Mode::Above | Mode::Fields => self.outside_tables(&cells),
            Mode::Table(table) => {
                if self.second_head_row(table, &cells) {
                    return;
                }
                if self.leaves_table(&cells) {
                    self.mode = Mode::Fields;
                    self.outside_tables(&cells);
                } else {
                    self.table_row(table, row, cells);
                }
            }
        }
        self.broken = false;
    }

    fn table_in_hand(&self) -> Option<usize> {
        match self.mode {
            Mode::Table(table) => Some(self.found.tables[table].block),
            _ => None,
        }
    }

    /// Takes titles, page numbers, unit lines and lines of the year out of a row.
    fn take_printed_matter(&mut self, cells: &mut Vec<usize>) {
        let (sheet, found) = (self.sheet, &mut self.found);
        let mut broken = self.broken;
        let above = self.mode == Mode::Above;
        let below = self.mode == Mode::Below;
        cells.retain(|index| {
            let Some(text) = sheet.text(*index) else { return true };
            if text.len() > 300 {
                return true;
            }
            if sheet.is_title(*index) && (above || !below) {
                match found.title {
                    None if above => found.title = Some(*index),
                    Some(title) if same_label(sheet, title, *index) || text.contains('续') => found.labels.push(*index),
                    _ => return true,
                }
                broken = true;
                return false;
            }
            if year::alone(text).is_some() && above {
                found.years.push(*index);
                return false;
            }
            if furniture::is_furniture(text) {
                found.unit = found.unit.or_else(|| furniture::unit_line(text));
                found.labels.push(*index);
                broken = true;
                return false;
            }
            true
        });
        self.broken = broken;
    }

    fn begin_table(&mut self, cells: &[usize], matched: head::Matched) {
        let block = matched.block;
        let (width, lines) = (matched.table.columns.len(), matched.table.lines);
        self.found.blocks[block] = true;
        let known = self.found.tables.iter().position(|table| table.block == block);
        let at = known.unwrap_or_else(|| {
            self.found.tables.push(LocatedTable {
                block,
                lines,
                units: vec![None; width],
                shown: vec![false; width],
                rows: Vec::new(),
                head: self.sheet.cell(matched.columns[0].0).at,
            });
            self.found.tables.len() - 1
        });
        self.broken = known.is_some();
        self.starts = matched.columns.iter().map(|(index, column)| (self.sheet.cell(*index).at.col, *column)).collect();
        for (index, column) in &matched.columns {
            let table = &mut self.found.tables[at];
            table.shown[*column] = true;
            let unit = self.sheet.label(*index).and_then(|label| label.unit);
            table.units[*column] = table.units[*column].or(unit);
        }
        for index in cells {
            if matched.unknown.contains(index) {
                self.found.unknown_heads.push(*index);
            }
            if let Some(block) = head::block_role(self.sheet, self.edition, *index) {
                self.found.blocks[block] = true;
            }
        }
        self.found.labels.extend_from_slice(cells);
        self.mode = Mode::Table(at);
        self.settle_pending();
    }

    /// A second row of heads directly under the first: 总额, 财政拨款, 其他资金 under 预算金额.
    fn second_head_row(&mut self, table: usize, cells: &[usize]) -> bool {
        let block = self.found.tables[table].block;
        if !self.found.tables[table].rows.is_empty() || self.broken {
            return false;
        }
        let mut columns = Vec::new();
        for index in cells {
            let Some(column) = head::column_role(self.sheet, self.edition, block, *index, &columns) else { return false };
            columns.push((*index, column));
        }
        for (index, column) in &columns {
            let col = self.sheet.cell(*index).at.col;
            self.starts.retain(|(start, known)| *start != col && known != column);
            self.starts.push((col, *column));
            let located = &mut self.found.tables[table];
            located.shown[*column] = true;
            let unit = self.sheet.label(*index).and_then(|label| label.unit);
            located.units[*column] = unit.or(located.units[*column]);
        }
        self.starts.sort_unstable();
        self.found.labels.extend_from_slice(cells);
        true
    }

    /// Whether a row belongs to a block of fields although a table is in hand: a field's label stands left of the
    /// table's first column, or two labels of fields share the row with nothing but amounts.
    fn leaves_table(&self, cells: &[usize]) -> bool {
        let first = self.starts.first().map_or(0, |(col, _)| *col);
        let fields = cells.iter().filter(|index| self.field_role(**index).is_some()).count();
        let labelled = cells.first().is_some_and(|index| {
            let left = self.sheet.cell(*index).at.col < first;
            left && (self.field_role(*index).is_some() || head::fields_block_role(self.sheet, self.edition, *index))
        });
        let others_are_amounts = || {
            cells.iter().all(|index| self.field_role(*index).is_some() || self.sheet.label(*index).is_none_or(|l| l.key.chars().all(|c| !c.is_alphabetic())))
        };
        labelled || (fields >= 2 && others_are_amounts())
    }

    pub(super) fn field_role(&self, index: usize) -> Option<Role> {
        let label = self.sheet.label(index)?;
        let roles = self.edition.roles(&label.key);
        roles.iter().copied().find(|role| matches!(role, Role::Field(_) | Role::OwnLevel(_)))
    }

    /// A row above the tables, between them or among the fields.
    fn outside_tables(&mut self, cells: &[usize]) {
        if self.row_of_fields(cells) {
            if self.mode == Mode::Above && self.found.fields.iter().any(|f| f.field != Field::Approver) {
                self.mode = Mode::Fields;
            }
            if self.mode == Mode::Above && self.found.blocks.iter().any(|seen| *seen) {
                self.mode = Mode::Fields;
            }
            return;
        }
        let note = self.sheet.text(cells[0]).is_some_and(furniture::is_note);
        if self.mode == Mode::Above || note {
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
            Some(field) if col > field.label.col && !field.value.is_empty() => field.value.push((index, join)),
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

    fn settle_pending(&mut self) {
        self.found.strays.extend(self.pending.drain(..).map(|(index, _)| index));
    }

    fn table_row(&mut self, table: usize, row: u32, cells: Vec<usize>) {
        let block = self.found.tables[table].block;
        let width = self.found.tables[table].shown.len();
        let lines = self.found.tables[table].lines;
        if self.sheet.text(cells[0]).is_some_and(furniture::is_note) && !self.has_line(&cells) {
            self.found.notes.push(cells);
            return;
        }
        let mut slots: Vec<Option<usize>> = vec![None; width];
        let mut before = None;
        let mut beside = Vec::new();
        for index in cells {
            let col = self.sheet.cell(index).at.col;
            match self.starts.iter().rev().find(|(start, _)| *start <= col) {
                Some((_, column)) if slots[*column].is_none() => slots[*column] = Some(index),
                Some(_) => self.found.strays.push(index),
                None if head::is_block_label(self.sheet, self.edition, block, index) => beside.push(index),
                None if before.is_none() => before = Some(index),
                None => self.found.strays.push(index),
            }
        }
        self.found.labels.extend_from_slice(&beside);
        let empty = slots.iter().all(Option::is_none);
        if empty && before.is_none() {
            return;
        }
        if lines == Lines::Indicators && self.ends_indicators(&slots, before) {
            let all = before.into_iter().chain(slots.into_iter().flatten());
            self.found.notes.push(all.collect());
            self.mode = Mode::Below;
            return;
        }
        let after_break = self.broken;
        self.found.tables[table].rows.push(LocatedRow { row, slots, before, after_break });
    }

    /// Whether a row that begins like a note holds a line of the table all the same: its first cell is the name.
    fn has_line(&self, cells: &[usize]) -> bool {
        let first = self.sheet.cell(cells[0]);
        let under_first = self.starts.first().is_some_and(|(col, _)| first.at.col >= *col);
        under_first && cells.len() >= 3
    }

    /// Whether the row stands below the indicators: text left of the first column that is no level's name, or a text
    /// over several columns.
    fn ends_indicators(&self, slots: &[Option<usize>], before: Option<usize>) -> bool {
        let is_level = |index: usize| {
            self.sheet.text(index).is_some_and(|text| self.edition.is_level_name(text))
        };
        let filled = slots.iter().flatten().count();
        if let Some(before) = before {
            return !(is_level(before) && filled > 0);
        }
        let Some(only) = slots.iter().flatten().next().copied().filter(|_| filled == 1) else { return false };
        let span = self.sheet.cell(only).span;
        let wide = span.end.col - span.start.col >= 2 && self.starts.iter().filter(|(col, _)| span.start.col <= *col && *col <= span.end.col).count() >= 3;
        wide && !is_level(only)
    }
}

impl Edition {
    /// Whether a text is the name of a first or second level of the printed taxonomies.
    pub fn is_level_name(&self, text: &str) -> bool {
        text.len() < 120
            && self.taxonomies.iter().any(|taxonomy| {
                taxonomy.branch(text).is_some() || taxonomy.branch_of_level2(text).is_some()
            })
    }
}

fn same_label(sheet: &Sheet<'_>, one: usize, other: usize) -> bool {
    sheet.label(one).map(|label| &label.key) == sheet.label(other).map(|label| &label.key)
}
