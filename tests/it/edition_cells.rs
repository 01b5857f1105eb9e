//! The cells of an edition's blocks: they cover the form once, and each value stands beside its own label.

use jixiao::{error::Error, form};

/// The text of an edition that prints a budget block and 合计 rows.
fn source() -> &'static str {
    let prints = |text: &str| text.contains("total = \"income\"");
    let found = form::built_in().iter().find(|edition| prints(&edition.text));
    &found.unwrap().text
}

/// A cell or key of the source, what stands there instead, the key that the refusal names, and how it begins in English and Chinese.
type Case = (&'static str, &'static str, &'static str, &'static str, &'static str);

/// Each change alone is refused with the line where it was made, the key and the reason, in both languages.
fn assert_refused(cases: &[Case]) {
    let text = source();
    for (old, new, key, en, zh) in cases {
        let before = text.find(old).unwrap_or_else(|| panic!("no `{old}`"));
        let line = text[..before].matches('\n').count() + 1;
        let Err(Error::Edition { reason }) = form::parse(&text.replacen(old, new, 1)) else {
            panic!("{new} is taken for sound");
        };
        let (en, zh) =
            (format!("line {line}: `{key}`: {en}"), format!("第 {line} 行：`{key}`：{zh}"));
        assert!(reason.en.starts_with(&en), "want {en}\ngot  {}", reason.en);
        assert!(reason.zh.starts_with(&zh), "want {zh}\ngot  {}", reason.zh);
    }
}

#[test]
fn a_column_without_a_cell_is_refused() {
    const UNITS: &str = "{ at = \"E:F\", value = \"subordinate_units\" }";
    const OUTCOME: &str = "{ at = \"E:F\", label = \"outcome\"";
    const OBJECTIVE: &str = "rows = [[{ at = \"A\", label = \"overall_objective\" }";
    assert_refused(&[
        (
            UNITS,
            "{ at = \"F\", value = \"subordinate_units\" }",
            "block[1].rows[0][3].at",
            "found F; expected columns from E on",
            "现为 F；应自 E 列起",
        ),
        (
            UNITS,
            "{ at = \"E\", value = \"subordinate_units\" }",
            "block[1].rows[0][3].at",
            "found E; expected columns as far as F",
            "现为 E；应至 F 列止",
        ),
        (
            OUTCOME,
            "{ at = \"F\", label = \"outcome\"",
            "block[4].columns[3].at",
            "found F; expected columns from E on",
            "现为 F；应自 E 列起",
        ),
        (
            OUTCOME,
            "{ at = \"E\", label = \"outcome\"",
            "block[4].columns[3].at",
            "found E; expected columns as far as F",
            "现为 E；应至 F 列止",
        ),
        (
            OBJECTIVE,
            "rows = [[], [{ at = \"A\", label = \"overall_objective\" }",
            "block[3].rows[0]",
            "expected at least one cell",
            "至少应有一个单元格",
        ),
        (
            OBJECTIVE,
            "rows = []\n[[block]]\nkind = \"fields\"\nrows = [[{ at = \"A\", label = \"overall_objective\" }",
            "block[3].rows",
            "expected at least one row",
            "至少应有一行",
        ),
    ]);
}

#[test]
fn the_label_of_a_block_stands_left_of_its_cells() {
    assert_refused(&[
        (
            "{ at = \"B\", label = \"task_name\", column = \"name\" },\n    { at = \"C\", ",
            "{ at = \"A\", label = \"task_name\", column = \"name\" },\n    { at = \"C\", ",
            "block[4].columns[0].at",
            "found A; expected columns from B on",
            "现为 A；应自 B 列起",
        ),
        (
            "at = \"A\"\nrows",
            "at = \"F\"\nrows",
            "block[1].at",
            "found F; expected columns from A on",
            "现为 F；应自 A 列起",
        ),
        (
            "at = \"A\"\nrows",
            "at = \"A:F\"\nrows",
            "block[1].at",
            "found A:F; expected columns from A on",
            "现为 A:F；应自 A 列起",
        ),
        (
            "{ at = \"B\", label = \"funded_headcount\" }, { at = \"C\", value",
            "{ at = \"A:B\", label = \"funded_headcount\" }, { at = \"C\", value",
            "block[1].rows[0][0].at",
            "found A:B; expected columns from B on",
            "现为 A:B；应自 B 列起",
        ),
    ]);
}

#[test]
fn each_value_stands_once_and_right_of_its_own_label() {
    const OBJECTIVE: &str = "[{ at = \"A\", label = \"overall_objective\" }";
    const HEADCOUNT: &str = "{ at = \"C\", value = \"funded_headcount\" }";
    assert_refused(&[
        (
            "value = \"basic_expenditure\"",
            "value = \"project_expenditure\"",
            "block[2].rows[1][0].label",
            "expected a cell with `value = \"basic_expenditure\"` right of it",
            "右侧应为 `value = \"basic_expenditure\"` 的单元格",
        ),
        (
            "{ at = \"B\", label = \"basic_expenditure\" }, { at = \"C\", value = \"basic_expenditure\" }",
            "{ at = \"B\", value = \"basic_expenditure\" }, { at = \"C\", label = \"basic_expenditure\" }",
            "block[2].rows[1][0].value",
            "expected the label `basic_expenditure` in the cell left of it",
            "左侧单元格应为标签 `basic_expenditure`",
        ),
        (
            "{ at = \"D\", label = \"subordinate_units\" }, { at = \"E:F\", value = \"subordinate_units\" }",
            "{ at = \"D:F\", label = \"subordinate_units\" }",
            "block[1].rows[0][2].label",
            "expected a cell with `value = \"subordinate_units\"` right of it",
            "右侧应为 `value = \"subordinate_units\"` 的单元格",
        ),
        (
            OBJECTIVE,
            "[{ at = \"A\", label = \"overall_objective\" }, { at = \"B:F\", value = \"overall_objective\" }], [{ at = \"A\", label = \"overall_objective\" }",
            "block[3].rows[1][1].value",
            "a second `overall_objective`",
            "`overall_objective` 重复",
        ),
        (
            "total = \"income\"",
            "total = \"expenditure\"",
            "block[2].rows[3][3].total",
            "a second `expenditure`",
            "`expenditure` 重复",
        ),
        (
            HEADCOUNT,
            "{ at = \"C\", value = \"level\" }",
            "block[1].rows[0][1].value",
            "no field `level`",
            "没有栏目 `level`",
        ),
    ]);
}

#[test]
fn what_a_table_would_print_over_other_cells_is_refused() {
    const LEVELS: &str = "{ at = \"C\", label = \"level2\", column = \"level2\" },\n    { at = \"D\", label = \"level3\", column = \"level3\" },";
    const OTHERS: &str = "{ at = \"B\", label = \"task_name\", column = \"name\" },\n    { at = \"C:D\", label = \"content\", column = \"content\" },\n    { at = \"E:F\", label = \"funding\", column = \"funding\", unit = \"tasks\" },\n]\ntotal_row = true";
    let text = source();
    let refused = |old: &str, new: &str, reason: &str| {
        assert!(text.contains(old), "{old}");
        let error = form::parse(&text.replacen(old, new, 1)).unwrap_err().to_string();
        assert!(error.contains(reason) && error.contains("line "), "{error}; expected {reason}");
    };
    refused(
        LEVELS,
        "{ at = \"C\", label = \"level3\", column = \"level3\" },\n    { at = \"D\", label = \"level2\", column = \"level2\" },",
        "`block[6].columns[2].column`: expected `level2` directly right of `level1`",
    );
    refused(
        OTHERS,
        "{ at = \"B\", label = \"funding\", column = \"funding\", unit = \"tasks\" },\n    { at = \"C:D\", label = \"task_name\", column = \"name\" },\n    { at = \"E:F\", label = \"content\", column = \"content\" },\n]\ntotal_row = true",
        "`block[5].total_row`: the first column, in which its label stands, is one of amounts",
    );
}

#[test]
fn a_wording_is_the_label_of_one_field() {
    let text = source();
    let start = text.find("\nproject_expenditure = [").unwrap() + 1;
    let end = start + text[start..].find('\n').unwrap();
    let toml = format!(
        "{}project_expenditure = [\"项目支出\", \"基 本 支 出\"]{}",
        &text[..start],
        &text[end..]
    );
    let error = form::parse(&toml).unwrap_err().to_string();
    let want = "`block[2].rows[2][0].label`: `基 本 支 出` is the label of `basic_expenditure` too";
    assert!(error.contains(want), "{error}");
}
