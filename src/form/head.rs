//! Heads of tables: a row that names at least two columns.

use super::{
    amounts::{self, Says},
    by_place::{by_place, slots},
    chosen::{choose_amounts, choose_targets},
    edition::{Body, Lines, Role, Table},
    label,
    named::Named,
};
use crate::model::field_path::Column;

/// The head of a table.
pub(super) struct Matched<'a> {
    pub(super) block: usize,
    pub(super) table: &'a Table,
    /// Cells with the columns that they name, from left to right.
    pub(super) columns: Vec<(usize, usize)>,
    /// Cells over several columns in a head of two rows, with those columns.
    pub(super) groups: Vec<(usize, Vec<usize>)>,
    /// Cells whose words are unknown but whose place in the row names their column.
    pub(super) unknown: Vec<usize>,
    /// The head of a column 计量单位 that the edition does not print.
    pub(super) unit: Option<usize>,
    /// Cells that head a column of no field.
    pub(super) foreign: Vec<usize>,
    /// Heads of amounts of which none says that its column is the plan's.
    pub(super) doubts: Vec<usize>,
}

/// The table whose head a row is, if it is one. `current` is the block of the table in hand.
pub(super) fn table_head<'a>(
    named: &Named<'a, '_>,
    cells: &[usize],
    current: Option<usize>,
    plan: Option<i32>,
) -> Option<Matched<'a>> {
    let of_table = |index: &usize| {
        has_column_role(named, *index)
            || block_role(named, *index).is_some() && !fields_block_role(named, *index)
    };
    if !cells.iter().any(of_table) {
        return None;
    }
    let labelled = cells.iter().find_map(|index| block_role(named, *index));
    let mut best: Option<(Matched<'a>, usize)> = None;
    for (block, spec) in named.edition.blocks.iter().enumerate() {
        let Body::Table(table) = &spec.body else { continue };
        let Some(matched) = match_head(named, block, table, cells, plan) else { continue };
        let share = matched.covered() * 100 / table.columns.len();
        let mut score = matched.covered() * 1000 + share;
        score += usize::from(labelled == Some(block)) * 5000;
        score += usize::from(current.is_some_and(|current| current <= block));
        if best.as_ref().is_none_or(|(_, other)| score > *other) {
            best = Some((matched, score));
        }
    }
    best.map(|(matched, _)| matched)
}

impl Matched<'_> {
    /// How many columns of the table the head shows.
    fn covered(&self) -> usize {
        self.columns.len() + self.groups.iter().map(|(_, columns)| columns.len()).sum::<usize>()
    }
}

fn match_head<'a>(
    named: &Named<'_, '_>,
    block: usize,
    table: &'a Table,
    cells: &[usize],
    plan: Option<i32>,
) -> Option<Matched<'a>> {
    // Cheap before exact: most rows that name a column of one table name none of another.
    let heads = |index: &&usize| {
        column_role(named, block, **index, &[]).is_some()
            || !group_columns(named, table, **index).is_empty()
    };
    // Beside the block's own label no head need be known, if each has its place.
    let labelled = cells.iter().any(|index| named.is(*index, Role::Block(block)));
    if cells.iter().filter(heads).count() < 2 && !labelled {
        return None;
    }
    let mut columns: Vec<(usize, usize)> = Vec::new();
    let mut groups: Vec<(usize, Vec<usize>)> = Vec::new();
    let (mut unit, mut others) = (None, Vec::new());
    for index in cells {
        let group = group_columns(named, table, *index);
        if let Some(column) = column_role(named, block, *index, &columns) {
            columns.push((*index, column));
        } else if !group.is_empty() {
            groups.push((*index, group));
        } else if unit.is_none() && is_unit_beside(named, table, *index) {
            unit = Some(*index);
        } else if (labelled || !columns.is_empty()) && block_role(named, *index).is_none() {
            // 指标 between two heads is no piece of the label 绩效指标.
            others.push(*index);
        } else if !is_block_label(named, block, *index) {
            others.push(*index);
        }
    }
    let mut matched = Matched {
        block,
        table,
        columns,
        groups,
        unknown: Vec::new(),
        unit,
        foreign: Vec::new(),
        doubts: Vec::new(),
    };
    let known = matched.columns.len() + matched.groups.len();
    if (known < 2 || matched.columns.is_empty()) && !labelled {
        return None;
    }
    // A row of values never counts as a head: all its other cells must be short labels.
    let foreign = others
        .iter()
        .any(|index| named.sheet.label(*index).is_none_or(|label| label.key.chars().count() > 16));
    let placed = labelled
        && known + others.len() == slots(table).len()
        && (known > 0 || are_heads(named, table, &others));
    if foreign || (others.len() > matched.columns.len() || known < 2) && !placed {
        return None;
    }
    let another = choose_amounts(named, &mut matched, &mut others, plan);
    choose_targets(named, &mut matched, &mut others, plan);
    let placed = by_place(named.sheet, &mut matched, &others);
    matched.unknown.extend(placed);
    others.retain(|index| !matched.unknown.contains(index));
    others.extend(another);
    matched.foreign = others;
    // Of a head that lacks columns at least half must be there.
    (matched.covered() * 2 >= table.columns.len()).then_some(matched)
}

