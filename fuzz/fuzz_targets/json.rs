//! Any bytes, begun as json.
#![no_main]
jixiao_fuzz::container!();
