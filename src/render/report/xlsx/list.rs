//! A worksheet of the report that lists something, written row by row.

use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

use super::{super::words::pick, looks::Looks};
use crate::render::text_cell::write_text;
use crate::render::{
    findings::Lang,
    lines::{height, lines},
};

/// The most rows of a list; a worksheet has room for a few more.
const MOST_ROWS: u32 = 1_000_000;
/// The most characters of a cell that are written; the whole stands in `report.json`.
const MOST_CHARS: usize = 2_000;

/// A worksheet that lists something: its name, and head and width of each column.
pub(super) struct List {
    name: (&'static str, &'static str),
    columns: &'static [(&'static str, &'static str, f64)],
    /// How many of the columns are printed: as many as a page across holds in type that can be read.
    printed: u16,
}

pub(super) const FILES: List = List {
    name: ("Files", "文件"),
    columns: &[
        ("File", "文件", 30.0),
        ("Outcome", "结果", 11.0),
        ("Department", "部门名称", 22.0),
        ("Year", "年度", 6.0),
        ("Expenditure (yuan)", "部门预算支出（元）", 16.0),
        ("Errors", "错误", 6.0),
        ("Warnings", "提醒", 6.0),
        ("Tidied", "整理", 6.0),
        ("Findings by code", "问题代码", 12.0),
        ("What was changed", "所作改动", 14.0),
        ("Why not", "原因", 30.0),
        ("Returns", "份数", 7.0),
        ("Edition", "表样", 12.0),
        ("Kind", "文件类型", 10.0),
        ("Written as", "写出为", 50.0),
    ],
    printed: 11,
};

pub(super) const FINDINGS: List = List {
    name: ("Findings", "问题"),
    columns: &[
        ("File", "文件", 30.0),
        ("Severity", "程度", 8.0),
        ("Code", "代码", 7.0),
        ("Place", "位置", 16.0),
        ("Field", "字段", 24.0),
        ("Message", "说明", 70.0),
    ],
    printed: 6,
};

pub(super) const REPEATED: List = List {
    name: ("Repeated departments", "重复部门"),
    columns: &[
        ("Department", "部门名称", 30.0),
        ("Year", "年度", 6.0),
        ("What", "情形", 26.0),
        ("File", "文件", 44.0),
        ("Sheet", "工作表", 16.0),
        ("Approver", "批复单位", 28.0),
    ],
    printed: 6,
};

/// Rows whose heights are computed. The writer keeps half a kilobyte for each; those behind them are fitted by the program
/// that opens the report, which takes it longer.
const MEASURED: u32 = 2_000;

/// A list that is being written, row by row.
pub(super) struct Pen<'a> {
    sheet: &'a mut Worksheet,
    list: &'static List,
    rows: u32,
    /// Lines of the highest cell of the row.
    lines: u32,
}

pub(super) fn begin_list<'a>(
    book: &'a mut Workbook,
    list: &'static List,
    looks: &Looks,
    lang: Lang,
) -> std::result::Result<Pen<'a>, XlsxError> {
    let sheet = book.add_worksheet_with_constant_memory()?;
    sheet.set_name(pick(lang, list.name.0, list.name.1))?;
    sheet.set_landscape();
    sheet.set_paper_size(9);
    sheet.set_margins(0.4, 0.4, 0.5, 0.5, 0.3, 0.3);
    sheet.set_footer(pick(lang, "&CPage &P of &N", "&C第 &P 页，共 &N 页"));
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(0, 0)?;
    sheet.set_freeze_panes(1, 1)?;
    for (col, (_, _, width)) in (0..).zip(list.columns) {
        sheet.set_column_width(col, *width)?;
    }
    sheet.set_row_height(0, 30.0)?;
    for (col, (en, zh, _)) in (0..).zip(list.columns) {
        sheet.write_string_with_format(0, col, pick(lang, en, zh), &looks.head)?;
    }
    Ok(Pen { sheet, list, rows: 0, lines: 1 })
}

impl Pen<'_> {
    /// The next row; `None` when the sheet is full, of which the last row speaks.
    pub(super) fn next(&mut self) -> std::result::Result<Option<u32>, XlsxError> {
        if self.rows > MOST_ROWS {
            return Ok(None);
        }
        self.rows += 1;
        self.lines = 1;
        if self.rows > MOST_ROWS {
            let more = "…… 其余见 report.json (the rest stands in report.json)";
            self.sheet.write_string(self.rows, 0, more)?;
            return Ok(None);
        }
        Ok(Some(self.rows))
    }

    pub(super) fn text(
        &mut self,
        col: u16,
        text: &str,
        look: &Format,
    ) -> std::result::Result<(), XlsxError> {
        let most = text.char_indices().nth(MOST_CHARS).map_or(text.len(), |(at, _)| at);
        write_text(self.sheet, self.rows, col, &text[..most], look)?;
        let lines = lines(&text[..most], self.list.columns[usize::from(col)].2);
        if lines > self.lines && col < self.list.printed && self.rows <= MEASURED {
            self.lines = lines;
            self.sheet.set_row_height(self.rows, height(lines))?;
        }
        Ok(())
    }

    pub(super) fn number(
        &mut self,
        col: u16,
        number: f64,
        look: &Format,
    ) -> std::result::Result<(), XlsxError> {
        self.sheet.write_number_with_format(self.rows, col, number, look)?;
        Ok(())
    }

    #[allow(clippy::cast_precision_loss)] // no folder has 2^53 of anything
    pub(super) fn count(
        &mut self,
        col: u16,
        count: u64,
        look: &Format,
    ) -> std::result::Result<(), XlsxError> {
        self.number(col, count as f64, look)
    }

    /// Ends the list: its filter, and what of it is printed.
    pub(super) fn end(&mut self) -> std::result::Result<(), XlsxError> {
        let last = u16::try_from(self.list.columns.len()).unwrap_or(1).saturating_sub(1);
        let rows = self.rows.max(1);
        self.sheet.autofilter(0, 0, rows, last)?;
        self.sheet.set_print_area(0, 0, rows, self.list.printed - 1)?;
        Ok(())
    }
}
