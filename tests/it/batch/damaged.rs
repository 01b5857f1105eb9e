//! A folder as a bureau gets it: four hundred files in every container, a tenth of them damaged.

use std::collections::BTreeMap;

use serde_json::Value;

use super::Place;
use crate::mutants::{Numbers, mutate, seeds};

const FILES: usize = 400;

fn records(place: &Place, out: &str) -> BTreeMap<String, Value> {
    let report = place.json(&format!("{out}/report.json"));
    let files = report["files"].as_array().unwrap().clone();
    files.into_iter().map(|file| (file["source"].as_str().unwrap().to_owned(), file)).collect()
}

#[test]
fn four_hundred_files_of_which_a_tenth_is_damaged_lose_only_those() {
    let place = Place::new();
    let sound = seeds();
    for (name, bytes) in &sound {
        place.put(format!("sound/{name}"), bytes);
    }
    let run = place.line("normalize sound -o first");
    assert_eq!(run.status, 1, "{}", run.err);
    let first = records(&place, "first");
    let mut numbers = Numbers(20_250_404);
    let mut whole = BTreeMap::new();
    for number in 0..FILES {
        let (name, bytes) = &sound[number % sound.len()];
        // The year of a return may stand in its file's name, so the name stays; the folder tells the files apart.
        let path = format!("{:02}/{name}", number / sound.len());
        let mut bytes = bytes.clone();
        if numbers.below(10) == 0 {
            mutate(&mut bytes, &mut numbers);
        } else {
            whole.insert(path.clone(), name);
        }
        place.put(format!("in/{path}"), bytes);
    }
    assert!((340..380).contains(&whole.len()), "{}", whole.len());
    let run = place.line("normalize in -o out");
    assert_eq!(run.status, 1, "{}", run.err);
    let files = records(&place, "out");
    assert_eq!(files.len(), FILES);
    for (path, file) in &files {
        let reason = file["reason"]["en"].as_str().unwrap_or_default();
        assert!(!reason.contains("a fault of this program"), "{path}: {reason}");
        let written = file["state"] == "written";
        assert_eq!(written, file["outputs"].is_array(), "{path}");
        assert_eq!(written, reason.is_empty(), "{path}");
    }
    for (path, name) in whole {
        let (got, want) = (&files[&path], &first[name]);
        assert_eq!(got["state"], want["state"], "{path}");
        assert_eq!(got["outputs"][0]["sha256"], want["outputs"][0]["sha256"], "{path}");
        assert_eq!(got["counts"], want["counts"], "{path}");
    }
    let outputs: usize =
        files.values().map(|file| file["outputs"].as_array().map_or(0, Vec::len)).sum();
    assert_eq!(place.outputs("out").len(), outputs);
}
