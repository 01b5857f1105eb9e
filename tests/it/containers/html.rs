//! HTML pages saved as workbooks.

use std::time::{Duration, Instant};

use jixiao::{
    diagnostic::Diagnostic,
    error::Error,
    grid::Value,
    pipeline,
    workbook::{self, Options, Sheet, Source},
};

use super::{assert_same, fixture, reading};

/// The sheets of a page.
fn sheets(page: &[u8]) -> Vec<Sheet> {
    match workbook::open(page, &Options::default()) {
        Ok(Source::Workbook(book)) => book.sheets,
        other => panic!("{other:?}"),
    }
}

/// The sheets of a page, each as the texts of its cells with their ranges.
fn cells(page: &str) -> Vec<Vec<String>> {
    let show = |value: &Value| match value {
        Value::Text(text) => text.clone(),
        other => format!("{other:?}"),
    };
    let sheet = |sheet: &Sheet| {
        sheet
            .grid
            .cells()
            .iter()
            .map(|cell| format!("{} {}", cell.span, show(&cell.value)))
            .collect()
    };
    sheets(page.as_bytes()).iter().map(sheet).collect()
}

fn refused(page: &str) -> Error {
    workbook::open(page.as_bytes(), &Options::default()).expect_err("it is refused")
}

fn messages(diagnostics: &[Diagnostic]) -> Vec<String> {
    diagnostics.iter().map(|found| found.message.en.to_string()).collect()
}

#[test]
fn pages_of_several_programs_hold_the_same_return() {
    for name in ["web-system.xls", "two-tables.html"] {
        assert_same(name, "town.xlsx");
    }
    // These two write two spaces as they are, which are one on a page.
    let mut want = super::sample("town.xlsx");
    want.notes.iter_mut().for_each(|note| *note = note.replace("  ", " "));
    for name in ["libreoffice.html", "sheetjs.html"] {
        assert_eq!(reading(name).returns[0].of, want, "{name}");
    }
}

#[test]
fn the_form_is_named_after_its_first_table() {
    for (name, table, range) in [
        ("libreoffice.html", "table 1", "A5:F38"),
        // Table 1 is the layout around it, which holds the title.
        ("web-system.xls", "table 2", "A1:F34"),
        ("two-tables.html", "table 1", "A1:F35"),
    ] {
        let found = &reading(name).returns[0];
        assert_eq!(found.sheet.as_deref(), Some(table), "{name}");
        assert_eq!(found.range.unwrap().to_string(), range, "{name}");
    }
}

#[test]
fn what_a_page_hides_is_told() {
    let found = reading("web-system.xls");
    assert_eq!(messages(&found.returns[0].diagnostics), ["text box not kept: `打印`"]);
}

#[test]
fn the_encoding_that_the_user_names_holds() {
    let settings = pipeline::Settings { encoding: Some("gbk".into()), ..Default::default() };
    let found = pipeline::read(&fixture("web-system.xls"), &settings).unwrap();
    assert_eq!(found.returns[0].of, super::sample("town.xlsx"));
    let settings = pipeline::Settings { encoding: Some("big5".into()), ..Default::default() };
    assert!(pipeline::read(&fixture("web-system.xls"), &settings).is_err());
}

#[test]
fn two_forms_on_a_page_are_two_tables() {
    let page = String::from_utf8(fixture("two-tables.html")).unwrap();
    let second = page.replace("平湖镇公共服务办公室", "平湖镇经济发展办公室");
    let both = [page.as_str(), second.as_str()].concat();
    let found = pipeline::read(both.as_bytes(), &pipeline::Settings::default()).unwrap();
    let names: Vec<Option<&str>> = found.returns.iter().map(|of| of.sheet.as_deref()).collect();
    assert_eq!(names, [Some("table 1"), Some("table 3")]);
    assert_eq!(found.returns[1].of.department.as_deref().unwrap(), "平湖镇经济发展办公室");
}

#[test]
fn tables_in_cells_stand_in_their_place() {
    let page = "<table><tr><td rowspan=2>menu<td>title</tr>
        <tr><td>above<table><tr><td>a<td>b<tr><td colspan=2>c</table>below</td></tr>
        <tr><td colspan=2>foot</table>";
    assert_eq!(
        cells(page),
        [[
            "A1:A5 menu",
            "B1:C1 title",
            "B2:C2 above",
            "B3 a",
            "C3 b",
            "B4:C4 c",
            "B5:C5 below",
            "A6:C6 foot"
        ]]
    );
    // One that only wraps the text of a cell is no table to anyone.
    let page = "<table><tr><td colspan=2><table><tr><td>x</table><tr><td>a<td>b</table>";
    assert_eq!(cells(page), [["A1:B1 x", "A2 a", "B2 b"]]);
}

