//! Inputs are never modified, whatever the command.

use sha2::{Digest as _, Sha256};

use super::samples;
use crate::{
    cli::{Folder, words},
    sample,
};

#[test]
fn no_command_changes_its_input() {
    let folder = Folder::new();
    folder.put("faulty.csv", sample::broken("402.49", "约四百万"));
    assert_eq!(folder.run(words("convert sound.csv -o given.xlsx")).status, 0);
    folder.put("given.json", folder.run(words("convert sound.csv --to json")).out);
    folder.put("broken.xlsx", &folder.get("given.xlsx")[..2000]);
    std::fs::create_dir(folder.path("out")).unwrap();
    let mut inputs: Vec<String> =
        ["sound.csv", "faulty.csv", "given.xlsx", "given.json", "broken.xlsx"]
            .map(str::to_owned)
            .to_vec();
    for path in samples() {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        folder.put(&name, std::fs::read(&path).unwrap());
        inputs.push(name);
    }
    let hashes = || -> Vec<Vec<u8>> {
        inputs.iter().map(|name| Sha256::digest(folder.get(name)).to_vec()).collect()
    };
    let before = hashes();
    for name in &inputs {
        let commands: [&[&str]; 10] = [
            &["convert", name, "-o", "out/o.xlsx"],
            &["convert", name, "-o", "out/o.json"],
            &["convert", name, "-o", "out/o.csv", "--strict"],
            &["convert", name, "-o", "out", "--split"],
            &["convert", name, "--to", "jsonl"],
            &["convert", name, "-o", name],
            &["convert", name, "sound.csv", "-o", "."],
            &["check", name],
            &["inspect", name, "--format", "json"],
            &["template", "-o", "out/blank.xlsx"],
        ];
        for command in commands {
            let run = folder.run(command);
            assert!(
                (0..=2).contains(&run.status) && !run.err.contains("panicked"),
                "{command:?}: {}",
                run.err
            );
        }
    }
    let changed: Vec<&String> = inputs
        .iter()
        .zip(before.iter().zip(hashes()))
        .filter(|(_, (one, other))| **one != *other)
        .map(|(name, _)| name)
        .collect();
    assert!(changed.is_empty(), "changed: {changed:?}");
}
