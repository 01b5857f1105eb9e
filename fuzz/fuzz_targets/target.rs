//! Any text as a target value: reading it twice gives the same.
#![no_main]

use jixiao::model::target::{Context, read};

libfuzzer_sys::fuzz_target!(|text: &str| {
    if let Some(target) = read(text, Context::default()) {
        assert_eq!(read(&target.text, Context::default()), Some(target));
    }
});
