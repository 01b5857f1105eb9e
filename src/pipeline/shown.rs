//! Words that the printed form of a return can't hold where they stand, since the form prints them itself: what is written
//! would read back otherwise, and that is told before it happens.

use crate::{
    diagnostic::{Diagnostic, Message, Severity},
    extract::{self, Hints, layout},
    form::{
        Edition, furniture, label, recognise::recognise, segment::regions, sheet::Sheet as Labelled,
    },
    model::{
        Return,
        field_path::{BudgetField, Column, Field, FieldPath, TaskList},
        year,
    },
    render,
};

/// An error for each field that would read back otherwise. Only a return that uses a word of the form is tried.
pub(super) fn lost(of: &Return, edition: &Edition) -> Vec<Diagnostic> {
    if !texts(of).any(|text| is_printed(text, edition)) {
        return Vec::new();
    }
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
    differences(of, back).into_iter().map(|path| error(path, message())).collect()
}

fn error(path: FieldPath, message: Message) -> Diagnostic {
    layout::NOT_CARRIED.at(path, message).as_severity(Severity::Error)
}

/// The texts of a return that stand in cells of their own.
fn texts(of: &Return) -> impl Iterator<Item = &str> {
    let tasks = of.key_tasks.iter().chain(&of.other_tasks);
    let tasks = tasks.flat_map(|task| [&task.name, &task.activities, &task.outcome]);
    let indicators = of.indicators.iter();
    let targets = indicators
        .clone()
        .flat_map(|of| [&of.period_target, &of.annual_target])
        .flatten()
        .map(|target| target.text.as_str());
    tasks
        .chain([&of.overall_objective, &of.department, &of.approver])
        .filter_map(|text| text.as_deref())
        .chain(indicators.map(|indicator| indicator.level3.as_str()))
        .chain(targets)
}

/// Whether a text is a label of the form, begins with one before a colon, or is a word around it.
fn is_printed(text: &str, edition: &Edition) -> bool {
    let is_label =
        |text: &str| label::normal(text).is_some_and(|label| !edition.roles(&label.key).is_empty());
    is_label(text)
        || label::split_inline(text).is_some_and(|(before, _)| is_label(before))
        || furniture::is_furniture(text)
        || furniture::is_note(text)
        || furniture::is_title(text)
        || furniture::bare_unit(text).is_some()
        || year::alone(text).is_some()
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
