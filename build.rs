//! Computes a digest of everything that decides what the program writes, so that it does not reuse
//! a page that another version made.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::path::Path;

fn main() -> io::Result<()> {
    let mut program = DefaultHasher::new();
    for part in ["src", "themes", "Cargo.toml", "Cargo.lock"] {
        println!("cargo::rerun-if-changed={part}");
        hash(Path::new(part), &mut program)?;
    }
    println!("cargo::rustc-env=NOROSHI_PROGRAM={:016x}", program.finish());
    Ok(())
}

fn hash(path: &Path, program: &mut DefaultHasher) -> io::Result<()> {
    if path.is_dir() {
        let mut below: Vec<_> = fs::read_dir(path)?.map(|e| Ok(e?.path())).collect::<io::Result<_>>()?;
        below.sort();
        return below.iter().try_for_each(|path| hash(path, program));
    }
    // A package may lack its lock file.
    if let Ok(bytes) = fs::read(path) {
        (path, bytes).hash(program);
    }
    Ok(())
}
