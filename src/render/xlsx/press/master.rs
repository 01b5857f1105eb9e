//! A workbook that the library wrote, cut open where another return has something else.

use std::{
    collections::HashMap,
    io::{Cursor, Read},
    sync::{Arc, LazyLock, Mutex, PoisonError},
};

use zip::ZipArchive;

use super::{
    super::{
        library,
        looks::Style,
        names,
        sheet::{Cell, Page, Place, Sheet, Value},
    },
    cells,
    package::Deflated,
    texts::{Texts, escape},
};
use crate::form::edition::Layout;

/// A part that is written anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fresh {
    Sheet(usize),
    Texts,
    Workbook,
    Properties,
}

/// What stands in the master where each return has its own: rows and a title that nothing else has.
const HEADER: u32 = 765_432;
const LAST: u32 = 987_654;
const TITLE: &str = "title-of-the-return";

/// Where the rows of a sheet end.
const END: &str = "</sheetData>";

/// Masters are kept for so many kinds of workbooks; of more kinds there are few files each.
const MOST: usize = 64;

type Kept = Mutex<HashMap<Key, Option<Arc<Master>>>>;
static MASTERS: LazyLock<Kept> = LazyLock::new(Kept::default);

/// What the parts that stay depend on.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Key {
    fonts: [String; 2],
    /// Sizes and widths, as bits.
    measures: Vec<u64>,
    /// The styles of each sheet, in the order in which they first come.
    styles: Vec<Vec<Style>>,
}

/// A workbook with an example of each style.
pub(super) struct Master {
    parts: Vec<Part>,
    sheets: Vec<Cut>,
    workbook: Vec<String>,
    properties: Vec<String>,
}

/// A part of the master; of one that is written anew, name and place count.
pub(super) struct Part {
    pub(super) name: String,
    pub(super) fresh: Option<Fresh>,
    pub(super) deflated: Deflated,
}

/// A sheet: its styles with the numbers that they have in the workbook, and the text around the extent and the rows.
struct Cut {
    formats: Vec<(Style, u32)>,
    around: [String; 3],
}

impl Master {
    /// The master for a form with its totals; `None` where there can be none.
    pub(super) fn of(
        form: &Sheet<'_>,
        totals: Option<&Sheet<'_>>,
        layout: &Layout,
    ) -> Option<Arc<Self>> {
        if form.name != names::FORM || !form.rules.is_empty() {
            return None;
        }
        let sizes = [layout.title_size, layout.size, layout.note_size];
        let key = Key {
            fonts: [layout.font.clone(), layout.head_font.clone()],
            measures: sizes.iter().chain(form.widths).map(|size| size.to_bits()).collect(),
            styles: std::iter::once(form).chain(totals).map(styles).collect(),
        };
        let kept = || MASTERS.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(master) = kept().get(&key) {
            return master.clone();
        }
        let master = Self::make(&key, form, totals, layout).map(Arc::new);
        let mut kept = kept();
        if kept.len() < MOST {
            kept.insert(key, master.clone());
        }
        master
    }

    fn make(
        key: &Key,
        form: &Sheet<'_>,
        totals: Option<&Sheet<'_>>,
        layout: &Layout,
    ) -> Option<Self> {
        let sheets: Vec<_> = std::iter::once(form)
            .chain(totals)
            .zip(&key.styles)
            .map(|(sheet, styles)| (example(sheet, styles), layout))
            .collect();
        let bytes = library::workbook(&sheets, TITLE).ok()?;
        let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
        let parts: Vec<Part> =
            (0..archive.len()).map(|at| part(&mut archive, at)).collect::<Option<_>>()?;
        let mut text = |name: &str| {
            let mut text = String::new();
            archive.by_name(name).ok()?.read_to_string(&mut text).ok()?;
            Some(text)
        };
        let mut cuts = Vec::with_capacity(sheets.len());
        for (at, styles) in key.styles.iter().enumerate() {
            let text = text(&format!("xl/worksheets/sheet{}.xml", at + 1))?;
            cuts.push(Cut::new(&text, styles)?);
        }
        let last = |row: u32| format!("${}", row + 1);
        let workbook = cut(&text("xl/workbook.xml")?, &[&last(LAST), &last(HEADER)])?;
        let properties = cut(&text("docProps/core.xml")?, &[TITLE])?;
        Some(Self { parts, sheets: cuts, workbook, properties })
    }

