//! Tests from outside: what the library promises to whoever calls it.
#![allow(clippy::unwrap_used, clippy::disallowed_methods)]

mod dirt;