#[test]
fn texts_around_tables_are_rows_of_their_own() {
    let page = "<p>title<p>one<br>two<table><caption>head</caption>lost<tr><td>a<td>b</table>note";
    assert_eq!(
        cells(page),
        [[
            "A1:B1 title",
            "A2:B2 one",
            "A3:B3 two",
            "A4:B4 head",
            "A5:B5 lost",
            "A6 a",
            "B6 b",
            "A7:B7 note"
        ]]
    );
    // Of a long text what is near stays with its table.
    let prose = "<p>prose".repeat(100);
    let page = format!("{prose}<p>title<table><tr><td>a</table><p>note{prose}");
    let sheets = cells(&page);
    let sizes: Vec<usize> = sheets.iter().map(Vec::len).collect();
    assert_eq!(sizes, [71, 91, 41]);
}

#[test]
fn rows_of_any_length_keep_their_columns() {
    let page = "<table><tr><td>a<td>b<td>c<tr><td>d<tr><td><td>e<td>f<td>g<tr></tr><tr><td colspan=0 rowspan=9>h</table>";
    assert_eq!(cells(page), [["A1 a", "B1 b", "C1 c", "A2 d", "B3 e", "C3 f", "D3 g", "A5 h"]]);
    let page = "<table><tr><td colspan=100>title<tr><td>a<td>b</table>";
    assert_eq!(cells(page), [["A1:B1 title", "A2 a", "B2 b"]]);
}

#[test]
fn hidden_rows_are_read_and_told_hidden_text_is_told() {
    let page = "<style>.gone{display:none}</style><table><col><col style='display:none'>
        <tr class=gone><td>a<td>b</tr><tr style='visibility:hidden'><td>c</tr>
        <tr><td style='display:none'>secret<td>d<td>e<span class=gone>x<span>y</span></span>f
        <td><s>old</s> <td><s>old</s>new</tr></table><div class=gone><table><tr><td>g</table></div>";
    let sheets = sheets(page.as_bytes());
    let sheet = &sheets[0];
    assert_eq!(sheet.hidden_rows, [0, 1]);
    assert_eq!(sheet.hidden_cols, [(1, 1)]);
    assert_eq!(sheet.drawings, ["secret", "xy", "g"]);
    let struck: Vec<bool> = sheet.grid.cells().iter().map(|cell| cell.struck).collect();
    assert_eq!(struck, [false, false, false, false, false, true, true]);
    assert_eq!(cells(page)[0][3..], ["A3 d", "B3 ef", "C3 old", "D3 oldnew"]);
}

#[test]
fn frames_and_archives_are_known() {
    let page = "<html><frameset><frame src=sheet001.htm></frameset></html>";
    let message = refused(page).to_string();
    assert!(message.contains("the frame page of a workbook") && message.contains("sheet001.htm"));
    let archive = "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\n\
        Content-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n\
        <table><tr><td>=E8=A1=A8</table>\n--b\nContent-Type: text/html\n\n<table><tr><td>x</table>\n--b--\n";
    assert_eq!(cells(archive), [["A1 表"], ["A1 x"]]);
    let names: Vec<Option<String>> =
        sheets(archive.as_bytes()).into_iter().map(|sheet| sheet.name).collect();
    assert_eq!(names, [Some("table 1".to_owned()), Some("table 2".to_owned())]);
}

#[test]
fn no_page_takes_long_or_too_much() {
    let many = 100_000;
    let pages = [
        ("<html>".to_owned() + &"<div>".repeat(many), None),
        ("<html>".to_owned() + &"<b>".repeat(many) + &"</p>".repeat(many), None),
        ("<html>".to_owned() + &"<s>x<span hidden>".repeat(many), None),
        (
            "<html>".to_owned()
                + &"<span class=a style=white-space:pre><s style=white-space:normal>".repeat(many),
            Some("nesting"),
        ),
        ("<table>".repeat(many), Some("sheets")),
        ("<table><tr><td>".repeat(many), Some("nesting")),
        ("<table>".to_owned() + &"<tr><td rowspan=65534 colspan=1000>".repeat(many), Some("cells")),
        (
            "<html><td ".to_owned()
                + &(0..many).map(|n| format!("a{n} ")).collect::<String>()
                + ">x",
            None,
        ),
        ("<html>".to_owned() + &"<!--".repeat(many) + &"<script>".repeat(many), None),
        ("<html>".to_owned() + &"&".repeat(many) + &"&#x110000;".repeat(many), None),
        ("<html><style>".to_owned() + &"@media{".repeat(many) + "</style>", None),
        ("<html>".to_owned() + &"</table></td></tr><td><tr>".repeat(many), None),
    ];
    for (at, (page, limit)) in pages.iter().enumerate() {
        let start = Instant::now();
        let read = workbook::open(page.as_bytes(), &Options::default());
        assert!(start.elapsed() < Duration::from_secs(5), "{at}: {:?}", start.elapsed());
        match (read, limit) {
            (Ok(_), None) => {}
            (Err(Error::Limit { limit, .. }), Some(wanted)) => assert_eq!(&limit, wanted, "{at}"),
            (read, _) => panic!("{at}: {:?}", read.err()),
        }
    }
}

