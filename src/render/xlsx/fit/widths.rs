//! Advance widths of printed characters, in 1/2048 of the font's size.
//!
//! Chinese text stands on the full square. What decides the length of a line is the rest: digits, Latin letters and
//! symbols. LibreOffice prints them from `DejaVu Sans` where 宋体 and 黑体 are missing, which is wider than the half
//! square of `SimSun`, so its widths serve Windows too. Symbols take the script of the character before them: in Chinese
//! text they are those of Noto Sans CJK SC.

/// The full square.
pub(super) const EM: u16 = 2048;

/// The width of the widest character.
pub(super) const WIDEST: u16 = 3425;

/// Which font sets a character.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Script {
    Latin,
    Asian,
    /// A space or symbol: the same as the character before it.
    Weak,
}

/// The script of a character, as LibreOffice divides a text among fonts.
#[inline]
pub(super) fn script(c: char) -> Script {
    match u32::from(c) {
        0x20 | 0xA0 | 0x2C7 | 0x2CA | 0x2CB | 0x2D9 => Script::Weak,
        0x00..0x300
        | 0x370..0x1100
        | 0x1200..0x2000
        | 0x2C00..0x2E00
        | 0xA640..0xA960
        | 0xFB00..0xFE00 => Script::Latin,
        0x1100..0x1200
        | 0x2E80..0xA4D0
        | 0xAC00..0xE000
        | 0xF900..0xFB00
        | 0xFE30..0xFE70
        | 0xFF00..0xFFF0
        | 0x20000..0x40000 => Script::Asian,
        _ => Script::Weak,
    }
}

/// The advance width of a character in text of a script (`Latin` or `Asian`).
#[inline]
pub(super) fn advance(c: char, script: Script, bold: bool) -> u16 {
    let code = u32::from(c);
    match code {
        0x4E00..0xA000 => EM,
        0x20 | 0xA0 if script == Script::Asian => {
            if bold {
                465
            } else {
                459
            }
        }
        0x20..0x7F => ASCII[usize::from(bold)][(code - 0x20) as usize],
        0xA0..0x100 => LATIN[usize::from(bold)][(code - 0xA0) as usize],
        _ => rare(c, script, bold),
    }
}

/// Cold: everything that is neither a common ideograph nor on the keyboard.
fn rare(c: char, script: Script, bold: bool) -> u16 {
    match u32::from(c) {
        0x00..0x20
        | 0x7F..0xA0
        | 0x300..0x370
        | 0x200B..0x2010
        | 0x2028..0x202F
        | 0x2060..0x2070
        | 0xFE00..0xFE10
        | 0xFEFF => 0,
        0x391..0x3AA if bold => 1741,
        0x391..0x3AA => 1565,
        0x100..0x300 | 0x370..0x590 => 1350,
        0x590..0x1100 | 0x1200..0x2000 => 1800,
        0xFF61..0xFFA0 => EM / 2,
        0xAC00..0xD7B0 => 1884,
        0x2000..0x2E80 => {
            let symbol = SYMBOLS.iter().find(|(from, to, ..)| (*from..=*to).contains(&c));
            symbol.map_or(EM, |(_, _, latin, asian)| {
                if script == Script::Asian {
                    asian[usize::from(bold)]
                } else {
                    latin[usize::from(bold)]
                }
            })
        }
        0x1F300..0x1FB00 => 2135,
        _ => EM,
    }
}

/// The letters that join an `f` before them into one glyph of Latin text, and its advance.
pub(super) fn ligature(next: Option<char>, after: Option<char>, bold: bool) -> Option<(u32, u16)> {
    match (next?, after) {
        ('f', Some('i' | 'l')) => Some((2, if bold { 2284 } else { 1980 })),
        ('f', _) => Some((1, if bold { 1659 } else { 1411 })),
        ('i' | 'l', _) => Some((1, if bold { 1518 } else { 1290 })),
        _ => None,
    }
}

/// A run of symbols: first, last, width after Latin text (regular, bold), width in Chinese text. What is not here is as
/// wide as an ideograph in both.
type Symbols = (char, char, [u16; 2], [u16; 2]);

const FULL: [u16; 2] = [EM, EM];

#[rustfmt::skip]
const SYMBOLS: &[Symbols] = &[
    ('\u{2002}', '\u{2002}', [1024, 1024], [1024, 1024]),
    ('\u{2004}', '\u{200A}', [1024, 1024], [1024, 1024]),
    ('‐', '‐', [739, 850], FULL),
    ('–', '–', [1024, 1024], [1098, 1114]),
    ('‖', '‖', [1024, 1024], FULL),
    ('‘', '’', [651, 778], FULL),
    ('“', '”', [1061, 1346], FULL),
    ('†', '‡', [1024, 1024], FULL),
    ('•', '•', [1208, 1309], FULL),
    ('‰', '‰', [2748, 2949], FULL),
    ('′', '′', [465, 540], [569, 666]),
    ('″', '″', [765, 915], [971, 1176]),
    ('※', '※', [1716, 1991], FULL),
    ('℃', '℃', [2300, 2480], FULL),
    ('№', '№', [2130, 2464], [2042, 2200]),
    ('™', '™', [2048, 2048], [1456, 1556]),
    ('Ⅰ', 'Ⅰ', [604, 762], FULL),
    ('Ⅱ', 'Ⅱ', [1008, 1349], FULL),
    ('Ⅲ', 'Ⅲ', [1412, 1936], FULL),
    ('Ⅳ', 'Ⅳ', [1890, 2250], FULL),
    ('Ⅴ', 'Ⅴ', [1401, 1585], FULL),
    ('Ⅵ', 'Ⅵ', [1889, 2251], FULL),
    ('Ⅶ', 'Ⅶ', [2293, 2838], FULL),
    ('Ⅷ', 'Ⅷ', [2697, 3425], FULL),
    ('Ⅸ', 'Ⅸ', [1879, 2295], FULL),
    ('Ⅹ', 'Ⅹ', [1403, 1579], FULL),
    ('←', '↓', [1716, 1716], FULL),
    ('∑', '∑', [1380, 1470], FULL),
    ('√', '√', [1305, 1366], FULL),
    ('∞', '∞', [1706, 1706], FULL),
    ('∶', '∶', [533, 602], FULL),
    ('≈', '≌', [1716, 1716], FULL),
    ('≠', '≥', [1716, 1716], FULL),
    ('①', '⑩', [1836, 1734], FULL),
    ('─', '╿', [1233, 1233], FULL),
    ('■', '□', [1935, 1935], FULL),
    ('▲', '◇', [1575, 1575], FULL),
    ('○', '●', [1787, 1787], FULL),
    ('★', '☆', [1836, 1836], FULL),
    ('☑', '☒', [1836, 1836], [1836, 1836]),
    ('✓', '✓', [1716, 1716], [1399, 1481]),
    ('✔', '✗', [1716, 1716], [1716, 1716]),
];

