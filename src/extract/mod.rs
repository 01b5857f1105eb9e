//! Located cells into a typed return, with the account of every cell and a finding for every fault.

pub mod account;
mod amount;
mod context;
mod declared;
mod doubtful_task;
mod fields;
mod halves;
mod indicators;
pub mod layout;
mod levels;
mod lost;
mod moved_indicator;
mod noted;
mod parted;
mod parts;
mod settle;
mod shift;
mod sums;
mod target_heads;
mod targets;
mod tasks;
mod texts;
mod unit_lines;
pub mod value;
mod years;

pub use context::plain;
pub use settle::{amount_from_text, can_be_title, count_from_text, settle};
pub use texts::{control_characters, texts, too_long};

use account::Place;
use context::Context;

use crate::{
    diagnostic::{Code, Diagnostic, Severity, SourceMap},
    form::{
        Edition,
        edition::Lines,
        located::{Located, LocatedTable},
        recognise,
        sheet::Sheet,
    },
    model::{
        Return,
        field_path::{FieldPath, TaskList},
        money::Unit,
        target::Readings,
        totals::Declared,
    },
};

/// Codes of findings about values.
pub static VALUE_CODES: &[&Code] = &[
    &value::UNREADABLE_AMOUNT,
    &value::UNIT_CONTRADICTS_HEAD,
    &value::UNREADABLE_COUNT,
    &value::TIDIED,
    &value::DATE_IN_TARGET,
    &value::DOUBTFUL_TARGET,
    &value::CUT,
    &value::STRUCK,
    &value::NOT_CALCULATED,
    &value::UNIT_ASSUMED,
    &value::UNIT_UNKNOWN,
    &noted::UNIT_IN_NOTE,
    &value::UNITS_DIFFER,
];

/// What stands outside the sheet and may tell the year.
#[derive(Clone, Copy, Debug, Default)]
pub struct Hints<'a> {
    /// The year that the user states; overrules everything.
    pub year: Option<i32>,
    /// The name of the sheet.
    pub sheet: Option<&'a str>,
    /// The name of the file, without folders.
    pub file: Option<&'a str>,
}

/// A return as it was read, with everything that is known about the reading.
#[derive(Debug)]
pub struct Extracted {
    /// The return, in canonical form.
    pub of: Return,
    /// Which cell each field came from.
    pub map: SourceMap,
    /// The findings of locating and extracting.
    pub diagnostics: Vec<Diagnostic>,
    /// The totals that the source states.
    pub declared: Vec<Declared>,
}

/// Reads a located form. Books each of its cells in `places`, which has one place for each cell of the grid.
pub fn extract(
    sheet: &Sheet<'_>,
    located: &Located,
    edition: &Edition,
    hints: Hints<'_>,
    places: &mut [Option<Place>],
) -> Extracted {
    let mut located = located.clone();
    title_from_notes(sheet, edition, &mut located);
    let located = &located;
    for index in &located.labels {
        places[*index] = Some(Place::Label);
    }
    let mut of =
        Return { edition: edition.name.clone(), prints: edition.prints(), ..Return::default() };
    let mut context = Context {
        sheet,
        edition,
        year: None,
        readings: Readings::default(),
        places,
        map: SourceMap::default(),
        diagnostics: Vec::new(),
    };
    context.title_and_year(located, hints, &mut of);
    context.fields(located, &mut of);
    if context.year.is_none() && hints.year.is_none() {
        context.year_of_names(hints, &mut of);
    }
    of.level = recognise::level(sheet, located).or_else(|| edition.sole_level());
    if let Some(sole) = edition.sole_level() {
        of.level = Some(sole);
    }
    let mut declared = context.budget_totals(located, of.units.budget);
    declared.extend(context.tables(located, &mut of));
    context.notes(located, &mut of);
    context.leftovers(located);
    context.strange_units(located);
    context.noted_units(located);
    context.differing_units(located);
    let (diagnostics, map) = (context.diagnostics, context.map);
    Extracted { of: of.canonical(), map, diagnostics, declared }
}

