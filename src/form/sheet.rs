//! A grid with each cell's text read as a label, once for all editions.

use rustc_hash::FxHashMap;

use super::{
    furniture, kinds,
    label::{self, Label},
};
use crate::{
    grid::{Cell, Grid, Value},
    model::{text, year},
};

/// A grid and the labels that its texts could be.
#[derive(Debug)]
pub struct Sheet<'g> {
    /// The grid.
    pub grid: &'g Grid,
    labels: Vec<Option<Label>>,
    /// Cells with a label before a colon, in order.
    inlines: Vec<Inline>,
    /// The normal form of the texts that are not in it as typed, by the index of their cell.
    cleaned: FxHashMap<usize, String>,
    /// Which cells are titles, in order.
    titles: Vec<usize>,
}

/// A cell with a label and its value.
#[derive(Debug)]
struct Inline {
    cell: usize,
    label: Label,
    /// Where the value begins in the cell's text.
    value: usize,
}

impl<'g> Sheet<'g> {
    /// Reads every short text of the grid as a label.
    pub fn new(grid: &'g Grid) -> Self {
        let dirty = grid.cells().iter().enumerate().filter_map(|(index, cell)| {
            let raw = text(cell).filter(|raw| !text::is_clean(raw))?;
            Some((index, text::clean(raw).text))
        });
        let cleaned: FxHashMap<usize, String> = dirty.collect();
        let of = |(index, cell)| {
            label::normal(cleaned.get(&index).map_or_else(|| text(cell), |text| Some(text))?)
        };
        let labels = grid.cells().iter().enumerate().map(of).collect();
        let mut sheet = Self { grid, labels, inlines: Vec::new(), cleaned, titles: Vec::new() };
        sheet.inlines =
            (0..grid.cells().len()).filter_map(|index| sheet.inline_of(index)).collect();
        sheet.titles =
            (0..grid.cells().len()).filter(|index| sheet.looks_like_title(*index)).collect();
        sheet
    }

    /// The cell of an index.
    pub fn cell(&self, index: usize) -> &'g Cell {
        &self.grid.cells()[index]
    }

    /// The text of a cell in its normal form: without tags and invisible characters.
    pub fn text(&self, index: usize) -> Option<&str> {
        self.cleaned.get(&index).map_or_else(|| text(self.cell(index)), |text| Some(text))
    }

    /// Whether a cell's text is in its normal form as typed.
    pub fn is_clean(&self, index: usize) -> bool {
        !self.cleaned.contains_key(&index)
    }

    /// What a cell shows: its text, or a number as its number format shows it.
    pub fn shown(&self, index: usize) -> Option<&str> {
        match &self.cell(index).value {
            Value::Number(number) => number.shown.as_ref().map(|shown| shown.text.as_str()),
            _ => self.text(index),
        }
    }

    /// Whether a cell is the title of a form: by its words, and by nothing but printed matter beside it.
    pub fn is_title(&self, index: usize) -> bool {
        self.titles.binary_search(&index).is_ok()
    }

    fn looks_like_title(&self, index: usize) -> bool {
        let words = |index: usize| {
            let key = &self.label(index)?.key;
            self.text(index).filter(|text| kinds::is_title_label(text, key))
        };
        let Some(_) = words(index) else { return false };
        let span = self.cell(index).span;
        let cells = self.grid.cells();
        // 部门整体绩效目标 is a title on a line of its own, and the label of the objective beside its text.
        let has_value = || {
            let mut row = self.grid.indices(span.start.row, span.start.row);
            row.any(|other| {
                cells[other].at.col > span.end.col && cells[other].value != cells[index].value
            })
        };
        if self.label(index).is_some_and(|label| label.key == "部门整体绩效目标") && has_value()
        {
            return false;
        }
        let left =
            index.checked_sub(1).filter(|left| cells[*left].span.end.col + 1 == span.start.col);
        let right = Some(index + 1)
            .filter(|right| cells.get(*right).is_some_and(|c| c.at.col == span.end.col + 1));
        let beside = left
            .into_iter()
            .chain(right)
            .filter(|other| self.cell(*other).at.row == span.start.row);
        // Over the columns of a whole form, beside another form that touches it: what stands there is no label of it.
        let wide = span.end.col - span.start.col >= 3 && self.names_a_form(index);
        beside.into_iter().all(|other| {
            let named = self.label(other).is_some_and(|label| label.key.contains("目标"));
            if wide && !named {
                return true;
            }
            let printed = |text| {
                furniture::is_furniture(text)
                    || year::alone(text).is_some()
                    || furniture::is_note(text)
            };
            // 批复单位：某局 of a form at the left asks for no value.
            let complete = || {
                self.names_a_form(index)
                    && self
                        .text(other)
                        .and_then(label::split_inline)
                        .is_some_and(|(_, value)| !value.is_empty())
            };
            words(other).is_some() || self.shown(other).is_some_and(printed) || complete()
        })
    }

    /// Whether a cell's words name a form and nothing else.
    fn names_a_form(&self, index: usize) -> bool {
        self.label(index).is_some_and(|label| {
            (label.key.ends_with('表') || label.key.ends_with("申报书"))
                && label.key.contains("部门")
        })
    }

    fn inline_of(&self, index: usize) -> Option<Inline> {
        let text = self.text(index)?;
        let (before, value) = label::split_inline(text)?;
        Some(Inline {
            cell: index,
            label: label::normal(before)?,
            value: text.trim_end().len() - value.len(),
        })
    }

    /// The label before the first colon of a cell's text, and the value behind it.
    pub fn inline(&self, index: usize) -> Option<(&Label, &str)> {
        let at = self.inlines.binary_search_by_key(&index, |inline| inline.cell).ok()?;
        let inline = &self.inlines[at];
        Some((&inline.label, self.text(index)?.get(inline.value..)?.trim_end()))
    }

    /// The cell's text as a label.
    pub fn label(&self, index: usize) -> Option<&Label> {
        self.labels[index].as_ref()
    }
}

/// The text of a text cell.
pub fn text(cell: &Cell) -> Option<&str> {
    match &cell.value {
        Value::Text(text) => Some(text),
        _ => None,
    }
}

/// The digits of a whole number in a cell without a number format.
pub(super) fn number(cell: &Cell) -> Option<String> {
    match &cell.value {
        Value::Number(number) if number.shown.is_none() => Some(number.value.to_string()),
        _ => None,
    }
}
