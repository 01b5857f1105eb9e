//! `diff`: what each format says of what changed.

use serde_json::{Value, json};

use super::{Place, compared::split, of};
use crate::sample;

#[test]
fn two_files_are_compared_field_by_field() {
    let place = Place::new();
    place.put("old.csv", of("甲局"));
    let new = of("甲局")
        .replace("\"9,725,000.00\"", "\"9,000,000.00\"")
        .replace("≥90%,≥90%", "≥90%,≥95%");
    place.put("new.csv", new.replace("设立审前服务窗", "设立审批服务窗口"));
    let run = place.line("diff old.csv new.csv --lang zh");
    assert_eq!(run.status, 1, "{}", run.err);
    for line in [
        "年度重点工作任务 · 任务一：推行审前服务。 · 拟投入的资金：9,725,000.00 → 9,000,000.00（-725,000.00 元，-7.46%）",
        "年度重点工作任务 · 任务一：推行审前服务。 · 主要实施内容：设立审[-前-]{+批+}服务窗{+口+}。",
        "绩效指标 · 预算执行率 · 年度指标值：≥90% → ≥95%",
        "有变化 1 份，无变化 0 份，仅旧有 0 份，仅新有 0 份",
    ] {
        assert!(run.out.contains(line), "{line}\n{}", run.out);
    }
    let run = place.line("diff old.csv new.csv");
    for line in [
        " · 拟投入的资金: 9,725,000.00 → 9,000,000.00 (-725,000.00 yuan, -7.46%)",
        "1 changed, 0 unchanged, 0 only old, 0 only new",
    ] {
        assert!(run.out.contains(line), "{line}\n{}", run.out);
    }
    assert_eq!(place.line("diff old.csv old.csv").status, 0);
    assert_eq!(place.line("diff old.csv new.csv -o 对比.xlsx").status, 1);
    assert!(place.get("对比.xlsx").starts_with(b"PK"));
    let page = place.line("diff old.csv new.csv --to html").out;
    assert!(page.contains("<del>前</del>") && page.contains("<ins>批</ins>"), "{page}");
}

/// The changes of the first pair as `field: old -> new (difference, percent) unknown sides`.
fn changes(place: &Place, old: &str, new: &str) -> Vec<String> {
    let run = place.run(["diff", old, new, "--to", "json"]);
    let json: Value = serde_json::from_str(&run.out).unwrap_or_else(|_| panic!("{}", run.err));
    let said = |value: &Value| value.as_str().map_or_else(|| "∅".to_owned(), str::to_owned);
    let line = |change: &Value| {
        let [field, old, new, yuan, percent] =
            ["field", "old", "new", "difference", "percent"].map(|key| said(&change[key]));
        let unknown = change.get("unknown").map_or_else(String::new, |sides| format!(" {sides}"));
        format!("{field}: {old} -> {new} ({yuan}, {percent}){unknown}")
    };
    json[0]["changes"].as_array().unwrap().iter().map(line).collect()
}

#[test]
fn money_that_moves_between_sources_is_a_change() {
    let place = Place::new();
    place.put("old.json", split(|_| ()));
    place.put(
        "new.json",
        split(|of| {
            of["key_tasks"][0]["fiscal_appropriation"] = json!("9000000.00");
            of["key_tasks"][0]["other_funds"] = json!("725000.00");
        }),
    );
    assert_eq!(place.line("diff old.json new.json").status, 1);
    let want = [
        "全部任务财政拨款: 12151550.00 -> 11426550.00 (-725000.00, -5.97)",
        "全部任务其他资金: 0.00 -> 725000.00 (725000.00, ∅)",
        "财政拨款: 9725000.00 -> 9000000.00 (-725000.00, -7.46)",
        "其他资金: 0.00 -> 725000.00 (725000.00, ∅)",
    ];
    assert_eq!(changes(&place, "old.json", "new.json"), want);
}

