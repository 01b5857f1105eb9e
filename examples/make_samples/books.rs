//! Several returns in a workbook: below each other, beside each other, on sheets of their own.

use crate::{
    Result,
    layout::official,
    package::{Sheet, workbook, xlsx},
    paper::{Content, Paper},
    texts::{education_bureau, service_office, veterans_station, water_bureau},
};

/// Two returns of a town below each other, two blank rows between them.
pub(crate) fn two_below() -> Result<Vec<u8>> {
    let mut paper = official(&service_office());
    let below = paper.height() + 2;
    paper.join(&official(&veterans_station()), below, 0);
    xlsx(&paper)
}

/// Two returns of a town beside each other, a blank column between them.
pub(crate) fn two_beside() -> Result<Vec<u8>> {
    let mut paper = official(&service_office());
    paper.join(&official(&veterans_station()), 0, 7);
    xlsx(&paper)
}

/// A budget booklet: a table of contents, two departments by number, last year's sheet hidden, and one left blank.
pub(crate) fn many_sheets() -> Result<Vec<u8>> {
    let mut contents = Paper::default();
    contents.place((0, 0), (0, 2), Content::Text("目  录".to_owned()));
    for (row, line) in (1..).zip([
        ["序号", "部门名称", "页码"],
        ["1", "清溪县教育局", "1"],
        ["2", "云城市水务局", "4"],
    ]) {
        for (col, typed) in (0..).zip(line) {
            contents.place((row, row), (col, col), Content::typed(typed));
        }
    }
    let mut last_year = education_bureau();
    "2024年清溪县部门整体支出绩效目标表".clone_into(&mut last_year.title);
    let (education, water, old) =
        (official(&education_bureau()), official(&water_bureau()), official(&last_year));
    workbook(&[
        Sheet { name: "目录", paper: &contents, hidden: false },
        Sheet { name: "001", paper: &education, hidden: false },
        Sheet { name: "上年", paper: &old, hidden: true },
        Sheet { name: "002", paper: &water, hidden: false },
        Sheet { name: "Sheet5", paper: &Paper::default(), hidden: false },
    ])
}
