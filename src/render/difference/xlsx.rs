//! As a workbook: a row a change, the words that changed in colour, amounts as numbers with live differences.

use rust_xlsxwriter::{
    Color, DocProperties, Format, FormatAlign, FormatBorder, Formula, Workbook, Worksheet,
    XlsxError,
};

use super::{Compared, alone, overview, own_words, side};
use crate::render::{epoch::Epoch, face::face, text_cell::write_text};
use crate::{
    compare::Change,
    error::{Error, Result},
};

/// The most rows; what is beyond them stands in the other formats.
const MOST_ROWS: u32 = 1_000_000;
const HEADS: [(&str, f64); 9] = [
    ("部门名称", 28.0),
    ("部分", 18.0),
    ("任务或指标", 30.0),
    ("栏目", 16.0),
    ("旧", 44.0),
    ("新", 44.0),
    ("差额（元）", 18.0),
    ("增减", 11.0),
    ("文件", 40.0),
];

/// Renders what changed.
///
/// # Errors
/// [`Error::Render`] when the writer refuses, which no comparison should bring about.
pub fn render(all: &[Compared]) -> Result<Vec<u8>> {
    workbook(all).map_err(|error| Error::Render { output: "xlsx", reason: error.to_string() })
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

fn workbook(all: &[Compared]) -> std::result::Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    book.set_properties(
        &DocProperties::new().set_title("绩效目标表对比").set_creation_datetime(Epoch),
    );
    let looks = Looks::new();
    let sheet = book.add_worksheet();
    sheet.set_name("对比")?;
    sheet.set_landscape();
    sheet.set_paper_size(9);
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(0, 2)?;
    sheet.set_freeze_panes(3, 1)?;
    sheet.write_string_with_format(0, 0, "绩效目标表对比", &looks.title)?;
    sheet.set_row_height(0, 26.0)?;
    sheet.write_string_with_format(1, 0, overview(all), &looks.plain)?;
    for (col, (head, width)) in (0..).zip(HEADS) {
        sheet.set_column_width(col, width)?;
        sheet.write_string_with_format(2, col, head, &looks.head)?;
    }
    let mut row = 3;
    for one in all {
        if let Some(said) = alone(one) {
            write_names(sheet, row, one, said, &looks)?;
            row += 1;
        }
        for change in &one.changes {
            if row > MOST_ROWS {
                break;
            }
            write_change(sheet, row, one, change, &looks)?;
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
    looks: &Looks,
) -> std::result::Result<(), XlsxError> {
    write_names(sheet, row, one, change.part, looks)?;
    write_text(sheet, row, 2, &change.item, &looks.text)?;
    sheet.write_string_with_format(row, 3, change.field, &looks.text)?;
    let number = |text: Option<&String>| text.and_then(|text| text.parse::<f64>().ok());
    for (col, new) in [(4, false), (5, true)] {
        let text = if new { change.new.as_ref() } else { change.old.as_ref() };
        match number(text).filter(|_| change.amount.is_some()) {
            Some(amount) => {
                sheet.write_number_with_format(row, col, amount, &looks.amount)?;
            }
            None => write_side(sheet, (row, col), change, new, looks)?,
        }
    }
    let Some(amount) = change.amount else { return Ok(()) };
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

/// A text; where words changed they are coloured.
fn write_side(
    sheet: &mut Worksheet,
    (row, col): (u32, u16),
    change: &Change,
    new: bool,
    looks: &Looks,
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
        let text = if new { change.new.as_ref() } else { change.old.as_ref() };
        write_text(sheet, row, col, &side(text, false), &looks.text)?;
    }
    Ok(())
}
