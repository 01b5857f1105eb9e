//! Where outputs may go: never in the place of an input, whole or not at all; and standard streams.

use std::io::{Read as _, Write as _};

use jixiao::form;

use super::{Folder, templates, words};
use crate::{golden::assert_same_bytes, sample};

#[test]
fn an_output_that_is_an_input_is_refused() {
    let folder = Folder::new();
    folder.put("given.json", folder.run(words("convert sound.csv --to json")).out);
    let before = folder.get("given.json");
    std::fs::hard_link(folder.path("given.json"), folder.path("hard.json")).unwrap();
    let mut lines = vec!["given.json", "./given.json", "hard.json"];
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("given.json", folder.path("soft.json")).unwrap();
        std::fs::create_dir(folder.path("sub")).unwrap();
        std::os::unix::fs::symlink("../given.json", folder.path("sub/soft.json")).unwrap();
        lines.extend(["soft.json", "sub/soft.json"]);
    }
    for output in lines {
        let run = folder.run(["convert", "given.json", "-o", output]);
        assert_eq!((run.status, folder.get("given.json")), (2, before.clone()), "{output}");
        assert!(run.err.contains("is an input"), "{output}: {}", run.err);
    }
}

#[test]
fn an_output_in_a_folder_that_is_an_input_is_refused() {
    let folder = Folder::new();
    assert_eq!(folder.run(words("convert sound.csv -o one.xlsx")).status, 0);
    let before = folder.get("one.xlsx");
    folder.put("two.csv", sample::SOUND);
    let run = folder.run(words("convert one.xlsx two.csv -o ."));
    assert_eq!((run.status, folder.get("one.xlsx")), (2, before), "{}", run.err);
    assert!(run.err.contains("is an input"), "{}", run.err);
}

#[test]
fn an_existing_output_is_left_alone_when_reading_fails() {
    let folder = Folder::new();
    folder.put("broken.xlsx", b"PK\x03\x04 and no more");
    folder.put("old.xlsx", "kept");
    for input in ["broken.xlsx", "missing.xlsx"] {
        let run = folder.run(["convert", input, "-o", "old.xlsx"]);
        assert_eq!(
            (run.status, folder.get("old.xlsx")),
            (2, b"kept".to_vec()),
            "{input}: {}",
            run.err
        );
    }
    assert_eq!(
        folder.names(),
        ["broken.xlsx", "old.xlsx", "sound.csv"],
        "something was left behind"
    );
}

#[test]
fn an_output_is_written_whole_and_leaves_nothing_beside() {
    let folder = Folder::new();
    folder.put("out.json", "old and longer than it should be".repeat(1000));
    assert_eq!(folder.run(words("convert sound.csv -o out.json")).status, 0);
    assert!(serde_json::from_slice::<serde_json::Value>(&folder.get("out.json")).is_ok());
    assert_eq!(folder.names(), ["out.json", "sound.csv"]);
}

#[test]
fn a_folder_that_is_missing_or_closed_is_named() {
    let folder = Folder::new();
    let run = folder.run(words("convert sound.csv -o nowhere/out.xlsx"));
    assert_eq!(run.status, 2);
    assert!(run.err.contains("nowhere") && run.err.contains("does not exist"), "{}", run.err);
    std::fs::create_dir(folder.path("out.xlsx")).unwrap();
    let run = folder.run(words("convert missing.csv -o out.xlsx"));
    assert_eq!(run.status, 2, "{}", run.err);
}

#[test]
fn a_dash_is_standard_input_and_standard_output() {
    let folder = Folder::new();
    let run = folder.feed(words("convert - --to json"), sample::SOUND.as_bytes());
    assert_eq!(
        (run.status, run.json()[0]["source"]["file"].as_str()),
        (0, Some("-")),
        "{}",
        run.err
    );
    let run = folder.feed(words("convert - -o - --to xlsx"), sample::SOUND.as_bytes());
    assert_eq!(run.status, 0, "{}", run.err);
    assert!(run.out.starts_with(b"PK"));
    let again = folder.feed(words("convert - --to json"), &run.out);
    assert_eq!(again.json()[0]["department"], "沙田镇某服务中心");
    let run = folder.feed(words("check -"), sample::broken("402.49", "约四百万").as_bytes());
    assert_eq!(run.status, 1);
    assert!(run.text().starts_with("-:C6: "), "{}", run.text());
    assert_eq!(folder.names(), ["sound.csv"]);
}

#[test]
fn a_broken_pipe_is_no_error() {
    let folder = Folder::new();
    let many = ",任务若干：长名称的任务,内容若干,1.00,目标若干\n".repeat(400);
    folder.put(
        "big.csv",
        sample::broken(",任务一：推行审前服务。", &format!("{many},任务一：推行审前服务。")),
    );
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_jixiao"))
        .args(["convert", "big.csv", "--to", "json", "-q"])
        .current_dir(folder.path(""))
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = [0; 1];
    let mut out = child.stdout.take().unwrap();
    out.read_exact(&mut first).unwrap();
    drop(out);
    let mut err = String::new();
    child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
    assert!(child.wait().unwrap().success(), "{err}");
    assert!(!err.contains("panicked") && !err.contains("pipe"), "{err}");
    std::io::stdout().flush().unwrap();
}

#[test]
fn the_blank_forms_of_the_repository_are_those_of_the_command() {
    let folder = Folder::new();
    for edition in form::built_in().iter().map(|edition| edition.name.as_str()) {
        let run = folder.run(["template", "--edition", edition, "-o", "blank.xlsx"]);
        assert_eq!((run.status, run.out.len()), (0, 0), "{edition}: {}", run.err);
        assert_same_bytes(&templates().join(format!("{edition}.xlsx")), &folder.get("blank.xlsx"));
    }
    assert_eq!(folder.run(words("template -o default.xlsx")).status, 0);
    assert_eq!(
        folder.get("default.xlsx"),
        std::fs::read(templates().join("shatian.xlsx")).unwrap()
    );
}

#[test]
fn an_edition_of_the_users_own_writes_and_reads() {
    let folder = Folder::new();
    let toml = folder.run(words("template --edition shatian --to toml")).out;
    let toml = String::from_utf8(toml).unwrap();
    let own = toml
        .replace("name = \"shatian\"", "name = \"ours\"")
        .replace("\"财政供养人员数\",", "\"本单位人数\",");
    folder.put("ours.toml", own);
    folder.put("ours.csv", sample::broken("财政供养人员数", "本单位人数"));
    let run = folder.run(words("convert ours.csv --edition ours.toml --to json"));
    assert_eq!((run.status, run.json()[0]["edition"].as_str()), (0, Some("ours")), "{}", run.err);
    assert_eq!(run.json()[0]["funded_headcount"], 20);
    assert_eq!(folder.run(words("template --edition ours.toml -o blank.xlsx")).status, 0);
}
