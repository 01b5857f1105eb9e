//! Reading and writing one return in memory, each beside its baseline in the same run: plain calamine (open, range,
//! merges) and plain `rust_xlsxwriter` (the same cells, merges and formats, default settings).
//!
//! `cargo bench` prints the medians and, at the end, the ratios that the README quotes.

#![allow(clippy::unwrap_used, clippy::disallowed_methods, clippy::print_stdout)]

mod containers;

use std::{
    hint::black_box,
    io::Cursor,
    time::{Duration, Instant},
};

use calamine::{Data, Reader, Xlsx};
use jixiao::{
    pipeline::{self, Reading, Settings},
    render::xlsx,
};
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Workbook};

const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/samples/shatian-facts.txt");

fn main() {
    let text = std::fs::read(SAMPLE).unwrap();
    let reading = read(&text);
    let file = write(&reading);
    let script = Script::of(&file);
    let rows: [Row<'_>; 3] = [
        ("read", 1.1, &|| drop(black_box(read(&file))), &|| plain_read(&file)),
        ("write", 1.0, &|| drop(black_box(write(&reading))), &|| drop(black_box(script.write()))),
        ("read + write", 1.05, &|| drop(black_box(write(&read(&file)))), &|| {
            plain_read(&file);
            drop(black_box(script.write()));
        }),
    ];
    println!("one return, {} bytes; medians of {ROUNDS} interleaved rounds", file.len());
    println!("{:<14}{:>10}{:>12}{:>8}{:>8}", "", "jixiao", "baseline", "ratio", "bar");
    for (name, bar, ours, baseline) in rows {
        print_row(name, &format!("{bar:.2}"), ours, baseline);
    }
    println!("the same return in each container, beside its plain parser");
    for (name, fixture, plain) in containers::ROWS {
        let bytes = std::fs::read(containers::path(fixture)).unwrap();
        print_row(name, "", &|| drop(black_box(read(&bytes))), &|| plain(&bytes));
    }
}

fn print_row(name: &str, bar: &str, ours: &dyn Fn(), baseline: &dyn Fn()) {
    let (ours, baseline) = measure(ours, baseline);
    let ratio = ours.as_secs_f64() / baseline.as_secs_f64();
    println!(
        "{name:<14}{:>8}µs{:>10}µs{ratio:>8.2}{bar:>8}",
        ours.as_micros(),
        baseline.as_micros()
    );
}

/// Name, bar, our way, the baseline's.
type Row<'a> = (&'a str, f64, &'a dyn Fn(), &'a dyn Fn());

/// Rounds of each pair; the two take turns, so that a drift of the machine hits both.
const ROUNDS: usize = 1500;

fn measure(ours: &dyn Fn(), baseline: &dyn Fn()) -> (Duration, Duration) {
    let time = |run: &dyn Fn()| {
        let start = Instant::now();
        run();
        start.elapsed()
    };
    let mut times: [Vec<Duration>; 2] = [Vec::new(), Vec::new()];
    for round in 0..ROUNDS + 50 {
        let pair = [time(ours), time(baseline)];
        if round >= 50 {
            times[0].push(pair[0]);
            times[1].push(pair[1]);
        }
    }
    let median = |times: &mut Vec<Duration>| {
        times.sort_unstable();
        times[times.len() / 2]
    };
    let [ours, baseline] = &mut times;
    (median(ours), median(baseline))
}

fn read(bytes: &[u8]) -> Reading<'static> {
    pipeline::read(bytes, &Settings::default()).unwrap()
}

fn write(reading: &Reading<'static>) -> Vec<u8> {
    let found = &reading.returns[0];
    xlsx::render(&[(&found.of, found.edition)], xlsx::Options::default()).unwrap()
}

/// What a program without knowledge of the form would do: every sheet's range and merges.
fn plain_read(bytes: &[u8]) {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    for name in book.sheet_names() {
        let range = book.worksheet_range(&name).unwrap();
        let merges = book.merge_cells_by_sheet_name(&name).unwrap();
        black_box((range, merges));
    }
}

/// The cells, merges and formats of a workbook, to write them plainly.
struct Script {
    sheets: Vec<Sheet>,
}

struct Sheet {
    name: String,
    merges: Vec<(u32, u16, u32, u16)>,
    cells: Vec<(u32, u16, Data, usize)>,
    blanks: Vec<(u32, u16, usize)>,
    formats: Vec<Format>,
}

impl Script {
    fn of(bytes: &[u8]) -> Self {
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
        let sheets = book.sheet_names().into_iter().map(|name| sheet(&mut book, name)).collect();
        Self { sheets }
    }

    fn write(&self) -> Vec<u8> {
        let mut book = Workbook::new();
        for sheet in &self.sheets {
            let out = book.add_worksheet();
            out.set_name(&sheet.name).unwrap();
            for (first_row, first_col, last_row, last_col) in &sheet.merges {
                let format = &sheet.formats[0];
                out.merge_range(*first_row, *first_col, *last_row, *last_col, "", format).unwrap();
            }
            for (row, col, format) in &sheet.blanks {
                out.write_blank(*row, *col, &sheet.formats[*format]).unwrap();
            }
            for (row, col, value, format) in &sheet.cells {
                let format = &sheet.formats[*format];
                match value {
                    Data::Float(number) => {
                        out.write_number_with_format(*row, *col, *number, format).unwrap()
                    }
                    other => {
                        out.write_string_with_format(*row, *col, other.to_string(), format).unwrap()
                    }
                };
            }
        }
        book.save_to_buffer().unwrap()
    }
}

fn sheet(book: &mut Xlsx<Cursor<&[u8]>>, name: String) -> Sheet {
    let merged = book.merge_cells_by_sheet_name(&name).unwrap();
    let column = |col: u32| u16::try_from(col).unwrap();
    let merges: Vec<(u32, u16, u32, u16)> =
        merged.iter().map(|m| (m.start.0, column(m.start.1), m.end.0, column(m.end.1))).collect();
    let mut reader = book.worksheet_cells_reader(&name).unwrap();
    let mut cells = Vec::new();
    let mut blanks = Vec::new();
    while let Some((cell, style)) = reader.next_cell_with_style_id().unwrap() {
        let (row, col) = cell.get_position();
        let covered = merged.iter().any(|m| m.contains(row, col));
        match Data::from(cell.get_value().clone()) {
            Data::Empty if covered => {}
            Data::Empty => blanks.push((row, column(col), style)),
            value => cells.push((row, column(col), value, style)),
        }
    }
    let formats = reader.styles().iter().map(format).collect();
    Sheet { name, merges, cells, blanks, formats }
}

/// A style as a plain program would set it: face, border, wrap, number format.
fn format(style: &calamine::Style) -> Format {
    let mut format = Format::new().set_text_wrap().set_align(FormatAlign::VerticalCenter);
    if let Some(font) = &style.font {
        if let Some(name) = &font.name {
            format = format.set_font_name(name.clone());
        }
        if let Some(size) = font.size {
            format = format.set_font_size(size);
        }
    }
    if style.borders.as_ref().is_some_and(calamine::Borders::has_visible_borders) {
        format = format.set_border(FormatBorder::Thin);
    }
    if let Some(number) = &style.number_format {
        format = format.set_num_format(&number.format_code);
    }
    format
}
