//! XML spreadsheets of 2003.

use super::assert_same;

#[test]
fn sheetjs_keeps_the_whole_return() {
    assert_same("town-sheetjs.xml", "town.xlsx");
    assert_same("percent-and-date-cells-sheetjs.xml", "percent-and-date-cells.xlsx");
}

#[test]
fn libreoffice_keeps_the_whole_return() {
    assert_same("town-libreoffice.xml", "town.xlsx");
    assert_same("percent-and-date-cells-libreoffice.xml", "percent-and-date-cells.xlsx");
}
