//! Any bytes, begun as docx.
#![no_main]
jixiao_fuzz::container!();
