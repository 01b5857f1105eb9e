//! Sheets that hold no return: what stands there instead.

use super::sheets::Miss;
use crate::{
    cell::CellRef,
    diagnostic::{Diagnostic, Message, Severity},
    error::{Error, kind_in_chinese},
    extract::{self, layout},
    form::{Edition, kinds, segment::Region, sheet::Sheet as Labelled},
    grid::{Grid, Value},
    model::field_path::FieldPath,
    render::titles,
    workbook::{Sheet, SheetKind, Workbook},
};

/// What is said of a sheet without cells, and why it gives no return. A blank sheet that bears the name a program gives
/// a new one says nothing; another may be a return that is missing.
pub(super) fn without_cells(sheet: &Sheet, name: &str) -> Option<(Diagnostic, Message)> {
    let skipped = |message| layout::SKIPPED_SHEET.at(FieldPath::Whole, message);
    if sheet.kind == SheetKind::Other {
        let message = message!(
            "the sheet `{name}` is no worksheet but a chart, a dialog or macros; not read",
            "“{name}”不是普通工作表（图表、对话框或宏），未读取"
        );
        return Some((
            skipped(message),
            message!("sheet `{name}` is a chart, a dialog or macros", "“{name}”不是普通工作表"),
        ));
    }
    if !sheet.grid.cells().is_empty() {
        return None;
    }
    let finding =
        skipped(message!("the sheet `{name}` is blank; not read", "工作表“{name}”为空白，未读取"));
    let as_new = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let is_new = as_new.len() < name.len() && ["Sheet", "工作表"].contains(&as_new);
    let finding = if is_new { finding.as_severity(Severity::Info) } else { finding };
    Some((finding, message!("sheet `{name}` is empty", "工作表“{name}”为空")))
}

/// What this program wrote and is no return, by the title at its top. It quotes returns, so that parts of it read like them.
pub(super) fn own_output(book: &Workbook) -> Option<Error> {
    let sheet = book.sheets.iter().find(|sheet| !sheet.grid.cells().is_empty())?;
    let top = sheet.grid.cells().first()?;
    let found = extract::plain(&top.value);
    let kind = titles::own_output(&found)?;
    let sheet = sheet.name.as_ref().map_or_else(String::new, |name| format!("{name}!"));
    Some(Error::OtherForm { place: format!("{sheet}{}", top.at), kind, found })
}

/// A form of another kind, by its title, which stands alone on its row, or by its heads.
pub(super) fn other_form(sheet: &Labelled<'_>, region: &Region) -> Option<Miss> {
    let (mut assessed, mut project) = (Vec::new(), Vec::new());
    let cells = sheet.grid.indices(region.rows.0, region.rows.1);
    let inside = cells.filter(|index| region.contains(sheet.cell(*index).at));
    for index in inside.take(5000) {
        let cell = sheet.cell(index);
        let Some(text) = sheet.text(index).filter(|text| text.len() < 300) else { continue };
        if let Some(kind) = sheet.is_title(index).then(|| kinds::other_form(text)).flatten() {
            return Some(miss_of(cell.at, kind, text));
        }
        if sheet.label(index).is_some_and(|label| kinds::is_assessment_head(&label.key)) {
            assessed.push((cell.at, text));
        }
        if sheet.label(index).is_some_and(|label| kinds::is_project_label(&label.key)) {
            project.push((cell.at, text));
        }
    }
    let among_indicators = |at: &CellRef| {
        let indicator =
            |index: &usize| sheet.label(*index).is_some_and(|label| label.key.contains("指标"));
        sheet.grid.indices(at.row, at.row).filter(indicator).count() > 1
    };
    // 完成值 alone may be a column that somebody added to a return: the title tells it, and the head of targets beside it.
    let ends = |index: usize, words: &str| {
        sheet.label(index).is_some_and(|label| label.key.ends_with(words))
    };
    let is_added = |at: &CellRef, text: &str| {
        let mut inside = sheet.grid.indices(region.rows.0, region.rows.1);
        let is_target = |index: usize| {
            ends(index, "年度指标值")
                || sheet.label(index).is_some_and(|label| label.key == "指标值")
        };
        text.contains("完成值")
            && inside.any(|index| sheet.is_title(index) && ends(index, "目标表"))
            && sheet.grid.indices(at.row, at.row).any(is_target)
    };
    match (assessed.as_slice(), project.as_slice()) {
        ([(at, text)], _) if among_indicators(at) && !is_added(at, text) => {
            Some(miss_of(*at, kinds::ASSESSMENT, text))
        }
        ([(at, text), _, ..], _) => Some(miss_of(*at, kinds::ASSESSMENT, text)),
        (_, [(at, text), _, ..]) => Some(miss_of(*at, kinds::PROJECT, text)),
        _ => None,
    }
}

fn miss_of(cell: CellRef, kind: &'static str, text: &str) -> Miss {
    let found = extract::plain(&Value::Text(text.to_owned()));
    let zh = kind_in_chinese(kind);
    Miss {
        cell,
        reason: message!(
            "it is {kind}, not a performance-target return",
            "这是{zh}（{found}），不是部门整体绩效目标表"
        ),
        other: Some((kind, found)),
    }
}

/// That no edition finds its labels on a sheet: what the first of them looks for, and what stands there.
pub(super) fn no_form(sheet: &Labelled<'_>, editions: &[&Edition]) -> Miss {
    let first = sheet.grid.cells().first();
    let cell = first.map_or(CellRef::new(0, 0), |cell| cell.at);
    let text: String = first
        .map(|cell| extract::plain(&cell.value))
        .unwrap_or_default()
        .chars()
        .take(30)
        .collect();
    let wanted = editions.first().map(|edition| edition.landmarks()).unwrap_or_default();
    let (en, zh) = (wanted.join(", "), wanted.join("、"));
    Miss {
        cell,
        reason: message!(
            "expected labels such as {en}; found `{text}` in {cell} and no form",
            "未找到 {zh} 等栏目；{cell} 为 `{text}`"
        ),
        other: None,
    }
}

/// Whether a sheet bears the title of a return: then one is lost where no form is found.
pub(super) fn bears_a_title(grid: &Grid, editions: &[&Edition]) -> bool {
    const TOP: usize = 20;
    let bare = |text: &str| -> String { text.chars().filter(|c| !c.is_whitespace()).collect() };
    let titles: Vec<String> = editions.iter().map(|edition| bare(&edition.title)).collect();
    grid.cells().iter().take(TOP).any(|cell| {
        let text = bare(&extract::plain(&cell.value));
        titles.iter().any(|title| text.ends_with(title.as_str()))
    })
}
