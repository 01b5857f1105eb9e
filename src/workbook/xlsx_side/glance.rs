//! A glance over the cells of a worksheet: what they hold besides values, and whether they are written as the usual
//! programs write them.
//!
//! calamine 0.38 takes the first shared string where an index is no plain number, loses a value in a CDATA section or of a
//! cell of inline text, and counts beyond its integers in an address of too many digits. Such cells are read by ourselves.

use memchr::{memchr, memchr_iter, memmem};

/// What a glance tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Glance {
    /// Whether every cell is plain enough for calamine.
    pub(super) plain: bool,
    pub(super) formulas: bool,
    /// Whether a row may be hidden.
    pub(super) hidden: bool,
}

impl Glance {
    /// Everything has to be looked at.
    const ODD: Self = Self { plain: false, formulas: true, hidden: true };

    /// Looks at the markup between `<sheetData` and `</sheetData>`.
    pub(super) fn at(data: &[u8]) -> Self {
        let mut glance = Self { plain: true, formulas: false, hidden: false };
        let mut kind = Kind::Other;
        for at in memchr_iter(b'<', data) {
            let rest = &data[at + 1..];
            match rest {
                [b'/', b'v', b'>', ..] => {
                    glance.plain &= at == 0 || !data[at - 1].is_ascii_whitespace();
                }
                [b'v', b'>', value @ ..] => glance.plain &= is_plain_value(value, kind),
                [b'/', ..] | [b'v', b'/', ..] => {}
                [b'v', ..] => glance.plain &= kind == Kind::Other,
                [b'c', b'>', ..] => kind = Kind::Other,
                [b'c', next, ..] if next.is_ascii_whitespace() => {
                    let Some(tag) = tag(rest) else { return Self::ODD };
                    kind = Kind::of(tag);
                    glance.plain &= is_plain_place(tag, 3);
                    // Quotes of the other kind would hide what is looked for.
                    glance.plain &= memchr(b'\'', tag).is_none();
                }
                [b'f', b' ' | b'>' | b'/', ..] => glance.formulas = true,
                [b'r', b'o', b'w', ..] => {
                    let Some(tag) = tag(rest) else { return Self::ODD };
                    glance.plain &= is_plain_place(tag, 0) && memchr(b'\'', tag).is_none();
                    glance.hidden |= memmem::find(tag, b"hidden").is_some();
                }
                [b'!' | b'?', ..] | [] => glance.plain = false,
                _ => glance.plain &= memchr(b':', name(rest)).is_none(),
            }
        }
        glance
    }
}

/// What the value of a cell is, as far as a glance cares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// An index of a shared string.
    Shared,
    /// A text that stands in the cell, where no value is expected.
    Inline,
    Other,
}

impl Kind {
    fn of(tag: &[u8]) -> Self {
        // In a text of some ten bytes this is quicker than a search that prepares itself.
        let at = tag.windows(4).position(|window| window == b" t=\"");
        match at.and_then(|at| tag.get(at + 4..)) {
            Some([b's', b'"', ..]) => Self::Shared,
            Some([b'i', ..]) => Self::Inline,
            _ => Self::Other,
        }
    }
}

/// What stands in a tag, behind its `<`; none of a tag that is longer than any usual one. Without that bound a text of
/// nothing but `<` would be looked through once for each of them.
fn tag(rest: &[u8]) -> Option<&[u8]> {
    const LONGEST: usize = 1024;
    let rest = &rest[..rest.len().min(LONGEST)];
    memchr(b'>', rest).map(|end| &rest[..end])
}

fn name(rest: &[u8]) -> &[u8] {
    const LONGEST: usize = 64;
    let rest = &rest[..rest.len().min(LONGEST)];
    let end =
        rest.iter().position(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/'));
    &rest[..end.unwrap_or(rest.len())]
}

/// An index is digits alone; no other value begins with white space or as a reference to a character.
fn is_plain_value(value: &[u8], kind: Kind) -> bool {
    const DIGITS: usize = 9;
    match value.first() {
        Some(b'<') => value.starts_with(b"</v>"),
        Some(_) if kind == Kind::Inline => false,
        Some(_) if kind == Kind::Shared => {
            let digits = value.iter().take_while(|byte| byte.is_ascii_digit()).count();
            (1..=DIGITS).contains(&digits) && value.get(digits) == Some(&b'<')
        }
        Some(first) => !first.is_ascii_whitespace() && *first != b'&',
        None => false,
    }
}

/// Whether the address in a tag, where it has one, is of at most so many letters and of as many digits as rows have.
fn is_plain_place(tag: &[u8], letters: usize) -> bool {
    const DIGITS: usize = 7;
    let place = match tag {
        [b'c', b' ', b'r', b'=', b'"', place @ ..]
        | [b'r', b'o', b'w', b' ', b'r', b'=', b'"', place @ ..] => place,
        _ => match memmem::find(tag, b" r=\"") {
            Some(at) => &tag[at + 4..],
            None => return memmem::find(tag, b"r =").is_none(),
        },
    };
    let found = place.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let digits = place[found..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    found <= letters
        && (letters == 0 || found > 0)
        && (1..=DIGITS).contains(&digits)
        && place.get(found + digits) == Some(&b'"')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_cells_are_plain() {
        for cells in [
            r#"<sheetData><row r="1" spans="1:2"><c r="A1" s="1" t="s"><v>0</v></c><c r="XFD1048576"/></row>"#,
            r#"<row><c><v>1.5</v></c><c t="s" s="3" r="B1"><v></v></c><c r="C1"><v/></c></row>"#,
            r#"<row r="9"><c r="A9" t="inlineStr"><is><t>a &amp; b</t></is></c></row>"#,
            r#"<row r="9"><c r="A9" t="str"><v xml:space="preserve"> x</v></c></row>"#,
        ] {
            let glance = Glance::at(cells.as_bytes());
            assert_eq!(glance, Glance { plain: true, formulas: false, hidden: false }, "{cells}");
        }
    }

    #[test]
    fn odd_cells_are_seen() {
        for cells in [
            r#"<c r="A1" t="s"><v> 1</v></c>"#,
            r#"<c r="A1" t="s"><v>1 </v></c>"#,
            r#"<c r="A1" t="s"><v>x</v></c>"#,
            r#"<c r="A1" t="s"><v>-1</v></c>"#,
            r#"<c r="A1" t="s"><v>99999999999999999999</v></c>"#,
            r#"<c r="A1" t="inlineStr"><v>x</v></c>"#,
            r#"<c r="A1"><v> 12</v></c>"#,
            r#"<c r="A1"><v><![CDATA[12]]></v></c>"#,
            r#"<c r="A1"><v>&#49;</v></c>"#,
            r#"<c r="A4294967297"><v>1</v></c>"#,
            r#"<c r="AAAAAAAAA1"><v>1</v></c>"#,
            r#"<c s="1" r="A99999999"><v>1</v></c>"#,
            r"<c r='A99999999'><v>1</v></c>",
            r#"<row r="4294967296">"#,
            "<x:c r=\"A1\"><x:v>1</x:v></x:c>",
            "<v>1<!-- x -->2</v>",
            "<",
        ] {
            assert!(!Glance::at(cells.as_bytes()).plain, "{cells}");
        }
    }

    #[test]
    fn formulas_and_hidden_rows_are_seen() {
        let cells = br#"<row r="1" hidden="1"><c r="A1"><f>1+1</f><v>2</v></c></row>"#;
        assert_eq!(Glance::at(cells), Glance { plain: true, formulas: true, hidden: true });
    }
}
