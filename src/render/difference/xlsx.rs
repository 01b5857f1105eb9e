//! As a workbook: a row a change, the words that changed in colour, amounts as numbers with live differences.

use std::borrow::Cow;

use rust_xlsxwriter::{
    Color, DocProperties, Format, FormatAlign, FormatBorder, Formula, Workbook, Worksheet,
    XlsxError,
};

use super::{Compared, Comparison, Unread, alone, difference, overview, own_words, side, title};
use crate::render::{
    epoch::Epoch,
    face::face,
    findings::Lang,
    lines::{height, lines},
    report::words::{self, pick},
    text_cell::write_text,
};
use crate::{
    compare::{Change, Side},
    error::{Error, Result},
    model::money::Unit,
};

/// The most rows; what is beyond them stands in the other formats.
const MOST_ROWS: u32 = 1_000_000;
const HEADS: [(&str, &str, f64); 9] = [
    ("Department", "部门名称", 20.0),
    ("Part", "部分", 19.0),
    ("Task or indicator", "任务或指标", 22.0),
    ("Field", "栏目", 17.0),
    ("Old", "旧", 36.0),
    ("New", "新", 36.0),
    ("Difference (yuan)", "差额（元）", 16.0),
    ("Change", "增减", 10.0),
    ("Files", "文件", 40.0),
];
/// The most lines that a row has room for.
const MOST_LINES: u32 = 28;
/// How many characters of a longer text are shown beside words that changed; JSON, text and page have all of it.
const BESIDE: usize = 30;
/// The columns that are printed; the names of the files are for the screen.
const PRINTED: u16 = 8;

/// Renders what changed.
///
/// # Errors
/// [`Error::Render`] when the writer refuses, which no comparison should bring about.
pub fn render(all: &Comparison, lang: Lang) -> Result<Vec<u8>> {
    workbook(all, lang).map_err(|error| Error::Render { output: "xlsx", reason: error.to_string() })
}

struct Looks {
    title: Format,
    head: Format,
    text: Format,
    amount: Format,
    percent: Format,
    plain: Format,
    gone: Format,
    new: Format,
}

impl Looks {
    fn new() -> Self {
        let cell = || face("宋体", 10.0).set_border(FormatBorder::Thin).set_align(FormatAlign::Top);
        Self {
            title: face("黑体", 16.0),
            head: face("黑体", 10.0)
                .set_border(FormatBorder::Thin)
                .set_align(FormatAlign::Center)
                .set_background_color(Color::RGB(0xDD_E7F3)),
            text: cell().set_text_wrap(),
            amount: cell().set_num_format("#,##0.00####;[Red]-#,##0.00####").set_shrink(),
            percent: cell().set_num_format("0.00%;[Red]-0.00%"),
            plain: face("宋体", 10.0),
            gone: face("宋体", 10.0).set_font_color(Color::RGB(0xC0_0000)).set_font_strikethrough(),
            new: face("宋体", 10.0).set_font_color(Color::RGB(0x1B_6E3C)).set_bold(),
        }
    }
}

