//! Any bytes, begun as xml2003, into returns.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = jixiao::pipeline::read(bytes, &jixiao::pipeline::Settings::default());
});
