//! What goes through the pipes: frames of a length and so many bytes.

use std::{
    collections::BTreeSet,
    io::{self, ErrorKind, Read, Write},
    sync::{Mutex, PoisonError},
};

use serde::{Deserialize, Serialize};

use crate::{
    error::{Error, Result},
    workbook::{Options, Source},
};

/// An error of opening, as it goes through the pipe.
#[derive(Serialize, Deserialize)]
enum Refusal {
    Empty,
    Encrypted,
    Unsupported { kind: String, advice: String },
    NotAWorkbook { reason: String },
    Damaged { container: String, reason: String },
    UnknownEncoding { label: String },
    Limit { limit: String, most: u64, found: String },
    Other { reason: String },
}

type Reply = std::result::Result<Source, Refusal>;

/// The options of a request.
pub(super) fn request(options: &Options) -> Vec<u8> {
    postcard::to_stdvec(options).unwrap_or_default()
}

/// Options and bytes of the next file; none where the input ends.
pub(super) fn receive_request(input: &mut impl Read) -> io::Result<Option<(Options, Vec<u8>)>> {
    let head = match receive(input) {
        Ok(head) => head,
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => return Ok(None),
        Err(error) => return Err(error),
    };
    let options = postcard::from_bytes(&head)
        .map_err(|error| io::Error::new(ErrorKind::InvalidData, error.to_string()))?;
    Ok(Some((options, receive(input)?)))
}

/// The bytes of a reply.
pub(super) fn reply(opened: &Result<Source>) -> Vec<u8> {
    match opened {
        Ok(source) => postcard::to_stdvec(&Ok::<&Source, Refusal>(source)),
        Err(error) => postcard::to_stdvec(&Err::<&Source, Refusal>(refusal(error))),
    }
    .unwrap_or_default()
}

/// What a reply says.
///
/// # Errors
/// [`Error::Worker`] when it can't be understood.
pub(super) fn read_reply(bytes: &[u8]) -> Result<Result<Source>> {
    let reply: Reply =
        postcard::from_bytes(bytes).map_err(|error| Error::Worker { reason: error.to_string() })?;
    Ok(reply.map_err(error))
}

fn refusal(error: &Error) -> Refusal {
    match error {
        Error::Empty => Refusal::Empty,
        Error::Encrypted => Refusal::Encrypted,
        Error::Unsupported { kind, advice } => {
            Refusal::Unsupported { kind: (*kind).to_owned(), advice: (*advice).to_owned() }
        }
        Error::NotAWorkbook { reason } => Refusal::NotAWorkbook { reason: reason.clone() },
        Error::Damaged { container, reason } => {
            Refusal::Damaged { container: (*container).to_owned(), reason: reason.clone() }
        }
        Error::UnknownEncoding { label } => Refusal::UnknownEncoding { label: label.clone() },
        Error::Limit { limit, most, found } => {
            Refusal::Limit { limit: (*limit).to_owned(), most: *most, found: found.clone() }
        }
        other => Refusal::Other { reason: other.to_string() },
    }
}

fn error(refusal: Refusal) -> Error {
    match refusal {
        Refusal::Empty => Error::Empty,
        Refusal::Encrypted => Error::Encrypted,
        Refusal::Unsupported { kind, advice } => {
            Error::Unsupported { kind: kept(kind), advice: kept(advice) }
        }
        Refusal::Damaged { container, reason } => {
            Error::Damaged { container: kept(container), reason }
        }
        Refusal::UnknownEncoding { label } => Error::UnknownEncoding { label },
        Refusal::Limit { limit, most, found } => Error::Limit { limit: kept(limit), most, found },
        Refusal::NotAWorkbook { reason } | Refusal::Other { reason } => {
            Error::NotAWorkbook { reason }
        }
    }
}

/// A text that lives as long as the program. Names of containers and limits are few, and each is kept once.
fn kept(text: String) -> &'static str {
    static KEPT: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    let mut all = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = all.get(text.as_str()) {
        return known;
    }
    let text: &'static str = Box::leak(text.into_boxed_str());
    all.insert(text);
    text
}

/// Sends frames.
pub(super) fn send(output: &mut impl Write, frames: &[&[u8]]) -> io::Result<()> {
    for frame in frames {
        output.write_all(&(frame.len() as u64).to_le_bytes())?;
        output.write_all(frame)?;
    }
    output.flush()
}

/// Receives a frame. Memory grows with what comes, not with what the length claims.
pub(super) fn receive(input: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut length = [0; 8];
    input.read_exact(&mut length)?;
    let length = u64::from_le_bytes(length);
    let mut frame = Vec::with_capacity(usize::try_from(length.min(1 << 20)).unwrap_or(0));
    input.take(length).read_to_end(&mut frame)?;
    if frame.len() as u64 == length { Ok(frame) } else { Err(ErrorKind::UnexpectedEof.into()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reply_says_what_was_opened() {
        let opened = crate::workbook::open("甲,1\n乙,2\n".as_bytes(), &Options::default());
        let Ok(Source::Workbook(book)) = read_reply(&reply(&opened)).unwrap() else {
            panic!("a workbook")
        };
        assert_eq!(book.sheets[0].grid.cells().len(), 4);
        for bytes in [&b""[..], b"%PDF-1.7", b"PK\x03\x04broken", b"\0\x01\x02\x03"] {
            let opened = crate::workbook::open(bytes, &Options::default());
            let want = opened.as_ref().unwrap_err().to_string();
            let got = read_reply(&reply(&opened)).unwrap().unwrap_err().to_string();
            assert_eq!(got, want);
        }
    }

    #[test]
    fn a_torn_frame_is_an_error_and_an_ended_input_is_none() {
        let mut bytes = Vec::new();
        send(&mut bytes, &[b"abc"]).unwrap();
        assert_eq!(receive(&mut bytes.as_slice()).unwrap(), b"abc");
        assert!(receive(&mut &bytes[..9]).is_err());
        assert!(receive_request(&mut &b""[..]).unwrap().is_none());
        // A length that lies takes no memory.
        assert!(receive(&mut &u64::MAX.to_le_bytes()[..]).is_err());
    }
}
