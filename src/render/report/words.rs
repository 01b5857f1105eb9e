//! The words of the report, in both languages.

use super::{
    record::{FileV1, StateV1, TextV1},
    totals::{SumV1, TotalsV1},
};
use crate::render::findings::Lang;

/// The text in one language.
pub fn pick(lang: Lang, en: &'static str, zh: &'static str) -> &'static str {
    match lang {
        Lang::En => en,
        Lang::Zh => zh,
    }
}

/// A text that stands in both languages.
pub fn of(text: &TextV1, lang: Lang) -> &str {
    match lang {
        Lang::En => &text.en,
        Lang::Zh => &text.zh,
    }
}

/// What became of a file.
pub fn state(file: &FileV1, lang: Lang) -> &'static str {
    match file.state {
        StateV1::Written if file.counts.errors > 0 => {
            pick(lang, "written, with errors", "已写出，有错误")
        }
        StateV1::Written if file.counts.warnings > 0 => {
            pick(lang, "written, with warnings", "已写出，有提醒")
        }
        StateV1::Written => pick(lang, "written", "已写出"),
        StateV1::Refused => pick(lang, "not written", "未写出"),
        StateV1::Unread => pick(lang, "not read", "未能读取"),
        StateV1::Skipped => pick(lang, "not looked at", "未查看"),
        StateV1::Gone => pick(lang, "source gone", "源文件已不在"),
    }
}

/// A severity.
pub fn severity(name: &str, lang: Lang) -> &'static str {
    match name {
        "error" => pick(lang, "error", "错误"),
        "warning" => pick(lang, "warning", "提醒"),
        _ => pick(lang, "info", "说明"),
    }
}

/// What was changed in a file, as a short text.
pub fn changed(file: &FileV1, lang: Lang) -> String {
    let of = file.changed;
    let parts = [
        (of.totals, pick(lang, "totals recomputed", "处合计重算")),
        (of.units, pick(lang, "units settled", "处单位认定")),
        (of.tidied, pick(lang, "tidied", "处整理")),
        (of.dropped, pick(lang, "not kept", "处未保留")),
    ];
    let said = parts.iter().filter(|(count, _)| *count > 0);
    let said: Vec<String> = said.map(|(count, what)| format!("{count} {what}")).collect();
    said.join(pick(lang, ", ", "，"))
}

/// The findings of a file by code, such as `T101×1 L102×3`.
pub fn codes(file: &FileV1) -> String {
    let said: Vec<String> =
        file.codes.iter().map(|(code, count)| format!("{code}×{count}")).collect();
    said.join(" ")
}

/// Where a finding stands: `Sheet1!B7`, a cell, a sheet or a field.
pub fn place(finding: &super::record::FindingV1) -> String {
    match (&finding.sheet, &finding.cell) {
        (Some(sheet), Some(cell)) => format!("{sheet}!{cell}"),
        (Some(sheet), None) => sheet.clone(),
        (None, Some(cell)) => cell.clone(),
        (None, None) => finding.path.clone(),
    }
}

/// An amount in yuan as it is printed, with separators.
pub fn amount(yuan: &str) -> String {
    let (sign, digits) = yuan.strip_prefix('-').map_or(("", yuan), |digits| ("-", digits));
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, "00"));
    let mut printed = String::from(sign);
    for (at, digit) in whole.char_indices() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            printed.push(',');
        }
        printed.push(digit);
    }
    printed + "." + decimals
}

/// How a department stands more than once.
pub fn repeated(kind: &str, lang: Lang) -> &'static str {
    match kind {
        "namesakes" => pick(lang, "different departments under one name", "不同部门同名"),
        _ => pick(lang, "one department more than once", "同一部门重复报送"),
    }
}

/// The counts of the overview with their names.
pub fn overview(totals: &TotalsV1, lang: Lang) -> Vec<(String, u64)> {
    let rows = [
        (totals.files, "Files", "文件"),
        (totals.written, "— read and written", "— 已读取并写出"),
        (totals.with_errors, "— of these with errors", "— 其中有错误"),
        (totals.refused, "— read, not written", "— 已读取，未写出"),
        (totals.unread, "— not read", "— 未能读取"),
        (totals.skipped, "— not looked at", "— 未查看"),
        (totals.gone, "Sources gone", "源文件已不在"),
        (totals.returns, "Returns", "目标表（份）"),
        (totals.counts.errors, "Errors", "错误"),
        (totals.counts.warnings, "Warnings", "提醒"),
        (totals.counts.infos, "Tidied", "整理"),
        (totals.changed.totals, "Typed totals recomputed", "手填合计重算"),
        (totals.changed.units, "Units settled", "单位认定"),
        (
            totals.changed.dropped,
            "Cells, comments and sheets not kept",
            "未保留的单元格、批注、工作表",
        ),
    ];
    rows.into_iter().map(|(count, en, zh)| (pick(lang, en, zh).to_owned(), count)).collect()
}

/// The sums of the overview with their names.
pub fn sums(totals: &TotalsV1, lang: Lang) -> [(&'static str, &SumV1); 3] {
    [
        (
            pick(lang, "Expenditure, all returns (yuan)", "部门预算支出合计（元）"),
            &totals.expenditure,
        ),
        (pick(lang, "Income, all returns (yuan)", "收入来源合计（元）"), &totals.income),
        (pick(lang, "Funding of tasks, all returns (yuan)", "任务资金合计（元）"), &totals.tasks),
    ]
}

/// What is said of returns that a sum lacks.
pub fn without(sum: &SumV1, lang: Lang) -> Option<String> {
    let count = sum.without;
    (count > 0).then(|| match lang {
        Lang::En => {
            format!("without {count} returns that have no such total or an unreadable amount")
        }
        Lang::Zh => format!("不含 {count} 份无此合计或含无法识别金额的目标表"),
    })
}

/// The counts by code, by what the files were, and by edition.
pub fn tables(
    totals: &TotalsV1,
    lang: Lang,
) -> [(&'static str, &std::collections::BTreeMap<String, u64>); 3] {
    [
        (pick(lang, "Findings by code", "问题代码"), &totals.codes),
        (pick(lang, "Files by kind", "文件类型"), &totals.kinds),
        (pick(lang, "Returns by edition", "表样"), &totals.editions),
    ]
}
