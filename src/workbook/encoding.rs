//! Bytes → text: which encoding a file is in, decided by its content.
//!
//! Chinese Excel and WPS write GBK, UTF-16 ("Unicode text") and UTF-8 with a byte order mark; UTF-16 also comes without one.

mod code_page;

use std::str;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{CoderResult, DecoderResult, Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};
use memchr::memmem;

pub(crate) use code_page::{code_page, is_unknown as is_unknown_code_page};

/// Text and how it was read.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Decoded {
    pub(crate) text: String,
    /// Its name in the WHATWG standard, such as `UTF-8` or `gb18030`.
    pub(crate) encoding: &'static str,
    /// Some bytes had no meaning and became U+FFFD.
    pub(crate) lossy: bool,
}

/// As much as a guess looks at.
const SAMPLE: usize = 1 << 16;

/// The mark that some writers put before GB18030.
const GB18030_MARK: &[u8] = &[0x84, 0x31, 0x95, 0x33];

/// Decodes by the label the user gave, else by the byte order mark, else by what the bytes look like.
pub(crate) fn decode(bytes: &[u8], label: Option<&str>) -> Result<Decoded, String> {
    if let Some(order) = utf32(bytes).filter(|_| label.is_none()) {
        return Ok(decode_utf32(bytes, order));
    }
    let encoding = match label {
        Some(label) => by_label(label)?,
        None => guess(bytes),
    };
    let (text, lossy) = encoding.decode_with_bom_removal(bytes);
    let text = text.strip_prefix('\u{FEFF}').map(str::to_owned).unwrap_or(text.into_owned());
    Ok(Decoded { text, encoding: encoding.name(), lossy })
}

/// Whether bytes read as text at all, rather than as the noise of some binary format.
pub(crate) fn looks_like_text(bytes: &[u8]) -> bool {
    if utf32(bytes).is_some() {
        return true;
    }
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let mut decoder = guess(sample).new_decoder();
    let mut text = String::with_capacity(decoder.max_utf8_buffer_length(sample.len()).unwrap_or(0));
    // Not the last part: a character that the sample cuts in two is no fault.
    let (result, ..) = decoder.decode_to_string(sample, &mut text, false);
    let text = text.trim_end_matches('\0');
    // A replacement character that stands in sound UTF-8 is text, and no fault of decoding.
    let sound = str::from_utf8(bytes).is_ok();
    let typed = |char| sound && char == char::REPLACEMENT_CHARACTER;
    let noise = text.chars().filter(|&char| is_noise(char) && !typed(char)).count();
    result == CoderResult::InputEmpty && noise.saturating_sub(1) * 20 <= text.chars().count()
}

/// How four bytes make a character.
type Order = fn([u8; 4]) -> u32;

/// The byte order of UTF-32, which the standard's decoders leave out: by its mark, or because every four bytes of the
/// beginning are a character, and no control.
fn utf32(bytes: &[u8]) -> Option<Order> {
    if bytes.len() < 8 || !bytes.len().is_multiple_of(4) {
        return None;
    }
    let is_text = |order: Order| {
        let mut units = bytes[..bytes.len().min(SAMPLE)].chunks_exact(4);
        units.all(|unit| {
            let char = unit.try_into().ok().and_then(|unit| char::from_u32(order(unit)));
            char.is_some_and(|char| !char.is_control() || "\t\r\n".contains(char))
        })
    };
    [u32::from_le_bytes as Order, u32::from_be_bytes as Order]
        .into_iter()
        .find(|order| is_text(*order))
}

fn decode_utf32(bytes: &[u8], order: Order) -> Decoded {
    let unit = |unit: &[u8]| unit.try_into().ok().and_then(|unit| char::from_u32(order(unit)));
    let decode = |bytes: &[u8]| unit(bytes).unwrap_or(char::REPLACEMENT_CHARACTER);
    let text: String = bytes.chunks_exact(4).map(decode).collect();
    let lossy = bytes.chunks_exact(4).any(|bytes| unit(bytes).is_none());
    let text = text.strip_prefix('\u{FEFF}').map(str::to_owned).unwrap_or(text);
    Decoded { text, encoding: "UTF-32", lossy }
}

fn is_noise(char: char) -> bool {
    let layout = matches!(char, '\t' | '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{1A}' | '\u{85}');
    let unused = matches!(char, '\u{E000}'..='\u{F8FF}' | '\u{FFFD}' | '\u{FFFE}' | '\u{FFFF}');
    char.is_control() && !layout || unused
}

/// The encoding that a user names.
///
/// # Errors
/// The label, where nobody knows it.
pub(super) fn by_label(label: &str) -> Result<&'static Encoding, String> {
    // Names that people use and the standard does not know.
    let known = match label.trim().to_ascii_lowercase().replace(['_', ' '], "-").as_str() {
        "utf16" | "utf16le" | "unicode" => Some(UTF_16LE),
        "utf16be" => Some(UTF_16BE),
        "utf-8-sig" | "utf-8-bom" => Some(UTF_8),
        "cp936" | "936" | "ansi" => Some(GBK),
        "cp950" | "950" => Some(encoding_rs::BIG5),
        _ => Encoding::for_label_no_replacement(label.as_bytes()),
    };
    known.ok_or_else(|| label.to_owned())
}

