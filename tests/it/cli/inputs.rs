//! Bad inputs: one clear message each, exit status 2, nothing written.

use std::io::Write as _;

use super::{Folder, changed, words};
use crate::sample;

/// Runs `convert` on bytes and demands a refusal whose message holds every one of these.
fn refuses(name: &str, bytes: &[u8], wanted: &[&str]) {
    let folder = Folder::new();
    folder.put(name, bytes);
    for command in
        [vec!["convert", name, "-o", "out.xlsx"], vec!["check", name], vec!["inspect", name]]
    {
        let run = folder.run(&command);
        assert_eq!(run.status, 2, "{command:?}: {}", run.err);
        assert!(run.out.is_empty(), "{command:?} printed something");
        for wanted in wanted {
            assert!(run.err.contains(wanted), "{command:?}: no `{wanted}` in {}", run.err);
        }
        assert!(
            run.err.starts_with(&format!("{name}: ")),
            "{command:?} names no file: {}",
            run.err
        );
        assert!(!run.err.contains("panicked"), "{command:?}: {}", run.err);
    }
    assert!(!folder.path("out.xlsx").exists());
    let chinese = folder.run(["check", name, "--lang", "zh"]).err;
    assert!(chinese.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)), "{chinese}");
}

#[test]
fn what_is_no_workbook_is_named() {
    let noise: Vec<u8> = (0..4000_u32)
        .map(|at| u8::try_from(at.wrapping_mul(2_654_435_761) >> 24).unwrap())
        .collect();
    let mut noise_marked = vec![0x00, 0x01, 0xff, 0xfe, 0x00];
    noise_marked.extend(&noise);
    let locked = package(&["mimetype", "encrypted-package", "META-INF/manifest.xml"]);
    let first_office =
        package_of(&[("mimetype", "application/vnd.sun.xml.calc"), ("content.xml", "<x/>")]);
    let cases: [(&str, Vec<u8>, &[&str]); 16] = [
        ("empty.xlsx", Vec::new(), &["empty"]),
        ("photo.heic", b"\0\0\0\x18ftypheic\0\0\0\0\x01\x02\x03".to_vec(), &["image", "ask for"]),
        ("noise.xlsx", noise_marked, &["00 01 ff fe"]),
        ("paper.xlsx", b"%PDF-1.7\n%....".to_vec(), &["PDF"]),
        ("picture.xlsx", b"\x89PNG\r\n\x1a\n0000".to_vec(), &["PNG"]),
        ("locked.xlsx", compound("EncryptedPackage"), &["encrypted", "password"]),
        ("old.xls", compound("Workbook"), &["damaged"]),
        ("letter.xlsx", package(&["ppt/presentation.xml"]), &["PowerPoint"]),
        ("archive.xlsx", package(&["a.txt"]), &["zip archive"]),
        ("locked.ods", locked, &["encrypted", "password"]),
        ("first.sxc", first_office, &["OpenOffice 1", "save it as .xlsx"]),
        ("paper.ofd", package(&["OFD.xml", "Doc_0/Document.xml"]), &["OFD document", "ask for"]),
        ("paper.xz", b"\xfd7zXZ\0\0\x04".to_vec(), &["xz archive", "unpack it"]),
        ("paper.zst", b"\x28\xb5\x2f\xfd\x04\0".to_vec(), &["zstd archive", "unpack it"]),
        (
            "page.xls",
            b"<html><body><table><tr><td>1</td></tr></table></body></html>".to_vec(),
            &["no performance-target return", "table 1"],
        ),
        (
            "words.txt",
            "一封信\n没有表格\n".into(),
            &["no performance-target return", "A1", "一封信"],
        ),
    ];
    for (name, bytes, wanted) in cases {
        refuses(name, &bytes, wanted);
    }
}

#[test]
fn a_workbook_cut_short_is_damaged_not_empty() {
    let folder = Folder::new();
    assert_eq!(folder.run(words("convert sound.csv -o whole.xlsx")).status, 0);
    let whole = folder.get("whole.xlsx");
    for part in [whole.len() / 4, whole.len() / 2, whole.len() - 10] {
        refuses("cut.xlsx", &whole[..part], &["damaged"]);
    }
}

#[test]
fn a_package_cut_short_is_named_by_what_is_left_of_it() {
    for (parts, name) in [
        (&["[Content_Types].xml", "word/document.xml"][..], "docx"),
        (&["[Content_Types].xml", "xl/workbook.xml"], "xlsx"),
        (&["[Content_Types].xml", "xl/workbook.bin"], "xlsb"),
        (&["mimetype", "content.xml"], "OpenDocument"),
        (&["[Content_Types].xml", "docProps/app.xml"], "Office"),
        (&["a.txt"], "zip"),
    ] {
        let whole = package(parts);
        refuses("cut.xlsx", &whole[..whole.len() - 10], &[&format!("the {name} file is damaged")]);
    }
}

