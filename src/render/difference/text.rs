//! As text: a line a change, words that are gone in `[-…-]` and new ones in `{+…+}`.

use super::{Comparison, alone, difference, overview, side};
use crate::{
    compare::{Change, Word},
    render::{findings::Lang, report::words},
};

/// Renders what changed.
pub fn render(all: &Comparison, lang: Lang) -> Vec<u8> {
    let mut text = String::new();
    for one in &all.pairs {
        let alone = alone(one, all, lang);
        if one.changes.is_empty() && alone.is_none() {
            continue;
        }
        let file = |file: &Option<String>| file.clone().unwrap_or_else(|| "—".to_owned());
        let (department, old, new) = (&one.department, file(&one.old), file(&one.new));
        text += &match lang {
            Lang::En => format!("== {department} ({old} → {new})\n"),
            Lang::Zh => format!("== {department}（{old} → {new}）\n"),
        };
        if let Some(said) = alone {
            text += &format!("  {said}\n");
        }
        for change in &one.changes {
            text += &line(change, lang);
        }
    }
    for one in &all.unread {
        let (said, reason) = (one.said(lang), words::of(&one.reason, lang).replace('\n', "⏎"));
        text += &match lang {
            Lang::En => format!("{said}: {}: {reason}\n", one.file),
            Lang::Zh => format!("{said}：{}：{reason}\n", one.file),
        };
    }
    text += &format!("{}\n", overview(all, lang));
    text.into_bytes()
}

fn line(change: &Change, lang: Lang) -> String {
    let name = [change.part, &change.item, change.field];
    let name: Vec<&str> = name.into_iter().filter(|part| !part.is_empty()).collect();
    let name = name.join(" · ").replace('\n', "⏎");
    let content = if change.words.is_empty() {
        let sides = format!("{} → {}", side(&change.old, lang), side(&change.new, lang));
        sides + &amount(change, lang)
    } else {
        let word = |word: &Word| match word {
            Word::Same(text) => text.clone(),
            Word::Gone(text) => format!("[-{text}-]"),
            Word::New(text) => format!("{{+{text}+}}"),
        };
        change.words.iter().map(word).collect()
    };
    let content = content.replace('\n', "⏎");
    match lang {
        Lang::En => format!("  {name}: {content}\n"),
        Lang::Zh => format!("  {name}：{content}\n"),
    }
}

/// The difference in brackets, where there is one.
fn amount(change: &Change, lang: Lang) -> String {
    let Some((yuan, percent)) = difference(change) else { return String::new() };
    match (lang, percent.is_empty()) {
        (Lang::En, true) => format!(" ({yuan} yuan)"),
        (Lang::En, false) => format!(" ({yuan} yuan, {percent})"),
        (Lang::Zh, true) => format!("（{yuan} 元）"),
        (Lang::Zh, false) => format!("（{yuan} 元，{percent}）"),
    }
}
