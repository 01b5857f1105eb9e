//! Modules may use only the modules listed for them, and each foreign crate has its owners: the order of the pipeline.

use std::{fs, path::Path};

/// Every module with those it may use; each of them stands above it.
#[rustfmt::skip]
const ALLOWED: &[(&str, &[&str])] = &[
    ("cell",       &[]),
    ("model",      &[]),
    ("message",    &[]),
    ("error",      &["message"]),
    ("diagnostic", &["cell", "message", "model"]),
    ("grid",       &["cell"]),
    ("workbook",   &["cell", "error", "grid", "message"]),
    ("isolate",    &["error", "message", "workbook"]),
    ("form",       &["cell", "diagnostic", "error", "grid", "message", "model"]),
    ("extract",    &["cell", "diagnostic", "form", "grid", "model"]),
    ("json",       &["diagnostic", "error", "extract", "form", "message", "model"]),
    ("check",      &["diagnostic", "model"]),
    ("compare",    &["model"]),
    ("render",     &["cell", "compare", "diagnostic", "error", "extract", "form", "grid", "json", "model"]),
    ("catalog",    &["check", "diagnostic", "extract", "form"]),
    ("pipeline",   &["cell", "check", "diagnostic", "error", "extract", "form", "grid", "json", "model", "render", "workbook"]),
    ("batch",      &["check", "diagnostic", "error", "form", "message", "model", "pipeline", "render", "workbook"]),
];

/// Foreign crates and the modules that may name them; `bin` is the command line.
#[rustfmt::skip]
const OWNERS: &[(&str, &[&str])] = &[
    ("rust_decimal",          &["model", "extract", "json", "check", "compare", "render"]),
    ("unicode_normalization", &["model", "form"]),
    ("itoa",                  &["render"]),
    ("htmlize",               &["model", "workbook"]),
    ("thiserror",             &["error"]),
    ("calamine",              &["workbook"]),
    ("flate2",                &["workbook", "render"]),
    ("zip",                   &["workbook", "render"]),
    ("quick_xml",             &["workbook"]),
    ("rustc_hash",            &["diagnostic", "form", "render"]),
    ("encoding_rs",           &["workbook"]),
    ("chardetng",             &["workbook"]),
    ("memchr",                &["workbook", "model", "form", "render", "batch"]),
    ("toml",                  &["form"]),
    ("cap",                   &["bin"]),
    ("postcard",              &["isolate"]),
    ("serde",                 &["batch", "cell", "grid", "workbook", "isolate", "form", "json", "render"]),
    ("serde_json",            &["batch", "json", "render"]),
    ("schemars",              &["json"]),
    ("rust_xlsxwriter",       &["render"]),
    ("csv",                   &["render"]),
    ("globset",               &["batch", "bin"]),
    ("same_file",             &["batch"]),
    ("sha2",                  &["batch"]),
    ("tempfile",              &["batch"]),
    ("similar",               &["compare"]),
    ("anyhow",                &["bin"]),
    ("clap",                  &["bin"]),
    ("clap_complete",         &["bin"]),
    ("comfy_table",           &["bin"]),
    ("ctrlc",                 &["bin"]),
    ("indicatif",             &["bin"]),
    ("sys_locale",            &["bin"]),
];

/// Only these touch files.
const FILES: &[&str] = &["workbook", "batch", "bin"];

/// The longest file, in lines.
const WALL: usize = 600;

