//! As text: a line a change, words that are gone in `[-…-]` and new ones in `{+…+}`.

use super::{Compared, alone, difference, overview, side};
use crate::compare::{Change, Word};

/// Renders what changed.
pub fn render(all: &[Compared]) -> Vec<u8> {
    let mut text = String::new();
    for one in all {
        if one.changes.is_empty() && alone(one).is_none() {
            continue;
        }
        let file = |file: &Option<String>| file.clone().unwrap_or_else(|| "—".to_owned());
        text += &format!("== {}（{} → {}）\n", one.department, file(&one.old), file(&one.new));
        if let Some(said) = alone(one) {
            text += &format!("  {said}\n");
        }
        for change in &one.changes {
            text += &line(change);
        }
    }
    text += &format!("{}\n", overview(all));
    text.into_bytes()
}

fn line(change: &Change) -> String {
    let name = [change.part, &change.item, change.field];
    let name: Vec<&str> = name.into_iter().filter(|part| !part.is_empty()).collect();
    let name = name.join(" · ").replace('\n', "⏎");
    let content = if change.words.is_empty() {
        let is_amount = change.amount.is_some();
        let mut content = format!(
            "{} → {}",
            side(change.old.as_ref(), is_amount),
            side(change.new.as_ref(), is_amount)
        );
        if let Some((yuan, percent)) = difference(change) {
            content +=
                &format!("（{yuan} 元{}{percent}）", if percent.is_empty() { "" } else { "，" });
        }
        content
    } else {
        let word = |word: &Word| match word {
            Word::Same(text) => text.clone(),
            Word::Gone(text) => format!("[-{text}-]"),
            Word::New(text) => format!("{{+{text}+}}"),
        };
        change.words.iter().map(word).collect()
    };
    format!("  {name}：{}\n", content.replace('\n', "⏎"))
}
