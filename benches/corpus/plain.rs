//! The baseline: what a program without knowledge of the form would do with plain calamine and plain `rust_xlsxwriter`,
//! one file after the other in one process: load cells and merges, write the same cells.

use std::{
    fs,
    io::Cursor,
    path::{Path, PathBuf},
};

use calamine::{Data, Reader, Xlsx};
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Workbook};

pub(crate) fn copy_all(files: &[PathBuf], out: &Path) {
    fs::create_dir_all(out).expect("a folder");
    let text = Format::new()
        .set_text_wrap()
        .set_align(FormatAlign::VerticalCenter)
        .set_border(FormatBorder::Thin)
        .set_font_name("宋体")
        .set_font_size(9);
    let number = text.clone().set_num_format("#,##0.00####");
    for file in files {
        let mut source: Xlsx<_> =
            Xlsx::new(Cursor::new(fs::read(file).expect("a file"))).expect("a workbook");
        let mut book = Workbook::new();
        for name in source.sheet_names() {
            let sheet = book.add_worksheet();
            sheet.set_name(&name).expect("a name");
            let range = source.worksheet_range(&name).expect("a sheet");
            let column = |col: u32| u16::try_from(col).expect("a column");
            for merge in source.merge_cells_by_sheet_name(&name).expect("merges") {
                let (from, to) = (merge.start, merge.end);
                sheet
                    .merge_range(from.0, column(from.1), to.0, column(to.1), "", &text)
                    .expect("a merge");
            }
            let (top, left) = range.start().unwrap_or_default();
            for (row, col, value) in range.used_cells() {
                let (row, col) = (
                    top + u32::try_from(row).expect("a row"),
                    column(left) + column(u32::try_from(col).expect("a column")),
                );
                match value {
                    Data::Float(value) => sheet.write_number_with_format(row, col, *value, &number),
                    other => sheet.write_string_with_format(row, col, other.to_string(), &text),
                }
                .expect("a cell");
            }
        }
        let name = file.file_name().expect("a name");
        fs::write(out.join(name), book.save_to_buffer().expect("a workbook")).expect("written");
    }
}