#[test]
fn imports_follow_the_pipeline() {
    let mut wrong = Vec::new();
    for (module, allowed) in ALLOWED {
        let text = source_of(module);
        for (other, _) in ALLOWED {
            if other != module && !allowed.contains(other) && uses(&text, other) {
                wrong.push(format!("`{module}` must not use `{other}`"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_module_uses_only_those_above_it() {
    for (at, (module, allowed)) in ALLOWED.iter().enumerate() {
        for name in *allowed {
            let above = ALLOWED[..at].iter().any(|(known, _)| known == name);
            assert!(above, "`{module}` may not use `{name}`, which does not stand above it");
        }
    }
}

#[test]
fn foreign_crates_have_owners() {
    let mut wrong = Vec::new();
    for module in ALLOWED.iter().map(|(module, _)| *module).chain(["bin", "lib"]) {
        let text = source_of(module);
        for (name, owners) in OWNERS {
            if names_crate(&text, name) && !owners.contains(&module) {
                wrong.push(format!("`{module}` must not use the crate `{name}`"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_dependency_has_an_owner() {
    for name in manifest()["dependencies"].as_table().unwrap().keys() {
        let name = name.replace('-', "_");
        assert!(OWNERS.iter().any(|(known, _)| *known == name), "give `{name}` a line in OWNERS");
    }
}

#[test]
fn every_module_has_a_place() {
    for entry in fs::read_dir(src()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let module = name.trim_end_matches(".rs");
        let placed = ALLOWED.iter().any(|(known, _)| *known == module);
        assert!(placed || ["lib", "bin"].contains(&module), "give `{module}` a line in ALLOWED");
    }
    for (module, _) in ALLOWED {
        assert!(!source_of(module).is_empty(), "`{module}` has a line in ALLOWED and no file");
    }
}

#[test]
fn only_the_edges_touch_files_and_nothing_touches_the_network() {
    for module in ALLOWED.iter().map(|(module, _)| *module).chain(["bin", "lib"]) {
        let text = source_of(module);
        assert!(!names_path(&text, "net"), "`{module}` must not use std::net");
        assert!(
            FILES.contains(&module) || !names_path(&text, "fs"),
            "`{module}` must not touch files"
        );
    }
}

#[test]
fn no_source_names_an_edition() {
    let mut files = vec![src().parent().unwrap().join("build.rs")];
    let mut folders = vec![src()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    assert!(files.len() > 100, "the sources were not found");
    let word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    for edition in jixiao::form::built_in() {
        for path in &files {
            let text = fs::read_to_string(path).unwrap();
            let named = text.split(|c| !word(c) && c != '-').any(|found| found == edition.name);
            assert!(!named, "{} names the edition {}", path.display(), edition.name);
        }
    }
}

#[test]
fn no_output_depends_on_a_clock() {
    for module in ["model", "form", "extract", "json", "check", "compare", "render", "pipeline"] {
        let text = source_of(module);
        for clock in ["SystemTime", "Instant", "set_creation_datetime(&ExcelDateTime"] {
            assert!(!text.contains(clock), "`{module}` must not ask the clock (`{clock}`)");
        }
    }
}

#[test]
fn nothing_is_unsafe() {
    for (path, text) in files_below(&src()) {
        let unsafe_word = bare(&text)
            .split(|c: char| !c.is_alphanumeric() && c != '_')
            .any(|word| word == "unsafe");
        assert!(!unsafe_word, "{path} is unsafe");
    }
    assert_eq!(manifest()["lints"]["rust"]["unsafe_code"].as_str(), Some("forbid"));
}

#[test]
fn no_file_is_longer_than_the_wall() {
    let mut long = Vec::new();
    for folder in [src(), root().join("tests"), root().join("benches"), root().join("examples")] {
        for (path, text) in files_below(&folder) {
            let lines = text.lines().count();
            if lines > WALL {
                long.push(format!(
                    "{path} has {lines} lines, {WALL} are the wall: is this two things?"
                ));
            }
        }
    }
    assert!(long.is_empty(), "{}", long.join("\n"));
}

#[test]
fn the_library_alone_needs_nothing_of_the_command_line() {
    let manifest = manifest();
    for (name, _) in OWNERS.iter().filter(|(_, owners)| *owners == ["bin"]) {
        let dependencies = &manifest["dependencies"];
        let spec = dependencies.get(*name).unwrap_or_else(|| &dependencies[name.replace('_', "-")]);
        assert_eq!(
            spec.get("optional").and_then(toml::Value::as_bool),
            Some(true),
            "`{name}` must be optional"
        );
    }
    assert_eq!(manifest["features"]["default"].as_array().unwrap().len(), 1);
    assert_eq!(manifest["bin"][0]["required-features"][0].as_str(), Some("cli"));
}

#[test]
fn the_guard_itself_sees_imports() {
    let seen = [
        ("use crate::grid::Grid;", "grid"),
        ("use crate::{\n    cell::CellRef,\n    form::{spec, locate},\n};", "form"),
        ("use crate::{cell, grid};", "grid"),
        ("fn f() { crate::render::json::render() }", "render"),
    ];
    for (text, module) in seen {
        assert!(uses(text, module), "{text}");
    }
    let unseen = [
        ("use crate::{\n    form::{spec, cell},\n};", "cell"),
        ("use crate::gridlock::X;", "grid"),
        ("use super::grid;", "grid"),
    ];
    for (text, module) in unseen {
        assert!(!uses(text, module), "{text}");
    }
}

#[test]
fn the_guard_itself_sees_crates_and_files() {
    assert!(names_crate("use calamine::Reader;", "calamine"));
    assert!(names_crate("let x = calamine::open();", "calamine"));
    assert!(names_crate("use csv;", "csv"));
    assert!(!names_crate("render::csv::render()", "csv"));
    assert!(!names_crate("my_csv::render()", "csv"));
    assert!(
        names_path("std::fs::read(x)", "fs") && names_path("use std::{\n    fs, io,\n};", "fs")
    );
    assert!(names_path("use std::{io, net::TcpStream};", "net"));
    assert!(!names_path("use std::{\n    io,\n};\nfs::x", "fs"));
}

#[test]
fn the_guard_leaves_tests_and_comments_out() {
    let text = "use a;\n// crate::grid\n#[cfg(test)]\nfn probe() {\n    if x { crate::render::x() }\n}\nuse b;\n#[cfg(test)]\nmod tests;\n#[cfg(test)]\nuse crate::form;\nfn z() {}\n";
    let bare = bare(text);
    for gone in ["grid", "render", "form", "mod tests"] {
        assert!(!bare.contains(gone), "{gone}: {bare}");
    }
    for kept in ["use a;", "use b;", "fn z()"] {
        assert!(bare.contains(kept), "{kept}: {bare}");
    }
}

/// Whether `text` names `crate::module`, alone or first level inside `crate::{…}`.
fn uses(text: &str, module: &str) -> bool {
    let ends = |rest: &str| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_');
    let path = format!("crate::{module}");
    if text.match_indices(&path).any(|(at, _)| ends(&text[at + path.len()..])) {
        return true;
    }
    text.split("crate::{").skip(1).any(|rest| in_group(rest, module))
}

/// Whether a name stands on the first level of a group of imports, whose opening brace is already read.
fn in_group(rest: &str, wanted: &str) -> bool {
    let mut depth = 0_i32;
    for part in rest.split_inclusive(['{', '}', ',']) {
        let name = part.trim().split(|c: char| !c.is_alphanumeric() && c != '_').next();
        if depth == 0 && name == Some(wanted) {
            return true;
        }
        depth += i32::from(part.ends_with('{')) - i32::from(part.ends_with('}'));
        if depth < 0 {
            return false;
        }
    }
    false
}

/// Whether `text` names a foreign crate: its name before `::` or behind `use`, and no module of ours of that name.
fn names_crate(text: &str, name: &str) -> bool {
    let word = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
    text.match_indices(name).any(|(at, _)| {
        let (before, after) = (&text[..at], &text[at + name.len()..]);
        let imported = before.ends_with("use ") && after.starts_with([';', ' ']);
        !before.ends_with(word) && (after.starts_with("::") || imported)
    })
}

/// Whether `text` names `std::module`.
fn names_path(text: &str, module: &str) -> bool {
    let path = format!("std::{module}");
    let ends = |rest: &str| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_');
    text.match_indices(&path).any(|(at, _)| ends(&text[at + path.len()..]))
        || text.split("std::{").skip(1).any(|rest| in_group(rest, module))
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn src() -> std::path::PathBuf {
    root().join("src")
}

fn manifest() -> toml::Value {
    fs::read_to_string(root().join("Cargo.toml")).unwrap().parse::<toml::Table>().unwrap().into()
}

/// The source of a module without comments and tests: `module.rs`, or everything below the folder `module`.
fn source_of(module: &str) -> String {
    let (file, folder) = (src().join(format!("{module}.rs")), src().join(module));
    let mut text = fs::read_to_string(file).map(|text| bare(&text)).unwrap_or_default();
    for (path, file) in files_below(&folder) {
        if !path.ends_with("/tests.rs") && !path.contains("/tests/") {
            text.push_str(&bare(&file));
        }
    }
    text
}

/// Every Rust file below a folder with its text.
fn files_below(folder: &Path) -> Vec<(String, String)> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut found = Vec::new();
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files_below(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push((path.display().to_string(), fs::read_to_string(&path).unwrap()));
        }
    }
    found
}

/// A source without comment lines and without what `#[cfg(test)]` marks.
fn bare(text: &str) -> String {
    let mut kept = String::new();
    let mut lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    while let Some(line) = lines.next() {
        if line.trim() != "#[cfg(test)]" {
            kept.push_str(line);
            kept.push('\n');
            continue;
        }
        let mut depth = 0;
        for line in lines.by_ref() {
            depth += line.matches('{').count();
            depth = depth.saturating_sub(line.matches('}').count());
            if depth == 0 && line.trim_end().ends_with([';', '}']) {
                break;
            }
        }
    }
    kept
}
