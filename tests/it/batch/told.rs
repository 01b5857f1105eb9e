//! What `summarize` tells besides the rows: departments that count twice, years that are mixed, files that gave no row.

use calamine::{Data, Reader as _, Xlsx};

use super::{Place, of};
use crate::sample;

/// The rows of the sheet 核对 below the verdicts, each as its texts.
fn notes(place: &Place, book: &str) -> Vec<String> {
    let mut book: Xlsx<_> = Xlsx::new(std::io::Cursor::new(place.get(book))).unwrap();
    let sheet = book.worksheet_range("核对").unwrap();
    let texts = |row: &[Data]| row.iter().map(ToString::to_string).collect::<Vec<_>>();
    let rows: Vec<Vec<String>> = sheet.rows().map(texts).collect();
    let blank = rows.iter().position(|row| row.concat().is_empty()).unwrap_or(rows.len());
    let said = |row: &Vec<String>| {
        let texts = row.iter().filter(|text| !text.is_empty());
        texts.cloned().collect::<Vec<_>>().join("|")
    };
    rows[blank..].iter().map(said).filter(|row| !row.is_empty()).collect()
}

fn of_year(department: &str, year: &str) -> String {
    of(department).replacen("沙田镇部门整体", &format!("{year}沙田镇部门整体"), 1)
}

#[test]
fn a_department_that_counts_twice_is_told_with_its_numbers() {
    let place = Place::new();
    place.put("in/a.csv", of_year("甲局（本级）", "2025年度"));
    place.put("in/b.csv", of_year("乙局", "2025年度"));
    place.put("in/c.csv", of_year("甲局(本级)", "2025年度"));
    // One of another finance body only has its name.
    let other = of_year("乙局", "2025年度").replace("东莞市财政局沙田分局", "虎门分局");
    place.put("in/d.csv", other);
    let run = place.line("summarize in -o 汇总表.xlsx");
    assert_eq!(run.status, 0, "{}", run.err);
    let said = "c.csv: 甲局(本级) (2025) stands twice, as numbers 1 and 3; sums count both\n";
    assert!(run.err.contains(said) && !run.err.contains("乙局"), "{}", run.err);
    let want = ["重复部门|序号|说明", "甲局(本级)（2025年度）|1、3|同一部门重复报送，合计重复计入"];
    assert_eq!(notes(&place, "汇总表.xlsx"), want);
    let run = place.line("summarize in --to csv --lang zh -q");
    assert!(run.err.starts_with("c.csv：甲局(本级)（2025年度）重复，序号 1、3"), "{}", run.err);
}

#[test]
fn sums_over_several_years_are_told() {
    let place = Place::new();
    place.put("in/a.csv", of_year("甲局", "2024年度"));
    place.put("in/b.csv", of_year("甲局", "2025年度"));
    place.put("in/c.csv", of("丙局"));
    let run = place.line("summarize in -o 汇总表.xlsx");
    let said = "sums are over all of them: no year × 1, 2024 × 1, 2025 × 1\n";
    assert!(run.status == 0 && run.err.contains(said), "{}", run.err);
    let want = ["年度|份数|说明", "未注明|1 份|合计含多个年度", "2024年度|1 份|合计含多个年度"];
    assert_eq!(notes(&place, "汇总表.xlsx")[..3], want);
    // A year and none are not two.
    std::fs::remove_file(place.path("in/b.csv")).unwrap();
    let run = place.line("summarize in -o 汇总表.xlsx");
    assert!(!run.err.contains("several years"), "{}", run.err);
    assert!(notes(&place, "汇总表.xlsx").is_empty());
}

