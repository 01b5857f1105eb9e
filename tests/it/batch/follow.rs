//! An output folder follows the sources it was made of.

use std::fs;

use super::{Place, of, small_tree};

#[test]
fn another_folder_is_refused_unless_the_output_folder_is_taken_over() {
    let place = Place::new();
    small_tree(&place);
    place.put("other/five.csv", of("戊局"));
    place.line("normalize in -o out");
    let before = place.tree("out");
    for line in
        ["normalize other -o out", "normalize in other -o out", "normalize other -o out --dry-run"]
    {
        let run = place.line(line);
        assert_eq!(run.status, 2, "{line}: {}", run.err);
        assert!(run.err.contains("holds what was made of `") && run.err.contains("/in`"), "{line}");
        assert!(run.err.contains("--take-over"), "{}", run.err);
        assert!(place.tree("out") == before, "{line}");
    }
    // The same folder by another name is no other one.
    assert_eq!(place.line("normalize ./other/../in -o out").status, 1);
    let run = place.line("normalize other -o out --take-over");
    assert_eq!(run.status, 0, "{}", run.err);
    assert_eq!(place.outputs("out"), ["five.xlsx"]);
    assert!(run.err.contains("removed: a/one.xlsx"), "{}", run.err);
    // More beside the same ones take nothing away; less would.
    assert_eq!(place.line("normalize other/five.csv -o files").status, 0);
    assert_eq!(place.line("normalize other/five.csv in/a/one.csv -o files").status, 0);
    assert_eq!(place.outputs("files"), ["five.xlsx", "one.xlsx"]);
    assert_eq!(place.line("normalize in/a/one.csv -o files").status, 2);
    // A run that wrote nothing holds nobody up.
    place.put("empty/x.csv", "");
    assert_eq!(place.line("normalize empty -o fresh").status, 2);
    assert_eq!(place.line("normalize other -o fresh").status, 0);
    // From now on it follows that one.
    assert_eq!(place.line("normalize other -o out").status, 0);
    assert_eq!(place.line("normalize in -o out").status, 2);
}

#[test]
fn a_list_may_grow_and_shrink_but_not_be_another_one() {
    let place = Place::new();
    small_tree(&place);
    place.put("list", "in/a/one.csv\nin/a/two.txt\n");
    assert_eq!(place.line("normalize --files-from list -o out").status, 0);
    place.put("list", "in/a/two.txt\nin/four.xlsx\n");
    let run = place.line("normalize --files-from list -o out");
    assert_eq!(run.status, 0, "{}", run.err);
    assert_eq!(place.outputs("out"), ["in/a/two.xlsx", "in/four.xlsx"]);
    let before = place.tree("out");
    place.put("list", "in/a/one.csv\n");
    let run = place.line("normalize --files-from list -o out");
    assert_eq!(run.status, 2);
    assert!(run.err.contains("another list") && place.tree("out") == before, "{}", run.err);
    assert_eq!(place.line("normalize in -o out").status, 2);
    assert_eq!(place.line("normalize --files-from list -o out --take-over").status, 0);
    assert_eq!(place.outputs("out"), ["in/a/one.xlsx"]);
}

#[test]
fn a_folder_of_which_every_file_was_replaced_is_still_the_same() {
    let place = Place::new();
    place.put("in/a.csv", of("甲"));
    place.line("normalize in -o out");
    fs::remove_file(place.path("in/a.csv")).unwrap();
    place.put("in/b.csv", of("乙"));
    let run = place.line("normalize in -o out");
    assert_eq!((run.status, place.outputs("out")), (0, vec!["b.xlsx".to_owned()]), "{}", run.err);
}

#[test]
fn folders_in_which_nothing_is_found_remove_nothing_unless_it_is_asked_for() {
    let place = Place::new();
    small_tree(&place);
    place.line("normalize in -o out");
    let before = place.tree("out");
    let refused = |line: &str| {
        let run = place.line(line);
        assert_eq!(run.status, 2, "{line}: {}", run.err);
        for said in ["no file that may hold a return is found", "--include", "--take-over"] {
            assert!(run.err.contains(said), "{line}: {}", run.err);
        }
        assert!(place.tree("out") == before, "{line}");
    };
    refused("normalize in -o out --include *.et");
    refused("normalize in -o out --exclude * --dry-run");
    // A share that is not there leaves an empty folder, or one of other files.
    fs::rename(place.path("in"), place.path("away")).unwrap();
    place.put("in/readme.md", "no return");
    refused("normalize in -o out");
    let run = place.line("normalize in -o out --lang zh");
    assert!(run.err.contains("未找到可能是目标表的文件"), "{}", run.err);
    fs::remove_dir_all(place.path("in")).unwrap();
    fs::rename(place.path("away"), place.path("in")).unwrap();
    assert_eq!(place.line("normalize in -o out").status, 1);
    assert!(place.tree("out") == before);
    let run = place.line("normalize in -o out --include *.et --take-over");
    assert!(run.status == 2 && place.outputs("out").is_empty(), "{}", run.err);
    // Then there is nothing to lose.
    let run = place.line("normalize in -o out --include *.et");
    assert!(run.status == 2 && !run.err.contains("--take-over"), "{}", run.err);
}

#[test]
fn of_a_source_that_is_gone_it_is_told_what_became_of_its_outputs() {
    let place = Place::new();
    place.put("in/a.csv", of("甲局"));
    place.put("in/b.csv", of("乙局"));
    place.put("in/c.csv", of("丙局"));
    place.line("normalize in -o out");
    fs::copy(place.path("out/c.xlsx"), place.path("out/a.xlsx")).unwrap();
    fs::remove_file(place.path("in/a.csv")).unwrap();
    fs::remove_file(place.path("in/b.csv")).unwrap();
    let run = place.line("normalize in -o out");
    let removed = "no longer among the sources; what was written from it was removed or replaced";
    let left = format!("{removed}, but for what was changed after it was written: a.xlsx");
    assert!(run.err.contains("left: a.xlsx") && run.err.contains("removed: b.xlsx"), "{}", run.err);
    let reasons = || {
        let report = place.json("out/report.json");
        let reason = |at: usize| report["files"][at]["reason"]["en"].as_str().unwrap().to_owned();
        [reason(0), reason(1)]
    };
    assert_eq!(reasons(), [left.clone(), removed.to_owned()]);
    assert_eq!(place.outputs("out"), ["a.xlsx", "c.xlsx"]);
    place.put("in/d.csv", of("丁局"));
    place.line("normalize in -o out --lang zh");
    assert_eq!(reasons(), [left, removed.to_owned()]);
    let page = String::from_utf8(place.get("out/report.html")).unwrap();
    assert!(page.contains("；写出后被改动过的予以保留：a.xlsx"), "{page}");
    // A list that calls a source by another name keeps what was written from it.
    place.put("list", "./in/c.csv\nin/d.csv\n");
    place.line("normalize --files-from list -o listed");
    place.put("list", "in/c.csv\nin/d.csv\n");
    let run = place.line("normalize --files-from list -o listed");
    assert_eq!((run.status, place.outputs("listed").len()), (0, 2), "{}", run.err);
    assert_eq!(place.json("listed/report.json")["files"][0]["reason"]["en"], removed);
}
