//! Packages that lie about what they hold.

use std::io::{Cursor, Write};

use zip::{ZipWriter, write::SimpleFileOptions};

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";

pub(crate) fn files() -> Vec<(&'static str, Vec<u8>)> {
    let far = |at: &str| {
        book(&sheet(&format!(
            "<row><c r=\"A1\"><v>1</v></c></row><row><c r=\"{at}\"><v>2</v></c></row>"
        )))
    };
    let merges = "<sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row></sheetData><mergeCells count=\"4000000000\">\
        <mergeCell ref=\"A1:C3\"/><mergeCell ref=\"B2:D4\"/><mergeCell ref=\"A1:XFD1048576\"/>\
        <mergeCell ref=\"A1:ZZZZ9\"/></mergeCells>";
    let strings = format!(
        "<sst xmlns=\"{MAIN}\" count=\"4000000000\" uniqueCount=\"4000000000\"><si><t>x</t></si></sst>"
    );
    let text = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row>";
    let cells = format!("<row>{}</row>", "<c><v>1</v></c>".repeat(16_000)).repeat(40);
    let spaces = " ".repeat(70 << 20);
    vec![
        ("far-cell.xlsx", far("XFD1048576")),
        ("cell-outside.xlsx", far("ZZZ4000000000")),
        ("merges.xlsx", book(&format!("<worksheet xmlns=\"{MAIN}\">{merges}</worksheet>"))),
        ("lying-strings.xlsx", packed(&sheet(text), &[("xl/sharedStrings.xml", &strings)])),
        ("many-cells.xlsx", book(&sheet(&cells))),
        ("inflating-sheet.xlsx", book(&sheet(&spaces))),
        ("inflating-strings.xlsx", packed(&sheet(text), &[("xl/sharedStrings.xml", &spaces)])),
        (
            "paths.xlsx",
            packed(&sheet(text), &[("../../escaped.xml", "x"), ("/etc/escaped.xml", "x")]),
        ),
    ]
}

fn sheet(rows: &str) -> String {
    format!("<worksheet xmlns=\"{MAIN}\"><sheetData>{rows}</sheetData></worksheet>")
}

fn book(sheet: &str) -> Vec<u8> {
    packed(sheet, &[])
}

fn packed(sheet: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let types = format!(
        "<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/>\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/></Types>"
    );
    let relations = |id: &str, kind: &str, target: &str| {
        format!(
            "<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"{id}\" Type=\"{OFFICE}/{kind}\" \
             Target=\"{target}\"/></Relationships>"
        )
    };
    let workbook = format!(
        "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><sheets><sheet name=\"表\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
    );
    let root = relations("r1", "officeDocument", "xl/workbook.xml");
    let sheets = relations("r1", "worksheet", "worksheets/sheet1.xml");
    let parts = [
        ("[Content_Types].xml", types.as_str()),
        ("_rels/.rels", &root),
        ("xl/workbook.xml", &workbook),
        ("xl/_rels/workbook.xml.rels", &sheets),
        ("xl/worksheets/sheet1.xml", sheet),
    ];
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, data) in parts.iter().chain(more) {
        let options = SimpleFileOptions::default().compression_level(Some(9));
        zip.start_file(*name, options).unwrap();
        zip.write_all(data.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}
