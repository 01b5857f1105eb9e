//! `report.xlsx`: an overview, a row a file, a row a finding, and the departments that stand more than once.

mod list;
mod looks;

use std::{
    io::{Seek, Write},
    path::Path,
};

use rust_decimal::Decimal;
use rust_xlsxwriter::{DocProperties, Workbook, Worksheet, XlsxError};

use self::{
    list::{FILES, FINDINGS, Pen, REPEATED, begin_list},
    looks::Looks,
};
use super::{
    Each,
    record::{FileV1, StateV1},
    totals::{RepeatedV1, SumV1, TotalsV1, printed},
    words::{self, pick},
};
use crate::{
    error::{Error, Result},
    render::{epoch::Epoch, findings::Lang, titles::REPORT},
};

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
                .set_title(pick(lang, REPORT.0, REPORT.1))
                .set_creation_datetime(Epoch),
        );
        overview(book.add_worksheet(), options)
    };
    begin(&mut book).map_err(refused)?;
    let looks = Looks::new();
    let mut files = begin_list(&mut book, &FILES, &looks, lang).map_err(refused)?;
    each(&mut |file| file_row(&mut files, file, &looks, lang).map_err(refused))?;
    files.end().map_err(refused)?;
    let mut findings = begin_list(&mut book, &FINDINGS, &looks, lang).map_err(refused)?;
    each(&mut |file| finding_rows(&mut findings, file, &looks, lang).map_err(refused))?;
    findings.end().map_err(refused)?;
    let mut repeated = begin_list(&mut book, &REPEATED, &looks, lang).map_err(refused)?;
    repeated_rows(&mut repeated, options, &looks).map_err(refused)?;
    repeated.end().map_err(refused)?;
    book.save_to_writer(out).map_err(refused)
}

fn refused(error: XlsxError) -> Error {
    Error::Render { output: "report.xlsx", reason: error.to_string() }
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
    match expenditure(file) {
        _ if file.returns.is_empty() => pen.text(4, "", &looks.text)?,
        Some(amount) => pen.number(4, amount, &looks.amount)?,
        None => pen.text(4, "—", &looks.text)?,
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

/// The expenditure of all returns of a file; none where that of one is not known, for a part is no sum.
fn expenditure(file: &FileV1) -> Option<f64> {
    let sum = file.returns.iter().try_fold(Decimal::ZERO, |sum, one| {
        sum.checked_add(one.expenditure.as_ref()?.parse().ok()?)
    });
    sum?.to_string().parse().ok()
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
    let title = pick(lang, REPORT.0, REPORT.1);
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
