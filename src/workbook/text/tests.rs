use std::time::{Duration, Instant};

use super::*;

/// Rows as `a|b`, a blank one as `∅`.
fn shown(text: &str) -> Vec<String> {
    let rows = split(text).rows;
    rows.iter().map(|row| if row.is_empty() { "∅".to_owned() } else { row.join("|") }).collect()
}

#[test]
fn finds_the_delimiter() {
    // Tab outside quotes wins; the full-width comma is prose, and so are commas within numbers.
    let cases = [
        ("a\tb,c,d", '\t'),
        ("a,b\nc;d,e", ','),
        ("a;b\nc;d", ';'),
        ("支出;1,758.31\n收入;2,160.80", ';'),
        ("支出,1758.31,一；二; 三\n收入,2160.80", ','),
        ("指标1,100\n指标2,200;附注", ','),
        ("1,200", ','),
        ("\"a\tb\",c", ','),
        ("\"a;b\",c", ','),
        ("甲，乙\n丙，丁", ','),
        ("", ','),
        ("sep=;\na,b", ';'),
        ("SEP=|\r\na|b", '|'),
        ("sep=\ta\tb", '\t'),
        ("sep=,\na;b\nc;d", ','),
        ("sep=，\na;b", ';'),
        ("sep=a,b", ','),
    ];
    for (text, want) in cases {
        assert_eq!(split(text).delimiter, want, "{text:?}");
    }
}

#[test]
fn splits_rows_and_fields() {
    // Blank lines stay, empty fields stay, every kind of line end, what no cell should hold is gone.
    let cases: &[(&str, &[&str])] = &[
        ("", &[]),
        ("\n", &["∅"]),
        ("a,b", &["a|b"]),
        ("a,b\n", &["a|b"]),
        ("a,b,", &["a|b|"]),
        (",,\n", &["||"]),
        ("a\tb\n\n\t\t\n \u{3000}\nc", &["a|b", "∅", "||", "∅", "c"]),
        ("a\tb\r\nc\rd\n\r\ne", &["a|b", "c", "d", "∅", "e"]),
        ("\"\"\n\"\",\n", &["", "|"]),
        ("\u{FEFF}a\0,\u{FEFF}b\n\0\nc", &["a|b", "∅", "c"]),
        ("sep=;\r\na;b", &["a|b"]),
        ("sep=\na,b", &["a|b"]),
        ("\"sep=;\"\na", &["sep=;", "a"]),
        ("甲，乙,丙", &["甲，乙|丙"]),
        (" a , b ", &[" a | b "]),
    ];
    for (text, want) in cases {
        assert_eq!(shown(text), *want, "{text:?}");
    }
}

#[test]
fn quotes_count_only_where_they_close() {
    // RFC 4180, then prose with quotes, then strays that must not swallow what follows.
    let cases: &[(&str, &[&str])] = &[
        ("\"a,b\",c", &["a,b|c"]),
        ("\"a \"\"b\"\" c\",d", &["a \"b\" c|d"]),
        ("\"\"\"一窗通办\"\"，开展\"\tb", &["\"一窗通办\"，开展|b"]),
        ("\"a\r\nb\rc\nd\",e\nf", &["a\nb\nc\nd|e", "f"]),
        ("a\t\"b\nc\"\td\n", &["a|b\nc|d"]),
        ("a\t\"b\tc\"\td", &["a|b\tc|d"]),
        ("\"一窗通办\"，开展\tb\nc\td", &["\"一窗通办\"，开展|b", "c|d"]),
        ("推动\"一窗通办\"\tb", &["推动\"一窗通办\"|b"]),
        ("\"\tb\nc\td", &["\"|b", "c|d"]),
        ("\"a\tb\nc\td\n", &["\"a|b", "c|d"]),
        ("x\ty\n\"a\tb\nc\td\"\n", &["x|y", "\"a|b", "c|d\""]),
        ("\"a,b\nc,\"d\"\n", &["\"a|b", "c|d"]),
        ("a,\"b\nc,d\n", &["a|\"b", "c|d"]),
        ("a,\"b\"c\",d", &["a|\"b\"c\"|d"]),
        ("\"a\" ,b", &["\"a\" |b"]),
        (" \"a\",b", &[" \"a\"|b"]),
        ("\"a", &["\"a"]),
        ("\"", &["\""]),
        ("\"\"\"", &["\"\"\""]),
        ("=\"00123\",b", &["00123|b"]),
        ("=\"1,234\",b", &["1,234|b"]),
        ("\"=\"\"00123\"\"\",b", &["00123|b"]),
        ("=\"\"\n=\"a\"&\"b\",c", &["", "=\"a\"&\"b\"|c"]),
    ];
    for (text, want) in cases {
        assert_eq!(shown(text), *want, "{text:?}");
    }
}

