//! What the commands say: help, languages, summary, explanations, the account, completions.

use super::{Folder, words};
use crate::sample;

#[test]
fn help_shows_every_command_with_examples() {
    let folder = Folder::new();
    let help = folder.run(["--help"]);
    assert_eq!((help.status, help.err.len()), (0, 0));
    for wanted in [
        "convert",
        "check",
        "inspect",
        "template",
        "schema",
        "explain",
        "completions",
        "Examples:",
        "Exit status",
    ] {
        assert!(help.text().contains(wanted), "{wanted}\n{}", help.text());
    }
    for command in ["convert", "check", "inspect", "template", "explain", "completions"] {
        let run = folder.run([command, "--help"]);
        assert_eq!(run.status, 0, "{command}");
        assert!(run.text().contains("Example"), "{command} --help has no example\n{}", run.text());
        assert!(run.text().contains(&format!("jixiao {command}")), "{command}");
    }
    let bare = folder.run(Vec::<&str>::new());
    assert_eq!((bare.status, bare.out.len()), (2, 0));
    assert!(folder.run(["--version"]).text().starts_with("jixiao "));
}

#[test]
fn a_hidden_command_is_neither_listed_nor_suggested() {
    let folder = Folder::new();
    for lang in ["en", "zh"] {
        for line in ["", "worke", "convert --nope"] {
            let run = folder.run(words(line).into_iter().chain(["--lang", lang]));
            assert_eq!(run.status, 2, "{line}");
            assert!(!run.err.contains("worker"), "{line}: {}", run.err);
        }
        let run = folder.run(["--lang", lang]);
        assert!(run.err.contains("summarize") && run.err.contains("help"), "{}", run.err);
    }
}

#[test]
fn a_folder_without_files_is_the_reason_of_a_failure_also_when_quiet() {
    let folder = Folder::new();
    std::fs::create_dir(folder.path("none")).unwrap();
    for line in [
        "check none",
        "normalize none -o out",
        "normalize none --to jsonl",
        "summarize none -o out.xlsx",
        "diff sound.csv none",
    ] {
        for (lang, want) in [
            ("en", "jixiao: no file that may hold a return in `none`\n"),
            ("zh", "jixiao: `none` 中没有可能是目标表的文件\n"),
        ] {
            let run = folder.run(words(line).into_iter().chain(["-q", "--lang", lang]));
            assert_eq!((run.status, run.err.as_str()), (2, want), "{line}");
        }
    }
    let both = folder.run(words("check none sound.csv"));
    assert_eq!(both.status, 0, "{}", both.err);
    assert!(!both.err.contains("no file"), "{}", both.err);
}

/// An option, the environment, and the words that the message must hold.
type Case<'a> = (&'a str, &'a [(&'a str, &'a str)], &'a str);

#[test]
fn messages_come_in_the_language_asked_for() {
    // The option first, then JIXIAO_LANG, then the locale; English where nothing says otherwise.
    let folder = Folder::new();
    folder.put("faulty.csv", sample::broken("402.49", "约四百万"));
    let (zh, en) = ("不是可识别的金额", "is not an amount");
    let cases: [Case<'_>; 7] = [
        ("--lang zh", &[], zh),
        ("--lang en", &[("JIXIAO_LANG", "zh")], en),
        ("", &[("JIXIAO_LANG", "zh")], zh),
        ("", &[("JIXIAO_LANG", "zh_CN.UTF-8"), ("LC_ALL", "en_US.UTF-8")], zh),
        ("", &[("LC_ALL", "zh_CN.UTF-8")], zh),
        ("", &[("LC_ALL", "de_DE.UTF-8")], en),
        ("", &[], en),
    ];
    for (option, env, want) in cases {
        let line = format!("convert faulty.csv --to json {option}");
        let run = folder.run_with(words(&line), b"", env);
        assert!(run.err.contains(want), "{option} {env:?}: {}", run.err);
    }
    assert_eq!(folder.run(words("convert faulty.csv --to json --lang fr")).status, 2);
}

#[test]
fn quiet_silences_the_summary_and_verbose_shows_what_was_tidied() {
    let folder = Folder::new();
    folder.put("tagged.csv", sample::broken("优化服务，提升效能。", "<p>优化服务。</p>"));
    folder.put("warned.csv", sample::broken("镇某服务中心", "镇某服务中心\n孤立的一格,,,,另一格"));
    let plain = folder.run(words("convert tagged.csv --to json")).err;
    assert_eq!(plain.lines().count(), 1, "{plain}");
    let verbose = folder.run(words("convert tagged.csv --to json -v")).err;
    assert!(
        verbose.contains("overall_objective: V106 text-tidied: ") && verbose.contains("(info)"),
        "{verbose}"
    );
    assert_eq!(folder.run(words("convert tagged.csv --to json -q")).err, "");
    let warned = folder.run(words("convert warned.csv --to json -q")).err;
    assert!(warned.contains("(warning)") && !warned.contains("1 file"), "{warned}");
    let summary = folder.run(words("convert tagged.csv --to json --lang zh")).err;
    assert!(summary.contains("文件 1 个"), "{summary}");
}