#[test]
fn money_by_source_that_one_edition_lacks_is_not_there_rather_than_nothing() {
    let place = Place::new();
    place.put("whole.csv", of("甲局"));
    place.put("split.json", split(|_| ()));
    let found = changes(&place, "whole.csv", "split.json");
    for want in [
        "表样: shatian -> national (∅, ∅)",
        "金额单位: 预算万元，任务元 -> 任务元 (∅, ∅)",
        "部门预算支出: 21608000.00 -> ∅ (∅, ∅)",
        "其他需完成的任务资金: 1000.00 -> ∅ (∅, ∅)",
        "全部任务其他资金: ∅ -> 0.00 (∅, ∅)",
        "财政拨款: ∅ -> 9725000.00 (∅, ∅)",
    ] {
        assert!(found.iter().any(|change| change == want), "{want}: {found:#?}");
    }
    let out = place.line("diff whole.csv split.json --lang zh").out;
    assert!(out.contains("基本信息 · 金额单位：预算万元，任务元 → 任务元\n"), "{out}");
}

#[test]
fn what_can_not_be_known_has_no_difference() {
    let place = Place::new();
    place.put("old.csv", of("甲局"));
    place.put("new.csv", of("甲局").replacen("402.49", "约四百万", 1));
    let want = [
        "基本支出: 4024900.00 -> 约四百万 (∅, ∅) [\"new\"]",
        "部门预算支出: 21608000.00 -> 含无法识别的金额 (∅, ∅) [\"new\"]",
    ];
    assert_eq!(changes(&place, "old.csv", "new.csv"), want);
    let want = [
        "基本支出: 约四百万 -> 4024900.00 (∅, ∅) [\"old\"]",
        "部门预算支出: 含无法识别的金额 -> 21608000.00 (∅, ∅) [\"old\"]",
    ];
    assert_eq!(changes(&place, "new.csv", "old.csv"), want);
    assert_eq!(changes(&place, "new.csv", "new.csv"), [""; 0]);
    let zh = place.line("diff old.csv new.csv --lang zh").out;
    assert!(zh.contains("部门预算支出：21,608,000.00 → 含无法识别的金额\n"), "{zh}");
    assert!(zh.contains("基本支出：4,024,900.00 → 约四百万\n"), "{zh}");
    let en = place.line("diff old.csv new.csv").out;
    assert!(en.contains("21,608,000.00 → (has an amount that can't be read)\n"), "{en}");
    let page = place.line("diff old.csv new.csv --to html --lang zh").out;
    let cells = "<td class=\"n\">21,608,000.00</td><td class=\"n\">含无法识别的金额</td><td class=\"n\"></td>";
    assert!(page.contains(cells), "{page}");
    assert_eq!(
        cells_of(&place, "old.csv", "new.csv", 5)[4..8],
        ["21608000", "含无法识别的金额", "", ""]
    );
}

#[test]
fn a_percentage_is_rounded_as_a_spreadsheet_does_and_has_two_decimals() {
    // The amount of a task before and after, the percentage in JSON, and in the text.
    let cases = [
        ("1600", "1602", "0.13", "+0.13%"),
        ("1600", "1598", "-0.13", "-0.13%"),
        ("4", "6", "50.00", "+50.00%"),
        ("3", "4", "33.33", "+33.33%"),
        ("5", "0", "-100.00", "-100.00%"),
        ("1000000", "999999", "0.00", "0.00%"),
        ("1000000", "1000001", "0.00", "0.00%"),
    ];
    for (before, after, json, text) in cases {
        let place = Place::new();
        let with = |amount: &str| of("甲局").replace("\"9,725,000.00\"", amount);
        place.put("old.csv", with(before));
        place.put("new.csv", with(after));
        let funding = changes(&place, "old.csv", "new.csv");
        let funding = funding.iter().find(|change| change.starts_with("拟投入")).unwrap();
        assert!(funding.ends_with(&format!(", {json})")), "{before} {after}: {funding}");
        for format in ["text", "html"] {
            let said = place.line(&format!("diff old.csv new.csv --to {format}")).out;
            let line = said.lines().find(|line| line.contains("拟投入的资金")).unwrap();
            let mark = if format == "text" { ", " } else { "<br>" };
            assert!(line.contains(&format!("{mark}{text}")), "{before} {after}: {line}");
        }
        let share: f64 = cells_of(&place, "old.csv", "new.csv", 6)[7].parse().unwrap();
        assert_eq!(format!("{:.2}", share * 100.0), json, "{before} {after}");
    }
}

