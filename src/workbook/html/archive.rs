//! Web archives (`.mht`), which Excel and WPS save as a single file: the pages in one.

use memchr::{memchr, memmem};

use crate::{
    error::{Error, Result},
    workbook::limits::{Limit, Limits},
};

/// The pages of a web archive; none where the bytes are a page themselves.
pub(super) fn pages(bytes: &[u8], limits: &Limits) -> Result<Option<Vec<Vec<u8>>>> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    if bytes.starts_with(b"<") {
        return Ok(None);
    }
    let (head, body) = split(bytes);
    let head = unfolded(head);
    let Some(boundary) = header(&head, "content-type").and_then(boundary) else { return Ok(None) };
    let mark = format!("--{boundary}");
    let mut starts: Vec<usize> = memmem::find_iter(body, mark.as_bytes())
        .filter(|start| *start == 0 || matches!(body.get(start - 1), Some(b'\n' | b'\r')))
        .collect();
    let count = starts.len() as u64;
    limits.check(Limit::Entries, count, || message!("{count} parts", "有 {count} 个部件"))?;
    starts.push(body.len());
    let mut pages = Vec::new();
    for ends in starts.windows(2) {
        let part = body.get(ends[0] + mark.len()..ends[1]).unwrap_or_default();
        let line_end = memchr(b'\n', part).map_or(part.len(), |end| end + 1);
        pages.extend(page(&part[line_end..]));
    }
    if pages.is_empty() {
        let reason = message!("the web archive holds no HTML page", "网页归档中没有 HTML 页面");
        return Err(Error::Damaged { container: "mht", reason });
    }
    Ok(Some(pages))
}

/// The decoded page of a part, if it is one. A strip of tabs is a page of links to the others.
fn page(part: &[u8]) -> Option<Vec<u8>> {
    let (head, body) = split(part);
    let head = unfolded(head);
    let kind = header(&head, "content-type").unwrap_or_default().to_ascii_lowercase();
    let place = header(&head, "content-location").unwrap_or_default().to_ascii_lowercase();
    if !kind.starts_with("text/html") || place.trim().ends_with("tabstrip.htm") {
        return None;
    }
    let coding = header(&head, "content-transfer-encoding").unwrap_or_default();
    Some(match coding.trim().to_ascii_lowercase().as_str() {
        "quoted-printable" => quoted_printable(body),
        "base64" => base64(body),
        _ => body.to_vec(),
    })
}

/// Head and body, which a blank line parts.
fn split(part: &[u8]) -> (&[u8], &[u8]) {
    let mut at = 0;
    while let Some(length) = part.get(at..).and_then(|rest| memchr(b'\n', rest)) {
        if part[at..at + length].trim_ascii().is_empty() {
            return (&part[..at], &part[at + length + 1..]);
        }
        at += length + 1;
    }
    (part, &[])
}

/// The lines of a head, with continued ones joined.
fn unfolded(head: &[u8]) -> String {
    let head = head.get(..head.len().min(1 << 16)).unwrap_or_default();
    let head = String::from_utf8_lossy(head).replace('\r', "");
    head.replace("\n ", " ").replace("\n\t", " ")
}

fn header<'a>(head: &'a str, wanted: &str) -> Option<&'a str> {
    let lines = head.lines().filter_map(|line| line.split_once(':'));
    lines
        .into_iter()
        .find(|(name, _)| name.trim().eq_ignore_ascii_case(wanted))
        .map(|(_, v)| v.trim())
}

fn boundary(kind: &str) -> Option<&str> {
    let at = kind.to_ascii_lowercase().find("boundary")?;
    let value = kind.get(at + "boundary".len()..)?.trim_start().strip_prefix('=')?.trim_start();
    let value = match value.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next()?,
        None => value.split([';', ' ']).next()?,
    };
    (!value.is_empty()).then_some(value)
}

fn quoted_printable(body: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(body.len());
    let mut rest = body;
    while let Some(at) = memchr(b'=', rest) {
        plain.extend_from_slice(&rest[..at]);
        rest = match &rest[at + 1..] {
            [b'\r', b'\n', behind @ ..] | [b'\n', behind @ ..] => behind,
            [high, low, behind @ ..] if hex(*high).is_some() && hex(*low).is_some() => {
                plain.push(hex(*high).unwrap_or(0) << 4 | hex(*low).unwrap_or(0));
                behind
            }
            behind => {
                plain.push(b'=');
                behind
            }
        };
    }
    plain.extend_from_slice(rest);
    plain
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

fn base64(body: &[u8]) -> Vec<u8> {
    let value = |byte: &u8| match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    };
    let mut plain = Vec::with_capacity(body.len() / 4 * 3);
    let (mut bits, mut count) = (0_u32, 0_u32);
    for digit in body.iter().filter_map(value) {
        bits = (bits << 6 | u32::from(digit)) & 0xFFFF;
        count += 6;
        if count >= 8 {
            count -= 8;
            plain.push(u8::try_from(bits >> count & 0xFF).unwrap_or(0));
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_taken_out_and_decoded() {
        let archive = "MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n boundary=\"--x\"\r\n\r\nold browser\r\n\
            ----x\r\nContent-Type: text/html; charset=\"gb2312\"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
            <td a=3D\"b\">=BC=\r\n=A8 = =zz\r\n----x\r\nContent-Type: image/png\r\n\r\nnone\r\n\
            ----x\nContent-Type:text/html\nContent-Transfer-Encoding: BASE64\n\nPHRk\r\nPmE=\n----x--\n";
        let pages = pages(archive.as_bytes(), &Limits::default()).unwrap().unwrap();
        assert_eq!(pages[0], b"<td a=\"b\">\xbc\xa8 = =zz\r\n");
        assert_eq!(pages[1], b"<td>a");
        assert_eq!(pages.len(), 2);
    }

    #[test]
    fn what_is_no_archive_is_left_alone() {
        let limits = Limits::default();
        assert_eq!(pages(b" <html>", &limits).unwrap(), None);
        assert_eq!(pages(b"a: b", &limits).unwrap(), None);
        let none = pages(b"Content-Type: x; boundary=b\n\n--b\n\nx", &limits);
        assert!(none.is_err());
    }
}