/// U+0020 to U+007E: regular, bold.
#[rustfmt::skip]
const ASCII: [[u16; 95]; 2] = [[
    651, 821, 942, 1716, 1303, 1946, 1597, 563, 799, 799, 1024, 1716, 651, 739, 651, 690, 1303, 1303, 1303, 1303,
    1303, 1303, 1303, 1303, 1303, 1303, 690, 690, 1716, 1716, 1716, 1087, 2048, 1401, 1405, 1430, 1577, 1294, 1178,
    1587, 1540, 604, 604, 1343, 1141, 1767, 1532, 1612, 1235, 1612, 1423, 1300, 1251, 1499, 1401, 2025, 1403, 1251,
    1403, 799, 690, 799, 1716, 1024, 1024, 1255, 1300, 1126, 1300, 1260, 721, 1300, 1298, 569, 569, 1186, 569, 1995,
    1298, 1253, 1300, 1300, 842, 1067, 803, 1298, 1212, 1675, 1212, 1212, 1075, 1303, 690, 1303, 1716,
], [
    713, 934, 1067, 1716, 1425, 2052, 1786, 627, 936, 936, 1071, 1716, 778, 850, 778, 748, 1425, 1425, 1425, 1425,
    1425, 1425, 1425, 1425, 1425, 1425, 819, 819, 1716, 1716, 1716, 1188, 2048, 1585, 1561, 1503, 1700, 1399, 1399,
    1681, 1714, 762, 762, 1587, 1305, 2038, 1714, 1741, 1501, 1741, 1577, 1475, 1397, 1663, 1585, 2259, 1579, 1483,
    1485, 936, 748, 936, 1716, 1024, 1024, 1382, 1466, 1214, 1466, 1389, 891, 1466, 1458, 702, 702, 1362, 702, 2134,
    1458, 1407, 1466, 1466, 1010, 1219, 979, 1458, 1335, 1892, 1321, 1335, 1192, 1458, 748, 1458, 1716,
]];

/// U+00A0 to U+00FF: regular, bold.
#[rustfmt::skip]
const LATIN: [[u16; 96]; 2] = [[
    651, 821, 1303, 1303, 1303, 1303, 690, 1024, 1024, 2048, 965, 1253, 1716, 739, 2048, 1024, 1024, 1716, 821, 821,
    1024, 1303, 1303, 651, 1024, 821, 965, 1253, 1985, 1985, 1985, 1087, 1401, 1401, 1401, 1401, 1401, 1401, 1995,
    1430, 1294, 1294, 1294, 1294, 604, 604, 604, 604, 1587, 1532, 1612, 1612, 1612, 1612, 1612, 1716, 1612, 1499,
    1499, 1499, 1499, 1251, 1239, 1290, 1255, 1255, 1255, 1255, 1255, 1255, 2011, 1126, 1260, 1260, 1260, 1260, 569,
    569, 569, 569, 1253, 1298, 1253, 1253, 1253, 1253, 1253, 1716, 1253, 1298, 1298, 1298, 1298, 1212, 1300, 1212,
], [
    713, 934, 1425, 1425, 1303, 1425, 748, 1024, 1024, 2048, 1155, 1323, 1716, 850, 2048, 1024, 1024, 1716, 897, 897,
    1024, 1507, 1303, 778, 1024, 897, 1155, 1323, 2120, 2120, 2120, 1188, 1585, 1585, 1585, 1585, 1585, 1585, 2222,
    1503, 1399, 1399, 1399, 1399, 762, 762, 762, 762, 1716, 1714, 1741, 1741, 1741, 1741, 1741, 1716, 1741, 1663,
    1663, 1663, 1663, 1483, 1511, 1473, 1382, 1382, 1382, 1382, 1382, 1382, 2146, 1214, 1389, 1389, 1389, 1389, 702,
    702, 702, 702, 1407, 1458, 1407, 1407, 1407, 1407, 1407, 1716, 1407, 1458, 1458, 1458, 1458, 1335, 1466, 1335,
]];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_character_is_wider_than_the_widest() {
        for c in '\0'..=char::MAX {
            for (script, bold) in
                [Script::Latin, Script::Asian].into_iter().flat_map(|s| [(s, false), (s, true)])
            {
                assert!(advance(c, script, bold) <= WIDEST, "{c:?}");
            }
        }
    }
}
