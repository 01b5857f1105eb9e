//! Any bytes, begun as xlsb.
#![no_main]
jixiao_fuzz::container!();
