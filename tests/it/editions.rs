//! Editions of a user's own: the worked example of `docs/editions.md`, `edition check`, and refusals that name their line.

use jixiao::{
    form::{self, Edition},
    pipeline::{self, Settings},
    render::xlsx,
};

use crate::cli::{Folder, words};

fn doc() -> String {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/editions.md");
    std::fs::read_to_string(path).unwrap()
}

/// The fenced blocks of a kind, in order.
fn blocks(doc: &str, kind: &str) -> Vec<String> {
    let fence = format!("```{kind}\n");
    doc.split(&fence).skip(1).map(|rest| rest.split("```").next().unwrap().to_owned()).collect()
}

/// The files of the worked example.
fn example() -> (String, String) {
    let doc = doc();
    let (csv, toml) = (blocks(&doc, "csv"), blocks(&doc, "toml"));
    assert_eq!((csv.len(), toml.len()), (1, 1));
    (csv[0].clone(), toml[0].clone())
}

#[test]
fn the_worked_example_says_what_the_program_says() {
    let folder = Folder::new();
    let (csv, toml) = example();
    folder.put("sichuan.csv", csv);
    folder.put("faulty.toml", toml.replacen("column = \"level3\"", "column = \"levle3\"", 1));
    folder.put("sichuan.toml", toml);
    let mut statuses = Vec::new();
    for block in blocks(&doc(), "console") {
        let (line, want) = block.split_once('\n').unwrap();
        let line = line.strip_prefix("$ jixiao ").unwrap();
        let run = folder.run(words(line));
        let got = format!("{}{}", run.text(), run.err);
        assert_eq!(got, want, "{line}");
        statuses.push(run.status);
    }
    assert_eq!(statuses, [1, 0, 2]);
}

#[test]
fn the_worked_example_reads_and_writes() {
    let (csv, toml) = example();
    let edition: &'static Edition = Box::leak(Box::new(form::parse(&toml).unwrap()));
    let settings = Settings { edition: Some(edition), ..Settings::default() };
    let reading = pipeline::read(csv.as_bytes(), &settings).unwrap();
    let found = &reading.returns[0];
    let of = &found.of;
    assert!(
        found
            .diagnostics
            .iter()
            .all(|finding| finding.severity < jixiao::diagnostic::Severity::Warning),
        "{:#?}",
        found.diagnostics
    );
    assert_eq!((of.year, of.key_tasks.len(), of.indicators.len()), (Some(2025), 2, 5));
    assert_eq!(of.indicators[0].annual_target.as_ref().unwrap().text, "≥1200幅");
    assert_eq!(of.indicators[0].level1.as_deref(), Some("履职效能"));
    let bytes = xlsx::render(&[(of, edition)], xlsx::Options::default()).unwrap();
    let again = pipeline::read(&bytes, &settings).unwrap();
    assert_eq!(again.returns[0].of, *of);
    // The form has no 事业发展性支出 and no levels of government: no such totals.
    let json = jixiao::render::json::render([(of, None)].into_iter()).unwrap();
    let json: serde_json::Value = serde_json::from_slice(&json).unwrap();
    assert_eq!(json[0]["totals"]["expenditure"], "31204000.00");
    assert!(json[0]["totals"]["development"].is_null() && json[0]["totals"]["by_level"].is_null());
}

#[test]
fn every_built_in_edition_matches_its_own_blank_form() {
    let folder = Folder::new();
    for edition in form::built_in() {
        let name = edition.name.as_str();
        assert_eq!(folder.run(["template", "--edition", name, "-o", "blank.xlsx"]).status, 0);
        let run = folder.run(["edition", "check", name, "blank.xlsx"]);
        assert_eq!(run.status, 0, "{name}: {}{}", run.text(), run.err);
    }
    let run = folder.run(words("edition list"));
    let names: Vec<&str> =
        run.text().lines().filter_map(|line| line.split_whitespace().next()).collect();
    let built_in: Vec<&str> =
        form::built_in().iter().map(|edition| edition.name.as_str()).collect();
    assert_eq!(names, built_in);
}

#[test]
fn a_built_in_edition_is_printed_with_comments_and_works_as_a_file() {
    let folder = Folder::new();
    for edition in form::built_in() {
        let run = folder.run(["template", "--edition", &edition.name, "--to", "toml"]);
        assert!(run.text().starts_with('#'), "{}", edition.name);
        folder.put("ours.toml", run.out);
        let run = folder.run(words("edition check ours.toml"));
        assert_eq!(run.status, 0, "{}", run.err);
    }
}