fn workbook(all: &Comparison, lang: Lang) -> std::result::Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    book.set_properties(&DocProperties::new().set_title(title(lang)).set_creation_datetime(Epoch));
    let looks = Looks::new();
    let sheet = book.add_worksheet();
    sheet.set_name(pick(lang, "Comparison", "对比"))?;
    sheet.set_landscape();
    sheet.set_paper_size(9);
    sheet.set_margins(0.4, 0.4, 0.5, 0.5, 0.3, 0.3);
    sheet.set_footer(pick(lang, "&CPage &P of &N", "&C第 &P 页，共 &N 页"));
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(0, 2)?;
    sheet.set_freeze_panes(3, 1)?;
    sheet.write_string_with_format(0, 0, title(lang), &looks.title)?;
    sheet.set_row_height(0, 26.0)?;
    sheet.write_string_with_format(1, 0, overview(all, lang), &looks.plain)?;
    for (col, (en, zh, width)) in (0..).zip(HEADS) {
        sheet.set_column_width(col, width)?;
        sheet.write_string_with_format(2, col, pick(lang, en, zh), &looks.head)?;
    }
    let mut row = 3;
    for one in &all.unread {
        if row > MOST_ROWS {
            break;
        }
        write_unread(sheet, row, one, (lang, &looks))?;
        row += 1;
    }
    for one in &all.pairs {
        if let Some(said) = alone(one, all, lang) {
            write_names(sheet, row, one, &said, &looks)?;
            let texts = [one.department.as_str(), &said].into_iter().zip(HEADS);
            let most = texts.map(|(text, (_, _, width))| lines(text, width)).max().unwrap_or(1);
            if most > 1 {
                sheet.set_row_height(row, height(most.min(MOST_LINES)))?;
            }
            row += 1;
        }
        for change in &one.changes {
            if row > MOST_ROWS {
                break;
            }
            write_change(sheet, row, one, change, (lang, &looks))?;
            row += 1;
        }
    }
    sheet.autofilter(2, 0, row.max(4) - 1, 8)?;
    sheet.set_print_area(0, 0, row.max(4) - 1, PRINTED - 1)?;
    book.save_to_buffer()
}

/// The row of a file that was not read: its name where the task stands, for the column of files is not printed, and the
/// reason on its side.
fn write_unread(
    sheet: &mut Worksheet,
    row: u32,
    one: &Unread,
    (lang, looks): (Lang, &Looks),
) -> std::result::Result<(), XlsxError> {
    for col in 0..=PRINTED {
        sheet.write_blank(row, col, &looks.text)?;
    }
    let reason = if one.new { 5 } else { 4 };
    let texts = [
        (1, one.said(lang)),
        (2, &one.file),
        (reason, words::of(&one.reason, lang)),
        (PRINTED, &one.file),
    ];
    let mut most = 1;
    for (col, text) in texts {
        write_text(sheet, row, col, text, &looks.text)?;
        if col < PRINTED {
            most = most.max(lines(text, HEADS[usize::from(col)].2));
        }
    }
    if most > 1 {
        sheet.set_row_height(row, height(most.min(MOST_LINES)))?;
    }
    Ok(())
}

fn write_names(
    sheet: &mut Worksheet,
    row: u32,
    one: &Compared,
    part: &str,
    looks: &Looks,
) -> std::result::Result<(), XlsxError> {
    let file = |file: &Option<String>| file.clone().unwrap_or_else(|| "—".to_owned());
    let files = format!("{} → {}", file(&one.old), file(&one.new));
    for (col, text) in [(0, one.department.as_str()), (1, part), (8, &files)] {
        write_text(sheet, row, col, text, &looks.text)?;
    }
    for col in 2..8 {
        sheet.write_blank(row, col, &looks.text)?;
    }
    Ok(())
}

