//! Binary OOXML workbooks.

use jixiao::{
    error::Error,
    grid::Value,
    workbook::{self, Options, Sheet, Source},
};

use super::{assert_same, fixture, reading, xlsx::altered};

fn open(bytes: &[u8]) -> Result<Vec<Sheet>, Error> {
    match workbook::open(bytes, &Options::default())? {
        Source::Workbook(book) => Ok(book.sheets),
        Source::Json(_) => panic!("a workbook"),
    }
}

#[test]
fn short_cell_records_hold_the_same_return() {
    assert_same("town-sheetjs.xlsb", "town.xlsx");
    assert_same("percent-and-date-cells-sheetjs.xlsb", "percent-and-date-cells.xlsx");
}

#[test]
fn long_cell_records_hold_the_same_return() {
    assert_same("town-formulon.xlsb", "town.xlsx");
    assert_same("percent-and-date-cells-formulon.xlsb", "percent-and-date-cells.xlsx");
}

#[test]
fn what_stands_beside_the_values_is_read() {
    let sheets = open(&fixture("beside-formulon.xlsb")).unwrap();
    let sheet = &sheets[0];
    assert_eq!((sheet.name.as_deref(), sheet.hidden, sheets[1].hidden), (Some("表"), false, true));
    assert_eq!(sheet.hidden_rows, [1]);
    assert_eq!(sheet.hidden_cols, [(2, 2)]);
    assert_eq!(sheet.grid.merges(), ["A4:C5".parse().unwrap()]);
    let at = |name: &str| sheet.grid.get(name.parse().unwrap());
    assert!(at("A2").unwrap().struck && !at("A1").unwrap().struck);
    let Value::Number(number) = &at("B2").unwrap().value else { panic!("B2 is a number") };
    assert_eq!(number.shown.as_ref().unwrap().text, "2025/12/31");
    assert_eq!(at("C1").unwrap().value, Value::Boolean(true));
    assert_eq!(at("D1").unwrap().value, Value::Error("#DIV/0!".into()));
    assert!(
        matches!(&at("E1").unwrap().value, Value::Number(number) if (number.value - 3.0).abs() < 1e-9)
    );
    assert_eq!(at("F1").unwrap().value, Value::Text("乙甲".into()));
    assert_eq!(at("G1").unwrap().value, Value::Boolean(true));
}

#[test]
fn comments_are_reported() {
    let sheets = open(&fixture("comments-sheetjs.xlsb")).unwrap();
    let comments: Vec<_> = sheets.iter().flat_map(|sheet| &sheet.comments).collect();
    assert_eq!(comments, [&("B4".parse().unwrap(), "已核对".to_owned())]);
    assert!(!reading("comments-sheetjs.xlsb").returns.is_empty());
}

#[test]
fn a_part_that_ends_in_the_middle_is_damaged() {
    let whole = fixture("town-formulon.xlsb");
    let cut = altered(&whole, "xl/worksheets/sheet1.bin", |part| part.truncate(part.len() / 2));
    let error = open(&cut).unwrap_err().to_string();
    assert!(error.starts_with("the xlsb file is damaged: sheet `"), "{error}");
    assert!(error.ends_with("sheet1.bin ends in the middle"), "{error}");
}

#[test]
fn an_index_without_a_string_is_an_error_value() {
    let whole = fixture("town-formulon.xlsb");
    let none = altered(&whole, "xl/sharedStrings.bin", Vec::clear);
    let sheets = open(&none).unwrap();
    let bad = Value::Error("bad shared string index 0".into());
    assert_eq!(sheets[0].grid.cells()[0].value, bad);
}

#[test]
fn no_mutant_of_a_part_escapes() {
    let mut seed = 0x9e37_79b9_7f4a_7c15_u64;
    let mut random = move |below: usize| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        usize::try_from(seed % below as u64).unwrap()
    };
    for name in ["beside-formulon.xlsb", "comments-sheetjs.xlsb"] {
        let whole = fixture(name);
        for part in
            ["xl/worksheets/sheet1.bin", "xl/workbook.bin", "xl/styles.bin", "xl/sharedStrings.bin"]
        {
            for _ in 0..150 {
                let mutant = altered(&whole, part, |bytes| {
                    for _ in 0..=random(4) {
                        let at = random(bytes.len());
                        bytes[at] = [0, 0x7f, 0x80, 0xff, b'x'][random(5)];
                    }
                });
                drop(open(&mutant));
            }
        }
    }
}

#[test]
fn a_formula_that_waits_to_be_calculated_is_no_zero() {
    // Value and flags of formulas in A1, B1 …
    let sheet = |cells: &[(f64, u8)]| {
        let mut part = vec![0x91, 0x01, 0x00, 0x00, 0x04, 0, 0, 0, 0];
        for (col, (value, flags)) in (0_u32..).zip(cells) {
            part.extend([0x09, 22]);
            part.extend(col.to_le_bytes());
            part.extend([0; 4]);
            part.extend(value.to_le_bytes());
            part.extend([*flags, 0, 0, 0, 0, 0]);
        }
        part.extend([0x92, 0x01, 0x00]);
        part
    };
    let uncalculated = |fixture_name: &str, cells: &[(f64, u8)]| {
        let bytes = altered(&fixture(fixture_name), "xl/worksheets/sheet1.bin", |part| {
            *part = sheet(cells);
        });
        let sheets = open(&bytes).unwrap();
        let cells = sheets[0].grid.cells();
        cells.iter().map(|cell| matches!(cell.value, Value::Formula(_))).collect::<Vec<_>>()
    };
    const WAITS: u8 = 2;
    let other = "town-sheetjs.xlsb";
    assert_eq!(uncalculated(other, &[(0.0, WAITS), (0.0, 0)]), [true, false]);
    // Where one that waits has a result, they were calculated before.
    assert_eq!(uncalculated(other, &[(0.0, WAITS), (7.0, WAITS)]), [false, false]);
    // Excel asks it of what changes by itself, such as a sum up to today.
    assert_eq!(uncalculated("town-formulon.xlsb", &[(0.0, WAITS)]), [false]);
}
