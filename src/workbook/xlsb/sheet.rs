//! One worksheet of a binary workbook, and the parts beside it.

use super::{
    super::{
        beside,
        builder::{Builder, Draft, place as place_of},
        looks::Looks,
        package::Package,
        relations,
    },
    Count,
    formula::{Formula, Links},
    records::{Fields, Record, Records},
};
use crate::{
    cell::{CellRef, MAX_COLUMNS, MAX_ROWS},
    error::Result,
    grid::Value,
};

/// What the cells of every sheet refer to.
pub(super) struct Context {
    pub(super) looks: Looks,
    pub(super) strings: Vec<String>,
    pub(super) links: Links,
    /// Whether Excel wrote the workbook, which calculates whatever it asks to be calculated again.
    pub(super) by_excel: bool,
}

const ROW: u32 = 0;
const FIRST_CELL: u32 = 1;
const FIRST_SHORT_CELL: u32 = 12;
const LAST_SHORT_CELL: u32 = 18;
const RICH_CELL: u32 = 62;
const COLUMNS: u32 = 60;
const BEGIN_DATA: u32 = 145;
const END_DATA: u32 = 146;
const MERGE: u32 = 176;

/// Reads a worksheet into a draft.
pub(super) fn read(
    package: &mut Package<'_>,
    part: &str,
    context: &Context,
    count: &mut Count<'_>,
    book: &mut Builder<'_>,
    draft: &mut Draft,
) -> Result<()> {
    let name = draft.sheet.name.clone().unwrap_or_default();
    let Some(bytes) = package.part(part)? else {
        draft.sheet.outside.push(format!("{part} (missing)"));
        return Ok(());
    };
    let mut records = Records::new(&bytes);
    let mut place = Place {
        placeholders: !context.by_excel && zeros_are_placeholders(&bytes),
        ..Place::default()
    };
    for record in records.by_ref() {
        count.add()?;
        record_into(record, context, &mut place, book, draft)?;
    }
    if records.cut || place.in_data {
        return Err(package.damaged(message!(
            "sheet `{name}`: {part} ends in the middle",
            "工作表 `{name}`：{part} 中途断开"
        )));
    }
    drop(bytes);
    beside(package, part, count, draft)
}

/// Where the reading stands.
#[derive(Default)]
struct Place {
    in_data: bool,
    row: u64,
    /// The column behind the last cell, which a short record takes.
    next: u64,
    /// Whether the zero of a formula that waits to be calculated is none of its results.
    placeholders: bool,
}

/// Whether no formula that waits to be calculated has any result but zero: their zeros are none then. A workbook that was
/// calculated and is to be calculated again has others too.
fn zeros_are_placeholders(part: &[u8]) -> bool {
    let mut formulas = Records::new(part).filter_map(|record| Formula::of(&record));
    !formulas.any(|formula| formula.pending && !formula.is_nothing)
}

fn record_into(
    record: Record<'_>,
    context: &Context,
    place: &mut Place,
    book: &mut Builder<'_>,
    draft: &mut Draft,
) -> Result<()> {
    let mut fields = record.fields;
    match record.kind {
        BEGIN_DATA => place.in_data = true,
        END_DATA => place.in_data = false,
        ROW if place.in_data => {
            let row = fields.u32().unwrap_or(u32::MAX);
            (place.row, place.next) = (u64::from(row), 0);
            if is_hidden_row(&mut fields) && row < MAX_ROWS {
                draft.sheet.hidden_rows.push(row);
            }
        }
        FIRST_CELL..=LAST_SHORT_CELL | RICH_CELL if place.in_data => {
            let short = (FIRST_SHORT_CELL..=LAST_SHORT_CELL).contains(&record.kind);
            let stated = if short { None } else { fields.u32().map(u64::from) };
            let col = stated.unwrap_or(place.next);
            place.next = col.saturating_add(1);
            let style = fields.array().map_or(0, |[low, middle, high, _flags]| {
                usize::from(low) | usize::from(middle) << 8 | usize::from(high) << 16
            });
            let formula = Formula::of(&record);
            let at = place_of(place.row, col);
            if formula.as_ref().is_some_and(|formula| formula.is_external(&context.links)) {
                draft.sheet.external.extend(at);
            }
            let waits = formula.is_some_and(|formula| formula.pending && formula.is_nothing);
            let found = if waits && place.placeholders {
                Some(Value::Formula("=…".to_owned()))
            } else {
                value(record.kind, &mut fields, style, context)
            };
            if let Some(value) = found {
                let struck = context.looks.struck(style);
                book.put_struck(draft, place.row, col, value, struck)?;
            }
        }
        COLUMNS => draft.sheet.hidden_cols.extend(hidden_columns(&mut fields)),
        MERGE => {
            if let (Some(top), Some(bottom), Some(left), Some(right)) =
                (fields.u32(), fields.u32(), fields.u32(), fields.u32())
            {
                let rows = (u64::from(top), u64::from(bottom));
                book.merge(draft, rows, (u64::from(left), u64::from(right)))?;
            }
        }
        _ => {}
    }
    Ok(())
}

