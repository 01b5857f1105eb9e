//! Any bytes, begun as ods.
#![no_main]
jixiao_fuzz::container!();
