//! Under `--lang zh` a clerk meets no English sentence, whatever goes wrong.

use std::fs;

use super::{Folder, changed, words};
use crate::sample;

/// As many Latin words may stand in a row: a unit or a name of a program is no sentence.
const MOST: usize = 3;

/// The longest run of Latin words of a text, outside quotes, brackets, paths, options and codes.
fn longest_run(text: &str) -> Vec<String> {
    let (mut bare, mut depth, mut quoted) = (String::new(), 0_u32, false);
    for c in text.chars() {
        match c {
            '（' | '(' | '<' | '[' | '{' | '“' => depth += 1,
            '）' | ')' | '>' | ']' | '}' | '”' => depth = depth.saturating_sub(1),
            '`' => quoted = !quoted,
            _ if depth == 0 && !quoted => bare.push(c),
            _ => {}
        }
    }
    let is_word = |word: &str| {
        word.len() > 1 && word.chars().all(|c| c.is_ascii_alphabetic() || c == '\'' || c == ',')
    };
    let mut longest: Vec<String> = Vec::new();
    for line in bare.lines().filter(|line| !line.starts_with("用法：")) {
        let line = line.replace(|c: char| !c.is_ascii(), " \u{3000} ");
        let mut run: Vec<String> = Vec::new();
        // A list such as `csv, json` is no sentence.
        for word in line.split(' ').filter(|word| !word.is_empty()) {
            if is_word(word) && !word.ends_with(',') {
                run.push(word.to_owned());
            } else {
                run.clear();
            }
            if run.len() > longest.len() {
                longest.clone_from(&run);
            }
        }
    }
    longest
}

/// Runs a command under `--lang zh` and demands that it fails, and says why in Chinese.
fn fails_in_chinese(folder: &Folder, line: &str) {
    let run = folder.run(words(line).into_iter().chain(["--lang", "zh"]));
    assert!(run.status != 0, "{line}: {}", run.err);
    let chinese = run.err.chars().filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c)).count();
    assert!(chinese >= 4, "{line}: {}", run.err);
    let longest = longest_run(&run.err);
    assert!(longest.len() <= MOST, "{line}: {longest:?} in {}", run.err);
}

#[test]
fn the_measure_finds_sentences() {
    assert_eq!(longest_run("无法读取“a b c d”：No such file or directory").len(), 5);
    assert_eq!(longest_run("系统报错（No such file or directory）").len(), 0);
    assert_eq!(longest_run("参数 `--to a b c` 缺少值").len(), 0);
}

#[test]
fn command_lines_that_make_no_sense() {
    let folder = Folder::new();
    fs::create_dir(folder.path("in")).unwrap();
    for line in [
        "convert",
        "convert sound.csv",
        "convert sound.csv --nope",
        "convert sound.csv --out x.xlsx",
        "convert sound.csv --to",
        "convert sound.csv --to doc",
        "convert sound.csv --year 1800 --to json",
        "convert sound.csv --year abc --to json",
        "convert sound.csv --to json --to csv",
        "convert sound.csv -o out.doc",
        "convert sound.csv --to xlsx",
        "convert sound.csv -o sound.csv",
        "convert sound.csv -o none/out.xlsx",
        "convert sound.csv sound.csv -o none",
        "convert sound.csv --encoding klingon --to json",
        "convert sound.csv --edition atlantis --to json",
        "convert sound.csv --edition none.toml --to json",
        "convert sound.csv --limit nope=3 --to json",
        "convert sound.csv --limit cells=many --to json",
        "convert sound.csv --limit rows=5 --to json",
        "convert sound.csv --limit cells=5 --to json",
        "convert sound.csv --limit columns=2 --to json",
        "convert sound.csv --limit file-size=9 --to json",
        "convert none.xlsx --to json",
        "convert in --to json",
        "check",
        "check none.xlsx",
        "check sound.csv --format xml",
        "diff sound.csv",
        "diff sound.csv none.csv",
        "diff sound.csv sound.csv --to xlsx",
        "diff sound.csv sound.csv -o out.doc",
        "inspect none.xlsx",
        "inspect sound.csv sound.csv",
        "normalize",
        "normalize in",
        "normalize in -o in",
        "normalize none -o out",
        "normalize in -o out --jobs 0",
        "normalize in -o out --name {nope}",
        "normalize in -o out --name {department",
        "normalize in -o out --name plain",
        "normalize in -o out --include [",
        "normalize --files-from none.txt -o out",
        "normalize in --files-from none.txt -o out",
        "summarize in",
        "summarize in --to xlsx",
        "summarize none -o out.xlsx",
        "template --to xlsx",
        "template --edition atlantis -o out.xlsx",
        "template --edition ours.toml --to toml",
        "edition check atlantis",
        "edition",
        "edition nope",
        "explain Z999",
        "completions tcsh",
        "nonsense",
        "conver sound.csv",
    ] {
        fails_in_chinese(&folder, line);
    }
}

