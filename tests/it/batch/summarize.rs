//! `summarize`: a row a department, sums that hold, the same in every format.

use calamine::{Data, Reader as _, Xlsx};

use super::{Place, of, small_tree};
use crate::sample;

fn sheet(bytes: Vec<u8>, name: &str) -> Vec<Vec<Data>> {
    let mut book: Xlsx<_> = Xlsx::new(std::io::Cursor::new(bytes)).unwrap();
    book.worksheet_range(name).unwrap().rows().map(<[Data]>::to_vec).collect()
}

#[test]
fn the_workbook_has_a_row_a_department_and_its_tables_agree() {
    let place = Place::new();
    small_tree(&place);
    let run = place.run(["summarize", "in", "-o", "汇总表.xlsx"]);
    assert_eq!(run.status, 1, "{}", run.err);
    let bytes = place.get("汇总表.xlsx");
    let rows = sheet(bytes.clone(), "汇总表");
    assert_eq!(rows.len(), 2 + 4 + 1);
    let column = |head: &str| rows[1].iter().position(|cell| *cell == *head).unwrap();
    assert_eq!(rows[2][column("部门名称")].to_string(), "甲局");
    assert_eq!(rows[2][column("级次")].to_string(), "乡镇级");
    assert_eq!(rows[2][column("部门预算支出合计")], Data::Float(21_608_000.0));
    // The third has an amount that can't be read: it stays as typed, and the sum is that of the others.
    assert_eq!(rows[4][column("基本支出")].to_string(), "约四百万");
    assert_eq!(rows[6][column("基本支出")], Data::Float(4_024_900.0 * 3.0));
    assert_eq!(sheet(bytes.clone(), "任务").len(), 2 + 4 * 3 + 1);
    let checks = sheet(bytes, "核对");
    let verdict = |name: &str, other: &str| {
        let row = checks.iter().find(|row| row[0] == *name && row[2] == *other);
        row.unwrap()[5].to_string()
    };
    assert_eq!(verdict("指标数（汇总表）", "指标数（指标）"), "一致");
    assert_eq!(verdict("重点任务资金（汇总表）", "重点任务资金（任务）"), "一致");
    assert_eq!(verdict("部门预算支出合计", "收入来源合计"), "不一致");
}

/// The text of a part of a workbook.
fn part(bytes: Vec<u8>, name: &str) -> String {
    let mut package = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    std::io::read_to_string(package.by_name(name).unwrap()).unwrap()
}

#[test]
fn what_is_printed_goes_over_pages_in_type_that_can_be_read() {
    let place = Place::new();
    small_tree(&place);
    place.run(["summarize", "in", "-o", "汇总表.xlsx"]);
    let book = place.get("汇总表.xlsx");
    // Two pages of departments, each with the number and the name; no file names.
    let names = part(book.clone(), "xl/workbook.xml");
    assert!(
        names.contains("'汇总表'!$A$1:$AB$7") || names.contains("汇总表!$A$1:$AB$7"),
        "{names}"
    );
    assert!(names.contains("汇总表!$A:$B,汇总表!$1:$2"), "{names}");
    let departments = part(book.clone(), "xl/worksheets/sheet1.xml");
    let set_up = "paperSize=\"9\" fitToWidth=\"2\" fitToHeight=\"0\" orientation=\"landscape\"";
    assert!(departments.contains(set_up), "{departments}");
    // What wraps has a row that is high enough: 15 points are one line.
    let tasks = part(book, "xl/worksheets/sheet2.xml");
    let below_the_heads = tasks.split("<row r=\"2\"").nth(1).unwrap();
    let heights = below_the_heads.split(" ht=\"").skip(2);
    let wrapped = heights.map(|rest| rest.split('"').next().unwrap().parse::<f64>().unwrap());
    assert!(wrapped.clone().count() > 0 && wrapped.clone().all(|height| height > 26.0), "{tasks}");
    // A page across holds about 150 characters at full size.
    let widths = |sheet: &str, printed: usize| -> f64 {
        let columns = sheet.split("<col ").skip(1).flat_map(|column| {
            let of = |key: &str| {
                let text = column.split_once(&format!("{key}=\"")).unwrap().1;
                text.split_once('"').unwrap().0
            };
            let number = |key: &str| of(key).parse::<usize>().unwrap();
            let width: f64 = of("width").parse().unwrap();
            std::iter::repeat_n(width, number("max") - number("min") + 1)
        });
        columns.take(printed).sum()
    };
    let scaled = |sheet: &str, printed| 150.0 / widths(sheet, printed);
    place.line("normalize in -o out");
    let report = place.get("out/report.xlsx");
    for (sheet, printed) in [(2, 11), (3, 6), (4, 6)] {
        let text = part(report.clone(), &format!("xl/worksheets/sheet{sheet}.xml"));
        assert!(scaled(&text, printed) > 0.8, "sheet {sheet}: {}", widths(&text, printed));
    }
}

