//! As a page that a reviewer can print: without scripts and without anything from elsewhere.

use super::{Compared, alone, difference, overview, own_words, side};
use crate::{compare::Change, render::report::html::escape};

const STYLE: &str = "\
body{font:13px/1.6 'Noto Sans CJK SC','Microsoft YaHei','PingFang SC',sans-serif;color:#1d2733;margin:2em auto;max-width:1200px;padding:0 1em}
h1{font-size:22px}h2{font-size:16px;margin:1.6em 0 .4em;border-bottom:2px solid #1f4e79}
table{border-collapse:collapse;width:100%;table-layout:fixed}th,td{border:1px solid #cfd8e3;padding:4px 8px;text-align:left;vertical-align:top;overflow-wrap:anywhere}
th{background:#e8eef5}.n{text-align:right}del{background:#fbe3e4;color:#8c1d18;text-decoration:line-through}ins{background:#e2f3e5;color:#14532d;text-decoration:none;font-weight:600}
.dim{color:#6b7785}.down{color:#b00020}.up{color:#1b6e3c}
@media print{body{max-width:none;margin:0;font-size:10.5px}tr{break-inside:avoid}thead{display:table-header-group}h2{break-after:avoid}}
";

/// Renders what changed.
pub fn render(all: &[Compared]) -> Vec<u8> {
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><title>绩效目标表对比</title><style>\n{STYLE}</style></head><body>\n\
         <h1>绩效目标表对比</h1>\n<p>{}（金额单位：元）</p>\n",
        overview(all)
    );
    for one in all {
        if one.changes.is_empty() && alone(one).is_none() {
            continue;
        }
        let file = |file: &Option<String>| escape(file.as_deref().unwrap_or("—"));
        page += &format!(
            "<h2>{}</h2>\n<p class=\"dim\">{} → {}</p>\n",
            escape(&one.department),
            file(&one.old),
            file(&one.new)
        );
        if let Some(said) = alone(one) {
            page += &format!("<p>{said}</p>\n");
            continue;
        }
        page += "<table><colgroup><col style=\"width:14%\"><col style=\"width:18%\"><col style=\"width:10%\"><col style=\"width:22%\"><col style=\"width:22%\"><col style=\"width:14%\"></colgroup>\
                 <thead><tr><th>部分</th><th>任务或指标</th><th>栏目</th><th>旧</th><th>新</th><th>差额</th></tr></thead><tbody>\n";
        for change in &one.changes {
            page += &row(change);
        }
        page += "</tbody></table>\n";
    }
    page += "</body></html>\n";
    page.into_bytes()
}

fn row(change: &Change) -> String {
    let is_amount = change.amount.is_some();
    let cell = |new: bool| {
        let text = if new { change.new.as_ref() } else { change.old.as_ref() };
        if change.words.is_empty() {
            return escape(&side(text, is_amount));
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
    let class = if is_amount { " class=\"n\"" } else { "" };
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
