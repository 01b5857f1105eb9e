//! The structure of produced workbooks, by a walk of our own: merges, order, formulas, borders, print set-up, the look.

use std::collections::BTreeSet;

use jixiao::{
    cell::CellRef,
    extract, form,
    model::{Return, entry::Entry, field_path::Field, money::Money, totals::Identities},
    pipeline::{self, Settings},
    render::xlsx::{self, Options},
};
use proptest::{
    strategy::{Strategy as _, ValueTree as _},
    test_runner::TestRunner,
};
use rust_decimal::Decimal;

use crate::{
    arbitrary::{carried, edition_of},
    formula::{cached, evaluate},
    golden::assert_golden,
    sample,
    sheet::{FileBook, FileSheet},
};

fn written(of: &Return, options: Options) -> FileBook {
    FileBook::open(&xlsx::render(&[(of, edition_of(of))], options).unwrap())
}

fn sound() -> Return {
    pipeline::read(sample::SOUND.as_bytes(), &Settings::default()).unwrap().returns.remove(0).of
}

/// The blank forms, the sample in both editions, and arbitrary returns.
fn books() -> Vec<FileBook> {
    let mut books = Vec::new();
    for edition in form::built_in() {
        books.push(written(
            &edition.blank(),
            Options { totals_sheet: false, blank: true, bulk: false },
        ));
        let of = extract::settle(Return { edition: edition.name.clone(), ..sound() }, edition).0;
        books.push(written(&of, Options::default()));
    }
    let mut runner = TestRunner::deterministic();
    for _ in 0..60 {
        books.push(written(
            &carried().prop_map(|of| of).new_tree(&mut runner).unwrap().current(),
            Options::default(),
        ));
    }
    books
}

#[test]
fn no_two_merges_overlap_and_none_is_a_single_cell() {
    for book in books() {
        for sheet in &book.sheets {
            for (at, merge) in sheet.merges.iter().enumerate() {
                assert!(!merge.is_single(), "{}: {merge} is one cell", sheet.name);
                let other = sheet.merges[..at].iter().find(|other| other.overlaps(merge));
                assert!(other.is_none(), "{}: {merge} overlaps {}", sheet.name, other.unwrap());
            }
        }
    }
}

#[test]
fn cells_stand_once_and_in_order() {
    for book in books() {
        for sheet in &book.sheets {
            for pair in sheet.cells.windows(2) {
                let (one, other) = (pair[0].at, pair[1].at);
                assert!(
                    (one.row, one.col) < (other.row, other.col),
                    "{}: {other} after {one}",
                    sheet.name
                );
            }
        }
    }
}

#[test]
fn only_anchors_of_merges_hold_something() {
    for book in books() {
        for sheet in &book.sheets {
            for merge in &sheet.merges {
                let beneath = sheet
                    .cells
                    .iter()
                    .filter(|cell| merge.contains(cell.at) && cell.at != merge.start);
                for cell in beneath {
                    assert!(
                        cell.value.is_empty() && cell.formula.is_none(),
                        "{}: {} beneath {merge}",
                        sheet.name,
                        cell.at
                    );
                }
            }
        }
    }
}

#[test]
fn every_formula_is_of_our_shapes_and_its_cached_value_is_its_result() {
    let mut seen = BTreeSet::new();
    for book in books() {
        for sheet in &book.sheets {
            for cell in &sheet.cells {
                let Some(formula) = &cell.formula else { continue };
                let place = format!("{}!{} ={formula}", sheet.name, cell.at);
                let (shape, result) = evaluate(&book, sheet, formula, &place);
                assert_eq!(
                    cached(cell, &place),
                    result,
                    "{place}: the cached value is not the result"
                );
                seen.insert(shape);
            }
        }
    }
    assert_eq!(seen, BTreeSet::from(["if", "sum"]), "the test saw no formula of a shape");
}

