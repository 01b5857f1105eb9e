//! The rows of the indicators as the official form prints them: groups of levels, and a blank row for each name of
//! the printed taxonomy that has no indicator.

use crate::model::{
    Indicator,
    taxonomy::{self, Taxonomy},
};

/// A printed row of the indicators.
#[derive(Clone, Copy, Debug)]
pub(super) struct LevelRow<'a> {
    pub(super) level1: Option<&'a str>,
    pub(super) level2: Option<&'a str>,
    /// The indicator; none in a blank row.
    pub(super) indicator: Option<usize>,
    /// Whether the row begins a group of its first level, of its second.
    pub(super) begins: (bool, bool),
}

/// Rows that follow each other under one first level.
struct Run<'a> {
    level1: Option<&'a str>,
    rows: Vec<(Option<&'a str>, Option<usize>)>,
}

/// The rows to print for a list of indicators.
pub(super) fn rows<'a>(
    indicators: &'a [Indicator],
    taxonomy: Option<&'a Taxonomy>,
    is_misplaced: impl Fn(&str, &str, Option<&str>) -> bool,
) -> Vec<LevelRow<'a>> {
    let mut runs: Vec<Run<'a>> = Vec::new();
    for (at, indicator) in indicators.iter().enumerate() {
        let (level1, level2) = (indicator.level1.as_deref(), indicator.level2.as_deref());
        match runs.last_mut() {
            Some(run) if run.level1 == level1 => run.rows.push((level2, Some(at))),
            _ => runs.push(Run { level1, rows: vec![(level2, Some(at))] }),
        }
    }
    if let Some(taxonomy) = taxonomy {
        add_blanks(&mut runs, taxonomy);
    }
    let mut rows = Vec::new();
    for (at, run) in runs.iter().enumerate() {
        let below = runs.get(at + 1).and_then(|run| run.level1);
        let mut before: Option<Option<&str>> = None;
        for (level2, indicator) in &run.rows {
            // Where the second level ends, the first is printed again over both columns; and beside a second level of
            // another first one, which would be looked for further down.
            let own =
                run.level1.zip(*level2).is_none_or(|(one, two)| !is_misplaced(one, two, below));
            let begins1 = before.is_none()
                || (level2.is_none() != before.flatten().is_none())
                || (!own && before != Some(*level2));
            let begins2 = begins1 || before != Some(*level2);
            rows.push(LevelRow {
                level1: run.level1,
                level2: *level2,
                indicator: *indicator,
                begins: (begins1, begins2),
            });
            before = Some(*level2);
        }
    }
    rows
}

/// Adds a blank row for each printed name without an indicator: in its place under its first level.
fn add_blanks<'a>(runs: &mut Vec<Run<'a>>, taxonomy: &'a Taxonomy) {
    // Indicators without a first level stay first: below a level's name they would read as its own.
    let mut behind = usize::from(runs.first().is_some_and(|run| run.level1.is_none()));
    for branch in &taxonomy.branches {
        let known = |run: &Run<'_>| {
            run.level1.is_some_and(|level1| {
                taxonomy.branch(level1).is_some_and(|found| std::ptr::eq(found, branch))
            })
        };
        let Some(last) = runs.iter().rposition(known) else {
            let names = branch.level2.iter().map(|names| (Some(names.printed()), None)).collect();
            runs.insert(behind, Run { level1: Some(branch.level1.printed()), rows: names });
            behind += 1;
            continue;
        };
        let printed: Vec<Option<&str>> = runs
            .iter()
            .filter(|run| known(run))
            .flat_map(|run| &run.rows)
            .map(|row| row.0)
            .collect();
        behind = last + 1;
        if printed.contains(&None) {
            continue;
        }
        for (order, names) in branch.level2.iter().enumerate() {
            let is = |name: &str| {
                branch.level2.get(order).is_some_and(|n| n.knows(&taxonomy::word(name)))
            };
            if printed.iter().flatten().any(|name| is(name)) {
                continue;
            }
            let rows = &mut runs[last].rows;
            let later = |name: &str| {
                let word = taxonomy::word(name);
                branch.level2.iter().skip(order + 1).any(|names| names.knows(&word))
            };
            let at =
                rows.iter().position(|(level2, _)| level2.is_some_and(later)).unwrap_or(rows.len());
            rows.insert(at, (Some(names.printed()), None));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form;

    fn shown(indicators: &[(&str, Option<&str>)]) -> Vec<String> {
        let edition = &form::built_in()[0];
        let indicators: Vec<Indicator> = indicators
            .iter()
            .map(|(level1, level2)| Indicator {
                level1: Some((*level1).to_owned()),
                level2: level2.map(str::to_owned),
                level3: "甲".to_owned(),
                ..Indicator::default()
            })
            .collect();
        rows(&indicators, edition.taxonomies.first(), |level1, level2, below| {
            edition.is_misplaced(level1, level2, below)
        })
        .iter()
        .map(|row| {
            let mark = |begins| if begins { "*" } else { "" };
            let filled = if row.indicator.is_some() { " 甲" } else { "" };
            format!(
                "{}{} {}{}{filled}",
                mark(row.begins.0),
                row.level1.unwrap_or("-"),
                mark(row.begins.1),
                row.level2.unwrap_or("-")
            )
        })
        .collect()
    }

    #[test]
    fn blank_rows_stand_in_their_place() {
        let rows = shown(&[
            ("产出指标", Some("数量指标")),
            ("产出指标", Some("时效指标")),
            ("服务对象满意度指标", None),
        ]);
        assert_eq!(
            rows[..4],
            [
                "*产出指标 *数量指标 甲",
                "产出指标 *质量指标",
                "产出指标 *时效指标 甲",
                "产出指标 *成本指标"
            ]
        );
        assert_eq!(rows[4], "*效益指标 *经济效益指标");
        assert_eq!(rows.last().unwrap(), "*服务对象满意度指标 *- 甲");
        assert_eq!(rows.len(), 9);
    }

    #[test]
    fn a_first_level_is_printed_again_where_its_second_level_ends() {
        let rows = shown(&[("产出指标", Some("数量指标")), ("产出指标", None), ("产出指标", None)]);
        assert_eq!(rows[..3], ["*产出指标 *数量指标 甲", "*产出指标 *- 甲", "产出指标 - 甲"]);
    }

    #[test]
    fn a_first_level_is_printed_again_beside_a_second_level_of_another() {
        let of = ["数量指标", "社会效益指标", "社会效益指标", "质量指标"];
        let rows = shown(&of.map(|level2| ("产出指标", Some(level2))));
        assert_eq!(
            rows[..4],
            [
                "*产出指标 *数量指标 甲",
                "*产出指标 *社会效益指标 甲",
                "产出指标 社会效益指标 甲",
                "产出指标 *质量指标 甲"
            ]
        );
    }
}
