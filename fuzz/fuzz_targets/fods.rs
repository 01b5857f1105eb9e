//! Any bytes, begun as fods.
#![no_main]
jixiao_fuzz::container!();