/// The cells of a row of the workbook, as text; rows are counted from 1.
fn cells_of(place: &Place, old: &str, new: &str, row: usize) -> Vec<String> {
    use calamine::{DataType as _, Reader as _};
    let run = place.run(["diff", old, new, "-o", "out.xlsx", "--lang", "zh"]);
    assert_eq!(run.status, 1, "{}", run.err);
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(place.path("out.xlsx")).unwrap();
    let range = book.worksheet_range("对比").unwrap();
    let row = range.rows().nth(row - 1).unwrap();
    row.iter().map(|cell| cell.as_string().unwrap_or_default()).collect()
}

#[test]
fn a_sum_of_more_digits_than_a_cell_keeps_stands_as_text() {
    let place = Place::new();
    place.put("old.csv", of("甲局").replace("\"9,725,000.00\"", "999999999999999"));
    let new = of("甲局").replace("\"9,725,000.00\"", "999999999999999");
    place.put("new.csv", new.replace("\"1,000.00\"", "1000.25"));
    // The other tasks' total, which a cell keeps, and that of all tasks, which it does not.
    assert_eq!(
        cells_of(&place, "old.csv", "new.csv", 4)[4..8],
        ["1000", "1000.25", "0.25", "0.0003"]
    );
    let all = cells_of(&place, "old.csv", "new.csv", 5);
    assert_eq!(all[3], "全部任务资金");
    assert_eq!(all[5..8], ["1,000,000,002,427,549.25", "+0.25", "0.00%"]);
}

#[test]
fn items_of_one_name_in_another_order_are_no_change() {
    let place = Place::new();
    let task = "\n,打造友好大厅,配备设施。,,\"2,000.00\",\n";
    let first = ",打造友好大厅,配备设施。,,\"1,000.00\",\n";
    let both = |one: &str, other: &str| {
        of("甲局").replacen(first, &(one.trim_start().to_owned() + other.trim_start()), 1)
    };
    place.put("old.csv", both(first, task));
    place.put("new.csv", both(task, first));
    assert_eq!(changes(&place, "old.csv", "new.csv"), [""; 0]);
    let indicator = |one: &str, other: &str| {
        let row = ",,时效指标,系统故障修复响应时间,≤120分钟,≤120分钟\n";
        let rows = [one, other].map(|target| row.replace("≤120分钟", target)).concat();
        of("甲局").replacen(row, &rows, 1)
    };
    place.put("old.csv", indicator("≤60分钟", "≤120分钟"));
    place.put("new.csv", indicator("≤120分钟", "≤60分钟"));
    assert_eq!(changes(&place, "old.csv", "new.csv"), [""; 0]);
}

#[test]
fn items_that_are_new_or_gone_stand_with_their_money_and_their_target() {
    let place = Place::new();
    let row = ",,时效指标,系统故障修复响应时间,≤120分钟,≤60分钟\n";
    place.put("more.csv", of("甲局").replacen("≤120分钟,≤120分钟", "≤120分钟,≤60分钟", 1));
    place.put(
        "less.csv",
        of("甲局").replacen(",,时效指标,系统故障修复响应时间,≤120分钟,≤120分钟\n", "", 1),
    );
    assert!(String::from_utf8(place.get("more.csv")).unwrap().contains(row));
    let want = ["∅: ≤60分钟 -> ∅ (∅, ∅)", "实施周期指标值: ≤120分钟 -> ∅ (∅, ∅)"];
    assert_eq!(changes(&place, "more.csv", "less.csv"), want);
    let out = place.line("diff less.csv more.csv --lang zh").out;
    assert!(out.contains(" · 系统故障修复响应时间：（无此项） → ≤60分钟\n"), "{out}");
    place.put("two.json", split(|_| ()));
    place.put(
        "one.json",
        split(|of| {
            of["key_tasks"].as_array_mut().unwrap().remove(0);
        }),
    );
    let found = changes(&place, "two.json", "one.json");
    let want = [
        "∅: 9725000.00 -> ∅ (-9725000.00, -100.00)",
        "财政拨款: 9725000.00 -> ∅ (-9725000.00, -100.00)",
        "其他资金: 0.00 -> ∅ (0.00, ∅)",
    ];
    assert_eq!(found[found.len() - want.len()..], want);
    let out = place.line("diff two.json one.json").out;
    assert!(out.contains(" · 其他资金: 0.00 → (not there) (0.00 yuan)\n"), "{out}");
}

