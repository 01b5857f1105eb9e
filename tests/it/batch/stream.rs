//! `normalize --files-from … --to jsonl`: a line a file, in the list's order, errors in the line.

use std::io::Write as _;

use super::{Place, of, small_tree};

fn lines(out: &str) -> Vec<serde_json::Value> {
    out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn fed(place: &Place, args: &[&str], list: &[u8]) -> super::Ran {
    let mut command = place.command(args);
    let mut child = command.stdin(std::process::Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(list).unwrap();
    let output = child.wait_with_output().unwrap();
    super::Ran {
        status: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

#[test]
fn a_list_gives_a_line_a_file_in_its_order() {
    let place = Place::new();
    small_tree(&place);
    let list = b"in/four.xlsx\nin/b/torn.xlsx\r\nin/a/two.txt\n\nmissing.xls\n";
    let args = ["normalize", "--files-from", "-", "--to", "jsonl", "--jobs", "3"];
    let run = fed(&place, &args, list);
    assert_eq!(run.status, 1, "{}", run.err);
    let lines = lines(&run.out);
    let named: Vec<&str> = lines.iter().map(|line| line["file"].as_str().unwrap()).collect();
    assert_eq!(named, ["in/four.xlsx", "in/b/torn.xlsx", "in/a/two.txt", "missing.xls"]);
    assert_eq!(lines[0]["returns"][0]["department"], "甲局");
    assert_eq!(lines[0]["error"], serde_json::Value::Null);
    assert_eq!(lines[1]["state"], "unread");
    assert!(lines[1]["error"]["en"].as_str().unwrap().contains("damaged"));
    assert_eq!(lines[2]["returns"][0]["source"]["file"], "in/a/two.txt");
    assert!(lines[3]["returns"].as_array().unwrap().is_empty());
}

#[test]
fn a_list_may_end_its_names_with_zeros() {
    let place = Place::new();
    place.put("a\nb.csv", of("甲"));
    let run =
        fed(&place, &["normalize", "--files-from", "-", "-0", "--to", "jsonl"], b"a\nb.csv\0");
    assert_eq!(run.status, 0, "{}", run.err);
    assert_eq!(lines(&run.out)[0]["file"], "a\\x0Ab.csv");
}

#[test]
fn a_list_can_be_written_into_a_folder() {
    let place = Place::new();
    small_tree(&place);
    place.put("list.txt", "in/a/one.csv\n./in/a/two.txt\nin/a/one.csv\n");
    let run = place.line("normalize --files-from list.txt -o out");
    assert_eq!(run.status, 0, "{}", run.err);
    assert_eq!(place.outputs("out"), ["in/a/one.xlsx", "in/a/two.xlsx"]);
}

#[test]
fn a_folder_can_be_streamed() {
    let place = Place::new();
    small_tree(&place);
    let run = place.line("normalize in --to jsonl");
    assert_eq!((run.status, lines(&run.out).len()), (1, 5), "{}", run.err);
}

#[test]
fn a_stream_takes_no_option_of_an_output_folder() {
    let place = Place::new();
    place.put("list", b"\xef\xbb\xbfa.csv\r\n");
    place.put("a.csv", of("甲局"));
    let stream = "normalize --files-from list --to jsonl";
    // A mark that an editor puts before the first name is none of its own.
    assert_eq!(place.line(stream).status, 0);
    for option in ["--strict", "--dry-run", "--name {year}", "--totals none", "--take-over"] {
        let run = place.line(&format!("{stream} {option}"));
        assert_eq!((run.status, run.out.as_str()), (2, ""), "{option}");
        assert!(run.err.contains("is for an output folder"), "{}", run.err);
    }
}

#[test]
fn a_list_of_which_nothing_can_be_read_is_a_failure() {
    let place = Place::new();
    let run =
        fed(&place, &["normalize", "--files-from", "-", "--to", "jsonl"], b"no.xls\nnone.xls\n");
    assert_eq!((run.status, lines(&run.out).len()), (2, 2), "{}", run.err);
}

#[test]
fn who_writes_the_list_may_wait_for_the_line_of_each_file() {
    use std::io::{BufRead as _, BufReader};
    let place = Place::new();
    small_tree(&place);
    let mut command =
        place.command(["normalize", "--files-from", "-", "--to", "jsonl", "--jobs", "2"]);
    let piped = || std::process::Stdio::piped();
    let mut child = command.stdin(piped()).stdout(piped()).spawn().unwrap();
    let mut list = child.stdin.take().unwrap();
    let mut answers = BufReader::new(child.stdout.take().unwrap());
    for file in ["in/four.xlsx", "in/a/two.txt", "in/b/torn.xlsx"] {
        list.write_all(format!("{file}\n").as_bytes()).unwrap();
        let mut line = String::new();
        answers.read_line(&mut line).unwrap();
        assert_eq!(lines(&line)[0]["file"], file);
    }
    drop(list);
    assert_eq!(child.wait().unwrap().code(), Some(1));
}
