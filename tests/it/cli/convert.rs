//! `convert`: what goes where, with which exit status.

use super::{Folder, words};
use crate::sample;

#[test]
fn exit_status_tells_clean_findings_and_failure() {
    // One line a kind: clean, warnings only, an error among the findings, nothing read, a wrong call.
    let folder = Folder::new();
    folder.put(
        "warned.csv",
        sample::broken("镇某服务中心", "镇某服务中心\n\u{5b64}立的一格,,,,另一格"),
    );
    folder.put("faulty.csv", sample::broken("402.49", "约四百万"));
    folder.put("mismatch.csv", sample::broken("402.49", "412.49"));
    folder.put("nothing.csv", "a,b\n1,2\n");
    let cases = [
        ("convert sound.csv --to json", 0),
        ("convert warned.csv --to json", 0),
        ("convert faulty.csv --to json", 1),
        ("convert mismatch.csv --to json", 1),
        ("convert nothing.csv --to json", 2),
        ("convert missing.csv --to json", 2),
        ("convert sound.csv nothing.csv --to json", 2),
        ("convert faulty.csv sound.csv --to json", 1),
        ("convert sound.csv --to docx", 2),
        ("convert", 2),
        ("check sound.csv", 0),
        ("check warned.csv", 0),
        ("check faulty.csv", 1),
        ("check nothing.csv", 2),
        ("inspect sound.csv", 0),
        ("inspect faulty.csv", 1),
        ("inspect nothing.csv", 2),
        ("explain V101", 0),
        ("explain V999", 2),
        ("schema", 0),
        ("completions bash", 0),
        ("completions tcsh", 2),
        ("no-such-command", 2),
    ];
    for (line, want) in cases {
        let run = folder.run(words(line));
        assert_eq!(run.status, want, "{line}\n{}", run.err);
    }
}

#[test]
fn results_go_to_standard_output_and_all_else_to_standard_error() {
    let folder = Folder::new();
    folder.put("faulty.csv", sample::broken("402.49", "约四百万"));
    let run = folder.run(words("convert faulty.csv --to json"));
    assert_eq!(run.json()[0]["unreadable"]["budget.basic_expenditure"], "约四百万");
    assert!(
        run.err.contains("faulty.csv:C6: budget.basic_expenditure: V101 unreadable-amount: "),
        "{}",
        run.err
    );
    assert!(
        run.err.ends_with('\n') && run.err.contains("1 file, 1 return, 1 error"),
        "{}",
        run.err
    );
    let run = folder.run(words("check faulty.csv"));
    assert!(
        run.text().starts_with("faulty.csv:C6: budget.basic_expenditure: V101 "),
        "{}",
        run.text()
    );
    assert!(!run.err.contains("V101"), "{}", run.err);
}

#[test]
fn an_xlsx_needs_a_file_and_an_output_needs_a_format() {
    let folder = Folder::new();
    let cases = [
        ("convert sound.csv", "-o OUT"),
        ("convert sound.csv --to xlsx", "-o OUT.xlsx"),
        ("convert sound.csv -o out.docx", "`out.docx`"),
        ("convert sound.csv -o out", "--to"),
        ("convert sound.csv sound.csv -o missing/", "`missing/` does not exist"),
        ("convert sound.csv --split -o missing.xlsx", "`missing.xlsx` does not exist"),
        ("template", "-o BLANK.xlsx"),
    ];
    for (line, wanted) in cases {
        let run = folder.run(words(line));
        assert_eq!(run.status, 2, "{line}");
        assert!(run.err.contains(wanted) && run.out.is_empty(), "{line}: {}", run.err);
        assert_eq!(folder.names(), ["sound.csv"], "{line} wrote something");
    }
}

#[test]
fn every_format_reads_back_to_the_same_return() {
    let folder = Folder::new();
    for format in ["xlsx", "json", "jsonl", "csv"] {
        let run = folder.run(words(&format!("convert sound.csv -o out.{format}")));
        assert_eq!((run.status, run.out.len()), (0, 0), "{format}: {}", run.err);
    }
    let strip = |mut json: serde_json::Value| {
        json[0].as_object_mut().unwrap().remove("source");
        json
    };
    let want = strip(folder.run(words("convert sound.csv --to json")).json());
    for format in ["xlsx", "json", "jsonl", "csv"] {
        let run = folder.run(words(&format!("convert out.{format} --to json")));
        assert_eq!((strip(run.json()), run.status), (want.clone(), 0), "{format}: {}", run.err);
    }
}

#[test]
fn strict_writes_nothing_when_there_is_an_error() {
    let folder = Folder::new();
    folder.put("faulty.csv", sample::broken("402.49", "约四百万"));
    folder.put("old.xlsx", "kept");
    let run = folder.run(words("convert faulty.csv --strict -o old.xlsx"));
    assert_eq!((run.status, folder.get("old.xlsx")), (1, b"kept".to_vec()), "{}", run.err);
    assert!(run.err.contains("--strict"), "{}", run.err);
    let run = folder.run(words("convert sound.csv --strict -o new.xlsx"));
    assert_eq!((run.status, folder.names().contains(&"new.xlsx".to_owned())), (0, true));
    assert_eq!(folder.run(words("convert faulty.csv -o old.xlsx")).status, 1);
    assert_ne!(
        folder.get("old.xlsx"),
        b"kept",
        "a fault in the content stops no writing without --strict"
    );
}

