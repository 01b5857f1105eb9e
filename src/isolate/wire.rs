//! What goes through the pipes: frames of a length and so many bytes.

use std::io::{self, BufReader, BufWriter, ErrorKind, Read, Write};

use postcard::de_flavors::Flavor;
use serde::{Deserialize, Serialize};

use super::{
    pieces::Pieces,
    refusal::{Refusal, error, refusal},
};
use crate::workbook::{Options, Source, Workbook};

/// What is to be done with the file that follows.
#[derive(Serialize, Deserialize)]
pub(super) enum Request {
    /// It is opened.
    Open(Options),
    /// The task in the next frame is done on it.
    Work,
}

/// Sends a request and the frames that belong to it; the content of the file is to follow.
pub(super) fn send_request(
    output: &mut impl Write,
    request: &Request,
    more: &[&[u8]],
) -> io::Result<()> {
    send(output, &[&postcard::to_stdvec(request).unwrap_or_default()])?;
    send(output, more)
}

/// The next request; none where the input ends.
pub(super) fn receive_request(input: &mut impl Read) -> io::Result<Option<Request>> {
    match receive(input) {
        Ok(head) => postcard::from_bytes(&head)
            .map(Some)
            .map_err(|error| io::Error::new(ErrorKind::InvalidData, error.to_string())),
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => Ok(None),
        Err(error) => Err(error),
    }
}

/// Sends the content of a file in pieces, so that it is never held whole; `size` is about how many bytes come.
///
/// # Errors
/// Which of the two sides failed.
pub(super) fn send_content(
    output: &mut impl Write,
    content: &mut dyn Read,
    size: u64,
    most: u64,
) -> Result<(), Broken> {
    let mut piece = vec![0; PIECE];
    let mut sent = 0_u64;
    send(output, &[&size.min(most).to_le_bytes()]).map_err(|_| Broken::Output)?;
    loop {
        let length = match content.read(&mut piece) {
            Ok(length) => length,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Err(Broken::Content(error)),
        };
        sent += length as u64;
        if sent > most {
            return Err(Broken::TooLong);
        }
        let piece = piece.get(..length).unwrap_or_default();
        send(output, &[piece]).map_err(|_| Broken::Output)?;
        if length == 0 {
            return Ok(());
        }
    }
}

/// As much of a file as goes through the pipe at once.
pub(super) const PIECE: usize = 1 << 16;

/// What went wrong while a file was sent.
pub(super) enum Broken {
    /// The file can't be read.
    Content(io::Error),
    /// It is longer than the limit.
    TooLong,
    /// The worker takes no more.
    Output,
}

/// Receives pieces up to a blank one, behind the number of their bytes.
pub(super) fn receive_content(input: &mut impl Read) -> io::Result<Vec<u8>> {
    let size = receive(input)?.first_chunk().map_or(0, |size| u64::from_le_bytes(*size));
    let mut content = Vec::new();
    // Where there is no such room, what comes will show it.
    let _ = content.try_reserve_exact(usize::try_from(size).unwrap_or(0));
    loop {
        let before = content.len();
        receive_into(input, &mut content)?;
        if content.len() == before {
            return Ok(content);
        }
    }
}

/// A reply, on its way out.
#[derive(Serialize)]
enum Told<'a> {
    Workbook(&'a Workbook),
    Json(Pieces<&'a str>),
    Refusal(Refusal),
}

/// A reply, on its way in.
#[derive(Deserialize)]
enum Heard {
    Workbook(Workbook),
    Json(Pieces<String>),
    Refusal(Refusal),
}

/// Sends a reply. It is never held whole beside what it tells.
pub(super) fn send_reply(
    output: &mut impl Write,
    opened: &crate::error::Result<Source>,
) -> io::Result<()> {
    let told = match opened {
        Ok(Source::Workbook(book)) => Told::Workbook(book),
        Ok(Source::Json(text)) => Told::Json(Pieces(text)),
        Err(error) => Told::Refusal(refusal(error)),
    };
    let mut output = BufWriter::with_capacity(PIECE, output);
    postcard::to_io(&told, &mut output)
        .map_err(|error| io::Error::new(ErrorKind::BrokenPipe, error.to_string()))?;
    output.flush()
}

/// Receives a reply.
///
/// # Errors
/// When the input ends within it, or is none.
pub(super) fn receive_reply(
    input: &mut BufReader<impl Read>,
) -> io::Result<crate::error::Result<Source>> {
    let flavor = Incoming { input, held: Vec::new() };
    let heard = Heard::deserialize(&mut postcard::Deserializer::from_flavor(flavor))
        .map_err(|error| io::Error::new(ErrorKind::InvalidData, error.to_string()))?;
    Ok(match heard {
        Heard::Workbook(book) => Ok(Source::Workbook(book)),
        Heard::Json(text) => Ok(Source::Json(text.0)),
        Heard::Refusal(refusal) => Err(error(refusal)),
    })
}

/// Bytes as they come in; only the text at hand is held.
struct Incoming<'r, R> {
    input: &'r mut R,
    held: Vec<u8>,
}

