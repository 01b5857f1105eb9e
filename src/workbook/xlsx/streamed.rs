//! The cells of worksheets through calamine's streaming reader.
//!
//! calamine opens the package by itself. What it would read of it is bounded before: the zip reader gives no byte beyond
//! the size that a part states, so stated sizes suffice, and no part is inflated twice for it.

use std::io::Cursor;

use calamine::{DataRef, Reader, Xlsx, XlsxError};

use super::{
    super::{
        limits::{Limit, Limits},
        looks::Looks,
        package::{Package, is_same_part},
        tags::Tags,
    },
    outline::Outline,
};
use crate::{
    error::{Error, Result},
    grid::{OWN_SHEET_MARK, Value},
};

/// A workbook that calamine has opened.
pub(super) struct Streamed<'a> {
    book: Xlsx<Cursor<&'a [u8]>>,
    looks: Option<Looks>,
}

/// A cell: row and column from 0, its value, whether it is struck through.
pub(super) type Found = (u32, u32, Value, bool);

/// Opens a workbook; none where calamine can't or must not.
pub(super) fn open<'a>(
    bytes: &'a [u8],
    package: &mut Package<'_>,
    outline: &Outline,
) -> Result<Option<Streamed<'a>>> {
    if !is_usual(outline) || !fits(package, outline)? {
        return Ok(None);
    }
    match Xlsx::new(Cursor::new(bytes)) {
        Ok(book) => Ok(Some(Streamed { book, looks: None })),
        Err(XlsxError::Password) => Err(Error::Encrypted),
        Err(_) => Ok(None),
    }
}

/// Whether strings and styles stand where calamine looks for them, whatever the workbook says.
fn is_usual(outline: &Outline) -> bool {
    let stands = |part: &Option<String>, name: &str| {
        let usual = format!("{}{name}", outline.folder());
        part.as_ref().is_none_or(|part| is_same_part(part, &usual))
    };
    stands(&outline.strings, "sharedStrings.xml") && stands(&outline.styles, "styles.xml")
}

/// Whether the parts that calamine reads at once are of a size at which it can't take much memory: a style of five
/// bytes takes it hundreds, and it reserves room for as many strings as the part claims to hold.
fn fits(package: &mut Package<'_>, outline: &Outline) -> Result<bool> {
    const SHORTEST_STRING: u64 = 5; // `<si/>`
    let folder = outline.folder();
    let file = outline.main.strip_prefix(folder).unwrap_or_default();
    let strings = package.limits().most(Limit::Strings);
    let strings_part = format!("{folder}sharedStrings.xml");
    let parts = [
        ("_rels/.rels".to_owned(), 1 << 20),
        (outline.main.clone(), 4 << 20),
        (format!("{folder}_rels/{file}.rels"), 4 << 20),
        (format!("{folder}theme/theme1.xml"), 1 << 20),
        (format!("{folder}styles.xml"), 512 << 10),
        (strings_part.clone(), strings.saturating_mul(SHORTEST_STRING)),
    ];
    for (part, most) in parts {
        package.check(&part)?;
        if package.stated_size(&part).is_some_and(|size| size > most) {
            return Ok(false);
        }
    }
    let Some(head) = package.head(&strings_part, 4096) else { return Ok(true) };
    let size = package.stated_size(&strings_part).unwrap_or(0);
    let claimed = Tags::new(&head)
        .find(|tag| tag.name == b"sst")
        .and_then(|tag| tag.attribute("uniqueCount"));
    let claimed = claimed.map_or(Some(0), |count| count.trim().parse::<u64>().ok());
    Ok(claimed.is_some_and(|claimed| claimed <= (size / SHORTEST_STRING + 16).min(strings)))
}

impl Streamed<'_> {
    /// The cells of a worksheet; none where calamine gives up on it. Of a sheet of totals of our own only the first ones.
    pub(super) fn cells(&mut self, name: &str, limits: &Limits) -> Result<Option<Vec<Found>>> {
        let date1904 = self.book.has_1904_epoch();
        let Ok(mut reader) = self.book.worksheet_cells_reader(name) else { return Ok(None) };
        let looks = self.looks.get_or_insert_with(|| {
            let mut looks = Looks::new(date1904);
            for style in reader.styles() {
                let struck = style.font.as_ref().is_some_and(calamine::Font::has_strikethrough);
                let format = style.number_format.as_ref();
                let id = format.and_then(|format| format.format_id).unwrap_or(0);
                looks.add(id, format.map(|format| format.format_code.as_str()), struck);
            }
            looks
        });
        let (mut cells, mut size) = (Vec::new(), 0_u64);
        loop {
            let (cell, style) = match reader.next_cell_with_style_id() {
                Ok(Some(found)) => found,
                Ok(None) => return Ok(Some(cells)),
                Err(_) => return Ok(None),
            };
            let Some(value) = value(looks, cell.get_value(), style) else { continue };
            if let Value::Text(text) = &value {
                size += text.len() as u64;
                let all = || format!("more text on sheet `{name}`");
                limits.check(Limit::InflatedSize, size, all)?;
            }
            let (row, col) = cell.get_position();
            let ours = cells.len() < 4
                && matches!(&value, Value::Text(text) if text.trim() == OWN_SHEET_MARK);
            cells.push((row, col, value, looks.struck(style)));
            if ours {
                return Ok(Some(cells));
            }
            let count = cells.len() as u64;
            limits.check(Limit::Cells, count, || format!("more on sheet `{name}`"))?;
        }
    }
}

fn value(looks: &Looks, data: &DataRef<'_>, style: usize) -> Option<Value> {
    Some(match data {
        DataRef::Empty => return None,
        DataRef::String(text) => Value::Text(text.clone()),
        DataRef::SharedString(text) if text.trim().is_empty() => return None,
        DataRef::SharedString(text) => Value::Text((*text).to_owned()),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => looks.date(text, style),
        DataRef::Int(number) => {
            #[allow(clippy::cast_precision_loss)]
            // the file states it as a double in the first place
            let value = *number as f64;
            looks.number(value, style)
        }
        DataRef::Float(value) => looks.number(*value, style),
        DataRef::DateTime(date) => looks.number(date.as_f64(), style),
        DataRef::Bool(truth) => Value::Boolean(*truth),
        DataRef::Error(error) => Value::Error(error.to_string()),
    })
}