#[test]
fn a_limit_that_makes_no_sense_is_told_once_before_anything_is_read() {
    let folder = Folder::new();
    folder.put("a.csv", sample::SOUND.as_bytes());
    for setting in ["nope=3", "cells", "cells=many"] {
        for command in [
            "check a.csv a.csv",
            "convert a.csv a.csv --to json",
            "inspect a.csv",
            "diff a.csv a.csv",
        ] {
            let run = folder.run(words(&format!("{command} --limit {setting}")));
            assert_eq!(run.status, 2, "{command}: {}", run.err);
            assert!(run.out.is_empty() && !run.err.contains("not read"), "{command}: {}", run.err);
            assert_eq!(run.err.lines().count(), 1, "{command}: {}", run.err);
            let zh = folder.run(words(&format!("{command} --limit {setting} --lang zh")));
            assert!(zh.status == 2 && zh.err.contains("限制"), "{command}: {}", zh.err);
            assert!(!zh.err.contains(" is no ") && !zh.err.contains("no limit"), "{}", zh.err);
        }
    }
    let run = folder.run(words("check a.csv --limit rows=5"));
    assert!(run.status == 2 && run.err.contains("--limit rows=… raises it"), "{}", run.err);
}

#[test]
fn another_kind_of_form_is_refused_by_name() {
    let assessment = "2023年度部门整体支出绩效自评表\n部门名称,某局\n一级指标,三级指标,实际完成值,得分\n产出指标,办件量,10,5\n";
    refuses(
        "self.csv",
        assessment.as_bytes(),
        &["self-assessment", "A1", "2023年度部门整体支出绩效自评表"],
    );
    let untitled = "部门名称,某局,,\n全年预算数,全年执行数,得分,\n一级指标,三级指标,实际完成值,偏差原因\n产出指标,办件量,10,\n";
    refuses("heads.csv", untitled.as_bytes(), &["self-assessment"]);
    let project = "项目支出绩效目标申报表\n项目名称,某项目\n";
    refuses("project.csv", project.as_bytes(), &["project"]);
}

#[test]
fn a_sheet_without_the_form_says_what_was_expected_and_found() {
    let mut book = rust_xlsxwriter::Workbook::new();
    book.add_worksheet().set_name("工资").unwrap().write_string(2, 1, "姓名").unwrap();
    book.add_worksheet().set_name("空").unwrap();
    let bytes = book.save_to_buffer().unwrap();
    refuses("pay.xlsx", &bytes, &["`工资`", "B3", "`姓名`", "部门名称", "`空` is empty"]);
}

#[test]
fn json_that_breaks_the_schema_names_the_key() {
    let folder = Folder::new();
    let json = String::from_utf8(folder.run(words("convert sound.csv --to json")).out).unwrap();
    let change = |what: &str, by: &str| changed(&json, what, by);
    let cases: [(String, &[&str]); 9] = [
        (json[..json.len() / 2].to_owned(), &["line"]),
        (change("\"approver\"", "\"aprover\""), &["aprover", "line"]),
        (change("\"funded_headcount\": 20", "\"funded_headcount\": \"二十\""), &["line"]),
        (change("\"4024900.00\"", "4024900.00"), &["line"]),
        (change("\"4024900.00\"", "\"4,024,900\""), &["budget.basic_expenditure", "4,024,900"]),
        (
            change("\"edition\": \"shatian\"", "\"edition\": \"atlantis\""),
            &["atlantis", "shatian", "guangdong"],
        ),
        (change("\"level\": \"town\"", "\"level\": \"planet\""), &["planet"]),
        (
            change("\"unreadable\": {}", "\"unreadable\": {\"key_tasks[9].funding\": \"x\"}"),
            &["key_tasks[9].funding"],
        ),
        ("[]".to_owned(), &["empty list"]),
    ];
    for (text, wanted) in cases {
        refuses("return.json", text.as_bytes(), wanted);
    }
}

