//! XML spreadsheets of 2003.

use super::{assert_same, reading, sample};

#[test]
fn sheetjs_keeps_the_whole_return() {
    assert_same("town-sheetjs.xml", "town.xlsx");
    assert_same("percent-and-date-cells-sheetjs.xml", "percent-and-date-cells.xlsx");
}

/// Its stylesheet knows five number formats: what shows with a unit, with other decimals or as another date loses that,
/// but stays the same number. It also leaves out where cells beside a merge from above stand.
#[test]
fn libreoffice_keeps_all_but_the_wording_of_number_cells() {
    assert_same("town-libreoffice.xml", "town.xlsx");
    let mut found = reading("percent-and-date-cells-libreoffice.xml").returns.remove(0).of;
    let mut wanted = sample("percent-and-date-cells.xlsx");
    let mut targets = Vec::new();
    for (found, wanted) in found.indicators.iter_mut().zip(&mut wanted.indicators) {
        for (found, wanted) in [
            (&mut found.period_target, &mut wanted.period_target),
            (&mut found.annual_target, &mut wanted.annual_target),
        ] {
            if found != wanted {
                targets.push(found.take().map_or(String::new(), |target| target.text));
                *wanted = None;
            }
        }
    }
    assert_eq!(found, wanted);
    let plain = ["12", "12", "120000", "120000"];
    let named = ["100.00%", "100.00%", "95.50%", "95.00%", "2025/12/31", "2025/12/31"];
    assert_eq!(targets, [&plain[..], &named].concat());
}