#[test]
fn knows_the_line_where_a_row_starts() {
    // A field over three lines, a blank line, and the line of `sep=` counts too.
    assert_eq!(split("a\n\"b\r\nc\nd\"\re\r\n\nf").lines, [1, 2, 5, 6, 7]);
    assert_eq!(split("sep=;\na\n\nb").lines, [2, 3, 4]);
}

#[test]
fn takes_any_text_in_linear_time() {
    // Many fields, and quotes in every pattern that could make a search start anew at each field.
    for piece in [
        "a\t",
        "\n",
        "\"a\n",
        "\"a,",
        "\"\"a,",
        "a\"\",\"\"\n",
        "\"\"\"\",",
        "=\"\"\"a\n",
        "\"\"\"\t",
        "\r",
    ] {
        let text = format!("\"{}", piece.repeat(100_000));
        let start = Instant::now();
        let found = split(&text);
        assert_eq!(found.rows.len(), found.lines.len(), "{piece:?}");
        assert!(start.elapsed() < Duration::from_secs(20), "{piece:?}");
    }
}

#[test]
fn garbage_never_panics_and_loses_no_word() {
    // Pieces in an order of a small generator of random numbers: every letter comes out again, in order.
    const PIECES: [&str; 14] =
        ["a", "乙", "\"", "\"\"", ",", ";", "\t", "\n", "\r\n", "\r", "=\"", " ", "\0", "sep="];
    let mut state = 7_u32;
    for _ in 0..20_000 {
        let mut text = String::new();
        for _ in 0..state >> 27 {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            text.push_str(PIECES[state as usize / 65_536 % PIECES.len()]);
        }
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let found = split(&text);
        let letters = |text: &str| text.replace(|char| char != 'a' && char != '乙', "");
        assert_eq!(letters(&found.rows.concat().concat()), letters(&text), "{text:?}");
        assert!(found.lines.is_sorted() && found.lines.len() == found.rows.len(), "{text:?}");
    }
}

#[test]
fn a_line_break_without_quotes_cuts_no_row_of_a_table_whose_rows_are_even() {
    for (text, want) in [
        ("a\tb\tc\nd\te1\ne2\tf\n", Some(vec!["a|b|c", "d|e1\ne2|f"])),
        (
            "title\na\tb\tc\nd\te1\ne2\ne3\tf\n\ng\th\ti",
            Some(vec!["title", "a|b|c", "d|e1\ne2\ne3|f", "", "g|h|i"]),
        ),
        // Ragged rows, and a page that breaks.
        ("a\tb\tc\nd\te\nf\tg\th\n", None),
        ("a\tb\tc\nd\te\n\nf\tg\n", None),
        ("a\tb\tc\nline\nd\te\tf\n", None),
        ("a\tb\nc\nd\n", None),
    ] {
        let rows: Vec<String> = split(text).rows.iter().map(|row| row.join("|")).collect();
        let as_typed = || text.lines().map(|line| line.replace('\t', "|")).collect();
        let want: Vec<String> =
            want.map_or_else(as_typed, |rows| rows.into_iter().map(str::to_owned).collect());
        assert_eq!(rows, want, "{text:?}");
    }
    let found = split("a\tb\tc\nd\te1\ne2\tf\ng\th\ti\n");
    assert_eq!(found.lines, [1, 2, 4]);
}
