//! As a workbook: a row a change, the words that changed in colour, amounts as numbers with live differences.

use rust_xlsxwriter::{
    Color, DocProperties, Format, FormatAlign, FormatBorder, Formula, Workbook, Worksheet,
    XlsxError,
};

use super::{Compared, alone, difference, overview, own_words, side, title};
use crate::render::{
    epoch::Epoch, face::face, findings::Lang, report::words::pick, text_cell::write_text,
};
use crate::{
    compare::{Change, Side},
    error::{Error, Result},
    model::money::Unit,
};

/// The most rows; what is beyond them stands in the other formats.
const MOST_ROWS: u32 = 1_000_000;
const HEADS: [(&str, &str, f64); 9] = [
    ("Department", "部门名称", 28.0),
    ("Part", "部分", 18.0),
    ("Task or indicator", "任务或指标", 30.0),
    ("Field", "栏目", 16.0),
    ("Old", "旧", 44.0),
    ("New", "新", 44.0),
    ("Difference (yuan)", "差额（元）", 18.0),
    ("Change", "增减", 11.0),
    ("Files", "文件", 40.0),
];

/// Renders what changed.
///
/// # Errors
/// [`Error::Render`] when the writer refuses, which no comparison should bring about.
pub fn render(all: &[Compared], lang: Lang) -> Result<Vec<u8>> {
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

fn workbook(all: &[Compared], lang: Lang) -> std::result::Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    book.set_properties(&DocProperties::new().set_title(title(lang)).set_creation_datetime(Epoch));
    let looks = Looks::new();
    let sheet = book.add_worksheet();
    sheet.set_name(pick(lang, "Comparison", "对比"))?;
    sheet.set_landscape();
    sheet.set_paper_size(9);
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
    for one in all {
        if let Some(said) = alone(one, lang) {
            write_names(sheet, row, one, &said, &looks)?;
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
    book.save_to_buffer()
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
    let sides = [(4, &change.old), (5, &change.new)];
    for (col, stands) in sides {
        match number(stands) {
            Some(number) => {
                sheet.write_number_with_format(row, col, number, &looks.amount)?;
            }
            None => write_side(sheet, (row, col), change, col == 5, (lang, looks))?,
        }
    }
    let Some(amount) = change.amount else { return Ok(()) };
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
    }
    Ok(())
}

/// The number of an amount; none for what is no amount, and for a sum of more digits than a cell keeps.
fn number(side: &Side) -> Option<f64> {
    let Side::Amount(money) = side else { return None };
    let is_kept = money.kept_in_cell(Unit::Yuan) == Some(*money);
    is_kept.then(|| money.to_string().parse().ok()).flatten()
}

/// A text; where words changed they are coloured.
fn write_side(
    sheet: &mut Worksheet,
    (row, col): (u32, u16),
    change: &Change,
    new: bool,
    (lang, looks): (Lang, &Looks),
) -> std::result::Result<(), XlsxError> {
    let own = if new { &looks.new } else { &looks.gone };
    let runs: Vec<(&Format, &str)> = own_words(change, new)
        .into_iter()
        .filter(|(text, _)| !text.is_empty())
        .map(|(text, is_own)| (if is_own { own } else { &looks.plain }, text))
        .collect();
    if runs.len() > 1 {
        sheet.write_rich_string_with_format(row, col, &runs, &looks.text)?;
    } else {
        let text = side(if new { &change.new } else { &change.old }, lang);
        write_text(sheet, row, col, &text, &looks.text)?;
    }
    Ok(())
}