#[test]
fn explain_tells_what_why_and_how() {
    let folder = Folder::new();
    for wanted in ["V101", "v101", "unreadable-amount"] {
        let run = folder.run(["explain", wanted]);
        assert!(
            run.text().starts_with("# V101 unreadable-amount (error)\n"),
            "{wanted}: {}",
            run.text()
        );
        for heading in ["## What it checks", "## Why", "## How to fix"] {
            assert!(run.text().contains(heading), "{wanted}");
        }
    }
    let chinese = folder.run(["explain", "V101", "--lang", "zh"]);
    assert!(chinese.text().starts_with("# V101 金额无法读取 unreadable-amount（错误）\n"));
    assert!(chinese.text().contains("## 怎么办"), "{}", chinese.text());
    let all = folder.run(["explain"]);
    assert!(all.text().lines().count() > 20 && all.text().contains("V101"), "{}", all.text());
    let unknown = folder.run(["explain", "Z999"]);
    assert!(unknown.err.contains("`Z999`"), "{}", unknown.err);
}

#[test]
fn completions_are_scripts_of_every_shell() {
    let folder = Folder::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let run = folder.run(["completions", shell]);
        assert_eq!(run.status, 0, "{shell}");
        assert!(run.text().contains("convert") && run.text().contains("jixiao"), "{shell}");
    }
}

#[test]
fn the_account_shows_where_every_cell_went() {
    let folder = Folder::new();
    folder.put("warned.csv", sample::broken("镇某服务中心", "镇某服务中心\n孤立的一格,,,,另一格"));
    let json = folder.run(words("inspect warned.csv --format json")).json();
    let cells = json[0]["cells"].as_array().unwrap();
    let place = |text: &str| {
        let cell = cells
            .iter()
            .find(|cell| cell["text"] == text)
            .unwrap_or_else(|| panic!("{text} is not in the account"));
        (cell["place"].as_str().unwrap(), cell["to"].as_str().unwrap_or(""))
    };
    assert_eq!(place("402.49"), ("field", "budget.basic_expenditure"));
    assert_eq!(place("部门名称"), ("label", ""));
    assert_eq!(place("填表人：张三"), ("note", "notes[0]"));
    assert_eq!(place("任务二：推动代办扩面。"), ("field", "key_tasks[1].name"));
    assert_eq!(place("另一格").0, "set aside");
    let table = folder.run(words("inspect sound.csv"));
    for wanted in ["A1:F24  shatian  沙田镇某服务中心", "budget.basic_expenditure", "notes[0]"]
    {
        assert!(table.text().contains(wanted), "{wanted}\n{}", table.text());
    }
}

#[test]
fn findings_come_as_json_as_well() {
    let folder = Folder::new();
    folder.put("faulty.csv", sample::broken("402.49", "约四百万"));
    let run = folder.run(words("check faulty.csv --format json"));
    assert_eq!(run.status, 1);
    let want = serde_json::json!({
        "file": "faulty.csv", "sheet": null, "cell": "C6", "path": "budget.basic_expenditure", "code": "V101",
        "name": "unreadable-amount", "severity": "error", "message": "`约四百万` is not an amount",
    });
    assert_eq!(run.json()[0], want);
    assert_eq!(folder.run(words("check sound.csv --format json")).text(), "[]\n");
}

#[test]
fn a_folder_is_checked_file_by_file() {
    let folder = Folder::new();
    std::fs::create_dir_all(folder.path("in/deep")).unwrap();
    folder.put("in/a.csv", sample::broken("402.49", "约四百万"));
    folder.put("in/deep/b.csv", sample::SOUND);
    folder.put("in/~$a.csv", "lock");
    folder.put("in/picture.png", b"\x89PNG");
    let run = folder.run(["check", "in"]);
    assert_eq!(run.status, 1, "{}", run.err);
    assert!(run.err.contains("2 files, 2 returns, 1 error"), "{}", run.err);
    folder.put("in/c.csv", "a,b\n");
    assert_eq!(
        folder.run(["check", "in/deep", "in/c.csv"]).status,
        1,
        "one of several can't be read"
    );
    std::fs::create_dir(folder.path("none")).unwrap();
    assert_eq!(folder.run(["check", "none"]).status, 2, "there is nothing to check");
}
