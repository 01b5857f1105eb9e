//! `report.xlsx`: an overview, a row a file, a row a finding, and the departments that stand more than once.

use std::{
    io::{Seek, Write},
    path::Path,
};

use rust_xlsxwriter::{
    Color, DocProperties, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use super::{
    Each,
    record::{FileV1, StateV1},
    totals::{RepeatedV1, SumV1, TotalsV1, printed},
    words::{self, pick},
};
use crate::render::{
    epoch::Epoch,
    lines::{height, lines},
};
use crate::{
    error::{Error, Result},
    render::findings::Lang,
};

/// The most rows of a list; a worksheet has room for a few more.
const MOST_ROWS: u32 = 1_000_000;
/// The most characters of a cell that are written; the whole stands in `report.json`.
const MOST_CHARS: usize = 2_000;

/// What is drawn: the totals, and where the writer may keep its rows meanwhile.
pub struct Options<'a> {
    /// Totals over all files.
    pub totals: &'a TotalsV1,
    /// Departments that stand more than once.
    pub repeated: &'a [RepeatedV1],
    /// Language of the report.
    pub lang: Lang,
    /// A folder in which rows are kept until the workbook is put together.
    pub folder: &'a Path,
}

/// Writes the report.
///
/// # Errors
/// [`Error::Render`] when the writer or the stream refuses; those of the records' source.
pub fn render(out: impl Write + Seek + Send, each: &Each<'_>, options: &Options<'_>) -> Result<()> {
    let mut book = Workbook::new();
    let lang = options.lang;
    let begin = |book: &mut Workbook| {
        book.set_tempdir(options.folder)?;
        book.set_zip_compression_level(1);
        book.set_properties(
            &DocProperties::new()
                .set_title(pick(lang, "Report of a folder of returns", "目标表处理报告"))
                .set_creation_datetime(Epoch),
        );
        overview(book.add_worksheet(), options)
    };
    begin(&mut book).map_err(refused)?;
    let looks = Looks::new();
    let mut files = begin_list(&mut book, &FILES, &looks, lang).map_err(refused)?;
    each(&mut |file| file_row(&mut files, file, &looks, lang).map_err(refused))?;
    let rows = files.rows;
    end_list(files.sheet, &FILES, rows).map_err(refused)?;
    let mut findings = begin_list(&mut book, &FINDINGS, &looks, lang).map_err(refused)?;
    each(&mut |file| finding_rows(&mut findings, file, &looks, lang).map_err(refused))?;
    let rows = findings.rows;
    end_list(findings.sheet, &FINDINGS, rows).map_err(refused)?;
    let mut repeated = begin_list(&mut book, &REPEATED, &looks, lang).map_err(refused)?;
    repeated_rows(&mut repeated, options, &looks).map_err(refused)?;
    let rows = repeated.rows;
    end_list(repeated.sheet, &REPEATED, rows).map_err(refused)?;
    book.save_to_writer(out).map_err(refused)
}

fn refused(error: XlsxError) -> Error {
    Error::Render { output: "report.xlsx", reason: error.to_string() }
}

struct Looks {
    title: Format,
    head: Format,
    text: Format,
    number: Format,
    amount: Format,
    wrong: Format,
    doubtful: Format,
}

impl Looks {
    fn new() -> Self {
        let face = |name: &str, size: f64| {
            Format::new().set_font_name(name).set_font_size(size).set_font_charset(134)
        };
        let cell = || {
            face("宋体", 10.0)
                .set_border(FormatBorder::Thin)
                .set_border_color(Color::RGB(0xBF_BFBF))
                .set_align(FormatAlign::VerticalCenter)
        };
        Self {
            title: face("黑体", 16.0),
            head: face("黑体", 10.0)
                .set_border(FormatBorder::Thin)
                .set_align(FormatAlign::Center)
                .set_align(FormatAlign::VerticalCenter)
                .set_background_color(Color::RGB(0xDD_E7F3))
                .set_text_wrap(),
            text: cell().set_text_wrap().set_align(FormatAlign::Left).set_indent(1),
            number: cell().set_num_format("#,##0"),
            amount: cell().set_num_format("#,##0.00####").set_shrink(),
            wrong: cell().set_font_color(Color::RGB(0xC0_0000)).set_text_wrap(),
            doubtful: cell().set_font_color(Color::RGB(0x9C_5700)).set_text_wrap(),
        }
    }
}