/// The value of a cell; none for a blank one. A record too short for its value is an error value: it must not vanish.
fn value(kind: u32, fields: &mut Fields<'_>, style: usize, context: &Context) -> Option<Value> {
    let value = match kind {
        1 | 12 => return None,
        2 | 13 => fields.packed_number().map(|number| context.looks.number(number, style)),
        3 | 11 | 14 => fields.byte().map(|code| Value::Error(error_name(code))),
        4 | 10 | 15 => fields.byte().map(|truth| Value::Boolean(truth != 0)),
        5 | 9 | 16 => fields.f64().map(|number| context.looks.number(number, style)),
        6 | 8 | 17 => fields.text().map(Value::Text),
        7 | 18 => fields.u32().map(|index| match context.strings.get(index as usize) {
            Some(text) => Value::Text(text.clone()),
            None => Value::Error(format!("bad shared string index {index}")),
        }),
        _ => fields.rich_text().map(Value::Text),
    };
    Some(value.unwrap_or_else(|| Value::Error("cell record cut short".to_owned())))
}

fn error_name(code: u8) -> String {
    let name = match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0f => "#VALUE!",
        0x17 => "#REF!",
        0x1d => "#NAME?",
        0x24 => "#NUM!",
        0x2a => "#N/A",
        0x2b => "#GETTING_DATA",
        _ => return format!("error value {code}"),
    };
    name.to_owned()
}

/// Behind the row's number: its style, its height, a byte, and the byte with the flag.
fn is_hidden_row(fields: &mut Fields<'_>) -> bool {
    const HIDDEN: u8 = 0x10;
    fields.array::<7>().is_some() && fields.byte().is_some_and(|flags| flags & HIDDEN != 0)
}

fn hidden_columns(fields: &mut Fields<'_>) -> Option<(u32, u32)> {
    const HIDDEN: u16 = 0x01;
    let (first, last) = (fields.u32()?, fields.u32()?);
    let (_width, _style, flags) = (fields.u32()?, fields.u32()?, fields.u16()?);
    (flags & HIDDEN != 0 && first <= last && first < MAX_COLUMNS)
        .then(|| (first, last.min(MAX_COLUMNS - 1)))
}

/// Comments and text boxes.
fn beside(
    package: &mut Package<'_>,
    part: &str,
    count: &mut Count<'_>,
    draft: &mut Draft,
) -> Result<()> {
    for relation in relations::of(package, part)? {
        if relation.is("comments") {
            let bytes = package.part(&relation.target)?.unwrap_or_default();
            draft.sheet.comments.extend(comments(&bytes, count)?);
        } else if relation.is("drawing") {
            let xml = package.xml(&relation.target)?.unwrap_or_default();
            draft.sheet.drawings.extend(beside::texts(&xml));
        }
    }
    Ok(())
}

fn comments(part: &[u8], count: &mut Count<'_>) -> Result<Vec<(CellRef, String)>> {
    const COMMENT: u32 = 635;
    const TEXT: u32 = 637;
    let mut comments = Vec::new();
    let mut at = None;
    for Record { kind, mut fields } in Records::new(part) {
        count.add()?;
        match kind {
            COMMENT => {
                let (_author, row, _last_row, col) =
                    (fields.u32(), fields.u32(), fields.u32(), fields.u32());
                at = row.zip(col).filter(|(row, col)| *row < MAX_ROWS && *col < MAX_COLUMNS);
            }
            TEXT => {
                let place = at.take().map(|(row, col)| CellRef::new(row, col));
                comments.extend(place.zip(fields.rich_text()));
            }
            _ => {}
        }
    }
    Ok(comments)
}
