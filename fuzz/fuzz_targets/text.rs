//! Any text into its normal form: cleaning twice changes nothing.
#![no_main]

use jixiao::model::text::{clean, is_clean};

libfuzzer_sys::fuzz_target!(|text: &str| {
    let once = clean(text).text;
    assert!(is_clean(&once));
    assert_eq!(clean(&once).text, once);
});
