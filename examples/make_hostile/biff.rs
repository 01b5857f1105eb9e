//! Binary workbooks, records without a compound file around them, that lie about sizes and places.

pub(crate) fn files() -> Vec<(&'static str, Vec<u8>)> {
    let number = |row: u16, col: u16| {
        let mut data = [row.to_le_bytes(), col.to_le_bytes(), [0, 0]].concat();
        data.extend(1.5_f64.to_le_bytes());
        record(0x203, &data)
    };
    let dimensions = [0, u32::MAX].map(u32::to_le_bytes).concat();
    let dimensions = [dimensions, [0_u16, 0xffff, 0].map(u16::to_le_bytes).concat()].concat();
    let merges = [0xffff_u16, 0, 5, 0, 5].map(u16::to_le_bytes).concat();
    let whole = book(&[record(0x200, &dimensions), number(0, 0)].concat());
    let torn = whole[..whole.len() - 12].to_vec();
    let mut compound = vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    compound.extend([0xfe; 504]);
    vec![
        ("lying-dimensions.xls", whole),
        ("far-number.xls", book(&[number(0, 0), number(0xffff, 0xffff)].concat())),
        ("lying-merges.xls", book(&[number(0, 0), record(0xe5, &merges)].concat())),
        ("torn-records.xls", torn),
        ("torn-compound.xls", compound),
    ]
}

fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(data.len()).unwrap();
    [&kind.to_le_bytes()[..], &length.to_le_bytes(), data].concat()
}

/// A workbook of one sheet with these records.
fn book(cells: &[u8]) -> Vec<u8> {
    let begin =
        |kind: u16| record(0x809, &[0x600, kind, 0, 0, 0, 0, 0, 0].map(u16::to_le_bytes).concat());
    let end = record(0x0a, &[]);
    let globals = begin(5);
    let name = [&[5, 0][..], b"sheet"].concat();
    let place = globals.len() + 4 + 6 + name.len() + end.len();
    let listed = [&u32::try_from(place).unwrap().to_le_bytes()[..], &[0, 0], &name].concat();
    [globals, record(0x85, &listed), end.clone(), begin(0x10), cells.to_vec(), end].concat()
}