/// The encoding that the bytes look like.
pub(super) fn guess(bytes: &[u8]) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding;
    }
    if bytes.starts_with(GB18030_MARK) {
        return GB18030;
    }
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    if let Some(encoding) = utf16_without_mark(sample) {
        return encoding;
    }
    if is_utf8(bytes) {
        return UTF_8;
    }
    if says_so_in_gb18030(sample) {
        return GB18030;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, sample.len() == bytes.len());
    match detector.guess(Some(b"cn"), Utf8Detection::Deny) {
        // The same decoder, and the name of what it reads.
        encoding if encoding == GBK => GB18030,
        encoding => encoding,
    }
}

/// Whether the words of the form stand there in GB18030 and nothing is amiss: nearly every file that is no Unicode, told
/// without weighing all encodings.
fn says_so_in_gb18030(sample: &[u8]) -> bool {
    /// 绩效, 预算, 部门.
    const WORDS: [&[u8]; 3] = [b"\xbc\xa8\xd0\xa7", b"\xd4\xa4\xcb\xe3", b"\xb2\xbf\xc3\xc5"];
    if !WORDS.iter().all(|word| memmem::find(sample, word).is_some()) {
        return false;
    }
    let mut decoder = GB18030.new_decoder_without_bom_handling();
    let most = decoder.max_utf8_buffer_length_without_replacement(sample.len()).unwrap_or(0);
    let mut text = String::with_capacity(most);
    // Not the last part: a character that the sample cuts in two is no fault.
    let (result, _) = decoder.decode_to_string_without_replacement(sample, &mut text, false);
    result == DecoderResult::InputEmpty && !text.chars().any(is_noise)
}

/// Valid, or cut at its end, or broken in so few places beside so many good characters that nothing else makes sense.
fn is_utf8(bytes: &[u8]) -> bool {
    // Of other encodings hardly three bytes in a row pass for one character.
    let good = |text: &str| text.chars().filter(|char| char.len_utf8() >= 3).count();
    match str::from_utf8(bytes) {
        Ok(_) => return true,
        Err(error) if error.error_len().is_none() => {
            return bytes.utf8_chunks().next().is_some_and(|chunk| good(chunk.valid()) > 0);
        }
        Err(_) => {}
    }
    let (mut sound, mut broken) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        sound += good(chunk.valid());
        broken += usize::from(!chunk.invalid().is_empty());
    }
    sound >= 10 && sound / 20 >= broken
}

/// What the units of a text tell if it is read as UTF-16 in one byte order.
#[derive(Default)]
struct Units {
    /// No reader of 8-bit text would find these: a Chinese character with a byte beyond ASCII, ASCII with its zero byte.
    sure: usize,
    /// No text has these: controls, lone surrogates, scripts from far away.
    strange: usize,
    /// Units with a zero byte in front.
    zeros: usize,
}

fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    // As UTF-16 this would be a rare character, and it is how XML begins.
    if bytes.trim_ascii_start().starts_with(b"<?xml") {
        return None;
    }
    let little = units(bytes, u16::from_le_bytes);
    let big = units(bytes, u16::from_be_bytes);
    let (encoding, units, other) =
        if big.sure > little.sure { (UTF_16BE, big, little) } else { (UTF_16LE, little, big) };
    let count = bytes.len() / 2;
    if units.sure == 0 || units.strange * 10 > count {
        return None;
    }
    // Of Chinese in UTF-16 every other byte may pass for ASCII, and each line end has a zero byte.
    let ascii =
        bytes.iter().filter(|byte| matches!(byte, b'\t' | b'\n' | b'\r' | b' '..=b'~')).count();
    if units.zeros == 0 && ascii * 10 > bytes.len() * 9 {
        return None;
    }
    if is_utf8(bytes) {
        // ASCII with a stray zero byte is not UTF-16; ASCII in UTF-16 has them everywhere, and on one side.
        return (units.zeros * 4 >= count && other.zeros == 0).then_some(encoding);
    }
    (units.sure > 2 * double_byte_pairs(bytes)).then_some(encoding)
}

fn units(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Units {
    let mut units = Units::default();
    let mut pairs = bytes.as_chunks::<2>().0.iter().peekable();
    while let Some(&pair) = pairs.next() {
        let ascii = pair.iter().all(|byte| (0x20..0x7F).contains(byte));
        match unit(pair) {
            0x09 | 0x0A | 0x0D | 0x20..=0x7E => {
                units.sure += 1;
                units.zeros += 1;
            }
            0x4E00..=0x9FFF | 0x3000..=0x303F | 0xFF01..=0xFF5E => {
                units.sure += usize::from(!ascii);
            }
            0xA0..=0x3FF
            | 0x2000..=0x4DFF
            | 0xF900..=0xFAFF
            | 0xFE30..=0xFE4F
            | 0xFFE0..=0xFFE6 => {}
            0xD800..=0xDBFF => {
                let low = pairs.next_if(|&&next| (0xDC00..=0xDFFF).contains(&unit(next)));
                units.strange += usize::from(low.is_none());
            }
            0 => {
                units.zeros += 1;
                units.strange += 1;
            }
            _ => units.strange += 1,
        }
    }
    units
}

/// How many characters of GB2312 there are: two bytes, both beyond 0xA0. Chinese UTF-16 has no two such neighbours.
pub(super) fn double_byte_pairs(bytes: &[u8]) -> usize {
    let mut pairs = 0;
    let mut rest = bytes;
    while let [first, after @ ..] = rest {
        rest = after;
        if let ([second, after @ ..], 0xA1..=0xF7) = (after, first)
            && (0xA1..=0xFE).contains(second)
        {
            pairs += 1;
            rest = after;
        }
    }
    pairs
}

#[cfg(test)]
mod tests;