#[test]
fn a_check_names_the_wrong_wording_and_no_right_one() {
    let folder = Folder::new();
    let section = |text: &str, heading: &str| -> Vec<String> {
        let lines = text.lines().skip_while(|line| !line.contains(heading)).skip(1);
        lines
            .take_while(|line| line.starts_with("    "))
            .map(|line| line.trim().to_owned())
            .collect()
    };
    let cases = [
        ("总额", "资金", "F6  资金  (by its place: funding)", "funding"),
        ("预算金额（万元）", "经费（万元）", "F5  经费（万元）  (by its place: amount)", "amount"),
        ("任务名称", "重点项目", "B5  重点项目  (by its place: task_name)", "task_name"),
        ("年度总体目标", "年度方向", "A10  年度方向", "overall_objective"),
    ];
    for (printed, other, unknown, missing) in cases {
        let mut form = crate::dirt::national_form();
        form.replace(printed, other);
        folder.put("return.xlsx", form.xlsx());
        let run = folder.run(["edition", "check", "national", "return.xlsx"]);
        assert_eq!(run.status, 1, "{other}");
        let text = run.text();
        assert_eq!(section(text, "unknown:"), [unknown], "{other}: {text}");
        let missed = section(text, "not found");
        assert!(missed.len() == 1 && missed[0].starts_with(missing), "{other}: {text}");
        assert!(!text.contains("out of place"), "{other}: {text}");
    }
}

#[test]
fn a_column_that_the_edition_lacks_is_named_once_by_its_head() {
    let mut form = crate::dirt::national_form();
    form.merges.clear();
    for (at, text) in [("H11", "权重"), ("H12", "10"), ("H13", "较高"), ("H14", "15")] {
        form.set(at, text);
    }
    let folder = Folder::new();
    folder.put("return.xlsx", form.xlsx());
    let run = folder.run(["edition", "check", "national", "return.xlsx"]);
    let text = run.text();
    assert!(text.contains("    H11  权重  (values under it: 3)\n"), "{text}");
    assert!(!text.contains("H12") && !text.contains("较高"), "{text}");
}

#[test]
fn a_file_without_a_form_of_the_edition_says_so() {
    let folder = Folder::new();
    folder.put("list.csv", "办公设备清单,,\n名称,数量,备注\n电脑,3,\n");
    let run =
        folder.run(["edition", "check", &form::built_in()[0].name, "list.csv", "missing.csv"]);
    assert_eq!(run.status, 2, "{}", run.err);
    assert!(run.text().contains("no form of this edition") && run.err.contains("missing.csv"));
}

#[test]
fn a_faulty_edition_names_line_key_and_reason() {
    let (_, toml) = example();
    let line_of = |what: &str| toml[..toml.find(what).unwrap()].matches('\n').count() + 1;
    let cases = [
        ("tasks = \"万元\"", "tasks = \"美元\"", "`units.tasks`", "expected 元, 千元"),
        ("column = \"level3\"", "column = \"level4\"", "`block[4].columns[2].column`", "no column"),
        ("at = \"C:D\"", "at = \"C:Z\"", "`block[3].columns[1].at`", "columns within"),
        ("value = \"department\"", "value = \"x\"", "`block[0].rows[0][1].value`", "no field"),
        (
            "header_through = \"department\"",
            "header_through = \"x\"",
            "`layout.header_through`",
            "field",
        ),
        ("lines = \"indicators\"", "lines = \"goals\"", "`block[4].lines`", "expected key_tasks"),
        (
            "[[\"职能履行\"], [\"重点工作\"]]",
            "[[]]",
            "`taxonomy[0].branches`",
            "a name in every list",
        ),
        ("year = \"line\"", "year = \"approver\"", "`layout.year`", "no label `approver`"),
        (
            "unit = [\"度量单位\", \"计量单位\"]",
            "unit = []",
            "`labels.unit`",
            "at least one wording",
        ),
        (
            "column = \"operator\"",
            "column = \"outcome\"",
            "`block[4].columns[3].column`",
            "none of these lines",
        ),
    ];
    for (old, new, key, reason) in cases {
        let error = form::parse(&toml.replacen(old, new, 1)).unwrap_err().to_string();
        assert!(error.contains(key) && error.contains(reason), "{new}: {error}");
        let line = error.split("line ").nth(1).unwrap_or_else(|| panic!("{new}: {error}"));
        let line: usize = line.split(':').next().unwrap().parse().unwrap();
        let want = line_of(old);
        // A key of a list of lists is named by the line of the list.
        assert!(line <= want && want - line <= 2, "{new}: {error}, expected line {want}");
    }
    let error = form::parse(&toml.replacen("title_size", "title_sise", 1)).unwrap_err().to_string();
    assert!(error.contains("title_sise") && error.contains("line"), "{error}");
}

