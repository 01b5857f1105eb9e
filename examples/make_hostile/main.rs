//! Writes `samples/hostile/`: small files on which parsers of workbooks abort, hang or eat memory.
//!
//! `cargo run --example make_hostile`

#![allow(clippy::unwrap_used, clippy::disallowed_methods)]

mod biff;
mod ooxml;

use std::{fs, path::Path};

fn main() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/hostile");
    fs::create_dir_all(&folder).unwrap();
    for (name, bytes) in ooxml::files().into_iter().chain(biff::files()).chain(markup()) {
        fs::write(folder.join(name), bytes).unwrap();
    }
}

/// Texts that nest, repeat or refer without end.
fn markup() -> Vec<(&'static str, Vec<u8>)> {
    let entities: String = (1..10)
        .map(|at| format!("<!ENTITY e{at} \"{}\">", format!("&e{};", at - 1).repeat(10)))
        .collect();
    let office = "urn:schemas-microsoft-com:office:spreadsheet";
    let laughs = format!(
        "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY e0 \"ha\">{entities}]>\
         <Workbook xmlns=\"{office}\"><Worksheet><Table><Row><Cell><Data>&e9;</Data></Cell></Row></Table></Worksheet></Workbook>"
    );
    let outside = format!(
        "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY file SYSTEM \"file:///etc/passwd\">]>\
         <Workbook xmlns=\"{office}\"><Worksheet><Table><Row><Cell><Data>&file;</Data></Cell></Row></Table></Worksheet></Workbook>"
    );
    let flat = |rows: &str| {
        format!(
            "<?xml version=\"1.0\"?><office:document xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
             xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" \
             xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body><office:spreadsheet>\
             <table:table>{rows}</table:table></office:spreadsheet></office:body></office:document>"
        )
    };
    let repeated = flat(
        "<table:table-row table:number-rows-repeated=\"1000000\"><table:table-cell table:number-columns-repeated=\"16000\" \
         office:value-type=\"string\"><text:p>x</text:p></table:table-cell></table:table-row>",
    );
    let tables = format!("<html><body>{}x", "<table><tr><td>".repeat(3000));
    let spans = "<html><table><tr><td colspan=\"4000000000\" rowspan=\"4000000000\">x</td><td>y</td></tr></table></html>";
    vec![
        ("entities.xml", laughs.into_bytes()),
        ("external-entity.xml", outside.into_bytes()),
        ("repeated-cells.fods", repeated.into_bytes()),
        ("nested-tables.html", tables.into_bytes()),
        ("endless-spans.html", spans.into()),
    ]
}
