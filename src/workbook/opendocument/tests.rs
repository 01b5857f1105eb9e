use super::*;
use crate::{
    grid::{Number, Value},
    workbook::Sheet,
};

const SPACES: &str = r#"xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"
 xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0""#;

fn flat(styles: &str, tables: &str) -> Result<Workbook> {
    let document = format!(
        "<?xml version='1.0'?><office:document {SPACES}><office:automatic-styles>{styles}</office:automatic-styles>\
         <office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document>"
    );
    read_flat(document.as_bytes(), &Limits::default())
}

fn sheet(styles: &str, rows: &str) -> Sheet {
    let table = format!("<table:table table:name='表'>{rows}</table:table>");
    flat(styles, &table).unwrap().sheets.remove(0)
}

/// The only cell of a row.
fn cell(styles: &str, cell: &str) -> Option<Value> {
    let sheet = sheet(styles, &format!("<table:table-row>{cell}</table:table-row>"));
    sheet.grid.cells().first().map(|cell| cell.value.clone())
}

fn text(content: &str) -> String {
    let cell = cell(
        "",
        &format!("<table:table-cell office:value-type='string'>{content}</table:table-cell>"),
    );
    match cell {
        Some(Value::Text(text)) => text,
        other => panic!("{other:?}"),
    }
}

fn number(styles: &str, attributes: &str, shown: &str) -> Number {
    let content = format!("<table:table-cell {attributes}>{shown}</table:table-cell>");
    match cell(styles, &content) {
        Some(Value::Number(number)) => number,
        other => panic!("{other:?}"),
    }
}

fn shown(styles: &str, attributes: &str, text: &str) -> String {
    let number = number(styles, attributes, &format!("<text:p>{text}</text:p>"));
    number.shown.map_or_else(|| "none".to_owned(), |shown| shown.text)
}

#[test]
fn white_space_is_text_only_where_it_is_asked_for() {
    assert_eq!(text("\n  <text:p>一  二\n 三</text:p>\n  <text:p>四</text:p>\n"), "一 二 三\n四");
    assert_eq!(
        text("<text:p>a<text:s text:c='3'/>b<text:tab/>c<text:line-break/>d</text:p>"),
        "a   b\tc\nd"
    );
    assert_eq!(text("<text:p>甲<text:span>乙</text:span><text:a>丙</text:a></text:p>"), "甲乙丙");
    assert_eq!(
        text("<text:p>&lt;5&#22825; &unknown; A&B<![CDATA[<x>]]></text:p>"),
        "<5天 &unknown; A&B<x>"
    );
}

#[test]
fn a_number_shows_as_its_own_text_says() {
    let float = |value: &str| format!("office:value-type='float' office:value='{value}'");
    for (value, text, want) in [
        ("2160.8", "2,160.80", "2,160.80"),
        ("2160.8", "2.160,80", "2.160,80"),
        ("12", "12个", "12个"),
        ("-5", "(5.00)", "(5.00)"),
        ("0", "-", "-"),
        ("12", "12", "none"),
        ("0.1234567890123", "0.1235", "none"),
        ("120000", "1.2E+05", "none"),
        // A text that lags behind.
        ("12", "15个", "none"),
        ("12", "", "none"),
    ] {
        assert_eq!(shown("", &float(value), text), want, "{value} `{text}`");
    }
    assert!(
        (number("", &float("2160.80"), "<text:p>2,160.80</text:p>").value - 2160.8).abs() < 1e-12
    );
}

#[test]
fn a_percentage_is_one_with_and_without_its_text() {
    let attributes = "office:value-type='percentage' office:value='0.9'";
    for text in ["90%", "90.00%", "", "0.9", "80%"] {
        let number = number("", attributes, &format!("<text:p>{text}</text:p>"));
        let shown = number.shown.unwrap();
        assert!(shown.percent, "{text}");
        assert!(shown.text == text || shown.text == "90%", "{text}: {}", shown.text);
    }
    // Of a writer that keeps texts but no styles.
    let number =
        number("", "office:value-type='float' office:value='0.955'", "<text:p>95.5%</text:p>");
    assert!(number.shown.is_some_and(|shown| shown.percent && shown.text == "95.5%"));
}

