//! OOXML workbooks as other programs write them.

use std::io::{Cursor, Read, Write};

use jixiao::{
    error::Error,
    grid::{Number, Value},
    workbook::{self, Limits, Options, Sheet, Source},
};
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

use super::{assert_same, fixture};

/// A package with one part changed.
pub(super) fn altered(package: &[u8], part: &str, change: impl FnOnce(&mut Vec<u8>)) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(package)).unwrap();
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let mut change = Some(change);
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        let name = file.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        if name == part {
            change.take().unwrap()(&mut bytes);
        }
        writer.start_file(name, SimpleFileOptions::default()).unwrap();
        writer.write_all(&bytes).unwrap();
    }
    assert!(change.is_none(), "{part} is a part");
    writer.finish().unwrap().into_inner()
}

const SHEET: &str = "xl/worksheets/sheet1.xml";

/// A workbook with these cells in its first sheet; its shared strings are those of the fixture.
fn with_cells(cells: &str) -> Vec<u8> {
    altered(&fixture("town.xlsm"), SHEET, |part| {
        *part = format!("<worksheet><sheetData>{cells}</sheetData></worksheet>").into_bytes();
    })
}

fn open_with(bytes: &[u8], limits: &[&str]) -> Result<Vec<Sheet>, Error> {
    let mut options = Options { limits: Limits::default(), ..Options::default() };
    for limit in limits {
        options.limits.set(limit).unwrap();
    }
    match workbook::open(bytes, &options)? {
        Source::Workbook(book) => Ok(book.sheets),
        Source::Json(_) => panic!("a workbook"),
    }
}

