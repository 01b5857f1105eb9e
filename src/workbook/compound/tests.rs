use super::*;

const END: u32 = 0xffff_fffe;

/// A compound file of sectors of 512 bytes: the table first, the directory behind it, then the streams given, each with
/// the chain that the table is to have.
struct Made {
    fat: Vec<u32>,
    sectors: Vec<Vec<u8>>,
    entries: Vec<Vec<u8>>,
}

impl Made {
    fn new() -> Self {
        let mut made = Self {
            fat: vec![0xffff_fffd, END],
            sectors: vec![Vec::new(), Vec::new()],
            entries: Vec::new(),
        };
        made.entry("Root Entry", ROOT, [FREE, FREE, 1], END, 0);
        made
    }

    fn entry(&mut self, name: &str, kind: u8, links: [u32; 3], start: u32, size: u32) {
        let mut entry = vec![0; ENTRY];
        for (at, unit) in name.encode_utf16().enumerate() {
            entry[at * 2..at * 2 + 2].copy_from_slice(&unit.to_le_bytes());
        }
        entry[66] = kind;
        for (at, link) in links.into_iter().enumerate() {
            entry[68 + at * 4..72 + at * 4].copy_from_slice(&link.to_le_bytes());
        }
        entry[116..120].copy_from_slice(&start.to_le_bytes());
        entry[120..124].copy_from_slice(&size.to_le_bytes());
        self.entries.push(entry);
    }

    fn sector(&mut self, byte: u8, next: u32) {
        self.sectors.push(vec![byte; 512]);
        self.fat.push(next);
    }

    fn bytes(mut self) -> Vec<u8> {
        let mut header = [MAGIC, &[0; 504]].concat();
        header[30] = 9;
        header[32] = 6;
        header[48] = 1;
        header[56..60].copy_from_slice(&4096_u32.to_le_bytes());
        header[60..512].fill(0xff);
        header[76..80].fill(0);
        self.sectors[0] = self.fat.iter().flat_map(|next| next.to_le_bytes()).collect();
        self.sectors[0].resize(512, 0xff);
        self.sectors[1] = self.entries.concat();
        self.sectors[1].resize(512, 0);
        [header, self.sectors.concat()].concat()
    }
}

fn stream(bytes: &[u8], name: &str) -> Option<Vec<u8>> {
    let limits = Limits::default();
    Compound::open(bytes, &limits).unwrap().stream(name).map(Cow::into_owned)
}

/// A stream in the sectors 4, 2, 3, in that order.
fn scattered(size: u32) -> Made {
    let mut made = Made::new();
    made.entry("Workbook", STREAM, [FREE; 3], 4, size);
    made.sector(b'b', 3);
    made.sector(b'c', END);
    made.sector(b'a', 2);
    made
}

#[test]
fn a_scattered_stream_is_put_together() {
    let found = stream(&scattered(1500).bytes(), "WORKBOOK").unwrap();
    assert_eq!(found.len(), 1500);
    assert_eq!((found[0], found[511], found[512], found[1499]), (b'a', b'a', b'b', b'c'));
}

#[test]
fn a_chain_in_a_circle_ends() {
    let mut made = scattered(u32::MAX);
    made.fat[3] = 4;
    assert_eq!(stream(&made.bytes(), "Workbook").unwrap().len(), 1536);
}

#[test]
fn a_chain_out_of_the_file_ends() {
    let mut made = scattered(1500);
    made.fat[2] = 70_000;
    assert_eq!(stream(&made.bytes(), "Workbook").unwrap().len(), 1024);
}

#[test]
fn a_cut_file_gives_what_it_has() {
    let bytes = scattered(1500).bytes();
    let cut = &bytes[..bytes.len() - 200];
    let found = stream(cut, "Workbook").unwrap();
    assert_eq!(found, [b'a'; 312]);
    let limits = Limits::default();
    for length in (8..bytes.len()).step_by(100) {
        if let Ok(file) = Compound::open(&bytes[..length], &limits) {
            assert!(file.stream("Workbook").unwrap().len() <= 1500);
        }
    }
}

#[test]
fn a_directory_in_a_circle_is_walked_once() {
    let mut made = Made::new();
    made.entry("Workbook", STREAM, [1, 2, FREE], 2, 10);
    made.entry("Book", STREAM, [1, 77, 1], 2, 10);
    made.sector(b'x', END);
    let bytes = made.bytes();
    let limits = Limits::default();
    let file = Compound::open(&bytes, &limits).unwrap();
    assert_eq!(file.names().count(), 2);
}

#[test]
fn a_stream_within_a_storage_is_not_at_the_top() {
    let mut made = Made::new();
    made.entry("ObjectPool", 1, [FREE, 3, 2], END, 0);
    made.entry("Workbook", STREAM, [FREE; 3], 2, 512);
    made.entry("WordDocument", STREAM, [FREE; 3], 2, 512);
    made.sector(b'x', END);
    let bytes = made.bytes();
    assert!(stream(&bytes, "Workbook").is_none());
    assert!(stream(&bytes, "WordDocument").is_some());
}
