//! Any bytes, begun as xls.
#![no_main]
jixiao_fuzz::container!();
