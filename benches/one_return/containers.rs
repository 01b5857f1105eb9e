//! Each container beside its plain parser: calamine where it reads the container, else the parser of its text or markup,
//! which looks at every event and keeps nothing.

use std::{
    hint::black_box,
    io::{Cursor, Read},
    path::{Path, PathBuf},
};

use calamine::{Ods, Reader as _, Xls, Xlsb};
use quick_xml::{Reader, events::Event};
use zip::ZipArchive;

/// Name, fixture, plain parser.
type Row = (&'static str, &'static str, fn(&[u8]));

pub(crate) const ROWS: &[Row] = &[
    ("xls", "tests/fixtures/containers/libreoffice-town.xls", xls),
    ("xlsb", "tests/fixtures/containers/town-formulon.xlsb", xlsb),
    ("ods", "tests/fixtures/containers/town-libreoffice.ods", ods),
    ("fods", "tests/fixtures/containers/town-sheetjs.fods", markup),
    ("xml 2003", "tests/fixtures/containers/town-libreoffice.xml", markup),
    ("html", "tests/fixtures/containers/sheetjs.html", markup),
    ("docx", "tests/fixtures/containers/word.docx", docx),
    ("csv", "samples/gb18030.csv", delimited),
];

pub(crate) fn path(fixture: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(fixture)
}

fn xls(bytes: &[u8]) {
    let mut book: Xls<_> = Xls::new(Cursor::new(bytes)).unwrap();
    for name in book.sheet_names() {
        black_box((
            book.worksheet_range(&name).unwrap(),
            book.merge_cells_by_sheet_name(&name).ok(),
        ));
    }
}

fn xlsb(bytes: &[u8]) {
    let mut book: Xlsb<_> = Xlsb::new(Cursor::new(bytes)).unwrap();
    for name in book.sheet_names() {
        black_box(book.worksheet_range(&name).unwrap());
    }
}

fn ods(bytes: &[u8]) {
    let mut book: Ods<_> = Ods::new(Cursor::new(bytes)).unwrap();
    for name in book.sheet_names() {
        black_box(book.worksheet_range(&name).unwrap());
    }
}

fn markup(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let mut reader = Reader::from_str(&text);
    reader.config_mut().check_end_names = false;
    loop {
        // Pages are no XML: the first fault ends the walk.
        match reader.read_event() {
            Ok(Event::Eof) | Err(_) => return,
            event => drop(black_box(event)),
        }
    }
}

fn docx(bytes: &[u8]) {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut part = Vec::new();
    archive.by_name("word/document.xml").unwrap().read_to_end(&mut part).unwrap();
    markup(&part);
}

fn delimited(bytes: &[u8]) {
    let text = encoding_rs::GB18030.decode(bytes).0;
    let mut rows =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    rows.records().for_each(|row| drop(black_box(row)));
}
