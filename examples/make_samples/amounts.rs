//! Amounts as they are typed: sums that don't agree, units, full width, brackets, nil marks, formulas.

use crate::{
    Result,
    layout::official,
    package::{bare_xlsx, xlsx},
    paper::{Content, Paper},
    texts::{education_bureau, environment_department, service_office, water_bureau},
};

/// Types texts or numbers into cells of a form.
fn retype(paper: &mut Paper, cells: &[(&str, &str)]) -> Result<()> {
    cells.iter().try_for_each(|(cell, typed)| paper.type_in(cell, typed))
}

/// 合计 rows that were added up by hand: every part is right, three of the totals are not.
pub(crate) fn typed_totals() -> Result<Vec<u8>> {
    let mut paper = official(&education_bureau());
    retype(&mut paper, &[("C8", "69999.00"), ("E8", "70000.00"), ("C12", "12815.00")])?;
    let row = paper.row_of("期望达到的目标")? + 7;
    retype(&mut paper, &[(&format!("D{row}"), "18,350.65")])?;
    xlsx(&paper)
}

/// A town's budget in which no total agrees with another.
pub(crate) fn disagreeing() -> Result<Vec<u8>> {
    let mut of = service_office();
    // Income short by 10, own level typed in yuan, development more than the projects, a part below zero, a part of a fen.
    of.budget = ["386.40", "1254.60", "1580.00", "51.00", "1500.00", "-180.00", "16410000", "0.00"]
        .map(str::to_owned);
    "9820000.005".clone_into(&mut of.key_tasks[0].funding);
    xlsx(&official(&of))
}

/// Amounts typed as text, each of which says clearly what it means.
pub(crate) fn as_text() -> Result<Vec<u8>> {
    let mut paper = official(&service_office());
    let tasks = paper.row_of("任务一")? + 1;
    retype(
        &mut paper,
        &[
            ("C4", "１８"),
            ("E4", "无"),
            ("C6", "３８６．４０"),
            ("C7", "￥1 254.60"),
            ("E6", "1，590.00"),
            ("E7", "51万元"),
            ("C9", "120 万元"),
            ("C10", "180．00"),
            ("E9", "16,410,000.00元"),
            ("E10", "—"),
            (&format!("D{tasks}"), "482万元"),
            (&format!("D{}", tasks + 1), "RMB 2,360,000.00"),
            (&format!("D{}", tasks + 2), "'1975000"),
            (&format!("D{}", tasks + 3), "1,280,500.00元"),
            (&format!("D{}", tasks + 4), "69万元"),
        ],
    )?;
    let other = paper.row_of("隐患排查")? + 1;
    retype(&mut paper, &[(&format!("E{other}"), "无")])?;
    xlsx(&paper)
}

/// Amounts that nobody can read for certain, and two that are below zero.
pub(crate) fn unreadable() -> Result<Vec<u8>> {
    let mut paper = official(&environment_department());
    let tasks = paper.row_of("任务一")? + 1;
    retype(
        &mut paper,
        &[
            ("C4", "约1100"),
            ("C6", "三万二千"),
            ("C7", "187581.34（含结转）"),
            ("E6", "详见附表"),
            ("E7", "(4,400.00)"),
            ("C10", "132000.00/年"),
            ("C11", "－18500.00"),
            ("E10", "88000-90000"),
            (&format!("D{tasks}"), "58000+500"),
            (&format!("D{}", tasks + 1), "肆万陆仟伍佰万元"),
            (&format!("D{}", tasks + 2), "31200..00"),
            (&format!("D{}", tasks + 3), "待定"),
            (&format!("D{}", tasks + 4), "#REF!"),
        ],
    )?;
    xlsx(&paper)
}

/// Amounts that are sums of other cells, saved with their values.
pub(crate) fn formulas() -> Result<Vec<u8>> {
    let mut paper = official(&water_bureau());
    let cells = [
        ("C6", "=5200+1642.17", "6842.17"),
        ("C7", "=C8-C6", "38157.83"),
        ("C8", "=SUM(E6:E7)", "45000"),
        ("E8", "=SUM(E6:E7)", "45000"),
        ("C12", "=C10+C11", "31260"),
        ("E12", "=E10+E11", "45000"),
        ("E10", "=ROUND(C8*0.702222222,0)", "31600"),
        ("E11", "=C8-E10", "13400"),
    ];
    for (cell, formula, value) in cells {
        paper.put(cell, Content::Formula(formula, Some(value)))?;
    }
    xlsx(&paper)
}

/// Amounts that are formulas without a value, as programs write them that don't compute.
pub(crate) fn formulas_without_values() -> Result<Vec<u8>> {
    let mut paper = official(&service_office());
    for (cell, formula) in [("C6", "=300+86.4"), ("C7", "=1641-C6"), ("E9", "=C6+C7")] {
        paper.put(cell, Content::Formula(formula, None))?;
    }
    bare_xlsx(&paper)
}
