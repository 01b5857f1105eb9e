//! Expected outputs in files: compared by bytes, accepted with `UPDATE_GOLDEN=1`.

use std::{env, fs, path::Path};

/// Compares with `tests/golden/NAME`.
pub(crate) fn assert_golden(name: &str, got: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    if accepted(&path, got.as_bytes()) {
        return;
    }
    let want = fs::read_to_string(&path).unwrap_or_default();
    if let Some(difference) = first_difference(&want, got) {
        panic!("{}:{difference}\n{}", path.display(), how_to_accept());
    }
}

/// Compares with a file of the repository, byte by byte.
pub(crate) fn assert_same_bytes(path: &Path, got: &[u8]) {
    if accepted(path, got) {
        return;
    }
    let want = fs::read(path).unwrap_or_default();
    let at = want
        .iter()
        .zip(got)
        .position(|(one, other)| one != other)
        .unwrap_or(want.len().min(got.len()));
    assert!(
        want == got,
        "{}: differs from byte {at}\nwant {} bytes\ngot  {} bytes\n{}",
        path.display(),
        want.len(),
        got.len(),
        how_to_accept()
    );
}

/// Writes the output where the user accepts it.
fn accepted(path: &Path, got: &[u8]) -> bool {
    if env::var_os("UPDATE_GOLDEN").is_none_or(|value| value != "1") {
        return false;
    }
    assert!(
        env::var_os("CI").is_none(),
        "UPDATE_GOLDEN is refused where CI is set: goldens are accepted by people"
    );
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, got).unwrap();
    true
}

fn how_to_accept() -> &'static str {
    "If the change is meant, accept it with UPDATE_GOLDEN=1 cargo test, and read the difference in git."
}

/// The first line that differs, as `LINE\nwant …\ngot …`.
fn first_difference(want: &str, got: &str) -> Option<String> {
    let (mut wants, mut gots) = (want.lines(), got.lines());
    let mut number = 0;
    loop {
        number += 1;
        match (wants.next(), gots.next()) {
            (None, None) => {
                return (want != got)
                    .then(|| format!("{number}\nwant and got differ in line ends"));
            }
            (one, other) if one == other => {}
            (one, other) => {
                let shown = |line: Option<&str>| line.map_or("(nothing)".to_owned(), str::to_owned);
                return Some(format!("{number}\nwant {}\ngot  {}", shown(one), shown(other)));
            }
        }
    }
}

#[test]
fn a_difference_is_named_by_its_line() {
    assert_eq!(first_difference("a\nb\n", "a\nb\n"), None);
    assert_eq!(first_difference("a\nb\n", "a\nc\n").unwrap(), "2\nwant b\ngot  c");
    assert_eq!(first_difference("a\n", "a\nb\n").unwrap(), "2\nwant (nothing)\ngot  b");
    assert!(first_difference("a", "a\n").is_some());
}
