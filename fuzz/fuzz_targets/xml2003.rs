//! Any bytes, begun as xml2003.
#![no_main]
jixiao_fuzz::container!();
