//! Word documents.

use std::io::{Cursor, Write};

use jixiao::{
    error::{Error, Result},
    grid::Value,
    workbook::{self, Options, Sheet, Source},
};
use zip::{ZipWriter, write::SimpleFileOptions};

use super::{assert_same, reading};

/// A document whose body is this, in a part of the given name.
fn document(part: &str, body: &str) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut put = |name: &str, text: &str| {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    };
    put(
        "_rels/.rels",
        &format!(
            "<Relationships><Relationship Id=\"r1\" Type=\"http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument\" Target=\"/{part}\"/></Relationships>"
        ),
    );
    put(
        "word/footnotes.xml",
        "<w:footnotes><w:footnote w:id=\"1\"><w:p><w:r><w:t>脚注</w:t></w:r></w:p></w:footnote></w:footnotes>",
    );
    put(part, &format!("<?xml version=\"1.0\"?><w:document><w:body>{body}</w:body></w:document>"));
    zip.finish().unwrap().into_inner()
}

fn open(body: &str) -> Result<Vec<Sheet>> {
    match workbook::open(&document("word/document.xml", body), &Options::default())? {
        Source::Workbook(book) => Ok(book.sheets),
        Source::Json(_) => panic!("JSON"),
    }
}

/// The cells of the first sheet with their ranges; `~` marks what is struck through.
fn cells(body: &str) -> Vec<String> {
    let sheets = open(body).unwrap();
    let show = |cell: &jixiao::grid::Cell| match &cell.value {
        Value::Text(text) => {
            format!("{} {}{text}", cell.span, if cell.struck { "~" } else { "" })
        }
        other => panic!("{other:?}"),
    };
    sheets[0].grid.cells().iter().map(show).collect()
}

/// A cell with these properties and this text.
fn tc(properties: &str, text: &str) -> String {
    format!("<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>")
}

#[test]
fn documents_hold_the_same_return() {
    for name in ["word.docx", "word-pages.docx", "word-tracked.docx"] {
        assert_same(name, "town.xlsx");
    }
}

#[test]
fn the_form_is_named_after_its_first_table() {
    for (name, table) in
        [("word.docx", "table 1"), ("word-pages.docx", "table 1"), ("word-tracked.docx", "table 2")]
    {
        assert_eq!(reading(name).returns[0].sheet.as_deref(), Some(table), "{name}");
    }
}

#[test]
fn what_stands_beside_the_text_is_told() {
    let found = reading("word-tracked.docx");
    let messages: Vec<&str> =
        found.returns[0].diagnostics.iter().map(|found| &*found.message.en).collect();
    assert_eq!(
        messages,
        [
            "comment not kept: `请核对`",
            "text box not kept: `内部说明`",
            "text box not kept: `草稿`"
        ]
    );
    assert!(open("").unwrap()[0].grid.cells().is_empty());
    assert_eq!(open("<w:p><w:r><w:t>x</w:t></w:r></w:p>").unwrap()[0].drawings, ["脚注"]);
}

#[test]
fn cells_merge_down_and_across() {
    let span = "<w:gridSpan w:val=\"2\"/>";
    let (first, more) = ("<w:vMerge w:val=\"restart\"/>", "<w:vMerge/>");
    let table = [
        "<w:tbl><w:tr>",
        &tc(first, "a"),
        &tc(span, "b"),
        &tc("", "c"),
        "</w:tr><w:tr>",
        &tc(more, ""),
        &tc("<w:hMerge w:val=\"restart\"/>", "d"),
        &tc("<w:hMerge/>", ""),
        &tc(first, ""),
        "</w:tr><w:tr><w:trPr><w:gridBefore w:val=\"2\"/><w:hidden/></w:trPr>",
        &tc("", "e"),
        &tc(more, "under"),
        "</w:tr></w:tbl>",
    ]
    .concat();
    assert_eq!(cells(&table), ["A1:A2 a", "B1:C1 b", "D1 c", "B2:C2 d", "C3 e"]);
    let sheet = &open(&table).unwrap()[0];
    assert_eq!(sheet.grid.asides.len(), 1, "a text beneath a merge is told");
    assert_eq!(sheet.hidden_rows, [2]);
}

#[test]
fn a_merge_that_nothing_begins_or_a_row_interrupts_is_none() {
    let (first, more) = ("<w:vMerge w:val=\"restart\"/>", "<w:vMerge w:val=\"continue\"/>");
    let rows = [tc(more, "a"), tc(first, "b"), tc("", "c"), tc(more, "d")];
    let rows: String = rows.iter().map(|cell| format!("<w:tr>{cell}</w:tr>")).collect();
    assert_eq!(cells(&format!("<w:tbl>{rows}</w:tbl>")), ["A1 a", "A2 b", "A3 c", "A4 d"]);
}

#[test]
fn tracked_changes_count_as_accepted() {
    let text = |text: &str| format!("<w:r><w:t>{text}</w:t></w:r>");
    let gone = format!("<w:del>{}<w:p/></w:del><w:moveFrom>{}</w:moveFrom>", text("x"), text("y"));
    let body = [
        "<w:p>",
        &gone,
        "<w:ins>",
        &text("a"),
        "</w:ins><w:moveTo>",
        &text("b"),
        "</w:moveTo><w:r><w:rPr><w:b/><w:rPrChange><w:rPr><w:strike/></w:rPr></w:rPrChange></w:rPr><w:t>c</w:t></w:r></w:p>",
        // The end of this paragraph is deleted.
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>",
        &text("d"),
        "</w:p><w:p>",
        &text("e"),
        "</w:p><w:tbl><w:tr><w:trPr><w:del/></w:trPr>",
        &tc("", "f"),
        "</w:tr><w:tr>",
        &tc("<w:cellDel/>", "g"),
        &tc("", "h"),
        "</w:tr></w:tbl>",
    ]
    .concat();
    assert_eq!(cells(&body), ["A1 abc", "A2 de", "A3 h"]);
}