/// Whether words that name no column are heads all the same: short, no levels or figures, and money where amounts belong.
fn are_heads(named: &Named<'_, '_>, table: &Table, others: &[usize]) -> bool {
    let is_word = |index: &usize| {
        let label = named.sheet.label(*index);
        label.is_some_and(|label| {
            label.key.chars().count() <= 10 && !label.key.contains(char::is_numeric)
                || matches!(label.key.as_str(), "一级" | "二级" | "三级")
        }) && named.sheet.text(*index).is_some_and(|text| !named.edition.is_level_name(text))
    };
    let is_money = |(index, column): (&usize, &Column)| {
        let says = |text| amounts::says(text, false, None) >= Says::Money;
        !column.is_amount() || named.sheet.text(*index).is_some_and(says)
    };
    let columns = table.columns.iter().map(|column| &column.column);
    others.iter().all(is_word) && others.iter().zip(columns).all(is_money)
}

/// Whether a cell heads units of the targets in a table that prints no column for them.
fn is_unit_beside(named: &Named<'_, '_>, table: &Table, index: usize) -> bool {
    table.lines == Lines::Indicators
        && table.position(Column::TargetUnit).is_none()
        && named.is(index, Role::TargetUnit)
}

/// The columns of a table under a head of several.
fn group_columns(named: &Named<'_, '_>, table: &Table, index: usize) -> Vec<usize> {
    let is_group = |role: &Role| matches!(role, Role::ColumnGroup(_));
    let Some(label) = named.sheet.label(index).filter(|_| named.roles(index).iter().any(is_group))
    else {
        return Vec::new();
    };
    let columns = table.columns.iter().enumerate();
    let same = |name: &String| label::normal(name).is_some_and(|name| name.key == label.key);
    let under = |name: &String| named.edition.wordings(name).iter().any(same);
    columns
        .filter(|(_, column)| column.under.as_ref().is_some_and(under))
        .map(|(at, _)| at)
        .collect()
}

fn has_column_role(named: &Named<'_, '_>, index: usize) -> bool {
    named.roles(index).iter().any(|role| matches!(role, Role::Column(..)))
}

/// The column of a block that a cell names and that none of `taken` has.
pub(super) fn column_role(
    named: &Named<'_, '_>,
    block: usize,
    index: usize,
    taken: &[(usize, usize)],
) -> Option<usize> {
    named.role(index, |role| match role {
        Role::Column(of, column)
            if *of == block && taken.iter().all(|(_, known)| known != column) =>
        {
            Some(*column)
        }
        _ => None,
    })
}

/// The block that a cell is the label of.
pub(super) fn block_role(named: &Named<'_, '_>, index: usize) -> Option<usize> {
    named.role(index, |role| match role {
        Role::Block(block) => Some(*block),
        _ => None,
    })
}

/// Whether a cell is the label of a block of fields.
pub(super) fn fields_block_role(named: &Named<'_, '_>, index: usize) -> bool {
    block_role(named, index)
        .is_some_and(|block| matches!(named.edition.blocks[block].body, Body::Fields(_)))
}

/// Whether a cell beside a table is the label of a block, or a piece of this block's label that a page break cut off.
pub(super) fn is_block_label(named: &Named<'_, '_>, block: usize, index: usize) -> bool {
    if block_role(named, index).is_some() {
        return true;
    }
    let label = &named.edition.blocks[block].label;
    let (Some(text), Some((name, _))) = (named.sheet.text(index), label) else {
        return false;
    };
    if text.len() > 90 {
        return false;
    }
    // Cheap before exact: a piece is not longer than the label.
    let wordings = named.edition.folded_wordings(name);
    if wordings.iter().all(|wording| wording.len() + 24 < text.len()) {
        return false;
    }
    // Folding leaves a Chinese character as it is.
    let first = text.chars().find(|c| !c.is_whitespace());
    let is_chinese = |c: &char| ('\u{4e00}'..='\u{9fff}').contains(c);
    if first.filter(is_chinese).is_some_and(|c| !wordings.iter().any(|of| of.contains(c))) {
        return false;
    }
    let piece = label::folded(text);
    !piece.is_empty() && wordings.iter().any(|wording| wording.contains(&piece))
}