#[test]
fn files_that_gave_no_row_stand_in_the_workbook_with_the_reason() {
    let place = Place::new();
    place.put("in/a.csv", of("甲局"));
    place.put("in/b.xlsx", b"PK\x03\x04 and no more");
    place.put("in/c.csv", sample::broken("402.49", "约四百万"));
    place.line("summarize in -o 汇总表.xlsx");
    let found = notes(&place, "汇总表.xlsx");
    assert_eq!((found.len(), found[0].as_str()), (2, "未计入的文件|情形|原因"));
    assert!(found[1].starts_with("b.xlsx|未能读取|"), "{found:?}");
    // What `normalize` read and did not write is told apart.
    place.line("normalize in -o out --strict");
    let run = place.line("summarize out -o 汇总表.xlsx");
    assert!(run.err.contains("3 files, 1 return") && run.err.contains("1 not read, 1 not written"));
    let found = notes(&place, "汇总表.xlsx");
    let strict = "c.csv|normalize 未写出|有错误，按 --strict 不写出";
    assert_eq!((found.len(), found[2].as_str()), (3, strict));
    // Where there is no row at all as well.
    std::fs::remove_file(place.path("in/a.csv")).unwrap();
    std::fs::remove_file(place.path("in/c.csv")).unwrap();
    assert_eq!(place.line("summarize in -o empty.xlsx").status, 2);
    assert_eq!(notes(&place, "empty.xlsx").len(), 2);
}

#[test]
fn an_output_that_was_changed_by_hand_counts_its_own_findings() {
    let place = Place::new();
    place.put("in/a.csv", of("甲局"));
    place.put("in/b.csv", of("乙局"));
    place.line("normalize in -o out -q");
    place.put("b.csv", sample::broken("402.49", "约四百万"));
    place.line("convert b.csv -o b.xlsx -q");
    std::fs::copy(place.path("b.xlsx"), place.path("out/b.xlsx")).unwrap();
    let run = place.line("summarize out --to jsonl");
    let rows: Vec<serde_json::Value> =
        run.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((&rows[0]["errors"], run.status), (&0.into(), 1), "{}", run.err);
    assert!(rows[1]["errors"].as_u64() > Some(0), "{}", run.out);
    let said = "b.csv: `out/b.xlsx` was changed after normalize wrote it";
    for line in ["summarize out --to csv", "diff in out"] {
        let run = place.line(line);
        assert!(run.err.contains(said) && !run.err.contains("a.csv: `out"), "{}", run.err);
    }
    // The findings of the copy as the run wrote it are those of its source.
    place.line("normalize in -o out2 -q");
    assert!(!place.line("summarize out2 --to csv").err.contains("was changed"));
}

#[test]
fn files_that_somebody_put_into_an_output_folder_are_told_and_not_read() {
    let place = Place::new();
    place.put("in/a.csv", of("甲局"));
    place.line("normalize in -o out --to xlsx,json");
    place.line("summarize out -o out/汇总表.xlsx");
    for line in ["summarize out -o out/汇总表.xlsx", "check in"] {
        let run = place.line(line);
        assert!(run.status == 0 && !run.err.contains("none of its runs"), "{}", run.err);
    }
    std::fs::remove_file(place.path("out/汇总表.xlsx")).unwrap();
    place.put("out/late.csv", of("乙局"));
    place.put("out/notes.md", "no return");
    let said = "1 file that may hold a return is in it, but of none of its runs, and not read: late.csv; name";
    let lines = [
        "summarize out --to csv",
        "summarize out/manifest.jsonl --to csv",
        "check out",
        "diff out out",
    ];
    for line in lines {
        let run = place.line(line);
        assert!(run.status == 0 && run.err.contains(said), "{line}: {}", run.err);
        assert!(!run.out.contains("乙局"), "{line}: {}", run.out);
    }
    for name in ["b", "c", "d"] {
        place.put(format!("out/sub/{name}.csv"), of(name));
    }
    let run = place.line("summarize out --to csv");
    let said = "out: 4 files that may hold returns are in it, but of none of its runs, and not read: late.csv, sub/b.csv, sub/c.csv, …;";
    assert!(run.err.contains(said) && run.err.contains("1 file, 1 return"), "{}", run.err);
    let run = place.line("summarize out out/late.csv --to csv --lang zh");
    assert!(run.err.contains("其中有 3 个可能是目标表的文件"), "{}", run.err);
}