#[test]
fn a_run_ends_with_a_summary_line_unless_it_is_quiet() {
    let place = Place::new();
    place.put("old/a.csv", of("甲局"));
    place.put("old/torn.xlsx", b"PK\x03\x04 and no more");
    place.put("new/a.csv", of("甲局"));
    let run = place.line("diff old new");
    let want = "3 files, 2 returns, 0 errors, 0 warnings, 0 tidied, 1 not read";
    assert_eq!(run.err.lines().last(), Some(want), "{}", run.err);
    let run = place.line("diff old new --lang zh");
    let want = "文件 3 个，目标表 2 份，错误 0 项，提醒 0 项，整理 0 处，未能读取 1 个";
    assert_eq!(run.err.lines().last(), Some(want), "{}", run.err);
    assert_eq!(place.line("diff old/a.csv new/a.csv -q").err, "");
    place.put("faulty.csv", of("甲局").replacen("402.49", "约四百万", 1));
    let run = place.line("diff old/a.csv faulty.csv -o out.html");
    assert_eq!((run.status, run.out.as_str()), (1, ""));
    assert!(
        run.err.ends_with("2 files, 2 returns, 1 error, 0 warnings, 0 tidied\n"),
        "{}",
        run.err
    );
    place.put("none/notes.md", "no return");
    let run = place.line("diff old/a.csv none");
    assert_eq!(run.status, 2);
    assert!(run.err.ends_with("1 file, 1 return, 0 errors, 0 warnings, 0 tidied\n"), "{}", run.err);
}

#[test]
fn on_paper_no_text_is_cut_and_a_long_one_is_shown_around_its_changes() {
    let place = Place::new();
    let goal = "优化服务，提升效能。";
    let long = "一段没有改动的长文字，用来占很多行。".repeat(40);
    for (name, word) in [("old.csv", "甲乙"), ("new.csv", "丙丁")] {
        let text = sample::broken(goal, &format!("{long}{word}{long}"));
        place.put(name, text.replace("走访企业。", &format!("走访{word}企业，{}", &long[..600])));
    }
    place.line("diff old.csv new.csv -o d.xlsx");
    let sheet = read_part(place.get("d.xlsx"), "xl/worksheets/sheet1.xml");
    let heights: Vec<f64> = sheet
        .split(" ht=\"")
        .skip(2)
        .map(|rest| rest.split('"').next().unwrap().parse().unwrap())
        .collect();
    // Two hundred characters take some ten lines; of the longer text only what stands beside the change is shown.
    assert!(
        matches!(heights.as_slice(), [goal, task] if *goal < 80.0 && *task > 120.0),
        "{heights:?}"
    );
    let texts = read_part(place.get("d.xlsx"), "xl/sharedStrings.xml");
    assert!(texts.contains("……") && texts.contains("丙丁") && texts.len() < 8000, "{texts}");
    assert!(place.line("diff old.csv new.csv").out.contains(&long));
    // What is said of a return that stands alone has its room too.
    place.put("one/a.csv", of("甲局"));
    place.put("two/b.xlsx", b"PK\x03\x04 and no more");
    place.put("two/c.csv", of("乙局"));
    place.line("diff one two -o d.xlsx");
    let sheet = read_part(place.get("d.xlsx"), "xl/worksheets/sheet1.xml");
    let row = sheet.split("<row ").find(|row| row.starts_with("r=\"5\"")).unwrap();
    assert!(row.contains(" ht=\""), "{row}");
}

fn read_part(bytes: Vec<u8>, name: &str) -> String {
    use std::io::Read as _;
    let mut package = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    package.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}