#[test]
fn a_date_shows_in_its_own_wording() {
    let attributes = "office:value-type='date' office:date-value='2025-12-31'";
    for (text, want) in [
        ("12月31日", "12月31日"),
        ("2025年12月31日", "2025年12月31日"),
        ("12/31/25", "12/31/25"),
        ("", "2025-12-31"),
        ("6月30日", "2025-12-31"),
    ] {
        let number = number("", attributes, &format!("<text:p>{text}</text:p>"));
        let shown = number.shown.unwrap();
        assert_eq!((shown.text.as_str(), shown.date), (want, Some((2025, 12, 31))), "{text}");
    }
    let float = "office:value-type='float' office:value='46022'";
    let shown = number("", float, "<text:p>2025-12-31</text:p>").shown.unwrap();
    assert_eq!(shown.date, Some((2025, 12, 31)), "its serial number alone");
}

#[test]
fn number_styles_show_what_has_no_text() {
    let styled = |style: &str, attributes: &str| {
        let styles = format!(
            "{style}<style:style style:name='ce1' style:family='table-cell' style:data-style-name='N1'/>\
             <style:style style:name='ce2' style:family='table-cell' style:parent-style-name='ce1'/>"
        );
        shown(&styles, &format!("table:style-name='ce2' {attributes}"), "")
    };
    let float = "office:value-type='float' office:value='2160.8'";
    let of_number = |attributes: &str, unit: &str| {
        format!(
            "<number:number-style style:name='N1'><number:number {attributes}/><number:text>{unit}</number:text></number:number-style>"
        )
    };
    let two = "number:decimal-places='2' number:min-integer-digits='1'";
    assert_eq!(
        styled(&of_number(&format!("{two} number:grouping='true'"), "元"), float),
        "2,160.80元"
    );
    assert_eq!(
        styled(&of_number(&format!("{two} number:display-factor='1000'"), ""), float),
        "2.16"
    );
    assert_eq!(styled(&of_number("number:min-integer-digits='1'", ""), float), "none");
    let percent = "<number:percentage-style style:name='N1'><number:number number:decimal-places='1' \
                   number:min-integer-digits='1'/><number:text> %</number:text></number:percentage-style>";
    assert_eq!(styled(percent, "office:value-type='percentage' office:value='0.9'"), "90.0 %");
    let date = "<number:date-style style:name='N1'><number:year number:style='long'/><number:text>年</number:text>\
                <number:month/><number:text>月</number:text><number:day/><number:text>日</number:text></number:date-style>";
    assert_eq!(
        styled(date, "office:value-type='date' office:date-value='2025-03-01'"),
        "2025年3月1日"
    );
    let by_sign = "<number:number-style style:name='P0'><number:number number:decimal-places='0' number:min-integer-digits='1'/>\
                   </number:number-style><number:number-style style:name='N1'><number:text>△</number:text><number:number \
                   number:decimal-places='0' number:min-integer-digits='1'/><style:map style:condition='value()&gt;=0' \
                   style:apply-style-name='P0'/></number:number-style>";
    assert_eq!(styled(by_sign, "office:value-type='float' office:value='-3'"), "△3");
    assert_eq!(styled(by_sign, "office:value-type='float' office:value='3'"), "3");
}

#[test]
fn errors_and_formulas_without_a_result_are_told_apart() {
    let formula = "table:formula='of:=SUM([.A1:.A3])'";
    let of = |attributes: &str, text: &str| {
        cell("", &format!("<table:table-cell {formula} {attributes}>{text}</table:table-cell>"))
    };
    assert_eq!(of("", ""), Some(Value::Formula("=SUM([.A1:.A3])".into())));
    assert_eq!(of("office:value-type='float'", ""), Some(Value::Formula("=SUM([.A1:.A3])".into())));
    assert_eq!(of("office:value-type='string'", "<text:p/>"), None, "an empty text is a result");
    for error in ["#REF!", "Err:502", "#N/A"] {
        let text = format!("<text:p>{error}</text:p>");
        assert_eq!(of("office:value-type='string'", &text), Some(Value::Error(error.into())));
        assert_eq!(
            of("office:value-type='float' office:value='0'", &text),
            Some(Value::Error(error.into()))
        );
    }
    assert_eq!(text("<text:p>#REF!</text:p>"), "#REF!", "typed as a text");
}

#[test]
fn repeated_cells_stand_in_each_place_and_blank_ones_cost_nothing() {
    let sheet = sheet(
        "",
        "<table:table-row table:number-rows-repeated='2'><table:table-cell/><table:table-cell \
         table:number-columns-repeated='3' office:value-type='float' office:value='7'/><table:table-cell \
         table:number-columns-repeated='16380'/></table:table-row><table:table-row \
         table:number-rows-repeated='1048573'><table:table-cell table:number-columns-repeated='16384'/></table:table-row>\
         <table:table-row table:number-rows-repeated='99999999999999999999'><table:table-cell \
         table:number-columns-repeated='18446744073709551615'/></table:table-row>",
    );
    let places: Vec<String> = sheet.grid.cells().iter().map(|cell| cell.at.to_string()).collect();
    assert_eq!(places, ["B1", "C1", "D1", "B2", "C2", "D2"]);
    assert!(sheet.outside.is_empty());
}