/// A worksheet that lists something: its name, and head and width of each column.
struct List {
    name: (&'static str, &'static str),
    columns: &'static [(&'static str, &'static str, f64)],
    /// How many of the columns are printed: as many as a page across holds in type that can be read.
    printed: u16,
}

const FILES: List = List {
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

const FINDINGS: List = List {
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

const REPEATED: List = List {
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

/// A list that is being written, row by row.
struct Pen<'a> {
    sheet: &'a mut Worksheet,
    list: &'static List,
    rows: u32,
    /// Lines of the highest cell of the row.
    lines: u32,
}

fn begin_list<'a>(
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

fn end_list(sheet: &mut Worksheet, list: &List, rows: u32) -> std::result::Result<(), XlsxError> {
    let last = u16::try_from(list.columns.len()).unwrap_or(1).saturating_sub(1);
    sheet.autofilter(0, 0, rows.max(1), last)?;
    sheet.set_print_area(0, 0, rows.max(1), list.printed - 1)?;
    Ok(())
}

impl Pen<'_> {
    /// The next row; `None` when the sheet is full, of which the last row speaks.
    fn next(&mut self) -> std::result::Result<Option<u32>, XlsxError> {
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

    fn text(&mut self, col: u16, text: &str, look: &Format) -> std::result::Result<(), XlsxError> {
        let most = text.char_indices().nth(MOST_CHARS).map_or(text.len(), |(at, _)| at);
        self.sheet.write_string_with_format(self.rows, col, &text[..most], look)?;
        // The indent takes two characters.
        let width = self.list.columns[usize::from(col)].2 - 2.0;
        let lines = lines(&text[..most], width);
        if lines > self.lines && col < self.list.printed {
            self.lines = lines;
            self.sheet.set_row_height(self.rows, height(lines))?;
        }
        Ok(())
    }

    #[allow(clippy::cast_precision_loss)] // no folder has 2^53 of anything
    fn count(&mut self, col: u16, count: u64, look: &Format) -> std::result::Result<(), XlsxError> {
        self.sheet.write_number_with_format(self.rows, col, count as f64, look)?;
        Ok(())
    }
}

fn file_row(
    pen: &mut Pen<'_>,
    file: &FileV1,
    looks: &Looks,
    lang: Lang,
) -> std::result::Result<(), XlsxError> {
    if pen.next()?.is_none() {
        return Ok(());
    }
    let look = match file.state {
        StateV1::Refused | StateV1::Unread => &looks.wrong,
        StateV1::Written if file.counts.errors > 0 => &looks.wrong,
        StateV1::Written if file.counts.warnings > 0 => &looks.doubtful,
        _ => &looks.text,
    };
    let joined = |texts: Vec<String>| {
        let mut texts = texts;
        texts.dedup();
        texts.join("；")
    };
    let of = |text: fn(&super::record::ReturnLineV1) -> Option<String>| {
        joined(file.returns.iter().filter_map(text).collect())
    };
    pen.text(0, &file.source, &looks.text)?;
    pen.text(1, words::state(file, lang), look)?;
    pen.text(2, &of(|one| one.department.clone()), &looks.text)?;
    pen.text(3, &of(|one| one.year.map(|year| year.to_string())), &looks.text)?;
    match file.returns.as_slice() {
        [one] => match one.expenditure.as_ref().and_then(|text| text.parse::<f64>().ok()) {
            Some(amount) => {
                pen.sheet.write_number_with_format(pen.rows, 4, amount, &looks.amount)?;
            }
            None => pen.text(4, "—", &looks.text)?,
        },
        _ => pen.text(4, "", &looks.text)?,
    }
    pen.count(5, file.counts.errors, &looks.number)?;
    pen.count(6, file.counts.warnings, &looks.number)?;
    pen.count(7, file.counts.infos, &looks.number)?;
    pen.text(8, &words::codes(file), &looks.text)?;
    pen.text(9, &words::changed(file, lang), &looks.text)?;
    pen.text(10, file.reason.as_ref().map_or("", |reason| words::of(reason, lang)), &looks.text)?;
    pen.count(11, file.returns.len() as u64, &looks.number)?;
    pen.text(12, &of(|one| Some(one.edition.clone())), &looks.text)?;
    pen.text(13, &file.kind, &looks.text)?;
    let outputs = file.outputs.iter().map(|output| output.path.clone()).collect();
    pen.text(14, &joined(outputs), &looks.text)
}

fn finding_rows(
    pen: &mut Pen<'_>,
    file: &FileV1,
    looks: &Looks,
    lang: Lang,
) -> std::result::Result<(), XlsxError> {
    for finding in &file.findings {
        if pen.next()?.is_none() {
            return Ok(());
        }
        let look = if finding.severity == "error" { &looks.wrong } else { &looks.doubtful };
        pen.text(0, &file.source, &looks.text)?;
        pen.text(1, words::severity(&finding.severity, lang), look)?;
        pen.text(2, &finding.code, &looks.text)?;
        pen.text(3, &words::place(finding), &looks.text)?;
        pen.text(4, &finding.path, &looks.text)?;
        pen.text(5, words::of(&finding.message, lang), &looks.text)?;
    }
    if file.more_findings > 0 && pen.next()?.is_some() {
        pen.text(0, &file.source, &looks.text)?;
        let more = match lang {
            Lang::En => format!("and {} more", file.more_findings),
            Lang::Zh => format!("另有 {} 项", file.more_findings),
        };
        pen.text(5, &more, &looks.text)?;
    }
    Ok(())
}

fn repeated_rows(
    pen: &mut Pen<'_>,
    options: &Options<'_>,
    looks: &Looks,
) -> std::result::Result<(), XlsxError> {
    for one in options.repeated {
        for place in &one.places {
            if pen.next()?.is_none() {
                return Ok(());
            }
            pen.text(0, &one.department, &looks.text)?;
            pen.text(1, &one.year.map_or_else(String::new, |y| y.to_string()), &looks.text)?;
            pen.text(2, words::repeated(one.kind, options.lang), &looks.doubtful)?;
            pen.text(3, &place.source, &looks.text)?;
            pen.text(4, place.sheet.as_deref().unwrap_or(""), &looks.text)?;
            pen.text(5, place.approver.as_deref().unwrap_or(""), &looks.text)?;
        }
    }
    Ok(())
}

fn overview(sheet: &mut Worksheet, options: &Options<'_>) -> std::result::Result<(), XlsxError> {
    let looks = Looks::new();
    let lang = options.lang;
    sheet.set_name(pick(lang, "Overview", "总览"))?;
    sheet.set_paper_size(9);
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_column_width(0, 40)?;
    sheet.set_column_width(1, 24)?;
    sheet.set_column_width(2, 50)?;
    let title = pick(lang, "Report of a folder of returns", "目标表处理报告");
    sheet.write_string_with_format(0, 0, title, &looks.title)?;
    sheet.set_row_height(0, 28)?;
    let mut row = 2;
    for (name, count) in words::overview(options.totals, lang) {
        sheet.write_string_with_format(row, 0, &name, &looks.text)?;
        #[allow(clippy::cast_precision_loss)] // no folder has 2^53 of anything
        sheet.write_number_with_format(row, 1, count as f64, &looks.number)?;
        row += 1;
    }
    for (name, sum) in words::sums(options.totals, lang) {
        sum_row(sheet, row, name, sum, &looks, lang)?;
        row += 1;
    }
    row += 1;
    for (head, counts) in words::tables(options.totals, lang) {
        sheet.write_string_with_format(row, 0, head, &looks.head)?;
        sheet.write_string_with_format(row, 1, pick(lang, "Count", "数量"), &looks.head)?;
        row += 1;
        for (name, count) in counts {
            sheet.write_string_with_format(row, 0, name, &looks.text)?;
            #[allow(clippy::cast_precision_loss)] // as above
            sheet.write_number_with_format(row, 1, *count as f64, &looks.number)?;
            row += 1;
        }
        row += 1;
    }
    Ok(())
}

fn sum_row(
    sheet: &mut Worksheet,
    row: u32,
    name: &str,
    sum: &SumV1,
    looks: &Looks,
    lang: Lang,
) -> std::result::Result<(), XlsxError> {
    sheet.write_string_with_format(row, 0, name, &looks.text)?;
    // A sum of more than 15 digits would lose some of them as a number.
    if crate::model::money::significant_digits(sum.known) > 15 {
        sheet.write_string_with_format(row, 1, words::amount(&printed(sum.known)), &looks.text)?;
    } else {
        let number = sum.known.to_string().parse::<f64>().unwrap_or(f64::NAN);
        sheet.write_number_with_format(row, 1, number, &looks.amount)?;
    }
    if let Some(note) = words::without(sum, lang) {
        sheet.write_string_with_format(row, 2, note, &looks.text)?;
    }
    Ok(())
}
