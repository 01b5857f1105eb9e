//! As a page that a reviewer can print: without scripts and without anything from elsewhere.

use super::{Comparison, Unread, alone, difference, is_amount, overview, own_words, side, title};
use crate::{
    compare::Change,
    render::{
        findings::Lang,
        report::{
            html::escape,
            words::{self, pick},
        },
    },
};

const STYLE: &str = "\
body{font:13px/1.6 'Noto Sans CJK SC','Microsoft YaHei','PingFang SC',sans-serif;color:#1d2733;margin:2em auto;max-width:1200px;padding:0 1em}
h1{font-size:22px}h2{font-size:16px;margin:1.6em 0 .4em;border-bottom:2px solid #1f4e79}
table{border-collapse:collapse;width:100%;table-layout:fixed}th,td{border:1px solid #cfd8e3;padding:4px 8px;text-align:left;vertical-align:top;overflow-wrap:anywhere}
th{background:#e8eef5}.n{text-align:right}del{background:#fbe3e4;color:#8c1d18;text-decoration:line-through}ins{background:#e2f3e5;color:#14532d;text-decoration:none;font-weight:600}
.dim{color:#6b7785}.down{color:#b00020}.up{color:#1b6e3c}
@media print{body{max-width:none;margin:0;font-size:10.5px}tr{break-inside:avoid}thead{display:table-header-group}h2{break-after:avoid}}
";

/// Renders what changed.
pub fn render(all: &Comparison, lang: Lang) -> Vec<u8> {
    let (language, title) = (pick(lang, "en", "zh-CN"), title(lang));
    let unit = pick(lang, " (amounts in yuan)", "（金额单位：元）");
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"{language}\"><head><meta charset=\"utf-8\"><title>{title}</title><style>\n{STYLE}</style></head><body>\n\
         <h1>{title}</h1>\n<p>{}{unit}</p>\n",
        overview(all, lang)
    );
    page += &unread(&all.unread, lang);
    for one in &all.pairs {
        let alone = alone(one, all, lang);
        if one.changes.is_empty() && alone.is_none() {
            continue;
        }
        let file = |file: &Option<String>| escape(file.as_deref().unwrap_or("—"));
        page += &format!(
            "<h2>{}</h2>\n<p class=\"dim\">{} → {}</p>\n",
            escape(&one.department),
            file(&one.old),
            file(&one.new)
        );
        if let Some(said) = alone {
            page += &format!("<p>{said}</p>\n");
            continue;
        }
        page += &head(lang);
        for change in &one.changes {
            page += &row(change, lang);
        }
        page += "</tbody></table>\n";
    }
    page += "</body></html>\n";
    page.into_bytes()
}

/// The files that were not read.
fn unread(all: &[Unread], lang: Lang) -> String {
    if all.is_empty() {
        return String::new();
    }
    let row = |one: &Unread| {
        format!(
            "<tr><td>{}</td><td>{}</td><td>{}</td></tr>\n",
            one.said(lang),
            escape(&one.file),
            escape(words::of(&one.reason, lang))
        )
    };
    let rows: String = all.iter().map(row).collect();
    let heads = [("Side", "情形"), ("File", "文件"), ("Why not", "原因")];
    let heads: String =
        heads.iter().map(|(en, zh)| format!("<th>{}</th>", pick(lang, en, zh))).collect();
    format!(
        "<h2>{}</h2>\n<table><thead><tr>{heads}</tr></thead><tbody>\n{rows}</tbody></table>\n",
        pick(lang, "Files that were not read and are not compared", "未能读取、未参与对比的文件")
    )
}

/// The columns of a table, their widths in percent and their heads.
fn head(lang: Lang) -> String {
    let columns = [
        (14, pick(lang, "Part", "部分")),
        (18, pick(lang, "Task or indicator", "任务或指标")),
        (10, pick(lang, "Field", "栏目")),
        (22, pick(lang, "Old", "旧")),
        (22, pick(lang, "New", "新")),
        (14, pick(lang, "Difference", "差额")),
    ];
    let widths = columns.map(|(width, _)| format!("<col style=\"width:{width}%\">")).concat();
    let heads = columns.map(|(_, head)| format!("<th>{head}</th>")).concat();
    format!("<table><colgroup>{widths}</colgroup><thead><tr>{heads}</tr></thead><tbody>\n")
}

fn row(change: &Change, lang: Lang) -> String {
    let cell = |new: bool| {
        if change.words.is_empty() {
            return escape(&side(if new { &change.new } else { &change.old }, lang));
        }
        let tag = if new { "ins" } else { "del" };
        own_words(change, new)
            .into_iter()
            .map(
                |(text, own)| {
                    if own { format!("<{tag}>{}</{tag}>", escape(text)) } else { escape(text) }
                },
            )
            .collect()
    };
    let class = if is_amount(change) { " class=\"n\"" } else { "" };
    let amount = difference(change).map_or_else(String::new, |(yuan, percent)| {
        let class = if yuan.starts_with('-') { "down" } else { "up" };
        format!("<span class=\"{class}\">{yuan}<br>{percent}</span>")
    });
    format!(
        "<tr><td>{}</td><td>{}</td><td>{}</td><td{class}>{}</td><td{class}>{}</td><td class=\"n\">{amount}</td></tr>\n",
        change.part,
        escape(&change.item),
        change.field,
        cell(false),
        cell(true)
    )
}
