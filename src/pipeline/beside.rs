//! Findings about what stands beside the values of a sheet.

use std::borrow::Cow;

use crate::{
    cell::CellRef,
    diagnostic::Diagnostic,
    extract::{self, layout},
    grid::{Aside, Value},
    model::field_path::FieldPath,
    workbook::{Fault, Sheet, TornAt},
};

/// Findings about what stands beside the values: stale values, hidden rows, comments, text boxes, links.
pub(super) fn beside_the_cells(sheet: &Sheet, found: &mut Vec<Diagnostic>) {
    for aside in &sheet.grid.asides {
        found.push(match aside {
            Aside::Stale(at, value) => {
                let text = extract::plain(value);
                layout::STALE_VALUE.on(
                    *at,
                    message!(
                        "`{text}` lies beneath a merged range; not read",
                        "`{text}` 被合并单元格遮盖，未读取"
                    ),
                )
            }
            Aside::OverlappingMerge(range) => layout::OVERLAPPING_MERGE.on(
                range.start,
                message!(
                    "the merged range {range} overlaps another one; not used",
                    "合并区域 {range} 与其他区域重叠，未采用"
                ),
            ),
            Aside::Twice(at, value) => {
                let text = extract::plain(value);
                layout::CELL_TWICE.on(
                    *at,
                    message!(
                        "the cell stands twice in the file; its second value `{text}` was not read",
                        "该单元格在文件中出现两次，第二个值 `{text}` 未读取"
                    ),
                )
            }
        });
    }
    if sheet.lossy {
        let message = message!(
            "some bytes have no meaning in the text's encoding and were read as `�`",
            "部分字节不符合文本编码，读作 `�`"
        );
        found.push(layout::UNDECODABLE.at(FieldPath::Whole, message));
    }
    found.extend(sheet.fault.map(fault));
    hidden(sheet, found);
    for (at, comment) in &sheet.comments {
        let text = extract::plain(&Value::Text(comment.clone()));
        found.push(
            layout::COMMENT.on(*at, message!("comment not kept: `{text}`", "批注未保留：`{text}`")),
        );
    }
    for drawing in &sheet.drawings {
        let text = extract::plain(&Value::Text(drawing.clone()));
        found.push(layout::COMMENT.at(
            FieldPath::Whole,
            message!("text box not kept: `{text}`", "文本框未保留：`{text}`"),
        ));
    }
    for at in &sheet.external {
        found.push(layout::EXTERNAL_LINK.on(
            *at,
            message!(
                "{at} takes its value from another file; the value saved last was read",
                "{at} 引用了外部文件，采用其上次保存的值"
            ),
        ));
    }
    for name in &sheet.outside {
        found.push(layout::UNPLACED.at(
            FieldPath::Whole,
            message!(
                "`{name}` lies outside any worksheet; not read",
                "`{name}` 超出工作表范围，未读取"
            ),
        ));
    }
}

/// The finding of a file whose markup is broken.
pub(super) fn fault(fault: Fault) -> Diagnostic {
    let place = |at: TornAt| match at.table {
        Some((table, row)) => {
            (format!("in row {row} of table {table}"), format!("在第 {table} 个表格第 {row} 行处"))
        }
        None => ("outside its tables".to_owned(), "在表格之外".to_owned()),
    };
    match fault {
        Fault::Markup => layout::BROKEN_MARKUP.at(
            FieldPath::Whole,
            message!(
                "a `<` within a text is no markup; such cells were read up to it and end in `�`",
                "文本中的 `<` 未转义，此类单元格仅读到该处，以 `�` 结尾"
            ),
        ),
        Fault::Lost => layout::TORN.at(
            FieldPath::Whole,
            message!(
                "the sheet is damaged and was not read: its part is missing or breaks off",
                "工作表已损坏，未读取：其内容缺失或中断"
            ),
        ),
        Fault::CodePage(number) => layout::UNDECODABLE.at(
            FieldPath::Whole,
            message!(
                "the file names the unknown code page {number}; its texts were read in the encoding they look like",
                "文件声明的代码页 {number} 无法识别，文本按内容推断的编码读取"
            ),
        ),
        Fault::Torn(at) => {
            let (en, zh) = place(at);
            layout::TORN.at(
                FieldPath::Whole,
                message!(
                    "the page breaks off {en}; what stood behind is missing",
                    "网页文件{zh}中断，其后的内容缺失"
                ),
            )
        }
        Fault::Unclosed(at) => {
            let (en, zh) = place(at);
            layout::UNCLOSED.at(
                FieldPath::Whole,
                message!(
                    "the page ends {en} and never closes the table; rows may be missing",
                    "网页文件{zh}结束，表格没有结束标记，其后的行可能缺失"
                ),
            )
        }
    }
}

fn hidden(sheet: &Sheet, found: &mut Vec<Diagnostic>) {
    let cells = sheet.grid.cells();
    let mut rows: Vec<u32> = Vec::new();
    let mut cols: Vec<u32> = Vec::new();
    for cell in cells {
        if sheet.hidden_rows.binary_search(&cell.at.row).is_ok()
            && rows.last() != Some(&cell.at.row)
        {
            rows.push(cell.at.row);
        }
        if sheet.hidden_cols.iter().any(|(first, last)| (*first..=*last).contains(&cell.at.col))
            && !cols.contains(&cell.at.col)
        {
            cols.push(cell.at.col);
        }
    }
    for row in rows {
        let number = row + 1;
        let message =
            message!("row {number} is hidden; read all the same", "第 {number} 行已隐藏，仍已读取");
        found.push(layout::HIDDEN_CONTENT.on(CellRef::new(row, 0), message));
    }
    for col in cols {
        let name: Cow<'_, str> = crate::cell::column_name(col).into();
        let message =
            message!("column {name} is hidden; read all the same", "{name} 列已隐藏，仍已读取");
        found.push(layout::HIDDEN_CONTENT.on(CellRef::new(0, col), message));
    }
}
