//! What the targets share.

/// A target that reads any bytes into returns. Content tells the container, so what tells such targets apart is the files
/// that they are begun with.
#[macro_export]
macro_rules! container {
    () => {
        libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
            let _ = jixiao::pipeline::read(bytes, &jixiao::pipeline::Settings::default());
        });
    };
}