/// Without a title that says what the form is, the first line above it that stands alone is the title.
fn title_from_notes(sheet: &Sheet<'_>, edition: &Edition, located: &mut Located) {
    let first = located.fields.iter().map(|field| field.label.row).min();
    let (None, Some(first)) = (located.title, first) else { return };
    let above = located.notes.iter().position(|line| {
        line.len() == 1
            && sheet.cell(line[0]).at.row < first
            && sheet.text(line[0]).is_some_and(|text| can_be_title(text, edition))
    });
    if let Some(at) = above {
        located.title = Some(located.notes.remove(at)[0]);
    }
}

impl Context<'_, '_> {
    fn budget_totals(&mut self, located: &Located, unit: Option<Unit>) -> Vec<Declared> {
        let mut declared = Vec::new();
        for total in &located.declared {
            let unit = total.unit.or(unit).unwrap_or(Unit::TenThousand);
            declared.push(self.declared(total.total, total.cell, unit).0);
        }
        declared
    }

    fn tables(&mut self, located: &Located, of: &mut Return) -> Vec<Declared> {
        let unit = self.task_unit(located);
        of.units.tasks = unit;
        let mut declared = Vec::new();
        for table in &located.tables {
            let crate::form::edition::Body::Table(spec) = &self.edition.blocks[table.block].body
            else {
                continue;
            };
            match table.lines {
                Lines::Tasks(list) => {
                    let unit = self.table_unit(located, table, list, unit.unwrap_or(Unit::Yuan));
                    declared.extend(
                        self.tasks(list, spec, table, unit, of).into_iter().map(|(total, _)| total),
                    );
                }
                Lines::Indicators => self.indicators(spec, table, of),
            }
        }
        declared
    }

    /// The unit that the tasks are printed in: the key tasks' head, else the other tasks', else a unit line's, else a
    /// note's.
    fn task_unit(&mut self, located: &Located) -> Option<Unit> {
        let assumed = self.edition.units.tasks?;
        let of = |list| {
            located
                .tables
                .iter()
                .filter(move |table: &&LocatedTable| table.lines == Lines::Tasks(list))
        };
        let mut tables = of(TaskList::Key).chain(of(TaskList::Other));
        let stated = tables.find_map(|table| table.units.iter().flatten().next().copied());
        let noted = |list| located.noted_unit(|whose| whose.tasks(list));
        let noted = || noted(TaskList::Key).or_else(|| noted(TaskList::Other));
        stated.or(located.unit).or_else(noted).or(Some(assumed))
    }

    /// The unit of a table's amounts where a column states none: another column's, else a unit line's, else a
    /// note's; else it is assumed, and that is told.
    fn table_unit(
        &mut self,
        located: &Located,
        table: &LocatedTable,
        list: TaskList,
        assumed: Unit,
    ) -> Unit {
        let stated = table.units.iter().flatten().next().copied().or(located.unit);
        let stated = stated.or_else(|| located.noted_unit(|whose| whose.tasks(list)));
        if stated.is_none() && !table.rows.is_empty() {
            let name = assumed.name();
            let message = message!(
                "no unit is stated for these tasks; {name} is taken",
                "任务资金未注明单位，按{name}计"
            );
            let finding = value::UNIT_ASSUMED.at(FieldPath::Tasks(list), message);
            self.diagnostics.push(finding.in_cell(table.head));
        }
        stated.unwrap_or(assumed)
    }

    fn notes(&mut self, located: &Located, of: &mut Return) {
        let mut asides = located.asides.iter().peekable();
        for line in &located.notes {
            while let Some((index, text)) = asides.next_if(|(index, _)| Some(index) < line.first())
            {
                self.aside(*index, text, of);
            }
            let at = of.notes.len();
            let path = FieldPath::Note(at);
            let cells: Vec<String> =
                line.iter().filter_map(|index| self.text(*index, path)).collect();
            let Some(note) = self.cleaned(&cells.join("  "), path) else { continue };
            for index in line {
                self.places[*index] = Some(Place::Note(at));
            }
            of.notes.push(note);
        }
        for (index, text) in asides {
            self.aside(*index, text, of);
        }
    }

