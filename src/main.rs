//! The thin program around the library.

#![forbid(unsafe_code)]

use std::process::ExitCode;

fn main() -> ExitCode {
    noroshi::cli::run()
}
