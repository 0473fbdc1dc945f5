//! The thin program around the library.

#![forbid(unsafe_code)]

use std::process::ExitCode;

/// Ten thousand entries are a million small texts from two threads; this halves what they cost.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    noroshi::run()
}