    /// A note that shares a cell with a field: the cell stays the field's.
    fn aside(&mut self, index: usize, text: &str, of: &mut Return) {
        let path = FieldPath::Note(of.notes.len());
        if let Some(note) = self.cleaned(text, path) {
            self.map.add(path, self.at(index));
            of.notes.push(note);
        }
    }

    /// Reports what found no place, heads known only by their place, and blocks that are missing.
    fn leftovers(&mut self, located: &Located) {
        self.heads_of_targets(located);
        for index in &located.unknown_heads {
            let quoted = self.quoted(*index);
            let message = message!(
                "unknown head {quoted}; its place tells the column",
                "表头 {quoted} 不在表样中，按其位置判断所属列"
            );
            self.diagnostics.push(layout::UNKNOWN_HEAD.on(self.at(*index), message));
        }
        for index in &located.moved_heads {
            let quoted = self.quoted(*index);
            let message = message!(
                "the head {quoted} stands one column left of its lines; read as if moved back",
                "表头 {quoted} 比其下各行左移了一列，已按右移一列读取"
            );
            self.diagnostics.push(layout::SHIFTED_ROW.on(self.at(*index), message));
        }
        for index in &located.moved_rows {
            let quoted = self.quoted(*index);
            let message = message!(
                "the row of {quoted} stands one column off its heads; its amounts were read by their labels",
                "{quoted} 所在行与表头错开了一列，金额已按其左侧的栏名读取"
            );
            self.diagnostics.push(layout::SHIFTED_ROW.on(self.at(*index), message));
        }
        for index in &located.strays {
            let quoted = self.quoted(*index);
            if let Some(finding) = self.lost_target(located, *index) {
                self.diagnostics.push(finding);
                self.places[*index] = Some(Place::Found(&layout::UNPLACED));
                continue;
            }
            let lost = self.is_lost_amount(located, *index);
            let message = if lost {
                message!(
                    "{quoted} stands in the place of an amount but belongs to no field; not kept",
                    "{quoted} 位于金额处，但未能归入任何栏目，未保留"
                )
            } else {
                message!(
                    "{quoted} belongs to no field; not kept",
                    "{quoted} 未能归入任何栏目，未保留"
                )
            };
            self.set_aside(&layout::UNPLACED, *index, message);
            if lost && let Some(finding) = self.diagnostics.last_mut() {
                finding.severity = Severity::Error;
            }
        }
        for index in &located.doubts {
            let quoted = self.quoted(*index);
            let message = message!(
                "{quoted}: no head says which amount of its row is the budget's; the first one was read",
                "{quoted}：表头未说明本行哪一个是预算金额，已按第一个读取"
            );
            self.doubt(&layout::SECOND_AMOUNT, *index, message);
        }
        for (seen, block) in located.blocks.iter().zip(&self.edition.blocks) {
            if *seen || block.optional {
                continue;
            }
            let name = block_name(self.edition, block);
            let message = message!("the block {name} is missing", "缺少“{name}”部分");
            self.diagnostics.push(layout::MISSING_BLOCK.at(FieldPath::Whole, message));
        }
    }
}

/// The printed name of a block: its label, else the label of its first field.
fn block_name(edition: &Edition, block: &crate::form::edition::Block) -> String {
    use crate::form::edition::{Body, PieceKind};
    let first = || match &block.body {
        Body::Fields(rows) => rows.iter().flatten().find_map(|piece| match &piece.kind {
            PieceKind::Label(name, _) => Some(name.clone()),
            _ => None,
        }),
        Body::Table(_) => None,
    };
    let label =
        block.label.as_ref().map(|(name, _)| name.clone()).or_else(first).unwrap_or_default();
    edition.printed(&label).replace('\n', "")
}
