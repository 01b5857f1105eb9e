//! Binary workbooks of Excel 5 to 2003 and of WPS.

use std::{
    fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use jixiao::{
    error::Error,
    grid::{Grid, Value},
    workbook::{self, Options, Sheet, Source},
};

use super::{assert_same, fixture, reading, sample};

fn sheets(name: &str) -> Vec<Sheet> {
    match workbook::open(&fixture(name), &Options::default()) {
        Ok(Source::Workbook(book)) => book.sheets,
        other => panic!("{name}: {other:?}"),
    }
}

fn value(grid: &Grid, at: &str) -> Value {
    grid.get(at.parse().unwrap()).unwrap_or_else(|| panic!("{at} is blank")).value.clone()
}

fn text(grid: &Grid, at: &str) -> String {
    match value(grid, at) {
        Value::Text(text) => text,
        other => panic!("{at}: {other:?}"),
    }
}

#[test]
fn a_return_of_excel_97_is_the_same() {
    for name in ["libreoffice-town.xls", "libreoffice-town.et", "sheetjs-town.xls", "xlwt-town.xls"]
    {
        assert_same(name, "town.xlsx");
    }
    assert_same("libreoffice-percent-and-date-cells.xls", "percent-and-date-cells.xlsx");
    assert_same("libreoffice-formulas.xls", "formulas.xlsx");
    assert_same("libreoffice-comments.xls", "comments.xlsx");
}

#[test]
fn a_return_of_excel_95_is_the_same() {
    assert_same("gnumeric-town.biff7.xls", "town.xlsx");
}

#[test]
fn comments_come_with_their_cells() {
    let count: usize =
        sheets("libreoffice-comments.xls").iter().map(|sheet| sheet.comments.len()).sum();
    assert_eq!(count, 3);
}

#[test]
fn chinese_of_excel_5_is_read_whatever_its_code_page_says() {
    for name in ["gbk-no-code-page.xls", "gbk-western-code-page.xls", "gbk-bare.xls"] {
        let sheets = sheets(name);
        assert_eq!(sheets.len(), 1, "{name}");
        assert_eq!(sheets[0].name.as_deref(), Some("绩效目标表"), "{name}");
        assert_eq!(text(&sheets[0].grid, "A1"), "平湖镇部门整体预算绩效目标表", "{name}");
        assert!(!sheets[0].lossy);
        assert_same(name, "town.xlsx");
    }
}

#[test]
fn an_unknown_code_page_is_told_and_its_texts_are_read() {
    let mut bytes = fixture("gbk-western-code-page.xls");
    let record = [0x42, 0x00, 0x02, 0x00, 0xe4, 0x04];
    let at = bytes.windows(record.len()).position(|found| found == record).unwrap();
    bytes[at + 4..at + 6].copy_from_slice(&999_u16.to_le_bytes());
    let found = jixiao::pipeline::read(&bytes, &jixiao::pipeline::Settings::default()).unwrap();
    let found = &found.returns[0];
    assert_eq!(found.of, sample("town.xlsx"));
    let told = found.diagnostics.iter().filter(|finding| finding.code.id == "L119");
    let told: Vec<&str> = told.map(|finding| finding.message.en.as_ref()).collect();
    assert_eq!(told.len(), 1);
    assert!(told[0].starts_with("the file names the unknown code page 999;"), "{told:?}");
}

#[test]
fn texts_centred_across_cells_are_merged() {
    let sheets = sheets("gbk-no-code-page.xls");
    let merges = sheets[0].grid.merges();
    assert!(merges.contains(&"A1:F1".parse().unwrap()), "{merges:?}");
}

#[test]
fn long_texts_are_whole() {
    let sheets = sheets("xlwt-long-texts.xls");
    for row in 0..7_usize {
        let cell = |column: &str| text(&sheets[0].grid, &format!("{column}{}", row + 1));
        assert_eq!(cell("A"), "abcdefghij".repeat(83 * row + 1));
        assert_eq!(cell("B"), "部门整体绩效目标".repeat(41 * row + 1));
        let rich = "富文本".repeat(31 * row + 1) + &"plain".repeat(17 * row + 1);
        assert_eq!(cell("C"), rich);
    }
}

#[test]
fn a_formula_that_was_never_calculated_is_no_zero() {
    let sheets = sheets("xlwt-uncalculated.xls");
    for at in ["A3", "A4", "A5"] {
        assert!(matches!(value(&sheets[0].grid, at), Value::Formula(_)), "{at}");
    }
}

#[test]
fn a_formula_put_into_a_calculated_workbook_is_no_zero() {
    // LibreOffice may ask of all formulas to be calculated always; Apache POI asks it once of those that it puts in.
    const ALWAYS: u8 = 3;
    const ONCE: u8 = 2;
    let whole = fixture("libreoffice-formulas.xls");
    let head = [0x06, 0x00, 35, 0x00, 0x05, 0x00, 0x02, 0x00];
    let ours = whole.windows(head.len()).position(|bytes| bytes == head).unwrap();
    let open = |flags: u8, others: u8| {
        let mut bytes = whole.clone();
        for at in 0..bytes.len() - 24 {
            if bytes[at..].starts_with(&[6, 0]) && bytes[at + 3..].starts_with(&[0]) && at >= ours {
                let is_one = bytes[at + 18..at + 24] == [0; 6] && bytes[at + 2] > 22;
                bytes[at + 18] = if is_one { others } else { bytes[at + 18] };
            }
        }
        bytes[ours + 10..ours + 18].fill(0);
        bytes[ours + 18] = flags;
        match workbook::open(&bytes, &Options::default()) {
            Ok(Source::Workbook(book)) => value(&book.sheets[0].grid, "C6"),
            other => panic!("{other:?}"),
        }
    };
    assert!(matches!(open(ONCE, ALWAYS), Value::Formula(_)));
    assert!(matches!(open(ONCE, 0), Value::Formula(_)));
    assert!(matches!(open(ALWAYS, ALWAYS), Value::Number(_)), "a calculated zero");
}

#[test]
fn a_file_that_is_cut_is_told() {
    let bytes = fixture("libreoffice-town.xls");
    for length in (0..bytes.len()).step_by(97) {
        match workbook::open(&bytes[..length], &Options::default()) {
            Ok(Source::Workbook(book)) => {
                // What is missing then stands behind the workbook.
                let whole = sheets("libreoffice-town.xls");
                let cells = |sheets: &[Sheet]| -> Vec<usize> {
                    sheets.iter().map(|sheet| sheet.grid.cells().len()).collect()
                };
                assert_eq!(cells(&book.sheets), cells(&whole), "{length} bytes");
            }
            Ok(other) => panic!("{length} bytes: {other:?}"),
            Err(Error::Damaged { .. } | Error::Empty | Error::NotAWorkbook { .. }) => {}
            Err(error) => panic!("{length} bytes: {error}"),
        }
    }
}

#[test]
fn bytes_that_are_changed_break_nothing() {
    for name in ["libreoffice-town.xls", "gbk-no-code-page.xls", "gbk-bare.xls"] {
        let whole = fixture(name);
        for at in 0..1500 {
            let mut bytes = whole.clone();
            let place = at * 7919 % bytes.len();
            bytes[place] = bytes[place].wrapping_mul(31).wrapping_add(0x7f);
            let place = at * 104_729 % bytes.len();
            bytes[place] = 0xff;
            let _ = workbook::open(&bytes, &Options::default());
        }
    }
    assert_eq!(reading("libreoffice-town.xls").returns[0].of, sample("town.xlsx"));
}

/// Old workbooks found in the wild, listed with what another reader says of them.
#[test]
fn every_sound_workbook_of_the_corpus_opens_and_no_broken_one_takes_long() {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    let folder = std::env::var_os("JIXIAO_CORPUS").map_or(beside, PathBuf::from);
    let Ok(index) = fs::read_to_string(folder.join("INDEX.tsv")) else {
        eprintln!("skipped: {} is not there", folder.display());
        return;
    };
    let mut faults = Vec::new();
    for line in index.lines().skip(1) {
        let fields: Vec<&str> = line.split('\t').collect();
        let [path, _, container, _, _, _, sound, ..] = fields[..] else { continue };
        if !["xls8", "xls5", "xls-other", "ole-other", "encrypted"].contains(&container) {
            continue;
        }
        let Ok(bytes) = fs::read(folder.join(path)) else { continue };
        let start = Instant::now();
        let opened = workbook::open(&bytes, &Options::default());
        if start.elapsed() > Duration::from_secs(5) {
            faults.push(format!("{path} took {:?}", start.elapsed()));
        }
        match opened {
            Ok(_) | Err(Error::Encrypted) => {}
            Err(error) if sound == "yes" => faults.push(format!("{path}: {error}")),
            Err(_) => {}
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
