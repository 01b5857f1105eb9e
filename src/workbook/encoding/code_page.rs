//! The encoding of a binary workbook's texts: the code page it states, unless its bytes say better.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, GBK, WINDOWS_1252};

/// The encoding of the texts in `sample`, which are all parted by line ends. Writers that know nothing of code pages state
/// none or that of Western Europe, so Chinese beneath one of those is Chinese.
pub(crate) fn code_page(stated: Option<u16>, sample: &[u8]) -> &'static Encoding {
    // Western Windows, DOS and Macintosh, plain ASCII, and UTF-16, which no text in bytes can be.
    let doubtful =
        matches!(stated, None | Some(0 | 367 | 437 | 850 | 1200 | 1252 | 10_000 | 0x8000 | 0x8001));
    if doubtful && is_chinese(sample) {
        return GBK;
    }
    match stated.and_then(by_number) {
        Some(encoding) => encoding,
        None if sample.is_ascii() => WINDOWS_1252,
        None if is_chinese(sample) => GBK,
        None => guess(sample),
    }
}

/// Whether nobody knows a code page; no number states none.
pub(crate) fn is_unknown(code_page: u16) -> bool {
    code_page != 0 && by_number(code_page).is_none()
}

fn guess(sample: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, true);
    detector.guess(Some(b"cn"), Utf8Detection::Deny)
}

/// Whether bytes read as GBK without a fault, and as common Chinese rather than as letters with accents: those stand
/// alone between ASCII.
fn is_chinese(sample: &[u8]) -> bool {
    let Some(text) = GBK.decode_without_bom_handling_and_without_replacement(sample) else {
        return false;
    };
    let pairs = super::double_byte_pairs(sample);
    let high = sample.iter().filter(|byte| !byte.is_ascii()).count();
    text.chars().any(|char| ('\u{4e00}'..='\u{9fff}').contains(&char))
        && pairs * 2 > high.saturating_sub(pairs * 2)
        && guess(sample) == GBK
}

fn by_number(number: u16) -> Option<&'static Encoding> {
    let label = match number {
        936 | 10_008 | 54_936 => "gb18030",
        950 | 10_002 => "big5",
        932 | 10_001 => "shift_jis",
        949 | 1361 | 10_003 => "euc-kr",
        874 => "windows-874",
        866 => "ibm866",
        10_000 | 0x8000 => "macintosh",
        10_007 => "x-mac-cyrillic",
        65_001 => "utf-8",
        1250 => "windows-1250",
        1251 => "windows-1251",
        1253 => "windows-1253",
        1254 => "windows-1254",
        1255 => "windows-1255",
        1256 => "windows-1256",
        1257 => "windows-1257",
        1258 => "windows-1258",
        367 | 437 | 850 | 1200 | 1252 | 0x8001 => "windows-1252",
        _ => return None,
    };
    Encoding::for_label(label.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_beneath_a_western_code_page_is_chinese() {
        let chinese = GBK.encode("部门整体绩效目标表\n资金总额\nabc").0.into_owned();
        let word = GBK.encode("合计").0.into_owned();
        for stated in [None, Some(1252), Some(10_000), Some(936), Some(0x8001)] {
            for bytes in [&chinese, &word] {
                let text = code_page(stated, bytes).decode(bytes).0;
                assert_eq!(text, GBK.decode(bytes).0, "{stated:?}");
            }
        }
    }

    #[test]
    fn an_unknown_code_page_is_no_code_page() {
        let chinese = GBK.encode("部门整体绩效目标表\n资金总额").0.into_owned();
        for stated in [1, 999, 52_936, 0xffff] {
            assert!(is_unknown(stated), "{stated}");
            assert_eq!(code_page(Some(stated), &chinese).name(), "GBK", "{stated}");
        }
        assert!(
            [0, 367, 936, 950, 1252, 1200, 65_001, 0x8001].iter().all(|known| !is_unknown(*known))
        );
    }

    #[test]
    fn letters_with_accents_are_no_chinese() {
        let german = b"\xdcbung\nGr\xf6\xdfe\nM\xfcller und S\xf6hne".as_slice();
        assert_eq!(code_page(Some(1252), german).name(), "windows-1252");
        let russian = encoding_rs::WINDOWS_1251.encode("Отчёт о расходах").0.into_owned();
        assert_eq!(code_page(Some(1251), &russian).name(), "windows-1251");
        assert_eq!(code_page(None, b"plain").name(), "windows-1252");
        assert_eq!(code_page(Some(950), b"\xa6\x58\xad\x70").name(), "Big5");
    }
}