    /// The parts in their order.
    pub(super) fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// A sheet's part.
    pub(super) fn sheet<'a>(
        &self,
        at: usize,
        sheet: &'a Sheet<'a>,
        texts: &mut Texts<'a>,
    ) -> Option<String> {
        let Cut { formats, around } = self.sheets.get(at)?;
        let number = |style| formats.iter().find(|(known, _)| *known == style).map(|(_, at)| *at);
        let written = cells::write(sheet, |cell| number(sheet.cells[cell].style), texts)?;
        let [head, columns, tail] = around;
        let cells::Written { extent, rows, merged } = &written;
        Some([head, extent, columns, rows, END, merged, tail].concat())
    }

    /// The part of the workbook.
    pub(super) fn workbook(&self, form: &Sheet<'_>) -> Option<String> {
        let Page::Form { header, last } = form.page else { return None };
        let [start, middle, end] = self.workbook.as_slice() else { return None };
        Some(format!("{start}${}{middle}${}{end}", last + 1, header + 1))
    }

    /// The part of the document's properties.
    pub(super) fn properties(&self, title: &str) -> String {
        let mut xml = String::with_capacity(800);
        let mut around = self.properties.iter();
        around.next().into_iter().for_each(|start| xml.push_str(start));
        escape(&library::title(title), &mut xml);
        around.for_each(|end| xml.push_str(end));
        xml
    }
}

impl Cut {
    fn new(text: &str, styles: &[Style]) -> Option<Self> {
        let (head, rest) = text.split_once("<dimension ref=\"")?;
        let (_, rest) = rest.split_once('"')?;
        let (columns, rest) = rest.split_once("<sheetData>")?;
        let (rows, tail) = rest.split_once(END)?;
        let number = |at: usize| -> Option<u32> {
            let (_, cell) = rows.split_once(&format!("<c r=\"A{}\" s=\"", at + 1))?;
            cell.split_once('"')?.0.parse().ok()
        };
        let formats = styles.iter().enumerate().map(|(at, style)| Some((*style, number(at)?)));
        Some(Self {
            formats: formats.collect::<Option<_>>()?,
            around: [
                format!("{head}<dimension ref=\""),
                format!("\"{columns}<sheetData>"),
                tail.to_owned(),
            ],
        })
    }
}

/// The styles of a sheet, each once.
fn styles(sheet: &Sheet<'_>) -> Vec<Style> {
    let mut styles = Vec::with_capacity(16);
    for cell in &sheet.cells {
        if !styles.contains(&cell.style) {
            styles.push(cell.style);
        }
    }
    styles
}

/// A sheet with one cell of each style.
fn example<'a>(like: &Sheet<'a>, styles: &[Style]) -> Sheet<'a> {
    let cell = |(row, style): (u32, &Style)| Cell {
        place: Place::single(row, 0),
        style: *style,
        value: Value::Text("x".into()),
    };
    Sheet {
        name: like.name.clone(),
        widths: like.widths,
        heights: Vec::new(),
        cells: (0..).zip(styles).map(cell).collect(),
        page: match like.page {
            Page::Form { .. } => Page::Form { header: HEADER, last: LAST },
            Page::Totals => Page::Totals,
        },
        rules: Vec::new(),
    }
}

/// A part of an archive, deflated as it is.
fn part(archive: &mut ZipArchive<Cursor<Vec<u8>>>, at: usize) -> Option<Part> {
    let name = archive.name_for_index(at)?.ok()?.into_owned();
    let mut raw = archive.by_index_raw(at).ok()?;
    let (crc, size) = (raw.crc32(), u32::try_from(raw.size()).ok()?);
    let mut data = Vec::new();
    raw.read_to_end(&mut data).ok()?;
    Some(Part { fresh: fresh(&name), name, deflated: Deflated { data, crc, size } })
}

/// Whether a part is written anew.
fn fresh(name: &str) -> Option<Fresh> {
    match name {
        "xl/sharedStrings.xml" => Some(Fresh::Texts),
        "xl/workbook.xml" => Some(Fresh::Workbook),
        "docProps/core.xml" => Some(Fresh::Properties),
        _ => {
            let number = name.strip_prefix("xl/worksheets/sheet")?.strip_suffix(".xml")?;
            Some(Fresh::Sheet(number.parse::<usize>().ok()?.checked_sub(1)?))
        }
    }
}

/// The text around words that each stand in it once, in this order.
fn cut(text: &str, words: &[&str]) -> Option<Vec<String>> {
    let mut pieces = Vec::with_capacity(words.len() + 1);
    let mut rest = text;
    for word in words {
        let (before, after) = rest.split_once(word)?;
        pieces.push(before.to_owned());
        rest = after;
    }
    pieces.push(rest.to_owned());
    Some(pieces)
}
