use super::*;
use crate::{
    grid::Value,
    workbook::{Fault, Sheet},
};

const HEAD: &str = "<Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet' \
    xmlns:ss='urn:schemas-microsoft-com:office:spreadsheet' xmlns:x='urn:schemas-microsoft-com:office:excel'>";

fn open(inside: &str) -> Result<Workbook> {
    read(format!("<?xml version='1.0'?>{HEAD}{inside}</Workbook>").as_bytes(), &Limits::default())
}

fn sheet(styles: &str, rows: &str) -> Sheet {
    let inside = format!(
        "<Styles>{styles}</Styles><Worksheet ss:Name='表 &amp; 一'><Table>{rows}</Table></Worksheet>"
    );
    open(&inside).unwrap().sheets.remove(0)
}

/// Every cell with what it holds.
fn cells(sheet: &Sheet) -> Vec<String> {
    let of = |value: &Value| match value {
        Value::Text(text) | Value::Error(text) | Value::Formula(text) => text.clone(),
        Value::Boolean(truth) => truth.to_string(),
        Value::Number(number) => match &number.shown {
            Some(shown) => format!("{} as {}", number.value, shown.text),
            None => number.value.to_string(),
        },
    };
    sheet.grid.cells().iter().map(|cell| format!("{} {}", cell.at, of(&cell.value))).collect()
}

fn data(kind: &str, text: &str) -> String {
    format!("<Cell><Data ss:Type='{kind}'>{text}</Data></Cell>")
}

#[test]
fn cells_have_types() {
    let row: String = [
        data("Number", "2160.80"),
        data("String", "一&#10;二 &lt;三"),
        data("Boolean", "1"),
        data("Error", "#REF!"),
        data("DateTime", "2025-12-31T00:00:00.000"),
        data("Number", "abc"),
        "<Cell ss:Formula='=SUM(R[-1]C)'/>".to_owned(),
        "<Cell><ss:Data ss:Type='String' xmlns='http://www.w3.org/TR/REC-html40'><B>粗</B><Font>体</Font></ss:Data></Cell>".to_owned(),
    ]
    .concat();
    assert_eq!(
        cells(&sheet("", &format!("<Row>{row}</Row>"))),
        [
            "A1 2160.8",
            "B1 一\n二 <三",
            "C1 true",
            "D1 #REF!",
            "E1 46022 as 2025/12/31",
            "F1 abc",
            "G1 =SUM(R[-1]C)",
            "H1 粗体"
        ]
    );
}

#[test]
fn styles_say_how_numbers_show() {
    let styles = "<Style ss:ID='Default'/><Style ss:ID='p'><NumberFormat ss:Format='Percent'/></Style>\
        <Style ss:ID='q' ss:Parent='p'><Font ss:StrikeThrough='1'/></Style><Style ss:ID='u'><NumberFormat \
        ss:Format='0&quot;个&quot;'/></Style><Style ss:ID='d'><NumberFormat ss:Format='m&quot;月&quot;d&quot;日&quot;'/></Style>";
    let cell = |style: &str, kind: &str, text: &str| {
        format!("<Cell ss:StyleID='{style}'><Data ss:Type='{kind}'>{text}</Data></Cell>")
    };
    let row = [
        cell("q", "Number", "0.9"),
        cell("u", "Number", "12"),
        cell("d", "DateTime", "2025-12-31T00:00:00.000"),
        data("Number", "3"),
    ]
    .concat();
    let rows = format!(
        "<Column ss:Index='5' ss:Span='1' ss:StyleID='u'/><Row>{row}</Row><Row ss:StyleID='p'><Cell ss:Index='5'><Data ss:Type='Number'>1</Data></Cell></Row><Row><Cell ss:Index='6'><Data ss:Type='Number'>1</Data></Cell></Row>"
    );
    let sheet = sheet(styles, &rows);
    assert_eq!(
        cells(&sheet),
        [
            "A1 0.9 as 90.00%",
            "B1 12 as 12个",
            "C1 46022 as 12月31日",
            "D1 3",
            "E2 1 as 100.00%",
            "F3 1 as 1个"
        ]
    );
    assert!(sheet.grid.cells()[0].struck && !sheet.grid.cells()[1].struck);
}

#[test]
fn indexes_spans_and_merges_place_the_cells() {
    let rows = format!(
        "<Column ss:Index='3' ss:Hidden='1' ss:Span='1'/><Row ss:Index='3'><Cell ss:MergeAcross='1' ss:MergeDown='1'>\
         <Data ss:Type='String'>a</Data><Comment ss:Author='某'><ss:Data>批注</ss:Data></Comment></Cell>{}<Cell \
         ss:Index='7'><Data ss:Type='String'>c</Data></Cell></Row><Row ss:Span='2' ss:Hidden='1'/><Row>{}</Row>",
        data("String", "b"),
        data("String", "d")
    );
    let sheet = sheet("", &rows);
    assert_eq!(cells(&sheet), ["A3 a", "C3 b", "G3 c", "A7 d"]);
    assert_eq!(sheet.grid.merges(), ["A3:B4".parse().unwrap()]);
    assert_eq!(sheet.name.as_deref(), Some("表 & 一"));
    assert_eq!(sheet.comments, [("A3".parse().unwrap(), "批注".to_owned())]);
    assert_eq!((sheet.hidden_rows, sheet.hidden_cols), (vec![3, 4, 5], vec![(2, 3)]));
}