/// The values of a workbook with these cells.
fn values(cells: &str) -> Vec<(String, Value)> {
    let sheets = open_with(&with_cells(cells), &[]).unwrap();
    sheets[0].grid.cells().iter().map(|cell| (cell.at.to_string(), cell.value.clone())).collect()
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn number(value: f64) -> Value {
    Value::Number(Number { value, shown: None })
}

fn error(name: &str) -> Value {
    Value::Error(name.to_owned())
}

#[test]
fn every_form_of_a_package_holds_the_same_return() {
    for name in [
        "town.xlsm",
        "town.xltx",
        "town-strict.xlsx",
        "town-prefixed.xlsx",
        "town-moved.xlsx",
        "town-backslashes.xlsx",
        "town-inline.xlsx",
        "town-without-addresses.xlsx",
        "town-utf-16.xlsx",
    ] {
        assert_same(name, "town.xlsx");
    }
}

#[test]
fn an_odd_value_refuses_no_workbook() {
    for (cell, want) in [
        (r#"<c r="A1" t="e"><v>#SPILL!</v></c>"#, error("#SPILL!")),
        (r#"<c r="A1" t="e"><v>#GETTING_DATA</v></c>"#, error("#GETTING_DATA")),
        (r#"<c r="A1" t="n"><v> 12 </v></c>"#, number(12.0)),
        (r#"<c r="A1"><v> 12 </v></c>"#, number(12.0)),
        (r#"<c r="A1" t="n"><v>twelve</v></c>"#, text("twelve")),
        (r#"<c r="A1" t="n"><v>1e999</v></c>"#, error("#NUM!")),
        (r#"<c r="A1" t="b"><v>maybe</v></c>"#, text("maybe")),
        (r#"<c r="A1" t="odd"><v>1</v></c>"#, number(1.0)),
        (r#"<c r="A1" t="s"><v>999</v></c>"#, error("bad shared string index 999")),
        (r#"<c r="A1"><odd/><v>1</v></c>"#, number(1.0)),
    ] {
        assert_eq!(values(cell), [("A1".to_owned(), want)], "{cell}");
    }
}

#[test]
fn no_value_is_misread_or_lost() {
    // calamine alone gives the first shared string for the first three, and nothing for the next ones.
    for (cell, want) in [
        (r#"<c r="A1" t="s"><v> 1 </v></c>"#, text("批复单位：云城市财政局平湖分局")),
        (r#"<c r="A1" t="s"><v>x</v></c>"#, error("bad shared string index x")),
        (r#"<c r="A1" t="s"><v>-1</v></c>"#, error("bad shared string index -1")),
        (r#"<c r="A1"><v><![CDATA[12]]></v></c>"#, number(12.0)),
        (r#"<c r="A1"><v>&#49;2</v></c>"#, number(12.0)),
        (r#"<c r="A1" t="str"><v><![CDATA[a&b]]></v></c>"#, text("a&b")),
        (r#"<c r="A1" t="inlineStr"><v>old</v></c>"#, text("old")),
        (
            r#"<c r="A1" t="inlineStr"><is><t>東京</t><rPh sb="0" eb="2"><t>トウ</t></rPh></is></c>"#,
            text("東京"),
        ),
        (
            r#"<c r="A1" t="inlineStr"><is><r><t>a_x000D_</t></r><r><t>b</t></r></is></c>"#,
            text("a\rb"),
        ),
    ] {
        assert_eq!(values(cell), [("A1".to_owned(), want)], "{cell}");
    }
}

#[test]
fn a_date_in_iso_form_shows_as_a_date() {
    let cells =
        values(r#"<c r="A1" t="d"><v>2025-12-31T00:00:00</v></c><c r="B1" t="d"><v>年底</v></c>"#);
    let Value::Number(Number { value, shown: Some(shown) }) = &cells[0].1 else {
        panic!("{cells:?}")
    };
    assert_eq!((*value, shown.text.as_str()), (46022.0, "2025年12月31日"));
    assert_eq!(cells[1].1, text("年底"));
}

#[test]
fn addresses_may_be_missing_or_outside() {
    let cells = r#"<row r="3"><c><v>1</v></c><c r="D3"><v>2</v></c><c><v>3</v></c></row><row><c><v>4</v></c></row>
        <row r="4294967297"><c r="A4294967297"><v>5</v></c></row><row r="6"><c r="ZZZZ6"><v>6</v></c></row>"#;
    let sheets = open_with(&with_cells(cells), &[]).unwrap();
    let found: Vec<String> =
        sheets[0].grid.cells().iter().map(|cell| cell.at.to_string()).collect();
    assert_eq!(found, ["A3", "D3", "E3", "A4"]);
    assert_eq!(sheets[0].outside, ["row 4294967297, column 1", "row 6, column 475254"]);
}

#[test]
fn a_formula_without_a_value_is_told_with_its_text() {
    let cells = r#"<c r="A1"><f>B1+1</f></c><c r="B1"><f t="shared" si="4000000000"/></c>
        <c r="C1" t="str"><f>""</f><v></v></c><c r="D1" t="e"><f>X()</f><v>#NAME?</v></c>"#;
    let want = [
        ("A1".to_owned(), Value::Formula("=B1+1".into())),
        ("B1".to_owned(), Value::Formula("=…".into())),
        ("D1".to_owned(), error("#NAME?")),
    ];
    assert_eq!(values(cells), want);
    // And where our own reader reads the sheet.
    assert_eq!(values(&format!("{cells}<!-- -->")), want);
}

#[test]
fn a_sheet_that_ends_in_the_middle_is_damaged() {
    let cut = altered(&fixture("town.xlsm"), SHEET, |part| part.truncate(part.len() / 2));
    let error = open_with(&cut, &[]).unwrap_err().to_string();
    assert!(error.ends_with("xl/worksheets/sheet1.xml ends in the middle"), "{error}");
}

#[test]
fn a_list_of_shared_strings_that_ends_in_the_middle_is_damaged() {
    let part = "xl/sharedStrings.xml";
    let cut = altered(&fixture("town.xlsm"), part, |part| part.truncate(part.len() / 2));
    let error = open_with(&cut, &[]).unwrap_err().to_string();
    assert!(error.ends_with("xl/sharedStrings.xml ends in the middle"), "{error}");
}

#[test]
fn a_claim_of_many_strings_reserves_nothing() {
    let lying = altered(&fixture("town.xlsm"), "xl/sharedStrings.xml", |part| {
        let text = String::from_utf8(std::mem::take(part)).unwrap();
        let (before, behind) = text.split_once("<sst ").unwrap();
        let behind = behind.replace("uniqueCount=", "was=");
        *part = format!("{before}<sst uniqueCount=\"4000000000\" {behind}").into_bytes();
    });
    let sheets = open_with(&lying, &[]).unwrap();
    assert!(sheets[0].grid.cells().len() > 50);
}

#[test]
fn limits_hold_for_strings_parts_and_texts() {
    let whole = fixture("town.xlsm");
    for (limit, start) in [
        ("strings=10", "over the limit `strings` of 10"),
        ("part-size=2000", "over the limit `part-size` of 2000"),
        ("inflated-size=9000", "over the limit `inflated-size` of 9000"),
        ("cells=20", "over the limit `cells` of 20"),
        ("text-length=9", "over the limit `text-length` of 9"),
    ] {
        let error = open_with(&whole, &[limit]).unwrap_err().to_string();
        assert!(error.starts_with(start), "{limit}: {error}");
    }
    // One text in many cells.
    let cell = r#"<c t="s"><v>0</v></c>"#.repeat(3000);
    let error = open_with(&with_cells(&cell), &["inflated-size=100000"]).unwrap_err().to_string();
    assert!(error.contains("more text"), "{error}");
}

#[test]
fn one_damaged_sheet_costs_no_other() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let book = std::fs::read(root.join("samples/province-book.xlsx")).unwrap();
    // The third sheet of the workbook; the first is its list of contents.
    let part = "xl/worksheets/sheet3.xml";
    let halved = altered(&book, part, |bytes| bytes.truncate(bytes.len() / 2));
    let empty = altered(&book, part, Vec::clear);
    for bytes in [halved, empty] {
        let reading =
            jixiao::pipeline::read(&bytes, &jixiao::pipeline::Settings::default()).unwrap();
        assert_eq!(reading.returns.len(), 29);
        let lost: Vec<&str> = reading
            .skipped
            .iter()
            .filter(|(_, finding)| finding.severity == jixiao::diagnostic::Severity::Error)
            .map(|(sheet, finding)| {
                assert_eq!(finding.code.id, "L121");
                sheet.as_str()
            })
            .collect();
        assert_eq!(lost.len(), 1);
    }
}