#[test]
fn repeated_values_are_bounded() {
    let row = |text: &str| {
        format!(
            "<table:table><table:table-row table:number-rows-repeated='999999999'><table:table-cell \
             table:number-columns-repeated='999999999'><text:p>{text}</text:p></table:table-cell></table:table-row></table:table>"
        )
    };
    let message = |text: &str| flat("", &row(text)).unwrap_err().to_string();
    assert!(message("x").starts_with("over the limit `cells`"), "{}", message("x"));
    assert!(message(&"长".repeat(100_000)).starts_with("over the limit `inflated-size`"));
}

#[test]
fn spans_are_merges_and_the_rest_goes_beside_the_cells() {
    let sheet = sheet(
        "<style:style style:name='s' style:family='table-cell'><style:text-properties \
         style:text-line-through-style='solid'/></style:style>",
        "<table:table-column/><table:table-column table:visibility='collapse' table:number-columns-repeated='2'/>\
         <table:table-header-rows><table:table-row><table:table-cell table:style-name='s' table:number-columns-spanned='2' \
         table:number-rows-spanned='2'><office:annotation><dc:creator>某</dc:creator><text:p>批注</text:p>\
         </office:annotation><text:p>标题</text:p><draw:frame><draw:text-box><text:p>框</text:p></draw:text-box>\
         </draw:frame></table:table-cell><table:covered-table-cell/></table:table-row></table:table-header-rows>\
         <table:table-row-group><table:table-row table:visibility='filter'><table:covered-table-cell \
         table:number-columns-repeated='2'/></table:table-row></table:table-row-group>\
         <table:table-row table:visibility='collapse' table:number-rows-repeated='1048574'/>",
    );
    let cell = &sheet.grid.cells()[0];
    assert_eq!((&cell.value, cell.struck), (&Value::Text("标题".into()), true));
    assert_eq!(sheet.grid.merges(), ["A1:B2".parse().unwrap()]);
    assert_eq!(sheet.comments, [("A1".parse().unwrap(), "批注".to_owned())]);
    assert_eq!(sheet.drawings, ["框"]);
    assert_eq!((sheet.hidden_rows, sheet.hidden_cols), (vec![1], vec![(1, 2)]));
}

#[test]
fn struck_and_raised_figures_stand_apart_from_the_number_beside_them() {
    let style = |name: &str, look: &str| {
        format!(
            "<style:style style:name='{name}' style:family='text'><style:text-properties {look}/></style:style>"
        )
    };
    let styles = style("struck", "style:text-line-through-style='solid'")
        + &style("raised", "style:text-position='super 58%'")
        + &style("level", "style:text-position='0% 100%'");
    let span = |style: &str, text: &str| {
        format!("<text:span text:style-name='{style}'>{text}</text:span>")
    };
    for (content, want, is_struck) in [
        (span("struck", "30000") + "9725000", "30000\n9725000", true),
        ("9725000".to_owned() + &span("raised", "1"), "9725000\n1", false),
        (span("level", "97") + "25000", "9725000", false),
    ] {
        let cell = format!(
            "<table:table-row><table:table-cell office:value-type='string'><text:p>{content}</text:p>\
             </table:table-cell></table:table-row>"
        );
        let sheet = sheet(&styles, &cell);
        let cell = &sheet.grid.cells()[0];
        assert_eq!((&cell.value, cell.struck), (&Value::Text(want.into()), is_struck));
    }
}

#[test]
fn hidden_tables_are_hidden_and_what_is_no_table_is_passed_over() {
    let book = flat(
        "<style:style style:name='ta' style:family='table'><style:table-properties table:display='false'/></style:style>",
        "<table:tracked-changes><table:cell-content-change><table:table><table:table-row/></table:table>\
         </table:cell-content-change></table:tracked-changes><table:table table:name='a' table:style-name='ta'/>\
         <table:table table:name='b'><table:table-row><table:table-cell><table:table><table:table-row><table:table-cell>\
         <text:p>inner</text:p></table:table-cell></table:table-row></table:table></table:table-cell></table:table-row>\
         </table:table>",
    )
    .unwrap();
    let sheets: Vec<(Option<&str>, bool, usize)> = book
        .sheets
        .iter()
        .map(|sheet| (sheet.name.as_deref(), sheet.hidden, sheet.grid.cells().len()))
        .collect();
    assert_eq!(sheets, [(Some("a"), true, 0), (Some("b"), false, 1)]);
}