#[test]
fn an_edition_that_would_lose_something_of_every_form_is_refused() {
    let text = form::builtin_source("national").unwrap();
    let without = |key: &str| {
        let start = text.find(&format!("\n{key} = [")).unwrap() + 1;
        let end = start + text[start..].find('\n').unwrap();
        format!("{}{}", &text[..start], &text[end..])
    };
    let cases = [
        (without("total"), "there is no label `total`"),
        (text.replacen("fiscal = [\"财政拨款\"", "fiscal = [\"总额\"", 1), "heads the column"),
        (text.replacen("summary = ", "foo = 1\nsummary = ", 1), "foo"),
        (text.replacen("[labels]\n", "[labels]\nfoo = [\"甲\"]\n", 1), "no block has a label"),
        (text.replacen("title = \"", "title = \"\\u0001", 1), "a control character"),
        (text.replacen("title = \"", &format!("title = \"{}", "长".repeat(300)), 1), "at most 255"),
        (text.replacen("unit = \"tasks\"", "unit = \"budget\"", 1), "`units.budget` states none"),
    ];
    for (toml, reason) in cases {
        let error = form::parse(&toml).unwrap_err().to_string();
        assert!(error.contains(reason), "{error}; expected {reason}");
    }
}

#[test]
fn rules_heads_and_branches_that_stand_for_nothing_are_refused_in_both_languages() {
    let text = form::builtin_source("national").unwrap();
    let with = |old: &str, new: &str| {
        assert!(text.contains(old), "{old}");
        text.replacen(old, new, 1)
    };
    let branch = "level2 = [\n        [\"服务对象满意度指标\", \"社会公众满意度指标\", \"社会公众或服务对象满意度指标\"],\n    ]";
    let rules = |rule: &str| with("[identities]\n", &format!("[identities]\n{rule}\n"));
    let cases = [
        (
            rules("equal = [[\"expenditure\", \"income\"]]"),
            "`identities.equal`: no block prints the amounts of `expenditure`",
            "`identities.equal`：没有区块印有 `expenditure` 的各项金额",
        ),
        (
            rules("equal = [[\"key_tasks\", \"other_tasks\"]]"),
            "`identities.equal`: no block prints the amounts of `other_tasks`",
            "`other_tasks`",
        ),
        (
            rules("development_within_project = true"),
            "`identities.development_within_project`: no block prints",
            "没有区块印有",
        ),
        (
            with("header_through = \"department\"", "header_through = \"own_level\""),
            "`layout.header_through`: no block has a cell",
            "没有区块印有 `value = \"own_level\"` 的单元格",
        ),
        (
            with(branch, "level2 = []"),
            "`taxonomy[0].branches`: expected a name in every list, and a second level",
            "每个一级指标下应有二级指标",
        ),
        (
            with("[layout]\n", "[[taxonomy]]\nbranches = []\n\n[layout]\n"),
            "`taxonomy[2].branches`: expected at least one first level",
            "至少应有一个一级指标",
        ),
    ];
    let folder = Folder::new();
    for (toml, en, zh) in cases {
        folder.put("ours.toml", toml);
        let run = folder.run(words("edition check ours.toml --lang en"));
        assert_eq!(run.status, 2, "{en}: {}", run.text());
        assert!(run.err.contains(en) && run.err.contains(": line "), "{}; expected {en}", run.err);
        let run = folder.run(words("edition check ours.toml --lang zh"));
        assert!(run.err.contains(zh) && run.err.contains("第 "), "{}; expected {zh}", run.err);
    }
    // A rule over totals that the form has is sound.
    assert!(form::parse(&rules("equal = [[\"key_tasks\", \"tasks\"]]")).is_ok());
}
