//! Writes the seed inputs to `corpus/<target>/`: `cargo run --example seeds` in `fuzz/`.

#![allow(dead_code)]

#[path = "../shared/mod.rs"]
mod shared;

use std::path::Path;
use std::{fs, io};

fn main() -> io::Result<()> {
    let fuzz = Path::new(env!("CARGO_MANIFEST_DIR"));
    for target in shared::TARGETS {
        let folder = fuzz.join("corpus").join(target.name);
        fs::create_dir_all(&folder)?;
        let seeds = shared::seeds::of(target.name, &fuzz.join(".."));
        for (at, seed) in seeds.iter().enumerate() {
            fs::write(folder.join(format!("seed-{at:04}")), seed)?;
        }
        println!("{}: {} seeds", target.name, seeds.len());
    }
    Ok(())
}
