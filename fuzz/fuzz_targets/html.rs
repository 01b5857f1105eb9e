//! Any bytes, begun as html.
#![no_main]
jixiao_fuzz::container!();
