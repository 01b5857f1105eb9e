//! Any text as an amount.
#![no_main]

use jixiao::{extract::amount_from_text, model::money::Unit};

libfuzzer_sys::fuzz_target!(|text: &str| {
    let _ = amount_from_text(text, Unit::TenThousand);
});
