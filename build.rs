//! Gathers the editions in `templates/`, so that a file there is a built-in edition and no source names one.

use std::{env, error::Error, fmt::Write as _, fs, path::Path};

#[allow(clippy::disallowed_methods)] // a build script is no part of the library
fn main() -> Result<(), Box<dyn Error>> {
    let folder = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("templates");
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut files = Vec::new();
    for entry in fs::read_dir(&folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|ending| ending == "toml") {
            println!("cargo::rerun-if-changed={}", path.display());
            files.push(path);
        }
    }
    files.sort();
    let mut list = String::from("[\n");
    for path in files {
        writeln!(list, "    include_str!({:?}),", path.to_string_lossy())?;
    }
    list.push_str("]\n");
    fs::write(Path::new(&env::var("OUT_DIR")?).join("editions.rs"), list)?;
    Ok(())
}