#[test]
fn indexes_beyond_the_grid_are_told() {
    let sheet = sheet(
        "",
        "<Row ss:Index='18446744073709551615' ss:Span='18446744073709551615'><Cell ss:Index='18446744073709551615' \
         ss:MergeAcross='18446744073709551615'><Data ss:Type='String'>far</Data></Cell><Cell><Data ss:Type='String'>x\
         </Data></Cell></Row>",
    );
    assert!(sheet.grid.cells().is_empty());
    assert_eq!(sheet.outside.len(), 3);
}

#[test]
fn prefixes_and_the_declaration_may_be_missing_or_strange() {
    let text = "\u{feff}  <?mso-application progid='Excel.Sheet'?><s:Workbook \
        xmlns:s='urn:schemas-microsoft-com:office:spreadsheet'><s:Worksheet s:Name='x'><s:Table><s:Row><s:Cell>\
        <s:Data s:Type='Number'>1</s:Data></s:Cell></s:Row></s:Table><x:WorksheetOptions><x:Visible>SheetHidden\
        </x:Visible></x:WorksheetOptions></s:Worksheet></s:Workbook>";
    let book = read(text.as_bytes(), &Limits::default()).unwrap();
    assert_eq!(cells(&book.sheets[0]), ["A1 1"]);
    assert!(book.sheets[0].hidden);
}

#[test]
fn declared_encodings_count() {
    let text = format!(
        "<?xml version=\"1.0\" encoding=\"gb2312\"?>{HEAD}<Worksheet ss:Name='绩'><Table><Row>{}</Row></Table></Worksheet></Workbook>",
        data("String", "绩效")
    );
    let narrow = encoding_rs::GBK.encode(&text).0.into_owned();
    for bytes in [narrow, text.clone().into_bytes()] {
        let book = read(&bytes, &Limits::default()).unwrap();
        assert_eq!(cells(&book.sheets[0]), ["A1 绩效"]);
    }
}

#[test]
fn what_is_no_sound_xml_is_read_up_to_its_fault() {
    let sheet = |rows: &str| {
        let text = format!("{HEAD}<Worksheet ss:Name='x'><Table>{rows}");
        read(text.as_bytes(), &Limits::default()).map(|mut book| book.sheets.remove(0))
    };
    let row = format!("<Row>{}</Row>", data("String", "A&B &nbsp;公司"));
    let cell = format!("{}{}", data("String", "a<b"), data("Number", "1"));
    let bracket = sheet(&format!("<Row>{cell}</Row>{row}</Table></Worksheet></Workbook>")).unwrap();
    assert_eq!(cells(&bracket)[0], "A1 a\u{fffd}");
    assert_eq!((bracket.lossy, bracket.fault), (false, Some(Fault::Markup)));
    let unclosed = sheet(&format!(
        "<Row><Cell><Data ss:Type='String'>a</Row>{row}</Table></Worksheet></Workbook>"
    ))
    .unwrap();
    assert_eq!(cells(&unclosed), ["A1 a", "A2 A&B &nbsp;公司"]);
    assert_eq!(unclosed.fault, None, "nothing is lost");
    assert!(matches!(open("<Styles/>"), Err(Error::Damaged { .. })));
}

#[test]
fn what_breaks_off_is_damaged_and_says_where() {
    let whole = format!(
        "{HEAD}<Worksheet ss:Name='一'><Table><Row>{}</Row><Row>{}</Row></Table></Worksheet></Workbook>",
        data("Number", "12"),
        data("Number", "34")
    );
    assert!(read(whole.as_bytes(), &Limits::default()).is_ok());
    for (at, place) in [
        ("2</Data>", "in row 1 of the sheet `一`"),
        ("34", "in row 2 of the sheet `一`"),
        ("ata></Cell></Row></Table>", "in row 2 of the sheet `一`"),
        ("</Table>", "in row 2 of the sheet `一`"),
        ("</Workbook>", "between its sheets"),
        ("<Worksheet", "between its sheets"),
    ] {
        let end = whole.find(at).unwrap();
        let error = read(&whole.as_bytes()[..end], &Limits::default()).unwrap_err().to_string();
        let want = format!("the XML spreadsheet file is damaged: it breaks off {place}");
        assert_eq!(error, want, "{at}");
    }
}

#[test]
fn formulas_that_point_elsewhere_are_told() {
    for (formula, wanted) in
        [("=R[-1]C[2]", 0), ("=[Book1.xls]Sheet1!R1C1", 1), ("='C:\\x\\[甲.xls]S'!R[1]C", 1)]
    {
        let row = format!(
            "<Row><Cell ss:Formula=\"{formula}\"><Data ss:Type='Number'>1</Data></Cell></Row>"
        );
        assert_eq!(sheet("", &row).external.len(), wanted, "{formula}");
    }
}