#[test]
fn prefixes_are_the_writers_own_affair() {
    let document = "<document xmlns='urn:oasis:names:tc:opendocument:xmlns:office:1.0' \
        xmlns:o='urn:oasis:names:tc:opendocument:xmlns:office:1.0' xmlns:t='urn:oasis:names:tc:opendocument:xmlns:table:1.0' \
        xmlns:x='urn:oasis:names:tc:opendocument:xmlns:text:1.0'><body><spreadsheet><t:table t:name='表'><t:table-row>\
        <t:table-cell o:value-type='float' o:value='3'><x:p>3人</x:p></t:table-cell></t:table-row></t:table></spreadsheet>\
        </body></document>";
    let book = read_flat(document.as_bytes(), &Limits::default()).unwrap();
    assert_eq!(book.sheets[0].name.as_deref(), Some("表"));
    let Value::Number(number) = &book.sheets[0].grid.cells()[0].value else { panic!() };
    assert_eq!(number.shown.as_ref().map(|shown| shown.text.as_str()), Some("3人"));
}

#[test]
fn what_is_no_spreadsheet_is_named() {
    let document = format!(
        "<office:document {SPACES}><office:body><office:text/></office:body></office:document>"
    );
    let error = read_flat(document.as_bytes(), &Limits::default()).unwrap_err();
    assert!(error.to_string().starts_with("this is an OpenDocument text (.odt)"), "{error}");
    let cut = format!("<office:document {SPACES}><office:body><office:spreadsheet><table:table>");
    let error = read_flat(cut.as_bytes(), &Limits::default()).unwrap_err();
    assert!(matches!(error, Error::Damaged { container: CONTAINER, .. }), "{error}");
    let deep = "<text:span>".repeat(1000);
    let error =
        flat("", &format!("<table:table><table:table-row><table:table-cell><text:p>{deep}"))
            .unwrap_err();
    assert!(error.to_string().starts_with("over the limit `nesting`"), "{error}");
}

#[test]
fn a_definition_of_entities_is_not_followed() {
    let document = format!(
        "<!DOCTYPE d [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'><!ENTITY f SYSTEM 'file:///etc/passwd'>]><office:document {SPACES}>\
         <office:body><office:spreadsheet><table:table><table:table-row><table:table-cell><text:p>&b;&f;</text:p>\
         </table:table-cell></table:table-row></table:table></office:spreadsheet></office:body></office:document>"
    );
    let book = read_flat(document.as_bytes(), &Limits::default()).unwrap();
    assert_eq!(book.sheets[0].grid.cells()[0].value, Value::Text("&b;&f;".into()));
}

#[test]
fn flat_documents_come_in_any_encoding() {
    let document = format!(
        "<?xml version='1.0' encoding='GB18030'?><office:document {SPACES}><office:body><office:spreadsheet><table:table>\
         <table:table-row><table:table-cell><text:p>绩效目标</text:p></table:table-cell></table:table-row></table:table>\
         </office:spreadsheet></office:body></office:document>"
    );
    let wide: Vec<u8> =
        [0xFEFF].into_iter().chain(document.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let narrow = encoding_rs::GB18030.encode(&document).0.into_owned();
    for bytes in
        [wide, narrow, document.clone().into_bytes(), format!("\u{feff}{document}").into_bytes()]
    {
        let book = read_flat(&bytes, &Limits::default()).unwrap();
        assert_eq!(book.sheets[0].grid.cells()[0].value, Value::Text("绩效目标".into()));
        assert!(!book.sheets[0].lossy);
    }
}

fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut writer, text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn packages_that_are_not_read_are_named() {
    let of = |parts: &[(&str, &str)]| {
        let (bytes, limits) = (package(parts), Limits::default());
        read(Package::open(&bytes, &limits).unwrap()).unwrap_err()
    };
    let manifest = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>";
    let encrypted = of(&[("META-INF/manifest.xml", manifest), ("content.xml", "noise")]);
    assert!(matches!(encrypted, Error::Encrypted));
    let old = of(&[("mimetype", "application/vnd.sun.xml.calc"), ("content.xml", "<a/>")]);
    assert!(old.to_string().contains("OpenOffice 1"), "{old}");
    let broken = of(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", "<a>"),
    ]);
    assert!(matches!(broken, Error::Damaged { container: CONTAINER, .. }), "{broken}");
}
