//! The workbook of a whole province: a sheet a department, and what stands among them.

use super::{
    Form, book, findings, messages,
    national::{FORM, form},
    read,
};
use jixiao::pipeline::{self, Settings};

/// A workbook of a province: contents, three departments by number, a stranger and a sheet of rubbish.
fn province() -> Vec<u8> {
    let contents =
        Form::of("\n目  录||\n序号|部门名称|页码\n1|岭江省档案馆|1\n2|岭江省文物局|2", "")
            .named("目录");
    let department = |name: &str, sheet: &str| {
        let mut form = form();
        form.replace("岭江省档案馆", name);
        form.named(sheet)
    };
    let stranger = Form::of("\n办公设备清单||\n名称|数量|备注\n电脑|3|", "").named("3");
    let rubbish = Form::of("\n||甲|乙|\n|1|2|3|", "").named("坏表");
    book(&[
        &contents,
        &department("岭江省档案馆", "1"),
        &department("岭江省文物局", "2"),
        &stranger,
        &rubbish,
        &department("岭江省体育局", "4"),
    ])
}

#[test]
fn a_provinces_workbook_is_read_in_order_and_strangers_are_named() {
    let reading = read(&province());
    let names: Vec<_> =
        reading.returns.iter().filter_map(|found| found.of.department.as_deref()).collect();
    assert_eq!(names, ["岭江省档案馆", "岭江省文物局", "岭江省体育局"]);
    let skipped: Vec<_> = reading.skipped.iter().map(|(sheet, _)| sheet.as_str()).collect();
    assert_eq!(skipped, ["目录", "3", "坏表"]);
    for found in &reading.returns {
        assert_eq!(findings(found), Vec::<String>::new(), "{:#?}", messages(found));
    }
}

#[test]
fn a_provinces_workbook_keeps_its_sheets_names() {
    let folder = crate::cli::Folder::new();
    folder.put("province.xlsx", province());
    let run = folder.run(["convert", "province.xlsx", "-o", "out.xlsx"]);
    assert_eq!(run.status, 0, "{}", run.err);
    for sheet in ["目录", "3", "坏表"] {
        assert!(run.err.contains(&format!("province.xlsx:{sheet}!")), "{sheet}: {}", run.err);
    }
    let written = crate::sheet::FileBook::open(&folder.get("out.xlsx"));
    let names: Vec<&str> = written.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    assert_eq!(names, ["1", "2", "4", "合计核对"]);
    assert_eq!(folder.run(["convert", "out.xlsx", "-o", "again.xlsx"]).status, 0);
    assert_eq!(folder.get("again.xlsx"), folder.get("out.xlsx"));
    std::fs::create_dir(folder.path("split")).unwrap();
    let run = folder.run(["convert", "province.xlsx", "-o", "split", "--split"]);
    assert_eq!(run.status, 0, "{}", run.err);
    let reading =
        pipeline::read(&folder.get("split/岭江省体育局-2020.xlsx"), &Settings::default()).unwrap();
    assert_eq!(reading.returns[0].of.department.as_deref(), Some("岭江省体育局"));
}

#[test]
fn two_forms_on_a_sheet_share_its_name_and_take_nobody_elses() {
    let department = |name: &str| {
        let mut form = form();
        form.replace("岭江省档案馆", name);
        form
    };
    let [first, second, third] = ["岭江省档案馆", "岭江省文物局", "岭江省体育局"].map(department);
    let two = first.with(&second.moved(20, 0)).named("1");
    let long = "很".repeat(31);
    let two_long = department("甲局").with(&department("乙局").moved(20, 0)).named(&long);
    let bytes = book(&[&two, &third.named("1 (2)"), &two_long]);
    let folder = crate::cli::Folder::new();
    folder.put("province.xlsx", bytes);
    let run = folder.run(["convert", "province.xlsx", "-o", "out.xlsx"]);
    assert_eq!(run.status, 0, "{}", run.err);
    let names = |file: &str| -> Vec<String> {
        let written = crate::sheet::FileBook::open(&folder.get(file));
        written.sheets.iter().map(|sheet| sheet.name.clone()).collect()
    };
    let cut = format!("{} (2)", "很".repeat(27));
    assert_eq!(names("out.xlsx"), ["1", "1 (3)", "1 (2)", &long, &cut, "合计核对"]);
    assert_eq!(folder.run(["convert", "out.xlsx", "-o", "again.xlsx"]).status, 0);
    assert_eq!(folder.get("again.xlsx"), folder.get("out.xlsx"));
}

#[test]
fn files_of_a_split_workbook_are_named_by_department_and_year() {
    let named = |department: &str, year: &str, sheet: &str| {
        let mut form = form();
        form.replace("岭江省档案馆", department);
        form.replace("2020", year);
        form.named(sheet)
    };
    let forms = [
        named("岭江省档案馆", "2020", "1"),
        named("岭江省档案馆", "2021", "2"),
        named("岭江省档案馆", "2020", "3"),
        named("省外事/侨务办：\"一组\"", "2020", "4"),
        named("", "2020", "五处"),
    ];
    let folder = crate::cli::Folder::new();
    folder.put("全省.xlsx", book(&forms.iter().collect::<Vec<_>>()));
    std::fs::create_dir(folder.path("split")).unwrap();
    let run = folder.run(["convert", "全省.xlsx", "-o", "split", "--split"]);
    assert!(run.status < 2, "{}", run.err);
    let mut names: Vec<String> = std::fs::read_dir(folder.path("split"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    let want = [
        "全省-五处-2020.xlsx",
        "岭江省档案馆-2020 (2).xlsx",
        "岭江省档案馆-2020.xlsx",
        "岭江省档案馆-2021.xlsx",
        "省外事_侨务办：_一组_-2020.xlsx",
    ];
    assert_eq!(names, want);
}

#[test]
fn blank_sheets_and_charts_are_named_and_skipped() {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let text = Form::of(FORM, "");
    let sheet = workbook.add_worksheet().set_name("1").unwrap();
    for (row, line) in (0..).zip(text.text('\t').lines()) {
        for (col, cell) in (0..).zip(line.split('\t')) {
            sheet.write(row, col, cell).unwrap();
        }
    }
    workbook.add_worksheet().set_name("57").unwrap();
    workbook.add_worksheet().set_name("Sheet3").unwrap();
    let mut chart = rust_xlsxwriter::Chart::new(rust_xlsxwriter::ChartType::Column);
    chart.add_series().set_values("='1'!$F$7:$F$8");
    workbook.add_chartsheet().set_name("图").unwrap().insert_chart(0, 0, &chart).unwrap();
    let reading = read(&workbook.save_to_buffer().unwrap());
    assert_eq!(reading.returns.len(), 1);
    let skipped: Vec<String> = reading
        .skipped
        .iter()
        .map(|(sheet, found)| format!("{sheet} {} {}", found.code.id, found.severity.name()))
        .collect();
    assert_eq!(skipped, ["57 L109 warning", "Sheet3 L109 info", "图 L109 warning"]);
}