#[test]
fn files_that_are_no_returns() {
    let folder = Folder::new();
    assert_eq!(folder.run(words("convert sound.csv -o whole.xlsx")).status, 0);
    assert_eq!(folder.run(words("convert sound.csv -o whole.json")).status, 0);
    let whole = folder.get("whole.xlsx");
    let json = String::from_utf8(folder.get("whole.json")).unwrap();
    let change = |what: &str, by: &str| {
        assert!(json.contains(what), "{what}");
        json.replacen(what, by, 1).into_bytes()
    };
    let mut marred = whole.clone();
    for at in (60..marred.len() / 2).step_by(7) {
        marred[at] ^= 0x55;
    }
    let compound = |stream: &str| {
        let mut bytes = vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
        bytes.resize(1024, 0);
        bytes.extend(stream.encode_utf16().flat_map(u16::to_le_bytes));
        bytes.resize(4096, 0);
        bytes
    };
    let flat = "<?xml version='1.0'?><office:document xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0' office:mimetype='application/vnd.oasis.opendocument.spreadsheet'><office:body><office:spreadsheet><table:table>";
    let xml2003 = "<?xml version='1.0'?><?mso-application progid='Excel.Sheet'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'><Worksheet><Table><Row><Cell>";
    let cases: Vec<(&str, Vec<u8>)> = vec![
        ("empty.xlsx", Vec::new()),
        ("noise.xlsx", vec![0, 1, 0xff, 0xfe, 0, 3, 9, 0x80]),
        ("paper.pdf", b"%PDF-1.7\n".to_vec()),
        ("cut.xlsx", whole[..whole.len() / 2].to_vec()),
        ("marred.xlsx", marred),
        ("old.xls", compound("Workbook")),
        ("locked.xlsx", compound("EncryptedPackage")),
        ("flat.fods", flat.into()),
        ("old.xml", xml2003.into()),
        ("bare.xls", vec![9, 8, 16, 0, 0, 6, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
        ("archive.mht", b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"x\"\r\n\r\n--x\r\nContent-Type: image/png\r\n\r\n00\r\n--x--\r\n".to_vec()),
        ("words.txt", "一封信\n没有表格\n".into()),
        ("self.csv", "2023年度部门整体支出绩效自评表\n部门名称,某局\n一级指标,三级指标,实际完成值,得分\n产出指标,办件量,10,5\n".into()),
        ("half.json", json.as_bytes()[..json.len() / 2].to_vec()),
        ("comma.json", change("\"level\"", "\"level\",")),
        ("key.json", change("\"approver\"", "\"aprover\"")),
        ("type.json", change("\"funded_headcount\": 20", "\"funded_headcount\": \"二十\"")),
        ("number.json", change("\"4024900.00\"", "4024900.00")),
        ("digits.json", change("\"4024900.00\"", "\"4,024,900\"")),
        ("edition.json", change("\"edition\": \"shatian\"", "\"edition\": \"atlantis\"")),
        ("level.json", change("\"level\": \"town\"", "\"level\": \"planet\"")),
        ("year.json", change("\"year\": null", "\"year\": 1800")),
        ("field.json", change("\"unreadable\": {}", "\"unreadable\": {\"key_tasks[9].funding\": \"x\"}")),
        ("filled.json", change("\"unreadable\": {}", "\"unreadable\": {\"budget.transfers\": \"x\"}")),
        ("none.json", b"[]".to_vec()),
        ("missing.json", b"{}".to_vec()),
    ];
    fs::create_dir(folder.path("in")).unwrap();
    for (name, bytes) in cases {
        folder.put(name, &bytes);
        folder.put(&format!("in/{name}"), &bytes);
        for command in ["check", "inspect", "convert --to json"] {
            fails_in_chinese(&folder, &format!("{command} {name}"));
        }
    }
    fails_in_chinese(&folder, "check in");
    fails_in_chinese(&folder, "normalize in -o out");
    fails_in_chinese(&folder, "summarize in -o out.xlsx");
}

#[test]
fn edition_files_with_faults() {
    let folder = Folder::new();
    let toml = folder.edition();
    let change = |what: &str, by: &str| changed(&toml, what, by);
    for text in [
        String::new(),
        change("name = \"shatian\"", "name = "),
        change("name = \"shatian\"", "name = \"two words\""),
        change("tasks = \"元\"", "tasks = \"两\""),
        change("header_through", "header_thruogh"),
        change("value = \"transfers\"", "value = \"transfer\""),
        change("at = \"B:F\", value = \"department\"", "at = \"B:Z\", value = \"department\""),
        change("title_size = 18", "title_size = \"big\""),
        change("kind = \"table\"", "kind = \"tabel\""),
        change("[layout]", "[layout"),
        change("title = ", "title = \"x\"\ntitle = "),
    ] {
        folder.put("ours.toml", text);
        fails_in_chinese(&folder, "convert sound.csv --edition ours.toml --to json");
        fails_in_chinese(&folder, "edition check ours.toml");
    }
    folder.put("ours.toml", b"\xff\xfe\0");
    fails_in_chinese(&folder, "edition check ours.toml");
}

#[test]
fn causes_are_worded_by_their_kind() {
    let folder = Folder::new();
    folder.put("faulty.toml", "name = \"x\"\ntitle = \"y\"\nextra = 1\n");
    folder.put("broken.json", "[{\"title\": 5}]");
    for (line, wanted) in [
        ("check none.xlsx", "无法读取“none.xlsx”：文件或文件夹不存在"),
        ("convert sound.csv -o none/out.xlsx", "文件夹 `none` 不存在"),
        ("check broken.json", "第 1 份：`title`：第 1 行第 12 列：类型不符"),
        ("edition check faulty.toml", "第 3 行第 1 列：没有名为 `extra` 的键，可用的有 `name`、"),
        ("check --nope", "不认识的参数 `--nope`\n用法：jixiao check"),
        ("convert sound.csv --to doc", "`doc` 不能用作参数 `--to <FORMAT>` 的值，可用的有 "),
        ("convert sound.csv --to", "参数 `--to <FORMAT>` 缺少值"),
        ("check", "缺少必需的参数 <FILE|DIR>..."),
        ("conver", "没有名为 `conver` 的命令\n  是否指 `convert`？"),
    ] {
        let run = folder.run(words(line).into_iter().chain(["--lang", "zh"]));
        assert_eq!(run.status, 2, "{line}: {}", run.err);
        assert!(run.err.contains(wanted), "{line}: {}", run.err);
    }
    let locale = folder.run_with(["check", "--nope"], b"", &[("LANG", "zh_CN.UTF-8")]);
    assert!(locale.err.contains("不认识的参数"), "{}", locale.err);
    let faulty = sample::broken("402.49", "约四百万");
    folder.put("faulty.csv", faulty);
    fails_in_chinese(&folder, "check faulty.csv");
}
