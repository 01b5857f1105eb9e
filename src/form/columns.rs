//! Columns of a table from its head: where each begins on the sheet, and which unit it states.

use super::{
    by_place,
    edition::{Body, Role},
    head, label,
    locate::{Mode, Search},
    located::LocatedTable,
    sheet::number,
};
use crate::{cell::CellRef, model::money::Unit};

/// A first column of the sheet and the column of the table that begins there; none under a head that is no column's.
pub(super) type Start = (u32, Option<usize>);

impl Search<'_, '_> {
    pub(super) fn begin_table(&mut self, cells: &[usize], matched: &head::Matched) {
        let block = matched.block;
        let at = self.table_of(matched);
        let labels = cells.iter().filter(|index| head::block_role(&self.named, **index).is_some());
        let of_label = labels.clone().find_map(|index| self.sheet.label(*index)?.unit);
        for index in labels {
            if let Some(block) = head::block_role(&self.named, *index) {
                self.found.blocks[block] = true;
            }
        }
        self.starts.clear();
        self.head_units.clear();
        for (index, column) in &matched.columns {
            self.starts.push((self.sheet.cell(*index).at.col, Some(*column)));
            let stated = self.sheet.label(*index).and_then(|label| label.unit);
            self.head_units.extend(stated.map(|unit| (*column, unit)));
            self.show_column(at, *column, stated, self.sheet.cell(*index).at.row);
        }
        for (index, columns) in &matched.groups {
            let stated = self.sheet.label(*index).and_then(|label| label.unit);
            self.starts.push((self.sheet.cell(*index).at.col, columns.first().copied()));
            for column in columns {
                self.head_units.extend(stated.map(|unit| (*column, unit)));
                self.show_column(at, *column, stated, self.sheet.cell(*index).at.row);
            }
        }
        self.unit_start = matched.unit.map(|index| self.sheet.cell(index).at.col);
        for index in matched.foreign.iter().chain(&matched.unit) {
            self.starts.push((self.sheet.cell(*index).at.col, None));
        }
        self.starts.sort_unstable();
        self.note_starts(at);
        let fallback = of_label.or(self.section_unit);
        self.default_units(at, fallback);
        self.head_at_left = self.at_left(cells);
        self.edge = self.found.area.map_or(u32::MAX, |area| area.end.col);
        self.below_foot = false;
        self.found.blocks[block] = true;
        self.found.unknown_heads.extend_from_slice(&matched.unknown);
        let doubted = |index: &&usize| matched.doubts.contains(*index);
        self.found.strays.extend(matched.foreign.iter().filter(|index| !doubted(index)));
        self.found.doubts.extend_from_slice(&matched.doubts);
        self.found.labels.extend(cells.iter().filter(|index| !matched.foreign.contains(index)));
        self.mode = Mode::Table(at);
        self.under_head = true;
        self.settle_pending();
    }

    /// The column of the table in hand that a cell stands in.
    pub(super) fn column_at(&self, index: usize) -> Option<usize> {
        let col = self.sheet.cell(index).at.col;
        let start = self.starts.iter().rev().find(|(start, _)| *start <= col);
        start.and_then(|(_, column)| *column)
    }

    /// The first cell of a head without a block's label, where it stands in the column of those labels.
    fn at_left(&self, cells: &[usize]) -> Option<usize> {
        let first = cells.first().copied()?;
        let labels = self.found.fields.iter().map(|field| field.label.col).min()?;
        let unlabelled = cells.iter().all(|index| head::block_role(&self.named, *index).is_none());
        (unlabelled && self.sheet.cell(first).at.col == labels).then_some(first)
    }

    /// Moves the columns of a head to the right by one where its first line stands so: a converter lost the empty cell
    /// of the block's label.
    pub(super) fn mend_head(&mut self, block: usize, cells: &[usize]) {
        let Some(head) = self.head_at_left.take() else { return };
        let values =
            cells.iter().filter(|index| !head::is_block_label(&self.named, block, **index));
        let cols: Vec<u32> = values.map(|index| self.sheet.cell(*index).at.col).collect();
        let moved = cols.len() == self.starts.len()
            && cols.iter().zip(&self.starts).all(|(col, (start, _))| *col == start + 1);
        if moved {
            self.starts.iter_mut().for_each(|(start, _)| *start += 1);
            self.found.moved_heads.push(head);
        }
    }

