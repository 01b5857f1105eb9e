//! Texts of a return without cells, as they were given: what no cell can hold of them.

use super::value::{CUT, TIDIED};
use crate::{
    diagnostic::{Diagnostic, Severity},
    model::{
        Return,
        field_path::{Column, Field, FieldPath, TaskList},
        text,
    },
};

/// The texts of a return with their fields, but for those of its targets.
pub fn texts(of: &Return) -> Vec<(FieldPath, &str)> {
    let mut texts: Vec<(FieldPath, Option<&str>)> = vec![
        (Field::Title.into(), of.title.as_deref()),
        (Field::Approver.into(), of.approver.as_deref()),
        (Field::Department.into(), of.department.as_deref()),
        (Field::OverallObjective.into(), of.overall_objective.as_deref()),
    ];
    for list in [TaskList::Key, TaskList::Other] {
        for (at, task) in of.tasks(list).iter().enumerate() {
            texts.push((FieldPath::Task(list, at, Column::Name), task.name.as_deref()));
            texts.push((FieldPath::Task(list, at, Column::Activities), task.activities.as_deref()));
            texts.push((FieldPath::Task(list, at, Column::Outcome), task.outcome.as_deref()));
        }
    }
    for (at, of) in of.indicators.iter().enumerate() {
        let path = |column| FieldPath::Indicator(at, column);
        texts.push((path(Column::Level1), of.level1.as_deref()));
        texts.push((path(Column::Level2), of.level2.as_deref()));
        texts.push((path(Column::Level3), Some(of.level3.as_str())));
    }
    texts.extend(
        of.notes.iter().enumerate().map(|(at, note)| (FieldPath::Note(at), Some(note.as_str()))),
    );
    texts.into_iter().filter_map(|(path, text)| Some((path, text?))).collect()
}

/// Findings about texts that no cell can hold whole.
pub fn too_long(of: &Return) -> Vec<Diagnostic> {
    let cut = |(path, raw): (FieldPath, &str)| {
        let cut = text::clean(Some(raw).filter(|raw| raw.len() > 32_767)?).cut;
        let message = message!(
            "{cut} characters beyond 32,767 were cut off",
            "超出 32,767 字的 {cut} 个字符被截去"
        );
        (cut > 0).then(|| CUT.at(path, message))
    };
    texts(of).into_iter().filter_map(cut).collect()
}

/// Findings about control characters, which no cell holds: they are taken out of the text.
pub fn control_characters<'t>(
    texts: impl Iterator<Item = (FieldPath, &'t str)>,
) -> Vec<Diagnostic> {
    let is_control = |c: &char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
    let told = |(path, text): (FieldPath, &str)| {
        let found = text.chars().find(is_control)?;
        let code = format!("U+{:04X}", u32::from(found));
        let message = message!(
            "the control character {code} was taken out of the text",
            "文字中的控制字符 {code} 已去除"
        );
        Some(TIDIED.at(path, message).as_severity(Severity::Warning))
    };
    texts.filter_map(told).collect()
}
