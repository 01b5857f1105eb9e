//! Rows of labels with their values.

use super::{
    amounts::{self, LabelledTotal},
    edition::{Body, Role},
    furniture, head,
    locate::Search,
    located::{Join, LocatedField},
};
use crate::model::{
    field_path::{BudgetField, Field},
    level::Level,
    money::Unit,
    totals::Total,
    year,
};

/// The label whose value the search expects next in a row.
#[derive(Clone, Copy)]
enum Open {
    Nothing,
    /// Index into the fields found in this row.
    Field(usize),
    /// Index into its totals.
    Total(usize),
}

/// What a label opens.
enum Opened {
    Nothing,
    /// The field pushed last.
    Field,
    Total(Total, Option<Unit>),
}

impl Search<'_, '_> {
    /// Takes a row that holds labels of fields; false when it holds none.
    pub(super) fn row_of_fields(&mut self, cells: &[usize]) -> bool {
        if !cells.iter().any(|index| self.is_label(*index)) {
            return false;
        }
        let mut row: Vec<LocatedField> = Vec::new();
        let mut totals: Vec<LabelledTotal> = Vec::new();
        let mut open = Open::Nothing;
        let (mut loose, mut heads, mut labels) = (Vec::new(), Vec::new(), Vec::new());
        let head_row = cells.iter().any(|index| self.heads_amounts(*index));
        for (at, index) in cells.iter().enumerate() {
            let col = self.sheet.cell(*index).at.col;
            let pairs = self.inline(*index);
            if let Some(last) = pairs.last() {
                self.found.level = self.found.level.or_else(|| self.own_level(*index));
                self.found.labels.extend(last.inline.is_none().then_some(*index));
                row.extend(pairs);
                labels.push(col);
                open = Open::Field(row.len() - 1);
            } else if let Some(next) = self.label_cell(*index, &mut row) {
                if self.is_amount_head(*index) {
                    heads.push(*index);
                } else {
                    labels.push(col);
                }
                open = match next {
                    Opened::Nothing => Open::Nothing,
                    Opened::Field => Open::Field(row.len() - 1),
                    Opened::Total(total, unit) => {
                        totals.push(LabelledTotal { total, unit, label: col, cells: Vec::new() });
                        Open::Total(totals.len() - 1)
                    }
                };
            } else {
                match open {
                    _ if head_row && self.is_head_text(*index) => heads.push(*index),
                    Open::Field(field) if self.can_be_value(&row[field], *index) => {
                        row[field].value.push((*index, Join::Line));
                    }
                    Open::Field(field)
                        if self.is_moved_value(&row[field], *index, &cells[at..]) =>
                    {
                        if self.found.moved_rows.last() != Some(&cells[0]) {
                            self.found.moved_rows.push(cells[0]);
                        }
                        row[field].value.push((*index, Join::Line));
                    }
                    Open::Total(at) if self.can_be_amount(*index) => totals[at].cells.push(*index),
                    _ => loose.push(*index),
                }
            }
        }
        self.note_amount_heads(&heads);
        self.place_heads(&heads, &mut loose);
        for total in totals {
            let next = labels.iter().copied().find(|col| *col > total.label).unwrap_or(u32::MAX);
            self.take_total(&total, next, &mut loose);
        }
        for field in &mut row {
            if let Field::Budget(_) = field.field {
                let at = field.label.col;
                let next = labels.iter().copied().find(|col| *col > at).unwrap_or(u32::MAX);
                self.choose_value(field, next, &mut loose);
            }
        }
        loose.sort_unstable();
        self.place_loose(&loose, cells.len());
        for mut field in row {
            let behind = self.cut_value(&mut field);
            self.take_field(field);
            for field in behind {
                self.take_field(field);
            }
        }
        true
    }

    /// What of a row of fields belongs to no label: a note beside the approver, or a stray.
    fn place_loose(&mut self, loose: &[usize], all: usize) {
        let mut note: Option<usize> = None;
        for index in loose {
            let year = self.sheet.shown(*index).and_then(year::alone);
            match (self.sheet.text(*index), note) {
                _ if year.is_some() => self.found.years.push(*index),
                // What stands behind a note's first words belongs to it: 填报日期 | 2025年1月10日.
                (_, Some(at)) => self.found.notes[at].push(*index),
                (Some(text), None)
                    if furniture::is_note(text) || (self.found.fields.is_empty() && all < 4) =>
                {
                    note = furniture::is_note(text).then_some(self.found.notes.len());
                    self.found.notes.push(vec![*index]);
                }
                _ if self.is_piece_of_label(*index) => self.found.labels.push(*index),
                _ => self.found.strays.push(*index),
            }
        }
    }

    /// Whether a cell is a piece of the label of a block of fields, cut over several rows.
    pub(super) fn is_piece_of_label(&self, index: usize) -> bool {
        let left =
            self.found.fields.iter().all(|field| self.sheet.cell(index).at.col <= field.label.col);
        let blocks = self.edition.blocks.iter().enumerate();
        left && blocks
            .filter(|(_, block)| matches!(block.body, Body::Fields(_)))
            .any(|(block, _)| head::is_block_label(&self.named, block, index))
    }

