//! OpenDocument spreadsheets.

use super::assert_same;

#[test]
fn libreoffice_keeps_the_whole_return() {
    assert_same("town-libreoffice.ods", "town.xlsx");
    assert_same("percent-and-date-cells-libreoffice.ods", "percent-and-date-cells.xlsx");
    assert_same("percent-and-date-cells-libreoffice.fods", "percent-and-date-cells.xlsx");
}

/// It writes no number styles and dates as numbers, but each cell's text as it showed.
#[test]
fn sheetjs_keeps_the_whole_return_in_pretty_printed_documents() {
    for end in ["ods", "fods"] {
        assert_same(&format!("town-sheetjs.{end}"), "town.xlsx");
        assert_same(
            &format!("percent-and-date-cells-sheetjs.{end}"),
            "percent-and-date-cells.xlsx",
        );
    }
}