#[test]
fn an_unknown_edition_and_a_faulty_edition_file_are_named() {
    let folder = Folder::new();
    let toml = folder.edition();
    let change = |what: &str, by: &str| changed(&toml, what, by);
    let cases = [
        (change("tasks = \"元\"", "tasks = \"两\""), "tasks"),
        (change("header_through", "header_thruogh"), "header_thruogh"),
        (change("value = \"transfers\"", "value = \"transfer\""), "transfer"),
        (
            change("at = \"B:F\", value = \"department\"", "at = \"B:Z\", value = \"department\""),
            "B:Z",
        ),
        (change("title_size = 18", "title_size = \"big\""), "title_size"),
        (change("kind = \"table\"", "kind = \"tabel\""), "tabel"),
        (change("name = \"shatian\"", "name = "), "line"),
        (String::new(), "name"),
    ];
    for (text, wanted) in cases {
        folder.put("ours.toml", text);
        for line in [
            "convert sound.csv --edition ours.toml --to json",
            "template --edition ours.toml -o out.xlsx",
        ] {
            let zh = folder.run(words(&format!("{line} --lang zh")));
            assert!(zh.err.contains("ours.toml: 表样文件有误"), "{}", zh.err);
            let run = folder.run(words(line));
            assert_eq!((run.status, run.out.len()), (2, 0), "{wanted}: {}", run.err);
            assert!(
                run.err.contains("ours.toml") && run.err.contains(wanted),
                "{wanted}: {}",
                run.err
            );
        }
    }
    let run = folder.run(words("convert sound.csv --edition atlantis --to json"));
    assert_eq!(run.status, 2);
    assert!(run.err.contains("`atlantis`") && run.err.contains("guangdong"), "{}", run.err);
    let run = folder.run(words("convert sound.csv --edition missing.toml --to json"));
    assert!(run.status == 2 && run.err.contains("missing.toml"), "{}", run.err);
    assert_eq!(folder.names(), ["ours.toml", "sound.csv"]);
}

#[test]
fn text_is_read_in_the_encoding_named_or_detected() {
    let folder = Folder::new();
    let utf16: Vec<u8> = sample::SOUND.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let marked: Vec<u8> = [0xff, 0xfe].into_iter().chain(utf16.iter().copied()).collect();
    let gbk = encoding_rs::GB18030.encode(sample::SOUND).0.into_owned();
    folder.put("utf16.csv", utf16);
    folder.put("marked.csv", marked);
    folder.put("gbk.csv", gbk);
    folder.put("bom.csv", format!("\u{feff}{}", sample::SOUND));
    for line in [
        "utf16.csv",
        "marked.csv",
        "gbk.csv",
        "bom.csv",
        "gbk.csv --encoding gb18030",
        "utf16.csv --encoding utf-16le",
    ] {
        let run = folder.run(words(&format!("convert {line} --to json")));
        assert_eq!(run.status, 0, "{line}: {}", run.err);
        assert_eq!(run.json()[0]["department"], "沙田镇某服务中心", "{line}");
    }
    assert_eq!(folder.run(words("convert bom.csv -o sound.xlsx")).status, 0);
    for line in
        ["convert gbk.csv", "convert sound.xlsx", "check bom.csv", "normalize bom.csv -o out"]
    {
        let run = folder.run(words(&format!("{line} --encoding klingon")));
        assert!(run.status == 2, "{line}: {}", run.err);
        assert_eq!(run.err.matches("unknown").count(), 1, "{line}: {}", run.err);
        assert!(run.err.contains("`klingon`"), "{line}: {}", run.err);
    }
}

#[test]
fn json_with_bytes_that_are_no_text_is_refused() {
    let folder = Folder::new();
    folder.put("sound.csv", sample::SOUND);
    let mut json = folder.run(words("convert sound.csv --to json")).out;
    let at = json.windows(3).position(|bytes| bytes == "沙".as_bytes()).unwrap();
    json[at] = 0xFF;
    folder.put("bad.json", json);
    let run = folder.run(words("convert bad.json --to json --encoding utf-8"));
    assert!(run.status == 2 && run.out.is_empty(), "{:?}", run.out);
    assert!(run.err.contains("no text in UTF-8"), "{}", run.err);
}

#[test]
fn a_time_limit_may_be_as_long_as_a_number_is() {
    let folder = Folder::new();
    folder.put("sound.csv", sample::SOUND);
    for line in ["check sound.csv", "normalize sound.csv -o out"] {
        let run = folder.run(words(&format!("{line} --limit seconds=18446744073709551615")));
        assert_eq!(run.status, 0, "{line}: {}", run.err);
    }
}

/// A compound file as far as its directory names a stream.
fn compound(stream: &str) -> Vec<u8> {
    let mut bytes = vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    bytes.resize(1024, 0);
    bytes.extend(stream.encode_utf16().flat_map(u16::to_le_bytes));
    bytes.resize(4096, 0);
    bytes
}

/// A zip package of empty parts.
fn package(parts: &[&str]) -> Vec<u8> {
    package_of(&parts.iter().map(|part| (*part, "<x/>")).collect::<Vec<_>>())
}

/// A zip package of parts with their texts.
fn package_of(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (part, text) in parts {
        writer.start_file(*part, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}