#[test]
fn csv_and_json_lines_say_the_same() {
    let place = Place::new();
    place.put("in/a.csv", of("甲局"));
    place.put("in/b.csv", sample::broken("402.49", "约四百万"));
    let csv = place.line("summarize in --to csv");
    assert_eq!(csv.status, 1);
    let mut reader = csv_reader(&csv.out);
    let head = reader.headers().unwrap().clone();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let lines = place.line("summarize in --to jsonl");
    let records: Vec<serde_json::Value> =
        lines.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((rows.len(), records.len()), (2, 2));
    for (row, record) in rows.iter().zip(&records) {
        for (key, text) in head.iter().zip(row) {
            let said = match &record[key] {
                serde_json::Value::Null => String::new(),
                serde_json::Value::String(text) => text.clone(),
                serde_json::Value::Object(of) => of["unreadable"].as_str().unwrap().to_owned(),
                other => other.to_string(),
            };
            assert_eq!(said, text, "{key}");
        }
    }
    assert_eq!(records[0]["basic_expenditure"], "4024900.00");
    assert_eq!(records[1]["basic_expenditure"]["unreadable"], "约四百万");
    let tasks = place.line("summarize in --to csv --table tasks");
    assert_eq!(csv_reader(&tasks.out).records().count(), 6);
}

fn csv_reader(text: &str) -> csv::Reader<&[u8]> {
    csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes())
}

#[test]
fn what_normalize_wrote_gives_the_same_table() {
    let place = Place::new();
    small_tree(&place);
    place.line("normalize in -o out --to json,xlsx");
    let columns = |line: &str| -> Vec<Vec<String>> {
        let out = place.line(line).out;
        let mut reader = csv_reader(&out);
        // The worksheet's name is another in the copy.
        reader
            .records()
            .map(|row| row.unwrap().iter().take(29).map(str::to_owned).collect())
            .collect()
    };
    let direct = columns("summarize in --to csv");
    assert_eq!(direct.len(), 4);
    assert_eq!(columns("summarize out --to csv"), direct);
    assert_eq!(columns("summarize out/manifest.jsonl --to csv"), direct);
}

#[test]
fn findings_that_a_copy_no_longer_has_are_those_of_its_own_return() {
    let place = Place::new();
    let with_total = |total: &str| {
        let total = format!(",合计,,{total},,\n其他需完成的任务");
        sample::broken("其他需完成的任务", &total)
    };
    // A typed total that is wrong, in the second sheet only.
    let sheets = [("甲", with_total("12151550.00")), ("乙", with_total("1.00"))];
    let sheets = sheets.map(|(name, text)| {
        let mut reader = csv::ReaderBuilder::new();
        let mut reader = reader.has_headers(false).flexible(true).from_reader(text.as_bytes());
        let rows = reader.records().map(|row| {
            let cell = |text| format!("<Cell><Data ss:Type=\"String\">{text}</Data></Cell>");
            format!("<Row>{}</Row>", row.unwrap().iter().map(cell).collect::<String>())
        });
        let rows: String = rows.collect();
        format!("<Worksheet ss:Name=\"{name}\"><Table>{rows}</Table></Worksheet>")
    });
    let space = "urn:schemas-microsoft-com:office:spreadsheet";
    let book =
        format!("<Workbook xmlns=\"{space}\" xmlns:ss=\"{space}\">{}</Workbook>", sheets.concat());
    place.put("in/book.xml", format!("<?xml version=\"1.0\"?>{book}"));
    let errors = |line: &str| -> Vec<String> {
        let run = place.line(line);
        let mut reader = csv_reader(&run.out);
        let at = reader.headers().unwrap().iter().position(|name| name == "errors").unwrap();
        reader.records().map(|row| row.unwrap()[at].to_owned()).collect()
    };
    let direct = errors("summarize in --to csv");
    assert_eq!(direct, ["0", "1"]);
    place.line("normalize in -o out");
    assert_eq!(errors("summarize out --to csv"), direct);
    place.line("normalize in -o each --name {source}");
    assert_eq!(errors("summarize each --to csv"), direct);
}