#[test]
fn several_inputs_go_into_a_folder_under_their_names() {
    let folder = Folder::new();
    std::fs::create_dir_all(folder.path("a")).unwrap();
    std::fs::create_dir_all(folder.path("out")).unwrap();
    folder.put("a/sound.csv", sample::SOUND);
    folder.put("other.csv", sample::broken("沙田镇某服务中心", "沙田镇另一中心"));
    let run = folder.run(words("convert sound.csv other.csv a/sound.csv -o out"));
    assert_eq!(run.status, 0, "{}", run.err);
    let mut names: Vec<_> =
        std::fs::read_dir(folder.path("out")).unwrap().map(|e| e.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["other.xlsx", "sound (2).xlsx", "sound.xlsx"]);
    assert!(run.err.contains("3 files, 3 returns"), "{}", run.err);
}

#[test]
fn one_input_that_cannot_be_read_leaves_the_others_written() {
    let folder = Folder::new();
    std::fs::create_dir_all(folder.path("out")).unwrap();
    folder.put("broken.csv", "a,b\n");
    let run = folder.run(words("convert broken.csv sound.csv -o out"));
    assert_eq!(run.status, 2, "{}", run.err);
    assert!(folder.path("out/sound.xlsx").exists() && !folder.path("out/broken.xlsx").exists());
    assert!(run.err.contains("broken.csv: no performance-target return"), "{}", run.err);
}

#[test]
fn split_gives_a_file_a_return_and_without_it_a_sheet_a_return() {
    let folder = Folder::new();
    std::fs::create_dir_all(folder.path("out")).unwrap();
    let second = sample::broken("沙田镇某服务中心", "沙田镇另一中心");
    folder.put("two.csv", format!("{}\n{second}", sample::SOUND));
    let run = folder.run(words("convert two.csv --split -o out"));
    assert_eq!(run.status, 0, "{}", run.err);
    let department = |file: &str| {
        let json = folder.run(["convert", file, "--to", "json"]).json();
        let of: Vec<String> = json
            .as_array()
            .unwrap()
            .iter()
            .map(|of| of["department"].as_str().unwrap().to_owned())
            .collect();
        of
    };
    assert_eq!(department("out/沙田镇某服务中心.xlsx"), ["沙田镇某服务中心"]);
    assert_eq!(department("out/沙田镇另一中心.xlsx"), ["沙田镇另一中心"]);
    assert_eq!(folder.run(words("convert two.csv -o both.xlsx")).status, 0);
    assert_eq!(department("both.xlsx"), ["沙田镇某服务中心", "沙田镇另一中心"]);
    assert_eq!(
        sheets(&folder.get("both.xlsx")),
        ["沙田镇某服务中心", "沙田镇另一中心", "合计核对"]
    );
}

#[test]
fn the_sheet_of_totals_can_be_left_out_and_is_never_read() {
    let folder = Folder::new();
    assert_eq!(folder.run(words("convert sound.csv -o with.xlsx")).status, 0);
    assert_eq!(folder.run(words("convert sound.csv -o without.xlsx --totals none")).status, 0);
    assert_eq!(sheets(&folder.get("with.xlsx")), ["绩效目标表", "合计核对"]);
    assert_eq!(sheets(&folder.get("without.xlsx")), ["绩效目标表"]);
    let run = folder.run(words("convert with.xlsx --to json -v"));
    assert_eq!((run.json().as_array().unwrap().len(), run.status), (1, 0));
    assert!(!run.err.contains("合计核对"), "{}", run.err);
    let again = folder.run(words("convert with.xlsx -o again.xlsx"));
    assert_eq!(again.status, 0);
    assert_eq!(folder.get("with.xlsx"), folder.get("again.xlsx"));
}

#[test]
fn a_year_on_the_command_line_overrules() {
    let folder = Folder::new();
    folder.put("2023年目标.csv", sample::SOUND);
    folder.put("titled.csv", sample::broken("沙田镇部门整体", "2024年沙田镇部门整体"));
    let cases = [
        ("convert sound.csv --to json", serde_json::Value::Null),
        ("convert sound.csv --to json --year 2025", 2025.into()),
        ("convert 2023年目标.csv --to json", 2023.into()),
        ("convert titled.csv --to json", 2024.into()),
        ("convert titled.csv --to json --year 2025", 2025.into()),
    ];
    for (line, want) in cases {
        assert_eq!(folder.run(words(line)).json()[0]["year"], want, "{line}");
    }
    assert_eq!(folder.run(words("convert sound.csv --to json --year 25")).status, 2);
}

/// The names of a workbook's sheets.
pub(super) fn sheets(xlsx: &[u8]) -> Vec<String> {
    use calamine::Reader as _;
    calamine::Xlsx::new(std::io::Cursor::new(xlsx)).unwrap().sheet_names()
}
