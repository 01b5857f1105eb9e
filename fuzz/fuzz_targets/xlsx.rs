//! Any bytes, begun as xlsx.
#![no_main]
jixiao_fuzz::container!();
