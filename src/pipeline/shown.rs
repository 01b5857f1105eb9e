//! Words that the printed form of a return can't hold where they stand, since the form prints them itself: what is written
//! would read back otherwise, and that is told before it happens.

use crate::{
    diagnostic::{Diagnostic, Message, Severity},
    extract::{self, Hints, layout},
    form::{Edition, kinds, recognise::recognise, segment::regions, sheet::Sheet as Labelled},
    grid::Value,
    model::{
        Return,
        field_path::{BudgetField, Column, Field, FieldPath, TaskList},
    },
    render,
};

/// An error for each field that would read back otherwise.
pub(super) fn lost(of: &Return, edition: &Edition) -> Vec<Diagnostic> {
    let grid = render::grid::render(of, edition);
    let sheet = Labelled::new(&grid);
    let editions = [edition];
    let mut back: Vec<Return> = Vec::new();
    for region in regions(&sheet, &editions) {
        let Some((_, located)) = recognise(&sheet, &region, &editions) else { continue };
        let mut places = vec![None; grid.cells().len()];
        let hints = Hints { year: of.year, ..Hints::default() };
        back.push(extract::extract(&sheet, &located, edition, hints, &mut places).of);
    }
    let message = || {
        message!(
            "the printed form would read otherwise here: a text of the return is a word that the form itself prints",
            "写成表格后此处会读成别的内容：文字与表样自身的栏目用语相同"
        )
    };
    let [back] = back.as_slice() else { return vec![error(FieldPath::Whole, message())] };
    // The title of another form is read, but the form below it is not taken for a return.
    let is_foreign = of.title.as_deref().and_then(kinds::other_form).is_some();
    let title = is_foreign.then(|| FieldPath::from(Field::Title));
    let lost = differences(of, back).into_iter().chain(title);
    let told = |path| match text_at(of, path) {
        Some(text) => {
            let text = extract::plain(&Value::Text(text.to_owned()));
            let Message { en, zh } = message();
            error(path, message!("{en}: `{text}`", "{zh}：`{text}`"))
        }
        None => error(path, message()),
    };
    lost.map(told).collect()
}

/// The text of a field, or the first one of a task or an indicator.
fn text_at(of: &Return, path: FieldPath) -> Option<&str> {
    match path {
        FieldPath::Field(Field::Title) => of.title.as_deref(),
        FieldPath::Field(Field::Approver) => of.approver.as_deref(),
        FieldPath::Field(Field::Department) => of.department.as_deref(),
        FieldPath::Field(Field::OverallObjective) => of.overall_objective.as_deref(),
        FieldPath::Task(list, at, _) => {
            let task = of.tasks(list).get(at)?;
            task.name.as_deref().or(task.activities.as_deref()).or(task.outcome.as_deref())
        }
        FieldPath::Indicator(at, _) => of.indicators.get(at).map(|of| of.level3.as_str()),
        FieldPath::Note(at) => of.notes.get(at).map(String::as_str),
        _ => None,
    }
}

fn error(path: FieldPath, message: Message) -> Diagnostic {
    layout::NOT_CARRIED.at(path, message).as_severity(Severity::Error)
}

fn differences(of: &Return, back: &Return) -> Vec<FieldPath> {
    let mut found: Vec<FieldPath> = Vec::new();
    let mut differs = |path: FieldPath, same: bool| found.extend((!same).then_some(path));
    differs(Field::Title.into(), of.title == back.title);
    differs(Field::Approver.into(), of.approver == back.approver);
    differs(Field::Department.into(), of.department == back.department);
    differs(Field::FundedHeadcount.into(), of.funded_headcount == back.funded_headcount);
    differs(Field::SubordinateUnits.into(), of.subordinate_units == back.subordinate_units);
    for field in BudgetField::ALL {
        differs(field.into(), of.budget.get(field) == back.budget.get(field));
    }
    differs(Field::OverallObjective.into(), of.overall_objective == back.overall_objective);
    for list in [TaskList::Key, TaskList::Other] {
        let (tasks, read) = (of.tasks(list), back.tasks(list));
        let at = tasks.iter().zip(read).position(|(one, other)| one != other);
        let at = at.or_else(|| (tasks.len() != read.len()).then_some(tasks.len().min(read.len())));
        if let Some(at) = at {
            let inside = at < tasks.len();
            let path = FieldPath::Task(list, at, Column::Name);
            differs(if inside { path } else { FieldPath::Tasks(list) }, false);
        }
    }
    let indicators = of.indicators.iter().zip(&back.indicators);
    let at = indicators.into_iter().position(|(one, other)| one != other).or_else(|| {
        let (has, read) = (of.indicators.len(), back.indicators.len());
        (has != read).then_some(has.min(read))
    });
    if let Some(at) = at {
        let inside = at < of.indicators.len();
        let path = FieldPath::Indicator(at, Column::Level3);
        differs(if inside { path } else { FieldPath::Indicators }, false);
    }
    let note = of.notes.iter().zip(&back.notes).position(|(one, other)| one != other);
    let note = note.or_else(|| (of.notes.len() != back.notes.len()).then_some(0));
    if let Some(at) = note {
        differs(FieldPath::Note(at), false);
    }
    found
}
