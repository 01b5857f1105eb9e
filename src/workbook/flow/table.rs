//! A table of a document: its cells, and how many rows and columns each of its own takes on the sheet.

use super::{Block, Cell, Content, pieces::pieces};
use crate::{
    cell::MAX_ROWS,
    grid::{OWN_SHEET_MARK, Value},
};

/// A table with the places of its cells.
#[derive(Debug)]
pub(in crate::workbook) struct Table {
    /// Its number in the document, from 1.
    pub(super) number: u32,
    pub(super) cells: Vec<Cell>,
    pub(super) hidden_rows: Vec<u64>,
    /// First and last of each run.
    pub(super) hidden_cols: Vec<(u64, u64)>,
    /// Whether it serves only to place other tables.
    pub(super) is_layout: bool,
    rows: Tracks,
    cols: Tracks,
}

/// Where the rows or columns of a table begin on the sheet.
#[derive(Debug)]
enum Tracks {
    /// So many, each of them one of the sheet's.
    Even(u64),
    /// The start of each, and the end of the last.
    Uneven(Vec<u64>),
}

impl Tracks {
    fn start(&self, track: u64) -> u64 {
        match self {
            Self::Even(count) => track.min(*count),
            Self::Uneven(starts) => {
                let at = usize::try_from(track).unwrap_or(usize::MAX);
                starts.get(at).or(starts.last()).copied().unwrap_or(0)
            }
        }
    }

    fn total(&self) -> u64 {
        self.start(u64::MAX)
    }
}

impl Table {
    /// A table of so many rows and columns. A span ends with them: of the columns only those count where a cell begins,
    /// nothing stands beyond.
    pub(in crate::workbook) fn new(
        number: u32,
        (rows, cols): (u64, u64),
        mut cells: Vec<Cell>,
    ) -> Self {
        for cell in &mut cells {
            cell.span.0 = cell.span.0.clamp(1, rows.saturating_sub(cell.at.0).max(1));
            cell.span.1 = cell.span.1.clamp(1, cols.saturating_sub(cell.at.1).max(1));
        }
        let nested = cells.iter().any(|cell| matches!(cell.content, Content::Blocks(_)));
        let (row_tracks, col_tracks) = if nested {
            let row = |cell: &Cell| (cell.at.0, cell.span.0, size(cell).0);
            let col = |cell: &Cell| (cell.at.1, cell.span.1, size(cell).1);
            (tracks(&cells, rows, row), tracks(&cells, cols, col))
        } else {
            (Tracks::Even(rows), Tracks::Even(cols))
        };
        Self {
            number,
            is_layout: nested && is_layout(&cells),
            cells,
            hidden_rows: Vec::new(),
            hidden_cols: Vec::new(),
            rows: row_tracks,
            cols: col_tracks,
        }
    }

    /// The same table with rows and columns that nobody sees.
    pub(in crate::workbook) fn hiding(mut self, rows: Vec<u64>, cols: Vec<(u64, u64)>) -> Self {
        (self.hidden_rows, self.hidden_cols) = (rows, cols);
        self
    }

    /// What its only cell holds, where it has but one.
    pub(in crate::workbook) fn into_single(mut self: Box<Self>) -> Result<Content, Box<Self>> {
        let single = matches!(self.cells.as_slice(), [cell] if cell.at == (0, 0));
        if !single || self.height() != 1 || self.width() != 1 {
            return Err(self);
        }
        Ok(self.cells.pop().map_or(Content::Blank, |cell| cell.content))
    }

    pub(super) fn height(&self) -> u64 {
        self.rows.total()
    }

    pub(super) fn width(&self) -> u64 {
        self.cols.total()
    }

    /// First and last row on the sheet, from 0, of some rows of the table.
    pub(super) fn rows(&self, first: u64, count: u64) -> (u64, u64) {
        ends(&self.rows, first, count)
    }

    /// First and last column on the sheet of some columns of the table.
    pub(super) fn cols(&self, first: u64, count: u64) -> (u64, u64) {
        ends(&self.cols, first, count)
    }

    /// Whether it is a table of totals that this program wrote.
    pub(super) fn is_ours(&self) -> bool {
        self.cells.iter().filter(|cell| !matches!(cell.content, Content::Blank)).take(4).any(
            |cell| matches!(&cell.content, Content::Value(Value::Text(text)) if text.trim() == OWN_SHEET_MARK),
        )
    }
}

fn ends(tracks: &Tracks, first: u64, count: u64) -> (u64, u64) {
    let start = tracks.start(first);
    (start, tracks.start(first.saturating_add(count)).max(start + 1) - 1)
}

/// How many rows and columns of the sheet the content of a cell takes.
fn size(cell: &Cell) -> (u64, u64) {
    let Content::Blocks(blocks) = &cell.content else { return (1, 1) };
    blocks.iter().fold((0, 1), |(height, width), block| match block {
        Block::Line(line) => {
            let rows = pieces(&line.text);
            let widest = rows.iter().map(|pieces| pieces.len() as u64).max().unwrap_or(1);
            (height + rows.len() as u64, width.max(widest))
        }
        Block::Table(table) => (height.saturating_add(table.height()), width.max(table.width())),
    })
}

/// Widens each track to what its cells take; a cell over several widens the last of them.
fn tracks(cells: &[Cell], count: u64, extent: impl Fn(&Cell) -> (u64, u64, u64)) -> Tracks {
    let count = count.min(u64::from(MAX_ROWS));
    let mut sizes = vec![1_u64; usize::try_from(count).unwrap_or(0)];
    let mut wide: Vec<(usize, usize, u64)> = Vec::new();
    for (first, span, need) in cells.iter().map(extent).filter(|(_, _, need)| *need > 1) {
        let (Ok(first), Ok(last)) = (usize::try_from(first), usize::try_from(first + span - 1))
        else {
            continue;
        };
        match sizes.get_mut(first) {
            Some(size) if first == last => *size = (*size).max(need),
            _ => wide.push((last, first, need)),
        }
    }
    wide.sort_unstable();
    for (last, first, need) in wide {
        let Some(range) = sizes.get_mut(first..=last) else { continue };
        let have = range.iter().fold(0_u64, |sum, size| sum.saturating_add(*size));
        if let Some(size) = range.last_mut() {
            *size = size.saturating_add(need.saturating_sub(have));
        }
    }
    let mut starts = Vec::with_capacity(sizes.len() + 1);
    let mut at = 0_u64;
    starts.push(0);
    for size in sizes {
        at = at.saturating_add(size);
        starts.push(at);
    }
    Tracks::Uneven(starts)
}

/// Whether a table with tables in it only places them: a form has rows of label and value, a layout a menu or a line of
/// headings at most.
fn is_layout(cells: &[Cell]) -> bool {
    const MOST: usize = 2;
    let mut filled: Vec<u64> = cells
        .iter()
        .filter(|cell| matches!(cell.content, Content::Value(_)))
        .map(|cell| cell.at.0)
        .collect();
    filled.sort_unstable();
    let mut rows = 0;
    for run in filled.chunk_by(|one, other| one == other) {
        rows += usize::from(run.len() > 1);
    }
    rows <= MOST
}