#[test]
fn the_totals_of_the_sheet_are_those_of_the_parts() {
    // An independent sum: amounts of the model in yuan, added here, printed in the unit of the form.
    let of = sound();
    let book = written(&of, Options::default());
    let sheet = &book.sheets[1];
    let add = |amounts: &[&Entry<Money>]| {
        amounts.iter().filter_map(|entry| entry.known()).map(|money| money.yuan()).sum::<Decimal>()
    };
    let budget = &of.budget;
    let tasks: Vec<&Entry<Money>> = of.key_tasks.iter().map(|task| &task.funding).collect();
    let others: Vec<&Entry<Money>> = of.other_tasks.iter().map(|task| &task.funding).collect();
    let wan = Decimal::from(10_000);
    let want = [
        (
            "部门预算支出",
            add(&[&budget.basic_expenditure, &budget.project_expenditure]) / wan,
            "万元",
        ),
        ("收入来源", add(&[&budget.fiscal_appropriation, &budget.other_funds]) / wan, "万元"),
        ("事业发展性支出", add(&[&budget.special_funds, &budget.other_development]) / wan, "万元"),
        ("按预算级次划分", add(&[&budget.own_level, &budget.transfers]) / wan, "万元"),
        ("年度重点工作任务资金", add(&tasks), "元"),
        ("其他需完成的任务资金", add(&others), "元"),
        ("全部任务资金", add(&tasks) + add(&others), "元"),
    ];
    for (name, sum, unit) in want {
        let row = sheet
            .cells
            .iter()
            .find(|cell| cell.value == name)
            .unwrap_or_else(|| panic!("no total {name}"))
            .at
            .row;
        let value = sheet.at(CellRef::new(row, 2)).unwrap();
        assert_eq!(value.value.parse::<Decimal>().unwrap(), sum.normalize(), "{name}");
        assert!(value.formula.is_some(), "{name} is no live formula");
        assert_eq!(sheet.at(CellRef::new(row, 3)).unwrap().value, unit, "{name}");
    }
    let Identities { equal, development_within_project } = &edition_of(&of).identities;
    let verdicts =
        sheet.cells.iter().filter(|cell| cell.at.col == 4 && cell.value == "一致").count();
    assert_eq!(verdicts, equal.len() + usize::from(*development_within_project));
}

#[test]
fn a_total_over_something_unreadable_is_words_and_no_number() {
    let mut of = sound();
    of.budget.basic_expenditure = Entry::Unreadable("约四百万".into());
    let book = written(&of, Options::default());
    let sheet = &book.sheets[1];
    let row = sheet.cells.iter().find(|cell| cell.value == "部门预算支出").unwrap().at.row;
    let total = sheet.at(CellRef::new(row, 2)).unwrap();
    assert_eq!((total.value.as_str(), &total.formula), ("含无法识别的金额", &None));
}

#[test]
fn every_cell_of_the_form_has_borders_on_all_sides() {
    for book in books() {
        let sheet = &book.sheets[0];
        let (first, last) = bordered(&book, sheet);
        assert!(
            last - first > 12,
            "{}: the form has borders in rows {first} to {last} only",
            sheet.name
        );
        let columns = last_column(sheet);
        for row in first..=last {
            for col in 0..=columns {
                let at = CellRef::new(row, col);
                let cell =
                    sheet.at(at).unwrap_or_else(|| panic!("{}: {at} has no style", sheet.name));
                assert_eq!(
                    book.borders(cell.style),
                    "l:thin r:thin t:thin b:thin",
                    "{}!{at}",
                    sheet.name
                );
            }
        }
    }
}

#[test]
fn the_print_set_up_is_that_of_a_page_to_submit() {
    for book in books() {
        let sheet = &book.sheets[0];
        let page = sheet.root.child("pageSetup").unwrap();
        assert_eq!(
            (page.get("paperSize"), page.get("orientation"), page.get("fitToHeight")),
            ("9", "portrait", "0")
        );
        let fits = sheet
            .root
            .child("sheetPr")
            .and_then(|pr| pr.child("pageSetUpPr"))
            .map(|pr| pr.get("fitToPage"));
        assert_eq!(fits, Some("1"));
        assert!(sheet.root.child("pageMargins").is_some());
        assert!(
            sheet
                .root
                .child("headerFooter")
                .unwrap()
                .child("oddFooter")
                .unwrap()
                .text
                .contains("&P")
        );
        let names = &book.names;
        let titles = names.get("_xlnm.Print_Titles 0").expect("print titles");
        assert!(titles.contains("$1:$"), "{titles}");
        let area = names.get("_xlnm.Print_Area 0").expect("a print area");
        let last = sheet.cells.iter().map(|cell| cell.at.row).max().unwrap() + 1;
        let column = jixiao::cell::column_name(last_column(sheet));
        let corner = format!("${column}${last}");
        assert!(area.ends_with(&corner), "{area}, the last cell is {corner}");
        for row in 0..last {
            let height: f64 = sheet
                .heights
                .get(&row)
                .unwrap_or_else(|| panic!("row {} has no height", row + 1))
                .parse()
                .unwrap();
            assert!((8.0..=409.5).contains(&height), "row {} is {height} pt high", row + 1);
        }
        assert_eq!(sheet.root.child("sheetViews").unwrap().children[0].get("tabSelected"), "1");
    }
}