    fn is_label(&self, index: usize) -> bool {
        if self.inline_field(index).is_some() {
            return true;
        }
        self.named.roles(index).iter().any(|role| match role {
            Role::Field(_)
            | Role::OwnLevel(_)
            | Role::Group(_)
            | Role::AmountHead
            | Role::Total => true,
            Role::Block(block) => matches!(self.edition.blocks[*block].body, Body::Fields(_)),
            Role::Column(..) | Role::ColumnGroup(_) | Role::TargetUnit => false,
        })
    }

    /// Takes a cell that is a label; `None` when it is none.
    fn label_cell(&mut self, index: usize, row: &mut Vec<LocatedField>) -> Option<Opened> {
        let label = self.sheet.label(index)?;
        let cell = self.sheet.cell(index);
        let unit = label.unit;
        let open = self.named.role(index, |role| match role {
            Role::Field(_)
            | Role::OwnLevel(_)
            | Role::Group(_)
            | Role::AmountHead
            | Role::Total => Some(*role),
            Role::Block(_) if head::fields_block_role(&self.named, index) => Some(*role),
            _ => None,
        })?;
        self.found.labels.push(index);
        Some(match open {
            Role::Field(field) => self.open_field(field, index, unit, row),
            Role::OwnLevel(level) => {
                self.found.level = self.found.level.or(Some(level));
                let field = Field::Budget(BudgetField::OwnLevel);
                self.open_field(field, index, unit, row)
            }
            Role::Group(total) => {
                self.groups.retain(|(col, _)| *col != cell.at.col);
                self.groups.push((cell.at.col, total));
                self.unit_over(cell.at.col, unit);
                Opened::Total(total, unit)
            }
            Role::AmountHead => {
                self.unit_over(cell.at.col, unit);
                Opened::Nothing
            }
            Role::Total => {
                self.found.total_rows = true;
                match self.group_of(cell.at.col) {
                    Some(total) => Opened::Total(total, unit),
                    None => Opened::Nothing,
                }
            }
            Role::Block(block) => {
                self.found.blocks[block] = true;
                self.block_unit = unit.or(self.block_unit);
                Opened::Nothing
            }
            Role::Column(..) | Role::ColumnGroup(_) | Role::TargetUnit => return None,
        })
    }

    fn open_field(
        &self,
        field: Field,
        index: usize,
        unit: Option<Unit>,
        row: &mut Vec<LocatedField>,
    ) -> Opened {
        let label = self.sheet.cell(index).at;
        row.push(LocatedField { field, label, value: Vec::new(), inline: None, unit });
        Opened::Field
    }

    /// Whether a cell behind a field's label is its value: the first one, of which an amount may have several, no
    /// note, and in the label's half of the block.
    fn can_be_value(&self, field: &LocatedField, index: usize) -> bool {
        let amount = matches!(field.field, Field::Budget(_));
        if !amount && (!field.value.is_empty() || field.inline.is_some()) {
            return false;
        }
        let col = self.sheet.cell(index).at.col;
        let over = self.groups.iter().any(|(head, _)| field.label.col < *head && *head <= col);
        match field.field {
            Field::OverallObjective => true,
            Field::Budget(_) => !over,
            _ => self.sheet.text(index).is_none_or(|text| !furniture::is_note(text)),
        }
    }

    /// Whether an amount beyond its label's half is its value all the same, since the row's cells were moved: it stands
    /// next to the label, or before the next one.
    fn is_moved_value(&self, field: &LocatedField, index: usize, rest: &[usize]) -> bool {
        let label = self.sheet.grid.get(field.label);
        let next_to =
            label.is_some_and(|label| label.span.end.col + 1 == self.sheet.cell(index).at.col);
        let budget = matches!(field.field, Field::Budget(_));
        let only = field.value.is_empty() && field.inline.is_none();
        let before_label = || rest.iter().any(|later| self.prints_field(*later));
        budget && only && amounts::is_amount(self.sheet, index) && (next_to || before_label())
    }

    /// Whether a cell behind a total's label is its amount, and no words.
    fn can_be_amount(&self, index: usize) -> bool {
        self.sheet.text(index).is_none_or(|text| {
            text.chars().count() < 3 || text.chars().any(char::is_numeric) || text.starts_with('=')
        })
    }

    /// The level that a label of 本级使用资金 before a colon states.
    fn own_level(&self, index: usize) -> Option<Level> {
        let (label, _) = self.sheet.inline(index)?;
        self.edition.roles(&label.key).iter().find_map(|role| match role {
            Role::OwnLevel(level) => Some(*level),
            _ => None,
        })
    }

    /// The group of amounts that a 合计 in this column closes: the one whose head stands in the column or left of it.
    fn group_of(&self, col: u32) -> Option<Total> {
        self.groups
            .iter()
            .filter(|(head, _)| *head <= col)
            .max_by_key(|(head, _)| *head)
            .map(|(_, total)| *total)
    }
}