    /// The table of a head: the one that a page cut, or a new one.
    fn table_of(&mut self, matched: &head::Matched) -> usize {
        let width = matched.table.columns.len();
        let heads = matched.columns.iter().map(|(index, _)| index);
        let head = heads.chain(matched.groups.iter().map(|(index, _)| index)).next();
        let head = head.map_or(CellRef::new(0, 0), |index| self.sheet.cell(*index).at);
        let known = self.found.tables.iter().position(|table| table.block == matched.block);
        self.broken = known.is_some();
        known.unwrap_or_else(|| {
            self.found.tables.push(LocatedTable {
                block: matched.block,
                lines: matched.table.lines,
                units: vec![None; width],
                restated: Vec::new(),
                shown: vec![false; width],
                starts: vec![None; width],
                rows: Vec::new(),
                head,
            });
            self.found.tables.len() - 1
        })
    }

    fn show_column(&mut self, table: usize, column: usize, stated: Option<Unit>, row: u32) {
        let table = &mut self.found.tables[table];
        table.shown[column] = true;
        if let Some(stated) = stated {
            table.state_unit(column, stated, row);
        }
    }

    /// Notes in which column of the sheet each column of a table begins.
    fn note_starts(&mut self, table: usize) {
        for (col, column) in &self.starts {
            if let Some(start) =
                column.and_then(|column| self.found.tables[table].starts.get_mut(column))
            {
                *start = Some(*col);
            }
        }
    }

    /// Gives a unit to the columns of amounts whose heads state none.
    pub(super) fn default_units(&mut self, table: usize, unit: Option<Unit>) {
        let Some(unit) = unit else { return };
        let table = &mut self.found.tables[table];
        let Some(columns) = self.edition.columns(table.block) else { return };
        for (column, known) in columns.iter().zip(&mut table.units) {
            if column.column.is_amount() {
                known.get_or_insert(unit);
            }
        }
    }

    /// Takes out of the unknown words of a second row of heads what stands left of the group above it: the head of another
    /// column, or a remark under a head, （必填）, which says nothing of the values.
    fn part_left_of(
        &self,
        group: Option<u32>,
        unknown: &mut Vec<usize>,
        row: &mut by_place::Lower,
    ) {
        let Some(group) = group else { return };
        let col = |index: &usize| self.sheet.cell(*index).at.col;
        let left: Vec<usize> = unknown.iter().copied().filter(|index| col(index) < group).collect();
        unknown.retain(|index| !left.contains(index));
        let is_column = |index: &usize| {
            self.starts.contains(&(col(index), None))
                || self.starts.iter().any(|(start, of)| *start == col(index) && of.is_some())
        };
        row.foreign.extend(left.into_iter().filter(|index| !is_column(index)));
    }

    /// Takes a row of the columns' numbers under their heads: 栏次 | 1 | 2 | 3.
    pub(super) fn row_of_numbers(&mut self, cells: &[usize]) -> bool {
        const WORDS: [&str; 5] = ["栏次", "栏", "行次", "列次", "序号"];
        if !matches!(self.mode, Mode::Table(_)) || !self.under_head {
            return false;
        }
        let named = |index: &usize| {
            self.sheet.label(*index).is_some_and(|label| WORDS.contains(&label.key.as_str()))
        };
        let behind = usize::from(cells.first().is_some_and(named));
        let numbers = cells[behind..].iter().map(|index| self.number_of_column(*index));
        let Some(numbers) = numbers.collect::<Option<Vec<u32>>>() else { return false };
        let in_order = numbers.windows(2).all(|pair| pair[0] + 1 == pair[1]);
        if !in_order || numbers.len() < 2 || numbers[0] > 9 {
            return false;
        }
        self.found.labels.extend_from_slice(cells);
        true
    }

    /// Takes a row of remarks under heads, all in brackets: （必填） | （简述） | （可选填）.
    pub(super) fn row_of_remarks(&mut self, cells: &[usize]) -> bool {
        const WORDS: [&str; 14] = [
            "填",
            "简述",
            "概述",
            "数字",
            "数值",
            "选择",
            "量化",
            "不超过",
            "字以内",
            "单位",
            "做法",
            "要求",
            "说明",
            "小数",
        ];
        if !matches!(self.mode, Mode::Table(_)) || !self.under_head {
            return false;
        }
        let inner = |index: &usize| {
            let text = self.sheet.text(*index).filter(|text| text.chars().count() <= 12)?;
            text.strip_prefix(['（', '('])?.strip_suffix(['）', ')'])
        };
        let tells = |inner: &str| WORDS.iter().any(|word| inner.contains(word));
        let all = cells.iter().all(|index| inner(index).is_some())
            && cells.iter().filter_map(inner).any(tells);
        if all {
            self.found.labels.extend_from_slice(cells);
        }
        all
    }