#[test]
fn runs_become_text() {
    let body = "<w:p><w:pPr><w:tabs><w:tab w:val=\"left\"/></w:tabs><w:rPr><w:strike/></w:rPr></w:pPr>\
        <w:r><w:t>甲</w:t><w:tab/></w:r><w:r><w:t>2025</w:t><w:noBreakHyphen/><w:t>1</w:t><w:softHyphen/><w:t>&amp;&#x4E59;</w:t></w:r></w:p>\
        <w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t><w:br/><w:t>b</w:t></w:r></w:p><w:p><w:r><w:fldChar/><w:instrText>DATE</w:instrText><w:t>c</w:t></w:r></w:p></w:tc>\
        <w:tc><w:p><w:r><w:rPr><w:dstrike/></w:rPr><w:t>d</w:t></w:r></w:p></w:tc>\
        <w:tc><w:p><w:r><w:rPr><w:strike w:val=\"0\"/></w:rPr><w:t>e</w:t><w:sym w:font=\"Wingdings\" w:char=\"F0FE\"/></w:r></w:p></w:tc>\
        <w:tc><w:sdt><w:sdtPr><w:t>no</w:t></w:sdtPr><w:sdtContent><w:p><w:smartTag><w:r><w:t>f</w:t></w:r></w:smartTag></w:p></w:sdtContent></w:sdt></w:tc></w:tr></w:tbl>";
    assert_eq!(cells(body), ["A1 甲", "B1 2025-1&乙", "A2 a\nb\nc", "B2 ~d", "C2 e☑", "D2 f"]);
}

#[test]
fn a_table_in_a_cell_stands_in_its_place() {
    let inner = format!("<w:tbl><w:tr>{}{}</w:tr></w:tbl>", tc("", "b"), tc("", "c"));
    let outer = format!(
        "<w:tbl><w:tr>{}<w:tc>{inner}<w:p><w:r><w:t>d</w:t></w:r></w:p></w:tc></w:tr><w:tr>{}</w:tr></w:tbl>",
        tc("", "a"),
        tc("<w:gridSpan w:val=\"2\"/>", "e"),
    );
    assert_eq!(cells(&outer), ["A1:A2 a", "B1 b", "C1 c", "B2:C2 d", "A3:C3 e"]);
}

#[test]
fn the_main_part_is_found_by_its_relation() {
    let bytes =
        document("word/document2.xml", &format!("<w:tbl><w:tr>{}</w:tr></w:tbl>", tc("", "a")));
    assert!(
        matches!(workbook::open(&bytes, &Options::default()), Ok(Source::Workbook(book)) if book.sheets.len() == 1)
    );
}

#[test]
fn broken_and_deep_documents_are_refused() {
    assert!(matches!(open("<w:p>"), Err(Error::Damaged { container: "docx", .. })));
    let deep = "<w:tbl><w:tr><w:tc>".repeat(1000);
    assert!(matches!(open(&deep), Err(Error::Limit { limit: "nesting", .. })));
    let wide = tc("<w:gridSpan w:val=\"99999999999\"/>", "a").repeat(3);
    assert_eq!(
        cells(&format!("<w:tbl><w:tr>{wide}</w:tr></w:tbl>")).len(),
        1,
        "the rest is outside"
    );
}

#[test]
fn a_document_that_ends_in_the_middle_is_damaged() {
    use std::io::{Cursor, Read, Write};
    let bytes = super::fixture("word.docx");
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes.as_slice())).unwrap();
    let mut part = Vec::new();
    archive.by_name("word/document.xml").unwrap().read_to_end(&mut part).unwrap();
    let row = memchr::memmem::rfind(&part, b"</w:tr>").unwrap();
    let mut torn = zip::ZipWriter::new(Cursor::new(Vec::new()));
    torn.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).unwrap();
    torn.write_all(&part[..row]).unwrap();
    let torn = torn.finish().unwrap().into_inner();
    let error = jixiao::pipeline::read(&torn, &jixiao::pipeline::Settings::default()).unwrap_err();
    assert!(error.to_string().contains("ends in the middle"), "{error}");
}

#[test]
fn struck_and_raised_figures_stand_apart_from_the_number_beside_them() {
    let run = |look: &str, text: &str| format!("<w:r><w:rPr>{look}</w:rPr><w:t>{text}</w:t></w:r>");
    let cell = |runs: String| format!("<w:tc><w:p>{runs}</w:p></w:tc>");
    let body = [
        "<w:tbl><w:tr>",
        &cell(run("<w:strike/>", "30000") + &run("", "9725000")),
        &cell(run("", "9725000") + &run("<w:vertAlign w:val=\"superscript\"/>", "1")),
        &cell(run("<w:b/>", "97") + &run("<w:vertAlign w:val=\"baseline\"/>", "25000")),
        "</w:tr></w:tbl>",
    ]
    .concat();
    assert_eq!(cells(&body), ["A1 ~30000\n9725000", "B1 9725000\n1", "C1 9725000"]);
}