#[test]
fn nothing_that_looks_like_a_formula_becomes_one() {
    let mut of = sound();
    of.department = Some("=1+1".into());
    of.key_tasks[0].name = Some("+任务".into());
    of.key_tasks[0].activities = Some("-内容".into());
    of.key_tasks[0].outcome = Some("@目标".into());
    let book = written(&of, Options::default());
    for text in ["=1+1", "+任务", "-内容", "@目标"] {
        let cell = book.sheets[0]
            .cells
            .iter()
            .find(|cell| cell.value == text)
            .unwrap_or_else(|| panic!("{text} is gone"));
        assert_eq!((cell.kind.as_str(), &cell.formula), ("s", &None), "{text}");
    }
}

#[test]
fn the_blank_form_takes_only_what_belongs_there() {
    for edition in form::built_in() {
        let book =
            written(&edition.blank(), Options { totals_sheet: false, blank: true, bulk: false });
        let sheet = &book.sheets[0];
        let rules = sheet.root.child("dataValidations").expect("input rules");
        let kinds: BTreeSet<&str> = rules.children.iter().map(|rule| rule.get("type")).collect();
        let counts = edition.has_field(Field::FundedHeadcount).then_some("whole");
        let wanted: BTreeSet<&str> = ["decimal"].into_iter().chain(counts).collect();
        assert_eq!(kinds, wanted, "{}", edition.name);
        for rule in &rules.children {
            let limit = rule.child("formula1").unwrap().text.parse::<f64>().unwrap();
            assert_eq!((rule.get("operator"), limit), ("greaterThanOrEqual", 0.0));
        }
    }
}

#[test]
fn the_look_of_the_form_is_the_accepted_one() {
    for edition in form::built_in() {
        let of = extract::settle(Return { edition: edition.name.clone(), ..sound() }, edition).0;
        assert_golden(
            &format!("{}.dump.txt", edition.name),
            &dump(&written(&of, Options::default())),
        );
    }
}

/// Everything that the form prescribes, one line a merge, a row, a cell.
fn dump(book: &FileBook) -> String {
    use std::fmt::Write as _;
    let mut text = String::new();
    for sheet in &book.sheets {
        writeln!(text, "sheet {}", sheet.name).unwrap();
        for column in sheet.root.child("cols").map_or(&[][..], |columns| &columns.children) {
            writeln!(
                text,
                "columns {} to {} width {}",
                column.get("min"),
                column.get("max"),
                column.get("width")
            )
            .unwrap();
        }
        for part in ["pageMargins", "pageSetup", "printOptions"] {
            if let Some(part) = sheet.root.child(part) {
                let shown: Vec<String> =
                    part.attributes.iter().map(|(name, value)| format!("{name}={value}")).collect();
                writeln!(text, "{} {}", part.name, shown.join(" ")).unwrap();
            }
        }
        for merge in &sheet.merges {
            writeln!(text, "merge {merge}").unwrap();
        }
        let mut row = None;
        for cell in &sheet.cells {
            if row != Some(cell.at.row) {
                row = Some(cell.at.row);
                let height = sheet.heights.get(&cell.at.row).map_or("default", String::as_str);
                writeln!(text, "row {} height {height}", cell.at.row + 1).unwrap();
            }
            let value = match (&cell.formula, cell.value.as_str()) {
                (Some(formula), value) => format!("={formula} → {value}"),
                (None, "") => "-".to_owned(),
                (None, value) => value.replace('\n', "⏎"),
            };
            let style = cell.style;
            writeln!(
                text,
                "{} {value} [{}] {} | {} | {}",
                cell.at,
                book.number_format(style),
                book.font(style),
                book.alignment(style),
                book.borders(style)
            )
            .unwrap();
        }
    }
    for (name, value) in &book.names {
        writeln!(text, "name {name} {value}").unwrap();
    }
    text
}

/// The first and the last row whose cells have borders.
fn bordered(book: &FileBook, sheet: &FileSheet) -> (u32, u32) {
    let rows = || {
        sheet
            .cells
            .iter()
            .filter(|cell| !book.borders(cell.style).is_empty())
            .map(|cell| cell.at.row)
    };
    (rows().min().unwrap_or(0), rows().max().unwrap_or(0))
}

fn last_column(sheet: &FileSheet) -> u32 {
    sheet.cells.iter().map(|cell| cell.at.col).max().unwrap()
}
