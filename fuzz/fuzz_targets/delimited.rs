//! Any bytes, begun as delimited.
#![no_main]
jixiao_fuzz::container!();
