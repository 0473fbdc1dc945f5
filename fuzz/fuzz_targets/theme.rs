//! `cargo +nightly fuzz run theme`: the target is defined in `shared/`.

#![no_main]
#![allow(dead_code)]

#[path = "../shared/mod.rs"]
mod shared;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    shared::theme(bytes);
});