#[test]
fn what_normalize_wrote_counts_once_below_a_folder_and_where_it_is_named() {
    let place = Place::new();
    small_tree(&place);
    place.line("normalize in -o in/made --to json,xlsx");
    let files = |line: &str| -> Vec<String> {
        let run = place.line(line);
        let left = run.err.contains("made: left out: the output folder of a run");
        assert_eq!(left, line == "summarize in --to csv", "{line}: {}", run.err);
        let mut reader = csv_reader(&run.out);
        let at = reader.headers().unwrap().iter().position(|name| name == "file").unwrap();
        reader.records().map(|row| row.unwrap()[at].to_owned()).collect()
    };
    let direct = files("summarize in --to csv");
    assert_eq!(direct, ["a/one.csv", "a/two.txt", "b/three.csv", "four.xlsx"]);
    let below = |folder: &str| -> Vec<String> {
        direct.iter().map(|name| format!("{folder}/{name}")).collect()
    };
    // A manifest among several stands for what was written, as a single one does.
    let both = [below("in"), below("made")].concat();
    assert_eq!(files("summarize in in/made --to csv"), both);
    let both = [below("in"), below("manifest.jsonl")].concat();
    assert_eq!(files("summarize in in/made/manifest.jsonl --to csv"), both);
}

#[test]
fn an_output_inside_the_folder_is_no_source_of_the_next_run_and_replaces_none() {
    let place = Place::new();
    small_tree(&place);
    for line in [
        "summarize in -o in/汇总表.xlsx",
        "summarize in -o in/a/表.csv",
        "summarize in -o in/表.jsonl --table tasks",
        "diff in in -o in/差异.xlsx",
        "diff in in -o in/差异.html",
        "diff in in -o in/差异.json",
        "diff in in -o in/差异.txt",
    ] {
        let output = line.split(' ').find(|word| word.starts_with("in/")).unwrap();
        let first = place.line(line);
        let written = place.get(output);
        let second = place.line(line);
        assert_eq!((second.status, second.err), (first.status, first.err), "{line}");
        assert!(place.get(output) == written, "{line}");
        std::fs::remove_file(place.path(output)).unwrap();
    }
    let before = place.get("in/a/one.csv");
    for line in ["summarize in -o in/a/one.csv", "diff in in -o in/a/one.csv --to text"] {
        let run = place.line(line);
        assert_eq!(run.status, 2, "{line}: {}", run.err);
        assert!(run.err.contains("one.csv` holds a return"), "{line}: {}", run.err);
        assert!(place.get("in/a/one.csv") == before, "{line}");
    }
}

#[test]
fn an_output_that_is_there_and_cannot_be_read_is_not_replaced() {
    let place = Place::new();
    place.put("in/a.csv", of("甲局"));
    place.put("torn.xlsx", b"PK\x03\x04 and no more");
    place.line("convert in/a.csv -o other.xlsx");
    let other = place.get("other.xlsx");
    for line in ["summarize in -o torn.xlsx", "diff in in -o torn.xlsx"] {
        let run = place.line(line);
        assert_eq!(run.status, 2, "{line}");
        assert!(run.err.contains("can't be read, so it may hold a return"), "{}", run.err);
    }
    // What the command is told of its files says nothing of the output.
    for option in ["--limit cells=10", "--encoding utf-16le"] {
        let run = place.line(&format!("summarize in -o other.xlsx {option}"));
        assert!(run.err.contains("holds a return"), "{option}: {}", run.err);
        assert_eq!(place.get("other.xlsx"), other);
    }
    // Outputs of its own are replaced.
    for line in ["summarize in -o own.xlsx", "diff in in -o own.html", "diff in in -o own.json"] {
        place.line(line);
        assert_ne!(place.line(line).status, 2, "{line}");
    }
}

#[test]
fn a_return_that_is_none_of_the_files_is_not_replaced_either() {
    let place = Place::new();
    small_tree(&place);
    let kept = place.put("e/p.csv", of("甲局"));
    let mut outputs = vec!["e/p.csv", "in/four.xlsx"];
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(&kept, place.path("link.csv")).unwrap();
        outputs.push("link.csv");
    }
    for output in outputs {
        for line in ["summarize in --to csv -o", "diff in in --to text -o"] {
            let before = place.get(output);
            let run = place.line(&format!("{line} {output}"));
            assert_eq!(run.status, 2, "{line} {output}: {}", run.err);
            let said = format!("`{output}` holds a return");
            assert!(run.err.contains(&said) && run.out.is_empty(), "{line} {output}: {}", run.err);
            assert!(place.get(output) == before && kept.is_file(), "{line} {output}");
        }
        let run = place.line(&format!("summarize in --to csv -o {output} --lang zh"));
        assert!(run.err.contains("是一份目标表"), "{}", run.err);
    }
    // What is no return is replaced, as it always was.
    place.put("e/old.csv", "a,b\n1,2\n");
    assert_eq!(place.line("summarize in -o e/old.csv").status, 1);
    assert!(place.get("e/old.csv").starts_with(b"\xef\xbb\xbfnumber"));
}