fn write_change(
    sheet: &mut Worksheet,
    row: u32,
    one: &Compared,
    change: &Change,
    (lang, looks): (Lang, &Looks),
) -> std::result::Result<(), XlsxError> {
    write_names(sheet, row, one, change.part, looks)?;
    write_text(sheet, row, 2, &change.item, &looks.text)?;
    sheet.write_string_with_format(row, 3, change.field, &looks.text)?;
    let mut most = 1;
    let beside = [one.department.as_str(), change.part, &change.item, change.field];
    for (text, (_, _, width)) in beside.into_iter().zip(HEADS) {
        most = most.max(lines(text, width));
    }
    let sides = [(4, &change.old), (5, &change.new)];
    for (col, stands) in sides {
        if let Some(number) = number(stands) {
            sheet.write_number_with_format(row, col, number, &looks.amount)?;
        } else {
            let text = write_side(sheet, (row, col), change, col == 5, (lang, looks))?;
            most = most.max(lines(&text, HEADS[usize::from(col)].2));
        }
    }
    if most > 1 {
        sheet.set_row_height(row, height(most))?;
    }
    let Some(amount) = change.amount else {
        sheet.write_blank(row, 6, &looks.text)?;
        sheet.write_blank(row, 7, &looks.text)?;
        return Ok(());
    };
    let is_live = |side: &Side| !matches!(side, Side::Amount(_)) || number(side).is_some();
    if !sides.iter().all(|(_, side)| is_live(side)) {
        let (yuan, percent) = difference(change).unwrap_or_default();
        sheet.write_string_with_format(row, 6, yuan, &looks.amount)?;
        sheet.write_string_with_format(row, 7, percent, &looks.percent)?;
        return Ok(());
    }
    let n = row + 1;
    // N() of a text is nothing, as a blank amount is.
    let formula = Formula::new(format!("=N(F{n})-N(E{n})"));
    let formula = formula.set_result(amount.yuan.normalize().to_string());
    sheet.write_formula_with_format(row, 6, formula, &looks.amount)?;
    if let Some(share) = amount.percent {
        let share = share / rust_decimal::Decimal::ONE_HUNDRED;
        let formula = Formula::new(format!("=ROUND(G{n}/ABS(E{n}),4)"));
        let formula = formula.set_result(share.normalize().to_string());
        sheet.write_formula_with_format(row, 7, formula, &looks.percent)?;
    } else {
        sheet.write_blank(row, 7, &looks.text)?;
    }
    Ok(())
}

/// The number of an amount; none for what is no amount, and for a sum of more digits than a cell keeps.
fn number(side: &Side) -> Option<f64> {
    let Side::Amount(money) = side else { return None };
    let is_kept = money.kept_in_cell(Unit::Yuan) == Some(*money);
    is_kept.then(|| money.to_string().parse().ok()).flatten()
}

/// A text; where words changed they are coloured. Gives what was written.
fn write_side(
    sheet: &mut Worksheet,
    (row, col): (u32, u16),
    change: &Change,
    new: bool,
    (lang, looks): (Lang, &Looks),
) -> std::result::Result<String, XlsxError> {
    let own = if new { &looks.new } else { &looks.gone };
    let text = side(if new { &change.new } else { &change.old }, lang);
    let mut words = own_words(change, new);
    words.retain(|(text, _)| !text.is_empty());
    if words.len() < 2 {
        write_text(sheet, row, col, &text, &looks.text)?;
        return Ok(text);
    }
    let is_long = lines(&text, HEADS[usize::from(col)].2) > MOST_LINES;
    let last = words.len() - 1;
    let shown: Vec<(&Format, Cow<'_, str>)> = words
        .into_iter()
        .enumerate()
        .map(|(at, (text, is_own))| {
            let look = if is_own { own } else { &looks.plain };
            let is_cut = is_long && !is_own;
            (look, if is_cut { shortened(text, at > 0, at < last) } else { text.into() })
        })
        .collect();
    let runs: Vec<(&Format, &str)> =
        shown.iter().map(|(look, text)| (*look, text.as_ref())).collect();
    sheet.write_rich_string_with_format(row, col, &runs, &looks.text)?;
    Ok(runs.into_iter().map(|(_, text)| text).collect())
}

/// What stands beside changed words in a text that is too long for a row; `behind` some and `before` others.
fn shortened(text: &str, behind: bool, before: bool) -> Cow<'_, str> {
    let chars: Vec<char> = text.chars().collect();
    let [head, tail] = [behind, before].map(|beside| if beside { BESIDE } else { 0 });
    if chars.len() <= head + tail + 2 {
        return text.into();
    }
    let (head, tail) = (&chars[..head], &chars[chars.len() - tail..]);
    head.iter().chain(&['…', '…']).chain(tail).collect::<String>().into()
}
