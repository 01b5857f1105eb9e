//! Sheets that hold no return: what stands there instead.

use super::Miss;
use crate::{
    cell::CellRef,
    extract,
    form::{furniture, segment::Region, sheet::Sheet as Labelled},
    grid::Value,
};

/// A form of another kind, by its title, which stands alone on its row, or by its heads.
pub(super) fn other_form(sheet: &Labelled<'_>, region: &Region) -> Option<Miss> {
    let cells = sheet.grid.cells();
    let (mut assessed, mut project) = (Vec::new(), Vec::new());
    for (index, cell) in
        cells.iter().enumerate().filter(|(_, cell)| region.contains(cell.at)).take(5000)
    {
        let Some(text) = sheet.text(index).filter(|text| text.len() < 300) else { continue };
        if let Some(kind) = sheet.is_title(index).then(|| furniture::other_form(text)).flatten() {
            return Some(miss_of(cell.at, kind, text));
        }
        if sheet.label(index).is_some_and(|label| furniture::is_assessment_head(&label.key)) {
            assessed.push((cell.at, text));
        }
        if sheet.label(index).is_some_and(|label| furniture::is_project_label(&label.key)) {
            project.push((cell.at, text));
        }
    }
    let among_indicators = |at: &CellRef| {
        let heads = cells.iter().enumerate().filter(|(_, cell)| cell.at.row == at.row);
        let indicator = |(index, _): &(usize, _)| {
            sheet.label(*index).is_some_and(|label| label.key.contains("指标"))
        };
        heads.filter(indicator).count() > 1
    };
    match (assessed.as_slice(), project.as_slice()) {
        ([(at, text)], _) if among_indicators(at) => {
            Some(miss_of(*at, furniture::ASSESSMENT, text))
        }
        ([(at, text), _, ..], _) => Some(miss_of(*at, furniture::ASSESSMENT, text)),
        (_, [(at, text), _, ..]) => Some(miss_of(*at, furniture::PROJECT, text)),
        _ => None,
    }
}

fn miss_of(cell: CellRef, kind: &'static str, text: &str) -> Miss {
    let found = extract::plain(&Value::Text(text.to_owned()));
    Miss {
        cell,
        reason: format!("it is {kind}, not a performance-target return"),
        reason_zh: format!("这是另一种表（{found}），不是部门整体绩效目标表"),
        other: Some((kind, found)),
    }
}

pub(super) fn no_form(sheet: &Labelled<'_>) -> Miss {
    let first = sheet.grid.cells().first();
    let cell = first.map_or(CellRef::new(0, 0), |cell| cell.at);
    let text: String = first
        .map(|cell| extract::plain(&cell.value))
        .unwrap_or_default()
        .chars()
        .take(30)
        .collect();
    Miss {
        cell,
        reason: format!(
            "expected labels such as 部门名称, 预算整体情况, 年度重点工作任务, 绩效指标; found `{text}` in {cell} and no form"
        ),
        reason_zh: format!(
            "未找到 部门名称、预算整体情况、年度重点工作任务、绩效指标 等栏目；{cell} 为 `{text}`"
        ),
        other: None,
    }
}
