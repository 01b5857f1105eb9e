//! `report.html`: one page without scripts and without anything from elsewhere, to read and to print.

use std::io::Write;

use super::{
    Each, fault,
    record::{FileV1, StateV1},
    totals::{RepeatedV1, TotalsV1, printed},
    words::{self, pick},
};
use crate::{
    error::Result,
    render::{findings::Lang, titles::REPORT},
};

/// The most files that the page lists; of more, only those with an error or that were not written.
const MOST_FILES: u64 = 2_000;
/// The most rows even of those.
const MOST_ROWS: u64 = 5_000;
/// The most findings that the page quotes of one file.
const MOST_FINDINGS: usize = 20;

const STYLE: &str = "\
body{font:14px/1.5 'Noto Sans CJK SC','Microsoft YaHei','PingFang SC',sans-serif;color:#1d2733;margin:2em auto;max-width:1200px;padding:0 1em}
h1{font-size:24px;margin:0 0 .6em}h2{font-size:17px;margin:1.8em 0 .5em;border-bottom:2px solid #1f4e79;padding-bottom:.2em}
.tiles{display:flex;flex-wrap:wrap;gap:10px}.tile{border:1px solid #cfd8e3;border-radius:6px;padding:8px 16px;min-width:100px}
.tile b{display:block;font-size:22px}.bad b{color:#b00020}.odd b{color:#8a5a00}
table{border-collapse:collapse;width:100%}th,td{border:1px solid #cfd8e3;padding:4px 8px;text-align:left;vertical-align:top;overflow-wrap:anywhere}
th{background:#e8eef5;white-space:nowrap}td.n{text-align:right;white-space:nowrap}
.error{color:#b00020}.warning{color:#8a5a00}.ok{color:#1b6e3c}.dim{color:#6b7785}ul{margin:.2em 0;padding-left:1.2em}
.files{table-layout:fixed}.files th:nth-child(1){width:22%}.files th:nth-child(2){width:9%}.files th:nth-child(3){width:17%}
.files th:nth-child(4){width:14%}.files th:nth-child(5){width:10%}
details>summary{cursor:pointer}@page{size:A4 landscape;margin:12mm}@media print{body{max-width:none;margin:0;font-size:11px}tr{break-inside:avoid}thead{display:table-header-group}}
";

/// Writes the report.
///
/// # Errors
/// [`crate::error::Error::Render`] when the stream refuses; those of the records' source.
pub fn render(
    out: &mut dyn Write,
    each: &Each<'_>,
    totals: &TotalsV1,
    repeated: &[RepeatedV1],
    lang: Lang,
) -> Result<()> {
    let fail = fault("report.html");
    let title = pick(lang, REPORT.0, REPORT.1);
    let language = pick(lang, "en", "zh-CN");
    let head = format!(
        "<!DOCTYPE html>\n<html lang=\"{language}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <title>{title}</title><style>\n{STYLE}</style></head><body>\n<h1>{title}</h1>\n"
    );
    out.write_all(head.as_bytes()).map_err(&fail)?;
    out.write_all(overview(totals, lang).as_bytes()).map_err(&fail)?;
    out.write_all(again(repeated, lang).as_bytes()).map_err(&fail)?;
    let few = totals.files + totals.gone <= MOST_FILES;
    out.write_all(files_head(few, lang).as_bytes()).map_err(&fail)?;
    let mut rows = 0;
    each(&mut |file| {
        let wrong =
            !matches!(file.state, StateV1::Written | StateV1::Skipped) || file.counts.errors > 0;
        if (few || wrong) && rows < MOST_ROWS {
            rows += 1;
            out.write_all(row(file, lang).as_bytes()).map_err(&fail)?;
        }
        Ok(())
    })?;
    out.write_all(b"</tbody></table>\n</body></html>\n").map_err(&fail)
}

fn overview(totals: &TotalsV1, lang: Lang) -> String {
    let mut page = String::from("<div class=\"tiles\">");
    let tiles = [
        (totals.files, "files", "文件", ""),
        (totals.returns, "returns", "目标表", ""),
        (totals.unread + totals.refused, "not read or not written", "未能读取或写出", "bad"),
        (totals.with_errors, "files with errors", "有错误的文件", "bad"),
        (totals.counts.errors, "errors", "错误", "bad"),
        (totals.counts.warnings, "warnings", "提醒", "odd"),
        (totals.counts.infos, "tidied", "整理", ""),
    ];
    for (count, en, zh, class) in tiles {
        let class = if count == 0 { "" } else { class };
        page += &format!("<div class=\"tile {class}\"><b>{count}</b>{}</div>", pick(lang, en, zh));
    }
    page += "</div>\n<h2>";
    page += pick(lang, "Sums", "金额合计");
    page += "</h2>\n<table><tbody>";
    for (name, sum) in words::sums(totals, lang) {
        let note = words::without(sum, lang).unwrap_or_default();
        page += &format!(
            "<tr><th>{name}</th><td class=\"n\">{}</td><td class=\"dim\">{note}</td></tr>\n",
            words::amount(&printed(sum.known))
        );
    }
    page += "</tbody></table>\n";
    for (head, counts) in words::tables(totals, lang) {
        if counts.is_empty() {
            continue;
        }
        let cells: String = counts
            .iter()
            .map(|(name, count)| format!("{}&nbsp;×&nbsp;{count}", escape(name)))
            .collect::<Vec<_>>()
            .join(" · ");
        page += &format!("<h2>{head}</h2>\n<p>{cells}</p>\n");
    }
    page
}

fn again(repeated: &[RepeatedV1], lang: Lang) -> String {
    if repeated.is_empty() {
        return String::new();
    }
    let mut page = format!(
        "<h2>{}</h2>\n<table><thead><tr><th>{}</th><th>{}</th><th>{}</th><th>{}</th></tr></thead><tbody>\n",
        pick(lang, "Departments that stand more than once", "重复部门"),
        pick(lang, "Department", "部门名称"),
        pick(lang, "Year", "年度"),
        pick(lang, "What", "情形"),
        pick(lang, "Files", "文件")
    );
    for one in repeated.iter().take(500) {
        let places: String =
            one.places.iter().map(|place| format!("<li>{}</li>", escape(&place.source))).collect();
        page += &format!(
            "<tr><td>{}</td><td>{}</td><td>{}</td><td><ul>{places}</ul></td></tr>\n",
            escape(&one.department),
            one.year.map_or_else(String::new, |year| year.to_string()),
            words::repeated(one.kind, lang)
        );
    }
    page + "</tbody></table>\n"
}

fn files_head(few: bool, lang: Lang) -> String {
    let title = pick(lang, "Files", "文件");
    let note = if few {
        String::new()
    } else {
        let text = pick(
            lang,
            "Only files with an error or that were not written are listed here; all of them stand in report.xlsx.",
            "此处只列出有错误或未写出的文件；全部文件见 report.xlsx。",
        );
        format!("<p class=\"dim\">{text}</p>\n")
    };
    let heads: String = [
        ("File", "文件"),
        ("Outcome", "结果"),
        ("Department", "部门名称"),
        ("Expenditure (yuan)", "部门预算支出（元）"),
        ("What was changed", "所作改动"),
        ("Findings", "问题"),
    ]
    .iter()
    .map(|(en, zh)| format!("<th>{}</th>", pick(lang, en, zh)))
    .collect();
    format!(
        "<h2>{title}</h2>\n{note}<table class=\"files\"><thead><tr>{heads}</tr></thead><tbody>\n"
    )
}

fn row(file: &FileV1, lang: Lang) -> String {
    let class = match file.state {
        StateV1::Refused | StateV1::Unread => "error",
        StateV1::Written if file.counts.errors > 0 => "error",
        StateV1::Written if file.counts.warnings > 0 => "warning",
        StateV1::Written => "ok",
        StateV1::Skipped | StateV1::Gone => "dim",
    };
    let outputs: String = file
        .outputs
        .iter()
        .map(|output| format!("<br><span class=\"dim\">→ {}</span>", escape(&output.path)))
        .collect();
    let lines = |of: fn(&super::record::ReturnLineV1) -> String| {
        file.returns.iter().map(of).collect::<Vec<_>>().join("<br>")
    };
    let departments = lines(|one| {
        let name = escape(one.department.as_deref().unwrap_or("—"));
        let year = one.year.map_or_else(String::new, |year| format!(" {year}"));
        format!("{name}{year} <span class=\"dim\">{}</span>", escape(&one.edition))
    });
    let amounts =
        lines(|one| one.expenditure.as_deref().map_or_else(|| "—".to_owned(), words::amount));
    format!(
        "<tr><td>{}{outputs}</td><td class=\"{class}\">{}<br><span class=\"dim\">{}</span></td><td>{departments}</td>\
         <td class=\"n\">{amounts}</td><td>{}</td><td>{}</td></tr>\n",
        escape(&file.source),
        words::state(file, lang),
        escape(&file.kind),
        words::changed(file, lang),
        findings(file, lang)
    )
}

fn findings(file: &FileV1, lang: Lang) -> String {
    let mut cell = String::new();
    if let Some(reason) = &file.reason {
        cell += &format!("<span class=\"error\">{}</span>", escape(words::of(reason, lang)));
    }
    if file.findings.is_empty() {
        return cell;
    }
    cell += &format!("<details><summary>{}</summary><ul>", words::codes(file));
    for finding in file.findings.iter().take(MOST_FINDINGS) {
        cell += &format!(
            "<li class=\"{}\">{} {} {}</li>",
            finding.severity,
            escape(&words::place(finding)),
            finding.code,
            escape(words::of(&finding.message, lang))
        );
    }
    let more = file.findings.len().saturating_sub(MOST_FINDINGS) as u64 + file.more_findings;
    if more > 0 {
        cell += &match lang {
            Lang::En => format!("<li>and {more} more</li>"),
            Lang::Zh => format!("<li>另有 {more} 项</li>"),
        };
    }
    cell + "</ul></details>"
}

/// A text as it stands in a page.
pub(crate) fn escape(text: &str) -> String {
    let mut page = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => page.push_str("&amp;"),
            '<' => page.push_str("&lt;"),
            '>' => page.push_str("&gt;"),
            '"' => page.push_str("&quot;"),
            '\n' => page.push_str("<br>"),
            c if c.is_control() => page.push('\u{fffd}'),
            c => page.push(c),
        }
    }
    page
}