    /// The number that a cell gives its column: 3, (3), ③, 3=4+5.
    fn number_of_column(&self, index: usize) -> Option<u32> {
        let cell = self.sheet.cell(index);
        let text = self.sheet.shown(index).map(str::to_owned).or_else(|| number(cell))?;
        let folded = label::folded(&text);
        let inner = folded.trim_matches(['(', ')', '[', ']', '.', '、']);
        let first = inner.split('=').next()?;
        (first.len() <= 2).then(|| first.parse().ok()).flatten()
    }

    /// A second row of heads directly under the first: 总额, 财政拨款, 其他资金 under 预算金额.
    pub(super) fn second_head_row(&mut self, table: usize, cells: &[usize]) -> bool {
        let block = self.found.tables[table].block;
        let mut row = by_place::Lower::default();
        let mut unknown = Vec::new();
        for index in cells {
            match head::column_role(&self.named, block, *index, &row.columns) {
                Some(column) => row.columns.push((*index, column)),
                None if head::is_block_label(&self.named, block, *index) => {}
                // 财政拨款 under 预算金额 in an edition that does not split the money.
                None if self.field_role(*index).is_some() => row.foreign.push(*index),
                None => unknown.push(*index),
            }
        }
        let Body::Table(spec) = &self.edition.blocks[block].body else { return false };
        let first = spec.columns.iter().position(|column| column.under.is_some());
        let group = first.and_then(|first| self.found.tables[table].starts[first]);
        if !row.columns.is_empty() {
            self.part_left_of(group, &mut unknown, &mut row);
        }
        if !by_place::lower_by_place(self.sheet, spec, group, &mut row, unknown) {
            return false;
        }
        let by_place::Lower { columns, unknown, foreign } = row;
        let lower = |column: usize| {
            let spec = self.edition.columns(block).and_then(|columns| columns.get(column));
            let amounts = spec.is_some_and(|spec| {
                spec.under.is_some() || (spec.column.is_amount() && columns.len() == 1)
            });
            amounts || !self.found.tables[table].shown[column]
        };
        // 资金总额 is a head there and the label of the last row.
        let total = |index: usize| self.named.is(index, Role::Total);
        let alone = foreign.is_empty() && matches!(columns.as_slice(), [(only, _)] if total(*only));
        if alone || !columns.iter().any(|(_, column)| lower(*column)) {
            return false;
        }
        for (index, column) in &columns {
            let col = self.sheet.cell(*index).at.col;
            self.starts.retain(|(start, known)| *start != col && *known != Some(*column));
            self.starts.push((col, Some(*column)));
            let stated = self.sheet.label(*index).and_then(|label| label.unit);
            let row = self.sheet.cell(*index).at.row;
            let located = &mut self.found.tables[table];
            located.shown[*column] = true;
            if stated.is_some_and(|stated| differs(&self.head_units, *column, stated)) {
                self.found.other_units.push(*index);
            }
            match stated {
                Some(stated) if located.rows.is_empty() => located.units[*column] = Some(stated),
                Some(stated) => located.state_unit(*column, stated, row),
                None => {}
            }
        }
        for index in &foreign {
            // Not the first column of the group above: nothing says that its words mean that one.
            let col = self.sheet.cell(*index).at.col;
            self.starts.retain(|(start, _)| *start != col);
            self.starts.push((self.sheet.cell(*index).at.col, None));
        }
        self.starts.sort_unstable();
        self.note_starts(table);
        self.found.labels.extend(cells.iter().filter(|index| !foreign.contains(index)));
        self.found.unknown_heads.extend(unknown);
        self.found.strays.extend(foreign);
        true
    }
}

/// Whether the head over a column states another unit.
pub(super) fn differs(units: &[(usize, Unit)], column: usize, unit: Unit) -> bool {
    units.iter().any(|(of, stated)| *of == column && *stated != unit)
}
