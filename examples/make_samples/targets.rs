//! Targets in cells that show something else than they hold, comments, and a form that was not filled in.

use crate::{
    Result,
    layout::official,
    package::xlsx,
    paper::{Content, at},
    texts::{education_bureau, service_office, veterans_station},
};

/// A reviewer's remarks as comments.
pub(crate) fn comments() -> Result<Vec<u8>> {
    let mut paper = official(&education_bureau());
    paper.comments = vec![
        (at("C7")?, "项目支出与“一上”数相差 260 万元，请核对。"),
        (at("B13")?, "目标表述请对应年度重点工作任务。"),
        (at("D15")?, "是否含上年结转？"),
    ];
    xlsx(&paper)
}

/// Targets that are numbers and dates, worded by their number format.
pub(crate) fn formatted_cells() -> Result<Vec<u8>> {
    let mut paper = official(&service_office());
    let row = paper.row_of("三级指标")? + 2;
    let cells = [
        ('E', 0, 12.0, "0\"个\""),
        ('F', 0, 12.0, "0\"个\""),
        ('E', 1, 120_000.0, "#,##0\"人次\""),
        ('F', 1, 120_000.0, "#,##0\"人次\""),
        ('E', 2, 60.0, "0"),
        ('F', 2, 60.0, "0"),
        ('E', 4, 1.0, "0%"),
        ('F', 4, 1.0, "0%"),
        ('E', 5, 0.955, "0.0%"),
        ('F', 5, 0.95, "0%"),
        // 31 December 2025 in two wordings.
        ('E', 6, 46_022.0, "yyyy\"年\"m\"月\"d\"日\""),
        ('F', 6, 46_022.0, "yyyy-mm-dd"),
    ];
    for (column, below, number, format) in cells {
        paper.put(&format!("{column}{}", row + below), Content::Number(number, format))?;
    }
    paper.type_in(&format!("D{}", row + 6), "器材更新完成时间")?;
    xlsx(&paper)
}

/// The blank form with the model texts of its instructions left in.
pub(crate) fn not_filled_in() -> Result<Vec<u8>> {
    let mut of = veterans_station();
    "……".clone_into(&mut of.objective);
    "任务一：XXX".clone_into(&mut of.key_tasks[0].name);
    "请填写主要实施内容".clone_into(&mut of.key_tasks[0].activities);
    let targets = [
        ("走访慰问户数", "≥XX户"),
        ("指标1：慰问对象信息准确率", "≥XX%"),
        ("指标1：", ""),
        ("……", ""),
        ("退役军人满意度", ""),
    ];
    for (indicator, (name, target)) in of.indicators.iter_mut().zip(targets) {
        name.clone_into(&mut indicator.level3);
        target.clone_into(&mut indicator.period);
        target.clone_into(&mut indicator.annual);
    }
    xlsx(&official(&of))
}