#[test]
fn a_page_cut_anywhere_is_read() {
    let page = fixture("web-system.xls");
    for end in (1..page.len()).step_by(97) {
        let _ = workbook::open(&page[..end], &Options::default());
    }
}

#[test]
fn a_page_that_breaks_off_is_told_and_one_that_leaves_ends_out_is_not() {
    use jixiao::workbook::Fault;
    let cases = [
        // Ends that browsers don't miss.
        ("<html><body><table><tr><td>a<td>b<tr><td>c</table>", None),
        ("<table><tr><td>a</td></tr></table><p>note", None),
        ("<html><body>a</body><table><tr><td>a<td>b", Some("unclosed")),
        ("<html><table><tr><td>a</td><td>b</body></html>\n<!-- by x", None),
        ("<table><tr><td>a</td><td>x & y</td></tr></table>AT&T", None),
        // A table that never ends.
        ("<html><table><tr><td>a<td>b", Some("unclosed")),
        ("<table><tr><td>a</td><td>b</td></tr>", Some("unclosed")),
        // A page that ends all its cells, or all its rows, but the last.
        ("<table><tr><td>a</td><td>12", Some("torn")),
        ("<table><tr><td>a</td></tr><tr><td>b</td>", Some("torn")),
        ("<table><tr><td>a</td><td><table><tr><td>b</td></tr><tr><td>c", Some("torn")),
        // Within an entity, a tag, a comment, a style sheet.
        ("<table><tr><td>a<td>12&nbs", Some("torn")),
        ("<table><tr><td>a<td cla", Some("torn")),
        ("<table><tr><td>a<!-- b", Some("torn")),
        ("<table><tr><td>a</table><style>td{", Some("torn")),
        // A quote that is never closed hides the rest.
        ("<table><tr><td>a<td class=\"x>b</table></html>", Some("torn")),
    ];
    for (page, want) in cases {
        let fault = sheets(page.as_bytes()).iter().find_map(|sheet| sheet.fault);
        let got = fault.map(|fault| match fault {
            Fault::Torn(_) => "torn",
            Fault::Unclosed(_) => "unclosed",
            Fault::Markup | Fault::Lost | Fault::CodePage(_) => "other",
        });
        assert_eq!(got, want, "{page}");
    }
}

#[test]
fn a_torn_page_of_a_return_has_an_error_that_says_where() {
    let page = fixture("web-system.xls");
    let settings = pipeline::Settings::default();
    for end in [3000, 4000, 5000, 6000] {
        let found = pipeline::read(&page[..end], &settings).unwrap();
        let told: Vec<&Diagnostic> = found.returns[0]
            .diagnostics
            .iter()
            .filter(|finding| finding.code.id == "L121")
            .collect();
        assert_eq!(told.len(), 1, "{end}");
        let message = &told[0].message.en;
        assert!(message.starts_with("the page breaks off in row "), "{end}: {message}");
    }
    for name in ["web-system.xls", "two-tables.html", "libreoffice.html", "sheetjs.html"] {
        let told =
            reading(name).returns[0].diagnostics.iter().any(|of| of.code.id.starts_with("L12"));
        assert!(!told, "{name}");
    }
}

#[test]
fn lists_show_what_is_chosen_and_boxes_whether_they_are_ticked() {
    let page = "<table><tr><td><select><option>甲<option selected>乙</select>丙
        <td><select><option>甲</option><option>乙</option></select>
        <td><select multiple><option>甲</select>无
        <td><input type=checkbox checked>是<input type=checkbox>否
        <td><input type=radio><td><input type=RADIO checked></table>";
    assert_eq!(cells(page), [["A1 乙丙", "B1 甲", "C1 无", "D1 ☑是☐否", "F1 ☑"]]);
}

#[test]
fn spaces_collapse_but_where_the_page_keeps_them() {
    let page =
        "<table><tr><td>甲  乙<td>甲<span style='mso-spacerun:yes'>   </span>乙<td>甲&nbsp; 乙
        <td style='white-space:pre-wrap'>甲  乙<td style='white-space:pre-line'>甲  乙</table>";
    assert_eq!(
        cells(page),
        [["A1 甲 乙", "B1 甲   乙", "C1 甲\u{a0} 乙", "D1 甲  乙", "E1 甲 乙"]]
    );
}

#[test]
fn struck_and_raised_figures_stand_apart_from_the_number_beside_them() {
    let page = "<table><tr><td><s>30000</s>9725000<td>9725000<sup>1</sup><td><b>97</b>25000<td>10m<sup>2</sup>\
        <td><span style='text-decoration:line-through'>12</span>20</table>";
    assert_eq!(
        cells(page),
        [["A1 30000\n9725000", "B1 9725000\n1", "C1 9725000", "D1 10m2", "E1 12\n20"]]
    );
}
