//! A sheet that a clerk worked over: what Excel's users do to a form before they send it.

use crate::{Result, layout::official, package::bare_xlsx, paper::Content, texts::water_bureau};

/// A task's text goes on in a second row, a value is left beneath a merge, the label of a block is merged a row short,
/// labels hold line breaks and spaces, and the sheet opens with an attachment mark and a line for the unit.
pub(crate) fn worked_over() -> Result<Vec<u8>> {
    let mut paper = official(&water_bureau());
    for cell in &mut paper.cells {
        let Content::Text(text) = &mut cell.content else { continue };
        let spaced = match text.as_str() {
            "合计" => "合  计",
            "基本信息" => "基 本\n信 息",
            "预算整体情况" => "预算整体\n情　况",
            "其他需完成的任务（可选填）" => "其他需完成的任务（可选填)",
            "绩效指标" => "绩\n效\n指\n标",
            "三级指标" => "三级指标*",
            "期望达到的目标（概述）" => "期望达到的目标\n(概述)：",
            _ => continue,
        };
        spaced.clone_into(text);
    }
    let label = paper.cells.iter_mut().find(|cell| cell.content.says("年度重点工作任务"));
    label.ok_or("the form has key tasks")?.range.end.row -= 1;

    // The second half of a text that was too long for its row.
    let row = paper.row_of("任务三")?;
    paper.insert_rows(row, 1);
    paper.place((row, row), (2, 2), Content::Text("水质检测结果每季度向社会公布。".to_owned()));
    // What stood in F13 before B13:F13 was merged.
    paper.place((12, 12), (5, 5), Content::Text("待补充".to_owned()));

    paper.insert_rows(0, 1);
    paper.place((0, 0), (0, 0), Content::Text("附件2-3".to_owned()));
    paper.insert_rows(3, 1);
    paper.place((3, 3), (5, 5), Content::Text("金额单位：万元".to_owned()));
    bare_xlsx(&paper)
}