impl<'r: 'de, 'de, R: Read> Flavor<'de> for Incoming<'r, R> {
    type Remainder = ();
    type Source = ();

    fn pop(&mut self) -> postcard::Result<u8> {
        let mut byte = [0];
        self.input.read_exact(&mut byte).map_err(|_| postcard::Error::DeserializeUnexpectedEnd)?;
        Ok(byte[0])
    }

    fn try_take_n(&mut self, _: usize) -> postcard::Result<&'de [u8]> {
        // Nothing of a reply is borrowed.
        Err(postcard::Error::WontImplement)
    }

    fn try_take_n_temp<'a>(&'a mut self, count: usize) -> postcard::Result<&'a [u8]>
    where
        'de: 'a,
    {
        self.held.clear();
        // Memory grows with what comes, not with what the length claims.
        let read = self.input.take(count as u64).read_to_end(&mut self.held);
        if read.is_ok_and(|read| read == count) {
            Ok(&self.held)
        } else {
            Err(postcard::Error::DeserializeUnexpectedEnd)
        }
    }

    fn finalize(self) -> postcard::Result<()> {
        Ok(())
    }
}

/// Sends frames.
pub(super) fn send(output: &mut impl Write, frames: &[&[u8]]) -> io::Result<()> {
    for frame in frames {
        output.write_all(&(frame.len() as u64).to_le_bytes())?;
        output.write_all(frame)?;
    }
    Ok(())
}

/// Sends an answer of many frames, and how many there are.
pub(super) fn send_all(output: &mut impl Write, frames: &[Vec<u8>]) -> io::Result<()> {
    let mut output = BufWriter::with_capacity(PIECE, output);
    output.write_all(&(frames.len() as u64).to_le_bytes())?;
    for frame in frames {
        send(&mut output, &[frame])?;
    }
    output.flush()
}

/// Receives an answer of many frames.
pub(super) fn receive_all(input: &mut BufReader<impl Read>) -> io::Result<Vec<Vec<u8>>> {
    let mut count = [0; 8];
    input.read_exact(&mut count)?;
    (0..u64::from_le_bytes(count)).map(|_| receive(input)).collect()
}

/// Receives a frame.
pub(super) fn receive(input: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut frame = Vec::new();
    receive_into(input, &mut frame)?;
    Ok(frame)
}

/// Receives a frame behind what is there. Memory grows with what comes, not with what the length claims.
fn receive_into(input: &mut impl Read, frame: &mut Vec<u8>) -> io::Result<()> {
    let mut length = [0; 8];
    input.read_exact(&mut length)?;
    let length = u64::from_le_bytes(length);
    let read = input.take(length).read_to_end(frame)?;
    if read as u64 == length { Ok(()) } else { Err(ErrorKind::UnexpectedEof.into()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn through(opened: &crate::error::Result<Source>) -> crate::error::Result<Source> {
        let mut bytes = Vec::new();
        send_reply(&mut bytes, opened).unwrap();
        receive_reply(&mut BufReader::new(bytes.as_slice())).unwrap()
    }

    #[test]
    fn a_reply_says_what_was_opened() {
        let opened = crate::workbook::open("甲,1\n乙,2\n".as_bytes(), &Options::default());
        let Ok(Source::Workbook(book)) = through(&opened) else { panic!("a workbook") };
        assert_eq!(book.sheets[0].grid.cells().len(), 4);
        for bytes in [&b""[..], b"%PDF-1.7", b"PK\x03\x04broken", b"\0\x01\x02\x03"] {
            let opened = crate::workbook::open(bytes, &Options::default());
            let want = opened.as_ref().unwrap_err().to_string();
            assert_eq!(through(&opened).unwrap_err().to_string(), want);
        }
    }

    #[test]
    fn a_long_text_is_put_together_again() {
        for length in [0, 1, PIECE - 1, PIECE, 3 * PIECE + 7] {
            let text: String = "表1".chars().cycle().take(length).collect();
            let Ok(Source::Json(got)) = through(&Ok(Source::Json(text.clone()))) else {
                panic!("{length}")
            };
            assert_eq!(got, text, "{length}");
        }
    }

    #[test]
    fn a_torn_reply_is_an_error() {
        let opened = crate::workbook::open("甲,1\n乙,2\n".as_bytes(), &Options::default());
        let mut bytes = Vec::new();
        send_reply(&mut bytes, &opened).unwrap();
        for end in 0..bytes.len() {
            assert!(receive_reply(&mut BufReader::new(&bytes[..end])).is_err(), "{end}");
        }
    }

    #[test]
    fn the_content_of_a_file_comes_in_pieces() {
        for (length, size) in [(0, 0), (1, 9), (PIECE, 0), (2 * PIECE + 5, u64::MAX)] {
            let content: Vec<u8> = (0..=u8::MAX).cycle().take(length).collect();
            let mut bytes = Vec::new();
            send_request(&mut bytes, &Request::Work, &[b"task"]).unwrap();
            let sent = send_content(&mut bytes, &mut content.as_slice(), size, 1 << 20);
            assert!(sent.is_ok(), "{length}");
            let input = &mut bytes.as_slice();
            assert!(matches!(receive_request(input), Ok(Some(Request::Work))));
            assert_eq!(receive(input).unwrap(), b"task");
            assert_eq!(receive_content(input).unwrap(), content, "{length}");
        }
        let sent = send_content(&mut Vec::new(), &mut &[0; 11][..], 0, 10);
        assert!(matches!(sent, Err(Broken::TooLong)));
    }

    #[test]
    fn an_answer_comes_in_its_parts() {
        let parts = [Vec::new(), b"a".to_vec(), vec![7; 3 * PIECE]];
        let mut bytes = Vec::new();
        send_all(&mut bytes, &parts).unwrap();
        assert_eq!(receive_all(&mut BufReader::new(bytes.as_slice())).unwrap(), parts);
        for end in [0, 7, 8, 24, bytes.len() - 1] {
            assert!(receive_all(&mut BufReader::new(&bytes[..end])).is_err(), "{end}");
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
